"""What the templates of `templates/jinja/` may call: the words of the catalogues, the marks, how days are written."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import Environment

from felles.norsk import dag, dato, datotid, klokke, kortdato, kroner, maned, spenn, ukedag
from felles.templatetags import slt


def omgivelse(**valg: Any) -> Environment:
    """As Django's, and each template is read once; a word is looked up in the language of the reader."""
    miljo = Environment(**{**valg, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True})
    miljo.globals |= {"_": gettext, "ngettext": ngettext, "pgettext": pgettext}
    for tegning in (slt.merke, slt.merkebilde, slt.merke_i, slt.merkeord, slt.nivamerke, slt.eksempelmerke):
        miljo.globals[tegning.__name__] = tegning
    for skriv in (dato, kortdato, dag, maned, ukedag, klokke, datotid, spenn, kroner):
        miljo.filters[skriv.__name__] = skriv
    miljo.filters["kort"] = lambda tekst, tegn: Truncator(tekst).chars(tegn)
    return miljo
