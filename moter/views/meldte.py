"""Cases that members report to a group's queue, and the answer they get."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from felles.tid import naa
from felles.unntak import Regelbrudd
from moter.forms.meldte import Avvisningsskjema, Meldeskjema
from moter.forms.papirer import er_for_stor
from moter.models import Sak
from moter.rules.henting import motende_gruppe
from moter.rules.moterom import meldte_saker
from moter.services import avvis_sak, legg_ved, meld_sak, trekk_sak
from moter.views.arbeid import Gruppearbeid
from moter.views.papirer import Sakens
from organisering.models import Gruppe, Person
from organisering.views.felles import Samarbeidsside, en_eller_404


class MeldSak(Samarbeidsside, FormView[Meldeskjema]):
    """Whoever reads a group's papers reports a case to its queue, and sees what became of the earlier ones."""

    menyvalg = "moter"
    template_name = "moter/sak_meld.html"
    form_class = Meldeskjema
    gruppe: Gruppe

    def get_form_kwargs(self) -> dict[str, Any]:
        self.gruppe = en_eller_404(motende_gruppe(self.samarbeid, self.kwargs["pk"]))
        if not self.tilgang.kan_lese_gruppens_papirer(self.gruppe):
            raise PermissionDenied
        lengde = self.request.META.get("CONTENT_LENGTH") if self.request.method == "POST" else 0
        return {
            **super().get_form_kwargs(),
            "for_stor": er_for_stor(lengde),
            "knapp": _("Meld saken til gruppa"),
            "avbryt": reverse("organisering:gruppe", args=[self.samarbeid.slug, self.gruppe.pk]),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        meldte = meldte_saker(self.gruppe, self.request.user, self.pr)  # type: ignore[arg-type]
        return {**kontekst, "gruppe": self.gruppe, "meldte": meldte}

    def form_valid(self, form: Meldeskjema) -> HttpResponse:
        assert isinstance(self.request.user, Person)
        try:
            sak = meld_sak(self.gruppe, meldt_av=self.request.user, **form.felter())
            if form.papir is not None:
                legg_ved(sak, form.papir, av=self.request.user, naa=naa())
        except Regelbrudd as brudd:
            form.add_error(None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Saken er meldt: %(sak)s. Den venter i køen til gruppa.") % {"sak": sak})
        return redirect("moter:sak", self.samarbeid.slug, sak.pk)


class AvvisSak(Gruppearbeid, FormView[Avvisningsskjema]):
    """Says no to a case in the queue, with a reason that its reporter reads."""

    template_name = "moter/sak_avvis.html"
    form_class = Avvisningsskjema
    sak: Sak

    def get_form_kwargs(self) -> dict[str, Any]:
        self.sak = self.hent_sak(self.kwargs["pk"])
        avbryt = reverse("moter:sak", args=[self.samarbeid.slug, self.sak.pk])
        return {**super().get_form_kwargs(), "avbryt": avbryt}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "sak": self.sak}

    def form_valid(self, form: Avvisningsskjema) -> HttpResponse:
        try:
            avvis_sak(self.sak, grunn=form.cleaned_data["grunn"], naa=naa())
        except Regelbrudd as brudd:
            form.add_error(None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Saken tas ikke opp: %(sak)s. Grunnen står på saken.") % {"sak": self.sak})
        return redirect("moter:ko", self.samarbeid.slug, self.sak.gruppe_id)


class TrekkMin(Sakens):
    """The one who reported a case takes it back while it waits in the queue."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        if self.sak.meldt_av_id != self.person.pk or self.sak.mote_id is not None:
            raise PermissionDenied
        try:
            trekk_sak(self.sak, naa=naa())
            messages.success(request, _("Saken er trukket: %(sak)s.") % {"sak": self.sak})
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect("moter:meld", slug, self.sak.gruppe_id)
