"""What a file is, told by its content alone, never by its name; and what stops a zip before anything in it is parsed.

Raises `Avvist` with the reason; whoever asks puts it in words that say what did not happen.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from felles.felt import har_styretegn

OLE, PDF, RTF, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf", b"PK"
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
DTD = tuple("<!DOCTYPE".encode(tegnsett) for tegnsett in ("ascii", "utf-16-le", "utf-16-be"))
KRYPTERT_ODF = b"encryption-data"
MED_MAKROER = b"macroEnabled"
SKJERM = "\f"  # a page break; the one control character that plain text may hold besides tab and line breaks


# What a zip that is broken, or packed in a way nobody uses, makes the library say.
ODELAGT = (
    zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error, lzma.LZMAError,
)  # fmt: skip


class Filslag(Enum):
    """The kinds that are known, each by the ending that its files have."""

    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    TEKST = "txt"


class Grunn(Enum):
    TOM = "tom"
    FOR_STOR = "for_stor"
    PASSORD = "passord"
    MAKROER = "makroer"
    ODELAGT = "odelagt"
    GAMMEL = "gammel"
    RTF = "rtf"
    PAKKET_UT = "pakket_ut"
    UKJENT = "ukjent"
    FILER_INNI = "filer_inni"
    FOR_LANG = "for_lang"


class Avvist(Exception):
    """A file that is not taken in, and why."""

    def __init__(self, grunn: Grunn) -> None:
        super().__init__(grunn.value)
        self.grunn = grunn


@dataclass(frozen=True)
class Grenser:
    """Bytes: of the file, of all its parts unpacked, and of one part of XML; and how many parts it may have."""

    fil: int
    pakket_ut: int = 60 * 1024 * 1024
    xml: int = 20 * 1024 * 1024
    deler: int = 2000


OFFICE = {
    "word/document.xml": Filslag.DOCX,
    "xl/workbook.xml": Filslag.XLSX,
    "ppt/presentation.xml": Filslag.PPTX,
}
ODF = {
    b"application/vnd.oasis.opendocument.text": Filslag.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Filslag.ODS,
    b"application/vnd.oasis.opendocument.presentation": Filslag.ODP,
}


def kjenn_igjen(innhold: bytes, grenser: Grenser) -> Filslag:
    """The kind of file. Raises Avvist for what is not known or not safe, before anything is unpacked or parsed.

    What is none of the others may still be text: see `er_tekst`.
    """
    if not innhold.strip():
        raise Avvist(Grunn.TOM)
    if len(innhold) > grenser.fil:
        raise Avvist(Grunn.FOR_STOR)
    if innhold.startswith(OLE):
        raise Avvist(Grunn.PASSORD if "EncryptedPackage".encode("utf-16-le") in innhold else Grunn.GAMMEL)
    if innhold.startswith(RTF):
        raise Avvist(Grunn.RTF)
    if innhold.startswith(ZIP):
        return _pakket(innhold, grenser)
    if innhold.startswith(PNG):
        return Filslag.PNG
    if innhold.startswith(JPEG):
        return Filslag.JPEG
    return Filslag.PDF if PDF in innhold[:1024] else Filslag.TEKST


def er_tekst(innhold: bytes) -> bool:
    """Whether it is plain text, in any of the encodings that text is saved in here."""
    try:
        return not har_styretegn(dekod(innhold).replace(SKJERM, ""))
    except UnicodeDecodeError:
        return False


def dekod(innhold: bytes) -> str:
    """The text of a file of plain text. Raises UnicodeDecodeError when it is none."""
    if innhold.startswith((b"\xff\xfe", b"\xfe\xff")):
        return innhold.decode("utf-16")
    try:
        return innhold.decode("utf-8-sig")
    except UnicodeDecodeError:
        return innhold.decode("cp1252")


@contextmanager
def apnet(innhold: bytes) -> Iterator[zipfile.ZipFile]:
    """The zip, to be read. What breaks on the way becomes Avvist."""
    try:
        with zipfile.ZipFile(io.BytesIO(innhold)) as arkiv:
            yield arkiv
    except ODELAGT as feil:
        raise Avvist(Grunn.ODELAGT) from feil


def er_xml(navn: str) -> bool:
    return navn.lower().endswith((".xml", ".rels", ".rdf", ".vml"))


def _pakket(innhold: bytes, grenser: Grenser) -> Filslag:
    """An office file, when its parts and the sizes it declares (no more is ever unpacked) are in order."""
    with apnet(innhold) as arkiv:
        deler = {del_.filename: del_ for del_ in arkiv.infolist()}
        _se_over(deler, grenser)
        slag = _slag(arkiv, deler)
        _stopp_farlig(arkiv, deler)
        return slag


def _slag(arkiv: zipfile.ZipFile, deler: dict[str, zipfile.ZipInfo]) -> Filslag:
    for del_, slag in OFFICE.items():
        if del_ in deler:
            return slag
    if "mimetype" in deler and deler["mimetype"].file_size < 100 and "content.xml" in deler:
        odf = ODF.get(arkiv.read("mimetype").strip())
        if odf is not None:
            return odf
    raise Avvist(Grunn.UKJENT)


def _se_over(deler: dict[str, zipfile.ZipInfo], grenser: Grenser) -> None:
    store_xml = [d for navn, d in deler.items() if er_xml(navn) and d.file_size > grenser.xml]
    i_alt = sum(d.file_size for d in deler.values())
    if len(deler) > grenser.deler or store_xml or i_alt > grenser.pakket_ut:
        raise Avvist(Grunn.PAKKET_UT)
    if any(del_.flag_bits & 1 for del_ in deler.values()):
        raise Avvist(Grunn.PASSORD)
    if any(_er_makro(navn) for navn in deler):
        raise Avvist(Grunn.MAKROER)


def _er_makro(navn: str) -> bool:
    return navn.lower().endswith("vbaproject.bin") or navn.startswith(("Basic/", "Scripts/"))


def _stopp_farlig(arkiv: zipfile.ZipFile, deler: dict[str, zipfile.ZipInfo]) -> None:
    """An office file has no document type declaration; with one come entities that grow or reach out."""
    for navn in deler:
        if not er_xml(navn):
            continue
        xml = arkiv.read(navn)
        if navn == "META-INF/manifest.xml" and KRYPTERT_ODF in xml:
            raise Avvist(Grunn.PASSORD)
        if navn == "[Content_Types].xml" and MED_MAKROER in xml:
            raise Avvist(Grunn.MAKROER)
        if any(merke in xml for merke in DTD):
            raise Avvist(Grunn.ODELAGT)
