import datetime as dt
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from django.views.generic import FormView

from felles.norsk import stor_forbokstav, tallord
from felles.tid import naa
from moter.forms.moteplan import Planrad, Planskjema
from moter.rules.henting import motende_grupper
from moter.rules.moteplan import Fridager, Gruppeonske, Moteplan, moteplan
from moter.rules.stripe import Stripe, hent_striper
from moter.services import PlanAvvist, sett_opp_plan
from moter.views.arbeid import Gruppearbeid
from moter.views.moter import heltall
from organisering.models import Gruppe
from organisering.rules.arshjul import fridagene


class Foresla(Gruppearbeid, FormView[Any]):
    """A year of meetings that satisfies every group. Nothing is set up before it is confirmed, and nothing is sent."""

    template_name = "moter/moteplan.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (self.tilgang.er_koordinator or self.gruppene):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (self.tilgang.er_koordinator or self.gruppene):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    @cached_property
    def ar(self) -> int:
        """The year to plan: this one or the next two; from October the next is proposed."""
        forvalgt = self.pr.year + (self.pr.month >= 10)
        ar = heltall(self.request.GET.get("ar")) or forvalgt
        return ar if self.pr.year <= ar <= self.pr.year + 2 else forvalgt

    @cached_property
    def gruppene(self) -> list[Gruppe]:
        alle = motende_grupper(self.samarbeid)
        return [gruppe for gruppe in alle if gruppe.er_aktiv(self.pr) and self.tilgang.kan_lede(gruppe)]

    @cached_property
    def striper(self) -> list[Stripe]:
        for gruppe in self.gruppene:
            gruppe.samarbeid = self.samarbeid
        return hent_striper(self.gruppene, self.samarbeid, ar=self.ar, pr=self.pr, naa=naa())

    @cached_property
    def plan(self) -> Moteplan:
        fridager = fridagene(self.samarbeid, dt.date(self.ar, 1, 1), dt.date(self.ar, 12, 31))
        onsker = [Gruppeonske(s.gruppe, s.krav, s.moter, s.ringer) for s in self.striper]
        return moteplan(onsker, ar=self.ar, pr=self.pr, fri=Fridager(dag for fri in fridager for dag in fri.dager))

    def get_form(self, form_class: Any = None) -> Any:
        grupper = {gruppe.pk: gruppe for gruppe in self.gruppene}
        forslag = [
            {"gruppe": f.gruppe.pk, "dato": f.tid.dato, "fra": f.tid.fra, "til": f.tid.til, "sted": f.tid.sted}
            for f in (self.plan.forslag if self.request.method != "POST" else [])
        ]
        return Planskjema(self.request.POST or None, initial=forslag, form_kwargs={"grupper": grupper})

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            moter = sett_opp_plan(form.moter(), naa=naa())
        except PlanAvvist as brudd:
            form.forms[brudd.rad].si_fra(brudd)
            return self.form_invalid(form)
        setning = ngettext(
            "%(antall)d møte er satt opp. Ingen innkalling er sendt.",
            "%(antall)d møter er satt opp. Ingen innkalling er sendt.",
            len(moter),
        )
        messages.success(self.request, setning % {"antall": len(moter)})
        return redirect(f"{reverse('moter:liste', args=[self.samarbeid.slug])}?ar={self.ar}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        per_gruppe: dict[int, list[Planrad]] = defaultdict(list)
        for rad in kontekst["form"]:
            per_gruppe[heltall(str(rad["gruppe"].value())) or 0].append(rad)
        antall = sum(map(len, per_gruppe.values()))
        uplassert = {s.gruppe.pk: [u for u in self.plan.uplassert if u.gruppe.pk == s.gruppe.pk] for s in self.striper}
        return kontekst | {
            "ar": str(self.ar),
            "arene": [str(ar) for ar in range(self.pr.year, self.pr.year + 3)],
            "deler": [(s, per_gruppe[s.gruppe.pk], uplassert[s.gruppe.pk]) for s in self.striper],
            "mangler_dag": bool(self.plan.uplassert),
            "antall": antall,
            "i_ord": stor_forbokstav(tallord(antall)),
        }
