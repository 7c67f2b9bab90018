"""What the check page shows: measures with those who are already there, each responsible word once with whom it means,
and what will be new. Worked out from the draft each time, so that a reload or a step back loses nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from tiltak.lesing import Tabell, fra_json
from tiltak.models import Importkladd
from tiltak.rules.importen.kolonner import Kolonne, Oppsett, alle_oppsett, jevn, legg_ned
from tiltak.rules.importen.oppdeling import SAMARBEIDER, Ord
from tiltak.rules.importen.rader import MAKS_TILTAK, Lest, Radfeil, Tiltaksforslag, les_tiltak
from tiltak.rules.importen.sprak import boyd_likt, ledd, stamme
from tiltak.rules.importen.treff import NyEnhet, Register, Treff, ny_enhet
from tiltak.rules.parter import Part

NY, APEN, INGEN = "ny", "apen", "ingen"
SMAKEBITER: Final = 2
MAKS_ORD: Final = 600


@dataclass(frozen=True)
class Svar:
    """Whom one word means, decided: one party, a new unit, open on purpose, or nobody yet."""

    part: Part | None = None
    funksjon: str = ""
    ny: NyEnhet | None = None
    apen: bool = False

    @property
    def navn(self) -> str:
        """«Skole (rektor)»; empty when nobody is found."""
        hvem = self.part.navn if self.part else self.ny.navn if self.ny else ""
        funksjon = self.ny.funksjon if self.ny else self.funksjon
        return f"{hvem} ({funksjon})" if hvem and funksjon else hvem


@dataclass
class Ordgruppe:
    """One word of the plan, with its other forms when nobody is found for it: «Ungdomsklubben», «ungdomsklubb»."""

    felt: str
    nokler: list[str]
    ord: list[str]
    treff: Treff
    ny: NyEnhet
    valgt: str
    tiltak: list[str] = field(default_factory=list)
    svar: Svar = field(default_factory=Svar)

    @property
    def er_forslag(self) -> bool:
        """Filled in by likeness alone, and not looked at yet."""
        return self.treff.part is not None and not self.treff.sikker and self.valgt == self.treff.part.kode

    @property
    def ukjent(self) -> bool:
        """Nobody is found or chosen."""
        return self.valgt == INGEN

    @property
    def valgbare(self) -> list[tuple[str, str]]:
        """What stands first in the list of choices: the chosen party and the likeliest others."""
        valgt = [self.svar.part] if self.svar.part else []
        return [(p.kode, p.fullt_navn) for p in dict.fromkeys([*valgt, *self.treff.forslag])]


@dataclass(frozen=True)
class Rad:
    """One measure on the page. `finnes` is the number of the one that has the same title; 0 when it has none."""

    forslag: Tiltaksforslag
    med: bool
    finnes: int | None
    ansvar: list[tuple[Ord, Svar]]


@dataclass(frozen=True)
class Kolonnevalg:
    """One column: what it is taken for, its heading and a taste of what stands in it."""

    felt: str
    valgt: Kolonne
    overskrift: str
    smak: list[str]


@dataclass
class Sjekk:
    """The whole check. `for_mange` when more measures were read than one import takes."""

    tabeller: list[Tabell]
    oppsett: list[Oppsett]
    register: Register
    lest: Lest
    ord: list[Ordgruppe]
    rader: list[Rad]
    for_mange: bool = False

    @property
    def med(self) -> list[Rad]:
        return [rad for rad in self.rader if rad.med]

    @property
    def utelatt(self) -> int:
        return len(self.rader) - len(self.med)

    @property
    def feil(self) -> list[Radfeil]:
        return self.lest.feil

    @cached_property
    def a_avklare(self) -> list[Ordgruppe]:
        """Words that a person must look at: nobody surely found, whatever is chosen since."""
        return [ett for ett in self.ord if not ett.treff.sikker]

    @cached_property
    def funnet(self) -> list[Ordgruppe]:
        return [ett for ett in self.ord if ett.treff.sikker]

    @property
    def uavklarte(self) -> list[str]:
        """Words that nobody answers for yet, of the measures that come in."""
        brukt = (ord.ord for rad in self.med for ord, svar in rad.ansvar if svar == Svar())
        return list(dict.fromkeys(brukt))

    @property
    def nye_enheter(self) -> list[str]:
        brukt = (svar.ny.navn for rad in self.med for _ord, svar in rad.ansvar if svar.ny)
        return list({navn.casefold(): navn for navn in brukt}.values())

    @property
    def er_gjettet(self) -> bool:
        return any(oppsett.gjettet for oppsett in self.oppsett) or not self.rader

    def kolonnevalg(self) -> list[tuple[int, Tabell, list[Kolonnevalg]]]:
        """Every table with its columns."""
        ut = []
        for nr, (tabell, oppsett) in enumerate(zip(self.tabeller, self.oppsett, strict=True)):
            hode = tabell.rader[oppsett.overskrift].celler if oppsett.overskrift >= 0 else ("",) * tabell.bredde
            rader = tabell.rader[oppsett.overskrift + 1 :]
            valg = [
                Kolonnevalg(f"kol-{nr}-{k}", kolonne, hode[k], [r.celler[k] for r in rader if r.celler[k]][:SMAKEBITER])
                for k, kolonne in enumerate(oppsett.kolonner)
            ]
            ut.append((nr, tabell, valg))
        return ut


def lag_sjekk(kladd: Importkladd, parter: Sequence[Part], finnes: Mapping[str, int], pr: dt.date) -> Sjekk:
    """The check of a draft. `finnes` is the plan's titles, made even, with their numbers."""
    return sjekk_tabeller(
        fra_json(kladd.tabeller), kladd.valg, Register(parter, kladd.samarbeid.modellnavn), finnes, pr
    )


def sjekk_tabeller(
    lest: Iterable[Tabell],
    valg: Mapping[str, Any],
    register: Register,
    finnes: Mapping[str, int],
    pr: dt.date,
    *,
    foresla: bool = True,
) -> Sjekk:
    """The check of tables, with what has been chosen so far. Without `foresla` only sure parties are filled in: where
    there is no person to decide."""
    tabeller = [legg_ned(tabell) for tabell in lest]
    oppsett = _oppsett(tabeller, valg.get("kolonner", {}))
    tiltak = les_tiltak(tabeller, oppsett, register.kjenner, pr)
    for_mange = len(tiltak.tiltak) > MAKS_TILTAK
    del tiltak.tiltak[MAKS_TILTAK:]
    ord = _ordgrupper(tiltak.tiltak, register, valg.get("parter", {}), foresla)
    svar = {nokkel: ett.svar for ett in ord for nokkel in ett.nokler}
    valgte = valg.get("med")
    rader: list[Rad] = []
    sett: dict[str, int] = dict(finnes)
    for ett in tiltak.tiltak:
        likt = sett.get(jevn(ett.tittel))
        med = ett.nokkel in valgte if valgte is not None else likt is None
        rader.append(Rad(ett, med, likt, [(o, svar.get(_nokkel(o), Svar())) for o in ett.ansvar]))
        sett.setdefault(jevn(ett.tittel), 0)
    return Sjekk(tabeller, oppsett, register, tiltak, ord, rader, for_mange)


def _oppsett(tabeller: Sequence[Tabell], valgt: Mapping[str, Sequence[str]]) -> list[Oppsett]:
    """As found, but where the person has said otherwise."""
    ut = []
    for nr, funnet in enumerate(alle_oppsett(tabeller)):
        kolonner = tuple(Kolonne(verdi) for verdi in valgt.get(str(nr), ()))
        ut.append(Oppsett(kolonner, funnet.overskrift) if len(kolonner) == len(funnet.kolonner) else funnet)
    return ut


def _nokkel(ord: Ord) -> str:
    return f"{ord.hva.casefold()}|{ord.ord.casefold()}"


def _ordgrupper(
    tiltak: Sequence[Tiltaksforslag], register: Register, valgt: Mapping[str, str], foresla: bool
) -> list[Ordgruppe]:
    alle: list[Ordgruppe] = []
    grupper: dict[str, Ordgruppe] = {}
    etter_stamme: dict[str, list[Ordgruppe]] = {}
    for ett in tiltak:
        for ord in ett.ansvar:
            nokkel = _nokkel(ord)
            ukjente = etter_stamme.setdefault(stamme(ledd(ord.ord)), [])
            gruppe = grupper.get(nokkel) or _samme(ukjente, ord, register)
            if gruppe is None and len(alle) >= MAKS_ORD:
                continue  # nobody can look over so many: they come in as words
            if gruppe is None:
                gruppe = _ny_gruppe(len(alle), ord, register, valgt, foresla)
                alle.append(gruppe)
                if not gruppe.treff.sikker:
                    ukjente.append(gruppe)
            if nokkel not in gruppe.nokler:
                gruppe.nokler.append(nokkel)
                gruppe.ord.append(ord.ord)
            grupper[nokkel] = gruppe
            if ett.tittel not in gruppe.tiltak:
                gruppe.tiltak.append(ett.tittel)
    return alle


def _samme(grupper: Iterable[Ordgruppe], ord: Ord, register: Register) -> Ordgruppe | None:
    """A word nobody is found for that another form stands for already."""
    if ord.hva or register.sikkert(ord.ord):
        return None
    ordene = ledd(ord.ord)
    return next((ett for ett in grupper if boyd_likt(ordene, ledd(ett.ord[0]))), None)


def _ny_gruppe(nr: int, ord: Ord, register: Register, valgt: Mapping[str, str], foresla: bool) -> Ordgruppe:
    treff = register.finn(ord.ord, ord.hva)
    fylt = treff.part.kode if treff.part and (treff.sikker or foresla) else INGEN
    kode = valgt.get(_nokkel(ord)) or (APEN if treff.apen else fylt)
    ny = ny_enhet(ord.ord)
    gruppe = Ordgruppe(f"ord-{nr}", [], [], treff, ny, kode)
    gruppe.svar = _svar(kode, treff, ny, ord, register)
    return gruppe


def _svar(kode: str, treff: Treff, ny: NyEnhet, ord: Ord, register: Register) -> Svar:
    if kode == NY:
        return Svar(ny=ny if ny.funksjon or not ord.hva else NyEnhet(ny.navn, ny.slag, ord.hva))
    if kode == APEN:
        return Svar(apen=True)
    part = next((part for part in register.parter if part.kode == kode), None)
    if part is None:
        return Svar()
    if treff.sikker and part == treff.part:
        return Svar(part=part, funksjon=treff.funksjon[:120])
    # A function goes with the words, also when another unit is chosen for them than the one found.
    funksjon = (treff.funksjon or ord.hva or ny.funksjon) if part.felt == "enhet" else ""
    return Svar(part=part, funksjon=funksjon[:120])


def er_samarbeider(ord: Ord) -> bool:
    """Whether the word stands among those who only cooperate."""
    return ord.slag == SAMARBEIDER
