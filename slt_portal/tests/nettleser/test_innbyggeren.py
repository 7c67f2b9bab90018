"""Somebody who lives here reads, on a phone and without logging in."""

import pytest
from playwright.sync_api import expect

from slt_portal.tests.nettleser.besok import MOBIL

pytestmark = [pytest.mark.nettleser, pytest.mark.tjenester]


def test_fra_forsida_til_kommunen_og_hele_planen(besok):
    ett = besok(bredde=MOBIL)
    side = ett.ga_til("/")
    side.get_by_role("link", name="Nordre Land").click()
    expect(side.get_by_role("heading", name="Tre nivåer, ett mål")).to_be_visible()
    expect(side.get_by_text("116 111")).to_be_visible()

    side.get_by_role("link", name="Les handlingsplanen").click()
    assert ett.sti == "/nordre-land/plan/"
    expect(side.get_by_role("heading", level=1)).to_contain_text("Handlingsplan SLT")
    expect(side.get_by_text("Rusfritt arrangement natt til 17. mai").first).to_be_visible()
    assert side.get_by_text("Nordre Land, Politikontakt").count() == 0
    assert ett.for_bred() == ""
    assert ett.feil == []


def test_rana_uten_plan_har_en_hel_side_og_en_god_forklaring(besok):
    ett = besok(bredde=MOBIL)
    side = ett.ga_til("/rana/")
    assert side.locator("section").count() >= 3
    ett.ga_til("/rana/plan/")
    expect(side.get_by_role("heading", level=1)).to_be_visible()
    expect(side.get_by_text("ingen").first).to_be_visible()
    assert ett.for_bred() == ""
    assert ett.feil == []


def test_sida_leses_pa_nynorsk_nar_en_velger_det(besok):
    ett = besok()
    side = ett.ga_til("/nordre-land/")
    side.get_by_role("link", name="Nynorsk").click()
    assert ett.sti == "/nordre-land/"
    expect(side.locator("html")).to_have_attribute("lang", "nn")
    side.get_by_role("link", name="Bokmål").click()
    expect(side.locator("html")).to_have_attribute("lang", "nb")


def test_det_som_ikke_finnes_far_en_side_med_en_vei_videre(besok):
    ett = besok(bredde=MOBIL)
    side = ett.ga_til("/finnes-ikke/")
    expect(side.get_by_role("heading", level=1)).to_be_visible()
    assert side.get_by_role("link").count() >= 2
    assert ett.for_bred() == ""
    assert ett.brudd() == []
