"""Words compared as people read them: without capitals and endings, and with both målformer as one."""

import re
from collections.abc import Sequence
from os.path import commonprefix

KORTEST = 3  # letters that two forms of a word must share
ENDELSER = frozenset(("", "e", "en", "et", "a", "er", "ene", "ane", "ar", "n", "ne", "na", "r", "ra"))
NYNORSK = (
    ("skule", "skole"),
    ("skulane", "skolene"),
    ("skular", "skoler"),
    ("tenest", "tjenest"),
    ("sjukepleiar", "sykepleier"),
    ("leiar", "leder"),
    ("leiing", "ledelse"),
    ("styrar", "styrer"),
    ("rådgjevar", "rådgiver"),
    ("vidaregåande", "videregående"),
    ("kyrkje", "kirke"),
    ("førebygg", "forebygg"),
    ("ordførar", "ordfører"),
    ("lærar", "lærer"),
    ("heimen", "hjemmet"),
    ("frivillege", "frivillige"),
    ("føresette", "foresatte"),
)
_STREK = re.compile(r"[‐-―−]")
_LEDD = re.compile(r"[^\W_]+")


def ledd(tekst: str) -> tuple[str, ...]:
    """The words and numbers, in small letters and one målform."""
    ren = tekst.casefold()
    for nynorsk, bokmal in NYNORSK:
        ren = ren.replace(nynorsk, bokmal)
    return tuple(_LEDD.findall(ren))


def stamme(ledd: Sequence[str]) -> str:
    """What two forms of the same words always share, so that only a few need be compared."""
    return "".join(ledd)[:KORTEST]


def en_strek(tekst: str) -> str:
    """One kind of dash, without spaces inside a range of numbers: «0 – 24» is «0-24»."""
    return re.sub(r"(?<=\d)\s*-\s*(?=\d)", "-", _STREK.sub("-", tekst))


def like(a: Sequence[str], b: Sequence[str]) -> bool:
    """The same words."""
    return bool(a) and (tuple(a) == tuple(b) or "".join(a) == "".join(b))


def boyd_likt(a: Sequence[str], b: Sequence[str]) -> bool:
    """The same words but for their endings: «skolene» and «skole», «gruppa» and «gruppe»."""
    if not a or not b:
        return False
    if len(a) == len(b):
        return all(_boyd(x, y) for x, y in zip(a, b, strict=True))
    return _boyd("".join(a), "".join(b))


def _boyd(a: str, b: str) -> bool:
    if a == b:
        return True
    felles = len(commonprefix([a, b]))
    # The stem may end before the shared letters do: «gruppa» and «gruppene» share «grupp», «skole» is «skol» and «e».
    return any(
        kutt >= KORTEST and a[kutt:] in ENDELSER and b[kutt:] in ENDELSER
        for kutt in range(felles, max(felles - 3, 0), -1)
    )
