"""A cell of responsible words parted into those it names, each in the plan's own words.

Commas, semicolons, line breaks and bullets always part. «og» and a slash part only where one of the sides is somebody:
«SLT og politiet», but not «psykisk helse og rus». Who is somebody, the caller knows (`kjent`).
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tiltak.lesing.tabell import KULE

Kjent = Callable[[str], bool]
HOVED, SAMARBEIDER = "hoved", "samarbeider"

APEN = re.compile(
    r"(andre|annet|anna|øvrige|aktuelle|relevante|flere|fleire|div\.?|diverse|m\.? ?fl\.?|med flere|med fleire|"
    r"mfl\.?|osv\.?|o\.? ?l\.?|etc\.?|alle|samtlige|hele|heile|ulike|involverte|berørte)\b.*|(m\.? ?fl|mfl|osv|etc)\.?",
    re.IGNORECASE,
)
_HARDT = re.compile(rf"[;\n]|{re.escape(KULE)}|,(?!\d)|\s\+\s|(?<=\w)\.\s+(?=[A-ZÆØÅ])")
_OG = re.compile(r"\s+(?:og/eller|og|eller|samt|&)\s+|\s*&\s*|(?<=[^\W\d_])\s*/\s*(?=[^\W\d_])")
_FLERE = re.compile(r"\s+((?:m\.? ?fl|mfl|m\.?m|osv|etc)\.?|med fle?ire|med flere)$", re.IGNORECASE)
_MERKELAPP = re.compile(
    r"^(?P<hoved>hoved ?ansvar(?:lig)?|hovud ?ansvar(?:leg)?|ansvar(?:lig|leg)?)\s*(?::|-\s)\s*|"
    r"^(?P<sam>samarbeid(?:er|ar|spartnere?|spartnar(?:ar)?|spart(?:er|ar))?(?: med)?|i samarbeid med|sammen med|"
    r"saman med|medansvar(?:lig|leg)?|bidragsytere?|bidragsytar(?:ar)?)\s*(?::|\s-\s|(?<=med)\s|(?<=Med)\s)\s*",
    re.IGNORECASE,
)
_I_SAMARBEID = re.compile(r"\s*,?\s+(?:i samarbeid med|sammen med|saman med)\s+", re.IGNORECASE)
_SKJOTT = re.compile(r"(?<=[a-zæøå]{3})(?=[A-ZÆØÅ]{2,}$)")  # «gruppaLT»: a comma is missing
_STED = re.compile(r"^(?P<hva>.+?)\s+(?P<hvor>(?:i|ved|på|hos|for|frå|fra)\s+.+)$", re.IGNORECASE)
_BARE_STED = re.compile(r"^(?:i|ved|på|hos)\s+(?P<hvem>.+)$", re.IGNORECASE)


class Ord(NamedTuple):
    """One party in the plan's words. `hva` is what it is within the place that the words name, when that is said only
    once for several: the «Oppfølgingstjenesten» of «i videregående skole»."""

    ord: str
    slag: str = ""
    hva: str = ""


def er_apen(ord: str) -> bool:
    """Words that name nobody on purpose: «andre aktuelle tjenesteområder», «m.fl.»."""
    return bool(APEN.fullmatch(ord.strip()))


def del_opp(celle: str, kjent: Kjent) -> list[Ord]:
    """Those that the cell names, in order, each once."""
    ut: dict[str, Ord] = {}
    slag = ""
    for bit in _harde(celle):
        merket = _MERKELAPP.match(bit)
        if merket:
            slag = HOVED if merket["hoved"] else SAMARBEIDER
            bit = bit[merket.end() :]
        forst, *med = _I_SAMARBEID.split(bit, maxsplit=1)
        for tekst, hvilket in [(forst, slag), *((etter, SAMARBEIDER) for etter in med)]:
            for ord, hva in _myke(tekst, kjent):
                ut.setdefault(ord.casefold(), Ord(ord, hvilket, hva))
        slag = SAMARBEIDER if med else slag
    return list(ut.values())


def _harde(celle: str) -> Iterator[str]:
    """Parts between commas and line breaks, but not inside a parenthesis."""
    start = dybde = 0
    for treff in re.finditer(rf"[()]|{_HARDT.pattern}", celle):
        if treff[0] in "()":
            dybde = max(dybde + (1 if treff[0] == "(" else -1), 0)
        elif dybde == 0:
            yield from _ren(celle[start : treff.start()])
            start = treff.end()
    yield from _ren(celle[start:])


def _ren(bit: str) -> Iterator[str]:
    ren = bit.strip(" \t–—-:").strip()
    if ren.endswith(".") and not re.search(r"\b\w{1,4}\.$", ren):
        ren = ren[:-1]
    if re.search(r"\w", ren):
        yield ren


def _myke(bit: str, kjent: Kjent) -> Iterator[tuple[str, str]]:
    """The parts of one stretch without commas, each with what it is, when an earlier part says that for it."""
    rest = re.sub(r"^(?:og|samt)\s+", "", bit.strip(), flags=re.IGNORECASE)
    flere = _FLERE.search(rest)
    rest = rest[: flere.start()] if flere else rest
    hva = ""
    for del_ in _ved_og(rest, kjent):
        sted = _BARE_STED.match(del_)
        yield del_, hva if sted else ""
        med_sted = _STED.match(del_)
        hva = med_sted["hva"] if med_sted and not sted else hva
    if flere:
        yield flere[1], ""


def _ved_og(bit: str, kjent: Kjent) -> list[str]:
    if kjent(bit) or er_apen(bit):
        return [bit]
    steder = [(bit[: treff.start()].strip(), bit[treff.end() :].strip()) for treff in _OG.finditer(bit)]
    mulige = [(for_, etter) for for_, etter in steder if _kan_skilles(for_, etter, kjent)]
    if mulige:
        for_, etter = max(mulige, key=lambda par: kjent(par[0]) + kjent(par[1]))
        return [*_ved_og(for_, kjent), *_ved_og(etter, kjent)]
    skjott = _SKJOTT.search(bit)
    if skjott and kjent(bit[: skjott.start()]):
        return [bit[: skjott.start()], bit[skjott.start() :]]
    return [bit]


def _kan_skilles(for_: str, etter: str, kjent: Kjent) -> bool:
    if not for_ or not etter or for_.endswith("-") or for_.count("(") != for_.count(")"):
        return False
    samme_i_begge = _STED.match(for_) and _BARE_STED.match(etter)  # «… i NAV og i videregående skole»
    return bool(samme_i_begge) or _er_noen(for_, kjent) or _er_noen(etter, kjent)


def _er_noen(ord: str, kjent: Kjent) -> bool:
    """Somebody known; alone, in a place, or open on purpose."""
    if kjent(ord) or er_apen(ord):
        return True
    sted = _BARE_STED.match(ord)
    if sted:
        return kjent(sted["hvem"])
    forst = _OG.split(ord)[0]
    return forst != ord and kjent(forst.strip())
