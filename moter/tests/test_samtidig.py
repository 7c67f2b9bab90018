"""Decisions at one instant, with real connections on both databases."""

import datetime as dt
import json
import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from felles.tid import OSLO
from moter import services
from moter.factories import MoteFactory, SakFactory
from moter.models import Innkalling, Sak
from organisering.factories import FullmaktFactory, GruppeFactory, MedlemskapFactory, PersonFactory, PlassFactory
from varsling.models import Epost

HOLDT = dt.datetime(2026, 11, 20, 12, 0, tzinfo=OSLO)
NAA = dt.datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)
ANTALL = 6


def samtidige_vedtak():
    """Six decide 4 000 at once in a group with a frame of 10 000; returns how many passed."""
    gruppe = GruppeFactory()
    FullmaktFactory(gruppe=gruppe, ramme_slag="belop", ramme=Decimal(10_000))
    saker = [SakFactory(gruppe=gruppe, mote=MoteFactory(gruppe=gruppe, start=HOLDT)) for _ in range(ANTALL)]
    startskudd = Barrier(ANTALL)

    def vedta(sak):
        startskudd.wait(timeout=30)
        try:
            services.vedta(sak, tekst="Samtidig", belop=Decimal(4_000), naa=NAA)
        except services.BelopAvvist:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(ANTALL) as trader:
        return sum(trader.map(vedta, saker))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_to_som_sender_innkallingen_samtidig_pa_postgresql_sender_ett_brev_til_hver():
    gruppe, av = GruppeFactory(), PersonFactory()
    MedlemskapFactory.create_batch(3, plass=PlassFactory(gruppe=gruppe, slag="flere"))
    moter = [MoteFactory(gruppe=gruppe, start=NAA + dt.timedelta(days=dager)) for dager in (20, 21, 21)]
    saker = [SakFactory(gruppe=gruppe, mote=mote) for mote in moter for _ in range(3)]
    startskudd = Barrier(ANTALL)

    def send(mote):
        startskudd.wait(timeout=30)
        try:
            return services.send_innkalling(mote, av=av, naa=NAA).antall
        finally:
            connection.close()

    with ThreadPoolExecutor(ANTALL) as trader:
        antall = sorted(trader.map(send, moter * 2))
    assert antall == [0, 0, 0, 3, 3, 3]
    assert (Innkalling.objects.count(), Epost.objects.count()) == (3, 9)
    assert sorted(Sak.objects.values_list("nummer", flat=True)) == list(range(1, len(saker) + 1))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_samtidige_vedtak_pa_postgresql_gar_aldri_over_rammen():
    assert samtidige_vedtak() == 2


@pytest.mark.tjenester
def test_samtidige_vedtak_pa_sqlite_gar_aldri_over_rammen(tmp_path):
    program = textwrap.dedent("""
        import django, json
        django.setup()
        from django.core.management import call_command
        call_command("migrate", verbosity=0)
        from moter.tests.test_samtidig import samtidige_vedtak
        print(json.dumps(samtidige_vedtak()))
    """)
    miljo = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'slt.sqlite3'}",
        "VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "slt_portal.settings",
    }
    svar = subprocess.run([sys.executable, "-c", program], env=miljo, capture_output=True, text=True, timeout=120)
    assert svar.returncode == 0, svar.stderr
    assert json.loads(svar.stdout.splitlines()[-1]) == 2
