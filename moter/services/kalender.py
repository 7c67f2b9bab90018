"""Personal calendar feeds: made, found by their secret, and taken back."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from moter.models import Kalenderabonnement
from organisering.models import Person

FLEST = 10


@transaction.atomic
def lag_abonnement(person: Person, *, naa: dt.datetime) -> tuple[Kalenderabonnement, str]:
    """A new feed and its secret, which is kept nowhere. Raises Regelbrudd for more than anybody needs."""
    Person.objects.select_for_update().get(pk=person.pk)
    if person.kalenderabonnement.apne().count() >= FLEST:
        raise Regelbrudd(_("Du har alt ti adresser. Trekk en tilbake først."))
    nokkel = secrets.token_urlsafe(32)
    return Kalenderabonnement.objects.create(person=person, nokkel_hash=_hash(nokkel), opprettet=naa), nokkel


def trekk_abonnement(abonnement: Kalenderabonnement, *, naa: dt.datetime) -> None:
    """From now on the address gives nothing."""
    if abonnement.trukket is None:
        abonnement.trukket = naa
        abonnement.save(update_fields=["trukket"])


def hvem_abonnerer(nokkel: str) -> Person | None:
    """The one whose feed it is; None when it was taken back, never was, or the account is closed."""
    rader = Kalenderabonnement.objects.apne().filter(nokkel_hash=_hash(nokkel), person__is_active=True)
    abonnement: Kalenderabonnement | None = rader.select_related("person").first()
    return abonnement.person if abonnement is not None else None


def _hash(nokkel: str) -> str:
    return hashlib.sha256(nokkel.encode()).hexdigest()
