"""Addresses that belong to the portal itself and cannot name a Samarbeid."""

from functools import cache

from django.core.exceptions import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _

RESERVERT = frozenset({"api", "static", "media", "robots", "favicon", "sitemap", "www", "slt", "ny", "nytt"})


@cache
def faste_forsteledd() -> frozenset[str]:
    """The first segment of each fixed address in the URLconf, and some words kept for later."""
    ledd = set(RESERVERT)
    for monster in get_resolver().url_patterns:
        assert isinstance(monster, URLPattern | URLResolver)
        forste = str(monster.pattern).lstrip("^").split("/")[0]
        if forste and "<" not in forste:
            ledd.add(forste)
    return frozenset(ledd)


def ikke_fast_adresse(slug: str) -> None:
    """Raises ValidationError when `slug` is an address of the portal itself."""
    if slug.casefold() in faste_forsteledd():
        raise ValidationError(
            _("Adressen «%(slug)s» brukes av portalen selv. Velg en annen."), code="fast_adresse", params={"slug": slug}
        )
