from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisering.admin.felles import Egne, Side, Tabell
from organisering.models import Enhet, Enhetsalias, Enhetskontakt, Koordinatorpost, Postoppgave


class Aliaser(Tabell):
    model = Enhetsalias
    fields = ("navn",)


class Kontakter(Tabell):
    model = Enhetskontakt
    fields = ("person", "funksjon", "fra", "til")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("person", "enhet")


@admin.register(Enhet)
class Enhetsside(Side):
    list_display = ("navn", "slag", "eier", "overordnet", "samarbeid", "til")
    list_filter = (("samarbeid", Egne), "slag", "eier")
    list_select_related = ("overordnet", "samarbeid")
    search_fields = ("navn", "aliaser__navn")
    autocomplete_fields = ("overordnet",)
    fields = ("samarbeid", "navn", "slag", "eier", "overordnet", "beskrivelse", "fra", "til")
    inlines = (Aliaser, Kontakter)


@admin.register(Enhetskontakt)
class Kontaktside(Side):
    list_display = ("person", "enhet", "funksjon", "samarbeid", "fra", "til")
    list_filter = (("samarbeid", Egne),)
    list_select_related = ("person", "enhet", "samarbeid")
    search_fields = ("person__navn", "enhet__navn", "funksjon")
    autocomplete_fields = ("person", "enhet")
    foreldre = ("enhet",)
    fields = ("enhet", "person", "funksjon", "fra", "til")


class Oppgaver(Tabell):
    model = Postoppgave
    fields = ("rekkefolge", "tekst")


@admin.register(Koordinatorpost)
class Postside(Side):
    list_display = ("tittel", "samarbeid", "prosent", "plassering", "fra", "til")
    list_filter = (("samarbeid", Egne),)
    list_select_related = ("samarbeid",)
    search_fields = ("tittel", "plassering")
    autocomplete_fields = ("enhet", "kilde")
    inlines = (Oppgaver,)
    fieldsets: ClassVar = (
        (None, {"fields": ("samarbeid", "tittel", "prosent", "plassering", "enhet", "rekkefolge", "fra", "til")}),
        (_("Åpent for alle"), {"fields": ("offentlig_epost", "offentlig_telefon")}),
        (_("Kilden"), {"fields": ("ordlyd", "kilde", "kildested")}),
    )
