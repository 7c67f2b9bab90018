"""Tables of a Word document, walked in its XML: python-docx' own cells cost the square of the rows."""

import io
import re
from collections.abc import Iterator
from typing import Any

from tiltak.lesing.filtype import odelagt
from tiltak.lesing.tabell import KULE, MAKS_KOLONNER, MAKS_RADER, Rad, Tabell, for_bred, for_mange_rader

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UTELATT = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText"}  # struck out by tracked changes
RESERVE = "Fallback"  # the same drawing once more, for older programs
LENGSTE_OVERSKRIFT = 120
_OVERSKRIFT = re.compile(r"heading|overskrift|tittel|title", re.IGNORECASE)
_LISTE = re.compile(r"list|punkt", re.IGNORECASE)


def les_docx(innhold: bytes) -> list[Tabell]:
    """Every table in order, each with the heading it stands under. Raises Regelbrudd when the file cannot be read."""
    from docx import Document

    try:
        dokument: Any = Document(io.BytesIO(innhold))
        kropp = dokument.element.body
        stiler = {stil.style_id: (stil.name or "", stil.element) for stil in dokument.styles}
    except Exception as feil:  # lxml, zipfile, KeyError: python-docx names no error of its own for a broken file
        raise odelagt() from feil
    if sum(1 for _rad in kropp.iter(f"{W}tr")) > MAKS_RADER:
        raise for_mange_rader()
    tabeller = list(_tabeller(kropp, stiler))
    return tabeller or [_liste(kropp, stiler)]


def _tabeller(kropp: Any, stiler: dict[str, Any]) -> Iterator[Tabell]:
    overskrift = ""
    for element in _innhold(kropp):
        if element.tag == f"{W}tbl":
            yield Tabell(overskrift, _rader(element, stiler))
        elif tekst := "".join(_tekst(element)).strip():
            er_overskrift = bool(_OVERSKRIFT.search(_stil(element, stiler)[0]))
            kort = len(tekst) <= LENGSTE_OVERSKRIFT and not tekst.endswith((".", ","))
            overskrift = tekst if er_overskrift or kort else overskrift


def _innhold(kropp: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls."""
    for element in kropp:
        if element.tag == f"{W}sdt":
            yield from _innhold(element.findall(f"{W}sdtContent/*"))
        elif element.tag in {f"{W}p", f"{W}tbl"}:
            yield element


def _liste(kropp: Any, stiler: dict[str, Any]) -> Tabell:
    """A document without a table: its list items, one a row."""
    avsnitt = [_avsnitt(p, stiler) for p in _innhold(kropp)]
    return Tabell("", [Rad(nr, (tekst,)) for nr, tekst in enumerate(avsnitt, start=1) if tekst.startswith(KULE)])


def _rader(tabell: Any, stiler: dict[str, Any]) -> list[Rad]:
    rader: list[Rad] = []
    for nummer, tr in enumerate(_barn(tabell, "tr"), start=1):
        celler: list[str] = [""] * _tall(tr, f"{W}trPr/{W}gridBefore")
        arvet: set[int] = set()
        spenn = 0
        for tc in _barn(tr, "tc"):
            spenn, bredde = spenn + 1, max(_tall(tc, f"{W}tcPr/{W}gridSpan"), 1)
            flettet = tc.find(f"{W}tcPr/{W}vMerge")
            fra_over = flettet is not None and flettet.get(f"{W}val", "continue") == "continue"
            if fra_over and rader and len(celler) < len(rader[-1].celler):
                arvet.add(len(celler))
                tekst = rader[-1].celler[len(celler)]
            else:
                tekst = _celle(tc, stiler)
            celler += [tekst, *[""] * (bredde - 1)]
            if len(celler) > 10 * MAKS_KOLONNER:
                raise for_bred()
        rader.append(Rad(nummer, tuple(celler), frozenset(arvet), hel=spenn == 1 and len(celler) > 1))
    return rader


def _barn(element: Any, navn: str) -> Iterator[Any]:
    for barn in element:
        if barn.tag == f"{W}{navn}":
            yield barn
        elif barn.tag == f"{W}sdt":
            yield from _barn(barn.find(f"{W}sdtContent"), navn)


def _tall(element: Any, sti: str) -> int:
    funnet = element.find(sti)
    verdi = funnet.get(f"{W}val", "") if funnet is not None else ""
    return min(int(verdi), 100) if verdi.isdecimal() else 0


def _celle(tc: Any, stiler: dict[str, Any]) -> str:
    return "\n".join(_avsnitt(p, stiler) for p in tc.iter(f"{W}p"))


def _avsnitt(p: Any, stiler: dict[str, Any]) -> str:
    tekst = "".join(_tekst(p)).strip()
    return f"{KULE}{tekst}" if tekst and _er_punkt(p, stiler) else tekst


def _er_punkt(p: Any, stiler: dict[str, Any]) -> bool:
    """A bullet of the paragraph's own, or of its style's."""
    eget = p.find(f"{W}pPr/{W}numPr")
    if eget is not None:
        nummer = eget.find(f"{W}numId")
        return nummer is None or nummer.get(f"{W}val") != "0"
    navn, element = _stil(p, stiler)
    return bool(_LISTE.search(navn)) and (
        navn.startswith("List Bullet") or (element is not None and element.find(f"{W}pPr/{W}numPr") is not None)
    )


def _stil(p: Any, stiler: dict[str, Any]) -> tuple[str, Any]:
    stil = p.find(f"{W}pPr/{W}pStyle")
    return stiler.get(stil.get(f"{W}val"), ("", None)) if stil is not None else ("", None)


def _tekst(element: Any) -> Iterator[str]:
    for barn in element:
        if barn.tag in UTELATT or str(barn.tag).endswith(RESERVE):
            continue
        if barn.tag == f"{W}t":
            yield barn.text or ""
        elif barn.tag in {f"{W}br", f"{W}cr"}:
            yield "\n"
        elif barn.tag in {f"{W}tab", f"{W}noBreakHyphen"}:
            yield "-" if barn.tag.endswith("Hyphen") else " "
        else:
            yield from _tekst(barn)
