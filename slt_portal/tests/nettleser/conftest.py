"""Chromium against the portal with the examples, as real processes. Nothing here touches the tests' own database."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import dj_database_url
import psycopg2
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from slt_portal.bilder import logg_inn, start_nettleser
from slt_portal.demotjener import Demotjener
from slt_portal.tests.jobber import Postkasse, posttjener
from slt_portal.tests.nettleser.besok import HOYDE, PC, Besok, ga_alle_lenker

PASSORD = "bare-for-nettleserprovene"
PERSONER = {
    "koordinator": "koordinator@nordre-land.example",
    "politikontakt": "politikontakt@nordre-land.example",
    "rektor": "rektor@nordre-land.example",
    "administrator": "administrator@nordre-land.example",
    "rana": "koordinator@rana.example",
}
# A row of each kind that the examples know nothing of, so that its page can be looked at.
EN_AV_HVER = """
import datetime as dt
from felles.tid import naa
from organisering.models import Arshjulpunkt, Avtale, Fridag, Gruppe, Medlemskap, Person, Plass, Samarbeid
from organisering.services.arbeidsgrupper import foresla
from varsling.services.adresser import avvis
s = Samarbeid.objects.get(slug="nordre-land")
Avtale.objects.create(samarbeid=s, navn="Avtale med politiet", inngatt=dt.date(2025, 1, 15), fornyes_maneder=24)
Arshjulpunkt.objects.create(samarbeid=s, tekst="Søke om tilskudd", nar=Arshjulpunkt.Nar.DATO, dag=1, maned=12)
Fridag.objects.create(samarbeid=s, navn="Vinterferie", fra=dt.date(2027, 2, 22), til=dt.date(2027, 2, 26))
kg = Gruppe.objects.get(samarbeid=s, nivaer__slag="koordinerende", slag="gruppe")
Gruppe.objects.create(samarbeid=s, navn="Natteravnene", slag="arbeidsgruppe", overordnet=kg)
hvem = Person.objects.get(epost="politikontakt@nordre-land.example")
regel = kg.fullmakter.filter(gjelder="arbeidsgrupper")
av = Person.objects.get(epost="koordinator@nordre-land.example")
foresla(kg, navn="Russen", oppgave="En trygg feiring", fullmakt=regel.first(), personer=[hvem], av=av, naa=naa())
borte = Person.objects.create(navn="Borte Vekk", epost="borte@nordre-land.example")
Medlemskap.objects.create(samarbeid=s, plass=Plass.objects.filter(gruppe=kg, slag="flere").first(), person=borte)
avvis(borte.epost, svar="550 5.1.1 No such user", naa=naa())
"""
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


def _databasen(navn: str, mappe: Path) -> str:
    """The address of a database of this run's own, or an empty text where the tests run on SQLite."""
    base = os.environ.get("DATABASE_URL", "")
    if not base.startswith("postgres"):
        return ""
    return f"{base.rsplit('/', 1)[0]}/slt_{navn}_{crc32(str(mappe).encode()):x}"


def _lag_base(adresse: str) -> None:
    _fjern_base(adresse)
    if adresse:
        with _postgres(adresse) as peker:
            peker.execute(f"create database {adresse.rsplit('/', 1)[1]}")


def _fjern_base(adresse: str) -> None:
    if adresse:
        with _postgres(adresse) as peker:
            peker.execute(f"drop database if exists {adresse.rsplit('/', 1)[1]} with (force)")


def _tjenester(navn: str, base: str) -> dict[str, str]:
    """Where a portal finds its database and its Redis, apart from all others."""
    redis = os.environ.get("REDIS_URL", "")
    miljo = {"REDIS_URL": redis, "REDIS_PREFIKS": f"{os.environ['REDIS_PREFIKS']}-{navn}"} if redis else {}
    return miljo | ({"DATABASE_URL": base} if base else {})


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
    base = _databasen("nettleser", felles)
    tjener = Demotjener(var, passord=PASSORD, **_tjenester("portal", base))
    with _antall(felles) as legg_til:
        if legg_til(1) == 1:
            _lag_base(base)
            tjener.klargjor()
            tjener.kjor("manage.py", "shell", "--no-imports", "-c", EN_AV_HVER)
    try:
        with tjener:
            yield tjener
    finally:
        with _antall(felles) as legg_til:
            if legg_til(-1) == 0:
                _fjern_base(base)


@pytest.fixture
def kasse() -> Iterator[Postkasse]:
    with posttjener() as tjeneren:
        yield tjeneren


@pytest.fixture
def ny_portal(portalen: Demotjener, kasse: Postkasse, tmp_path: Path) -> Iterator[Demotjener]:
    """A portal in which nothing has happened yet: the documents and the demo logins alone, and mail by SMTP."""
    base = _databasen("historien", tmp_path)
    smtp = f"smtp://127.0.0.1:{kasse.port}/"
    tjener = Demotjener(tmp_path, passord=PASSORD, EMAIL_URL=smtp, **_tjenester("historien", base))
    shutil.copytree(portalen.var / "static", tmp_path / "static")
    _lag_base(base)
    try:
        tjener.kjor("manage.py", "migrate", "-v0")
        tjener.kjor("manage.py", "createcachetable")
        tjener.kjor("manage.py", "last_eksempel", "--demo-brukere")
        with tjener:
            yield tjener
    finally:
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
