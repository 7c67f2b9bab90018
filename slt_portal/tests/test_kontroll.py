import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from felles.frys import sett_inn
from felles.tests.test_frys import tabeller  # noqa: F401 - a fixture


def test_databasen_er_i_orden_etter_migrering(db):
    call_command("check", databases=["default"], fail_level="WARNING")


def test_manglende_vern_av_frosne_rader_stopper_kontrollen(tabeller):  # noqa: F811
    pa = " ON prove_protokoll" if connection.vendor == "postgresql" else ""
    with connection.cursor() as peker:
        peker.execute("DROP TRIGGER frys_prove_protokoll_delete" + pa)
    with pytest.raises(CommandError, match="frys_prove_protokoll_delete"):
        call_command("check", databases=["default"])
    sett_inn(connection)
    call_command("check", databases=["default"])
