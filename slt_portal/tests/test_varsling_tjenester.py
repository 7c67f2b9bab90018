"""From plan to mailbox with real parts: a worker with beat, a broker, a mail server, a database of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings

pytestmark = pytest.mark.tjenester

TALMOD = 180  # seconds, on a busy machine; beat empties the queue once a minute
CELERY = [sys.executable, "-m", "celery", "--quiet", "--app", "slt_portal"]
PLANLEGG = """
import datetime as dt
from felles.tid import OSLO
from organisering.models import Samarbeid
from slt_portal.varsling import PLANER
from varsling.services import kjor
Samarbeid.objects.update(stille_helg=False, stille_helligdag=False, stille_juli=False)
for jobb, plan in PLANER.items():
    kjor(jobb, dt.datetime(2026, 11, 23, 6, tzinfo=OSLO), plan)
"""
KOORDINATORER = ["koordinator@nordre-land.example", "koordinator@rana.example"]


def kjor(kommando: list[str], miljo: dict[str, str]) -> None:
    subprocess.run(kommando, env=miljo, cwd=settings.BASE_DIR, check=True, capture_output=True)


class Postkasse:
    def __init__(self) -> None:
        self.brev: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's own name
        self.brev.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def til(self, adresser: list[str]) -> list[str]:
        return sorted(brev["To"] for brev in self.brev if brev["To"] in adresser)


@pytest.fixture
def postkasse() -> Iterator[tuple[Postkasse, int]]:
    with socket.socket() as sokkel:
        sokkel.bind(("127.0.0.1", 0))
        port = sokkel.getsockname()[1]
    kasse = Postkasse()
    tjener = Controller(kasse, hostname="127.0.0.1", port=port)
    tjener.start()
    yield kasse, port
    tjener.stop()


@pytest.fixture
def miljo(tmp_path: Path, postkasse: tuple[Postkasse, int], request: pytest.FixtureRequest) -> dict[str, str]:
    """Nordre Land and Rana, planned for a Monday, in a database and an environment of this test's own."""
    if request.param == "redis" and not settings.REDIS_URL:
        pytest.fail("Prøven trenger Redis: sett REDIS_URL.")
    verdier = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/slt.sqlite3",
        "REDIS_URL": settings.REDIS_URL if request.param == "redis" else "",
        "EMAIL_URL": f"smtp://127.0.0.1:{postkasse[1]}/",
        "VAR": str(tmp_path),
        "SLT_DEMO": "1",
    }
    for kommando in (["migrate", "-v0"], ["last_eksempel", "--demo-brukere"], ["shell", "-v0", "-c", PLANLEGG]):
        subprocess.run(
            [sys.executable, "manage.py", *kommando],
            env=verdier,
            cwd=settings.BASE_DIR,
            check=True,
            capture_output=True,
        )
    return verdier


@contextlib.contextmanager
def worker(miljo: dict[str, str]) -> Iterator[None]:
    """The worker of the embedded set-up, with beat in the same process."""
    prosess = subprocess.Popen(
        [
            *CELERY,
            "worker",
            "--beat",
            "--pool",
            "threads",
            "--concurrency",
            "2",
            "--without-gossip",
            "--without-mingle",
        ],
        env=miljo,
        cwd=settings.BASE_DIR,
    )
    try:
        yield
    finally:
        prosess.send_signal(signal.SIGTERM)
        try:
            prosess.wait(60)
        except subprocess.TimeoutExpired:
            prosess.kill()
            prosess.wait()


def vent(pa: Callable[[], bool]) -> None:
    frist = time.monotonic() + TALMOD
    while time.monotonic() < frist and not pa():
        time.sleep(0.5)


@pytest.mark.parametrize("miljo", ["filer", "redis"], indirect=True)
def test_koordinatorenes_brev_kommer_en_gang(miljo: dict[str, str], postkasse: tuple[Postkasse, int]):
    """With the embedded broker beat alone empties the queue. A second gathering and delivery send nothing."""
    kasse, _port = postkasse
    samle = [*CELERY, "call", "varsling.tasks.samle", "--args", "[[]]"]
    lever = [*CELERY, "call", "varsling.tasks.lever"]
    with worker(miljo):
        for kommando in (samle, lever) if miljo["REDIS_URL"] else (samle,):
            kjor(kommando, miljo)
            time.sleep(3)
        vent(lambda: kasse.til(KOORDINATORER) == KOORDINATORER)
        for kommando in (samle, lever, lever):
            kjor(kommando, miljo)
        time.sleep(5)

    assert kasse.til(KOORDINATORER) == KOORDINATORER
    assert len(kasse.brev) == len({brev["To"] for brev in kasse.brev})
    tekst = next(b for b in kasse.brev if b["To"] == KOORDINATORER[0]).get_body(("plain",)).get_content()
    assert "Styringsgruppe/politiråd mangler ett møte høsten 2026" in tekst
    assert "Planen skulle vært revidert" in tekst
