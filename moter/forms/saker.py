from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.samtidig import Samtidig
from felles.skjema import Ord, Skjema
from moter.models import Sak
from organisering.models import Samarbeid
from tiltak.models import Tiltak


class Saksskjema(Samtidig, forms.ModelForm[Sak]):
    """What a case is about, and what is proposed."""

    class Meta:
        model = Sak
        fields = ["tittel", "slag", "tekst", "forslag", "tiltak", "minutter", "unntatt", "unntatt_grunn"]

    def __init__(
        self, *args: Any, samarbeid: Samarbeid, knapp: Ord, feiltittel: Ord, avbryt: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        velger: Any = self.fields["tiltak"]
        velger.queryset = Tiltak.objects.filter(samarbeid=samarbeid)
        velger.empty_label = _("Ikke noe tiltak")
        self.fields["slag"].help_text = _("En beslutning har et forslag til vedtak.")
        self.fields["forslag"].help_text = _("Fylles inn når saken behandles.")
        self.fields["tekst"].help_text = _("Ikke skriv om enkeltpersoner.")
        for navn in ("tekst", "forslag"):
            self.fields[navn].widget.attrs["rows"] = 4
        self.helper = Skjema(self, knapp=knapp, feiltittel=feiltittel, avbryt=avbryt)

    def felter(self) -> dict[str, Any]:
        """What the service asks for."""
        return {navn: self.cleaned_data[navn] for navn in self.samtidige_felt if navn in self.cleaned_data}
