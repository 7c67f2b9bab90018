"""Finds a personal identity number in a text, however it is written. Pure: no Django, no database.

What counts as one: eleven digits, perhaps with one space, dot or hyphen after the sixth, that hold

- a date ddmmyy, where the day may carry 40 (D-number) and the month 40 (H-number, and Nav's synthetic people), 65
  (Norsk helsenett's) or 80 (Skatteetaten's, Tenor). The year has two digits, and 29 February asks that it can be a
  leap year;
- two check digits by modulus 11. The first may leave a remainder of 0, 1, 2 or 3, the second only 0.

The remainders 1–3 are for numbers given from 1 January 2032. They are refused already now, because synthetic ones are
in use and an installation lives longer than that. Source: Skatteetaten, «Fødselsnummer fra 2032»,
https://skatteetaten.github.io/folkeregisteret-api-dokumentasjon/nytt-fodselsnummer-fra-2032/.
Every change of a single digit still breaks the second check digit.

What passes, and why:

- runs of another length than eleven: phone and organisation numbers, amounts, most case numbers;
- a number behind a plus sign that does not begin with zero: a phone abroad (a Swedish mobile has eleven digits);
- an account number written 1234.56.78903, since it is not split after the sixth. Written together it is eleven digits
  with the same last check digit, so about one in eight is refused: nothing in the digits tells it apart;
- Nav's own NPID (month + 20): its third and fourth digit are 21–32, as in every case number that begins with a year.
"""

import re
import unicodedata
from collections.abc import Iterator

VEKTER_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
VEKTER_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
TILLEGG_DAG = (0, 40)
TILLEGG_MANED = (0, 40, 65, 80)
DAGER = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
GYLDIG_REST_1 = range(4)

LIKNER = str.maketrans("\N{ONE DOT LEADER}\N{FULLWIDTH FULL STOP}\N{MIDDLE DOT}\N{FULLWIDTH PLUS SIGN}", "...+")
MONSTER = re.compile(r"(?<![0-9])(?<!\+(?=[1-9]))([0-9]{6})[\s.-]?([0-9]{5})(?![0-9])")


def finn_personnummer(tekst: str) -> tuple[int, int] | None:
    """Where the first identity number in `tekst` stands, as (start, end), or None."""
    if tekst.isascii():
        return next(_treff(tekst), None)
    rett = tekst.replace("\N{EN DASH}", "-").replace("\N{NO-BREAK SPACE}", " ")  # one for one: the places stay
    if not _SJELDNE.search(rett):  # every letter stands for itself: the common case, and ten times as fast
        return next(_treff(rett), None)
    renset, plasser = _rens(tekst)
    treff = next(_treff(renset), None)
    return (plasser[treff[0]], plasser[treff[1] - 1] + 1) if treff else None


def inneholder_personnummer(tekst: str) -> bool:
    """Whether there is an identity number in `tekst`."""
    return finn_personnummer(tekst) is not None


def er_personnummer(sifre: str) -> bool:
    """Whether eleven ASCII digits are an identity number of any series."""
    tall = [int(siffer) for siffer in sifre]
    rest_1 = (sum(v * s for v, s in zip(VEKTER_1, tall, strict=False)) + tall[9]) % 11
    rest_2 = sum(v * s for v, s in zip(VEKTER_2, tall, strict=True)) % 11
    return rest_1 in GYLDIG_REST_1 and rest_2 == 0 and _er_dato(int(sifre[:2]), int(sifre[2:4]), int(sifre[4:6]))


def _er_dato(dag: int, maned: int, ar: int) -> bool:
    for mer_dag in TILLEGG_DAG:
        for mer_maned in TILLEGG_MANED:
            d, m = dag - mer_dag, maned - mer_maned
            if 1 <= m <= 12 and 1 <= d <= DAGER[m - 1] and (d, m, ar % 4 == 0) != (29, 2, False):
                return True
    return False


def _treff(tekst: str) -> Iterator[tuple[int, int]]:
    return (m.span() for m in MONSTER.finditer(tekst) if er_personnummer(m[1] + m[2]))


def _rens(tekst: str) -> tuple[str, list[int]]:
    """The text with every kind of digit, space and dash as plain ASCII and the unseen characters gone; and where each
    remaining character came from."""
    tegn: list[str] = []
    plasser: list[int] = []
    for plass, c in enumerate(tekst):
        rent = _rent_tegn(c)
        if rent:
            tegn.append(rent)
            plasser.append(plass)
    return "".join(tegn), plasser


def _rent_tegn(c: str) -> str:
    if c.isascii():
        return c
    siffer = unicodedata.digit(c, None)
    if siffer is not None:
        return str(siffer)
    kategori = unicodedata.category(c)
    if kategori in ("Cf", "Mn", "Me"):  # zero-width, soft hyphen, direction marks, marks put on a digit
        return ""
    if kategori == "Zs" or c.isspace():
        return " "
    if kategori == "Pd" or c == "\N{MINUS SIGN}":
        return "-"
    return c.translate(LIKNER)


# Everything but Norwegian and its neighbours, which no cleaning changes.
_SJELDNE = re.compile(
    "[^\x00-\x7f"
    + "".join(c for c in map(chr, [*range(0x80, 0x250), *range(0x2018, 0x2027)]) if _rent_tegn(c) == c)
    + "]"
)
