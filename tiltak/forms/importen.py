"""Bringing a plan in: the file or the pasted text, and the answers of the check page."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from felles.skjema import Skjema
from felles.unntak import Regelbrudd
from organisering.models import Samarbeid
from tiltak.forms.ansvar import FOR_LANG, GRUPPERT
from tiltak.lesing import MAKS_BYTE, Tabell, kjenn_igjen, les_fil, les_tekst
from tiltak.lesing.tabell import for_stor
from tiltak.models import Handlingsplan, Importkladd
from tiltak.rules.importen.kolonner import Kolonne
from tiltak.rules.importen.sjekk import APEN, INGEN, NY, Sjekk
from tiltak.rules.parter import Part

HTML = "html"  # what the clipboard held beside the text, put there by the page's script
NY_PLAN = _("Handlingsplan")


class Importskjema(forms.Form):
    """Which plan, and the file or the text. Reads it, so that a refusal stands at its field."""

    plan = forms.ModelChoiceField(
        label=_("Plan"), queryset=Handlingsplan.objects.none(), required=False, empty_label=_("En ny plan"),
        error_messages={"invalid_choice": _("Velg en plan som står i lista.")},
    )  # fmt: skip
    plannavn = forms.CharField(
        label=_("Navn på ny plan"), max_length=200, required=False, error_messages={"max_length": FOR_LANG},
        validators=Handlingsplan._meta.get_field("navn").validators,
    )  # fmt: skip
    fil = forms.FileField(
        label=_("Fila med planen"), required=False, allow_empty_file=True,
        help_text=_("Word (.docx), Excel (.xlsx), .csv eller PDF med tabell. Høyst 10 MB."),
        error_messages={"invalid": _("Fila kom ikke fram. Velg den en gang til.")},
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.csv,.tsv,.txt,.pdf"}),
    )  # fmt: skip
    tekst = forms.CharField(
        label=_("Eller lim inn tabellen"), required=False,
        help_text=_("Merk tabellen i Word, Excel eller nettleseren, kopier den, og lim den inn her."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    html = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        samarbeid: Samarbeid,
        planer: Sequence[Handlingsplan],
        for_stor: bool,
        avbryt: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.for_stor = for_stor
        self.fra, self.tabeller = "", list[Tabell]()
        felt = self.fields["plan"]
        assert isinstance(felt, forms.ModelChoiceField)
        felt.queryset = Handlingsplan.objects.filter(samarbeid=samarbeid)
        felt.choices = [*((plan.pk, plan.navn) for plan in planer), ("", _("En ny plan"))]
        if planer:
            self.fields["plannavn"].help_text = _("Bare når planen er ny.")
        else:
            felt.widget = forms.HiddenInput()
            self.initial.setdefault("plannavn", NY_PLAN)
        self.helper = Skjema(self, knapp=_("Les planen"), feiltittel=_("Planen er ikke lest"), avbryt=avbryt)
        self.helper.layout = Layout(
            Div(Field("fil"), css_class="innvei"), Div(Field("tekst"), css_class="innvei"), "html", "plan", "plannavn"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("plan") and not data.get("plannavn") and "plannavn" not in self.errors:
            self.add_error("plannavn", _("Skriv hva den nye planen heter."))
        fil, tekst = data.get("fil"), data.get("tekst", "").strip()
        felt = "tekst" if tekst and not fil else "fil"
        try:
            if self.for_stor:
                raise for_stor()
            if fil and tekst:
                raise Regelbrudd(gettext("Velg enten en fil eller innlimt tekst, ikke begge."))
            if not fil and not tekst:
                raise Regelbrudd(gettext("Velg fila, eller lim inn tabellen."))
            self._les(fil, data.get("html", "").strip() or tekst)
        except Regelbrudd as brudd:
            self.add_error(felt, brudd.setning)
        return data

    def _les(self, fil: Any, tekst: str) -> None:
        if fil is None:
            self.fra, self.tabeller = Importkladd.Form.LIMT, les_tekst(tekst)
            return
        if (fil.size or 0) > MAKS_BYTE:
            raise for_stor()
        innhold = fil.read()
        self.tabeller = les_fil(innhold)
        self.fra = Importkladd.Form(kjenn_igjen(innhold).value)


def les_svar(data: Mapping[str, Any], sjekk: Sjekk) -> dict[str, Any]:
    """What the check page was answered, as the draft keeps it. A value that is no choice changes nothing."""
    koder = {part.kode for part in sjekk.register.parter} | {NY, APEN, INGEN}
    parter = {}
    for ett in sjekk.ord:
        svart = data.get(ett.felt)
        for nokkel in ett.nokler:
            parter[nokkel] = svart if svart in koder else ett.valgt
    kolonner = {
        str(nr): [str(_kolonne(data.get(kolonne.felt), kolonne.valgt)) for kolonne in valg]
        for nr, _tabell, valg in sjekk.kolonnevalg()
        if any(kolonne.felt in data for kolonne in valg)
    }
    valgte = set(data.getlist("med"))  # type: ignore[attr-defined]
    med = [rad.forslag.nokkel for rad in sjekk.rader if rad.forslag.nokkel in valgte]
    return {"parter": parter, "kolonner": kolonner, "med": med}


def _kolonne(svart: str | None, na: Kolonne) -> Kolonne:
    return Kolonne(svart) if svart is not None and svart in Kolonne.values else na


def nye_enheter(svar: dict[str, Any], sjekk: Sjekk) -> dict[str, Any]:
    """The answers with a new unit for every word that nobody is found for."""
    ukjente = {n for ett in sjekk.ord for n in ett.nokler if svar["parter"][n] == INGEN}
    return {**svar, "parter": {n: NY if n in ukjente else kode for n, kode in svar["parter"].items()}}


def partliste(parter: Sequence[Part]) -> SafeString:
    """The parties as choices of a list, made once for all the lists of a page."""
    grupper = []
    for felt, navn in GRUPPERT.items():
        egne = [(part.kode, part.fullt_navn) for part in parter if part.felt == felt]
        if egne:
            valg = format_html_join("", '<option value="{}">{}</option>', egne)
            grupper.append(format_html('<optgroup label="{}">{}</optgroup>', navn, valg))
    return SafeString("".join(grupper))
