"""Addresses that a mail server has refused for good: kept, asked for, and let go when they may work again."""

import datetime as dt
from collections.abc import Collection, Iterable

from varsling.models import AvvistAdresse


def avvis(adresse: str, *, svar: str, naa: dt.datetime) -> AvvistAdresse:
    """There is no such address. `svar` is the server's words."""
    avvist, _ny = AvvistAdresse.objects.update_or_create(
        adresse=adresse.lower(), defaults={"oppdaget": naa, "svar_fra_tjener": svar}
    )
    return avvist


def avviste_blant(adresser: Iterable[str]) -> dict[str, AvvistAdresse]:
    """Those of the addresses that are refused, by their lower-cased form."""
    rader = AvvistAdresse.objects.filter(adresse__in={adresse.lower() for adresse in adresser})
    return {rad.adresse: rad for rad in rader}


def opphev_avvisning(adresser: Collection[str | None]) -> int:
    """Mail to these has arrived, or somebody says that they are right: they may be tried. How many were refused."""
    kjente = {adresse.lower() for adresse in adresser if adresse}
    return AvvistAdresse.objects.filter(adresse__in=kjente).delete()[0] if kjente else 0
