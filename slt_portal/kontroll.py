"""System checks: what no single app can say about itself."""

import sys
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from felles.frys import avvik


@register(Tags.database)
def frosne_rader_er_vernet(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The triggers that hold frozen rows stand in the database as they should."""
    if sys.argv[1:2] == ["migrate"]:
        return []  # puts them in itself, and must not be stopped by what it is about to mend
    return [
        Error(
            f"Utløseren «{navn}» i databasen «{alias}» mangler eller er endret, så frosne rader er ikke vernet.",
            hint="Kjør: python manage.py migrate",
            id="slt_portal.E001",
        )
        for alias in databases or []
        for navn in avvik(connections[alias])
    ]
