"""The one form helper: label, hint and error above the field, only «Valgfritt» marked, one solid button."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Ord = str | Promise
IKKE_LAGRET: Ord = _("Skjemaet er ikke lagret")
AVBRYT: Ord = _("Avbryt")


class Skjema(FormHelper):  # type: ignore[misc]  # crispy carries no types
    """How every form of ours looks.

    `knapp` is a verb and its object («Send status»), never «Lagre endringer». `feiltittel` says what did *not* happen.
    `avbryt` is the address to go back to. `knappnavn` tells two submit buttons of one page apart. `eget_merke` False
    leaves the <form> tag and its buttons to the template.
    """

    def __init__(
        self,
        form: Any = None,
        *,
        knapp: Ord = "",
        feiltittel: Ord = IKKE_LAGRET,
        avbryt: str = "",
        avbryt_ord: Ord = AVBRYT,
        knappnavn: str = "",
        eget_merke: bool = True,
        metode: str = "post",
    ) -> None:
        super().__init__(form)
        self.form_class = "skjema"
        self.form_method = metode
        self.form_tag = eget_merke
        self.disable_csrf = not eget_merke
        self.attrs = {"novalidate": True}
        self.include_media = False
        self.feiltittel = feiltittel
        self.avbryt = avbryt
        self.avbryt_ord = avbryt_ord
        if knapp:
            self.add_input(Submit(knappnavn, knapp, css_class="knapp-hel"))
