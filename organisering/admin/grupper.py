import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from felles.tid import i_dag
from felles.unntak import Regelbrudd
from organisering.admin.felles import Egne, Side, Tabell
from organisering.admin.skjema import Veggskjema
from organisering.models import Fullmakt, Gruppe, Mandatpunkt, Medlemskap, Motekrav, Niva, Plass, Verv
from organisering.services import avslutt_medlemskap, ikke_overlapp, lagre_medlemskap

KILDEN = (_("Kilden"), {"fields": ("ordlyd", "kilde", "kildested")})
I_SAMARBEID = ("samarbeid", Egne)
I_GRUPPE = ("gruppe", Egne)


class Mandat(Tabell):
    model = Mandatpunkt
    fields = ("rekkefolge", "ordlyd")


class Plasser(Tabell):
    model = Plass
    fields = ("rekkefolge", "tittel", "slag", "antall", "enhet", "deltar_som", "ma_besettes", "fra", "til")
    show_change_link = True


class VervIGruppa(Tabell):
    model = Verv
    fields = ("slag", "plass", "enhet", "koordinatorpost", "rotasjon", "fra", "til")

    def valg(self, db_field: Any, request: HttpRequest) -> models.QuerySet[Any]:
        """Of seats only the group's own, or its type's."""
        rader = super().valg(db_field, request)
        if db_field.name != "plass":
            return rader
        gruppe = self.forelder
        return rader.filter(gruppe__in=[gruppe.pk, gruppe.regelbarer_id]) if gruppe else rader.none()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("plass", "enhet", "koordinatorpost")


@admin.register(Gruppe)
class Gruppeside(Side):
    list_display = ("__str__", "slag", "samarbeid", "overordnet", "fra", "til")
    list_filter = (I_SAMARBEID, "slag", "er_politirad", "er_styringsgruppe")
    list_select_related = ("samarbeid", "overordnet")
    search_fields = ("navn", "nivaer__navn")
    autocomplete_fields = ("overordnet", "gruppetype", "kilde")
    inlines = (Mandat, Plasser, VervIGruppa)
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": (
                    "samarbeid",
                    "navn",
                    "slag",
                    "nivaer",
                    "er_styringsgruppe",
                    "er_politirad",
                    "gruppetype",
                    "overordnet",
                    "beskrivelse",
                    "rekkefolge",
                    "fra",
                    "til",
                )
            },
        ),
        (
            _("Møter og saker"),
            {
                "fields": (
                    "saksprefiks",
                    "innkallingsfrist",
                    "saksfrist",
                    "taushet_betyr",
                    "motedor",
                    "referat_offentlig",
                    "enkeltsaker",
                    "enkeltsaker_ordlyd",
                    "medlemsliste_komplett",
                    "resultat",
                )
            },
        ),
        KILDEN,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """A group without a name of its own is called by its level."""
        return super().get_queryset(request).prefetch_related("nivaer", "overordnet__nivaer")


@admin.register(Niva)
class Nivaside(Side):
    list_display = ("navn", "slag", "samarbeid", "rekkefolge")
    list_filter = (I_SAMARBEID, "slag")
    list_select_related = ("samarbeid",)
    search_fields = ("navn",)
    fields = ("samarbeid", "navn", "slag", "rekkefolge")


class Holdere(Tabell):
    """Who holds the seat. New ones are put in on their own page, where the room is checked."""

    model = Medlemskap
    fields = ("person", "rolle", "fra", "til")
    bare_lesing = True
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("person", "plass")


@admin.register(Plass)
class Plasside(Side):
    list_display = ("tittel", "gruppe", "slag", "antall", "enhet", "samarbeid", "til")
    list_filter = (I_SAMARBEID, I_GRUPPE, "slag", "ma_besettes")
    list_select_related = ("gruppe", "enhet", "samarbeid")
    search_fields = ("tittel", "gruppe__navn", "enhet__navn")
    autocomplete_fields = ("gruppe", "enhet", "kilde")
    foreldre = ("gruppe",)
    inlines = (Holdere,)
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": (
                    "gruppe",
                    "tittel",
                    "slag",
                    "antall",
                    "enhet",
                    "deltar_som",
                    "har_stemme",
                    "ser_unntatt",
                    "ma_besettes",
                    "rekkefolge",
                    "fra",
                    "til",
                )
            },
        ),
        KILDEN,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("gruppe__nivaer")


class Medlemskapsskjema(Veggskjema):
    """Says at the field what the service would refuse."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or not {"plass", "person"} <= set(self.cleaned_data):
            return
        try:
            ikke_overlapp(self.instance)
        except Regelbrudd as brudd:
            self.add_error(brudd.felt if brudd.felt in self.fields else None, brudd.setning)


@admin.register(Medlemskap)
class Medlemskapsside(Side):
    form = Medlemskapsskjema
    list_display = ("person", "plass", "gruppe", "rolle", "fra", "til", "samarbeid")
    list_filter = (I_SAMARBEID, ("plass__gruppe", Egne), "rolle")
    list_select_related = ("person", "plass__gruppe", "samarbeid")
    search_fields = ("person__navn", "plass__tittel", "plass__gruppe__navn")
    autocomplete_fields = ("person", "plass")
    foreldre = ("plass",)
    fields = ("plass", "person", "rolle", "fra", "til", "innkalt_fra")
    actions = ("avslutt_i_dag",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("plass__gruppe__nivaer")

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        return {"fra": i_dag(), **super().get_changeform_initial_data(request)}

    @admin.display(description=_("gruppe"))
    def gruppe(self, medlemskap: Medlemskap) -> str:
        return str(medlemskap.plass.gruppe)

    def save_model(self, request: HttpRequest, obj: Medlemskap, form: Any, change: bool) -> None:
        obj._history_user = request.user  # type: ignore[attr-defined]
        lagre_medlemskap(obj)

    @admin.action(description=_("Avslutt i dag"), permissions=["change"])
    def avslutt_i_dag(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Today is the last day of each."""
        avsluttet = sum(self._avslutt(request, medlemskap, i_dag()) for medlemskap in queryset)
        if avsluttet:
            setning = ngettext("Ett medlemskap er avsluttet.", "%(antall)s medlemskap er avsluttet.", avsluttet)
            self.message_user(request, setning % {"antall": avsluttet}, messages.SUCCESS)

    def _avslutt(self, request: HttpRequest, medlemskap: Medlemskap, dag: dt.date) -> bool:
        try:
            avslutt_medlemskap(medlemskap, siste_dag=dag)
        except Regelbrudd as brudd:
            self.message_user(request, f"{medlemskap}: {brudd.setning}", messages.ERROR)
            return False
        return True


@admin.register(Verv)
class Vervside(Side):
    list_display = ("slag", "gruppe", "holder", "samarbeid", "fra", "til")
    list_filter = (I_SAMARBEID, I_GRUPPE, "slag")
    list_select_related = ("gruppe", "plass", "enhet", "koordinatorpost", "samarbeid")
    search_fields = ("gruppe__navn", "plass__tittel", "enhet__navn")
    autocomplete_fields = ("gruppe", "plass", "enhet", "koordinatorpost", "kilde")
    foreldre = ("gruppe",)
    fieldsets: ClassVar = (
        (None, {"fields": ("gruppe", "slag", "plass", "enhet", "koordinatorpost", "rotasjon", "fra", "til")}),
        KILDEN,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("gruppe__nivaer")


@admin.register(Motekrav)
class Motekravside(Side):
    list_display = ("gruppe", "slag", "minst", "kalender", "perioder", "uker_til", "samarbeid", "fra", "til")
    list_filter = (I_SAMARBEID, I_GRUPPE, "slag")
    list_select_related = ("gruppe", "samarbeid")
    search_fields = ("gruppe__navn", "ordlyd")
    autocomplete_fields = ("gruppe", "kilde")
    foreldre = ("gruppe",)
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": (
                    "gruppe",
                    "slag",
                    "minst",
                    "hoyst",
                    "kalender",
                    "perioder",
                    "uker_fra",
                    "uker_til",
                    "omtrent",
                    "ved_behov",
                    "fra",
                    "til",
                )
            },
        ),
        KILDEN,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("gruppe__nivaer")


@admin.register(Fullmakt)
class Fullmaktside(Side):
    list_display = ("gjelder", "omfang", "myndighet", "gruppe", "plass", "koordinatorpost", "samarbeid", "fra", "til")
    list_filter = (I_SAMARBEID, "gjelder", "myndighet")
    list_select_related = ("gruppe", "plass", "koordinatorpost", "samarbeid")
    search_fields = ("gruppe__navn", "plass__tittel", "ordlyd")
    autocomplete_fields = ("gruppe", "plass", "koordinatorpost", "videre_gruppe", "videre_plass", "kilde")
    foreldre = ("gruppe", "plass", "koordinatorpost")
    fieldsets: ClassVar = (
        (_("Hvem"), {"fields": ("gruppe", "plass", "koordinatorpost")}),
        (_("Hva"), {"fields": ("gjelder", "omfang", "myndighet", "over", "alle_ma_si_ja", "fra", "til")}),
        (
            _("Hvor langt"),
            {"fields": ("grense_slag", "grense", "ramme_slag", "ramme", "videre_gruppe", "videre_plass")},
        ),
        KILDEN,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("gruppe__nivaer")
