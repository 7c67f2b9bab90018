"""Why a sum cannot be decided here, in whole sentences: the limit, what is used, what is left and who can decide."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from felles.norsk import kroner
from moter.rules.penger import NULL, Utfall, Vurdering
from organisering.models import Fullmakt, Gruppe


@dataclass(frozen=True)
class Avslag:
    """A refusal: a heading that says what did not happen, and the sentences under it. Sums are in kroner."""

    overskrift: str
    setninger: tuple[str, ...]
    hoyst: Decimal
    videre: object | None

    def __str__(self) -> str:
        return " ".join((self.overskrift, *self.setninger))


def avslag(
    gruppe: Gruppe, fullmakt: Fullmakt, vurdering: Vurdering, *, brukt: Decimal, belop: Decimal, ar: int
) -> Avslag:
    """The words for a sum of `belop` kroner that `vurdering` says cannot be decided by `gruppe` in the year `ar`."""
    navn = gruppe.visningsnavn
    if vurdering.utfall == Utfall.TILRAR:
        overskrift = _("Vedtaket er ikke lagret: %(gruppe)s kan bare tilrå.") % {"gruppe": navn}
        midten = ""
    elif vurdering.utfall == Utfall.OVER_RAMMEN:
        overskrift = _("Vedtaket er ikke lagret: %(over)s over rammen.") % {"over": kroner(vurdering.over)}
        midten = _("%(gruppe)s har brukt %(brukt)s av %(ramme)s i %(ar)s, og har %(igjen)s igjen.") % {
            "gruppe": navn,
            "brukt": kroner(brukt),
            "ramme": kroner(fullmakt.ramme or NULL),
            "ar": ar,
            "igjen": kroner(max(NULL, (fullmakt.ramme or NULL) - brukt)),
        }
    else:
        overskrift = _("Vedtaket er ikke lagret: %(over)s over grensen.") % {"over": kroner(vurdering.over)}
        midten = _("%(gruppe)s kan vedta høyst %(grense)s om gangen.") % {
            "gruppe": navn,
            "grense": kroner(vurdering.hoyst or NULL),
        }
    if vurdering.videre is None:
        slutten = _("Det er ikke oppgitt hvem som kan vedta %(belop)s.") % {"belop": kroner(belop)}
    else:
        slutten = _("%(hvem)s kan vedta hele beløpet.") % {"hvem": vurdering.videre}
    setninger = tuple(setning for setning in (midten, slutten) if setning)
    return Avslag(overskrift, setninger, vurdering.hoyst or NULL, vurdering.videre)
