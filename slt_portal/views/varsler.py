"""What was sent to whom, what comes next and why; a reminder now, and a pause."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from felles.tid import naa
from felles.unntak import Regelbrudd
from moter.models import Mote
from organisering.models import Gruppe, Medlemskap, Person
from organisering.rules.ord import liste_i_ord
from organisering.services.paminnelser import i_oppfolging
from organisering.views.felles import Samarbeidsside
from slt_portal import framsyn, varselside
from slt_portal.forms import Pauseskjema
from slt_portal.paminn import kan_paminne, paminn
from tiltak.models import Tiltak
from varsling.models import Pause
from varsling.services import avslutt_pause, sett_pause


class Varselrom(Samarbeidsside):
    """What the pages share. A visitor who may see no reminders gets 403."""

    menyvalg = "varsler"

    @cached_property
    def meg(self) -> Person:
        assert isinstance(self.request.user, Person)
        return self.request.user

    @cached_property
    def ser(self) -> varselside.Utsnitt:
        ser = varselside.utsnitt(self.tilgang, self.samarbeid, self.meg, self.pr)
        if ser is None:
            raise PermissionDenied
        return ser


class Varsler(Varselrom, TemplateView):
    """The coming weeks, what waits, and what has a pause."""

    template_name = "slt_portal/varsler.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ser = self.ser
        return super().get_context_data(bilde=varselside.framover(self.samarbeid, ser, self.pr), ser=ser, **kwargs)


class RegnUt(Samarbeidsside, View):
    """Asks the rules about the coming weeks once more."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not self.tilgang.er_koordinator:
            raise PermissionDenied
        if i_oppfolging(self.pr).filter(pk=self.samarbeid.pk).exists():
            framsyn.regn_ut([self.samarbeid], naa())
        return redirect("varsler", slug)


class Sendt(Varselrom, TemplateView):
    """What was told, to whom, and what became of it."""

    template_name = "slt_portal/varsler_sendt.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        nummer = self.request.GET.get("side", "1")
        if not (nummer.isascii() and nummer.isdigit() and 1 <= int(nummer[:6]) <= 99_999):
            raise Http404
        rader, flere = varselside.sendte(self.samarbeid, self.ser, int(nummer))
        return super().get_context_data(rader=rader, flere=flere, side=int(nummer), ser=self.ser, **kwargs)


class Personside(Varselrom, TemplateView):
    """One person's next mail, and why mail comes to her or does not."""

    template_name = "slt_portal/varsler_person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rader = varselside.med_avvist(Person.objects.get_queryset().i_samarbeid([self.samarbeid.pk]))
        person = get_object_or_404(rader, pk=self.kwargs["pk"])
        if not (self.ser.alle or person.pk == self.meg.pk or self._i_egen_gruppe(person)):
            raise PermissionDenied
        return super().get_context_data(
            bilde=varselside.om_person(self.samarbeid, person, self.ser, self.pr), ser=self.ser, **kwargs
        )

    def _i_egen_gruppe(self, person: Person) -> bool:
        egne = Medlemskap.objects.filter(person=person, plass__gruppe__in=self.ser.grupper)
        return bool(self.ser.grupper) and egne.aktive(self.pr).exists()


class Omrad(Samarbeidsside):
    """What the commands about one measure, meeting or group share."""

    slag = ""

    @cached_property
    def raden(self) -> Any:
        """The row at the address: 404 when it is not seen, 403 when this visitor may not remind of it."""
        rad: Any = get_object_or_404(self._rader(), pk=self.kwargs["pk"])
        if isinstance(rad, Mote) and not self.tilgang.kan_lese_gruppens_papirer(rad.gruppe):
            raise Http404
        if not kan_paminne(self.tilgang, rad):
            raise PermissionDenied
        rad.samarbeid = self.samarbeid
        return rad

    def _rader(self) -> Any:
        if self.slag == "tiltak":
            return Tiltak.objects.filter(samarbeid=self.samarbeid).prefetch_related("ansvar")
        if self.slag == "mote":
            return Mote.objects.filter(samarbeid=self.samarbeid).select_related("gruppe")
        return Gruppe.objects.filter(samarbeid=self.samarbeid).motende()


class Paminn(Omrad, View):
    """A reminder now, to those responsible."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        rad = self.raden
        assert isinstance(request.user, Person)
        try:
            til = paminn(rad, av=request.user, naa=naa())
            messages.success(request, _("Påminnelsen er på vei til %(navn)s.") % {"navn": liste_i_ord(til)})
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect(rad.get_absolute_url())


class NyPause(Omrad, FormView[Pauseskjema]):
    """Reminders about one measure or group wait until a day."""

    menyvalg = "varsler"
    form_class = Pauseskjema
    template_name = "slt_portal/pause_skjema.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "avbryt": self.raden.get_absolute_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rad=self.raden, **kwargs)

    def form_valid(self, form: Pauseskjema) -> HttpResponse:
        rad, om = self.raden, f"{self.slag}-{self.raden.pk}"
        try:
            sett_pause(self.samarbeid, om=om, gjelder=str(rad), av=self.request.user, pr=self.pr, **form.cleaned_data)
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Påminnelsene venter."))
        return redirect(rad.get_absolute_url())


class AvsluttPause(Samarbeidsside, View):
    """Reminders go again."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        pause = get_object_or_404(Pause, samarbeid=self.samarbeid, pk=pk)
        egne = {f"gruppe-{gruppe}" for gruppe in self.tilgang.grupper_med_verv}
        if not (self.tilgang.er_koordinator or pause.om in egne):
            raise PermissionDenied
        try:
            avslutt_pause(pause, pr=self.pr)
            messages.success(request, _("Pausen er over. Det siste som gjelder, kommer i neste e-post."))
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect("varsler", slug)
