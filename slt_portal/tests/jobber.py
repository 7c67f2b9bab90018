"""The jobs as real processes, and the mail server that they send to."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from django.conf import settings

TALMOD = 180  # seconds, on a busy machine
CELERY = [sys.executable, "-m", "celery", "--quiet", "--app", "slt_portal"]
FOR_EN_TIME_SIDEN = """
import datetime as dt
from celery.beat import PersistentScheduler
from slt_portal.celery import app
app.set_default()
plan = PersistentScheduler(app, schedule_filename=app.conf.beat_schedule_filename)
plan.schedule["lever"].last_run_at -= dt.timedelta(hours=1)
plan.close()
"""


class Postkasse:
    """What a mail server has been given."""

    port: int

    def __init__(self) -> None:
        self.brev: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's own name
        self.brev.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def til(self, adresser: list[str]) -> list[str]:
        return sorted(brev["To"] for brev in self.brev if brev["To"] in adresser)

    def tekst(self, adresse: str) -> str:
        """The one letter to an address, as plain text."""
        (brev,) = (brev for brev in self.brev if brev["To"] == adresse)
        return brev.get_body(("plain",)).get_content()


@contextlib.contextmanager
def posttjener() -> Iterator[Postkasse]:
    with socket.socket() as sokkel:
        sokkel.bind(("127.0.0.1", 0))
        port = sokkel.getsockname()[1]
    kasse = Postkasse()
    kasse.port = port
    tjener = Controller(kasse, hostname="127.0.0.1", port=port)
    tjener.start()
    try:
        yield kasse
    finally:
        tjener.stop()


def kjor(kommando: list[str], miljo: dict[str, str]) -> None:
    subprocess.run(kommando, env=miljo, cwd=settings.BASE_DIR, check=True, capture_output=True)


@contextlib.contextmanager
def worker(miljo: dict[str, str]) -> Iterator[None]:
    """A worker with beat in the same process, which last emptied the queue an hour ago, as after a stop.

    One job at a time, so that what was asked for first is done first.
    """
    kjor([sys.executable, "-c", FOR_EN_TIME_SIDEN], miljo)
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
