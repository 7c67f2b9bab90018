"""Standing duties, agreements and days off: read by all inside, edited by the coordinator."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View

from organisering.forms import Avtaleskjema, Fridagskjema, Punktskjema
from organisering.models import Arshjulpunkt, Avtale, Fridag
from organisering.rules import kan_redigere
from organisering.rules.arshjul import avtale_i_ord, nar_i_ord, neste_frist
from organisering.views.felles import Samarbeidsside

PART = ("gruppe", "plass", "koordinatorpost", "kilde")


class Faste(Samarbeidsside, TemplateView):
    """What comes every year whatever the plan says."""

    menyvalg = "planer"
    template_name = "organisering/faste.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        punkter = self._rader(Arshjulpunkt.objects.filter(models.Q(til__isnull=True) | models.Q(til__gte=self.pr)))
        fridager = Fridag.objects.filter(samarbeid=self.samarbeid, til__gte=self.pr)
        return super().get_context_data(
            punkter=[(punkt, nar_i_ord(punkt), neste_frist(punkt, self.pr)) for punkt in punkter],
            avtaler=[(avtale, avtale_i_ord(avtale, self.pr)) for avtale in self._rader(Avtale.objects.all())],
            fridager=list(fridager),
            kan_rette=kan_redigere(self.request.user, self.samarbeid, self.pr),
            **kwargs,
        )

    def _rader(self, rader: Any) -> Any:
        return rader.filter(samarbeid=self.samarbeid).select_related(*PART).prefetch_related("gruppe__nivaer")


class Faststed(Samarbeidsside):
    """What the pages that change one row share. Only the coordinator: others get 403."""

    menyvalg = "planer"
    modell: ClassVar[Any]

    def raden(self) -> Any:
        """The row at the address, or None for a new one."""
        pk = self.kwargs.get("pk")
        rad = get_object_or_404(self.modell, samarbeid=self.samarbeid, pk=pk) if pk is not None else None
        if not kan_redigere(self.request.user, self.samarbeid, self.pr):
            raise PermissionDenied
        return rad

    @property
    def listen(self) -> str:
        return reverse("organisering:faste", args=[self.samarbeid.slug])


@method_decorator(transaction.atomic, name="post")
class Fastskjema(Faststed, FormView[Any]):
    """Makes or changes one row."""

    template_name = "organisering/faste_skjema.html"
    ny: ClassVar[str | Promise]
    endre: ClassVar[str | Promise]
    lagret: ClassVar[str | Promise]
    ingress: ClassVar[str | Promise]

    def get_form_kwargs(self) -> dict[str, Any]:
        rad = self.raden() or self.modell()
        egne = {"samarbeid": self.samarbeid, "pr": self.pr, "avbryt": self.listen, "instance": rad}
        return {**super().get_form_kwargs(), **egne}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        overskrift = self.endre if "pk" in self.kwargs else self.ny
        return super().get_context_data(overskrift=overskrift, ingress=self.ingress, listen=self.listen, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        messages.success(self.request, str(self.lagret))
        return redirect(self.listen)


class Punktside(Fastskjema):
    modell = Arshjulpunkt
    form_class = Punktskjema
    ny, endre, lagret = _("Ny fast oppgave"), _("Endre oppgaven"), _("Oppgaven er lagret.")
    ingress = _(
        "Det som kommer igjen uansett hva planen sier. Den som har oppgaven, blir minnet om den 30 og 7 dager før."
    )


class Avtaleside(Fastskjema):
    modell = Avtale
    form_class = Avtaleskjema
    ny, endre, lagret = _("Ny avtale"), _("Endre avtalen"), _("Avtalen er lagret.")
    ingress = _("Den som fornyer avtalen, blir minnet om det 30 og 7 dager før.")


class Fridagside(Fastskjema):
    modell = Fridag
    form_class = Fridagskjema
    ny, endre, lagret = _("Nye fridager"), _("Endre fridagene"), _("Dagene er lagret.")
    ingress = _("Ingen møter blir foreslått disse dagene.")


class FjernFridag(Faststed, View):
    """Takes days off away; what they were stays in the history."""

    modell = Fridag

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        rad = self.raden()
        rad.delete()
        messages.success(request, _("%(navn)s er fjernet.") % {"navn": rad.navn})
        return redirect(self.listen)
