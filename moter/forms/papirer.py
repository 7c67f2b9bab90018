from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.felt import VERN
from felles.skjema import Skjema
from felles.unntak import Regelbrudd
from moter.models import Vedlegg
from moter.rules.papirfil import MAKS_BYTE, Papir, for_stor, kontroller_papir

GODTAR = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.png,.jpg,.jpeg,.txt"
MED_SKJEMAET = 100_000  # bytes of the rest of a form


def er_for_stor(lengde: Any) -> bool:
    """Whether a request says that it is too large for a paper; its file was dropped while it arrived."""
    tekst = str(lengde or "0")
    return tekst.isdecimal() and int(tekst) > MAKS_BYTE + MED_SKJEMAET


def filfelt(*, merkelapp: Any, ma: bool) -> forms.FileField:
    return forms.FileField(
        label=merkelapp,
        required=ma,
        allow_empty_file=True,
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, bilde eller ren tekst. Høyst 25 MB."),
        error_messages={"invalid": _("Fila kom ikke fram. Velg den en gang til."), "required": _("Velg fila.")},
        widget=forms.FileInput(attrs={"accept": GODTAR}),
    )


class MedPapir(forms.Form):
    """A form with one file, which is checked before anything is stored."""

    papir: Papir | None = None
    for_stor = False

    def kontroller(self, fil: Any, tittel: str = "") -> None:
        """Reads and checks the file; what is wrong stands at its field."""
        try:
            if self.for_stor or (fil and (fil.size or 0) > MAKS_BYTE):
                raise Regelbrudd(for_stor(), felt="fil")
            if fil:
                self.papir = kontroller_papir(fil.name or "", fil.read(), tittel=tittel)
        except Regelbrudd as brudd:
            self.errors.pop("fil", None)
            self.add_error("fil", brudd.setning)


class Papirskjema(MedPapir):
    """A new paper of a case, or the next version of one."""

    fil = filfelt(merkelapp=_("Fila"), ma=True)
    tittel = forms.CharField(
        label=_("Tittel"),
        help_text=_("Uten tittel brukes navnet på fila."),
        max_length=200,
        required=False,
        validators=VERN,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    erstatter: Any = forms.ModelChoiceField(
        label=_("Er fila en ny utgave av et papir her?"),
        queryset=Vedlegg.objects.none(),
        required=False,
        empty_label=_("Nei, den er et nytt papir"),
    )

    def __init__(self, *args: Any, papirer: list[Any], for_stor: bool, handling: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_stor = for_stor
        apne = [rad.pk for rad in papirer if rad.trukket is None]
        if apne:
            self.fields["erstatter"].queryset = Vedlegg.objects.filter(pk__in=apne)  # type: ignore[attr-defined]
        else:
            del self.fields["erstatter"]
        self.helper = Skjema(self, knapp=_("Legg ved fila"), feiltittel=_("Papiret er ikke lagret"))
        self.helper.form_action = handling

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        erstatter = data.get("erstatter")
        tittel = data.get("tittel", "").strip() or (erstatter.tittel if erstatter else "")
        if "tittel" not in self.errors:
            self.kontroller(data.get("fil"), tittel)
        return data
