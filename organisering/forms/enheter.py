"""A unit, and who is asked in it."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from felles.felt import VERN
from felles.skjema import norsk_felt
from organisering.forms.felles import Radskjema
from organisering.models import Enhet, Enhetskontakt

FLEST_NAVN, LENGSTE_NAVN = 50, 160


class Enhetsskjema(Radskjema[Enhet]):
    """A unit, with the other words that are used of it."""

    knapp = _("Lagre enheten")
    feiltittel = _("Enheten er ikke lagret")
    brudd: ClassVar = {
        "enhet_periode": "til",
        "enhet_navn_unikt": "navn",
        "enhet_ikke_del_av_seg_selv": "overordnet",
    }
    aliaser = forms.CharField(
        label=_("Også kalt"),
        required=False,
        max_length=4000,
        validators=VERN,
        help_text=_("Ett navn på hver linje, for eksempel «Skolen» og «skolene». Ordene i planen finner enheten slik."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("navn", "slag", "eier", "aliaser", "overordnet", "beskrivelse", "fra", "til")

    class Meta:
        model = Enhet
        formfield_callback = norsk_felt
        fields = ["navn", "slag", "eier", "overordnet", "beskrivelse", "fra", "til"]
        error_messages = {"navn": {"required": _("Skriv hva enheten heter.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("aliaser", aliasene(self.instance))

    def rader(self, navn: str, alle: Any) -> Any:
        return super().rader(navn, alle).exclude(pk=self.instance.pk)

    def samtidig_verdier(self, rad: Enhet) -> dict[str, Any]:
        return {**super().samtidig_verdier(rad), "aliaser": aliasene(rad)}

    def clean_aliaser(self) -> str:
        navn = dict.fromkeys(" ".join(linje.split()) for linje in self.cleaned_data["aliaser"].splitlines())
        navn.pop("", None)
        if len(navn) > FLEST_NAVN or any(len(ett) > LENGSTE_NAVN for ett in navn):
            raise ValidationError(_("Skriv høyst 50 navn, hvert på høyst 160 tegn."), code="for_mange")
        return "\n".join(sorted(navn, key=str.casefold))


def aliasene(enhet: Enhet) -> str:
    """The other names, one a line."""
    return "\n".join(sorted((alias.navn for alias in enhet.aliaser.all()), key=str.casefold))


class Kontaktskjema(Radskjema[Enhetskontakt]):
    """One who is asked, and as what."""

    brudd: ClassVar = {"enhetskontakt_periode": "til", "enhetskontakt_en_apen": "person"}

    class Meta:
        model = Enhetskontakt
        formfield_callback = norsk_felt
        fields = ["person", "funksjon", "fra", "til"]
        error_messages = {"person": {"required": _("Velg personen, eller kryss av for å fjerne kontakten.")}}
