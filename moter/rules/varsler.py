"""When a group's own people are told that meetings are lacking. Source: the design, section 8.

Ladders for each requirement: ahead, the period that runs while it lacks a date; behind, the latest period that is over,
when it was a breach. Where the text is silent: an interval has the rungs of a short period; «once per half-year» comes
on the first day of the half-year; a short period whose urgent rung falls in quiet days before its own half-year has
begun is told of by itself.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import FAST, dag, dato
from felles.trinn import BRUDD, Trinn
from moter.rules.motehyppighet import EN_DAG, Motetilstand, Periodestatus, perioder, ukedager
from moter.rules.ord import HALVE_AR, moteord, periodenavn
from organisering.models import Motekrav
from organisering.rules.ord import liste_i_ord, stor_forbokstav, tallord

TIDLIG, HALVVEIS, HALVAR, HASTER = "tidlig", "halvveis", "halvar", "haster"
KORT = 2  # months: a period no longer than this is a short one
DAGER_PER_MOTE = 21
TILBAKE = dt.timedelta(days=400)  # how far back a breach that nobody was told of is still news


@dataclass(frozen=True)
class Motestige:
    """The rungs of one requirement in one round: each with the period it speaks of, and the last day to speak of it."""

    runde: str
    trinn: tuple[tuple[Trinn, Periodestatus], ...]
    slutt: dt.date | None
    mangler: tuple[Periodestatus, ...] = ()  # of the half-year: those without a date
    alle: int = 0

    def status(self, navn: str) -> Periodestatus:
        return next(status for trinn, status in self.trinn if trinn.navn == navn)


def er_lang(krav: Motekrav) -> bool:
    """Whether the periods of the requirement are longer than two months."""
    if krav.slag == Motekrav.Slag.INTERVALL:
        return False
    return krav.kalender != Motekrav.Kalender.MANED or krav.perioder > KORT


def vindu(krav: Motekrav, vurderes: dt.date, pr: dt.date) -> tuple[dt.date, dt.date]:
    """The days whose meetings decide what is said on `pr`: whole periods, from the first to the last."""
    til = halvaret(pr)[1] + dt.timedelta(days=31)
    if krav.slag == Motekrav.Slag.INTERVALL:
        return vurderes - dt.timedelta(weeks=krav.uker_til or 0), til
    alle = list(perioder(krav, pr - TILBAKE, til))
    return (alle[0][0], alle[-1][1]) if alle else (pr, til)


def motestiger(krav: Motekrav, statuser: Sequence[Periodestatus], pr: dt.date) -> list[Motestige]:
    """The ladders of one requirement on `pr`, from the periods of its `vindu`."""
    framover = _lang(statuser, pr) if er_lang(krav) else _kort(krav, statuser, pr)
    return [*_bakover(statuser, pr), *framover]


def haster_fra(status: Periodestatus) -> dt.date:
    """The first day with no more than 21 days left for each meeting missing; at most the last quarter."""
    lengde = (status.til - status.fra).days + 1
    return status.til - dt.timedelta(days=min(DAGER_PER_MOTE * status.mangler, lengde // 4))


def brudd_fra(status: Periodestatus) -> dt.date:
    """The first day that leaves fewer weekdays than meetings missing; at the latest the day after the period."""
    forste = status.til + EN_DAG
    while forste > status.fra and ukedager(forste - EN_DAG, status.til) < max(1, status.mangler):
        forste -= EN_DAG
    return forste


def halvaret(pr: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of the half-year that holds `pr`."""
    if pr.month <= 6:
        return dt.date(pr.year, 1, 1), dt.date(pr.year, 6, 30)
    return dt.date(pr.year, 7, 1), dt.date(pr.year, 12, 31)


def _lang(statuser: Sequence[Periodestatus], pr: dt.date) -> list[Motestige]:
    """Early, half-way, urgent; while the period that runs lacks a date."""
    stiger = []
    for status in statuser:
        if status.tilstand == Motetilstand.MANGLER and status.gjelder(pr):
            lengde = (status.til - status.fra).days + 1
            trinn = (
                Trinn(TIDLIG, status.fra + dt.timedelta(days=lengde // 10)),
                Trinn(HALVVEIS, status.fra + dt.timedelta(days=lengde // 2)),
                Trinn(HASTER, haster_fra(status), mot_dato=True),
            )
            stiger.append(Motestige(status.til.isoformat(), tuple((t, status) for t in trinn), status.til))
    return stiger


def _kort(krav: Motekrav, statuser: Sequence[Periodestatus], pr: dt.date) -> list[Motestige]:
    """Once for the half-year, then each period when it hurries."""
    fra, til = halvaret(pr)
    mangler = [s for s in statuser if s.tilstand == Motetilstand.MANGLER and s.til >= pr]
    naa = (
        tuple(s for s in mangler if s.fra <= til) if _er_intervall(krav) else tuple(s for s in mangler if s.til <= til)
    )
    stiger = []
    if naa:
        halvar = Trinn(HALVAR, max(fra, naa[0].fra) if _er_intervall(krav) else fra)
        alle = sum(fra <= s.til <= til for s in statuser)
        rekke = ((halvar, naa[0]), *((_haster(s), s) for s in naa))
        stiger.append(Motestige(til.isoformat(), rekke, til, naa, alle))
    senere = [s for s in mangler if s not in naa]
    stiger += [Motestige(halvaret(s.til)[1].isoformat(), ((_haster(s), s),), s.til) for s in senere]
    return stiger


def _haster(status: Periodestatus) -> Trinn:
    return Trinn(f"{HASTER}-{status.til}", haster_fra(status), mot_dato=True)


def _bakover(statuser: Sequence[Periodestatus], pr: dt.date) -> list[Motestige]:
    """The breaches, one rung for each period, while the latest that is over, or can hold no more, is one."""
    over = [s for s in statuser if s.til < pr or (s.tilstand == Motetilstand.BRUDD and s.fra <= pr)]
    over = sorted((s for s in over if not (_er_intervall(s.krav) and s.holdt)), key=lambda s: s.til)
    if not over or over[-1].tilstand != Motetilstand.BRUDD:
        return []
    brudd = [s for s in over if s.tilstand == Motetilstand.BRUDD and s.til >= pr - TILBAKE]
    rekke = tuple((Trinn(f"{BRUDD}-{s.til}", brudd_fra(s)), s) for s in brudd)
    return [Motestige(BRUDD, rekke, None)] if rekke else []


def _er_intervall(krav: Motekrav) -> bool:
    return krav.slag == Motekrav.Slag.INTERVALL


# In words


def overskrift(gruppe: str, stige: Motestige, trinn: str) -> str:
    """«Styringsgruppe mangler ett møte høsten 2026», «Koordineringsgruppe: for få møter i oktober»."""
    status = stige.status(trinn)
    ord_ = {"gruppe": gruppe, "nar": nar_ord(status), "moter": moteord(status.mangler)}
    if trinn.startswith(BRUDD):
        if _er_intervall(status.krav):
            return _("%(gruppe)s har ikke møtt i tide") % ord_
        return _("%(gruppe)s hadde for få møter %(nar)s") % ord_
    if _er_intervall(status.krav):
        return _("%(gruppe)s mangler dato for neste møte") % ord_
    if trinn == HALVAR:
        ord_ |= {"mangler": str(len(stige.mangler)), "alle": str(stige.alle)}
        if status.krav.perioder == 1:
            return _("%(gruppe)s: %(mangler)s av %(alle)s måneder mangler dato for møte") % ord_
        return _("%(gruppe)s: %(mangler)s av %(alle)s perioder mangler dato for møte") % ord_
    return _("%(gruppe)s mangler %(moter)s %(nar)s") % ord_


def setning(stige: Motestige, trinn: str, pr: dt.date) -> str:
    """What has happened or lacks, and by when."""
    status = stige.status(trinn)
    if trinn.startswith(BRUDD):
        return _brudd(status)
    if trinn == HALVAR and not _er_intervall(status.krav):
        return _("Uten dato: %(perioder)s.") % {"perioder": liste_i_ord([periodenavn(s) for s in stige.mangler])}
    ord_ = {
        "antall": stor_forbokstav(tallord(status.mangler, intetkjonn=True)),
        "frist": dag(status.til) if status.til.year == pr.year else dato(status.til),
    }
    hva = ngettext("%(antall)s møte må holdes innen %(frist)s.", "%(antall)s møter må holdes innen %(frist)s.",
                   status.mangler) % ord_  # fmt: skip
    if not trinn.startswith(HASTER):
        return hva
    dager = status.dager_igjen(pr)
    igjen = ngettext("Det er %(dager)s dag igjen.", "Det er %(dager)s dager igjen.", dager) % {"dager": dager}
    return f"{hva} {igjen if dager else _('Det er i dag.')}"


def _brudd(status: Periodestatus) -> str:
    ord_ = {
        "minst": moteord(status.minst),
        "frist": dato(status.til),
        "holdt": stor_forbokstav(tallord(status.holdt, intetkjonn=True)),
    }
    if status.holdt:
        return _("Regelen er minst %(minst)s innen %(frist)s. %(holdt)s er holdt.") % ord_
    return _("Regelen er minst %(minst)s innen %(frist)s. Ingen er holdt.") % ord_


def nar_ord(status: Periodestatus) -> str:
    """«våren 2026», «høsten 2026», «i oktober», «i 2026»."""
    if status.krav.kalender in HALVE_AR and status.krav.perioder == 1:
        mal = _("våren %(ar)s") if status.fra.month == 1 else _("høsten %(ar)s")
        return mal % {"ar": status.fra.year}
    return _("i %(periode)s") % {"periode": periodenavn(status).replace(" ", FAST)}
