from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from organisering.views.felles import Samarbeidsside


class MinSide(LoginRequiredMixin, TemplateView):
    """My measures and meetings, over all my Samarbeid."""

    template_name = "slt_portal/min_side.html"


class Oversikt(Samarbeidsside, TemplateView):
    """The coordinator's Monday page."""

    template_name = "slt_portal/oversikt.html"
    menyvalg = "oversikt"
