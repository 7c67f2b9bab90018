"""What mail a person wants, and how often."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from felles.tid import i_dag
from organisering.models import Person
from organisering.views.felles import Egenside
from slt_portal.forms import Varselskjema
from slt_portal.varsling import REGLER
from varsling.services import hent_valg, velg


class Varselvalgside(Egenside, FormView[Varselskjema]):
    """Each kind of reminder with a sentence, and how often it comes."""

    form_class = Varselskjema
    template_name = "konto/varselvalg.html"
    success_url = reverse_lazy("varselvalg")

    @cached_property
    def plikt(self) -> bool:
        """Whether this person coordinates some Samarbeid today."""
        assert isinstance(self.request.user, Person)
        return bool(self.request.user.koordinator_i(i_dag()))

    def get_form_kwargs(self) -> dict[str, Any]:
        regler = [regel for regel in REGLER if self.plikt or not regel.bare_koordinator]
        egne = {"regler": regler, "valgt": hent_valg(self.request.user.pk or 0), "plikt": self.plikt}
        return {**super().get_form_kwargs(), **egne, "avbryt": reverse("meg")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(plikt=self.plikt, **kwargs)

    def form_valid(self, form: Varselskjema) -> HttpResponse:
        velg(self.request.user, form.cleaned_data)
        messages.success(self.request, _("Valgene er lagret."))
        return super().form_valid(form)
