from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from felles.tid import naa
from felles.unntak import Regelbrudd
from organisering.forms import Invitasjonsskjema
from organisering.models import Invitasjon, Plass, Samarbeid
from organisering.rules import kan_administrere
from organisering.services import inviter, trekk_invitasjon
from organisering.views.felles import Samarbeidsside


class Invitasjonsliste(Samarbeidsside, FormView[Invitasjonsskjema]):
    """Who is asked and has not answered, and the form that asks one more."""

    menyvalg = "invitasjoner"
    form_class = Invitasjonsskjema
    template_name = "organisering/invitasjon_liste.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        if not kan_administrere(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        plasser = Plass.objects.filter(samarbeid=self.samarbeid).aktive(self.pr).select_related("gruppe")
        ledige = plasser.filter(Plass.aktiv_q(self.pr, "gruppe__")).prefetch_related("gruppe__nivaer")
        return {**super().get_form_kwargs(), "samarbeid": self.samarbeid, "plasser": ledige}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(invitasjoner=apne(self.samarbeid), naa=naa(), **kwargs)

    def form_valid(self, form: Invitasjonsskjema) -> HttpResponse:
        epost, av = form.cleaned_data["epost"], self.request.user
        assert av.is_authenticated  # the page asks for a role
        try:
            inviter(self.samarbeid, epost=epost, av=av, naa=naa(), **form.hva())
        except Regelbrudd as brudd:
            form.add_error("epost" if brudd.felt == "epost" else None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Invitasjonen til %(epost)s er på vei.") % {"epost": epost})
        return redirect("organisering:invitasjon_liste", self.samarbeid.slug)


class Trekk(Samarbeidsside, View):
    """Takes an invitation back."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        if not kan_administrere(request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        invitasjon = get_object_or_404(Invitasjon, samarbeid=self.samarbeid, pk=pk)
        try:
            trekk_invitasjon(invitasjon, naa=naa())
            messages.success(request, _("Invitasjonen til %(epost)s er trukket.") % {"epost": invitasjon.epost})
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect("organisering:invitasjon_liste", self.samarbeid.slug)


def apne(samarbeid: Samarbeid) -> QuerySet[Invitasjon]:
    """Invitations not answered and not withdrawn; those past their time are shown as such."""
    rader = samarbeid.invitasjoner.filter(besvart__isnull=True, trukket__isnull=True)
    return rader.select_related("plass__gruppe", "invitert_av").prefetch_related("plass__gruppe__nivaer")
