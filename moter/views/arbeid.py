"""What every page that changes meetings stands on: find the row through the wall, then ask who may lead its group."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from felles.tid import naa
from felles.unntak import Regelbrudd
from moter.models import Mote, Sak
from moter.rules.henting import motende_gruppe, motet, saken
from organisering.models import Gruppe, Seer
from organisering.views.felles import Samarbeidsside, en_eller_404


class Gruppearbeid(Samarbeidsside):
    """Pages and commands for those who lead a group's meetings."""

    menyvalg = "moter"
    http_method_names = ["get", "head", "post", "options"]

    def grupper(self) -> QuerySet[Gruppe]:
        """The groups whose meetings the visitor leads."""
        alle = Gruppe.objects.filter(samarbeid=self.samarbeid).motende().med_nivaer()
        if not self.tilgang.er_koordinator:
            alle = alle.filter(pk__in=self.tilgang.grupper_med_verv)
        return alle.aktive(self.pr)

    def hent_gruppe(self, pk: int) -> Gruppe:
        """A group that the visitor leads; 403 for another of the Samarbeid."""
        return self.krev(en_eller_404(motende_gruppe(self.samarbeid, pk)))

    def hent_mote(self, pk: int) -> Mote:
        """A meeting of a group that the visitor leads; 404 when it is not seen, 403 when it is only read."""
        mote = en_eller_404(motet(self.samarbeid, Seer.av(self.request.user, self.pr), pk))
        self.krev(mote.gruppe)
        return mote

    def hent_sak(self, pk: int) -> Sak:
        """A case of a group that the visitor leads, and that is not hidden from the visitor."""
        sak = en_eller_404(saken(self.samarbeid, Seer.av(self.request.user, self.pr), pk))
        self.krev(sak.gruppe)
        if sak.skjult:
            raise PermissionDenied
        return sak  # type: ignore[no-any-return]

    def krev(self, gruppe: Gruppe) -> Gruppe:
        """Raises PermissionDenied for one who does not lead the group."""
        gruppe.samarbeid = self.samarbeid
        if not self.tilgang.kan_lede(gruppe):
            raise PermissionDenied
        return gruppe


class Motekommando(Gruppearbeid, View):
    """A command on one meeting, by POST alone: does it, says so, and goes back to the meeting."""

    http_method_names = ["post", "options"]
    mote: Mote

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        self.mote = self.hent_mote(pk)
        try:
            messages.success(request, self.gjor(self.mote, naa()))
        except Regelbrudd as brudd:
            messages.error(request, brudd.setning)
        return self.videre()

    def gjor(self, mote: Mote, naa: dt.datetime) -> str:
        """Does it, and returns the sentence that says so. Raises Regelbrudd when a rule says no."""
        raise NotImplementedError(_("Kommandoen mangler."))

    def videre(self) -> HttpResponse:
        return redirect("moter:mote", self.samarbeid.slug, self.mote.pk)
