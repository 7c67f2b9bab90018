"""What the year wheel and its list show: one calendar year of a Samarbeid, read in a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.forberedt import forberedt
from moter.rules.stripe import Stripe, hent_striper
from organisering.models import Arshjulpunkt, Avtale, Fridag, Gruppe, Samarbeid
from organisering.rules import Tilgang
from organisering.rules.arshjul import fridagene, neste_frist
from organisering.rules.ord import liste_i_ord, stor_forbokstav
from slt_portal.mandag import hent_grupper
from slt_portal.trenger_deg import kort
from tiltak.models import Planutgave, Tilstand, Tiltak
from tiltak.models.tilstand import Dagen
from tiltak.rules.revisjon import revisjon

FORST_AR, SIST_AR = 2000, 2100
I_RINGENE = 4  # with more groups than this one chooses a level
FLEST_I_ET_NIVA = 5  # of many alike, so many at a time
RING, HAKE, RUTE = "planlagt", "gjort", "forfalt"


@dataclass(frozen=True)
class Hendelse:
    """Something with a date in the year. `merke` is the key of its mark; `innen`: the date is the last day for it."""

    dato: dt.date
    navn: str
    merke: str
    under: str = ""
    url: str = ""
    innen: bool = False
    i_maneden: bool = False  # the month is all that is known
    eksempel: bool = False
    gruppe: int = 0  # on this group's ring; 0 is outside the rings


class Utvalg(NamedTuple):
    """Some of the groups: as many as the wheel has room for."""

    navn: str
    grupper: tuple[int, ...]


@dataclass(frozen=True)
class Kvartal:
    """Three months of the list."""

    fra: dt.date
    til: dt.date
    hendelser: list[Hendelse]


@dataclass(frozen=True)
class Ar:
    """One calendar year of a Samarbeid, as one person may see it."""

    ar: int
    pr: dt.date
    striper: list[Stripe]
    hendelser: list[Hendelse]
    fridager: list[Fridag]
    uten_dato: list[Hendelse]
    utvalg: list[Utvalg]
    stille_juli: bool

    @property
    def kvartaler(self) -> list[Kvartal]:
        """The list: every event of the year in its quarter."""
        deler = []
        for maned in (1, 4, 7, 10):
            fra = dt.date(self.ar, maned, 1)
            til = dt.date(self.ar, maned + 2, 31 if maned in (1, 10) else 30)
            deler.append(Kvartal(fra, til, [h for h in self.hendelser if fra <= h.dato <= til]))
        return deler

    def antall(self, tilstand: str) -> int:
        """How many of the year's meetings are holdt, planlagt, avlyst or ubekreftet."""
        return sum(stripe.antall(tilstand) for stripe in self.striper)

    @property
    def mangler(self) -> int:
        """How many meetings still lack a date, in the periods that ask for them."""
        return sum(
            status.mangler
            for stripe in self.striper
            for status in stripe.statuser
            if any(mangel.dato == status.til and mangel.tilstand == status.tilstand for mangel in stripe.mangler)
        )

    @property
    def setning(self) -> str:
        """«9 møter holdt, 1 planlagt og 1 mangler.»"""
        ledd = moteord(self.antall("holdt"), self.antall("planlagt"), self.antall("ubekreftet"), self.mangler)
        if ledd:
            return stor_forbokstav(liste_i_ord(ledd)) + "."
        return _("Ingen møter er satt opp i %(ar)s.") % {"ar": self.ar} if self.striper else ""


def moteord(holdt: int, planlagt: int, ubekreftet: int, mangler: int) -> list[str]:
    """The counts of a year's meetings in words; those that are 0 are left out."""
    ord_ = [
        (holdt, ngettext("%(antall)s møte holdt", "%(antall)s møter holdt", holdt)),
        (planlagt, _("%(antall)s planlagt")),
        (ubekreftet, _("%(antall)s ubekreftet")),
        (mangler, ngettext("%(antall)s mangler", "%(antall)s mangler", mangler)),
    ]
    return [tekst % {"antall": antall} for antall, tekst in ord_ if antall]


def hent(samarbeid: Samarbeid, har: Tilgang, *, ar: int, pr: dt.date, naa: dt.datetime) -> Ar:
    """The year `ar`. Meetings only of the groups whose papers the visitor reads. Eight queries, whatever the rows."""
    alle = hent_grupper(samarbeid, _en_dag_i(ar, pr))
    grupper = [gruppe for gruppe in alle if har.kan_lese_gruppens_papirer(gruppe)]
    striper = hent_striper(grupper, samarbeid, ar=ar, pr=pr, naa=naa)
    tiltak = [t for t in _tiltakene(samarbeid, Dagen.av(pr)) if t.tilstand != Tilstand.AVSLUTTET]
    hendelser = [
        *om_motene(striper),
        *om_tiltakene(tiltak, samarbeid.slug, ar, pr),
        *_om_planene(samarbeid, ar, pr),
        *_om_pliktene(samarbeid, {gruppe.pk: gruppe.visningsnavn for gruppe in alle}, ar, pr),
    ]
    return Ar(
        ar=ar,
        pr=pr,
        striper=striper,
        hendelser=sorted(hendelser, key=lambda h: (h.dato, h.innen, h.navn)),
        fridager=fridagene(samarbeid, dt.date(ar, 1, 1), dt.date(ar, 12, 31)),
        uten_dato=list(om_det_uten_dato(tiltak, samarbeid.slug)),
        utvalg=utvalg(grupper),
        stille_juli=samarbeid.stille_juli,
    )


@forberedt
def _tiltakene(samarbeid: Samarbeid, dagen: Dagen) -> QuerySet[Any]:
    tiltak: QuerySet[Any] = Tiltak.objects.filter(samarbeid=samarbeid).med_tilstand(dagen)
    return tiltak.only("tittel", "frist", "start", "slutt", "rytme", "rytme_maned", "rytme_dag")


def _en_dag_i(ar: int, pr: dt.date) -> dt.date:
    """The day whose groups are shown: today, or the day of the year nearest to it."""
    return min(max(pr, dt.date(ar, 1, 1)), dt.date(ar, 12, 31))


def utvalg(grupper: Sequence[Gruppe]) -> list[Utvalg]:
    """What to choose among when the wheel has no room for all: each level, many alike some at a time."""
    if len(grupper) <= I_RINGENE:
        return []
    per_niva: dict[str, list[Gruppe]] = {}
    for gruppe in grupper:
        per_niva.setdefault(getattr(gruppe, "nivanavn", None) or _("Uten nivå"), []).append(gruppe)
    deler = []
    for navn, egne in per_niva.items():
        for fra in range(0, len(egne), FLEST_I_ET_NIVA):
            noen = egne[fra : fra + FLEST_I_ET_NIVA]
            tekst = navn
            if len(egne) > FLEST_I_ET_NIVA:
                tekst = _("%(niva)s, %(fra)d–%(til)d") % {"niva": navn, "fra": fra + 1, "til": fra + len(noen)}
            deler.append(Utvalg(tekst, tuple(gruppe.pk for gruppe in noen)))
    return deler


def om_motene(striper: Iterable[Stripe]) -> Iterator[Hendelse]:
    """Each meeting, and each that is missing at the end of its period."""
    for stripe in striper:
        navn, slug = stripe.gruppe.visningsnavn, stripe.gruppe.samarbeid.slug
        for punkt in stripe.punkter:
            url = reverse("moter:mote", args=[slug, punkt.mote.pk])
            yield Hendelse(
                punkt.mote.dato, navn, punkt.tilstand, url=url, eksempel=punkt.mote.eksempel,
                gruppe=stripe.gruppe.pk,
                under=_("avlyst, teller ikke") if punkt.tilstand == "avlyst" else "",
            )  # fmt: skip
        for mangel in stripe.mangler:
            url = reverse("organisering:gruppe", args=[slug, stripe.gruppe.pk])
            ord_ = _("mangler") if mangel.tilstand == "mangler" else _("ble ikke holdt")
            yield Hendelse(mangel.dato, navn, str(mangel.tilstand), ord_, url, innen=True, gruppe=stripe.gruppe.pk)


def om_tiltakene(tiltak: Iterable[Any], slug: str, ar: int, pr: dt.date) -> Iterator[Hendelse]:
    """Deadlines, and what comes every year at its time."""
    for en in tiltak:
        dato = en.frist or rytmedato(en, ar)
        if dato is None or dato.year != ar:
            continue
        yield Hendelse(
            dato,
            kort(en.tittel),
            _merke(en, dato, ar, pr),
            _("Frist for tiltaket") if en.frist else _("Hvert år"),
            reverse("tiltak:tiltak", args=[slug, en.pk]),
            i_maneden=not en.frist and en.rytme_dag is None,
        )


def rytmedato(tiltak: Tiltak, ar: int) -> dt.date | None:
    """The day in `ar` of a measure that comes every year; the last of its month when the day is not said.

    None when it has no month, and for years outside the measure's own time.
    """
    if tiltak.rytme != Tiltak.Rytme.ARLIG or tiltak.rytme_maned is None:
        return None
    siste = (dt.date(ar, tiltak.rytme_maned, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    dato = siste.replace(day=min(tiltak.rytme_dag or siste.day, siste.day))
    i_tiden = (tiltak.start is None or dato >= tiltak.start) and (tiltak.slutt is None or dato <= tiltak.slutt)
    return dato if i_tiden else None


def _merke(tiltak: Any, dato: dt.date, ar: int, pr: dt.date) -> str:
    """A measure's mark at its date: how it stands, when the date is of today's round, and else a plain ring."""
    if tiltak.frist is None and ar != pr.year:
        return RING
    if tiltak.tilstand in {Tilstand.FORFALT, Tilstand.TRENGER_HJELP, Tilstand.GJORT}:
        return str(tiltak.tilstand)
    return "mangler_status" if dato < pr and tiltak.tilstand == Tilstand.MANGLER_STATUS else RING


def om_det_uten_dato(tiltak: Iterable[Any], slug: str) -> Iterator[Hendelse]:
    """What goes on through the year without a day of its own."""
    for en in tiltak:
        if en.rytme and not (en.rytme == Tiltak.Rytme.ARLIG and en.rytme_maned):
            url = reverse("tiltak:tiltak", args=[slug, en.pk])
            yield Hendelse(dt.date.min, kort(en.tittel), str(en.tilstand), en.get_rytme_display(), url)


def _om_planene(samarbeid: Samarbeid, ar: int, pr: dt.date) -> Iterator[Hendelse]:
    """The due dates of each plan's revision that fall in the year. One query: a row for each edition and review."""
    utgaver: dict[int, dict[int, Planutgave]] = {}
    gjennomganger: dict[int, set[dt.date]] = {}
    for rad in _utgavene(samarbeid):
        utgaver.setdefault(rad.plan_id, {})[rad.pk] = rad
        gjennomganger.setdefault(rad.plan_id, set()).update({rad.gjennomgatt} - {None})
    for plan_id, egne in utgaver.items():
        alle = list(egne.values())
        slutter = {utgave.periode_til for utgave in alle}
        url = reverse("tiltak:plan", args=[samarbeid.slug, plan_id])
        for frist in revisjon(alle, alle[0].plan.revisjon_maneder, gjennomganger[plan_id], pr).frister:
            if frist.dato.year == ar:
                merke = HAKE if frist.oppfylt else RUTE if frist.dato < pr else RING
                ord_ = _("Planen går ut") if frist.dato in slutter else _("Planen skal revideres")
                yield Hendelse(frist.dato, ord_, merke, kort(alle[0].plan.navn), url)


@forberedt
def _utgavene(samarbeid: Samarbeid) -> QuerySet[Any]:
    utgaver = Planutgave.objects.filter(samarbeid=samarbeid).select_related("plan").defer("innhold", "pdf")
    return utgaver.annotate(gjennomgatt=F("plan__gjennomganger__dato"))  # type: ignore[no-any-return]


def _om_pliktene(samarbeid: Samarbeid, grupper: Mapping[int, str], ar: int, pr: dt.date) -> Iterator[Hendelse]:
    """Standing duties and agreements to be renewed."""
    url = reverse("organisering:faste", args=[samarbeid.slug])
    forste, siste = dt.date(ar, 1, 1), dt.date(ar, 12, 31)
    for punkt in _punktene(samarbeid, siste):
        frist = neste_frist(punkt, forste)
        if frist is not None and frist.year == ar:
            yield Hendelse(
                frist, kort(punkt.tekst), RING, _hvem(punkt, grupper), url, innen=punkt.nar != Arshjulpunkt.Nar.DATO
            )
    for avtale in _avtalene(samarbeid, siste):
        frist = avtale.fornyes_innen
        if frist is not None and frist.year == ar:
            navn = _("%(avtale)s fornyes") % {"avtale": kort(avtale.navn)}
            yield Hendelse(frist, navn, RUTE if frist < pr else RING, _hvem(avtale, grupper), url, innen=True)


def _begynt(innen: dt.date) -> Q:
    return Q(fra__isnull=True) | Q(fra__lte=innen)


@forberedt
def _punktene(samarbeid: Samarbeid, innen: dt.date) -> QuerySet[Arshjulpunkt]:
    punkter = Arshjulpunkt.objects.filter(_begynt(innen), samarbeid=samarbeid)
    return punkter.select_related("plass", "koordinatorpost")


@forberedt
def _avtalene(samarbeid: Samarbeid, innen: dt.date) -> QuerySet[Avtale]:
    return Avtale.objects.filter(_begynt(innen), samarbeid=samarbeid).select_related("plass", "koordinatorpost")


def _hvem(rad: Arshjulpunkt | Avtale, grupper: Mapping[int, str]) -> str:
    """Who does it, without asking for a group that is read already."""
    return str(rad.plass or rad.koordinatorpost or rad.hvem_ord or grupper.get(rad.gruppe_id or 0, ""))
