"""The administrator of one municipality at work in the Django admin, and before another municipality's wall."""

import re

import pytest
from playwright.sync_api import expect

from slt_portal.tests.nettleser.besok import MOBIL, PC

pytestmark = [pytest.mark.nettleser, pytest.mark.tjenester]


def test_en_person_uten_e_post_far_plass(besok):
    ett = besok("administrator")
    side = ett.ga_til("/min-side/")
    side.get_by_role("link", name="Medlemmer og roller").first.click()
    side.locator("#content-main").get_by_role("link", name="Personer", exact=True).click()
    side.get_by_role("link", name="Legg til ny person").click()
    side.get_by_label("navn").fill("Frivillig Uten Epost")
    side.get_by_label("stilling").fill("Natteravn")
    valg = side.get_by_label("plass").locator("option", has_text="Representanter fra skolene").first
    side.get_by_label("plass").select_option(valg.get_attribute("value"))
    side.get_by_role("button", name="Lagre", exact=True).click()

    expect(side.locator(".messagelist .success")).to_contain_text("Frivillig Uten Epost")
    assert ett.feil == []

    ett.ga_til("/nordre-land/grupper/")
    side.get_by_role("main").get_by_role("link", name="Koordineringsgruppe").first.click()
    expect(side.get_by_text("Frivillig Uten Epost").first).to_be_visible()


def test_et_fodselsnummer_i_navnet_stanses_med_en_forklaring(besok):
    ett = besok("administrator")
    side = ett.ga_til("/admin/organisering/person/add/")
    side.get_by_label("navn").fill("Kari 02013299997")
    valg = side.get_by_label("plass").locator("option", has_text="Representanter fra skolene").first
    side.get_by_label("plass").select_option(valg.get_attribute("value"))
    side.get_by_role("button", name="Lagre", exact=True).click()
    expect(side.locator(".errorlist").get_by_text("fødselsnummer").first).to_be_visible()
    assert ett.sti == "/admin/organisering/person/add/"
    assert ett.feil == []


def adminsider(ett) -> list[str]:
    """The front page of the admin, and every list and form it links to."""
    side = ett.ga_til("/admin/")
    lenker = side.eval_on_selector_all(
        "#content-main a[href^='/admin/']", "ett => ett.map(e => e.getAttribute('href'))"
    )
    return ["/admin/", *dict.fromkeys(lenker)]


def test_adminsidene_er_hele_og_nabokommunen_finnes_ikke(besok):
    ett = besok("administrator")
    stier, feil = adminsider(ett), []
    assert len(stier) > 10
    for sti in stier:
        side = ett.ga_til(sti)
        if re.search(r"\bRana\b", side.content()):
            feil.append(f"{sti} viser Rana")
        feil += [f"{sti} {en}" for en in ett.brudd()]
    assert feil + ett.feil == []


@pytest.mark.parametrize("bredde", [PC, MOBIL])
def test_medlemslista_i_admin_leses_pa_alle_skjermer(besok, bredde):
    ett = besok("administrator", bredde=bredde)
    for sti in ("/admin/", "/admin/organisering/medlemskap/", "/admin/organisering/person/add/"):
        ett.ga_til(sti)
        assert (sti, ett.for_bred()) == (sti, "")
    assert ett.feil == []


def test_rana_finnes_ikke_for_administratoren_i_nordre_land(besok, kart):
    ett = besok("administrator")
    for sti in ("oversikt", "tiltak", "grupper", "enheter", "planer", "moter", "vedtak", "invitasjoner"):
        svar = ett.side.context.request.get(f"{ett.adresse}/rana/{sti}/")
        assert (sti, svar.status) == (sti, 404)
    side = ett.ga_til("/admin/organisering/gruppe/?q=Utf%C3%B8rergruppen")
    assert side.locator("#result_list").count() == 0
    viser = []
    for navn, stier in kart("administrator").items():
        tekst = ett.side.context.request.get(ett.adresse + stier[0]).text()
        viser += [navn for _ in re.findall(r"\bRana\b", tekst)]
    assert viser == []
