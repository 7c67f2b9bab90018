"""Reminders about one thing wait until a day, or no longer."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from varsling.models import Pause

LENGST = dt.timedelta(days=366)


def sett_pause(samarbeid: Any, *, om: str, gjelder: str, til: dt.date, grunn: str, av: Any, pr: dt.date) -> Pause:
    """Holds back reminders about `om` from today, the day `til` included. A pause that runs gets the new end."""
    if til < pr:
        raise Regelbrudd(_("Velg en dag som ikke er over."), felt="til")
    if til > pr + LENGST:
        raise Regelbrudd(_("En pause kan vare høyst et år."), felt="til")
    pause = Pause.objects.aktive(pr).filter(samarbeid=samarbeid, om=om).first() or Pause(
        samarbeid=samarbeid, om=om, fra=pr
    )
    pause.gjelder, pause.til, pause.grunn, pause.satt_av = gjelder[:300], til, grunn, av
    pause.save()
    return pause


def avslutt_pause(pause: Pause, *, pr: dt.date) -> None:
    """Reminders go again from today. Raises Regelbrudd when the pause is over already."""
    if pause.til < pr:
        raise Regelbrudd(_("Pausen er alt over."))
    pause.til = pr - dt.timedelta(days=1)
    pause.save(update_fields=["til"])
