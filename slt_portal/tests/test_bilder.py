"""The manual and its pictures agree, and the command says what it does not know."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from slt_portal.bilder import BILDER

DOCS = Path(settings.BASE_DIR, "docs")
STORST = 200_000  # bytes


def test_hvert_bilde_er_tatt_og_vist_i_veiledningen() -> None:
    vist = set(re.findall(r"\(bilder/([\w-]+)\.png\)", (DOCS / "brukerveiledning.md").read_text(encoding="utf-8")))
    tatt = {fil.stem for fil in (DOCS / "bilder").glob("*.png")}
    assert {bilde.navn for bilde in BILDER} == tatt == vist


def test_bildene_er_sma_nok_til_a_ligge_i_historien() -> None:
    assert [fil.name for fil in (DOCS / "bilder").glob("*.png") if fil.stat().st_size > STORST] == []


def test_et_ukjent_bilde_sies_fra_om_for_noe_startes() -> None:
    with pytest.raises(CommandError, match="Ukjente bilder: mangler"):
        call_command("ta_bilder", bare=["mangler"])
