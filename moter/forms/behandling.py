import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.belop import Belopfelt, les_belop
from felles.datofelt import Datofelt
from felles.felt import VERN
from felles.skjema import Skjema
from moter.models import Sak, Vedtak

FORESLATT, ENDRET, UTSATT, AVVIST, NOTAT, LOFT, HOYST, IGJEN = (
    "foreslatt", "endret", "utsatt", "avvist", "notat", "loft", "hoyst", "igjen",
)  # fmt: skip
SLAG = {
    FORESLATT: Vedtak.Slag.VEDTATT,
    ENDRET: Vedtak.Slag.VEDTATT,
    HOYST: Vedtak.Slag.VEDTATT,
    IGJEN: Vedtak.Slag.VEDTATT,
    LOFT: Vedtak.Slag.TILRADD,
    UTSATT: Vedtak.Slag.UTSATT,
    AVVIST: Vedtak.Slag.AVVIST,
}


def like(en: str, annen: str) -> bool:
    """Whether two texts say the same, whatever wrote their line breaks."""
    return en.split() == annen.split()


class Behandlingsskjema(forms.Form):
    """What a meeting made of a case. The pressed button is the outcome."""

    tekst = forms.CharField(label=_("Vedtak"), validators=VERN, widget=forms.Textarea(attrs={"rows": 4}))
    belop = Belopfelt(label=_("Beløp i kroner"), required=False)
    notat = forms.CharField(
        label=_("Notat til referatet"),
        required=False,
        validators=VERN,
        help_text=_("Det dere ble enige om, ikke hvem som sa hva. Ikke skriv om enkeltpersoner."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, sak: Sak, **kwargs: Any) -> None:
        belop = getattr(sak, "tilradd_belop", None)  # what the group that lifted the case recommends
        kwargs.setdefault("initial", {"tekst": sak.forslag, "notat": sak.notat, "belop": belop})
        super().__init__(*args, **kwargs)
        self.sak = sak
        trykk, _skille, sum = str(self.data.get("utfall", "")).partition(":")
        self.utfall, self.sum = trykk, sum
        self.fields["tekst"].required = trykk not in {NOTAT, UTSATT, AVVIST}
        self.fields["tekst"].error_messages["required"] = _("Skriv hva som ble vedtatt.")
        self.helper = Skjema(self, eget_merke=False, feiltittel=_("Saken er ikke behandlet"))

    @property
    def slag(self) -> str:
        """The kind of decision that the pressed button stands for."""
        return str(SLAG[self.utfall])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.utfall not in {*SLAG, NOTAT}:
            self.add_error(None, _("Velg hva som skjedde med saken."))
        elif self.utfall != NOTAT:
            data["tekst"] = self._vedtaksteksten(data.get("tekst", ""))
        if self.utfall == HOYST:
            data["belop"] = les_belop(self.sum)
        if self.utfall == LOFT and not data.get("belop") and "belop" not in self.errors:
            self.add_error("belop", _("Skriv beløpet som skal løftes."))
        return data

    def _vedtaksteksten(self, tekst: str) -> str:
        forslag = self.sak.forslag
        if self.utfall == UTSATT:
            return str(_("Saken er utsatt.")) if not tekst or like(tekst, forslag) else tekst
        if self.utfall == AVVIST and not tekst:
            return str(_("Forslaget ble ikke vedtatt."))
        if "tekst" in self.errors:
            return tekst
        if forslag and self.utfall == FORESLATT and not like(tekst, forslag):
            self.add_error(
                "tekst", _("Teksten er endret. Trykk «Vedtatt med endring», eller skriv forslaget som det var.")
            )
        elif forslag and self.utfall == ENDRET and like(tekst, forslag):
            self.add_error(
                "tekst", _("Teksten er lik forslaget. Skriv endringen, eller trykk «Vedtatt som foreslått».")
            )
        return tekst

    def hva(self) -> dict[str, Any]:
        """What the service asks for."""
        belop: Decimal | None = self.cleaned_data["belop"]
        return {"tekst": self.cleaned_data["tekst"], "notat": self.cleaned_data["notat"], "belop": belop}


class Oppfolgingsskjema(forms.Form):
    """An action item: what, who and when."""

    hva = forms.CharField(label=_("Hva"), max_length=300, validators=VERN)
    hvem = forms.CharField(
        label=_("Hvem"),
        required=False,
        max_length=160,
        validators=VERN,
        help_text=_("En person, en plass, en enhet eller et ord."),
        widget=forms.TextInput(attrs={"list": "hvem-valg", "autocomplete": "off"}),
    )
    frist = Datofelt(label=_("Frist"), required=False)

    prefix = "oppfolging"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = Skjema(self, eget_merke=False, feiltittel=_("Oppfølgingen er ikke lagt til"))

    def som(self) -> dict[str, Any]:
        """What the service asks for."""
        data = self.cleaned_data
        return {"tekst": data["hva"], "hvem": data["hvem"], "frist": data["frist"]}


class Opphevingsskjema(forms.Form):
    """The day a decision is revoked."""

    dato = Datofelt(label=_("Opphevet fra"), help_text=_("Beløpet er fritt igjen når vedtaket er opphevet."))

    def __init__(self, *args: Any, pr: dt.date, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pr = pr
        self.fields["dato"].initial = pr
        self.helper = Skjema(self, knapp=_("Opphev vedtaket"), feiltittel=_("Vedtaket er ikke opphevet"), avbryt=avbryt)

    def clean_dato(self) -> dt.date:
        dato: dt.date = self.cleaned_data["dato"]
        if dato > self.pr:
            raise forms.ValidationError(_("Datoen kan ikke være fram i tid."))
        return dato
