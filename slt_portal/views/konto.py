"""The visitor's own account: what one says about oneself, and the way in by invitation."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe
from django.views.generic import UpdateView, View

from felles.tid import i_dag, naa
from felles.unntak import Regelbrudd
from organisering.forms import Megskjema, Velkomstskjema
from organisering.models import Invitasjon, Person
from organisering.services import finn_invitasjon, godta, opprett_og_godta
from organisering.views.felles import Egenside

IKKE_VIDERE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
# A form under no-referrer is sent from the origin «null», which Django refuses. Its address holds no secret.
UTENFOR_SOK = {"X-Robots-Tag": "noindex"}
I_OKTEN = "invitasjon"  # the row's number: that the link was held, without the link itself


@never_cache
def lukket(request: HttpRequest) -> HttpResponse:
    """Nobody signs up; one is invited."""
    return render(request, "konto/lukket.html", status=403)


class Meg(Egenside, UpdateView[Person, Megskjema]):
    """Name, phone and language."""

    form_class = Megskjema
    template_name = "konto/meg.html"
    success_url = reverse_lazy("meg")

    def get_object(self, queryset: Any = None) -> Person:
        """A copy, so that a refused form does not change the name in the menu."""
        return Person.objects.get(pk=self.request.user.pk or 0)

    def form_valid(self, form: Megskjema) -> HttpResponse:
        messages.success(self.request, _("Opplysningene er lagret."))
        return super().form_valid(form)


@never_cache
@require_safe
def apne_invitasjon(request: HttpRequest, token: str) -> HttpResponse:
    """Remembers that the link was held, and goes on to an address without it, which no log or Referer gives away."""
    invitasjon = finn_invitasjon(token)
    if invitasjon is None:
        return _vis(request, "ukjent", status=404)
    request.session[I_OKTEN] = invitasjon.pk
    return HttpResponseRedirect(reverse("invitasjon_svar"), headers=IKKE_VIDERE)


@method_decorator([never_cache, sensitive_post_parameters("passord", "passord_igjen")], name="dispatch")
class Invitasjonssvar(View):
    """GET shows what is asked and changes nothing; POST says yes."""

    invitasjon: Invitasjon
    kjent: Person | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rader = Invitasjon.objects.select_related("samarbeid", "plass__gruppe", "invitert_av")
        funnet: Invitasjon | None = rader.filter(pk=request.session.get(I_OKTEN)).first()
        stengt = _hvorfor_stengt(funnet)
        if funnet is None or stengt:
            return _vis(request, stengt, funnet, status=404 if funnet is None else 410)
        self.invitasjon = funnet
        self.kjent = Person.objects.filter(epost=self.invitasjon.epost).first()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._side(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user != self.kjent:
            return self._side(request, status=403)
        if request.user.is_authenticated:
            return self._svar_ja(request, request.user)
        if self.kjent is not None and self.kjent.has_usable_password():
            return redirect("invitasjon_svar")
        skjema = Velkomstskjema(request.POST, invitasjon=self.invitasjon, kjent=self.kjent)
        if not skjema.is_valid():
            return self._side(request, skjema)
        return self._forste_gang(request, skjema)

    def _side(self, request: HttpRequest, skjema: Velkomstskjema | None = None, status: int = 200) -> HttpResponse:
        """The page for this visitor: yes, log in, first time, or another person's."""
        if request.user.is_authenticated:
            hva = "svar" if request.user == self.kjent else "feil_person"
        elif self.kjent is not None and not self.kjent.is_active:
            hva = "stengt_konto"
        elif self.kjent is not None and self.kjent.has_usable_password():
            hva = "logg_inn"
        else:
            hva = "velkommen"
            skjema = skjema or Velkomstskjema(invitasjon=self.invitasjon, kjent=self.kjent)
        return _vis(request, hva, self.invitasjon, skjema, status=status)

    def _svar_ja(self, request: HttpRequest, person: Person) -> HttpResponse:
        try:
            godta(self.invitasjon, person=person, naa=naa())
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
            return redirect("invitasjon_svar")
        return _takk(request, self.invitasjon)

    def _forste_gang(self, request: HttpRequest, skjema: Velkomstskjema) -> HttpResponse:
        data, epost = skjema.cleaned_data, self.invitasjon.epost
        try:
            person = opprett_og_godta(self.invitasjon, navn=data.get("navn", ""), passord=data["passord"], naa=naa())
        except Regelbrudd as brudd:
            skjema.add_error(None, brudd.setning)
            return self._side(request, skjema)
        svar = _takk(request, self.invitasjon)
        record_authentication(request, person, method="password", email=epost)
        inne: HttpResponse = perform_login(request, person, email=epost, redirect_url=svar.url)
        return inne


def _hvorfor_stengt(invitasjon: Invitasjon | None) -> str:
    """Why an invitation cannot be answered; empty when it can."""
    if invitasjon is None:
        return "ukjent"
    if invitasjon.besvart is not None:
        return "besvart"
    if invitasjon.trukket is not None:
        return "trukket"
    return "utlopt" if invitasjon.utloper <= naa() else ""


def _takk(request: HttpRequest, invitasjon: Invitasjon) -> HttpResponseRedirect:
    request.session.pop(I_OKTEN, None)
    messages.success(request, _("Velkommen til %(navn)s.") % {"navn": invitasjon.samarbeid})
    return redirect("min_side")


def _vis(
    request: HttpRequest,
    hva: str,
    invitasjon: Invitasjon | None = None,
    skjema: Velkomstskjema | None = None,
    status: int = 200,
) -> HttpResponse:
    innhold = {"hva": hva, "invitasjon": invitasjon, "form": skjema, "pr": i_dag()}
    return TemplateResponse(request, "konto/invitasjon.html", innhold, status=status, headers=UTENFOR_SOK)
