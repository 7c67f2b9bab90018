"""What a person wants: how often mail of each kind comes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from varsling.models import Varselvalg

DAGLIG = Varselvalg.Hyppighet.DAGLIG


def hent_valg(person_id: int) -> dict[str, str]:
    """The kinds a person has chosen something else than daily for. One query."""
    return dict(Varselvalg.objects.filter(person=person_id).values_list("regel", "hyppighet"))


@transaction.atomic
def velg(person: Any, valg: Mapping[str, str]) -> None:
    """Keeps the person's choices, by kind. Daily is what comes when nothing is chosen, so it leaves no row."""
    Varselvalg.objects.filter(person=person, regel__in=valg).delete()
    Varselvalg.objects.bulk_create(
        Varselvalg(person=person, regel=regel, hyppighet=hyppighet)
        for regel, hyppighet in valg.items()
        if hyppighet != DAGLIG
    )
