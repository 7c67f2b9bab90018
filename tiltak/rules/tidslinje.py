"""The period as a picture: one row for each measure, with its time, its deadline, its days of the year and its facts.

Pure but for the one query. Places are percentages of the width, as ready-made texts: the security policy allows no
inline style, and a comma for the decimal would break the drawing.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from felles.forberedt import forberedt
from felles.norsk import dato, kortdato, spenn
from organisering.models import Samarbeid
from organisering.rules.ord import stor_forbokstav
from tiltak.models import Tilstand, Tiltak
from tiltak.models.tilstand import Dagen
from tiltak.rules.lista import I_PLANEN
from tiltak.rules.ord import naar_ord

FLEST_AR = 8  # of one picture; more and a year is too narrow to read
PLASS_TIL_DATO = 4  # per cent between two marks, for a date under each
KANT = 4.0


class Punkt(NamedTuple):
    """A mark on a row."""

    dag: dt.date
    nokkel: str
    ord: str


@dataclass(frozen=True)
class Merke:
    """A mark as it is drawn: where, and the date under it, if there is room."""

    punkt: Punkt
    prosent: float
    under: str
    anker: str

    @property
    def x(self) -> str:
        return f"{self.prosent:.2f}%"


@dataclass(frozen=True)
class Rad:
    """One measure: its bar from–to, whether it is a rhythm without a day, its marks, and all of it in words."""

    tiltak: Tiltak
    stang: tuple[str, str] | None
    rytmisk: bool
    merker: list[Merke]
    ord: str


@dataclass(frozen=True)
class Tidslinje:
    """The picture. `uten_tid` are measures that have nothing to draw."""

    forste: int
    siste: int
    ar: list[tuple[str, str]]  # a year and the middle of it
    skiller: list[str]
    i_dag: str
    rader: list[Rad]
    uten_tid: list[Tiltak]

    @property
    def spenn(self) -> str:
        return f"{self.forste}–{self.siste}" if self.forste != self.siste else str(self.forste)

    @property
    def hendelser(self) -> list[tuple[Punkt, Tiltak]]:
        """The same by date."""
        alle = [(merke.punkt, rad.tiltak) for rad in self.rader for merke in rad.merker]
        return sorted(alle, key=lambda par: par[0].dag)


@forberedt
def tiltakene(samarbeid: Samarbeid, dagen: Dagen) -> QuerySet[Tiltak]:
    """Every measure with its state, in the plan's order."""
    rader: Any = Tiltak.objects.filter(samarbeid=samarbeid).med_tilstand(dagen)
    return rader.order_by(*I_PLANEN)  # type: ignore[no-any-return]


def arene(planer: Iterable[Any], tiltak: Iterable[Tiltak], pr: dt.date) -> tuple[int, int]:
    """The years of the editions in force and of the measures' own days, with this year; at most FLEST_AR of them."""
    dager = [pr, *(dag for plan in planer for dag in (plan.periode_fra, plan.periode_til) if dag)]
    dager += [dag for ett in tiltak for dag in (ett.frist, ett.start, ett.slutt) if dag]
    forste, siste = min(dager).year, max(dager).year
    if siste - forste >= FLEST_AR:
        siste = min(siste, pr.year + FLEST_AR // 2)
    return max(forste, siste - FLEST_AR + 1), siste


def tegn(tiltak: Sequence[Tiltak], ar: tuple[int, int], pr: dt.date) -> Tidslinje:
    """The picture of these years."""
    bilde = _Bilde(*ar)
    rader = [bilde.rad(ett, pr) for ett in tiltak]  # one whose days are all outside has its words alone
    antall = ar[1] - ar[0] + 1
    return Tidslinje(
        forste=ar[0],
        siste=ar[1],
        ar=[(str(ar[0] + nr), f"{(nr + 0.5) * 100 / antall:.2f}%") for nr in range(antall)],
        skiller=[f"{nr * 100 / antall:.2f}%" for nr in range(antall + 1)],
        i_dag=bilde.x(pr),
        rader=[rad for rad in rader if rad.ord],
        uten_tid=[rad.tiltak for rad in rader if not rad.ord],
    )


class _Bilde:
    """Where a day stands."""

    def __init__(self, forste: int, siste: int) -> None:
        self.fra, self.til = dt.date(forste, 1, 1), dt.date(siste, 12, 31)

    def prosent(self, dag: dt.date) -> float:
        return 100 * (min(max(dag, self.fra), self.til) - self.fra).days / (self.til - self.fra).days

    def x(self, dag: dt.date) -> str:
        return f"{self.prosent(dag):.2f}%"

    def rad(self, tiltak: Tiltak, pr: dt.date) -> Rad:
        fra, til = tiltak.start, min((dag for dag in (tiltak.slutt, tiltak.avsluttet) if dag), default=None)
        rytmisk = bool(tiltak.rytme) and tiltak.rytme_dag is None
        har_stang = (fra or til or rytmisk) and (fra or self.fra) <= self.til and (til or self.til) >= self.fra
        inne = (punkt for punkt in _punkter(tiltak, self.fra, self.til, pr) if self.fra <= punkt.dag <= self.til)
        return Rad(
            tiltak,
            (self.x(fra or self.fra), self.x(til or self.til)) if har_stang else None,
            rytmisk,
            self.merker(sorted(inne)),
            _i_ord(tiltak),
        )

    def merker(self, punkter: list[Punkt]) -> list[Merke]:
        """A mark has its date under it when the neighbours are far enough away."""
        steder = [self.prosent(punkt.dag) for punkt in punkter]
        ut = []
        for nr, (punkt, sted) in enumerate(zip(punkter, steder, strict=True)):
            naboer = [*steder[:nr], *steder[nr + 1 :]]
            rom = all(abs(sted - nabo) >= PLASS_TIL_DATO for nabo in naboer) and len(punkter) <= PLASS_TIL_DATO
            anker = "start" if sted < KANT else "end" if sted > 100 - KANT else "middle"
            ut.append(Merke(punkt, sted, kortdato(punkt.dag) if rom else "", anker))
        return ut


def _punkter(tiltak: Tiltak, fra: dt.date, til: dt.date, pr: dt.date) -> Iterator[Punkt]:
    if tiltak.startet:
        yield Punkt(tiltak.startet, "holdt", _("Satt i gang"))
    if tiltak.frist:
        yield Punkt(tiltak.frist, "forfalt" if tiltak.tilstand == Tilstand.FORFALT else "planlagt", _("Frist"))
    if tiltak.gjort:
        yield Punkt(tiltak.gjort, "gjort", _("Gjort"))
    if tiltak.avsluttet:
        yield Punkt(tiltak.avsluttet, "avsluttet", _("Avsluttet"))
    yield from _gangene(tiltak, fra, til)


def _gangene(tiltak: Tiltak, fra: dt.date, til: dt.date) -> Iterator[Punkt]:
    """The days of a measure that comes every year, as long as it lasts."""
    if tiltak.rytme_maned is None or tiltak.rytme_dag is None:
        return
    forst = max(dag for dag in (fra, tiltak.start) if dag)
    sist = min(dag for dag in (til, tiltak.slutt, tiltak.avsluttet) if dag)
    for ar in range(fra.year, til.year + 1):
        siste_dag = calendar.monthrange(ar, tiltak.rytme_maned)[1]
        dag = dt.date(ar, tiltak.rytme_maned, min(tiltak.rytme_dag, siste_dag))
        if forst <= dag <= sist:
            yield Punkt(dag, "planlagt", _("Hvert år"))


def _i_ord(tiltak: Tiltak) -> str:
    """«Frist 1. juni 2027. Satt i gang 3. mars 2026.»"""
    deler = []
    if tiltak.frist:
        deler.append(_("Frist %s") % dato(tiltak.frist))
    elif tiltak.rytme:
        deler.append(naar_ord(tiltak))
    if tiltak.start or tiltak.slutt:
        deler.append(stor_forbokstav(spenn(tiltak.start, tiltak.slutt)))
    for dag, ord_ in (
        (tiltak.startet, _("Satt i gang")),
        (tiltak.gjort, _("Gjort")),
        (tiltak.avsluttet, _("Avsluttet")),
    ):
        if dag:
            deler.append(f"{ord_} {dato(dag)}")
    return ". ".join(deler)
