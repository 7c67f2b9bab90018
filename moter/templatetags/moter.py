"""What meetings and decisions add to the pages of groups and measures. Each reads `request`, `pr` and `tilgang`."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from felles.norsk import FAST, dag, dato, klokke, tidsrom, ukedag
from felles.tegner import tegn
from felles.tid import OSLO, naa
from moter.models import Deltakelse, Mote, Vedtak
from moter.rules.deltakelse import svarsetning
from moter.rules.henting import vedtak_om_tiltak
from moter.rules.innsyn import Innsyn
from moter.rules.penger import Pengebruk, hent_pengebruk
from moter.rules.regnskap import regnskap
from moter.rules.stripe import Stripe, gjeldende_krav, hent_striper, maneder
from moter.rules.tiltakshistorie import fra_moter, saker_om_tiltak
from organisering.models import Fullmakt, Gruppe, Motekrav
from organisering.rules import Tilgang
from organisering.rules.regler import krav_i_ord
from tiltak.models import Statusmelding, Tiltak
from tiltak.rules.historien import Historie

register = template.Library()

FLEST = 3  # of each kind on a group's page


# The strip


@register.inclusion_tag("moter/_motestripe.html", takes_context=True)
def motestripe(context: Context, gruppe: Gruppe) -> dict[str, Any]:
    """`{% motestripe gruppe %}`: a year and its rules; the rules alone for those who may not read its meetings."""
    rediger = {"kan_rette": context.get("kan_rette"), "samarbeid": context["samarbeid"], "gruppe": gruppe}
    if gruppe.motes and context["tilgang"].kan_lese_gruppens_papirer(gruppe):
        den = _stripe(context, gruppe)
        return {**rediger, "stripe": den, "maneder": maneder(den.ar), "krav": den.krav}
    return {**rediger, "stripe": None, "krav": gjeldende_krav({gruppe.regelbarer_id}, context["pr"])}


@register.inclusion_tag("moter/_regnskap.html", takes_context=True)
def moteregnskap(context: Context, gruppe: Gruppe) -> dict[str, Any]:
    """`{% moteregnskap gruppe %}`: what counts this year, what does not, and why, for those who read its meetings."""
    if not (gruppe.motes and context["tilgang"].kan_lese_gruppens_papirer(gruppe)):
        return {"poster": []}
    return {"poster": regnskap(_stripe(context, gruppe), context["samarbeid"], naa())}


@register.filter
def kravsetning(krav: Motekrav) -> str:
    """A requirement in the portal's own words."""
    return krav_i_ord(krav)


@register.inclusion_tag("moter/_motestriper.html")
def motestriper(striper: list[Stripe]) -> dict[str, Any]:
    """`{% motestriper striper %}`: several groups under the same months, with today's line through them all."""
    return {
        "striper": striper,
        "maneder": maneder(striper[0].ar) if striper else [],
        "har_brudd": any(stripe.har_brudd for stripe in striper),
    }


@register.simple_tag
def stripetegning(stripe: Stripe, alene: bool = False) -> SafeString:
    """The drawing, and the same as a list for those who listen. `alene` keeps today's line within it."""
    return tegn("moter/stripetegning.html", stripe=stripe, maneder=maneder(stripe.ar), alene=alene)


def _stripe(context: Context, gruppe: Gruppe) -> Stripe:
    """Read once a page, though several tags show it."""
    lager: dict[int, Stripe] = context["request"].__dict__.setdefault("_motestriper", {})
    if gruppe.pk not in lager:
        pr = context["pr"]
        lager[gruppe.pk] = hent_striper([gruppe], context["samarbeid"], ar=pr.year, pr=pr, naa=naa())[0]
    return lager[gruppe.pk]


# Meetings


@register.inclusion_tag("moter/_moter_i.html", takes_context=True)
def moter_i(context: Context, gruppe: Gruppe) -> dict[str, Any]:
    """`{% moter_i gruppe %}`: the next meetings and the last ones. Nothing for those who may not read them."""
    if not (gruppe.motes and context["tilgang"].kan_lese_gruppens_papirer(gruppe)):
        return {"vises": False}
    naa_ = naa()
    moter = _stripe(context, gruppe).moter
    return {
        "vises": True,
        "gruppe": gruppe,
        "samarbeid": context["samarbeid"],
        "kommende": [mote for mote in moter if mote.er_kommende(naa_)][:FLEST],
        "siste": [mote for mote in reversed(moter) if mote.holdt or mote.er_ubekreftet(naa_)][:FLEST],
        "naa": naa_,
        "pr": context["pr"],
    }


@register.simple_tag
def motetilstand(mote: Mote, naa: dt.datetime) -> str:
    """The key of the meeting's state mark."""
    return mote.tilstand(naa)


@register.simple_tag(name="svarsetning")
def svarene(deltakelser: Iterable[Deltakelse]) -> str:
    """How the answers stand: «Fire kommer. Forfall: Kari Nordmann.»"""
    return svarsetning(deltakelser)


@register.filter
def motetid(mote: Mote) -> str:
    """«onsdag 3. desember 2026 kl. 12.30–14.00»; with the day it ends when that is another."""
    return tidsrom(mote.start, mote.slutt)


@register.filter
def ukedagsnavn(tid: dt.datetime | dt.date) -> str:
    """«onsdag»."""
    return ukedag(tid).split(" ")[0]


@register.filter
def kort_ukedag(tid: dt.date) -> str:
    """«ons»."""
    return ukedag(tid)[:3]


@register.filter
def ukedag_uten_ar(tid: dt.date) -> str:
    """«mandag 24. november», where the year is plain."""
    return ukedag(tid).removesuffix(f" {tid.year}")


@register.filter
def ukespenn(fra: dt.date, til: dt.date) -> str:
    """«24.–30. november», «28. desember – 3. januar»."""
    return f"{fra.day}.–{dag(til)}" if fra.month == til.month else f"{dag(fra)} – {dag(til)}"


@register.filter
def statusord(status: str) -> str:
    """The word of a reported status."""
    return str(Statusmelding.Status(status).label)


@register.filter
def moteklokke(mote: Mote) -> str:
    """«kl. 12.30–14.00», where the day is plain."""
    start, slutt = mote.start.astimezone(OSLO), mote.slutt.astimezone(OSLO)
    if start.date() == slutt.date():
        return f"{klokke(start)}–{slutt:%H.%M}"
    return f"{klokke(start)}–{slutt:%H.%M} {dag(slutt)}"


@register.filter
def brytbar(navn: str) -> SafeString:
    """A name that may break after its slashes: «Styringsgruppe/politiråd»."""
    return format_html_join(SafeString("/<wbr>"), "{}", ((del_,) for del_ in str(navn).split("/")))


# Money and decisions


@register.inclusion_tag("moter/_penger_i.html", takes_context=True)
def penger_i(
    context: Context, gruppe: Gruppe, ordlyd: bool = True, fullmakter: list[Fullmakt] | None = None
) -> dict[str, Any]:
    """`{% penger_i gruppe %}`: frame, used and left this year. Sums for those who may read them, the rule for all.

    With `ordlyd=False` where the page quotes the authority itself, and `fullmakter` where it has fetched them.
    """
    har, pr = context["tilgang"], context["pr"]
    ser = har.er_leser or har.kan_lese_gruppens_papirer(gruppe)
    funnet = hent_pengebruk([gruppe], ar=pr.year, pr=pr, fullmakter=fullmakter)
    return {"bruk": next(iter(funnet), None), "ser": ser, "ordlyd": ordlyd, "samarbeid": context["samarbeid"]}


@register.inclusion_tag("moter/_pengebruk.html")
def pengebruk(bruk: Pengebruk, liste: bool = True, ordlyd: bool = True, ser_tekst: bool = False) -> dict[str, Any]:
    """One group's money: what is left, the bar, the decisions and the wording."""
    return {"bruk": bruk, "liste": liste, "ordlyd": ordlyd, "ser_tekst": ser_tekst}


class Fortelling(NamedTuple):
    """A measure's story with what meetings know of it, and its decisions."""

    historie: Historie
    vedtak: list[Any]


@register.simple_tag(takes_context=True)
def hele_historien(context: Context, historie: Historie, tiltak: Tiltak) -> Fortelling:
    """`{% hele_historien historie tiltak as hele %}`: with the cases and decisions that the reader may know of."""
    request, samarbeid, pr = context["request"], context["samarbeid"], context["pr"]
    innsyn = Innsyn.av(request.user, samarbeid, context["tilgang"], pr)
    vedtak = vedtak_om_tiltak(innsyn, tiltak)
    for rad in vedtak:
        rad.samarbeid = samarbeid
    return Fortelling(historie.med(fra_moter(saker_om_tiltak(innsyn, tiltak), vedtak, samarbeid, naa()), pr), vedtak)


@register.filter
def vedtaksnavn(vedtak: Vedtak) -> str:
    """«Vedtak 4/26», the case number of the outside body, or the kind of decision."""
    nummer = (vedtak.sak.saksnummer if vedtak.sak else "") or vedtak.saksnummer_ord
    return f"{vedtak.get_slag_display()}{FAST}{nummer}" if nummer else vedtak.get_slag_display()


@register.filter
def leses_av(gruppe_id: int, har: Tilgang) -> bool:
    """Whether the visitor may read the papers of the group."""
    return har.er_koordinator or gruppe_id in har.grupper_som_medlem | har.grupper_med_verv


@register.filter
def vedtaksdato(vedtak: Vedtak) -> str:
    """The date, or the words that stand for it."""
    return dato(vedtak.dato) or vedtak.dato_ord or _("uten dato")
