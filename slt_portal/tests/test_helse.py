import datetime as dt
import os
import subprocess
import sys

import pytest
from django.db import connection
from django.db.utils import OperationalError

from felles.tid import OSLO
from organisering.factories import PersonFactory
from slt_portal.helse import etterslep
from varsling.models import Epost, Kjoring

NAA = dt.datetime(2026, 11, 23, 8, 0, tzinfo=OSLO)


def kjort(jobb: str, ferdig: dt.datetime | None, **felter) -> None:
    startet = ferdig or NAA - dt.timedelta(hours=1)
    Kjoring.objects.create(jobb=jobb, dag=startet.date(), startet=startet, ferdig=ferdig, **felter)


def epost(opprettet: dt.datetime, tilstand: str = Epost.Tilstand.VENTER) -> None:
    person = PersonFactory()
    rad = Epost.objects.create(
        person=person, adresse=person.epost, dag=opprettet.date(), message_id=person.epost, emne="Møte", tekst="Møte",
        tilstand=tilstand, sendt=opprettet if tilstand == Epost.Tilstand.SENDT else None,
    )  # fmt: skip
    Epost.objects.filter(pk=rad.pk).update(opprettet=opprettet)


@pytest.mark.django_db
class TestEtterslep:
    def test_for_forste_kjoring_sies_det(self):
        assert etterslep(NAA) == ["Ingen jobb har kjørt ennå. Går «worker»?"]

    def test_en_jobb_som_kjorte_i_morges_er_i_orden(self):
        kjort("motehyppighet", NAA - dt.timedelta(hours=2))

        assert etterslep(NAA) == []

    def test_en_jobb_som_uteble_nevnes_med_siste_gang_den_ble_ferdig(self, settings):
        settings.PLANJOBBER = ["motehyppighet", "revisjon"]
        kjort("motehyppighet", dt.datetime(2026, 11, 21, 6, 2, tzinfo=OSLO))
        kjort("revisjon", NAA - dt.timedelta(hours=2))

        assert etterslep(NAA) == ["motehyppighet har ikke kjørt ferdig siden 21.11.2026 kl. 06.02."]

    def test_en_plan_som_aldri_er_kjort_nevnes_nar_de_andre_har_gatt_et_dogn(self, settings):
        settings.PLANJOBBER = ["motehyppighet", "revisjon"]
        kjort("motehyppighet", NAA - dt.timedelta(hours=25))
        assert etterslep(NAA) == []

        kjort("motehyppighet", NAA - dt.timedelta(hours=49))
        assert etterslep(NAA) == ["revisjon har aldri kjørt ferdig."]

    def test_en_jobb_som_stoppet_med_feil_er_ikke_ferdig(self):
        kjort("revisjon", NAA - dt.timedelta(hours=2), feil="ValueError")

        assert etterslep(NAA) == ["revisjon har aldri kjørt ferdig."]

    def test_en_jobb_portalen_ikke_har_lenger_glemmes(self, settings):
        settings.PLANJOBBER = ["motehyppighet"]
        kjort("motehyppighet", NAA - dt.timedelta(hours=2))
        kjort("avviklet", NAA - dt.timedelta(days=61))

        assert etterslep(NAA) == []

    def test_e_post_som_blir_liggende_nevnes(self):
        kjort("motehyppighet", NAA - dt.timedelta(hours=2))
        epost(NAA - dt.timedelta(minutes=59))
        epost(NAA - dt.timedelta(days=1), Epost.Tilstand.SENDT)
        assert etterslep(NAA) == []

        epost(dt.datetime(2026, 11, 23, 6, 30, tzinfo=OSLO))
        assert etterslep(NAA) == ["1 e-post har ventet på å bli sendt siden 23.11.2026 kl. 06.30."]

        epost(dt.datetime(2026, 11, 23, 6, 10, tzinfo=OSLO))
        assert etterslep(NAA) == ["2 e-poster har ventet på å bli sendt, den eldste siden 23.11.2026 kl. 06.10."]


@pytest.mark.django_db
class TestSiden:
    def test_svarer_uten_innlogging_og_med_to_sporringer(self, client, django_assert_num_queries):
        with django_assert_num_queries(2):
            svar = client.get("/helse/")

        assert svar.status_code == 200
        assert svar.json() == {"tilstand": "etterslep", "meldinger": ["Ingen jobb har kjørt ennå. Går «worker»?"]}
        assert "no-store" in svar.headers["Cache-Control"]

    def test_omdirigeres_ikke_til_https_for_den_som_sporr_pa_samme_maskin(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True

        assert client.get("/helse/").status_code == 200
        assert client.get("/").status_code == 301

    def test_en_database_som_ikke_svarer_gir_503_uten_hemmeligheter(self, client):
        def nede(*_):
            raise OperationalError("password authentication failed for user slt")

        with connection.execute_wrapper(nede):
            svar = client.get("/helse/")

        assert svar.status_code == 503
        assert svar.json() == {"tilstand": "nede", "meldinger": ["Databasen svarer ikke."]}


def test_en_tjener_uten_database_svarer_503():
    sporr = "import django; django.setup(); from django.test import Client; print(Client().get('/helse/').status_code)"
    miljo = os.environ | {"DATABASE_URL": "postgres://ingen@127.0.0.1:9/slt", "REDIS_URL": ""}

    svar = subprocess.run([sys.executable, "-c", sporr], env=miljo, capture_output=True, text=True, timeout=60)

    assert svar.stdout.strip() == "503"
