from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from felles.tid import i_dag, naa, oslo_dato
from felles.unntak import Regelbrudd
from organisering.admin.felles import Egne, Side, Tabell
from organisering.admin.skjema import Veggskjema
from organisering.models import (
    Enhetskontakt,
    Invitasjon,
    Medlemskap,
    Person,
    Plass,
    Rolletildeling,
)
from organisering.services import bytt_person, sett_epost, sett_inn, trekk_invitasjon
from varsling.models import AvvistAdresse

I_SAMARBEID = ("samarbeid", Egne)


class Plassvalg(forms.ModelChoiceField[Plass]):
    """A seat, told apart by its group."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.gruppe}: {obj}"


class NyPersonskjema(Veggskjema):
    """A person comes into a Samarbeid by a seat. One with an address is invited instead."""

    plass = Plassvalg(label=_("plass"), queryset=Plass.objects.none())
    fra = forms.DateField(label=_("fra"), initial=i_dag, widget=AdminDateWidget())

    class Meta:
        model = Person
        fields = ("navn", "telefon", "stilling", "sprak")
        help_texts: ClassVar = {
            "navn": _("For personer uten e-post. Den som har e-post, inviterer du, så svarer hun selv.")
        }


class Driftsskjema(Veggskjema):
    """What only those who run the installation change."""

    class Meta:
        model = Person
        fields = ("navn", "epost", "telefon", "stilling", "sprak", "is_active", "is_superuser")


class Plassene(Tabell):
    model = Medlemskap
    fields = ("plass", "rolle", "fra", "til")
    bare_lesing = True
    show_change_link = True
    verbose_name_plural = _("plasser")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("plass__gruppe", "person")


class Rollene(Tabell):
    model = Rolletildeling
    fields = ("samarbeid", "rolle", "fra", "til")
    bare_lesing = True
    show_change_link = True

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("samarbeid", "person")


class Byttskjema(forms.Form):
    """Whom to put in all the seats instead."""

    til = forms.ModelChoiceField(label=_("Ny person"), queryset=Person.objects.none())

    def __init__(self, *args: Any, personer: models.QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt = self.fields["til"]
        assert isinstance(felt, forms.ModelChoiceField)
        felt.queryset = personer


@admin.register(Person)
class Personside(Side):
    list_display = ("navn", "stillingen", "telefonen", "adressen")
    search_fields = ("navn",)
    ordering = ("navn", "pk")
    inlines = (Plassene, Rollene)
    change_form_template = "admin/organisering/person/change_form.html"
    EGNE_FELT = ("navn", "epost", "avvist", "telefon", "stilling", "sprak")

    def get_queryset(self, request: HttpRequest) -> Any:
        """One who has left keeps the name in the lists, but what is new about them is no longer ours to see."""
        svar = AvvistAdresse.objects.filter(adresse=models.OuterRef("epost"))
        felt = {f"avvist_{felt}": models.Subquery(svar.values(felt)[:1]) for felt in ("oppdaget", "svar_fra_tjener")}
        rader = super().get_queryset(request).annotate(**felt)
        if self._drift(request):
            return rader.annotate(knyttet=models.Value(True))
        ider, pr = self.egne_ider(request), i_dag()
        naa_med = models.Q()
        for modell in (Rolletildeling, Medlemskap, Enhetskontakt):
            egne = modell._default_manager.filter(samarbeid__in=ider, person=models.OuterRef("pk"))
            naa_med |= models.Q(models.Exists(egne.exclude(til__lt=pr)))
        return rader.annotate(knyttet=models.ExpressionWrapper(naa_med, output_field=models.BooleanField()))

    @admin.display(description=_("stilling"))
    def stillingen(self, person: Any) -> str:
        return person.stilling if person.knyttet else ""

    @admin.display(description=_("telefon"))
    def telefonen(self, person: Any) -> str:
        return person.telefon if person.knyttet else ""

    @admin.display(description=_("e-post"))
    def adressen(self, person: Any) -> str:
        return (person.epost or "") if person.knyttet else ""

    @admin.display(description=_("e-posttjenerens svar"))
    def avvist(self, person: Any) -> str:
        """Why nothing is sent to the address, in the words of the server that refused it."""
        oppdaget = getattr(person, "avvist_oppdaget", None)  # a new person has no answer yet
        if oppdaget is None:
            return str(_("Adressen er ikke avvist."))
        ord_ = str(_("Avvist %(dag)s: %(svar)s. Ingenting sendes dit før adressen er rettet."))
        return ord_ % {"dag": date_format(oslo_dato(oppdaget)), "svar": person.avvist_svar_fra_tjener}

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A person's own fields: only of one who belongs to no other Samarbeid and is no superuser."""
        if not super().has_change_permission(request, obj):
            return False
        bruker = request.user
        if obj is None or isinstance(bruker, AnonymousUser) or bruker.is_superuser:
            return True
        return not obj.is_superuser and not self._horer_til_andre(obj, self.egne_ider(request))

    @staticmethod
    def _horer_til_andre(person: Person, ider: frozenset[int]) -> bool:
        rader = [
            modell._default_manager.filter(person=person).exclude(samarbeid__in=ider).order_by().values("pk")
            for modell in (Rolletildeling, Medlemskap, Enhetskontakt)
        ]
        return bool(rader[0].union(*rader[1:])[:1])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._drift(request)

    def has_view_history_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The history of one who belongs to others too may tell who they are."""
        return self.has_change_permission(request, obj)

    def has_view_history_or_change_history_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    @staticmethod
    def _drift(request: HttpRequest) -> bool:
        return bool(request.user.is_authenticated and request.user.is_superuser)

    # Forms

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None and not self._drift(request):
            kwargs["form"] = self._ny_person(request)
        elif self._drift(request):
            kwargs["form"] = Driftsskjema
        return super().get_form(request, obj, change, **kwargs)

    def _ny_person(self, request: HttpRequest) -> type[NyPersonskjema]:
        plasser = self.innenfor(Plass.objects.aktive(i_dag()), request).select_related("gruppe")
        felt = Plassvalg(label=_("plass"), queryset=plasser.prefetch_related("gruppe__nivaer"))
        return type("NyPersonskjema", (NyPersonskjema,), {"plass": felt})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None and not self._drift(request):
            return [(None, {"fields": ("navn", "telefon", "stilling", "sprak", "plass", "fra")})]
        if self._drift(request):
            return [(None, {"fields": ("navn", "epost", "avvist", *Driftsskjema.Meta.fields[2:])})]
        har_sluttet = obj is not None and not getattr(obj, "knyttet", True)
        return [(None, {"fields": ("navn",) if har_sluttet else self.EGNE_FELT})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("avvist",) if self._drift(request) or obj is None else ("epost", "avvist")

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.inlines if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """The address goes through its one writer; a new person is seated in the same act."""
        obj._history_user = request.user  # type: ignore[attr-defined]
        with transaction.atomic():
            if change:
                obj.save(update_fields=[felt for felt in form.cleaned_data if felt != "epost"])
            else:
                adresse, obj.epost = obj.epost, None
                obj.set_unusable_password()
                obj.save()
                obj.epost = adresse
            if "epost" in form.cleaned_data:
                sett_epost(obj, obj.epost)
            if form.cleaned_data.get("plass"):
                sett_inn(form.cleaned_data["plass"], obj, fra=form.cleaned_data["fra"])

    # Replace in all seats

    def get_urls(self) -> list[Any]:
        bytt = path("<path:object_id>/bytt/", self.admin_site.admin_view(self.bytt), name="organisering_person_bytt")
        return [bytt, *super().get_urls()]

    def bytt(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Replaces the person in all seats in the Samarbeid that the visitor administers."""
        person = self.get_object(request, object_id)
        if person is None:
            raise Http404
        if not self.har_tilgang(request, person):
            raise PermissionDenied
        personer = self.get_queryset(request).exclude(pk=person.pk).filter(is_active=True)
        skjema = Byttskjema(request.POST or None, personer=personer)
        if skjema.is_valid() and self._bytt(request, person, skjema):
            return HttpResponseRedirect(
                reverse("admin:organisering_person_change", args=[skjema.cleaned_data["til"].pk])
            )
        innhold = {
            **self.admin_site.each_context(request),
            "title": _("Bytt ut %(person)s i alle plasser") % {"person": person},
            "opts": self.opts,
            "person": person,
            "form": skjema,
        }
        return TemplateResponse(request, "admin/organisering/person/bytt.html", innhold)

    def _bytt(self, request: HttpRequest, person: Person, skjema: Byttskjema) -> bool:
        til, ider = skjema.cleaned_data["til"], None if self._drift(request) else self.egne_ider(request)
        try:
            nye = bytt_person(person, til, pr=i_dag(), samarbeid_ider=ider)
        except Regelbrudd as brudd:
            skjema.add_error(None, brudd.setning)
            return False
        setning = ngettext("%(til)s har overtatt en plass.", "%(til)s har overtatt %(antall)s plasser.", len(nye))
        self.message_user(request, setning % {"til": til, "antall": len(nye)}, messages.SUCCESS)
        return True


@admin.register(Rolletildeling)
class Rolleside(Side):
    list_display = ("person", "rolle", "koordinatorpost", "samarbeid", "fra", "til")
    list_filter = (I_SAMARBEID, "rolle")
    list_select_related = ("person", "koordinatorpost", "samarbeid")
    search_fields = ("person__navn",)
    autocomplete_fields = ("person", "koordinatorpost")
    fields = ("samarbeid", "person", "rolle", "koordinatorpost", "fra", "til")


@admin.register(Invitasjon)
class Invitasjonsside(Side):
    """What was sent. New ones are sent from the invitation page of the Samarbeid."""

    bare_lesing = True
    list_display = ("epost", "rolle", "plass", "samarbeid", "sendt", "utloper", "besvart", "trukket")
    list_filter = (I_SAMARBEID, "rolle")
    list_select_related = ("plass", "samarbeid")
    search_fields = ("epost",)
    fields = ("samarbeid", "epost", "rolle", "plass", "invitert_av", "sendt", "utloper", "besvart", "trukket")
    actions = ("trekk",)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return ()

    @admin.action(description=_("Trekk tilbake"), permissions=["view"])
    def trekk(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for invitasjon in queryset:
            try:
                trekk_invitasjon(invitasjon, naa=naa())
            except Regelbrudd as brudd:
                self.message_user(request, f"{invitasjon}: {brudd.setning}", messages.ERROR)
