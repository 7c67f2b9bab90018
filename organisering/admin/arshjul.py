from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisering.admin.felles import Egne, Side
from organisering.models import Arshjulpunkt, Avtale, Fridag

I_SAMARBEID = ("samarbeid", Egne)
KILDEN = (_("Kilden"), {"fields": ("ordlyd", "kilde", "kildested")})
HVEM = (_("Hvem"), {"fields": ("gruppe", "plass", "koordinatorpost", "hvem_ord")})


@admin.register(Fridag)
class Fridagside(Side):
    list_display = ("navn", "fra", "til", "stille", "samarbeid")
    list_filter = (I_SAMARBEID,)
    list_select_related = ("samarbeid",)
    search_fields = ("navn",)
    fields = ("samarbeid", "navn", "fra", "til", "stille")


class Partside(Side):
    """A page of rows that say who does them."""

    list_filter: Any = (I_SAMARBEID,)
    list_select_related: Any = ("gruppe", "plass", "koordinatorpost", "samarbeid")
    autocomplete_fields = ("gruppe", "plass", "koordinatorpost", "kilde")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("gruppe__nivaer")


@admin.register(Arshjulpunkt)
class Arshjulpunktside(Partside):
    list_display = ("tekst", "nar", "dag", "maned", "hvem", "samarbeid", "fra", "til")
    list_filter = (I_SAMARBEID, "nar")
    search_fields = ("tekst", "ordlyd")
    fieldsets: ClassVar = (
        (None, {"fields": ("samarbeid", "tekst", "nar", "dag", "maned", "fra", "til")}),
        HVEM,
        KILDEN,
    )


@admin.register(Avtale)
class Avtaleside(Partside):
    list_display = ("navn", "inngatt", "fornyes", "fornyes_maneder", "hvem", "samarbeid", "til")
    search_fields = ("navn", "parter")
    fieldsets: ClassVar = (
        (None, {"fields": ("samarbeid", "navn", "parter", "inngatt", "fornyes", "fornyes_maneder", "fra", "til")}),
        HVEM,
        KILDEN,
    )
