"""Sums of money as people in Norway write them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

STORST = Decimal("9999999999.99")  # what the database column holds, in kroner

_MELLOMROM = str.maketrans("", "", " \u00a0\u202f\u2009\t")
_ENHET = re.compile(r"^(?:kr\.?|nok)|(?:kr\.?|nok|kroner)$", re.IGNORECASE)
_HELE = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+", re.ASCII)


def les_belop(tekst: str) -> Decimal:
    """Kroner with at most two decimals, from «kr 10.000,-», «10 000», «2500,50» and the like.

    A dot before exactly three digits parts thousands; before one or two at the end it stands for the comma. Raises
    ValidationError with a sentence that says how to write it.
    """
    ren = _ENHET.sub("", _ENHET.sub("", tekst.strip()).strip()).translate(_MELLOMROM)
    if ren.startswith(("-", "−", "–")):
        raise ValidationError(_("Beløpet kan ikke være negativt."), code="negativt")
    hele, ore = _del(ren)
    if not _HELE.fullmatch(hele):
        raise ValidationError(_("Skriv beløpet med tall, for eksempel 10 000 eller 2 500,50."), code="ikke_tall")
    if len(ore) > 2:
        raise ValidationError(_("Et beløp har høyst to desimaler. Skriv for eksempel 2 500,50."), code="desimaler")
    belop = Decimal(hele.replace(".", "")) + Decimal(ore or "0").scaleb(-len(ore))
    if belop == 0:
        raise ValidationError(_("Beløpet må være større enn 0."), code="null")
    if belop > STORST:
        raise ValidationError(_("Beløpet er for stort. Det kan ha høyst ti sifre foran kommaet."), code="for_stort")
    return belop


def _del(ren: str) -> tuple[str, str]:
    """Kroner and øre, as digits. «,-» and «,—» mean no øre."""
    hele, skille, ore = ren.partition(",")
    if not skille and (punktum := re.fullmatch(r"(\d+)\.(\d{1,2})", ren, re.ASCII)):
        return punktum[1], punktum[2]
    if ore.strip("-–—") == "":
        return hele, ""
    return (hele, ore) if re.fullmatch(r"\d+", ore, re.ASCII) else ("", "")


class Belopfelt(forms.Field):
    """A sum in kroner, written as people write it; empty becomes None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """The sum in kroner. Raises ValidationError with a sentence when it cannot be read."""
        if isinstance(value, Decimal):
            return value
        tekst = str(value or "").strip()
        return les_belop(tekst) if tekst else None

    def prepare_value(self, value: Any) -> Any:
        """Shown with a comma, and without øre when there are none."""
        if not isinstance(value, Decimal):
            return value
        hele, ore = f"{value:.2f}".split(".")
        return hele if ore == "00" else f"{hele},{ore}"
