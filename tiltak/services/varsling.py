"""Reminders about plans: asks the rules, and writes what people must hear of."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from organisering.rules.mottakere import Mottaker, unike
from organisering.services.paminnelser import Runde, gjennomga
from tiltak.models import Handlingsplan
from tiltak.rules import varsler as regler
from tiltak.rules.revisjon import revisjon
from varsling.services import Ord, Paminnelse, Plan

REVISJON = "revisjon"


def varsle_revisjon(naa: dt.datetime) -> Plan:
    """Tells the coordinator and those who prepare the plan that its revision comes nearer, or is overdue."""
    return gjennomga(REVISJON, naa, _revisjon)


def _revisjon(runde: Runde) -> Iterator[Paminnelse]:
    planer = (
        Handlingsplan.objects.filter(samarbeid__in=runde.samarbeid)
        .select_related("utarbeides_av", "vedtas_av", "kilde")
        .prefetch_related("utgaver", "gjennomganger")
        .order_by("pk")
    )
    for plan in planer:
        stand = revisjon(
            plan.utgaver.all(), plan.revisjon_maneder, [g.dato for g in plan.gjennomganger.all()], runde.pr
        )
        naa = regler.revisjonsstand(
            stand.frister,
            plan.revisjon_maneder,
            runde.pr,
            runde.stille(plan.samarbeid_id),
            runde.fra(plan.samarbeid_id),
        )
        if naa is not None:
            frist, trinn = naa
            yield from runde.til_hver(
                plan.samarbeid_id,
                _mottakere(runde, plan, trinn.trinn.navn),
                partial(_ord, plan, frist, runde.pr),
                objekt=f"plan-{plan.pk}",
                runde=frist.isoformat(),
                trinn=trinn.trinn.navn,
                forfall=frist,
                lenke=reverse("tiltak:plan", args=[runde.samarbeid[plan.samarbeid_id].slug, plan.pk]),
                forbigatt=tuple(t.navn for t in trinn.forbigatt),
            )


def _mottakere(runde: Runde, plan: Handlingsplan, trinn: str) -> list[Mottaker]:
    grupper = [plan.utarbeides_av, plan.vedtas_av if regler.er_pa_fristen(trinn) else None]
    ledere = [leder for gruppe in grupper if gruppe is not None for leder in runde.bok.for_gruppe(gruppe)]
    return unike([*runde.bok.koordinator(plan.samarbeid_id), *ledere])


def _ord(plan: Handlingsplan, frist: dt.date, pr: dt.date) -> Ord:
    kilde = [plan.kilde.tittel if plan.kilde else "", plan.kildested]
    return Ord(
        gjelder=regler.revisjonsoverskrift(plan.navn, frist, pr),
        setning=regler.revisjonssetning(frist, pr),
        ordlyd=plan.ordlyd,
        kilde=", ".join(ledd for ledd in kilde if ledd),
    )
