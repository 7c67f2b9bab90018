"""Days and times of the clock as people in Norway write them, and the two hours a year when the clock is changed."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from felles.norsk import ukedag
from felles.tid import OSLO

# Both målformer and both spellings; three letters are enough.
MANEDER = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
UKEDAGER = (("mandag", "måndag"), ("tirsdag", "tysdag"), ("onsdag",), ("torsdag",), ("fredag",), ("lørdag", "laurdag"),
            ("søndag", "sundag"))  # fmt: skip
TIDLIGST, SENEST = 1900, 2200

_MED_TALL = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4}|\d{2})", re.ASCII)
_MED_ORD = re.compile(r"(\d{1,2})\.? ?([a-zæøå]{3,})\.? (\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_UTEN_AR = re.compile(r"\d{1,2}[./] ?\d{1,2}\.?|\d{1,2}\.? ?[a-zæøå]{3,}\.?", re.ASCII)
_KLOKKE = re.compile(r"(\d{1,2})(?:[.:]?(\d{2}))?", re.ASCII)


def les_dato(tekst: str) -> dt.date:
    """A day from «9.12.2026», «9.12.26», «onsdag 9. desember 2026» or «2026-12-09».

    Raises ValidationError with a sentence that says how to write it, or why there is no such day.
    """
    ren, ukedagen = _uten_ukedag(" ".join(tekst.lower().replace("\u00a0", " ").split()))
    ar, maned, dag = _tallene(ren)
    try:
        dato = dt.date(ar, maned, dag)
    except ValueError as feil:
        raise ValidationError(_("Den dagen finnes ikke. Se over dag og måned."), code="finnes_ikke") from feil
    if not TIDLIGST <= dato.year <= SENEST:
        raise ValidationError(_("Se over årstallet."), code="ar")
    if ukedagen is not None and ukedagen != dato.weekday():
        raise ValidationError(
            _("Dagen og datoen passer ikke sammen. Datoen er %(dato)s."), code="ukedag", params={"dato": ukedag(dato)}
        )
    return dato


def _uten_ukedag(tekst: str) -> tuple[str, int | None]:
    forst, _skille, resten = tekst.partition(" ")
    for nummer, navn in enumerate(UKEDAGER):
        if forst.strip(".,") in navn:
            return resten, nummer
    return tekst, None


def _tallene(tekst: str) -> tuple[int, int, int]:
    if treff := _ISO.fullmatch(tekst):
        return int(treff[1]), int(treff[2]), int(treff[3])
    if treff := _MED_TALL.fullmatch(tekst):
        return _helt_ar(treff[3]), int(treff[2]), int(treff[1])
    if (treff := _MED_ORD.fullmatch(tekst)) and treff[2][:3] in MANEDER:
        return int(treff[3]), MANEDER.index(treff[2][:3]) + 1, int(treff[1])
    if _UTEN_AR.fullmatch(tekst):
        raise ValidationError(_("Skriv året også, for eksempel 9.12.2026."), code="uten_ar")
    raise ValidationError(_("Skriv datoen slik: 9.12.2026 eller 9. desember 2026."), code="ikke_dato")


def _helt_ar(tall: str) -> int:
    return int(tall) if len(tall) == 4 else 2000 + int(tall)


def les_klokke(tekst: str) -> dt.time:
    """A time from «12.30», «12:30», «kl 12:30», «kl. 12» or «1230». Raises ValidationError with a sentence."""
    ren = re.sub(r"^(klokka|klokken|kl)\b\.?\s*", "", tekst.replace("\u00a0", " ").strip().lower())
    treff = _KLOKKE.fullmatch(ren)
    if treff is None:
        raise ValidationError(_("Skriv klokkeslettet slik: 12.30."), code="ikke_klokke")
    time, minutt = int(treff[1]), int(treff[2] or 0)
    if time > 23 or minutt > 59:
        raise ValidationError(_("Det klokkeslettet finnes ikke. Døgnet går fra 00.00 til 23.59."), code="finnes_ikke")
    return dt.time(time, minutt)


def i_oslo(dato: dt.date, klokke: dt.time) -> dt.datetime:
    """The moment in Norway. Raises ValidationError for a time that the change of the clock skips or gives twice."""
    tid = dt.datetime.combine(dato, klokke, OSLO)
    if tid.astimezone(dt.UTC).astimezone(OSLO).time() != klokke:
        raise ValidationError(
            _("Klokka stilles fram denne natta, så dette klokkeslettet finnes ikke. Velg et annet."), code="finnes_ikke"
        )
    if tid.utcoffset() != tid.replace(fold=1).utcoffset():
        raise ValidationError(
            _("Klokka stilles tilbake denne natta, så dette klokkeslettet kommer to ganger. Velg et annet."),
            code="to_ganger",
        )
    return tid


class _Lest(forms.Field):
    """A text that is read by a function; empty becomes None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)


class Datofelt(_Lest):
    """A day, written as people write it; shown as 9.12.2026."""

    def to_python(self, value: Any) -> dt.date | None:
        """The day. Raises ValidationError with a sentence when it cannot be read."""
        if isinstance(value, dt.date):
            return value
        tekst = str(value or "").strip()
        return les_dato(tekst) if tekst else None

    def prepare_value(self, value: Any) -> Any:
        """The short form that people type."""
        return f"{value.day}.{value.month}.{value.year}" if isinstance(value, dt.date) else value


class Klokkefelt(_Lest):
    """A time of the clock; shown as 12.30."""

    def to_python(self, value: Any) -> dt.time | None:
        """The time. Raises ValidationError with a sentence when it cannot be read."""
        if isinstance(value, dt.time):
            return value
        tekst = str(value or "").strip()
        return les_klokke(tekst) if tekst else None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H.%M}" if isinstance(value, dt.time) else value
