"""Every text in a file, so that a fødselsnummer in it can be found before anything is stored.

Word processors cut a number into several runs, spreadsheets keep it as a number that may have lost its first zero, and
a chart carries a whole workbook inside. A picture of a number is not read.
"""

import html
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from felles.filer import OLE, ZIP, Avvist, Filslag, Grenser, Grunn, apnet, dekod, er_xml, kjenn_igjen
from felles.personnummer import inneholder_personnummer

BARN = Path(__file__).with_name("pdftekstbarn.py")
MAKS_SEKUNDER = 40
DYPEST = 3  # a workbook in a chart in a presentation in a document
OFFICE = (Filslag.DOCX, Filslag.XLSX, Filslag.PPTX, Filslag.ODT, Filslag.ODS, Filslag.ODP)

# The end of whatever stands on a line or in a cell of its own; every other mark is inside a word.
_SKILLE = re.compile(
    r"</(?:\w+:)?(?:p|h|tc|si|row|c|v|comment|table-cell|title|pt)>|<(?:\w+:)?(?:br|cr|tab|s|line-break)\b[^<>]*>"
)
_MERKE = re.compile(r"<[^<>]*>")
_CELLE = re.compile(r"<(?:\w+:)?c\b([^<>]*)>(?:(?!</(?:\w+:)?c>).){0,4000}?<(?:\w+:)?v>([0-9]{10,11})</", re.DOTALL)
_EGENSKAP = re.compile(
    r"\b(?:descr|title|Target|(?:xlink:)?href|office:string-value|(?:w:)?displayText|office:value|alt)="
    r"(?:\"([^\"<]*)\"|'([^'<]*)')"
)
_SIFRE_ALENE = re.compile(rb"[\x80-\xff]")


def har_personnummer(innhold: bytes, slag: Filslag, grenser: Grenser) -> bool:
    """Whether there is a fødselsnummer in the text of the file. Raises Avvist when its text cannot be read."""
    return any(inneholder_personnummer(tekst) for tekst in tekster(innhold, slag, grenser))


def tekster(innhold: bytes, slag: Filslag, grenser: Grenser, dypde: int = 0) -> Iterator[str]:
    """The texts of the file, each whole."""
    if slag in OFFICE:
        yield from _office(innhold, grenser, dypde)
    elif slag == Filslag.PDF:
        yield from pdftekster(innhold)
    elif slag == Filslag.TEKST:
        yield dekod(innhold)
    else:
        yield sifre_i(innhold)


def sifre_i(innhold: bytes) -> str:
    """What of some bytes that may be text, with every other byte as a letter, so that no digits come together."""
    return _SIFRE_ALENE.sub(b"x", innhold).decode("ascii")


def _office(innhold: bytes, grenser: Grenser, dypde: int) -> Iterator[str]:
    if dypde > DYPEST:
        raise Avvist(Grunn.PAKKET_UT)
    with apnet(innhold) as arkiv:
        for del_ in arkiv.infolist():
            if er_xml(del_.filename):
                yield from xmltekster(_tegn(arkiv.read(del_)))
            else:
                yield from _inni(arkiv, del_, grenser, dypde)


def _inni(arkiv: zipfile.ZipFile, del_: zipfile.ZipInfo, grenser: Grenser, dypde: int) -> Iterator[str]:
    """The text of what is no XML: a picture, an older object, or a whole file of its own."""
    yield del_.filename
    innhold = arkiv.read(del_)
    if innhold.startswith(ZIP):
        yield from tekster(innhold, kjenn_igjen(innhold, grenser), grenser, dypde + 1)
        return
    yield sifre_i(innhold)
    if innhold.startswith(OLE):
        yield sifre_i(innhold.replace(b"\0", b""))  # text of two bytes a letter


def _tegn(xml: bytes) -> str:
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        return xml.decode("utf-16", errors="replace")
    return xml.decode("utf-8-sig", errors="replace")


def xmltekster(xml: str) -> Iterator[str]:
    """The text, the numbers in cells as they are shown, and the attributes that people write in."""
    yield html.unescape(_MERKE.sub("", _SKILLE.sub("\n", xml)))
    for egenskaper, tall in _CELLE.findall(xml):
        if 't="s"' not in egenskaper:
            yield tall.zfill(11)
    for treff in _EGENSKAP.finditer(xml):
        verdi = treff[1] if treff[1] is not None else treff[2]
        yield verdi.zfill(11) if re.fullmatch("[0-9]{10}", verdi) else html.unescape(verdi)


def pdftekster(innhold: bytes) -> list[str]:
    """What a PDF says: pages, notes, fields, headings and properties. Read in a process of its own, with limits."""
    try:
        svar = subprocess.run(
            [sys.executable, "-I", str(BARN)], input=innhold, capture_output=True, timeout=MAKS_SEKUNDER, check=False
        )
        lest = json.load(io.BytesIO(svar.stdout)) if svar.returncode == 0 else {"feil": "odelagt"}
    except (subprocess.TimeoutExpired, ValueError):
        lest = {"feil": "odelagt"}
    if feil := lest.get("feil"):
        raise Avvist(Grunn(feil))
    return [str(tekst) for tekst in lest["tekster"]]
