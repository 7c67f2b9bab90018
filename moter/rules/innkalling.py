"""What a notice says, its limit, and what has changed since the last one. Reads; writes nothing.

Source: the issue on notices. A case gets its number with the notice, in the order of the agenda, without gaps for each
group and year; the year is the meeting's. A withdrawn case keeps its number, and so does one that was put off.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.felt import Innhold
from felles.norsk import tidsrom
from felles.tid import oslo_dato
from moter.models import Innkalling, Mote, Sak
from moter.rules.deltakere import Innbudt, Kalenderstand, kalenderstand
from organisering.models import Person

Fakta = dict[str, Any]


@dataclass(frozen=True)
class Frist:
    """The group's limit for notice: days from notice to meeting, and how many are left."""

    dager: int | None
    igjen: int

    @property
    def er_kort(self) -> bool:
        return self.dager is not None and self.igjen < self.dager


@dataclass(frozen=True)
class Endringer:
    """What is another than in the last notice, a sentence for each."""

    ny_tid: bool = False
    setninger: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.setninger)


def frist(mote: Mote, naa: dt.datetime) -> Frist:
    """Days are whole Norwegian days: a notice on Monday for a meeting on Friday is four days ahead."""
    return Frist(mote.gruppe.innkallingsfrist, (mote.dato - oslo_dato(naa)).days)


def dager(antall: int) -> str:
    """«1 dag», «3 dager»."""
    return ngettext("%(tall)s dag", "%(tall)s dager", antall) % {"tall": antall}


def siste_dag(mote: Mote) -> dt.date | None:
    """The last day that keeps the group's limit."""
    dager = mote.gruppe.innkallingsfrist
    return None if dager is None else mote.dato - dt.timedelta(days=dager)


def med_siste_innkalling(moter: QuerySet[Mote]) -> QuerySet[Any]:
    """Each meeting with what its page tells of the edition in force: `utgave`, `utgave_sendt`, `utgave_av`, and

    `utgave_innhold` to compare with. In the meeting's own query.
    """
    siste = Innkalling.objects.filter(mote=OuterRef("pk")).order_by("-utgave")
    return moter.annotate(
        utgave=Subquery(siste.values("utgave")[:1]),
        utgave_sendt=Subquery(siste.values("sendt")[:1]),
        utgave_av=Subquery(siste.values("sendt_av__navn")[:1]),
        utgave_innhold=Subquery(siste.values("innhold")[:1], output_field=Innhold()),
    )


def siste_innkalling(mote: Mote) -> Innkalling | None:
    """The edition in force, without the bytes of its PDF."""
    rader = Innkalling.objects.filter(mote=mote).select_related("sendt_av").defer("pdf")
    siste: Innkalling | None = rader.order_by("-utgave").first()
    return siste


def er_utsatt() -> Exists:
    """An annotation of a Sak: put off, so that it goes on as another row."""
    return Exists(Sak.objects.filter(utsatt_fra=OuterRef("pk")))


def sakene_i(mote: Mote) -> list[Any]:
    """The cases that the notice names, in order, each with `er_utsatt`. Withdrawn ones only when they have a number."""
    rader: Any = mote.saker.annotate(er_utsatt=er_utsatt())
    rader = rader.select_related("utsatt_fra").prefetch_related("vedlegg").order_by("rekkefolge", "pk")
    saker = [sak for sak in rader if sak.trukket is None or sak.nummer is not None]
    for sak in saker:
        sak.gruppe = mote.gruppe
        if sak.utsatt_fra is not None:
            sak.utsatt_fra.gruppe = mote.gruppe
    return saker


def gi_numre(mote: Mote, saker: Iterable[Sak]) -> list[Sak]:
    """Gives those without a number the next ones of the group's year, in memory. Returns those that got one.

    Save them only under the group's lock.
    """
    ar = mote.dato.year
    uten = [sak for sak in saker if sak.nummer is None and sak.trukket is None]
    siste = Sak.objects.filter(gruppe=mote.gruppe_id, nummer_ar=ar).aggregate(siste=Max("nummer"))["siste"] or 0
    for nummer, sak in enumerate(uten, start=siste + 1):
        sak.nummer, sak.nummer_ar = nummer, ar
    return uten


def fakta(mote: Mote, saker: Sequence[Any]) -> Fakta:
    """What is compared between editions. An exempt case says only that, and its ground."""
    return {
        "start": mote.start.astimezone(dt.UTC).isoformat(),
        "slutt": mote.slutt.astimezone(dt.UTC).isoformat(),
        "sted": mote.sted,
        "lenke": mote.lenke,
        "saker": [_saksfakta(sak) for sak in saker],
    }


def _saksfakta(sak: Any) -> Fakta:
    return {
        "sak": sak.pk,
        "nummer": sak.saksnummer,
        "slag": sak.slag,
        "minutter": sak.minutter,
        "tittel": "" if sak.unntatt else sak.tittel,
        "forslag": "" if sak.unntatt else sak.forslag,
        "grunn": sak.unntatt_grunn if sak.unntatt else "",
        "trukket": sak.trukket is not None,
        "utsatt": sak.er_utsatt,
        "utsatt_fra": sak.utsatt_fra.saksnummer if sak.utsatt_fra is not None else "",
    }


def endringer(forrige: Fakta, ny: Fakta) -> Endringer:
    """What the new facts say that the old did not, in the language in force."""
    tid = {navn: (forrige[navn], ny[navn]) for navn in ("start", "slutt")}
    ny_tid = any(for_ != na for for_, na in tid.values())
    setninger = [*_tid(forrige, ny)] if ny_tid else []
    if forrige["sted"] != ny["sted"]:
        setninger.append(_("Nytt sted: %(sted)s.") % {"sted": ny["sted"]} if ny["sted"] else _("Stedet er tatt bort."))
    if forrige["lenke"] != ny["lenke"]:
        setninger.append(
            _("Ny lenke til møtet på nett.") if ny["lenke"] else _("Lenka til møtet på nett er tatt bort.")
        )
    return Endringer(ny_tid, [*setninger, *_i_sakene(forrige["saker"], ny["saker"])])


def _tid(forrige: Fakta, ny: Fakta) -> list[str]:
    def rom(av: Fakta) -> str:
        return tidsrom(dt.datetime.fromisoformat(av["start"]), dt.datetime.fromisoformat(av["slutt"]))

    return [_("Ny tid: %(ny)s. Før: %(forrige)s.") % {"ny": rom(ny), "forrige": rom(forrige)}]


def _i_sakene(forrige: list[Fakta], ny: list[Fakta]) -> list[str]:
    for_, na = {rad["sak"]: rad for rad in forrige}, {rad["sak"]: rad for rad in ny}
    setninger = []
    for pk, rad in na.items():
        gammel = for_.get(pk)
        if gammel is None:
            setninger.append(_("Ny sak: %(sak)s.") % {"sak": saksnavn(rad)})
        elif rad != gammel:
            setninger.append(_endret(gammel, rad))
    setninger += [_("Tatt av lista: %(sak)s.") % {"sak": saksnavn(rad)} for pk, rad in for_.items() if pk not in na]
    if [pk for pk in for_ if pk in na] != [pk for pk in na if pk in for_]:
        setninger.append(_("Sakene står i en ny rekkefølge."))
    return setninger


def _endret(gammel: Fakta, ny: Fakta) -> str:
    if ny["trukket"] and not gammel["trukket"]:
        return _("Trukket: %(sak)s.") % {"sak": saksnavn(ny)}
    if ny["utsatt"] and not gammel["utsatt"]:
        return _("Utsatt: %(sak)s.") % {"sak": saksnavn(ny)}
    return _("Endret: %(sak)s.") % {"sak": saksnavn(ny)}


def saksnavn(rad: Fakta) -> str:
    """«KG 7/26 Ungdata», or the number and the ground of one that is exempt."""
    tittel = _("unntatt offentlighet, %(grunn)s") % {"grunn": rad["grunn"]} if rad["grunn"] else rad["tittel"]
    return f"{rad['nummer']} {tittel}".strip()


def minutter_i_alt(saker: Iterable[Any]) -> str:
    """«75 minutter», or empty when no case says how long it takes."""
    sum_ = sum(sak.minutter or 0 for sak in saker if sak.trukket is None and not sak.er_utsatt)
    return ngettext("%(tall)s minutt", "%(tall)s minutter", sum_) % {"tall": sum_} if sum_ else ""


@dataclass(frozen=True)
class Innkallingsstand:
    """What the meeting's page tells of the notice, and what may be done about it now."""

    mote: Any
    stand: Kalenderstand
    frist: Frist
    siste_dag: dt.date | None
    endringer: Endringer
    apent: bool  # not begun, held or off
    min: Innbudt | None

    @property
    def er_sendt(self) -> bool:
        return self.mote.utgave is not None

    @property
    def tidligere(self) -> range:
        """The numbers of the editions before the one in force."""
        return range(1, self.mote.utgave or 1)

    @property
    def skal_sendes(self) -> bool:
        return self.apent and (not self.er_sendt or bool(self.endringer))

    @property
    def antall(self) -> int:
        """To how many the next edition goes."""
        varaer_slippes = self.er_sendt and self.endringer.ny_tid
        return sum(bool(en.adresse) and not (varaer_slippes and en.er_vara) for en in self.stand.innbudte)

    @property
    def ma_begrunnes(self) -> bool:
        return self.skal_sendes and self.frist.er_kort and (not self.er_sendt or self.endringer.ny_tid)

    @property
    def dager_igjen(self) -> str:
        return dager(self.frist.igjen)

    @property
    def dager_frist(self) -> str:
        return dager(self.frist.dager or 0)

    @property
    def kan_fore(self) -> bool:
        """Whether there is anybody whose answer can be written down."""
        return any(en.deltakelse_id is not None for en in self.stand.innbudte)

    @property
    def ikke_svart(self) -> int:
        return sum(not en.svar for en in self.stand.innbudte)


def innkallingsstand(
    mote: Any, saker: Sequence[Any], deltakelser: list[Any], *, person: Person, naa: dt.datetime
) -> Innkallingsstand:
    """For a meeting from `med_siste_innkalling` and its cases with `er_utsatt`. One query."""
    i_innkallingen = [sak for sak in saker if sak.trukket is None or sak.nummer is not None]
    endret = Endringer()
    if mote.utgave is not None:
        endret = endringer(mote.utgave_innhold["fakta"], fakta(mote, i_innkallingen))
    stand = kalenderstand(mote, deltakelser)
    return Innkallingsstand(
        mote=mote,
        stand=stand,
        frist=frist(mote, naa),
        siste_dag=siste_dag(mote),
        endringer=endret,
        apent=mote.er_kommende(naa) and mote.start > naa,
        min=next((en for en in stand.innbudte if en.person_id == person.pk), None),
    )
