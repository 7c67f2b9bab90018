"""The filters above the measures table. A value that is not one of the choices is left out, never an error."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.forberedt import forberedt
from felles.sortering import sorteringsnokkel
from organisering.models import Samarbeid
from tiltak.models import Ansvar, Delpunkt, Handlingsplan, Mal, Tilstand, Tiltak
from tiltak.rules.lista import Fakta, uavklart_q

UAVKLART = "uavklart"
FLEST_ORD = 8  # of a search; more are not a search
Valg = list[tuple[str, Any]]

SORTERING: dict[str, str | Promise] = {
    "trenger": gettext_lazy("Trenger deg først"),
    "plan": gettext_lazy("Rekkefølgen i planen"),
    "tittel": gettext_lazy("Tittel"),
    "frist": gettext_lazy("Frist"),
    "meldt": gettext_lazy("Sist meldt"),
}
# Beside the title, which always stands.
KOLONNER: dict[str, str | Promise] = {
    "ansvar": gettext_lazy("Ansvar"),
    "frist": gettext_lazy("Frist eller rytme"),
    "tilstand": gettext_lazy("Tilstand"),
    "meldt": gettext_lazy("Sist meldt"),
    "mal": gettext_lazy("Hovedmål"),
    "kostnad": gettext_lazy("Kostnad"),
}
VANLIGE = ("ansvar", "frist", "tilstand", "meldt")


class Tiltaksfilter(forms.Form):
    """Search, responsible, goal, plan, state, order and columns, from the address."""

    sok = forms.CharField(required=False, max_length=200)
    tilstand = forms.ChoiceField(required=False, choices=[(str(t), str(t)) for t in Tilstand])
    ansvar = forms.ChoiceField(required=False)
    mal = forms.ChoiceField(required=False)
    plan = forms.ChoiceField(required=False)
    sorter = forms.ChoiceField(required=False, choices=list(SORTERING.items()))
    kolonner = forms.MultipleChoiceField(required=False, choices=list(KOLONNER.items()))

    def __init__(self, *args: Any, samarbeid: Samarbeid, planer: Iterable[Handlingsplan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.samarbeid = samarbeid
        self.valg: dict[str, Valg] = {
            "ansvar": ansvarsvalg(samarbeid),
            "mal": [(str(mal.pk), str(mal)) for mal in _malene(samarbeid)],
            "plan": [(str(plan.pk), plan.navn) for plan in planer],
            "sorter": list(SORTERING.items()),
        }
        for navn in ("ansvar", "mal", "plan"):
            felt = self.fields[navn]
            assert isinstance(felt, forms.ChoiceField)
            felt.choices = self.valg[navn]

    def valgt(self, navn: str) -> str:
        """The value of one filter, empty when it is not given or is none of ours."""
        self.is_valid()
        return str(self.cleaned_data.get(navn) or "")

    @property
    def valgte(self) -> dict[str, str]:
        """What is chosen, as it stands in the address."""
        return {navn: verdi for navn in self.fields if navn != "kolonner" and (verdi := self.valgt(navn))}

    @property
    def egne_kolonner(self) -> list[str]:
        """The columns that are chosen, in the table's order; none when they are the usual ones."""
        self.is_valid()
        valgt = self.cleaned_data.get("kolonner") or []
        i_rekkefolge = [navn for navn in KOLONNER if navn in valgt]
        return [] if i_rekkefolge == list(VANLIGE) else i_rekkefolge

    @property
    def vist(self) -> list[tuple[str, str | Promise]]:
        """The columns of the table, with their headings."""
        return [(navn, KOLONNER[navn]) for navn in self.egne_kolonner or VANLIGE]

    @property
    def kolonnevalg(self) -> list[tuple[str, str | Promise, bool]]:
        """Every column, and whether it is shown."""
        vist = dict(self.vist)
        return [(navn, tittel, navn in vist) for navn, tittel in KOLONNER.items()]

    @property
    def i_adressen(self) -> dict[str, Any]:
        """All that is chosen, as a view keeps it."""
        return {**self.valgte, **({"kolonner": self.egne_kolonner} if self.egne_kolonner else {})}

    @property
    def adresse(self) -> str:
        return urlencode(sorted(self.i_adressen.items()), doseq=True)

    def treff(self) -> Q:
        """The rows that all filters but the state let through."""
        q = Q()
        for ord in self.valgt("sok").split()[:FLEST_ORD]:
            q &= ordet_finnes(ord)
        if ansvar := self.valgt("ansvar"):
            q &= _den_som_svarer(ansvar)
        if mal := self.valgt("mal"):
            q &= Q(hovedmal=mal) | Q(pk__in=Tiltak.andre_mal.through.objects.filter(mal=int(mal)).values("tiltak"))
        if plan := self.valgt("plan"):
            q &= Q(plan=plan)
        return q

    def blant(self, fakta: list[Fakta]) -> list[Fakta]:
        """Those of the measures that all filters but the state let through. One query when there is any."""
        treff = self.treff()
        if not treff:
            return fakta
        ider = set(Tiltak.objects.filter(treff, samarbeid=self.samarbeid).order_by().values_list("pk", flat=True))
        return [rad for rad in fakta if rad.pk in ider]

    def vises(self, fakta: list[Fakta]) -> list[Fakta]:
        """Those that all the filters let through."""
        tilstand = self.valgt("tilstand")
        return [rad for rad in self.blant(fakta) if tilstand in ("", rad.tilstand)]


def ansvarsvalg(samarbeid: Samarbeid) -> Valg:
    """Every party that answers for something, by name, and the unresolved last. One query."""
    valg: dict[str, str] = {}
    for enhet, enhetsnavn, gruppe, gruppenavn, niva, plass, plasstittel, post, posttittel in _svarende(samarbeid):
        if enhet:
            valg[f"enhet-{enhet}"] = enhetsnavn
        elif gruppe:
            valg.setdefault(f"gruppe-{gruppe}", gruppenavn or niva or _("Gruppe uten navn"))
        elif plass:
            valg[f"plass-{plass}"] = plasstittel
        else:
            valg[f"koordinatorpost-{post}"] = posttittel
    navngitte = sorted(valg.items(), key=lambda par: sorteringsnokkel(par[1]))
    return [*navngitte, (UAVKLART, _("Uavklart eller mangler"))]


@forberedt
def _svarende(samarbeid: Samarbeid) -> QuerySet[Ansvar, Any]:
    return (
        Ansvar.objects.filter(samarbeid=samarbeid)
        .avklarte()
        .order_by("gruppe__nivaer__rekkefolge")
        .values_list(
            "enhet_id",
            "enhet__navn",
            "gruppe_id",
            "gruppe__navn",
            "gruppe__nivaer__navn",
            "plass_id",
            "plass__tittel",
            "koordinatorpost_id",
            "koordinatorpost__tittel",
        )
        .distinct()
    )


@forberedt
def _malene(samarbeid: Samarbeid) -> QuerySet[Mal]:
    return Mal.objects.filter(samarbeid=samarbeid)


def ordet_finnes(ord: str) -> Q:
    """In the measure's own words, its bullets, or the words or names of those who answer."""
    ansvar = Ansvar.objects.filter(
        Q(kildeord__icontains=ord)
        | Q(enhet__navn__icontains=ord)
        | Q(gruppe__navn__icontains=ord)
        | Q(plass__tittel__icontains=ord)
        | Q(koordinatorpost__tittel__icontains=ord)
    )
    return (
        Q(tittel__icontains=ord)
        | Q(beskrivelse__icontains=ord)
        | Q(pk__in=Delpunkt.objects.filter(tekst__icontains=ord).values("tiltak"))
        | Q(pk__in=ansvar.values("tiltak"))
    )


def _den_som_svarer(ansvar: str) -> Q:
    if ansvar == UAVKLART:
        return uavklart_q()
    slag, _skille, pk = ansvar.partition("-")
    hvem = Q(**{slag: pk})
    if slag == "enhet":
        hvem |= Q(enhet__overordnet=pk) | Q(enhet__overordnet__overordnet=pk)
    return Q(pk__in=Ansvar.objects.filter(hvem).values("tiltak"))
