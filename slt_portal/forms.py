"""The forms of the account: the login, allauth's without its link between label and field, and what mail one wants."""

from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from felles.datofelt import Datofelt
from felles.skjema import Skjema
from slt_portal.varsling import Regel
from varsling.models import Pause, Varselvalg

ALDRI = Varselvalg.Hyppighet.ALDRI


class Innlogging(LoginForm):  # type: ignore[misc]  # allauth carries no types
    """E-mail and password. The way to a new password stands below the form, out of the way of Tab."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class Varselskjema(forms.Form):
    """How often mail of each kind comes. One who coordinates may not switch any of it off: it is her duty."""

    def __init__(
        self, *args: Any, regler: Iterable[Regel], valgt: Mapping[str, str], plikt: bool, avbryt: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        valg = [valget for valget in Varselvalg.Hyppighet.choices if not (plikt and valget[0] == ALDRI)]
        for regel in regler:
            na = valgt.get(regel.regel, Varselvalg.Hyppighet.DAGLIG)
            self.fields[regel.regel] = forms.ChoiceField(
                label=str(regel.tittel),
                help_text=str(regel.setning),
                choices=valg,
                widget=forms.RadioSelect,
                initial=Varselvalg.Hyppighet.DAGLIG if plikt and na == ALDRI else na,
                error_messages=dict.fromkeys(("required", "invalid_choice"), _("Velg hvor ofte.")),
            )
        self.helper = Skjema(self, knapp=_("Lagre valgene"), feiltittel=_("Valgene er ikke lagret"), avbryt=avbryt)


class Pauseskjema(forms.Form):
    """How long reminders wait, and why."""

    til = Datofelt(
        label=_("Vent til og med"),
        help_text=_("Dagen etter går det påminnelser igjen."),
        error_messages={"required": _("Skriv hvilken dag påminnelsene skal vente til.")},
    )
    grunn = forms.CharField(
        label=_("Hvorfor"),
        help_text=_("Alle som ser saken, ser grunnen."),
        max_length=300,
        validators=Pause._meta.get_field("grunn").validators,
        error_messages={"required": _("Skriv hvorfor påminnelsene venter.")},
    )

    def __init__(self, *args: Any, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = Skjema(self, knapp=_("Sett på pause"), feiltittel=_("Pausen er ikke lagret"), avbryt=avbryt)
