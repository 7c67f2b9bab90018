from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from organisering.views.felles import Samarbeidsside, en_eller_404
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


class Utgaveside(Samarbeidsside, DetailView[Planutgave]):
    """One edition: the facts of its life, and the whole document."""

    menyvalg = "planer"
    context_object_name = "utgave"
    template_name = "tiltak/utgave_detalj.html"

    def get_object(self, queryset: QuerySet[Planutgave] | None = None) -> Planutgave:
        return en_eller_404(utgaven(self.samarbeid, self.kwargs["pk"]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(gjelder=self.object.gjelder(self.pr), **kwargs)
