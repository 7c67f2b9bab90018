"""A working group is proposed, decided on and dissolved."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from felles.datofelt import Datofelt
from felles.felt import VERN
from felles.flervalg import Flervalg
from felles.skjema import FOR_LANG, LENGSTE, Skjema, norsk_felt
from moter.models import Mote
from organisering.models import Fullmakt, Gruppeforslag, Person
from organisering.rules.regler import fullmakt_som_setning


class Forslagsskjema(forms.ModelForm[Gruppeforslag]):
    """What the working group is for, by which rule, and who is asked."""

    personer = Flervalg(
        label=_("Hvem blir spurt"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De med e-post får spørsmålet med en gang. De andre spør du selv, og fører svaret."),
    )

    class Meta:
        model = Gruppeforslag
        formfield_callback = norsk_felt
        fields = ["navn", "oppgave", "fullmakt"]
        widgets = {"fullmakt": forms.RadioSelect}
        error_messages = {"navn": {"required": _("Skriv hva arbeidsgruppa skal hete.")}}

    def __init__(self, *args: Any, regler: Sequence[Fullmakt], personer: Any, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valg: Any = self.fields["fullmakt"]
        if regler:
            valg.queryset = Fullmakt.objects.filter(pk__in=[regel.pk for regel in regler])
            valg.choices = [(regel.pk, fullmakt_som_setning(regel)) for regel in regler]
            valg.required, valg.label, valg.help_text = True, _("Hvilken regel følger den"), ""
            valg.error_messages["required"] = _("Velg hvilken regel forslaget følger.")
        else:
            del self.fields["fullmakt"]
        self.fields["personer"].queryset = personer  # type: ignore[attr-defined]
        self.helper = Skjema(self, knapp=_("Foreslå og spør"), feiltittel=_("Forslaget er ikke lagret"), avbryt=avbryt)

    def hva(self) -> dict[str, Any]:
        """What the service asks for."""
        data = self.cleaned_data
        return {"navn": data["navn"], "oppgave": data["oppgave"], "fullmakt": data.get("fullmakt"),
                "personer": list(data["personer"])}  # fmt: skip


class Avgjorelsesskjema(forms.Form):
    """When it was decided, in which meeting, and why not when it was not."""

    mote = forms.ModelChoiceField(
        label=_("I møtet"), queryset=Mote.objects.none(), required=False, empty_label=_("Utenom møte")
    )
    dato = Datofelt(
        label=_("Dato"), help_text=_("Møtets dato gjelder når du velger et møte."),
        error_messages={"required": _("Skriv datoen.")},
    )  # fmt: skip
    grunn = forms.CharField(
        label=_("Hvorfor ikke"), required=False, max_length=LENGSTE, validators=VERN,
        help_text=_("Bare når det ikke blir noe av."), widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": FOR_LANG},
    )  # fmt: skip

    def __init__(self, *args: Any, moter: Any, pr: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dato"].initial = pr
        self.fields["mote"].queryset = moter  # type: ignore[attr-defined]
        if not moter:
            del self.fields["mote"]
        self.helper = Skjema(self, eget_merke=False, feiltittel=_("Forslaget er ikke avgjort"))

    def naar(self) -> dict[str, Any]:
        """The day and the meeting, as the services ask for them."""
        mote: Mote | None = self.cleaned_data.get("mote")
        return {"mote": mote, "dato": mote.dato if mote else self.cleaned_data["dato"]}


class Opplosningsskjema(forms.Form):
    """What came of it, and the last day."""

    resultat = forms.CharField(
        label=_("Resultat"), max_length=LENGSTE, validators=VERN, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Hva arbeidsgruppa kom fram til. Ikke skriv om enkeltpersoner."),
        error_messages={"max_length": FOR_LANG, "required": _("Skriv hva arbeidsgruppa kom fram til.")},
    )  # fmt: skip
    dato = Datofelt(label=_("Siste dag"), error_messages={"required": _("Skriv den siste dagen.")})

    def __init__(self, *args: Any, pr: dt.date, avbryt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dato"].initial = pr
        feil = _("Arbeidsgruppa er ikke oppløst")
        self.helper = Skjema(self, knapp=_("Oppløs arbeidsgruppa"), feiltittel=feil, avbryt=avbryt)
