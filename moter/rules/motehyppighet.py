"""Meetings held often enough.

Source: each group's Motekrav, with the wording of the document it rests on. How the words are judged stands in
docs/arkitektur.md, «Møter ofte nok». Pure: meetings come in as facts, and so does the day.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from moter.models import Mote
from organisering.models import Gruppe, Motekrav, Samarbeid

EN_DAG = dt.timedelta(days=1)
LORDAG = 5


class Motetilstand(StrEnum):
    """How one requirement stands in one period. The values are the keys of the state marks."""

    OPPFYLT = "oppfylt"
    IKKE_VURDERT = "ikke_vurdert"
    I_RUTE = "i_rute"
    BRUDD = "brudd"
    MANGLER = "mangler"
    INGEN_REGEL = "ingen_regel"


# Worst first: what a group's headline says when its requirements stand differently.
ALVOR = (
    Motetilstand.BRUDD,
    Motetilstand.MANGLER,
    Motetilstand.I_RUTE,
    Motetilstand.OPPFYLT,
    Motetilstand.IKKE_VURDERT,
    Motetilstand.INGEN_REGEL,
)


@dataclass(frozen=True, order=True)
class Motefakta:
    """One meeting that was not cancelled: the Norwegian day it begins, and whether it is known to have been held."""

    dato: dt.date
    holdt: bool


@dataclass(frozen=True)
class Periodestatus:
    """One requirement in one period. Days are whole and both ends count."""

    krav: Motekrav
    fra: dt.date
    til: dt.date
    minst: int
    holdt: int
    planlagt: int  # with a date, cancelled left out; also those past their time that nobody has confirmed
    tilstand: Motetilstand

    @property
    def mangler(self) -> int:
        """How many meetings still lack a date."""
        return max(0, self.minst - self.holdt - self.planlagt)

    def gjelder(self, pr: dt.date) -> bool:
        return self.fra <= pr <= self.til

    def dager_igjen(self, pr: dt.date) -> int:
        """Days left until the period's last day; negative when it is over."""
        return (self.til - pr).days


def motefakta(moter: Iterable[Mote]) -> list[Motefakta]:
    """What counts of the meetings: the cancelled never do, and the day is the one they begin, in Norway."""
    return sorted(Motefakta(mote.dato, mote.holdt is not None) for mote in moter if mote.avlyst is None)


def vurderes_fra(krav: Motekrav, gruppe: Gruppe, samarbeid: Samarbeid) -> dt.date | None:
    """The day from which whole periods are judged; None while the coordinator has not started the follow-up."""
    if samarbeid.oppfolging_fra is None:
        return None
    return max(dag for dag in (samarbeid.oppfolging_fra, krav.fra, gruppe.fra) if dag is not None)


def perioder(krav: Motekrav, fra: dt.date, til: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """The calendar periods of a counted requirement that touch `fra`–`til`.

    Several at a time are counted from January in the year 0, so «hver annen måned» is January–February and so on.
    """
    maneder = {
        Motekrav.Kalender.MANED: krav.perioder,
        Motekrav.Kalender.HALVAR: 6 * krav.perioder,
        Motekrav.Kalender.AR: 12 * krav.perioder,
    }.get(Motekrav.Kalender(krav.kalender), 6)
    forste = (fra.year * 12 + fra.month - 1) // maneder
    siste = (til.year * 12 + til.month - 1) // maneder
    for nummer in range(forste, siste + 1):
        start = _manedens_forste(nummer * maneder)
        if _riktig_halvar(krav, start):
            yield start, _manedens_forste((nummer + 1) * maneder) - EN_DAG


def ukedager(fra: dt.date, til: dt.date) -> int:
    """Mondays to Fridays from `fra` to `til`, both included; 0 when `til` is before `fra`."""
    if til < fra:
        return 0
    hele, rest = divmod((til - fra).days + 1, 7)
    return hele * 5 + sum((fra + dt.timedelta(days=dag)).weekday() < LORDAG for dag in range(rest))


def motestatus(
    krav: Motekrav,
    moter: Collection[Motefakta],
    *,
    fra: dt.date,
    til: dt.date,
    pr: dt.date,
    vurderes: dt.date | None,
    slutt: dt.date | None = None,
    pausedager: Collection[dt.date] = (),
) -> list[Periodestatus]:
    """Each period of one requirement that touches `fra`–`til`, as it stands on the day `pr`.

    `vurderes` is the day judging begins (see `vurderes_fra`), `slutt` the group's last day, `pausedager` the days an
    interval does not count. Words alone give no period and no breach.
    """
    if krav.slag == Motekrav.Slag.ORD:
        return []
    if krav.slag == Motekrav.Slag.INTERVALL:
        alle = _intervaller(krav, moter, pr=pr, vurderes=vurderes, slutt=slutt, pausedager=frozenset(pausedager))
        return [status for status in alle if status.fra <= til and (status.til >= fra or _apent(status, pr))]
    siste = min((dag for dag in (krav.til, slutt) if dag is not None), default=dt.date.max)
    return [
        _telle(krav, start, stopp, moter, pr=pr, kan_vurderes=_hel(start, stopp, vurderes, siste))
        for start, stopp in perioder(krav, fra, til)
        if start <= siste
    ]


def gruppestatus(
    gruppe: Gruppe,
    krav: Iterable[Motekrav],
    moter: Iterable[Mote],
    samarbeid: Samarbeid,
    *,
    ar: int,
    pr: dt.date,
    pausedager: Collection[dt.date] = (),
) -> list[Periodestatus]:
    """All requirements of a group through the calendar year `ar`. Rows are judged one by one."""
    fakta = motefakta(moter)
    return [
        status
        for rad in krav
        for status in motestatus(
            rad,
            fakta,
            fra=dt.date(ar, 1, 1),
            til=dt.date(ar, 12, 31),
            pr=pr,
            vurderes=vurderes_fra(rad, gruppe, samarbeid),
            slutt=gruppe.til,
            pausedager=pausedager,
        )
    ]


def samlet(statuser: Iterable[Periodestatus], pr: dt.date) -> Motetilstand:
    """One word for the group on `pr`: the worst of the periods that hold that day, and of an interval still open."""
    naa = {status.tilstand for status in statuser if status.gjelder(pr) or _apent(status, pr)}
    return next((tilstand for tilstand in ALVOR if tilstand in naa), Motetilstand.INGEN_REGEL)


def _apent(status: Periodestatus, pr: dt.date) -> bool:
    """Whether this is an interval that no meeting has closed yet; it stays open past its due day."""
    return status.krav.slag == Motekrav.Slag.INTERVALL and status.holdt == 0 and status.fra <= pr


def _manedens_forste(maned: int) -> dt.date:
    return dt.date(maned // 12, maned % 12 + 1, 1)


def _riktig_halvar(krav: Motekrav, start: dt.date) -> bool:
    if krav.kalender == Motekrav.Kalender.VAR:
        return start.month == 1
    return krav.kalender != Motekrav.Kalender.HOST or start.month == 7


def _hel(start: dt.date, stopp: dt.date, vurderes: dt.date | None, siste: dt.date) -> bool:
    """Whether the period is whole: it begins when judging has begun, and the rule and the group last it out."""
    return vurderes is not None and start >= vurderes and stopp <= siste


def _telle(
    krav: Motekrav, start: dt.date, stopp: dt.date, moter: Collection[Motefakta], *, pr: dt.date, kan_vurderes: bool
) -> Periodestatus:
    i_perioden = [mote for mote in moter if start <= mote.dato <= stopp]
    holdt = sum(mote.holdt for mote in i_perioden)
    planlagt = len(i_perioden) - holdt
    minst = krav.minst or 0
    if holdt >= minst:
        tilstand = Motetilstand.OPPFYLT
    elif not kan_vurderes:
        tilstand = Motetilstand.IKKE_VURDERT
    else:
        tilstand = _apen_tilstand(krav, minst - holdt - planlagt, stopp, pr)
    return Periodestatus(krav, start, stopp, minst, holdt, planlagt, tilstand)


def _apen_tilstand(krav: Motekrav, mangler: int, stopp: dt.date, pr: dt.date) -> Motetilstand:
    """The state of a period that is judged and not fulfilled: `mangler` meetings are neither held nor planned.

    «Ca.» never gives a breach: what is lacking is said, also when the period is over.
    """
    if mangler <= 0:
        return Motetilstand.I_RUTE
    if not krav.omtrent and ukedager(pr, stopp) < mangler:
        return Motetilstand.BRUDD
    return Motetilstand.MANGLER


def _intervaller(
    krav: Motekrav,
    moter: Collection[Motefakta],
    *,
    pr: dt.date,
    vurderes: dt.date | None,
    slutt: dt.date | None,
    pausedager: frozenset[dt.date],
) -> list[Periodestatus]:
    """The stretch from each held meeting to the day the next is due, and the open one last.

    A stretch that was closed too late stays a breach. With none held, or none whose stretch reaches the day judging
    begins, the open stretch begins that day.
    """
    holdte = sorted({mote.dato for mote in moter if mote.holdt and (slutt is None or mote.dato <= slutt)})
    lukkede = [_lukket(krav, forrige, neste, vurderes, pausedager) for forrige, neste in pairwise(holdte)]
    siste = min((dag for dag in (krav.til, slutt) if dag is not None), default=dt.date.max)
    apent_fra = _apent_fra(krav, holdte, vurderes, pausedager)
    if apent_fra is None or apent_fra > siste:
        return lukkede
    forfall = neste_innen(apent_fra, krav, pausedager)
    planlagt = sum(not mote.holdt and apent_fra <= mote.dato <= forfall for mote in moter)
    if vurderes is None or pr < vurderes or forfall > siste:
        tilstand = Motetilstand.IKKE_VURDERT
    else:
        tilstand = _apen_tilstand(krav, 1 - planlagt, forfall, pr)
    return [*lukkede, Periodestatus(krav, apent_fra, forfall, 1, 0, planlagt, tilstand)]


def _apent_fra(
    krav: Motekrav, holdte: list[dt.date], vurderes: dt.date | None, pausedager: frozenset[dt.date]
) -> dt.date | None:
    if not holdte:
        return vurderes
    if vurderes is not None and neste_innen(holdte[-1], krav, pausedager) < vurderes:
        return vurderes
    return holdte[-1]


def _lukket(
    krav: Motekrav, forrige: dt.date, neste: dt.date, vurderes: dt.date | None, pausedager: frozenset[dt.date]
) -> Periodestatus:
    forfall = neste_innen(forrige, krav, pausedager)
    if neste <= forfall:
        tilstand = Motetilstand.OPPFYLT
    elif vurderes is None or forfall < vurderes:
        tilstand = Motetilstand.IKKE_VURDERT
    else:
        tilstand = Motetilstand.MANGLER if krav.omtrent else Motetilstand.BRUDD
    return Periodestatus(krav, forrige, forfall, 1, 1, 0, tilstand)


def neste_innen(fra: dt.date, krav: Motekrav, pausedager: frozenset[dt.date]) -> dt.date:
    """The day the next meeting is due: the longest interval after `fra`, days of pause not counted."""
    igjen = 7 * (krav.uker_til or 0)
    if not pausedager:
        return fra + dt.timedelta(days=igjen)
    dag = fra
    while igjen > 0:
        dag += EN_DAG
        igjen -= dag not in pausedager
    return dag
