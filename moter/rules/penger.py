"""Who may decide on money, and how much is left.

Source: each group's Fullmakt of the kind «penger», with the wording of the document it rests on. A limit is per
decision; a frame is the sum of the group's valid decisions whose meeting date falls in the calendar year. The authority
in force on the meeting's date applies, so that old decisions keep their rule. «ingen» is unlimited; «ikke oppgitt» is
not checked, and says so. Pure: rows come in, and so does the day.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from felles.forberedt import forberedt
from moter.models import Vedtak
from moter.rules.innsyn import Innsyn, vedtak_i
from organisering.models import Fullmakt, Gruppe, Plass

NULL = Decimal(0)
Grense = Fullmakt.Grense


class Utfall(StrEnum):
    """What the authority says to one sum."""

    INNENFOR = "innenfor"
    IKKE_KONTROLLERT = "ikke_kontrollert"  # neither limit nor frame is stated: no check
    OVER_GRENSEN = "over_grensen"
    OVER_RAMMEN = "over_rammen"
    TILRAR = "tilrar"  # the group may recommend, not decide


@dataclass(frozen=True)
class Vurdering:
    """The answer to «may this sum be decided here?». Sums are in kroner."""

    utfall: Utfall
    hoyst: Decimal | None  # the most that can be decided here now; None when nothing stops it
    over: Decimal = NULL  # how much the sum is above that
    videre: Gruppe | Plass | None = None  # who decides what does not fit

    @property
    def kan_vedtas(self) -> bool:
        return self.utfall in {Utfall.INNENFOR, Utfall.IKKE_KONTROLLERT}


@dataclass(frozen=True)
class Pengebruk:
    """One group's money in one calendar year."""

    gruppe: Gruppe
    ar: int
    fullmakt: Fullmakt | None
    vedtak: tuple[Vedtak, ...] = ()

    @property
    def brukt(self) -> Decimal:
        return brukt(self.vedtak)

    @property
    def ramme(self) -> Decimal | None:
        """The year's frame in kroner; None when there is none, or it is not stated."""
        return self.fullmakt.ramme if self.fullmakt else None

    @property
    def igjen(self) -> Decimal | None:
        """What is left of the frame; never below zero. None without a frame."""
        return None if self.ramme is None else max(NULL, self.ramme - self.brukt)

    @property
    def over(self) -> Decimal:
        """What was decided beyond the frame, when the frame was lowered or the decisions are older than the portal."""
        return NULL if self.ramme is None else max(NULL, self.brukt - self.ramme)

    @property
    def uten_ramme(self) -> bool:
        """The source says in words that nothing limits the year."""
        return self.fullmakt is not None and self.fullmakt.ramme_slag == Grense.INGEN


def brukt(vedtak: Iterable[Vedtak]) -> Decimal:
    """The sum of the decisions that are valid and carry money. A revoked decision frees its sum."""
    return sum((rad.belop for rad in vedtak if rad.er_gyldig and rad.belop is not None), NULL)


def i_aret(vedtak: Iterable[Vedtak], gruppe: Gruppe, ar: int) -> list[Vedtak]:
    """The decisions that draw on the group's frame of the year; agrees with the queryset's `i_rammen`."""
    return [
        rad
        for rad in vedtak
        if rad.gruppe_id == gruppe.pk and rad.er_gyldig and rad.belop is not None and rad.dato and rad.dato.year == ar
    ]


def fullmakt_for(gruppe: Gruppe, fullmakter: Iterable[Fullmakt], dag: dt.date) -> Fullmakt | None:
    """The group's authority over money in force on `dag`, the meeting's date.

    A group's own row goes before its type's; of several, the one that decides, then the one that began last.
    """

    def rang(rad: Fullmakt) -> tuple[bool, bool, dt.date, int]:
        vedtar = rad.myndighet == Fullmakt.Myndighet.VEDTAR
        return rad.gruppe_id == gruppe.pk, vedtar, rad.fra or dt.date.min, rad.pk

    holdere = {gruppe.pk, gruppe.regelbarer_id}
    aktuelle = [
        rad
        for rad in fullmakter
        if rad.gjelder == Fullmakt.Gjelder.PENGER and rad.gruppe_id in holdere and rad.er_aktiv(dag)
    ]
    return max(aktuelle, key=rang, default=None)


def ardag(ar: int, pr: dt.date) -> dt.date:
    """The day in the year whose rule a page about the year shows: today, or the year's nearest end."""
    return min(max(pr, dt.date(ar, 1, 1)), dt.date(ar, 12, 31))


def pengebruk(
    gruppe: Gruppe, fullmakter: Iterable[Fullmakt], vedtak: Iterable[Vedtak], *, ar: int, pr: dt.date
) -> Pengebruk:
    """The group's frame, use and decisions in the year, by the authority in force on `ardag`."""
    return Pengebruk(gruppe, ar, fullmakt_for(gruppe, fullmakter, ardag(ar, pr)), tuple(i_aret(vedtak, gruppe, ar)))


def hent_pengebruk(
    grupper: Collection[Gruppe],
    *,
    ar: int,
    pr: dt.date,
    blant: Innsyn | None = None,
    fullmakter: Collection[Fullmakt] | None = None,
) -> list[Pengebruk]:
    """The money of those of the groups that may decide on it or have done so in the year. Two queries, however many.

    `blant` says who reads, when the decisions must carry what their reader may see; `fullmakter` the groups'
    authorities in force on `ardag`, when the page has them already.
    """
    if fullmakter is None:
        holdere = {gruppe.pk for gruppe in grupper} | {gruppe.regelbarer_id for gruppe in grupper}
        fullmakter = _fullmaktene(holdere)
    ider, fra, til = [gruppe.pk for gruppe in grupper], dt.date(ar, 1, 1), dt.date(ar, 12, 31)
    vedtak = _vedtakene(ider, fra, til) if blant is None else _vedtakene_for(blant, ider, fra, til)
    per_gruppe = {gruppe.pk: gruppe for gruppe in grupper}
    for rad in vedtak:
        if rad.sak is not None and rad.sak.gruppe_id in per_gruppe:
            rad.sak.gruppe = per_gruppe[rad.sak.gruppe_id]
    alle = [pengebruk(gruppe, fullmakter, vedtak, ar=ar, pr=pr) for gruppe in grupper]
    return [bruk for bruk in alle if bruk.fullmakt or bruk.vedtak]


@forberedt
def _fullmaktene(holdere: set[int]) -> QuerySet[Fullmakt]:
    penger = Fullmakt.objects.filter(gruppe__in=holdere, gjelder=Fullmakt.Gjelder.PENGER)
    return penger.select_related("kilde", "videre_gruppe", "videre_plass")


@forberedt
def _vedtakene(grupper: list[int], fra: dt.date, til: dt.date) -> QuerySet[Vedtak]:
    return _i_tida(Vedtak.objects.all(), grupper, fra, til)


@forberedt
def _vedtakene_for(innsyn: Innsyn, grupper: list[int], fra: dt.date, til: dt.date) -> QuerySet[Vedtak]:
    return _i_tida(vedtak_i(innsyn), grupper, fra, til)


def _i_tida(alle: Any, grupper: list[int], fra: dt.date, til: dt.date) -> QuerySet[Vedtak]:
    rader: QuerySet[Vedtak] = (
        alle.filter(gruppe__in=grupper).gyldige().med_penger().filter(dato__gte=fra, dato__lte=til)
    )
    return rader.select_related("tiltak", "sak__gruppe").order_by("dato", "pk")


def vurder(fullmakt: Fullmakt | None, brukt: Decimal, belop: Decimal) -> Vurdering:
    """May `belop` be decided by this authority when `brukt` of the year's frame is used? All sums in kroner.

    The frame itself is within: with a frame of 10 000 a decision of exactly 10 000 fits, 10 000,01 does not. What does
    not fit is lifted whole, never split. Without any row, or with neither limit nor frame stated, nothing is checked.
    """
    if fullmakt is None:
        return Vurdering(Utfall.IKKE_KONTROLLERT, None)
    videre = fullmakt.videre_gruppe or fullmakt.videre_plass
    if fullmakt.myndighet == Fullmakt.Myndighet.TILRAR:
        return Vurdering(Utfall.TILRAR, NULL, belop, videre)
    grense = fullmakt.grense if fullmakt.grense_slag == Grense.BELOP else None
    igjen = max(NULL, fullmakt.ramme - brukt) if fullmakt.ramme is not None else None
    tak = [sum for sum in (grense, igjen) if sum is not None]
    if not tak:
        slag = {fullmakt.grense_slag, fullmakt.ramme_slag}
        return Vurdering(
            Utfall.IKKE_KONTROLLERT if slag == {Grense.IKKE_OPPGITT} else Utfall.INNENFOR, None, NULL, videre
        )
    hoyst = min(tak)
    if belop <= hoyst:
        return Vurdering(Utfall.INNENFOR, hoyst, NULL, videre)
    utfall = Utfall.OVER_RAMMEN if igjen is not None and belop > igjen else Utfall.OVER_GRENSEN
    return Vurdering(utfall, hoyst, belop - hoyst, videre)
