"""The way from a mail to choosing how often such mail comes, without an account."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.functional import Promise

Ord = str | Promise
GYLDIG = 365 * 24 * 3600  # seconds: a mail program may keep the button of an old mail
_SALT = "avmelding"
_LENGSTE = 2000

_slag: dict[str, Ord] = {}


class Avmelding(NamedTuple):
    """What the link of a mail lets its reader choose: the kinds in it, and those that are a duty."""

    person_id: int
    regler: list[str]
    plikter: list[str]
    sprak: str = ""

    @property
    def frivillige(self) -> list[str]:
        return [regel for regel in self.regler if regel not in self.plikter]


def registrer_slag(slag: dict[str, Ord]) -> None:
    """What each rule is called, for those who choose."""
    _slag.update(slag)


def slagord(regel: str) -> str:
    """«Status på tiltak»; a rule that nobody named says its own word."""
    return str(_slag.get(regel, regel))


def avmeldingslenke(person_id: int, varsler: Iterable[Any], sprak: str = "") -> str:
    """The address where one chooses about the kinds of mail that `varsler` are."""
    alle = list(varsler)
    plikter = sorted({v.regel for v in alle if v.plikt})
    innhold = [person_id, sorted({v.regel for v in alle}), plikter, sprak]
    return settings.ADRESSE + reverse("avmelding", args=[signing.dumps(innhold, salt=_SALT)])


def les_avmelding(token: str) -> Avmelding | None:
    """What the link says; None when it is not ours, or too old."""
    if len(token) > _LENGSTE:
        return None
    try:
        return Avmelding(*signing.loads(token, salt=_SALT, max_age=GYLDIG))
    except signing.BadSignature:
        return None
