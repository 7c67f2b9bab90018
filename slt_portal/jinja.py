"""What the templates of `templates/jinja/` may call: the words of the catalogues, the marks, how days are written."""

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import Environment

from felles.norsk import dag, dato, hele_belop, kroner, maned
from felles.templatetags import slt
from moter.templatetags.moter import vedtaksdato, vedtaksnavn


def omgivelse(**valg: Any) -> Environment:
    """As Django's, and each template is read once; a word is looked up in the language of the reader."""
    miljo = Environment(**{**valg, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True})
    miljo.globals |= {"_": gettext, "ngettext": ngettext, "pgettext": pgettext}
    miljo.globals["url"] = lambda navn, *deler: reverse(navn, args=deler)
    for tegning in (slt.merke, slt.merkebilde, slt.merke_i, slt.merke_pa, slt.merkeord, slt.eksempelmerke):
        miljo.globals[tegning.__name__] = tegning
    for skriv in (dato, dag, maned, kroner, hele_belop, vedtaksnavn, vedtaksdato):
        miljo.filters[skriv.__name__] = skriv
    miljo.filters["kort"] = lambda tekst, tegn: Truncator(tekst).chars(tegn)
    return miljo
