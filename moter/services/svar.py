"""Who comes: each answers, an absence calls the vara of the seat, and a guest is invited by role."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from moter.models import Deltakelse, Mote, Sak
from moter.rules.deltakelse import plassen
from moter.rules.deltakere import Innbudt, kalenderstand, varaer_for
from moter.services.innkalling import deltakelsen, gjeldende_innkalling, innkall_en, las, slipp_vara
from organisering.models import Medlemskap, Person

Svar, Kanal = Deltakelse.Svar, Deltakelse.Kanal


@dataclass(frozen=True)
class Motesvar:
    """What became of an answer: the row, the varas it called, and those it let go."""

    deltakelse: Deltakelse
    kalt: tuple[Person, ...] = ()
    sluppet: tuple[Person, ...] = ()


@transaction.atomic
def svar_pa_mote(mote: Mote, *, person: Person, svar: str, naa: dt.datetime, kanal: str = Kanal.SIDE) -> Motesvar:
    """Records whether `person` comes; a new answer takes the place of the one before, and the same changes nothing.

    A vara who may read the group's papers may answer without having been called. Raises Regelbrudd when the meeting is
    over or off, when the answer is none of the two, and for one who is not to come.
    """
    mote = las(mote)
    en = next((en for en in kalenderstand(mote).innbudte if en.person_id == person.pk), None)
    if svar not in Svar.values:
        raise Regelbrudd(_("Velg et svar først."), felt="svar")
    if en is not None:
        return _svar(mote, en, svar, naa, kanal)
    _krev_apent(mote, naa)
    plass = plassen(person, mote, oslo_dato(naa))
    if plass is None:
        raise Regelbrudd(_("Du har ingen plass i %(gruppe)s nå.") % {"gruppe": mote.gruppe.visningsnavn})
    felter = {"svar": svar, "svart": naa, "kanal": kanal}
    ny = {**felter, "samarbeid_id": mote.samarbeid_id, "plass": plass}
    rad, _laget = Deltakelse.objects.update_or_create(mote=mote, person=person, defaults=felter, create_defaults=ny)
    return Motesvar(rad)


@transaction.atomic
def ta_tilbake_svar(deltakelse: Deltakelse, *, til: str, naa: dt.datetime) -> Motesvar:
    """Puts the answer back to `til`, which is none when empty. Raises Regelbrudd when the meeting is over."""
    mote = las(deltakelse.mote)
    if not mote.er_kommende(naa):
        raise Regelbrudd(_("Møtet er over, og svaret kan ikke endres."))
    en = next((en for en in kalenderstand(mote).innbudte if en.deltakelse_id == deltakelse.pk), None)
    if en is not None:
        return _svar(mote, en, til, naa, Kanal.SIDE)
    rad: Deltakelse = mote.deltakelser.get(pk=deltakelse.pk)
    _skriv(rad, til, naa, Kanal.SIDE)
    return Motesvar(rad)


@transaction.atomic
def for_svar(mote: Mote, rad: Deltakelse, *, svar: str, naa: dt.datetime) -> Motesvar:
    """The answer of another, a guest's too, as it was told by telephone or in a calendar's own reply."""
    mote = las(mote)
    en = next((en for en in kalenderstand(mote).innbudte if en.deltakelse_id == rad.pk), None)
    if en is None:
        raise Regelbrudd(_("%(navn)s står ikke på lista over dem som skal møte.") % {"navn": rad})
    return _svar(mote, en, svar, naa, Kanal.SIDE)


@transaction.atomic
def inviter_gjest(mote: Mote, *, rolle: str, epost: str, saker: Sequence[Sak], naa: dt.datetime) -> Deltakelse:
    """A guest known by role, for the whole meeting or for some cases. Told now, when the notice has gone out."""
    mote = las(mote)
    _krev_apent(mote, naa)
    if any(sak.mote_id != mote.pk for sak in saker):
        raise Regelbrudd(_("En av sakene står ikke på lista til dette møtet."), felt="saker")
    rad = Deltakelse.objects.create(samarbeid_id=mote.samarbeid_id, mote=mote, gjest_rolle=rolle, gjest_epost=epost)
    rad.bare_saker.set(saker)
    _si_fra(mote, [en for en in kalenderstand(mote).mangler if en.deltakelse_id == rad.pk], naa)
    return rad


def _svar(mote: Mote, en: Innbudt, svar: str, naa: dt.datetime, kanal: str) -> Motesvar:
    _krev_apent(mote, naa)
    if svar not in {"", *Svar.values}:
        raise Regelbrudd(_("Velg et svar først."), felt="svar")
    rad = deltakelsen(mote, en)
    if rad.svar == svar:
        return Motesvar(rad)
    var = rad.svar
    _skriv(rad, svar, naa, kanal)
    if svar == Svar.KAN_IKKE:
        return Motesvar(rad, kalt=_kall_varaer(mote, rad, naa))
    if var == Svar.KAN_IKKE:
        return Motesvar(rad, sluppet=_slipp_varaer(mote, rad, naa))
    return Motesvar(rad)


def _skriv(rad: Deltakelse, svar: str, naa: dt.datetime, kanal: str) -> None:
    rad.svar, rad.svart, rad.kanal = svar, naa if svar else None, kanal if svar else ""
    rad.save(update_fields=["svar", "svart", "kanal"])


def _plassene(mote: Mote, rad: Deltakelse) -> list[Medlemskap]:
    """The seats that stand empty without this one: a member's own, or the one a vara stood in for."""
    if rad.vara_for_id is not None:
        return list(Medlemskap.objects.filter(pk=rad.vara_for_id).select_related("plass"))
    egne = Medlemskap.objects.aktive(mote.dato).filter(
        person=rad.person_id, plass__gruppe=mote.gruppe_id, rolle=Medlemskap.Rolle.MEDLEM
    )
    return list(egne.select_related("plass").order_by("plass__rekkefolge", "pk"))


def _kall_varaer(mote: Mote, rad: Deltakelse, naa: dt.datetime) -> tuple[Person, ...]:
    """One vara for each seat: the first in order who can be written to and has not said no."""
    if rad.person_id is None:
        return ()
    plassene, kalt = _plassene(mote, rad), []
    for plass, varaer in varaer_for(plassene, mote.dato).items():
        opptatt = {en.person_id for en in kalenderstand(mote).innbudte}
        opptatt |= set(mote.deltakelser.filter(svar=Svar.KAN_IKKE).values_list("person_id", flat=True))
        ledige = [vara for vara in varaer if vara.person_id not in opptatt]
        ledige.sort(key=lambda vara: not (vara.person.epost and vara.person.is_active))
        if ledige:
            kalt.append(_kall(mote, ledige[0], vara_for_id=plass, naa=naa))
    return tuple(kalt)


def _kall(mote: Mote, vara: Medlemskap, *, vara_for_id: int, naa: dt.datetime) -> Person:
    """Opens the doors for the vara from today, and tells him."""
    dag = oslo_dato(naa)
    if vara.innkalt_fra is None or vara.innkalt_fra > dag:
        vara.innkalt_fra = dag
        vara.save(update_fields=["innkalt_fra"])
    felter = {"plass": vara.plass, "vara_for_id": vara_for_id, "meldt_av": None, "svar": "", "svart": None}
    Deltakelse.objects.update_or_create(
        mote=mote, person=vara.person, defaults=felter, create_defaults={**felter, "samarbeid_id": mote.samarbeid_id}
    )
    _si_fra(mote, [en for en in kalenderstand(mote).mangler if en.person_id == vara.person_id], naa)
    return vara.person


def _slipp_varaer(mote: Mote, rad: Deltakelse, naa: dt.datetime) -> tuple[Person, ...]:
    """The member comes after all: whoever was called in his place is thanked and let go."""
    plasser = [plass.pk for plass in _plassene(mote, rad)] if rad.vara_for_id is None else []
    varaer = list(
        mote.deltakelser.filter(vara_for__in=plasser, meldt_av__isnull=True).select_related("person").order_by("pk")
    )
    if any(vara.star_i_kalenderen for vara in varaer):
        mote.sekvens += 1
        mote.save(update_fields=["sekvens"])
    for vara in varaer:
        with translation.override(mote.samarbeid.malform):
            hvorfor = _("%(navn)s kan møte likevel.") % {"navn": rad}
        slipp_vara(mote, vara, hvorfor=hvorfor, naa=naa)
    return tuple(vara.person for vara in varaer if vara.person is not None)


def _si_fra(mote: Mote, nye: Sequence[Innbudt], naa: dt.datetime) -> None:
    """The edition in force to those who came to. While it waits to be renewed they hear with all the others."""
    innkalling = gjeldende_innkalling(mote) if nye else None
    if innkalling is not None:
        for en in nye:
            innkall_en(mote, en, deltakelsen(mote, en), innkalling=innkalling, naa=naa)


def _krev_apent(mote: Mote, naa: dt.datetime) -> None:
    if mote.avlyst:
        raise Regelbrudd(_("Møtet er avlyst."))
    if mote.holdt or mote.slutt <= naa:
        raise Regelbrudd(_("Møtet er over. Hvem som var der, føres i møtet."))
