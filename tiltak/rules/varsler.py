"""When people are told of a plan or a measure. Source: the design, section 8."""

import datetime as dt
from collections.abc import Collection

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.stille import Stilledager
from felles.trinn import FORFALT, Trinn, Trinnstand, etter_forfall, gjeldende_trinn
from organisering.rules.ord import stor_forbokstav, tallord
from tiltak.rules.revisjon import TRINN_FOR, Revisjonsfrist

# The revision of a plan


def revisjonstrinn(frist: dt.date, intervall: int | None, pr: dt.date) -> list[Trinn]:
    """9, 6, 3 and 1 months before, none earlier than half the interval; on the day; then each month until `pr`."""
    for_ = [
        Trinn(f"{maneder}-maneder-for", frist - relativedelta(months=maneder), mot_dato=True)
        for maneder in TRINN_FOR
        if intervall is None or 2 * maneder <= intervall
    ]
    over = max(0, (pr.year - frist.year) * 12 + pr.month - frist.month)
    return [*for_, *etter_forfall(frist, [frist + relativedelta(months=nr) for nr in range(1, over + 1)])]


def revisjonsstand(
    frister: Collection[Revisjonsfrist], intervall: int | None, pr: dt.date, stille: Stilledager, fra: dt.date
) -> tuple[dt.date, Trinnstand] | None:
    """The latest unmet due date whose first rung has come, and its rung."""
    for frist in sorted((f.dato for f in frister if f.oppfylt is None), reverse=True):
        stand = gjeldende_trinn(revisjonstrinn(frist, intervall, pr), pr, stille, fra=fra)
        if stand is not None:
            return frist, stand
    return None


def revisjonsoverskrift(plan: str, frist: dt.date, pr: dt.date) -> str:
    if frist < pr:
        return _("Planen skulle vært revidert: %(plan)s") % {"plan": plan}
    return _("Planen skal snart revideres: %(plan)s") % {"plan": plan}


def er_pa_fristen(trinn: str) -> bool:
    """Whether the rung is the one on the due date itself: then those who adopt the plan hear of it too."""
    return trinn == FORFALT


# A measure's deadline

FOR_FRISTEN = (30, 7, 1)
MELLOM = 14  # days between the reminders after a due date
FLEST = 6  # then the coordinator alone goes on hearing of it


def fristtrinn(frist: dt.date, pr: dt.date) -> list[Trinn]:
    """30, 7 and 1 days before; on the day; then every fortnight until `pr`."""
    for_ = [Trinn(f"{dager}-dager-for", frist - dt.timedelta(days=dager), mot_dato=True) for dager in FOR_FRISTEN]
    over = max(0, (pr - frist).days // MELLOM)
    return [*for_, *etter_forfall(frist, [frist + dt.timedelta(days=MELLOM * nr) for nr in range(1, over + 1)])]


def er_for_koordinator(trinn: str) -> bool:
    """Whether those who answer for it have been reminded often enough."""
    _navn, _skille, nummer = trinn.partition(f"{FORFALT}-")
    return nummer.isdecimal() and int(nummer) > FLEST


def fristoverskrift(tittel: str, frist: dt.date, pr: dt.date) -> str:
    if frist < pr:
        return _("Tiltaket er ikke meldt ferdig: %(tittel)s") % {"tittel": tittel}
    return _("Fristen nærmer seg: %(tittel)s") % {"tittel": tittel}


# A status report

MINST_MELLOM = dt.timedelta(days=30)  # no question so soon after somebody has reported


def statustrinn(grunnlag: dt.date, rytme: int, meldt: dt.date | None, pr: dt.date) -> list[Trinn]:
    """One rhythm after the last report, or after the day the waiting began; then each rhythm until `pr`."""
    tidligst = meldt + MINST_MELLOM if meldt else dt.date.min
    antall = max(0, (pr.year - grunnlag.year) * 12 + pr.month - grunnlag.month) // rytme
    dager = [grunnlag + relativedelta(months=rytme * nr) for nr in range(1, antall + 1)]
    return [Trinn(f"rytme-{nr}", max(dag, tidligst)) for nr, dag in enumerate(dager, start=1)]


def arlig_statustrinn(maned: int, begynt: dt.date, meldt: dt.date | None, pr: dt.date) -> list[Trinn]:
    """In the month after a yearly measure's own, unless something was reported since that month began."""
    ar = pr.year if (pr.year, pr.month) > (pr.year, maned) else pr.year - 1
    gangen = dt.date(ar, maned, 1)
    if gangen < begynt.replace(day=1) or (meldt is not None and meldt >= gangen):
        return []
    tidligst = meldt + MINST_MELLOM if meldt else dt.date.min
    return [Trinn(f"etter-{ar}", max(gangen + relativedelta(months=1), tidligst))]


# What the coordinator must put right


def manedstrinn(pr: dt.date) -> list[Trinn]:
    """The first of this month and of the last one: once a month, and after a quiet month only once."""
    dager = [pr.replace(day=1) - relativedelta(months=1), pr.replace(day=1)]
    return [Trinn(f"{dag:%Y-%m}", dag) for dag in dager]


def mangelsetning(plasser: int, ansvar: int, fullmakter: int) -> str:
    """«Én plass må besettes. To ansvar er ikke avklart.»"""
    ledd = [
        ngettext("%(n)s plass som må besettes, er ledig.", "%(n)s plasser som må besettes, er ledige.", plasser)
        % {"n": stor_forbokstav(tallord(plasser))}
        if plasser
        else "",
        ngettext("%(n)s ansvar er ikke avklart.", "%(n)s ansvar er ikke avklart.", ansvar)
        % {"n": stor_forbokstav(tallord(ansvar, intetkjonn=True))}
        if ansvar
        else "",
        ngettext("%(n)s fullmakt er utløpt.", "%(n)s fullmakter er utløpt.", fullmakter)
        % {"n": stor_forbokstav(tallord(fullmakter))}
        if fullmakter
        else "",
    ]
    return " ".join(filter(None, ledd))
