"""From plan to mailbox with real parts: a worker with beat, a broker, a mail server, a database of its own."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from slt_portal.tests.jobber import CELERY, Postkasse, kjor, posttjener, vent, worker

pytestmark = pytest.mark.tjenester

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


@pytest.fixture
def kasse() -> Iterator[Postkasse]:
    with posttjener() as tjeneren:
        yield tjeneren


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
def miljo(tmp_path: Path, ferdig_planlagt: Path, kasse: Postkasse, request: pytest.FixtureRequest) -> dict[str, str]:
    """An environment of this test's own."""
    if request.param == "redis" and not settings.REDIS_URL:
        pytest.fail("Prøven trenger Redis: sett REDIS_URL.")
    shutil.copytree(ferdig_planlagt, tmp_path, dirs_exist_ok=True)
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / BASE}",
        "REDIS_URL": settings.REDIS_URL if request.param == "redis" else "",
        "EMAIL_URL": f"smtp://127.0.0.1:{kasse.port}/",
        "VAR": str(tmp_path),
        "SLT_DEMO": "1",
    }


@pytest.mark.parametrize("miljo", ["filer", "redis"], indirect=True)
def test_koordinatorenes_brev_kommer_en_gang(miljo: dict[str, str], kasse: Postkasse):
    """A gathering waits in the broker; beat alone empties the queue. A second gathering and delivery send nothing."""
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
    tekst = kasse.tekst(KOORDINATORER[0])
    assert "Styringsgruppe/politiråd mangler ett møte høsten 2026" in tekst
    assert "Planen skulle vært revidert" in tekst
