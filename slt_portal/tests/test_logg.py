import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slt_portal.logg import LOGGING, Linje, skjul


@pytest.mark.parametrize(
    ("linje", "vist"),
    [
        ("Not Found: /svar/Zk3:1tQ-x_9/", "Not Found: /svar/…/"),
        ("Not Found: /kalender/Zk3tQx9.ics", "Not Found: /kalender/…"),
        ("GET /invitasjon/abc123/ja/", "GET /invitasjon/…/ja/"),
        ("Forbidden: /konto/password/reset/key/3-set-password/", "Forbidden: /konto/password/reset/key/…/"),
        ("Not Found: /konto/oidc/callback/?code=abc&state=def", "Not Found: /konto/oidc/callback/?code=…&state=…"),
        (
            "Fikk ikke kontakt med smtp://slt:hemmelig@smtp.example:587",
            "Fikk ikke kontakt med smtp://slt:…@smtp.example:587",
        ),
        ("redis://:hemmelig@cache:6379/0", "redis://:…@cache:6379/0"),
        ("Not Found: /sok/01010012345/", "Not Found: /sok/…/"),
        ("GET /fjellbygd/tiltak/?sok=010100%2012345 200", "GET /fjellbygd/tiltak/?sok=… 200"),
        ("GET /fjellbygd/tiltak/?sok=010100+12345 200", "GET /fjellbygd/tiltak/?sok=… 200"),
        ("Navn 010100-12345 finnes", "Navn … finnes"),
        ("Not Found: /fjellbygd/moter/12/", "Not Found: /fjellbygd/moter/12/"),
        ("Ring 61 23 45 67, sak 26/12345", "Ring 61 23 45 67, sak 26/12345"),
    ],
)
def test_hemmeligheter_skjules(linje, vist):
    assert skjul(linje) == vist


@given(st.text(alphabet="abcDEF0189-_:=.", min_size=8, max_size=60))
def test_ingen_nokkel_i_en_svarlenke_kommer_i_loggen(nokkel):
    assert nokkel not in skjul(f"Internal Server Error: /svar/{nokkel}/")


def test_ogsa_en_sporingslogg_renses():
    try:
        raise ValueError("https://slt.example/svar/Zk3tQx9/")
    except ValueError:
        hendelse = logging.LogRecord("x", logging.ERROR, "", 0, "Feil i %s", ("/svar/Zk3tQx9/",), sys.exc_info())

    assert "Zk3tQx9" not in Linje().format(hendelse)


@pytest.mark.django_db
def test_en_ukjent_svarlenke_logges_uten_nokkelen(client, capsys):
    logg = logging.getLogger("django.request")
    skriver = logging.StreamHandler(sys.stdout)
    skriver.setFormatter(Linje())
    logg.addHandler(skriver)
    try:
        client.get("/svar/Zk3tQx9hemmelig/finnes/ikke/")
    finally:
        logg.removeHandler(skriver)

    assert capsys.readouterr().out == "Not Found: /svar/…/finnes/ikke/\n"


def test_alt_som_skrives_gar_gjennom_rensingen():
    assert {handler["formatter"] for handler in LOGGING["handlers"].values()} == {"linje"}
    assert [navn for navn, logger in LOGGING["loggers"].items() if logger.get("handlers")] == []
