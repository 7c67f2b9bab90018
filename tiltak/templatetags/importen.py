"""Small words of the pages that read a plan in."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tiltak.models import Tiltak
from tiltak.rules.importen.tid import Tid
from tiltak.rules.ord import naar_ord

register = template.Library()


@register.simple_tag
def tid_ord(tid: Tid) -> SafeString:
    """What the portal made of the words about time, and the words when they say more."""
    tiltak = Tiltak(frist=tid.frist, rytme=tid.rytme, rytme_maned=tid.maned, rytme_dag=tid.dag)
    forstatt = naar_ord(tiltak)
    if not tid.tidsrom:
        return format_html("{}", forstatt)
    ord = format_html('<span class="ordrett">«{}»</span>', tid.tidsrom)
    return format_html('{}<span class="under">{}</span>', forstatt, ord) if forstatt else ord
