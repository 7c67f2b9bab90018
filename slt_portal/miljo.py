"""Reads settings from the environment, strictly: a wrong value stops the start with a sentence, never later."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SANNE = {"1", "ja", "true", "on", "yes"}
USANNE = {"", "0", "nei", "false", "off", "no"}


def ja_nei(navn: str, *, ellers: bool = False) -> bool:
    """A yes/no variable. Raises ImproperlyConfigured for any other word."""
    verdi = os.environ.get(navn)
    if verdi is None:
        return ellers
    if verdi.strip().lower() in SANNE:
        return True
    if verdi.strip().lower() in USANNE:
        return False
    raise ImproperlyConfigured(f"{navn} må være 1 eller 0, ikke «{verdi}».")


def tekst(navn: str, *, ellers: str | None = None, hvorfor: str = "") -> str:
    """A text variable. Without `ellers` it must be set; `hvorfor` says what it is for."""
    verdi = os.environ.get(navn, "").strip()
    if verdi:
        return verdi
    if ellers is None:
        raise ImproperlyConfigured(f"{navn} må settes. {hvorfor}".strip())
    return ellers


def heltall(navn: str, *, ellers: int) -> int:
    """A whole number. Raises ImproperlyConfigured when it is not one."""
    verdi = os.environ.get(navn, "").strip()
    if not verdi:
        return ellers
    try:
        return int(verdi)
    except ValueError:
        raise ImproperlyConfigured(f"{navn} må være et heltall, ikke «{verdi}».") from None


def liste(navn: str, *, ellers: list[str]) -> list[str]:
    """A comma-separated list; blanks are dropped."""
    verdi = os.environ.get(navn)
    if verdi is None:
        return ellers
    return [ledd.strip() for ledd in verdi.split(",") if ledd.strip()]


def hemmelighet(fil: Path) -> str:
    """A secret key kept in `fil` between starts, made on the first. Only for DEBUG and the demo."""
    if not fil.exists():
        fil.parent.mkdir(parents=True, exist_ok=True)
        fil.write_text(os.urandom(48).hex(), encoding="ascii")
        fil.chmod(0o600)
    return fil.read_text(encoding="ascii")
