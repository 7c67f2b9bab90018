"""The rows that the pages of meetings read, each by one prepared query. `seer` and `innsyn` say who looks."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from felles.forberedt import forberedt
from moter.models import Mote, Oppfolging, Sak, Vedtak
from moter.rules.innkalling import er_utsatt, med_siste_innkalling
from moter.rules.innsyn import Innsyn, skjult_for, vedtak_i
from organisering.models import Arshjulpunkt, Gruppe, Samarbeid, Seer, fest_nivaer
from tiltak.models import Tiltak
from tiltak.rules.planene import gruppenavn


def motende_grupper(samarbeid: Samarbeid) -> list[Gruppe]:
    """The groups of `samarbeid` that can hold meetings, with their levels. Two queries."""
    return _med_nivaer(_motende(samarbeid), samarbeid)


def motende_gruppe(samarbeid: Samarbeid, pk: int) -> list[Gruppe]:
    """The one of them that has this key, if any."""
    return _med_nivaer(_motende_gruppe(samarbeid, pk), samarbeid)


def motet(samarbeid: Samarbeid, seer: Seer, pk: int) -> list[Mote]:
    """The meeting with this key, if it is seen, with its group and the group's levels. Two queries."""
    rader = _motet(samarbeid, seer, pk)
    for mote in rader:
        mote.samarbeid = samarbeid
        _med_navn(mote.gruppe, samarbeid)
    return rader


def motet_med_innkalling(samarbeid: Samarbeid, seer: Seer, pk: int) -> list[Any]:
    """The same, with what its page tells of the notice in force. Two queries."""
    rader: list[Any] = _motet_med_innkalling(samarbeid, seer, pk)
    for mote in rader:
        mote.samarbeid = samarbeid
        _med_nivaer([mote.gruppe], samarbeid)
    return rader


def saken(samarbeid: Samarbeid, seer: Seer, pk: int) -> list[Any]:
    """The case with this key, if its group is seen, with `skjult`. Two queries."""
    rader = _saken(samarbeid, seer, pk)
    for sak in rader:
        _med_navn(sak.gruppe, samarbeid)
        if sak.mote is not None:
            sak.mote.gruppe, sak.mote.samarbeid = sak.gruppe, samarbeid
    return rader


def vedtaket(innsyn: Innsyn, pk: int) -> list[Any]:
    """The decision with this key, if the visitor may know of it, with `skjult` and `bare_belop`. Two queries."""
    rader = _vedtaket(innsyn, pk)
    for rad in rader:
        gruppe = rad.gruppe or (rad.sak.gruppe if rad.sak else None)
        if gruppe is not None:
            _med_navn(gruppe, innsyn.samarbeid)
        if rad.gruppe is not None and rad.sak is not None and rad.gruppe_id == rad.sak.gruppe_id:
            rad.sak.gruppe = rad.gruppe
        rad.samarbeid = innsyn.samarbeid
    return rader


def vedtak_om_tiltak(innsyn: Innsyn, tiltak: Tiltak) -> list[Any]:
    """The decisions about a measure that are not hidden from the visitor. One query."""
    rader: list[Any] = list(_vedtak_om(innsyn, tiltak))
    for rad in rader:
        if rad.gruppe is not None:
            rad.gruppe.navn = rad.gruppenavn or rad.gruppe.visningsnavn  # never saved
    return rader


@forberedt
def _vedtak_om(innsyn: Innsyn, tiltak: Tiltak) -> QuerySet[Vedtak]:
    rader: QuerySet[Vedtak] = vedtak_i(innsyn).filter(tiltak=tiltak, skjult=False)
    return rader.select_related("gruppe", "sak__gruppe").annotate(gruppenavn=gruppenavn("gruppe"))


@forberedt
def moter_i_lista(samarbeid: Samarbeid, seer: Seer, fra: dt.datetime, til: dt.datetime) -> QuerySet[Mote]:
    """The meetings that are neither held nor cancelled, and those that begin in the time."""
    apne = Q(holdt__isnull=True, avlyst__isnull=True)
    synlige: QuerySet[Mote] = Mote.objects.filter(samarbeid=samarbeid).synlig_for(seer, seer.pr)
    return synlige.filter(apne | Q(start__gte=fra, start__lt=til)).defer("referat")


def motear(grupper: list[int]) -> list[int]:
    """The years in which the groups have meetings."""
    return [dag.year for dag in _motear(grupper)]


def vedtaksar(innsyn: Innsyn) -> list[int]:
    """The years of the decisions that the visitor may know of, the latest first."""
    return [dag.year for dag in _vedtaksar(innsyn)]


@forberedt
def vedtaksnokler(innsyn: Innsyn) -> QuerySet[Vedtak, int]:
    """The keys of the decisions that the visitor may know of, in the list's order."""
    return vedtak_i(innsyn).order_by(*(Vedtak._meta.ordering or ())).values_list("pk", flat=True)


@forberedt
def vedtakene(innsyn: Innsyn, nokler: list[int]) -> QuerySet[Vedtak]:
    """Those of them that have these keys, with `skjult` and `bare_belop`."""
    return vedtak_i(innsyn).filter(pk__in=nokler).select_related("sak", "tiltak")


@forberedt
def _motear(grupper: list[int]) -> QuerySet[Mote, dt.datetime]:
    return Mote.objects.filter(gruppe__in=grupper).datetimes("start", "year")


@forberedt
def _vedtaksar(innsyn: Innsyn) -> QuerySet[Vedtak, dt.date]:
    return vedtak_i(innsyn).dates("dato", "year", order="DESC")


@forberedt
def motets_vedtak(mote: Mote, seer: Seer) -> QuerySet[Vedtak]:
    rader: QuerySet[Vedtak] = Vedtak.objects.filter(mote=mote).annotate(skjult=skjult_for(seer, seer.pr, sak="sak"))
    return rader.select_related("tiltak").order_by("pk")


@forberedt
def sakens_vedtak(sak: Sak) -> QuerySet[Vedtak]:
    return Vedtak.objects.filter(sak=sak).select_related("mote").order_by("pk")


@forberedt
def motets_oppfolginger(mote: Mote, seer: Seer) -> QuerySet[Oppfolging]:
    return _oppfolginger(Q(mote=mote), seer)


@forberedt
def oppfolginger_til(mote: Mote, gruppe: Gruppe, start: dt.datetime, seer: Seer) -> QuerySet[Oppfolging]:
    """Those of the meeting, and the open ones of the group from before it."""
    return _oppfolginger(Q(mote=mote) | Q(gruppe=gruppe, gjort__isnull=True, mote__start__lt=start), seer)


@forberedt
def oppfolginger_i_rommet(sak: Sak, mote: Mote, gruppe: Gruppe, start: dt.datetime, seer: Seer) -> QuerySet[Oppfolging]:
    """Those of the case, and the open ones of the group from the meetings before this one."""
    fra_for = Q(gruppe=gruppe, gjort__isnull=True, mote__start__lt=start) & ~Q(mote=mote)
    return _oppfolginger(Q(sak=sak) | fra_for, seer)


def _med_nivaer(grupper: list[Gruppe], samarbeid: Samarbeid) -> list[Gruppe]:
    fest_nivaer(grupper)
    for gruppe in grupper:
        gruppe.samarbeid = samarbeid
    return grupper


def _med_navn(gruppe: Gruppe, samarbeid: Samarbeid) -> None:
    """A group that has no name is called by its level."""
    gruppe.samarbeid = samarbeid
    if not gruppe.navn:
        fest_nivaer([gruppe])


def _oppfolginger(hvilke: Q, seer: Seer) -> QuerySet[Oppfolging]:
    rader: QuerySet[Oppfolging] = Oppfolging.objects.filter(hvilke)
    rader = rader.annotate(skjult=skjult_for(seer, seer.pr, sak="sak"))
    return rader.select_related("eier_person", "eier_plass", "eier_enhet")


@forberedt
def _motende(samarbeid: Samarbeid) -> QuerySet[Gruppe]:
    return Gruppe.objects.filter(samarbeid=samarbeid).motende()


@forberedt
def _motende_gruppe(samarbeid: Samarbeid, pk: int) -> QuerySet[Gruppe]:
    return Gruppe.objects.filter(samarbeid=samarbeid, pk=pk).motende()


@forberedt
def _motet(samarbeid: Samarbeid, seer: Seer, pk: int) -> QuerySet[Mote]:
    moter: QuerySet[Mote] = Mote.objects.filter(samarbeid=samarbeid, pk=pk).synlig_for(seer, seer.pr)
    return moter.select_related("gruppe")


@forberedt
def _motet_med_innkalling(samarbeid: Samarbeid, seer: Seer, pk: int) -> QuerySet[Any]:
    faste: QuerySet[Any] = Arshjulpunkt.objects.filter(
        Arshjulpunkt.aktiv_q(seer.pr), gruppe=OuterRef("gruppe"), nar=Arshjulpunkt.Nar.HVERT_MOTE
    )
    mangler = Exists(faste.exclude(Exists(Sak.objects.filter(mote=OuterRef(OuterRef("pk")), fast=OuterRef("pk")))))
    moter: QuerySet[Any] = med_siste_innkalling(_motet.sporring(samarbeid, seer, pk))
    merkede: QuerySet[Any] = moter.annotate(mangler_faste=mangler)
    return merkede


@forberedt
def _saken(samarbeid: Samarbeid, seer: Seer, pk: int) -> QuerySet[Sak]:
    saker: QuerySet[Sak] = Sak.objects.filter(samarbeid=samarbeid, pk=pk).synlig_for(seer, seer.pr)
    saker = saker.annotate(skjult=skjult_for(seer, seer.pr), er_utsatt=er_utsatt())
    return saker.select_related("gruppe", "mote", "tiltak", "meldt_av")


@forberedt
def _vedtaket(innsyn: Innsyn, pk: int) -> QuerySet[Vedtak]:
    return (
        vedtak_i(innsyn)
        .filter(pk=pk)
        .select_related("gruppe", "mote", "sak__gruppe", "tiltak", "gjelder_gruppe", "planutgave")
    )
