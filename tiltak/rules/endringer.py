"""What people changed of a measure, from its history: in plain words, and whether it can be taken back."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.tid import oslo_dato
from organisering.rules.ord import kroner_i_ord, liste_i_ord
from tiltak.rules.ord import dag_ord

# What a change is called. Texts are too long to quote, and say only that they changed.
FELTER: Final[dict[str, str | Promise]] = {
    "tittel": gettext_lazy("tittelen"),
    "beskrivelse": gettext_lazy("beskrivelsen"),
    "tidsrom": gettext_lazy("tidsrommet"),
    "nummer": gettext_lazy("nummeret"),
    "start": gettext_lazy("startdatoen"),
    "slutt": gettext_lazy("sluttdatoen"),
    "frist": gettext_lazy("fristen"),
    "rytme": gettext_lazy("rytmen"),
    "rytme_maned": gettext_lazy("måneden i året"),
    "rytme_dag": gettext_lazy("dagen i måneden"),
    "hovedmal_id": gettext_lazy("hovedmålet"),
    "plan_id": gettext_lazy("planen det hører til"),
    "opphav": gettext_lazy("opphavet"),
    "kostnad": gettext_lazy("kostnaden"),
    "finansiering": gettext_lazy("finansieringen"),
}
BARE_NEVNT = {"beskrivelse", "hovedmal_id", "plan_id"}
DATOFELT = {
    "startet": gettext_lazy("Satt i gang"),
    "gjort": gettext_lazy("Gjort"),
    "avsluttet": gettext_lazy("Avsluttet"),
}
HORER_MED: Final = {"avsluttet": ("avsluttet_grunn", "avsluttet_vedtak_ord")}


@dataclass(frozen=True)
class Endring:
    """What one person changed on one day. `for_` is the row before it, `rader` what was saved, `naa` the last row."""

    for_: Any
    rader: list[Any]
    naa: Any

    @property
    def siste(self) -> Any:
        return self.rader[-1]

    @property
    def nokkel(self) -> int:
        """The key of the history's row, which an address may name."""
        return int(self.siste.history_id)

    @property
    def dag(self) -> dt.date:
        return oslo_dato(self.siste.history_date)

    def linjer(self, pr: dt.date) -> list[str]:
        return [linje for gammel, ny in pairwise([self.for_, *self.rader]) for linje in _forskjeller(gammel, ny, pr)]

    def angrelinjer(self, pr: dt.date) -> list[str]:
        """What taking it back does, as a change of its own."""
        return list(_forskjeller(self.siste, self.for_, pr))

    def tilbake(self) -> dict[str, Any]:
        """Field → the value it had before, for those that a line tells of."""
        felter = [felt for felt in FELTER if getattr(self.for_, felt) != getattr(self.siste, felt)]
        for felt in DATOFELT:
            if getattr(self.for_, felt) and not getattr(self.siste, felt):
                felter += [felt, *HORER_MED.get(felt, ())]
        return {felt: getattr(self.for_, felt) for felt in felter}

    def endret_siden(self) -> list[str]:
        """What a later change touched of the same, by name."""
        navn = FELTER | DATOFELT
        return [
            str(navn[felt]).lower()
            for felt in self.tilbake()
            if felt in navn and getattr(self.naa, felt) != getattr(self.siste, felt)
        ]

    @property
    def kan_tas_tilbake(self) -> bool:
        return bool(self.tilbake()) and not self.endret_siden()


def endringer(rader: Sequence[Any]) -> list[Endring]:
    """The changes in a measure's history, whose rows come with the oldest first. One a day and person."""
    endret = [par for par in pairwise(rader) if any(True for _linje in _forskjeller(*par, dt.date.min))]
    ut = []
    for _hvem, gruppe in groupby(endret, key=lambda par: (oslo_dato(par[1].history_date), par[1].history_user_id)):
        par = list(gruppe)
        ut.append(Endring(par[0][0], [ny for _gammel, ny in par], rader[-1]))
    return ut


def _forskjeller(gammel: Any, ny: Any, pr: dt.date) -> Iterator[str]:
    for felt, navn in FELTER.items():
        for_, etter = getattr(gammel, felt), getattr(ny, felt)
        if for_ == etter:
            continue
        ord = {"felt": str(navn), "for": _vist(gammel, felt, pr), "etter": _vist(ny, felt, pr)}
        if felt in BARE_NEVNT:
            yield _("%(felt)s er endret") % ord
        elif for_ in (None, ""):
            yield _("%(felt)s er satt til %(etter)s") % ord
        elif etter in (None, ""):
            yield _("%(felt)s (%(for)s) er tatt bort") % ord
        else:
            yield _("%(felt)s er endret fra %(for)s til %(etter)s") % ord
    tatt_bort = [
        str(navn).lower() for felt, navn in DATOFELT.items() if getattr(gammel, felt) and not getattr(ny, felt)
    ]
    if tatt_bort:
        yield _("er ikke lenger merket som %s") % liste_i_ord(tatt_bort)


def _vist(rad: Any, felt: str, pr: dt.date) -> str:
    verdi = getattr(rad, felt)
    if felt in {"rytme", "opphav"}:
        return str(getattr(rad, f"get_{felt}_display")()).lower()
    if isinstance(verdi, dt.date):
        return dag_ord(verdi, pr)
    if isinstance(verdi, Decimal):
        return kroner_i_ord(verdi)
    return f"«{verdi}»" if isinstance(verdi, str) else str(verdi)
