"""What is to be done to many measures at once: one form for each kind of change."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.datofelt import Datofelt
from felles.skjema import Skjema
from organisering.models import Samarbeid
from tiltak.forms.ansvar import GRUPPERT
from tiltak.forms.status import Utdypingsfelt
from tiltak.forms.tiltak import Avslutningsskjema
from tiltak.models import Mal, Statusmelding
from tiltak.rules.flere import Flerendring, Hva
from tiltak.rules.parter import parter


class Flerskjema(forms.Form):
    """What the kinds share. `endring` is the change that a valid form says."""

    hva: Hva

    def __init__(self, *args: Any, samarbeid: Samarbeid, pr: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fyll_valg(samarbeid, pr)
        self.helper = Skjema(self, eget_merke=False, feiltittel=_("Ingenting er endret"))

    def fyll_valg(self, samarbeid: Samarbeid, pr: dt.date) -> None:
        """The choices that the Samarbeid has."""

    def endring(self) -> Flerendring:
        return Flerendring(self.hva, **self.cleaned_data)


class Fristvalg(Flerskjema):
    hva = Hva.FRIST
    frist = Datofelt(label=_("Ny frist"), required=False, help_text=_("La stå tomt for å ta bort fristen."))


class Malvalg(Flerskjema):
    hva = Hva.MAL
    mal = forms.ModelChoiceField(
        label=_("Nytt hovedmål"), queryset=Mal.objects.none(), required=False, empty_label=_("Ingen"),
        error_messages={"invalid_choice": _("Velg et mål som står i lista.")},
    )  # fmt: skip

    def fyll_valg(self, samarbeid: Samarbeid, pr: dt.date) -> None:
        felt = self.fields["mal"]
        assert isinstance(felt, forms.ModelChoiceField)
        felt.queryset = Mal.objects.filter(samarbeid=samarbeid)


class Statusvalg(Flerskjema):
    hva = Hva.STATUS
    status = forms.ChoiceField(
        label=_("Hvordan går det?"), choices=Statusmelding.Status.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Velg et svar først."), "invalid_choice": _("Velg ett av de fire svarene.")},
    )  # fmt: skip
    tekst = Utdypingsfelt(label=_("Fortell mer"), required=False)


class Ansvarvalg(Flerskjema):
    hva = Hva.ANSVAR
    part = forms.ChoiceField(
        label=_("Hvem det er"),
        help_text=_("Den som blir spurt om status."),
        error_messages={"required": _("Velg en som står i lista."), "invalid_choice": _("Velg en som står i lista.")},
    )

    def fyll_valg(self, samarbeid: Samarbeid, pr: dt.date) -> None:
        self.parter = {part.kode: part for part in parter(samarbeid, pr)}
        grupper = [
            (navn, [(part.kode, part.fullt_navn) for part in self.parter.values() if part.felt == felt])
            for felt, navn in GRUPPERT.items()
        ]
        valg = [("", _("Velg")), *(gruppe for gruppe in grupper if gruppe[1])]
        self.fields["part"].choices = valg  # type: ignore[attr-defined]

    def endring(self) -> Flerendring:
        return Flerendring(self.hva, part=self.parter[self.cleaned_data["part"]])


class Avsluttvalg(Flerskjema):
    hva = Hva.AVSLUTT

    def fyll_valg(self, samarbeid: Samarbeid, pr: dt.date) -> None:
        self.fields |= Avslutningsskjema(avbryt="").fields
        self.initial.setdefault("dato", pr)
        self.pr = pr

    def clean_dato(self) -> dt.date:
        dato: dt.date = self.cleaned_data["dato"]
        if dato > self.pr:
            raise forms.ValidationError(_("Datoen kan ikke være fram i tid."))
        return dato


_SKJEMA: dict[str, type[Flerskjema]] = {
    str(skjema.hva): skjema for skjema in (Fristvalg, Malvalg, Statusvalg, Ansvarvalg, Avsluttvalg)
}


def flerskjema(hva: str, data: Any, *, samarbeid: Samarbeid, pr: dt.date) -> Flerskjema | None:
    """The form of this kind of change; None for one that is not there."""
    skjema = _SKJEMA.get(hva)
    return skjema(data, samarbeid=samarbeid, pr=pr) if skjema else None
