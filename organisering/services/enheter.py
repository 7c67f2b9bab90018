"""Units come in."""

import datetime as dt

from django.db import transaction

from organisering.models import Enhet, Samarbeid


@transaction.atomic
def opprett_enhet(samarbeid: Samarbeid, *, navn: str, slag: str = Enhet.Slag.ANNET, pr: dt.date) -> Enhet:
    """A unit of this name; the one that is there already on `pr`, when there is one."""
    Samarbeid.objects.select_for_update().get(pk=samarbeid.pk)
    finnes: Enhet | None = Enhet.objects.filter(samarbeid=samarbeid, navn__iexact=navn).aktive(pr).first()
    return finnes or Enhet.objects.create(samarbeid=samarbeid, navn=navn, slag=slag)
