from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from organisering.views.felles import Samarbeidsside
from tiltak.models import Handlingsplan, Planutgave
from tiltak.rules.planene import gruppenavn, hent_planer, planens_mal, planens_malgrupper, planstatus


class Planliste(Samarbeidsside, ListView[Handlingsplan]):
    """The plans of the Samarbeid, the edition in force and how each stands to its revision."""

    menyvalg = "planer"
    template_name = "tiltak/plan_liste.html"

    def get_queryset(self) -> QuerySet[Handlingsplan]:
        return hent_planer(self.samarbeid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(planer=[planstatus(plan, self.pr) for plan in self.object_list], **kwargs)


class Planside(Samarbeidsside, DetailView[Handlingsplan]):
    """One plan: its rule, its editions, its goals and target groups."""

    menyvalg = "planer"
    context_object_name = "plan"
    template_name = "tiltak/plan_detalj.html"

    def get_queryset(self) -> QuerySet[Handlingsplan]:
        return hent_planer(self.samarbeid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            status=planstatus(self.object, self.pr),
            mal=planens_mal(self.object),
            malgrupper=planens_malgrupper(self.object),
            **kwargs,
        )


class Utgaveside(Samarbeidsside, DetailView[Planutgave]):
    """One edition: the facts of its life, and the whole document."""

    menyvalg = "planer"
    context_object_name = "utgave"
    template_name = "tiltak/utgave_detalj.html"

    def get_queryset(self) -> QuerySet[Planutgave]:
        utgaver: QuerySet[Planutgave] = Planutgave.objects.filter(samarbeid=self.samarbeid)
        return (
            utgaver.defer("pdf").select_related("samarbeid", "plan").annotate(vedtatt_av_navn=gruppenavn("vedtatt_av"))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(gjelder=self.object.gjelder(self.pr), **kwargs)
