from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import CreateView, UpdateView, View

from felles.unntak import Regelbrudd
from organisering.models import Enhet, Gruppe, Koordinatorpost, Plass
from organisering.rules.tilgang import kan_redigere
from organisering.views.felles import Samarbeidsside, en_eller_404
from tiltak.forms import Ansvarsskjema, Partvalg
from tiltak.models import Ansvar, Tiltak
from tiltak.rules.lista import ett_tiltak
from tiltak.rules.parter import Part, forslag, parter
from tiltak.rules.tiltaket import ansvaret
from tiltak.services import avklar

PARTER: dict[str, type[Enhet | Gruppe | Plass | Koordinatorpost]] = {
    "enhet": Enhet,
    "gruppe": Gruppe,
    "plass": Plass,
    "koordinatorpost": Koordinatorpost,
}


class Ansvarssak(Samarbeidsside):
    """What the pages and commands about one measure's responsibilities share. Only the coordinator: others get 403."""

    menyvalg = "tiltak"

    @cached_property
    def tiltak(self) -> Tiltak:
        tiltak = en_eller_404(ett_tiltak(self.samarbeid, self.kwargs["pk"]))
        if not kan_redigere(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        tiltak.samarbeid = self.samarbeid
        return tiltak

    @cached_property
    def parter(self) -> list[Part]:
        return parter(self.samarbeid, self.pr)

    @property
    def side(self) -> str:
        return reverse("tiltak:ansvar", args=[self.samarbeid.slug, self.kwargs["pk"]])

    def finn(self) -> Ansvar:
        """The responsibility in the address."""
        ansvar: Ansvar = get_object_or_404(
            Ansvar.objects.med_parter().filter(tiltak=self.tiltak), pk=self.kwargs["ansvar"]
        )
        return ansvar


class Ansvarsliste(Ansvarssak, CreateView[Ansvar, Ansvarsskjema]):
    """Who answers, proposals for words that nobody is found for, and the form that adds one more."""

    form_class = Ansvarsskjema
    template_name = "tiltak/ansvar_liste.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        tiltak = self.tiltak
        return {**super().get_form_kwargs(), "tiltak": tiltak, "parter": self.parter, "avbryt": ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ansvar = ansvaret(self.tiltak)
        rader = [(ett, forslag(ett.kildeord, self.parter) if ett.er_uavklart else []) for ett in ansvar]
        return super().get_context_data(tiltak=self.tiltak, rader=rader, **kwargs)

    def form_valid(self, form: Ansvarsskjema) -> HttpResponse:
        siste = Ansvar.objects.filter(tiltak=self.tiltak).order_by("-rekkefolge").first()
        form.instance.rekkefolge = siste.rekkefolge + 1 if siste else 1
        form.save()
        messages.success(self.request, _("Ansvaret er lagt til: %(navn)s.") % {"navn": form.instance.navn})
        return redirect(self.side)


@method_decorator(transaction.atomic, name="post")
class Ansvarsside(Ansvarssak, UpdateView[Ansvar, Ansvarsskjema]):
    """One responsibility."""

    form_class = Ansvarsskjema
    template_name = "tiltak/ansvar_skjema.html"

    def get_object(self, queryset: Any = None) -> Ansvar:
        return self.finn()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "tiltak": self.tiltak, "parter": self.parter, "avbryt": self.side}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tiltak=self.tiltak, **kwargs)

    def form_valid(self, form: Ansvarsskjema) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Ansvaret er lagret: %(navn)s.") % {"navn": form.instance.navn})
        return redirect(self.side)


class Avklar(Ansvarssak, View):
    """One press: «Bruk Kommunalsjef 0–24»."""

    def post(self, request: HttpRequest, slug: str, pk: int, ansvar: int) -> HttpResponse:
        rad = self.finn()
        valgt = Partvalg(request.POST, parter=self.parter)
        if not valgt.is_valid():
            messages.error(request, _("Ansvaret er ikke avklart. Velg en som står i lista."))
            return redirect(self.side)
        felt, _skille, nokkel = valgt.cleaned_data["part"].partition("-")
        part: Any = get_object_or_404(PARTER[felt], samarbeid=self.samarbeid, pk=nokkel)
        try:
            avklar(rad, part=part)
            messages.success(request, _("«%(ord)s» er %(navn)s.") % {"ord": rad.kildeord, "navn": rad.navn})
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect(self.side)


class Fjern(Ansvarssak, View):
    """Removes a responsibility; reports made on its behalf stay."""

    def post(self, request: HttpRequest, slug: str, pk: int, ansvar: int) -> HttpResponse:
        rad = self.finn()
        rad.delete()
        messages.success(request, _("Ansvaret er fjernet: %(navn)s.") % {"navn": rad.navn})
        return redirect(self.side)
