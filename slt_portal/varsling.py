"""Every reminder rule, by the name of the job that plans it."""

import datetime as dt
from collections.abc import Callable

from moter.services.motevarsling import varsle_mote, varsle_mote_holdt, varsle_oppfolging
from moter.services.varsling import varsle_motehyppighet
from organisering.services.arshjulvarsling import varsle_avtaler, varsle_faste
from tiltak.services.tiltaksvarsling import varsle_frist, varsle_mangler, varsle_status
from tiltak.services.varsling import varsle_revisjon
from varsling.services import Plan

PLANER: dict[str, Callable[[dt.datetime], Plan]] = {
    "moter.tasks.varsle_motehyppighet": varsle_motehyppighet,
    "tiltak.tasks.varsle_revisjon": varsle_revisjon,
    "tiltak.tasks.varsle_frist": varsle_frist,
    "tiltak.tasks.varsle_status": varsle_status,
    "tiltak.tasks.varsle_mangler": varsle_mangler,
    "moter.tasks.varsle_mote_holdt": varsle_mote_holdt,
    "moter.tasks.varsle_mote": varsle_mote,
    "moter.tasks.varsle_oppfolging": varsle_oppfolging,
    "organisering.tasks.varsle_faste": varsle_faste,
    "organisering.tasks.varsle_avtaler": varsle_avtaler,
}
