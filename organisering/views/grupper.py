from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from organisering.models import Gruppe
from organisering.views.felles import Samarbeidsside


class Gruppeliste(Samarbeidsside, ListView[Gruppe]):
    """The groups and described levels of the Samarbeid."""

    menyvalg = "grupper"

    def get_queryset(self) -> QuerySet[Gruppe]:
        return Gruppe.objects.filter(samarbeid=self.samarbeid).aktive(self.pr).med_nivaer()


class Gruppeside(Samarbeidsside, DetailView[Gruppe]):
    """One group: seats, mandate and rules."""

    menyvalg = "grupper"

    def get_queryset(self) -> QuerySet[Gruppe]:
        return Gruppe.objects.filter(samarbeid=self.samarbeid).med_nivaer()
