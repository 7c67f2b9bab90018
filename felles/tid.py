"""The clock, in Norway. Only the edges read it; rules take the time as an argument."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

OSLO = ZoneInfo("Europe/Oslo")


def naa() -> dt.datetime:
    """This moment, aware, in Europe/Oslo."""
    return timezone.now().astimezone(OSLO)


def i_dag() -> dt.date:
    """Today's date in Norway."""
    return naa().date()


def oslo_dato(tid: dt.datetime) -> dt.date:
    """The Norwegian calendar day of an aware moment."""
    return tid.astimezone(OSLO).date()
