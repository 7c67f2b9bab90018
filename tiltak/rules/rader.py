"""One measure as a row: the state, its words, who answers. Built of what the queryset has fetched, without a query."""

import datetime as dt
from dataclasses import dataclass, field

from felles.tid import oslo_dato
from tiltak.models import Ansvar, Tilstand, Tiltak
from tiltak.rules.ord import Omstendigheter, Tilstandsord, naar_ord, tilstandsord

OVER = {Tilstand.AVSLUTTET, Tilstand.GJORT}  # nobody needs to be found for what is over


@dataclass(frozen=True)
class Tiltaksrad:
    """What a list shows of a measure. `uavklarte` are words of the plan that nobody has been found for."""

    tiltak: Tiltak
    tilstand: Tilstand
    ord: Tilstandsord
    naar: str
    sist_meldt: dt.date | None
    avklarte: list[Ansvar] = field(default_factory=list)
    samarbeider: list[Ansvar] = field(default_factory=list)
    apne: list[Ansvar] = field(default_factory=list)
    uavklarte: list[Ansvar] = field(default_factory=list)

    @property
    def mangler_ansvar(self) -> bool:
        """Whether the plan names nobody at all."""
        return not (self.avklarte or self.apne or self.uavklarte)

    @property
    def trenger_noen(self) -> bool:
        """Whether the state or an unresolved responsibility needs somebody."""
        return self.tilstand.trenger_noe or (bool(self.uavklarte) and self.tilstand not in OVER)


def tiltaksrad(tiltak: Tiltak, pr: dt.date) -> Tiltaksrad:
    """The row of a measure fetched by `Tiltak.objects.som_rader(pr)`."""
    alle = list(tiltak.ansvar.all())
    uavklarte = [a for a in alle if a.er_uavklart]
    meldt = oslo_dato(tiltak.siste_meldt) if tiltak.siste_meldt else None
    ved = Omstendigheter(meldt, tiltak.delpunkter_alle, tiltak.delpunkter_gjort, bool(uavklarte))
    return Tiltaksrad(
        tiltak=tiltak,
        tilstand=Tilstand(tiltak.tilstand),
        ord=tilstandsord(tiltak, tiltak.tilstand, pr, ved),
        naar=naar_ord(tiltak),
        sist_meldt=meldt,
        avklarte=[a for a in alle if a.er_avklart and a.slag != Ansvar.Slag.SAMARBEIDER],
        samarbeider=[a for a in alle if a.er_avklart and a.slag == Ansvar.Slag.SAMARBEIDER],
        apne=[a for a in alle if a.apen_med_vilje],
        uavklarte=uavklarte,
    )
