"""Who may what in one Samarbeid. Source: «Hvem kan hva» in docs/arkitektur.md."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from organisering.models import KONTAKT, MEDLEM, VERV, Gruppe, Rolletildeling, Samarbeid

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende

Rolle = Rolletildeling.Rolle


@dataclass(frozen=True)
class Tilgang:
    """What one visitor is in one Samarbeid on one day. Nothing here is asked of the database again."""

    er_superbruker: bool = False
    roller: frozenset[str] = frozenset()
    grupper_som_medlem: frozenset[int] = frozenset()
    grupper_med_verv: frozenset[int] = frozenset()
    er_kontakt: bool = False

    @property
    def horer_til(self) -> bool:
        """Whether the inner pages of the Samarbeid exist for this visitor."""
        return (
            self.er_superbruker
            or self.er_kontakt
            or bool(self.roller or self.grupper_som_medlem or self.grupper_med_verv)
        )

    @property
    def er_koordinator(self) -> bool:
        return self.er_superbruker or Rolle.KOORDINATOR in self.roller

    @property
    def er_administrator(self) -> bool:
        return self.er_superbruker or Rolle.ADMINISTRATOR in self.roller

    @property
    def er_leser(self) -> bool:
        return Rolle.LESER in self.roller

    def kan_lede(self, gruppe: Gruppe) -> bool:
        """Edit the group's meetings and record its decisions: the coordinator and the group's own officers."""
        return self.er_koordinator or gruppe.pk in self.grupper_med_verv

    def kan_lese_gruppens_papirer(self, gruppe: Gruppe) -> bool:
        """Read meetings, papers, minutes and decisions: those who lead it, and its members."""
        return self.kan_lede(gruppe) or gruppe.pk in self.grupper_som_medlem


def tilgang(person: "Besokende", samarbeid: Samarbeid, pr: dt.date) -> Tilgang:
    """What `person` is in `samarbeid` on the day `pr`. Costs at most one query per person object."""
    if not person.is_authenticated:
        return Tilgang()
    egne = [t for t in person.tilknytninger(pr) if t.samarbeid_id == samarbeid.pk]
    return Tilgang(
        er_superbruker=person.is_superuser,
        roller=frozenset(t.slag for t in egne if t.slag in Rolle.values),
        grupper_som_medlem=frozenset(t.gruppe_id for t in egne if t.slag == MEDLEM),
        grupper_med_verv=frozenset(t.gruppe_id for t in egne if t.slag == VERV),
        er_kontakt=any(t.slag == KONTAKT for t in egne),
    )


def kan_redigere(person: "Besokende", samarbeid: Samarbeid, pr: dt.date) -> bool:
    """Edit groups, plans and measures: the coordinator."""
    return tilgang(person, samarbeid, pr).er_koordinator


def kan_administrere(person: "Besokende", samarbeid: Samarbeid, pr: dt.date) -> bool:
    """Members, seats, units and roles in the Django admin: coordinator and administrator."""
    har = tilgang(person, samarbeid, pr)
    return har.er_koordinator or har.er_administrator


def kan_se_penger(person: "Besokende", samarbeid: Samarbeid, pr: dt.date) -> bool:
    """Sums and frames of every group: the coordinator and a reader."""
    har = tilgang(person, samarbeid, pr)
    return har.er_koordinator or har.er_leser
