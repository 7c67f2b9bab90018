"""Planning, moving, cancelling and confirming a group's meetings."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from felles.norsk import klokke, ukedag
from felles.stille import Stilledager, motefrie
from felles.tid import naa
from felles.unntak import Regelbrudd
from moter.forms.moter import Avlysningsskjema, Moteskjema, som_skrevet
from moter.models import Mote
from moter.rules.forslag import Motetid, mangler_til, motetid
from moter.rules.stripe import Stripe, hent_striper, maneder
from moter.services import angre_holdt, avlys, flytt, marker_holdt, registrer_holdt, sett_opp
from moter.views.arbeid import Gruppearbeid, Motekommando
from moter.views.moter import heltall
from organisering.models import Fridag, Gruppe


class Velggruppe(Gruppearbeid, TemplateView):
    """Which group the new meeting is for."""

    template_name = "moter/mote_velg_gruppe.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        grupper, holdt = list(self.grupper()), request.GET.get("holdt")
        if not (grupper or self.tilgang.er_koordinator):
            raise PermissionDenied
        valgt = heltall(request.GET.get("gruppe")) or (grupper[0].pk if len(grupper) == 1 else None)
        if valgt is not None:
            return redirect("moter:registrer" if holdt else "moter:nytt", self.samarbeid.slug, valgt)
        return self.render_to_response(self.get_context_data(grupper=grupper, holdt=holdt))


class NyttMote(Gruppearbeid, FormView[Moteskjema]):
    """Plans a meeting. Day, time and place are filled in by the group's habit, and the page says so."""

    template_name = "moter/mote_ny.html"
    form_class = Moteskjema
    gruppe: Gruppe
    stripe: Stripe
    forslag: Motetid

    def forbered(self) -> None:
        """The group, its year and the suggestion."""
        self.gruppe = self.hent_gruppe(self.kwargs["pk"])
        [self.stripe] = hent_striper([self.gruppe], self.samarbeid, ar=self.pr.year, pr=self.pr, naa=naa())
        innen = mangler_til(self.stripe.statuser, self.pr)
        self.forslag = motetid(self.stripe.moter, pr=self.pr, innen=innen, stille=self.motefrie())

    def motefrie(self) -> Stilledager:
        """The days that are not proposed."""
        fridager = Fridag.objects.filter(samarbeid=self.samarbeid, til__gte=self.pr)
        return motefrie(self.samarbeid, (dag for fridag in fridager for dag in fridag.dager))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.forbered()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.forbered()
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {navn: getattr(self.forslag, navn) for navn in ("dato", "fra", "til", "sted")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "knapp": _("Sett opp møtet"),
            "feiltittel": _("Møtet er ikke satt opp"),
            "avbryt": reverse("moter:liste", args=[self.samarbeid.slug]),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            gruppe=self.gruppe,
            stripe=self.stripe,
            maneder=maneder(self.stripe.ar),
            krav=self.stripe.krav,
            forslag=self.forslag,
            utfylt=self.request.method == "GET",
            **kwargs,
        )

    def utfor(self, form: Moteskjema) -> tuple[Mote, str]:
        """Plans the meeting; returns it and the sentence that says so."""
        mote = sett_opp(self.gruppe, naa=naa(), **form.tid_og_sted())
        return mote, _("Møtet %(naar)s er satt opp.") % {"naar": naar(mote)}

    def form_valid(self, form: Moteskjema) -> HttpResponse:
        try:
            mote, setning = self.utfor(form)
        except Regelbrudd as brudd:
            form.si_fra(brudd)
            return self.form_invalid(form)
        messages.success(self.request, setning)
        return redirect("moter:mote", self.samarbeid.slug, mote.pk)


class RegistrerHoldt(NyttMote):
    """Records a meeting that was held without having been planned here."""

    template_name = "moter/mote_registrer.html"

    def get_initial(self) -> dict[str, Any]:
        return {navn: getattr(self.forslag, navn) for navn in ("fra", "til", "sted")}

    def get_form_kwargs(self) -> dict[str, Any]:
        tekster = {"knapp": _("Registrer møtet som holdt"), "feiltittel": _("Møtet er ikke registrert")}
        return {**super().get_form_kwargs(), **tekster, "med_lenke": False}

    def utfor(self, form: Moteskjema) -> tuple[Mote, str]:
        mote = registrer_holdt(self.gruppe, naa=naa(), **form.tid_og_sted())
        return mote, _("Møtet %(naar)s er registrert som holdt.") % {"naar": naar(mote)}


@method_decorator(transaction.atomic, name="post")
class FlyttMote(Gruppearbeid, FormView[Moteskjema]):
    """Gives a meeting a new time or place."""

    template_name = "moter/mote_flytt.html"
    form_class = Moteskjema
    mote: Mote

    def get_form_kwargs(self) -> dict[str, Any]:
        self.mote = self.hent_mote(self.kwargs["pk"])
        self.initial = som_skrevet(self.mote)
        return {
            **super().get_form_kwargs(),
            "mote": self.mote,
            "knapp": _("Endre tid og sted"),
            "feiltittel": _("Møtet er ikke endret"),
            "avbryt": self.mote.get_absolute_url(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        return {**kontekst, "mote": self.mote, "naa": naa()}

    def form_valid(self, form: Moteskjema) -> HttpResponse:
        try:
            mote = flytt(self.mote, naa=naa(), **form.tid_og_sted())
        except Regelbrudd as brudd:
            form.si_fra(brudd)
            return self.form_invalid(form)
        setning = _("Møtet er nå %(naar)s.") % {"naar": naar(mote)}
        if mote.innkallinger.exists():
            setning += " " + _("Send ny innkalling, så de innkalte får vite det.")
        messages.success(self.request, setning)
        return redirect(mote)


class AvlysMote(Gruppearbeid, FormView[Avlysningsskjema]):
    """Cancels a meeting, after a page that says what follows from it."""

    template_name = "moter/mote_avlys.html"
    form_class = Avlysningsskjema
    mote: Mote

    def get_form_kwargs(self) -> dict[str, Any]:
        self.mote = self.hent_mote(self.kwargs["pk"])
        knapp = _("Avlys møtet %(naar)s") % {"naar": ukedag(self.mote.start)}
        mine = {"instance": self.mote, "knapp": knapp, "avbryt": self.mote.get_absolute_url()}
        return {**super().get_form_kwargs(), **mine}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        ventende = self.mote.saker.filter(trukket__isnull=True, vedtak__isnull=True).count()
        return {**kontekst, "mote": self.mote, "naa": naa(), "ventende": ventende}

    def form_valid(self, form: Avlysningsskjema) -> HttpResponse:
        try:
            mote = avlys(self.mote, grunn=form.cleaned_data["avlyst_grunn"], naa=naa())
        except Regelbrudd as brudd:
            form.add_error(None, brudd.setning)
            return self.form_invalid(form)
        setning = _("Møtet er avlyst. Det teller ikke med i årets møter.")
        if mote.innkallinger.exists():
            setning += " " + _("Alle som hadde fått innkalling, får beskjed.")
        messages.success(self.request, setning)
        return redirect(self.mote)


class MarkerHoldt(Motekommando):
    """Says that the meeting was held."""

    def gjor(self, mote: Mote, naa: dt.datetime) -> str:
        marker_holdt(mote, naa=naa)
        return _("Møtet %(naar)s er markert som holdt.") % {"naar": ukedag(mote.start)}

    def videre(self) -> HttpResponse:
        if self.request.POST.get("neste") == "oversikt" and self.tilgang.er_koordinator:
            return redirect("oversikt", self.samarbeid.slug)
        return super().videre()


class AngreHoldt(Motekommando):
    """Takes back that the meeting was held."""

    def gjor(self, mote: Mote, naa: dt.datetime) -> str:
        angre_holdt(mote)
        return _("Møtet står ikke lenger som holdt.")


def naar(mote: Mote) -> str:
    """«onsdag 9. desember 2026 kl. 12.30»."""
    return f"{ukedag(mote.start)} {klokke(mote.start)}"
