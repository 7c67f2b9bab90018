"""Reporting how a measure goes."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from organisering.models import Person
from tiltak.models import Ansvar, Statusmelding, Tiltak
from tiltak.rules.status import kan_angre

DOBBELTTRYKK = dt.timedelta(minutes=2)


@transaction.atomic
def meld_status(
    tiltak: Tiltak,
    *,
    status: str,
    naa: dt.datetime,
    person: Person | None,
    tekst: str = "",
    ansvar: Ansvar | None = None,
    kanal: str = Statusmelding.Kanal.SIDE,
) -> Statusmelding:
    """Records a report; the same one sent twice at once is one. Returns it.

    Raises Regelbrudd when the measure is closed, or `ansvar` belongs to another measure.
    """
    tiltak = Tiltak.objects.select_for_update().get(pk=tiltak.pk)
    if tiltak.avsluttet is not None:
        raise Regelbrudd(_("Tiltaket er avsluttet, og tar ikke imot status."))
    if ansvar is not None and ansvar.tiltak_id != tiltak.pk:
        raise Regelbrudd(_("Ansvaret gjelder et annet tiltak."))
    innhold = {"ansvar": ansvar, "person": person, "status": status, "tekst": tekst, "kanal": kanal}
    like = Statusmelding.objects.filter(tiltak=tiltak, meldt__gt=naa - DOBBELTTRYKK, meldt__lte=naa, **innhold)
    alt_sendt: Statusmelding | None = like.first() if person is not None else None
    if alt_sendt is not None:
        return alt_sendt
    return Statusmelding.objects.create(samarbeid_id=tiltak.samarbeid_id, tiltak=tiltak, meldt=naa, **innhold)


@transaction.atomic
def angre_status(melding: Statusmelding, *, av: Person, naa: dt.datetime) -> None:
    """Takes a report back, so that the one before it counts again. The history keeps that it was there.

    Raises Regelbrudd when it is not one's own, or more than a day old.
    """
    if not kan_angre(av, melding, naa):
        raise Regelbrudd(_("Meldingen kan ikke trekkes tilbake. Det må skje innen et døgn. Meld heller en ny status."))
    melding.delete()


@transaction.atomic
def utdyp_status(melding: Statusmelding, *, tekst: str, av: Person, naa: dt.datetime) -> Statusmelding:
    """Gives a report the words that its sender left out, or others. The history keeps the earlier ones.

    Raises Regelbrudd when it is not one's own, or more than a day old.
    """
    if not kan_angre(av, melding, naa):
        raise Regelbrudd(_("Meldingen er ikke endret. Det må skje innen et døgn. Meld heller en ny status."))
    melding = Statusmelding.objects.select_for_update(of=("self",)).get(pk=melding.pk)
    melding.tekst = tekst
    melding.save(update_fields=["tekst"])
    return melding
