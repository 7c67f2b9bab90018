from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.views.generic import DetailView, ListView

from moter.models import Vedtak
from moter.rules.henting import motende_grupper, vedtakene, vedtaket, vedtaksar, vedtaksnokler
from moter.rules.innsyn import Innsyn, vedtak_for
from moter.rules.penger import hent_pengebruk
from moter.views.moter import arstall, heltall, i_grupper
from organisering.models import Gruppe
from organisering.views.felles import Samarbeidsside, en_eller_404

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

    def get_queryset(self) -> Any:
        """The keys of those that the choices let through; the rows are read for the page alone."""
        if not any(self.valg.values()):
            return vedtaksnokler(Innsyn.av(self.request.user, self.samarbeid, self.tilgang, self.pr))
        filtre = {"gruppe": "gruppe", "ar": "dato__year", "tiltak": "tiltak"}
        valgte = {filtre[navn]: verdi for navn, verdi in self.valg.items() if verdi is not None and navn in filtre}
        vedtak: QuerySet[Any] = self.alle().filter(**valgte)
        if self.valg["tiltak"] is not None:
            vedtak = vedtak.filter(skjult=False)  # what a hidden decision is about is hidden too
        if self.valg["penger"]:
            vedtak = vedtak.filter(belop__isnull=False)
        return list(vedtak.order_by(*(Vedtak._meta.ordering or ())).values_list("pk", flat=True))

    def grupper(self) -> list[Gruppe]:
        """The groups whose money the visitor may see."""
        alle = motende_grupper(self.samarbeid)
        if self.tilgang.er_koordinator or self.tilgang.er_leser:
            return alle
        mine = self.tilgang.grupper_som_medlem | self.tilgang.grupper_med_verv
        return [gruppe for gruppe in alle if gruppe.pk in mine]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grupper = {gruppe.pk: gruppe for gruppe in self.grupper()}
        innsyn = Innsyn.av(self.request.user, self.samarbeid, self.tilgang, self.pr)
        ar = self.valg["ar"] or self.pr.year
        vist = [gruppe for gruppe in grupper.values() if self.valg["gruppe"] in {None, gruppe.pk}]
        kontekst = super().get_context_data(
            grupper=list(grupper.values()),
            valg=self.valg,
            er_filtrert=any(self.valg.values()),
            pengear=ar,
            pengene=sorted(hent_pengebruk(vist, ar=ar, pr=self.pr, blant=innsyn), key=lambda bruk: bruk.ramme is None),
            arene=vedtaksar(innsyn),
            bare_belop=self.tilgang.er_leser and not i_grupper(self.tilgang),
            **kwargs,
        )
        rader = {rad.pk: rad for rad in vedtakene(innsyn, list(kontekst["object_list"]))}
        kontekst["object_list"] = [rader[pk] for pk in kontekst["object_list"]]
        _med_grupper(kontekst["object_list"], grupper)
        return kontekst


def _med_grupper(rader: list[Vedtak], grupper: dict[int, Gruppe]) -> None:
    """Gives the rows of the page the groups that are fetched already."""
    for rad in rader:
        if rad.gruppe_id in grupper:
            rad.gruppe = grupper[rad.gruppe_id]
        if rad.sak is not None and rad.sak.gruppe_id in grupper:
            rad.sak.gruppe = grupper[rad.sak.gruppe_id]


class Vedtaksside(Samarbeidsside, DetailView[Vedtak]):
    """One decision. What is hidden from the visitor is refused, not shown in part."""

    menyvalg = "vedtak"
    template_name = "moter/vedtak_detalj.html"

    def get_object(self, queryset: QuerySet[Vedtak] | None = None) -> Vedtak:
        innsyn = Innsyn.av(self.request.user, self.samarbeid, self.tilgang, self.pr)
        vedtak = en_eller_404(vedtaket(innsyn, self.kwargs["pk"]))
        if vedtak.skjult:
            raise PermissionDenied
        return vedtak  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vedtak = self.object
        leder = self.tilgang.kan_lede(vedtak.gruppe) if vedtak.gruppe else self.tilgang.er_koordinator
        return super().get_context_data(kan_oppheve=leder and vedtak.opphevet is None, **kwargs)
