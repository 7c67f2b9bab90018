"""Finding out who answers for a measure."""

from django.db import transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from organisering.models import Enhet, Gruppe, Koordinatorpost, Plass
from tiltak.models import Ansvar

FELT: dict[type, str] = {Enhet: "enhet", Gruppe: "gruppe", Plass: "plass", Koordinatorpost: "koordinatorpost"}


@transaction.atomic
def avklar(ansvar: Ansvar, *, part: Enhet | Gruppe | Plass | Koordinatorpost, funksjon: str = "") -> Ansvar:
    """Resolves the plan's words to one party; the words stay. Raises Regelbrudd for a party of another Samarbeid."""
    if part.samarbeid_id != ansvar.samarbeid_id:
        raise Regelbrudd(_("Velg en part i dette samarbeidet."), felt="part")
    valgt = FELT[type(part)]
    for felt in FELT.values():
        setattr(ansvar, felt, part if felt == valgt else None)
    ansvar.funksjon = funksjon if valgt == "enhet" else ""
    ansvar.apen_med_vilje = False
    ansvar.save(update_fields=[*FELT.values(), "funksjon", "apen_med_vilje"])
    return ansvar
