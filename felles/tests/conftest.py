import pytest
from django.db import connection

from felles.tests.notat import Notat


@pytest.fixture(scope="session")
def laget_tabell(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with connection.schema_editor() as redaktor:
            redaktor.create_model(Notat)
        yield
        with connection.schema_editor() as redaktor:
            redaktor.delete_model(Notat)


@pytest.fixture
def tabell(laget_tabell, db):
    return Notat
