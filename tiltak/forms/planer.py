"""A plan's own facts, and that it was gone through."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from felles.datofelt import Datofelt
from felles.forberedt import forberedt
from felles.samtidig import Samtidig
from felles.skjema import Skjema
from organisering.models import Gruppe, Samarbeid
from tiltak.models import Handlingsplan, Plangjennomgang
from tiltak.rules.planene import gruppenavn

FOR_LANG = _("Skriv høyst %(limit_value)d tegn. Teksten har %(show_value)d.")
HVOR_OFTE = _("Skriv et helt antall måneder, fra 1 til 240.")


def _gruppevalg(samarbeid: Samarbeid, pr: dt.date) -> list[tuple[Any, Any]]:
    """Groups by the name they are shown with. One query."""
    return [("", _("Ikke oppgitt")), *_motende(samarbeid, pr)]


@forberedt
def _motende(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Gruppe, Any]:
    grupper = Gruppe.objects.filter(samarbeid=samarbeid).aktive(pr).motende()
    return grupper.annotate(vist=gruppenavn("pk")).values_list("pk", "vist")  # type: ignore[no-any-return]


def _velg_blant(felt: forms.Field, samarbeid: Samarbeid, valg: Sequence[tuple[Any, Any]]) -> None:
    assert isinstance(felt, forms.ModelChoiceField)
    felt.queryset = Gruppe.objects.filter(samarbeid=samarbeid)
    felt.choices = list(valg)


class Planskjema(Samtidig, forms.ModelForm[Handlingsplan]):
    """Name, how often it is revised, who prepares and who adopts it."""

    revisjon_maneder = forms.IntegerField(
        label=_("Måneder mellom revisjonene"), required=False, min_value=1, max_value=240,
        help_text=_("24 er hvert andre år."), widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), HVOR_OFTE),
    )  # fmt: skip

    class Meta:
        model = Handlingsplan
        fields = ["navn", "revisjon_maneder", "utarbeides_av", "vedtas_av"]
        error_messages = {"navn": {"required": _("Skriv hva planen heter."), "max_length": FOR_LANG}}

    def __init__(self, *args: Any, pr: dt.date, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valg = _gruppevalg(self.instance.samarbeid, pr)
        for navn in ("utarbeides_av", "vedtas_av"):
            _velg_blant(self.fields[navn], self.instance.samarbeid, valg)
        self.helper = Skjema(self, knapp=_("Lagre planen"), feiltittel=_("Planen er ikke lagret"), avbryt=avbryt)


class Gjennomgangsskjema(forms.Form):
    """«Gjennomgått uten endring»: when, and by which body."""

    dato = Datofelt(label=_("Dato"), error_messages={"required": _("Skriv når planen ble gjennomgått.")})
    gruppe = forms.ModelChoiceField(label=_("Gjennomgått av"), queryset=Gruppe.objects.none(), required=False)
    organ_ord = forms.CharField(
        label=_("Gjennomgått av, med ord"),
        help_text=_("Når organet ikke er en gruppe i portalen."),
        required=False,
        max_length=200,
        error_messages={"max_length": FOR_LANG},
        validators=Plangjennomgang._meta.get_field("organ_ord").validators,
    )

    def __init__(self, *args: Any, samarbeid: Samarbeid, pr: dt.date, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _velg_blant(self.fields["gruppe"], samarbeid, _gruppevalg(samarbeid, pr))
        feil = _("Gjennomgangen er ikke lagret")
        self.helper = Skjema(self, knapp=_("Lagre gjennomgangen"), feiltittel=feil, avbryt=avbryt)
