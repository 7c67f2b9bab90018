from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from slt_portal import miljo


@pytest.fixture
def sett(monkeypatch: pytest.MonkeyPatch):
    return lambda verdi: monkeypatch.setenv("NAVN", verdi)


@pytest.mark.parametrize(("ord_", "svar"), [("1", True), ("ja", True), ("True", True), ("0", False), ("nei", False)])
def test_ja_og_nei_leses_pa_begge_sprak(sett, ord_, svar):
    sett(ord_)

    assert miljo.ja_nei("NAVN") is svar


def test_et_ukjent_ord_for_ja_stopper_starten(sett):
    sett("kanskje")

    with pytest.raises(ImproperlyConfigured, match="^NAVN må være 1 eller 0, ikke «kanskje».$"):
        miljo.ja_nei("NAVN")


def test_et_tall_med_bokstaver_stopper_starten(sett):
    sett("åtte")

    with pytest.raises(ImproperlyConfigured, match="^NAVN må være et heltall, ikke «åtte».$"):
        miljo.heltall("NAVN", ellers=8000)


def test_en_variabel_uten_verdi_sier_hva_den_er_til(monkeypatch):
    monkeypatch.delenv("NAVN", raising=False)

    with pytest.raises(ImproperlyConfigured, match="^NAVN må settes. Den signerer lenker.$"):
        miljo.tekst("NAVN", hvorfor="Den signerer lenker.")


@pytest.mark.parametrize(
    ("adresse", "motor", "navn"),
    [
        ("postgres://slt:p%40ss@db.kommune.example:5433/slt", "postgresql", "slt"),
        ("postgresql://db.kommune.example/slt", "postgresql", "slt"),
        ("sqlite:////srv/slt/slt.sqlite3", "sqlite3", "/srv/slt/slt.sqlite3"),
        ("sqlite://:memory:", "sqlite3", ":memory:"),
        ("sqlite:////srv/med%20mellomrom/slt.sqlite3", "sqlite3", "/srv/med mellomrom/slt.sqlite3"),
    ],
)
def test_databasens_adresse_leses(sett, adresse, motor, navn):
    sett(adresse)

    valg = miljo.database("NAVN", ellers="")

    assert (valg["ENGINE"], valg["NAME"]) == (f"django.db.backends.{motor}", navn)


@pytest.mark.parametrize(
    ("adresse", "feil"),
    [
        ("mysql://slt:hemmelig@db/slt", "begynner ikke med noe portalen kjenner"),
        ("slt.sqlite3", "begynner ikke med noe portalen kjenner"),
        ("postgres://slt:hemmelig@db:port/slt", "kan ikke leses"),
        ("postgres://slt:hemmelig@db:5432", "mangler navnet på databasen"),
        ("postgres://slt:hemm[elig@db:5432/slt", "kan ikke leses"),
    ],
)
def test_en_ugyldig_databaseadresse_stopper_starten_uten_a_vise_passordet(sett, adresse, feil):
    sett(adresse)

    with pytest.raises(ImproperlyConfigured, match=f"^NAVN {feil}") as avbrudd:
        miljo.database("NAVN", ellers="")

    assert "hemm" not in str(avbrudd.value)


def test_e_post_over_smtp_med_tls(sett):
    sett("smtp://slt:p%40ss@smtp.kommune.example:587/?tls=True")

    valg = miljo.epost("NAVN", ellers=None, hvorfor="")

    assert valg["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (valg["EMAIL_HOST"], valg["EMAIL_PORT"], valg["EMAIL_USE_TLS"]) == ("smtp.kommune.example", 587, True)
    assert (valg["EMAIL_HOST_USER"], valg["EMAIL_HOST_PASSWORD"]) == ("slt", "p@ss")
    assert valg["EMAIL_TIMEOUT"] == 20


def test_e_post_som_filer_legges_der_adressen_sier(sett):
    sett("file:///srv/slt/post%20ut")

    assert miljo.epost("NAVN", ellers=None, hvorfor="")["EMAIL_FILE_PATH"] == "/srv/slt/post ut"


@pytest.mark.parametrize(
    ("adresse", "feil"),
    [
        ("smtp.kommune.example", "begynner ikke med noe portalen kjenner"),
        ("smtp://slt:hemmelig@", "mangler navnet på e-posttjeneren"),
        ("smtp://slt:hemmelig@tjener:port", "kan ikke leses"),
        ("smtp://slt:hemmelig@tjener/?timeout=lenge", "kan ikke leses"),
    ],
)
def test_en_ugyldig_e_postadresse_stopper_starten_uten_a_vise_passordet(sett, adresse, feil):
    sett(adresse)

    with pytest.raises(ImproperlyConfigured, match=f"^NAVN {feil}") as avbrudd:
        miljo.epost("NAVN", ellers=None, hvorfor="")

    assert "hemmelig" not in str(avbrudd.value)


def test_redis_er_frivillig_men_ma_vare_redis(sett):
    sett("")
    assert miljo.redis("NAVN") == ""

    sett("rediss://:hemmelig@cache:6379/0")
    assert miljo.redis("NAVN") == "rediss://:hemmelig@cache:6379/0"

    sett("http://cache")
    with pytest.raises(ImproperlyConfigured, match="^NAVN begynner ikke med noe portalen kjenner"):
        miljo.redis("NAVN")


def test_portalens_adresse_skrives_uten_siste_skrastrek(sett):
    sett("https://slt.kommune.example/")

    assert miljo.adresse("NAVN", ellers="") == "https://slt.kommune.example"


@pytest.mark.parametrize(
    "verdi", ["slt.kommune.example", "https://", "https://slt.kommune.example/slt", "https://*", "https://.kommune.no"]
)
def test_en_ugyldig_adresse_til_portalen_stopper_starten(sett, verdi):
    sett(verdi)

    with pytest.raises(ImproperlyConfigured, match="^NAVN .*Skriv den slik: https://slt.kommune.no.$"):
        miljo.adresse("NAVN", ellers="")


@pytest.mark.parametrize(
    ("vert", "verter"),
    [
        ("127.0.0.1", ["localhost", "127.0.0.1", "[::1]"]),
        ("10.0.0.7", ["10.0.0.7", "localhost", "127.0.0.1", "[::1]"]),
        ("fd00::7", ["[fd00::7]", "localhost", "127.0.0.1", "[::1]"]),
        ("0.0.0.0", ["localhost", "127.0.0.1", "[::1]", "*"]),
    ],
)
def test_demoen_svarer_pa_navnet_den_lytter_pa(vert, verter):
    assert miljo.lokale_verter(vert) == verter


def test_demopassordet_lages_en_gang_og_bare_eieren_kan_lese_det(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("SLT_DEMO_PASSORD", raising=False)
    fil = tmp_path / "var" / "demo-passord"

    forste = miljo.demopassord(fil)

    assert miljo.demopassord(fil) == forste
    assert len(forste) >= 12
    assert fil.stat().st_mode & 0o777 == 0o600


def test_demopassordet_kan_velges(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("SLT_DEMO_PASSORD", "blåbær-og-fjell")

    assert miljo.demopassord(tmp_path / "demo-passord") == "blåbær-og-fjell"
    assert not (tmp_path / "demo-passord").exists()


def test_nokkelen_til_demoen_er_den_samme_neste_gang(tmp_path: Path):
    fil = tmp_path / "hemmelig-nokkel"

    assert miljo.hemmelighet(fil) == miljo.hemmelighet(fil)
    assert fil.stat().st_mode & 0o777 == 0o600
