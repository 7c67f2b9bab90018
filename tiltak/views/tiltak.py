from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.views.generic import DetailView, TemplateView

from organisering.views.felles import Samarbeidsside
from tiltak.forms import Tiltaksfilter, uavklart_q
from tiltak.models import REKKEFOLGE, Handlingsplan, Tilstand, Tiltak
from tiltak.rules.historien import historien
from tiltak.rules.ord import detaljsetning
from tiltak.rules.planene import planer_med_periode
from tiltak.rules.rader import OVER, tiltaksrad
from tiltak.rules.status import kan_melde_status
from tiltak.rules.tiltaket import hent_deler, hent_spurte, hent_tiltaket

PER_SIDE, ALLE = 50, 1000


class Tiltaksliste(Samarbeidsside, TemplateView):
    """The measures table: how they stand, filtered by the address."""

    menyvalg = "tiltak"
    template_name = "tiltak/tiltak_liste.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        planer = list(planer_med_periode(self.samarbeid, self.pr))
        skjema = Tiltaksfilter(self.request.GET, samarbeid=self.samarbeid, planer=planer)
        tiltak = Tiltak.objects.filter(samarbeid=self.samarbeid)
        telling = tell(tiltak.med_tilstand(self.pr), skjema.treff())
        rader = skjema.sortert(tiltak.som_rader(self.pr).filter(skjema.treff()))
        valgt = skjema.valgt("tilstand")
        if valgt:
            rader = rader.filter(tilstand=valgt)
        vis_alle = self.request.GET.get("vis") == "alle"
        sider = Paginator(rader, ALLE if vis_alle else PER_SIDE)
        sider.count = sum(t["treff"] for t in telling if valgt in ("", t["tilstand"]))
        side = sider.get_page(self.request.GET.get("side"))
        return super().get_context_data(
            skjema=skjema,
            planer=planer,
            side=side,
            rader=[tiltaksrad(rad, self.pr) for rad in side],
            **oppsummert(telling, planer),
            **lenker(skjema),
            **kwargs,
        )


class Tiltaksside(Samarbeidsside, DetailView[Tiltak]):
    """One measure and its whole story."""

    menyvalg = "tiltak"
    context_object_name = "tiltak"
    template_name = "tiltak/tiltak_detalj.html"

    def get_queryset(self) -> QuerySet[Tiltak]:
        return hent_tiltaket(self.samarbeid, self.pr)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        deler = hent_deler(self.object)
        return super().get_context_data(
            rad=tiltaksrad(self.object, self.pr),
            deler=deler,
            spurte=hent_spurte(self.object, self.pr),
            historie=historien(self.object, deler.get("delpunkt", []), self.pr),
            setning=detaljsetning(self.object, self.pr),
            kan_melde=self.object.avsluttet is None and kan_melde_status(self.request.user, self.object, self.pr),
            **kwargs,
        )


def tell(tiltak: QuerySet[Any], treff: Q) -> list[dict[str, Any]]:
    """Per state: all, those the other filters let through, and those nobody is found for. One query."""
    grupper = tiltak.order_by().values("tilstand")
    return list(
        grupper.annotate(
            alle=Count("pk"), treff=Count("pk", filter=treff or Q(pk__gt=0)), uavklart=Count("pk", filter=uavklart_q())
        )
    )


def oppsummert(telling: list[dict[str, Any]], planer: list[Handlingsplan]) -> dict[str, Any]:
    """What the first sentence and the pills say."""
    per = {t["tilstand"]: t for t in telling}
    return {
        "i_alt": sum(t["alle"] for t in telling),
        "treff_i_alt": sum(t["treff"] for t in telling),
        "trenger_noen": sum(_trenger_noen(Tilstand(t["tilstand"]), t) for t in telling),
        "piller": [(str(t), per[t]["treff"]) for t in REKKEFOLGE if t in per],
    }


def _trenger_noen(tilstand: Tilstand, telling: dict[str, Any]) -> int:
    if tilstand.trenger_noe:
        return int(telling["alle"])
    return 0 if tilstand in OVER else int(telling["uavklart"])


def lenker(skjema: Tiltaksfilter) -> dict[str, Any]:
    """The filters as they stand in an address: with the state, and without it for the pills."""
    valgte = skjema.valgte
    adresse, uten_tilstand = QueryDict(mutable=True), QueryDict(mutable=True)
    adresse.update(valgte)
    uten_tilstand.update({navn: verdi for navn, verdi in valgte.items() if navn != "tilstand"})
    return {"valgte": valgte, "adresse": adresse.urlencode(), "uten_tilstand": uten_tilstand.urlencode()}
