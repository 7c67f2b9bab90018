"""The one form helper, and the fields that a model's own become in our forms.

Label, hint and error stand above the field, only «Valgfritt» is marked, and there is one solid button. Days, sums and
whole numbers are read as people write them, and a text that is too long says how long it may be.
"""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from felles.belop import Belopfelt
from felles.datofelt import Datofelt

Ord = str | Promise
FOR_LANG = _("Skriv høyst %(limit_value)d tegn. Teksten har %(show_value)d.")
LENGSTE, STORSTE = 10_000, 999
IKKE_OPPGITT = _("Ikke oppgitt")
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
        self.render_hidden_fields = True
        self.feiltittel = feiltittel
        self.avbryt = avbryt
        self.avbryt_ord = avbryt_ord
        if knapp:
            self.add_input(Submit(knappnavn, knapp, css_class="knapp-hel"))

    def ny_knapp(self, navn: str, ord_: Ord) -> None:
        """A second, quiet button beside the solid one."""
        knapp = Submit(navn, ord_)
        knapp.field_classes = ""
        self.add_input(knapp)


def norsk_felt(felt: models.Field[Any, Any], **kwargs: Any) -> Any:
    """The form field of a model's field, for `Meta.formfield_callback`."""
    fast: dict[str, Any] = {
        "label": capfirst(felt.verbose_name),
        "help_text": felt.help_text,
        "required": not felt.blank,
    }
    if isinstance(felt, models.BooleanField) and felt.null:
        return _ja_nei(**fast)
    if felt.choices or felt.is_relation or isinstance(felt, models.BooleanField):
        return _valg(felt, **kwargs)
    if isinstance(felt, models.DateField):
        return Datofelt(**fast)
    if isinstance(felt, models.DecimalField):
        return Belopfelt(**fast)
    if isinstance(felt, models.IntegerField):
        return heltallsfelt(**fast)
    if isinstance(felt, models.TextField):
        kwargs |= {"max_length": LENGSTE, "widget": forms.Textarea(attrs={"rows": 4})}
    skjemafelt: Any = felt.formfield(**kwargs)
    if skjemafelt is not None:
        skjemafelt.error_messages["max_length"] = FOR_LANG
    return skjemafelt


def heltallsfelt(*, minst: int = 0, storst: int = STORSTE, **kwargs: Any) -> forms.IntegerField:
    """A whole number, typed; what is none, or too small or great, says the limits."""
    return forms.IntegerField(
        min_value=minst,
        max_value=storst,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            format_lazy(_("Skriv et helt tall fra {minst} til {storst}."), minst=minst, storst=storst),
        ),
        **kwargs,
    )


def _ja_nei(**kwargs: Any) -> forms.TypedChoiceField:
    """Yes, no, or not stated."""
    valg = [("", IKKE_OPPGITT), ("True", _("Ja")), ("False", _("Nei"))]
    return forms.TypedChoiceField(choices=valg, coerce=lambda verdi: verdi == "True", empty_value=None, **kwargs)


def _valg(felt: models.Field[Any, Any], **kwargs: Any) -> Any:
    """A choice, whose empty answer has words."""
    skjemafelt: Any = felt.formfield(**kwargs)
    if skjemafelt is None or not felt.choices:
        return skjemafelt
    tomt = IKKE_OPPGITT if felt.blank else _("Velg")
    skjemafelt.choices = [("", tomt) if verdi == "" else (verdi, navn) for verdi, navn in skjemafelt.choices]
    return skjemafelt
