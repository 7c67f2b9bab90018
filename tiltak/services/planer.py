"""The life of a plan."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from organisering.models import Gruppe
from tiltak.models import Handlingsplan, Plangjennomgang


@transaction.atomic
def gjennomga(
    plan: Handlingsplan, *, dato: dt.date, pr: dt.date, gruppe: Gruppe | None = None, organ_ord: str = ""
) -> Plangjennomgang:
    """Records that a body went through the plan and kept it as it is, which meets the due date of its revision.

    The same day and body twice is one. Raises Regelbrudd for a day ahead, no body, or a foreign one.
    """
    Handlingsplan.objects.select_for_update().get(pk=plan.pk)
    if dato > pr:
        raise Regelbrudd(_("Datoen kan ikke være fram i tid."), felt="dato")
    if gruppe is None and not organ_ord:
        raise Regelbrudd(_("Velg gruppa som gikk gjennom planen, eller skriv organet med ord."), felt="gruppe")
    if gruppe is not None and gruppe.samarbeid_id != plan.samarbeid_id:
        raise Regelbrudd(_("Velg en gruppe i dette samarbeidet."), felt="gruppe")
    gjennomgang, _ny = Plangjennomgang.objects.get_or_create(
        samarbeid_id=plan.samarbeid_id, plan=plan, dato=dato, gruppe=gruppe, organ_ord="" if gruppe else organ_ord
    )
    return gjennomgang
