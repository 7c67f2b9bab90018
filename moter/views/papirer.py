"""A case's own page, and its papers: added, opened, replaced and removed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from felles.tid import naa
from felles.unntak import Regelbrudd
from moter.forms.papirer import Papirskjema, er_for_stor
from moter.rules.henting import saken, sakens_vedtak
from moter.rules.papirer import er_sendt_ut, kan_legge_ved, papiret, sakens_papirer
from moter.services import fjern_papir, legg_ved
from organisering.models import Person, Seer
from organisering.views.felles import Samarbeidsside, en_eller_404


class Sakens(Samarbeidsside):
    """Finds the case through the wall. One that is hidden from the visitor is not there."""

    menyvalg = "moter"

    @cached_property
    def sak(self) -> Any:
        sak: Any = en_eller_404(saken(self.samarbeid, Seer.av(self.request.user, self.pr), self.kwargs["pk"]))
        if sak.skjult:
            raise Http404
        sak.samarbeid = self.samarbeid
        return sak

    @property
    def person(self) -> Person:
        assert isinstance(self.request.user, Person)
        return self.request.user

    @cached_property
    def kan_legge_ved(self) -> bool:
        return kan_legge_ved(self.sak, self.person, self.tilgang)

    @cached_property
    def papirer(self) -> list[Any]:
        rader = sakens_papirer(self.sak)
        for rad in rader:
            rad.samarbeid = self.samarbeid
        return rader

    def skjema(self, *deler: Any) -> Papirskjema:
        handling = reverse("moter:papir_ny", args=[self.samarbeid.slug, self.sak.pk])
        lengde = self.request.META.get("CONTENT_LENGTH") if self.request.method == "POST" else 0
        return Papirskjema(*deler, papirer=self.papirer, for_stor=er_for_stor(lengde), handling=handling)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sak = self.sak
        if self.kan_legge_ved and "form" not in kwargs:
            kwargs["form"] = self.skjema()
        return super().get_context_data(
            sak=sak,
            papirer=self.papirer,
            vedtakene=sakens_vedtak(sak),
            kan_lede=self.tilgang.kan_lede(sak.gruppe),
            kan_legge_ved=self.kan_legge_ved,
            kan_trekke=sak.meldt_av_id == self.person.pk and sak.mote_id is None and sak.trukket is None,
            er_min=sak.meldt_av_id == self.person.pk,
            sendt_ut=er_sendt_ut(sak),
            **kwargs,
        )


class Saksside(Sakens, TemplateView):
    """One case: what it is about, its papers, and what became of it."""

    template_name = "moter/sak_detalj.html"
    http_method_names = ["get", "head", "options"]


class NyttPapir(Sakens, FormView[Papirskjema]):
    """Adds a paper, or the next version of one. What was typed stays when the file is refused."""

    template_name = "moter/sak_detalj.html"

    def get_form(self, form_class: Any = None) -> Papirskjema:
        if not self.kan_legge_ved:
            raise PermissionDenied
        return self.skjema(self.request.POST, self.request.FILES) if self.request.method == "POST" else self.skjema()

    def form_valid(self, form: Papirskjema) -> HttpResponse:
        assert form.papir is not None
        try:
            papir = legg_ved(
                self.sak, form.papir, av=self.person, naa=naa(), erstatter=form.cleaned_data.get("erstatter")
            )
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Papiret er lagt ved: %(papir)s.") % {"papir": papir})
        return redirect("moter:sak", self.samarbeid.slug, self.sak.pk)


class Papirside(Samarbeidsside):
    """Gives a paper to those who may open it. To all others it is not there."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        rad = papiret(self.samarbeid, request.user, pk, self.pr)  # type: ignore[arg-type]
        if rad is None:
            raise Http404
        try:
            with rad.fil.open("rb") as fil:
                svar = HttpResponse(fil.read(), content_type=rad.mime)
        except FileNotFoundError as feil:
            raise Http404 from feil
        svar.headers["Content-Disposition"] = content_disposition_header(not rad.vises, rad.filnavn) or "attachment"
        svar.headers["X-Content-Type-Options"] = "nosniff"
        svar.headers["Content-Security-Policy"] = "sandbox"
        svar.headers["Cache-Control"] = "private, no-store"
        return svar


class FjernPapir(Samarbeidsside):
    """Removes a paper; one that has been sent out is withdrawn and stays."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        rad = papiret(self.samarbeid, request.user, pk, self.pr)  # type: ignore[arg-type]
        if rad is None:
            raise Http404
        if not kan_legge_ved(rad.sak, request.user, self.tilgang):  # type: ignore[arg-type]
            raise PermissionDenied
        if fjern_papir(rad, naa=naa()):
            messages.success(request, _("Papiret er trukket, og står som trukket: %(papir)s.") % {"papir": rad})
        else:
            messages.success(request, _("Papiret er tatt bort: %(papir)s.") % {"papir": rad})
        return redirect("moter:sak", slug, rad.sak_id)
