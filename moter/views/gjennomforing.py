"""Holding a meeting: presence, one case at a time, decisions, notes, action items, and the minutes afterwards."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import FormView
from django.views.generic.base import TemplateResponseMixin, View

from felles.norsk import kroner
from felles.tid import i_dag, naa
from felles.unntak import Regelbrudd
from moter.forms.behandling import LOFT, NOTAT, Behandlingsskjema, Oppfolgingsskjema
from moter.forms.moter import Referatskjema
from moter.models import Mote, Oppfolging, Sak
from moter.rules.avslag import Avslag
from moter.rules.henting import oppfolginger_i_rommet, sakens_vedtak
from moter.rules.innsyn import skjult_for
from moter.rules.moterom import merke, oppmote, sakene
from moter.rules.papirliste import papirene
from moter.rules.penger import Pengebruk, hent_pengebruk
from moter.services import (
    BelopAvvist,
    behandle,
    behandle_og_loft,
    for_oppmote,
    fullfor,
    gi_oppfolging,
    skriv_notat,
    skriv_referat,
)
from moter.views.arbeid import Gruppearbeid
from moter.views.moter import heltall
from organisering.models import Gruppe, Plass, Seer


class Moterom(TemplateResponseMixin, Gruppearbeid, View):
    """The room of a meeting, with one case in the middle."""

    template_name = "moter/mote_gjennomfor.html"

    def vis(self, mote: Mote, sak_pk: int | None, **skjema: Any) -> HttpResponse:
        """The page, with `behandling` or `ny_oppfolging` when one of those forms comes back with errors."""
        saker = sakene(mote, self.request.user, self.pr)  # type: ignore[arg-type]
        apne = [sak for sak in saker if not sak.skjult]
        valgt = next((sak for sak in apne if sak.pk == sak_pk), None) or neste_ubehandlede(apne)
        return self.render_to_response(
            self.get_context_data(
                mote=mote,
                naa=naa(),
                saker=[(sak, merke(sak, valgt)) for sak in saker],
                ferdige=sum(merke(sak, None) == "gjort" for sak in saker),
                valgt=valgt,
                forrige=ved_siden(apne, valgt, -1),
                neste=ved_siden(apne, valgt, 1),
                oppmote=oppmote(mote),
                **{**self.om_saken(mote, valgt), **skjema},
            )
        )

    def om_saken(self, mote: Mote, sak: Any) -> dict[str, Any]:
        """What the page tells of the chosen case."""
        if sak is None:
            return {}
        oppfolginger = oppfolginger_i_rommet(sak, mote, mote.gruppe, mote.start, Seer.av(self.request.user, self.pr))
        return {
            "vedtakene": sakens_vedtak(sak),
            "oppfolginger": [rad for rad in oppfolginger if rad.sak_id == sak.pk],
            "fra_for": [rad for rad in oppfolginger if rad.sak_id != sak.pk],
            "papirer": papirene(sak),
            "pengebruk": pengene(mote.gruppe, mote),
            "behandling": Behandlingsskjema(sak=sak),
            "ny_oppfolging": Oppfolgingsskjema(),
            "kan_vedta": not sak.avgjort and not sak.trukket and mote.start <= naa() and not mote.avlyst,
        }


class Gjennomfor(Moterom):
    """The room itself. `?sak=` chooses the case; without it the first that is not dealt with."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        mote = self.hent_mote(pk)
        if mote.avlyst:
            messages.error(request, _("Møtet er avlyst, og kan ikke gjennomføres."))
            return redirect(mote)
        return self.vis(mote, heltall(request.GET.get("sak")))


class Oppmote(Gruppearbeid, View):
    """Records who is present: those checked are, the others are not."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        mote = self.hent_mote(pk)
        valgte = {heltall(verdi) for verdi in request.POST.getlist("tilstede")}
        rader = {rad.medlemskap.pk: rad.medlemskap.pk in valgte for rad in oppmote(mote)}
        for_oppmote(mote, tilstede=rader)
        messages.success(request, _("Oppmøtet er lagret: %(antall)s til stede.") % {"antall": sum(rader.values())})
        return redirect(rommet(mote, heltall(request.POST.get("sak"))))


class Behandle(Moterom):
    """What the meeting made of one case. What was typed stays when a rule says no."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        sak = self.hent_sak(pk)
        if sak.mote is None:
            messages.error(request, _("Saken står ikke på noen saksliste. Sett den på et møte først."))
            return redirect("moter:ko", slug, sak.gruppe_id)
        skjema = Behandlingsskjema(request.POST, sak=sak)
        if skjema.is_valid():
            try:
                messages.success(request, self.utfor(sak, skjema))
                return redirect(rommet(sak.mote, sak.pk))
            except BelopAvvist as avvist:
                return self.avvis(sak, skjema, avvist.avslag)
            except Regelbrudd as brudd:
                skjema.add_error(brudd.felt if brudd.felt in skjema.fields else None, brudd.setning)
        return self.vis(sak.mote, sak.pk, behandling=skjema)

    def utfor(self, sak: Sak, skjema: Behandlingsskjema) -> str:
        """Does what the pressed button says, and returns the sentence that says so."""
        if skjema.utfall == NOTAT:
            skriv_notat(sak, skjema.cleaned_data["notat"])
            return _("Notatet er lagret.")
        if skjema.utfall == LOFT:
            _tilradd, ny = behandle_og_loft(sak, naa=naa(), **skjema.hva())
            return _("Saken er tilrådd og ligger nå hos %(gruppe)s.") % {"gruppe": ny.gruppe}
        vedtak = behandle(sak, slag=skjema.slag, naa=naa(), **skjema.hva())
        return _("%(utfall)s. Saken er ført.") % {"utfall": vedtak.get_slag_display()}

    def avvis(self, sak: Sak, skjema: Behandlingsskjema, avslag: Avslag) -> HttpResponse:
        """The page that says what did not happen, by how much, and who can decide instead."""
        assert sak.mote is not None
        belop = skjema.cleaned_data["belop"]
        feil = _("Høyst %(belop)s kan vedtas her.") if avslag.hoyst else _("Ingenting av dette kan vedtas her.")
        skjema.add_error("belop", feil % {"belop": kroner(avslag.hoyst)})
        videre = avslag.videre.gruppe if isinstance(avslag.videre, Plass) else avslag.videre
        assert videre is None or isinstance(videre, Gruppe)
        self.template_name = "moter/sak_avslag.html"
        neste = Mote.objects.filter(gruppe=videre).kommende(naa()).order_by("start", "pk").first() if videre else None
        kontekst = {
            "mote": sak.mote,
            "sak": sak,
            "skjema": skjema,
            "avslag": avslag,
            "videre": videre,
            "neste": neste,
            "denne": belop,
            "bruk": pengene(sak.gruppe, sak.mote),
            "andres": pengene(videre, sak.mote) if videre else None,
        }
        return self.render_to_response(self.get_context_data(**kontekst))


class NyOppfolging(Moterom):
    """An action item from a case."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        sak = self.hent_sak(pk)
        if sak.mote is None:
            raise Http404
        skjema = Oppfolgingsskjema(request.POST)
        if not skjema.is_valid():
            return self.vis(sak.mote, sak.pk, ny_oppfolging=skjema)
        rad = gi_oppfolging(sak, **skjema.som())
        messages.success(
            request,
            _("Oppfølgingen er lagt til: %(hva)s, %(hvem)s.") % {"hva": rad, "hvem": rad.eier or _("uten eier")},
        )
        return redirect(rommet(sak.mote, sak.pk))


class OppfolgingGjort(Gruppearbeid, View):
    """Says that an action item is done."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        alle = Oppfolging.objects.filter(samarbeid=self.samarbeid).synlig_for(request.user, self.pr)
        rader = alle.annotate(skjult=skjult_for(request.user, self.pr, sak="sak")).select_related("gruppe", "mote")
        rad = get_object_or_404(rader, pk=pk)
        self.krev(rad.gruppe)
        if rad.skjult:
            raise Http404
        fullfor(rad, dato=i_dag())
        messages.success(request, _("Oppfølgingen er gjort: %(hva)s.") % {"hva": rad})
        if rad.mote is None:
            return redirect("moter:liste", slug)
        return redirect("moter:mote", slug, rad.mote_id)


@method_decorator(transaction.atomic, name="post")
class Referat(Gruppearbeid, FormView[Referatskjema]):
    """The minutes of a meeting, also afterwards."""

    template_name = "moter/mote_referat.html"
    form_class = Referatskjema
    mote: Mote

    def get_form_kwargs(self) -> dict[str, Any]:
        self.mote = self.hent_mote(self.kwargs["pk"])
        return {**super().get_form_kwargs(), "instance": self.mote, "avbryt": self.mote.get_absolute_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        return {**kontekst, "mote": self.mote}

    def form_valid(self, form: Referatskjema) -> HttpResponse:
        try:
            skriv_referat(self.mote, form.cleaned_data["referat"])
        except Regelbrudd as brudd:
            form.add_error(None, brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Referatet er lagret."))
        return redirect(self.mote)


def rommet(mote: Mote, sak: int | None) -> str:
    """The address of the room, with the case chosen."""
    adresse = reverse("moter:gjennomfor", args=[mote.samarbeid.slug, mote.pk])
    return f"{adresse}?sak={sak}" if sak else adresse


def neste_ubehandlede(saker: list[Any]) -> Any:
    """The first case that is not dealt with; else the first."""
    return next((sak for sak in saker if merke(sak, None) != "gjort"), saker[0] if saker else None)


def ved_siden(saker: list[Any], valgt: Any, steg: int) -> Any:
    """The case before or after the chosen one on the agenda."""
    her = saker.index(valgt) + steg if valgt is not None else -1
    return saker[her] if 0 <= her < len(saker) else None


def pengene(gruppe: Gruppe, mote: Mote) -> Pengebruk | None:
    """The group's money in the meeting's year, by the authority in force on its day."""
    return next(iter(hent_pengebruk([gruppe], ar=mote.dato.year, pr=mote.dato)), None)
