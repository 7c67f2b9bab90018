from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def eksemplene(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The facts of the examples, loaded once for the tests of a module, which change nothing outside their own db."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("last_eksempel", verbosity=0)
        yield
        transaction.set_rollback(True)
