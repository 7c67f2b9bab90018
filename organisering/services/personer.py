from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from organisering.models import Person, rens_epost
from varsling.services import opphev_avvisning


@transaction.atomic
def opprett_person(
    *,
    navn: str,
    epost: str | None = None,
    passord: str | None = None,
    telefon: str = "",
    stilling: str = "",
    sprak: str = "",
) -> Person:
    """A new person. Without a password one that cannot log in. Raises Regelbrudd when the address is another's."""
    person = Person(navn=navn, telefon=telefon, stilling=stilling, sprak=sprak)
    person.set_password(passord)
    person.save()
    return sett_epost(person, epost)


@transaction.atomic
def sett_epost(person: Person, epost: str | None) -> Person:
    """The only writer of a person's address. Keeps the login's own register of addresses in step.

    Empty means no address. Raises Regelbrudd, in words that tell nothing of others, when the address is taken.
    """
    adresse = rens_epost(epost)
    rad = Person.objects.select_for_update().get(pk=person.pk)
    if rad.epost != adresse:
        opphev_avvisning([rad.epost, adresse])  # what a mail server said of the old one is no longer ours to know
        rad.epost = adresse
        _lagre_adresse(rad)
    person.epost = adresse
    EmailAddress.objects.filter(user=person).exclude(email=adresse or "").delete()
    if adresse:
        # The person's row decides; what another row of the register says of the same address is out of date.
        EmailAddress.objects.filter(email=adresse).exclude(user=person).delete()
        EmailAddress.objects.update_or_create(user=person, email=adresse, defaults={"primary": True, "verified": True})
    return person


def _lagre_adresse(person: Person) -> None:
    opptatt = Regelbrudd(_("Adressen kan ikke brukes. Velg en annen."), felt="epost")
    if person.epost and Person.objects.filter(epost=person.epost).exclude(pk=person.pk).exists():
        raise opptatt
    try:
        with transaction.atomic():
            person.save(update_fields=["epost"])
    except IntegrityError:
        raise opptatt from None
