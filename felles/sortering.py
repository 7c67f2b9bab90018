"""One Norwegian order and one way to search, on both databases.

PostgreSQL has the collation `norsk` from ICU (`nb`, made by this app's first migration). SQLite knows neither æøå nor
other orders, so every connection gets the same order as a Python function, and a `LIKE`, `LOWER` and `UPPER` that know
more letters than a–z. The tables below were read off ICU 72, letter by letter; the tests sort the same words on both.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field
from django.db.models.lookups import IContains, IEndsWith, IExact, IStartsWith

from felles.felt import NORSK, Linje, Tekst

Ledd = tuple[int, int, int]  # letter, accent, case; 0 is nothing

# Every character that is a letter or sign of its own, in order. The rest are written with these.
TEGN = (
    "\t\n\x0b\x0c\r\x85\u2028\u2029 ‾_‗-‐‒–—―⁓,;⁏:!‼⁉¡?⁈⁇¿‽.‥…·⁕⁖⁘⁙⁚⁛⁜⁝⁞'‘’‚‛‹›\"“”„‟«»()[]{}⁅⁆‖§¶⁋@*⁎⁑/\\&⁊#%‰‱†‡•‣‧⁃⁌⁍"  # noqa: E501
    "′″‴⁗‵‶‷‸※‿⁔⁀⁐⁁⁂`´^¯¨¸°©®+±÷×<=>¬|¦~⁒⁄¤¢$£¥₠₡₢₣₤₥₦₧₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀₨0123456789"
    "aȺbƀƁƃcȼƈdƉƊƌȡeɇǝƏƐfƒgǥƓƔƣhƕiıƗƖjȷɉkƙlƚȴƛmnƝƞȵŋoƆƟȣpƥqɋĸrƦɍsȿƩƪtƾŧȾƫƭƮȶuɄƜƱvƲɅwxyɏƴȝzƍƶȥɀƷƹƺƿƻƨƽƅɂʼ"
    "æøåǀǁǂǃ"
)
AVSTAND = 1 << 21  # room for every other character behind one of ours
BOKSTAV = {tegn: (plass + 1) * AVSTAND for plass, tegn in enumerate(TEGN)}
ANDRE_TEGN = BOKSTAV["¤"] - AVSTAND
ANDRE_BOKSTAVER = BOKSTAV["ǃ"] + AVSTAND

# ruff: noqa: SIM905
# Accents in order; those that share a place are not told apart.
AKSENTER = (
    "\u0332 \u0313\u0343 \u0314 \u0301\u0341 \u0300\u0340 \u0306 \u0302 \u030c \u030a \u0342 \u0308 \u0344 \u030b "
    "\u0303 \u0307 \u0338 \u0327 \u0328 \u0304 \u030d \u0316 \u0336\u0337 \u0335 \u0305 \u0309 \u030f \u0310 \u0311 "
    "\u031b \u0321 \u0322 \u0323 \u0324 \u0325 \u0326 \u032d \u032e \u0330 \u0331 \u0334 \u0339 \u0345 \u0358 \u0360 "
    "\u0361"
).split()
AKSENT = {tegn: plass + 5 for plass, like in enumerate(AKSENTER) for tegn in like}
VANLIG, VARIANT, VARIANT_2, VARIANT_3, ANDRE_AKSENTER, SIST = 1, 2, 3, 4, 58, 60
SMA, SMA_LIKT, STOR, STOR_LIKT, HEVET, SENKET = range(1, 7)


def _en(bokstav: str, aksent: int = VANLIG, form: int = SMA) -> Ledd:
    return BOKSTAV[bokstav], aksent, form


# What Norwegian order says itself: ä is a kind of æ, aa a kind of å.
SAERE: dict[str, tuple[Ledd, ...]] = {
    "ä": (_en("æ", VARIANT),),
    "ę": (_en("æ", VARIANT_2),),
    "ö": (_en("ø", VARIANT),),
    "ő": (_en("ø", VARIANT_2),),
    "œ": (_en("ø", VARIANT_3),),
    "aa": (_en("å", VARIANT),),
    "Aa": (_en("å", VARIANT, STOR),),
    "AA": (_en("å", VARIANT, STOR_LIKT),),
    "ü": (_en("y", VARIANT),),
    "ű": (_en("y", VARIANT_2),),
    "đ": (_en("d", VARIANT),),
    "ð": (_en("d", VARIANT_2),),
    "å": (_en("å"),),
    "ł": (_en("l"), (0, AKSENT["\u0335"], SMA)),
    "ħ": (_en("h"), (0, AKSENT["\u0335"], SMA)),
    "ŀ": (_en("l"), (0, SIST, SMA)),
    "ſ": (_en("s"), (0, SIST, SMA)),
    "ß": (_en("s"), (0, ANDRE_AKSENTER, SMA), _en("s")),
    "þ": (_en("t", form=SMA_LIKT), _en("h", form=SMA_LIKT)),
}
STORE = {SMA: STOR, SMA_LIKT: STOR_LIKT}
MERKER = {"<super>": HEVET, "<sub>": SENKET}
BITER = re.compile("aa|Aa|AA|.[\u0300-\u036f]*", re.DOTALL)


@cache
def _ledd(bit: str) -> tuple[Ledd, ...]:
    """What one letter with its accents, or «aa», weighs."""
    bit = unicodedata.normalize("NFC", bit)
    if bit in SAERE:
        return SAERE[bit]
    if bit in BOKSTAV:
        return (_en(bit),)
    if len(bit) > 1:
        return tuple(ledd for tegn in bit for ledd in _ledd(tegn))
    liten = bit.lower()
    if liten != bit and len(liten) == 1:
        return tuple((b, a, STORE.get(form, form) if b else form) for b, a, form in _ledd(liten))
    if unicodedata.decomposition(bit):
        return _sammensatt(unicodedata.decomposition(bit))
    return _ukjent(bit)


def _sammensatt(oppskrift: str) -> tuple[Ledd, ...]:
    """An accented letter, a ligature or a variant, by Unicode's own recipe."""
    *merke, rest = oppskrift.partition(">") if oppskrift.startswith("<") else ("", "", oppskrift)
    ledd = [del_ for kode in rest.split() for del_ in _ledd(chr(int(kode, 16)))]
    if not merke[0]:
        return tuple(ledd)
    hevet = MERKER.get("".join(merke))
    return tuple(
        (b, a, hevet or (SMA_LIKT if form == SMA else STOR_LIKT)) if b else (b, a, form) for b, a, form in ledd
    )


def _ukjent(tegn: str) -> tuple[Ledd, ...]:
    kategori = unicodedata.category(tegn)
    if kategori in ("Cf", "Cc"):
        return ()
    if kategori.startswith("M"):
        return ((0, AKSENT.get(tegn, ANDRE_AKSENTER), SMA),)
    if kategori == "Nd":
        return (_en(str(unicodedata.digit(tegn)), form=SMA_LIKT),)
    return (((ANDRE_TEGN if kategori[0] in "PSZ" else ANDRE_BOKSTAVER) + ord(tegn), VANLIG, SMA),)


def sorteringsnokkel(tekst: str) -> tuple[Any, ...]:
    """What Python sorts by for the databases' own order: letters, then accents, then case, then code points."""
    ledd = [del_ for bit in BITER.findall(unicodedata.normalize("NFD", tekst)) for del_ in _ledd(bit)]
    return (
        tuple(bokstav for bokstav, _, _ in ledd if bokstav),
        tuple(aksent for _, aksent, _ in ledd),
        tuple(form for _, _, form in ledd),
        tekst,
    )


_husket = lru_cache(maxsize=20_000)(sorteringsnokkel)
KORT = 200  # longer texts are not worth remembering


def _nokkel(tekst: str) -> tuple[Any, ...]:
    return _husket(tekst) if len(tekst) <= KORT else sorteringsnokkel(tekst)


def sammenlign(a: str, b: str) -> int:
    """The collation: negative, zero or positive. Zero only for the same text, so that unique means what it says."""
    if a == b:
        return 0
    return -1 if _nokkel(a) < _nokkel(b) else 1


@lru_cache(maxsize=500)
def _monster(monster: str, unntak: str | None) -> re.Pattern[str]:
    ut, bokstavelig = [], False
    for tegn in monster:
        if not bokstavelig and tegn == unntak:
            bokstavelig = True
            continue
        jokertegn = None if bokstavelig else {"%": ".*", "_": "."}.get(tegn)
        ut.append(jokertegn or re.escape(tegn.upper()))
        bokstavelig = False
    return re.compile("".join(ut), re.DOTALL)


def likner(monster: Any, verdi: Any, unntak: str | None = None) -> bool | None:
    """SQL's LIKE with every alphabet's large and small letters alike, as UPPER(…) LIKE UPPER(…) is on PostgreSQL."""
    if monster is None or verdi is None:
        return None
    return _monster(str(monster), unntak).fullmatch(str(verdi).upper()) is not None


def _store(tekst: Any) -> Any:
    return tekst.upper() if isinstance(tekst, str) else tekst


def _sma(tekst: Any) -> Any:
    return tekst.lower() if isinstance(tekst, str) else tekst


def gjor_sqlite_norsk(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Gives a new SQLite connection the collation and the functions."""
    if connection.vendor != "sqlite":
        return
    sqlite = connection.connection
    sqlite.create_collation(NORSK, sammenlign)
    for antall in (2, 3):
        sqlite.create_function("like", antall, likner, deterministic=True)
    sqlite.create_function("upper", 1, _store, deterministic=True)
    sqlite.create_function("lower", 1, _sma, deterministic=True)


class NorskSok:
    """Compares Norwegian letters on PostgreSQL too, whatever the database's own locale; finds either form of å."""

    lhs: Any
    rhs: Any

    def get_prep_lookup(self) -> Any:
        verdi = super().get_prep_lookup()  # type: ignore[misc]
        return unicodedata.normalize("NFC", verdi) if isinstance(verdi, str) else verdi

    def process_lhs(self, compiler: Any, connection: BaseDatabaseWrapper, lhs: Any = None) -> Any:
        sql, parametre = super().process_lhs(compiler, connection, lhs)  # type: ignore[misc]
        return _pa_norsk(sql, connection), parametre

    def process_rhs(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        sql, parametre = super().process_rhs(compiler, connection)  # type: ignore[misc]
        return _pa_norsk(sql, connection), parametre


def _pa_norsk(sql: str, connection: BaseDatabaseWrapper) -> str:
    return f'({sql}) COLLATE "{NORSK}"' if connection.vendor == "postgresql" else sql


def registrer_sok() -> None:
    """Makes iexact, icontains, istartswith and iendswith Norwegian on the text fields of the portal."""
    felt: type[Field[Any, Any]]
    for felt in (Linje, Tekst):
        for oppslag in (IExact, IContains, IStartsWith, IEndsWith):
            felt.register_lookup(type(f"Norsk{oppslag.__name__}", (NorskSok, oppslag), {}))
