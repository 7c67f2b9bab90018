"""From the invitation page, by a real letter, to a new person who is logged in."""

import email
import email.policy
import re
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from slt_portal.tests.nettleser.besok import MOBIL

pytestmark = [pytest.mark.nettleser, pytest.mark.tjenester]

SKILLE = b"\n" + b"-" * 79 + b"\n"  # between the letters of a file
LEVER = "import django; django.setup(); from varsling.tasks import lever; lever()"


def brevene(mappe: Path) -> Iterator[EmailMessage]:
    """Every letter in the files, the newest file first. A file holds all that one connection carried."""
    for fil in sorted(mappe.glob("*"), reverse=True):
        for del_ in fil.read_bytes().split(SKILLE):
            yield email.message_from_bytes(del_.lstrip(), policy=email.policy.default)


def brevet(portalen, til: str):
    """Delivers what waits, and gives the newest letter to an address. Another test may be delivering it already."""
    portalen.kjor("-c", LEVER)
    for _ in range(100):
        for brev in brevene(portalen.var / "epost"):
            if brev["To"] == til and brev.get_body(("plain",)):
                return brev
        time.sleep(0.2)
    return pytest.fail(f"Ingen e-post til {til}.")


@pytest.mark.parametrize("rolle", ["administrator", "koordinator"])
def test_en_ny_person_kommer_inn_med_invitasjonen(besok, portalen, rolle):
    adresse, passord = f"ny-leser-fra-{rolle}@nordre-land.example", "multe-og-tyttebaer-9"
    inviterer = besok(rolle)
    side = inviterer.ga_til("/nordre-land/invitasjoner/")
    side.get_by_label("E-post").fill(adresse)
    side.get_by_label("Invitert som").select_option("leser")
    side.get_by_role("button", name="Send invitasjonen").click()
    expect(side.get_by_role("row").filter(has_text=adresse)).to_be_visible()

    brev = brevet(portalen, adresse)
    tekst = brev.get_body(("plain",)).get_content()
    lenke = re.search(rf"{re.escape(portalen.adresse)}/konto/invitasjon/\S+", tekst)[0]
    assert lenke in brev.get_body(("html",)).get_content()

    ny = besok(bredde=MOBIL)
    side = ny.ga_til(lenke)
    assert lenke.split("/")[-2] not in side.url
    assert ny.for_bred() == ""
    assert ny.brudd() == []
    side.get_by_label("Navn").fill("Ny Leser")
    side.get_by_label("Passord", exact=True).fill(passord)
    side.get_by_label("Passordet en gang til").fill(passord)
    side.get_by_role("button", name="Svar ja og logg inn").click()
    expect(side.get_by_text("Velkommen til")).to_be_visible()
    ny.ga_til("/nordre-land/tiltak/")
    expect(side.get_by_role("heading", level=1)).to_have_text("Tiltak")
    assert ny.feil == []

    igjen = besok(bredde=MOBIL)
    igjen.side.goto(lenke)
    expect(igjen.side.get_by_role("heading", level=1)).to_have_text("Du har alt svart")
    assert urlsplit(igjen.side.url).path == "/konto/invitasjon/"


def test_en_trukket_invitasjon_virker_ikke(besok, portalen):
    adresse = "angret@nordre-land.example"
    side = besok("administrator").ga_til("/nordre-land/invitasjoner/")
    side.get_by_label("E-post").fill(adresse)
    side.get_by_label("Invitert som").select_option("leser")
    side.get_by_role("button", name="Send invitasjonen").click()
    tekst = brevet(portalen, adresse).get_body(("plain",)).get_content()
    side.get_by_role("button", name=f"Trekk tilbake {adresse}").click()

    fremmed = besok(bredde=MOBIL)
    fremmed.side.goto(re.search(r"http://\S+/konto/invitasjon/\S+", tekst)[0])
    expect(fremmed.side.get_by_role("heading", level=1)).to_have_text("Invitasjonen er trukket tilbake")
    assert fremmed.brudd() == []


def test_en_som_har_glemt_passordet_lager_et_nytt(besok, portalen):
    ett = besok(bredde=MOBIL)
    side = ett.ga_til("/konto/login/")
    side.get_by_role("link", name="Glemt passordet?").click()
    side.get_by_label("E-post").fill("ordforer@nordre-land.example")
    side.get_by_role("main").get_by_role("button").first.click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Se i e-posten din")

    tekst = brevet(portalen, "ordforer@nordre-land.example").get_body(("plain",)).get_content()
    ett.ga_til(re.search(r"http://\S+/konto/password/reset/key/\S+", tekst)[0])
    assert ett.for_bred() == ""
    assert ett.brudd() == []
    felter = side.locator("input[type=password]")
    for nummer in range(felter.count()):
        felter.nth(nummer).fill("helt-nytt-passord-2027")
    side.get_by_role("main").get_by_role("button").first.click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Passordet er byttet")
    assert ett.feil == []
