"""The plan as a document on a page, the same inside and outside."""

from typing import Any

from django import template

from felles.tid import i_dag
from tiltak.exports.plandokument import plandokument as bygg
from tiltak.models import Planutgave

register = template.Library()


@register.inclusion_tag("tiltak/_plandokument.html", takes_context=True)
def plandokument(context: template.Context, utgave: Planutgave) -> dict[str, Any]:
    """`{% plandokument utgave %}`: a list of contents with anchors, then every section. Reads `pr` when it is there."""
    return {"dokument": bygg(utgave, context.get("pr") or i_dag())}
