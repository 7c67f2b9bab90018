"""The notice, who is called, and who comes: the commands on a meeting's page."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, View

from felles.norsk import liste_i_ord
from felles.tid import naa
from felles.unntak import Regelbrudd
from moter.forms.innkalling import Gjesteskjema
from moter.models import Deltakelse, Innkalling, Mote
from moter.rules.innsyn import skjult_for
from moter.services import (
    Motesvar,
    for_svar,
    innkall_nye,
    inviter_gjest,
    meld_av,
    send_innkalling,
    svar_pa_mote,
)
from moter.services.innkalling import Sending, lag_utkast, papir
from moter.views.arbeid import Gruppearbeid, Motekommando
from moter.views.moter import heltall
from organisering.models import Person
from organisering.views.felles import Samarbeidsside


class SendInnkalling(Motekommando):
    """The notice, or the next edition of it. A second press sends nothing, and says so."""

    def gjor(self, mote: Mote, naa: dt.datetime) -> str:
        assert isinstance(self.request.user, Person)
        grunn = " ".join(self.request.POST.get("grunn", "").split())[:300]
        sending = send_innkalling(mote, av=self.request.user, naa=naa, grunn=grunn)
        if not sending.antall:
            return _("Ingenting er endret siden innkallingen ble sendt. Ingen fikk noe nå.")
        setning = ngettext("Innkallingen er sendt til én.", "Innkallingen er sendt til %(antall)s.", sending.antall)
        return setning % {"antall": sending.antall}


class InnkallNye(Motekommando):
    """The edition in force to those who have come to since it was sent."""

    def gjor(self, mote: Mote, naa: dt.datetime) -> str:
        nye = innkall_nye(mote, naa=naa)
        if not nye:
            return _("Alle som skal møte, har fått innkallingen.")
        return _("Innkallingen er sendt til %(navn)s.") % {"navn": liste_i_ord([en.navn for en in nye])}


class MeldAv(Motekommando):
    """Takes the meeting out of the calendar of a guest, or of one who has left the group."""

    def gjor(self, mote: Mote, naa: dt.datetime) -> str:
        rad = get_object_or_404(mote.deltakelser, pk=heltall(self.request.POST.get("deltakelse")) or 0)
        meld_av(mote, rad, naa=naa)
        return _("%(navn)s er ikke innkalt lenger.") % {"navn": rad}


class ForSvar(Motekommando):
    """What another answered, by telephone or in the calendar."""

    def gjor(self, mote: Mote, naa: dt.datetime) -> str:
        rad = get_object_or_404(mote.deltakelser, pk=heltall(self.request.POST.get("deltakelse")) or 0)
        svar = for_svar(mote, rad, svar=self.request.POST.get("svar", ""), naa=naa)
        return " ".join([_("Svaret er ført: %(navn)s.") % {"navn": rad}, *_om_varaene(svar)])


class Svar(Samarbeidsside, View):
    """My own answer, from the meeting's page or from my own."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        alle = Mote.objects.filter(samarbeid=self.samarbeid).synlig_for(request.user, self.pr)
        mote: Mote = get_object_or_404(alle, pk=pk)
        assert isinstance(request.user, Person)
        try:
            svar = svar_pa_mote(mote, person=request.user, svar=request.POST.get("svar", ""), naa=naa())
            messages.success(request, " ".join([_takk(svar), *_om_varaene(svar)]))
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return redirect("min_side") if request.POST.get("fra") == "min_side" else redirect("moter:mote", slug, pk)


class Papir(Samarbeidsside, View):
    """One sent edition, as it was sent."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str, pk: int, utgave: int) -> HttpResponse:
        alle = Innkalling.objects.filter(samarbeid=self.samarbeid).synlig_for(request.user, self.pr)
        rad: Innkalling = get_object_or_404(alle.select_related("mote").defer("innhold"), mote=pk, utgave=utgave)
        return pdf_svar(bytes(rad.pdf), filnavn(rad.mote, rad.utgave))


class Utkastet(Gruppearbeid, View):
    """The notice as it would be sent now; nothing is sent and no number is given."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        mote, na = self.hent_mote(pk), naa()
        assert isinstance(request.user, Person)
        try:
            utkast = lag_utkast(mote, av=request.user, naa=na, grunn=_("Begrunnelsen skrives når innkallingen sendes."))
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
            return redirect(mote)
        if isinstance(utkast, Sending):
            return redirect("moter:innkalling", slug, pk, utkast.innkalling.utgave)
        return pdf_svar(papir(utkast, na, merke=_("Utkast. Ikke sendt.")), filnavn(mote))


class InviterGjest(Gruppearbeid, FormView[Gjesteskjema]):
    """A guest, by role, for the whole meeting or some cases."""

    template_name = "moter/mote_gjest.html"
    form_class = Gjesteskjema
    mote: Mote

    def get_form_kwargs(self) -> dict[str, Any]:
        self.mote = self.hent_mote(self.kwargs["pk"])
        saker: Any = self.mote.saker.filter(trukket__isnull=True, utsatt_til__isnull=True)
        saker = saker.annotate(skjult=skjult_for(self.request.user, self.pr))
        apne = list(saker.filter(skjult=False).order_by("rekkefolge", "pk"))
        return {**super().get_form_kwargs(), "mote": self.mote, "saker": apne}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        return {**kontekst, "mote": self.mote}

    def form_valid(self, form: Gjesteskjema) -> HttpResponse:
        try:
            rad = inviter_gjest(self.mote, naa=naa(), **form.felter())
        except Regelbrudd as brudd:
            form.add_error(brudd.felt if brudd.felt in form.fields else None, brudd.setning)
            return self.form_invalid(form)
        rad.refresh_from_db()
        sendt = _("Innkallingen er sendt.") if rad.innkalt else _("Gjesten får innkallingen når den sendes.")
        uten = _("Gjesten har ingen e-postadresse, og får ikke innkallingen herfra.")
        hva = sendt if rad.gjest_epost else uten
        lagt_til = _("Gjesten er lagt til: %(rolle)s.") % {"rolle": rad}
        messages.success(self.request, f"{lagt_til} {hva}")
        return redirect(self.mote)


def filnavn(mote: Mote, utgave: int | None = None) -> str:
    """The name of the paper when it is kept: by the meeting's day and the edition, or as a draft."""
    if utgave is None:
        return _("utkast-%(dato)s.pdf") % {"dato": mote.dato.isoformat()}
    return _("innkalling-%(dato)s-%(utgave)s.pdf") % {"dato": mote.dato.isoformat(), "utgave": utgave}


def pdf_svar(innhold: bytes, navn: str) -> HttpResponse:
    """Shown in the browser, under a name that says what it is when it is kept."""
    return HttpResponse(
        innhold,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{navn}"', "X-Content-Type-Options": "nosniff"},
    )


def _takk(svar: Motesvar) -> str:
    if svar.deltakelse.svar == Deltakelse.Svar.KOMMER:
        return _("Takk! Du står som «kommer».")
    if svar.deltakelse.svar == Deltakelse.Svar.KAN_IKKE:
        return _("Takk! Du står som «kan ikke».")
    return _("Svaret ditt er tatt bort.")


def _om_varaene(svar: Motesvar) -> list[str]:
    setninger = []
    if svar.kalt:
        setninger.append(_("%(navn)s er kalt inn som vara.") % {"navn": liste_i_ord([str(en) for en in svar.kalt])})
    if svar.sluppet:
        setninger.append(
            _("%(navn)s trenger ikke møte som vara.") % {"navn": liste_i_ord([str(en) for en in svar.sluppet])}
        )
    return setninger
