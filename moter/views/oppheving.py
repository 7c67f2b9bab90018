from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from felles.unntak import Regelbrudd
from moter.forms.behandling import Opphevingsskjema
from moter.models import Vedtak
from moter.rules.henting import vedtaket
from moter.rules.innsyn import Innsyn
from moter.services import opphev
from moter.views.arbeid import Gruppearbeid
from organisering.views.felles import en_eller_404


class Opphev(Gruppearbeid, FormView[Opphevingsskjema]):
    """Revokes a decision from a day; its sum is free again."""

    menyvalg = "vedtak"
    template_name = "moter/vedtak_opphev.html"
    form_class = Opphevingsskjema
    vedtak: Vedtak

    def hent(self) -> Vedtak:
        """A decision that the visitor may record; 404 when it is not seen, 403 when it is only read."""
        innsyn = Innsyn.av(self.request.user, self.samarbeid, self.tilgang, self.pr)
        rad = en_eller_404(vedtaket(innsyn, self.kwargs["pk"]))
        if rad.skjult or (rad.gruppe is None and not self.tilgang.er_koordinator):
            raise PermissionDenied
        if rad.gruppe is not None:
            self.krev(rad.gruppe)
        return rad  # type: ignore[no-any-return]

    def get_form_kwargs(self) -> dict[str, Any]:
        self.vedtak = self.hent()
        return {**super().get_form_kwargs(), "pr": self.pr, "avbryt": self.vedtak.get_absolute_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        return {**kontekst, "vedtak": self.vedtak}

    def form_valid(self, form: Opphevingsskjema) -> HttpResponse:
        try:
            opphev(self.vedtak, dato=form.cleaned_data["dato"])
        except Regelbrudd as brudd:
            form.add_error("dato", brudd.setning)
            return self.form_invalid(form)
        messages.success(self.request, _("Vedtaket er opphevet."))
        return redirect(self.vedtak)
