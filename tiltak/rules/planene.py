"""The plans of a Samarbeid with the edition in force, and in words how each stands to its revision."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.forberedt import fest, forberedt
from felles.norsk import dato, dato_i_ord
from organisering.models import Gruppe, Niva, Samarbeid
from organisering.rules.arshjul import kommunestyreperiode
from tiltak.models import Handlingsplan, Mal, Malgruppe, Plangjennomgang, Planutgave
from tiltak.rules.revisjon import Revisjon, Revisjonstilstand, revisjon

FAST = "\u00a0"


@dataclass(frozen=True)
class Planstatus:
    """One plan on one day. `gjeldende` is None when no edition is in force."""

    plan: Handlingsplan
    utgaver: list[Planutgave]
    gjeldende: Planutgave | None
    revisjon: Revisjon
    merke: str
    merkeord: str
    setning: str
    kommunestyre: str

    @property
    def uten_frist(self) -> bool:
        """Whether nothing can be said of when the plan must be revised."""
        return self.revisjon.frist is None


@forberedt
def planer_med_periode(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Handlingsplan]:
    """Plans with the period of the edition in force as `periode_fra` and `periode_til`."""
    utgaver = Planutgave.objects.filter(plan=OuterRef("pk")).gjeldende(pr).order_by("-hovednummer", "-undernummer")
    planer: QuerySet[Handlingsplan] = Handlingsplan.objects.filter(samarbeid=samarbeid).annotate(
        periode_fra=Subquery(utgaver.values("periode_fra")[:1]), periode_til=Subquery(utgaver.values("periode_til")[:1])
    )
    return planer


def hent_planer(samarbeid: Samarbeid, pk: int | None = None) -> list[Handlingsplan]:
    """Plans, or the one with this key, with all that their pages show, but no edition's frozen bytes. Three queries."""
    planer = _planene(samarbeid, pk)
    ider = [plan.pk for plan in planer]
    fest(planer, "utgaver", _utgavene(ider), "plan_id")
    fest(planer, "gjennomganger", _gjennomgangene(ider), "plan_id")
    for plan in planer:
        plan.samarbeid = samarbeid
    return planer


@forberedt
def _utgavene(planer: list[int]) -> QuerySet[Planutgave]:
    utgaver = Planutgave.objects.filter(plan__in=planer).defer("innhold", "pdf").select_related("vedtatt_av")
    return utgaver.annotate(vedtatt_av_navn=gruppenavn("vedtatt_av"))  # type: ignore[no-any-return]


@forberedt
def _gjennomgangene(planer: list[int]) -> QuerySet[Plangjennomgang]:
    gjennomganger = Plangjennomgang.objects.filter(plan__in=planer).select_related("gruppe")
    return gjennomganger.annotate(gruppenavn=gruppenavn("gruppe"))  # type: ignore[no-any-return]


@forberedt
def _planene(samarbeid: Samarbeid, pk: int | None) -> QuerySet[Handlingsplan]:
    alle = Handlingsplan.objects.filter(samarbeid=samarbeid)
    return (  # type: ignore[no-any-return]
        (alle if pk is None else alle.filter(pk=pk))
        .select_related("kilde", "overordnet")
        .annotate(
            utarbeides_av_navn=gruppenavn("utarbeides_av"),
            vedtas_av_navn=gruppenavn("vedtas_av"),
            antall_tiltak=Count("tiltak"),
        )
    )


def gruppenavn(felt: str) -> Subquery:
    """The group's own name, else its first level's: what `Gruppe.visningsnavn` says, without a query."""
    niva = Niva.objects.filter(grupper=OuterRef("pk")).order_by("rekkefolge", "pk").values("navn")[:1]
    vist = Coalesce(NullIf("navn", Value("")), Subquery(niva), Value(""), output_field=CharField())
    grupper = Gruppe.objects.filter(pk=OuterRef(felt)).order_by().annotate(vist=vist)
    return Subquery(grupper.values("vist")[:1], output_field=CharField())


@forberedt
def utgaven(samarbeid: Samarbeid, pk: int) -> QuerySet[Planutgave]:
    """The edition with this key, if any, without its frozen PDF."""
    utgaver = Planutgave.objects.filter(samarbeid=samarbeid, pk=pk).defer("pdf").select_related("samarbeid", "plan")
    return utgaver.annotate(vedtatt_av_navn=gruppenavn("vedtatt_av"))  # type: ignore[no-any-return]


def planens_mal(plan: Handlingsplan) -> list[Mal]:
    """Goals of the plan and of the whole Samarbeid."""
    return _malene(plan, plan.samarbeid_id)


@forberedt
def _malene(plan: Handlingsplan, samarbeid: int) -> QuerySet[Mal]:
    return Mal.objects.filter(Q(plan=plan) | Q(plan__isnull=True, samarbeid=samarbeid)).select_related("kilde")


def planens_malgrupper(plan: Handlingsplan) -> list[Malgruppe]:
    """Target groups of the plan and of the whole Samarbeid."""
    return _malgruppene(plan, plan.samarbeid_id)


@forberedt
def _malgruppene(plan: Handlingsplan, samarbeid: int) -> QuerySet[Malgruppe]:
    return Malgruppe.objects.filter(Q(plan=plan) | Q(plan__isnull=True, samarbeid=samarbeid))


def planstatus(plan: Handlingsplan, pr: dt.date) -> Planstatus:
    """How `plan` stands; its editions and reviews must be fetched."""
    utgaver = sorted(plan.utgaver.all(), key=lambda u: (u.hovednummer, u.undernummer), reverse=True)
    gjeldende = next((u for u in utgaver if u.gjelder(pr)), None)
    gjennomganger = [gjennomgang.dato for gjennomgang in plan.gjennomganger.all()]
    svar = revisjon(utgaver, plan.revisjon_maneder, gjennomganger, pr)
    merke, merkeord, setning = revisjonsord(svar, pr)
    fra, til = kommunestyreperiode(pr)
    return Planstatus(plan, utgaver, gjeldende, svar, merke, merkeord, setning, f"{fra}–{til}")


def revisjonsord(svar: Revisjon, pr: dt.date) -> tuple[str, str, str]:
    """The state mark's key, its word, and a sentence: «Planen skulle vært revidert innen …, for 326 dager siden.»"""
    frist = dato_i_ord(svar.frist, f"j.{FAST}F Y") if svar.frist else ""
    dager = abs((svar.frist - pr).days) if svar.frist else 0
    ord = {"frist": frist, "dager": dager}
    match svar.tilstand:
        case Revisjonstilstand.INGEN_UTGAVE:
            return "ikke_vurdert", _("Ingen utgave gjelder"), _("Planen har ingen vedtatt utgave som gjelder nå.")
        case Revisjonstilstand.UTEN_PERIODE:
            return "ingen_regel", _("Periode ikke oppgitt"), _("Når planen skal revideres, kan ikke regnes ut.")
        case Revisjonstilstand.FORFALT:
            setning = ngettext(
                "Planen skulle vært revidert innen %(frist)s, for %(dager)s dag siden.",
                "Planen skulle vært revidert innen %(frist)s, for %(dager)s dager siden.",
                dager,
            )
            return "forfalt", _("Revisjonen er forfalt"), setning % ord
        case Revisjonstilstand.MANGLER:
            if not dager:
                return "mangler", _("Må revideres"), _("Planen må revideres i dag.")
            setning = ngettext(
                "Planen må revideres innen %(frist)s, om %(dager)s dag.",
                "Planen må revideres innen %(frist)s, om %(dager)s dager.",
                dager,
            )
            return "mangler", _("Må revideres"), setning % ord
        case Revisjonstilstand.I_RUTE:
            return "i_rute", "", _("Neste revisjon er innen %(frist)s.") % ord if frist else ""


def vedtak_i_ord(utgave: Planutgave) -> str:
    """When and by whom an edition was adopted, as far as it is stated."""
    organ = str(utgave.vedtatt_av or utgave.vedtatt_av_ord)
    if not utgave.er_vedtatt:
        return _("Utkast. Ikke vedtatt.")
    if utgave.vedtatt is None:
        if organ:
            return _("Vedtatt før portalen av %(organ)s. Datoen er ikke oppgitt.") % {"organ": organ}
        return _("Vedtatt før portalen; dato og organ er ikke oppgitt.")
    if organ:
        return _("Vedtatt %(dato)s av %(organ)s.") % {"dato": dato(utgave.vedtatt), "organ": organ}
    return _("Vedtatt %(dato)s. Organet er ikke oppgitt.") % {"dato": dato(utgave.vedtatt)}
