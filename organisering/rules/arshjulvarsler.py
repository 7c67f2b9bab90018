"""When people are told of a standing duty or an agreement. Source: the design, section 8."""

import datetime as dt

from django.utils.translation import gettext as _

from felles.stille import Stilledager
from felles.trinn import Trinn

FOR_FRISTEN = (30, 7)  # days
FORSINKET = dt.timedelta(days=30)


def fasttrinn(frist: dt.date) -> list[Trinn]:
    """30 and 7 days before."""
    return [Trinn(f"{dager}-dager-for", frist - dt.timedelta(days=dager), mot_dato=True) for dager in FOR_FRISTEN]


def siste_dag(frist: dt.date, stille: Stilledager) -> dt.date:
    """Until when what an outage held back is still told, since nobody marks a standing duty as done."""
    return stille.etter(frist + FORSINKET)


def avtaleoverskrift(navn: str, frist: dt.date, pr: dt.date) -> str:
    if frist < pr:
        return _("Avtalen skulle vært fornyet: %(navn)s") % {"navn": navn}
    return _("Avtalen skal snart fornyes: %(navn)s") % {"navn": navn}
