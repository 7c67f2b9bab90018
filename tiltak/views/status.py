from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, View

from felles.tid import naa, oslo_dato
from felles.unntak import Regelbrudd
from organisering.models import Person
from organisering.views.felles import Samarbeidsside, en_eller_404
from tiltak.forms import Statusskjema
from tiltak.models import Statusmelding, Tiltak
from tiltak.models.tilstand import Dagen
from tiltak.rules.lista import med_siste_melding
from tiltak.rules.status import ansvar_a_melde_for, kan_angre, kan_melde_status, spor_igjen, sporres_na
from tiltak.services import angre_status, meld_status


class Statusside(Samarbeidsside, FormView[Statusskjema]):
    """The answers to choose among; with `?status=` the chosen one and the button that sends. GET changes nothing."""

    menyvalg = "tiltak"
    form_class = Statusskjema
    template_name = "tiltak/status_skjema.html"

    @cached_property
    def tiltak(self) -> Tiltak:
        """Not here: 404. Not one's own to report on: 403."""
        tiltak = en_eller_404(med_siste_melding(self.samarbeid, self.kwargs["pk"], Dagen.av(self.pr)))
        tiltak.samarbeid = self.samarbeid
        if not kan_melde_status(self.request.user, tiltak, self.pr):
            raise PermissionDenied
        return tiltak

    @property
    def valgt(self) -> str:
        svar = self.request.POST.get("status") or self.request.GET.get("status") or ""
        return svar if svar in Statusmelding.Status.values else ""

    def get_form_kwargs(self) -> dict[str, Any]:
        assert isinstance(self.request.user, Person)
        ansvar, paakrevd = ansvar_a_melde_for(self.request.user, self.tiltak, self.pr)
        return {
            **super().get_form_kwargs(),
            "initial": {"status": self.valgt},
            "ansvar": ansvar,
            "paakrevd": paakrevd,
            "avbryt": self.tiltak.get_absolute_url(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            tiltak=self.tiltak,
            valgt=self.valgt,
            valgt_ord=Statusmelding.Status(self.valgt).label if self.valgt else "",
            siste=Statusmelding.Status(self.tiltak.siste_status).label if self.tiltak.siste_status else "",
            **kwargs,
        )

    def form_valid(self, form: Statusskjema) -> HttpResponse:
        assert isinstance(self.request.user, Person)
        try:
            melding = meld_status(self.tiltak, person=self.request.user, naa=naa(), **form.melding())
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else None, brudd.setning)
            return self.form_invalid(form)
        return redirect("tiltak:status_sendt", self.samarbeid.slug, self.tiltak.pk, melding.pk)


class Kvittering(Samarbeidsside, DetailView[Statusmelding]):
    """What was sent, a way to take it back, and the next question."""

    menyvalg = "tiltak"
    context_object_name = "melding"
    pk_url_kwarg = "melding"
    template_name = "tiltak/status_sendt.html"

    def get_queryset(self) -> Any:
        egne = Statusmelding.objects.filter(
            samarbeid=self.samarbeid, tiltak=self.kwargs["pk"], person=self.request.user.pk
        )
        return egne.select_related("tiltak")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert isinstance(self.request.user, Person)
        tiltak = self.object.tiltak
        tiltak.samarbeid = self.samarbeid
        venter = list(sporres_na(self.request.user, self.pr))
        return super().get_context_data(
            tiltak=tiltak,
            kan_angre=kan_angre(self.request.user, self.object, naa()),
            spor_igjen=spor_igjen(tiltak, self.object, self.samarbeid, oslo_dato(self.object.meldt)),
            neste=venter[0] if venter else None,
            igjen=len(venter),
            **kwargs,
        )


class Angre(Samarbeidsside, View):
    """Takes one's own report back."""

    def post(self, request: HttpRequest, slug: str, pk: int, melding: int) -> HttpResponse:
        assert isinstance(request.user, Person)
        sendt = get_object_or_404(Statusmelding, samarbeid=self.samarbeid, tiltak=pk, pk=melding, person=request.user)
        try:
            angre_status(sendt, av=request.user, naa=naa())
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
            return redirect("tiltak:status_sendt", slug, pk, melding)
        messages.success(request, _("Meldingen er trukket tilbake."))
        return redirect(reverse("tiltak:status", args=[slug, pk]))
