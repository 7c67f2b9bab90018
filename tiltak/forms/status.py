"""The second press: an optional sentence, and on whose behalf when several fit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.skjema import Skjema
from tiltak.models import Ansvar, Statusmelding

LENGSTE = 2000
FOR_LANG = _("Skriv høyst %(limit_value)d tegn. Teksten har %(show_value)d.")


class AnsvarValg(forms.ModelChoiceField[Ansvar]):
    """Those who answer, by name."""

    def label_from_instance(self, obj: Ansvar) -> str:
        return obj.navn


class Utdypingsfelt(forms.CharField):
    """Some sentences beside an answer."""

    def __init__(self, **valg: Any) -> None:
        super().__init__(
            help_text=_("Ikke skriv om enkeltpersoner. Alle som er med i samarbeidet, kan lese dette."),
            max_length=LENGSTE,
            widget=forms.Textarea(attrs={"rows": 4}),
            validators=Statusmelding._meta.get_field("tekst").validators,
            error_messages={"max_length": FOR_LANG},
            **valg,
        )


class Utdyping(forms.Form):
    """What is told afterwards about a report that is sent."""

    tekst = Utdypingsfelt(label=_("Fortell mer"), required=False)


class Statusskjema(forms.Form):
    """`ansvar` are those the person may report for; the only one is chosen by itself. `paakrevd` demands one."""

    status = forms.ChoiceField(
        choices=Statusmelding.Status.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Velg et svar først."), "invalid_choice": _("Velg ett av de fire svarene.")},
    )
    ansvar = AnsvarValg(
        label=_("På vegne av"),
        queryset=Ansvar.objects.none(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvem du svarer for."), "invalid_choice": _("Velg en av dem i lista.")},
    )
    tekst = Utdypingsfelt(label=_("Vil du si noe mer?"), required=False)

    def __init__(self, *args: Any, ansvar: Sequence[Ansvar], paakrevd: bool, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.eneste = ansvar[0] if len(ansvar) == 1 and paakrevd else None
        felt = self.fields["ansvar"]
        assert isinstance(felt, forms.ModelChoiceField)
        if self.eneste or not ansvar:
            del self.fields["ansvar"]
        else:
            felt.queryset = Ansvar.objects.med_parter().filter(pk__in=[ett.pk for ett in ansvar])
            felt.empty_label = None if paakrevd else _("Bare meg selv")
            felt.required = paakrevd
        self.helper = Skjema(self, knapp=_("Send status"), feiltittel=_("Statusen er ikke sendt"), avbryt=avbryt)

    def melding(self) -> dict[str, Any]:
        """The report, as the service wants it."""
        valgt = self.cleaned_data.get("ansvar") or self.eneste
        return {"status": self.cleaned_data["status"], "tekst": self.cleaned_data["tekst"], "ansvar": valgt}
