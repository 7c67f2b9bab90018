"""Nothing lost and nothing sent twice, with real parts: processes that are killed, a mail server, Redis, PostgreSQL."""

import contextlib
import datetime as dt
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from felles.tid import OSLO
from varsling.models import Epost, Kjoring, Varsel

pytestmark = [pytest.mark.tjenester, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

NAA = dt.datetime(2026, 9, 2, 9, 0, tzinfo=OSLO)
MANDAG = dt.datetime(2026, 11, 23, 6, 5, tzinfo=OSLO)
FORBI_LEIA = dt.timedelta(minutes=11)
TALMOD = 40  # seconds, on a busy machine


def ledig_port() -> int:
    with socket.socket() as sokkel:
        sokkel.bind(("127.0.0.1", 0))
        return sokkel.getsockname()[1]


def vent(pa: Callable[[], object], hva: str) -> None:
    frist = time.monotonic() + TALMOD
    while not pa():
        if time.monotonic() > frist:
            pytest.fail(f"Ventet forgjeves på {hva}.")
        time.sleep(0.002)


@contextlib.contextmanager
def prosess(*kommando: str, **valg: object) -> Iterator[subprocess.Popen]:
    en = subprocess.Popen(kommando, cwd=settings.BASE_DIR, **valg)
    try:
        yield en
    finally:
        en.kill()
        en.wait()
        for ror in (en.stdin, en.stdout):
            if ror:
                ror.close()


class Postkontor:
    """What the mail server has taken, read from its book."""

    def __init__(self, bok: Path, port: int) -> None:
        self.bok, self.port = bok, port

    def brev(self) -> list[str]:
        return self.bok.read_text().splitlines() if self.bok.exists() else []


@pytest.fixture
def postkontor(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Postkontor]:
    port, bok = ledig_port(), tmp_path / "bok"
    pause = getattr(request, "param", "0")
    modul = "slt_portal.tests.prosesser.postkontor"
    with prosess(sys.executable, "-m", modul, str(port), str(bok), pause, stdout=subprocess.PIPE) as tjener:
        assert tjener.stdout is not None
        assert tjener.stdout.readline() == b"klar\n"
        yield Postkontor(bok, port)


@pytest.fixture
def miljo(postkontor: Postkontor, tmp_path: Path) -> dict[str, str]:
    base = connection.settings_dict
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}/{base['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{postkontor.port}/",
        "VAR": str(tmp_path),
        "SLT_DEMO": "1",
    }


class Arbeidere:
    """Worker processes, started one by one."""

    def __init__(self, prosess: subprocess.Popen) -> None:
        self.prosess = prosess
        self.slutt: set[int] = set()
        assert self._les() == ["klar"]

    def _les(self) -> list[str]:
        return self.prosess.stdout.readline().decode().split()

    def start(self, hva: str, naa: dt.datetime) -> int:
        self.prosess.stdin.write(f"{hva} {naa.isoformat()}\n".encode())
        self.prosess.stdin.flush()
        while True:
            ord_, nummer = self._les()
            if ord_ == "start":
                return int(nummer)
            self.slutt.add(int(nummer))

    def vent_pa(self, nummer: int) -> None:
        while nummer not in self.slutt:
            self.slutt.add(int(self._les()[1]))


@pytest.fixture
def arbeidere(miljo: dict[str, str]) -> Iterator[Arbeidere]:
    valg = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": miljo}
    with prosess(sys.executable, "-m", "slt_portal.tests.prosesser.arbeidere", **valg) as en:
        yield Arbeidere(en)


def legg_i_ko(antall: int, fra: int = 0) -> dict[str, str]:
    """Mails in the queue: the recipient of each Message-ID."""
    rader = Epost.objects.bulk_create(
        Epost(
            adresse=f"mottaker{n}@slt.example", dag=NAA.date(), straks=True, message_id=f"<{n}@slt.example>",
            emne="Åtte ting trenger deg", tekst="Hei på deg.\n" * 30, html="<p>Hei på deg.</p>\n" * 30,
        )
        for n in range(fra, fra + antall)
    )  # fmt: skip
    return {rad.message_id: rad.adresse for rad in rader}


def test_en_arbeider_som_drepes_tjue_ganger_mister_ingen(postkontor: Postkontor, arbeidere: Arbeidere):
    sendt, naa, tilfeldig = legg_i_ko(1000), NAA, random.Random(4)
    for _drap in range(20):
        nummer = arbeidere.start("lever", naa)
        mal = len(postkontor.brev()) + tilfeldig.randint(10, 45)
        vent(lambda mal=mal: len(postkontor.brev()) >= mal, "brev")
        os.kill(nummer, signal.SIGKILL)
        arbeidere.vent_pa(nummer)
        naa += FORBI_LEIA
    arbeidere.vent_pa(arbeidere.start("lever", naa))

    kom_fram = Counter(postkontor.brev())
    assert set(kom_fram) == {f"{nummer} {adresse}" for nummer, adresse in sendt.items()}
    assert sum(kom_fram.values()) - len(kom_fram) <= 20
    assert set(Epost.objects.values_list("tilstand", flat=True)) == {"sendt"}
    assert max(Epost.objects.values_list("forsok", flat=True)) <= 2  # those that a dead one only held lost no attempt


def test_to_arbeidere_og_to_beat_samtidig_sender_hvert_brev_en_gang(
    postkontor: Postkontor, arbeidere: Arbeidere, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings, "LOKAL", True)  # the demo logins ask for it
    call_command("last_eksempel", demo_brukere=True, verbosity=0)
    straks = legg_i_ko(200)
    for nummer in [arbeidere.start("alt", MANDAG) for _beat in range(4)]:
        arbeidere.vent_pa(nummer)
    arbeidere.vent_pa(arbeidere.start("alt", MANDAG + dt.timedelta(minutes=5)))

    brev = postkontor.brev()
    assert len(brev) == len(set(brev)) == Epost.objects.filter(tilstand="sendt").count()
    assert set(straks) < {linje.split()[0] for linje in brev}
    assert Epost.objects.exclude(tilstand="sendt").count() == 0
    samlet = Epost.objects.filter(straks=False)
    assert samlet.count() == samlet.values("person").distinct().count() > 0
    assert not Varsel.objects.filter(epost=None, trukket=None, forbigatt=False).exists()
    assert set(Kjoring.objects.values_list("feil", flat=True)) == {""}


@pytest.mark.parametrize("postkontor", ["0.02"], indirect=True)
def test_redis_som_tommes_midt_i_en_runde_taper_ingenting(postkontor: Postkontor, miljo: dict[str, str]):
    port, sendt = ledig_port(), legg_i_ko(120)
    redis = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    stille = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    adresse = f"redis://127.0.0.1:{port}/0"
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "slt_portal", "worker", "--pool", "threads"]
    with contextlib.ExitStack() as forst, contextlib.ExitStack() as siden:
        meglar = forst.enter_context(prosess(*redis, **stille))
        valg = ["--concurrency", "1", "--without-gossip", "--without-mingle"]
        siden.enter_context(prosess(*celery, *valg, env={**miljo, "REDIS_URL": adresse}, **stille))
        be_om_levering(adresse)
        vent(lambda: len(postkontor.brev()) > 20, "de første brevene")
        meglar.kill()
        meglar.wait()
        siden.enter_context(prosess(*redis, **stille))  # the same place, with nothing in it
        vent(lambda: len(postkontor.brev()) == len(sendt), "resten av brevene")
        sendt |= legg_i_ko(3, fra=120)
        be_om_levering(adresse)
        vent(lambda: Epost.objects.filter(tilstand="sendt").count() == len(sendt), "brevene etterpå")

    assert Counter(postkontor.brev()) == Counter(f"{nummer} {adresse}" for nummer, adresse in sendt.items())


def be_om_levering(adresse: str) -> None:
    """What beat does each minute."""
    with Celery(broker=adresse) as app:
        app.conf.broker_transport_options = {"global_keyprefix": f"{settings.REDIS_PREFIKS}:"}
        vent(lambda: _kan_nas(app), "Redis")
        app.send_task("varsling.tasks.lever")


def _kan_nas(app: Celery) -> bool:
    try:
        with app.connection_for_write() as forbindelse:
            forbindelse.ensure_connection(max_retries=1, interval_start=0.1)
    except Exception:  # whatever the client calls a server that is not there
        return False
    return True
