"""The one statement that runs between two mails: the one before is sent, the next is being offered.

Written by hand, since it runs once for each mail of a whole country: made anew by the ORM each time, it cost more than
everything else in the delivery together. It writes no text but the mail's own with the personal keys blanked, so the
guard of the text fields has nothing to say.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection

from varsling.models import Epost
from varsling.rules import uten_personlige_lenker

SENDT_OG_BEGYNT = """
    UPDATE varsling_epost SET
        tilstand = CASE id WHEN %(forrige)s THEN 'sendt' ELSE 'sendes' END,
        sendt = CASE id WHEN %(forrige)s THEN %(naa)s ELSE sendt END,
        svar_fra_tjener = CASE id WHEN %(forrige)s THEN '' ELSE svar_fra_tjener END,
        tekst = CASE id WHEN %(forrige)s THEN %(tekst)s ELSE tekst END,
        html = CASE id WHEN %(forrige)s THEN '' ELSE html END,
        avmelding = CASE id WHEN %(forrige)s THEN '' ELSE avmelding END,
        leid_til = CASE id WHEN %(forrige)s THEN NULL ELSE %(leid_til)s END,
        forsok = CASE id WHEN %(forrige)s THEN forsok ELSE forsok + 1 END
    WHERE id IN (%(forrige)s, %(neste)s) AND leie = %(leie)s
        AND (tilstand = 'sendes' OR id = %(forrige)s AND tilstand = 'venter')
"""


@contextmanager
def uten_diskventing() -> Iterator[None]:
    """PostgreSQL need not wait for its disk after each mail. SQLite is set so already, for everything.

    A killed worker loses nothing by it. Should the machine of the database lose its power, the marks of the last half
    second are gone, and those mails are sent again, with the Message-ID they had.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as peker:
        peker.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as peker:
            peker.execute("RESET synchronous_commit")


@dataclass(frozen=True)
class Sendt:
    """A mail that the server has taken, and when."""

    epost: Epost
    tid: dt.datetime


def merk_sendt_og_begynn(sendt: Sendt, neste: Epost, *, leie: str, leid_til: dt.datetime) -> bool:
    """Marks the mail before as sent, and counts the attempt with the next. False when the next is no longer ours."""
    tid = connection.ops.adapt_datetimefield_value
    verdier = {
        "forrige": sendt.epost.pk,
        "neste": neste.pk,
        "naa": tid(sendt.tid),
        "tekst": uten_personlige_lenker(sendt.epost.tekst),
        "leid_til": tid(leid_til),
        "leie": leie,
    }
    with connection.cursor() as peker:
        peker.execute(SENDT_OG_BEGYNT, verdier)
        if peker.rowcount == len((sendt, neste)):
            return True
    egne = Epost.objects.filter(pk=neste.pk, leie=leie, tilstand=Epost.Tilstand.SENDES)
    return egne.filter(forsok=neste.forsok + 1).exists()


def merk(epost: Epost, felter: dict[str, Any], *, leie: str) -> None:
    """Writes the outcome; also when the lease ran out meanwhile, if no other round has claimed it: sent is sent."""
    apne = (Epost.Tilstand.SENDES, Epost.Tilstand.VENTER)
    Epost.objects.filter(pk=epost.pk, leie=leie, tilstand__in=apne).update(leid_til=None, **felter)


def begynn(epost: Epost, *, leie: str, leid_til: dt.datetime) -> bool:
    """Counts the attempt. False when the mail is no longer ours."""
    egen = Epost.objects.filter(pk=epost.pk, leie=leie, tilstand=Epost.Tilstand.SENDES)
    return bool(egen.update(forsok=epost.forsok + 1, leid_til=leid_til))


def det_som_blir(epost: Epost) -> dict[str, str]:
    """What is kept of a mail that is done with: its words, without personal keys and without their markup."""
    return {"tekst": uten_personlige_lenker(epost.tekst), "html": "", "avmelding": ""}
