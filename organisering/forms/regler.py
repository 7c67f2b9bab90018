"""The rules of a group: the source's words, and beside them the form that the portal reads."""

import datetime as dt
from typing import Any, ClassVar, TypeVar

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from felles.datofelt import Datofelt
from felles.norsk import dato
from felles.skjema import Ord, heltallsfelt, norsk_felt
from organisering.forms.felles import Radskjema
from organisering.models import Fullmakt, Gruppe, Motekrav
from organisering.rules.regler import fullmakt_som_setning, krav_i_ord

Regel = TypeVar("Regel", Motekrav, Fullmakt)
KILDEN = ("ordlyd", "kilde", "kildested")
RETT, ENDRET = "rett", "endret"


class Regelskjema(Radskjema[Regel]):
    """A rule. One that has been in force is either put right, or ends and is followed by a new one."""

    hva = forms.ChoiceField(
        label=_("Hva gjør du?"),
        choices=[
            (RETT, _("Retter en feil. Regelen har hele tida vært slik.")),
            (ENDRET, _("Regelen er endret. Den gamle blir stående for tida før.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om du retter en feil, eller om regelen er endret.")},
    )
    gjelder_fra = Datofelt(
        label=_("Endret fra"),
        required=False,
        help_text=_("Den første dagen den nye regelen gjelder. Bare når regelen er endret."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        egne = [navn for navn in self.fields if navn not in {*KILDEN, "hva", "gjelder_fra", "sett_verdier"}]
        endring = ["hva", "gjelder_fra"] if self.instance.pk else []
        if not endring:
            del self.fields["hva"], self.fields["gjelder_fra"]
        self.helper.layout = Layout(
            Fieldset(_("Ordene i kilden"), *KILDEN),
            Fieldset(_("Slik portalen leser dem"), *egne),
            *([Fieldset(_("Endringen"), *endring)] if endring else []),
        )
        self.helper.ny_knapp("vis", _("Se hvordan portalen leser regelen"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("hva") == ENDRET and "gjelder_fra" not in self.errors:
            self._se_pa_dagen(data.get("gjelder_fra"), data.get("fra"), data.get("til"))
        elif data.get("hva") == RETT and data.get("gjelder_fra"):
            self.add_error("gjelder_fra", _("En dato hører til en regel som er endret."))
        return data

    def _se_pa_dagen(self, dag: dt.date | None, fra: dt.date | None, til: dt.date | None) -> None:
        if dag is None:
            self.add_error("gjelder_fra", _("Skriv den første dagen den nye regelen gjelder."))
        elif fra is not None and dag <= fra:
            setning = gettext("Regelen gjelder fra %(dato)s. Den nye må komme etter.")
            self.add_error("gjelder_fra", setning % {"dato": dato(fra)})
        elif til is not None and dag > til:
            self.add_error("gjelder_fra", _("Da er regelen alt slutt. Legg inn en ny regel i stedet."))

    @property
    def avloses_fra(self) -> dt.date | None:
        """The first day of the new rule; None when the row itself is put right."""
        return self.cleaned_data.get("gjelder_fra") if self.cleaned_data.get("hva") == ENDRET else None

    def setning(self) -> str:
        """How the portal reads the rule as it stands in the form."""
        raise NotImplementedError


class Kravskjema(Regelskjema[Motekrav]):
    """How often a group must meet."""

    knapp: Ord = _("Lagre regelen")
    feiltittel: Ord = _("Regelen er ikke lagret")
    brudd: ClassVar = {
        "motekrav_periode": "til",
        "motekrav_hele": "slag",
        "motekrav_minst_hoyst": "hoyst",
        "motekrav_uker": "uker_til",
        "motekrav_halve_ar_ett_og_ett": "perioder",
    }
    perioder = heltallsfelt(
        minst=1, storst=24, label=_("Antall perioder"), help_text=_("2 og måned betyr hver annen måned."), initial=1,
        required=False,
    )  # fmt: skip
    uker_fra = heltallsfelt(minst=1, storst=104, label=_("Uker, fra"), required=False)
    uker_til = heltallsfelt(
        minst=1, storst=104, label=_("Uker, til"), required=False, help_text=_("Bare denne når det er ett tall.")
    )
    minst = heltallsfelt(minst=1, storst=99, label=_("Minst"), required=False)
    hoyst = heltallsfelt(
        minst=1, storst=99, label=_("Høyst"), required=False, help_text=_("Flere gir aldri en advarsel.")
    )

    class Meta:
        model = Motekrav
        formfield_callback = norsk_felt
        fields = [
            "ordlyd", "kilde", "kildested", "slag", "minst", "hoyst", "kalender", "perioder", "uker_fra", "uker_til",
            "omtrent", "ved_behov", "fra", "til",
        ]  # fmt: skip
        error_messages = {"slag": {"required": _("Velg hva slags regel det er.")}}

    def clean(self) -> dict[str, Any]:
        """What does not belong to the chosen kind is left out; what it needs is asked for at its field."""
        data = super().clean()
        slag, trengs = data.get("slag"), []
        if slag != Motekrav.Slag.ANTALL:
            data |= {"minst": None, "hoyst": None, "kalender": "", "perioder": 1}
        else:
            trengs = [("minst", _("Skriv hvor mange møter.")), ("kalender", _("Velg perioden møtene telles i."))]
        if slag != Motekrav.Slag.INTERVALL:
            data |= {"uker_fra": None, "uker_til": None}
        else:
            trengs = [("uker_til", _("Skriv hvor mange uker det høyst skal gå."))]
        for felt, setning in trengs:
            if not data.get(felt) and felt not in self.errors:
                self.add_error(felt, setning)
        data["perioder"] = data.get("perioder") or 1
        return data

    def setning(self) -> str:
        return krav_i_ord(self.instance)


class Fullmaktskjema(Regelskjema[Fullmakt]):
    """What a group, or a seat in it, may decide."""

    knapp: Ord = _("Lagre fullmakten")
    feiltittel: Ord = _("Fullmakten er ikke lagret")
    brudd: ClassVar = {
        "fullmakt_periode": "til",
        "fullmakt_en_holder": "plass",
        "fullmakt_grense_har_belop": "grense",
        "fullmakt_ramme_har_belop": "ramme",
        "fullmakt_over_ikke_negativ": "over",
        "fullmakt_en_videre": "videre_plass",
    }

    class Meta:
        model = Fullmakt
        formfield_callback = norsk_felt
        fields = [
            "ordlyd", "kilde", "kildested", "plass", "gjelder", "omfang", "myndighet", "over", "grense_slag", "grense",
            "ramme_slag", "ramme", "alle_ma_si_ja", "videre_gruppe", "videre_plass", "fra", "til",
        ]  # fmt: skip
        error_messages = {"gjelder": {"required": _("Velg hva fullmakten gjelder.")}}

    def __init__(self, *args: Any, gruppe: Gruppe, **kwargs: Any) -> None:
        self.gruppe = gruppe
        super().__init__(*args, lager={"plass": [(plass.pk, plass.tittel) for plass in gruppe.plasser.all()]}, **kwargs)
        self.fields["plass"].label = _("Bare denne plassen")
        self.fields["plass"].help_text = _("Tomt betyr gruppa selv.")
        self.fields["plass"].choices = [("", _("Hele gruppa")), *self.lager["plass"]]  # type: ignore[attr-defined]

    def rader(self, navn: str, alle: Any) -> Any:
        rader = super().rader(navn, alle)
        return rader.filter(gruppe=self.gruppe) if navn == "plass" else rader

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for slag, belop in (("grense_slag", "grense"), ("ramme_slag", "ramme")):
            if data.get(slag) == Fullmakt.Grense.BELOP and data.get(belop) is None and belop not in self.errors:
                self.add_error(belop, _("Skriv beløpet, eller velg «Ingen grense» eller «Ikke oppgitt»."))
            elif data.get(slag) != Fullmakt.Grense.BELOP:
                data[belop] = None
        self.instance.gruppe = None if data.get("plass") else self.gruppe
        return data

    def setning(self) -> str:
        return fullmakt_som_setning(self.instance)
