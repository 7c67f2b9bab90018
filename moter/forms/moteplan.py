"""The year's proposed meetings as rows that can be changed or left out."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from felles.datofelt import Datofelt, Klokkefelt, i_oslo
from felles.felt import VERN
from felles.skjema import Skjema
from felles.unntak import Regelbrudd
from moter.rules.moteplan import Planlagt
from organisering.models import Gruppe

FLEST = 400  # meetings in one plan
FELT = {"start": "dato", "slutt": "til"}


class Planrad(forms.Form):
    """One proposed meeting."""

    gruppe = forms.TypedChoiceField(
        coerce=int, widget=forms.HiddenInput, error_messages={"invalid_choice": _("Gruppa finnes ikke lenger.")}
    )
    med = forms.BooleanField(label=_("Sett opp"), required=False, initial=True)
    dato = Datofelt(label=_("Dato"))
    fra = Klokkefelt(label=_("Fra klokka"))
    til = Klokkefelt(label=_("Til klokka"))
    sted = forms.CharField(label=_("Sted"), required=False, max_length=200, validators=VERN)

    def __init__(self, *args: Any, grupper: dict[int, Gruppe], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grupper = grupper
        self.fields["gruppe"].choices = [(pk, str(pk)) for pk in grupper]  # type: ignore[attr-defined]
        self.helper = Skjema(self, eget_merke=False)
        if self.is_bound and not self.fields["med"].widget.value_from_datadict(
            self.data, self.files, self.add_prefix("med")
        ):
            for felt in self.fields.values():
                felt.required = False
            self.uten = True

    uten = False

    def full_clean(self) -> None:
        """A row that is left out is not looked at: a slip in it stops nothing."""
        super().full_clean()
        if self.uten:
            self._errors = forms.utils.ErrorDict()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dato, fra, til = data.get("dato"), data.get("fra"), data.get("til")
        if self.uten or dato is None or fra is None or til is None:
            return data
        if til <= fra:
            self.add_error("til", _("Møtet må slutte etter at det begynner."))
        return {**data, "start": self._tid("fra", dato, fra), "slutt": self._tid("til", dato, til)}

    def _tid(self, felt: str, dato: dt.date, klokke: dt.time) -> dt.datetime | None:
        try:
            return i_oslo(dato, klokke)
        except ValidationError as feil:
            self.add_error(felt, feil)
            return None

    def planlagt(self, nummer: int) -> Planlagt:
        """The row as the service wants it."""
        data = self.cleaned_data
        return Planlagt(nummer, self.grupper[data["gruppe"]], data["start"], data["slutt"], data["sted"])

    def si_fra(self, brudd: Regelbrudd) -> None:
        """Shows a refused meeting at the field it belongs to."""
        felt = FELT.get(brudd.felt or "", brudd.felt)
        self.add_error(felt if felt in self.fields else None, brudd.setning)


class Planrader(forms.BaseFormSet[Planrad]):
    """All rows of the plan."""

    def moter(self) -> Iterable[Planlagt]:
        """The meetings that are to be set up."""
        return [rad.planlagt(nr) for nr, rad in enumerate(self.forms) if not rad.uten]

    def clean(self) -> None:
        if not any(self.errors) and not any(not rad.uten for rad in self.forms):
            raise ValidationError(_("Kryss av for minst ett møte."))


Planskjema = forms.formset_factory(Planrad, formset=Planrader, extra=0, max_num=FLEST, absolute_max=FLEST)
