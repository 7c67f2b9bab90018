"""In with the right password, out again, and around with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from slt_portal.tests.nettleser.besok import MOBIL
from slt_portal.tests.nettleser.conftest import PASSORD, PERSONER

pytestmark = [pytest.mark.nettleser, pytest.mark.tjenester]


def i_fokus(side: Page) -> str:
    """The words of what has the focus."""
    return str(side.evaluate("() => (document.activeElement.innerText || document.activeElement.name || '').trim()"))


def fokusring(side: Page) -> float:
    return float(side.evaluate("() => parseFloat(getComputedStyle(document.activeElement).outlineWidth) || 0"))


def tab_til(side: Page, ord_: str, *, hoyst: int = 20) -> None:
    """Presses Tab until the named thing has the focus, and sees that each stop shows where it is."""
    for _ in range(hoyst):
        side.keyboard.press("Tab")
        assert fokusring(side) >= 2, f"«{i_fokus(side)}» viser ikke at den har fokus"
        if i_fokus(side).startswith(ord_):
            return
    pytest.fail(f"Fant ikke «{ord_}» med Tab.")


def test_feil_passord_stanser_og_riktig_slipper_inn(besok):
    ett = besok(bredde=MOBIL)
    side = ett.ga_til("/nordre-land/tiltak/")
    assert ett.sti == "/konto/login/"
    side.get_by_label("E-post").fill(PERSONER["rektor"])
    side.get_by_label("Passord").fill("ikke-dette-passordet")
    side.get_by_role("button", name="Logg inn").click()

    expect(side.get_by_role("heading", name="Du er ikke logget inn")).to_be_visible()
    expect(side.get_by_label("E-post")).to_have_value(PERSONER["rektor"])
    assert ett.for_bred() == ""
    assert ett.brudd() == []

    side.get_by_label("Passord").fill(PASSORD)
    side.get_by_role("button", name="Logg inn").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Tiltak")
    assert ett.sti == "/nordre-land/tiltak/"


def test_utlogging_virker_og_tilbakeknappen_viser_ingenting(besok):
    ett = besok()
    side = ett.ga_til("/konto/login/?next=/nordre-land/grupper/")
    side.get_by_label("E-post").fill(PERSONER["rektor"])
    side.get_by_label("Passord").fill(PASSORD)
    side.keyboard.press("Enter")
    expect(side.get_by_role("heading", level=1)).to_have_text("Grupper")

    side.get_by_role("button", name="Logg ut").click()
    side.wait_for_url(f"{ett.adresse}/")
    side.go_back()

    assert ett.sti == "/konto/login/"
    expect(side.get_by_role("heading", level=1)).to_have_text("Logg inn")


def test_med_tastaturet_alene_fra_hopplenka_til_en_side(besok):
    ett = besok("koordinator")
    side = ett.ga_til("/nordre-land/oversikt/")
    tab_til(side, "Hopp til innholdet", hoyst=1)
    side.keyboard.press("Enter")
    assert side.evaluate("() => document.activeElement.id") == "innhold"

    ett.ga_til("/nordre-land/oversikt/")
    tab_til(side, "Grupper")
    side.keyboard.press("Enter")
    side.wait_for_url("**/grupper/")
    valgt = side.get_by_role("navigation", name="Hovedmeny").locator("[aria-current=page]")
    expect(valgt).to_have_text("Grupper")


def test_menyen_pa_telefonen_apnes_og_lukkes_med_tastaturet(besok):
    ett = besok("koordinator", bredde=MOBIL)
    side = ett.ga_til("/nordre-land/oversikt/")
    meny = side.get_by_role("navigation", name="Hovedmeny")
    expect(meny).to_be_hidden()

    tab_til(side, "Meny")
    side.keyboard.press("Enter")
    expect(meny).to_be_visible()
    assert ett.for_bred() == ""
    assert ett.brudd() == []
    side.keyboard.press("Escape")
    expect(meny).to_be_hidden()
    assert i_fokus(side) == "Meny"

    side.keyboard.press("Enter")
    tab_til(side, "Tiltak")
    side.keyboard.press("Enter")
    side.wait_for_url("**/tiltak/")
    expect(meny).to_be_hidden()
    assert ett.feil == []
