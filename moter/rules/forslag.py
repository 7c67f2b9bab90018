"""When a group would next meet, by its own habit. A suggestion that is filled in and says so. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass

from felles.tid import OSLO
from moter.models import Mote
from moter.rules.motehyppighet import Motetilstand, Periodestatus

EN_DAG = dt.timedelta(days=1)
VARSEL = dt.timedelta(days=14)  # people need time to make room
MELLOM = dt.timedelta(days=28)  # from a meeting that is planned to the next, when nothing is lacking
NAER = 6  # days between two meetings that would be felt as one too many
SISTE = 6  # meetings the habit is read from
LANGT = 400  # days ahead to look, at most
FRA, TIL = dt.time(12, 0), dt.time(13, 30)
LORDAG = 5


@dataclass(frozen=True)
class Motetid:
    """A day, a time and a place. `vane` tells whether they follow the group's own meetings."""

    dato: dt.date
    fra: dt.time
    til: dt.time
    sted: str = ""
    vane: bool = False


@dataclass(frozen=True)
class Vane:
    """When and where a group usually meets. `finnes` is False for one that has never met."""

    ukedag: int | None
    fra: dt.time
    til: dt.time
    sted: str
    finnes: bool


def vane(moter: Collection[Mote]) -> Vane:
    """The usual weekday, and the hours and the place of the last meeting that was not cancelled."""
    egne = sorted((mote for mote in moter if mote.avlyst is None), key=lambda mote: mote.start)
    if not egne:
        return Vane(None, FRA, TIL, "", finnes=False)
    start, slutt = egne[-1].start.astimezone(OSLO), egne[-1].slutt.astimezone(OSLO)
    return Vane(_ukedag(egne), start.time(), slutt.time(), egne[-1].sted, finnes=True)


def mangler_til(statuser: Collection[Periodestatus], pr: dt.date) -> dt.date | None:
    """The last day of the period that holds `pr` and lacks a meeting; the first of several."""
    mangler = {Motetilstand.MANGLER, Motetilstand.BRUDD}
    return min((s.til for s in statuser if s.til >= pr and s.fra <= pr and s.tilstand in mangler), default=None)


def motetid(moter: Collection[Mote], *, pr: dt.date, innen: dt.date | None, stille: Container[dt.date]) -> Motetid:
    """The next sensible time: the group's usual weekday, hour and place, two weeks ahead, on a working day.

    `innen` is the day a lacking meeting must be held by; the suggestion keeps it as long as a day is left.
    """
    egne = sorted((m for m in moter if m.avlyst is None), key=lambda m: m.start)
    opptatt = {m.dato for m in egne}
    tidligst = pr + VARSEL
    if innen is None:
        tidligst = max([tidligst, *(m.dato + MELLOM for m in egne if m.dato > pr)])
    vanlig = vane(egne)
    dato = next(_dager(tidligst, pr + EN_DAG, innen, vanlig.ukedag, opptatt, stille), tidligst)
    return Motetid(dato, vanlig.fra, vanlig.til, vanlig.sted, vanlig.finnes)


def _ukedag(moter: list[Mote]) -> int | None:
    """The usual weekday, Monday to Friday; of equals the one used last."""
    dager = [m.dato.weekday() for m in reversed(moter[-SISTE:]) if m.dato.weekday() < LORDAG]
    return Counter(dager).most_common(1)[0][0] if dager else None


def _dager(
    tidligst: dt.date,
    i_morgen: dt.date,
    innen: dt.date | None,
    ukedag: int | None,
    opptatt: set[dt.date],
    stille: Container[dt.date],
) -> Iterator[dt.date]:
    """Free working days, the best first: the usual weekday in good time, then any day, then sooner."""
    for fra in (tidligst, i_morgen):
        slutt = innen if innen is not None else fra + dt.timedelta(days=LANGT)
        ledige = [
            dag
            for n in range(max(0, (slutt - fra).days + 1))
            if (dag := fra + dt.timedelta(days=n)) not in opptatt and dag.weekday() < LORDAG and dag not in stille
        ]
        luft = [dag for dag in ledige if all(abs((dag - annen).days) > NAER for annen in opptatt)]
        yield from (dag for dag in luft if ukedag in {None, dag.weekday()})
        yield from luft
        yield from (dag for dag in ledige if ukedag in {None, dag.weekday()})
        yield from ledige
