"""When standing duties and agreements fall due, and in which words. The day comes in."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from felles.forberedt import forberedt
from felles.norsk import dag, dato
from organisering.models import Arshjulpunkt, Avtale, Fridag, Samarbeid

VALGAR_REST = (
    3  # municipal elections are held in September of 2019, 2023, 2027 …: every year that leaves 3 when divided by 4
)
Nar = Arshjulpunkt.Nar


@forberedt
def fridagene(samarbeid: Samarbeid, fra: dt.date, til: dt.date) -> QuerySet[Fridag]:
    """The days off that touch the days `fra`–`til`, both included."""
    return Fridag.objects.filter(samarbeid=samarbeid).i_tiden(fra, til)


def kommunestyreperiode(pr: dt.date) -> tuple[int, int]:
    """The years of the municipal council that sits on `pr`, elected in September 2019, 2023, 2027 and so on.

    The council takes its seat in October, so the day of change is set to 1 October.
    """
    valgar = pr.year - (pr.year - VALGAR_REST) % 4
    if (pr.year, pr.month) < (valgar, 10):
        valgar -= 4
    return valgar, valgar + 4


def neste_frist(punkt: Arshjulpunkt, pr: dt.date) -> dt.date | None:
    """The first day on or after `pr` that the duty must be done by; None for an item at meetings, or when it has ended.

    Spring ends 30 June and autumn 31 December, as half-years do elsewhere; a council's period ends 30 September.
    """
    pr = max(pr, punkt.fra or pr)
    frist = next((f for f in _frister(punkt, pr) if f >= pr), None)
    return None if frist is None or (punkt.til is not None and frist > punkt.til) else frist


def forrige_frist(punkt: Arshjulpunkt, pr: dt.date) -> dt.date | None:
    """The last day before `pr` that the duty was to be done by; None when it was not a duty then."""
    frist = next((f for f in reversed(_frister(punkt, pr)) if f < pr), None)
    for_tidlig = frist is not None and punkt.fra is not None and frist < punkt.fra
    for_sent = frist is not None and punkt.til is not None and frist > punkt.til
    return None if for_tidlig or for_sent else frist


def _frister(punkt: Arshjulpunkt, pr: dt.date) -> list[dt.date]:
    """The days around `pr`, in order: one before it at least, and one on or after it."""
    ar_ = (pr.year - 1, pr.year, pr.year + 1)
    if punkt.nar == Nar.VAR:
        return [dt.date(ar, 6, 30) for ar in ar_]
    if punkt.nar == Nar.HOST:
        return [dt.date(ar, 12, 31) for ar in ar_]
    if punkt.nar == Nar.KOMMUNESTYRE:
        return [dt.date(ar, 9, 30) for ar in kommunestyreperiode(pr)]
    return [frist for ar in ar_ if (frist := punkt.datoen(ar)) is not None]


# In words


def nar_i_ord(punkt: Arshjulpunkt) -> str:
    """«Hvert år innen 1. desember», «På hvert møte i Koordineringsgruppe»."""
    if punkt.nar == Nar.HVERT_MOTE and punkt.gruppe is not None:
        return _("På hvert møte i %(gruppe)s") % {"gruppe": punkt.gruppe.visningsnavn}
    datoen = punkt.datoen(2024)  # a year with every date
    return _("Hvert år innen %(dag)s") % {"dag": dag(datoen)} if datoen else str(punkt.get_nar_display())


def avtale_i_ord(avtale: Avtale, pr: dt.date) -> str:
    """When it was made, and when it is to be renewed."""
    ledd = [_("Inngått %(dato)s.") % {"dato": dato(avtale.inngatt)}] if avtale.inngatt else []
    frist = avtale.fornyes_innen
    if avtale.til is not None and avtale.til < pr:
        ledd.append(_("Gjaldt til %(dato)s.") % {"dato": dato(avtale.til)})
    elif frist is None:
        ledd.append(_("Det er ikke oppgitt når den skal fornyes."))
    elif frist < pr:
        ledd.append(_("Skulle vært fornyet innen %(dato)s.") % {"dato": dato(frist)})
    else:
        ledd.append(_("Fornyes innen %(dato)s.") % {"dato": dato(frist)})
    return " ".join(ledd)
