"""Proposing a working group, deciding on it and dissolving it; and the page of the one who is asked."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from felles.tid import i_dag, naa
from felles.unntak import Regelbrudd
from moter.forms.arbeidsgrupper import Avgjorelsesskjema, Forslagsskjema, Opplosningsskjema
from moter.models import Mote
from moter.services.arbeidsgrupper import (
    avgjor_arbeidsgruppe,
    avsla_arbeidsgruppe,
    opplos_og_meld,
    tilra_arbeidsgruppe,
    vedta_arbeidsgruppe,
)
from moter.views.arbeid import Gruppearbeid
from moter.views.moter import heltall
from organisering.models import Foresporsel, Fullmakt, Gruppe, Gruppeforslag, Medlemskap, Person, Plass
from organisering.rules.arbeidsgrupper import (
    Spurt,
    Vei,
    avgjorelse,
    fodsel,
    hvem_avgjor,
    regler_for,
    veien,
    veien_i_ord,
)
from organisering.services import arbeidsgrupper
from organisering.views.felles import Samarbeidsside

SISTE_MOTER = 12


def i_samarbeidet(samarbeid_id: int) -> Any:
    """Those who may be asked."""
    return Person.objects.get_queryset().i_samarbeid([samarbeid_id]).filter(is_active=True)


class NyttForslag(Gruppearbeid, FormView[Forslagsskjema]):
    """A proposal, by those who lead the group."""

    menyvalg = "grupper"
    form_class = Forslagsskjema
    template_name = "moter/forslag_ny.html"

    @cached_property
    def gruppe(self) -> Gruppe:
        return self.hent_gruppe(self.kwargs["pk"])

    @cached_property
    def regler(self) -> list[Fullmakt]:
        rader = Fullmakt.objects.filter(gruppe__in={self.gruppe.pk, self.gruppe.regelbarer_id})
        rader = rader.select_related("videre_plass", "videre_gruppe", "kilde")
        return regler_for(self.gruppe, rader, self.pr)

    def get_form_kwargs(self) -> dict[str, Any]:
        avbryt, regler = self.gruppe.get_absolute_url(), self.regler
        egne = {"regler": regler, "personer": i_samarbeidet(self.samarbeid.pk), "avbryt": avbryt}
        return {**super().get_form_kwargs(), **egne}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ja = Count("foresporsler", filter=Q(foresporsler__svar=Foresporsel.Svar.JA))
        apne = Gruppeforslag.objects.filter(gruppe=self.gruppe).apne().annotate(ja=ja, alle=Count("foresporsler"))
        return super().get_context_data(gruppe=self.gruppe, regler=self.regler, apne=list(apne), **kwargs)

    def form_valid(self, form: Forslagsskjema) -> HttpResponse:
        av = self.request.user
        assert isinstance(av, Person)
        try:
            forslag = arbeidsgrupper.foresla(self.gruppe, av=av, naa=naa(), **form.hva())
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Forslaget er lagt fram."))
        return redirect("moter:forslag", self.samarbeid.slug, forslag.pk)


class Forslagsside(Samarbeidsside, FormView[Avgjorelsesskjema]):
    """Who has answered, what stands in the way, and the decision. For those who lead the group, and who decides."""

    menyvalg = "grupper"
    form_class = Avgjorelsesskjema
    template_name = "moter/forslag.html"

    @cached_property
    def forslag(self) -> Gruppeforslag:
        rader = Gruppeforslag.objects.filter(samarbeid=self.samarbeid)
        rader = rader.select_related("gruppe", "arbeidsgruppe", "fullmakt__videre_plass", "fullmakt__videre_gruppe")
        rader = rader.select_related("fullmakt__kilde").prefetch_related("gruppe__nivaer")
        forslag: Gruppeforslag = get_object_or_404(rader, pk=self.kwargs["pk"])
        forslag.samarbeid = forslag.gruppe.samarbeid = self.samarbeid
        return forslag

    @cached_property
    def leder(self) -> bool:
        return self.tilgang.kan_lede(self.forslag.gruppe)

    @cached_property
    def avgjor(self) -> bool:
        """Whether the visitor is the one beyond the group, or the coordinator, who writes it down."""
        hvem = hvem_avgjor(self.forslag.fullmakt)
        if hvem is None or self.tilgang.er_koordinator:
            return hvem is not None
        if isinstance(hvem, Plass):
            holdere = Medlemskap.objects.gir_tilgang(self.pr).filter(plass=hvem)
            return holdere.filter(person=self.request.user.pk).exists()
        return self.tilgang.kan_lede(hvem)

    def get_form_kwargs(self) -> dict[str, Any]:
        if not (self.leder or self.avgjor):
            raise PermissionDenied
        moter = Mote.objects.filter(gruppe=self.forslag.gruppe, avlyst__isnull=True, start__lte=naa())
        siste = moter.order_by("-start").values("pk")[:SISTE_MOTER]
        valg = Mote.objects.filter(pk__in=list(siste.values_list("pk", flat=True))).select_related("gruppe")
        return {**super().get_form_kwargs(), "moter": valg.order_by("-start"), "pr": self.pr}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forslag, rader = self.forslag, list(self.forslag.foresporsler.select_related("person", "fort_av"))
        spurte = [Spurt(str(rad.person), rad.svar) for rad in rader]
        tilradd = forslag.tilradd is not None
        steg = avgjorelse(forslag.fullmakt, spurte, forslag.tilradd) if tilradd else fodsel(forslag.fullmakt, spurte)
        flere = i_samarbeidet(self.samarbeid.pk).exclude(pk__in=[rad.person_id for rad in rader])
        return super().get_context_data(
            forslag=forslag,
            rader=rader,
            steg=steg,
            veien=veien_i_ord(forslag.fullmakt),
            kan_tilra=veien(forslag.fullmakt) is Vei.TILRAR and not tilradd,
            hvem=hvem_avgjor(forslag.fullmakt),
            leder=self.leder,
            min_tur=self.avgjor if tilradd else self.leder,
            flere=flere if self.leder and forslag.er_apent else [],
            **kwargs,
        )

    def form_valid(self, form: Avgjorelsesskjema) -> HttpResponse:
        try:
            setning = self.steg(form)
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, setning)
        return redirect("moter:forslag", self.samarbeid.slug, self.forslag.pk)

    def steg(self, form: Avgjorelsesskjema) -> str:
        """Takes the pressed step. Raises Regelbrudd when a rule says no."""
        forslag, naar = self.forslag, {**form.naar(), "pr": self.pr}
        if not (self.avgjor if forslag.tilradd is not None else self.leder):
            raise PermissionDenied
        if "avsla" in self.request.POST:
            avsla_arbeidsgruppe(forslag, grunn=form.cleaned_data["grunn"], **naar)
            return _("Det ble ikke noe av forslaget. Grunnen står på siden.")
        if veien(forslag.fullmakt) is not Vei.TILRAR:
            return _("Arbeidsgruppa er opprettet: %(navn)s.") % {"navn": vedta_arbeidsgruppe(forslag, **naar)}
        if forslag.tilradd is None:
            tilra_arbeidsgruppe(forslag, **naar)
            return _("Tilrådingen er ført.")
        del naar["mote"]
        return _("Arbeidsgruppa er opprettet: %(navn)s.") % {"navn": avgjor_arbeidsgruppe(forslag, **naar)}


class Sporsmalet(Forslagsside):
    """What is done to the questions: ask one more, write down an answer, take one out, take the whole back."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.forslag or not self.leder:
            raise PermissionDenied
        gjor: dict[str, Callable[[], str]] = {
            "spor": self.spor, "ja": self.svar, "nei": self.svar, "ta_ut": self.ta_ut, "trekk": self.trekk,
        }  # fmt: skip
        valgt = gjor.get(request.POST.get("handling", ""))
        if valgt is None:
            raise Http404
        try:
            messages.success(request, valgt())
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect("moter:forslag", self.samarbeid.slug, self.forslag.pk)

    @property
    def foresporsel(self) -> Foresporsel:
        rader = self.forslag.foresporsler.select_related("person", "forslag")
        funnet: Foresporsel = get_object_or_404(rader, pk=heltall(self.request.POST.get("foresporsel")) or 0)
        return funnet

    def spor(self) -> str:
        person = get_object_or_404(i_samarbeidet(self.samarbeid.pk), pk=heltall(self.request.POST.get("person")) or 0)
        arbeidsgrupper.spor(self.forslag, person, naa=naa())
        return _("%(person)s er spurt.") % {"person": person}

    def svar(self) -> str:
        av = self.request.user
        assert isinstance(av, Person)
        rad = self.foresporsel
        arbeidsgrupper.besvar_foresporsel(rad, svar=self.request.POST["handling"], naa=naa(), fort_av=av)
        return _("Svaret fra %(person)s er ført.") % {"person": rad.person}

    def ta_ut(self) -> str:
        rad = self.foresporsel
        arbeidsgrupper.ta_ut(rad, naa=naa())
        return _("%(person)s er tatt ut av forslaget.") % {"person": rad.person}

    def trekk(self) -> str:
        arbeidsgrupper.trekk_forslag(self.forslag, grunn="", naa=naa())
        return _("Forslaget er trukket.")


class Foresporselside(Samarbeidsside, TemplateView):
    """The one who is asked answers. Nobody else sees it."""

    menyvalg = "min_side"
    template_name = "moter/foresporsel.html"
    http_method_names = ["get", "head", "post", "options"]

    @cached_property
    def foresporsel(self) -> Foresporsel:
        rader = Foresporsel.objects.filter(samarbeid=self.samarbeid, person=self.request.user.pk)
        rader = rader.select_related("forslag__gruppe", "person").prefetch_related("forslag__gruppe__nivaer")
        funnet: Foresporsel = get_object_or_404(rader, pk=self.kwargs["pk"])
        return funnet

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(foresporsel=self.foresporsel, forslag=self.foresporsel.forslag, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            arbeidsgrupper.besvar_foresporsel(self.foresporsel, svar=request.POST.get("svar", ""), naa=naa())
            messages.success(request, _("Takk! Svaret er sendt."))
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect("moter:foresporsel", self.samarbeid.slug, self.foresporsel.pk)


class Opplos(Gruppearbeid, FormView[Opplosningsskjema]):
    """The task is done: the result, and the last day."""

    menyvalg = "grupper"
    form_class = Opplosningsskjema
    template_name = "moter/opplos.html"

    @cached_property
    def gruppe(self) -> Gruppe:
        gruppe = self.hent_gruppe(self.kwargs["pk"])
        if gruppe.slag != Gruppe.Slag.ARBEIDSGRUPPE:
            raise Http404
        return gruppe

    def hent_gruppe(self, pk: int) -> Gruppe:
        """Those who lead the group above may dissolve it too: it is theirs."""
        alle = Gruppe.objects.filter(samarbeid=self.samarbeid).select_related("overordnet").med_nivaer()
        gruppe: Gruppe = get_object_or_404(alle, pk=pk)
        gruppe.samarbeid = self.samarbeid
        over = gruppe.overordnet
        if not (self.tilgang.kan_lede(gruppe) or (over is not None and self.tilgang.kan_lede(over))):
            raise PermissionDenied
        return gruppe

    def get_form_kwargs(self) -> dict[str, Any]:
        avbryt = self.gruppe.get_absolute_url()
        return {**super().get_form_kwargs(), "pr": i_dag(), "avbryt": avbryt}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(gruppe=self.gruppe, **kwargs)

    def form_valid(self, form: Opplosningsskjema) -> HttpResponse:
        try:
            opplos_og_meld(self.gruppe, pr=self.pr, **form.cleaned_data)
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Arbeidsgruppa er oppløst, og resultatet ligger klart for gruppa over."))
        return redirect(reverse("organisering:gruppe", args=[self.samarbeid.slug, self.gruppe.pk]))
