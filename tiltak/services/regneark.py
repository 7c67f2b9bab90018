"""Measures are changed from a spreadsheet: what was changed in it and nothing else, all or nothing."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from organisering.models import Samarbeid
from tiltak.models import Ansvar, Delpunkt, Tiltak
from tiltak.rules.regneark.felter import hent, tiltakets_merke
from tiltak.rules.regneark.sjekk import Endringer

GRUNN = "Endret i regneark"


@transaction.atomic
def endre_fra_regneark(samarbeid: Samarbeid, endringer: Endringer) -> int:
    """Changes these fields of these measures, with history. Returns how many measures.

    Raises Regelbrudd when there is none, one is gone, or somebody has changed one of the fields since it was looked at.
    """
    if not endringer:
        raise Regelbrudd(_("Ingenting er endret. Kryss av for minst ett tiltak."))
    list(Tiltak.objects.select_for_update().filter(samarbeid=samarbeid, pk__in=endringer).order_by("pk"))
    tiltak = list(hent(samarbeid, endringer))
    if len(tiltak) != len(endringer):
        raise Regelbrudd(_("Ingenting er endret. Et av tiltakene finnes ikke lenger. Les fila på nytt."))
    for ett in tiltak:
        if any(tiltakets_merke(ett, felt) != sett for felt, (_ny, sett) in endringer[ett.pk].items()):
            raise Regelbrudd(
                _("Ingenting er endret. Noen har endret «%s» mens du så over. Les fila på nytt.") % ett.tittel
            )
        _endre(ett, {felt: ny for felt, (ny, _sett) in endringer[ett.pk].items()})
    return len(tiltak)


def _endre(tiltak: Tiltak, nye: Mapping[str, Any]) -> None:
    egne: dict[str, Any] = {}
    for felt, ny in nye.items():
        if felt in _DELER:
            _DELER[felt](tiltak, ny)
        else:
            egne |= _kolonner(felt, ny)
    for navn, ny in egne.items():
        setattr(tiltak, navn, ny)
    if egne:
        tiltak._change_reason = GRUNN  # type: ignore[attr-defined]
        tiltak.save(update_fields=list(egne))


def _kolonner(felt: str, ny: Any) -> dict[str, Any]:
    match felt:
        case "frist":
            return {"frist": dt.date.fromisoformat(ny) if ny else None}
        case "rytme":
            return dict(zip(("rytme", "rytme_maned", "rytme_dag"), ny, strict=True))
        case "mal":
            return {"hovedmal_id": ny}
        case "kostnad":
            return {"kostnad": None if ny is None else Decimal(ny)}
    return {felt: ny}


def _delpunkter(tiltak: Tiltak, linjer: list[str]) -> None:
    _jevn_ut(
        list(tiltak.delpunkter.all()), "tekst", linjer, lambda: Delpunkt(tiltak=tiltak, samarbeid=tiltak.samarbeid)
    )


def _ansvar(tiltak: Tiltak, linjer: list[str]) -> None:
    """New words stand as words, until somebody says whom they mean."""
    hvor = {"tiltak": tiltak, "samarbeid_id": tiltak.samarbeid_id}
    _jevn_ut(list(tiltak.ansvar.all()), "kildeord", linjer, lambda: Ansvar(**hvor))


def _malgruppe(tiltak: Tiltak, nokler: list[int]) -> None:
    tiltak._change_reason = GRUNN  # type: ignore[attr-defined]
    tiltak.malgrupper.set(nokler)


_DELER: Final[dict[str, Callable[[Tiltak, Any], None]]] = {
    "delpunkter": _delpunkter,
    "ansvar": _ansvar,
    "malgruppe": _malgruppe,
}


def _jevn_ut(rader: list[Any], felt: str, linjer: list[str], ny: Callable[[], Any]) -> None:
    """A line that was there keeps its row and all that the row holds; others are made, and those not named go."""
    for nummer, linje in enumerate(linjer, start=1):
        rad = next((en for en in rader if " ".join(getattr(en, felt).split()) == linje), None)
        if rad is not None:
            rader.remove(rad)
            if rad.rekkefolge == nummer:
                continue
        else:
            rad = ny()
            setattr(rad, felt, linje)
        rad.rekkefolge, rad._change_reason = nummer, GRUNN
        rad.save(update_fields=["rekkefolge"] if rad.pk else None)
    for rad in rader:
        rad._change_reason = GRUNN
        rad.delete()
