"""Run as a program of its own: a PDF in, its tables out as JSON. Knows nothing of Django."""

import io
import json
import re
import resource
import sys
from typing import Any

MAKS_MINNE = 1024 * 1024 * 1024
MAKS_SEKUNDER = 30
MAKS_SIDER = 150
KULE = re.compile(r"\s*[•·▪◦‣●○■□➢✓\uf0b7\uf0a7–*-]\s+")


def tabeller(innhold: bytes) -> list[list[dict[str, Any]]]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(innhold)) as dokument:
        return [
            rader
            for side in dokument.pages[:MAKS_SIDER]
            for tabell in side.find_tables()
            if (rader := les(tabell)) and len(rader[0]["celler"]) > 1
        ]


def les(tabell: Any) -> list[dict[str, Any]]:
    ut: list[dict[str, Any]] = []
    for nummer, tekster in enumerate(tabell.extract()):
        celler = [brett_ut(tekst) for tekst in tekster]
        arvet = [k for k, tekst in enumerate(tekster) if tekst is None and fra_over(tabell.rows, nummer, k)]
        for kolonne in arvet:
            celler[kolonne] = ut[-1]["celler"][kolonne]
        fylt = [tekst for tekst in tekster if tekst is not None]
        ut.append({"celler": celler, "arvet": arvet, "hel": len(fylt) == 1 and len(celler) > 1 and not arvet})
    return ut


def fra_over(rader: Any, nummer: int, kolonne: int) -> bool:
    """Whether a cell further up reaches down over this row."""
    bunn = max(celle[3] for celle in rader[nummer].cells if celle)
    for rad in reversed(rader[:nummer]):
        celle = rad.cells[kolonne] if kolonne < len(rad.cells) else None
        if celle:
            return bool(celle[3] >= bunn - 2)
    return False


def brett_ut(tekst: str | None) -> str:
    """The cell's text without the line breaks that only the width of the column made."""
    linjer: list[str] = []
    for linje in (tekst or "").split("\n"):
        if KULE.match(linje):
            linjer.append(KULE.sub("• ", linje, count=1))
        elif not linjer:
            linjer.append(linje)
        elif re.search(r"[a-zæøå]-$", linjer[-1]) and re.match(r"(?!og\b|eller\b)[a-zæøå]", linje):
            linjer[-1] = linjer[-1][:-1] + linje
        else:
            linjer[-1] += " " + linje
    return "\n".join(linjer)


def svar(innhold: bytes) -> dict[str, Any]:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        return {"tabeller": tabeller(innhold)}
    except PdfminerException as feil:
        grunn = feil.args[0] if feil.args else None
        return {"feil": "passord" if isinstance(grunn, PDFPasswordIncorrect | PDFEncryptionError) else "odelagt"}
    except Exception:  # whatever a broken file makes the library meet; the process ends here anyway
        return {"feil": "odelagt"}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MAKS_MINNE, MAKS_MINNE))
    resource.setrlimit(resource.RLIMIT_CPU, (MAKS_SEKUNDER, MAKS_SEKUNDER))
    json.dump(svar(sys.stdin.buffer.read()), sys.stdout)
