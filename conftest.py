"""What every test stands on: production's settings, an environment of its own, and nothing that leaves the machine."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import django
import pytest
from django.conf import settings
from django.core.cache import cache
from redis import Redis

if settings.configured:
    raise pytest.UsageError("Innstillingene er lest før prøvene har valgt sine egne. Fjern DJANGO_SETTINGS_MODULE.")

# Before the settings are read. Only DATABASE_URL and REDIS_URL come from outside: they choose the services to test on.
os.environ.update(
    DJANGO_SETTINGS_MODULE="slt_portal.settings",
    DEBUG="0",
    SLT_DEMO="0",
    SECRET_KEY="bare-for-testene-" * 4,
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    ADRESSE="https://testserver",
    EMAIL_URL="memory://",
    SSL_OMDIRIGERING="0",
    VAR=tempfile.mkdtemp(prefix="slt-test-"),
    PGOPTIONS="-c synchronous_commit=off",  # no row outlives the run, so none waits for the disk
    REDIS_PREFIKS=f"slt-prove-{uuid4().hex}",  # processes and whole runs side by side share one Redis
)

atexit.register(shutil.rmtree, os.environ["VAR"], ignore_errors=True)

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, and never outside the tests
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},  # pages without collectstatic
}
if not settings.REDIS_URL:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402 - needs the settings above
from django.test import Client  # noqa: E402

from organisering.factories import (  # noqa: E402
    EnhetFactory,
    EnhetskontaktFactory,
    GruppeFactory,
    MedlemskapFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
    SamarbeidFactory,
    VervFactory,
)

TJENESTER = os.environ.get("SLT_TJENESTER") == "1"
POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


DATABASEN = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that need a service are left out, not skipped, unless asked for; then a missing service fails them.

    The services change nothing for a test that never meets one: make test has shown it. The browser's tests share a
    process, since each process needs a portal of its own.
    """
    utelatt = [test for test in items if not _skal_kjores(test)]
    config.hook.pytest_deselected(items=utelatt)
    items[:] = [test for test in items if _skal_kjores(test)]
    for test in items:
        if test.get_closest_marker("nettleser"):
            test.add_marker(pytest.mark.xdist_group("nettleser"))


def _skal_kjores(test: pytest.Item) -> bool:
    if test.get_closest_marker("postgres"):
        return POSTGRES
    treg = any(test.get_closest_marker(merke) for merke in ("tjenester", "nettleser"))
    return (treg or _bruker_databasen(test)) if TJENESTER else not treg


def _bruker_databasen(test: pytest.Item) -> bool:
    return test.get_closest_marker("django_db") is not None or not DATABASEN.isdisjoint(test.fixturenames)


def pytest_xdist_setupnodes(config: pytest.Config, specs: list[Any]) -> None:
    """A process that inherits the name of the settings reads them before this file, and shares all with its parent."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leaves nothing behind in a Redis that others use too."""
    if settings.REDIS_URL:
        with Redis.from_url(settings.REDIS_URL) as tjener:
            for nokkel in tjener.scan_iter(f"{settings.REDIS_PREFIKS}*", count=1000):
                tjener.delete(nokkel)


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Tables straight from the models on SQLite, seconds quicker for each process; PostgreSQL and the demo migrate."""
    return POSTGRES


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """The tables are there: the tests of migrations see those again that pytest-django hid meanwhile."""
    settings.MIGRATION_MODULES = {}


@pytest.fixture(autouse=True)
def tomt_mellomlager() -> None:
    """Login limits and the like must not follow from one test to the next.

    On Redis each test has keys of its own, which run out by themselves: to empty the cache there is to empty the
    database, with the jobs that wait in it and whatever the neighbour keeps.
    """
    if settings.REDIS_URL:
        cache.key_prefix = settings.CACHES["default"]["KEY_PREFIX"] = f"{settings.REDIS_PREFIKS}-{uuid4().hex}"
    else:
        cache.clear()


@pytest.fixture(scope="session")
def var_mappe() -> Path:
    """The directory that stands for var/ in this run."""
    return Path(settings.VAR)


# The cast: one place to stand for each row and column of the table of access.


@dataclass
class Rollebesetning:
    """Two Samarbeid, the first with one group, and everybody who may knock on their doors."""

    samarbeid: Any
    fremmed: Any
    gruppe: Any
    personer: dict[str, Any]

    def __getitem__(self, navn: str) -> Any:
        return self.personer[navn]


ROLLER = (
    "koordinator",
    "leder",
    "medlem",
    "kontakt",
    "administrator",
    "leser",
    "utenforstaende",
    "uten_plass",
    "superbruker",
    "utlogget",
)


@pytest.fixture
def rollebesetning(db: None) -> Rollebesetning:
    """koordinator, leder, medlem, kontakt, administrator, leser, utenforstaende, uten_plass, superbruker, utlogget."""
    samarbeid, fremmed = SamarbeidFactory(), SamarbeidFactory()
    gruppe = GruppeFactory(samarbeid=samarbeid)
    personer = {navn: PersonFactory(navn=navn) for navn in ROLLER if navn not in {"superbruker", "utlogget"}}
    personer["superbruker"] = PersonFactory(navn="superbruker", is_superuser=True)
    personer["utlogget"] = AnonymousUser()
    for rolle in ("koordinator", "administrator", "leser"):
        RolletildelingFactory(samarbeid=samarbeid, person=personer[rolle], rolle=rolle)
    RolletildelingFactory(samarbeid=fremmed, person=personer["utenforstaende"], rolle="koordinator")
    MedlemskapFactory(plass=PlassFactory(gruppe=gruppe), person=personer["medlem"])
    leders = MedlemskapFactory(plass=PlassFactory(gruppe=gruppe), person=personer["leder"])
    VervFactory(plass=leders.plass)
    EnhetskontaktFactory(enhet=EnhetFactory(samarbeid=samarbeid), person=personer["kontakt"])
    return Rollebesetning(samarbeid, fremmed, gruppe, personer)


@pytest.fixture
def som(client: Client, rollebesetning: Rollebesetning) -> Callable[[str], Client]:
    """A browser in which the named one of the cast is logged in."""

    def logg_inn(navn: str) -> Client:
        client.logout()
        if navn != "utlogget":
            client.force_login(rollebesetning[navn])
        return client

    return logg_inn
