"""What every test stands on: production's settings, an environment of its own, and nothing that leaves the machine."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import pytest
from django.conf import settings
from django.core.cache import cache


def egen_redis(adresse: str) -> str:
    """A database of Redis for each process that runs tests: emptying the cache empties the whole database."""
    deler = urlsplit(adresse)
    nummer = int(deler.path.strip("/") or 0) + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return deler._replace(path=f"/{nummer}").geturl()


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
)
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = egen_redis(os.environ["REDIS_URL"])

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that need a service are left out, not skipped, unless asked for; then a missing service fails them."""
    utelatt = [test for test in items if not _skal_kjores(test)]
    config.hook.pytest_deselected(items=utelatt)
    items[:] = [test for test in items if _skal_kjores(test)]


def _skal_kjores(test: pytest.Item) -> bool:
    if test.get_closest_marker("postgres"):
        return POSTGRES
    return TJENESTER or not (test.get_closest_marker("tjenester") or test.get_closest_marker("nettleser"))


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
    """Login limits and the like must not follow from one test to the next."""
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
