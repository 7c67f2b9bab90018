"""Many measures are changed at once: all of them, or none."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from organisering.models import Person, Samarbeid
from tiltak.models import Ansvar, Tiltak
from tiltak.rules.flere import Flerendring, Hva, hent_valgte, hindring, slag_ansvar
from tiltak.services.status import meld_status
from tiltak.services.tiltak import avslutt

GRUNN = "Flere endret samtidig"


@transaction.atomic
def endre_flere(
    samarbeid: Samarbeid, nokler: Sequence[int], endring: Flerendring, *, av: Person, naa: dt.datetime
) -> int:
    """Does the same to each of these measures, with history. Returns how many.

    Raises Regelbrudd when there is none, one is gone, or it cannot be done to one of them.
    """
    if not nokler:
        raise Regelbrudd(_("Ingenting er endret. Kryss av for minst ett tiltak."))
    list(Tiltak.objects.select_for_update().filter(samarbeid=samarbeid, pk__in=nokler).order_by("pk"))
    tiltak = list(hent_valgte(samarbeid, nokler))
    if len(tiltak) != len(set(nokler)):
        raise Regelbrudd(_("Ingenting er endret. Et av tiltakene finnes ikke lenger."))
    for ett in tiltak:
        if hvorfor := hindring(ett, endring):
            raise Regelbrudd(
                _("Ingenting er endret. Om «%(tittel)s»: %(hvorfor)s") % {"tittel": ett.tittel, "hvorfor": hvorfor}
            )
    _GJOR[endring.hva](tiltak, endring, av, naa)
    return len(tiltak)


def _lagre(tiltak: list[Tiltak], felt: str, av: Person) -> None:
    bulk_update_with_history(tiltak, Tiltak, [felt], batch_size=100, default_user=av, default_change_reason=GRUNN)


def _frist(tiltak: list[Tiltak], endring: Flerendring, av: Person, _naa: dt.datetime) -> None:
    for ett in tiltak:
        ett.frist = endring.frist
    _lagre(tiltak, "frist", av)


def _mal(tiltak: list[Tiltak], endring: Flerendring, av: Person, _naa: dt.datetime) -> None:
    for ett in tiltak:
        if endring.mal is not None and endring.mal in ett.andre_mal.all():
            ett.andre_mal.remove(endring.mal)
        ett.hovedmal = endring.mal
    _lagre(tiltak, "hovedmal", av)


def _status(tiltak: list[Tiltak], endring: Flerendring, av: Person, naa: dt.datetime) -> None:
    for ett in tiltak:
        meld_status(ett, status=endring.status, tekst=endring.tekst, person=av, naa=naa)


def _avslutt(tiltak: list[Tiltak], endring: Flerendring, _av: Person, naa: dt.datetime) -> None:
    assert endring.dato is not None
    for ett in tiltak:
        avslutt(ett, dato=endring.dato, grunn=endring.grunn, vedtak=endring.vedtak, pr=oslo_dato(naa))


def _ansvar(tiltak: list[Tiltak], endring: Flerendring, av: Person, _naa: dt.datetime) -> None:
    part = endring.part
    assert part is not None
    nye = [
        Ansvar(
            samarbeid_id=ett.samarbeid_id,
            tiltak=ett,
            rekkefolge=max((ansvar.rekkefolge for ansvar in ett.ansvar.all()), default=0) + 1,
            kildeord=part.navn,
            slag=slag_ansvar(ett),
            **{f"{part.felt}_id": part.pk},
        )
        for ett in tiltak
    ]
    bulk_create_with_history(nye, Ansvar, batch_size=100, default_user=av, default_change_reason=GRUNN)


_GJOR: Final[dict[Hva, Callable[[list[Tiltak], Flerendring, Person, dt.datetime], Any]]] = {
    Hva.FRIST: _frist,
    Hva.MAL: _mal,
    Hva.STATUS: _status,
    Hva.AVSLUTT: _avslutt,
    Hva.ANSVAR: _ansvar,
}
