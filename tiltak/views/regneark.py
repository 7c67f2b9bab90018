"""The measures go out as a spreadsheet, for everyone inside, and come back changed, from the coordinator alone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.generic import FormView, View

from felles.unntak import Regelbrudd
from organisering.rules.tilgang import kan_redigere
from organisering.views.felles import Samarbeidsside
from tiltak.exports.regneark import XLSX, regneark
from tiltak.forms import Regnearkskjema, Tiltaksfilter, les_bekreftelse, pakk
from tiltak.lesing import MAKS_BYTE
from tiltak.rules.lista import alle
from tiltak.rules.planene import planer_med_periode
from tiltak.rules.regneark.felter import hent
from tiltak.services import endre_fra_regneark


class Regneark(Samarbeidsside):
    """What the table shows with these filters, all pages of it, as an Excel file."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        planer = planer_med_periode(self.samarbeid, self.pr)
        skjema = Tiltaksfilter(request.GET, samarbeid=self.samarbeid, planer=planer)
        fakta = skjema.vises(alle(self.samarbeid, self.pr, skjema.valgt("sorter")))
        tiltak = {ett.pk: ett for ett in hent(self.samarbeid, [rad.pk for rad in fakta])}
        navn = f"tiltak-{slug}-{self.pr}.xlsx"
        innhold = regneark(self.samarbeid, fakta, tiltak)
        return HttpResponse(
            innhold, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{navn}"'}
        )


class Regnearkinn(Samarbeidsside, FormView[Regnearkskjema]):
    """The file comes back. The answer says what was changed in it; nothing is saved."""

    menyvalg = "tiltak"
    form_class = Regnearkskjema
    template_name = "tiltak/regneark_inn.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        if not kan_redigere(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        lengde = str(self.request.META.get("CONTENT_LENGTH") or "0")
        return {
            **super().get_form_kwargs(),
            "samarbeid": self.samarbeid,
            "for_stor": lengde.isdecimal() and int(lengde) > MAKS_BYTE + 100_000,
            "avbryt": reverse("tiltak:liste", args=[self.samarbeid.slug]),
        }

    def form_valid(self, form: Regnearkskjema) -> HttpResponse:
        context = self.get_context_data(form=form, sjekk=form.sjekk, pakke=pakk(form.sjekk, self.samarbeid))
        return render(self.request, "tiltak/regneark_sjekk.html", context)


class Regnearklagre(Samarbeidsside, View):
    """The one press that saves what was ticked."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not kan_redigere(request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        try:
            antall = endre_fra_regneark(self.samarbeid, les_bekreftelse(request.POST, self.samarbeid))
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
            return redirect("tiltak:regneark_inn", slug)
        setning = ngettext("%(antall)d tiltak er endret.", "%(antall)d tiltak er endret.", antall)
        messages.success(request, setning % {"antall": antall})
        return redirect("tiltak:liste", slug)
