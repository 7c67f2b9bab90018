"""Whom responsible words mean, among the parties of the Samarbeid.

Sure is a name or other name, but for case, endings and målform; a title where there is one unit it can belong to; a
function, place or department of a sure unit. The likeness of letters only proposes, and a person decides.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from organisering.models import Enhet, Niva
from tiltak.rules.importen.oppdeling import er_apen
from tiltak.rules.importen.sprak import boyd_likt, en_strek, ledd, like, stamme
from tiltak.rules.importen.stillinger import FUNKSJONER, HALVE, NAVN_PA_NY, SLAGORD, ordenes_slag, tittelens_slag
from tiltak.rules.parter import Part, forslag

REKKEFOLGE = ("enhet", "gruppe", "koordinatorpost", "plass")
LIKT_NOK = 78  # of 100: filled in as a proposal
LITT_LIKT = 60  # one of those to choose from
FLEST = 4
ALMENNE = [ledd(navn) for navn, _slag in SLAGORD if navn not in HALVE]
ALLE_FUNKSJONER = FUNKSJONER | {"leiar", "styrar"}
_PARENTES = re.compile(r"^(?P<hvem>[^()]+?)\s*\((?:v/|ved\s+)?(?P<hva>[^()]+)\)$")
_VED = re.compile(r"^(?P<hvem>.+?)\s*(?:\bv/|\bved\b)\s*(?P<hva>.+)$", re.IGNORECASE)
_STED = re.compile(r"^(?P<hva>.+?)\s+(?:i|ved|på|hos|for|av|frå|fra)\s+(?P<hvem>.+)$", re.IGNORECASE)
_BARE_STED = re.compile(r"^(?:i|ved|på|hos)\s+(?P<hvem>.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Treff:
    """Whom some words mean. Without a party: nobody found, or `apen` on purpose. `forslag` are others to choose from,
    the likeliest first; when not `sikker` the party is itself a proposal."""

    part: Part | None = None
    funksjon: str = ""
    sikker: bool = False
    apen: bool = False
    forslag: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Navn:
    """One name of one party, taken apart once."""

    part: Part
    ledd: tuple[str, ...]


class Register:
    """The parties of one Samarbeid, asked about words. `modellnavn` («SLT») alone means the coordinator's post."""

    def __init__(self, parter: Sequence[Part], modellnavn: str) -> None:
        self.parter = parter
        self.modellnavn = modellnavn
        self._sikre: dict[str, tuple[Part, str] | None] = {}

    @cached_property
    def navn(self) -> list[Navn]:
        return [
            Navn(part, ledd(en_strek(navn)))
            for part in sorted(self.parter, key=lambda part: REKKEFOLGE.index(part.felt))
            for navn in self._alle_navn(part)
        ]

    @cached_property
    def _etter_stamme(self) -> dict[str, list[Navn]]:
        ut: dict[str, list[Navn]] = {}
        for navn in self.navn:
            ut.setdefault(stamme(navn.ledd), []).append(navn)
        return ut

    @cached_property
    def _navnene(self) -> list[str]:
        return [" ".join(navn.ledd) for navn in self.navn]

    def _alle_navn(self, part: Part) -> Iterable[str]:
        for navn in part.ord:
            yield navn
            if part.felt == "gruppe":
                yield from navn.split("/") if "/" in navn else ()
            if utenfor := re.sub(r"\s*\([^)]*\)", "", navn).strip():
                yield utenfor
        if part.felt == "koordinatorpost":
            yield from (self.modellnavn, "koordinator", f"{self.modellnavn} koordinator")
        if part.felt == "plass" and boyd_likt(ledd(part.navn), ledd(f"{self.modellnavn} koordinator")):
            yield self.modellnavn

    def kjenner(self, ord: str) -> bool:
        """Whether the words are somebody: a party of ours, or a kind of unit or title that every plan knows."""
        if self.sikkert(ord):
            return True
        ordene = ledd(ord)
        return bool(ordene) and (
            tittelens_slag(ordene) is not None
            or any(boyd_likt(ordene, navn) for navn in ALMENNE if stamme(navn) == stamme(ordene))
            or like(ordene, ledd(self.modellnavn))
            or like(ordene, ("slt",))
        )

    def finn(self, ord: str, hva: str = "") -> Treff:
        """Whom the words mean; `hva` is what they are within the place they name, when that was said before."""
        if er_apen(ord) and not self._etter_navn(ord):
            return Treff(apen=True, sikker=True)
        sikkert = self.sikkert(ord)
        if sikkert:
            part, funksjon = sikkert
            return Treff(part, (hva if part.felt == "enhet" else "") or funksjon, sikker=True)
        lignende = self._lignende(ord)
        best = lignende[0] if lignende and lignende[0][0] >= LIKT_NOK else None
        andre = [part for _poeng, part in lignende] + forslag(ord, self.parter)
        return Treff(best[1] if best else None, forslag=tuple(dict.fromkeys(andre))[:FLEST])

    def sikkert(self, ord: str) -> tuple[Part, str] | None:
        """The party and the function in it that the words surely mean."""
        if ord not in self._sikre:
            self._sikre[ord] = self._etter_navn(ord) or self._etter_sted(ord) or self._etter_tittel(ord)
        return self._sikre[ord]

    def _etter_navn(self, ord: str) -> tuple[Part, str] | None:
        ordene = ledd(en_strek(ord))
        for likhet in (like, boyd_likt):
            funnet = [navn.part for navn in self._etter_stamme.get(stamme(ordene), ()) if likhet(ordene, navn.ledd)]
            if part := _eneste(funnet):
                return part, ""
        return None

    def _etter_sted(self, ord: str) -> tuple[Part, str] | None:
        """A function or department in a unit: «Parken (leder)», «NAV-leder», «oppfølgingstjenesten i NAV»."""
        if alene := _BARE_STED.match(ord):
            return self._enhet(alene["hvem"], "")
        for monster in (_PARENTES, _VED, _STED):
            if (treff := monster.match(ord)) and (funnet := self._enhet(treff["hvem"], treff["hva"].strip())):
                return funnet
        delt = _uten_funksjonsord(ord)
        return self._enhet(*delt) if delt else None

    def _enhet(self, ord: str, funksjon: str) -> tuple[Part, str] | None:
        funnet = self._etter_navn(ord.strip())
        return (funnet[0], funksjon) if funnet and funnet[0].felt == "enhet" else None

    def _etter_tittel(self, ord: str) -> tuple[Part, str] | None:
        """A title, when there is one unit of its kind, or one named by the kind alone."""
        ordene = ledd(ord)
        slag = tittelens_slag(ordene)
        enheter = [part for part in self.parter if part.felt == "enhet" and part.slag == slag]
        if slag is None or not enheter:
            return None
        if len(enheter) > 1:
            etter_slaget = NAVN_PA_NY.get(slag, "")
            enheter = [part for part in enheter if any(boyd_likt(ledd(navn), ledd(etter_slaget)) for navn in part.ord)]
        return (enheter[0], _liten_forbokstav(ord)) if len(enheter) == 1 else None

    def _lignende(self, ord: str) -> list[tuple[float, Part]]:
        """Those whose letters are most like, the best first, each party once."""
        treff = process.extract(
            " ".join(ledd(ord)), self._navnene, scorer=fuzz.ratio, score_cutoff=LITT_LIKT, limit=4 * FLEST
        )
        poeng: dict[Part, float] = {}
        for _navn, likhet, nr in treff:
            poeng.setdefault(self.navn[nr].part, likhet)
        return [(likhet, part) for part, likhet in poeng.items()][:FLEST]


def _eneste(parter: Sequence[Part]) -> Part | None:
    """The one that is meant: units before groups, posts and seats; of seats, the one in a coordinating group."""
    if not parter:
        return None
    forst = parter[0].felt
    like_gode = list(dict.fromkeys(part for part in parter if part.felt == forst))
    koordinerende = [part for part in like_gode if part.slag == Niva.Slag.KOORDINERENDE]
    if forst == "plass" and len(like_gode) > 1:
        like_gode = koordinerende
    return like_gode[0] if len(like_gode) == 1 else None


@dataclass(frozen=True)
class NyEnhet:
    """A unit that the words ask for, and the function in it that they name."""

    navn: str
    slag: Enhet.Slag
    funksjon: str = ""


def ny_enhet(ord: str) -> NyEnhet:
    """«Rektor» is a function in «Skole», «ungdomsklubben» is a unit of that name."""
    slag = tittelens_slag(ledd(ord))
    if slag is not None and slag in NAVN_PA_NY and not _uten_funksjonsord(ord):
        return NyEnhet(NAVN_PA_NY[slag], slag, _liten_forbokstav(ord)[:120])
    navn, funksjon = _del_funksjon(ord)
    slag = ordenes_slag(ledd(navn))
    vanlig = NAVN_PA_NY.get(slag, "")
    navn = vanlig if boyd_likt(ledd(navn), ledd(vanlig)) else navn[:1].upper() + navn[1:]
    return NyEnhet(navn[:160], slag, funksjon[:120])


def _liten_forbokstav(ord: str) -> str:
    """«Rektor» → «rektor», but «NAV-leder» as it is."""
    return ord if ord[1:2].isupper() else ord[:1].casefold() + ord[1:]


def _del_funksjon(ord: str) -> tuple[str, str]:
    """The unit and the function in it: «Leder Parken» is Parken and «leder», «Oppfølgingstjenesten i NAV» is NAV and
    «Oppfølgingstjenesten»."""
    if alene := _BARE_STED.match(ord):
        return alene["hvem"], ""
    if parentes := _PARENTES.match(ord):
        return parentes["hvem"], parentes["hva"]
    if delt := _uten_funksjonsord(ord):
        return delt
    sted = _STED.match(ord)
    if sted and (ordenes_slag(ledd(sted["hvem"])) != Enhet.Slag.ANNET or sted["hva"].casefold() in ALLE_FUNKSJONER):
        return sted["hvem"], sted["hva"]
    return ord, ""


def _uten_funksjonsord(ord: str) -> tuple[str, str] | None:
    """«leder Parken» and «NAV-leder» as the rest and the function; None for words that are neither."""
    forst, *resten = ord.replace("-", " ").split()
    if resten and forst.casefold() in ALLE_FUNKSJONER and ord[len(forst)] == " " and not _STED.match(ord):
        return ord[len(forst) + 1 :].strip(), forst.casefold()
    if resten and resten[-1].casefold() in ALLE_FUNKSJONER:
        return ord[: -len(resten[-1]) - 1].strip(), resten[-1].casefold()
    return None
