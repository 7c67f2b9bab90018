"""Answering without an account. The link is the key: no session, no cookie, and a GET that changes nothing."""

import datetime as dt
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from felles.tid import naa
from felles.unntak import Regelbrudd
from organisering.models import Person
from slt_portal.struping import Grense
from slt_portal.svar import flyt
from slt_portal.svar.formal import Formal, Sporsmal, Stengt
from slt_portal.svar.register import FORMAL
from varsling.models import Svarlenke, Varselvalg
from varsling.services import Avmelding, finn_svarlenke, les_avmelding, slagord, velg

UKJENTE = Grense("svar-ukjent", 30, 600)  # links that are not ours, from one address
SENDT_FRA_LENKE = Grense("svar-lenke", 30, 600)
SENDT_FRA_ADRESSE = Grense("svar-adresse", 300, 600)  # a whole municipality may stand behind one address
NYE_LENKER = Grense("svar-ny", 10, 3600)
SENDT = "sendt"  # in the address of the receipt, the first time
ALDRI = str(Varselvalg.Hyppighet.ALDRI)
HODER = {"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}


def _med_hoder(svar: HttpResponse) -> HttpResponse:
    for navn, verdi in HODER.items():
        svar.headers[navn] = verdi
    return svar


def _side(request: HttpRequest, mal: str, status: int = 200, **innhold: Any) -> HttpResponse:
    return _med_hoder(render(request, f"svar/{mal}.html", innhold, status=status))


def _adresse(request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))


# The address is the secret that a forged request lacks, so no cookie is needed against one (csrf_exempt).
@method_decorator([csrf_exempt, never_cache, sensitive_post_parameters()], name="dispatch")
class Lenkeside(View):
    """Finds the link and what it asks; everybody else gets a page that says why not."""

    lenke: Svarlenke
    formal: Formal[Any]
    objekt: Any
    naa: dt.datetime

    def dispatch(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> Any:
        lenke, self.naa, self.token = finn_svarlenke(token), naa(), token
        if lenke is None or lenke.formal not in FORMAL:
            for_mange = UKJENTE.passert(_adresse(request))
            return _side(request, "stanset", 429) if for_mange else _side(request, "ukjent", 404)
        if request.method == "POST" and self._strupes(request):
            return _side(request, "stanset", 429)
        self.lenke, self.formal = lenke, FORMAL[lenke.formal]
        request.user = lenke.person  # who the history says did it, whoever else is logged in here
        translation.activate(lenke.person.sprak or lenke.samarbeid.malform or settings.LANGUAGE_CODE)
        try:
            self.objekt = self.formal.hent(lenke, self.naa)
            return super().dispatch(request, *args, **kwargs)
        except Stengt as stengt:
            return self.vis("stengt", 410, stengt=stengt)

    def _strupes(self, request: HttpRequest) -> bool:
        return SENDT_FRA_LENKE.passert(self.token) or SENDT_FRA_ADRESSE.passert(_adresse(request))

    def vis(self, mal: str, status: int = 200, **innhold: Any) -> HttpResponse:
        felles = {"lenke": self.lenke, "samarbeid": self.lenke.samarbeid, "token": self.token}
        return _side(self.request, mal, status, **felles, **innhold)

    def til_siden(self, sporring: str = "") -> HttpResponse:
        return _med_hoder(redirect(reverse("svar", args=[self.token]) + sporring))

    @property
    def sporsmal(self) -> Sporsmal:
        return self.formal.sporsmal(self.objekt, self.lenke, self.naa)

    def kvittering(self, status: int = 200, **innhold: Any) -> HttpResponse:
        kvittering = self.formal.kvittering(self.objekt, self.lenke, self.naa)
        neste = flyt.neste(self.lenke, self.naa)
        alt = {"sporsmal": self.sporsmal, "formal": self.formal, "kvittering": kvittering, "neste": neste}
        return self.vis("kvittering", status, **alt, **innhold)


class Svarside(Lenkeside):
    """The answers to choose among; with `?svar=` the chosen one and the button that sends. GET changes nothing."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.lenke.er_utlopt(self.naa):
            return self.vis("utlopt", 410, sporsmal=self.sporsmal)
        valgt = self._valgt(request.GET.get("svar", ""))
        if self.lenke.brukt and not (self.formal.flere_svar and valgt):
            return self.kvittering(igjen=SENDT not in request.GET)
        return self._spor(valgt, self._skjema(valgt))

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.lenke.er_utlopt(self.naa):
            return self.vis("utlopt", 410, sporsmal=self.sporsmal)
        valgt = self._valgt(request.POST.get("svar", ""))
        if self.lenke.brukt and not self.formal.flere_svar:
            return self.kvittering(igjen=valgt != self.lenke.svar)
        if not valgt:
            return self._spor("", self._skjema(""), mangler=True)
        skjema = self._skjema(valgt, request.POST)
        if skjema.is_valid():
            try:
                flyt.besvar(self.lenke, self.objekt, valgt, skjema, self.naa)
                return self.til_siden(f"?{SENDT}")
            except Regelbrudd as brudd:
                skjema.add_error(brudd.felt if brudd.felt in skjema.fields else None, brudd.setning)
        return self._spor(valgt, skjema)

    def _valgt(self, svar: str) -> str:
        return svar if svar in self.formal.svar else ""

    def _skjema(self, svar: str, data: Any = None) -> Any:
        return self.formal.skjema(self.objekt, self.lenke, svar, self.naa, data)

    def _spor(self, valgt: str, skjema: Any, *, mangler: bool = False) -> HttpResponse:
        valg = self.formal.valg()
        chosen = next((ett for ett in valg if ett.verdi == valgt), None)
        alt = {"sporsmal": self.sporsmal, "valg": valg, "valgt": chosen, "skjema": skjema, "mangler": mangler}
        return self.vis("sporsmal", **alt, formal=self.formal)


class Svarangre(Lenkeside):
    """Takes the answer back; the question stands open again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            flyt.angre(self.lenke, self.objekt, self.naa)
        except Regelbrudd as brudd:
            return self.kvittering(feil=brudd.setning)
        return self.til_siden()


class Svarmer(Lenkeside):
    """Tells more about an answer that is sent."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.lenke.brukt is None:
            return self.til_siden()
        skjema = self.formal.utdyp(self.objekt, self.lenke, request.POST, self.naa)
        return self.til_siden(f"?{SENDT}") if skjema is None else self.kvittering(utdyp=skjema)


class Nylenke(Lenkeside):
    """Sends a new link to the address on file, for one that is used or expired. Never says which address."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if NYE_LENKER.passert(f"{self.lenke.person_id}"):
            return self.vis("stanset", 429)
        flyt.send_ny_lenke(self.lenke, self.sporsmal, self.naa)
        return self.vis("ny_sendt")


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class Avmeldingsside(View):
    """How often one wants such mail. The mail program's own button is one press, and means never (RFC 8058)."""

    def dispatch(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> Any:
        avmelding = les_avmelding(token)
        if avmelding is None:
            for_mange = UKJENTE.passert(_adresse(request))
            return _side(request, "stanset", 429) if for_mange else _side(request, "ukjent", 404)
        if request.method == "POST" and SENDT_FRA_LENKE.passert(token):
            return _side(request, "stanset", 429)
        self.avmelding: Avmelding = avmelding
        translation.activate(avmelding.sprak or settings.LANGUAGE_CODE)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._vis(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        ett_trykk = ALDRI if "List-Unsubscribe" in request.POST else ""
        valgt = request.POST.get("hyppighet", ett_trykk)
        if valgt not in Varselvalg.Hyppighet.values:
            return self._vis(request)
        aldri = valgt == ALDRI
        person = get_object_or_404(Person, pk=self.avmelding.person_id)
        velg(person, dict.fromkeys(self.avmelding.frivillige if aldri else self.avmelding.regler, valgt))
        return self._vis(request, valgt)

    def _vis(self, request: HttpRequest, valgt: str = "") -> HttpResponse:
        def ord_(regler: list[str]) -> list[str]:
            return [slagord(regel) for regel in regler]

        frivillige, plikter = ord_(self.avmelding.frivillige), ord_(self.avmelding.plikter)
        return _side(request, "avmelding", frivillige=frivillige, plikter=plikter, valgt=valgt)
