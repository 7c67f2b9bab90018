from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.skjema import Skjema
from organisering.models import Person


class Megskjema(forms.ModelForm[Person]):
    """What a person changes about oneself. The address is not here: it is the login."""

    class Meta:
        model = Person
        fields = ["navn", "telefon", "stilling", "sprak"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["navn"].widget.attrs["autocomplete"] = "name"
        self.fields["telefon"].widget.attrs.update({"autocomplete": "tel", "inputmode": "tel"})
        self.fields["stilling"].widget.attrs["autocomplete"] = "organization-title"
        self.fields["sprak"].choices = [("", _("Som samarbeidet")), *Person.Sprak.choices]  # type: ignore[attr-defined]
        self.fields["sprak"].help_text = ""
        self.helper = Skjema(self, knapp=_("Lagre opplysningene"), feiltittel=_("Opplysningene er ikke lagret"))
