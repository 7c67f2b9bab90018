"""What every reminder rule shares: which Samarbeid are followed up, who hears, in which language."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation

from felles.stille import Stilledager, stilledager
from felles.tid import oslo_dato
from organisering.models import Samarbeid
from organisering.rules.mottakere import SOM, Kontaktbok, Mottaker, hent_kontaktbok
from varsling.services import Ord, Paminnelse, Plan, biter, planlegg

SAMARBEID_OM_GANGEN = 100


@dataclass
class Runde:
    """A batch of Samarbeid that one rule looks through at one moment."""

    naa: dt.datetime
    samarbeid: dict[int, Samarbeid]
    bok: Kontaktbok
    uten_mottaker: list[str] = field(default_factory=list)

    @property
    def pr(self) -> dt.date:
        return oslo_dato(self.naa)

    def stille(self, samarbeid_id: int) -> Stilledager:
        return stilledager(self.samarbeid[samarbeid_id])

    def fra(self, samarbeid_id: int) -> dt.date:
        """The day the follow-up began."""
        fra = self.samarbeid[samarbeid_id].oppfolging_fra
        assert fra is not None  # see i_oppfolging
        return fra

    def til_hver(
        self, samarbeid_id: int, mottakere: Collection[Mottaker], ord: Callable[[], Ord], **felter: Any
    ) -> Iterator[Paminnelse]:
        """The same thing to each of them, in their own language, with why it came to them."""
        if not mottakere:
            self.uten_mottaker.append(f"{self.samarbeid[samarbeid_id]}: {felter['objekt']}")
        koordinatorer = {m.person_id for m in self.bok.koordinator(samarbeid_id)}
        for mottaker in mottakere:
            with translation.override(mottaker.sprak or self.samarbeid[samarbeid_id].malform or settings.LANGUAGE_CODE):
                skrevet = ord()
                yield Paminnelse(
                    samarbeid_id=samarbeid_id,
                    person_id=mottaker.person_id,
                    adresse=mottaker.epost,
                    ord=Ord(skrevet.gjelder, skrevet.setning, skrevet.ordlyd, skrevet.kilde, str(SOM[mottaker.som])),
                    plikt=mottaker.person_id in koordinatorer,
                    **felter,
                )


def gjennomga(regel: str, naa: dt.datetime, finn: Callable[[Runde], Iterable[Paminnelse]]) -> Plan:
    """Runs one rule over all Samarbeid that are followed up, in batches of a fixed size."""
    pr, plan = oslo_dato(naa), Plan(regel)
    for bit in biter(i_oppfolging(pr).iterator(), SAMARBEID_OM_GANGEN):
        samarbeid = {s.pk: s for s in bit}
        runde = Runde(naa, samarbeid, hent_kontaktbok(list(samarbeid), pr))
        stille = {pk for pk in samarbeid if pr in runde.stille(pk)}
        plan += planlegg(regel, list(finn(runde)), samarbeid_ider=list(samarbeid), stille=stille, naa=naa)
        plan.uten_mottaker += runde.uten_mottaker
    return plan


def i_oppfolging(pr: dt.date) -> QuerySet[Samarbeid]:
    """The Samarbeid whose coordinator has started the follow-up, and that have not ended."""
    lever = Q(slutt__isnull=True) | Q(slutt__gte=pr)
    return Samarbeid.objects.filter(lever, oppfolging_fra__lte=pr).order_by("pk")
