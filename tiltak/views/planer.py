from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from organisering.views.felles import Samarbeidsside
from tiltak.models import Handlingsplan, Planutgave


class Planliste(Samarbeidsside, ListView[Handlingsplan]):
    """The plans of the Samarbeid."""

    menyvalg = "planer"

    def get_queryset(self) -> QuerySet[Handlingsplan]:
        return Handlingsplan.objects.filter(samarbeid=self.samarbeid)


class Planside(Samarbeidsside, DetailView[Handlingsplan]):
    """One plan and its editions."""

    menyvalg = "planer"

    def get_queryset(self) -> QuerySet[Handlingsplan]:
        return Handlingsplan.objects.filter(samarbeid=self.samarbeid)


class Utgaveside(Samarbeidsside, DetailView[Planutgave]):
    """One edition with its sections."""

    menyvalg = "planer"

    def get_queryset(self) -> QuerySet[Planutgave]:
        return Planutgave.objects.filter(samarbeid=self.samarbeid)
