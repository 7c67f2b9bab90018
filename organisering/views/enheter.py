from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from organisering.models import Enhet
from organisering.views.felles import Samarbeidsside


class Enhetsliste(Samarbeidsside, ListView[Enhet]):
    """The units of the network."""

    menyvalg = "enheter"

    def get_queryset(self) -> QuerySet[Enhet]:
        return Enhet.objects.filter(samarbeid=self.samarbeid).aktive(self.pr)


class Enhetsside(Samarbeidsside, DetailView[Enhet]):
    """One unit and what it answers for."""

    menyvalg = "enheter"

    def get_queryset(self) -> QuerySet[Enhet]:
        return Enhet.objects.filter(samarbeid=self.samarbeid)
