"""A group's year of meetings as one line: where each mark, bar and date stands, and the words that say the same.

Positions are percentages of the year's width, so that a drawing of any size shows it. Pure but for `hent_striper`,
which reads the rows for several groups at once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from felles.forberedt import forberedt
from felles.tid import OSLO
from moter.models import Mote
from moter.rules.motehyppighet import Motetilstand, Periodestatus, gruppestatus, perioder, samlet
from moter.rules.ord import Ordlinje, kravord
from organisering.models import Fridag, Gruppe, Motekrav, Samarbeid
from organisering.rules.ord import liste_i_ord

FLEST_DATOER = 14  # with more meetings than this there is no room for a date under each
NAR_I_DAG = 4.5  # nearer to today's line than this many per cent, a date steps aside
TEGNBREDDE = 1.5  # per cent a character of a date takes on the narrowest strip
LINJER = (54, 69)  # where dates stand, in px from the top; the second when the first is taken
STREK, STREK_TO = 24, 34  # where the bars of the first requirement stand, and those of the others
INTERVALL_BAKOVER = 3  # years: the longest interval is two, and it counts from the meeting before


@dataclass(frozen=True)
class Punkt:
    """One meeting on the line."""

    mote: Mote
    tilstand: str
    x: str


@dataclass(frozen=True)
class Etikett:
    """A date, or a word, under a mark. `side` is «hoyre» or «venstre» of today's line, or at the year's «kant»."""

    tekst: str
    x: str
    y: int
    side: str = ""


@dataclass(frozen=True)
class Strek:
    """The bar of one period of a requirement."""

    x1: str
    x2: str
    y: int
    tilstand: Motetilstand


@dataclass(frozen=True)
class Mangel:
    """The mark at the end of a period that lacks a meeting."""

    tilstand: Motetilstand
    x: str
    dato: dt.date


class Maned(NamedTuple):
    """A month of the line."""

    navn: str
    start: str
    midt: str


@dataclass(frozen=True)
class Stripe:
    """One group's year, ready to be drawn and read aloud."""

    gruppe: Gruppe
    ringer: tuple[str, ...]
    ar: int
    i_dag: str
    punkter: tuple[Punkt, ...]
    mangler: tuple[Mangel, ...]
    streker: tuple[Strek, ...]
    etiketter: tuple[Etikett, ...]
    krav: tuple[Motekrav, ...]
    statuser: tuple[Periodestatus, ...]
    ord: tuple[Ordlinje, ...]
    tilstand: Motetilstand
    moter: tuple[Mote, ...]  # also those of the year before, and the first of the next

    def antall(self, tilstand: str) -> int:
        """How many of the year's meetings are holdt, planlagt, avlyst or ubekreftet."""
        return sum(punkt.tilstand == tilstand for punkt in self.punkter)

    @property
    def har_eksempel(self) -> bool:
        """Whether any of the year's meetings is invented for the example."""
        return any(punkt.mote.eksempel for punkt in self.punkter)

    @property
    def har_brudd(self) -> bool:
        return any(mangel.tilstand == Motetilstand.BRUDD for mangel in self.mangler)

    @property
    def setning(self) -> str:
        """«5 møter holdt og 1 planlagt i 2026.»"""
        holdt = self.antall("holdt")
        setning = (
            ngettext("%(antall)s møte holdt", "%(antall)s møter holdt", holdt) % {"antall": holdt}
            if holdt
            else _("Ingen møter holdt")
        )
        resten = [
            _("%(antall)s planlagt") % {"antall": self.antall("planlagt")} if self.antall("planlagt") else "",
            _("%(antall)s ubekreftet") % {"antall": self.antall("ubekreftet")} if self.antall("ubekreftet") else "",
        ]
        ledd = liste_i_ord([setning, *filter(None, resten)])
        return _("%(ledd)s i %(ar)s.") % {"ledd": ledd, "ar": self.ar}


def plass(dag: dt.date, ar: int) -> float:
    """Where a day stands in its year, from 0 at 1 January to 100 at the end; days outside it stand at the edge."""
    dager = dt.date(ar, 12, 31).timetuple().tm_yday
    return max(0.0, min(100.0, 100 * (dag - dt.date(ar, 1, 1)).days / dager))


def maneder(ar: int) -> list[Maned]:
    """The twelve months: where each begins, where its name stands, and the name in short."""
    navn = pgettext("månedene i en tegning, med mellomrom", "jan feb mar apr mai jun jul aug sep okt nov des").split()
    starter = [plass(dt.date(ar, maned, 1), ar) for maned in range(1, 13)]
    spenn = zip(navn, starter, [*starter[1:], 100.0], strict=True)
    return [Maned(ord, _tall(fra), _tall((fra + til) / 2)) for ord, fra, til in spenn]


def stripe(
    gruppe: Gruppe,
    krav: Collection[Motekrav],
    moter: Collection[Mote],
    samarbeid: Samarbeid,
    *,
    ar: int,
    pr: dt.date,
    naa: dt.datetime,
    pausedager: Collection[dt.date] = (),
) -> Stripe:
    """The year `ar` of one group. `moter` may hold more than the year: an interval counts from the meeting before."""
    statuser = gruppestatus(gruppe, krav, moter, samarbeid, ar=ar, pr=pr, pausedager=pausedager)
    punkter = [Punkt(m, m.tilstand(naa), _tall(plass(m.dato, ar))) for m in moter if m.dato.year == ar]
    mangler = list(_mangler(statuser, ar))
    i_dag = plass(pr, ar) if pr.year == ar else None
    ringer = getattr(gruppe, "ringer", None)
    return Stripe(
        gruppe=gruppe,
        ringer=tuple(niva.slag for niva in gruppe.nivaer.all()) if ringer is None else ringer,
        ar=ar,
        i_dag="" if i_dag is None else _tall(i_dag),
        punkter=tuple(punkter),
        mangler=tuple(mangler),
        streker=tuple(_streker(statuser, list(krav), ar)),
        etiketter=tuple(_etiketter(punkter, mangler, i_dag)),
        krav=tuple(krav),
        statuser=tuple(statuser),
        ord=tuple(kravord(krav, statuser, holdt=sum(p.tilstand == "holdt" for p in punkter), pr=pr)),
        tilstand=samlet(statuser, pr),
        moter=tuple(moter),
    )


def hent_striper(
    grupper: Collection[Gruppe], samarbeid: Samarbeid, *, ar: int, pr: dt.date, naa: dt.datetime
) -> list[Stripe]:
    """The strips of several groups. Two queries, however many they are; three when one meets by intervals."""
    if not grupper:
        return []
    krav_til = defaultdict(list)
    dagen = min(max(pr, dt.date(ar, 1, 1)), dt.date(ar, 12, 31))
    for rad in gjeldende_krav({gruppe.regelbarer_id for gruppe in grupper}, dagen):
        krav_til[rad.gruppe_id].append(rad)
    alle_krav = [rad for rader in krav_til.values() for rad in rader]
    fra, pause = _hent_fra(alle_krav, ar), _pausedager(alle_krav, samarbeid)
    moter_til = defaultdict(list)
    til = dt.datetime(ar + 1, 1, 1, tzinfo=OSLO) + dt.timedelta(days=60)  # weeks ahead, also in December
    for mote in _motene([gruppe.pk for gruppe in grupper], dt.datetime.combine(fra, dt.time(), OSLO), til):
        moter_til[mote.gruppe_id].append(mote)
    return [
        stripe(g, krav_til[g.regelbarer_id], moter_til[g.pk], samarbeid, ar=ar, pr=pr, naa=naa, pausedager=pause)
        for g in grupper
    ]


@forberedt
def gjeldende_krav(grupper: set[int], pr: dt.date) -> QuerySet[Motekrav]:
    """The requirements of the groups, or of their types, in force on `pr`."""
    return Motekrav.objects.filter(gruppe__in=grupper).aktive(pr).select_related("kilde")


@forberedt
def _motene(grupper: list[int], fra: dt.datetime, til: dt.datetime) -> QuerySet[Mote]:
    return Mote.objects.filter(gruppe__in=grupper, start__gte=fra, start__lt=til).defer("referat")


def _pausedager(krav: Collection[Motekrav], samarbeid: Samarbeid) -> frozenset[dt.date]:
    """Days that no interval counts, asked for only where there is one."""
    if not any(rad.slag == Motekrav.Slag.INTERVALL for rad in krav):
        return frozenset()
    return frozenset(dag for fridag in Fridag.objects.filter(samarbeid=samarbeid) for dag in fridag.dager)


def _hent_fra(krav: Iterable[Motekrav], ar: int) -> dt.date:
    """The first day whose meetings matter: the year before, and further back when a rule counts from there."""
    dager = [dt.date(ar - 1, 1, 1)]
    for rad in krav:
        if rad.slag == Motekrav.Slag.INTERVALL:
            dager.append(dt.date(ar - INTERVALL_BAKOVER, 1, 1))
        elif rad.slag == Motekrav.Slag.ANTALL:
            dager += [start for start, _slutt in perioder(rad, dt.date(ar, 1, 1), dt.date(ar, 12, 31))]
    return min(dager)


def _tall(prosent: float) -> str:
    return f"{prosent:.2f}"


def _streker(statuser: list[Periodestatus], krav: list[Motekrav], ar: int) -> Iterable[Strek]:
    """A bar for each period that is fulfilled or lacks something; what is on its way is the plain line."""
    rekkefolge = {rad.pk: nummer for nummer, rad in enumerate(krav)}
    for status in statuser:
        if status.tilstand not in {Motetilstand.OPPFYLT, Motetilstand.MANGLER, Motetilstand.BRUDD}:
            continue
        fra, til = plass(status.fra, ar), plass(status.til + dt.timedelta(days=1), ar)
        luft = 0.3 if til - fra > 1 else 0
        if til > fra:
            y = STREK if not rekkefolge.get(status.krav.pk) else STREK_TO
            yield Strek(_tall(fra + luft), _tall(til - luft), y, status.tilstand)


def _mangler(statuser: Iterable[Periodestatus], ar: int) -> Iterable[Mangel]:
    """One mark at the end of each lacking period; of an interval only for the stretch that is open."""
    for status in statuser:
        lukket = status.krav.slag == Motekrav.Slag.INTERVALL and status.holdt
        if status.tilstand in {Motetilstand.MANGLER, Motetilstand.BRUDD} and status.til.year == ar and not lukket:
            yield Mangel(status.tilstand, _tall(min(plass(status.til, ar), 98.5)), status.til)


def _etiketter(punkter: list[Punkt], mangler: list[Mangel], i_dag: float | None) -> list[Etikett]:
    """Dates under the marks, aside from today's line and from each other; none when there are too many."""
    if len(punkter) > FLEST_DATOER:
        return []
    tekster = [(p.x, _("avlyst") if p.tilstand == "avlyst" else _kort(p.mote.dato)) for p in punkter]
    tekster += [(m.x, _kort(m.dato)) for m in mangler] if len(mangler) <= 4 else []
    tekster.sort(key=lambda par: float(par[0]))
    etiketter = []
    ledig_fra = dict.fromkeys(LINJER, -100.0)
    for (x, tekst), _like in groupby(tekster):
        side, fra, til = _side(float(x), len(tekst) * TEGNBREDDE, i_dag)
        y = next((linje for linje in LINJER if fra >= ledig_fra[linje]), None)
        if y is not None:
            ledig_fra[y] = til
            festet = {"hoyre": i_dag, "venstre": i_dag, "kant": 100.0}.get(side)
            etiketter.append(Etikett(tekst, x if festet is None else _tall(festet), y, side))
    return etiketter


def _side(x: float, bredde: float, i_dag: float | None) -> tuple[str, float, float]:
    """Which way a text of this width leans, and from where to where it then stands."""
    if i_dag is not None and abs(x - i_dag) < NAR_I_DAG:
        hoyre = x >= i_dag and i_dag + bredde < 100
        return ("hoyre", i_dag, i_dag + bredde) if hoyre else ("venstre", i_dag - bredde, i_dag)
    if x + bredde / 2 > 101:
        return "kant", 101 - bredde, 101
    return "", x - bredde / 2, x + bredde / 2


def _kort(dag: dt.date) -> str:
    """«12.3.»"""
    return f"{dag.day}.{dag.month}."
