from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView

from felles.tid import naa
from organisering.models import Person
from organisering.views.felles import Samarbeidsside
from slt_portal import mandag
from slt_portal.trenger_deg import setning

FLEST = 5  # things shown before «Vis flere»


class Oversikt(Samarbeidsside, TemplateView):
    """The coordinator's Monday page."""

    template_name = "slt_portal/oversikt.html"
    menyvalg = "oversikt"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.tilgang.er_koordinator:
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert isinstance(self.request.user, Person)
        bilde = mandag.hent(self.samarbeid, self.request.user, self.tilgang, self.pr, naa())
        kontekst = super().get_context_data(
            bilde=bilde,
            setning=setning(len(bilde.ting)),
            forst=bilde.ting[:FLEST],
            resten=bilde.ting[FLEST:],
            **kwargs,
        )
        # Only here, where it is counted: a number kept from an earlier visit would not be true.
        return kontekst | {"meny": [replace(v, antall=len(bilde.ting)) if v.valgt else v for v in kontekst["meny"]]}
