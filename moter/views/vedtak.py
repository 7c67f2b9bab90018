from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from moter.models import Vedtak
from organisering.views.felles import Samarbeidsside


class Vedtaksliste(Samarbeidsside, ListView[Vedtak]):
    """Decisions and money."""

    menyvalg = "vedtak"

    def get_queryset(self) -> QuerySet[Vedtak]:
        return Vedtak.objects.filter(samarbeid=self.samarbeid).synlig_for(self.request.user, self.pr)


class Vedtaksside(Samarbeidsside, DetailView[Vedtak]):
    """One decision."""

    menyvalg = "vedtak"

    def get_queryset(self) -> QuerySet[Vedtak]:
        return Vedtak.objects.filter(samarbeid=self.samarbeid).synlig_for(self.request.user, self.pr)
