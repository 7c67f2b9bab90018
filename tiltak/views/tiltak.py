from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.views.generic import DetailView, TemplateView

from organisering.views.felles import Samarbeidsside, en_eller_404
from tiltak.forms import Tiltaksfilter
from tiltak.models import REKKEFOLGE, Tiltak
from tiltak.models.tilstand import Dagen
from tiltak.rules import tidslinje
from tiltak.rules.flere import Hva
from tiltak.rules.historien import historien
from tiltak.rules.lista import Fakta, alle, les, visningene
from tiltak.rules.ord import detaljsetning
from tiltak.rules.planene import planer_med_periode
from tiltak.rules.rader import tiltaksrad
from tiltak.rules.tiltaket import hent_deler, hent_spurte, svarer_selv, tiltaket

PER_SIDE, ALLE = 50, 1000


class Tiltaksliste(Samarbeidsside, TemplateView):
    """The measures table: how they stand, filtered by the address."""

    menyvalg = "tiltak"
    hva = Hva  # what may be done to those that are ticked
    template_name = "tiltak/tiltak_liste.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        planer = planer_med_periode(self.samarbeid, self.pr)
        skjema = Tiltaksfilter(self.request.GET, samarbeid=self.samarbeid, planer=planer)
        i_alt = alle(self.samarbeid, self.pr, skjema.valgt("sorter"))
        treff = skjema.blant(i_alt)
        valgt = skjema.valgt("tilstand")
        vis_alle = self.request.GET.get("vis") == "alle"
        valgte = [rad for rad in treff if valgt in ("", rad.tilstand)]
        side = Paginator(valgte, ALLE if vis_alle else PER_SIDE).get_page(self.request.GET.get("side"))
        return super().get_context_data(
            skjema=skjema,
            planer=planer,
            side=side,
            rader=les(list(side), self.samarbeid, self.pr),
            i_alt=len(i_alt),
            treff_i_alt=len(treff),
            trenger_noen=sum(rad.trenger_noen for rad in i_alt),
            piller=piller(i_alt, treff),
            visninger=visningene(self.samarbeid, self.request.user),
            **lenker(skjema),
            **kwargs,
        )


class Tiltaksside(Samarbeidsside, DetailView[Tiltak]):
    """One measure and its whole story."""

    menyvalg = "tiltak"
    context_object_name = "tiltak"
    template_name = "tiltak/tiltak_detalj.html"

    def get_object(self, queryset: QuerySet[Tiltak] | None = None) -> Tiltak:
        return en_eller_404(tiltaket(self.samarbeid, self.kwargs["pk"], self.pr, self.request.user.pk or 0))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        deler = hent_deler(self.object)
        return super().get_context_data(
            rad=tiltaksrad(self.object, self.pr),
            deler=deler,
            spurte=hent_spurte(self.object, self.pr),
            historie=historien(self.object, deler.get("delpunkt", []), self.pr),
            setning=detaljsetning(self.object, self.pr),
            kan_melde=self.object.avsluttet is None and (self.tilgang.er_koordinator or svarer_selv(self.object)),
            **kwargs,
        )


class Tidslinjeside(Samarbeidsside, TemplateView):
    """The years of the plan, a row for each measure, and the same as a list."""

    menyvalg = "tiltak"
    template_name = "tiltak/tidslinje.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tiltak = tidslinje.tiltakene(self.samarbeid, Dagen.av(self.pr))
        ar = tidslinje.arene(planer_med_periode(self.samarbeid, self.pr), tiltak, self.pr)
        return super().get_context_data(bilde=tidslinje.tegn(tiltak, ar, self.pr), **kwargs)


def piller(i_alt: list[Fakta], treff: list[Fakta]) -> list[tuple[str, int]]:
    """Each state that is there, and how many of them the other filters let through."""
    finnes, antall = {rad.tilstand for rad in i_alt}, Counter(rad.tilstand for rad in treff)
    return [(str(tilstand), antall[str(tilstand)]) for tilstand in REKKEFOLGE if str(tilstand) in finnes]


def lenker(skjema: Tiltaksfilter) -> dict[str, Any]:
    """The filters as they stand in an address: with the state, and without it for the pills."""
    uten_tilstand = {navn: verdi for navn, verdi in skjema.i_adressen.items() if navn != "tilstand"}
    return {"valgte": skjema.valgte, "adresse": skjema.adresse, "uten_tilstand": urlencode(uten_tilstand, doseq=True)}
