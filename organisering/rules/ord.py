"""Numbers, sums and lists in plain Norwegian words, for the sentences that rules answer with."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from felles.norsk import dato, liste_i_ord, stor_forbokstav, tallord

__all__ = [
    "fristsetning",
    "kroner_i_ord",
    "liste_i_ord",
    "liten_forbokstav",
    "maneder_i_ord",
    "ordenstall",
    "stor_forbokstav",
    "tallord",
]

FAST: Final = "\u00a0"
ORDENSTALL: Final[dict[int, str | Promise]] = {
    3: gettext_lazy("tredje"),
    4: gettext_lazy("fjerde"),
    5: gettext_lazy("femte"),
    6: gettext_lazy("sjette"),
    7: gettext_lazy("sjuende"),
    8: gettext_lazy("åttende"),
    9: gettext_lazy("niende"),
    10: gettext_lazy("tiende"),
    11: gettext_lazy("ellevte"),
    12: gettext_lazy("tolvte"),
}


def ordenstall(nummer: int) -> str:
    """«sjette», up to twelfth; «18.» above."""
    return str(ORDENSTALL.get(nummer, f"{nummer}."))


def liten_forbokstav(tekst: str) -> str:
    """The first letter lower case, unless the word is an abbreviation: «Ordfører» but «NAV», «SLT-koordinator»."""
    return tekst[:1].lower() + tekst[1:] if tekst[1:2].islower() else tekst


def kroner_i_ord(belop: Decimal) -> str:
    """«kr 10 000», «kr 3 500,50»."""
    hele = f"{belop:,.2f}".removesuffix(".00").replace(",", FAST).replace(".", ",")
    return f"kr{FAST}{hele}"


def maneder_i_ord(maneder: int) -> str:
    """How often, from a count of months: «hvert år», «hvert andre år», «hver sjette måned»."""
    if maneder % 12:
        return _("hver måned") if maneder == 1 else _("hver %(nummer)s måned") % {"nummer": _annen(maneder)}
    ar = maneder // 12
    if ar == 1:
        return _("hvert år")
    return _("hvert %(nummer)s år") % {"nummer": _("andre") if ar == 2 else ordenstall(ar)}


def _annen(nummer: int) -> str:
    return _("annen") if nummer == 2 else ordenstall(nummer)


def fristsetning(frist: dt.date, pr: dt.date) -> str:
    """When it is or was due, and how long until or since."""
    if frist == pr:
        return _("Fristen er i dag.")
    dager = abs((frist - pr).days)
    ord_ = {"frist": dato(frist), "dager": dager}
    if frist < pr:
        over = ngettext("for %(dager)s dag siden", "for %(dager)s dager siden", dager) % ord_
        return _("Fristen var %(frist)s, %(over)s.") % (ord_ | {"over": over})
    igjen = ngettext("om %(dager)s dag", "om %(dager)s dager", dager) % ord_
    return _("Fristen er %(frist)s, %(igjen)s.") % (ord_ | {"igjen": igjen})
