import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from felles.tid import OSLO, naa
from moter.models import Mote, Sak, Vedtak
from moter.rules.deltakere import deltakelsene
from moter.rules.henting import (
    motear,
    motende_grupper,
    moter_i_lista,
    motet_med_innkalling,
    motets_oppfolginger,
    motets_vedtak,
    oppfolginger_til,
)
from moter.rules.innkalling import innkallingsstand
from moter.rules.moterom import motets_saker, tidsbruk
from moter.rules.papirliste import papirene
from moter.rules.stripe import hent_striper
from organisering.models import Gruppe, Seer
from organisering.rules import Tilgang
from organisering.views.felles import Samarbeidsside, en_eller_404


def i_grupper(har: Tilgang) -> bool:
    """Whether there is any group whose meetings the visitor may read: the coordinator, and those in a group."""
    return har.er_koordinator or bool(har.grupper_som_medlem or har.grupper_med_verv)


def heltall(verdi: str | None) -> int | None:
    """A number from the address, or None for anything else."""
    return int(verdi) if verdi and verdi.isascii() and verdi.isdigit() and len(verdi) < 10 else None


def arstall(verdi: str | None) -> int | None:
    """A year from the address, or None for anything that is not one."""
    ar = heltall(verdi)
    return ar if ar is not None and 1900 <= ar <= 2200 else None


class Moteliste(Samarbeidsside, ListView[Mote]):
    """Meetings of the groups one may read: what is coming, what is unconfirmed, and one year at a time."""

    menyvalg = "moter"
    template_name = "moter/mote_liste.html"
    naa: dt.datetime
    ar: int
    gruppe_id: int | None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not i_grupper(self.tilgang):
            raise PermissionDenied
        self.naa = naa()
        self.gruppe_id = heltall(request.GET.get("gruppe"))
        self.ar = arstall(request.GET.get("ar")) or self.pr.year
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        arets = (dt.datetime(ar, 1, 1, tzinfo=OSLO) for ar in (self.ar, self.ar + 1))
        moter = moter_i_lista(self.samarbeid, Seer.av(self.request.user, self.pr), *arets)
        return [mote for mote in moter if self.gruppe_id in {None, mote.gruppe_id}]

    def grupper(self) -> list[Gruppe]:
        """The groups whose meetings the visitor may read."""
        alle, mine = motende_grupper(self.samarbeid), self.tilgang.grupper_som_medlem | self.tilgang.grupper_med_verv
        return [gruppe for gruppe in alle if self.tilgang.er_koordinator or gruppe.pk in mine]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grupper = {gruppe.pk: gruppe for gruppe in self.grupper()}
        moter: list[Mote] = list(self.object_list)
        for mote in moter:
            mote.gruppe = grupper[mote.gruppe_id]
        vist = [g for g in grupper.values() if self.gruppe_id in {None, g.pk} and g.er_aktiv(self.arets_dag())]
        i_aret = [mote for mote in moter if mote.dato.year == self.ar]
        return super().get_context_data(
            naa=self.naa,
            grupper=list(grupper.values()),
            valgt_gruppe=grupper.get(self.gruppe_id or 0),
            ar=self.ar,
            arene=sorted({self.pr.year, self.ar, *motear(list(grupper))}, reverse=True),
            kan_lede_noen=self.tilgang.er_koordinator or bool(self.tilgang.grupper_med_verv),
            striper=hent_striper(vist, self.samarbeid, ar=self.ar, pr=self.pr, naa=self.naa),
            kommende=[mote for mote in moter if mote.er_kommende(self.naa)],
            ubekreftede=[mote for mote in reversed(moter) if mote.er_ubekreftet(self.naa)],
            holdte=[mote for mote in reversed(i_aret) if mote.holdt],
            avlyste=[mote for mote in reversed(i_aret) if mote.avlyst],
            **kwargs,
        )

    def arets_dag(self) -> dt.date:
        """The day of the chosen year that its groups are taken from: today, or its nearest end."""
        return min(max(self.pr, dt.date(self.ar, 1, 1)), dt.date(self.ar, 12, 31))


class Moteside(Samarbeidsside, DetailView[Mote]):
    """One meeting: when and where, agenda, presence, decisions, action items and minutes."""

    menyvalg = "moter"
    template_name = "moter/mote_detalj.html"
    object: Mote

    def get_object(self, queryset: Any = None) -> Mote:
        seer = Seer.av(self.request.user, self.pr)
        mote: Mote = en_eller_404(motet_med_innkalling(self.samarbeid, seer, self.kwargs["pk"]))
        return mote

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mote, seer = self.object, Seer.av(self.request.user, self.pr)
        egne_saker: list[Any] = motets_saker(mote, seer)
        vedtak = motets_vedtak(mote, seer)
        for sak in egne_saker:
            sak.gruppe, sak.papirer = mote.gruppe, papirene(sak)
            if sak.utsatt_fra is not None:
                sak.utsatt_fra.gruppe = mote.gruppe
        if mote.holdt is None:
            oppfolginger = oppfolginger_til(mote, mote.gruppe, mote.start, seer)
        else:
            oppfolginger = motets_oppfolginger(mote, seer)
        return super().get_context_data(
            naa=naa(),
            **self.deltakere(egne_saker),
            saker=saker(mote, egne_saker, vedtak),
            andre_vedtak=[rad for rad in vedtak if rad.sak_id not in {sak.pk for sak in egne_saker}],
            tidsbruk=tidsbruk(mote, egne_saker),
            kan_lede=self.tilgang.kan_lede(mote.gruppe),
            oppfolginger=[rad for rad in oppfolginger if rad.mote_id == mote.pk],
            fra_for=[rad for rad in oppfolginger if rad.mote_id != mote.pk],
            **kwargs,
        )

    def deltakere(self, egne_saker: list[Any]) -> dict[str, Any]:
        """Who is on the list, with the numbers of the cases that bind them, and how it stands with the notice."""
        deltakelser = deltakelsene(self.object)
        numre = {sak.pk: sak.saksnummer or _("uten nummer") for sak in egne_saker}
        for rad in deltakelser:
            rad.inhabil_numre, rad.bare_numre = ([numre[pk] for pk in ider] for ider in (rad.inhabil, rad.bare))
        stand = innkallingsstand(self.object, egne_saker, deltakelser, person=self.request.user, naa=naa())  # type: ignore[arg-type]
        return {"deltakelser": deltakelser, "innkalling": stand}


def saker(mote: Mote, rader: list[Sak], vedtak: list[Vedtak]) -> list[tuple[Sak, list[Vedtak]]]:
    """Each case with its decisions. A decision follows its case also when the case stands on another agenda."""
    for rad in vedtak:
        rad.gruppe = mote.gruppe
    return [(sak, [rad for rad in vedtak if rad.sak_id == sak.pk]) for sak in rader]
