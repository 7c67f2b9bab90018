"""Chromium against the portal with the examples, as real processes. Nothing here touches the tests' own database."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg2
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from slt_portal.bilder import logg_inn, start_nettleser
from slt_portal.demotjener import Demotjener
from slt_portal.tests.nettleser.besok import HOYDE, PC, Besok, ga_alle_lenker

PASSORD = "bare-for-nettleserprovene"
BASE = "slt_nettleser"
PERSONER = {
    "koordinator": "koordinator@nordre-land.example",
    "politikontakt": "politikontakt@nordre-land.example",
    "rektor": "rektor@nordre-land.example",
    "administrator": "administrator@nordre-land.example",
    "rana": "koordinator@rana.example",
}
ROLLER = ["koordinator", "rana", "politikontakt", "administrator", "utlogget"]  # those who see different pages


@contextmanager
def _postgres(adresse: str) -> Iterator[Any]:
    valg = dj_database_url.parse(adresse)
    kobling = psycopg2.connect(
        host=valg["HOST"], port=valg["PORT"] or 5432, user=valg["USER"], password=valg["PASSWORD"], dbname="postgres"
    )
    kobling.autocommit = True
    try:
        with kobling.cursor() as peker:
            yield peker
    finally:
        kobling.close()


def _lag_base(adresse: str) -> None:
    with _postgres(adresse) as peker:
        peker.execute(f"drop database if exists {BASE} with (force)")
        peker.execute(f"create database {BASE}")


def _fjern_base(adresse: str) -> None:
    with _postgres(adresse) as peker:
        peker.execute(f"drop database if exists {BASE} with (force)")


@contextmanager
def _antall(mappe: Path) -> Iterator[Callable[[int], int]]:
    """Under a lock: adds to the number of test processes that use the folder, and gives the new number."""
    with (mappe / "laas").open("w") as laas:
        fcntl.flock(laas, fcntl.LOCK_EX)
        fil = mappe / "antall"

        def legg_til(endring: int) -> int:
            ny = (int(fil.read_text()) if fil.exists() else 0) + endring
            fil.write_text(str(ny))
            return ny

        yield legg_til


@pytest.fixture(scope="session")
def portalen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demotjener]:
    """The portal with the examples. Database and static files are made once, also when several processes test."""
    felles = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        felles = felles.parent
    var = felles / "nettleser"
    var.mkdir(exist_ok=True)
    base = os.environ.get("DATABASE_URL", "")
    pa_postgres = base.startswith("postgres")
    miljo = {"DATABASE_URL": base.rsplit("/", 1)[0] + f"/{BASE}"} if pa_postgres else {}
    if os.environ.get("REDIS_URL"):
        miljo |= {"REDIS_URL": os.environ["REDIS_URL"], "REDIS_PREFIKS": f"{os.environ['REDIS_PREFIKS']}-portal"}
    tjener = Demotjener(var, passord=PASSORD, **miljo)
    with _antall(felles) as legg_til:
        if legg_til(1) == 1:
            if pa_postgres:
                _lag_base(base)
            tjener.klargjor()
    try:
        with tjener:
            yield tjener
    finally:
        with _antall(felles) as legg_til:
            if legg_til(-1) == 0 and pa_postgres:
                _fjern_base(base)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Closed after each module: while it runs, Django takes the thread for asynchronous and refuses its database."""
    with sync_playwright() as playwright:
        nettleser = start_nettleser(playwright)
        yield nettleser
        nettleser.close()


@pytest.fixture(scope="session")
def okter() -> dict[str, Any]:
    """The cookies of those who have logged in."""
    return {}


Apne = Callable[..., Besok]


@pytest.fixture
def kontekst(portalen: Demotjener, chromium: Browser, okter: dict[str, Any]) -> Iterator[Callable[..., BrowserContext]]:
    """A browser with a fresh profile, in which the named one is logged in."""
    apne: list[BrowserContext] = []

    def lag(rolle: str = "utlogget", bredde: int = PC, **valg: Any) -> BrowserContext:
        if rolle != "utlogget" and rolle not in okter:
            with closing(chromium.new_context()) as forste:
                logg_inn(forste.new_page(), portalen.adresse, PERSONER[rolle], PASSORD)
                okter[rolle] = forste.storage_state()
        ny = chromium.new_context(
            storage_state=okter.get(rolle),
            viewport={"width": bredde, "height": HOYDE},
            locale="nb-NO",
            reduced_motion="reduce",
            **valg,
        )
        ny.set_default_timeout(15_000)
        apne.append(ny)
        return ny

    yield lag
    for en in apne:
        en.close()


@pytest.fixture
def besok(portalen: Demotjener, kontekst: Callable[..., BrowserContext]) -> Apne:
    """A tab in a browser of its own: `besok("koordinator", bredde=MOBIL)`."""

    def apne(rolle: str = "utlogget", bredde: int = PC, **valg: Any) -> Besok:
        return Besok(kontekst(rolle, bredde, **valg).new_page(), portalen.adresse)

    return apne


@pytest.fixture(scope="session")
def _kart() -> dict[str, dict[str, list[str]]]:
    return {}


@pytest.fixture
def kart(
    portalen: Demotjener, kontekst: Callable[..., BrowserContext], _kart: dict[str, dict[str, list[str]]]
) -> Callable[[str], dict[str, list[str]]]:
    """Where links lead the named one: addresses by their name."""

    def les(rolle: str) -> dict[str, list[str]]:
        if rolle not in _kart:
            start = ["/"] if rolle == "utlogget" else ["/min-side/"]
            _kart[rolle] = ga_alle_lenker(kontekst(rolle).request, portalen.adresse, start)
        return _kart[rolle]

    return les
