"""When a mail is tried again, when it is given up, and what of it may be kept. Pure answers."""

import datetime as dt
import re

from django.db.models import Q

# How long to wait after each failed attempt. When they are used up, the mail has failed for good: about two days.
PAUSER = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=6),
    dt.timedelta(hours=12),
    dt.timedelta(hours=24),
)
SLINGRING = dt.timedelta(minutes=10)  # what two machines' clocks may differ, and a round may last

# What follows these words in an address opens something without a password.
_PERSONLIG_LENKE = re.compile(r"(/(?:svar|avmelding|kalender|invitasjon|reset/key)/)[^/\s\"'<>)\]?]+")


def neste_forsok(forsok: int, naa: dt.datetime) -> dt.datetime | None:
    """When to try again after attempt number `forsok` failed; None when it is time to give up.

    In UTC: an hour added to Norwegian time in the night of a clock change is none, or two.
    """
    return naa.astimezone(dt.UTC) + PAUSER[forsok - 1] if forsok <= len(PAUSER) else None


def pause_uten_mening(naa: dt.datetime) -> Q:
    """Mails whose pause ends later than any pause that begins now: the clock has been set back since."""
    q = Q(neste_forsok__gt=naa + PAUSER[-1] + SLINGRING)
    for forsok, pause in enumerate(PAUSER[:-1], start=1):
        q |= Q(forsok=forsok, neste_forsok__gt=naa + pause + SLINGRING)
    return q


def uten_personlige_lenker(tekst: str) -> str:
    """The text with the secret part of every personal link blanked."""
    return _PERSONLIG_LENKE.sub(r"\1…", tekst)
