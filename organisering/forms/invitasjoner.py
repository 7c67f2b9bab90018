from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from felles.felt import uten_personnummer, uten_styretegn
from felles.skjema import Skjema
from organisering.models import Invitasjon, Person, Plass, Rolletildeling, Samarbeid


class Invitasjonsskjema(forms.Form):
    """An address, and what it is asked to be."""

    epost = forms.EmailField(label=_("E-post"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    som = forms.ChoiceField(label=_("Invitert som"))

    def __init__(self, *args: Any, samarbeid: Samarbeid, plasser: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plasser: dict[str, Plass] = {f"plass-{plass.pk}": plass for plass in plasser}
        grupper: dict[str, list[tuple[str, str]]] = {}
        for kode, plass in self.plasser.items():
            grupper.setdefault(str(plass.gruppe), []).append((kode, str(plass)))
        felt = self.fields["som"]
        assert isinstance(felt, forms.ChoiceField)
        felt.choices = [("", _("Velg")), (_("Roller"), list(Rolletildeling.Rolle.choices)), *grupper.items()]
        self.helper = Skjema(self, knapp=_("Send invitasjonen"), feiltittel=_("Invitasjonen er ikke sendt"))

    def hva(self) -> dict[str, Any]:
        """The role or the seat, as the service wants it."""
        valgt = self.cleaned_data["som"]
        return {"plass": self.plasser[valgt]} if valgt in self.plasser else {"rolle": valgt}


class Velkomstskjema(forms.Form):
    """Name and password of one who comes for the first time."""

    navn = forms.CharField(
        label=_("Navn"),
        max_length=120,
        validators=[uten_styretegn, uten_personnummer],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    passord = forms.CharField(
        label=_("Passord"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    passord_igjen = forms.CharField(
        label=_("Passordet en gang til"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitasjon: Invitasjon, kjent: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = Person(navn="", epost=invitasjon.epost)
        if kjent is not None:
            del self.fields["navn"]
            self.person.navn = kjent.navn
        self.fields["passord"].help_text = " ".join(password_validators_help_texts())
        self.helper = Skjema(self, knapp=_("Svar ja og logg inn"), feiltittel=_("Svaret er ikke lagret"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.person.navn = data.get("navn", self.person.navn)
        passord = data.get("passord")
        if not passord:
            return data
        if passord != data.get("passord_igjen"):
            self.add_error("passord_igjen", _("De to passordene er ikke like."))
        try:
            validate_password(passord, self.person)
        except ValidationError as feil:
            self.add_error("passord", feil)
        return data
