"""Meetings and decisions in the Django admin: to be read by the coordinator. They are changed on their own pages,

where numbering, frames of money and notices are looked after. Who is inhabil in a case does not find it here either.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from felles.tid import i_dag
from moter.models import Mote, Oppfolging, Sak, Vedtak
from moter.rules.innsyn import skjult_for
from organisering.admin.felles import Egne, Side

I_SAMARBEID = ("samarbeid", Egne)
I_GRUPPE = ("gruppe", Egne)


class Lesing(Side):
    """Only where the person is coordinator, and only to look."""

    bare_lesing = True
    list_filter = (I_SAMARBEID, I_GRUPPE)
    sak_sti = ""  # from the row to its case, which may be hidden from the visitor

    def egne_ider(self, request: HttpRequest) -> frozenset[int]:
        return request.user.koordinator_i(i_dag()) if request.user.is_authenticated else frozenset()

    def get_queryset(self, request: HttpRequest) -> Any:
        rader = super().get_queryset(request).prefetch_related("gruppe__nivaer")
        if not self.sak_sti or not request.user.is_authenticated:
            return rader
        return rader.annotate(skjult=skjult_for(request.user, i_dag(), sak=self.sak_sti)).filter(skjult=False)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return ()


@admin.register(Mote)
class Moteside(Lesing):
    list_display = ("gruppe", "start", "sted", "innkalt", "holdt", "avlyst", "samarbeid")
    list_select_related = ("gruppe", "samarbeid")
    search_fields = ("gruppe__navn", "sted")
    fields = ("samarbeid", "gruppe", "start", "slutt", "sted", "innkalt", "holdt", "avlyst", "avlyst_grunn")


@admin.register(Sak)
class Sakside(Lesing):
    list_display = ("tittel", "gruppe", "mote", "slag", "samarbeid")
    list_select_related = ("gruppe", "mote__gruppe", "samarbeid")
    search_fields = ("tittel",)
    sak_sti = "pk"
    fields = ("samarbeid", "gruppe", "mote", "nummer", "nummer_ar", "slag", "tittel", "tekst", "forslag", "tiltak")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("mote__gruppe__nivaer")


@admin.register(Vedtak)
class Vedtakside(Lesing):
    list_display = ("tekst", "gruppe", "organ_ord", "dato", "slag", "belop", "opphevet", "samarbeid")
    list_select_related = ("gruppe", "samarbeid")
    search_fields = ("tekst",)
    sak_sti = "sak"
    fields = (
        "samarbeid",
        "gruppe",
        "organ_ord",
        "mote",
        "sak",
        "dato",
        "dato_ord",
        "slag",
        "tekst",
        "belop",
        "tiltak",
        "saksnummer_ord",
        "lenke",
        "opphevet",
    )


@admin.register(Oppfolging)
class Oppfolgingside(Lesing):
    list_display = ("tekst", "gruppe", "frist", "gjort", "samarbeid")
    list_select_related = ("gruppe", "samarbeid")
    search_fields = ("tekst",)
    sak_sti = "sak"
    fields = (
        "samarbeid",
        "gruppe",
        "mote",
        "tekst",
        "eier_person",
        "eier_plass",
        "eier_enhet",
        "eier_ord",
        "frist",
        "gjort",
    )
