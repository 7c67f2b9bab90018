"""A person names a view of the measures table, and takes it away."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from organisering.models import Person, Samarbeid
from tiltak.models import Visning

FLEST = 30


@transaction.atomic
def lagre_visning(samarbeid: Samarbeid, *, av: Person, navn: str, valg: Mapping[str, Any], delt: bool) -> Visning:
    """Keeps what is chosen under a name; the same name again is the same view. Raises Regelbrudd beyond the limit."""
    egne = Visning.objects.filter(samarbeid=samarbeid, person=av)
    if not egne.filter(navn=navn).exists() and egne.count() >= FLEST:
        raise Regelbrudd(_("Visningen er ikke lagret. Du har alt %(flest)d. Fjern en av dem først.") % {"flest": FLEST})
    visning, _ny = Visning.objects.update_or_create(
        samarbeid=samarbeid, person=av, navn=navn, defaults={"valg": dict(valg), "delt": delt}
    )
    return visning
