"""Plans and measures in the Django admin: for the coordinator, own Samarbeid. An administrator has no business here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from felles.tid import i_dag
from organisering.admin.felles import Egne, Side, Tabell
from tiltak.models import (
    Ansvar,
    Delpunkt,
    Handlingsplan,
    Mal,
    Malgruppe,
    Plandel,
    Plangjennomgang,
    Planutgave,
    Statusmelding,
    Tiltak,
)

I_SAMARBEID = ("samarbeid", Egne)
I_PLAN = ("plan", Egne)


class Koordinators:
    """Only where the person is coordinator."""

    def egne_ider(self, request: HttpRequest) -> frozenset[int]:
        return request.user.koordinator_i(i_dag()) if request.user.is_authenticated else frozenset()


class Planside(Koordinators, Side):
    list_display = ("navn", "samarbeid", "utarbeides_av", "vedtas_av", "revisjon_maneder")
    list_filter = (I_SAMARBEID,)
    list_select_related = ("samarbeid", "utarbeides_av", "vedtas_av")
    search_fields = ("navn", "tema")
    autocomplete_fields = ("overordnet", "utarbeides_av", "vedtas_av", "kilde")
    fields = (
        "samarbeid",
        "navn",
        "tema",
        "overordnet",
        "utarbeides_av",
        "vedtas_av",
        "revisjon_maneder",
        "rekkefolge",
        "ordlyd",
        "kilde",
        "kildested",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("utarbeides_av__nivaer", "vedtas_av__nivaer")


class Deler(Koordinators, Tabell):
    model = Plandel
    fields = ("rekkefolge", "dybde", "slag", "gruppe", "overskrift")
    bare_lesing = True
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("gruppe").prefetch_related("gruppe__nivaer")


class Utgaveside(Koordinators, Side):
    list_display = ("tittel", "nummer", "plan", "periode_fra", "periode_til", "vedtatt", "samarbeid")
    list_filter = (I_SAMARBEID, I_PLAN)
    list_select_related = ("plan", "samarbeid")
    search_fields = ("tittel", "plan__navn")
    autocomplete_fields = ("plan", "vedtatt_av")
    foreldre = ("plan",)
    inlines = (Deler,)
    fields = (
        "plan",
        "hovednummer",
        "undernummer",
        "tittel",
        "periode_fra",
        "periode_til",
        "foreslatt",
        "horing_til",
        "vedtatt",
        "vedtatt_av",
        "vedtatt_av_ord",
        "vedtatt_utenfor",
        "avlost",
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.frosset is None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


class Delside(Koordinators, Side):
    list_display = ("__str__", "utgave", "slag", "rekkefolge", "samarbeid")
    list_filter = (I_SAMARBEID, ("utgave", Egne))
    list_select_related = ("utgave", "samarbeid")
    search_fields = ("overskrift", "tekst")
    autocomplete_fields = ("utgave", "gruppe")
    foreldre = ("utgave",)
    fields = ("utgave", "rekkefolge", "dybde", "slag", "gruppe", "overskrift", "tekst", "etterord")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The parts of a frozen edition are frozen with it."""
        return super().has_change_permission(request, obj) and (obj is None or obj.utgave.frosset is None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


class Gjennomgangside(Koordinators, Side):
    list_display = ("plan", "dato", "gruppe", "organ_ord", "samarbeid")
    list_filter = (I_SAMARBEID, I_PLAN)
    list_select_related = ("plan", "gruppe", "samarbeid")
    autocomplete_fields = ("plan", "gruppe")
    foreldre = ("plan",)
    fields = ("plan", "dato", "gruppe", "organ_ord")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("gruppe__nivaer")


class Malside(Koordinators, Side):
    list_display = ("__str__", "slag", "plan", "overordnet", "samarbeid")
    list_filter = (I_SAMARBEID, "slag")
    list_select_related = ("plan", "overordnet", "samarbeid")
    search_fields = ("kortnavn", "tekst")
    autocomplete_fields = ("plan", "overordnet")
    fields = ("samarbeid", "plan", "overordnet", "slag", "kortnavn", "tekst", "rekkefolge")


class Malgruppeside(Koordinators, Side):
    list_display = ("tekst", "alder_fra", "alder_til", "plan", "samarbeid")
    list_filter = (I_SAMARBEID,)
    list_select_related = ("plan", "samarbeid")
    search_fields = ("tekst",)
    autocomplete_fields = ("plan",)
    fields = ("samarbeid", "plan", "tekst", "alder_fra", "alder_til", "rekkefolge")


class Delpunkter(Koordinators, Tabell):
    model = Delpunkt
    fields = ("rekkefolge", "tekst", "ar_fra", "ar_til", "gjort")


class Ansvarlige(Koordinators, Tabell):
    model = Ansvar
    fields = (
        "rekkefolge",
        "kildeord",
        "slag",
        "enhet",
        "funksjon",
        "gruppe",
        "plass",
        "koordinatorpost",
        "apen_med_vilje",
    )

    def valg(self, db_field: Any, request: HttpRequest) -> Any:
        rader = super().valg(db_field, request)
        return rader.prefetch_related("nivaer") if db_field.name == "gruppe" else rader


class Tiltaksside(Koordinators, Side):
    list_display = ("nummer", "tittel", "plan", "frist", "rytme", "gjort", "avsluttet", "samarbeid")
    list_display_links = ("tittel",)
    list_filter = (I_SAMARBEID, I_PLAN, "rytme", "opphav")
    list_select_related = ("plan", "samarbeid")
    search_fields = ("tittel", "beskrivelse")
    autocomplete_fields = ("plan", "hovedmal")
    foreldre = ("plan",)
    inlines = (Delpunkter, Ansvarlige)
    fields = (
        "plan",
        "nummer",
        "tittel",
        "beskrivelse",
        "tidsrom",
        "start",
        "slutt",
        "frist",
        "rytme",
        "rytme_maned",
        "rytme_dag",
        "hovedmal",
        "andre_mal",
        "malgrupper",
        "opphav",
        "kostnad",
        "finansiering",
    )


class Statusside(Koordinators, Side):
    """What people reported stands as they reported it."""

    bare_lesing = True
    list_display = ("tiltak", "status", "person", "meldt", "kanal", "samarbeid")
    list_filter = (I_SAMARBEID, "status")
    list_select_related = ("tiltak", "person", "samarbeid")
    search_fields = ("tiltak__tittel",)
    fields = ("samarbeid", "tiltak", "person", "meldt", "status", "tekst", "kanal")

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return ()


SIDER = {
    Handlingsplan: Planside,
    Planutgave: Utgaveside,
    Plandel: Delside,
    Plangjennomgang: Gjennomgangside,
    Mal: Malside,
    Malgruppe: Malgruppeside,
    Tiltak: Tiltaksside,
    Statusmelding: Statusside,
}
for modell, side in SIDER.items():
    admin.site.register(modell, side)
