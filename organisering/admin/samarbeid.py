from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisering.admin.felles import Egne, Side, Tabell
from organisering.models import Kilde, Kommune, KommuneISamarbeid, Samarbeid, TidligereSlug


class Kommuner(Tabell):
    model = KommuneISamarbeid
    fields = ("kommune", "fra", "til")

    def har_endring(self, request: HttpRequest) -> bool:
        """Who takes part in a Samarbeid is for those who run the installation."""
        return bool(request.user.is_authenticated and request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.har_endring(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.har_endring(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.har_endring(request)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("kommune")


class TidligereSlugger(Tabell):
    model = TidligereSlug
    fields = ("slug",)
    bare_superbruker = True


@admin.register(Samarbeid)
class Samarbeidsside(Side):
    list_display = ("navn", "slug", "malform", "oppfolging_fra", "slutt")
    search_fields = ("navn", "slug")
    autocomplete_fields = ("offentlig_kilde", "etterfolger")
    inlines = (Kommuner, TidligereSlugger)
    fieldsets: ClassVar = (
        (None, {"fields": ("navn", "slug", "malform", "modellnavn", "funksjonspostkasse")}),
        (_("Den åpne siden"), {"fields": ("ingress", "offentlig_tekst", "offentlig_kilde")}),
        (
            _("Oppfølging"),
            {"fields": ("oppfolging_fra", "statusrytme", "stille_helg", "stille_helligdag", "stille_juli")},
        ),
        (_("Avslutning"), {"fields": ("slutt", "etterfolger")}),
    )
    BARE_DRIFT = ("slug", "slutt", "etterfolger")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        assert request.user.is_authenticated
        return () if request.user.is_superuser else self.BARE_DRIFT

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_authenticated and request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)


@admin.register(Kommune)
class Kommuneside(Side):
    list_display = ("navn", "kommunenummer")
    search_fields = ("navn", "kommunenummer")
    fields = ("navn", "kommunenummer")
    bare_superbruker = True

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return ()


@admin.register(Kilde)
class Kildeside(Side):
    list_display = ("tittel", "datert", "samarbeid")
    list_filter = (("samarbeid", Egne),)
    list_select_related = ("samarbeid",)
    search_fields = ("tittel",)
    fields = ("samarbeid", "tittel", "datert", "lenke")
