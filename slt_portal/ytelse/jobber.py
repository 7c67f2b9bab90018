"""What the jobs cost: planning each kind of reminder for everybody, gathering the mails, sending a round of them."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.test import override_settings

from felles.tid import OSLO, oslo_dato
from organisering.models import Samarbeid
from slt_portal.framsyn import se_framover
from slt_portal.varsling import PLANER
from slt_portal.ytelse.maling import teller
from varsling.models import Epost
from varsling.services import Plan, lever, samle

BREV = 200  # one round of the queue
KIB = 1024
MANDAG, KLOKKA = 0, dt.time(6)
MINNE = Path("/proc/self")


@dataclass(frozen=True)
class Jobbmaling:
    """`minne_mb` is the peak above what the process held before; None where the system does not tell."""

    jobb: str
    sekunder: float
    sporringer: int
    enheter_i_sekundet: float
    minne_mb: float | None


def mal_jobber(naa: dt.datetime) -> list[Jobbmaling]:
    """Every job once, on the coming Monday morning, so that no quiet day makes it easy."""
    mandag = oslo_dato(naa) + dt.timedelta(days=(MANDAG - naa.weekday()) % 7)
    tid = dt.datetime.combine(mandag, KLOKKA, OSLO)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend", DEBUG=False):
        alle = PLANER | {"slt_portal.tasks.se_framover": se_framover}
        planer = [_mal(jobb, partial(_planlegg, plan, tid)) for jobb, plan in alle.items()]
        samling = _mal("varsling.services.samle", lambda: len(samle(tid)))
        _legg_i_ko(tid)
        levering = _mal("varsling.tasks.lever", lambda: lever(tid).levert)
    return [*planer, samling, levering]


def _planlegg(plan: Callable[[dt.datetime], Plan], naa: dt.datetime) -> int:
    """Answers with how many Samarbeid it looked through."""
    plan(naa)
    return Samarbeid.objects.count()


def _legg_i_ko(naa: dt.datetime) -> None:
    """A full round of mails, each to an address that does not exist."""
    Epost.objects.bulk_create(
        Epost(
            adresse=f"maling{nummer}@slt.example",
            dag=oslo_dato(naa),
            straks=True,
            message_id=f"<maling-{nummer}@slt.example>",
            emne="Måling",
            tekst="Måling\n" * 20,
        )
        for nummer in range(BREV)
    )


def _mal(jobb: str, utfor: Callable[[], int]) -> Jobbmaling:
    for_ = _nullstill_minne()
    start = time.perf_counter()
    with teller() as sporringer:
        enheter = utfor()
    sekunder = time.perf_counter() - start
    etter = _minne("VmHWM")
    minne = None if for_ is None or etter is None else round((etter - for_) / KIB, 1)
    return Jobbmaling(jobb, round(sekunder, 3), sporringer.antall, round(enheter / max(sekunder, 1e-9), 1), minne)


def _nullstill_minne() -> int | None:
    """Lets the peak begin anew, and answers with what the process holds now, in KiB."""
    try:
        (MINNE / "clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return None
    return _minne("VmRSS")


def _minne(felt: str) -> int | None:
    for linje in (MINNE / "status").read_text(encoding="ascii", errors="replace").splitlines():
        if linje.startswith(f"{felt}:"):
            return int(linje.split()[1])
    return None
