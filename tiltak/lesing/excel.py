"""Tables of an Excel workbook: one a visible sheet, row numbers and columns as in the sheet."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from felles.unntak import Regelbrudd
from tiltak.lesing.filtype import odelagt
from tiltak.lesing.tabell import MAKS_KOLONNER, MAKS_RADER, Rad, Tabell, for_mange_rader

TOMME_PA_RAD = 500  # a sheet that is only coloured further down has ended
_FLETTET = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
_ARKNAVN = re.compile(r"(ark|sheet|tabell|table)\s*\d*", re.IGNORECASE)


def les_xlsx(innhold: bytes) -> list[Tabell]:
    """Every visible sheet with its name, where it has one. Raises Regelbrudd when the file cannot be read."""
    from openpyxl import load_workbook

    try:
        bok: Any = load_workbook(io.BytesIO(innhold), read_only=True, data_only=True, keep_links=False)
        with zipfile.ZipFile(io.BytesIO(innhold)) as arkiv:
            return [_ark(ark, arkiv) for ark in bok.worksheets if ark.sheet_state == "visible"]
    except Regelbrudd:
        raise
    except Exception as feil:  # openpyxl lets through whatever its parts meet in a broken file
        raise odelagt() from feil


def _ark(ark: Any, arkiv: zipfile.ZipFile) -> Tabell:
    ark.reset_dimensions()  # what the file says of its own size is often wrong
    rader = {nr: list(celler) for nr, celler in _rader(ark)}
    # A read-only sheet does not know its merged cells; they stand behind the rows in its part of the archive.
    flettet = list(_flettet(arkiv.read(ark._worksheet_path)))
    arvet: dict[int, set[int]] = {}
    hele: dict[int, int] = {}
    for vest, nord, ost, sor in flettet:
        if nord in rader:
            hele[nord] = max(hele.get(nord, 0), ost - vest + 1)
        for nr in range(nord + 1, min(sor, nord + MAKS_RADER) + 1):
            if nr in rader and nord in rader and vest < len(rader[nr]):
                rader[nr][vest] = rader[nord][vest]
                arvet.setdefault(nr, set()).add(vest)
    bredde = max((_fylt(celler) for celler in rader.values()), default=0)
    navn = "" if _ARKNAVN.fullmatch(ark.title.strip()) else ark.title
    return Tabell(
        navn,
        [
            Rad(nr, tuple(celler), frozenset(arvet.get(nr, ())), hel=bredde > 1 and hele.get(nr, 0) >= bredde)
            for nr, celler in sorted(rader.items())
        ],
    )


def _rader(ark: Any) -> Iterator[tuple[int, Iterable[str]]]:
    """Rows with something in them, and the empty ones between, by their number in the sheet."""
    tomme = lest = 0
    for nummer, celler in enumerate(ark.iter_rows(max_col=MAKS_KOLONNER + 1, values_only=True), start=1):
        verdier = [_som_tekst(verdi) for verdi in celler]
        tomme = 0 if any(verdier) else tomme + 1
        lest += bool(any(verdier))
        if lest > MAKS_RADER:
            raise for_mange_rader()
        if tomme > TOMME_PA_RAD:
            return
        yield nummer, verdier


def _fylt(celler: list[str]) -> int:
    return max((nr + 1 for nr, celle in enumerate(celler) if celle), default=0)


def _flettet(xml: bytes) -> Iterator[tuple[int, int, int, int]]:
    """(column, row, column, row) of each merged area; columns from 0."""
    for treff in _FLETTET.finditer(xml):
        fra, til = treff[1].decode().split(":")
        (vest, nord), (ost, sor) = _plass(fra), _plass(til)
        yield vest, nord, ost, sor


def _plass(navn: str) -> tuple[int, int]:
    bokstaver = navn.rstrip("0123456789")
    kolonne = 0
    for bokstav in bokstaver:
        kolonne = kolonne * 26 + ord(bokstav) - ord("A") + 1
    return kolonne - 1, int(navn[len(bokstaver) :])


def _som_tekst(verdi: Any) -> str:
    """What stands in the cell: a day as 1.6.2026, a whole number without decimals, decimals with a comma."""
    match verdi:
        case None:
            return ""
        case bool():
            return "ja" if verdi else "nei"
        case dt.datetime() | dt.date():
            return f"{verdi.day}.{verdi.month}.{verdi.year}"
        case float():
            return str(int(verdi)) if verdi.is_integer() else str(verdi).replace(".", ",")
    return str(verdi)
