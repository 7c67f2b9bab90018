"""The house around the pages: no inline style or script, no other host, and a way out of every error."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.urls import reverse

MALER = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
SIDER = [mal for mal in MALER if "epost" not in mal.parts]  # a mail must carry its style itself
STILER = sorted(Path(settings.BASE_DIR, "static").rglob("*.css"))


@pytest.mark.parametrize("mal", SIDER, ids=lambda mal: mal.name)
def test_ingen_side_har_stil_eller_skript_i_seg(mal: Path) -> None:
    tekst = mal.read_text(encoding="utf-8")
    assert re.findall(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", tekst) == []


@pytest.mark.parametrize("fil", [*SIDER, *STILER], ids=lambda fil: fil.name)
def test_ingenting_hentes_fra_andre(fil: Path) -> None:
    tekst = fil.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//[^\s\"')]+", tekst) == []


@pytest.mark.parametrize("fil", [fil for fil in STILER if fil.name != "admin.css"], ids=lambda fil: fil.name)
def test_stilen_bruker_bare_farger_som_har_navn(fil: Path) -> None:
    """A colour outside the named ones would not follow the dark theme. Django's admin has a dark theme of its own."""
    tekst = re.sub(r"url\([^)]*\)|:root \{[^}]*\}", "", fil.read_text(encoding="utf-8"))
    assert re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", tekst) == []


def test_feilsiden_trenger_verken_kontekst_database_eller_liste_over_filer() -> None:
    html = get_template("500.html").render()
    assert "Noe gikk galt hos oss" in html
    assert 'href="/static/slt/grunn.css"' in html


@pytest.mark.parametrize("kode", ["400", "403", "403_csrf", "404"])
def test_de_andre_feilsidene_har_overskrift_og_sprak(kode: str, rf: RequestFactory) -> None:
    html = get_template(f"{kode}.html").render({}, rf.get("/"))
    assert html.count("<h1>") == 1
    assert '<html lang="nb">' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("navn", "overskrift"),
    [
        ("account_login", "Logg inn"),
        ("account_reset_password", "Lag nytt passord"),
        ("account_reset_password_done", "Se i e-posten din"),
        ("account_reset_password_from_key_done", "Passordet er byttet"),
        ("account_inactive", "Kontoen er stengt"),
    ],
)
def test_kontosidene_har_huset_rundt_seg(client: Client, navn: str, overskrift: str) -> None:
    svar = client.get(reverse(navn))
    assert svar.status_code == 200
    assert f"<h1>{overskrift}</h1>" in svar.text
    assert 'class="konto"' in svar.text


@pytest.mark.django_db
def test_innloggingen_tar_alltid_adresse_og_passord_i_ett_skjema(client: Client) -> None:
    html = client.get(reverse("account_login")).text
    assert html.count("<form") == 1
    assert 'name="login"' in html
    assert 'name="password"' in html


@pytest.mark.django_db
def test_gal_innlogging_sier_hva_som_ikke_skjedde(client: Client) -> None:
    html = client.post(reverse("account_login"), {"login": "ingen@nordre-land.example", "password": "feil"}).text
    assert "Du er ikke logget inn" in html
    assert 'value="ingen@nordre-land.example"' in html


def test_ingen_linjehoyde_star_i_piksler() -> None:
    """Where only the text is enlarged, a line of fixed height lies on top of the next (WCAG 1.4.4)."""
    assert [stil.name for stil in STILER if re.search(r"line-height:\s*[\d.]+px", stil.read_text("utf-8"))] == []
