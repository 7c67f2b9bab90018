"""One field of a form as every form of ours shows it: label, hint, error, field. Only what is optional is marked.

In Python, since a form has many fields, and each cost more in the template language than the query behind it.
"""

from typing import Any

from django import forms, template
from django.template import Context
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from felles.templatetags.slt import merkebilde

register = template.Library()
FLERE = "bootstrap5/layout/radio_checkbox_select.html"


@register.simple_tag(takes_context=True)
def feltmal(context: Context, field: Any) -> SafeString:
    """`{% feltmal field %}`. Reads `wrapper_class`, `form_show_labels` and `hide_optional`, which crispy forms sets."""
    if field.is_hidden:
        return SafeString(field)
    klasser = " ".join(filter(None, ("felt", context.get("wrapper_class"), field.css_classes())))
    attributter = f'id="div_{field.auto_id}" class="{conditional_escape(klasser)}"'
    if isinstance(field.field.widget, forms.CheckboxInput):
        return SafeString(f"<div {attributter}>\n{_avkryssing(field)}\n</div>")
    merke = "fieldset" if field.use_fieldset else "div"
    beskrevet = field.aria_describedby if field.use_fieldset else ""
    beskrevet = f' aria-describedby="{beskrevet}"' if beskrevet else ""
    deler = [_ledetekst(field, context), _hjelp(field), _feil(field), _inndata(field, context)]
    return SafeString(f"<{merke}{beskrevet} {attributter}>\n{''.join(deler)}\n</{merke}>")


def _avkryssing(field: Any) -> str:
    ledetekst = conditional_escape(field.label)
    return (
        f'{_feil(field)}<div class="form-check">{_widget(field, "form-check-input")}\n'
        f'<label for="{field.id_for_label}" class="form-check-label">{ledetekst}</label></div>\n{_hjelp(field)}'
    )


def _ledetekst(field: Any, context: Context) -> str:
    if not (field.label and context.get("form_show_labels")):
        return ""
    valgfritt = "" if field.field.required or context.get("hide_optional") else _("Valgfritt")
    merket = f' <span class="valgfritt">{valgfritt}</span>' if valgfritt else ""
    ledetekst = conditional_escape(field.label)
    if field.use_fieldset:
        return f"<legend>{ledetekst}{merket}</legend>\n"
    gjelder = f' for="{field.id_for_label}"' if field.id_for_label else ""
    return f"<label{gjelder}>{ledetekst}{merket}</label>\n"


def _hjelp(field: Any) -> str:
    """The help text is the form's own, and may hold markup."""
    if not field.help_text:
        return ""
    navn = f' id="{field.auto_id}_helptext"' if field.auto_id else ""
    return f'<div{navn} class="form-text">{field.help_text}</div>\n'


def _feil(field: Any) -> str:
    if not field.errors:
        return ""
    feil = " ".join(conditional_escape(en) for en in field.errors)
    merke = merkebilde("brudd", storrelse=18)
    return f'<div id="{field.auto_id}_error" class="feltfeil">{merke}<span>{feil}</span></div>\n'


def _inndata(field: Any, context: Context) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return str(get_template(FLERE).render(context.flatten()))  # type: ignore[arg-type]
    return _widget(field, "form-select" if isinstance(widget, forms.Select) else "form-control")


def _widget(field: Any, klasse: str) -> str:
    """The field itself, with its own classes, the name of its widget, and ours."""
    widget = field.field.widget
    klasser = widget.attrs.get("class", "").split()
    klasser += [ny for ny in (type(widget).__name__.lower(), klasse) if ny not in klasser]
    if field.errors:
        klasser.append("is-invalid")
    return str(field.as_widget(attrs={"class": " ".join(klasser)}))
