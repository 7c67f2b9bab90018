"""Many measures at once: ticked in the table, told what, looked over, confirmed. Each step is a press of a button."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from felles.tid import naa
from felles.unntak import Regelbrudd
from organisering.models import Person
from organisering.rules.tilgang import kan_redigere
from organisering.views.felles import Samarbeidsside
from tiltak.forms import flerskjema
from tiltak.models import Tiltak
from tiltak.rules.flere import Flerendring, Hva, hent_valgte, virkninger
from tiltak.services import endre_flere


class Flere(Samarbeidsside, View):
    """The steps after the table. Only the coordinator: others get 403."""

    menyvalg = "tiltak"

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not kan_redigere(request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        hva, svart = request.POST.get("hva", ""), "svart" in request.POST
        nokler = [int(nokkel) for nokkel in request.POST.getlist("tiltak") if nokkel.isdecimal() and len(nokkel) < 16]
        tiltak = list(hent_valgte(self.samarbeid, nokler))
        skjema = flerskjema(hva, request.POST if svart else None, samarbeid=self.samarbeid, pr=self.pr)
        if not tiltak or skjema is None:
            messages.error(request, _("Ingenting er endret. Kryss av for minst ett tiltak."))
            return redirect("tiltak:liste", slug)
        if not skjema.is_valid():
            return self.vis("tiltak/flere.html", hva=Hva(hva), tiltak=tiltak, form=skjema)
        endring = skjema.endring()
        if "bekreft" in request.POST:
            return self.endre(tiltak, endring)
        skjulte = [(navn, request.POST.get(navn, "")) for navn in skjema.fields]
        return self.vis(
            "tiltak/flere_sjekk.html", hva=Hva(hva), skjulte=skjulte, **del_opp(tiltak, endring), endring=endring
        )

    def vis(self, mal: str, **kwargs: Any) -> HttpResponse:
        return render(self.request, mal, self.get_context_data(**kwargs))

    def endre(self, tiltak: list[Tiltak], endring: Flerendring) -> HttpResponse:
        assert isinstance(self.request.user, Person)
        try:
            nokler = [ett.pk for ett in tiltak]
            antall = endre_flere(self.samarbeid, nokler, endring, av=self.request.user, naa=naa())
        except Regelbrudd as brudd:
            messages.error(self.request, brudd.setning)
        else:
            setning = ngettext("%(antall)d tiltak er endret.", "%(antall)d tiltak er endret.", antall)
            messages.success(self.request, setning % {"antall": antall})
        return redirect("tiltak:liste", self.samarbeid.slug)


def del_opp(tiltak: list[Tiltak], endring: Flerendring) -> dict[str, Any]:
    """Those that are changed, and those that are left out."""
    alle = virkninger(tiltak, endring)
    return {"endres": [en for en in alle if not en.hindret], "utelates": [en for en in alle if en.hindret]}
