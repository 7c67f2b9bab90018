"""The daily plan of each job: once a day, after six in Norway, also on a machine that was asleep at six."""

import datetime as dt
from collections.abc import Callable, Collection

from felles.tid import OSLO, oslo_dato
from varsling.models import Kjoring
from varsling.services.planlegging import Plan

KLOKKA = dt.time(6)


def dagens(jobb: str, naa: dt.datetime, planen: Callable[[dt.datetime], Plan]) -> int:
    """Runs today's plan of the job, unless it is before six or done already; how many new things it found to tell."""
    if naa.astimezone(OSLO).time() < KLOKKA or _ferdige([jobb], naa):
        return 0
    return len(kjor(jobb, naa, planen).nye)


def kjor(jobb: str, naa: dt.datetime, planen: Callable[[dt.datetime], Plan]) -> Plan:
    """Runs the plan now and leaves its heartbeat, also when it fails; then the next sweep tries again."""
    dag = oslo_dato(naa)
    rad = Kjoring.objects.filter(jobb=jobb, dag=dag, ferdig__isnull=True).first() or Kjoring(jobb=jobb, dag=dag)
    rad.startet, rad.feil = naa, ""
    rad.save()
    try:
        plan = planen(naa)
    except Exception as feil:
        rad.feil = type(feil).__name__  # never its words: they may hold what people wrote
        rad.save(update_fields=["feil"])
        raise
    rad.ferdig, rad.funnet, rad.nye = naa, plan.funnet, len(plan.nye)
    rad.save(update_fields=["ferdig", "funnet", "nye"])
    return plan


def alle_har_provd(jobber: Collection[str], naa: dt.datetime) -> bool:
    """Whether each job has finished today's plan, or tried and failed: one that fails holds back no other's mail."""
    return _ferdige(jobber, naa) | _feilet(jobber, naa) >= set(jobber)


def _ferdige(jobber: Collection[str], naa: dt.datetime) -> set[str]:
    dagens_ = Kjoring.objects.filter(jobb__in=jobber, dag=oslo_dato(naa))
    return set(dagens_.filter(ferdig__isnull=False).values_list("jobb", flat=True))


def _feilet(jobber: Collection[str], naa: dt.datetime) -> set[str]:
    return set(
        Kjoring.objects.filter(jobb__in=jobber, dag=oslo_dato(naa)).exclude(feil="").values_list("jobb", flat=True)
    )
