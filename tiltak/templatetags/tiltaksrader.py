"""The rows of the measures table and of a party's list. A page has fifty of them and more, so Jinja2 draws them."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from felles.tegner import tegn
from tiltak.rules.rader import Tiltaksrad

register = template.Library()


@register.simple_tag(takes_context=True)
def tiltaksrader(context: Context, rader: Iterable[Tiltaksrad]) -> SafeString:
    """`{% tiltaksrader rader %}`: the rows of the table. Reads `pr`, `samarbeid`, `skjema` and `tilgang`."""
    skjema = context["skjema"]
    return tegn(
        "tiltak/rader.html",
        rader=rader,
        adresser=_adresser(context["samarbeid"].slug),
        er_koordinator=context["tilgang"].er_koordinator,
        pr=context["pr"],
        kolonner=dict(skjema.vist),
        malene={int(pk): navn for pk, navn in skjema.valg["mal"]},
    )


@register.simple_tag(takes_context=True)
def partens_rader(context: Context, rader: Iterable[tuple[Tiltaksrad, str]]) -> SafeString:
    """The measures of one party, each with why it stands there. Reads `samarbeid`."""
    return tegn("tiltak/partens_rader.html", rader=rader, adresser=_adresser(context["samarbeid"].slug))


def _adresser(slug: str) -> dict[str, str]:
    """The addresses of a measure, asked for once: the row puts its own key in the place of 0."""
    return {"tiltak": reverse("tiltak:tiltak", args=[slug, 0]), "ansvar": reverse("tiltak:ansvar", args=[slug, 0])}
