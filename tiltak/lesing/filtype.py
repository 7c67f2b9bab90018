"""What a file is, told by its content alone; and what stops a zip before anything in it is parsed."""

import io
import zipfile
from enum import Enum

from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from tiltak.lesing.tabell import MAKS_BYTE, for_stor

MAKS_PAKKET_UT = 60 * 1024 * 1024
MAKS_XML = 10 * 1024 * 1024  # of one part; a plan of 500 measures has about one
MAKS_DELER = 2000
OLE, PDF, RTF, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf", b"PK"
DTD = tuple("<!DOCTYPE".encode(tegnsett) for tegnsett in ("ascii", "utf-16-le", "utf-16-be"))


class Filtype(Enum):
    WORD = "word"
    EXCEL = "excel"
    PDF = "pdf"
    TEKST = "tekst"


def kjenn_igjen(innhold: bytes) -> Filtype:
    """The kind of file. Raises Regelbrudd for what is not read, before anything is unpacked or parsed."""
    if not innhold.strip():
        raise Regelbrudd(_("Ingenting er lest. Fila er tom."))
    if len(innhold) > MAKS_BYTE:
        raise for_stor()
    if innhold.startswith(OLE):
        raise _ole(innhold)
    if innhold.startswith(RTF):
        raise Regelbrudd(_("Ingenting er lest. Fila er i RTF-format. Lagre den som Word-dokument (.docx)."))
    if innhold.startswith(ZIP):
        return _pakket(innhold)
    if PDF in innhold[:1024]:
        return Filtype.PDF
    return Filtype.TEKST


def _ole(innhold: bytes) -> Regelbrudd:
    if "EncryptedPackage".encode("utf-16-le") in innhold:
        return passord()
    return Regelbrudd(
        _("Ingenting er lest. Fila er i et gammelt Word- eller Excel-format. Lagre den som .docx eller .xlsx.")
    )


def passord() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Fila er låst med passord. Ta bort passordet, og prøv igjen."))


def odelagt() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Fila er ødelagt eller ufullstendig. Åpne den, og lagre den på nytt."))


def feil_type() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Bruk Word (.docx), Excel (.xlsx), .csv, .pdf eller ren tekst."))


def _pakket(innhold: bytes) -> Filtype:
    """Word or Excel, when its parts and the sizes it declares (no more is ever unpacked) are in order."""
    try:
        with zipfile.ZipFile(io.BytesIO(innhold)) as arkiv:
            deler = {del_.filename: del_ for del_ in arkiv.infolist()}
            _se_over(deler)
            if "word/document.xml" in deler:
                filtype = Filtype.WORD
            elif "xl/workbook.xml" in deler:
                filtype = Filtype.EXCEL
            else:
                raise feil_type()
            _stopp_dtd(arkiv, deler)
            return filtype
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as feil:
        raise odelagt() from feil


def _se_over(deler: dict[str, zipfile.ZipInfo]) -> None:
    store_xml = [d for navn, d in deler.items() if navn.endswith((".xml", ".rels")) and d.file_size > MAKS_XML]
    if len(deler) > MAKS_DELER or store_xml or sum(d.file_size for d in deler.values()) > MAKS_PAKKET_UT:
        raise Regelbrudd(_("Ingenting er lest. Fila er altfor stor når den pakkes ut. Ta med bare planen."))
    if any(del_.flag_bits & 1 for del_ in deler.values()):
        raise passord()
    if any(navn.lower().endswith("vbaproject.bin") for navn in deler):
        raise Regelbrudd(_("Ingenting er lest. Fila har makroer. Lagre den uten, som .docx eller .xlsx."))


def _stopp_dtd(arkiv: zipfile.ZipFile, deler: dict[str, zipfile.ZipInfo]) -> None:
    """An office file has no document type declaration; with one come entities that grow or reach out."""
    for navn in deler:
        if navn.endswith((".xml", ".rels")):
            xml = arkiv.read(navn)
            if any(merke in xml for merke in DTD):
                raise odelagt()
