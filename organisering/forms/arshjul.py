"""The forms of standing duties, agreements and days off."""

import datetime as dt
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from felles.datofelt import Datofelt
from felles.forberedt import forberedt
from felles.samtidig import Samtidig
from felles.skjema import Skjema
from organisering.forms.felles import radnavn
from organisering.models import Arshjulpunkt, Avtale, Fridag, Gruppe, Koordinatorpost, Plass, Samarbeid
from organisering.models.arshjul import MedPart

Rad = TypeVar("Rad", bound="MedPart")
LENGST = 366  # days
SKUDDAR = 2024  # has every date there is


@forberedt
def _grupper(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Gruppe]:
    return Gruppe.objects.filter(samarbeid=samarbeid).aktive(pr).motende().med_nivaer()


@forberedt
def _plasser(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Plass]:
    plasser = Plass.objects.filter(Plass.aktiv_q(pr, "gruppe__"), samarbeid=samarbeid).aktive(pr)
    return plasser.select_related("gruppe").prefetch_related("gruppe__nivaer").order_by("gruppe", "rekkefolge")


@forberedt
def _poster(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Koordinatorpost]:
    return Koordinatorpost.objects.filter(samarbeid=samarbeid).aktive(pr)


class Radskjema(Samtidig, forms.ModelForm[Rad]):
    """What the rows that say who does them share: the choices are the Samarbeid's own, of today."""

    def __init__(self, *args: Any, samarbeid: Samarbeid, pr: dt.date, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.samarbeid = samarbeid  # type: ignore[attr-defined]  # both models carry it
        for navn, rader in (("gruppe", _grupper), ("plass", _plasser), ("koordinatorpost", _poster)):
            valg = [(rad.pk, radnavn(rad)) for rad in rader(samarbeid, pr)]
            self._velg(navn, rader.sporring(samarbeid, pr), valg)
        kilde = self.fields["kilde"]
        assert isinstance(kilde, forms.ModelChoiceField)
        kilde.queryset, kilde.empty_label = samarbeid.kilder.all(), _("Ikke oppgitt")
        for navn in {"ordlyd", "parter"} & set(self.fields):
            self.fields[navn].widget.attrs["rows"] = 3
        self.helper = Skjema(self, knapp=self.knapp, feiltittel=self.feiltittel, avbryt=avbryt)

    knapp: Any = ""
    feiltittel: Any = ""

    def _velg(self, navn: str, rader: Any, valg: list[tuple[int, str]]) -> None:
        felt = self.fields[navn]
        assert isinstance(felt, forms.ModelChoiceField)
        felt.queryset = rader
        felt.choices = [("", _("Ikke oppgitt")), *valg]


class Punktskjema(Radskjema[Arshjulpunkt]):
    """A standing duty."""

    knapp = _("Lagre oppgaven")
    feiltittel = _("Oppgaven er ikke lagret")
    dato = forms.CharField(
        label=_("Dato, når den har en"),
        required=False,
        max_length=30,
        help_text=_("Dag og måned, for eksempel 1.12."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    fra = Datofelt(label=_("Fra"), required=False, help_text=_("Tomt betyr at starten ikke er oppgitt."))
    til = Datofelt(label=_("Til og med"), required=False, help_text=_("Tomt betyr at den fortsatt gjelder."))
    field_order = ("tekst", "nar", "dato", "gruppe", "plass", "koordinatorpost", "hvem_ord", "fra", "til")

    class Meta:
        model = Arshjulpunkt
        fields = [
            "tekst", "nar", "gruppe", "plass", "koordinatorpost", "hvem_ord",
            "ordlyd", "kilde", "kildested", "fra", "til",
        ]  # fmt: skip
        error_messages = {"tekst": {"required": _("Skriv hva som skal gjøres.")}, "nar": {"required": _("Velg når.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nar = self.fields["nar"]
        assert isinstance(nar, forms.ChoiceField)
        nar.choices = [("", _("Velg")), *Arshjulpunkt.Nar.choices]
        self.initial["dato"] = dagen(self.instance)

    def samtidig_verdier(self, rad: Arshjulpunkt) -> dict[str, Any]:
        return {**super().samtidig_verdier(rad), "dato": dagen(rad)}

    def clean_dato(self) -> str:
        """Day and month, as they are shown."""
        tekst = str(self.cleaned_data["dato"]).strip().rstrip(".")
        if not tekst:
            return ""
        try:
            dag, maned = (int(ledd) for ledd in tekst.split("."))
            dt.date(SKUDDAR, maned, dag)
        except ValueError:
            raise ValidationError(_("Skriv dag og måned slik: 1.12."), code="ikke_dato") from None
        return f"{dag}.{maned}."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        har_dato = data.get("nar") == Arshjulpunkt.Nar.DATO
        dag, _skille, maned = (data.get("dato") or "").strip(".").partition(".")
        self.instance.dag, self.instance.maned = (int(dag), int(maned)) if har_dato and maned else (None, None)
        if har_dato and not data.get("dato") and "dato" not in self.errors:
            self.add_error("dato", _("Skriv datoen oppgaven skal være gjort innen."))
        return data


def dagen(punkt: Arshjulpunkt) -> str:
    """«1.12.»; empty when it has no date."""
    return f"{punkt.dag}.{punkt.maned}." if punkt.dag and punkt.maned else ""


class Avtaleskjema(Radskjema[Avtale]):
    """An agreement and when it is renewed."""

    knapp = _("Lagre avtalen")
    feiltittel = _("Avtalen er ikke lagret")
    inngatt = Datofelt(label=_("Inngått"), required=False, help_text=_("Sist inngått eller fornyet."))
    fornyes = Datofelt(label=_("Fornyes innen"), required=False, help_text=_("Eller skriv antall måneder under."))
    til = Datofelt(label=_("Gjelder til og med"), required=False, help_text=_("Når avtalen ikke skal fornyes mer."))

    class Meta:
        model = Avtale
        fields = [
            "navn", "parter", "inngatt", "fornyes", "fornyes_maneder", "gruppe", "plass", "koordinatorpost",
            "hvem_ord", "ordlyd", "kilde", "kildested", "til",
        ]  # fmt: skip
        error_messages = {"navn": {"required": _("Skriv hva avtalen heter.")}}


class Fridagskjema(Samtidig, forms.ModelForm[Fridag]):
    """Days that are not met on."""

    fra = Datofelt(label=_("Fra"), error_messages={"required": _("Skriv den første dagen.")})
    til = Datofelt(label=_("Til og med"), error_messages={"required": _("Skriv den siste dagen.")})

    class Meta:
        model = Fridag
        fields = ["navn", "fra", "til", "stille"]
        error_messages = {"navn": {"required": _("Skriv hva dagene kalles.")}}

    def __init__(self, *args: Any, samarbeid: Samarbeid, pr: dt.date, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.samarbeid = samarbeid
        self.helper = Skjema(self, knapp=_("Lagre dagene"), feiltittel=_("Dagene er ikke lagret"), avbryt=avbryt)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        fra, til = data.get("fra"), data.get("til")
        if fra and til and (til - fra).days > LENGST:
            self.add_error("til", _("Fridagene kan ikke vare mer enn et år."))
        return data
