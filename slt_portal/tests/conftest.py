from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from slt_portal.vegger import egne_modeller


@pytest.fixture(scope="module")
def eksemplene(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The facts of the examples, loaded once for the tests of a module, which change nothing outside their own db."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("last_eksempel", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def last_eksempel() -> Callable[..., str]:
    """Runs the command and returns all that it said."""

    def kjor(**valg: Any) -> str:
        ut = StringIO()
        call_command("last_eksempel", stdout=ut, stderr=ut, **valg)
        return ut.getvalue()

    return kjor


@pytest.fixture
def demo(settings, monkeypatch) -> None:
    """A machine that may have demo logins, with a password of its own."""
    settings.LOKAL = True
    monkeypatch.setenv("SLT_DEMO_PASSORD", "fjell-og-fjord-7")


@pytest.fixture
def radtall() -> Callable[[], dict[str, int]]:
    """Counts the rows of every model, history included."""
    return lambda: {modell._meta.label: modell._base_manager.count() for modell in egne_modeller()}
