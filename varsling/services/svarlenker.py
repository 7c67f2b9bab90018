"""Personal answer links: made many at once, signed, found again. Knows how one answers, never what is asked.

Each kind of question («formål») says at start which answers a mail offers: `registrer_sporsmal`. The page behind the
link is composed in slt_portal/svar. The address carries a random key and its signature, so that neither the database
nor the secret key alone opens anything, and a link lives on while SECRET_KEY is changed (SECRET_KEY_FALLBACKS).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.functional import Promise

from felles.tid import OSLO
from varsling.models import Svarlenke

Ord = str | Promise
GYLDIG_DAGER = 30
GLEMMES = dt.timedelta(days=365)
SE = "varsel"  # no question: only to see the thing, without a password
_SALT = "svarlenke"
_SKILLE = "."
_LENGSTE = 200

_svar: dict[str, Mapping[str, Ord]] = {}


@dataclass(frozen=True)
class Svarknapp:
    """One answer in a mail."""

    ord: str
    lenke: str


def registrer_sporsmal(formal: str, svar: Mapping[str, Ord]) -> None:
    """Tells that there is a kind of question, and the answers that mails offer to it, in their order."""
    _svar[formal] = svar


def gyldig_til(dag: dt.date) -> dt.date:
    """The last day that the links of a mail from `dag` open anything."""
    return dag + dt.timedelta(days=GYLDIG_DAGER)


def utloper(dag: dt.date) -> dt.datetime:
    """The moment after `gyldig_til`."""
    return dt.datetime.combine(gyldig_til(dag) + dt.timedelta(days=1), dt.time(), OSLO)


def svarlenke(person: Any, formal: str, objekt: Any, utloper: dt.datetime) -> str:
    """Makes a link for `person` to the question `formal` about the row `objekt`, which carries its Samarbeid."""
    lenke = Svarlenke(
        samarbeid_id=objekt.samarbeid_id, person=person, formal=formal, objekt_id=objekt.pk, utloper=utloper
    )
    lenke.save(force_insert=True)
    return adresse(lenke)


def adresse(lenke: Svarlenke) -> str:
    """The whole address of the page. Works before the row is written, so that many are written at once."""
    return settings.ADRESSE + reverse("svar", args=[token(lenke)])


def token(lenke: Svarlenke) -> str:
    return Signer(salt=_SALT, sep=_SKILLE).sign(lenke.nokkel)


def finn_svarlenke(token: str) -> Svarlenke | None:
    """The link that a token was made for, used and expired ones too; None when the signature is not ours."""
    if len(token) > _LENGSTE:
        return None
    try:
        nokkel = Signer(salt=_SALT, sep=_SKILLE).unsign(token)
    except BadSignature:
        return None
    return Svarlenke.objects.select_related("person", "samarbeid", "varsel").filter(nokkel=nokkel).first()


def glem_gamle(naa: dt.datetime) -> None:
    """Deletes links that stopped working a year ago; till then their reader is told so, and offered a new one."""
    Svarlenke.objects.filter(utloper__lt=naa - GLEMMES).delete()


def svarknapper(formal: str, lenke: str) -> list[Svarknapp]:
    """The answers that a mail offers. Each only preselects: the page behind sends. Empty when nothing is asked."""
    return [Svarknapp(str(ord), f"{lenke}?svar={verdi}") for verdi, ord in _svar.get(formal, {}).items()]
