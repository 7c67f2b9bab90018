"""A table as it was read, whatever it came from, and the limits all readers keep."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from felles.personnummer import inneholder_personnummer
from felles.unntak import Personnummer, Regelbrudd

MAKS_BYTE = 10 * 1024 * 1024
MAKS_RADER = 3000  # a municipality's plan has tens; this many is another kind of list
MAKS_KOLONNER = 40
MAKS_TABELLER = 200
MAKS_TEGN = 1_000_000  # of all cells together

KULE = "• "  # every reader writes a bullet so, at the head of its line
_LINJESKIFT = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_USYNLIG = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True)
class Rad:
    """`nummer` counts from 1 where the row stands: in the sheet, the table or the text. `arvet` are the cells that a
    merge carries down from the row above; `hel` is a row that is one cell across the whole table."""

    nummer: int
    celler: tuple[str, ...]
    arvet: frozenset[int] = frozenset()
    hel: bool = False


@dataclass(frozen=True)
class Tabell:
    """`navn` is the heading it stands under, or the name of the sheet; may be empty."""

    navn: str = ""
    rader: list[Rad] = field(default_factory=list)

    @property
    def bredde(self) -> int:
        return max((len(rad.celler) for rad in self.rader), default=0)


def rens(tekst: str) -> str:
    """Text as a person wrote it: one kind of line break, no unseen characters, no space at the ends of lines."""
    tekst = unicodedata.normalize("NFC", _USYNLIG.sub("", _LINJESKIFT.sub("\n", tekst)))
    tekst = "".join(tegn for tegn in tekst if tegn in "\n\t" or unicodedata.category(tegn) not in {"Cc", "Cs"})
    linjer = (re.sub(r"[^\S\n]+", " ", linje).strip() for linje in tekst.split("\n"))
    return "\n".join(linje for linje in linjer if linje)


def for_mange_rader() -> Regelbrudd:
    return Regelbrudd(
        _("Ingenting er lest. Fila har mer enn %(antall)d rader, og er neppe en handlingsplan. Ta med bare planen.")
        % {"antall": MAKS_RADER}
    )


def for_bred() -> Regelbrudd:
    return Regelbrudd(_("Ingenting er lest. Tabellen er for stor. Ta med bare den delen som har tiltakene."))


def for_stor() -> Regelbrudd:
    return Regelbrudd(
        _("Ingenting er lest. Fila er for stor. Den kan være på høyst %(mb)d MB.") % {"mb": MAKS_BYTE // 1024 // 1024}
    )


def ferdig(tabeller: Iterable[Tabell]) -> list[Tabell]:
    """The tables cleaned, without what is empty. Raises Regelbrudd beyond a limit, and Personnummer for a number."""
    ut = [tabell for tabell in (_rens_tabell(tabell) for tabell in tabeller) if tabell.rader]
    if not ut:
        raise Regelbrudd(
            _(
                "Ingenting er lest. Fant verken tabell eller liste. "
                "Planen må ha en tabell, eller ett tiltak på hver linje."
            )
        )
    if sum(len(tabell.rader) for tabell in ut) > MAKS_RADER:
        raise for_mange_rader()
    tegn = sum(len(celle) for tabell in ut for rad in tabell.rader for celle in rad.celler)
    if len(ut) > MAKS_TABELLER or tegn > MAKS_TEGN or any(tabell.bredde > MAKS_KOLONNER for tabell in ut):
        raise for_bred()
    for nummer, tabell in enumerate(ut, start=1):
        _stopp_personnummer(nummer, tabell)
    return ut


def _rens_tabell(tabell: Tabell) -> Tabell:
    if tabell.bredde > 10 * MAKS_KOLONNER:  # empty ones on the right are no harm, but these are too many to look at
        raise for_bred()
    rader = [Rad(rad.nummer, tuple(map(rens, rad.celler)), rad.arvet, rad.hel) for rad in tabell.rader]
    rader = [rad for rad in rader if any(rad.celler)]
    bredde = max((nr + 1 for rad in rader for nr, celle in enumerate(rad.celler) if celle), default=0)
    like = [Rad(r.nummer, (*r.celler, *[""] * bredde)[:bredde], r.arvet, r.hel and bredde > 1) for r in rader]
    return Tabell(" ".join(rens(tabell.navn).split())[:200], like)


def _stopp_personnummer(nummer: int, tabell: Tabell) -> None:
    if inneholder_personnummer(tabell.navn):
        raise _personnummer(nummer, 0)
    for rad in tabell.rader:
        if any(_har_nummer(celle) for celle in rad.celler):
            raise _personnummer(nummer, rad.nummer)


def _har_nummer(celle: str) -> bool:
    """A number cell of a spreadsheet has lost its first zero."""
    return inneholder_personnummer(celle) or (
        len(celle) == 10 and celle.isdecimal() and inneholder_personnummer("0" + celle)
    )


def _personnummer(tabell: int, rad: int) -> Personnummer:
    return Personnummer(
        _(
            "Ingenting er lest eller lagret. Rad %(rad)d i tabell %(tabell)d inneholder et fødselsnummer, "
            "og SLT skal ikke behandle enkeltsaker. Ta det bort, og prøv igjen."
        )
        % {"rad": rad, "tabell": tabell}
    )


def som_json(tabeller: Iterable[Tabell]) -> list[dict[str, Any]]:
    """For keeping between the steps; `fra_json` gives the same back."""
    return [
        {
            "navn": tabell.navn,
            "rader": [
                {"nr": rad.nummer, "celler": list(rad.celler), "arvet": sorted(rad.arvet), "hel": rad.hel}
                for rad in tabell.rader
            ],
        }
        for tabell in tabeller
    ]


def fra_json(verdi: Iterable[dict[str, Any]]) -> list[Tabell]:
    """What `som_json` kept."""
    return [
        Tabell(ett["navn"], [Rad(r["nr"], tuple(r["celler"]), frozenset(r["arvet"]), r["hel"]) for r in ett["rader"]])
        for ett in verdi
    ]
