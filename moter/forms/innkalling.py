from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from felles.felt import VERN
from felles.skjema import Skjema
from moter.models import Mote, Sak


class Gjesteskjema(forms.Form):
    """A guest known by role, for the whole meeting or for some of its cases."""

    rolle = forms.CharField(
        label=_("Hvem er gjesten?"),
        help_text=_("Rollen, for eksempel «Rådgiver fra Korus»."),
        max_length=160,
        validators=VERN,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    epost = forms.EmailField(
        label=_("E-post"),
        help_text=_("Innkallingen går hit. Uten adresse står gjesten bare på lista."),
        required=False,
        validators=[*VERN, validate_email],
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    saker: Any = forms.ModelMultipleChoiceField(
        label=_("Bare med i sakene"),
        help_text=_("Ingen valgt betyr hele møtet."),
        queryset=Sak.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, mote: Mote, saker: list[Sak], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sak in saker:
            sak.gruppe = mote.gruppe
        velger: Any = self.fields["saker"]
        velger.queryset = mote.saker.filter(pk__in=[sak.pk for sak in saker])
        velger.choices = [(sak.pk, f"{sak.saksnummer} {sak.tittel}".strip()) for sak in saker]
        if not saker:
            del self.fields["saker"]
        self.helper = Skjema(
            self, knapp=_("Inviter gjesten"), feiltittel=_("Gjesten er ikke invitert"), avbryt=mote.get_absolute_url()
        )

    def felter(self) -> dict[str, Any]:
        """What the service asks for."""
        data = self.cleaned_data
        return {"rolle": data["rolle"], "epost": data["epost"], "saker": list(data.get("saker", ()))}
