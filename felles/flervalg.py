"""Several choices among rows."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

LENGSTE_NOKKEL = 18  # digits that fit in the key of a row, on both databases


class Flervalg(forms.ModelMultipleChoiceField[Any]):
    """A number longer than any row's key is no choice. Django asks the database about it, which fails."""

    def _check_values(self, value: Any) -> Any:
        for nokkel in value:
            if len(str(nokkel)) > LENGSTE_NOKKEL:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": str(nokkel)[:20]}
                )
        return super()._check_values(value)  # type: ignore[misc]
