"""The plan is revised in time.

Source: the plan's own wording of how often it is revised (Handlingsplan.ordlyd). How due dates are found and met
stands in docs/arkitektur.md, «Planen revideres i tide». Pure: editions and reviews come in, and so does the day.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from tiltak.models import Planutgave

TRINN_FOR = (9, 6, 3, 1)  # months before the due date


class Revisjonstilstand(StrEnum):
    """How a plan stands to its revision."""

    INGEN_UTGAVE = "ingen_utgave"  # no edition in force
    UTEN_PERIODE = "uten_periode"  # missing, but no alarm
    I_RUTE = "i_rute"  # met, or the first reminder has not come
    MANGLER = "mangler"  # the due date comes nearer
    FORFALT = "forfalt"  # the due date has passed


@dataclass(frozen=True)
class Revisjonsfrist:
    """One due date, and the day it was met."""

    dato: dt.date
    oppfylt: dt.date | None


@dataclass(frozen=True)
class Revisjon:
    """How a plan stands to its revision on one day. `frist` is the date that is spoken of, or the next one."""

    tilstand: Revisjonstilstand
    frist: dt.date | None = None
    frister: tuple[Revisjonsfrist, ...] = ()

    def dager_igjen(self, pr: dt.date) -> int | None:
        """Days left until the due date; negative when it has passed."""
        return None if self.frist is None else (self.frist - pr).days


def forste_trinn(frist: dt.date, intervall: int | None) -> dt.date:
    """The day of a due date's first reminder: 9, 6, 3 or 1 months before, none earlier than half the interval."""
    trinn = [maneder for maneder in TRINN_FOR if intervall is None or 2 * maneder <= intervall]
    return frist - relativedelta(months=max(trinn, default=0))


def revisjonsfrister(
    utgave: Planutgave,
    intervall: int | None,
    gjennomganger: Collection[dt.date],
    senere_vedtatt: Collection[dt.date],
    *,
    til_og_med: dt.date,
) -> list[Revisjonsfrist]:
    """Every due date of the edition in force up to `til_og_med`, the period's end, and the next after it, in order.

    `intervall` is in months. A date is met on the first day that a later edition was adopted, or that the plan
    was gone through without change, after the due date before it; for the first date, after the period's start. One
    late review may thus meet two dates: what counts is that the plan was looked at since the date before. An edition
    without an end has a date for each interval; one without a start has only its end.

    A review after the end sets the next date one interval after the review. Where the text is silent: an end that was
    met by a review before it sets the next date one interval after the end.
    """
    oppfyller = sorted({*gjennomganger, *senere_vedtatt})
    forrige = utgave.periode_fra or dt.date.min
    frister = []
    for dato in _datoer_i_perioden(utgave, intervall, til_og_med):
        frister.append(Revisjonsfrist(dato, next((dag for dag in oppfyller if dag > forrige), None)))
        forrige = dato
    neste = _etter_perioden(utgave, intervall, gjennomganger, frister)
    if neste is not None and not senere_vedtatt:
        frister.append(Revisjonsfrist(neste, None))
    return frister


def revisjon(
    utgaver: Iterable[Planutgave], intervall: int | None, gjennomganger: Collection[dt.date], pr: dt.date
) -> Revisjon:
    """How a plan stands to its revision on `pr`: its editions, the interval in months and the days of its reviews.

    Only the latest unmet date whose first reminder has come is spoken of.
    """
    alle = list(utgaver)
    gjeldende = max((utgave for utgave in alle if utgave.gjelder(pr)), key=_nummer, default=None)
    if gjeldende is None:
        return Revisjon(Revisjonstilstand.INGEN_UTGAVE)
    if gjeldende.periode_til is None and (gjeldende.periode_fra is None or intervall is None):
        return Revisjon(Revisjonstilstand.UTEN_PERIODE)
    senere = [utgave.vedtatt for utgave in alle if utgave.vedtatt and _nummer(utgave) > _nummer(gjeldende)]
    frister = revisjonsfrister(
        gjeldende,
        intervall,
        [dag for dag in gjennomganger if dag <= pr],
        [dag for dag in senere if dag <= pr],
        til_og_med=pr + relativedelta(months=max(TRINN_FOR)),
    )
    omtalt = [f for f in frister if f.oppfylt is None and forste_trinn(f.dato, intervall) <= pr]
    if omtalt:
        frist = omtalt[-1].dato
        tilstand = Revisjonstilstand.FORFALT if frist < pr else Revisjonstilstand.MANGLER
        return Revisjon(tilstand, frist, tuple(frister))
    neste = next((f.dato for f in frister if f.oppfylt is None), None)
    return Revisjon(Revisjonstilstand.I_RUTE, neste, tuple(frister))


def _nummer(utgave: Planutgave) -> tuple[int, int]:
    return utgave.hovednummer, utgave.undernummer


def _datoer_i_perioden(utgave: Planutgave, intervall: int | None, til_og_med: dt.date) -> list[dt.date]:
    """Start + k × interval inside the period, and the period's end."""
    slutt = utgave.periode_til
    datoer = []
    if utgave.periode_fra is not None and intervall:
        siste = slutt or til_og_med
        ganger = 1
        while (dato := utgave.periode_fra + relativedelta(months=ganger * intervall)) <= siste:
            datoer.append(dato)
            ganger += 1
    return datoer if slutt is None or slutt in datoer else [*datoer, slutt]


def _etter_perioden(
    utgave: Planutgave, intervall: int | None, gjennomganger: Collection[dt.date], frister: list[Revisjonsfrist]
) -> dt.date | None:
    if not intervall or utgave.periode_til is None:
        return None
    slutt = utgave.periode_til
    anker = max((dag for dag in gjennomganger if dag > slutt), default=None)
    if anker is None and frister and frister[-1].oppfylt is not None:
        anker = slutt
    return None if anker is None else anker + relativedelta(months=intervall)
