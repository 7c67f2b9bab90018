"""Meetings as iCalendar (RFC 5545, RFC 5546): the entry in each mail, and the personal feed.

A mail holds one event with one attendee, and says with METHOD what the calendar is to do with it. The feed has no
METHOD and no attendees. Neither holds the title of a case: a calendar is often shared with colleagues.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vUri

from moter.models import Deltakelse, Mote

PRODID: Final = "-//SLT-portalen//SLT-portalen//NO"
SONE: Final = ZoneInfo("Europe/Oslo")
REQUEST: Final = "REQUEST"
CANCEL: Final = "CANCEL"

# The rule of the European Union as mail programs know it, the same in every file. Dates before 1996 do not occur.
VTIMEZONE: Final = """\
BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""

PARTSTAT: Final = {
    Deltakelse.Svar.KOMMER: "ACCEPTED",
    Deltakelse.Svar.KAN_IKKE: "DECLINED",
    "": "NEEDS-ACTION",
}


@dataclass(frozen=True)
class Adressat:
    """A name and a mail address in a calendar."""

    navn: str
    adresse: str


def i_brevet(
    mote: Mote,
    *,
    metode: str,
    arrangor: Adressat,
    deltaker: Adressat,
    naa: dt.datetime,
    svar: str = "",
    kreves: bool = True,
    hele: bool = True,
) -> bytes:
    """The entry for one attendee's mail. `hele` is whether a CANCEL is for the whole meeting, or for this one alone.

    The SEQUENCE is the meeting's own; it is the caller's to raise it first. Words are in the language in force.
    """
    kalender = _kalender()
    kalender.add("method", metode)
    hendelse = _hendelse(mote, stempel=naa)
    if metode == REQUEST or hele:
        hendelse["status"] = "CONFIRMED" if metode == REQUEST else "CANCELLED"
    organisator = _adresse(arrangor)
    hendelse.add("organizer", organisator, encode=False)
    den = _adresse(deltaker)
    den.params["CUTYPE"] = "INDIVIDUAL"
    den.params["ROLE"] = "REQ-PARTICIPANT" if kreves else "OPT-PARTICIPANT"
    den.params["PARTSTAT"] = PARTSTAT[svar]
    den.params["RSVP"] = "TRUE" if metode == REQUEST and not svar else "FALSE"
    hendelse.add("attendee", den, encode=False)
    kalender.add_component(hendelse)
    return bytes(kalender.to_ical())


def strom(moter: Iterable[Any], *, navn: str) -> bytes:
    """The feed. Each meeting carries `endret`, when it was last changed: the same meetings give the same bytes."""
    kalender = _kalender()
    kalender.add("name", navn)
    kalender.add("x-wr-calname", navn)
    kalender.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for mote in moter:
        hendelse = _hendelse(mote, stempel=mote.endret)
        hendelse["status"] = "CANCELLED" if mote.avlyst else "CONFIRMED"
        kalender.add_component(hendelse)
    return bytes(kalender.to_ical())


def tittel(mote: Mote) -> str:
    """«Koordineringsgruppe, SLT Nordre Land»."""
    return f"{mote.gruppe.visningsnavn}, {mote.samarbeid.modellnavn} {mote.samarbeid.navn}"


def _kalender() -> Calendar:
    kalender = Calendar()
    kalender.add("prodid", PRODID)
    kalender.add("version", "2.0")
    kalender.add("calscale", "GREGORIAN")
    kalender.add_component(Timezone.from_ical(VTIMEZONE))
    return kalender


def _hendelse(mote: Mote, *, stempel: dt.datetime) -> Event:
    siden = settings.ADRESSE + mote.get_absolute_url()
    hendelse = Event()
    hendelse.add("uid", mote.uid)
    hendelse.add("sequence", mote.sekvens)
    hendelse.add("dtstamp", stempel.astimezone(dt.UTC))
    hendelse.add("dtstart", mote.start.astimezone(SONE))
    hendelse.add("dtend", mote.slutt.astimezone(SONE))
    hendelse.add("summary", tittel(mote))
    if mote.sted or mote.lenke:
        hendelse.add("location", mote.sted or mote.lenke)
    linjer = [_("På nett: %(lenke)s") % {"lenke": mote.lenke}] if mote.lenke else []
    hendelse.add("description", "\n".join([*linjer, _("Saksliste og svar: %(lenke)s") % {"lenke": siden}]))
    hendelse.add("url", vUri(siden))
    hendelse.add("transp", "TRANSPARENT" if mote.avlyst else "OPAQUE")
    return hendelse


def _adresse(hvem: Adressat) -> vCalAddress:
    """Quotes are taken out of the name: not all programs read them back."""
    adresse = vCalAddress(f"mailto:{hvem.adresse}")
    adresse.params["CN"] = hvem.navn.replace('"', "'") or hvem.adresse
    return adresse
