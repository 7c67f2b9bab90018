"""The portal's own parts in templates: marks, rings, quotations, dates and sums. docs/design.md shows each in use."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from felles.merker import FORMER, MERKER
from felles.norsk import FAST, dag, dato, datotid, hele_belop, klokke, kortdato, kroner, maned, spenn, ukedag
from felles.tegner import tegn

__all__ = ["FAST", "dag", "dato", "klokke", "kroner", "merkebilde", "register", "ukedag"]  # for other tags

register = template.Library()
register.simple_tag(tegn)  # `{% tegn "slt_portal/hjul.html" hjul=hjul %}`: a part of the page that Jinja2 draws


# Marks


@lru_cache(maxsize=256)
def _tegning(form: str, storrelse: int | str) -> SafeString:
    return format_html(
        '<svg class="merkebilde" viewBox="0 0 20 20" width="{0}" height="{0}" aria-hidden="true">{1}</svg>',
        storrelse,
        FORMER[form],
    )


@register.simple_tag
def merke(nokkel: str, ord: Any = "") -> SafeString:
    """`{% merke "i_rute" %}`: the mark and its word; `{% merke "gjort" "Gjort i 2025" %}` with a word of its own."""
    form, fast_ord = MERKER[str(nokkel)]
    tegning, ordet = _tegning(form, 20), conditional_escape(ord or str(fast_ord))
    # Said some hundred times on a page; both parts are escaped above.
    return SafeString(f'<span class="merke merke-{form}">{tegning}<span>{ordet}</span></span>')


@register.simple_tag
def merkebilde(nokkel: str, tittel: str = "", storrelse: int = 20) -> SafeString:
    """The drawing alone, where the word stands beside it anyway. With `tittel` it speaks for itself."""
    form = MERKER[str(nokkel)].form
    if not tittel:
        return _tegning(form, storrelse)
    return format_html(
        '<svg class="merkebilde" viewBox="0 0 20 20" width="{0}" height="{0}" role="img"><title>{1}</title>{2}</svg>',
        storrelse,
        tittel,
        FORMER[form],
    )


@register.simple_tag
def merke_i(nokkel: str, prosent: float, y: float = 24) -> SafeString:
    """The mark inside another drawing, centred on `prosent` of its width and on `y` px; it keeps its 20 px."""
    tegning = FORMER[MERKER[str(nokkel)].form]
    return SafeString(
        f'<svg x="{float(prosent):.2f}%" y="{float(y):g}" class="merkebilde" overflow="visible">'
        f'<g transform="translate(-10 -10)">{tegning}</g></svg>'
    )


@register.simple_tag
def merkeord(nokkel: str) -> str:
    """The word of a mark alone, for who hears the page."""
    return str(MERKER[str(nokkel)].ord).lower()


@register.simple_tag
def merke_pa(nokkel: str, x: str, y: str) -> SafeString:
    """The mark inside another drawing, centred on the point `x`, `y` of its canvas."""
    return format_html(
        '<svg x="{}" y="{}" class="merkebilde" overflow="visible"><g transform="translate(-10 -10)">{}</g></svg>',
        x,
        y,
        FORMER[MERKER[str(nokkel)].form],
    )


# The rings. They share a low centre of gravity: concentric they would be a target.


def _slag(nivaer: object) -> set[str]:
    """The kinds of level in a word, a level, a group, or several of them."""
    if isinstance(nivaer, str):
        return {nivaer}
    if hasattr(nivaer, "nivaer"):
        return _slag(nivaer.nivaer.all())
    if hasattr(nivaer, "slag"):
        return {str(nivaer.slag)}
    if isinstance(nivaer, Iterable):
        return {slag for niva in nivaer for slag in _slag(niva)}
    return set()


@register.simple_tag
def nivamerke(nivaer: object, storrelse: int = 32) -> SafeString:
    """The three rings with the group's own level strong. Takes a kind, a Niva, a Gruppe, or several."""
    return _nivaringer(frozenset(_slag(nivaer)), storrelse)


@lru_cache(maxsize=64)
def _nivaringer(slag: frozenset[str], storrelse: int) -> SafeString:
    ringer = [
        '<circle cx="28" cy="28" r="25" stroke-width="5"/>'
        if "styrende" in slag
        else '<circle cx="28" cy="28" r="25.5" stroke-width="3.4" class="stille"/>',
        '<circle cx="28" cy="32.4" r="15.4" stroke-width="5"/>'
        if "koordinerende" in slag
        else '<circle cx="28" cy="32.2" r="15.6" stroke-width="3.4" class="stille"/>',
        '<circle cx="28" cy="36" r="7" class="kjerne"/>'
        if "utforende" in slag
        else '<circle cx="28" cy="36" r="6.4" class="kjerne stille"/>',
    ]
    return format_html(
        '<svg class="ringer" width="{0}" height="{0}" viewBox="0 0 56 56" aria-hidden="true">{1}</svg>',
        storrelse,
        SafeString("".join(ringer)),
    )


@register.simple_tag
@lru_cache(maxsize=8)
def ringer(storrelse: int = 36) -> SafeString:
    """The logo. Size 0 gives the large, quiet rings of the hero, sized by the style sheet."""
    if not storrelse:
        return SafeString(
            '<svg class="ringer ringer-stor" viewBox="0 0 384 384" stroke-width="18.4" aria-hidden="true">'
            '<circle cx="192" cy="192" r="182.8"/><circle cx="192" cy="222" r="116.8"/>'
            '<circle cx="192" cy="252" r="51" class="kjerne"/></svg>'
        )
    return format_html(
        '<svg class="ringer" width="{0}" height="{0}" viewBox="0 0 56 56" stroke-width="5" aria-hidden="true">'
        '<circle cx="28" cy="28" r="25"/><circle cx="28" cy="32.4" r="15.4"/>'
        '<circle cx="28" cy="36" r="7" class="kjerne"/></svg>',
        storrelse,
    )


# Words of others, and invented rows


def _avsnitt(tekst: str) -> list[str]:
    """The paragraphs of a text: blank lines part them."""
    linjer = tekst.replace("\r\n", "\n").replace("\r", "\n").strip()
    return [avsnitt.strip("\n") for avsnitt in re.split(r"\n[ \t]*\n\s*", linjer) if avsnitt.strip()]


def _som_html(avsnitt: Iterable[str]) -> SafeString:
    return mark_safe("".join(f"<p>{escape(a).replace(chr(10), '<br>')}</p>" for a in avsnitt))  # noqa: S308 - escaped here


@register.filter
def avsnitt(tekst: object) -> SafeString:
    """Plain text as paragraphs: a blank line parts them, a single line break is kept."""
    return _som_html(_avsnitt(hele_belop(str(tekst or ""))))


def _uten_hermetegn(tekst: str) -> str:
    """Without the guillemets around the whole of it; those inside are the source's own."""
    indre = tekst[1:-1]
    hele = tekst.startswith("«") and tekst.endswith("»") and not {"«", "»"} & set(indre)
    return indre if hele else tekst


@register.inclusion_tag("_sitat.html")
def sitat(tekst: object, kilde: object = "", sted: object = "") -> dict[str, Any]:
    """The words of a source in «guillemets», with the source and the place in it underneath."""
    deler = _avsnitt(_uten_hermetegn(str(tekst or "").strip()))
    if deler:
        deler[0] = "«" + deler[0]
        deler[-1] += "»"
    return {"sitat": _som_html(deler), "kilde": ", ".join(str(ord) for ord in (kilde, sted) if ord)}


@register.simple_tag
def eksempelmerke(vis: object = True) -> SafeString:
    """A visible word on rows that are invented for the example."""
    return format_html('<span class="eksempel">{}</span>', _("Eksempel")) if vis else SafeString("")


# Dates, times and sums

for skriv in (dato, kortdato, dag, maned, ukedag, klokke, datotid, spenn, kroner, hele_belop):
    register.filter(skriv.__name__, skriv)


# Bars: the sums themselves always stand in text beside them


@register.simple_tag
def soyle(antall: int, hoyest: int, farge: str = "fjord") -> SafeString:
    """One horizontal bar, `antall` of `hoyest`; colour one of fjord, gran, multe, tyttebaer, kant."""
    bredde = 100 * antall / hoyest if hoyest else 0
    return format_html(
        '<svg class="soyle" aria-hidden="true"><rect width="{}%" height="8" rx="3" class="f-{}"/></svg>',
        f"{min(bredde, 100):.2f}",
        farge,
    )


@register.inclusion_tag("_pengestolpe.html")
def pengestolpe(
    brukt: Decimal | int, ramme: Decimal | int, denne: Decimal | int = 0, stor: bool = False
) -> dict[str, Any]:
    """Used solid, this case tinted, what goes above the frame hatched beyond an ink line."""
    brukt, ramme, denne = Decimal(brukt), Decimal(ramme), Decimal(denne)
    helt = max(ramme, brukt + denne) or Decimal(1)

    def prosent(belop: Decimal) -> str:
        return f"{100 * belop / helt:.2f}"

    innenfor = max(min(brukt, ramme), Decimal(0))
    denne_innenfor = max(min(denne, ramme - innenfor), Decimal(0))
    over = max(brukt + denne - ramme, Decimal(0))
    return {
        "hoyde": 22 if stor else 12,
        "stor": stor,
        "brukt": prosent(innenfor),
        "denne": prosent(denne_innenfor),
        "over": prosent(over) if over else "",
        "grense": prosent(ramme),
    }
