"""How a measure stands, derived from facts and one day. The same in SQL: `Tiltak.objects.med_tilstand(pr)`.

Source: the design, sections 2 and 3: the first that fits of avsluttet, gjort (a rhythm: in its present round), forfalt,
trenger hjelp, mangler status, i gang, ikke startet. Where the text is silent, each function says what is decided.
"""

import calendar
import datetime as dt

from dateutil.relativedelta import relativedelta

from felles.tid import oslo_dato
from organisering.models import Samarbeid
from tiltak.models import Statusmelding, Tilstand, Tiltak
from tiltak.models.tilstand import LOPER_ALT, MANEDER_I_RUNDEN, maned_nr

Status = Statusmelding.Status


def tilstand(tiltak: Tiltak, siste_melding: Statusmelding | None, samarbeid: Samarbeid, pr: dt.date) -> Tilstand:
    """The state on `pr`. `siste_melding` is the last report made on or before that day.

    A date that is still ahead (avsluttet, gjort, startet) is a plan and no fact yet. A deadline is met on the day
    itself; only a measure without a rhythm has one, so a rhythm is never «forfalt». «Trenger hjelp» stands until the
    next report. That the measure's own time is over (`slutt`) changes no state: someone must say how it ended.
    """
    if tiltak.avsluttet is not None and tiltak.avsluttet <= pr:
        return Tilstand.AVSLUTTET
    if er_gjort(tiltak, siste_melding, pr):
        return Tilstand.GJORT
    if tiltak.frist is not None and tiltak.frist < pr:
        return Tilstand.FORFALT
    if siste_melding is not None and siste_melding.status == Status.TRENGER_HJELP:
        return Tilstand.TRENGER_HJELP
    if mangler_status(tiltak, siste_melding, samarbeid, pr):
        return Tilstand.MANGLER_STATUS
    return Tilstand.I_GANG if er_i_gang(tiltak, siste_melding, pr) else Tilstand.IKKE_STARTET


def er_gjort(tiltak: Tiltak, siste_melding: Statusmelding | None, pr: dt.date) -> bool:
    """Whether the measure is done: the fact, or a last report that says so.

    A measure with a rhythm is done in its round: the calendar month, half-year or year that holds `pr`. When the
    measure's own time is over, its last round stands. A continuous measure has no rounds and is never done, whatever
    is reported: it goes on until it is «avsluttet». A later report takes an earlier «gjort» back; the fact stands.
    """
    meldt = meldt_dato(siste_melding) if siste_melding and siste_melding.status == Status.GJORT else None
    gjort = tiltak.gjort if tiltak.gjort and tiltak.gjort <= pr else None
    dager = [dag for dag in (meldt, gjort) if dag is not None]
    if not tiltak.rytme:
        return bool(dager)
    bredde = MANEDER_I_RUNDEN.get(tiltak.rytme)
    if bredde is None:
        return False
    runden = maned_nr(min(tiltak.slutt or pr, pr)) // bredde
    return any(maned_nr(dag) // bredde >= runden for dag in dager)


def mangler_status(tiltak: Tiltak, siste_melding: Statusmelding | None, samarbeid: Samarbeid, pr: dt.date) -> bool:
    """Whether nothing has been reported for one status rhythm.

    Counted in calendar months from the latest of the last report, the measure's start, planned or real, and the day
    the Samarbeid began to follow up; until that day is set nothing is missing. The 31st becomes the last day of a
    shorter month. A measure that starts later lacks nothing yet.

    A yearly measure with a month of its own is asked about in the month after (the design, section 8), so it lacks a
    status only when that month is over too, and nothing has been reported since the first day of its own month.
    """
    if samarbeid.oppfolging_fra is None:
        return False
    begynt = max(dag for dag in (samarbeid.oppfolging_fra, tiltak.start, tiltak.startet) if dag)
    meldt = meldt_dato(siste_melding)
    grunnlag = max(begynt, meldt or begynt)
    if grunnlag + relativedelta(months=samarbeid.statusrytme) > pr:
        return False
    if tiltak.rytme_maned is None:
        return True
    siste_tid = maned_nr(pr) - 2 - (maned_nr(pr) - 1 - tiltak.rytme_maned) % 12
    return maned_nr(begynt) <= siste_tid and (meldt is None or maned_nr(meldt) < siste_tid)


def er_i_gang(tiltak: Tiltak, siste_melding: Statusmelding | None, pr: dt.date) -> bool:
    """Whether anything says that the work has begun.

    A report that says more than «ikke startet»; a fact (startet, or gjort in an earlier round) not older than such a
    report; or, until somebody reports, an origin that says the work ran before: videreført or ordinær drift. A planned
    start that has passed is no fact.
    """
    if siste_melding is not None and siste_melding.status != Status.IKKE_STARTET:
        return True
    fakta = [dag for dag in (tiltak.startet, tiltak.gjort) if dag and dag <= pr]
    meldt = meldt_dato(siste_melding)
    if meldt is not None:
        return any(dag >= meldt for dag in fakta)
    return bool(fakta) or (tiltak.opphav in LOPER_ALT and (tiltak.start is None or tiltak.start <= pr))


def meldt_dato(melding: Statusmelding | None) -> dt.date | None:
    """The Norwegian day of a report."""
    return oslo_dato(melding.meldt) if melding is not None else None


def neste_gang(tiltak: Tiltak, pr: dt.date, *, gjort: bool) -> dt.date | None:
    """The next day of a measure that comes every year on a day: today counts, unless this year's is done.

    29 February is the 28th in a common year, and the 31st the last day of a shorter month. None when no day is given,
    or when the measure's own time is over before it.
    """
    if tiltak.rytme_maned is None or tiltak.rytme_dag is None:
        return None
    dag = _i_aret(tiltak, pr.year)
    if dag < pr or gjort:
        dag = _i_aret(tiltak, pr.year + 1)
    while tiltak.start is not None and dag < tiltak.start:
        dag = _i_aret(tiltak, dag.year + 1)
    return None if tiltak.slutt is not None and dag > tiltak.slutt else dag


def _i_aret(tiltak: Tiltak, ar: int) -> dt.date:
    assert tiltak.rytme_maned is not None
    assert tiltak.rytme_dag is not None
    siste_dag = calendar.monthrange(ar, tiltak.rytme_maned)[1]
    return dt.date(ar, tiltak.rytme_maned, min(tiltak.rytme_dag, siste_dag))
