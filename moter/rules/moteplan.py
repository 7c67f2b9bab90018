"""A year's meetings that satisfy every group's requirements: a proposal, nothing is saved. Pure.

Source: each group's Motekrav, and the order in which the levels hand cases to each other. A group on a lower level
meets before the one above it, so that what is to be decided there can be prepared. Weekends, public holidays, July and
the Samarbeid's own days off are kept free. A period without a single free day is said, never hidden.
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from felles.stille import Stilledager
from moter.models import Mote
from moter.rules.forslag import VARSEL, Motetid, vane
from moter.rules.motehyppighet import neste_innen, perioder
from organisering.models import Gruppe, Motekrav, Niva

EN_DAG = dt.timedelta(days=1)
ETTER_NIVAET_UNDER = 14  # days from a meeting on the level below to the one that takes its cases further
FEIL_UKEDAG, OPPTATT, TETT = 4, 10, 60  # what a day costs, in days away from the best one
NAER = 6  # days between two meetings of a group that would be felt as one too many
I_INTERVALLET = 0.9  # of the longest interval: some days to move the meeting within
REKKE = (Niva.Slag.UTFORENDE, Niva.Slag.KOORDINERENDE, Niva.Slag.STYRENDE)


@dataclass(frozen=True)
class Gruppeonske:
    """One group as it stands before the plan: its requirements, and its meetings of the years around."""

    gruppe: Gruppe
    krav: tuple[Motekrav, ...]
    moter: tuple[Mote, ...]
    nivaer: tuple[str, ...]

    @property
    def trinn(self) -> int:
        """How late in a round the group meets: those who do the work first, those who decide last."""
        return max((REKKE.index(Niva.Slag(slag)) for slag in self.nivaer), default=0)


@dataclass(frozen=True)
class Forslag:
    """One proposed meeting, and the requirement that asks for it."""

    gruppe: Gruppe
    tid: Motetid
    krav: Motekrav


@dataclass(frozen=True)
class Uplassert:
    """Meetings a requirement asks for, in a time that has no free day for them."""

    gruppe: Gruppe
    krav: Motekrav
    fra: dt.date
    til: dt.date
    antall: int


@dataclass(frozen=True)
class Planlagt:
    """One meeting of the plan. `rad` is its place in the list that was sent in."""

    rad: int
    gruppe: Gruppe
    start: dt.datetime
    slutt: dt.datetime
    sted: str


@dataclass
class Moteplan:
    """The proposal for one year."""

    forslag: list[Forslag] = field(default_factory=list)
    uplassert: list[Uplassert] = field(default_factory=list)


class Fridager:
    """The days no meeting is proposed: weekends, public holidays, July, and the Samarbeid's own."""

    def __init__(self, egne: Iterable[dt.date] = ()) -> None:
        self.egne = frozenset(egne)
        self.faste = Stilledager(helg=True, helligdag=True, juli=True)

    def __contains__(self, dag: dt.date) -> bool:
        return dag in self.egne or dag in self.faste


def moteplan(onsker: Sequence[Gruppeonske], *, ar: int, pr: dt.date, fri: Fridager) -> Moteplan:
    """Meetings that, with those already set up, satisfy every requirement of every group in the calendar year `ar`.

    Nothing is proposed sooner than two weeks after `pr`, since people need time to make room. What is held or set up
    counts, also in the years around, and is not moved. An interval does not count the Samarbeid's days off.
    """
    plan = Moteplan()
    fra = max(dt.date(ar, 1, 1), pr + VARSEL)
    opptatt = Counter(mote.dato for onske in onsker for mote in onske.moter if mote.avlyst is None)
    under: list[dt.date] = []  # the meetings of the level below
    for trinn in sorted({onske.trinn for onske in onsker}):
        nye_under: list[dt.date] = []
        for onske in (en for en in onsker if en.trinn == trinn):
            leter = _Plassering(onske, fra, dt.date(ar, 12, 31), fri, opptatt, under)
            leter.plasser(plan)
            nye_under += leter.datoer
        under = sorted(nye_under) or under
    plan.forslag.sort(key=lambda forslag: (forslag.tid.dato, forslag.gruppe.pk or 0))
    return plan


class _Plassering:
    """Finds days for one group."""

    def __init__(
        self,
        onske: Gruppeonske,
        fra: dt.date,
        til: dt.date,
        fri: Fridager,
        opptatt: Counter[dt.date],
        under: Sequence[dt.date],
    ) -> None:
        self.onske, self.fra, self.til, self.fri, self.opptatt, self.under = onske, fra, til, fri, opptatt, under
        self.vane = vane(onske.moter)
        self.datoer = sorted(mote.dato for mote in onske.moter if mote.avlyst is None)

    def plasser(self, plan: Moteplan) -> None:
        """Each requirement in turn, the one that asks most often first; what is found for one counts for the next."""
        for krav in sorted(self.onske.krav, key=_ukene_mellom):
            if krav.slag == Motekrav.Slag.ANTALL:
                self._antall(krav, plan)
            elif krav.slag == Motekrav.Slag.INTERVALL:
                self._intervall(krav, plan)

    def _antall(self, krav: Motekrav, plan: Moteplan) -> None:
        for start, stopp in perioder(krav, dt.date(self.til.year, 1, 1), self.til):
            i_perioden = [dato for dato in self.datoer if start <= dato <= stopp]
            trengs = _trengs_i_aret(krav, start, stopp, self.til) - len(i_perioden)
            fra, til = max(start, self.fra, krav.fra or start), min(stopp, self.til, krav.til or stopp)
            if trengs <= 0 or stopp < self.fra:
                continue
            plassert = 0
            for maal in _jevnt(fra, til, trengs, i_perioden):
                plassert += self._sett(self._etter_under(maal, fra, til), fra, til, krav, plan)
            if plassert < trengs:
                plan.uplassert.append(Uplassert(self.onske.gruppe, krav, start, stopp, trengs - plassert))

    def _intervall(self, krav: Motekrav, plan: Moteplan) -> None:
        slutt = min(self.til, krav.til or self.til)
        forrige = max((dato for dato in self.datoer if dato < self.fra), default=self.fra - EN_DAG)
        while self.fra <= slutt and (innen := neste_innen(forrige, krav, self.fri.egne)) <= slutt:
            tidligst = max(forrige + EN_DAG, self.fra)
            if innen < tidligst:  # it has run out already: as soon as people can make room
                innen = min(tidligst + VARSEL, slutt)
            alt_satt = [dato for dato in self.datoer if forrige < dato <= innen]
            if not alt_satt:
                maal = forrige + dt.timedelta(days=int((innen - forrige).days * I_INTERVALLET))
                if not self._sett(max(maal, tidligst), tidligst, innen, krav, plan):
                    plan.uplassert.append(Uplassert(self.onske.gruppe, krav, tidligst, innen, 1))
                    alt_satt = [innen]
            forrige = max(alt_satt or [dato for dato in self.datoer if dato <= innen])

    def _etter_under(self, maal: dt.date, fra: dt.date, til: dt.date) -> dt.date:
        """Two weeks after the meeting on the level below that is nearest to do so, inside the same time."""
        etter = [dato + dt.timedelta(days=ETTER_NIVAET_UNDER) for dato in self.under]
        mulige = [dato for dato in etter if fra <= dato <= til]
        return min(mulige, key=lambda dato: abs((dato - maal).days), default=maal)

    def _sett(self, maal: dt.date, fra: dt.date, til: dt.date, krav: Motekrav, plan: Moteplan) -> bool:
        """Proposes the best free day from `fra` to `til`. False when there is none."""
        naere = {dato + dt.timedelta(days=nr) for dato in self.datoer for nr in range(-NAER, NAER + 1)}
        dag = min(self._ledige(fra, til), key=lambda dag: self._pris(dag, maal, naere), default=None)
        if dag is None:
            return False
        self.datoer = sorted([*self.datoer, dag])
        self.opptatt[dag] += 1
        tid = Motetid(dag, self.vane.fra, self.vane.til, self.vane.sted, self.vane.finnes)
        plan.forslag.append(Forslag(self.onske.gruppe, tid, krav))
        return True

    def _ledige(self, fra: dt.date, til: dt.date) -> Iterator[dt.date]:
        for nr in range((til - fra).days + 1):
            dag = fra + dt.timedelta(days=nr)
            if dag not in self.fri and dag not in self.datoer and self.onske.gruppe.er_aktiv(dag):
                yield dag

    def _pris(self, dag: dt.date, maal: dt.date, naere: set[dt.date]) -> tuple[int, dt.date]:
        """How far from the best: days away, the wrong weekday, others who meet that day, and the group's own nearby."""
        pris = abs((dag - maal).days)
        if self.vane.ukedag is not None and dag.weekday() != self.vane.ukedag:
            pris += FEIL_UKEDAG
        pris += OPPTATT * self.opptatt[dag]
        pris += TETT * (dag in naere)
        return pris, dag


UKER = {Motekrav.Kalender.MANED: 4.3, Motekrav.Kalender.AR: 52.0}  # the rest are half-years


def _ukene_mellom(krav: Motekrav) -> float:
    """About how many weeks a requirement lets go between two meetings: what asks most often is placed first."""
    if krav.slag == Motekrav.Slag.ANTALL:
        return UKER.get(Motekrav.Kalender(krav.kalender), 26.0) * krav.perioder / (krav.minst or 1)
    return krav.uker_til or math.inf


def _trengs_i_aret(krav: Motekrav, start: dt.date, stopp: dt.date, arsslutt: dt.date) -> int:
    """How many of the period's meetings must be set up by the year's end: all, or its share when it goes on longer."""
    minst = krav.minst or 0
    if stopp <= arsslutt:
        return minst
    andel = ((arsslutt - start).days + 1) / ((stopp - start).days + 1)
    return math.floor(minst * andel)


def _jevnt(fra: dt.date, til: dt.date, antall: int, finnes: Collection[dt.date]) -> list[dt.date]:
    """`antall` days spread over the time so that they stand evenly among those that are there already."""
    dager = (til - fra).days + 1
    if dager < 1:
        return []
    ruter = antall + sum(fra <= dato <= til for dato in finnes)
    midter = [fra + dt.timedelta(days=int(dager * (nr + 0.5) / ruter)) for nr in range(ruter)]
    for dato in finnes:
        if fra <= dato <= til:
            midter.remove(min(midter, key=lambda midt: abs((midt - dato).days)))
    return midter
