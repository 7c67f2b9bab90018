"""Who answers for a measure: the plan's words, and whom they mean."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.samtidig import Samtidig
from felles.skjema import Skjema
from tiltak.models import Ansvar, Tiltak
from tiltak.rules.parter import FELTER, Part

GRUPPERT = {
    "enhet": _("Enheter"),
    "gruppe": _("Grupper"),
    "plass": _("Plasser"),
    "koordinatorpost": _("Stillinger"),
}
FOR_LANG = _("Skriv høyst %(limit_value)d tegn. Teksten har %(show_value)d.")


class Partvalg(forms.Form):
    """One press: the party alone."""

    part = forms.ChoiceField()

    def __init__(self, *args: Any, parter: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [(part.kode, part.navn) for part in parter]  # type: ignore[attr-defined]


class Ansvarsskjema(Samtidig, forms.ModelForm[Ansvar]):
    """The words, the party, its function, the kind, and whether it is open on purpose."""

    part = forms.ChoiceField(
        label=_("Hvem det er"),
        help_text=_("Den som blir spurt om status. La det stå tomt hvis ingen er funnet ennå."),
        required=False,
        error_messages={"invalid_choice": _("Velg en som står i lista.")},
    )

    class Meta:
        model = Ansvar
        fields = ["kildeord", "part", "funksjon", "slag", "apen_med_vilje"]
        error_messages = {"kildeord": {"max_length": FOR_LANG}, "funksjon": {"max_length": FOR_LANG}}

    def __init__(self, *args: Any, tiltak: Tiltak, parter: Sequence[Part], avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parter = {part.kode: part for part in parter}
        self.instance.tiltak, self.instance.samarbeid_id = tiltak, tiltak.samarbeid_id
        na = partkode(self.instance)
        if na and na not in self.parter:  # a party that is not there any more, but still stands here
            felt = na.partition("-")[0]
            self.parter[na] = Part(felt, getattr(self.instance, f"{felt}_id"), str(self.instance.part))
        self.initial.setdefault("part", na)
        self.fields["part"].choices = self._valg()  # type: ignore[attr-defined]
        self.fields["kildeord"].required = False
        self.fields["kildeord"].help_text = _("Ordrett fra planen. Tomt gir navnet på den du velger under.")
        self.fields["apen_med_vilje"].label = _("Ordene er åpne med vilje, som «andre aktuelle»")
        self.fields["apen_med_vilje"].help_text = ""
        knapp = _("Lagre ansvaret") if self.instance.pk else _("Legg til ansvaret")
        self.helper = Skjema(self, knapp=knapp, feiltittel=_("Ansvaret er ikke lagret"), avbryt=avbryt)

    def samtidig_verdier(self, rad: Ansvar) -> dict[str, Any]:
        return {**super().samtidig_verdier(rad), "part": partkode(rad)}

    def _valg(self) -> list[tuple[Any, Any]]:
        grupper = [
            (navn, [(part.kode, part.fullt_navn) for part in self.parter.values() if part.felt == felt])
            for felt, navn in GRUPPERT.items()
        ]
        return [("", _("Ikke avklart")), *(gruppe for gruppe in grupper if gruppe[1])]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        part = self.parter.get(data.get("part") or "")
        if not data.get("kildeord") and "kildeord" not in self.errors:
            if part is None:
                self.add_error("kildeord", _("Skriv ordene i planen, eller velg hvem det er."))
            else:
                data["kildeord"] = part.navn
        if data.get("funksjon") and (part is None or part.felt != "enhet"):
            self.add_error("funksjon", _("En funksjon hører til en enhet. Velg enheten, eller fjern funksjonen."))
        if data.get("apen_med_vilje") and part is not None:
            self.add_error("apen_med_vilje", _("Et ansvar som er åpent med vilje, har ingen part."))
        for felt in FELTER:
            setattr(self.instance, f"{felt}_id", part.pk if part and part.felt == felt else None)
        return data


def partkode(ansvar: Ansvar) -> str:
    """The choice that stands for the party; empty when nobody is found."""
    return next((f"{felt}-{pk}" for felt in FELTER if (pk := getattr(ansvar, f"{felt}_id"))), "")
