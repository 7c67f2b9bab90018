import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from organisering.models import Kilde


def test_modeller_og_migreringer_er_enige(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_en_uskrevet_migrering_blir_funnet(db, monkeypatch):
    felt = Kilde._meta.get_field("tittel")
    monkeypatch.setattr(felt, "max_length", felt.max_length + 1)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("app", ["organisering", "tiltak", "moter", "varsling"])
def test_den_norske_rekkefolgen_kommer_for_tabellene(db, app):
    graf = MigrationLoader(connection).graph
    assert ("felles", "0001_norsk") in graf.forwards_plan((app, "0001_initial"))
