"""Rows that break a rule which no constraint can hold. Each finding names its rule, its row and what is wrong.

No person is named: who reads the list looks the row up. The number of queries does not grow with the number of rows.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Q

from felles.adresser import faste_forsteledd
from organisering.models import Enhet, Gruppe, Medlemskap, Plass, Rolletildeling, Samarbeid, TidligereSlug, Verv
from slt_portal.vegger import egne_modeller, rader_over_veggen
from tiltak.models import Handlingsplan, Mal, Tiltak

SKUDDAR = 2024  # 29 February comes, if not every year


@dataclass(frozen=True)
class Funn:
    regel: str
    rad: str
    tekst: str


class Rad(NamedTuple):
    """One row that holds from–to, and whose it is."""

    eier: Any
    pk: int
    fra: dt.date | None
    til: dt.date | None
    hva: str
    plass_til: int = 1  # how many the owner has room for at once


def finn_alle() -> list[Funn]:
    """Every finding, rule by rule."""
    return [funn for regel in REGLER for funn in regel()]


def _rad(modell: type[models.Model], pk: Any) -> str:
    return f"{modell._meta.label} {pk}"


def _en_for_mye(rader: Iterable[Rad]) -> Iterator[tuple[Rad, list[Rad]]]:
    """Each row that begins while its owner is full, with those that fill it."""
    sortert = sorted(rader, key=lambda rad: (str(rad.eier), rad.fra or dt.date.min, rad.pk))
    for _, gruppe in groupby(sortert, key=lambda rad: str(rad.eier)):
        inne: list[Rad] = []
        for rad in gruppe:
            inne = [andre for andre in inne if andre.til is None or rad.fra is None or andre.til >= rad.fra]
            if len(inne) >= rad.plass_til:
                yield rad, inne
            inne.append(rad)


def _samtidige(
    regel: str, modell: type[models.Model], rader: Iterable[Rad], setning: Callable[[str], str]
) -> Iterator[Funn]:
    for rad, inne in _en_for_mye(rader):
        andre = ", ".join(str(en.pk) for en in inne)
        yield Funn(regel, _rad(modell, rad.pk), f"{setning(rad.hva)} Samtidig med {andre}.")


def overlappende_medlemskap() -> Iterator[Funn]:
    felter = ("plass_id", "person_id", "pk", "fra", "til", "plass__tittel")
    rader = (Rad((p, n), *resten) for p, n, *resten in Medlemskap.objects.values_list(*felter))
    return _samtidige(
        "overlappende_medlemskap", Medlemskap, rader, lambda hva: f"Samme person har plassen «{hva}» to ganger."
    )


def for_mange_i_plassen() -> Iterator[Funn]:
    en = Q(plass__slag=Plass.Slag.PERSON)
    rader = (
        Rad(eier, pk, fra, til, hva, 1 if slag == Plass.Slag.PERSON else antall)
        for eier, pk, fra, til, hva, slag, antall in Medlemskap.objects.filter(en | Q(plass__antall__isnull=False))
        .filter(rolle=Medlemskap.Rolle.MEDLEM)
        .values_list("plass_id", "pk", "fra", "til", "plass__tittel", "plass__slag", "plass__antall")
    )
    return _samtidige("for_mange_i_plassen", Medlemskap, rader, lambda hva: f"Plassen «{hva}» har for mange medlemmer.")


def to_ledere() -> Iterator[Funn]:
    verv = Verv.objects.filter(slag=Verv.Slag.LEDER).select_related("gruppe").prefetch_related("gruppe__nivaer")
    rader = (Rad(v.gruppe_id, v.pk, v.fra, v.til, str(v.gruppe)) for v in verv)
    return _samtidige("to_ledere", Verv, rader, lambda hva: f"Gruppa «{hva}» har to ledere.")


def post_fylt_to_ganger() -> Iterator[Funn]:
    felter = ("koordinatorpost_id", "pk", "fra", "til", "koordinatorpost__tittel")
    tildelinger = Rolletildeling.objects.filter(koordinatorpost__isnull=False)
    rader = (Rad(*verdier) for verdier in tildelinger.values_list(*felter))
    return _samtidige(
        "post_fylt_to_ganger", Rolletildeling, rader, lambda hva: f"Koordinatorposten «{hva}» er fylt to ganger."
    )


def over_veggen() -> Iterator[Funn]:
    """Rows of two Samarbeid tied together. History is left out: a mistake that was mended stays in it."""
    naatid = [modell for modell in egne_modeller() if not modell.__name__.startswith("Historical")]
    for linje in rader_over_veggen(naatid):
        rad, _, tekst = linje.partition(": ")
        yield Funn("over_veggen", rad, f"{tekst[:1].upper()}{tekst[1:]}.")


def ring_av_overordnede() -> Iterator[Funn]:
    opp = [(modell, "overordnet_id") for modell in (Enhet, Gruppe, Mal, Handlingsplan)]
    for modell, felt in [*opp, (Samarbeid, "etterfolger_id")]:
        forelder: dict[int, int] = dict(modell.objects.filter(**{f"{felt}__isnull": False}).values_list("pk", felt))
        for pk in sorted(_i_ring(forelder)):
            yield Funn("ring_av_overordnede", _rad(modell, pk), "Raden står under seg selv, gjennom andre.")


def _i_ring(forelder: dict[int, int]) -> set[int]:
    """Those that are their own ancestors. Each row is walked once."""
    ferdige: set[int] = set()
    ringer: set[int] = set()
    for start in forelder:
        sti: list[int] = []
        her: int | None = start
        while her is not None and her not in ferdige and her not in sti:
            sti.append(her)
            her = forelder.get(her)
        if her in sti:
            ringer.update(sti[sti.index(her) :])
        ferdige.update(sti)
    return ringer


def umulig_dato() -> Iterator[Funn]:
    datoer = Tiltak.objects.filter(rytme_dag__isnull=False, rytme_maned__isnull=False)
    for pk, maned, dag in datoer.order_by("pk").values_list("pk", "rytme_maned", "rytme_dag"):
        if maned is not None and dag is not None and dag > calendar.monthrange(SKUDDAR, maned)[1]:
            yield Funn("umulig_dato", _rad(Tiltak, pk), f"Dagen {dag}.{maned}. finnes ikke i noe år.")


def fast_adresse() -> Iterator[Funn]:
    for modell in (Samarbeid, TidligereSlug):
        for pk, slug in modell.objects.filter(slug__in=faste_forsteledd()).order_by("pk").values_list("pk", "slug"):
            yield Funn("fast_adresse", _rad(modell, pk), f"Adressen «{slug}» brukes av portalen selv.")


def utenfor_perioden() -> Iterator[Funn]:
    """Memberships that begin before, or last longer than, the seat or the group."""
    for rel, ord_ in (("plass", "plassen"), ("plass__gruppe", "gruppa")):
        for_tidlig = Q(fra__lt=F(f"{rel}__fra")) | Q(fra__isnull=True, **{f"{rel}__fra__isnull": False})
        for_sent = Q(til__gt=F(f"{rel}__til")) | Q(til__isnull=True, **{f"{rel}__til__isnull": False})
        rader = Medlemskap.objects.filter(for_tidlig | for_sent).order_by("pk").values_list("pk", "plass__tittel")
        for pk, tittel in rader:
            yield Funn(
                "utenfor_perioden", _rad(Medlemskap, pk), f"Medlemskapet i «{tittel}» går utenfor tida til {ord_}."
            )


REGLER: tuple[Callable[[], Iterator[Funn]], ...] = (
    overlappende_medlemskap,
    for_mange_i_plassen,
    to_ledere,
    post_fylt_to_ganger,
    over_veggen,
    ring_av_overordnede,
    umulig_dato,
    fast_adresse,
    utenfor_perioden,
)
