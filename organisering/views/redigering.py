"""The pages where one row, or a short list of rows, is written: what the nouns share."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from felles.unntak import Regelbrudd
from organisering.models import Gruppe
from organisering.rules.tilgang import kan_redigere
from organisering.services import slett
from organisering.views.felles import Samarbeidsside

Ord = str | Promise
NYE_RADER, FLEST_RADER = 2, 100


@method_decorator(transaction.atomic, name="post")
class Radside(Samarbeidsside, FormView[Any]):
    """Makes or changes one row. `forelder` names the relation to the row in the address that a new one belongs to."""

    template_name = "organisering/rad_skjema.html"
    modell: ClassVar[Any]
    forelder: ClassVar[tuple[str, Any] | None] = None
    kan: ClassVar[Callable[..., bool]] = staticmethod(kan_redigere)
    ny: ClassVar[Ord]
    endre: ClassVar[Ord]
    lagret: ClassVar[Ord]
    ingress: ClassVar[Ord] = ""
    kan_slettes: ClassVar[bool] = True

    @cached_property
    def rad(self) -> Any:
        """The row at the address, or a new one. Only those who may: others inside get 403."""
        pk = self.kwargs.get("pk")
        rad = self.finn(self.modell, pk) if pk is not None else self.modell(samarbeid=self.samarbeid)
        if self.forelder is not None:
            navn, modell = self.forelder
            setattr(rad, navn, self.finn(modell, self.kwargs[navn]) if pk is None else getattr(rad, navn))
        self.krev()
        rad.samarbeid = self.samarbeid
        return rad

    def krev(self) -> None:
        """Raises PermissionDenied for one who may not."""
        if not self.kan(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied

    def finn(self, modell: Any, pk: int) -> Any:
        """A row of this Samarbeid. Raises Http404."""
        rader = modell._default_manager.filter(samarbeid=self.samarbeid)
        rad = get_object_or_404(rader.prefetch_related("nivaer") if modell is Gruppe else rader, pk=pk)
        rad.samarbeid = self.samarbeid
        return rad

    @property
    def tilbake(self) -> str:
        """Where the row is seen."""
        return reverse("organisering:oppsett", args=[self.samarbeid.slug])

    @property
    def etter_sletting(self) -> str:
        """Where to go when the row is no more."""
        return self.tilbake

    @property
    def sted(self) -> str:
        """What the place is called."""
        return _("Oppsett")

    def get_form_kwargs(self) -> dict[str, Any]:
        egne = {"instance": self.rad, "samarbeid": self.samarbeid, "pr": self.pr, "avbryt": self.tilbake}
        return {**super().get_form_kwargs(), **egne}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        endres = "pk" in self.kwargs
        return super().get_context_data(
            overskrift=self.endre if endres else self.ny,
            ingress=self.ingress,
            tilbake=self.tilbake,
            sted=self.sted,
            kan_slettes=endres and self.kan_slettes,
            rad=self.rad,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "slett" in request.POST and "pk" in self.kwargs and self.kan_slettes:
            return self.fjern(request)
        return super().post(request, *args, **kwargs)

    def fjern(self, request: HttpRequest) -> HttpResponse:
        navn, tilbake = str(self.rad), self.etter_sletting
        try:
            slett(self.rad)
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
            return redirect(request.path)
        messages.success(request, _("«%(navn)s» er slettet.") % {"navn": navn})
        return redirect(tilbake)

    def lagre(self, form: Any) -> Any:
        """Stores the row. Raises Regelbrudd when a rule says no."""
        return form.save()

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                self.lagre(form)
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, str(self.lagret))
        return redirect(self.tilbake)


class IGruppe(Radside):
    """A row that is a part of a group, and is seen on the group's page."""

    menyvalg = "grupper"
    forelder = ("gruppe", Gruppe)

    @property
    def tilbake(self) -> str:
        return reverse("organisering:gruppe", args=[self.samarbeid.slug, self.rad.gruppe_id])

    @property
    def sted(self) -> str:
        return str(self.rad.gruppe)


class Radsett(BaseInlineFormSet[Any, Any, Any]):
    """Rows of one parent; what is used elsewhere is not taken away."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk is None and form.empty_permitted and "rekkefolge" in form.fields:
            form.fields["rekkefolge"].initial = form.initial["rekkefolge"] = None

    def save_new(self, form: Any, commit: bool = True) -> Any:
        if "rekkefolge" in form.fields and not form.instance.rekkefolge:
            form.instance.rekkefolge = max((rad.instance.rekkefolge for rad in self.forms), default=0) + 1
        return super().save_new(form, commit=commit)

    def delete_existing(self, obj: Any, commit: bool = True) -> None:
        slett(obj)


class Listeside(Radside):
    """All rows of one parent on one page: changed, ordered, added, and taken away by a tick."""

    template_name = "organisering/rad_liste.html"
    radskjema: ClassVar[Any]
    del_: ClassVar[Any]
    kan_slettes = False
    radnavn: ClassVar[Ord]
    ny_rad: ClassVar[Ord]
    knapp: ClassVar[Ord]

    def egne(self) -> dict[str, Any]:
        """What each row's form is given beside the rest."""
        return {}

    def get_form(self, form_class: Any = None) -> Any:
        rad, lager = self.rad, {}  # type: ignore[var-annotated]
        sett = inlineformset_factory(
            type(rad), self.del_, form=self.radskjema, formset=Radsett, extra=NYE_RADER, max_num=FLEST_RADER,
            can_delete=True, fk_name=self.fk(), fields=tuple(self.radskjema.Meta.fields),
        )  # fmt: skip
        egne = {"samarbeid": self.samarbeid, "pr": self.pr, "lager": lager, **self.egne()}
        return sett(self.request.POST or None, instance=rad, form_kwargs=egne)

    def fk(self) -> str | None:
        """The relation to the parent, where there are several."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ord_ = {"radnavn": self.radnavn, "ny_rad": self.ny_rad, "knapp": self.knapp}
        return super().get_context_data(**ord_, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                form.save()
        except Regelbrudd as brudd:
            form._non_form_errors = form.error_class([brudd.setning])
            return self.form_invalid(form)
        messages.success(self.request, str(self.lagret))
        return redirect(self.tilbake)
