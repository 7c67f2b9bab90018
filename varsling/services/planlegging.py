"""Writes what people must hear of, once: the rows that the digest is made of. Knows how, never why."""

import datetime as dt
import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F

from felles.personnummer import finn_personnummer
from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from varsling.models import Epost, Pause, Varsel, Varselvalg

logg = logging.getLogger(__name__)

OM_GANGEN = 500
FORNYES = ("gjelder", "hvorfor", "lenke", "om", "formal", "objekt_id", "plikt")


@dataclass(frozen=True)
class Ord:
    """What a person is told: a heading, a sentence, the wording it rests on with its source, and why it comes."""

    gjelder: str
    setning: str = ""
    ordlyd: str = ""
    kilde: str = ""
    hvorfor: str = ""

    def som_tekst(self) -> str:
        """The paragraphs under the heading. A quotation stands between guillemets, its source on the line below."""
        sitat = "\n".join(ledd for ledd in (f"«{self.ordlyd}»" if self.ordlyd else "", self.kilde) if ledd)
        return "\n\n".join(ledd for ledd in (self.setning, sitat, self.hvorfor) if ledd)


@dataclass(frozen=True)
class Paminnelse:
    """One thing that one person must hear of now: its rung, and the rungs it has left behind."""

    samarbeid_id: int
    person_id: int
    adresse: str
    objekt: str  # «krav-12»
    trinn: str
    ord: Ord
    runde: str = "-"  # which round of it: a period's end, a due date
    forfall: dt.date | None = None
    lenke: str = ""
    forbigatt: tuple[str, ...] = ()
    om: str = ""  # what a pause may hold back: «tiltak-5», «gruppe-3»
    dag: dt.date | None = None  # the day it goes out, when looking ahead
    plikt: bool = False  # part of a duty: the person's wish to hear nothing does not count
    formal: str = ""  # the question that the mail asks, and the row it is about: see svarlenker
    objekt_id: int | None = None

    def nokkel(self, regel: str, trinn: str | None = None) -> str:
        """Unique for rule, object, round, rung and person, so that nothing is told twice."""
        return f"{regel}:{self.objekt}:{self.runde}:{self.trinn if trinn is None else trinn}:{self.person_id}"


@dataclass
class Plan:
    """What a run found and wrote. `uten_mottaker` are the things that nobody at all can be told of."""

    regel: str
    funnet: int = 0
    nye: list[Varsel] = field(default_factory=list)
    uten_mottaker: list[str] = field(default_factory=list)

    def __iadd__(self, annen: "Plan") -> "Plan":
        self.funnet += annen.funnet
        self.nye += annen.nye
        self.uten_mottaker += annen.uten_mottaker
        return self


def planlegg(
    regel: str,
    paminnelser: Iterable[Paminnelse],
    *,
    samarbeid_ider: Collection[int],
    stille: Collection[int],
    naa: dt.datetime,
) -> Plan:
    """Writes what is new, renews the words of what still waits, and withdraws what waits without a cause.

    `samarbeid_ider` are those the rule has looked through, `stille` those of them with a quiet day: there nothing new
    is written, nor about what has a pause. Twice with the same gives nothing more.
    """
    alle = {p.nokkel(regel): p for p in _uten_avmeldte(regel, list(paminnelser))}
    plan = Plan(regel, funnet=len(alle))
    pauser = hent_pauser(samarbeid_ider, oslo_dato(naa))
    na = {k: p for k, p in alle.items() if p.samarbeid_id not in stille and (p.samarbeid_id, p.om) not in pauser}
    with transaction.atomic():
        finnes = _finnes(regel, alle.values())
        ventende = {v.nokkel: v for v in _ventende(regel, samarbeid_ider)}
        plan.nye = _skriv(regel, [p for nokkel, p in na.items() if nokkel not in finnes])
        _passer_forbi(regel, list(na.values()), finnes, ventende)
        _forny(regel, alle, finnes)
        gjelder = {*alle, *(p.nokkel(regel, trinn) for p in alle.values() for trinn in p.forbigatt)}
        borte = [v.pk for nokkel, v in ventende.items() if nokkel not in gjelder]
        for bit in biter(borte):
            Varsel.objects.filter(pk__in=bit, epost__isnull=True, forbigatt=False).update(trukket=naa)
    return plan


def hent_pauser(samarbeid_ider: Collection[int], pr: dt.date) -> set[tuple[int, str]]:
    """What has a pause on the day `pr`: the Samarbeid and the thing."""
    return set(Pause.objects.aktive(pr).filter(samarbeid__in=samarbeid_ider).values_list("samarbeid_id", "om"))


def biter(rader: Iterable[Any], antall: int = OM_GANGEN) -> Iterator[list[Any]]:
    """Fixed-size batches, so that no query grows without end."""
    resten = iter(rader)
    while bit := list(islice(resten, antall)):
        yield bit


def _uten_avmeldte(regel: str, paminnelser: list[Paminnelse]) -> list[Paminnelse]:
    avmeldt = set(
        Varselvalg.objects.filter(regel=regel, hyppighet=Varselvalg.Hyppighet.ALDRI).values_list("person_id", flat=True)
    )
    return [p for p in paminnelser if p.plikt or p.person_id not in avmeldt]


def _finnes(regel: str, paminnelser: Iterable[Paminnelse]) -> dict[str, Varsel]:
    """The rows that are there already, of the present rungs and of those left behind."""
    nokler = [p.nokkel(regel, trinn) for p in paminnelser for trinn in (p.trinn, *p.forbigatt)]
    return {v.nokkel: v for bit in biter(nokler) for v in _med_tilstand(bit)}


def _med_tilstand(nokler: list[str]) -> Iterable[Varsel]:
    return Varsel.objects.filter(nokkel__in=nokler).annotate(tilstand=F("epost__tilstand"))


def _ventende(regel: str, samarbeid_ider: Collection[int]) -> Iterable[Varsel]:
    return Varsel.objects.filter(
        regel=regel, samarbeid__in=samarbeid_ider, epost__isnull=True, trukket__isnull=True, forbigatt=False
    )


def ny_varsel(regel: str, p: Paminnelse, *, trinn: str | None = None, forbigatt: bool = False) -> Varsel:
    """The row of one thing, not saved."""
    return Varsel(
        samarbeid_id=p.samarbeid_id,
        person_id=p.person_id,
        nokkel=p.nokkel(regel, trinn),
        regel=regel,
        om=p.om,
        trinn=p.trinn if trinn is None else trinn,
        gjelder=trygg(p.ord.gjelder)[:300],
        hvorfor="" if forbigatt else trygg(p.ord.som_tekst()),
        lenke=p.lenke,
        formal=p.formal,
        objekt_id=p.objekt_id,
        plikt=p.plikt,
        forfall=p.forfall,
        forbigatt=forbigatt,
    )


def trygg(tekst: str) -> str:
    """Numbers that stand side by side by chance, in words put together, must not stop everybody's reminders."""
    while funn := finn_personnummer(tekst):
        tekst = f"{tekst[: funn[0]]}…{tekst[funn[1] :]}"
    return tekst


def _skriv(regel: str, ferske: Sequence[Paminnelse]) -> list[Varsel]:
    """The new rows. Another process that writes the same at the same time makes no second row."""
    nye = [ny_varsel(regel, p) for p in ferske]
    for bit in biter(nye):
        _skriv_bit(bit)
    return nye


def _skriv_bit(bit: list[Varsel]) -> None:
    try:
        Varsel.objects.bulk_create(bit, ignore_conflicts=True)
    except Regelbrudd as feil:  # one row that a field refuses must not stop the others
        if len(bit) == 1:
            logg.error("Varsel %s kunne ikke lagres: %s", bit[0].nokkel, feil)
            return
        for varsel in bit:
            _skriv_bit([varsel])


def _passer_forbi(
    regel: str, paminnelser: Iterable[Paminnelse], finnes: dict[str, Varsel], ventende: dict[str, Varsel]
) -> None:
    """Rungs left behind: a row that says so, and one that still waited is not sent any more."""
    nye, naadd = [], []
    for p in paminnelser:
        for trinn in p.forbigatt:
            nokkel = p.nokkel(regel, trinn)
            if nokkel not in finnes:
                nye.append(ny_varsel(regel, p, trinn=trinn, forbigatt=True))
            elif nokkel in ventende:
                naadd.append(ventende.pop(nokkel).pk)
    for bit in biter(nye):
        _skriv_bit(bit)
    for bit in biter(naadd):
        Varsel.objects.filter(pk__in=bit, epost__isnull=True).update(forbigatt=True)


def _forny(regel: str, alle: dict[str, Paminnelse], finnes: dict[str, Varsel]) -> None:
    """The words of today for what waits; a cause that came back is no longer withdrawn.

    What stood in a mail that failed, and still holds for somebody who can be reached, waits again for the next one.
    """
    endret = []
    for nokkel, p in alle.items():
        varsel = finnes.get(nokkel)
        feilet = varsel is not None and getattr(varsel, "tilstand", None) == Epost.Tilstand.FEILET
        if varsel is None or varsel.forbigatt or (varsel.epost_id is not None and not feilet):
            continue
        ny = ny_varsel(regel, p)
        igjen = feilet or varsel.trukket is not None
        if igjen or any(getattr(varsel, felt) != getattr(ny, felt) for felt in FORNYES):
            for felt in FORNYES:
                setattr(varsel, felt, getattr(ny, felt))
            varsel.trukket = varsel.epost = None
            endret.append(varsel)
    Varsel.objects.bulk_update(endret, [*FORNYES, "trukket", "epost"], batch_size=OM_GANGEN)
