from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from felles.tid import i_dag, naa
from organisering.models import Person, Samarbeid
from organisering.rules import tilgang
from organisering.views.felles import Menyvalg, meny
from slt_portal import mitt


class MinSide(LoginRequiredMixin, TemplateView):
    """My measures, meetings, action items and seats, over all my Samarbeid."""

    template_name = "slt_portal/min_side.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, pr = self.request.user, i_dag()
        assert isinstance(person, Person)
        mine = mitt.hent(person, pr, naa())
        ett = mine[0].samarbeid if len(mine) == 1 else None
        alle = Samarbeid.objects.synlig_for(person, pr) if person.is_superuser else Samarbeid.objects.none()
        return super().get_context_data(
            mine=mine,
            setning=mitt.setning(mine, pr),
            alle_samarbeid=alle,
            samarbeid=ett,
            meny=self.menyen(person, mine),
            pr=pr,
            naa=naa(),
            **kwargs,
        )

    def menyen(self, person: Person, mine: list["mitt.Mitt"]) -> list[Menyvalg]:
        """The menu of the one Samarbeid, or a way into each of them."""
        if len(mine) == 1:
            return meny(tilgang(person, mine[0].samarbeid, i_dag()), mine[0].samarbeid.slug, "min_side")
        return [Menyvalg(mitt.samarbeidsnavn(en.samarbeid), en.inngang) for en in mine]
