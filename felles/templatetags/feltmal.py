"""One field of a form, which crispy asks for with `bootstrap5/field.html`. `templates/jinja/felt.html` draws it."""

from typing import Any

from django import forms, template
from django.template import Context
from django.utils.safestring import SafeString

from felles.tegner import tegn

register = template.Library()


@register.simple_tag(takes_context=True)
def feltmal(context: Context, field: Any) -> SafeString:
    """`{% feltmal field %}`. Reads `wrapper_class`, `form_show_labels` and `hide_optional`, which crispy forms sets."""
    return _felt(field, context)


@register.simple_tag
def skjemafelt(field: Any) -> SafeString:
    """`{% skjemafelt rad.dato %}`: the same without crispy, on pages with dozens of fields."""
    return _felt(field, {"form_show_labels": True})


def _felt(field: Any, context: Context | dict[str, Any]) -> SafeString:
    if field.is_hidden:
        return SafeString(field)
    return tegn(
        "felt.html",
        field=field,
        inndata=_inndata(field),
        er_avkryssing=isinstance(field.field.widget, forms.CheckboxInput),
        klasser=" ".join(filter(None, ("felt", context.get("wrapper_class"), field.css_classes()))),
        form_show_labels=context.get("form_show_labels"),
        hide_optional=context.get("hide_optional"),
    )


def _inndata(field: Any) -> SafeString:
    """The field itself, with its own classes, the name of its widget, and ours."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return tegn("valg.html", field=field, grupper=_valgene(field))
    ny = {forms.CheckboxInput: "form-check-input", forms.Select: "form-select"}
    egen = next((klasse for slag, klasse in ny.items() if isinstance(widget, slag)), "form-control")
    klasser = widget.attrs.get("class", "").split()
    klasser += [klasse for klasse in (type(widget).__name__.lower(), egen) if klasse not in klasser]
    if field.errors:
        klasser.append("is-invalid")
    return SafeString(field.as_widget(attrs={"class": " ".join(klasser)}))


def _valgene(field: Any) -> Any:
    """The choices in their groups, with those marked that are chosen."""
    widget = field.field.widget
    attrs = field.build_widget_attrs({"id": field.auto_id} if field.auto_id else {})
    return widget.optgroups(field.html_name, widget.format_value(field.value()), attrs)
