from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from organisering.views.felles import Samarbeidsside
from tiltak.models import Tiltak


class Tiltaksliste(Samarbeidsside, ListView[Tiltak]):
    """The measures table."""

    menyvalg = "tiltak"

    def get_queryset(self) -> QuerySet[Tiltak]:
        return Tiltak.objects.filter(samarbeid=self.samarbeid)


class Tiltaksside(Samarbeidsside, DetailView[Tiltak]):
    """One measure."""

    menyvalg = "tiltak"

    def get_queryset(self) -> QuerySet[Tiltak]:
        return Tiltak.objects.filter(samarbeid=self.samarbeid)
