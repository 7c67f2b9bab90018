"""One's own calendar: the feed that a program fetches without a login, and the page where its address is made."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView, View

from felles.frys import kontrollsum
from felles.tid import i_dag, naa
from felles.unntak import Regelbrudd
from moter.exports.kalender import strom
from moter.models import Kalenderabonnement
from moter.rules.kalender import moter_i_kalenderen
from moter.services.kalender import hvem_abonnerer, lag_abonnement, trekk_abonnement
from organisering.models import Person
from organisering.views.felles import Egenside


@require_safe
def kalenderstrom(request: HttpRequest, nokkel: str) -> HttpResponse:
    """The feed. What may be seen is asked anew each time; unchanged since the last time it is an empty 304."""
    person = hvem_abonnerer(nokkel)
    if person is None:
        raise Http404
    innhold = strom(moter_i_kalenderen(person, i_dag()), navn=_("SLT-møter"))
    merke = quote_etag(kontrollsum(innhold))
    svar = HttpResponse(
        innhold,
        content_type="text/calendar; charset=utf-8",
        headers={"ETag": merke, "Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"},
    )
    svar["Content-Disposition"] = 'inline; filename="slt.ics"'
    betinget = get_conditional_response(request, etag=merke, response=svar)
    assert isinstance(betinget, HttpResponse | HttpResponseNotModified)
    return betinget


class Kalenderside(Egenside, TemplateView):
    """The addresses one has made. A new one is shown once, in the answer to the press that made it."""

    template_name = "moter/kalender.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert isinstance(self.request.user, Person)
        abonnementer = self.request.user.kalenderabonnement.apne()
        return super().get_context_data(abonnementer=list(abonnementer), **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        assert isinstance(request.user, Person)
        try:
            _abonnement, nokkel = lag_abonnement(request.user, naa=naa())
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
            return redirect("kalender")
        adresse = settings.ADRESSE + reverse("kalenderstrom", args=[nokkel])
        return self.render_to_response(self.get_context_data(adresse=adresse))


class TrekkAbonnement(LoginRequiredMixin, View):
    """Takes an address back."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        abonnement = get_object_or_404(Kalenderabonnement, pk=pk, person=request.user)
        trekk_abonnement(abonnement, naa=naa())
        messages.success(request, _("Adressen er trukket tilbake. Den gir ingenting fra nå av."))
        return redirect("kalender")
