"""The queue of cases and the agenda."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from moter.models import Mote, Sak, Vedtak
from moter.rules.innkalling import gi_numre
from organisering.models import Gruppe, Person
from tiltak.models import Tiltak


@transaction.atomic
def meld_sak(
    gruppe: Gruppe,
    *,
    tittel: str,
    slag: str,
    mote: Mote | None = None,
    tekst: str = "",
    forslag: str = "",
    tiltak: Tiltak | None = None,
    minutter: int | None = None,
    meldt_av: Person | None = None,
    loftet_fra: Sak | None = None,
    unntatt: bool = False,
    unntatt_grunn: str = "",
) -> Sak:
    """Puts a case last on the agenda of `mote`, or in the group's queue. Raises Regelbrudd for a closed meeting."""
    if mote is not None:
        _krev_apent(gruppe, mote)
    sak = Sak.objects.create(
        samarbeid_id=gruppe.samarbeid_id,
        gruppe=gruppe,
        mote=mote,
        rekkefolge=_neste_plass(gruppe, mote),
        tittel=tittel,
        slag=slag,
        tekst=tekst,
        forslag=forslag,
        tiltak=tiltak,
        minutter=minutter,
        meldt_av=meldt_av,
        loftet_fra=loftet_fra,
        unntatt=unntatt,
        unntatt_grunn=unntatt_grunn,
    )
    _nummer_i_holdt(sak)
    return sak


@transaction.atomic
def flytt_sak(sak: Sak, *, til: Mote | None) -> Sak:
    """Moves a case to the end of another agenda of the same group, or back to the queue. Returns the case there.

    One that has got its number keeps it, and stays on its list, marked as put off; a new row of the same goes on,
    without a number, linked to the old. Raises Regelbrudd when the case has been decided or put off already, or the
    meeting is closed or another group's. A case only put off may move on; that decision stays with its meeting.
    """
    _krev_ikke_utsatt(sak)
    if sak.vedtak.exclude(slag=Vedtak.Slag.UTSATT).exists():
        raise Regelbrudd(_("Saken er behandlet, og blir stående i møtet."))
    if til is not None:
        _krev_apent(sak.gruppe, til)
    if sak.nummer is not None:
        return _viderefor(sak, til)
    sak.mote, sak.rekkefolge = til, _neste_plass(sak.gruppe, til)
    sak.save(update_fields=["mote", "rekkefolge"])
    _nummer_i_holdt(sak)
    return sak


def legg_tilbake(mote: Mote) -> int:
    """The cases of a meeting that will not be held go back to the group's queue. Returns how many."""
    saker = list(mote.saker.filter(trukket__isnull=True, vedtak__isnull=True, utsatt_til__isnull=True))
    for sak in saker:
        flytt_sak(sak, til=None)
    return len(saker)


def nummerer(mote: Mote) -> list[Sak]:
    """Numbers to the cases of a meeting that have none; those that the notice did not name. In the group's lock."""
    nye = gi_numre(mote, list(mote.saker.order_by("rekkefolge", "pk")))
    for sak in nye:
        sak.save(update_fields=["nummer", "nummer_ar"])
    return nye


def _nummer_i_holdt(sak: Sak) -> None:
    """A case that is put on the list of a meeting after it was held, gets its number at once."""
    if sak.mote is None or sak.mote.holdt is None:
        return
    Gruppe.objects.select_for_update(of=("self",)).get(pk=sak.gruppe_id)
    if gi_numre(sak.mote, [sak]):
        sak.save(update_fields=["nummer", "nummer_ar"])


VIDERE = (
    "samarbeid_id",
    "gruppe_id",
    "slag",
    "tittel",
    "tekst",
    "forslag",
    "minutter",
    "tiltak_id",
    "unntatt",
    "unntatt_grunn",
    "meldt_av_id",
    "loftet_fra_id",
    "eksempel",
)


def _viderefor(sak: Sak, til: Mote | None) -> Sak:
    """The same case as a new row. Whoever is inhabil in it, is inhabil there too."""
    felter = {navn: getattr(sak, navn) for navn in VIDERE}
    ny = Sak.objects.create(**felter, utsatt_fra=sak, mote=til, rekkefolge=_neste_plass(sak.gruppe, til))
    for deltakelse in sak.inhabile.all():
        deltakelse.inhabil_i.add(ny)
    return ny


@transaction.atomic
def sett_rekkefolge(mote: Mote, *, saker: Sequence[int]) -> None:
    """Orders the agenda by the cases' ids. Raises Regelbrudd when they are not exactly the cases of the meeting."""
    egne = {sak.pk: sak for sak in mote.saker.select_for_update(of=("self",))}
    if sorted(saker) != sorted(egne):
        raise Regelbrudd(_("Sakslista er endret av en annen. Se over den og prøv igjen."))
    for rekkefolge, pk in enumerate(saker, start=1):
        if egne[pk].rekkefolge != rekkefolge:
            egne[pk].rekkefolge = rekkefolge
            egne[pk].save(update_fields=["rekkefolge"])


@transaction.atomic
def flytt_trinn(sak: Sak, *, opp: bool) -> None:
    """Moves a case one step up or down among those beside it. At the end of the list nothing changes."""
    Gruppe.objects.select_for_update(of=("self",)).get(pk=sak.gruppe_id)
    rader = list(Sak.objects.filter(gruppe=sak.gruppe_id, mote=sak.mote_id).order_by("rekkefolge", "pk"))
    her = next((nummer for nummer, rad in enumerate(rader) if rad.pk == sak.pk), None)
    if her is None:
        raise Regelbrudd(_("Saken er flyttet av en annen. Se over lista og prøv igjen."))
    dit = her - 1 if opp else her + 1
    if 0 <= dit < len(rader):
        rader[her], rader[dit] = rader[dit], rader[her]
    for rekkefolge, rad in enumerate(rader, start=1):
        if rad.rekkefolge != rekkefolge:
            rad.rekkefolge = rekkefolge
            rad.save(update_fields=["rekkefolge"])


@transaction.atomic
def endre_sak(sak: Sak, *, felter: Mapping[str, Any]) -> Sak:
    """Changes what a case says. Raises Regelbrudd when it has been decided or put off."""
    _krev_ikke_utsatt(sak)
    if sak.vedtak.exclude(slag=Vedtak.Slag.UTSATT).exists():
        raise Regelbrudd(_("Saken er behandlet, og kan ikke endres."))
    for navn, verdi in felter.items():
        setattr(sak, navn, verdi)
    sak.save(update_fields=list(felter))
    return sak


@transaction.atomic
def trekk_sak(sak: Sak, *, naa: dt.datetime) -> Sak:
    """Withdraws a case; it stays on its list, marked, with its number. Raises Regelbrudd when it has been decided."""
    _krev_ikke_utsatt(sak)
    if sak.vedtak.exists():
        raise Regelbrudd(_("Saken er behandlet, og kan ikke trekkes."))
    if sak.trukket is None:
        sak.trukket = naa
        sak.save(update_fields=["trukket"])
    return sak


def _neste_plass(gruppe: Gruppe, mote: Mote | None) -> int:
    storst: int | None = Sak.objects.filter(gruppe=gruppe, mote=mote).aggregate(storst=Max("rekkefolge"))["storst"]
    return (storst or 0) + 1


def _krev_ikke_utsatt(sak: Sak) -> None:
    if sak.utsatt_til.exists():
        raise Regelbrudd(_("Saken er alt utsatt, og behandles der den står nå."))


def _krev_apent(gruppe: Gruppe, mote: Mote) -> None:
    if mote.gruppe_id != gruppe.pk:
        raise Regelbrudd(_("Møtet hører til en annen gruppe."))
    if mote.avlyst:
        raise Regelbrudd(_("Møtet er avlyst. Velg et annet, eller la saken vente i køen."))
