"""Tables of a PDF. Read in a process of its own with a limit of memory and time: a small PDF can unpack without end."""

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from tiltak.lesing.filtype import odelagt, passord
from tiltak.lesing.tabell import Rad, Tabell

BARN = Path(__file__).with_name("pdfbarn.py")
MAKS_SEKUNDER = 40


def les_pdf(innhold: bytes) -> list[Tabell]:
    """Every table with lines around its cells. Raises Regelbrudd when the file cannot be read, or has none."""
    try:
        svar = subprocess.run(
            [sys.executable, "-I", str(BARN)], input=innhold, capture_output=True, timeout=MAKS_SEKUNDER, check=False
        )
        lest = json.loads(svar.stdout) if svar.returncode == 0 else {"feil": "odelagt"}
    except (subprocess.TimeoutExpired, ValueError):
        lest = {"feil": "odelagt"}
    if feil := lest.get("feil"):
        raise passord() if feil == "passord" else odelagt()
    tabeller = [
        Tabell(
            "", [Rad(nr, tuple(r["celler"]), frozenset(r["arvet"]), r["hel"]) for nr, r in enumerate(rader, start=1)]
        )
        for rader in lest["tabeller"]
    ]
    if not tabeller:
        raise Regelbrudd(
            _(
                "Ingenting er lest. Fant ingen tabell i PDF-fila. Den kan være skannet, eller tabellen mangler "
                "streker. Bruk Word-fila, eller kopier tabellen og lim den inn."
            )
        )
    return tabeller
