"""The open pages: read by anybody, no form, cached by ETag."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from organisering.models import Samarbeid
from organisering.views.felles import finn_samarbeid


class Forside(TemplateView):
    """The portal's own front page; one who is logged in goes on to min-side."""

    template_name = "slt_portal/forside.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("min_side")
        return super().get(request, *args, samarbeid=Samarbeid.objects.all(), **kwargs)


class OffentligSamarbeid(TemplateView):
    """What SLT is here, and whom to contact."""

    template_name = "slt_portal/samarbeid.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        funnet = finn_samarbeid(request, kwargs["slug"])
        if not isinstance(funnet, Samarbeid):
            return funnet
        return super().get(request, *args, samarbeid=funnet, **kwargs)


class OffentligPlan(OffentligSamarbeid):
    """The adopted plan, for anybody."""

    template_name = "slt_portal/plan.html"
