"""Every page of the URLconf, for everybody who may see it, on a desk and on a phone, in light and in dark."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from slt_portal.tests.nettleser.besok import MOBIL, PC, VEKT, navn_pa
from slt_portal.tests.nettleser.conftest import ROLLER

pytestmark = [pytest.mark.nettleser, pytest.mark.tjenester]

# Not pages, or pages that only a letter leads to. They have stories of their own, or are read by machines.
INGEN_SIDE = {
    "helse",
    "velg_sprak",
    "account_logout",
    "account_set_password",
    "account_signup",
    "invitasjon",
    "invitasjon_svar",
    "svar",
    "avmelding",
    "account_reset_password_from_key",
    "tiltak:status_sendt",
    "tiltak:import_sjekk",
    "tiltak:import_bekreft",
    "moter:foresporsel",
    "moter:innkalling",
    "moter:utkast",
    "moter:papir",
    "kalenderstrom",
    "offentlig_plan_pdf",
    "offentlig_plan_docx",
    "tiltak:utgave_pdf",
    "tiltak:utgave_docx",
    "tiltak:regneark",
    "tiltak:ta_tilbake",
}
# Pages that no link leads to: shown when something has happened.
UTEN_LENKE = ["account_inactive", "account_reset_password_done", "account_reset_password_from_key_done"]
BARE_INNE = ["account_reauthenticate"]


def _navn(monstre: list[URLPattern | URLResolver], rom: str = "") -> Iterator[str]:
    for monster in monstre:
        if isinstance(monster, URLResolver):
            yield from _navn(monster.url_patterns, f"{rom}{monster.namespace}:" if monster.namespace else rom)
        elif monster.name and kan_leses(monster):
            yield rom + monster.name


def kan_leses(monster: URLPattern) -> bool:
    """False for an address that only takes a press of a button."""
    side = getattr(monster.callback, "view_class", None)
    return side is None or (hasattr(side, "get") and "get" in side.http_method_names)


SIDER = sorted({navn for navn in _navn(get_resolver().url_patterns) if not navn.startswith("admin:")} - INGEN_SIDE)


# Where axe looks: the desk in light and the phone in dark are the layouts and the colours once each.
ALLE_UTGAVER = [(PC, False), (MOBIL, True)]
PA_TELEFON = [(MOBIL, False)]
# Rana has no plan and no measures, so these are other pages there.
NAR_DET_ER_TOMT = {
    "arshjul", "min_side", "moter:liste", "moter:vedtak_liste", "offentlig_plan", "organisering:enhet_liste",
    "organisering:gruppe", "organisering:gruppe_liste", "oversikt", "samarbeid", "tiltak:liste", "tiltak:plan_liste",
}  # fmt: skip


def ser_annerledes_ut(rolle: str, navn: str) -> bool:
    return rolle == "utlogget" or (rolle == "rana" and navn in NAR_DET_ER_TOMT)


def sjekk(ett, sti: str, utgaver: list[tuple[int, bool]], *, axe: bool) -> list[str]:
    """What is wrong with a page on a first visit, at each width, in light and in dark."""
    side, feil = ett.ga_til(sti), []
    if side.locator("h1").count() != 1:
        feil.append(f"{side.locator('h1').count()} h1")
    if not side.title().rpartition(" – ")[0].strip():
        feil.append(f"ingen tittel: {side.title()!r}")
    if ett.vekt > VEKT:
        feil.append(f"{ett.vekt // 1000} kB over nettet")
    for bredde, mork in utgaver:
        ett.bredde(bredde)
        ett.mork(mork)
        merke = f"{bredde} px{', mørk' if mork else ''}: "
        feil += [merke + brudd for brudd in [ett.for_bred(), *(ett.brudd() if axe else [])] if brudd]
    return [f"{sti} {en}" for en in [*feil, *ett.feil]]


@pytest.mark.parametrize("navn", SIDER)
def test_siden_holder_mal_for_alle_som_ser_den(navn, besok, kart):
    """The first who sees it looks at it in every way; the others see less, and look on a phone."""
    feil, sett = [], False
    for rolle in ROLLER:
        stier = kart(rolle).get(navn, [])[:1]
        if navn in UTEN_LENKE or (navn in BARE_INNE and rolle == "koordinator"):
            stier = [reverse(navn)]
        for sti in stier:
            utgaver, axe = (PA_TELEFON, ser_annerledes_ut(rolle, navn)) if sett else (ALLE_UTGAVER, True)
            feil += [f"{rolle}: {en}" for en in sjekk(besok(rolle), sti, utgaver, axe=axe)]
            sett = True
    assert sett, "Ingen lenke fører til denne siden."
    assert feil == []


@pytest.mark.parametrize("rolle", ["koordinator", "rana", "utlogget"])
def test_ingen_side_ma_rulles_sidelengs_nar_den_forstorres(rolle, besok, kart):
    """Several rows' own pages, since a long word may stand anywhere. A desk at 200 % zoom, and at 400 %."""
    ett, feil = besok(rolle), []
    for sti in [sti for stier in kart(rolle).values() for sti in stier]:
        ett.ga_til(sti)
        for bredde in (PC // 2, PC // 4):
            ett.bredde(bredde)
            feil += [f"{sti} {bredde} px: {bred}" for bred in [ett.for_bred()] if bred]
    assert feil + ett.feil == []


@pytest.mark.parametrize("rolle", ["koordinator", "utlogget"])
def test_siden_sier_hvilket_sprak_den_er_pa(rolle, kontekst, kart, portalen):
    nettleser = kontekst(rolle)
    for kode in ("nn", "nb"):
        nettleser.add_cookies([{"name": "sprak", "value": kode, "url": portalen.adresse}])
        for stier in kart(rolle).values():
            side = nettleser.request.get(portalen.adresse + stier[0]).text()
            assert (stier[0], re.search(r'<html lang="(\w+)"', side)[1]) == (stier[0], kode)


def test_hver_side_kan_nas_med_lenker_fra_menyen(kart):
    alle = {navn for rolle in ROLLER for navn in kart(rolle)}
    assert set(SIDER) - alle - {*UTEN_LENKE, *BARE_INNE} == set()
    assert navn_pa("/finnes/ikke/") == ""
