"""The manual's pictures, and the browser that the tests share with them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

try:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
except ImportError:  # the pictures are taken where the tests run, not where the portal does
    HAR_NETTLESER = False
else:
    HAR_NETTLESER = True

from slt_portal.demotjener import Demotjener

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGG = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-lcd-text",  # grey edges of letters: half the size of a picture
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSORD = "bare-for-bildene"
PC, MOBIL = 1280, 360


@dataclass(frozen=True)
class Bilde:
    """One picture: who sees which page, how wide, and how far down.

    `klikk` follows the first link that fits, `saa` then the first one whose address holds the word.
    """

    navn: str
    sti: str
    som: str = ""
    bredde: int = PC
    hoyde: int = 900
    klikk: str = ""
    saa: str = ""


KOORDINATOR, POLITIKONTAKT = "koordinator@nordre-land.example", "politikontakt@nordre-land.example"
ADMINISTRATOR = "administrator@nordre-land.example"
BILDER = (
    Bilde("innlogging", "/konto/login/", hoyde=760),
    Bilde("innbygger", "/nordre-land/", hoyde=860),
    Bilde("innbygger-mobil", "/nordre-land/", bredde=MOBIL, hoyde=1000),
    Bilde("offentlig-plan", "/nordre-land/plan/", hoyde=1040),
    Bilde("oversikt", "/nordre-land/oversikt/", KOORDINATOR, hoyde=700),
    Bilde("tiltak", "/nordre-land/tiltak/", KOORDINATOR, hoyde=690),
    Bilde("tiltaket", "/nordre-land/tiltak/", KOORDINATOR, hoyde=920, klikk="main table a[href*='/tiltak/']"),
    Bilde("moter", "/nordre-land/moter/", KOORDINATOR, hoyde=1040),
    Bilde("motet", "/nordre-land/moter/", KOORDINATOR, hoyde=1060, klikk="main li a[href*='/moter/']"),
    Bilde(
        "gjennomfor",
        "/nordre-land/moter/",
        KOORDINATOR,
        hoyde=900,
        klikk="main li a[href*='/moter/']",
        saa="gjennomfor",
    ),
    Bilde("moteplan", "/nordre-land/moter/plan/", KOORDINATOR, hoyde=760),
    Bilde("vedtak", "/nordre-land/vedtak/", KOORDINATOR, hoyde=680),
    Bilde("grupper", "/nordre-land/grupper/", KOORDINATOR, hoyde=900),
    Bilde("gruppe", "/nordre-land/grupper/", KOORDINATOR, hoyde=960, klikk="main a[href*='/grupper/']:not(.knapp)"),
    Bilde("plan", "/nordre-land/planer/", KOORDINATOR, hoyde=800),
    Bilde("arshjul", "/nordre-land/arshjul/", KOORDINATOR, hoyde=1040),
    Bilde("enheter", "/nordre-land/enheter/", KOORDINATOR, hoyde=900),
    Bilde("varsler", "/nordre-land/varsler/", KOORDINATOR, hoyde=760),
    Bilde("oppsett", "/nordre-land/oppsett/", KOORDINATOR, hoyde=860),
    Bilde("inviter", "/nordre-land/invitasjoner/", KOORDINATOR, hoyde=700),
    Bilde("min-side-mobil", "/min-side/", POLITIKONTAKT, bredde=MOBIL, hoyde=1100),
    Bilde("admin", "/admin/", ADMINISTRATOR, hoyde=900),
    Bilde("admin-ny-person", "/admin/organisering/person/add/", ADMINISTRATOR, hoyde=700),
)


def start_nettleser(playwright: "Playwright") -> "Browser":
    """Chromium without a window, with a fresh profile."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGG)


def logg_inn(side: "Page", adresse: str, epost: str, passord: str) -> None:
    """Logs in as a person does, and waits for the page behind."""
    side.goto(f"{adresse}/konto/login/")
    side.get_by_label("E-post").fill(epost)
    side.get_by_label("Passord").fill(passord)
    side.get_by_role("button", name="Logg inn").click()
    side.wait_for_url(lambda url: "/konto/login" not in url)


def ta(tjener: Demotjener, valgte: list[Bilde], til: Path) -> Iterator[Path]:
    """Takes the pictures, and gives each file as it is made. Each person logs in once."""
    with sync_playwright() as playwright, closing(start_nettleser(playwright)) as nettleser:
        innganger: dict[str, BrowserContext] = {}
        for bilde in valgte:
            if bilde.som not in innganger:
                innganger[bilde.som] = _inngang(nettleser, tjener, bilde.som)
            yield _ta_ett(innganger[bilde.som].new_page(), tjener, bilde, til / f"{bilde.navn}.png")


def _inngang(nettleser: "Browser", tjener: Demotjener, som: str) -> "BrowserContext":
    inngang = nettleser.new_context(locale="nb-NO", reduced_motion="reduce", color_scheme="light")
    if som:
        logg_inn(inngang.new_page(), tjener.adresse, som, tjener.passord)
    return inngang


def _ta_ett(side: "Page", tjener: Demotjener, bilde: Bilde, fil: Path) -> Path:
    """A page from its top, at most as tall as the picture is to be."""
    side.set_viewport_size({"width": bilde.bredde, "height": bilde.hoyde})
    side.goto(tjener.adresse + bilde.sti)
    lenker = [bilde.klikk, bilde.saa and f"main a[href*='{bilde.saa}']"]
    for lenke in filter(None, lenker):
        side.locator(lenke).first.click()
        side.wait_for_load_state()
    side.evaluate("document.fonts.ready")
    side.screenshot(path=fil)
    side.close()
    return fil
