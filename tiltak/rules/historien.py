"""The story of a measure: what was planned, reported, done and changed, the newest first, by years."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.tid import oslo_dato
from organisering.rules.ord import kroner_i_ord, liste_i_ord, stor_forbokstav
from tiltak.models import Tilstand, Tiltak
from tiltak.rules.ord import dag_ord
from tiltak.rules.tilstand import neste_gang
from tiltak.rules.tiltaket import Del, endringene

APNE_AR = 2  # older years are folded

# What a change is called. Texts are too long to quote, and say only that they changed.
FELTER: Final[dict[str, str | Promise]] = {
    "tittel": gettext_lazy("tittelen"),
    "beskrivelse": gettext_lazy("beskrivelsen"),
    "tidsrom": gettext_lazy("tidsrommet"),
    "nummer": gettext_lazy("nummeret"),
    "start": gettext_lazy("startdatoen"),
    "slutt": gettext_lazy("sluttdatoen"),
    "frist": gettext_lazy("fristen"),
    "rytme": gettext_lazy("rytmen"),
    "rytme_maned": gettext_lazy("måneden i året"),
    "rytme_dag": gettext_lazy("dagen i måneden"),
    "hovedmal_id": gettext_lazy("hovedmålet"),
    "plan_id": gettext_lazy("planen det hører til"),
    "opphav": gettext_lazy("opphavet"),
    "kostnad": gettext_lazy("kostnaden"),
    "finansiering": gettext_lazy("finansieringen"),
}
BARE_NEVNT = {"beskrivelse", "hovedmal_id", "plan_id"}
DATOFELT = {
    "startet": gettext_lazy("Satt i gang"),
    "gjort": gettext_lazy("Gjort"),
    "avsluttet": gettext_lazy("Avsluttet"),
}


@dataclass(frozen=True)
class Hendelse:
    """One thing on the line. `merke` is a mark's key; empty is a small dot. `sagt` are somebody's own words."""

    dag: dt.date
    tittel: str
    merke: str = ""
    tekst: str = ""
    sagt: str = ""
    under: str = ""
    eksempel: bool = False
    linjer: list[str] = field(default_factory=list)


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


def historien(tiltak: Tiltak, delpunkter: Iterable[Del], pr: dt.date) -> Historie:
    """The story of a measure fetched by `hent_tiltaket`. One query, for the changes."""
    hendelser = [*_framover(tiltak, pr), *_meldinger(tiltak), *_fakta(tiltak), *_delpunkter(delpunkter)]
    hendelser += [*_utgaven(tiltak), *_endringer(tiltak, pr)]
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
    if rader and rader[0].history_type == "+":
        yield Hendelse(_dagen(rader[0]), _("Lagt inn i portalen"), tekst=_av(rader[0]))
    endret = [(ny, linje) for gammel, ny in pairwise(rader) for linje in _forskjeller(gammel, ny, pr)]
    for (dag, hvem), gruppe in groupby(endret, key=lambda par: (_dagen(par[0]), _av(par[0]))):
        yield Hendelse(dag, _("Endret"), tekst=hvem, linjer=[stor_forbokstav(linje) for _ny, linje in gruppe])


def _dagen(rad: Any) -> dt.date:
    return oslo_dato(rad.history_date)


def _av(rad: Any) -> str:
    return _("Av %s.") % rad.history_user if rad.history_user else ""


def _forskjeller(gammel: Any, ny: Any, pr: dt.date) -> Iterator[str]:
    for felt, navn in FELTER.items():
        for_, etter = getattr(gammel, felt), getattr(ny, felt)
        if for_ == etter:
            continue
        ord = {"felt": str(navn), "for": _vist(gammel, felt, pr), "etter": _vist(ny, felt, pr)}
        if felt in BARE_NEVNT:
            yield _("%(felt)s er endret") % ord
        elif for_ in (None, ""):
            yield _("%(felt)s er satt til %(etter)s") % ord
        elif etter in (None, ""):
            yield _("%(felt)s (%(for)s) er tatt bort") % ord
        else:
            yield _("%(felt)s er endret fra %(for)s til %(etter)s") % ord
    tatt_bort = [
        str(navn).lower() for felt, navn in DATOFELT.items() if getattr(gammel, felt) and not getattr(ny, felt)
    ]
    if tatt_bort:
        yield _("er ikke lenger merket som %s") % liste_i_ord(tatt_bort)


def _vist(rad: Any, felt: str, pr: dt.date) -> str:
    verdi = getattr(rad, felt)
    if felt in {"rytme", "opphav"}:
        return str(getattr(rad, f"get_{felt}_display")()).lower()
    if isinstance(verdi, dt.date):
        return dag_ord(verdi, pr)
    if isinstance(verdi, Decimal):
        return kroner_i_ord(verdi)
    return f"«{verdi}»" if isinstance(verdi, str) else str(verdi)
