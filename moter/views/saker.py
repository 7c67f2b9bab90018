"""The agenda and the group's queue: adding, changing, ordering, moving and withdrawing cases."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from felles.tid import naa
from felles.unntak import Regelbrudd
from moter.forms.saker import Saksskjema
from moter.models import Mote, Sak
from moter.rules.moterom import i_ko
from moter.rules.papirliste import papirene
from moter.services import endre_sak, flytt_sak, flytt_trinn, meld_sak, sett_faste_saker, ta_av_lista, trekk_sak
from moter.views.arbeid import Gruppearbeid, Motekommando
from moter.views.moter import heltall
from organisering.models import Gruppe


def stedet(samarbeid: str, gruppe_id: int, mote_id: int | None) -> str:
    """Where a case is seen: its meeting, or the group's queue."""
    if mote_id is None:
        return reverse("moter:ko", args=[samarbeid, gruppe_id])
    return reverse("moter:mote", args=[samarbeid, mote_id])


class Ko(Gruppearbeid, TemplateView):
    """The cases of a group that wait for a meeting."""

    template_name = "moter/sak_ko.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        gruppe = self.hent_gruppe(self.kwargs["pk"])
        moter = Mote.objects.filter(gruppe=gruppe).kommende(naa()).order_by("start", "pk")
        saker = i_ko(gruppe, self.request.user, self.pr)  # type: ignore[arg-type]
        for sak in saker:
            sak.papirer = papirene(sak)
        return super().get_context_data(gruppe=gruppe, saker=saker, moter=list(moter), **kwargs)


class NySak(Gruppearbeid, FormView[Saksskjema]):
    """A new case, last on the agenda of a meeting."""

    template_name = "moter/sak_skjema.html"
    form_class = Saksskjema
    mote: Mote | None = None
    gruppe: Gruppe

    def finn(self) -> None:
        """The group, and the meeting when there is one."""
        self.mote = self.hent_mote(self.kwargs["pk"])
        self.gruppe = self.mote.gruppe

    def get_form_kwargs(self) -> dict[str, Any]:
        self.finn()
        return {
            **super().get_form_kwargs(),
            "samarbeid": self.samarbeid,
            "knapp": _("Sett saken på lista") if self.mote else _("Legg saken i køen"),
            "feiltittel": _("Saken er ikke lagret"),
            "avbryt": stedet(self.samarbeid.slug, self.gruppe.pk, self.mote.pk if self.mote else None),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        return {**kontekst, "gruppe": self.gruppe, "mote": self.mote}

    def form_valid(self, form: Saksskjema) -> HttpResponse:
        try:
            sak = meld_sak(self.gruppe, mote=self.mote, meldt_av=self.request.user, **form.felter())  # type: ignore[arg-type]
        except Regelbrudd as brudd:
            form.add_error(None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Saken er lagt til: %(sak)s.") % {"sak": sak})
        return redirect(stedet(self.samarbeid.slug, self.gruppe.pk, sak.mote_id))


class NySakIKo(NySak):
    """A new case, last in the group's queue."""

    def finn(self) -> None:
        self.gruppe = self.hent_gruppe(self.kwargs["pk"])


@method_decorator(transaction.atomic, name="post")
class EndreSak(NySak):
    """Changes what a case says."""

    sak: Sak

    def finn(self) -> None:
        self.sak = self.hent_sak(self.kwargs["pk"])
        self.gruppe, self.mote = self.sak.gruppe, self.sak.mote

    def get_form_kwargs(self) -> dict[str, Any]:
        tekster = {"knapp": _("Lagre saken"), "feiltittel": _("Saken er ikke endret")}
        return {**super().get_form_kwargs(), **tekster, "instance": self.sak}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        return {**kontekst, "sak": self.sak}

    def form_valid(self, form: Saksskjema) -> HttpResponse:
        try:
            endre_sak(self.sak, felter=form.felter())
        except Regelbrudd as brudd:
            form.add_error(None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Saken er endret: %(sak)s.") % {"sak": self.sak})
        return redirect(stedet(self.samarbeid.slug, self.gruppe.pk, self.sak.mote_id))


class Sakskommando(Gruppearbeid, View):
    """A command on one case, by POST alone."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        sak = self.hent_sak(pk)
        tilbake = self.tilbake(sak)
        try:
            setning = self.gjor(sak)
            if setning:
                messages.success(request, setning)
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect(tilbake)

    def tilbake(self, sak: Sak) -> str:
        """Where the case was seen."""
        return stedet(self.samarbeid.slug, sak.gruppe_id, sak.mote_id)

    def gjor(self, sak: Sak) -> str:
        """Does it, and returns the sentence that says so, if one. Raises Regelbrudd when a rule says no."""
        raise NotImplementedError


class FlyttTrinn(Sakskommando):
    """One step up or down; the list itself shows it."""

    def gjor(self, sak: Sak) -> str:
        retning = self.request.POST.get("retning")
        flytt_trinn(sak, opp=retning in {"opp", "overst"}, helt=retning == "overst")
        return ""

    def tilbake(self, sak: Sak) -> str:
        return f"{super().tilbake(sak)}#sak-{sak.pk}"


class FlyttSak(Sakskommando):
    """To another agenda of the group, or back to its queue."""

    def gjor(self, sak: Sak) -> str:
        valgt = heltall(self.request.POST.get("til"))
        if valgt is None:
            flytt_sak(sak, til=None)
            return _("Saken ligger nå i køen: %(sak)s.") % {"sak": sak}
        mote = Mote.objects.filter(gruppe=sak.gruppe_id, pk=valgt).first()
        if mote is None:
            raise Http404
        flytt_sak(sak, til=mote)
        return _("Saken står nå på lista: %(sak)s.") % {"sak": sak}


class TaAvLista(Sakskommando):
    """Takes a standing item off one agenda."""

    def gjor(self, sak: Sak) -> str:
        ta_av_lista(sak)
        return _("Den faste saken er tatt av lista: %(sak)s.") % {"sak": sak}


class FasteSaker(Motekommando):
    """Puts the standing items that are not there on the agenda."""

    def gjor(self, mote: Mote, naa: dt.datetime) -> str:
        nye = sett_faste_saker(mote)
        if not nye:
            return _("De faste sakene står alt på lista.")
        return _("Satt på lista: %(saker)s.") % {"saker": ", ".join(str(sak) for sak in nye)}


class TrekkSak(Sakskommando):
    """Withdraws a case; it stays on its list, marked."""

    def gjor(self, sak: Sak) -> str:
        trekk_sak(sak, naa=naa())
        return _("Saken er trukket: %(sak)s.") % {"sak": sak}
