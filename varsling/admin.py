"""What was sent, for those who run the installation. Nothing here is changed by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from varsling.models import Epost, Kjoring, Varsel
from varsling.rules import uten_personlige_lenker


class Bareles(admin.ModelAdmin[Any]):
    """To be read by a superuser; stands below the rooms that know who administers what."""

    bak_veggen = True
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_authenticated and request.user.is_active and request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Epost)
class Epostside(Bareles):
    list_display = ("emne", "adresse", "tilstand", "forsok", "opprettet", "sendt")
    list_filter = ("tilstand", "straks")
    search_fields = ("emne", "adresse")
    list_select_related = ("samarbeid",)
    fields = (
        "samarbeid",
        "person",
        "adresse",
        "emne",
        "vist_tekst",
        "tilstand",
        "forsok",
        "neste_forsok",
        "svar_fra_tjener",
        "opprettet",
        "sendt",
        "message_id",
    )
    readonly_fields = ("vist_tekst",)

    @admin.display(description=_("tekst"))
    def vist_tekst(self, epost: Epost) -> str:
        """Never a link that opens something in another's name."""
        return uten_personlige_lenker(epost.tekst)


@admin.register(Varsel)
class Varselside(Bareles):
    list_display = ("gjelder", "regel", "person", "samarbeid", "forfall", "opprettet", "forbigatt", "trukket")
    list_filter = ("regel", "forbigatt")
    list_select_related = ("person", "samarbeid")
    search_fields = ("gjelder", "person__navn")


@admin.register(Kjoring)
class Kjoringside(Bareles):
    list_display = ("jobb", "dag", "startet", "ferdig", "funnet", "nye", "feil")
    list_filter = ("jobb",)
