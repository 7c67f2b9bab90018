"""Whether the reminders of one Samarbeid go as they should: said to the coordinator on the overview."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, CharField, Count, DateField, F, IntegerField, Max, Subquery, Value
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import dato
from felles.tid import OSLO
from organisering.models import Samarbeid
from varsling.models import Framsyn, Kjoring

LENGST_MELLOM = dt.timedelta(hours=26)  # a daily job, and two hours for a late start
KJORT, UTEN = "kjort", "uten_mottaker"


def rader(samarbeid: Any, siden: dt.datetime) -> list[Any]:
    """For the overview's one query of small things: how many jobs ran after `siden`, and what nobody can be told."""
    alle: Any = Kjoring.objects.filter(jobb__in=settings.PLANJOBBER, ferdig__isnull=False, feil="").order_by()
    alle = alle.annotate(en=Value(1)).values("en")
    nylig = alle.filter(ferdig__gt=siden).annotate(svar=Count("jobb", distinct=True)).values("svar")
    sist = alle.annotate(svar=TruncDate(Max("ferdig"), tzinfo=OSLO)).values("svar")
    felles = {"s_tekst": Value("", CharField()), "s_eksempel": Value(False, BooleanField())}
    return [
        Samarbeid.objects.filter(pk=samarbeid).annotate(
            s_slag=Value(KJORT, CharField()),
            s_id=Coalesce(Subquery(nylig, output_field=IntegerField()), 0),
            s_dato=Cast(Subquery(sist), DateField()),
            **felles,
        ),
        Framsyn.objects.filter(samarbeid=samarbeid, uten_mottaker__gt=0).annotate(
            s_slag=Value(UTEN, CharField()),
            s_id=F("uten_mottaker"),
            s_dato=Cast(Value(None), DateField()),
            **felles,
        ),
    ]


def etterslep(samarbeid: Samarbeid, pr: dt.date, funnet: Iterable[Any]) -> list[str]:
    """What has not run, and what nobody can be told of, a sentence each. `funnet` are the rows that came of `rader`."""
    if samarbeid.oppfolging_fra is None or samarbeid.oppfolging_fra >= pr:
        return []
    setninger = {KJORT: _jobbene, UTEN: _uten_mottaker}
    alle = [setninger[rad.slag](rad.id, rad.dato) for rad in funnet if rad.slag in setninger]
    return [setning for setning in alle if setning]


def _jobbene(ferdige: int, sist: dt.date | None) -> str:
    hvem = _("Si fra til den som driver portalen.")
    if ferdige >= len(settings.PLANJOBBER):
        return ""
    if sist is None:
        return " ".join([_("Ingen påminnelser er regnet ut ennå."), hvem])
    if ferdige:
        return " ".join([_("Noen av dagens påminnelser er ikke regnet ut."), hvem])
    return " ".join([_("Påminnelsene er ikke regnet ut siden %(dato)s.") % {"dato": dato(sist)}, hvem])


def _uten_mottaker(antall: int, _dato: dt.date | None) -> str:
    setning = ngettext(
        "Én ting skal minnes om, men ingen kan få det.",
        "%(antall)s ting skal minnes om, men ingen kan få det.",
        antall,
    )
    return setning % {"antall": antall}
