"""The spreadsheet comes back: the file, and what was confirmed of it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from felles.skjema import Skjema
from felles.unntak import Regelbrudd
from organisering.models import Samarbeid
from tiltak.lesing import MAKS_BYTE, Filtype, kjenn_igjen, les_xlsx
from tiltak.lesing.tabell import ferdig, for_stor
from tiltak.rules.regneark.sjekk import Endringer, Sjekk, sjekk_regneark

_signatur = signing.Signer(salt="tiltak.regneark")


class Regnearkskjema(forms.Form):
    """The file. Compares it with the measures, so that a refusal stands at its field."""

    fil = forms.FileField(
        label=_("Excel-fila"),
        help_text=_("Fila du lastet ned herfra og endret. Høyst 10 MB."),
        allow_empty_file=True,
        error_messages=dict.fromkeys(("invalid", "required", "missing"), _("Velg Excel-fila.")),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, samarbeid: Samarbeid, for_stor: bool, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.samarbeid, self.for_stor, self.sjekk = samarbeid, for_stor, Sjekk()
        self.helper = Skjema(self, knapp=_("Se hva som er endret"), feiltittel=_("Fila er ikke lest"), avbryt=avbryt)

    def clean_fil(self) -> None:
        fil = self.cleaned_data["fil"]
        try:
            if self.for_stor or (fil.size or 0) > MAKS_BYTE:
                raise for_stor()
            innhold = fil.read()
            if kjenn_igjen(innhold) is not Filtype.EXCEL:
                raise Regelbrudd(gettext("Ingenting er lest. Bruk Excel-fila (.xlsx) som du lastet ned herfra."))
            tabeller = les_xlsx(innhold)
            ferdig(tabeller)  # the limits, and no identity number; the cells are read as they were written
            self.sjekk = sjekk_regneark(tabeller, self.samarbeid)
        except Regelbrudd as brudd:
            raise forms.ValidationError(brudd.setning) from None


def pakk(sjekk: Sjekk, samarbeid: Samarbeid) -> str:
    """What was looked at, for the page to send back when it is confirmed. Signed: nothing else can be saved by it."""
    return _signatur.sign_object({"samarbeid": samarbeid.pk, "endringer": sjekk.endringer()}, compress=True)


def les_bekreftelse(data: Mapping[str, Any], samarbeid: Samarbeid) -> Endringer:
    """The changes of the measures that were ticked. Raises Regelbrudd when the page is not one of ours."""
    try:
        pakket = _signatur.unsign_object(str(data.get("pakke") or ""))
    except (signing.BadSignature, ValueError):
        pakket = {}
    if pakket.get("samarbeid") != samarbeid.pk:
        raise Regelbrudd(gettext("Ingenting er endret. Siden var for gammel. Les fila på nytt."))
    valgte = set(data.getlist("med"))  # type: ignore[attr-defined]
    return {
        int(nokkel): {felt: (ny, sett) for felt, (ny, sett) in felter.items()}
        for nokkel, felter in pakket["endringer"].items()
        if nokkel in valgte
    }
