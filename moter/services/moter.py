"""Planning, holding and cancelling meetings."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from moter.models import Deltakelse, Mote
from moter.services.innkalling import avlys_i_kalenderen, las
from moter.services.saker import legg_tilbake, nummerer, sett_faste_saker
from organisering.models import Gruppe, Medlemskap

LENGST = dt.timedelta(hours=24)


def sett_opp(
    gruppe: Gruppe, *, start: dt.datetime, slutt: dt.datetime, naa: dt.datetime, sted: str = "", lenke: str = ""
) -> Mote:
    """Plans a meeting, with the group's standing items on its agenda.

    Raises Regelbrudd for a time that has passed, and for a group that cannot meet then.
    """
    if start <= naa:
        raise Regelbrudd(_("Tidspunktet er passert. Et møte som er holdt, registrerer du som holdt."), felt="start")
    return _opprett(gruppe, start=start, slutt=slutt, sted=sted, lenke=lenke)


def registrer_holdt(
    gruppe: Gruppe, *, start: dt.datetime, slutt: dt.datetime, naa: dt.datetime, sted: str = ""
) -> Mote:
    """Records a meeting that was held without having been planned here. Raises Regelbrudd when it has not begun."""
    if start > naa:
        raise Regelbrudd(_("Møtet har ikke begynt ennå."), felt="start")
    return _opprett(gruppe, start=start, slutt=slutt, sted=sted, lenke="", holdt=naa)


@transaction.atomic
def _opprett(
    gruppe: Gruppe, *, start: dt.datetime, slutt: dt.datetime, sted: str, lenke: str, holdt: dt.datetime | None = None
) -> Mote:
    last = Gruppe.objects.select_for_update(of=("self",)).get(pk=gruppe.pk)
    _krev_ledig_tid(last, start, slutt)
    mote: Mote = Mote.objects.create(
        samarbeid_id=last.samarbeid_id, gruppe=last, start=start, slutt=slutt, sted=sted, lenke=lenke, holdt=holdt
    )
    if holdt is None:
        sett_faste_saker(mote)
    return mote


@transaction.atomic
def flytt(
    mote: Mote, *, start: dt.datetime, slutt: dt.datetime, naa: dt.datetime, sted: str = "", lenke: str = ""
) -> Mote:
    """Gives a meeting a new time or place. Raises Regelbrudd when it is held, cancelled, or the time cannot be used."""
    gruppe = Gruppe.objects.select_for_update(of=("self",)).get(pk=mote.gruppe_id)
    mote.refresh_from_db()
    if mote.holdt or mote.avlyst:
        raise Regelbrudd(_("Et møte som er holdt eller avlyst, kan ikke flyttes."))
    if (start, slutt) != (mote.start, mote.slutt):
        if start <= naa:
            raise Regelbrudd(_("Tidspunktet er passert. Velg et senere."), felt="start")
        _krev_ledig_tid(gruppe, start, slutt, utenom=mote)
    mote.start, mote.slutt, mote.sted, mote.lenke = start, slutt, sted, lenke
    mote.save(update_fields=["start", "slutt", "sted", "lenke"])
    return mote


@transaction.atomic
def avlys(mote: Mote, *, grunn: str, naa: dt.datetime) -> Mote:
    """Cancels a meeting; its cases go back to the group's queue, and whoever has a notice is told. Raises Regelbrudd

    when it was held. A cancelled meeting never counts. Cancelling twice changes nothing.
    """
    mote = las(mote)
    if mote.holdt:
        raise Regelbrudd(_("Møtet er holdt, og kan ikke avlyses. Er det feil, angrer du først at det er holdt."))
    if mote.avlyst:
        return mote
    mote.avlyst, mote.avlyst_grunn = naa, grunn
    mote.save(update_fields=["avlyst", "avlyst_grunn"])
    legg_tilbake(mote)
    avlys_i_kalenderen(mote, naa=naa)
    return mote


@transaction.atomic
def marker_holdt(mote: Mote, *, naa: dt.datetime) -> Mote:
    """Says that the meeting was held. Raises Regelbrudd when it is cancelled or has not begun.

    Cases that no notice has numbered get their numbers now.
    """
    mote = las(mote)
    if mote.avlyst:
        raise Regelbrudd(_("Møtet er avlyst. Sett opp et nytt hvis det likevel ble holdt."))
    if mote.start > naa:
        raise Regelbrudd(_("Møtet har ikke begynt ennå."))
    if mote.holdt is None:
        mote.holdt = naa
        mote.save(update_fields=["holdt"])
        nummerer(mote)
    return mote


@transaction.atomic
def angre_holdt(mote: Mote) -> Mote:
    """Takes back that the meeting was held. Raises Regelbrudd when decisions were made in it."""
    mote = Mote.objects.select_for_update(of=("self",)).get(pk=mote.pk)
    if mote.vedtak.exists():
        raise Regelbrudd(_("Det er ført vedtak i møtet. Da står det som holdt."))
    mote.holdt = None
    mote.save(update_fields=["holdt"])
    return mote


@transaction.atomic
def for_oppmote(mote: Mote, *, tilstede: Mapping[int, bool]) -> list[Deltakelse]:
    """Records who was present: `tilstede` by the Medlemskap's id. Those not named are left as they were.

    Raises Regelbrudd for a membership of another group, or one that did not hold on the meeting's day.
    """
    dag = oslo_dato(mote.start)
    i_gruppa = Medlemskap.objects.aktive(dag).filter(plass__gruppe=mote.gruppe_id).select_related("plass")
    medlemskap = i_gruppa.in_bulk(list(tilstede))
    if set(tilstede) - set(medlemskap):
        raise Regelbrudd(_("En av dem du krysset av, hadde ingen plass i gruppa den dagen."))
    rader = []
    for pk, var_der in tilstede.items():
        rad, _ny = Deltakelse.objects.get_or_create(
            mote=mote,
            person_id=medlemskap[pk].person_id,
            defaults={"samarbeid_id": mote.samarbeid_id, "plass": medlemskap[pk].plass},
        )
        if rad.tilstede != var_der:
            rad.tilstede = var_der
            rad.save(update_fields=["tilstede"])
        rader.append(rad)
    return rader


def _krev_ledig_tid(gruppe: Gruppe, start: dt.datetime, slutt: dt.datetime, utenom: Mote | None = None) -> None:
    if not gruppe.motes:
        raise Regelbrudd(_("%(gruppe)s holder ikke møter.") % {"gruppe": gruppe})
    if not gruppe.er_aktiv(oslo_dato(start)):
        raise Regelbrudd(_("%(gruppe)s finnes ikke den dagen.") % {"gruppe": gruppe}, felt="start")
    if slutt <= start:
        raise Regelbrudd(_("Møtet må slutte etter at det begynner."), felt="slutt")
    if slutt - start > LENGST:
        raise Regelbrudd(_("Et møte kan vare i høyst ett døgn."), felt="slutt")
    samtidig = Mote.objects.filter(gruppe=gruppe, avlyst__isnull=True, start__lt=slutt, slutt__gt=start)
    if utenom is not None:
        samtidig = samtidig.exclude(pk=utenom.pk)
    if samtidig.exists():
        raise Regelbrudd(_("%(gruppe)s har alt et møte på den tiden.") % {"gruppe": gruppe}, felt="start")
