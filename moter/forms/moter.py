import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from felles.datofelt import Datofelt, Klokkefelt, i_oslo
from felles.felt import VERN
from felles.samtidig import Samtidig
from felles.skjema import Ord, Skjema
from felles.tid import OSLO
from felles.unntak import Regelbrudd
from moter.models import Mote

SENT = dt.time(4)  # a meeting may last past midnight; an end at noon before its start is a slip
FELT = {"start": "dato", "slutt": "til"}  # the model's names by those of the form


class Moteskjema(Samtidig, forms.Form):
    """When and where a group meets."""

    dato = Datofelt(label=_("Dato"), help_text=_("For eksempel 9.12.2026."))
    fra = Klokkefelt(label=_("Fra klokka"), help_text=_("For eksempel 12.30."))
    til = Klokkefelt(label=_("Til klokka"))
    sted = forms.CharField(
        label=_("Sted"),
        required=False,
        max_length=200,
        validators=VERN,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lenke = forms.URLField(
        label=_("Lenke til møtet på nett"), required=False, max_length=200, assume_scheme="https", validators=VERN
    )

    def __init__(
        self,
        *args: Any,
        knapp: Ord,
        feiltittel: Ord,
        avbryt: str,
        med_lenke: bool = True,
        mote: Mote | None = None,
        **kwargs: Any,
    ) -> None:
        self.mote = mote
        super().__init__(*args, **kwargs)
        if not med_lenke:
            del self.fields["lenke"]
        self.helper = Skjema(self, knapp=knapp, feiltittel=feiltittel, avbryt=avbryt)

    @property
    def samtidig_rad(self) -> Mote | None:
        return self.mote

    def samtidig_verdier(self, rad: Mote) -> dict[str, Any]:
        return som_skrevet(rad)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dato, fra, til = data.get("dato"), data.get("fra"), data.get("til")
        if dato is None or fra is None or til is None:
            return data
        over_midnatt = til < fra and til <= SENT
        start = self._tid("fra", dato, fra)
        slutt = self._tid("til", dato + dt.timedelta(days=over_midnatt), til)
        if start and slutt and slutt <= start:
            self.add_error("til", _("Møtet må slutte etter at det begynner."))
        return {**data, "start": start, "slutt": slutt}

    def _tid(self, felt: str, dato: dt.date, klokke: dt.time) -> dt.datetime | None:
        try:
            return i_oslo(dato, klokke)
        except ValidationError as feil:
            self.add_error(felt, feil)
            return None

    def tid_og_sted(self) -> dict[str, Any]:
        """What the service asks for."""
        return {
            navn: self.cleaned_data[navn] for navn in ("start", "slutt", "sted", "lenke") if navn in self.cleaned_data
        }

    def si_fra(self, brudd: Regelbrudd) -> None:
        """Shows a refused command at the field it belongs to."""
        felt = FELT.get(brudd.felt or "", brudd.felt)
        self.add_error(felt if felt in self.fields else None, brudd.setning)


def som_skrevet(mote: Mote) -> dict[str, Any]:
    """A meeting's time and place, as the form shows them."""
    start, slutt = mote.start.astimezone(OSLO), mote.slutt.astimezone(OSLO)
    tid = {"dato": start.date(), "fra": start.time(), "til": slutt.time()}
    return {**tid, "sted": mote.sted, "lenke": mote.lenke}


class Avlysningsskjema(forms.ModelForm[Mote]):
    """Why a meeting will not be held."""

    class Meta:
        model = Mote
        fields = ["avlyst_grunn"]

    def __init__(self, *args: Any, knapp: Ord, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt = self.fields["avlyst_grunn"]
        felt.required = True
        felt.label, felt.help_text = _("Hvorfor avlyses møtet?"), _("Står på møtet. Skriv uten navn.")
        self.helper = Skjema(
            self, knapp=knapp, feiltittel=_("Møtet er ikke avlyst"), avbryt=avbryt, avbryt_ord=_("Behold møtet")
        )


class Referatskjema(Samtidig, forms.ModelForm[Mote]):
    """The minutes of a meeting."""

    class Meta:
        model = Mote
        fields = ["referat"]

    def __init__(self, *args: Any, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt = self.fields["referat"]
        felt.required = True
        felt.help_text = _("Det dere ble enige om, ikke hvem som sa hva. Ikke skriv om enkeltpersoner.")
        felt.widget.attrs["rows"] = 16
        self.helper = Skjema(self, knapp=_("Lagre referatet"), feiltittel=_("Referatet er ikke lagret"), avbryt=avbryt)
