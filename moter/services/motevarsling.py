"""Reminders about single meetings and action items: asks the rules, and writes what people must hear of."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from felles.tid import OSLO
from felles.trinn import Trinn
from moter.models import Deltakelse, Mote, Oppfolging, Sak, Vedlegg
from moter.rules import motevarsler as regler
from moter.rules.innsyn import inhabile
from organisering.models import Verv
from organisering.rules.mottakere import Mottaker, unike
from organisering.services.paminnelser import Runde, gjennomga
from varsling.services import Ord, Paminnelse, Plan

MOTE_HOLDT, MOTE, OPPFOLGING = "mote_holdt", "mote", "oppfolging"


def varsle_mote_holdt(naa: dt.datetime) -> Plan:
    """Asks sekretær and coordinator whether a meeting past its time was held."""
    return gjennomga(MOTE_HOLDT, naa, finn_mote_holdt)


def varsle_mote(naa: dt.datetime) -> Plan:
    """Tells the members of a meeting ahead, and the coordinator when cases or papers lack at the group's own limit."""
    return gjennomga(MOTE, naa, finn_mote)


def varsle_oppfolging(naa: dt.datetime) -> Plan:
    """Tells the owner of an action item that its date comes nearer, or has passed."""
    return gjennomga(OPPFOLGING, naa, finn_oppfolging)


def _til_hver(
    runde: Runde,
    rad: Mote | Oppfolging,
    mottakere: Collection[Mottaker],
    trinn: list[Trinn],
    ord_: Callable[[dt.date], Ord],
    /,
    **felter: Any,
) -> Iterator[Paminnelse]:
    """The rung whose turn it is, to each of them."""
    slutt = felter.pop("slutt", None)
    mote = rad.pk if isinstance(rad, Mote) else rad.mote_id
    side, pk = ("moter:mote", mote) if mote else ("organisering:gruppe", rad.gruppe_id)
    lenke = reverse(side, args=[runde.samarbeid[rad.samarbeid_id].slug, pk])
    for dag, stand in runde.stander(trinn, rad.samarbeid_id, slutt=slutt):
        felles = {"om": f"gruppe-{rad.gruppe_id}", "dag": dag, "lenke": lenke}
        yield from runde.til_hver(rad.samarbeid_id, mottakere, stand, partial(ord_, dag), **felles, **felter)


def _moter(runde: Runde) -> Any:
    """Meetings that are neither held nor cancelled, since the follow-up began, in groups that are there."""
    forst = min(runde.fra(pk) for pk in runde.samarbeid)
    return (
        Mote.objects.filter(samarbeid__in=runde.samarbeid, holdt__isnull=True, avlyst__isnull=True)
        .filter(start__gte=dt.datetime.combine(forst, dt.time(), OSLO))
        .select_related("gruppe")
        .prefetch_related("gruppe__nivaer")
        .order_by("start", "pk")
    )


def finn_mote_holdt(runde: Runde) -> Iterator[Paminnelse]:
    for mote in _moter(runde).filter(slutt__lt=runde.slutten):
        if mote.dato < runde.fra(mote.samarbeid_id):
            continue
        mottakere = [*runde.bok.koordinator(mote.samarbeid_id), *runde.bok.for_gruppe(mote.gruppe, Verv.Slag.SEKRETAR)]
        yield from _til_hver(
            runde,
            mote,
            unike(mottakere),
            regler.holdttrinn(mote.dato, runde.til),
            partial(_holdtord, mote),
            objekt=f"mote-{mote.pk}",
            formal=MOTE_HOLDT,
            objekt_id=mote.pk,
            runde=mote.dato.isoformat(),
        )


def finn_mote(runde: Runde) -> Iterator[Paminnelse]:
    moter = list(_moter(runde).filter(start__gte=runde.naa).annotate(**_om_sakene()))
    svarte: dict[int, dict[int, str]] = defaultdict(dict)
    svar = Deltakelse.objects.filter(mote__in=moter, person__isnull=False).exclude(svar="")
    for mote_id, person_id, hva in svar.values_list("mote_id", "person_id", "svar"):
        svarte[mote_id][person_id] = hva
    for mote in moter:
        felles: dict[str, Any] = {"runde": mote.start.isoformat(), "forfall": mote.dato, "slutt": mote.dato}
        like: dict[tuple[bool, str], list[Mottaker]] = defaultdict(list)  # who is told the same
        for mottaker in runde.bok.medlemmene(mote.gruppe):
            like[mottaker.som == "medlem", svarte[mote.pk].get(mottaker.person_id, "")].append(mottaker)
        for (medlem, svart), mottakere in like.items():
            if svart != Deltakelse.Svar.KAN_IKKE:
                yield from _til_like(runde, mote, mottakere, medlem, svart, felles)
        if mote.gruppe.saksfrist is not None and (mote.uten_papir or not mote.har_saker):
            yield from _til_hver(
                runde,
                mote,
                runde.bok.koordinator(mote.samarbeid_id),
                regler.sakstrinn(mote.dato, mote.gruppe.saksfrist),
                partial(_papirord if mote.har_saker else _saksord, mote),
                objekt=f"mote-{mote.pk}-{'papirer' if mote.har_saker else 'saker'}",
                **felles,
            )


def _om_sakene() -> dict[str, Any]:
    """Whether the meeting has cases besides the standing ones, and how many to be discussed have nothing to read."""
    egne = Sak.objects.filter(mote=OuterRef("pk"), trukket__isnull=True, fast__isnull=True)
    papirer = Vedlegg.objects.gjeldende().filter(sak=OuterRef("pk"))
    uten = egne.exclude(slag=Sak.Slag.ORIENTERING).filter(~Exists(papirer), tekst="").order_by()
    antall = uten.values("mote").annotate(antall=Count("pk")).values("antall")
    return {"har_saker": Exists(egne), "uten_papir": Coalesce(Subquery(antall), 0)}


def _til_like(
    runde: Runde, mote: Mote, mottakere: list[Mottaker], medlem: bool, svart: str, felles: dict[str, Any]
) -> Iterator[Paminnelse]:
    """Who has a seat is asked whether she comes; who only hears of it in the members' place is not."""
    yield from _til_hver(
        runde,
        mote,
        mottakere,
        regler.motetrinn(mote.dato),
        partial(_moteord, mote, medlem, svart),
        objekt=f"mote-{mote.pk}",
        formal=MOTE if medlem else "",
        objekt_id=mote.pk if medlem else None,
        **felles,
    )


def finn_oppfolging(runde: Runde) -> Iterator[Paminnelse]:
    ikke_gjort = Q(gjort__isnull=True) | Q(gjort__gt=runde.pr)
    punkter = (
        Oppfolging.objects.filter(ikke_gjort, samarbeid__in=runde.samarbeid, frist__isnull=False)
        .select_related("gruppe", "eier_person", "eier_plass", "eier_enhet", "sak")
        .prefetch_related("gruppe__nivaer")
        .order_by("frist", "pk")
    )
    stengt_for = inhabile(punkter.order_by())
    for punkt in punkter:
        ute = stengt_for.get(punkt.sak_id or 0, set())
        apne = (_eier(runde, punkt), runde.bok.koordinator(punkt.samarbeid_id))
        yield from _til_hver(
            runde,
            punkt,
            next(filter(None, ([m for m in til if m.person_id not in ute] for til in apne)), []),
            regler.oppfolgingstrinn(punkt.frist, runde.til),
            partial(_oppfolgingsord, punkt),
            objekt=f"oppfolging-{punkt.pk}",
            formal=OPPFOLGING,
            objekt_id=punkt.pk,
            runde=punkt.frist.isoformat(),
            forfall=punkt.frist,
        )


def _eier(runde: Runde, punkt: Oppfolging) -> list[Mottaker]:
    """The owner; where he cannot be reached, or is told by words alone, the group's chain."""
    person = punkt.eier_person
    if person is not None and person.epost and person.is_active:
        return [Mottaker(person.pk, person.epost, person.navn, person.sprak, "eier")]
    if punkt.eier_plass_id is not None:
        return runde.bok.for_plass(punkt.eier_plass_id, punkt.samarbeid_id)
    if punkt.eier_enhet_id is not None:
        return runde.bok.for_enhet(punkt.eier_enhet_id, punkt.samarbeid_id)
    return runde.bok.for_gruppe(punkt.gruppe, Verv.Slag.SEKRETAR)


def _holdtord(mote: Mote, _pr: dt.date) -> Ord:
    return Ord(regler.holdtoverskrift(mote.gruppe.visningsnavn, mote.dato), regler.holdtsetning())


def _moteord(mote: Mote, medlem: bool, svart: str, _pr: dt.date) -> Ord:
    if medlem and not svart:
        return Ord(regler.motesporsmal(mote.start), regler.motesetning(mote.gruppe.visningsnavn, mote.sted, mote.slutt))
    if medlem:
        sted = f"{regler.stedsetning(mote.sted)} {regler.alt_svart()}"
        return Ord(regler.moteoverskrift(mote.gruppe.visningsnavn, mote.start), sted)
    return Ord(regler.moteoverskrift(mote.gruppe.visningsnavn, mote.start), regler.stedsetning(mote.sted))


def _saksord(mote: Mote, _pr: dt.date) -> Ord:
    return Ord(
        regler.saksoverskrift(mote.gruppe.visningsnavn, mote.dato), regler.sakssetning(mote.gruppe.saksfrist or 0)
    )


def _papirord(mote: Any, _pr: dt.date) -> Ord:
    return Ord(
        regler.papiroverskrift(mote.gruppe.visningsnavn, mote.dato, mote.uten_papir),
        regler.sakssetning(mote.gruppe.saksfrist or 0),
    )


def _oppfolgingsord(punkt: Oppfolging, pr: dt.date) -> Ord:
    """An exempt case is told of without its words: a mail may be read by others than its owner."""
    assert punkt.frist is not None
    unntatt = punkt.sak is not None and punkt.sak.unntatt
    tekst = regler.unntatt_oppgave() if unntatt else punkt.tekst
    return Ord(tekst, regler.oppfolgingssetning(punkt.gruppe.visningsnavn, punkt.frist, pr))
