"""When people are told of a plan or a measure. Source: the design, section 8."""

import datetime as dt
from collections.abc import Collection

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import dato
from felles.stille import Stilledager
from felles.trinn import FORFALT, Trinn, Trinnstand, etter_forfall, gjeldende_trinn
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


def revisjonssetning(frist: dt.date, pr: dt.date) -> str:
    """When it is or was due, and how long until or since."""
    if frist == pr:
        return _("Fristen er i dag.")
    dager = abs((frist - pr).days)
    ord_ = {"frist": dato(frist), "dager": dager}
    if frist < pr:
        over = ngettext("for %(dager)s dag siden", "for %(dager)s dager siden", dager) % ord_
        return _("Fristen var %(frist)s, %(over)s.") % (ord_ | {"over": over})
    igjen = ngettext("om %(dager)s dag", "om %(dager)s dager", dager) % ord_
    return _("Fristen er %(frist)s, %(igjen)s.") % (ord_ | {"igjen": igjen})


def er_pa_fristen(trinn: str) -> bool:
    """Whether the rung is the one on the due date itself: then those who adopt the plan hear of it too."""
    return trinn == FORFALT
