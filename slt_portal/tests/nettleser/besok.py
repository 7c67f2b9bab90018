"""A visitor in a browser, who notices what a good page never does."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext, ConsoleMessage, Page, Request

PC, MOBIL = 1280, 360
HOYDE = 800
VEKT = 100_000  # bytes over the wire on a first visit
VARIANTER = 2  # of each kind of page, that are visited
FLERE = {"organisering:gruppe": 6}  # a group, a level, a type and a working group look different
AXE = Axe()
KRAV = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

BREDERE_ENN_SKJERMEN = """() => {
    const rot = document.scrollingElement, bredde = document.documentElement.clientWidth
    if (rot.scrollWidth <= bredde) return ''
    const ute = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > bredde + 1)
    const navn = e => e.tagName.toLowerCase() + (e.getAttribute('class') ? '.' + e.getAttribute('class') : '')
    return `${rot.scrollWidth} > ${bredde}: ` + ute.slice(0, 4).map(navn).join(', ')
}"""


@dataclass
class Besok:
    """One tab, and everything it has seen go wrong."""

    side: Page
    adresse: str
    feil: list[str] = field(default_factory=list)
    foresporsler: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.side.on("console", self._konsoll)
        self.side.on("pageerror", lambda feil: self.feil.append(f"skriptfeil: {feil}"))
        self.side.on("request", self._foresporsel)
        self.side.on("requestfailed", self._ikke_hentet)

    def _konsoll(self, melding: ConsoleMessage) -> None:
        if melding.type in {"error", "warning"}:
            self.feil.append(f"konsoll: {melding.text} ({melding.location['url']})")

    def _foresporsel(self, bedt: Request) -> None:
        self.foresporsler.append(bedt)
        if not bedt.url.startswith((f"{self.adresse}/", "data:")):
            self.feil.append(f"annen vert: {bedt.url}")

    def _ikke_hentet(self, bedt: Request) -> None:
        if bedt.failure != "net::ERR_ABORTED":  # the visitor went on before all had come
            self.feil.append(f"ikke hentet: {bedt.url} {bedt.failure}")

    def ga_til(self, sti: str) -> Page:
        self.side.goto(urljoin(self.adresse, sti), wait_until="load")
        return self.side

    @property
    def sti(self) -> str:
        return urlsplit(self.side.url).path

    @property
    def vekt(self) -> int:
        """Bytes over the wire since the tab was opened, headers included."""
        ferdige = [bedt.sizes() for bedt in self.foresporsler if not bedt.url.startswith("data:")]
        return sum(ett["responseBodySize"] + ett["responseHeadersSize"] for ett in ferdige)

    def bredde(self, bredde: int) -> None:
        self.side.set_viewport_size({"width": bredde, "height": HOYDE})

    def mork(self, mork: bool = True) -> None:
        self.side.emulate_media(color_scheme="dark" if mork else "light", reduced_motion="reduce")

    def for_bred(self) -> str:
        """What makes the page scroll sideways; empty when it does not."""
        return str(self.side.evaluate(BREDERE_ENN_SKJERMEN))

    def brudd(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA: the rule, and where. What axe itself asks for is not the page's doing."""
        sett = len(self.feil)
        funn: list[dict[str, Any]] = AXE.run(self.side, options=KRAV).response["violations"]
        del self.feil[sett:]
        return [f"{ett['id']}: {_hvor(ett)}" for ett in funn]


def _hvor(funn: dict[str, Any]) -> str:
    steder = [(node["target"][0], (node["any"] or node["all"] or node["none"])[0]["message"]) for node in funn["nodes"]]
    return "; ".join(f"{sted} ({hvorfor})" for sted, hvorfor in steder[:3])


class _Lenker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.funnet: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        felter = dict(attrs)
        if tag == "a" and (href := felter.get("href")):
            self.funnet.append(href)
        if tag == "form" and felter.get("method") == "get" and (sokeside := felter.get("action")):
            self.funnet.append(sokeside)


def navn_pa(sti: str) -> str:
    """The name of the address in the URLconf, or an empty text."""
    try:
        return resolve(sti).view_name
    except Resolver404:
        return ""


def ga_alle_lenker(nettleser: APIRequestContext, adresse: str, start: list[str]) -> dict[str, list[str]]:
    """The pages that links lead to from `start`, by the address's name: some of each kind."""
    sider: dict[str, list[str]] = {}
    ko, sett, antall = list(start), set(start), Counter[tuple[str, bool]]()
    while ko:
        sti = ko.pop(0)
        svar = nettleser.get(urljoin(adresse, sti), max_redirects=0)
        if svar.status != 200 or not svar.headers.get("content-type", "").startswith("text/html"):
            continue
        if "?" not in sti:
            sider.setdefault(navn_pa(sti), []).append(sti)
        for videre in _videre(svar.text(), adresse, sti):
            slag = navn_pa(videre.partition("?")[0]), "?" in videre
            if videre not in sett and antall[slag] < FLERE.get(slag[0], VARIANTER):
                sett.add(videre)
                antall[slag] += 1
                ko.append(videre)
    return sider


def _videre(side: str, adresse: str, sti: str) -> list[str]:
    """The addresses of our own pages that a page links to, outside the admin."""
    leser = _Lenker()
    leser.feed(side)
    mal = [urlsplit(urljoin(adresse + sti, href)) for href in leser.funnet]
    egne = [ett for ett in mal if f"{ett.scheme}://{ett.netloc}" == adresse and not ett.path.startswith("/admin/")]
    return [f"{ett.path}?{ett.query}" if ett.query else ett.path for ett in egne if navn_pa(ett.path)]
