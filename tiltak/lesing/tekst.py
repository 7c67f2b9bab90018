"""Text files: which letters the bytes are, and which sign parts the columns."""

import csv
import io
import re
from collections import Counter

from tiltak.lesing.filtype import feil_type
from tiltak.lesing.tabell import MAKS_RADER, Rad, Tabell, for_mange_rader

SKILLETEGN = (";", ",")  # a tab is for pasted text, which a tab-separated file reads as
NOK = 0.8  # of the rows must have the same number of columns
BOM = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SETNING = re.compile(r"[.!?]$")


def dekod(innhold: bytes) -> str:
    """The text. Raises Regelbrudd for bytes that are not text."""
    tekst = _dekod(innhold)
    if "\x00" in tekst or sum(tegn < " " and tegn not in "\t\n\r\v\f" for tegn in tekst) > len(tekst) // 100:
        raise feil_type()
    return tekst


def _dekod(innhold: bytes) -> str:
    for merke, tegnsett in BOM.items():
        if innhold.startswith(merke):
            return innhold.decode(tegnsett, errors="replace")
    prove = innhold[:2000]
    if len(prove) >= 4 and prove[1::2].count(0) > len(prove) // 3:
        return innhold.decode("utf-16-le", errors="replace")
    if len(prove) >= 4 and prove[::2].count(0) > len(prove) // 3:
        return innhold.decode("utf-16-be", errors="replace")
    try:
        return innhold.decode("utf-8")
    except UnicodeDecodeError:
        return innhold.decode("cp1252", errors="replace")


def les_csv(tekst: str) -> list[Tabell]:
    """The table of a .csv; nothing when no sign parts the rows alike. Raises Regelbrudd for too many rows."""
    if "\t" in tekst:
        return []
    kandidater = [(andel, bredde, rader) for tegn in SKILLETEGN for andel, bredde, rader in [_prov(tekst, tegn)]]
    andel, bredde, rader = max(kandidater, key=lambda kandidat: kandidat[:2])
    if andel < NOK or bredde < 2 or len(rader) < 2 or _er_prosa(rader):
        return []
    return [Tabell("", rader)]


def _prov(tekst: str, tegn: str) -> tuple[float, int, list[Rad]]:
    """How large a part of the rows have the commonest number of columns, that number, and the rows."""
    leser = csv.reader(io.StringIO(tekst, newline=""), delimiter=tegn)
    rader: list[Rad] = []
    forrige = 0
    try:
        for celler in leser:
            rader.append(Rad(forrige + 1, tuple(celler)))
            forrige = leser.line_num
            if len(rader) > 40 * MAKS_RADER:
                raise for_mange_rader()
    except csv.Error:
        return 0.0, 0, []
    fylte = [rad for rad in rader if any(celle.strip() for celle in rad.celler)]
    bredder = Counter(len(rad.celler) for rad in fylte)
    if not bredder:
        return 0.0, 0, []
    bredde, antall = bredder.most_common(1)[0]
    if len(fylte) > MAKS_RADER and bredde > 1:
        raise for_mange_rader()
    return antall / len(fylte), bredde, fylte


def _er_prosa(rader: list[Rad]) -> bool:
    """Sentences that happen to have as many commas each."""
    return len(rader) < 3 and all(_SETNING.search(rad.celler[-1].strip()) for rad in rader)
