"""Everyone inside may name views of the measures table; the coordinator may share them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from felles.unntak import Regelbrudd
from organisering.models import Person
from organisering.views.felles import Samarbeidsside
from tiltak.forms import Tiltaksfilter, Visningsskjema
from tiltak.models import Visning
from tiltak.rules.planene import planer_med_periode
from tiltak.services import lagre_visning


class NyVisning(Samarbeidsside, View):
    """Keeps what the table shows now under a name."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assert isinstance(request.user, Person)
        filtre = Tiltaksfilter(
            request.POST, samarbeid=self.samarbeid, planer=planer_med_periode(self.samarbeid, self.pr)
        )
        skjema = Visningsskjema(request.POST, kan_dele=self.tilgang.er_koordinator)
        try:
            if not skjema.is_valid():
                raise Regelbrudd(skjema.setning)
            navn, delt = skjema.cleaned_data["navn"], skjema.cleaned_data.get("delt", False)
            lagre_visning(self.samarbeid, av=request.user, navn=navn, valg=filtre.i_adressen, delt=delt)
            messages.success(request, _("Visningen er lagret: %(navn)s.") % {"navn": navn})
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect(f"{reverse('tiltak:liste', args=[slug])}?{filtre.adresse}")


class FjernVisning(Samarbeidsside, View):
    """Takes one's own view away."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        visning = get_object_or_404(Visning, samarbeid=self.samarbeid, person=request.user, pk=pk)
        visning.delete()
        messages.success(request, _("Visningen er fjernet: %(navn)s.") % {"navn": visning.navn})
        return redirect("tiltak:liste", slug)
