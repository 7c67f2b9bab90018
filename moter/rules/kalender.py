"""Which meetings stand in a person's own calendar: those of the groups whose papers may be read that day."""

import datetime as dt

from django.db.models import DateTimeField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from moter.models import Mote
from organisering.models import Person

TILBAKE = dt.timedelta(days=365)
LENGE_SIDEN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # for a row that was written without history


def moter_i_kalenderen(person: Person, pr: dt.date) -> QuerySet[Mote]:
    """The meetings of a year back and all to come, each with `endret`, when the row was last changed.

    By seat, office and coordinator's role alone: one who runs the installation does not get the whole country.
    """
    historie = Mote.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date").values("history_date")
    egne = Q(samarbeid__in=person.koordinator_i(pr)) | Q(gruppe__in=person.gruppe_ider(pr))
    rader: QuerySet[Mote] = Mote.objects.filter(egne, start__date__gte=pr - TILBAKE)
    sist = Coalesce(Subquery(historie[:1]), Value(LENGE_SIDEN), output_field=DateTimeField())
    return (
        rader.annotate(endret=sist)
        .select_related("samarbeid", "gruppe")
        .prefetch_related("gruppe__nivaer")
        .defer("referat")
        .order_by("start", "pk")
    )
