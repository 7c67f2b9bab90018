from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import DetailView, ListView

from organisering.models import Fullmakt, Gruppe, Motekrav, Niva, fest_nivaer
from organisering.rules.grupper import (
    Gruppebilde,
    bilder,
    gruppa,
    gruppas_fullmakter,
    mangler,
    mangler_i_ord,
    samarbeidets_grupper,
)
from organisering.rules.ord import stor_forbokstav, tallord
from organisering.rules.regler import frister_i_ord, fullmakt_i_ord, ikke_oppgitt, krav_i_ord
from organisering.views.felles import Samarbeidsside, en_eller_404


class Gruppeliste(Samarbeidsside, ListView[Gruppe]):
    """The groups and described levels of the Samarbeid, per level, and how each stands."""

    menyvalg = "grupper"
    template_name = "organisering/gruppe_liste.html"

    def get_queryset(self) -> Any:
        grupper = samarbeidets_grupper(self.samarbeid)
        typene = {gruppe.gruppetype_id: gruppe.gruppetype for gruppe in grupper if gruppe.gruppetype_id}
        for gruppe in grupper:
            gruppe.gruppetype = typene.get(gruppe.gruppetype_id)
        fest_nivaer([*typene.values(), *(gruppe for gruppe in grupper if gruppe.pk not in typene)])
        fest_nivaer([gruppe for gruppe in grupper if gruppe.pk in typene])
        return grupper

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alle: list[Gruppe] = list(self.object_list)
        aktive = [gruppe for gruppe in alle if gruppe.er_aktiv(self.pr)]
        alle_bilder = bilder(aktive, self.pr)
        for gruppe in aktive:
            gruppe.samarbeid = self.samarbeid
        linjer = [Gruppelinje(alle_bilder[gruppe.pk]) for gruppe in aktive]
        arbeidsgrupper = [linje for linje in linjer if linje.gruppe.slag == Gruppe.Slag.ARBEIDSGRUPPE]
        return super().get_context_data(
            nivaer=per_niva([linje for linje in linjer if linje not in arbeidsgrupper]),
            arbeidsgrupper=arbeidsgrupper,
            avsluttede=[gruppe for gruppe in alle if gruppe.til and gruppe.til < self.pr],
            kommende=[gruppe for gruppe in alle if gruppe.fra and gruppe.fra > self.pr],
            setning=hvordan_det_star_til(linjer),
            kan_rette=self.tilgang.er_koordinator,
            **kwargs,
        )


class Gruppelinje:
    """One group in the list, with the sentence that says how it stands."""

    def __init__(self, bilde: Gruppebilde) -> None:
        self.bilde = bilde
        self.gruppe = bilde.gruppe
        self.mangler = mangler(bilde, har_krav=self.gruppe.har_krav)  # type: ignore[attr-defined]

    @property
    def niva(self) -> Niva | None:
        """The topmost of the levels it works on."""
        eier = self.gruppe if self.gruppe.nivaer.all() else self.gruppe.gruppetype or self.gruppe
        return next(iter(eier.nivaer.all()), None)

    @property
    def setning(self) -> str:
        """The seats; or what it is, when it never meets."""
        if self.gruppe.slag == Gruppe.Slag.NIVABESKRIVELSE:
            return _("Et nivå som er beskrevet i ord. Det holder ikke møter.")
        return self.bilde.plasser_i_ord

    @property
    def mangler_i_ord(self) -> str:
        return mangler_i_ord(self.mangler)


def per_niva(linjer: list[Gruppelinje]) -> list[tuple[Niva | None, list[Gruppelinje]]]:
    """The groups under their levels, in the levels' order; those without a level last."""

    def orden(linje: Gruppelinje) -> tuple[bool, int, int]:
        niva = linje.niva
        return (False, niva.rekkefolge, niva.pk) if niva else (True, 0, 0)

    grupper = groupby(sorted(linjer, key=orden), key=lambda linje: linje.niva)
    return [(niva, list(rad)) for niva, rad in grupper]


def hvordan_det_star_til(linjer: list[Gruppelinje]) -> str:
    """«Fire grupper. To av dem mangler noe.»"""
    motende = [linje for linje in linjer if linje.gruppe.motes]
    if not linjer:
        return _("Ingen grupper er lagt inn ennå.")
    antall = len(motende)
    hode = ngettext("%(n)s gruppe holder møter.", "%(n)s grupper holder møter.", antall) % {"n": tallord(antall)}
    if not antall:
        return stor_forbokstav(hode)
    return f"{stor_forbokstav(hode)} {_hvor_mange_mangler(sum(bool(linje.mangler) for linje in motende), antall)}"


def _hvor_mange_mangler(mangler_noe: int, antall: int) -> str:
    if not mangler_noe:
        return _("Den mangler ikke noe.") if antall == 1 else _("Ingen av dem mangler noe.")
    if mangler_noe < antall:
        return stor_forbokstav(_("%(n)s av dem mangler noe.") % {"n": tallord(mangler_noe)})
    return {1: _("Den mangler noe."), 2: _("Begge mangler noe.")}.get(antall, _("Alle mangler noe."))


class Gruppeside(Samarbeidsside, DetailView[Gruppe]):
    """One group: seats, mandate and rules."""

    menyvalg = "grupper"
    template_name = "organisering/gruppe_detalj.html"
    object: Gruppe

    def get_object(self, queryset: QuerySet[Gruppe] | None = None) -> Gruppe:
        return en_eller_404(gruppa(self.samarbeid, self.kwargs["pk"], self.pr))  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        gruppe = self.object
        gruppe.samarbeid = self.samarbeid
        bilde = bilder([gruppe], self.pr)[gruppe.pk]
        fullmakter = gruppas_fullmakter({gruppe.pk, gruppe.regelbarer_id}, self.pr)
        det_som_mangler = mangler(bilde, har_krav=gruppe.har_krav)  # type: ignore[attr-defined]
        return super().get_context_data(
            bilde=bilde,
            mandat=bilde.mandat,
            krav=[(rad, krav_i_ord(rad)) for rad in self.krav()],
            fullmakter=[(fullmakt, fullmakt_i_ord(fullmakt)) for fullmakt in fullmakter],
            alle_fullmakter=fullmakter,
            felles_kilde=en_kilde(fullmakter),
            frister=frister_i_ord(gruppe),
            ikke_oppgitt=ikke_oppgitt(gruppe) if gruppe.motes else [],
            mangler=det_som_mangler,
            mangler_i_ord=mangler_i_ord(det_som_mangler),
            mangler_ellers=mangler_i_ord([mangel for mangel in det_som_mangler if not mangel.plass_id]),
            er_avsluttet=bool(gruppe.til and gruppe.til < self.pr),
            ser_moter=self.tilgang.kan_lese_gruppens_papirer(gruppe),
            leder=self.leder(),
            kan_rette=self.tilgang.er_koordinator,
            kan_sette_plasser=self.tilgang.er_koordinator or self.tilgang.er_administrator,
            av_typen=self.av_typen(),
            **kwargs,
        )

    def krav(self) -> QuerySet[Motekrav]:
        """How often groups of this type must meet. A group that meets has its rules beside its strip of meetings."""
        if self.object.motes:
            return Motekrav.objects.none()
        ider = {self.object.pk, self.object.regelbarer_id}
        treff = Motekrav.objects.filter(gruppe__in=ider).aktive(self.pr).select_related("kilde")
        return treff.order_by("pk")

    def leder(self) -> bool:
        """Whether the visitor leads the group, or the one above a working group: it is theirs too."""
        over = self.object.overordnet if self.object.slag == Gruppe.Slag.ARBEIDSGRUPPE else None
        return self.tilgang.kan_lede(self.object) or (over is not None and self.tilgang.kan_lede(over))

    def av_typen(self) -> list[Gruppe]:
        """The groups of this type, when it is one."""
        if self.object.slag != Gruppe.Slag.GRUPPETYPE:
            return []
        grupper = list(self.object.grupper_av_typen.aktive(self.pr).med_nivaer())
        for gruppe in grupper:
            gruppe.samarbeid = self.samarbeid
        return grupper


def en_kilde(fullmakter: list[Fullmakt]) -> str:
    """The document and place that all of them rest on, so that it need be said only once."""
    steder = {(rad.kilde, rad.kildested) for rad in fullmakter if rad.ordlyd}
    if len(steder) != 1 or len(fullmakter) < 2:
        return ""
    return ", ".join(str(ledd) for ledd in steder.pop() if ledd)
