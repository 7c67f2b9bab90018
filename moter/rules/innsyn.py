"""Who sees what a case holds.

Source: the table of access in docs/arkitektur.md. A case exempt from the public is seen by the coordinator, by the
group's officers, and by members whose own seat may see exempt papers. Who is inhabil in a case sees none of it,
whatever the role, and none of the same case where it is lifted to another group.
"""

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from moter.models import Deltakelse, Vedtak
from organisering.models import Medlemskap, Samarbeid, Seer
from organisering.rules import Tilgang

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende


class Innsyn(NamedTuple):
    """Who looks at the decisions of one Samarbeid, as a query can be prepared for."""

    seer: Seer
    samarbeid: Samarbeid
    er_leser: bool
    er_koordinator: bool
    egne: frozenset[int]  # groups whose papers the visitor may read

    @classmethod
    def av(cls, person: "Besokende", samarbeid: Samarbeid, har: Tilgang, pr: dt.date) -> "Innsyn":
        egne = har.grupper_som_medlem | har.grupper_med_verv
        return cls(Seer.av(person, pr), samarbeid, har.er_leser, har.er_koordinator, egne or frozenset({0}))


def skjult_for(person: "Besokende | Seer", pr: dt.date, *, sak: str = "pk") -> Case:
    """An annotation: whether the case of the row is hidden from `person` on `pr`.

    `sak` is the path from the row to its case: «pk» on a Sak, «sak» on a row that may belong to one. The row itself
    must carry `gruppe` and `samarbeid`.
    """
    seer = Seer.av(person, pr)
    forledd = "" if sak == "pk" else f"{sak}__"
    samme = Q(sak=OuterRef(sak)) | Q(sak__loftet_til=OuterRef(sak)) | Q(sak__loftet_fra=OuterRef(sak))
    inhabil = Deltakelse.inhabil_i.through._default_manager.filter(samme, deltakelse__person=seer.person)
    vanlig = When(Q(**{f"{forledd}unntatt": True}) & ~Q(_ser_unntatt(seer)), then=Value(True))
    return Case(
        When(Exists(inhabil), then=Value(True)), vanlig, default=Value(False), output_field=models.BooleanField()
    )


def _ser_unntatt(seer: Seer) -> Q:
    """Rows whose group's exempt papers the visitor may see."""
    if not seer.innlogget:
        return Q(pk__in=[])
    if seer.superbruker:
        return Q(pk__isnull=False)
    plasser = Medlemskap.objects.gir_tilgang(seer.pr).filter(person=seer.person, plass__ser_unntatt=True)
    return (
        Q(samarbeid__in=seer.koordinator_i)
        | Q(gruppe__in=seer.med_verv)
        | Q(gruppe__in=plasser.values("plass__gruppe"))
    )


def inhabile(rader: "models.QuerySet[Any]") -> dict[int, set[int]]:
    """Whom the cases of these rows are closed to: case → people. One query."""
    gjennom = Deltakelse.inhabil_i.through._default_manager.filter(deltakelse__person__isnull=False)
    saker = rader.filter(sak__isnull=False).values("sak")
    funnet: dict[int, set[int]] = defaultdict(set)
    samme = Q(sak__in=saker) | Q(sak__loftet_til__in=saker) | Q(sak__loftet_fra__in=saker)
    for person, *samme_sak in gjennom.filter(samme).values_list(
        "deltakelse__person", "sak", "sak__loftet_til", "sak__loftet_fra"
    ):
        for sak in filter(None, samme_sak):
            funnet[sak].add(person)
    return funnet


def vedtak_for(person: "Besokende", samarbeid: Samarbeid, har: Tilgang, pr: dt.date) -> "models.QuerySet[Any]":
    """The decisions that `person` may know of, each with `skjult` and `bare_belop`.

    A reader knows of every decision that carries money, but reads only date, group, sum and measure of those that
    belong to groups whose papers are not hers.
    """
    return vedtak_i(Innsyn.av(person, samarbeid, har, pr))


def vedtak_i(innsyn: Innsyn) -> "models.QuerySet[Any]":
    """The same, for those who prepare their query."""
    alle = Vedtak.objects.filter(samarbeid=innsyn.samarbeid)
    synlige: models.QuerySet[Any] = alle.synlig_for(innsyn.seer, innsyn.seer.pr)
    if innsyn.er_leser:
        synlige = synlige | alle.med_penger()
    merkede: models.QuerySet[Any] = synlige.annotate(
        skjult=skjult_for(innsyn.seer, innsyn.seer.pr, sak="sak"), bare_belop=_bare_belop(innsyn)
    )
    return merkede


def _bare_belop(innsyn: Innsyn) -> Case:
    """Rows of groups whose papers the visitor may not read."""
    if innsyn.er_koordinator:
        return Case(default=Value(False), output_field=models.BooleanField())
    egne = Q(gruppe__isnull=True) | Q(gruppe__in=innsyn.egne)
    return Case(When(egne, then=Value(False)), default=Value(True), output_field=models.BooleanField())
