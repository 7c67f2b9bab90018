"""The measure itself, its bullets, and how it ends."""

import calendar
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from felles.belop import Belopfelt
from felles.datofelt import Datofelt
from felles.flervalg import Flervalg
from felles.samtidig import Samtidig
from felles.skjema import Skjema
from organisering.models import Samarbeid
from tiltak.models import Delpunkt, Handlingsplan, Mal, Malgruppe, Tiltak

FOR_LANG = _("Skriv høyst %(limit_value)d tegn. Teksten har %(show_value)d.")
LENGSTE = 10_000
SKUDDAR = 2024  # 29 February is a day of a rhythm; in other years it is the 28th
SIST_AR, FORST_AR = 2200, 1900


def _lang_tekst(navn: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=navn,
        max_length=LENGSTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": FOR_LANG},
        **kwargs,
    )


class Tiltaksskjema(Samtidig, forms.ModelForm[Tiltak]):
    """What the plan says of a measure. Only the title must be there."""

    beskrivelse = _lang_tekst(_("Beskrivelse"), required=False)
    start = Datofelt(label=_("Starter"), required=False)
    slutt = Datofelt(label=_("Slutter"), required=False)
    frist = Datofelt(
        label=_("Frist"), required=False, help_text=_("Når det skal være gjort. Et tiltak har frist eller rytme.")
    )
    rytme_maned = forms.TypedChoiceField(
        label=_("Måned i året"), choices=[("", _("Ingen bestemt")), *MONTHS.items()], coerce=int, empty_value=None,
        required=False, help_text=_("Bare for det som kommer hvert år."),
    )  # fmt: skip
    rytme_dag = forms.IntegerField(
        label=_("Dag i måneden"), required=False, min_value=1, max_value=31,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Skriv en dag fra 1 til 31.")),
    )  # fmt: skip
    kostnad = Belopfelt(label=_("Kostnad"), required=False, help_text=_("I kroner. La stå tomt hvis den er ukjent."))

    class Meta:
        model = Tiltak
        fields = [
            "tittel", "beskrivelse", "plan", "frist", "rytme", "rytme_maned", "rytme_dag", "tidsrom", "start", "slutt",
            "hovedmal", "andre_mal", "malgrupper", "opphav", "kostnad", "finansiering",
        ]  # fmt: skip
        field_classes = {"andre_mal": Flervalg, "malgrupper": Flervalg}
        widgets = {"andre_mal": forms.CheckboxSelectMultiple, "malgrupper": forms.CheckboxSelectMultiple}
        error_messages = {
            navn: {"max_length": FOR_LANG, "required": _("Skriv hva tiltaket heter.")}
            for navn in ("tittel", "tidsrom", "finansiering")
        } | {"plan": {"required": _("Velg planen tiltaket står i.")}}

    def __init__(self, *args: Any, samarbeid: Samarbeid, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.samarbeid = samarbeid
        planer = list(Handlingsplan.objects.filter(samarbeid=samarbeid))
        mal, malgrupper = list(Mal.objects.filter(samarbeid=samarbeid)), Malgruppe.objects.filter(samarbeid=samarbeid)
        for navn, rader in (("plan", planer), ("hovedmal", mal), ("andre_mal", mal), ("malgrupper", list(malgrupper))):
            felt = self.fields[navn]
            assert isinstance(felt, forms.ModelChoiceField)
            assert felt.queryset is not None
            felt.queryset = felt.queryset.filter(samarbeid=samarbeid)
            tomt = [] if isinstance(felt, forms.ModelMultipleChoiceField) else [("", _("Ikke oppgitt"))]
            felt.choices = [*tomt, *((rad.pk, str(rad)) for rad in rader)]
            if not rader and navn != "plan":
                del self.fields[navn]
        if len(planer) == 1:
            self.fields["plan"].choices = [(planer[0].pk, str(planer[0]))]  # type: ignore[attr-defined]
        self.fields["rytme"].choices = [("", _("Ingen rytme")), *Tiltak.Rytme.choices]  # type: ignore[attr-defined]
        self.fields["opphav"].initial = Tiltak.Opphav.NY
        knapp = _("Lagre tiltaket") if self.instance.pk else _("Legg til tiltaket")
        self.helper = Skjema(self, knapp=knapp, feiltittel=_("Tiltaket er ikke lagret"), avbryt=avbryt)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("start") and data.get("slutt") and data["slutt"] < data["start"]:
            self.add_error("slutt", _("Tiltaket kan ikke slutte før det starter."))
        if data.get("frist") and data.get("rytme"):
            self.add_error("frist", _("Et tiltak har enten en frist eller en rytme, ikke begge."))
        self._se_pa_dagen(data)
        hovedmal = data.get("hovedmal")
        if hovedmal and data.get("andre_mal"):
            data["andre_mal"] = [mal for mal in data["andre_mal"] if mal != hovedmal]
        return data

    def _se_pa_dagen(self, data: dict[str, Any]) -> None:
        maned, dag = data.get("rytme_maned"), data.get("rytme_dag")
        if maned and data.get("rytme") != Tiltak.Rytme.ARLIG and "rytme" not in self.errors:
            self.add_error("rytme_maned", _("En måned hører til et tiltak som kommer hvert år."))
        if dag and not maned:
            self.add_error("rytme_dag", _("Velg måneden også."))
        elif dag and maned and dag > (siste := calendar.monthrange(SKUDDAR, maned)[1]):
            setning = gettext("%(maned)s har ikke %(dag)d dager. Den siste er %(siste)d.")
            self.add_error(
                "rytme_dag", setning % {"maned": str(MONTHS[maned]).capitalize(), "dag": dag, "siste": siste}
            )


class Avslutningsskjema(forms.Form):
    """Why a measure ends, and who decided it."""

    dato = Datofelt(label=_("Avsluttet"), error_messages={"required": _("Skriv når tiltaket ble avsluttet.")})
    grunn = _lang_tekst(_("Hvorfor"), validators=Tiltak._meta.get_field("avsluttet_grunn").validators)
    vedtak = forms.CharField(
        label=_("Vedtatt utenfor portalen"),
        help_text=_("Organ og dato, når vedtaket ikke står i portalen."),
        required=False,
        max_length=200,
        error_messages={"max_length": FOR_LANG},
        validators=Tiltak._meta.get_field("avsluttet_vedtak_ord").validators,
    )

    def __init__(self, *args: Any, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grunn"].error_messages["required"] = _("Skriv hvorfor tiltaket er avsluttet.")
        feil = _("Tiltaket er ikke avsluttet")
        self.helper = Skjema(self, knapp=_("Avslutt tiltaket"), feiltittel=feil, avbryt=avbryt)


class Delpunktskjema(Samtidig, forms.ModelForm[Delpunkt]):
    """One bullet."""

    tekst = forms.CharField(
        label=_("Delpunkt"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": FOR_LANG, "required": _("Skriv delpunktet, eller kryss av for å fjerne det.")},
    )  # fmt: skip
    gjort = Datofelt(label=_("Gjort"), required=False)
    ar_fra = forms.IntegerField(label=_("Fra år"), required=False, min_value=FORST_AR, max_value=SIST_AR)
    ar_til = forms.IntegerField(label=_("Til år"), required=False, min_value=FORST_AR, max_value=SIST_AR)
    rekkefolge = forms.IntegerField(label=_("Plass i lista"), required=False, min_value=0, max_value=999)

    class Meta:
        model = Delpunkt
        fields = ["tekst", "ar_fra", "ar_til", "gjort", "rekkefolge"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn in ("ar_fra", "ar_til", "rekkefolge"):
            self.fields[navn].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
            self.fields[navn].error_messages |= dict.fromkeys(
                ("invalid", "min_value", "max_value"),
                _("Skriv et helt tall.") if navn == "rekkefolge" else _("Skriv et årstall med fire sifre."),
            )
        self.helper = Skjema(self, eget_merke=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ar_fra") and data.get("ar_til") and data["ar_til"] < data["ar_fra"]:
            self.add_error("ar_til", _("Årene må stå i stigende rekkefølge."))
        if data.get("rekkefolge") is None:
            data["rekkefolge"] = self.instance.rekkefolge
        return data


class Delpunktsett(forms.BaseInlineFormSet[Delpunkt, Tiltak, Delpunktskjema]):
    """The bullets of one measure, and room for new ones, which come last unless they are given a place."""

    def save_new(self, form: Any, commit: bool = True) -> Delpunkt:
        form.instance.samarbeid_id = self.instance.samarbeid_id
        if not form.instance.rekkefolge:
            brukt = [rad.instance.rekkefolge for rad in self.forms]
            form.instance.rekkefolge = max(brukt, default=0) + 1
        return super().save_new(form, commit=commit)


Delpunkter = forms.inlineformset_factory(
    Tiltak, Delpunkt, form=Delpunktskjema, formset=Delpunktsett, extra=2, can_delete=True, max_num=100
)
