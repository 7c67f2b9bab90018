"""The plan as a document: its sections with what each shows, from the data or from the frozen content.

One shape for the page, the PDF and the Word file, and for the JSON that is frozen at adoption.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

from django.db.models import CharField, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.text import slugify

from felles.forberedt import forberedt
from organisering.models import Koordinatorpost, Mandatpunkt, Motekrav, Plass, Postoppgave, fest_nivaer
from organisering.rules.regler import krav_i_ord
from tiltak.models import Ansvar, Delpunkt, Mal, Malgruppe, Plandel, Planutgave, Tiltak
from tiltak.rules.ord import naar_ord

Slag = Plandel.Slag
SKJEMA: Final = 1  # the shape of the frozen JSON
ASCII: Final = {ord("æ"): "ae", ord("ø"): "o", ord("å"): "a"}
TIDEN: Final = ("frist", "rytme", "rytme_maned", "rytme_dag", "tidsrom")
Linjer = dict[tuple[str, int], list[str]]


@dataclass(frozen=True)
class Tiltakslinje:
    """A measure as the plan's table has it."""

    nummer: int
    tittel: str
    beskrivelse: str
    delpunkter: list[str]
    ansvar: list[str]
    frist: str = ""


@dataclass(frozen=True)
class Del:
    """One section. Which of the lists are filled depends on what it shows."""

    anker: str
    slag: str
    dybde: int
    overskrift: str
    tekst: str = ""
    etterord: str = ""
    punkter: list[str] = field(default_factory=list)
    plasser: list[str] = field(default_factory=list)
    tiltak: list[Tiltakslinje] = field(default_factory=list)

    @property
    def har_frister(self) -> bool:
        """Whether the table has a column for when."""
        return any(linje.frist for linje in self.tiltak)

    @property
    def er_avsnitt(self) -> bool:
        """Whether what it shows stands as running text, not as a list."""
        return len(self.punkter) == 1 or self.slag in {Slag.MAL, Slag.MOTEHYPPIGHET}

    @property
    def er_tom(self) -> bool:
        return not (self.tekst or self.etterord or self.punkter or self.plasser or self.tiltak)


@dataclass(frozen=True)
class Plandokument:
    """A whole edition."""

    tittel: str
    deler: list[Del]

    @property
    def overskrifter(self) -> list[Del]:
        """The sections that stand in the list of contents."""
        return [del_ for del_ in self.deler if del_.overskrift]

    def til_innhold(self) -> dict[str, Any]:
        """As JSON, for freezing."""
        return {"skjema": SKJEMA, **asdict(self)}

    @classmethod
    def fra_innhold(cls, innhold: dict[str, Any]) -> Self:
        """Back from what was frozen."""
        deler = [
            Del(**{**rad, "tiltak": [Tiltakslinje(**linje) for linje in rad["tiltak"]]}) for rad in innhold["deler"]
        ]
        return cls(innhold["tittel"], deler)


def plandokument(utgave: Planutgave, pr: dt.date) -> Plandokument:
    """A frozen edition as it was frozen; any other from the data, as they stand on `pr`. At most six queries."""
    if utgave.frosset and utgave.innhold:
        return Plandokument.fra_innhold(utgave.innhold)
    return _fra_data(utgave, pr)


def _fra_data(utgave: Planutgave, pr: dt.date) -> Plandokument:
    rader = _delene(utgave)
    fest_nivaer([rad.gruppe for rad in rader if rad.gruppe])
    viser = {rad.slag for rad in rader}
    kilder = _Kilder(utgave, rader, pr)
    linjer = kilder.linjer()
    tiltak = kilder.tiltak(linjer) if Slag.TILTAK in viser else []
    krav = kilder.krav() if Slag.MOTEHYPPIGHET in viser else []
    brukt: set[str] = set()
    return Plandokument(utgave.tittel, [_del(rad, linjer, tiltak, krav, brukt) for rad in rader])


def _del(rad: Plandel, linjer: Linjer, tiltak: list[Tiltakslinje], krav: list[str], brukt: set[str]) -> Del:
    overskrift = rad.overskrift or (rad.gruppe.visningsnavn if rad.gruppe else "")
    if not overskrift and rad.slag != Slag.TEKST:
        overskrift = str(rad.get_slag_display())
    gruppe_id = rad.gruppe_id or 0
    punkter: dict[str, list[str]] = {
        Slag.MAL: linjer["mal", 0],
        Slag.PERIODEMAL: linjer["periodemal", 0],
        Slag.MALGRUPPER: linjer["malgruppe", 0],
        Slag.GRUPPE: linjer["mandat", gruppe_id],
        Slag.KOORDINATOR: linjer["oppgave", 0],
        Slag.MOTEHYPPIGHET: krav,
    }
    return Del(
        anker=_anker(overskrift, rad, brukt),
        slag=rad.slag,
        dybde=min(max(rad.dybde, 1), 3),
        overskrift=overskrift,
        tekst=rad.tekst,
        etterord=rad.etterord,
        punkter=punkter.get(rad.slag, []),
        plasser=linjer["plass", gruppe_id] if rad.slag == Slag.GRUPPE else [],
        tiltak=tiltak if rad.slag == Slag.TILTAK else [],
    )


def _anker(overskrift: str, rad: Plandel, brukt: set[str]) -> str:
    """An address inside the page that lives as long as the heading does."""
    norsk = overskrift.casefold().translate(ASCII)
    anker = slugify(norsk)[:60] or f"del-{rad.pk}"
    if anker in brukt or anker == "innhold":
        anker = f"{anker}-{rad.pk}"
    brukt.add(anker)
    return anker


class _Kilder:
    """The data that the sections of one edition show."""

    def __init__(self, utgave: Planutgave, rader: Iterable[Plandel], pr: dt.date) -> None:
        self.utgave, self.pr = utgave, pr
        grupper = {rad.gruppe for rad in rader if rad.gruppe}
        self.gruppe_ider = {gruppe.pk for gruppe in grupper}
        self.typen_til = {gruppe.pk: gruppe.gruppetype_id for gruppe in grupper if gruppe.gruppetype_id}

    def linjer(self) -> Linjer:
        """Every ordered line of text that the plan shows, by kind and owner, in one query."""
        regelbarere = self.gruppe_ider | set(self.typen_til.values())
        rader = _linjene(self.utgave.samarbeid_id, self.utgave.plan_id, regelbarere, self.pr)
        funnet: Linjer = defaultdict(list)
        for slag, eier, _orden, _pk, tekst in sorted(rader, key=lambda rad: rad[:4]):
            funnet[slag, eier].append(tekst)
        for gruppe, gruppetype in self.typen_til.items():
            for slag in ("mandat", "plass"):
                funnet[slag, gruppe] = [*funnet[slag, gruppetype], *funnet[slag, gruppe]]
        return funnet

    def tiltak(self, linjer: Linjer) -> list[Tiltakslinje]:
        """The measures of the plan that are not ended."""
        return [
            Tiltakslinje(
                rad.nummer,
                rad.tittel,
                rad.beskrivelse,
                linjer["delpunkt", rad.pk],
                linjer["ansvar", rad.pk],
                ". ".join(filter(None, [naar_ord(rad), rad.tidsrom])),
            )
            for rad in _tiltakene(self.utgave.plan_id)
        ]

    def krav(self) -> list[str]:
        """How often each group meets: the source's wording, else our own words."""
        rader = _kravene(self.utgave.samarbeid_id, self.pr)
        i_ord = [krav.ordlyd or f"{krav.gruppe.visningsnavn}: {krav_i_ord(krav)}" for krav in rader]
        return list(dict.fromkeys(i_ord))


@forberedt
def _tiltakene(plan: int) -> QuerySet[Tiltak]:
    rader = Tiltak.objects.filter(plan=plan, avsluttet__isnull=True).order_by("nummer", "pk")
    return rader.only("nummer", "tittel", "beskrivelse", *TIDEN)


@forberedt
def _delene(utgave: Planutgave) -> QuerySet[Plandel]:
    return Plandel.objects.filter(utgave=utgave).select_related("gruppe").order_by("rekkefolge", "pk")


@forberedt
def _kravene(samarbeid: int, pr: dt.date) -> QuerySet[Motekrav]:
    rader: QuerySet[Motekrav] = Motekrav.objects.filter(samarbeid=samarbeid).aktive(pr).select_related("gruppe")
    return rader.order_by("gruppe__rekkefolge", "gruppe", "pk")


@forberedt
def _linjene(samarbeid: int, plan: int, regelbarere: set[int], pr: dt.date) -> QuerySet[Any, Any]:
    mal = Mal.objects.filter(samarbeid=samarbeid)
    hoved = Q(plan__isnull=True) | Q(plan=plan, slag=Mal.Slag.HOVEDMAL)
    malgrupper = Malgruppe.objects.filter(samarbeid=samarbeid)
    levende = Tiltak.objects.filter(plan=plan, avsluttet__isnull=True).values("pk")
    poster = Koordinatorpost.objects.filter(samarbeid=samarbeid).aktive(pr).values("pk")
    deler = [
        _tekster(mal.filter(hoved), "mal", Value(0), "tekst"),
        _tekster(mal.filter(plan=plan).exclude(hoved), "periodemal", Value(0), "tekst"),
        _tekster(malgrupper.filter(Q(plan=plan) | Q(plan__isnull=True)), "malgruppe", Value(0), "tekst"),
        _tekster(Mandatpunkt.objects.filter(gruppe__in=regelbarere), "mandat", F("gruppe_id"), "ordlyd"),
        _tekster(Plass.objects.filter(gruppe__in=regelbarere).aktive(pr), "plass", F("gruppe_id"), "tittel"),
        _tekster(Postoppgave.objects.filter(koordinatorpost__in=poster), "oppgave", Value(0), "tekst"),
        _tekster(Delpunkt.objects.filter(tiltak__in=levende), "delpunkt", F("tiltak_id"), "tekst"),
        _tekster(Ansvar.objects.filter(tiltak__in=levende), "ansvar", F("tiltak_id"), "kildeord"),
    ]
    alle: QuerySet[Any, Any] = deler[0].union(*deler[1:], all=True)
    return alle


def _tekster(rader: QuerySet[Any], slag: str, eier: Any, felt: str) -> Any:
    return (
        rader.order_by()
        .annotate(
            _slag=Value(slag, output_field=CharField()),
            _eier=Cast(eier, IntegerField()),
            _tekst=Cast(felt, TextField()),
        )
        .values_list("_slag", "_eier", "rekkefolge", "pk", "_tekst")
    )
