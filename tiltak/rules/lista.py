"""Every measure of a Samarbeid with its state, and the rows of those that are shown.

The state of all of them is one query with few columns; the rows are read for those on the page alone.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from felles.forberedt import fest, forberedt
from organisering.models import Enhet, Gruppe, Koordinatorpost, Plass, Samarbeid
from tiltak.models import REKKEFOLGE, Ansvar, Tilstand, Tiltak, Visning
from tiltak.models.tilstand import Dagen, TiltakQuerySet
from tiltak.rules.rader import OVER, Tiltaksrad, tiltaksrad

RANG = {str(tilstand): nummer for nummer, tilstand in enumerate(REKKEFOLGE)}
I_PLANEN = ("plan__rekkefolge", "plan", "nummer", "pk")


class Tilstander(Protocol):
    """What has a state and perhaps a deadline."""

    @property
    def tilstand(self) -> str: ...
    @property
    def frist(self) -> dt.date | None: ...


Rad = TypeVar("Rad", bound=Tilstander)


class Fakta(NamedTuple):
    """How one measure stands. `uavklart`: nobody is found for a word of the plan, or it names nobody."""

    pk: int
    tilstand: str
    frist: dt.date | None
    uavklart: bool
    siste_meldt: dt.datetime | None
    siste_eksempel: bool | None

    @property
    def trenger_noen(self) -> bool:
        tilstand = Tilstand(self.tilstand)
        return tilstand.trenger_noe or (self.uavklart and tilstand not in OVER)


def uavklart_q() -> Q:
    """Measures with words that nobody has been found for, or with no words at all."""
    uten = ~Q(pk__in=Ansvar.objects.values("tiltak"))
    return Q(pk__in=Ansvar.objects.uavklarte().values("tiltak")) | uten


def alle(samarbeid: Samarbeid, pr: dt.date, sorter: str = "") -> list[Fakta]:
    """The measures of `samarbeid` in the chosen order; the plan's own order decides between equals. One query."""
    sporring = _etter_tittel if sorter == "tittel" else _i_planen
    rader = [Fakta(*rad) for rad in sporring(samarbeid, Dagen.av(pr))]
    match sorter:
        case "plan" | "tittel":
            return rader
        case "frist":
            return sorted(rader, key=_frist)
        case "meldt":
            return sorted(rader, key=lambda rad: rad.siste_meldt.timestamp() if rad.siste_meldt else 0, reverse=True)
    return trenger_deg_forst(rader)


def trenger_deg_forst(rader: Iterable[Rad]) -> list[Rad]:
    """What needs someone first, then the nearest deadline; agrees with the queryset's `trenger_deg_forst`."""
    return sorted(rader, key=lambda rad: (RANG[rad.tilstand], *_frist(rad)))


def svarer_for(part: Enhet | Gruppe | Plass | Koordinatorpost, samarbeid: Samarbeid, pr: dt.date) -> list[Tiltaksrad]:
    """The measures that a unit (its sub-units too), a group, a seat or a post answers for. Two queries."""
    tiltak = _DE_SOM_SVARER[type(part)](part, samarbeid, Dagen.av(pr))
    return _som_rader(trenger_deg_forst(tiltak), samarbeid, pr)


def les(fakta: Sequence[Fakta], samarbeid: Samarbeid, pr: dt.date) -> list[Tiltaksrad]:
    """The rows of these measures, in their order. Two queries."""
    tiltak = {en.pk: en for en in _tiltakene([rad.pk for rad in fakta])}
    for rad in fakta:
        en = tiltak[rad.pk]
        en.tilstand, en.siste_meldt, en.siste_eksempel = rad.tilstand, rad.siste_meldt, rad.siste_eksempel
    return _som_rader([tiltak[rad.pk] for rad in fakta], samarbeid, pr)


def _som_rader(tiltak: Sequence[Tiltak], samarbeid: Samarbeid, pr: dt.date) -> list[Tiltaksrad]:
    ansvar = _ansvarene([en.pk for en in tiltak])
    fest(tiltak, "ansvar", ansvar, "tiltak_id")
    for en in tiltak:
        en.samarbeid = samarbeid
    return [tiltaksrad(en, pr) for en in tiltak]


def _frist(rad: Tilstander) -> tuple[bool, dt.date]:
    return rad.frist is None, rad.frist or dt.date.min


def _fakta(tiltak: TiltakQuerySet, dagen: Dagen) -> QuerySet[Tiltak, Any]:
    """With an EXISTS for each, which costs less than the lists of `uavklart_q`, and says the same."""
    ansvar = Ansvar.objects.filter(tiltak=OuterRef("pk"))
    rader: QuerySet[Any, Any] = tiltak.med_tilstand(dagen).annotate(
        uavklart=Exists(ansvar.uavklarte()) | ~Exists(ansvar)
    )
    return rader.values_list("pk", "tilstand", "frist", "uavklart", "siste_meldt", "siste_eksempel")


@forberedt
def ett_tiltak(samarbeid: Samarbeid, pk: int) -> QuerySet[Tiltak]:
    """The measure with this key, if any."""
    return Tiltak.objects.filter(samarbeid=samarbeid, pk=pk)


@forberedt
def med_siste_melding(samarbeid: Samarbeid, pk: int, dagen: Dagen) -> QuerySet[Tiltak]:
    """The same with its last report."""
    return Tiltak.objects.filter(samarbeid=samarbeid, pk=pk).med_siste_melding(dagen)


@forberedt
def visningene(samarbeid: Samarbeid, person: Any) -> QuerySet[Visning]:
    """The views that the person may choose, by name."""
    rader: QuerySet[Visning] = Visning.objects.filter(samarbeid=samarbeid).for_person(person)
    return rader.order_by("navn", "pk")


@forberedt
def _i_planen(samarbeid: Samarbeid, dagen: Dagen) -> QuerySet[Tiltak, Any]:
    return _fakta(Tiltak.objects.filter(samarbeid=samarbeid), dagen).order_by(*I_PLANEN)


@forberedt
def _etter_tittel(samarbeid: Samarbeid, dagen: Dagen) -> QuerySet[Tiltak, Any]:
    return _fakta(Tiltak.objects.filter(samarbeid=samarbeid), dagen).order_by("tittel", *I_PLANEN)


def _som_svarer(samarbeid: Samarbeid, dagen: Dagen, hvem: Q) -> QuerySet[Tiltak]:
    mine = Ansvar.objects.filter(hvem, samarbeid=samarbeid).values("tiltak")
    rader: TiltakQuerySet = Tiltak.objects.filter(samarbeid=samarbeid, pk__in=mine)
    return rader.med_tilstand(dagen).med_delpunkttall().order_by(*I_PLANEN)


@forberedt
def _for_enhet(enhet: Enhet, samarbeid: Samarbeid, dagen: Dagen) -> QuerySet[Tiltak]:
    i_enheten = Q(enhet=enhet) | Q(enhet__overordnet=enhet) | Q(enhet__overordnet__overordnet=enhet)
    return _som_svarer(samarbeid, dagen, i_enheten)


@forberedt
def _for_gruppe(gruppe: Gruppe, samarbeid: Samarbeid, dagen: Dagen) -> QuerySet[Tiltak]:
    return _som_svarer(samarbeid, dagen, Q(gruppe=gruppe))


@forberedt
def _for_plass(plass: Plass, samarbeid: Samarbeid, dagen: Dagen) -> QuerySet[Tiltak]:
    return _som_svarer(samarbeid, dagen, Q(plass=plass))


@forberedt
def _for_post(post: Koordinatorpost, samarbeid: Samarbeid, dagen: Dagen) -> QuerySet[Tiltak]:
    return _som_svarer(samarbeid, dagen, Q(koordinatorpost=post))


_DE_SOM_SVARER: dict[type, Any] = {
    Enhet: _for_enhet,
    Gruppe: _for_gruppe,
    Plass: _for_plass,
    Koordinatorpost: _for_post,
}


@forberedt
def _tiltakene(tiltak: list[int]) -> QuerySet[Tiltak]:
    return Tiltak.objects.filter(pk__in=tiltak).med_delpunkttall().order_by()


@forberedt
def _ansvarene(tiltak: list[int]) -> QuerySet[Ansvar]:
    return Ansvar.objects.filter(tiltak__in=tiltak).med_navn().order_by("rekkefolge", "pk")
