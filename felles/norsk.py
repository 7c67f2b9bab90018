"""How dates, times and sums are written in Norway. Pages, mails, documents and sentences in rules all ask here."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.utils.dateformat import format as datoformat
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from felles.tid import OSLO

FAST = "\u00a0"  # a space that never breaks: «1. november», «kr 3 500», «kl. 12.30»
MINUS = "\u2212"
BELOP_I_TEKST: Final = re.compile(r"\b(?:kr\.?|kroner) \d{1,3}(?: \d{3})*\b|\b\d{1,3}(?: \d{3})* (?:kr|kroner)\b")
TALLORD: Final[tuple[str | Promise, ...]] = (
    gettext_lazy("ingen"),
    gettext_lazy("én"),
    gettext_lazy("to"),
    gettext_lazy("tre"),
    gettext_lazy("fire"),
    gettext_lazy("fem"),
    gettext_lazy("seks"),
    gettext_lazy("sju"),
    gettext_lazy("åtte"),
    gettext_lazy("ni"),
    gettext_lazy("ti"),
    gettext_lazy("elleve"),
    gettext_lazy("tolv"),
)


def _dag(verdi: dt.date | dt.datetime) -> dt.date:
    if isinstance(verdi, dt.datetime):
        return (verdi.astimezone(OSLO) if verdi.tzinfo else verdi).date()
    return verdi


@lru_cache(maxsize=4096)
def _i_ord(dag: dt.date, monster: str, sprak: str | None) -> str:
    return datoformat(dag, monster)


def dato_i_ord(dag: dt.date, monster: str) -> str:
    """The day by one of Django's patterns, in the language of the page. A page says the same few days many times."""
    return _i_ord(dag, monster, get_language())


def dato(verdi: dt.date | dt.datetime | None) -> str:
    """«24. november 2025»."""
    return dato_i_ord(_dag(verdi), f"j.{FAST}F Y") if verdi else ""


def kortdato(verdi: dt.date | dt.datetime | None) -> str:
    """«24. nov.»"""
    return dato_i_ord(_dag(verdi), f"j.{FAST}N") if verdi else ""


def dag(verdi: dt.date | dt.datetime | None) -> str:
    """«24. november», where the year is plain."""
    return dato_i_ord(_dag(verdi), f"j.{FAST}F") if verdi else ""


def maned(verdi: dt.date | dt.datetime | None) -> str:
    """«november»."""
    return dato_i_ord(_dag(verdi), "F") if verdi else ""


def ukedag(verdi: dt.date | dt.datetime | None) -> str:
    """«mandag 24. november 2025»."""
    return f"{dato_i_ord(_dag(verdi), 'l').lower()} {dato(verdi)}" if verdi else ""


def klokke(verdi: dt.datetime | dt.time | None) -> str:
    """«kl. 12.30»."""
    if verdi is None:
        return ""
    tid = verdi.astimezone(OSLO) if isinstance(verdi, dt.datetime) and verdi.tzinfo else verdi
    return f"kl.{FAST}{tid:%H.%M}"


def datotid(verdi: dt.datetime | None) -> str:
    """«24. november 2025 kl. 12.30»."""
    return f"{dato(verdi)} {klokke(verdi)}" if verdi else ""


def tidsrom(start: dt.datetime, slutt: dt.datetime) -> str:
    """«onsdag 3. desember 2026 kl. 12.30–14.00»; with the day it ends when that is another."""
    start, slutt = start.astimezone(OSLO), slutt.astimezone(OSLO)
    if start.date() == slutt.date():
        return f"{ukedag(start)} {klokke(start)}–{slutt:%H.%M}"
    slutten = ukedag(slutt).removesuffix(f" {slutt.year}") if start.year == slutt.year else ukedag(slutt)
    return _("%(start)s til %(slutt)s") % {
        "start": f"{ukedag(start)} {klokke(start)}",
        "slutt": f"{slutten} {klokke(slutt)}",
    }


def spenn(fra: dt.date | None, til: dt.date | None = None) -> str:
    """«24.–30. november 2025», «2022–2025» for whole years, «fra …» or «til …» when one end is open."""
    if fra is None or til is None:
        return _apent_spenn(fra, til)
    fra, til = _dag(fra), _dag(til)
    if (fra.month, fra.day, til.month, til.day) == (1, 1, 12, 31):
        return str(fra.year) if fra.year == til.year else f"{fra.year}–{til.year}"
    if fra == til:
        return dato(fra)
    if (fra.year, fra.month) == (til.year, til.month):
        return f"{fra.day}.–{dato(til)}"
    forste = dag(fra) if fra.year == til.year else dato(fra)
    return f"{forste} – {dato(til)}"


def _apent_spenn(fra: dt.date | None, til: dt.date | None) -> str:
    if fra:
        return _("fra %(dato)s") % {"dato": dato(fra)}
    return _("til %(dato)s") % {"dato": dato(til)} if til else ""


def kroner(belop: Decimal | int | str | None) -> str:
    """«kr 3 500», «kr 3 500,50»."""
    if belop is None or belop == "":
        return ""
    return f"kr{FAST}{_tall(Decimal(belop))}"


def hele_belop(tekst: str) -> str:
    """Running text where «kr 12 000» and «12 000 kroner» stay on one line."""
    return BELOP_I_TEKST.sub(lambda treff: treff[0].replace(" ", FAST), tekst)


def _tall(belop: Decimal) -> str:
    hele = f"{abs(belop):,.2f}".removesuffix(".00").replace(",", FAST).replace(".", ",")
    return f"{MINUS}{hele}" if belop < 0 else hele


# Numbers and lists in words


def tallord(antall: int, *, intetkjonn: bool = False) -> str:
    """«to», up to twelve; figures above. One is «én», or «ett» for a neuter noun."""
    if antall == 1 and intetkjonn:
        return _("ett")
    return str(TALLORD[antall]) if 0 <= antall < len(TALLORD) else str(antall)


def stor_forbokstav(tekst: str) -> str:
    """The first letter upper case, the rest untouched."""
    return tekst[:1].upper() + tekst[1:]


def liste_i_ord(ledd: Sequence[str]) -> str:
    """«a, b og c»."""
    if len(ledd) < 2:
        return "".join(ledd)
    return _("%(foran)s og %(siste)s") % {"foran": ", ".join(ledd[:-1]), "siste": ledd[-1]}
