"""From plan to mailbox with real parts: a worker with beat, a broker, a mail server, a database of its own."""

import contextlib
import os
import shutil
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

TALMOD = 180  # seconds, on a busy machine
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
FOR_EN_TIME_SIDEN = """
import datetime as dt
from celery.beat import PersistentScheduler
from slt_portal.celery import app
app.set_default()
plan = PersistentScheduler(app, schedule_filename=app.conf.beat_schedule_filename)
plan.schedule["lever"].last_run_at -= dt.timedelta(hours=1)
plan.close()
"""
SIST = "sist@rana.example"
SISTE_BREV = f"""
import django
django.setup()
from django.utils import timezone
from varsling.services import Brev, legg_i_ko
legg_i_ko(Brev("Sist", "Sist", ""), adresse="{SIST}", nokkel="sist", regel="sist", naa=timezone.now())
"""
BASE = "slt.sqlite3"
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


@pytest.fixture(scope="module")
def ferdig_planlagt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nordre Land and Rana, planned for a Monday, in a database that each test copies."""
    mappe = tmp_path_factory.mktemp("planlagt")
    miljo = {**os.environ, "DATABASE_URL": f"sqlite:///{mappe / BASE}", "REDIS_URL": "", "VAR": str(mappe)}
    miljo |= {"EMAIL_URL": "smtp://127.0.0.1:1/", "SLT_DEMO": "1"}
    for kommando in (["migrate", "-v0"], ["last_eksempel", "--demo-brukere"], ["shell", "-v0", "-c", PLANLEGG]):
        kjor([sys.executable, "manage.py", *kommando], miljo)
    return mappe


@pytest.fixture
def miljo(
    tmp_path: Path, ferdig_planlagt: Path, postkasse: tuple[Postkasse, int], request: pytest.FixtureRequest
) -> dict[str, str]:
    """An environment of this test's own, in which beat last emptied the queue an hour ago, as after a stop."""
    if request.param == "redis" and not settings.REDIS_URL:
        pytest.fail("Prøven trenger Redis: sett REDIS_URL.")
    shutil.copytree(ferdig_planlagt, tmp_path, dirs_exist_ok=True)
    verdier = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / BASE}",
        "REDIS_URL": settings.REDIS_URL if request.param == "redis" else "",
        "EMAIL_URL": f"smtp://127.0.0.1:{postkasse[1]}/",
        "VAR": str(tmp_path),
        "SLT_DEMO": "1",
    }
    kjor([sys.executable, "-c", FOR_EN_TIME_SIDEN], verdier)
    return verdier


@contextlib.contextmanager
def worker(miljo: dict[str, str]) -> Iterator[None]:
    """The worker of the embedded set-up, with beat in the same process. One at a time, so that letters come in turn."""
    valg = ["--beat", "--pool", "threads", "--concurrency", "1", "--without-gossip", "--without-mingle"]
    prosess = subprocess.Popen([*CELERY, "worker", *valg], env=miljo, cwd=settings.BASE_DIR)
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
        time.sleep(0.2)


@pytest.mark.parametrize("miljo", ["filer", "redis"], indirect=True)
def test_koordinatorenes_brev_kommer_en_gang(miljo: dict[str, str], postkasse: tuple[Postkasse, int]):
    """A gathering waits in the broker; beat alone empties the queue. A second gathering and delivery send nothing."""
    kasse, _port = postkasse
    samle = [*CELERY, "call", "varsling.tasks.samle", "--args", "[[]]"]
    lever = [*CELERY, "call", "varsling.tasks.lever"]
    kjor(samle, miljo)
    with worker(miljo):
        vent(lambda: kasse.til(KOORDINATORER) == KOORDINATORER)
        for kommando in (samle, lever, [sys.executable, "-c", SISTE_BREV], lever):
            kjor(kommando, miljo)
        vent(lambda: kasse.til([SIST]) == [SIST])

    assert kasse.til(KOORDINATORER) == KOORDINATORER
    assert len(kasse.brev) == len({brev["To"] for brev in kasse.brev})
    tekst = next(b for b in kasse.brev if b["To"] == KOORDINATORER[0]).get_body(("plain",)).get_content()
    assert "Styringsgruppe/politiråd mangler ett møte høsten 2026" in tekst
    assert "Planen skulle vært revidert" in tekst
