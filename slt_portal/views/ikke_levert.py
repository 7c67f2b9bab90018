"""Mails that did not arrive, in the mail server's own words, and the addresses that nothing is sent to."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from organisering.rules import kan_administrere
from organisering.views.felles import Samarbeidsside
from slt_portal.utsending import VISES_I, avviste, feilede
from varsling.services import opphev_avvisning

FLEST = 100


class IkkeLevert(Samarbeidsside, TemplateView):
    """For those who can mend an address."""

    template_name = "slt_portal/ikke_levert.html"
    menyvalg = "oversikt"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not kan_administrere(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        feilet = feilede(self.samarbeid, self.pr - VISES_I).select_related("person").defer("html", "tekst")[:FLEST]
        return super().get_context_data(
            adresser=list(avviste(self.samarbeid, self.pr)), feilet=list(feilet), dager=VISES_I.days, **kwargs
        )


class ProvIgjen(Samarbeidsside, View):
    """Somebody says that the address is right: it may be tried."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        if not kan_administrere(request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        avvist = get_object_or_404(avviste(self.samarbeid, self.pr), pk=pk)
        opphev_avvisning([avvist.adresse])
        messages.success(request, _("Portalen skriver til %(adresse)s igjen.") % {"adresse": avvist.adresse})
        return redirect("ikke_levert", self.samarbeid.slug)
