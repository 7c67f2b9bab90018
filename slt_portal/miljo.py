"""Reads settings from the environment, strictly: a wrong value stops the start with a sentence, never later."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
import dj_email_url
from django.core.exceptions import ImproperlyConfigured

from slt_portal.oppstart import ALLE_ADRESSER

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


def lokale_verter(vert: str) -> list[str]:
    """The names a demo answers to when it listens on `vert`; the first is the one it writes in links."""
    verter = ["localhost", "127.0.0.1", "[::1]"]
    if vert in ALLE_ADRESSER:
        return [*verter, "*"]
    navn = f"[{vert}]" if ":" in vert else vert
    return verter if navn in verter else [navn, *verter]


def hemmelighet(fil: Path) -> str:
    """A secret key kept in `fil` between starts, made on the first. Only for DEBUG and the demo."""
    if not fil.exists():
        fil.parent.mkdir(parents=True, exist_ok=True)
        fil.write_text(os.urandom(48).hex(), encoding="ascii")
        fil.chmod(0o600)
    return fil.read_text(encoding="ascii")


def demopassord(fil: Path) -> str:
    """The demo logins' common password: SLT_DEMO_PASSORD, else the one in `fil`, made on the first start."""
    valgt = os.environ.get("SLT_DEMO_PASSORD", "").strip()
    if valgt:
        return valgt
    if not fil.exists():
        fil.parent.mkdir(parents=True, exist_ok=True)
        fil.write_text("-".join(secrets.token_hex(2) for _ in range(4)), encoding="ascii")
        fil.chmod(0o600)
    return fil.read_text(encoding="ascii").strip()


# Addresses of services. The sentences never repeat the value, which may hold a password.


def database(navn: str, *, ellers: str) -> dict[str, Any]:
    """DATABASES' form of a database address: SQLite or PostgreSQL."""
    verdi = tekst(navn, ellers=ellers)
    eksempel = "postgres://bruker:passord@vert:5432/navn eller sqlite:////sti/til/fil"
    if verdi != "sqlite://:memory:":
        _del_opp(navn, verdi, {"sqlite", "postgres", "postgresql"}, eksempel)
    try:
        valg: dict[str, Any] = dict(dj_database_url.parse(verdi, conn_max_age=60, conn_health_checks=True))
    except ValueError:
        raise ImproperlyConfigured(f"{navn} kan ikke leses. Skriv den slik: {eksempel}.") from None
    if not valg["NAME"]:
        raise ImproperlyConfigured(f"{navn} mangler navnet på databasen, det siste leddet i adressen.")
    return valg


def epost(navn: str, *, ellers: str | None, hvorfor: str) -> dict[str, Any]:
    """The EMAIL_… settings of a mail address."""
    verdi = tekst(navn, ellers=ellers, hvorfor=hvorfor)
    eksempel = "smtp://bruker:passord@smtp.kommune.no:587/?tls=True"
    deler = _del_opp(navn, verdi, {"smtp", "submission", "file", "console", "memory", "dummy"}, eksempel)
    if deler.scheme in ("smtp", "submission") and not deler.hostname:
        raise ImproperlyConfigured(f"{navn} mangler navnet på e-posttjeneren. Skriv den slik: {eksempel}.")
    try:
        valg: dict[str, Any] = dj_email_url.parse(verdi)
    except ValueError:
        raise ImproperlyConfigured(f"{navn} kan ikke leses. Skriv den slik: {eksempel}.") from None
    return valg | {
        "EMAIL_FILE_PATH": unquote(deler.path) if deler.scheme == "file" else None,
        "EMAIL_TIMEOUT": valg["EMAIL_TIMEOUT"] or 20,  # seconds; a silent server must not hold a worker
    }


def redis(navn: str) -> str:
    """The address of Redis, or an empty text when none is used."""
    verdi = tekst(navn, ellers="")
    if verdi:
        _del_opp(navn, verdi, {"redis", "rediss", "unix"}, "redis://127.0.0.1:6379/0")
    return verdi


def adresse(navn: str, *, ellers: str) -> str:
    """The portal's own address as people write it, without the last slash."""
    verdi = tekst(navn, ellers=ellers).rstrip("/")
    eksempel = "https://slt.kommune.no"
    deler = _del_opp(navn, verdi, {"http", "https"}, eksempel)
    vert = deler.hostname or "."
    if vert[0] in ".*" or deler.path or deler.query or deler.fragment or deler.username:
        raise ImproperlyConfigured(f"{navn} skal bare ha protokoll og vertsnavn. Skriv den slik: {eksempel}.")
    return verdi


def _del_opp(navn: str, verdi: str, protokoller: set[str], eksempel: str) -> SplitResult:
    try:
        deler = urlsplit(verdi)
        _ = deler.port  # reading it is what checks it
    except ValueError:
        raise ImproperlyConfigured(f"{navn} kan ikke leses. Skriv den slik: {eksempel}.") from None
    if deler.scheme not in protokoller:
        raise ImproperlyConfigured(f"{navn} begynner ikke med noe portalen kjenner. Skriv den slik: {eksempel}.")
    return deler
