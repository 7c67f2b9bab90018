"""The demo logins. A person who is there keeps the roles and seats people have given; only the password is set."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from felles.unntak import Regelbrudd
from organisering.models import Enhetskontakt, Person, Plass, Rolletildeling, Samarbeid
from organisering.services import opprett_person, sett_inn
from slt_portal.eksempel.laster import Laster

GRUNN = "Demobruker"


@transaction.atomic
def last(
    brukere: list[dict[str, Any]],
    *,
    passord: str,
    samarbeid: Samarbeid | None = None,
    fra: dt.date | None = None,
    advar: Callable[[str], object],
) -> list[Person]:
    """The people of one file, with their password. What cannot be given, because the seat is gone, is told of."""
    personer = []
    for bruker in brukere:
        person = Person.objects.filter(epost=bruker["epost"]).first()
        if person is None:
            person = _opprett(bruker, passord)
            if samarbeid is not None:
                _gi_plass(person, bruker, samarbeid, fra, advar)
        elif not person.check_password(passord):
            person.set_password(passord)
            person.save(update_fields=["password"])
        personer.append(person)
    return personer


def _opprett(bruker: dict[str, Any], passord: str) -> Person:
    person = opprett_person(
        navn=bruker["navn"], epost=bruker["epost"], passord=passord, stilling=bruker.get("stilling", "")
    )
    if bruker.get("superbruker"):
        person.is_superuser = True
        person.save(update_fields=["is_superuser"])
    return person


def _gi_plass(
    person: Person,
    bruker: dict[str, Any],
    samarbeid: Samarbeid,
    fra: dt.date | None,
    advar: Callable[[str], object],
) -> None:
    """Roles, contacts and seats from the day `fra`, each on its own."""
    laster = Laster(samarbeid, grunn=GRUNN)

    def rolle(rad: dict[str, Any]) -> None:
        laster.rad(Rolletildeling, rad, person=person, fra=fra)

    def kontakt(rad: dict[str, Any]) -> None:
        laster.rad(Enhetskontakt, rad, person=person, fra=fra)

    def plass(navn: list[str]) -> None:
        sett_inn(laster.finn(Plass, navn), person, fra=fra)

    for gi, navn in ((rolle, "roller"), (kontakt, "kontakter"), (plass, "plasser")):
        for rad in bruker.get(navn, []):
            try:
                gi(rad)
            except Regelbrudd as feil:
                advar(f"{bruker['epost']}: {feil}")
