"""A case is dealt with in its meeting: the outcome, the note and the action items, kept together or not at all."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from moter.models import Mote, Oppfolging, Sak, Vedtak
from moter.services.saker import flytt_sak
from moter.services.vedtak import loft, vedta
from organisering.models import Enhet, Gruppe, Medlemskap


@transaction.atomic
def behandle(sak: Sak, *, slag: str, tekst: str, notat: str, naa: dt.datetime, belop: Decimal | None = None) -> Vedtak:
    """Records the outcome of a case and the note to the minutes. A case put off goes back to the group's queue.

    The group is locked first, so that two who press at one instant do not both decide. Raises Regelbrudd when the
    case is settled, and whatever `vedta` raises; then the note is not kept either.
    """
    sak = _las(sak)
    _skriv_notat(sak, notat)
    penger = belop if slag != Vedtak.Slag.UTSATT else None
    vedtak = vedta(sak, tekst=tekst, naa=naa, belop=penger, slag=slag)
    if slag == Vedtak.Slag.UTSATT:
        flytt_sak(sak, til=None)
    return vedtak


@transaction.atomic
def behandle_og_loft(sak: Sak, *, tekst: str, notat: str, belop: Decimal, naa: dt.datetime) -> tuple[Vedtak, Sak]:
    """Recommends what does not fit, and lifts the case whole; the text says «tilrår» where it said «vedtar»."""
    sak = _las(sak)
    _skriv_notat(sak, notat)
    return loft(sak, tekst=re.sub(r"\bvedtar\b", "tilrår", tekst), belop=belop, naa=naa)


@transaction.atomic
def skriv_notat(sak: Sak, notat: str) -> Sak:
    """Keeps the note to the minutes."""
    sak = Sak.objects.select_for_update(of=("self",)).get(pk=sak.pk)
    _skriv_notat(sak, notat)
    return sak


@transaction.atomic
def skriv_referat(mote: Mote, referat: str) -> Mote:
    """Keeps the minutes of a meeting."""
    mote = Mote.objects.select_for_update(of=("self",)).get(pk=mote.pk)
    if mote.avlyst:
        raise Regelbrudd(_("Møtet er avlyst, og har ikke noe referat."))
    mote.referat = referat
    mote.save(update_fields=["referat"])
    return mote


@transaction.atomic
def gi_oppfolging(sak: Sak, *, tekst: str, hvem: str = "", frist: dt.date | None = None) -> Oppfolging:
    """An action item from a case. `hvem` becomes the person, the seat or the unit it names, or is kept as words."""
    if sak.mote is None:
        raise Regelbrudd(_("Saken står ikke på noen saksliste. Sett den på et møte først."))
    return Oppfolging.objects.create(
        samarbeid_id=sak.samarbeid_id,
        gruppe=sak.gruppe,
        mote=sak.mote,
        sak=sak,
        tekst=tekst,
        frist=frist,
        **_eier(sak.mote, hvem),
    )


def fullfor(oppfolging: Oppfolging, *, dato: dt.date) -> Oppfolging:
    """Says that an action item is done."""
    if oppfolging.gjort is None:
        oppfolging.gjort = dato
        oppfolging.save(update_fields=["gjort"])
    return oppfolging


@transaction.atomic
def angre_fullfor(oppfolging: Oppfolging) -> Oppfolging:
    """Opens an action item again."""
    oppfolging.gjort = None
    oppfolging.save(update_fields=["gjort"])
    return oppfolging


def _las(sak: Sak) -> Sak:
    Gruppe.objects.select_for_update(of=("self",)).get(pk=sak.gruppe_id)
    sak = Sak.objects.select_related("mote", "gruppe", "tiltak").get(pk=sak.pk)
    avgjort = Q(opphevet__isnull=True) & ~Q(slag=Vedtak.Slag.UTSATT)
    if sak.vedtak.filter(avgjort).exists():
        raise Regelbrudd(_("Saken er alt behandlet. Opphev vedtaket først hvis den skal behandles på nytt."))
    if sak.trukket:
        raise Regelbrudd(_("Saken er trukket."))
    if sak.utsatt_til.exists():
        raise Regelbrudd(_("Saken er alt utsatt, og behandles der den står nå."))
    return sak


def _skriv_notat(sak: Sak, notat: str) -> None:
    if sak.notat != notat:
        sak.notat = notat
        sak.save(update_fields=["notat"])


def _eier(mote: Mote, hvem: str) -> dict[str, Any]:
    """The one row that the words name, in the group or among the units; else the words."""
    ord = hvem.strip().casefold()
    medlemskap = Medlemskap.objects.aktive(mote.dato).filter(plass__gruppe=mote.gruppe_id)
    rader = list(medlemskap.select_related("person", "plass"))
    enheter = Enhet.objects.filter(samarbeid=mote.samarbeid_id).aktive(mote.dato)
    kandidater: list[tuple[str, list[Any]]] = [
        ("eier_person", [rad.person for rad in rader if rad.person.navn.casefold() == ord]),
        ("eier_plass", [rad.plass for rad in rader if rad.plass.tittel.casefold() == ord]),
        ("eier_enhet", [enhet for enhet in enheter if enhet.navn.casefold() == ord]),
    ]
    for felt, treff in kandidater:
        if len({rad.pk for rad in treff}) == 1:
            return {felt: treff[0]}
    return {"eier_ord": hvem.strip()}
