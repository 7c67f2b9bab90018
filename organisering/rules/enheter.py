"""Who is asked about what a unit answers for. Source: «Who», in the rules of reminders."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisering.models import Enhet, Enhetskontakt
from organisering.rules.ord import liste_i_ord


@dataclass(frozen=True)
class Spurte:
    """The people who are asked, and by which relation they were found."""

    navn: list[str]
    hvorfor: str

    def __str__(self) -> str:
        return _("%(navn)s (%(hvorfor)s)") % {"navn": liste_i_ord(self.navn), "hvorfor": self.hvorfor}


def hvem_sporres(kontakter: Iterable[str], holdere: Iterable[str], underkontakter: Iterable[str]) -> Spurte:
    """The first link of the chain that has somebody: contacts, seats, contacts of sub-units, the coordinator."""
    kjede = [
        (kontakter, _("kontakt i enheten")),
        (holdere, _("har en plass som taler for enheten")),
        (underkontakter, _("kontakt i en underenhet")),
    ]
    for ledd, hvorfor in kjede:
        navn = sorted(set(ledd), key=str.casefold)
        if navn:
            return Spurte(navn, hvorfor)
    return Spurte([_("koordinatoren")], _("ingen andre er registrert"))


def aktive_kontakter(enhet: Enhet, pr: dt.date) -> list[Enhetskontakt]:
    """The unit's contacts today, from what is already fetched."""
    return [kontakt for kontakt in enhet.kontakter.all() if kontakt.er_aktiv(pr)]
