"""The demo as a person starts and stops it: real processes, a folder and a port of its own."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.tjenester  # needs none, but takes its time

ROT = Path(__file__).resolve().parents[2]
TALMOD = 150  # seconds for a first start on a busy machine


def ledig_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as tjener:
        return int(tjener.getsockname()[1])


def prosesser(var: Path) -> list[int]:
    """Every process that works in this demo's own folder."""
    funnet = []
    for mappe in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"VAR={var}".encode() in (mappe / "environ").read_bytes().split(b"\0"):
                funnet.append(int(mappe.name))
    return funnet


class Demo:
    def __init__(self, var: Path) -> None:
        self.var, self.port = var, ledig_port()
        utenfor = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ADRESSE", "ALLOWED_HOSTS", "SECRET_KEY", "DEBUG"}
        miljo = {navn: verdi for navn, verdi in os.environ.items() if navn not in utenfor}
        self.utskrift = var / "utskrift"
        with self.utskrift.open("wb") as fil:
            self.prosess = subprocess.Popen(
                [sys.executable, "manage.py", "kjor_demo"],
                cwd=ROT,
                env=miljo | {"SLT_DEMO": "1", "PORT": str(self.port), "VAR": str(var)},
                stdout=fil,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def vent(self) -> None:
        frist = time.monotonic() + TALMOD
        while time.monotonic() < frist:
            with contextlib.suppress(OSError), urllib.request.urlopen(self.adresse("/helse/"), timeout=5):
                return
            assert self.prosess.poll() is None, self.tekst()
            time.sleep(0.2)
        pytest.fail(self.tekst())

    def adresse(self, sti: str) -> str:
        return f"http://127.0.0.1:{self.port}{sti}"

    def tekst(self) -> str:
        return self.utskrift.read_text(encoding="utf-8")

    def stopp(self, signalet: signal.Signals) -> int:
        os.killpg(self.prosess.pid, signalet)
        return self.prosess.wait(timeout=30)


@pytest.fixture(scope="module")
def mappe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first start fills it; those that follow lose nothing and are quick."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def demo(mappe: Path) -> Iterator[Demo]:
    kjorende = Demo(mappe)
    yield kjorende
    for pid in prosesser(mappe):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    kjorende.prosess.wait(timeout=30)


@pytest.mark.parametrize("signalet", [signal.SIGINT, signal.SIGHUP])
def test_demoen_starter_svarer_og_stopper_uten_a_etterlate_noe(demo: Demo, signalet):
    demo.vent()

    with urllib.request.urlopen(demo.adresse("/helse/"), timeout=10) as svar:
        assert json.load(svar)["tilstand"] in {"ok", "etterslep"}
    with urllib.request.urlopen(demo.adresse("/"), timeout=10) as svar:
        assert svar.status == 200
    assert re.search(r"^passord: \S{12,}$", demo.tekst(), re.MULTILINE)
    assert f"http://localhost:{demo.port}/" in demo.tekst()
    assert len(prosesser(demo.var)) >= 4  # the demo, web and its workers, worker with beat

    assert demo.stopp(signalet) == 0
    assert prosesser(demo.var) == []
    assert "Traceback" not in demo.tekst()


def test_to_demoer_i_samme_mappe_gar_ikke(demo: Demo):
    demo.vent()

    andre = subprocess.run(
        [sys.executable, "manage.py", "kjor_demo"],
        cwd=ROT,
        env=os.environ | {"SLT_DEMO": "1", "PORT": str(ledig_port()), "VAR": str(demo.var)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert andre.returncode == 1
    assert "Demoen kjører alt fra denne mappa." in andre.stderr
