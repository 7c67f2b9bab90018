"""Reporting how a measure goes."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from organisering.models import Person
from tiltak.models import Ansvar, Statusmelding, Tiltak


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
    """Records a report. Raises Regelbrudd when the measure is closed, or `ansvar` belongs to another measure."""
    if tiltak.avsluttet is not None:
        raise Regelbrudd(_("Tiltaket er avsluttet, og tar ikke imot status."))
    if ansvar is not None and ansvar.tiltak_id != tiltak.pk:
        raise Regelbrudd(_("Ansvaret gjelder et annet tiltak."))
    return Statusmelding.objects.create(
        samarbeid_id=tiltak.samarbeid_id,
        tiltak=tiltak,
        ansvar=ansvar,
        person=person,
        meldt=naa,
        status=status,
        tekst=tekst,
        kanal=kanal,
    )
