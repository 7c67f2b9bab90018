"""The wall: rows of a Samarbeid are seen by those who belong to it, and by nobody else."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from organisering.models.personer import Person

    Besokende: TypeAlias = Person | AnonymousUser


class Vegget(models.QuerySet[Any]):
    """Rows that carry `samarbeid` themselves."""

    def synlig_for(self, person: "Besokende", pr: dt.date) -> Self:
        """Rows of the Samarbeid that `person` belongs to on the day `pr`. A superuser sees all."""
        if not person.is_authenticated:
            return self.none()
        if person.is_superuser:
            return self
        return self.filter(samarbeid__in=person.samarbeid_ider(pr))


class VeggetPeriode(Vegget):
    """Rows of a Samarbeid that hold from–to."""

    def aktive(self, pr: dt.date) -> Self:
        """Rows in force on the day `pr`; both ends count."""
        return self.filter(self.model.aktiv_q(pr))
