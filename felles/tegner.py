"""What is repeated on a page is drawn by Jinja2: the fields of a form, and rows by the dozen.

Django's own language draws a list of a hundred choices as a hundred templates, dearer than the rest of the page.
"""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.template import engines
from django.utils.safestring import SafeString


class Tegner(TemplatesSetting):
    """The form renderer of the portal: Django's own Jinja2 templates, or ours. The admin's widgets have none."""

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("django/forms/"):
            return engines["jinja2"].get_template(template_name)
        return super().get_template(template_name)


def tegn(mal: str, **kontekst: Any) -> SafeString:
    """A template of `templates/jinja/`. It escapes what is put into it, as Django's own language does."""
    return SafeString(engines["jinja2"].get_template(mal).render(kontekst))
