"""The story of a measure: what was planned, reported, done and changed, the newest first, by years."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from felles.tid import oslo_dato
from organisering.rules.ord import stor_forbokstav
from tiltak.models import Tilstand, Tiltak
from tiltak.rules.endringer import endringer
from tiltak.rules.tilstand import neste_gang
from tiltak.rules.tiltaket import Del, endringene

APNE_AR = 2  # older years are folded


@dataclass(frozen=True)
class Hendelse:
    """One thing on the line. `merke` is a mark's key; empty is a small dot. `sagt` are somebody's own words.

    `lenke` is its own page; `endring` the key of a change that can be taken back.
    """

    dag: dt.date
    tittel: str
    merke: str = ""
    tekst: str = ""
    sagt: str = ""
    under: str = ""
    eksempel: bool = False
    linjer: list[str] = field(default_factory=list)
    lenke: str = ""
    endring: int | None = None


@dataclass(frozen=True)
class Aar:
    """A year's events, the newest first."""

    ar: int
    hendelser: list[Hendelse]


@dataclass(frozen=True)
class Historie:
    """Years in order, the newest first; `eldre` are folded."""

    nye: list[Aar]
    eldre: list[Aar]

    @property
    def antall_eldre(self) -> int:
        return sum(len(ar.hendelser) for ar in self.eldre)

    def med(self, flere: Iterable[Hendelse], pr: dt.date) -> "Historie":
        """The same story with what an upper room knows of it, each in its place."""
        return fortelling([*(h for ar in [*self.nye, *self.eldre] for h in ar.hendelser), *flere], pr)


def historien(tiltak: Tiltak, delpunkter: Iterable[Del], pr: dt.date) -> Historie:
    """The story of a measure fetched by `hent_tiltaket`. One query, for the changes."""
    hendelser = [*_framover(tiltak, pr), *_meldinger(tiltak), *_fakta(tiltak), *_delpunkter(delpunkter)]
    return fortelling([*hendelser, *_utgaven(tiltak), *_endringer(tiltak, pr)], pr)


def fortelling(hendelser: Iterable[Hendelse], pr: dt.date) -> Historie:
    """The events by years, the newest first."""
    daterte = sorted(hendelser, key=lambda h: (h.dag, bool(h.merke)), reverse=True)
    ar = [Aar(nr, list(gruppe)) for nr, gruppe in groupby(daterte, key=lambda h: h.dag.year)]
    nye = [a for a in ar if a.ar > pr.year - APNE_AR] or ar
    return Historie(nye, [a for a in ar if a not in nye])


def _framover(tiltak: Tiltak, pr: dt.date) -> Iterator[Hendelse]:
    """What comes: the deadline, the start, the next time. Nothing for what is over."""
    if tiltak.tilstand == Tilstand.AVSLUTTET:
        return
    gjort = tiltak.tilstand == Tilstand.GJORT
    if tiltak.frist is not None and not gjort:
        yield Hendelse(tiltak.frist, _("Frist"), "planlagt" if tiltak.frist >= pr else "forfalt")
    if tiltak.start is not None and tiltak.start > pr:
        yield Hendelse(tiltak.start, _("Planlagt start"), "planlagt")
    if tiltak.slutt is not None and tiltak.slutt > pr:
        yield Hendelse(tiltak.slutt, _("Tiltakets tid er ute"), "planlagt")
    neste = neste_gang(tiltak, pr, gjort=gjort)
    if neste is not None:
        yield Hendelse(neste, _("Neste gjennomføring"), "planlagt")


def _meldinger(tiltak: Tiltak) -> Iterator[Hendelse]:
    navn = {ansvar.pk: ansvar.navn for ansvar in tiltak.ansvar.all()}
    for melding in tiltak.statusmeldinger.all():
        fra = navn.get(melding.ansvar_id, "") if melding.ansvar_id else ""
        status = str(melding.get_status_display()).lower()
        tittel = _("Status fra %(hvem)s: %(status)s") if fra else _("Status: %(status)s")
        hvem = [str(melding.person)] if melding.person else []
        yield Hendelse(
            oslo_dato(melding.meldt),
            tittel % {"hvem": fra, "status": status},
            melding.status,
            sagt=melding.tekst,
            under=". ".join([*hvem, str(melding.get_kanal_display())]),
            eksempel=melding.eksempel,
        )


def _fakta(tiltak: Tiltak) -> Iterator[Hendelse]:
    if tiltak.startet:
        yield Hendelse(tiltak.startet, _("Satt i gang"), "holdt")
    if tiltak.gjort:
        yield Hendelse(tiltak.gjort, _("Gjort"), "gjort")
    if tiltak.avsluttet:
        yield Hendelse(
            tiltak.avsluttet,
            _("Avsluttet"),
            "avsluttet",
            tekst=tiltak.avsluttet_grunn,
            under=_("Vedtatt utenfor portalen: %s") % tiltak.avsluttet_vedtak_ord
            if tiltak.avsluttet_vedtak_ord
            else "",
        )


def _delpunkter(delpunkter: Iterable[Del]) -> Iterator[Hendelse]:
    for punkt in delpunkter:
        if punkt.gjort:
            yield Hendelse(punkt.gjort, _("Delpunkt gjort"), "gjort", tekst=punkt.tekst)


def _utgaven(tiltak: Tiltak) -> Iterator[Hendelse]:
    """The edition in force: when it was adopted, when that is known, and when it begins to hold."""
    if tiltak.utgave_vedtatt:
        hvem = _("Av %s.") % tiltak.utgave_vedtatt_av_ord if tiltak.utgave_vedtatt_av_ord else ""
        yield Hendelse(tiltak.utgave_vedtatt, _("%s vedtatt") % tiltak.utgave_tittel, "holdt", tekst=hvem)
    elif tiltak.utgave_periode_fra:
        yield Hendelse(
            tiltak.utgave_periode_fra,
            _("%s begynner å gjelde") % tiltak.utgave_tittel,
            "holdt",
            tekst=_("Når den ble vedtatt, er ikke oppgitt."),
        )


def _endringer(tiltak: Tiltak, pr: dt.date) -> Iterator[Hendelse]:
    """What people changed: one event a day and person. What has its own place on the line is left out."""
    rader = endringene(tiltak.pk)
    for endring in reversed(endringer(rader)):
        linjer = [stor_forbokstav(linje) for linje in endring.linjer(pr)]
        nokkel = endring.nokkel if endring.kan_tas_tilbake else None
        yield Hendelse(endring.dag, _("Endret"), tekst=_av(endring.siste), linjer=linjer, endring=nokkel)
    if rader and rader[0].history_type == "+":
        yield Hendelse(oslo_dato(rader[0].history_date), _("Lagt inn i portalen"), tekst=_av(rader[0]))


def _av(rad: Any) -> str:
    return _("Av %s.") % rad.history_user if rad.history_user else ""
