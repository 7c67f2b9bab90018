"""Draws form fields as Django's own templates do, without the template language.

A list of a hundred choices is a hundred templates to Django, and dearer than the rest of the page. What stands here
says the same, attribute by attribute; a widget that is not known here is drawn by its template.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class Tegner(TemplatesSetting):
    """The form renderer of the portal."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        tegn = TEGNES.get(template_name)
        if tegn is None:
            return SafeString(super().render(template_name, context, request))
        return SafeString(tegn(context["widget"]))  # each value is escaped where it is put in


def _attributter(widget: Widget) -> str:
    """As django/forms/widgets/attrs.html."""
    return "".join(
        f" {navn}" if verdi is True else f' {navn}="{conditional_escape(str(verdi))}"'
        for navn, verdi in widget["attrs"].items()
        if verdi is not False
    )


def _inndata(widget: Widget) -> str:
    verdi = widget["value"]
    vist = "" if verdi is None else f' value="{conditional_escape(str(verdi))}"'
    return f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"{vist}{_attributter(widget)}>'


def _tekstfelt(widget: Widget) -> str:
    # A browser drops the first line break, so that one is written which nobody typed.
    vist = conditional_escape(localize(widget["value"])) if widget["value"] else ""
    return f'<textarea name="{conditional_escape(widget["name"])}"{_attributter(widget)}>\n{vist}</textarea>'


def _nedtrekk(widget: Widget) -> str:
    valg = "".join(_grupper(widget))
    return f'<select name="{conditional_escape(widget["name"])}"{_attributter(widget)}>{valg}\n</select>'


def _grupper(widget: Widget) -> Iterator[str]:
    for navn, valg, _nummer in widget["optgroups"]:
        if navn:
            yield f'\n<optgroup label="{conditional_escape(navn)}">'
        for ett in valg:
            ord, verdi = conditional_escape(localize(ett["label"])), conditional_escape(str(ett["value"]))
            yield f'\n<option value="{verdi}"{_attributter(ett)}>{ord}</option>'
        if navn:
            yield "\n</optgroup>"


_ROT = "django/forms/widgets/"
TEGNES: Mapping[str, Callable[[Widget], str]] = {
    **{f"{_ROT}{navn}.html": _inndata for navn in ("input", "text", "email", "number", "hidden", "password", "url")},
    f"{_ROT}checkbox.html": _inndata,
    f"{_ROT}textarea.html": _tekstfelt,
    f"{_ROT}select.html": _nedtrekk,
}
