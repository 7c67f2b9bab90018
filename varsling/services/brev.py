"""What a mail says: three files per message under templates/epost/."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation


@dataclass(frozen=True)
class Brev:
    """One message, written."""

    emne: str
    tekst: str
    html: str = ""


def skriv(mal: str, innhold: Mapping[str, Any], *, sprak: str = "") -> Brev:
    """The message of templates/epost/<mal>/ in the language `sprak` (bokmål when empty)."""
    data = {"portal": settings.ADRESSE, **innhold}
    with translation.override(sprak or settings.LANGUAGE_CODE):
        emne = " ".join(render_to_string(f"epost/{mal}/emne.txt", data).split())
        tekst, html = (
            render_to_string(f"epost/{mal}/{fil}", {"emne": emne, **data}).strip() for fil in ("tekst.txt", "brev.html")
        )
    return Brev(emne, tekst, html)
