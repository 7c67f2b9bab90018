"""What the room of a meeting shows: the agenda with what is done, those with a seat that day, and the money left."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from felles.forberedt import forberedt
from moter.models import Deltakelse, Mote, Sak, Vedtak
from moter.rules.innkalling import er_utsatt
from moter.rules.innsyn import skjult_for
from moter.rules.papirliste import med_papirer
from organisering.models import Gruppe, Medlemskap, Niva, Person, Seer

FLEST_MELDTE = 20  # on the page where one reports
FERDIG, HER, IKKE = "gjort", "i_gang", "ikke_startet"  # keys of the state marks


@dataclass(frozen=True)
class Tilstede:
    """One person with a seat on the meeting's day."""

    medlemskap: Medlemskap
    tilstede: bool
    svar: str


@forberedt
def motets_saker(mote: Mote, seer: Seer) -> QuerySet[Sak]:
    """The agenda, each case with whether it is hidden from the visitor."""
    rader: QuerySet[Sak] = Sak.objects.filter(mote=mote).select_related("tiltak", "loftet_fra__mote", "utsatt_fra")
    merkede: QuerySet[Sak] = rader.annotate(er_utsatt=er_utsatt(), skjult=skjult_for(seer, seer.pr), **loft_felter())
    return med_papirer(merkede).order_by("rekkefolge", "pk")


@forberedt
def _sakene(mote: Mote, seer: Seer) -> QuerySet[Sak]:
    avgjort = Vedtak.objects.filter(sak=OuterRef("pk"), opphevet__isnull=True).exclude(slag=Vedtak.Slag.UTSATT)
    rader: QuerySet[Sak] = motets_saker.sporring(mote, seer).annotate(avgjort=Exists(avgjort))
    return rader.select_related("tiltak", "loftet_fra__gruppe", "loftet_fra__mote", "utsatt_fra")


def sakene(mote: Mote, person: Person, pr: dt.date) -> list[Any]:
    """The agenda, each case with `skjult`, and `avgjort` when a decision stands."""
    saker = _sakene(mote, Seer.av(person, pr))
    for sak in saker:
        sak.gruppe, sak.mote = mote.gruppe, mote
    return saker


def loft_felter() -> dict[str, Any]:
    """Annotations of a Sak: the group it was lifted from, the sum that one recommends, and where it was lifted to."""
    tilradd = Vedtak.objects.filter(sak=OuterRef("loftet_fra"), slag=Vedtak.Slag.TILRADD, opphevet__isnull=True)
    videre: QuerySet[Any] = Sak.objects.filter(loftet_fra=OuterRef("pk")).order_by("-pk")
    navn = Coalesce(NullIf(F("gruppe__navn"), Value("")), F("gruppe__nivaer__navn"), output_field=CharField())
    nivaer = Niva.objects.filter(grupper=OuterRef("loftet_fra__gruppe")).order_by("rekkefolge", "pk").values("navn")[:1]
    return {
        "fra_navn": Coalesce(
            NullIf(F("loftet_fra__gruppe__navn"), Value("")), Subquery(nivaer), output_field=CharField()
        ),
        "tilradd_belop": Subquery(tilradd.order_by("-pk").values("belop")[:1]),
        "loftet_mote": Subquery(videre.values("mote")[:1]),
        "loftet_gruppe": Subquery(videre.values("gruppe")[:1]),
        "loftet_navn": Subquery(videre.annotate(n=navn).values("n")[:1]),
    }


@dataclass(frozen=True)
class Tidsbruk:
    """Minutes: of the cases together, and of the meeting; and how many cases do not say how long they take."""

    satt_av: int
    varer: int
    uten: int

    @property
    def for_mye(self) -> int:
        return max(0, self.satt_av - self.varer)


def tidsbruk(mote: Mote, saker: Sequence[Any]) -> Tidsbruk:
    """What the agenda asks of the meeting; cases that are withdrawn or put off take no time."""
    aktuelle = [sak for sak in saker if sak.trukket is None and not sak.er_utsatt]
    return Tidsbruk(
        satt_av=sum(sak.minutter or 0 for sak in aktuelle),
        varer=int((mote.slutt - mote.start).total_seconds()) // 60,
        uten=sum(sak.minutter is None for sak in aktuelle),
    )


def merke(sak: Any, valgt: Any) -> str:
    """The mark beside the case on the agenda."""
    if sak.avgjort or sak.trukket or sak.er_utsatt or (sak.notat and sak.slag != Sak.Slag.BESLUTNING):
        return FERDIG
    return HER if valgt is not None and sak.pk == valgt.pk else IKKE


def oppmote(mote: Mote) -> list[Tilstede]:
    """Everybody with a seat in the group on the meeting's day, once each, with what is recorded."""
    sett: dict[int, Tilstede] = {}
    for rad in _med_plass(mote, mote.gruppe_id, mote.dato):
        sett.setdefault(rad.person_id, Tilstede(rad, bool(rad.tilstede), rad.svar or ""))
    return list(sett.values())


@forberedt
def _med_plass(mote: Mote, gruppe: int, dag: dt.date) -> QuerySet[Any]:
    egne = Deltakelse.objects.filter(mote=mote, person=OuterRef("person"))
    rader: QuerySet[Any] = Medlemskap.objects.aktive(dag).filter(plass__gruppe=gruppe)
    rader = rader.annotate(tilstede=Subquery(egne.values("tilstede")[:1]), svar=Subquery(egne.values("svar")[:1]))
    return rader.select_related("plass", "person").order_by("plass__rekkefolge", "plass", "rolle", "pk")


def i_ko(gruppe: Gruppe, person: Person, pr: dt.date) -> list[Any]:
    """The cases of the group that wait for a meeting, each with `skjult`; the withdrawn are left out."""
    alle: QuerySet[Any] = Sak.objects.filter(gruppe=gruppe, mote__isnull=True, trukket__isnull=True)
    rader = med_papirer(alle.annotate(skjult=skjult_for(person, pr), **loft_felter()))
    saker = list(rader.select_related("tiltak", "loftet_fra__mote", "meldt_av").order_by("rekkefolge", "pk"))
    for sak in saker:
        sak.gruppe = gruppe
    return saker


def meldte_saker(gruppe: Gruppe, person: Person, pr: dt.date) -> list[Any]:
    """What `person` has reported to the group, the latest first, each with `skjult` and `er_utsatt`."""
    rader = Sak.objects.filter(gruppe=gruppe, meldt_av=person)
    rader = rader.annotate(skjult=skjult_for(person, pr), er_utsatt=er_utsatt())
    return list(rader.select_related("mote").order_by("-pk")[:FLEST_MELDTE])
