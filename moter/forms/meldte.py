from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.felt import VERN
from felles.skjema import Ord, Skjema
from moter.forms.papirer import MedPapir, filfelt
from moter.models import Sak


class Meldeskjema(MedPapir, forms.ModelForm[Sak]):
    """A case that a member reports to the group's queue, with a paper when there is one."""

    fil = filfelt(merkelapp=_("Papir til saken"), ma=False)

    class Meta:
        model = Sak
        fields = ["tittel", "tekst", "slag"]

    def __init__(self, *args: Any, for_stor: bool, knapp: Ord, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_stor = for_stor
        self.fields["tittel"].label = _("Hva gjelder saken?")
        self.fields["tekst"].label = _("Hva bør gruppa vite?")
        self.fields["tekst"].help_text = _("Ikke skriv om enkeltpersoner.")
        self.fields["slag"].label = _("Hva ønsker du at gruppa gjør?")
        self.helper = Skjema(self, knapp=knapp, feiltittel=_("Saken er ikke meldt"), avbryt=avbryt)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.kontroller(data.get("fil"))
        return data

    def felter(self) -> dict[str, Any]:
        """What the service asks for."""
        return {navn: self.cleaned_data[navn] for navn in ("tittel", "tekst", "slag")}


class Avvisningsskjema(forms.Form):
    """Why a case is not taken up; the one who reported it reads it."""

    grunn = forms.CharField(
        label=_("Hvorfor tas ikke saken opp?"),
        help_text=_("Den som meldte saken, ser det du skriver her."),
        max_length=300,
        validators=VERN,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = Skjema(self, knapp=_("Si nei til saken"), feiltittel=_("Svaret er ikke lagret"), avbryt=avbryt)
