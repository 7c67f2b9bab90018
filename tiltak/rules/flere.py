"""One change of many measures: what it is, what it does to each of them, and which it cannot be done to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.norsk import dato
from organisering.models import Samarbeid
from tiltak.models import Ansvar, Mal, Statusmelding, Tiltak
from tiltak.rules.parter import Part


class Hva(TextChoices):
    """What can be changed of many at once."""

    FRIST = "frist", gettext_lazy("Sett frist")
    MAL = "mal", gettext_lazy("Sett hovedmål")
    STATUS = "status", gettext_lazy("Meld status")
    ANSVAR = "ansvar", gettext_lazy("Legg til ansvarlig")
    AVSLUTT = "avslutt", gettext_lazy("Avslutt")


@dataclass(frozen=True)
class Flerendring:
    """The change. Only the fields of its own kind count."""

    hva: Hva
    frist: dt.date | None = None
    mal: Mal | None = None
    status: str = ""
    tekst: str = ""
    part: Part | None = None
    dato: dt.date | None = None
    grunn: str = ""
    vedtak: str = ""


class Virkning(NamedTuple):
    """What happens to one measure, or why nothing does."""

    tiltak: Tiltak
    ord: str
    hindret: bool


def hent_valgte(samarbeid: Samarbeid, nokler: Iterable[int]) -> QuerySet[Tiltak]:
    """The measures with what a change of many looks at. Three queries."""
    rader = Tiltak.objects.filter(samarbeid=samarbeid, pk__in=list(nokler)).select_related("hovedmal")
    return rader.prefetch_related("ansvar", "andre_mal").order_by("plan__rekkefolge", "plan", "nummer", "pk")


def virkninger(tiltak: Iterable[Tiltak], endring: Flerendring) -> list[Virkning]:
    """For each of them, in their order."""
    ut = []
    for ett in tiltak:
        hvorfor = hindring(ett, endring)
        ut.append(Virkning(ett, hvorfor or virkning(ett, endring), bool(hvorfor)))
    return ut


def hindring(tiltak: Tiltak, endring: Flerendring) -> str:
    """Why this measure is not changed, in a sentence; empty when it is."""
    match endring.hva:
        case Hva.FRIST:
            return _frist(tiltak, endring)
        case Hva.MAL:
            lik = tiltak.hovedmal_id == (endring.mal.pk if endring.mal else None)
            return _("Er slik fra før.") if lik else ""
        case Hva.STATUS:
            return _("Er avsluttet, og tar ikke imot status.") if tiltak.avsluttet else ""
        case Hva.ANSVAR:
            return _("Har alt dette ansvaret.") if _svarer(tiltak, endring.part) else ""
        case Hva.AVSLUTT:
            return _avslutt(tiltak, endring)


def _frist(tiltak: Tiltak, endring: Flerendring) -> str:
    if tiltak.frist == endring.frist:
        return _("Er slik fra før.")
    return _("Har en rytme, og kan ikke ha frist også.") if tiltak.rytme and endring.frist else ""


def _avslutt(tiltak: Tiltak, endring: Flerendring) -> str:
    if tiltak.avsluttet:
        return _("Er alt avsluttet.")
    for_tidlig = tiltak.startet and endring.dato and endring.dato < tiltak.startet
    return _("Ble satt i gang etter denne dagen.") if for_tidlig else ""


def _svarer(tiltak: Tiltak, part: Part | None) -> bool:
    return any(part and getattr(ansvar, f"{part.felt}_id") == part.pk for ansvar in tiltak.ansvar.all())


def virkning(tiltak: Tiltak, endring: Flerendring) -> str:
    """«Frist: fra ingen til 1. juni 2027»."""
    ingen = _("ingen")
    match endring.hva:
        case Hva.FRIST:
            fra, til = dato(tiltak.frist) or ingen, dato(endring.frist) or ingen
            return _("Frist: fra %(fra)s til %(til)s") % {"fra": fra, "til": til}
        case Hva.MAL:
            fra, til = str(tiltak.hovedmal or ingen), str(endring.mal or ingen)
            return _("Hovedmål: fra %(fra)s til %(til)s") % {"fra": fra, "til": til}
        case Hva.STATUS:
            return _("Ny status: %s") % str(Statusmelding.Status(endring.status).label).lower()
        case Hva.ANSVAR:
            return _("Nytt ansvar: %s") % (endring.part.fullt_navn if endring.part else "")
        case Hva.AVSLUTT:
            return _("Avsluttes %s") % dato(endring.dato)


def slag_ansvar(tiltak: Tiltak) -> Ansvar.Slag:
    """One who stands alone has all of it; several share it."""
    alene = all(ansvar.slag == Ansvar.Slag.SAMARBEIDER for ansvar in tiltak.ansvar.all())
    return Ansvar.Slag.HOVED if alene else Ansvar.Slag.DELT
