"""The measures as an Excel workbook that can be changed and read in again."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from felles.merker import MERKER
from felles.tid import oslo_dato
from organisering.models import Samarbeid
from tiltak.models import Tiltak
from tiltak.rules.lista import Fakta
from tiltak.rules.regneark.felter import AVTRYKK, ENDRES, KOLONNER, NOKKEL, avtrykk, celle

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATO, BELOP = "dd.mm.yyyy", "#,##0.00"
FORMAT: Final = {"frist": DATO, "meldt": DATO, "kostnad": BELOP}
LENGST: Final = 32_000  # characters that one cell takes
LINJE, FLEST_LINJER = 15.5, 26  # points; a row is at most 409 high


def regneark(samarbeid: Samarbeid, fakta: Sequence[Fakta], tiltak: Mapping[int, Tiltak]) -> bytes:
    """One row a measure, in the order of `fakta`; a heading row that stays; the key and the mark at the end, locked."""
    from openpyxl import Workbook

    bok = Workbook()
    bok.properties.creator = f"{samarbeid.modellnavn} {samarbeid.navn}"
    bok.properties.title = _("Tiltak")
    ark: Any = bok.active
    ark.title = _("Tiltak")
    ark.append([str(tittel) for tittel, _bredde in KOLONNER.values()])
    for rad in fakta:
        ark.append([None] * len(KOLONNER))
        for kolonne, navn in enumerate(KOLONNER, start=1):
            _skriv(ark.cell(ark.max_row, kolonne), navn, _innhold(navn, rad, tiltak[rad.pk]))
        ark.row_dimensions[ark.max_row].height = LINJE * _linjer(tiltak[rad.pk])
    _still_inn(ark)
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


def _linjer(tiltak: Tiltak) -> int:
    """About how many lines the fullest cell needs, for programs that do not reckon it themselves."""
    hoyest = 1
    for navn in ENDRES:
        linjer = str(celle(tiltak, navn) or "").split("\n")
        hoyest = max(hoyest, sum(1 + len(linje) // KOLONNER[navn][1] for linje in linjer))
    return min(hoyest, FLEST_LINJER)


def _innhold(navn: str, rad: Fakta, tiltak: Tiltak) -> Any:
    match navn:
        case "nummer":
            return tiltak.nummer or None
        case "tilstand":
            return str(MERKER[rad.tilstand].ord)
        case "meldt":
            return oslo_dato(rad.siste_meldt) if rad.siste_meldt else None
        case "nokkel":
            return tiltak.pk
        case "avtrykk":
            return avtrykk(tiltak)
    return celle(tiltak, navn)


def _skriv(celle_: Any, navn: str, verdi: Any) -> None:
    """A text is text whatever it begins with: «=…» is nothing to reckon."""
    from openpyxl.styles import Alignment, Protection

    celle_.value = verdi[:LENGST] if isinstance(verdi, str) else verdi
    if isinstance(verdi, str) and verdi:
        celle_.data_type = "s"
        celle_.quotePrefix = verdi[0] in "=+-@\t"
    celle_.alignment = Alignment(wrap_text=True, vertical="top")
    celle_.protection = Protection(locked=navn not in ENDRES)
    if navn in FORMAT:
        celle_.number_format = FORMAT[navn]


def _still_inn(ark: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for kolonne, (navn, (_tittel, bredde)) in enumerate(KOLONNER.items(), start=1):
        bokstav = get_column_letter(kolonne)
        ark.column_dimensions[bokstav].width = bredde
        ark.column_dimensions[bokstav].hidden = navn == AVTRYKK
        hode = ark.cell(1, kolonne)
        hode.font = Font(bold=True, color="12242A" if navn in ENDRES else "43565C")
        hode.fill = PatternFill("solid", fgColor="E1EEF1" if navn in ENDRES else "E8EEEE")
        hode.alignment = Alignment(vertical="top")
    ark.freeze_panes = "C2"
    ark.auto_filter.ref = f"A1:{get_column_letter(list(KOLONNER).index(NOKKEL) + 1)}{ark.max_row}"
    ark.protection.sheet = True
    for tillatt in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(ark.protection, tillatt, False)  # what is not protected against
    ark.page_setup.orientation, ark.page_setup.fitToHeight = "landscape", 0
    ark.sheet_properties.pageSetUpPr.fitToPage = True
    ark.print_title_rows = "1:1"
