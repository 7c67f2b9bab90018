"""The queue of cases and the agenda."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from moter.models import Mote, Sak, Vedtak
from moter.rules.innkalling import gi_numre
from moter.services.vedlegg import papirene_folger_saken
from organisering.models import Arshjulpunkt, Gruppe, Person
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
    fast: Arshjulpunkt | None = None,
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
        fast=fast,
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
    # A standing item that moves is a case like any other: the next agenda has one of its own.
    sak.mote, sak.rekkefolge, sak.fast = til, _neste_plass(sak.gruppe, til), None
    sak.save(update_fields=["mote", "rekkefolge", "fast"])
    _nummer_i_holdt(sak)
    return sak


def legg_tilbake(mote: Mote) -> int:
    """The cases of a meeting that will not be held go back to the group's queue. Returns how many.

    The standing items stay: each agenda has its own.
    """
    saker = list(mote.saker.filter(trukket__isnull=True, vedtak__isnull=True, utsatt_til__isnull=True))
    flyttes = [sak for sak in saker if sak.fast_id is None]
    for sak in flyttes:
        flytt_sak(sak, til=None)
    return len(flyttes)


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
    papirene_folger_saken(sak, ny)
    return ny


@transaction.atomic
def sett_faste_saker(mote: Mote) -> list[Sak]:
    """The group's standing items, last on the agenda; those that stand there already are left as they are.

    Raises Regelbrudd when the meeting is held or off.
    """
    Gruppe.objects.select_for_update(of=("self",)).get(pk=mote.gruppe_id)
    mote = Mote.objects.select_related("gruppe").get(pk=mote.pk)
    _krev_apent(mote.gruppe, mote)
    if mote.holdt:
        raise Regelbrudd(_("Møtet er holdt. Sakslista endres ikke lenger."))
    nye = []
    for punkt in mangler_faste(mote.gruppe, mote.dato).exclude(saker__mote=mote):
        sak = meld_sak(mote.gruppe, mote=mote, tittel=punkt.tekst, slag=Sak.Slag.DROFTING, fast=punkt)
        nye.append(sak)
    return nye


def mangler_faste(gruppe: Gruppe, dag: dt.date) -> QuerySet[Arshjulpunkt]:
    """What the group has on each agenda of that day."""
    hvert: QuerySet[Arshjulpunkt] = Arshjulpunkt.objects.filter(gruppe=gruppe, nar=Arshjulpunkt.Nar.HVERT_MOTE)
    return hvert.filter(Arshjulpunkt.aktiv_q(dag)).order_by("pk")


@transaction.atomic
def ta_av_lista(sak: Sak) -> None:
    """Takes a standing item off this one agenda. Raises Regelbrudd for any other case, and for one sent out."""
    sak = Sak.objects.select_for_update(of=("self",)).get(pk=sak.pk)
    if sak.fast_id is None or sak.nummer is not None:
        raise Regelbrudd(_("Saken er sendt ut med innkallingen. Trekk den i stedet."))
    if _er_brukt(sak):
        raise Regelbrudd(_("Det er ført noe på saken. Trekk den i stedet."))
    sak.delete()


def _er_brukt(sak: Sak) -> bool:
    knyttet = (sak.vedtak, sak.oppfolginger, sak.vedlegg, sak.bare_for, sak.inhabile)
    return bool(sak.notat) or any(rader.exists() for rader in knyttet)


@transaction.atomic
def avvis_sak(sak: Sak, *, grunn: str, naa: dt.datetime) -> Sak:
    """Says no to a case in the queue, with the reason that its reporter reads. Raises Regelbrudd for one taken up."""
    sak = Sak.objects.select_for_update(of=("self",)).get(pk=sak.pk)
    if sak.mote_id is not None:
        raise Regelbrudd(_("Saken står på en saksliste. Legg den i køen først."))
    if sak.trukket is not None:
        raise Regelbrudd(_("Saken er alt trukket, eller har fått svar."))
    sak.trukket, sak.trukket_grunn = naa, grunn
    sak.save(update_fields=["trukket", "trukket_grunn"])
    return sak


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
def flytt_trinn(sak: Sak, *, opp: bool, helt: bool = False) -> None:
    """Moves a case one step up or down among those beside it, or all the way. At the end nothing changes."""
    Gruppe.objects.select_for_update(of=("self",)).get(pk=sak.gruppe_id)
    rader = list(Sak.objects.filter(gruppe=sak.gruppe_id, mote=sak.mote_id).order_by("rekkefolge", "pk"))
    her = next((nummer for nummer, rad in enumerate(rader) if rad.pk == sak.pk), None)
    if her is None:
        raise Regelbrudd(_("Saken er flyttet av en annen. Se over lista og prøv igjen."))
    ytterst = 0 if opp else len(rader) - 1
    dit = ytterst if helt else her + (-1 if opp else 1)
    if 0 <= dit < len(rader):
        rader.insert(dit, rader.pop(her))
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
