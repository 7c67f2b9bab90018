"""A group, its seats, its mandate and its offices."""

from typing import Any, ClassVar

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from felles.flervalg import Flervalg
from felles.skjema import norsk_felt
from organisering.forms.felles import Radskjema
from organisering.models import Enhet, Gruppe, Koordinatorpost, Mandatpunkt, Plass, Verv

HOLDERE = {"plass": _("Plasser"), "enhet": _("Enheter"), "koordinatorpost": _("Stillinger")}


class Gruppeskjema(Radskjema[Gruppe]):
    """What a group is, and how it works."""

    knapp = _("Lagre gruppa")
    feiltittel = _("Gruppa er ikke lagret")
    brudd: ClassVar = {
        "gruppe_periode": "til",
        "gruppe_type_har_ingen_type": "gruppetype",
        "gruppe_ikke_under_seg_selv": "overordnet",
    }
    ARBEID = ("saksprefiks", "innkallingsfrist", "saksfrist", "taushet_betyr", "motedor", "referat_offentlig")
    KILDEN = ("enkeltsaker", "enkeltsaker_ordlyd", "ordlyd", "kilde", "kildested")

    class Meta:
        model = Gruppe
        formfield_callback = norsk_felt
        fields = [
            "navn", "slag", "nivaer", "gruppetype", "overordnet", "er_styringsgruppe", "er_politirad", "beskrivelse",
            "medlemsliste_komplett", "rekkefolge", "fra", "til",
            "saksprefiks", "innkallingsfrist", "saksfrist", "taushet_betyr", "motedor", "referat_offentlig",
            "enkeltsaker", "enkeltsaker_ordlyd", "ordlyd", "kilde", "kildested",
        ]  # fmt: skip
        field_classes = {"nivaer": Flervalg}
        widgets = {"nivaer": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rekkefolge"].required = False
        resten = [navn for navn in self.fields if navn not in {*self.ARBEID, *self.KILDEN}]
        self.helper.layout = Layout(
            Fieldset("", *resten),
            Fieldset(_("Frister og møter"), *self.ARBEID),
            Fieldset(_("Enkeltsaker og kilden"), *self.KILDEN),
        )

    def rader(self, navn: str, alle: Any) -> Any:
        rader = super().rader(navn, alle)
        if navn == "gruppetype":
            rader = rader.filter(slag=Gruppe.Slag.GRUPPETYPE)
        return rader.exclude(pk=self.instance.pk) if rader.model is Gruppe else rader

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["rekkefolge"] = data.get("rekkefolge") or 0
        har_grupper = self.instance.pk and self.instance.grupper_av_typen.exists()
        if har_grupper and data.get("slag") != Gruppe.Slag.GRUPPETYPE:
            self.add_error("slag", _("Det er grupper av denne typen. Gi dem en annen type, eller ingen, først."))
        if not data.get("navn") and not data.get("nivaer") and "navn" not in self.errors:
            self.add_error("navn", _("Skriv et navn, eller velg et nivå som gir gruppa navn."))
        return data


class Plasskjema(Radskjema[Plass]):
    """A seat."""

    knapp = _("Lagre plassen")
    feiltittel = _("Plassen er ikke lagret")
    brudd: ClassVar = {
        "plass_periode": "til",
        "plass_antall_minst_en": "antall",
        "plass_person_er_en": "antall",
    }

    class Meta:
        model = Plass
        formfield_callback = norsk_felt
        fields = [
            "tittel", "slag", "antall", "enhet", "deltar_som", "har_stemme", "ser_unntatt", "ma_besettes", "rekkefolge",
            "fra", "til", "ordlyd", "kilde", "kildested",
        ]  # fmt: skip
        error_messages = {"tittel": {"required": _("Skriv hva plassen heter.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rekkefolge"].required = False

    def clean_rekkefolge(self) -> int:
        return self.cleaned_data["rekkefolge"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        sitter = self.instance.medlemskap.aktive(self.pr).filter(rolle="medlem").count() if self.instance.pk else 0
        plass_til = 1 if data.get("slag") == Plass.Slag.PERSON else data.get("antall")
        if plass_til and sitter > plass_til and "antall" not in self.errors:
            self.add_error("antall", _("Flere enn så mange har plassen nå. Avslutt medlemskapene først."))
        return data


class Mandatskjema(Radskjema[Mandatpunkt]):
    """One point of a mandate."""

    brudd: ClassVar = {"mandatpunkt_har_ord": "ordlyd"}

    class Meta:
        model = Mandatpunkt
        formfield_callback = norsk_felt
        fields = ["ordlyd", "kilde", "kildested", "rekkefolge"]
        labels = {"ordlyd": _("Mandatpunktet"), "rekkefolge": _("Plass i lista")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ordlyd"].label, self.fields["rekkefolge"].label = _("Mandatpunktet"), _("Plass i lista")
        self.fields["ordlyd"].required, self.fields["rekkefolge"].required = True, False
        self.fields["ordlyd"].error_messages["required"] = _("Skriv punktet, eller kryss av for å fjerne det.")

    def clean_rekkefolge(self) -> int:
        return self.cleaned_data["rekkefolge"] or self.instance.rekkefolge or 0


class Vervskjema(Radskjema[Verv]):
    """An office: what, who has it, or how it goes round."""

    brudd: ClassVar = {"verv_periode": "til", "verv_en_holder": "hvem"}
    hvem = forms.ChoiceField(
        label=_("Hvem har vervet"),
        required=False,
        help_text=_("En plass, en enhet eller en stilling. Den som har den, har vervet."),
        error_messages={"invalid_choice": _("Velg en som står i lista.")},
    )
    field_order = ("slag", "hvem", "rotasjon", "fra", "til", "ordlyd", "kilde", "kildested")

    class Meta:
        model = Verv
        formfield_callback = norsk_felt
        fields = ["slag", "rotasjon", "fra", "til", "ordlyd", "kilde", "kildested"]
        error_messages = {"slag": {"required": _("Velg vervet.")}}

    def __init__(self, *args: Any, gruppe: Gruppe, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gruppe = gruppe
        self.instance.gruppe = gruppe
        self.initial.setdefault("hvem", holderkode(self.instance))
        valg: Any = [("", _("Ingen bestemt")), *self._holdere()]
        self.fields["hvem"].choices = valg  # type: ignore[attr-defined]

    def _holdere(self) -> list[tuple[Any, Any]]:
        """Seats of the group or its type, units and posts; asked for once for all rows."""
        if "hvem" not in self.lager:
            ider = [self.gruppe.pk, self.gruppe.regelbarer_id]
            rader: dict[str, Any] = {
                "plass": Plass.objects.filter(gruppe__in=ider),
                "enhet": Enhet.objects.filter(samarbeid=self.samarbeid),
                "koordinatorpost": Koordinatorpost.objects.filter(samarbeid=self.samarbeid),
            }
            grupper = [(HOLDERE[felt], [(f"{felt}-{r.pk}", str(r)) for r in alle]) for felt, alle in rader.items()]
            self.lager["hvem"] = [gruppe for gruppe in grupper if gruppe[1]]
        return self.lager["hvem"]

    def samtidig_verdier(self, rad: Verv) -> dict[str, Any]:
        return {**super().samtidig_verdier(rad), "hvem": holderkode(rad)}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        valgt, _skille, nokkel = (data.get("hvem") or "").partition("-")
        for felt in HOLDERE:
            setattr(self.instance, f"{felt}_id", int(nokkel) if felt == valgt else None)
        return data


def holderkode(verv: Verv) -> str:
    """The choice that stands for the one who has the office; empty when nobody has."""
    return next((f"{felt}-{pk}" for felt in HOLDERE if (pk := getattr(verv, f"{felt}_id"))), "")
