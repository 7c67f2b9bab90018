"""The rungs of a reminder: which one is the turn today. Pure: the day comes in, and so do the quiet days.

A rung comes «at or after» its day: an outage delays it and never drops it. Of several passed at once only the latest
is sent; the earlier are passed over for good.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from felles.stille import Stilledager

BRUDD = "brudd"  # a rule was broken
FORFALT = "forfalt"  # a date was passed; further rungs add a number


@dataclass(frozen=True)
class Trinn:
    """One rung. `mot_dato` is counted back from a date: it goes before the quiet days; every other waits."""

    navn: str
    dag: dt.date
    mot_dato: bool = False

    def sendes(self, stille: Stilledager) -> dt.date:
        """The day it goes out."""
        return stille.for_(self.dag) if self.mot_dato else stille.etter(self.dag)


@dataclass(frozen=True)
class Trinnstand:
    """The rung whose turn it is, and those that it has left behind, from the first."""

    trinn: Trinn
    forbigatt: tuple[Trinn, ...] = ()


def gjeldende_trinn(
    trinn: Collection[Trinn],
    pr: dt.date,
    stille: Stilledager,
    *,
    slutt: dt.date | None = None,
    fra: dt.date | None = None,
) -> Trinnstand | None:
    """The latest rung passed on `pr`, in the order of their own days; None before the first and after `slutt`.

    Rungs that lie before `fra`, the day the rule was switched on, are never passed over: they were never meant to
    come. The rule starts at the one that is current that day.
    """
    if slutt is not None and pr > slutt:
        return None
    i_rekke = sorted(trinn, key=lambda t: t.dag)
    passert = [nr for nr, t in enumerate(i_rekke) if t.sendes(stille) <= pr]
    if not passert:
        return None
    siste = passert[-1]
    return Trinnstand(i_rekke[siste], tuple(t for t in i_rekke[:siste] if fra is None or t.dag >= fra))


def etter_forfall(forfall: dt.date, dager: Sequence[dt.date]) -> list[Trinn]:
    """The rung on the day itself, and the numbered ones that follow on `dager`."""
    return [Trinn(FORFALT, forfall), *(Trinn(f"{FORFALT}-{nr}", dag) for nr, dag in enumerate(dager, start=1))]


def er_alvorlig(navn: str) -> bool:
    """Whether a rule is broken or a date passed: what is told first."""
    return navn.startswith((BRUDD, FORFALT))
