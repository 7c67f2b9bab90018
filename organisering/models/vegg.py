"""The wall: rows of a Samarbeid are seen by those who belong to it, and by nobody else."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from felles.modeller import PeriodeQuerySet

if TYPE_CHECKING:
    from organisering.models.personer import Person


class Vegget(models.QuerySet[Any]):
    """Rows that carry `samarbeid` themselves."""

    def synlig_for(self, person: "Person", pr: dt.date) -> Self:
        """Rows of the Samarbeid that `person` belongs to on the day `pr`. A superuser sees all."""
        if not person.is_authenticated:
            return self.none()
        if person.is_superuser:
            return self
        return self.filter(samarbeid__in=person.samarbeid_ider(pr))


class VeggetPeriode(Vegget, PeriodeQuerySet):
    """Rows of a Samarbeid that hold from–to."""
