"""Deciding, within the authority each group has, and lifting what does not fit."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from moter.models import Mote, Sak, Vedtak
from moter.rules.avslag import Avslag, avslag
from moter.rules.penger import brukt, fullmakt_for, vurder
from moter.services.saker import meld_sak
from moter.services.vedlegg import papirene_folger_saken
from organisering.models import Fullmakt, Gruppe, Plass


class BelopAvvist(Regelbrudd):
    """A sum the group may not decide on; `avslag` says why, how much would fit, and who can."""

    def __init__(self, grunn: Avslag) -> None:
        super().__init__(str(grunn), felt="belop")
        self.avslag = grunn


@transaction.atomic
def vedta(
    sak: Sak, *, tekst: str, naa: dt.datetime, belop: Decimal | None = None, slag: str = Vedtak.Slag.VEDTATT
) -> Vedtak:
    """Records what the meeting decided in a case. `belop` is in kroner.

    The group is locked before its year is summed, so that two decisions at one instant never both pass. The authority
    in force on the meeting's day applies. Raises BelopAvvist beyond it, and Regelbrudd when the case is not on the
    agenda of a meeting that has come.
    """
    gruppe = Gruppe.objects.select_for_update(of=("self",)).get(pk=sak.gruppe_id)
    mote = _krev_mote(sak, naa)
    if slag == Vedtak.Slag.VEDTATT and belop is not None:
        _krev_innenfor(gruppe, belop, mote.dato)
    return Vedtak.objects.create(
        samarbeid_id=sak.samarbeid_id,
        gruppe=gruppe,
        mote=mote,
        sak=sak,
        dato=mote.dato,
        slag=slag,
        tekst=tekst,
        belop=belop,
        tiltak_id=sak.tiltak_id,
    )


@transaction.atomic
def loft(sak: Sak, *, tekst: str, belop: Decimal, naa: dt.datetime) -> tuple[Vedtak, Sak]:
    """Recommends a sum that does not fit, and puts the case whole on the next agenda of the body that can decide.

    Without a planned meeting it waits in that body's queue. The two cases are linked. Raises Regelbrudd when the sum
    fits here, when nobody is said to decide beyond it, or when the case was lifted before.
    """
    gruppe = Gruppe.objects.select_for_update(of=("self",)).get(pk=sak.gruppe_id)
    mote = _krev_mote(sak, naa)
    if sak.loftet_til.exists():
        raise Regelbrudd(_("Saken er alt løftet."))
    videre = _hvem_avgjor(gruppe, belop, mote.dato)
    tilradd = vedta(sak, tekst=tekst, belop=belop, slag=Vedtak.Slag.TILRADD, naa=naa)
    neste = Mote.objects.filter(gruppe=videre).kommende(naa).order_by("start", "pk").first()
    ny = meld_sak(
        videre,
        tittel=sak.tittel,
        slag=Sak.Slag.BESLUTNING,
        mote=neste,
        tekst=sak.tekst,
        forslag=tekst,
        tiltak=sak.tiltak,
        loftet_fra=sak,
        unntatt=sak.unntatt,
        unntatt_grunn=sak.unntatt_grunn,
    )
    papirene_folger_saken(sak, ny)
    return tilradd, ny


@transaction.atomic
def opphev(vedtak: Vedtak, *, dato: dt.date) -> Vedtak:
    """Revokes a decision from `dato`; its sum is free again. Raises Regelbrudd before the day it was made."""
    if vedtak.dato is not None and dato < vedtak.dato:
        raise Regelbrudd(_("Et vedtak kan ikke oppheves før det er gjort."), felt="opphevet")
    if vedtak.opphevet is None:
        vedtak.opphevet = dato
        vedtak.save(update_fields=["opphevet"])
    return vedtak


def _krev_mote(sak: Sak, naa: dt.datetime) -> Mote:
    if sak.mote is None:
        raise Regelbrudd(_("Saken står ikke på noen saksliste. Sett den på et møte først."))
    if sak.mote.avlyst:
        raise Regelbrudd(_("Møtet er avlyst, og kan ikke vedta noe."))
    if sak.mote.start > naa:
        raise Regelbrudd(_("Møtet har ikke begynt ennå."))
    return sak.mote


def _fullmakter(gruppe: Gruppe) -> list[Fullmakt]:
    return list(
        Fullmakt.objects.filter(
            gruppe__in={gruppe.pk, gruppe.regelbarer_id}, gjelder=Fullmakt.Gjelder.PENGER
        ).select_related("videre_gruppe", "videre_plass__gruppe")
    )


def _krev_innenfor(gruppe: Gruppe, belop: Decimal, dag: dt.date) -> None:
    fullmakt = fullmakt_for(gruppe, _fullmakter(gruppe), dag)
    til_na = brukt(Vedtak.objects.filter(gruppe=gruppe).i_rammen(dag.year))
    vurdering = vurder(fullmakt, til_na, belop)
    if fullmakt is not None and not vurdering.kan_vedtas:
        raise BelopAvvist(avslag(gruppe, fullmakt, vurdering, brukt=til_na, belop=belop, ar=dag.year))


def _hvem_avgjor(gruppe: Gruppe, belop: Decimal, dag: dt.date) -> Gruppe:
    fullmakt = fullmakt_for(gruppe, _fullmakter(gruppe), dag)
    vurdering = vurder(fullmakt, brukt(Vedtak.objects.filter(gruppe=gruppe).i_rammen(dag.year)), belop)
    if vurdering.kan_vedtas:
        raise Regelbrudd(_("Beløpet er innenfor det gruppa selv kan vedta."))
    if vurdering.videre is None:
        raise Regelbrudd(_("Det er ikke oppgitt hvem som kan vedta mer. Legg det inn under fullmaktene til gruppa."))
    return vurdering.videre.gruppe if isinstance(vurdering.videre, Plass) else vurdering.videre
