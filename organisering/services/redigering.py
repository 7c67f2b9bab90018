"""What editing a row does to others: nothing that is in use is deleted, and a rule that was leaves its trace."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from organisering.models import Enhet, Enhetsalias, Fullmakt, Motekrav
from organisering.rules.ord import liste_i_ord

Regel = TypeVar("Regel", Motekrav, Fullmakt)
EGNE_DELER = (Enhetsalias,)  # go with their row, and are seen nowhere else
EN_DAG = dt.timedelta(days=1)


@transaction.atomic
def slett(rad: Any) -> None:
    """Deletes a row that nothing points at. Raises Regelbrudd, with what does, for any other: it is ended instead."""
    type(rad)._base_manager.select_for_update(of=("self",)).get(pk=rad.pk)
    brukere = list(_brukere(rad))
    if brukere:
        setning = _("«%(rad)s» kan ikke slettes, for den er brukt av %(hva)s. Sett en sluttdato i stedet.")
        if not hasattr(rad, "til"):
            setning = _("«%(rad)s» kan ikke slettes, for den er brukt av %(hva)s.")
        raise Regelbrudd(setning % {"rad": rad, "hva": liste_i_ord(brukere)})
    rad.delete()


def _brukere(rad: Any) -> Iterator[str]:
    """«3 møter», for each kind of row that points at this one."""
    for relasjon in rad._meta.get_fields():
        modell: Any = relasjon.related_model
        if not relasjon.auto_created or relasjon.concrete or modell in EGNE_DELER:
            continue
        antall = modell._base_manager.filter(**{relasjon.field.name: rad}).count()
        if antall:
            yield f"{antall} {modell._meta.verbose_name if antall == 1 else modell._meta.verbose_name_plural}"


@transaction.atomic
def avlos(regel: Regel, *, fra: dt.date) -> Regel:
    """Ends the stored rule the day before `fra`, and stores `regel`, as it now reads, as a new one from that day.

    So a meeting or decision of the time before keeps the rule it was made under. Raises Regelbrudd when the stored one
    begins later or is over.
    """
    gammel: Any = type(regel)._base_manager.select_for_update(of=("self",)).get(pk=regel.pk)
    if gammel.fra is not None and fra <= gammel.fra:
        raise Regelbrudd(_("Den nye regelen må begynne etter den gamle."), felt="gjelder_fra")
    if gammel.til is not None and fra > gammel.til:
        raise Regelbrudd(_("Da er regelen alt slutt. Legg inn en ny regel i stedet."), felt="gjelder_fra")
    gammel.til = fra - EN_DAG
    gammel.save(update_fields=["til"])
    regel.pk, regel._state.adding, regel.fra = None, True, fra
    regel.save()
    return regel


@transaction.atomic
def lagre_enhet(enhet: Enhet, *, aliaser: Iterable[str]) -> Enhet:
    """Stores a unit with the other words that are used of it. Raises Regelbrudd for one that means another unit."""
    enhet.save()
    onskede = set(aliaser)
    har = {alias.navn: alias for alias in enhet.aliaser.all()}
    for navn, alias in har.items():
        if navn not in onskede:
            alias.delete()
    for navn in sorted(onskede - set(har)):
        ny = Enhetsalias(samarbeid_id=enhet.samarbeid_id, enhet=enhet, navn=navn)
        try:
            ny.full_clean()
        except ValidationError:
            raise Regelbrudd(_("«%(navn)s» er alt brukt om en annen enhet.") % {"navn": navn}, felt="aliaser") from None
        ny.save()
    return enhet
