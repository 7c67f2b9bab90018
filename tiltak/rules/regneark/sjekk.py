"""What was changed in a spreadsheet since it was taken out: field by field, and what others have changed meanwhile."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from organisering.models import Samarbeid
from tiltak.lesing import Tabell
from tiltak.models import Tiltak
from tiltak.rules.regneark.felter import (
    AVTRYKK,
    ENDRES,
    KOLONNER,
    NOKKEL,
    Kjente,
    feltmerke,
    hent,
    kolonnenavn,
    les_avtrykk,
    les_verdi,
    tiltakets_merke,
    verdi,
)

FLEST = 500  # measures that one file may change
Endringer = dict[int, dict[str, tuple[Any, str]]]  # measure → field → what it becomes, and the mark of what it was


@dataclass(frozen=True)
class Endring:
    """One cell that was changed. `sett` is the mark of the field as it stands now."""

    felt: str
    fra: str
    til: str
    verdi: Any
    sett: str

    @property
    def navn(self) -> str:
        return str(KOLONNER[self.felt][0])


@dataclass(frozen=True)
class Feil:
    """A row or a cell that was not read, and why."""

    rad: int
    hvorfor: str


@dataclass(frozen=True)
class Endretrad:
    """A measure with what was changed of it; `imens` are the fields that somebody has changed in the portal since."""

    tiltak: Tiltak
    endringer: list[Endring]
    imens: list[str]


@dataclass
class Sjekk:
    """What the file says."""

    rader: list[Endretrad] = field(default_factory=list)
    feil: list[Feil] = field(default_factory=list)
    uendret: int = 0

    def endringer(self) -> Endringer:
        """What will be saved, by measure."""
        return {
            rad.tiltak.pk: {endring.felt: (endring.verdi, endring.sett) for endring in rad.endringer}
            for rad in self.rader
        }


@dataclass(frozen=True)
class _Linje:
    """One row of the sheet: its number, and the cells by column."""

    nummer: int
    celler: dict[str, str]

    def les(self, kolonne: str) -> str:
        return self.celler.get(kolonne, "").strip()


def sjekk_regneark(tabeller: Iterable[Tabell], samarbeid: Samarbeid) -> Sjekk:
    """Compares the sheet with the measures as they stand. Raises Regelbrudd for a foreign file. Six queries."""
    linjer = _linjene(tabeller)
    nokler = {int(nokkel) for linje in linjer if _er_nokkel(nokkel := linje.les(NOKKEL))}
    tiltak = {ett.pk: ett for ett in hent(samarbeid, nokler)}
    kjente, sjekk, sett = Kjente.av(samarbeid), Sjekk(), set[int]()
    for linje in linjer:
        try:
            ett = _tiltaket(linje, tiltak, sett)
            endret = _sammenlign(linje, ett, kjente, sjekk.feil)
        except Regelbrudd as brudd:
            sjekk.feil.append(Feil(linje.nummer, brudd.setning))
            continue
        if endret.endringer:
            sjekk.rader.append(endret)
        else:
            sjekk.uendret += 1
    if len(sjekk.rader) > FLEST:
        raise Regelbrudd(_("Ingenting er endret. En fil kan endre høyst %(flest)d tiltak.") % {"flest": FLEST})
    return sjekk


def _linjene(tabeller: Iterable[Tabell]) -> list[_Linje]:
    """The rows of the first sheet that has a key and a mark among its headings."""
    navn = kolonnenavn()
    for tabell in tabeller:
        for plass, rad in enumerate(tabell.rader):
            kolonner = [navn.get(" ".join(tekst.split()).casefold(), "") for tekst in rad.celler]
            if NOKKEL in kolonner and AVTRYKK in kolonner:
                return list(_under(tabell, plass, kolonner))
    raise Regelbrudd(
        _(
            "Ingenting er endret. Fila er ikke tatt ut av portalen: kolonnene «Nøkkel» og «Avtrykk» mangler. "
            "Ta ut tiltakene, og gjør endringene der."
        )
    )


def _under(tabell: Tabell, plass: int, kolonner: list[str]) -> Iterator[_Linje]:
    for rad in tabell.rader[plass + 1 :]:
        if any(tekst.strip() for tekst in rad.celler):
            yield _Linje(rad.nummer, {navn: tekst for navn, tekst in zip(kolonner, rad.celler, strict=False) if navn})


def _er_nokkel(tekst: str) -> bool:
    return tekst.isascii() and tekst.isdecimal() and len(tekst) < 16


def _tiltaket(linje: _Linje, tiltak: Mapping[int, Tiltak], sett: set[int]) -> Tiltak:
    nokkel = linje.les(NOKKEL)
    if not nokkel:
        raise Regelbrudd(_("Raden har ingen nøkkel. Nye tiltak legger du inn i portalen."))
    ett = tiltak.get(int(nokkel)) if _er_nokkel(nokkel) else None
    if ett is None:
        raise Regelbrudd(_("Tiltaket finnes ikke hos dere. Nøkkelen er endret, eller tiltaket er borte."))
    if ett.pk in sett:
        raise Regelbrudd(_("Tiltaket står på en rad lenger oppe også. Bare den første er lest."))
    sett.add(ett.pk)
    return ett


def _sammenlign(linje: _Linje, tiltak: Tiltak, kjente: Kjente, feil: list[Feil]) -> Endretrad:
    """A cell is changed when its mark is another than it was; what it was is told by the row, not by the measure."""
    da = les_avtrykk(linje.les(AVTRYKK))
    if da is None:
        raise Regelbrudd(_("Avtrykket er endret, så det går ikke an å se hva som er nytt. Ta ut tiltakene på nytt."))
    naa = {felt: tiltakets_merke(tiltak, felt) for felt in ENDRES}
    endringer = []
    for felt in ENDRES:
        if felt not in linje.celler or feltmerke(linje.celler[felt], felt) in {da[felt], naa[felt]}:
            continue
        try:
            ny = les_verdi(linje.celler[felt], felt, tiltak, kjente)
        except Regelbrudd as brudd:
            feil.append(Feil(linje.nummer, f"{KOLONNER[felt][0]}: {brudd.setning}"))
            continue
        gammel = verdi(tiltak, felt)
        if ny != gammel:
            endringer.append(Endring(felt, kjente.ord(felt, gammel), kjente.ord(felt, ny), ny, naa[felt]))
    endringer = _frist_eller_rytme(linje, tiltak, endringer, feil)
    return Endretrad(tiltak, endringer, [str(KOLONNER[felt][0]) for felt in ENDRES if da[felt] != naa[felt]])


def _frist_eller_rytme(linje: _Linje, tiltak: Tiltak, endringer: list[Endring], feil: list[Feil]) -> list[Endring]:
    """Neither of the two is changed when both would be there."""
    nye = {endring.felt: endring.verdi for endring in endringer}
    if nye.get("frist", tiltak.frist) and nye.get("rytme", [tiltak.rytme])[0]:
        feil.append(Feil(linje.nummer, _("Et tiltak har enten en frist eller en rytme, ikke begge.")))
        return [endring for endring in endringer if endring.felt not in {"frist", "rytme"}]
    return endringer
