"""Documents as PDF: a Typst template and data in, the bytes of an accessible and lasting PDF out.

    pdf("innkalling", {"tittel": …, "saker": […]}, malform="nb", dato=mote.dato)

The templates lie in `templates/dokumenter/` and hold no words: whatever a reader reads comes in as data, in the
Samarbeid's målform. Each builds on `felles.typ` (page, type, headings, what is quoted). The same data give the same
bytes, as PDF/UA-1 and PDF/A-2a at once. It takes time, so it is never done inside a transaction.
"""

import datetime as dt
import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import font_source_sans_pro
import font_source_serif_pro
import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

STANDARDER: Final[list[Any]] = ["ua-1", "a-2a"]
UTEN_TEGN: Final = "?"  # for a letter that neither typeface has; Typst refuses the whole document otherwise


def pdf(mal: str, data: Mapping[str, Any], *, malform: str, dato: dt.date) -> bytes:
    """The document `mal` with `data` in it. `data["tittel"]` is its title, `dato` the day it says it was made.

    Raises `typst.TypstError` when the template does not fit the data: a mistake in the code, never in what was written.
    """
    mappe = Path(settings.BASE_DIR) / "templates" / "dokumenter"
    with translation.override(malform):
        felles = {"malform": malform, "sidetall": _("Side %(side)s av %(sider)s")}
    innhold = typst.compile(
        str(mappe / f"{mal}.typ"),
        root=str(mappe),
        font_paths=_skrifter(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_viselig({**felles, **data}), ensure_ascii=False)},
        format="pdf",
        pdf_standards=STANDARDER,
        timestamp=dt.datetime.combine(dato, dt.time(), dt.UTC),
    )
    assert isinstance(innhold, bytes)
    return innhold


def avsnitt(tekst: str) -> list[str]:
    """The paragraphs of a free text, as the templates want them: an empty line parts two."""
    linjer = tekst.replace("\r\n", "\n").split("\n\n")
    return [linje.strip("\n") for linje in linjer if linje.strip()]


@cache
def _skrifter() -> typst.Fonts:
    """Our two typefaces from their packages, and no others, so that all machines set the same page."""
    mapper = [str(font_source_sans_pro.font_directory), str(font_source_serif_pro.font_directory)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=mapper)


@cache
def _tegn() -> frozenset[str]:
    """The letters that both cuts of the sans have; the serif falls back to it."""
    snitt = []
    for navn in ("Regular", "Semibold"):
        with TTFont(Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{navn}.otf", lazy=True) as skrift:
            snitt.append(skrift.getBestCmap().keys())
    return frozenset(map(chr, snitt[0] & snitt[1])) | {"\n"}


def _viselig(verdi: Any) -> Any:
    """The same data with every text made of letters that can be set."""
    if isinstance(verdi, str):
        return "".join(map(_tegnet, unicodedata.normalize("NFC", verdi.replace("\r\n", "\n"))))
    if isinstance(verdi, Mapping):
        return {nokkel: _viselig(under) for nokkel, under in verdi.items()}
    if isinstance(verdi, list | tuple):
        return [_viselig(under) for under in verdi]
    return verdi


@cache
def _tegnet(tegn: str) -> str:
    """One letter as it can be set: itself, its plain form, nothing for what is never seen, or a question mark."""
    if tegn in _tegn():
        return tegn
    if tegn == "\t":
        return " "
    if unicodedata.category(tegn) in ("Cc", "Cf", "Mn", "Me"):
        return ""
    enkel = unicodedata.normalize("NFKC", tegn)
    return enkel if enkel != tegn and all(ett in _tegn() for ett in enkel) else UTEN_TEGN
