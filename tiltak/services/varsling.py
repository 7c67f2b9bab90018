"""Reminders about plans: asks the rules, and writes what people must hear of."""

import datetime as dt
from collections.abc import Collection, Iterator
from functools import partial

from django.urls import reverse

from organisering.rules.mottakere import Mottaker, unike
from organisering.rules.ord import fristsetning
from organisering.services.paminnelser import Runde, gjennomga
from tiltak.models import Handlingsplan
from tiltak.rules import varsler as regler
from tiltak.rules.revisjon import Revisjonsfrist, revisjon
from varsling.services import Ord, Paminnelse, Plan

REVISJON = "revisjon"


def varsle_revisjon(naa: dt.datetime) -> Plan:
    """Tells the coordinator and those who prepare the plan that its revision comes nearer, or is overdue."""
    return gjennomga(REVISJON, naa, finn_revisjon)


def finn_revisjon(runde: Runde) -> Iterator[Paminnelse]:
    planer = (
        Handlingsplan.objects.filter(samarbeid__in=runde.samarbeid)
        .select_related("utarbeides_av", "vedtas_av", "kilde")
        .prefetch_related("utgaver", "gjennomganger")
        .order_by("pk")
    )
    for plan in planer:
        stand = revisjon(
            plan.utgaver.all(), plan.revisjon_maneder, [g.dato for g in plan.gjennomganger.all()], runde.til
        )
        for dag in runde.dager(plan.samarbeid_id):
            yield from _den_dagen(runde, plan, stand.frister, dag)


def _den_dagen(
    runde: Runde, plan: Handlingsplan, frister: Collection[Revisjonsfrist], dag: dt.date
) -> Iterator[Paminnelse]:
    stille, fra = runde.stille(plan.samarbeid_id), runde.fra(plan.samarbeid_id)
    naa = regler.revisjonsstand(frister, plan.revisjon_maneder, dag, stille, fra)
    if naa is not None and runde.er_ny(naa[1].trinn, dag, plan.samarbeid_id):
        frist, stand = naa
        yield from runde.til_hver(
            plan.samarbeid_id,
            _mottakere(runde, plan, stand.trinn.navn),
            stand,
            partial(_ord, plan, frist, dag),
            objekt=f"plan-{plan.pk}",
            dag=dag,
            runde=frist.isoformat(),
            forfall=frist,
            lenke=reverse("tiltak:plan", args=[runde.samarbeid[plan.samarbeid_id].slug, plan.pk]),
        )


def _mottakere(runde: Runde, plan: Handlingsplan, trinn: str) -> list[Mottaker]:
    grupper = [plan.utarbeides_av, plan.vedtas_av if regler.er_pa_fristen(trinn) else None]
    ledere = [leder for gruppe in grupper if gruppe is not None for leder in runde.bok.for_gruppe(gruppe)]
    return unike([*runde.bok.koordinator(plan.samarbeid_id), *ledere])


def _ord(plan: Handlingsplan, frist: dt.date, pr: dt.date) -> Ord:
    kilde = [plan.kilde.tittel if plan.kilde else "", plan.kildested]
    return Ord(
        gjelder=regler.revisjonsoverskrift(plan.navn, frist, pr),
        setning=fristsetning(frist, pr),
        ordlyd=plan.ordlyd,
        kilde=", ".join(ledd for ledd in kilde if ledd),
    )
