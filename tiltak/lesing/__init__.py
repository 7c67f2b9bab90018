"""Tables out of files and pasted text. Pure: bytes in, tables out; knows no model and stores nothing.

`les_fil` tells the format by the content, never by the name, and refuses what cannot be read with a sentence.
"""

from tiltak.lesing.excel import les_xlsx
from tiltak.lesing.filtype import Filtype, kjenn_igjen
from tiltak.lesing.lim import les_html, les_lim
from tiltak.lesing.pdf import les_pdf
from tiltak.lesing.tabell import MAKS_BYTE, Rad, Tabell, ferdig, fra_json, som_json
from tiltak.lesing.tekst import dekod, les_csv
from tiltak.lesing.word import les_docx

__all__ = [
    "MAKS_BYTE",
    "Filtype",
    "Rad",
    "Tabell",
    "fra_json",
    "kjenn_igjen",
    "les_fil",
    "les_tekst",
    "les_xlsx",
    "som_json",
]

BINARE = {Filtype.WORD: les_docx, Filtype.EXCEL: les_xlsx, Filtype.PDF: les_pdf}


def les_fil(innhold: bytes) -> list[Tabell]:
    """The tables of a file. Raises Regelbrudd (Personnummer for an identity number) with the reason in words."""
    leser = BINARE.get(kjenn_igjen(innhold))
    return ferdig(leser(innhold)) if leser else les_tekst(dekod(innhold))


def les_tekst(tekst: str) -> list[Tabell]:
    """The tables of pasted text: HTML, tabs, list, or the text of a .csv. Raises Regelbrudd as `les_fil` does."""
    return ferdig(les_html(tekst) or les_csv(tekst) or les_lim(tekst))
