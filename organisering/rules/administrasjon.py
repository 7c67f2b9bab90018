"""Whose members, seats, units and roles a person may change in the Django admin. Source: the table of access."""

import datetime as dt
from typing import TYPE_CHECKING

from organisering.models import Rolletildeling

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende

Rolle = Rolletildeling.Rolle
ADMINISTRERER = frozenset({Rolle.KOORDINATOR, Rolle.ADMINISTRATOR})


def administrerte_ider(person: "Besokende", pr: dt.date) -> frozenset[int]:
    """The Samarbeid where `person` is coordinator or administrator on the day `pr`. A superuser's are not listed."""
    if not person.is_authenticated:
        return frozenset()
    return frozenset(t.samarbeid_id for t in person.tilknytninger(pr) if t.slag in ADMINISTRERER)


def kan_apne_admin(person: "Besokende", pr: dt.date) -> bool:
    """Enter the Django admin at all."""
    return (
        person.is_authenticated and person.is_active and (person.is_superuser or bool(administrerte_ider(person, pr)))
    )
