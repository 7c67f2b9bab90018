"""What the jobs cost: planning each kind of reminder for everybody, gathering the mails, sending a round of them."""

import datetime as dt
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.db.models import Count
from django.test import override_settings

from felles.epost import til_brev
from felles.tid import OSLO, oslo_dato
from organisering.models import Samarbeid
from slt_portal.framsyn import se_framover
from slt_portal.varsling import PLANER
from slt_portal.ytelse.maling import teller
from tiltak.exports.planfil import planpdf, planword
from tiltak.models import Plandel, Planutgave
from varsling.models import Epost
from varsling.services import Plan, lever, samle
from varsling.services.levering import melding

BREV = 1000
MOTTAK = "127.0.0.1"
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
        Epost.objects.filter(tilstand=Epost.Tilstand.VENTER).update(tilstand=Epost.Tilstand.FEILET)  # rolled back
        eposter = _legg_i_ko(tid)
        with _mottak() as port:
            return [*planer, samling, *_mal_levering(eposter, tid, port), *_mal_dokumenter(mandag)]


def _mal_levering(eposter: list[Epost], naa: dt.datetime, port: int | None) -> Iterator[Jobbmaling]:
    """The queue beside smtplib alone, on one kept connection to the same server; without a server the queue alone."""
    if port is None:
        yield _mal("varsling.tasks.lever", lambda: lever(naa).levert)
        return
    brev = [til_brev(melding(epost)).message() for epost in eposter]
    yield _mal("smtplib.SMTP.send_message", partial(_bare_send, brev, port))
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST=MOTTAK, EMAIL_PORT=port, EMAIL_USE_TLS=False):
        yield _mal("varsling.tasks.lever", lambda: lever(naa).levert)


def _mal_dokumenter(pr: dt.date) -> Iterator[Jobbmaling]:
    """The largest plan as a PDF and as a Word file; the units are its measures. Nothing without a plan to print."""
    trykkes = Planutgave.objects.filter(deler__slag=Plandel.Slag.TILTAK).select_related("samarbeid", "plan")
    utgave = trykkes.annotate(antall=Count("plan__tiltak", distinct=True)).order_by("-antall", "pk").first()
    if utgave is None:
        return
    planpdf(utgave, pr)  # the typefaces are read once in a process
    for lag in (planpdf, planword):
        yield _mal(f"tiltak.exports.{lag.__name__}", partial(_lag_dokument, lag, utgave, pr))


def _lag_dokument(lag: Callable[[Any, dt.date], bytes], utgave: Any, pr: dt.date) -> int:
    lag(utgave, pr)
    return int(utgave.antall)


def _bare_send(brev: list[Any], port: int) -> int:
    with smtplib.SMTP(MOTTAK, port) as tjener:
        for ett in brev:
            tjener.send_message(ett)
    return len(brev)


@contextmanager
def _mottak() -> Iterator[int | None]:
    """A mail server in a process of its own that throws away what it takes; None where it is not installed."""
    if find_spec("aiosmtpd") is None:
        yield None
        return
    with socket.socket() as sokkel:
        sokkel.bind((MOTTAK, 0))
        port = sokkel.getsockname()[1]
    kommando = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"{MOTTAK}:{port}"]
    with subprocess.Popen(kommando) as prosess:
        try:
            _vent_pa(port)
            yield port
        finally:
            prosess.kill()


def _vent_pa(port: int) -> None:
    for _forsok in range(100):
        with suppress(OSError), socket.create_connection((MOTTAK, port), timeout=1):
            return
        time.sleep(0.1)


def _planlegg(plan: Callable[[dt.datetime], Plan], naa: dt.datetime) -> int:
    """Answers with how many Samarbeid it looked through."""
    plan(naa)
    return Samarbeid.objects.count()


def _legg_i_ko(naa: dt.datetime) -> list[Epost]:
    """Mails as long as a day's, each to an address that does not exist."""
    return Epost.objects.bulk_create(
        Epost(
            adresse=f"maling{nummer}@slt.example",
            dag=oslo_dato(naa),
            straks=True,
            message_id=f"<maling-{nummer}@slt.example>",
            emne="Åtte ting trenger deg",
            tekst="Styringsgruppa mangler ett møte høsten 2026.\n" * 40,
            html="<p>Styringsgruppa mangler ett møte høsten 2026.</p>\n" * 200,
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
