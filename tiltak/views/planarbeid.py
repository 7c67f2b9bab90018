from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, UpdateView

from felles.unntak import Regelbrudd
from organisering.rules.tilgang import kan_redigere
from organisering.views.felles import Samarbeidsside, en_eller_404
from tiltak.forms import Gjennomgangsskjema, Planskjema
from tiltak.models import Handlingsplan
from tiltak.rules.planene import hent_planer, planstatus
from tiltak.services import gjennomga


class Planarbeid(Samarbeidsside):
    """What the pages that change one plan share. Only the coordinator: others get 403."""

    menyvalg = "planer"

    @cached_property
    def plan(self) -> Handlingsplan:
        plan = en_eller_404(hent_planer(self.samarbeid, self.kwargs["pk"]))
        if not kan_redigere(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        return plan

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        status = planstatus(self.plan, self.pr)
        return super().get_context_data(plan=self.plan, status=status, **kwargs)


@method_decorator(transaction.atomic, name="post")
class RedigerPlan(Planarbeid, UpdateView[Handlingsplan, Planskjema]):
    """Name, interval, who prepares and adopts."""

    form_class = Planskjema
    template_name = "tiltak/plan_skjema.html"

    def get_object(self, queryset: QuerySet[Handlingsplan] | None = None) -> Handlingsplan:
        return self.plan

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pr": self.pr, "avbryt": self.plan.get_absolute_url()}

    def form_valid(self, form: Planskjema) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Planen er lagret."))
        return redirect(self.plan.get_absolute_url())


class Gjennomgang(Planarbeid, FormView[Gjennomgangsskjema]):
    """«Gjennomgått uten endring»."""

    form_class = Gjennomgangsskjema
    template_name = "tiltak/plan_gjennomgang.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        egne = {"samarbeid": self.samarbeid, "pr": self.pr, "avbryt": self.plan.get_absolute_url()}
        return {**super().get_form_kwargs(), "initial": {"dato": self.pr}, **egne}

    def form_valid(self, form: Gjennomgangsskjema) -> HttpResponse:
        try:
            gjennomga(self.plan, pr=self.pr, **form.cleaned_data)
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Gjennomgangen er lagret."))
        return redirect(self.plan.get_absolute_url())
