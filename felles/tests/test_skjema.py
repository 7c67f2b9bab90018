"""How a form looks: label, hint and error above the field; only what is optional is marked; one solid button."""

from django import forms
from django.template import Context, Template

from felles.skjema import Skjema


class Prove(forms.Form):
    belop = forms.DecimalField(label="Beløp", help_text="I kroner")
    merknad = forms.CharField(label="Merknad", required=False)
    slag = forms.ChoiceField(label="Slag", choices=[("a", "Orientering")], widget=forms.RadioSelect)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = Skjema(self, knapp="Send beløpet", feiltittel="Beløpet er ikke sendt", avbryt="/tilbake/")


def vis(form: forms.Form) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


def test_bare_det_valgfrie_merkes() -> None:
    html = vis(Prove())
    assert html.count("Valgfritt") == 1
    assert "asterisk" not in html
    assert html.index("Valgfritt") > html.index("Merknad")


def test_etikett_hint_feil_og_felt_i_den_rekkefolgen() -> None:
    html = vis(Prove({"belop": "fem", "slag": "a"}))
    felt = html[html.index('id="div_id_belop"') :]
    rekke = [felt.index("<label"), felt.index("I kroner"), felt.index('id="id_belop_error"'), felt.index("<input")]
    assert rekke == sorted(rekke)
    assert 'aria-describedby="id_belop_helptext id_belop_error"' in felt


def test_feilene_samles_overst_med_lenke_til_feltet() -> None:
    form = Prove({"slag": "a"})
    form.add_error(None, "Rammen er brukt opp.")
    html = vis(form)
    assert "Beløpet er ikke sendt" in html
    assert "<p>Rammen er brukt opp.</p>" in html
    assert '<a href="#id_belop">' in html


def test_uten_feil_ingen_boks() -> None:
    assert "boks-feil" not in vis(Prove())


def test_knappen_er_en_og_avbryt_en_lenke() -> None:
    html = vis(Prove())
    assert '<button type="submit" class="knapp' in html
    assert html.count("knapp-hel") == 1
    assert '<a class="lenke" href="/tilbake/">Avbryt</a>' in html


def test_radiovalg_star_i_en_gruppe_med_navn() -> None:
    html = vis(Prove())
    assert "<fieldset" in html
    assert "<legend>Slag</legend>" in html
