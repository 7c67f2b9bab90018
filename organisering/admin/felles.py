"""The wall in the Django admin: one base for pages and one for inlines. Both answer from our rules alone.

Every list, choice, search, action and history is cut down to the Samarbeid that the person administers on this day.
A row that is not inside does not exist. The Samarbeid of a new row follows from its parent where it can.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from felles.flervalg import Flervalg
from felles.tid import i_dag
from felles.unntak import Regelbrudd
from organisering.admin.skjema import DeltValg, Sokevalg, Veggformsett, Veggskjema
from organisering.models import Gruppe, Kommune, Person, Samarbeid
from organisering.rules.administrasjon import administrerte_ider

Rader = models.QuerySet[Any]
OPPTATT: Any = gettext_lazy("Raden er ikke lagret. Noen andre endret den samtidig, eller noe annet bruker den.")
TRYGGE = frozenset({"GET", "HEAD", "OPTIONS"})


def med_navn(rader: Rader) -> Rader:
    """With what the rows' own names need: a group without one is called by its level."""
    return rader.prefetch_related("nivaer") if rader.model is Gruppe else rader


class Egne(admin.RelatedOnlyFieldListFilter):
    """A filter on a relation, with the values that are found among the rows one may see."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        brukt = model_admin.get_queryset(request).order_by().values(self.field_path)
        rader = field.remote_field.model._default_manager.filter(pk__in=brukt)
        return [(rad.pk, str(rad)) for rad in med_navn(model_admin.innenfor(rader, request))]


class Vegg:
    """What pages and inlines share."""

    bak_veggen = True
    form: Any = Veggskjema
    model: type[models.Model]
    foreldre: tuple[str, ...] = ()  # the relations that a new row takes its Samarbeid from
    bare_superbruker = False
    bare_lesing = False
    view_on_site: Any = False

    def egne_ider(self, request: HttpRequest) -> frozenset[int]:
        """The Samarbeid this person works on here, when not a superuser."""
        return administrerte_ider(request.user, i_dag())

    def innenfor(self, rader: Rader, request: HttpRequest) -> Rader:
        """The rows of any model that this person may see here."""
        assert request.user.is_authenticated
        if request.user.is_superuser:
            return rader
        ider = self.egne_ider(request)
        if rader.model is Kommune:
            return rader  # a public register
        if rader.model is Samarbeid:
            return rader.filter(pk__in=ider)
        if rader.model is Person:
            return rader.filter(pk__in=Person.objects.get_queryset().i_samarbeid(ider).values("pk"))
        if any(felt.name == "samarbeid" for felt in rader.model._meta.fields):
            return rader.filter(samarbeid__in=ider)
        return rader.none()

    def get_queryset(self, request: HttpRequest) -> Rader:
        return self.innenfor(super().get_queryset(request), request)  # type: ignore[misc]

    # Choices

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = self.valg(db_field, request)
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = Sokevalg(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = self.valg(db_field, request)
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        kwargs["form_class"] = Flervalg
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """No shortcuts beside a choice: what is made in a small window has no Samarbeid yet."""
        felt = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        for knapp in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
            if felt is not None and hasattr(felt.widget, knapp):
                setattr(felt.widget, knapp, False)
        return felt

    def valg(self, db_field: Any, request: HttpRequest) -> Rader:
        modell = db_field.remote_field.model
        return med_navn(self.innenfor(modell._default_manager.all(), request))

    # Who may

    def har_tilgang(self, request: HttpRequest, obj: Any = None) -> bool:
        bruker = request.user
        if not bruker.is_authenticated or not bruker.is_active:
            return False
        if bruker.is_superuser:
            return True
        if self.bare_superbruker:
            return False
        ider = self.egne_ider(request)
        return bool(ider) if obj is None or obj.pk is None else self.horer_til(obj, ider)

    def horer_til(self, obj: Any, ider: frozenset[int]) -> bool:
        """Whether a row is inside. A person is when tied to one of them, now or before."""
        if isinstance(obj, Samarbeid):
            return obj.pk in ider
        if isinstance(obj, Person):
            return Person.objects.get_queryset().i_samarbeid(ider).filter(pk=obj.pk).exists()
        return getattr(obj, "samarbeid_id", None) in ider

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.har_tilgang(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.har_tilgang(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self.bare_lesing and self.har_tilgang(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self.bare_lesing and self.har_tilgang(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self.bare_lesing and self.har_tilgang(request, obj)


class Side(Vegg, SimpleHistoryAdmin):  # type: ignore[misc]  # simple_history carries no types
    """One model's pages."""

    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    actions_selection_counter = True

    # Forms

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        eneste, avslag = self.eneste_samarbeid(request), getattr(request, "avslag", None)
        return type(form.__name__, (form,), {"foreldre": self.foreldre, "eneste_samarbeid": eneste, "avslag": avslag})

    def eneste_samarbeid(self, request: HttpRequest) -> int | None:
        """The Samarbeid of a new row when there is only one it could be."""
        assert request.user.is_authenticated
        ider = self.egne_ider(request)
        return next(iter(ider)) if len(ider) == 1 and not request.user.is_superuser else None

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        """A row never moves to another Samarbeid, and a new one asks for it only when nothing else tells."""
        utelatt = [*(super().get_exclude(request, obj) or ())]
        if obj is not None or self.foreldre or self.eneste_samarbeid(request):
            utelatt.append("samarbeid")
        return utelatt

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        utelatt = set(self.get_exclude(request, obj))
        return [
            (navn, {**valg, "fields": [felt for felt in valg["fields"] if felt not in utelatt]})
            for navn, valg in super().get_fieldsets(request, obj)
        ]

    # Lists

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the page's own filters ask: an address must not be a way to ask about other columns."""
        filtre = {f[0] if isinstance(f, tuple) else f for f in self.get_list_filter(request)}
        tillatt = any(lookup == felt or lookup.startswith(f"{felt}__") for felt in filtre if isinstance(felt, str))
        return tillatt and bool(super().lookup_allowed(lookup, value, request))

    def get_actions(self, request: HttpRequest) -> Any:
        """Deleting many at once is for nobody."""
        handlinger = super().get_actions(request)
        handlinger.pop("delete_selected", None)
        return handlinger

    # What is refused is said at the page, whatever the way it was refused

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """What is refused when it is stored comes back as an error of the form, with all that was typed."""
        vis = super().changeform_view
        if request.method in TRYGGE:
            return vis(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                return vis(request, object_id, form_url, extra_context)
        except Regelbrudd as brudd:
            request.avslag = brudd  # type: ignore[attr-defined]
        except (IntegrityError, models.ProtectedError):
            request.avslag = Regelbrudd(OPPTATT)  # type: ignore[attr-defined]
        return vis(request, object_id, form_url, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        vis = super().changelist_view
        return self._si_fra(request, lambda: vis(request, extra_context))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        vis = super().delete_view
        return self._si_fra(request, lambda: vis(request, object_id, extra_context))

    def _si_fra(self, request: HttpRequest, vis: Callable[[], HttpResponse]) -> HttpResponse:
        if request.method in TRYGGE:
            return vis()
        try:
            with transaction.atomic():
                return vis()
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        except (IntegrityError, models.ProtectedError):
            messages.error(request, str(OPPTATT))
        return HttpResponseRedirect(request.get_full_path())

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """As everywhere in the portal: what one may not see does not exist."""
        raise Http404

    # The change log stands in each model's own history, scoped like the rows

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None: ...

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None: ...

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None: ...

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        if not hasattr(self.model, "history"):
            raise Http404
        self._bare_egen(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> Any:
        """An earlier version is for reading; what was goes back only by being written anew."""
        if not hasattr(self.model, "history"):
            raise Http404
        self._bare_egen(request, object_id)
        if request.method not in TRYGGE:
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _bare_egen(self, request: HttpRequest, object_id: str) -> None:
        if self.get_object(request, unquote(object_id)) is None:
            raise Http404

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class Innfelt(Vegg):
    """Rows shown on their parent's page."""

    formset: Any = Veggformsett
    extra = 0

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The same choices in every row: asked for once."""
        kwargs["form_class"] = DeltValg
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """In a table the heading of the column is no label; the box says its own name."""
        felt = super().formfield_for_dbfield(db_field, request, **kwargs)
        if felt is not None:
            getattr(felt.widget, "widget", felt.widget).attrs.setdefault("aria-label", felt.label)
        return felt

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*(super().get_exclude(request, obj) or ()), "samarbeid"]  # type: ignore[misc]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.forelder = obj
        return super().get_formset(request, obj, **kwargs)  # type: ignore[misc]


class Tabell(Innfelt, admin.TabularInline[Any, Any]):
    """Short rows."""


class Stabel(Innfelt, admin.StackedInline[Any, Any]):
    """Long rows."""
