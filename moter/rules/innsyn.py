"""Who sees what a case holds.

Source: the table of access in docs/arkitektur.md. A case exempt from the public is seen by the coordinator, by the
group's officers, and by members whose own seat may see exempt papers. Who is inhabil in a case sees none of it,
whatever the role, and none of the same case where it is lifted to another group.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from moter.models import Deltakelse, Vedtak
from organisering.models import VERV, Medlemskap, Samarbeid
from organisering.rules import Tilgang

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende


def skjult_for(person: "Besokende", pr: dt.date, *, sak: str = "pk") -> Case:
    """An annotation: whether the case of the row is hidden from `person` on `pr`.

    `sak` is the path from the row to its case: «pk» on a Sak, «sak» on a row that may belong to one. The row itself
    must carry `gruppe` and `samarbeid`.
    """
    forledd = "" if sak == "pk" else f"{sak}__"
    samme = Q(sak=OuterRef(sak)) | Q(sak__loftet_til=OuterRef(sak)) | Q(sak__loftet_fra=OuterRef(sak))
    inhabil = Deltakelse.inhabil_i.through._default_manager.filter(samme, deltakelse__person=person.pk or 0)
    vanlig = When(Q(**{f"{forledd}unntatt": True}) & ~Q(_ser_unntatt(person, pr)), then=Value(True))
    return Case(
        When(Exists(inhabil), then=Value(True)), vanlig, default=Value(False), output_field=models.BooleanField()
    )


def _ser_unntatt(person: "Besokende", pr: dt.date) -> Q:
    """Rows whose group's exempt papers `person` may see."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    if person.is_superuser:
        return Q(pk__isnull=False)
    med_verv = {t.gruppe_id for t in person.tilknytninger(pr) if t.slag == VERV}
    plasser = Medlemskap.objects.gir_tilgang(pr).filter(person=person, plass__ser_unntatt=True)
    return (
        Q(samarbeid__in=person.koordinator_i(pr))
        | Q(gruppe__in=med_verv)
        | Q(gruppe__in=plasser.values("plass__gruppe"))
    )


def vedtak_for(person: "Besokende", samarbeid: Samarbeid, har: Tilgang, pr: dt.date) -> "models.QuerySet[Any]":
    """The decisions that `person` may know of, each with `skjult` and `bare_belop`.

    A reader knows of every decision that carries money, but reads only date, group, sum and measure of those that
    belong to groups whose papers are not hers.
    """
    alle = Vedtak.objects.filter(samarbeid=samarbeid)
    synlige: models.QuerySet[Any] = alle.synlig_for(person, pr)
    if har.er_leser:
        synlige = synlige | alle.med_penger()
    merkede: models.QuerySet[Any] = synlige.annotate(
        skjult=skjult_for(person, pr, sak="sak"), bare_belop=_bare_belop(har)
    )
    return merkede


def _bare_belop(har: Tilgang) -> Case:
    """Rows of groups whose papers the visitor may not read."""
    if har.er_koordinator:
        return Case(default=Value(False), output_field=models.BooleanField())
    egne = Q(gruppe__isnull=True) | Q(gruppe__in=har.grupper_som_medlem | har.grupper_med_verv)
    return Case(When(egne, then=Value(False)), default=Value(True), output_field=models.BooleanField())
