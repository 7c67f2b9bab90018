"""The Samarbeid itself, its levels and sources, and the coordinator's post."""

from typing import Any, ClassVar

from crispy_forms.layout import Fieldset, Layout
from django.utils.translation import gettext_lazy as _

from felles.skjema import heltallsfelt, norsk_felt
from organisering.forms.felles import Radskjema
from organisering.models import Kilde, Koordinatorpost, Niva, Postoppgave, Samarbeid


class Samarbeidsskjema(Radskjema[Samarbeid]):
    """What the coordinator decides about the whole arrangement."""

    knapp = _("Lagre oppsettet")
    feiltittel = _("Oppsettet er ikke lagret")
    APEN = ("ingress", "offentlig_tekst", "offentlig_kilde")
    PAMINNELSER = ("oppfolging_fra", "statusrytme", "stille_helg", "stille_helligdag", "stille_juli")
    statusrytme = heltallsfelt(
        minst=1, storst=60, label=_("Måneder mellom statusmeldingene"),
        help_text=_("Så ofte blir de som svarer for et tiltak, spurt hvordan det går."),
    )  # fmt: skip

    class Meta:
        model = Samarbeid
        formfield_callback = norsk_felt
        fields = [
            "navn", "modellnavn", "malform", "funksjonspostkasse", "ingress", "offentlig_tekst", "offentlig_kilde",
            "oppfolging_fra", "statusrytme", "stille_helg", "stille_helligdag", "stille_juli",
        ]  # fmt: skip
        error_messages = {"navn": {"required": _("Skriv hva samarbeidet heter.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        resten = [navn for navn in self.fields if navn not in {*self.APEN, *self.PAMINNELSER, "sett_verdier"}]
        self.helper.layout = Layout(
            Fieldset("", *resten),
            Fieldset(_("Den åpne siden"), *self.APEN),
            Fieldset(_("Påminnelser"), *self.PAMINNELSER),
        )


class Ordnet:
    """A row with a place in a list; no place typed keeps the one it has."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    instance: Any

    def clean_rekkefolge(self) -> int:
        skrevet: int | None = self.cleaned_data["rekkefolge"]
        return int(self.instance.rekkefolge) if skrevet is None else skrevet


class Nivaskjema(Ordnet, Radskjema[Niva]):
    """A level, by the Samarbeid's own name."""

    brudd: ClassVar = {"niva_navn_unikt": "navn"}
    rekkefolge = heltallsfelt(label=_("Plass i lista"), required=False)

    class Meta:
        model = Niva
        formfield_callback = norsk_felt
        fields = ["navn", "slag", "rekkefolge"]
        error_messages = {
            "navn": {"required": _("Skriv navnet, eller kryss av for å fjerne nivået.")},
            "slag": {"required": _("Velg hva slags nivå det er.")},
        }


class Kildeskjema(Radskjema[Kilde]):
    """A document that rules rest on."""

    brudd: ClassVar = {"kilde_tittel_unik": "tittel"}

    class Meta:
        model = Kilde
        formfield_callback = norsk_felt
        fields = ["tittel", "datert", "lenke"]
        error_messages = {"tittel": {"required": _("Skriv tittelen, eller kryss av for å fjerne kilden.")}}


class Postskjema(Radskjema[Koordinatorpost]):
    """The coordinator's post."""

    knapp = _("Lagre stillingen")
    feiltittel = _("Stillingen er ikke lagret")
    brudd: ClassVar = {"koordinatorpost_periode": "til", "koordinatorpost_prosent": "prosent"}
    prosent = heltallsfelt(minst=1, storst=100, label=_("Stillingsprosent"), required=False)
    rekkefolge = heltallsfelt(label=_("Plass i lista"), required=False, initial=0)

    class Meta:
        model = Koordinatorpost
        formfield_callback = norsk_felt
        fields = [
            "tittel", "prosent", "plassering", "enhet", "offentlig_epost", "offentlig_telefon", "rekkefolge", "fra",
            "til", "ordlyd", "kilde", "kildested",
        ]  # fmt: skip
        error_messages = {"tittel": {"required": _("Skriv hva stillingen heter.")}}

    def clean_rekkefolge(self) -> int:
        return self.cleaned_data["rekkefolge"] or 0


class Oppgaveskjema(Ordnet, Radskjema[Postoppgave]):
    """One task of the post, word for word."""

    rekkefolge = heltallsfelt(label=_("Plass i lista"), required=False)

    class Meta:
        model = Postoppgave
        formfield_callback = norsk_felt
        fields = ["tekst", "rekkefolge"]
        error_messages = {"tekst": {"required": _("Skriv oppgaven, eller kryss av for å fjerne den.")}}
