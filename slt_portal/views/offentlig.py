"""The open pages: read by anybody, no form, cached by ETag. They never show who holds a seat."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from django.views.generic import TemplateView, View

from felles.tid import i_dag
from organisering.models import Samarbeid
from organisering.views.felles import Menyvalg, finn_samarbeid
from slt_portal.mellomvare import innlogget
from slt_portal.offentlig import OffentligBilde, gjeldende_utgaver
from tiltak.views.planer import svar_med_planfil

HOLDBAR = 120  # seconds a cache in between may show a page again without asking


@method_decorator(conditional_page, name="dispatch")
class ApenSide(TemplateView):
    """The frame of every open page: the same bytes for all who are logged out, and 304 when nothing is new."""

    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            bunnlenker=self.bunnlenker(), er_innlogget=innlogget(self.request) is not None, pr=i_dag(), **kwargs
        )

    def bunnlenker(self) -> list[Menyvalg]:
        annet, navn = ("nb", "Bokmål") if get_language() == "nn" else ("nn", "Nynorsk")
        return [
            Menyvalg(_("Personvern"), reverse("personvern")),
            Menyvalg(_("Tilgjengelighet"), reverse("tilgjengelighet")),
            Menyvalg(navn, f"{reverse('velg_sprak', args=[annet])}?neste={self.request.path}"),
        ]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        if not context["er_innlogget"]:
            patch_cache_control(response, public=True, max_age=HOLDBAR)
        return response


class Forside(ApenSide):
    """The portal's own front page; one who is logged in goes on to min-side."""

    template_name = "slt_portal/forside.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if innlogget(request):
            return redirect("min_side")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        i_drift = Samarbeid.objects.exclude(slutt__lt=i_dag()).only("navn", "slug", "modellnavn").order_by("navn")
        bokstaver = [(bokstav, list(rad)) for bokstav, rad in groupby(i_drift, key=forbokstav)]
        return super().get_context_data(bokstaver=bokstaver, antall=sum(len(r) for _b, r in bokstaver), **kwargs)


def forbokstav(samarbeid: Samarbeid) -> str:
    """The letter a name stands under: «Å» for «Ål», «#» for what is no letter."""
    forste = samarbeid.navn[:1].upper()
    return forste if forste.isalpha() else "#"


class OffentligSamarbeid(ApenSide):
    """What SLT is here, and whom to contact."""

    template_name = "slt_portal/samarbeid.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        funnet = finn_samarbeid(request, kwargs["slug"])
        if not isinstance(funnet, Samarbeid):
            return funnet
        return super().get(request, *args, samarbeid=funnet, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(bilde=OffentligBilde(kwargs["samarbeid"], i_dag()), **kwargs)


class OffentligPlan(OffentligSamarbeid):
    """The adopted plan, for anybody: the whole document when there is one, a list when there are several."""

    template_name = "slt_portal/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        utgaver = gjeldende_utgaver(kwargs["samarbeid"], i_dag())
        valgt = self.request.GET.get("plan", "")
        en = next((u for u in utgaver if str(u.plan_id) == valgt), utgaver[0] if len(utgaver) == 1 else None)
        return super().get_context_data(utgaver=utgaver, en=en, **kwargs)


class OffentligPlanfil(View):
    """The adopted plan as a PDF or a Word file. Of several plans `?plan=` says which; without one there is no file."""

    http_method_names = ["get", "head", "options"]
    endelse = "pdf"

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        funnet = finn_samarbeid(request, slug)
        if not isinstance(funnet, Samarbeid):
            return funnet
        utgaver, valgt = gjeldende_utgaver(funnet, i_dag()), request.GET.get("plan", "")
        en = next((u for u in utgaver if not valgt or str(u.plan_id) == valgt), None)
        if en is None:
            raise Http404
        en.utgave.samarbeid = funnet
        svar = svar_med_planfil(request, en.utgave, i_dag(), self.endelse)
        patch_cache_control(svar, public=True, max_age=HOLDBAR)
        return svar


class Personvern(ApenSide):
    """What the portal knows about people, and why."""

    template_name = "slt_portal/personvern.html"


class Tilgjengelighet(ApenSide):
    """How far the portal can be used by everybody, and whom to tell when it cannot."""

    template_name = "slt_portal/tilgjengelighet.html"
