"""What measures add to the pages of those who answer for them, and small words of the measures' own pages."""

import datetime as dt
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.merker import MERKER
from felles.templatetags.slt import merkebilde
from organisering.models import Enhet, Gruppe, Koordinatorpost, Plass
from organisering.rules.ord import liste_i_ord, stor_forbokstav, tallord
from tiltak.models import Planutgave, Statusmelding, Tiltak
from tiltak.rules.lista import svarer_for
from tiltak.rules.rader import Tiltaksrad
from tiltak.rules.tiltaket import Del

register = template.Library()


@register.inclusion_tag("tiltak/_ansvar_for.html", takes_context=True)
def ansvar_for(context: Context, part: Enhet | Gruppe | Plass | Koordinatorpost) -> dict[str, Any]:
    """`{% ansvar_for enhet %}`: the measures that a unit (its sub-units too), group, seat or post answers for.

    A sub-unit is named, and so is a part that only works with others. Reads `pr` and `samarbeid`.
    """
    rader = svarer_for(part, context["samarbeid"], context["pr"])
    return {"rader": [(rad, _merknad(rad, part)) for rad in rader], "part": part, "samarbeid": context["samarbeid"]}


# What stands under an answer.
SVAR_UNDER = {
    Statusmelding.Status.I_GANG: gettext_lazy("som planlagt"),
    Statusmelding.Status.TRENGER_HJELP: gettext_lazy("koordinatoren tar kontakt"),
}


@register.inclusion_tag("tiltak/_svar.html")
def svarknapper(tiltak: Tiltak) -> dict[str, Any]:
    """`{% svarknapper tiltak %}`: the four answers, equal and none coloured; the first press."""
    sti = reverse("tiltak:status", args=[tiltak.samarbeid.slug, tiltak.pk])
    svar = [(status, status.label, SVAR_UNDER.get(status, "")) for status in Statusmelding.Status]
    return {"svar": svar, "sti": sti, "tiltak": tiltak}


@register.filter
def svar_under(status: str) -> str:
    """The small words under an answer: «som planlagt», or nothing."""
    return str(SVAR_UNDER.get(Statusmelding.Status(status), ""))


def _merknad(rad: Tiltaksrad, part: Enhet | Gruppe | Plass | Koordinatorpost) -> str:
    """«Gjennom Dokka ungdomsskole», «Rektor», «Samarbeider»: why the measure stands here."""
    felt = f"{part._meta.model_name}_id"
    for ansvar in [*rad.avklarte, *rad.samarbeider]:
        if getattr(ansvar, felt) == part.pk:
            ord = [stor_forbokstav(ansvar.funksjon)] if ansvar.funksjon else []
            ord += [_("samarbeider")] if ansvar in rad.samarbeider else []
            return stor_forbokstav(", ".join(ord))
    under = sorted({ansvar.partens_navn or "" for ansvar in [*rad.avklarte, *rad.samarbeider] if ansvar.enhet_id})
    return _("Gjennom %s") % liste_i_ord(under) if under and isinstance(part, Enhet) else ""


@register.simple_tag
def merke_ord(tilstand: str) -> SafeString:
    """The drawing and the word of a state, for a pill: not a mark of its own, so the word keeps the pill's weight."""
    return format_html("{} {}", merkebilde(tilstand, storrelse=18), MERKER[tilstand].ord)


@register.filter
def som_tallord(antall: int) -> str:
    """«fem», «Fem» first in a sentence by `|som_tallord|capfirst`; measures are neuter: «ett»."""
    return tallord(antall, intetkjonn=True)


@register.filter
def i_ord(ledd: list[str]) -> str:
    """«a, b og c»."""
    return liste_i_ord(ledd)


@register.filter
def hent(oppslag: dict[Any, Any], nokkel: Any) -> Any:
    """The value of a key that is itself a variable."""
    return oppslag.get(nokkel)


@register.filter
def spenn_i_tall(del_: Del) -> str:
    """«2022–2023», «0–24», one end open, or nothing."""
    if del_.fra is None and del_.til is None:
        return ""
    if del_.fra == del_.til:
        return str(del_.fra)
    return f"{'' if del_.fra is None else del_.fra}–{'' if del_.til is None else del_.til}"


@register.filter
def gjelder(utgave: Planutgave, pr: dt.date) -> bool:
    """Whether the edition is in force on `pr`."""
    return utgave.gjelder(pr)
