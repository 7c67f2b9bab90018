"""The name of a view, and whether everyone is to have it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiltak.models import Visning


class Visningsskjema(forms.Form):
    """Only who may share is asked."""

    navn = forms.CharField(
        max_length=60,
        validators=Visning._meta.get_field("navn").validators,
        error_messages={
            "required": _("Visningen er ikke lagret. Gi den et navn."),
            "max_length": _("Visningen er ikke lagret. Navnet kan ha høyst 60 tegn."),
        },
    )
    delt = forms.BooleanField(required=False)

    def __init__(self, *args: Any, kan_dele: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kan_dele:
            del self.fields["delt"]

    @property
    def setning(self) -> str:
        """Why it is refused."""
        return " ".join(str(feil) for feilene in self.errors.values() for feil in feilene)
