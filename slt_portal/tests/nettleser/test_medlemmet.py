"""A member with many other things to do opens the portal on a phone."""

import re

import pytest
from playwright.sync_api import expect

from slt_portal.tests.nettleser.besok import MOBIL

pytestmark = [pytest.mark.nettleser, pytest.mark.tjenester]


def test_politikontakten_finner_sitt_eget_pa_min_side(besok):
    ett = besok("politikontakt", bredde=MOBIL)
    side = ett.ga_til("/")
    assert ett.sti == "/min-side/"
    expect(side.get_by_role("heading", name="Tiltak du svarer for")).to_be_visible()
    expect(side.get_by_role("heading", name="Neste møter")).to_be_visible()
    expect(side.get_by_text("Koordineringsgruppe").first).to_be_visible()

    side.get_by_role("link", name=re.compile("^Benytte bekymringssamtaler")).click()
    expect(side.get_by_role("heading", level=1)).to_contain_text("Benytte bekymringssamtaler")
    expect(side.get_by_text("Politiet").first).to_be_visible()
    assert ett.for_bred() == ""
    assert ett.feil == []


def test_medlemmet_finner_neste_mote_fra_min_side(besok):
    ett = besok("politikontakt", bredde=MOBIL)
    side = ett.ga_til("/min-side/")
    side.locator("aside a[href*='/moter/']").first.click()
    side.wait_for_url("**/moter/*/")
    expect(side.get_by_role("heading", name="Saksliste").or_(side.get_by_role("heading", name="Saker"))).to_be_visible()
    assert ett.for_bred() == ""
    assert ett.feil == []


def test_rektor_ser_ikke_motene_til_en_gruppe_hun_ikke_er_i(besok):
    ett = besok("rektor")
    side = ett.ga_til("/nordre-land/moter/")
    lenker = side.locator("main a[href*='/moter/']").all_inner_texts()
    assert lenker
    assert not [tekst for tekst in lenker if "Styringsgruppe" in tekst]


def test_medlemmet_har_ingen_oversikt_og_ser_en_side_som_sier_det(besok):
    ett = besok("politikontakt", bredde=MOBIL)
    side = ett.ga_til("/nordre-land/oversikt/")
    expect(side.get_by_role("heading", level=1)).to_be_visible()
    assert side.get_by_role("link", name="Min side").count()
    assert ett.for_bred() == ""
    assert ett.brudd() == []
