"""The portal with the examples, as a real web process on loopback with a folder and a database of its own.

Stands under the manual's pictures and under the tests in a browser: they meet what a visitor meets.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType

from slt_portal.oppstart import ROT, Stans

TALMOD = 180  # seconds for a start on a busy machine
EGET = {
    "ADRESSE", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL", "HOST", "REDIS_PREFIKS", "REDIS_URL", "SECRET_KEY", "VAR",
}  # fmt: skip


def ledig_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as tjener:
        return int(tjener.getsockname()[1])


class Demotjener:
    """Use as a context: entering starts the web process, leaving ends it. `klargjor` comes first, once per folder."""

    def __init__(self, var: Path, *, passord: str, **miljo: str) -> None:
        self.var, self.passord, self.port = var, passord, ledig_port()
        arvet = {navn: verdi for navn, verdi in os.environ.items() if navn not in EGET}
        self.miljo = arvet | {
            "DEBUG": "0",
            "SLT_DEMO": "1",
            "SLT_DEMO_PASSORD": passord,
            "VAR": str(var),
            "PORT": str(self.port),
            "ADRESSE": self.adresse,
            "WEB_CONCURRENCY": "1",
            **miljo,
        }

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def klargjor(self) -> None:
        """Database, static files and examples."""
        self.kjor("manage.py", "kjor_demo", "--bare-klargjor")

    def kjor(self, *argumenter: str) -> str:
        """Runs Python in the server's environment, and gives what it printed. Raises Stans when it fails."""
        svar = subprocess.run(
            [sys.executable, *argumenter], cwd=ROT, env=self.miljo, capture_output=True, text=True, check=False
        )
        if svar.returncode != 0:
            raise Stans(f"{' '.join(argumenter)} stoppet:\n{svar.stderr.strip() or svar.stdout.strip()}")
        return svar.stdout

    def __enter__(self) -> "Demotjener":
        self.logg = self.var / f"web-{self.port}.logg"
        with self.logg.open("wb") as fil:
            self.prosess = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "python:slt_portal.gunicorn", "slt_portal.wsgi"],
                cwd=ROT,
                env=self.miljo,
                stdout=fil,
                stderr=subprocess.STDOUT,
            )
        try:
            self._vent()
        except BaseException:
            self.stopp()
            raise
        return self

    def __exit__(
        self, slag: type[BaseException] | None, feil: BaseException | None, spor: TracebackType | None
    ) -> None:
        self.stopp()

    def stopp(self) -> None:
        self.prosess.terminate()
        try:
            self.prosess.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.prosess.kill()
            self.prosess.wait()

    def _vent(self) -> None:
        frist = time.monotonic() + TALMOD
        while self.prosess.poll() is None and time.monotonic() < frist:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.adresse}/helse/", timeout=5):
                return
            time.sleep(0.1)
        raise Stans(f"Portalen svarer ikke på {self.adresse}:\n{self.logg.read_text(encoding='utf-8')}")
