import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.views.generic import DetailView, ListView

from felles.tid import naa
from moter.models import Mote, Oppfolging, Sak, Vedtak
from moter.rules.innsyn import skjult_for
from moter.rules.moterom import loft_felter
from moter.rules.stripe import hent_striper
from organisering.models import Gruppe
from organisering.rules import Tilgang
from organisering.views.felles import Samarbeidsside


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

    def get_queryset(self) -> QuerySet[Mote]:
        moter = Mote.objects.filter(samarbeid=self.samarbeid).synlig_for(self.request.user, self.pr)
        apne = Q(holdt__isnull=True, avlyst__isnull=True)
        valgte = moter.filter(apne | Q(start__year=self.ar))
        if self.gruppe_id is not None:
            valgte = valgte.filter(gruppe=self.gruppe_id)
        return valgte.defer("referat")

    def grupper(self) -> list[Gruppe]:
        """The groups whose meetings the visitor may read."""
        grupper = Gruppe.objects.filter(samarbeid=self.samarbeid).motende().med_nivaer()
        if not self.tilgang.er_koordinator:
            grupper = grupper.filter(pk__in=self.tilgang.grupper_som_medlem | self.tilgang.grupper_med_verv)
        for gruppe in grupper:
            gruppe.samarbeid = self.samarbeid
        return list(grupper)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grupper = {gruppe.pk: gruppe for gruppe in self.grupper()}
        moter = list(self.object_list)
        for mote in moter:
            mote.gruppe = grupper[mote.gruppe_id]
        vist = [g for g in grupper.values() if self.gruppe_id in {None, g.pk} and g.er_aktiv(self.arets_dag())]
        i_aret = [mote for mote in moter if mote.dato.year == self.ar]
        alle = Mote.objects.filter(gruppe__in=list(grupper))
        return super().get_context_data(
            naa=self.naa,
            grupper=list(grupper.values()),
            valgt_gruppe=grupper.get(self.gruppe_id or 0),
            ar=self.ar,
            arene=sorted({self.pr.year, self.ar, *(d.year for d in alle.datetimes("start", "year"))}, reverse=True),
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

    def get_queryset(self) -> QuerySet[Mote]:
        moter = Mote.objects.filter(samarbeid=self.samarbeid).synlig_for(self.request.user, self.pr)
        return moter.select_related("gruppe").prefetch_related("gruppe__nivaer")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mote, skjult = self.object, skjult_for(self.request.user, self.pr, sak="sak")
        mote.gruppe.samarbeid = self.samarbeid
        egne_saker = list(self.saker())
        vedtak = list(mote.vedtak.annotate(skjult=skjult).select_related("tiltak").order_by("pk"))
        egne = Q(mote=mote)
        if mote.holdt is None:
            egne |= Q(gruppe=mote.gruppe, gjort__isnull=True, mote__start__lt=mote.start)
        oppfolginger = list(
            Oppfolging.objects.filter(egne)
            .annotate(skjult=skjult)
            .select_related("eier_person", "eier_plass", "eier_enhet")
        )
        return super().get_context_data(
            naa=naa(),
            saker=saker(mote, egne_saker, vedtak),
            andre_vedtak=[rad for rad in vedtak if rad.sak_id not in {sak.pk for sak in egne_saker}],
            kan_lede=self.tilgang.kan_lede(mote.gruppe),
            oppfolginger=[rad for rad in oppfolginger if rad.mote_id == mote.pk],
            fra_for=[rad for rad in oppfolginger if rad.mote_id != mote.pk],
            deltakelser=list(
                mote.deltakelser.select_related("person", "plass", "vara_for__person").prefetch_related(
                    "inhabil_i", "bare_saker"
                )
            ),
            **kwargs,
        )

    def saker(self) -> QuerySet[Sak]:
        """The agenda, each case with whether it is hidden from the visitor."""
        rader = self.object.saker.select_related("tiltak", "loftet_fra__mote").annotate(**loft_felter())
        return rader.annotate(skjult=skjult_for(self.request.user, self.pr)).order_by("rekkefolge", "pk")  # type: ignore[no-any-return]


def saker(mote: Mote, rader: list[Sak], vedtak: list[Vedtak]) -> list[tuple[Sak, list[Vedtak]]]:
    """Each case with its decisions. A decision follows its case also when the case stands on another agenda."""
    for sak in rader:
        sak.gruppe = mote.gruppe
    for rad in vedtak:
        rad.gruppe = mote.gruppe
    return [(sak, [rad for rad in vedtak if rad.sak_id == sak.pk]) for sak in rader]
