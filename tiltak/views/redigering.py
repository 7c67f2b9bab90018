from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import CreateView, FormView, TemplateView, UpdateView, View

from felles.unntak import Regelbrudd
from organisering.rules.tilgang import kan_redigere
from organisering.views.felles import Samarbeidsside, en_eller_404
from tiltak.forms import Avslutningsskjema, Delpunkter, Delpunktsett, Tiltaksskjema
from tiltak.models import Delpunkt, Tiltak
from tiltak.rules.endringer import endringer
from tiltak.rules.lista import ett_tiltak
from tiltak.rules.tiltaket import endringene
from tiltak.services import avslutt, gjenoppta, ta_inn, ta_tilbake


class NyttTiltak(Samarbeidsside, CreateView[Tiltak, Tiltaksskjema]):
    """A measure that the plan does not have yet."""

    menyvalg = "tiltak"
    form_class = Tiltaksskjema
    template_name = "tiltak/tiltak_skjema.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        if not kan_redigere(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        avbryt = reverse("tiltak:liste", args=[self.samarbeid.slug])
        return {**super().get_form_kwargs(), "samarbeid": self.samarbeid, "avbryt": avbryt}

    def form_valid(self, form: Tiltaksskjema) -> HttpResponse:
        with transaction.atomic():
            tiltak = ta_inn(form.save(commit=False))
            form.save_m2m()
        messages.success(self.request, _("Tiltaket er lagt til. Hvem har ansvaret?"))
        return redirect("tiltak:ansvar", self.samarbeid.slug, tiltak.pk)


class Tiltaksarbeid(Samarbeidsside):
    """What the pages and commands that change one measure share. Only the coordinator: others get 403."""

    menyvalg = "tiltak"

    @cached_property
    def tiltak(self) -> Tiltak:
        tiltak = en_eller_404(ett_tiltak(self.samarbeid, self.kwargs["pk"]))
        if not kan_redigere(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        tiltak.samarbeid = self.samarbeid
        return tiltak

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tiltak=self.tiltak, **kwargs)


@method_decorator(transaction.atomic, name="post")
class RedigerTiltak(Tiltaksarbeid, UpdateView[Tiltak, Tiltaksskjema]):
    """What the plan says of the measure."""

    form_class = Tiltaksskjema
    template_name = "tiltak/tiltak_skjema.html"

    def get_object(self, queryset: QuerySet[Tiltak] | None = None) -> Tiltak:
        return self.tiltak

    def get_form_kwargs(self) -> dict[str, Any]:
        avbryt = self.tiltak.get_absolute_url()
        return {**super().get_form_kwargs(), "samarbeid": self.samarbeid, "avbryt": avbryt}

    def form_valid(self, form: Tiltaksskjema) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Tiltaket er lagret."))
        return redirect(self.tiltak.get_absolute_url())


@method_decorator(transaction.atomic, name="post")
class Delpunktside(Tiltaksarbeid, FormView[Any]):
    """All bullets on one page: text, years, done date, order; a tick removes one."""

    template_name = "tiltak/delpunkt_skjema.html"

    def get_form(self, form_class: Any = None) -> Any:
        punkter = Delpunkt.objects.filter(tiltak=self.tiltak)
        return Delpunkter(self.request.POST or None, instance=self.tiltak, queryset=punkter)

    def form_valid(self, form: Delpunktsett) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Delpunktene er lagret."))
        return redirect(self.tiltak.get_absolute_url())


class AvsluttTiltak(Tiltaksarbeid, FormView[Avslutningsskjema]):
    """Ends the measure, with the reason."""

    form_class = Avslutningsskjema
    template_name = "tiltak/tiltak_avslutt.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        avbryt = self.tiltak.get_absolute_url()
        return {**super().get_form_kwargs(), "initial": {"dato": self.pr}, "avbryt": avbryt}

    def form_valid(self, form: Avslutningsskjema) -> HttpResponse:
        try:
            avslutt(self.tiltak, pr=self.pr, **form.cleaned_data)
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Tiltaket er avsluttet."))
        return redirect(self.tiltak.get_absolute_url())


class Gjenoppta(Tiltaksarbeid, View):
    """Takes an ended measure up again."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        try:
            gjenoppta(self.tiltak)
            messages.success(request, _("Tiltaket er tatt opp igjen."))
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect(self.tiltak.get_absolute_url())


class TaTilbake(Tiltaksarbeid, TemplateView):
    """What taking a change back would do, and the one press that does it."""

    template_name = "tiltak/endring_tilbake.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alle = endringer(endringene(self.tiltak.pk))
        endring = en_eller_404([en for en in alle if en.nokkel == self.kwargs["endring"]])
        kwargs |= {"endring": endring, "linjer": endring.angrelinjer(self.pr), "siden": endring.endret_siden()}
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, slug: str, pk: int, endring: int) -> HttpResponse:
        try:
            ta_tilbake(self.tiltak, endring=endring)
            messages.success(request, _("Endringen er tatt tilbake."))
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect(self.tiltak.get_absolute_url())
