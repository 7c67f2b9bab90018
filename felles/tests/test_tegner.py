"""Fields look as Django's own templates draw them."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from felles.tegner import Tegner, tegn

FARLIG = "<b a=\"1\">& 'x'"
VALG = [("", "Ikke oppgitt"), (1, FARLIG), ("Gruppe <i>", [("a", "Æ"), (FARLIG, 12345)])]


def som_ord(html: str) -> str:
    html = html.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")  # the same, as each of them writes it
    return re.sub(r"\s+", " ", html).replace("> <", "><").strip()


@pytest.mark.parametrize(
    ("widget", "verdi"),
    [
        (forms.TextInput(), FARLIG),
        (forms.TextInput(attrs={"class": FARLIG, "required": True, "disabled": False}), None),
        (forms.EmailInput(), "a@b.example"),
        (forms.NumberInput(), 12345),
        (forms.HiddenInput(), 0),
        (forms.PasswordInput(), "hemmelig"),
        (forms.URLInput(), "https://a.example/?b&c"),
        (forms.CheckboxInput(), True),
        (forms.CheckboxInput(), ""),
        (forms.Textarea(attrs={"rows": 3}), f"\n{FARLIG}\nto"),
        (forms.Textarea(), None),
        (forms.Select(choices=VALG), 1),
        (forms.Select(choices=VALG), None),
        (forms.SelectMultiple(choices=VALG), ["a", FARLIG]),
        (forms.NullBooleanSelect(), True),
    ],
)
def test_som_djangos_egne(widget: Any, verdi: Any) -> None:
    attrs = {"id": "id_felt"}
    egen = widget.render("felt", verdi, attrs, renderer=Tegner())
    assert som_ord(egen) == som_ord(widget.render("felt", verdi, attrs, renderer=DjangoTemplates()))


def test_det_som_settes_inn_er_trygt() -> None:
    """A row of ours escapes as Django's own language does, and lets through what is already markup."""
    felt = forms.CharField(label=FARLIG, help_text=mark_safe("<i>Fritt</i>")).get_bound_field(forms.Form(), "felt")
    html = tegn("felt.html", field=felt, inndata=mark_safe("<input>"), klasser=FARLIG, form_show_labels=True)
    assert "<b " not in html
    assert html.count("&lt;b a=&#34;1&#34;&gt;&amp; &#39;x&#39;") == 2
    assert "<input>" in html
    assert "<i>Fritt</i>" in html
