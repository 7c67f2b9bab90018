"""A plan comes in, in three steps: give it, look it over, confirm. Only the coordinator: others get 403."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, View

from felles.tid import naa
from felles.unntak import Regelbrudd
from organisering.models import Person
from organisering.rules.tilgang import kan_redigere
from organisering.views.felles import Samarbeidsside
from tiltak.forms import Importskjema, les_svar, nye_enheter, partliste
from tiltak.lesing import MAKS_BYTE
from tiltak.models import Handlingsplan, Importkladd, Tiltak
from tiltak.rules.importen.kolonner import Kolonne, jevn
from tiltak.rules.importen.sjekk import Sjekk, lag_sjekk
from tiltak.rules.parter import parter
from tiltak.services import importer, lagre_valg, ta_imot


class Import(Samarbeidsside, FormView[Importskjema]):
    """The first step, and what was begun and not finished."""

    menyvalg = "planer"
    form_class = Importskjema
    template_name = "tiltak/import_start.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        if not kan_redigere(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        planer = list(Handlingsplan.objects.filter(samarbeid=self.samarbeid))
        valgt = next((plan.pk for plan in planer if str(plan.pk) == self.request.GET.get("plan")), None)
        initial = {"plan": valgt or (planer[0].pk if planer else None)}
        lengde = str(self.request.META.get("CONTENT_LENGTH") or "0")
        return {
            **super().get_form_kwargs(),
            "initial": initial,
            "samarbeid": self.samarbeid,
            "planer": planer,
            "for_stor": lengde.isdecimal() and int(lengde) > MAKS_BYTE + 100_000,
            "avbryt": reverse("tiltak:plan_liste", args=[self.samarbeid.slug]),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        apne = Importkladd.objects.filter(samarbeid=self.samarbeid).apne(naa()).defer("tabeller", "valg")
        # The file and the text are two ways to the same: neither is optional, and both need not be there.
        return super().get_context_data(apne=apne.select_related("plan", "person")[:5], hide_optional=True, **kwargs)

    def form_valid(self, form: Importskjema) -> HttpResponse:
        assert isinstance(self.request.user, Person)
        hvor = {navn: form.cleaned_data[navn] for navn in ("plan", "plannavn")}
        try:
            kladd = ta_imot(
                self.samarbeid, tabeller=form.tabeller, form=form.fra, av=self.request.user, naa=naa(), **hvor
            )
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else "fil", brudd.setning)
            return self.form_invalid(form)
        return redirect("tiltak:import_sjekk", self.samarbeid.slug, kladd.pk)


class Importsteg(Samarbeidsside):
    """What the steps after the first share. A draft that is done leads to its plan."""

    menyvalg = "planer"

    @cached_property
    def kladd(self) -> Importkladd:
        kladder = Importkladd.objects.filter(samarbeid=self.samarbeid).gyldige(naa()).select_related("plan")
        kladd: Importkladd = get_object_or_404(kladder, pk=self.kwargs["pk"])
        if not kan_redigere(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        kladd.samarbeid = self.samarbeid
        return kladd

    def lag_sjekk(self) -> Sjekk:
        """The check as it stands now."""
        finnes = (
            Tiltak.objects.filter(plan=self.kladd.plan_id).values_list("tittel", "nummer") if self.kladd.plan_id else ()
        )
        titler = {jevn(tittel): nummer for tittel, nummer in finnes}
        return lag_sjekk(self.kladd, parter(self.samarbeid, self.pr), titler, self.pr)

    def til(self, steg: str) -> HttpResponse:
        return redirect(f"tiltak:{steg}", self.samarbeid.slug, self.kladd.pk)

    def ferdig(self) -> HttpResponse:
        """To the measures of the plan."""
        return redirect(f"{reverse('tiltak:liste', args=[self.samarbeid.slug])}?plan={self.kladd.plan_id}")

    def vis(self, mal: str, **kwargs: Any) -> HttpResponse:
        if self.kladd.importert:
            messages.info(self.request, _("Planen er alt lest inn. Her er tiltakene."))
            return self.ferdig()
        return render(self.request, mal, self.get_context_data(kladd=self.kladd, **kwargs))


class Importsjekk(Importsteg, View):
    """The second step: what was read, whom the words mean, which column is what."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        if self.kladd.importert:
            return self.vis("")
        sjekk = self.lag_sjekk()
        return self.vis(
            "tiltak/import_sjekk.html",
            sjekk=sjekk,
            kolonner=Kolonne.choices,
            partliste=partliste(sjekk.register.parter),
        )

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        if self.kladd.importert:
            return self.vis("")
        sjekk = self.lag_sjekk()
        svar = les_svar(request.POST, sjekk)
        if "nye" in request.POST:
            svar = nye_enheter(svar, sjekk)
        if "les" in request.POST:
            del svar["med"]  # other columns are other measures
        try:
            lagre_valg(self.kladd, valg=svar)
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        if "les" in request.POST or "nye" in request.POST:
            return self.til("import_sjekk")
        if not svar["med"]:
            messages.error(request, _("Kryss av for minst ett tiltak."))
            return self.til("import_sjekk")
        return self.til("import_bekreft")


class Importbekreft(Importsteg, View):
    """The last step: what will be saved, and the one press that saves it."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        return self.vis("tiltak/import_bekreft.html", **({} if self.kladd.importert else {"sjekk": self.lag_sjekk()}))

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        if self.kladd.importert:
            return self.vis("")
        assert isinstance(request.user, Person)
        rader = self.lag_sjekk().med
        try:
            self.kladd.plan = importer(self.kladd, rader, av=request.user, naa=naa())
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
            return self.til("import_sjekk")
        setning = ngettext(
            "%(antall)d tiltak er lagt inn i %(plan)s.", "%(antall)d tiltak er lagt inn i %(plan)s.", len(rader)
        )
        messages.success(request, setning % {"antall": len(rader), "plan": self.kladd.plan.navn})
        return self.ferdig()


class Importforkast(Importsteg, View):
    """Throws away what was read."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        if self.kladd.importert:
            return self.vis("")
        self.kladd.delete()
        messages.success(request, _("Det du leste inn, er forkastet. Ingenting er lagt inn i planen."))
        return redirect("tiltak:import", self.samarbeid.slug)
