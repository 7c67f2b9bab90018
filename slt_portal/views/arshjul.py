import datetime as dt
from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from felles.tid import naa
from organisering.views.felles import Samarbeidsside
from slt_portal import aret, hjul


class Arshjul(Samarbeidsside, TemplateView):
    """The year as a wheel, and the same year as a list."""

    template_name = "slt_portal/arshjul.html"
    menyvalg = "arshjul"

    @cached_property
    def ar(self) -> int:
        """The year in the address, or today's. Raises Http404 for what is no year."""
        ar = self.request.GET.get("ar", str(self.pr.year))
        if not (ar.isascii() and ar.isdigit() and aret.FORST_AR <= int(ar[:5]) <= aret.SIST_AR):
            raise Http404
        return int(ar)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bilde = aret.hent(self.samarbeid, self.tilgang, ar=self.ar, pr=self.pr, naa=naa())
        nummer = self.request.GET.get("utvalg", "0")
        valgt = int(nummer) if nummer in {str(nr) for nr in range(len(bilde.utvalg))} else 0
        return super().get_context_data(
            bilde=bilde,
            hjul=hjul.tegn(bilde, bilde.utvalg[valgt].grupper if bilde.utvalg else None),
            valgt=valgt,
            ar=str(self.ar),
            arene=[str(ar) for ar in (self.ar - 1, self.ar + 1) if aret.FORST_AR <= ar <= aret.SIST_AR],
            i_ar=dt.date(self.ar, 1, 1),
            **kwargs,
        )
