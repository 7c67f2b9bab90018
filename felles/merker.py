"""The state marks: a form, a word, then a colour. Round is calm, a triangle needs you, a diamond is a breach."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class Merke(NamedTuple):
    """One mark: the form it is drawn in and the word that always follows."""

    form: str
    ord: str | Promise


# Drawings on 20 × 20. Geometry in attributes, colour in classes: the security policy allows no inline style.
FORMER: Final[Mapping[str, SafeString]] = {
    form: SafeString(tegning)
    for form, tegning in {
        "hake": '<circle cx="10" cy="10" r="9" class="f-gran"/><path d="m5.8 10.2 2.9 2.9 5.5-5.9" class="hake"/>',
        "halv": '<circle cx="10" cy="10" r="8.1" stroke-width="1.9" class="s-fjord"/>'
        '<path d="M10 4.7a5.3 5.3 0 0 1 0 10.6z" class="f-fjord"/>',
        "stiplet": '<circle cx="10" cy="10" r="8" stroke-width="1.9" stroke-dasharray="3.2 3.08" class="s-kant"/>',
        "strek": '<circle cx="10" cy="10" r="8.1" stroke-width="1.8" class="s-kant"/>'
        '<path d="M6 10h8" stroke-width="1.8" class="s-kant"/>',
        "trekant": '<path d="m10 1.8 9 16.4H1z" class="varsel"/><path d="M10 7v5.6m0 1.6v2.2" class="utrop"/>',
        "rute": '<path d="m10 1 9 9-9 9-9-9z" class="f-tyttebaer"/><path d="M10 5v6m0 1.8v2.2" class="utrop-flate"/>',
        "prikker": '<circle cx="5" cy="10" r="1.1" class="prikk"/><circle cx="10" cy="10" r="1.1" class="prikk"/>'
        '<circle cx="15" cy="10" r="1.1" class="prikk"/>',
        "skive": '<circle cx="10" cy="10" r="8" class="f-fjord"/>',
        "ring": '<circle cx="10" cy="10" r="6.9" stroke-width="2.2" class="s-fjord"/>',
        "kryss": '<path d="m4.5 4.5 11 11m0-11-11 11" stroke-width="2" class="s-blekk-3"/>',
    }.items()
}

MERKER: Final[Mapping[str, Merke]] = {
    "oppfylt": Merke("hake", _("Oppfylt")),
    "gjort": Merke("hake", _("Gjort")),
    "i_rute": Merke("halv", _("I rute")),
    "i_gang": Merke("halv", _("I gang")),
    "ikke_startet": Merke("stiplet", _("Ikke startet")),
    "avsluttet": Merke("strek", _("Avsluttet")),
    "mangler": Merke("trekant", _("Mangler")),
    "mangler_status": Merke("trekant", _("Mangler status")),
    "trenger_hjelp": Merke("trekant", _("Trenger hjelp")),
    "ledig": Merke("trekant", _("Ledig plass")),
    "uavklart": Merke("trekant", _("Uavklart")),
    "ubekreftet": Merke("trekant", _("Ubekreftet")),
    "forfalt": Merke("rute", _("Forfalt")),
    "brudd": Merke("rute", _("Brudd")),
    "ingen_regel": Merke("prikker", _("Ingen fast regel")),
    "ikke_vurdert": Merke("prikker", _("Ikke vurdert ennå")),
    "holdt": Merke("skive", _("Holdt")),
    "planlagt": Merke("ring", _("Planlagt")),
    "avlyst": Merke("kryss", _("Avlyst")),
}
