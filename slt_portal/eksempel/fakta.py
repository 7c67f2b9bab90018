"""The facts of a municipality, from its file.

The Samarbeid itself is the receipt: its facts come in together with it, in one transaction, and a Samarbeid that is
there is left alone. So a row that somebody has renamed is not made again under its old name, and one that somebody has
deleted does not come back. A Samarbeid that has moved to another address is known by its earlier one.
"""

from typing import Any

from django.db import transaction

from organisering.models import Kommune, KommuneISamarbeid, Samarbeid
from slt_portal.eksempel.laster import MODELLER, Laster

GRUNN = "Lest inn fra kilden"


def finn_samarbeid(slug: str) -> Samarbeid | None:
    """The Samarbeid that has, or once had, the address."""
    tidligere = Samarbeid.history.filter(slug=slug).values("id")
    return (
        Samarbeid.objects.filter(slug=slug).first()
        or Samarbeid.objects.filter(tidligere_slugger__slug=slug).first()
        or Samarbeid.objects.filter(pk__in=tidligere).first()
    )


@transaction.atomic
def last(slug: str, innhold: dict[str, Any]) -> tuple[Samarbeid, bool]:
    """The Samarbeid of the file, and whether it was made now. Raises Regelbrudd or ValidationError when it cannot."""
    finnes = finn_samarbeid(slug)
    if finnes is not None:
        return finnes, False
    rader = dict(innhold)
    egne = dict(rader.pop("samarbeid"))
    kilde = egne.pop("offentlig_kilde")
    samarbeid: Any = Samarbeid(**{navn: v.strip() if isinstance(v, str) else v for navn, v in egne.items()})
    samarbeid.full_clean()
    samarbeid._change_reason = GRUNN
    samarbeid.save()
    laster = Laster(samarbeid, grunn=GRUNN)
    for kommune in rader.pop("kommune"):
        _ta_med(kommune, samarbeid)
    laster.dokument(rader)
    samarbeid.offentlig_kilde = laster.finn(MODELLER["kilde"], kilde)
    samarbeid.save(update_fields=["offentlig_kilde"])
    return samarbeid, True


def _ta_med(verdier: dict[str, str], samarbeid: Samarbeid) -> None:
    """Lets the municipality take part; one that is known by its number is used as it stands."""
    nummer = verdier.get("kommunenummer")
    kommune = Kommune.objects.filter(kommunenummer=nummer).first() if nummer else None
    if kommune is None:
        kommune = Kommune(**verdier)
        kommune.full_clean()
        kommune.save()
    med = KommuneISamarbeid(samarbeid=samarbeid, kommune=kommune)
    med.full_clean()
    med.save()
