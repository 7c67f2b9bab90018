"""What a file with a plan is, told by its content alone, and why one is not read, in words."""

from collections.abc import Callable
from enum import Enum

from django.utils.translation import gettext as _

from felles.filer import Avvist, Filslag, Grenser, Grunn
from felles.filer import kjenn_igjen as hva_er
from felles.unntak import Regelbrudd
from tiltak.lesing.tabell import MAKS_BYTE, for_stor

GRENSER = Grenser(fil=MAKS_BYTE, xml=10 * 1024 * 1024)  # a plan of 500 measures has about 1 MB of XML


class Filtype(Enum):
    WORD = "word"
    EXCEL = "excel"
    PDF = "pdf"
    TEKST = "tekst"


LESES = {
    Filslag.DOCX: Filtype.WORD,
    Filslag.XLSX: Filtype.EXCEL,
    Filslag.PDF: Filtype.PDF,
    Filslag.TEKST: Filtype.TEKST,
}


def kjenn_igjen(innhold: bytes) -> Filtype:
    """The kind of file. Raises Regelbrudd for what is not read, before anything is unpacked or parsed."""
    try:
        filtype = LESES.get(hva_er(innhold, GRENSER))
    except Avvist as avvist:
        raise HVORFOR[avvist.grunn]() from avvist
    if filtype is None:
        raise feil_type()
    return filtype


def tom() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Fila er tom."))


def passord() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Fila er låst med passord. Ta bort passordet, og prøv igjen."))


def odelagt() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Fila er ødelagt eller ufullstendig. Åpne den, og lagre den på nytt."))


def feil_type() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Bruk Word (.docx), Excel (.xlsx), .csv, .pdf eller ren tekst."))


def gammel() -> Regelbrudd:
    return Regelbrudd(
        _("Ingenting er lest. Fila er i et gammelt Word- eller Excel-format. Lagre den som .docx eller .xlsx.")
    )


def rtf() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Fila er i RTF-format. Lagre den som Word-dokument (.docx)."))


def pakket_ut() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Fila er altfor stor når den pakkes ut. Ta med bare planen."))


def makroer() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Fila har makroer. Lagre den uten, som .docx eller .xlsx."))


HVORFOR: dict[Grunn, Callable[[], Regelbrudd]] = {
    Grunn.TOM: tom,
    Grunn.FOR_STOR: for_stor,
    Grunn.PASSORD: passord,
    Grunn.MAKROER: makroer,
    Grunn.ODELAGT: odelagt,
    Grunn.GAMMEL: gammel,
    Grunn.RTF: rtf,
    Grunn.PAKKET_UT: pakket_ut,
    Grunn.UKJENT: feil_type,
}
