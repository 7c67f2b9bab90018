"""Quiet days: when no reminder goes out. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from holidays import country_holidays

EN_DAG = dt.timedelta(days=1)
LORDAG = 5
JULI = 7


@dataclass(frozen=True)
class Stilledager:
    """Which days are quiet. `dag in stilledager` asks for one."""

    helg: bool = True
    helligdag: bool = True
    juli: bool = True
    egne: frozenset[dt.date] = frozenset()

    def __contains__(self, dag: object) -> bool:
        return isinstance(dag, dt.date) and (
            dag in self.egne
            or (self.juli and dag.month == JULI)
            or (self.helg and dag.weekday() >= LORDAG)
            or (self.helligdag and dag in _helligdager(dag.year))
        )

    def for_(self, dag: dt.date) -> dt.date:
        """The last day on or before `dag` that is not quiet."""
        while dag in self:
            dag -= EN_DAG
        return dag

    def etter(self, dag: dt.date) -> dt.date:
        """The first day on or after `dag` that is not quiet."""
        while dag in self:
            dag += EN_DAG
        return dag


def stilledager(samarbeid: Any, fridager: Iterable[Any] = ()) -> Stilledager:
    """The quiet days that a Samarbeid has chosen, with those of its days off that are quiet too."""
    egne = frozenset(dag for fridag in fridager if fridag.stille for dag in fridag.dager)
    return Stilledager(samarbeid.stille_helg, samarbeid.stille_helligdag, samarbeid.stille_juli, egne)


def motefrie(samarbeid: Any, dager: Iterable[dt.date]) -> Stilledager:
    """The days no meeting is proposed: the quiet ones, and every day off of the Samarbeid."""
    return Stilledager(samarbeid.stille_helg, samarbeid.stille_helligdag, samarbeid.stille_juli, frozenset(dager))


@lru_cache(maxsize=32)
def _helligdager(ar: int) -> frozenset[dt.date]:
    """Norwegian public holidays, the same in the whole country."""
    return frozenset(country_holidays("NO", years=ar))
