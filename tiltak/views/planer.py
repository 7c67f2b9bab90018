import datetime as dt
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.generic import DetailView, ListView

from organisering.views.felles import Samarbeidsside, en_eller_404
from tiltak.exports.planfil import planfil
from tiltak.models import Handlingsplan, Planutgave
from tiltak.rules.planene import hent_planer, planens_mal, planens_malgrupper, planstatus, utgaven


class Planliste(Samarbeidsside, ListView[Handlingsplan]):
    """The plans of the Samarbeid, the edition in force and how each stands to its revision."""

    menyvalg = "planer"
    template_name = "tiltak/plan_liste.html"

    def get_queryset(self) -> Any:
        return hent_planer(self.samarbeid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(planer=[planstatus(plan, self.pr) for plan in self.object_list], **kwargs)


class Planside(Samarbeidsside, DetailView[Handlingsplan]):
    """One plan: its rule, its editions, its goals and target groups."""

    menyvalg = "planer"
    context_object_name = "plan"
    template_name = "tiltak/plan_detalj.html"

    def get_object(self, queryset: QuerySet[Handlingsplan] | None = None) -> Handlingsplan:
        return en_eller_404(hent_planer(self.samarbeid, self.kwargs["pk"]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            status=planstatus(self.object, self.pr),
            mal=planens_mal(self.object),
            malgrupper=planens_malgrupper(self.object),
            **kwargs,
        )


HUSKES = 24 * 60 * 60  # seconds a finished file is kept; a change in the plan makes another


def svar_med_planfil(request: HttpRequest, utgave: Planutgave, pr: dt.date, endelse: str) -> HttpResponseBase:
    """The edition as a file. The same content is made once, and not sent twice to who has it."""
    fil = planfil(utgave, pr, endelse)
    merke = f'"{fil.avtrykk[:32]}-{endelse}"'
    svar: HttpResponseBase | None = get_conditional_response(request, etag=merke)
    if svar is None:
        nokkel = f"planfil:{endelse}:{fil.avtrykk}"
        innhold = cache.get(nokkel)
        if innhold is None:
            innhold = fil.lag()
            cache.set(nokkel, innhold, HUSKES)
        visning = content_disposition_header(endelse != "pdf", fil.navn) or "attachment"
        svar = HttpResponse(innhold, content_type=fil.type, headers={"Content-Disposition": visning})
    svar.headers["ETag"] = merke
    return svar


class Utgavefil(Samarbeidsside):
    """One edition as a PDF or a Word file, adopted or not, for those inside."""

    endelse = "pdf"

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
        utgaver = Planutgave.objects.filter(samarbeid=self.samarbeid).select_related("samarbeid", "plan", "vedtatt_av")
        return svar_med_planfil(request, get_object_or_404(utgaver, pk=pk), self.pr, self.endelse)


class Utgaveside(Samarbeidsside, DetailView[Planutgave]):
    """One edition: the facts of its life, and the whole document."""

    menyvalg = "planer"
    context_object_name = "utgave"
    template_name = "tiltak/utgave_detalj.html"

    def get_object(self, queryset: QuerySet[Planutgave] | None = None) -> Planutgave:
        return en_eller_404(utgaven(self.samarbeid, self.kwargs["pk"]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(gjelder=self.object.gjelder(self.pr), **kwargs)
