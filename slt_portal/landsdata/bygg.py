"""What the builders share while one Samarbeid is made: its random stream, its words and the rows so far."""

import datetime as dt
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from organisering.models import (
    Enhet,
    Fullmakt,
    Gruppe,
    Kommune,
    Koordinatorpost,
    Medlemskap,
    Niva,
    Person,
    Plass,
    Samarbeid,
)
from slt_portal.landsdata.skriver import Skriver
from tiltak.models import Handlingsplan, Tiltak

DOMENE = "landsdata.example"
AR = 365
EN_DAG = dt.timedelta(days=1)


@cache
def ordliste() -> dict[str, Any]:
    """The vocabulary."""
    return tomllib.loads((Path(__file__).parent / "ord.toml").read_text(encoding="utf-8"))


@dataclass(eq=False)
class Gruppebilde:
    """A group with what the meetings need to know of it."""

    gruppe: Gruppe
    slag: str  # styrende, koordinerende, utforende
    per_ar: int
    fra: dt.date
    til: dt.date | None = None
    plasser: list[Plass] = field(default_factory=list)
    medlemskap: list[Medlemskap] = field(default_factory=list)
    fullmakter: list[Fullmakt] = field(default_factory=list)
    nummer: dict[int, int] = field(default_factory=lambda: defaultdict(int))  # the last case number of each year
    brukt: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))  # kroner decided in each year


@dataclass
class Bygg:
    """One Samarbeid under construction."""

    nr: int
    rng: Random
    naa: dt.datetime
    ar: int
    skriver: Skriver
    samarbeid: Samarbeid
    storrelse: float  # 1 is the middle
    kommune: Kommune | None = None
    nivaer: dict[str, Niva] = field(default_factory=dict)
    personer: list[Person] = field(default_factory=list)
    enheter: list[Enhet] = field(default_factory=list)
    poster: list[Koordinatorpost] = field(default_factory=list)
    grupper: list[Gruppebilde] = field(default_factory=list)
    planer: list[Handlingsplan] = field(default_factory=list)
    tiltak: list[Tiltak] = field(default_factory=list)

    @property
    def ord(self) -> dict[str, Any]:
        """The words of its målform."""
        ordene: dict[str, Any] = ordliste()[self.samarbeid.malform]
        return ordene

    @property
    def pr(self) -> dt.date:
        return self.naa.date()

    @property
    def begynte(self) -> dt.date:
        """The first day of the first year."""
        return dt.date(self.pr.year - self.ar + 1, 1, 1)

    def sjanse(self, andel: float) -> bool:
        return self.rng.random() < andel

    def antall(self, middels: float) -> int:
        """About so many, by the size of the Samarbeid."""
        return max(1, round(middels * self.storrelse * self.rng.uniform(0.75, 1.25)))

    def dag_mellom(self, fra: dt.date, til: dt.date) -> dt.date:
        return fra + EN_DAG * self.rng.randint(0, max(0, (til - fra).days))

    def avsnitt(self, hoyst: int) -> str:
        """Some sentences, each once."""
        return " ".join(self.rng.sample(self.ord["setninger"], self.rng.randint(1, hoyst)))

    def kravtekst(self, rad: dict[str, Any]) -> str:
        """The wording of a rule in the målform."""
        return str(rad[self.samarbeid.malform])
