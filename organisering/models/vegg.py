"""The wall: rows of a Samarbeid are seen by those who belong to it, and by nobody else."""

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeAlias

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from organisering.models.personer import Person

    Besokende: TypeAlias = Person | AnonymousUser


class Seer(NamedTuple):
    """Who looks, as the queries ask about it: with it in place of a person, they can be prepared."""

    person: int
    pr: dt.date
    innlogget: bool
    superbruker: bool
    samarbeid: frozenset[int]
    koordinator_i: frozenset[int]
    grupper: frozenset[int]
    med_verv: frozenset[int]

    @classmethod
    def av(cls, person: "Besokende | Seer", pr: dt.date) -> "Seer":
        """None of the sets is empty, so that those with a role and those without one ask the same query."""
        if isinstance(person, Seer):
            return person
        if not person.is_authenticated:
            return cls(0, pr, False, False, *[_INGEN] * 4)
        med_verv = frozenset(t.gruppe_id for t in person.tilknytninger(pr) if t.slag == "verv")
        sett = (person.samarbeid_ider(pr), person.koordinator_i(pr), person.gruppe_ider(pr), med_verv)
        return cls(person.pk, pr, True, person.is_superuser, *(ider or _INGEN for ider in sett))


_INGEN = frozenset({0})  # no row has this key


class Vegget(models.QuerySet[Any]):
    """Rows that carry `samarbeid` themselves."""

    def synlig_for(self, person: "Besokende | Seer", pr: dt.date) -> Self:
        """Rows of the Samarbeid that `person` belongs to on the day `pr`. A superuser sees all."""
        seer = Seer.av(person, pr)
        if not seer.innlogget:
            return self.none()
        return self if seer.superbruker else self.filter(samarbeid__in=seer.samarbeid)


class VeggetPeriode(Vegget):
    """Rows of a Samarbeid that hold from–to."""

    def aktive(self, pr: dt.date) -> Self:
        """Rows in force on the day `pr`; both ends count."""
        return self.filter(self.model.aktiv_q(pr))
