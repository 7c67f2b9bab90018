"""The digest: one mail to each person and day, with all that waits, over all Samarbeid. Written the day it is sent."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, prefetch_related_objects

from felles.stille import stilledager
from felles.tid import oslo_dato
from varsling.models import AvvistAdresse, Epost, Svarlenke, Varsel, Varselvalg
from varsling.services.kjoring import alle_har_provd
from varsling.services.planlegging import OM_GANGEN, biter, hent_pauser
from varsling.services.samlebrev import Samlebrev
from varsling.services.svarlenker import glem_gamle

MANDAG = 0
PERSONER_OM_GANGEN = 200  # all that they hear of is in memory at once, with the words of their mails


class Dagens(NamedTuple):
    """One mail that was written, without its words, so that a whole country's are few bytes."""

    epost_id: int
    adresse: str
    emne: str
    varsler: int


def samle(naa: dt.datetime) -> list[Dagens]:
    """Makes today's mails of what waits: each with how many things it tells. Nobody gets a second one the same day."""
    dag = oslo_dato(naa)
    los_opp_gamle(naa)
    har_fatt = set(Epost.objects.filter(dag=dag, straks=False).values_list("person_id", flat=True))
    skrevet: list[Dagens] = []
    for bit in biter((person for person in _som_venter() if person not in har_fatt), PERSONER_OM_GANGEN):
        skrevet += _skriv_bit(list(_til_hver(bit, dag).values()), dag)
    if skrevet:  # about once a day
        glem_gamle(naa)
    return skrevet


def samle_nar_klart(jobber: Collection[str], naa: dt.datetime) -> int:
    """Today's mails, once all of `jobber` have planned the day, so that a person's one mail holds it all."""
    return len(samle(naa)) if alle_har_provd(jobber, naa) else 0


def los_opp_gamle(naa: dt.datetime) -> None:
    """A digest of an earlier day that no server was ever offered is written anew, since its words may be old."""
    gamle = Epost.objects.filter(
        straks=False, tilstand=Epost.Tilstand.VENTER, forsok=0, dag__lt=oslo_dato(naa)
    ).values_list("pk", flat=True)
    for bit in biter(list(gamle), PERSONER_OM_GANGEN):
        with transaction.atomic():
            ennaa = Epost.objects.select_for_update().filter(pk__in=bit, tilstand=Epost.Tilstand.VENTER, forsok=0)
            pker = list(ennaa.values_list("pk", flat=True))
            Svarlenke.objects.filter(varsel__epost__in=pker).delete()  # nobody has seen them
            Varsel.objects.filter(epost__in=pker).update(epost=None)
            Epost.objects.filter(pk__in=pker).delete()


def _som_venter() -> list[int]:
    ventende = _ventende().values_list("person_id", flat=True).order_by("person_id").distinct()
    return list(ventende)


def _ventende() -> Any:
    avvist = AvvistAdresse.objects.filter(adresse=OuterRef("person__epost"))
    kan_nas = Varsel.objects.filter(~Exists(avvist), person__epost__isnull=False, person__is_active=True)
    return kan_nas.filter(epost__isnull=True, trukket__isnull=True, forbigatt=False)


def _til_hver(personer: list[int], dag: dt.date) -> dict[int, list[Varsel]]:
    """What each of these people must hear today. A quiet day in one Samarbeid holds back that one alone."""
    valg = {
        (person, regel): hyppighet
        for person, regel, hyppighet in Varselvalg.objects.filter(person__in=personer).values_list(
            "person_id", "regel", "hyppighet"
        )
    }
    ventende = _ventende().filter(person__in=personer).select_related("samarbeid", "person").order_by("pk")
    er_stille = _stille_samarbeid(ventende, dag)
    pauser = hent_pauser({v.samarbeid_id for v in ventende if v.samarbeid_id is not None}, dag)
    til: dict[int, list[Varsel]] = defaultdict(list)
    for varsel in ventende:
        stille = varsel.samarbeid_id in er_stille or (varsel.samarbeid_id, varsel.om) in pauser
        ukentlig = valg.get((varsel.person_id, varsel.regel)) == Varselvalg.Hyppighet.UKENTLIG
        if not stille and not (ukentlig and _venter_til_mandag(varsel, dag)):
            til[varsel.person_id].append(varsel)
    return til


def _stille_samarbeid(varsler: Iterable[Varsel], dag: dt.date) -> set[int]:
    """The Samarbeid of these with a quiet day."""
    samarbeid: dict[int, Any] = {v.samarbeid.pk: v.samarbeid for v in varsler if v.samarbeid is not None}
    prefetch_related_objects(list(samarbeid.values()), "fridager")
    return {pk for pk, ett in samarbeid.items() if dag in stilledager(ett, ett.fridager.all())}


def _venter_til_mandag(varsel: Varsel, dag: dt.date) -> bool:
    """Once a week: on Monday, or the first day after it when Monday was quiet or missed."""
    mandag = dag - dt.timedelta(days=dag.weekday())
    return dag.weekday() != MANDAG and oslo_dato(varsel.opprettet) >= mandag


def _skriv_bit(til_hver: list[list[Varsel]], dag: dt.date) -> list[Dagens]:
    """The mails of some people at once. When another process has written one of them meanwhile, the next sweep does."""
    brevene = [Samlebrev(varsler, dag) for varsler in til_hver]
    eposter = [brev.skriv() for brev in brevene]
    try:
        with transaction.atomic():
            Epost.objects.bulk_create(eposter)
            Svarlenke.objects.bulk_create([rad for brev in brevene for rad in brev.lenker], batch_size=OM_GANGEN)
            for epost, varsler in zip(eposter, til_hver, strict=True):
                for varsel in varsler:
                    varsel.epost = epost
            Varsel.objects.bulk_update([v for varsler in til_hver for v in varsler], ["epost"], batch_size=OM_GANGEN)
    except IntegrityError:
        return []
    par = zip(eposter, til_hver, strict=True)
    return [Dagens(epost.pk, epost.adresse, epost.emne, len(varsler)) for epost, varsler in par]
