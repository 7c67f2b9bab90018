from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from moter.models import Mote
from organisering.views.felles import Samarbeidsside


class Moteliste(Samarbeidsside, ListView[Mote]):
    """Meetings of the groups one may read."""

    menyvalg = "moter"

    def get_queryset(self) -> QuerySet[Mote]:
        return Mote.objects.filter(samarbeid=self.samarbeid).synlig_for(self.request.user, self.pr)


class Moteside(Samarbeidsside, DetailView[Mote]):
    """One meeting with its agenda."""

    menyvalg = "moter"

    def get_queryset(self) -> QuerySet[Mote]:
        return Mote.objects.filter(samarbeid=self.samarbeid).synlig_for(self.request.user, self.pr)
