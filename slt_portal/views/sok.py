from typing import Any

from django.views.generic import TemplateView

from organisering.models import Person
from organisering.views.felles import Samarbeidsside
from slt_portal import sok


class Sok(Samarbeidsside, TemplateView):
    """Measures, meetings, cases, decisions, groups and units that hold the words."""

    template_name = "slt_portal/sok.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert isinstance(self.request.user, Person)
        sokt = self.request.GET.get("q", "").replace("\x00", " ").strip()[: sok.LENGST]
        lister = sok.sok(sokt, self.samarbeid, self.request.user, self.tilgang, self.pr)
        return super().get_context_data(
            sokt=sokt, lister=lister, antall=sum(len(liste.treff) for liste in lister), **kwargs
        )
