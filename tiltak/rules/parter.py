"""Whom the words of a plan can mean: the units, groups, seats and posts of the Samarbeid, and the likeliest of them.

The words are compared without regard to capitals and dashes, with names and with a unit's other names: first those that
are alike, then those that begin alike («skolen», «Skole»), then those where one holds the other («0-24»).
"""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from os.path import commonprefix
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from felles.forberedt import forberedt
from organisering.models import Enhet, Enhetsalias, Gruppe, Koordinatorpost, Niva, Plass, Samarbeid
from tiltak.rules.planene import gruppenavn

KORTEST = 4  # of a beginning; shorter ones begin like too much
ENDELSE = 2  # letters of an ending: «-en», «-a», «-ne»
FLEST = 3
LIK, BEGYNNER, INNEHOLDER, ULIK = range(4)
FELTER = ("enhet", "gruppe", "plass", "koordinatorpost")


class Part(NamedTuple):
    """One party. `felt` is the relation of Ansvar; `hvor` tells two of the same name apart. `slag` is the kind of a
    unit, and of a seat «koordinerende» when its group is."""

    felt: str
    pk: int
    navn: str
    hvor: str = ""
    ord: tuple[str, ...] = ()
    slag: str = ""

    @property
    def kode(self) -> str:
        """What stands for it in a form: «enhet-7»."""
        return f"{self.felt}-{self.pk}"

    @property
    def fullt_navn(self) -> str:
        return f"{self.navn} ({self.hvor})" if self.hvor else self.navn


def parter(samarbeid: Samarbeid, pr: dt.date) -> list[Part]:
    """Every party of `samarbeid` that is there on `pr`. Five queries."""
    andre_navn: dict[int, list[str]] = {}
    for enhet, navn in _andre_navn(samarbeid):
        andre_navn.setdefault(enhet, []).append(navn)
    return [
        *(
            Part("enhet", pk, navn, "", (navn, *andre_navn.get(pk, ())), slag)
            for pk, navn, slag in _enhetene(samarbeid, pr)
        ),
        *(Part("gruppe", pk, navn, "", (navn,)) for pk, navn in _gruppene(samarbeid, pr)),
        *(
            Part("plass", pk, tittel, hvor, (tittel,), Niva.Slag.KOORDINERENDE if koordinerer else "")
            for pk, tittel, hvor, koordinerer in _plassene(samarbeid, pr)
        ),
        *(Part("koordinatorpost", pk, tittel, "", (tittel,)) for pk, tittel in _postene(samarbeid, pr)),
    ]


@forberedt
def _andre_navn(samarbeid: Samarbeid) -> QuerySet[Enhetsalias, Any]:
    return Enhetsalias.objects.filter(samarbeid=samarbeid).values_list("enhet", "navn")


@forberedt
def _enhetene(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Enhet, Any]:
    return Enhet.objects.filter(samarbeid=samarbeid).aktive(pr).values_list("pk", "navn", "slag")


@forberedt
def _gruppene(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Gruppe, Any]:
    grupper = Gruppe.objects.filter(samarbeid=samarbeid).aktive(pr)
    return grupper.annotate(vist=gruppenavn("pk")).values_list("pk", "vist")  # type: ignore[no-any-return]


@forberedt
def _plassene(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Plass, Any]:
    plasser = Plass.objects.filter(samarbeid=samarbeid).aktive(pr).filter(Gruppe.aktiv_q(pr, "gruppe__"))
    koordinerende = Niva.objects.filter(grupper=OuterRef("gruppe"), slag=Niva.Slag.KOORDINERENDE)
    plasser = plasser.annotate(vist=gruppenavn("gruppe"), koordinerende=Exists(koordinerende))
    return plasser.values_list("pk", "tittel", "vist", "koordinerende")  # type: ignore[no-any-return]


@forberedt
def _postene(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Koordinatorpost, Any]:
    return Koordinatorpost.objects.filter(samarbeid=samarbeid).aktive(pr).values_list("pk", "tittel")


def forslag(ord: str, alle: Iterable[Part]) -> list[Part]:
    """The likeliest, the best first; none when nothing is like."""
    treff = [(min((_likhet(ord, navn) for navn in part.ord), default=ULIK), nr, part) for nr, part in enumerate(alle)]
    return [part for likhet, _nr, part in sorted(treff, key=lambda rad: rad[:2]) if likhet < ULIK][:FLEST]


def _likhet(ord: str, navn: str) -> int:
    a, b = _jevn(ord), _jevn(navn)
    if not a or not b:
        return ULIK
    if a == b:
        return LIK
    if _begynner_likt(a, b):
        return BEGYNNER
    return INNEHOLDER if f" {a} " in f" {b} " or f" {b} " in f" {a} " else ULIK


def _begynner_likt(a: str, b: str) -> bool:
    """One begins with the other, or only the ending differs: «gruppa», «gruppe»."""
    felles = len(commonprefix([a, b]))
    return felles >= KORTEST and (felles == min(len(a), len(b)) or max(len(a), len(b)) - felles <= ENDELSE)


@lru_cache(maxsize=4096)  # a page asks of every word beside the same names
def _jevn(tekst: str) -> str:
    """Small letters, one kind of dash, single spaces, no full stop."""
    return re.sub(r"\s+", " ", re.sub(r"[‐-―−]", "-", tekst.casefold()).replace(",", " ")).strip(" .")
