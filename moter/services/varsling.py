"""Reminders about meetings: asks the rules, and writes what people must hear of."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import partial

from django.urls import reverse

from felles.tid import OSLO, oslo_dato
from felles.trinn import gjeldende_trinn
from moter.models import Mote
from moter.rules import varsler as regler
from moter.rules.motehyppighet import Motefakta, motestatus, vurderes_fra
from organisering.models import Gruppe, Motekrav, Verv
from organisering.rules.mottakere import Kontaktbok, Mottaker, unike
from organisering.services.paminnelser import Runde, gjennomga
from varsling.services import Ord, Paminnelse, Plan

MOTEHYPPIGHET = "motehyppighet"


def varsle_motehyppighet(naa: dt.datetime) -> Plan:
    """Tells innkaller, leder and coordinator of groups that lack meetings."""
    return gjennomga(MOTEHYPPIGHET, naa, finn_motehyppighet)


def finn_motehyppighet(runde: Runde) -> Iterator[Paminnelse]:
    grupper = list(
        Gruppe.objects.filter(samarbeid__in=runde.samarbeid).aktive(runde.pr).motende().med_nivaer().order_by("pk")
    )
    krav_til = _krav(grupper, runde.pr)
    fakta = _fakta(grupper, krav_til, runde)
    for gruppe in grupper:
        for krav in krav_til[gruppe.regelbarer_id]:
            yield from _paminn(runde, gruppe, krav, fakta[gruppe.pk])


def _krav(grupper: Collection[Gruppe], pr: dt.date) -> dict[int, list[Motekrav]]:
    """The requirements in force that can be broken, by the group that bears them."""
    krav_til: dict[int, list[Motekrav]] = defaultdict(list)
    rader = Motekrav.objects.filter(gruppe__in={gruppe.regelbarer_id for gruppe in grupper}).aktive(pr)
    for rad in rader.exclude(slag=Motekrav.Slag.ORD).select_related("kilde").order_by("pk"):
        krav_til[rad.gruppe_id].append(rad)
    return krav_til


def _fakta(
    grupper: Collection[Gruppe], krav_til: dict[int, list[Motekrav]], runde: Runde
) -> dict[int, list[Motefakta]]:
    """The meetings that count, by group, since the first day that any requirement looks back to. One query."""
    fra = [
        regler.vindu(krav, vurderes, runde.pr)[0]
        for gruppe in grupper
        for krav in krav_til[gruppe.regelbarer_id]
        if (vurderes := vurderes_fra(krav, gruppe, runde.samarbeid[gruppe.samarbeid_id])) is not None
    ]
    fakta: dict[int, list[Motefakta]] = defaultdict(list)
    if fra:
        start = dt.datetime.combine(min(fra), dt.time(), OSLO)
        moter = Mote.objects.filter(samarbeid__in=runde.samarbeid, avlyst__isnull=True, start__gte=start)
        for gruppe_id, tid, holdt in moter.order_by("start").values_list("gruppe_id", "start", "holdt"):
            fakta[gruppe_id].append(Motefakta(oslo_dato(tid), holdt is not None))
    return fakta


def _paminn(runde: Runde, gruppe: Gruppe, krav: Motekrav, fakta: list[Motefakta]) -> Iterator[Paminnelse]:
    samarbeid = runde.samarbeid[gruppe.samarbeid_id]
    vurderes = vurderes_fra(krav, gruppe, samarbeid)
    if vurderes is None:
        return
    pausedager = runde.pausedager(samarbeid.pk)
    for dag in runde.dager(samarbeid.pk):
        fra, til = regler.vindu(krav, vurderes, dag)
        statuser = motestatus(
            krav, fakta, fra=fra, til=til, pr=dag, vurderes=vurderes, slutt=gruppe.til, pausedager=pausedager
        )
        for stige in regler.motestiger(krav, statuser, dag):
            yield from _stigen(runde, gruppe, krav, stige, dag)


def _stigen(
    runde: Runde, gruppe: Gruppe, krav: Motekrav, stige: regler.Motestige, dag: dt.date
) -> Iterator[Paminnelse]:
    """The rung of one ladder whose turn it is on `dag`."""
    samarbeid = runde.samarbeid[gruppe.samarbeid_id]
    stille, fra = runde.stille(samarbeid.pk), runde.fra(samarbeid.pk)
    stand = gjeldende_trinn([trinn for trinn, _status in stige.trinn], dag, stille, slutt=stige.slutt, fra=fra)
    if stand is not None and runde.er_ny(stand.trinn, dag, samarbeid.pk):
        yield from runde.til_hver(
            samarbeid.pk,
            _innkallere(runde.bok, gruppe),
            stand,
            partial(_ord, gruppe, krav, stige, stand.trinn.navn, dag),
            objekt=f"krav-{krav.pk}-gruppe-{gruppe.pk}",
            om=f"gruppe-{gruppe.pk}",
            dag=dag,
            runde=stige.runde,
            forfall=stige.status(stand.trinn.navn).til,
            lenke=reverse("organisering:gruppe", args=[samarbeid.slug, gruppe.pk]),
        )


def _innkallere(bok: Kontaktbok, gruppe: Gruppe) -> list[Mottaker]:
    return unike(
        [
            *bok.koordinator(gruppe.samarbeid_id),
            *bok.for_gruppe(gruppe, Verv.Slag.INNKALLER),
            *bok.for_gruppe(gruppe, Verv.Slag.LEDER),
        ]
    )


def _ord(gruppe: Gruppe, krav: Motekrav, stige: regler.Motestige, trinn: str, pr: dt.date) -> Ord:
    return Ord(
        gjelder=regler.overskrift(gruppe.visningsnavn, stige, trinn),
        setning=regler.setning(stige, trinn, pr),
        ordlyd=krav.ordlyd,
        kilde=", ".join(ledd for ledd in (krav.kilde.tittel if krav.kilde else "", krav.kildested) if ledd),
    )
