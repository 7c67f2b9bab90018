"""Reminders about one measure, meeting or group, shown on its own page: the pause, a reminder now, a new pause."""

import datetime as dt
from typing import Any

from django import template
from django.urls import reverse

from moter.models import Mote
from organisering.models import Gruppe
from slt_portal.paminn import kan_paminne
from tiltak.models import Tiltak
from varsling.models import Pause
from varsling.services import les_avsnitt

register = template.Library()


@register.inclusion_tag("slt_portal/_paminnelser_om.html", takes_context=True)
def paminnelser_om(context: Any, rad: Tiltak | Mote | Gruppe) -> dict[str, Any]:
    """The pause that runs, for all who see the thing; the buttons for those who may. At most one query."""
    slag, samarbeid = str(rad._meta.model_name), context["samarbeid"]
    om = f"gruppe-{rad.gruppe_id}" if isinstance(rad, Mote) else f"{slag}-{rad.pk}"
    kan = kan_paminne(context["tilgang"], rad)
    return {
        "samarbeid": samarbeid,
        "pause": _pausen(rad, samarbeid, om, context["pr"]),
        "kan": kan,
        "paminn": reverse(f"paminn_{slag}", args=[samarbeid.slug, rad.pk]),
        "ny_pause": "" if isinstance(rad, Mote) else reverse(f"pause_{slag}", args=[samarbeid.slug, rad.pk]),
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def avsnittene(tekst: str) -> list[Any]:
    """The paragraphs of what a person is told, quotations apart."""
    return list(les_avsnitt(tekst))


def _pausen(rad: Any, samarbeid: Any, om: str, pr: dt.date) -> Pause | None:
    """The pause of the row: fetched with it (see `med_pause`), or asked for."""
    if not hasattr(rad, "pause_id"):
        return Pause.objects.aktive(pr).filter(samarbeid=samarbeid, om=om).first()
    return Pause(pk=rad.pause_id, til=rad.pause_til, grunn=rad.pause_grunn) if rad.pause_id else None
