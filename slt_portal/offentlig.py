"""What the open page of a Samarbeid shows. Titles of seats are open; who holds them never is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisering.models import Enhet, Gruppe, Koordinatorpost, Mandatpunkt, Motekrav, Plass, Samarbeid
from organisering.rules.ord import liste_i_ord, liten_forbokstav, maneder_i_ord, stor_forbokstav, tallord
from organisering.rules.regler import krav_i_ord
from tiltak.models import Mal, Planutgave, Tiltak
from tiltak.rules.planene import vedtak_i_ord

FORSTE_TILTAK = 6
KORT_NAVN = 60
ROLLER = {Plass.Slag.PERSON, Plass.Slag.FLERE}


@dataclass
class Gruppelinje:
    """A group on its levels, as an inhabitant meets it."""

    gruppe: Gruppe
    nivaslag: set[str] = field(default_factory=set)
    nivanavn: str = ""
    plasser: list[str] = field(default_factory=list)
    krav: list[str] = field(default_factory=list)

    @property
    def navn(self) -> str:
        return self.gruppe.navn or self.nivanavn or _("Gruppe uten navn")

    @property
    def oppgave(self) -> str:
        """The first point of its mandate, when the group has no description of its own."""
        return self.gruppe.forste_oppgave or ""  # type: ignore[attr-defined]

    @property
    def undertekst(self) -> str:
        """Seats in words, then how often."""
        plasser = stor_forbokstav(liste_i_ord(self.plasser))
        return " ".join([f"{plasser}." if plasser and not plasser.endswith(".") else plasser, *self.krav]).strip()


@dataclass(frozen=True)
class Tiltakslinje:
    """A decided measure, and who answers for it in the plan's own words."""

    tittel: str
    ansvar: str


class OffentligBilde:
    """Everything on the page, each part asked for once."""

    def __init__(self, samarbeid: Samarbeid, pr: dt.date) -> None:
        self.samarbeid, self.pr = samarbeid, pr

    @property
    def er_avsluttet(self) -> bool:
        return self.samarbeid.slutt is not None and self.samarbeid.slutt < self.pr

    @property
    def tittel(self) -> str:
        """The main goal's short name; a goal that is short itself; else the name."""
        for mal in self.hovedmal[:1]:
            kort = mal.kortnavn or mal.tekst
            if len(kort) <= KORT_NAVN:
                return kort.rstrip(".")
        return f"{self.samarbeid.modellnavn} {self.samarbeid.navn}"

    @cached_property
    def mal(self) -> list[Mal]:
        """The goals of the Samarbeid and of the plans in force, in their own words."""
        planer = {utgave.plan_id for utgave in self.utgaver}
        rader = Mal.objects.filter(samarbeid=self.samarbeid).select_related("kilde").order_by("rekkefolge", "pk")
        return [mal for mal in rader if mal.plan_id is None or mal.plan_id in planer]

    @property
    def hovedmal(self) -> list[Mal]:
        return [mal for mal in self.mal if mal.slag == Mal.Slag.HOVEDMAL]

    @property
    def periodemal(self) -> list[Mal]:
        """The goals that the plan adds; without any, those of the Samarbeid."""
        planens = [mal for mal in self.mal if mal.plan_id and mal.slag != Mal.Slag.HOVEDMAL]
        return planens or self.hovedmal

    @cached_property
    def grupper(self) -> list[Gruppelinje]:
        """The groups and described levels, topmost first; neither working groups nor groups of a type."""
        linjer = _med_nivaer(self.samarbeid, self.pr)
        ider = [linje.gruppe.pk for linje in linjer]
        plasser, krav = _plasser(ider, self.pr), _krav(ider, self.pr)
        for linje in linjer:
            linje.plasser, linje.krav = plasser[linje.gruppe.pk], krav[linje.gruppe.pk]
        return linjer

    @property
    def nivaoverskrift(self) -> str:
        """«Tre nivåer, ett mål»: both counted."""
        nivaer = len({slag for linje in self.grupper for slag in linje.nivaslag})
        if not nivaer:
            return _("Gruppene")
        hode = ngettext("%(n)s nivå", "%(n)s nivåer", nivaer) % {"n": tallord(nivaer, intetkjonn=True)}
        return stor_forbokstav(", ".join([hode, _("ett mål")]) if len(self.hovedmal) == 1 else hode)

    @cached_property
    def poster(self) -> list[Koordinatorpost]:
        return list(Koordinatorpost.objects.filter(samarbeid=self.samarbeid).aktive(self.pr).order_by("rekkefolge"))

    @property
    def mangler_kontakt(self) -> bool:
        """Nobody has stated where to write or call."""
        poster = any(post.offentlig_epost or post.offentlig_telefon for post in self.poster)
        return not (self.samarbeid.funksjonspostkasse or poster)

    @cached_property
    def utgaver(self) -> list["Gjeldende"]:
        """The newest edition in force of each plan."""
        return gjeldende_utgaver(self.samarbeid, self.pr)

    @cached_property
    def tiltak(self) -> list[Tiltakslinje]:
        """The decided measures that are not ended, with their responsible words, in one query."""
        planer = [utgave.plan_id for utgave in self.utgaver]
        rader = Tiltak.objects.filter(plan__in=planer, avsluttet__isnull=True)
        rader = rader.order_by("plan__rekkefolge", "plan", "nummer", "pk", "ansvar__rekkefolge", "ansvar__pk")
        ansvar: dict[int, list[str]] = defaultdict(list)
        titler: dict[int, str] = {}
        for pk, tittel, ord_ in rader.values_list("pk", "tittel", "ansvar__kildeord") if planer else []:
            titler[pk] = tittel
            ansvar[pk] += [ord_] if ord_ else []
        return [Tiltakslinje(tittel, ", ".join(ansvar[pk])) for pk, tittel in titler.items()]

    @property
    def forste_tiltak(self) -> list[Tiltakslinje]:
        return self.tiltak[:FORSTE_TILTAK]

    @cached_property
    def enheter(self) -> list[Enhet]:
        """The network: the units that take part."""
        return list(Enhet.objects.filter(samarbeid=self.samarbeid).aktive(self.pr).order_by("navn", "pk"))


@dataclass(frozen=True)
class Gjeldende:
    """An edition in force, and what can be said of its life."""

    utgave: Planutgave
    pr: dt.date

    @property
    def plan_id(self) -> int:
        return self.utgave.plan_id

    @property
    def er_over(self) -> bool:
        return self.utgave.periode_til is not None and self.utgave.periode_til < self.pr

    @property
    def revideres(self) -> str:
        """«Planen skal revideres hvert andre år.»"""
        maneder = self.utgave.plan.revisjon_maneder
        return _("Planen skal revideres %(hvor_ofte)s.") % {"hvor_ofte": maneder_i_ord(maneder)} if maneder else ""

    @property
    def vedtak_i_ord(self) -> str:
        """When and by whom it was adopted, as far as it is stated."""
        return vedtak_i_ord(self.utgave)


def gjeldende_utgaver(samarbeid: Samarbeid, pr: dt.date) -> list[Gjeldende]:
    """The newest edition in force of each plan, in the plans' order. Without the heavy columns."""
    rader = Planutgave.objects.filter(samarbeid=samarbeid).gjeldende(pr).select_related("plan", "vedtatt_av")
    rader = rader.defer("pdf", "innhold").order_by(
        "plan__rekkefolge", "plan__navn", "plan", "hovednummer", "undernummer"
    )
    return [Gjeldende(utgave, pr) for utgave in {utgave.plan_id: utgave for utgave in rader}.values()]


def _med_nivaer(samarbeid: Samarbeid, pr: dt.date) -> list[Gruppelinje]:
    """One row for each group and level, folded to one line for each group."""
    forste = Mandatpunkt.objects.filter(gruppe=OuterRef("pk")).order_by("rekkefolge", "pk").values("ordlyd")[:1]
    rader: QuerySet[Gruppe] = (
        Gruppe.objects.filter(samarbeid=samarbeid, gruppetype__isnull=True)
        .exclude(slag=Gruppe.Slag.ARBEIDSGRUPPE)
        .aktive(pr)
        .annotate(
            forste_oppgave=Subquery(forste, output_field=CharField()),
            nivaslag=F("nivaer__slag"),
            nivanavn=F("nivaer__navn"),
        )
        .order_by(F("nivaer__rekkefolge").asc(nulls_last=True), "nivaer__pk", "rekkefolge", "navn", "pk")
    )
    linjer: dict[int, Gruppelinje] = {}
    for gruppe in rader:
        linje = linjer.setdefault(gruppe.pk, Gruppelinje(gruppe))
        if gruppe.nivaslag:  # type: ignore[attr-defined]
            linje.nivaslag.add(gruppe.nivaslag)  # type: ignore[attr-defined]
            linje.nivanavn = linje.nivanavn or gruppe.nivanavn  # type: ignore[attr-defined]
    return list(linjer.values())


def _plasser(gruppe_ider: Iterable[int], pr: dt.date) -> dict[int, list[str]]:
    """The seats' titles by group, as they read in a sentence: roles in lower case, services as named."""
    plasser: dict[int, list[str]] = defaultdict(list)
    rader = Plass.objects.filter(gruppe__in=gruppe_ider).aktive(pr).order_by("rekkefolge", "pk")
    for gruppe_id, tittel, slag in rader.values_list("gruppe_id", "tittel", "slag"):
        plasser[gruppe_id].append(liten_forbokstav(tittel) if slag in ROLLER else tittel)
    return plasser


def _krav(gruppe_ider: Iterable[int], pr: dt.date) -> dict[int, list[str]]:
    krav: dict[int, list[str]] = defaultdict(list)
    for rad in Motekrav.objects.filter(gruppe__in=gruppe_ider).aktive(pr).order_by("pk"):
        if rad.slag != Motekrav.Slag.ORD or rad.ved_behov:
            krav[rad.gruppe_id].append(krav_i_ord(rad))
    return krav
