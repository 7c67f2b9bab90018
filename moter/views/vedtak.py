from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest
from django.views.generic import DetailView, ListView

from moter.models import Vedtak
from moter.rules.innsyn import vedtak_for
from moter.rules.penger import hent_pengebruk
from moter.views.moter import arstall, heltall, i_grupper
from organisering.models import Gruppe
from organisering.views.felles import Samarbeidsside

PER_SIDE = 50


class Vedtaksliste(Samarbeidsside, ListView[Vedtak]):
    """Decisions newest first, and the money of each group in one year."""

    menyvalg = "vedtak"
    template_name = "moter/vedtak_liste.html"
    paginate_by = PER_SIDE
    valg: dict[str, int | None]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not (i_grupper(self.tilgang) or self.tilgang.er_leser):
            raise PermissionDenied
        self.valg = {navn: heltall(request.GET.get(navn)) for navn in ("gruppe", "tiltak", "penger")}
        self.valg["ar"] = arstall(request.GET.get("ar"))
        return super().get(request, *args, **kwargs)

    def alle(self) -> QuerySet[Vedtak]:
        """Every decision the visitor may know of."""
        return vedtak_for(self.request.user, self.samarbeid, self.tilgang, self.pr)

    def get_queryset(self) -> QuerySet[Vedtak]:
        filtre = {"gruppe": "gruppe", "ar": "dato__year", "tiltak": "tiltak"}
        valgte = {filtre[navn]: verdi for navn, verdi in self.valg.items() if verdi is not None and navn in filtre}
        vedtak: QuerySet[Any] = self.alle().filter(**valgte)
        if self.valg["tiltak"] is not None:
            vedtak = vedtak.filter(skjult=False)  # what a hidden decision is about is hidden too
        if self.valg["penger"]:
            vedtak = vedtak.filter(belop__isnull=False)
        return vedtak.select_related("sak", "tiltak").order_by(*(Vedtak._meta.ordering or ()))

    def grupper(self) -> list[Gruppe]:
        """The groups whose money the visitor may see."""
        grupper = Gruppe.objects.filter(samarbeid=self.samarbeid).motende().med_nivaer()
        if not (self.tilgang.er_koordinator or self.tilgang.er_leser):
            grupper = grupper.filter(pk__in=self.tilgang.grupper_som_medlem | self.tilgang.grupper_med_verv)
        return list(grupper)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grupper = {gruppe.pk: gruppe for gruppe in self.grupper()}
        ar = self.valg["ar"] or self.pr.year
        vist = [gruppe for gruppe in grupper.values() if self.valg["gruppe"] in {None, gruppe.pk}]
        kontekst = super().get_context_data(
            grupper=list(grupper.values()),
            valg=self.valg,
            er_filtrert=any(self.valg.values()),
            pengear=ar,
            pengene=sorted(
                hent_pengebruk(vist, ar=ar, pr=self.pr, blant=self.alle()), key=lambda bruk: bruk.ramme is None
            ),
            arene=[dag.year for dag in self.alle().dates("dato", "year", order="DESC")],
            bare_belop=self.tilgang.er_leser and not i_grupper(self.tilgang),
            **kwargs,
        )
        _med_grupper(kontekst["page_obj"], grupper)
        return kontekst


def _med_grupper(side: "Page[Vedtak]", grupper: dict[int, Gruppe]) -> None:
    """Gives the rows of the page the groups that are fetched already."""
    for rad in side.object_list:
        if rad.gruppe_id in grupper:
            rad.gruppe = grupper[rad.gruppe_id]
        if rad.sak is not None and rad.sak.gruppe_id in grupper:
            rad.sak.gruppe = grupper[rad.sak.gruppe_id]


class Vedtaksside(Samarbeidsside, DetailView[Vedtak]):
    """One decision. What is hidden from the visitor is refused, not shown in part."""

    menyvalg = "vedtak"
    template_name = "moter/vedtak_detalj.html"

    def get_queryset(self) -> QuerySet[Vedtak]:
        alle = vedtak_for(self.request.user, self.samarbeid, self.tilgang, self.pr)
        return alle.select_related(
            "gruppe", "mote", "sak__gruppe", "tiltak", "gjelder_gruppe", "planutgave"
        ).prefetch_related("gruppe__nivaer")

    def get_object(self, queryset: QuerySet[Vedtak] | None = None) -> Vedtak:
        vedtak = super().get_object(queryset)
        if vedtak.skjult:  # type: ignore[attr-defined]
            raise PermissionDenied
        return vedtak

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vedtak = self.object
        leder = self.tilgang.kan_lede(vedtak.gruppe) if vedtak.gruppe else self.tilgang.er_koordinator
        return super().get_context_data(kan_oppheve=leder and vedtak.opphevet is None, **kwargs)
