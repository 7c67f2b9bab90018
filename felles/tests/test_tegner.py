"""Fields look as Django's own templates draw them."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.renderers import TemplatesSetting as Malene

from felles.tegner import TEGNES, Tegner

FARLIG = "<b a=\"1\">& 'x'"
VALG = [("", "Ikke oppgitt"), (1, FARLIG), ("Gruppe <i>", [("a", "Æ"), (FARLIG, 12345)])]


def som_ord(html: str) -> str:
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


def test_hver_tegning_er_en_mal_hos_django() -> None:
    for navn in TEGNES:
        Malene().get_template(navn)
