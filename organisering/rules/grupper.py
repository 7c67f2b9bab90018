"""How a group stands: its seats and who holds them, its officers, and what is missing. Reads; writes nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import BigIntegerField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from felles.forberedt import fest_lister, forberedt
from organisering.models import Enhet, Fullmakt, Gruppe, Mandatpunkt, Medlemskap, Motekrav, Niva, Plass, Samarbeid, Verv
from organisering.rules.arbeidsgrupper import med_apne_forslag
from organisering.rules.ord import liste_i_ord, stor_forbokstav, tallord
from varsling.models import med_pause

VERV_SOM_TRENGS: Final = (Verv.Slag.LEDER, Verv.Slag.INNKALLER, Verv.Slag.SEKRETAR)
PLASSFELT: Final = (
    "pk",
    "gruppe_id",
    "tittel",
    "slag",
    "antall",
    "deltar_som",
    "har_stemme",
    "ma_besettes",
    "fra",
    "til",
    "enhet_id",
    "enhet__navn",
    "gruppe__navn",
    "nivanavn",
)
NAVNEFELT: Final = {"enhet__navn", "gruppe__navn", "nivanavn"}
HOLDERFELT: Final = ("pk", "rolle", "fra", "til", "person_id", "person__navn")


def aktiv(fra: dt.date | None, til: dt.date | None, pr: dt.date) -> bool:
    """Whether a period holds on `pr`; both ends count and an empty end is open."""
    return (fra is None or fra <= pr) and (til is None or til >= pr)


@dataclass(frozen=True)
class Holder:
    """One who holds, held or is to hold a seat."""

    pk: int
    person_id: int
    navn: str
    er_vara: bool
    fra: dt.date | None
    til: dt.date | None

    def aktiv(self, pr: dt.date) -> bool:
        return aktiv(self.fra, self.til, pr)


@dataclass
class Plassrad:
    """A seat with all who ever held it, and the offices that go with it."""

    pk: int
    gruppe_id: int
    tittel: str
    slag: str
    antall: int | None
    deltar_som: str
    har_stemme: bool
    ma_besettes: bool
    fra: dt.date | None
    til: dt.date | None
    enhet_id: int | None
    enhet: str
    gruppe: str
    pr: dt.date
    alle: list[Holder] = field(default_factory=list)
    verv: list["Vervrad"] = field(default_factory=list)
    arvet: bool = False

    @property
    def aktiv(self) -> bool:
        return aktiv(self.fra, self.til, self.pr)

    @property
    def holdere(self) -> list[Holder]:
        return [h for h in self.alle if not h.er_vara and h.aktiv(self.pr)]

    @property
    def varaer(self) -> list[Holder]:
        return [h for h in self.alle if h.er_vara and h.aktiv(self.pr)]

    @property
    def er_apen(self) -> bool:
        """An open circle has no number of seats to fill."""
        return self.slag == Plass.Slag.APEN

    @property
    def er_tom(self) -> bool:
        return not self.holdere and not self.er_apen and not self.arvet

    @property
    def er_ledig(self) -> bool:
        """Must be filled, and nobody holds it."""
        return self.ma_besettes and self.er_tom

    @property
    def ledig_siden(self) -> dt.date | None:
        """The day after the last holder left, when that is known."""
        slutt = [h.til for h in self.alle if h.til and h.til < self.pr and not h.er_vara]
        return max(slutt) + dt.timedelta(days=1) if slutt and self.er_ledig else None

    @property
    def mangler_antall(self) -> int:
        """How many more the number of the seat asks for, when it is stated and somebody is there."""
        return max((self.antall or 0) - len(self.holdere), 0) if self.holdere else 0

    @property
    def deltakelse(self) -> str:
        """What the seat is when it is not an ordinary member's."""
        return "" if self.deltar_som == Plass.Deltakelse.MEDLEM else str(Plass.Deltakelse(self.deltar_som).label)


@dataclass(frozen=True)
class Vervrad:
    """An office: what, and who or how."""

    slag: str
    tittel: str
    plass_id: int | None
    holder: str
    rotasjon: str
    ordlyd: str
    kilde: str
    kildested: str
    gruppe_id: int


@dataclass(frozen=True)
class Mandatord:
    """One point of a mandate, word for word."""

    ordlyd: str
    kilde: str
    kildested: str
    gruppe_id: int


@dataclass(frozen=True)
class Mangel:
    """Something that is not stated. `plass_id` is the seat that nobody holds, when that is what it is."""

    ord: str
    plass_id: int | None = None
    rettes: str = ""  # the page of the group where it is written


@dataclass
class Gruppebilde:
    """A group on one day: its seats, its offices and its mandate."""

    gruppe: Gruppe
    plasser: list[Plassrad]
    tidligere_plasser: list[Plassrad]
    verv: list[Vervrad]
    mandat: list[Mandatord]

    @property
    def verv_utenom_plassene(self) -> list[Vervrad]:
        egne = {plass.pk for plass in self.plasser}
        return [verv for verv in self.verv if verv.plass_id not in egne]

    @property
    def egne_plasser(self) -> list[Plassrad]:
        return [plass for plass in self.plasser if not plass.arvet]

    @property
    def ledige(self) -> list[Plassrad]:
        return [plass for plass in self.plasser if plass.er_ledig]

    @property
    def har_stemmeforskjell(self) -> bool:
        """Whether the column about votes says anything: some vote and some do not."""
        return len({plass.har_stemme for plass in self.plasser}) > 1

    @property
    def historie(self) -> list[tuple[Plassrad, Holder]]:
        """Everybody who has left a seat, the latest first."""
        rader = [
            (plass, holder)
            for plass in [*self.plasser, *self.tidligere_plasser]
            for holder in plass.alle
            if holder.til and holder.til < plass.pr
        ]
        return sorted(rader, key=lambda rad: (rad[1].til or dt.date.min, rad[0].tittel), reverse=True)

    @property
    def plasser_i_ord(self) -> str:
        return plasser_i_ord(self.egne_plasser)


def plasser_i_ord(plasser: Sequence[Plassrad]) -> str:
    """«Åtte plasser, én ledig.» The number of seats, and how many of them nobody holds."""
    if not plasser:
        return _("Plassene er ikke oppgitt.")
    antall = len(plasser)
    hode = stor_forbokstav(_("én plass") if antall == 1 else _("%(n)s plasser") % {"n": tallord(antall)})
    tomme, ledige = sum(p.er_tom for p in plasser), sum(p.er_ledig for p in plasser)
    if tomme == antall:
        hale = _("ingen registrert ennå")
    elif ledige:
        hale = _("%(n)s ledig") % {"n": tallord(ledige)} if ledige == 1 else _("%(n)s ledige") % {"n": tallord(ledige)}
    elif tomme:
        hale = _("%(n)s uten registrert medlem") % {"n": tallord(tomme)}
    else:
        hale = _("alle er besatt") if antall > 1 else _("besatt")
    return f"{hode}, {hale}."


def med_regelspor(grupper: Any) -> Any:
    """Annotates each group with whether any rule about meetings is stated, its own or its type's."""
    egne = Motekrav.objects.filter(gruppe=OuterRef("pk"))
    typens = Motekrav.objects.filter(gruppe=OuterRef("gruppetype"))
    return grupper.annotate(har_krav=Exists(egne) | Exists(typens))


@forberedt
def samarbeidets_grupper(samarbeid: Samarbeid) -> QuerySet[Any]:
    """Every group of `samarbeid`, with whether any rule about its meetings is stated."""
    grupper: QuerySet[Any] = Gruppe.objects.filter(samarbeid=samarbeid).select_related("gruppetype", "overordnet")
    return med_regelspor(grupper)  # type: ignore[no-any-return]


def gruppa(samarbeid: Samarbeid, pk: int, pr: dt.date) -> list[Any]:
    """The one of them with this key, if any, with its source, its levels and the pause on `pr`. One query."""
    rader = _per_niva(samarbeid, pk, pr)
    nivaer = [
        Niva(pk=rad.niva, samarbeid=samarbeid, navn=rad.nivanavn, slag=rad.nivaslag, rekkefolge=rad.nivanummer)
        for rad in rader
        if rad.niva
    ]
    fest_lister(rader[:1], "nivaer", Niva, {pk: nivaer})
    return rader[:1]


@forberedt
def _per_niva(samarbeid: Samarbeid, pk: int, pr: dt.date) -> QuerySet[Any]:
    """The group once for each of its levels."""
    grupper: QuerySet[Any] = Gruppe.objects.filter(samarbeid=samarbeid, pk=pk)
    per_niva = grupper.annotate(niva=F("nivaer"), nivanavn=F("nivaer__navn"), nivaslag=F("nivaer__slag"))
    per_niva = per_niva.annotate(nivanummer=F("nivaer__rekkefolge")).order_by("nivanummer", "niva")
    per_niva = per_niva.select_related("gruppetype", "overordnet", "kilde")
    med_spor: QuerySet[Any] = med_pause(med_apne_forslag(med_regelspor(per_niva)), "gruppe", pr)
    return med_spor


@forberedt
def gruppas_fullmakter(regelbarere: set[int], pr: dt.date) -> QuerySet[Fullmakt]:
    """What the groups and their seats may decide on `pr`."""
    treff = Fullmakt.objects.filter(Q(gruppe__in=regelbarere) | Q(plass__gruppe__in=regelbarere)).aktive(pr)
    return treff.select_related("plass", "kilde", "videre_gruppe", "videre_plass")


def mangler(bilde: Gruppebilde, *, har_krav: bool) -> list[Mangel]:
    """What nobody has stated about a group that meets; vacant seats last. A level in words and a type lack nothing."""
    if not bilde.gruppe.motes:
        return []
    har = {verv.slag for verv in bilde.verv}
    liste = [Mangel(str(slag.label).lower(), rettes="verv") for slag in VERV_SOM_TRENGS if slag not in har]
    if not bilde.plasser:
        liste.append(Mangel(_("plasser"), rettes="plass_ny"))
    if not har_krav and bilde.gruppe.slag == Gruppe.Slag.GRUPPE:
        liste.append(Mangel(_("hvor ofte gruppa skal møtes"), rettes="krav_ny"))
    if not bilde.mandat:
        liste.append(Mangel(_("mandat"), rettes="mandat"))
    return liste + [
        Mangel(_("medlem på plassen «%(plass)s»") % {"plass": plass.tittel}, plass.pk) for plass in bilde.ledige
    ]


def mangler_i_ord(liste: Sequence[Mangel]) -> str:
    """«Mangler: leder og innkaller.», or an empty text."""
    return _("Mangler: %(hva)s.") % {"hva": liste_i_ord([m.ord for m in liste])} if liste else ""


def bilder(grupper: Iterable[Gruppe], pr: dt.date) -> dict[int, Gruppebilde]:
    """The picture of each group on the day `pr`. Two queries, whatever the number of groups."""
    grupper = list(grupper)
    ider = {gruppe.regelbarer_id for gruppe in grupper} | {gruppe.pk for gruppe in grupper}
    plasser = _plassrader(_gruppenes_plasser(ider), pr)
    verv, mandat = _ordrader(ider, pr)
    return {gruppe.pk: _bilde(gruppe, plasser, verv, mandat) for gruppe in grupper}


def _bilde(
    gruppe: Gruppe,
    plasser: dict[int, list[Plassrad]],
    verv: dict[int, list[Vervrad]],
    mandat: dict[int, list[Mandatord]],
) -> Gruppebilde:
    typen = gruppe.gruppetype_id or 0
    egne = plasser[gruppe.pk]
    aktive = [plass for plass in egne if plass.aktiv]
    har = {rad.slag for rad in verv[gruppe.pk]}
    bilde = Gruppebilde(
        gruppe,
        plasser=[*aktive, *_fra_typen(aktive, plasser[typen])],
        tidligere_plasser=[plass for plass in egne if not plass.aktiv],
        verv=[*verv[gruppe.pk], *(rad for rad in verv[typen] if rad.slag not in har)],
        mandat=[*mandat[typen], *mandat[gruppe.pk]],
    )
    for plass in bilde.plasser:
        plass.verv = [rad for rad in bilde.verv if rad.plass_id == plass.pk]
    return bilde


def _fra_typen(aktive: list[Plassrad], typens: list[Plassrad]) -> list[Plassrad]:
    """The type's seats that the group has no seat of its own for. People hold only the group's own."""
    titler = {plass.tittel.casefold() for plass in aktive}
    arvede = [plass for plass in typens if plass.aktiv and plass.tittel.casefold() not in titler]
    return [Plassrad(**{**vars(plass), "arvet": True, "alle": [], "verv": []}) for plass in arvede]


def plasser_for_enhet(enhet: Enhet, pr: dt.date) -> list[Plassrad]:
    """The seats that speak for the unit today, with those who hold them. One query."""
    i_gruppe = _plassrader(_enhetens_plasser(enhet, pr), pr)
    return [plass for plasser in i_gruppe.values() for plass in plasser]


def _plassrader(rader: Iterable[dict[str, Any]], pr: dt.date) -> dict[int, list[Plassrad]]:
    funnet: dict[int, Plassrad] = {}
    for rad in rader:
        plass = funnet.setdefault(rad["pk"], _plassrad(rad, pr))
        if rad["medlemskap__pk"] is not None:
            plass.alle.append(_holder(rad))
    i_gruppe: dict[int, list[Plassrad]] = defaultdict(list)
    for plass in funnet.values():
        i_gruppe[plass.gruppe_id].append(plass)
    return i_gruppe


@forberedt
def _gruppenes_plasser(grupper: set[int]) -> QuerySet[Plass, dict[str, Any]]:
    return _med_holdere(Plass.objects.filter(gruppe__in=grupper))


@forberedt
def _enhetens_plasser(enhet: Enhet, pr: dt.date) -> QuerySet[Plass, dict[str, Any]]:
    return _med_holdere(Plass.objects.filter(enhet=enhet).aktive(pr).filter(Plass.aktiv_q(pr, "gruppe__")))


def _med_holdere(plasser: QuerySet[Plass]) -> QuerySet[Plass, dict[str, Any]]:
    niva = Niva.objects.filter(grupper=OuterRef("gruppe")).order_by("rekkefolge", "pk").values("navn")[:1]
    return (  # type: ignore[no-any-return]
        plasser.order_by(
            "gruppe__rekkefolge",
            "gruppe",
            "rekkefolge",
            "pk",
            "medlemskap__rolle",
            "medlemskap__person__navn",
            "medlemskap__pk",
        )
        .annotate(nivanavn=Subquery(niva))
        .values(*PLASSFELT, *(f"medlemskap__{felt}" for felt in HOLDERFELT))
    )


def _plassrad(rad: dict[str, Any], pr: dt.date) -> Plassrad:
    felter = {felt: rad[felt] for felt in PLASSFELT if felt not in NAVNEFELT}
    gruppe = rad["gruppe__navn"] or rad["nivanavn"] or _("Gruppe uten navn")
    return Plassrad(**felter, enhet=rad["enhet__navn"] or "", gruppe=gruppe, pr=pr)


def _holder(rad: dict[str, Any]) -> Holder:
    pk, rolle, fra, til, person_id, navn = (rad[f"medlemskap__{felt}"] for felt in HOLDERFELT)
    return Holder(pk, person_id, navn or _("Uten navn"), rolle == Medlemskap.Rolle.VARA, fra, til)


def _ordrader(gruppe_ider: Iterable[int], pr: dt.date) -> tuple[dict[int, list[Vervrad]], dict[int, list[Mandatord]]]:
    """Offices and points of mandate by group. One query: both are rows of a group with a wording and a source."""
    verv: dict[int, list[Vervrad]] = defaultdict(list)
    mandat: dict[int, list[Mandatord]] = defaultdict(list)
    for hva, slag, _orden, _pk, gruppe_id, plass_id, holder, rotasjon, ordlyd, kilde, sted in sorted(
        _ordsporring(set(gruppe_ider), pr), key=lambda rad: rad[2:4]
    ):
        if hva == "mandat":
            mandat[gruppe_id].append(Mandatord(ordlyd, kilde or "", sted, gruppe_id))
            continue
        tittel = str(Verv.Slag(slag).label)
        verv[gruppe_id].append(
            Vervrad(slag, tittel, plass_id, holder or "", rotasjon, ordlyd, kilde or "", sted, gruppe_id)
        )
    return verv, mandat


@forberedt
def _ordsporring(ider: set[int], pr: dt.date) -> QuerySet[Any, Any]:
    tom = Value("", output_field=TextField())
    holder = Coalesce("plass__tittel", "enhet__navn", "koordinatorpost__tittel", output_field=TextField())
    verv = (
        Verv.objects.filter(gruppe__in=ider)
        .aktive(pr)
        .order_by()
        .annotate(_hva=Value("verv"), _slag=Cast("slag", TextField()), _orden=Value(0), _holder=holder)
        .annotate(_plass=F("plass_id"), _rotasjon=Cast("rotasjon", TextField()))
    )
    mandat = (
        Mandatpunkt.objects.filter(gruppe__in=ider)
        .order_by()
        .annotate(_hva=Value("mandat"), _slag=tom, _orden=Cast("rekkefolge", IntegerField()), _holder=tom)
        .annotate(_plass=Value(None, output_field=BigIntegerField()), _rotasjon=tom)
    )
    felles = ("pk", "gruppe_id", "_plass", "_holder", "_rotasjon", "ordlyd", "kilde__tittel", "kildested")
    felter = ("_hva", "_slag", "_orden", *felles)
    alle: QuerySet[Any, Any] = verv.values_list(*felter).union(mandat.values_list(*felter), all=True)
    return alle
