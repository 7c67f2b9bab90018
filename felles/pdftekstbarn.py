"""Run as a program of its own: a PDF in, its texts out as JSON. Knows nothing of Django."""

import ctypes
import json
import resource
import sys
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

MAKS_MINNE = 1024 * 1024 * 1024
MAKS_SEKUNDER = 30
MAKS_SIDER = 1000
MAKS_TEGN = 20_000_000
FELT = (b"Contents", b"V", b"T", b"TU", b"RC")  # what a note or a form's field says


class Stopp(Exception):
    """Why the file is not taken in: a word that felles.filer knows."""


def tekster(innhold: bytes) -> list[str]:
    dokument = pdfium.PdfDocument(innhold)
    if dokument.count_attachments():
        raise Stopp("filer_inni")
    if c.FPDFDoc_GetJavaScriptActionCount(dokument) > 0:
        raise Stopp("makroer")
    if len(dokument) > MAKS_SIDER:
        raise Stopp("for_lang")
    funnet = [*dokument.get_metadata_dict().values(), *(post.get_title() for post in dokument.get_toc())]
    for side in dokument:
        funnet.append(side.get_textpage().get_text_range())
        funnet += notater(side)
        side.close()
        if sum(map(len, funnet)) > MAKS_TEGN:
            raise Stopp("for_lang")
    return [tekst for tekst in funnet if tekst]


def notater(side: Any) -> list[str]:
    ut = []
    for nummer in range(c.FPDFPage_GetAnnotCount(side)):
        notat = c.FPDFPage_GetAnnot(side, nummer)
        ut += [verdi for felt in FELT if (verdi := streng(notat, felt))]
        c.FPDFPage_CloseAnnot(notat)
    return ut


def streng(notat: Any, felt: bytes) -> str:
    lengde = c.FPDFAnnot_GetStringValue(notat, felt, None, 0)
    if lengde <= 2:
        return ""
    buffer = ctypes.create_string_buffer(lengde)
    c.FPDFAnnot_GetStringValue(notat, felt, ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), lengde)
    return buffer.raw[: lengde - 2].decode("utf-16-le", errors="replace")


def svar(innhold: bytes) -> dict[str, Any]:
    try:
        return {"tekster": tekster(innhold)}
    except Stopp as stopp:
        return {"feil": str(stopp)}
    except Exception as feil:  # whatever a broken file makes the library meet; the process ends here anyway
        return {"feil": "passord" if "assword" in str(feil) else "odelagt"}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MAKS_MINNE, MAKS_MINNE))
    resource.setrlimit(resource.RLIMIT_CPU, (MAKS_SEKUNDER, MAKS_SEKUNDER))
    json.dump(svar(sys.stdin.buffer.read()), sys.stdout)
