"""The queue against a real mail server."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from felles.tid import OSLO
from varsling import tasks
from varsling.factories import EpostFactory
from varsling.models import AvvistAdresse, Epost, Kjoring, Varsel
from varsling.rules import PAUSER, neste_forsok, uten_personlige_lenker
from varsling.services import Brev, avvis, legg_i_ko, lever, levering, opphev_avvisning, trekk

NAA = dt.datetime(2026, 9, 2, 9, 0, tzinfo=OSLO)


class Postkasse:
    """Takes what comes, but answers some recipients as told."""

    def __init__(self):
        self.brev, self.svar = [], {}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - aiosmtpd's own name
        if address in self.svar:
            return self.svar[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.brev.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class Innboks(BaseEmailBackend):
    """Takes what comes in the same thread, and lets something else happen meanwhile."""

    brev, imens = [], None

    def send_messages(self, meldinger):
        self.imens()
        self.brev.extend(meldinger)
        return len(meldinger)


@pytest.fixture
def innboks(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Innboks"
    monkeypatch.setattr(Innboks, "brev", [])
    return Innboks


def ledig_port():
    with socket.socket() as sokkel:
        sokkel.bind(("127.0.0.1", 0))
        return sokkel.getsockname()[1]


@pytest.fixture
def postkasse(settings):
    kasse, port = Postkasse(), ledig_port()
    tjener = Controller(kasse, hostname="127.0.0.1", port=port)
    tjener.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    kasse.port = port
    yield kasse
    tjener.stop()


def legg(adresse="kari@rana.example", nokkel="prove:1", **mer):
    brev = Brev("Møte på torsdag", "Hei Kåre, møt på Ås.", "<p>Hei Kåre</p>")
    return legg_i_ko(brev, adresse=adresse, nokkel=nokkel, regel="prove", naa=NAA, **mer)


@pytest.mark.django_db
class TestKo:
    def test_samme_nokkel_to_ganger_er_en_gang(self):
        assert legg() == legg()
        assert (Varsel.objects.count(), Epost.objects.count()) == (1, 1)
        assert Epost.objects.get().message_id.endswith("@testserver>")

    def test_trekkes_bare_sa_lenge_den_venter(self, mailoutbox):
        legg()
        assert trekk("prove:1", naa=NAA)
        assert not Epost.objects.exists()
        assert Varsel.objects.get().trukket == NAA
        assert not trekk("prove:1", naa=NAA)
        legg(nokkel="prove:2")
        lever(NAA)
        assert not trekk("prove:2", naa=NAA)
        assert Epost.objects.get().tilstand == "sendt"

    def test_pausene_vokser_og_tar_slutt(self):
        assert list(PAUSER) == sorted(PAUSER)
        assert [neste_forsok(n, NAA) for n in (1, len(PAUSER))] == [NAA + PAUSER[0], NAA + PAUSER[-1]]
        assert neste_forsok(len(PAUSER) + 1, NAA) is None

    def test_personlige_lenker_blankes(self):
        for ord_ in ("konto/invitasjon", "svar", "kalender", "konto/password/reset/key"):
            rent = uten_personlige_lenker(f'<a href="https://slt.example/{ord_}/hemmelig-Nokkel_1/">Her</a>, og')
            assert rent == f'<a href="https://slt.example/{ord_}/…/">Her</a>, og'


@pytest.mark.django_db
class TestLevering:
    def test_en_e_post_leveres_en_gang_og_bare_en_gang(self, postkasse):
        legg(svar_til="slt@rana.example")
        assert lever(NAA).levert == 1
        assert lever(NAA).levert == 0
        (brev,) = postkasse.brev
        epost = Epost.objects.get()
        assert (brev["Subject"], brev["To"], brev["Reply-To"]) == (epost.emne, epost.adresse, "slt@rana.example")
        assert brev["Message-ID"] == epost.message_id
        assert "møt på Ås" in brev.get_body(("plain",)).get_content()
        assert (epost.tilstand, epost.forsok, epost.leid_til) == ("sendt", 1, None)
        assert epost.sendt >= NAA

    def test_midlertidig_feil_provs_igjen_etter_pausen(self, postkasse):
        postkasse.svar["kari@rana.example"] = "451 Kom igjen senere"
        legg()
        assert lever(NAA).utsatt == 1
        epost = Epost.objects.get()
        assert (epost.tilstand, epost.svar_fra_tjener) == ("venter", "451 Kom igjen senere")
        assert NAA + PAUSER[0] <= epost.neste_forsok < NAA + 2 * PAUSER[0]
        assert lever(NAA + dt.timedelta(seconds=30)) == lever(NAA)  # nothing is due yet
        postkasse.svar.clear()
        assert lever(epost.neste_forsok).levert == 1
        assert postkasse.brev[0]["Message-ID"] == epost.message_id

    def test_midlertidig_feil_tar_slutt(self, postkasse):
        postkasse.svar["kari@rana.example"] = "451 Kom igjen senere"
        legg()
        naa = NAA
        for _ in range(len(PAUSER) + 1):
            lever(naa)
            naa = Epost.objects.get().neste_forsok + dt.timedelta(seconds=1)
        epost = Epost.objects.get()
        assert (epost.tilstand, epost.forsok) == ("feilet", len(PAUSER) + 1)

    def test_endelig_feil_er_feilet_med_tjenerens_ord_og_stopper_ikke_de_andre(self, postkasse):
        postkasse.svar["borte@rana.example"] = "550 Ukjent mottaker"
        legg("borte@rana.example", "prove:1")
        legg("kari@rana.example", "prove:2")
        runde = lever(NAA)
        assert (runde.feilet, runde.levert) == (1, 1)
        epost = Epost.objects.get(adresse="borte@rana.example")
        assert (epost.tilstand, epost.svar_fra_tjener) == ("feilet", "550 Ukjent mottaker")

    def test_ingen_forsok_brukes_opp_mens_tjeneren_er_borte(self, postkasse, settings):
        legg()
        settings.EMAIL_PORT = ledig_port()
        for time_ in range(48):
            assert lever(NAA + dt.timedelta(hours=time_)).feil
        epost = Epost.objects.get()
        assert (epost.tilstand, epost.forsok) == ("venter", 0)
        assert all(Kjoring.objects.values_list("feil", flat=True))
        settings.EMAIL_PORT = postkasse.port
        assert lever(NAA + dt.timedelta(hours=49)).levert == 1

    @pytest.mark.parametrize("hilsen", [b"554 Sperret, sak 02013299997\r\n", b"421 02013299997\r\n"])
    def test_et_tall_i_tjenerens_svar_stanser_ikke_runden(self, settings, hilsen):
        """It looks like a fødselsnummer, so it cannot be stored; the round must leave its trace all the same."""
        with socket.create_server(("127.0.0.1", 0)) as tjener:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", tjener.getsockname()[1], 5

            def svar() -> None:
                with tjener.accept()[0] as samtale:
                    samtale.sendall(hilsen)

            svarer = threading.Thread(target=svar)
            svarer.start()
            legg()
            runde = lever(NAA)
            svarer.join()
        assert runde.feil
        assert "02013299997" not in Kjoring.objects.get().feil
        assert (Epost.objects.get().tilstand, Epost.objects.get().forsok) == ("venter", 0)

    def test_en_fastlast_rad_frigjores_nar_leia_er_ute(self, postkasse):
        epost = EpostFactory(tilstand="sendes", leid_til=NAA + dt.timedelta(minutes=10), forsok=1)
        assert lever(NAA).levert == 0
        runde = lever(NAA + dt.timedelta(minutes=11))
        assert (runde.frigjort, runde.levert) == (1, 1)
        assert postkasse.brev[0]["Message-ID"] == epost.message_id

    def test_et_brev_som_stanser_hver_runde_tar_slutt_det_ogsa(self, postkasse):
        EpostFactory(tilstand="sendes", leid_til=NAA, forsok=len(PAUSER) + 1)
        assert lever(NAA + dt.timedelta(minutes=1)).feilet == 1
        assert (Epost.objects.get().tilstand, postkasse.brev) == ("feilet", [])

    def test_de_andre_i_en_stanset_runde_mister_ingen_forsok(self, postkasse):
        for forsok in (1, 0, 0):
            EpostFactory(tilstand="sendes", leid_til=NAA, forsok=forsok)
        lever(NAA + dt.timedelta(minutes=1))
        assert sorted(Epost.objects.values_list("forsok", flat=True)) == [1, 1, 2]

    def test_det_som_haster_gar_foran_de_samlede(self, postkasse):
        samlet, straks = EpostFactory(straks=False), EpostFactory()
        lever(NAA)
        assert [brev["To"] for brev in postkasse.brev] == [straks.adresse, samlet.adresse]

    def test_en_runde_tar_alt_som_venter(self, postkasse):
        EpostFactory.create_batch(levering.OM_GANGEN + 1)
        assert lever(NAA).levert == levering.OM_GANGEN + 1

    def test_en_runde_som_har_mistet_leia_lar_brevene_ligge(self, innboks, monkeypatch):
        """It was asleep between two mails, and another round has them now."""
        forste, neste = EpostFactory(), EpostFactory()
        tatt = Epost.objects.filter(pk=neste.pk)
        monkeypatch.setattr(innboks, "imens", lambda _: tatt.update(leie="en-annen"))
        assert lever(NAA).levert == 1
        assert [brev.to for brev in innboks.brev] == [[forste.adresse]]
        assert Epost.objects.get(pk=neste.pk).forsok == 0

    def test_det_som_er_sendt_er_sendt_selv_om_leia_gikk_ut(self, innboks, monkeypatch):
        epost = EpostFactory()
        rad = Epost.objects.filter(pk=epost.pk)
        monkeypatch.setattr(innboks, "imens", lambda _: rad.update(tilstand="venter", leid_til=None))
        lever(NAA)
        assert (lever(NAA).levert, len(innboks.brev)) == (0, 1)

    @pytest.mark.parametrize("stilt", [-6, -24, 1])
    def test_ingen_blir_liggende_nar_klokka_stilles(self, postkasse, stilt):
        """What was claimed or put off by a clock that was wrong."""
        EpostFactory(forsok=1, neste_forsok=NAA + PAUSER[0])
        EpostFactory(tilstand="sendes", forsok=1, leid_til=NAA + dt.timedelta(minutes=10))
        ny_tid = NAA + dt.timedelta(hours=stilt)
        assert sum(lever(ny_tid + dt.timedelta(minutes=n)).levert for n in (0, 11, 12)) == 2

    @pytest.mark.parametrize(
        "natta", [dt.datetime(2026, 3, 29, 0, 59, tzinfo=dt.UTC), dt.datetime(2026, 10, 25, 0, 59, tzinfo=dt.UTC)]
    )
    def test_pausene_er_like_lange_nar_klokka_stilles_om_natta(self, postkasse, natta):
        postkasse.svar["kari@rana.example"] = "451 Kom igjen senere"
        legg()
        lever(natta.astimezone(OSLO))
        epost = Epost.objects.get()
        assert PAUSER[0] <= epost.neste_forsok - natta < PAUSER[0] + dt.timedelta(seconds=30)
        postkasse.svar.clear()
        assert lever(epost.neste_forsok.astimezone(OSLO)).levert == 1

    def test_en_tjener_som_sier_nei_til_alle_stanser_runden_og_ingen_er_gitt_opp(self, postkasse):
        """The relay's own list is wrong for an hour."""
        rader = EpostFactory.create_batch(6)
        postkasse.svar = {rad.adresse: "550 5.7.1 Relaying denied" for rad in rader}
        runde = lever(NAA)
        assert (runde.utsatt, runde.feilet, runde.feil) == (levering.FEIL_PA_RAD, 0, "5.7.1 Relaying denied")
        assert Epost.objects.filter(forsok=0, tilstand="venter").count() == 3
        postkasse.svar.clear()
        assert lever(NAA + dt.timedelta(minutes=2)).levert == 6

    def test_en_tjener_som_sier_nei_til_en_har_rett(self, postkasse):
        legg("kari@rana.example", "prove:1")
        legg("borte@rana.example", "prove:2")
        postkasse.svar["borte@rana.example"] = "554 5.7.1 Ikke fra dere"
        assert (lever(NAA).feilet, Epost.objects.filter(tilstand="feilet").count()) == (1, 1)
        assert not AvvistAdresse.objects.exists()

    def test_en_tjener_som_tier_holder_ikke_koen(self, settings):
        with socket.create_server(("127.0.0.1", 0)) as tjener:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", tjener.getsockname()[1], 0.2
            legg()
            assert lever(NAA).feil
        assert (Epost.objects.get().tilstand, Epost.objects.get().forsok) == ("venter", 0)

    def test_jobben_er_den_samme_og_setter_spor(self, postkasse):
        legg()
        assert [tasks.lever(), tasks.lever()] == [1, 0]
        assert len(postkasse.brev) == 1
        spor = Kjoring.objects.get(jobb="varsling.tasks.lever")
        assert (spor.funnet, spor.nye, spor.feil) == (1, 1, "")
        assert spor.ferdig is not None

    def test_beat_kjenner_jobben(self):
        assert settings.CELERY_BEAT_SCHEDULE["lever"]["task"] == tasks.lever.name


@pytest.mark.django_db
class TestAvvisteAdresser:
    def test_en_adresse_som_ikke_finnes_huskes_og_proves_ikke_igjen(self, postkasse):
        postkasse.svar["borte@rana.example"] = "550 5.1.1 Ingen slik mottaker"
        legg("Borte@rana.example", "prove:1")
        postkasse.svar["Borte@rana.example"] = postkasse.svar["borte@rana.example"]
        lever(NAA)
        avvist = AvvistAdresse.objects.get()
        assert (avvist.adresse, avvist.svar_fra_tjener) == ("borte@rana.example", "550 5.1.1 Ingen slik mottaker")
        postkasse.svar.clear()
        legg("borte@rana.example", "prove:2")
        assert lever(NAA).feilet == 1
        assert postkasse.brev == []
        assert "550 5.1.1" in Epost.objects.first().svar_fra_tjener

    def test_den_proves_nar_noen_sier_at_den_er_riktig(self, postkasse):
        avvis("Kari@rana.example", svar="550", naa=NAA)
        assert opphev_avvisning(["KARI@rana.example", None]) == 1
        legg()
        assert lever(NAA).levert == 1

    def test_et_brev_som_kommer_fram_opphever_avvisningen(self, innboks, monkeypatch):
        """One that was under way while another was refused."""
        legg()
        monkeypatch.setattr(innboks, "imens", lambda _: avvis("kari@rana.example", svar="550", naa=NAA))
        assert lever(NAA).levert == 1
        assert not AvvistAdresse.objects.exists()


@pytest.mark.tjenester
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("megler", ["redis", "filer"])
def test_en_ekte_worker_leverer(postkasse, tmp_path, megler):
    """The broker only says «now»; what is to be sent stands in the database."""
    base = connection.settings_dict
    if connection.vendor != "postgresql":
        pytest.fail("Prøven trenger en database som en annen prosess kan lese: sett DATABASE_URL til PostgreSQL.")
    miljo = {
        **os.environ,
        "DATABASE_URL": f"postgres://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}/{base['NAME']}",
        "REDIS_URL": settings.REDIS_URL if megler == "redis" else "",
        "EMAIL_URL": f"smtp://127.0.0.1:{postkasse.port}/",
        "VAR": str(tmp_path),
        "SLT_DEMO": "1",
    }
    legg()
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "slt_portal"]
    worker = subprocess.Popen(
        [*celery, "worker", "--pool", "threads", "--concurrency", "1", "--without-gossip", "--without-mingle"],
        env=miljo,
        cwd=settings.BASE_DIR,
    )
    try:
        subprocess.run([*celery, "call", "varsling.tasks.lever"], env=miljo, cwd=settings.BASE_DIR, check=True)
        frist = time.monotonic() + 60
        while time.monotonic() < frist and Epost.objects.get().tilstand != "sendt":
            time.sleep(0.3)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(30)
    assert Epost.objects.get().tilstand == "sendt"
    assert len(postkasse.brev) == 1
