"""What the overview reads: everything of one Samarbeid in a fixed number of queries, then asks the rules."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from felles.forberedt import forberedt
from felles.stille import motefrie
from felles.tid import oslo_dato
from moter.models import Mote, Oppfolging
from moter.rules.innsyn import Innsyn, skjult_for
from moter.rules.penger import Pengebruk, hent_pengebruk
from moter.rules.stripe import Stripe, hent_striper
from organisering.models import (
    Fridag,
    Gruppe,
    Koordinatorpost,
    Medlemskap,
    Niva,
    Person,
    Plass,
    Rolletildeling,
    Samarbeid,
    Seer,
    Verv,
)
from organisering.rules import Tilgang
from slt_portal import drift, utsending
from slt_portal.trenger_deg import Plan, Ting, kort, om_motene, om_organiseringen, om_planene, om_tiltakene, ordnet
from slt_portal.utsending import VISES_I, om_utsendingen
from tiltak.models import REKKEFOLGE, Ansvar, Plangjennomgang, Planutgave, Tiltak
from tiltak.models.tilstand import Dagen
from tiltak.rules.lista import I_PLANEN, trenger_deg_forst
from tiltak.rules.revisjon import revisjon

UKER = 4
SMARAD = ("s_slag", "s_id", "s_tekst", "s_dato", "s_eksempel")
SISTE_MELDINGER = 3
FARGER = {
    "forfalt": "tyttebaer",
    "trenger_hjelp": "multe",
    "mangler_status": "multe",
    "i_gang": "fjord",
    "gjort": "gran",
}


class Smarad(NamedTuple):
    """A row of what takes few words: an empty seat or post, a review, an action item with a date, a mail not sent."""

    slag: str
    id: int
    tekst: str
    dato: dt.date | None
    eksempel: bool


class Tiltaksfakta(NamedTuple):
    """How a measure stands, its last report, and the first word of the plan that nobody is found for."""

    pk: int
    tittel: str
    frist: dt.date | None
    tilstand: str
    siste_meldt: dt.datetime | None
    siste_status: str | None
    siste_tekst: str | None
    siste_eksempel: bool | None
    siste_hvem: str | None
    uavklart_ord: str | None


@dataclass(frozen=True)
class Hendelse:
    """Something with a date in the coming weeks."""

    dato: dt.date
    tittel: str
    mote: Mote | None = None
    tiltak: Tiltaksfakta | None = None
    mote_id: int | None = None
    eksempel: bool = False


@dataclass(frozen=True)
class Uke:
    """One ISO week."""

    nummer: int
    fra: dt.date
    til: dt.date
    hendelser: list[Hendelse]


@dataclass(frozen=True)
class Mandag:
    """The overview of one Samarbeid."""

    ting: list[Ting]
    striper: list[Stripe]
    pengene: list[Pengebruk]
    tiltak: list[Tiltaksfakta]
    uker: list[Uke]
    er_tom: bool
    etterslep: list[str]

    @property
    def tilstander(self) -> list[tuple[str, int, str]]:
        """State, how many measures, and the colour of the bar; states without measures are left out."""
        antall = {str(t): sum(en.tilstand == t for en in self.tiltak) for t in REKKEFOLGE}
        return [(navn, n, FARGER.get(navn, "kant")) for navn, n in antall.items() if n]

    @property
    def flest(self) -> int:
        return max((n for _navn, n, _farge in self.tilstander), default=0)

    @property
    def sist_meldt(self) -> list[Tiltaksfakta]:
        """The measures with the latest reports, the newest first."""
        meldte = [(en.siste_meldt, en) for en in self.tiltak if en.siste_meldt]
        return [en for _meldt, en in sorted(meldte, key=lambda par: par[0], reverse=True)[:SISTE_MELDINGER]]


def hent(samarbeid: Samarbeid, person: Person, har: Tilgang, pr: dt.date, naa: dt.datetime) -> Mandag:
    """The overview as it stands on `pr`. Eight queries, whatever the amount of rows."""
    mandag = pr - dt.timedelta(days=pr.weekday())
    grupper = hent_grupper(samarbeid, pr)
    striper = hent_striper(grupper, samarbeid, ar=pr.year, pr=pr, naa=naa)
    tiltak = hent_tiltak(samarbeid, pr)
    smatt = hent_smatt(samarbeid, person, pr, naa, til=mandag + dt.timedelta(weeks=UKER) - dt.timedelta(days=1))
    utgaver = _utgavene(samarbeid)
    planer = list(_planer(utgaver, smatt, grupper, pr))
    ting = [
        *om_planene(planer, samarbeid.slug, pr),
        *om_motene(striper, samarbeid.slug, pr, naa, motefrie(samarbeid, _fridager(smatt))),
        *om_tiltakene(tiltak, samarbeid.slug, pr),
        *om_organiseringen(
            grupper,
            [(rad.tekst, rad.id) for rad in smatt if rad.slag == "plass"],
            [rad.tekst for rad in smatt if rad.slag == "post"],
            samarbeid.slug,
        ),
        *om_utsendingen(smatt, samarbeid.slug),
    ]
    return Mandag(
        ting=ordnet(ting),
        striper=striper,
        pengene=_ramme_forst(hent_pengebruk(grupper, ar=pr.year, pr=pr, blant=Innsyn.av(person, samarbeid, har, pr))),
        tiltak=tiltak,
        uker=list(_uker(mandag, pr, striper, tiltak, smatt)),
        er_tom=not (grupper or tiltak or utgaver),
        etterslep=drift.etterslep(samarbeid, pr, smatt),
    )


def hent_grupper(samarbeid: Samarbeid, pr: dt.date) -> list[Gruppe]:
    """The groups that meet, with what the overview needs of their levels and offices, in one query."""
    grupper = _gruppene(samarbeid, pr)
    for gruppe in grupper:
        gruppe.samarbeid = samarbeid
        gruppe.navn = gruppe.navn or gruppe.nivanavn or gruppe.visningsnavn  # never saved
        gruppe.ringer = tuple(slag for slag in Niva.Slag.values if getattr(gruppe, slag))
    return grupper


@forberedt
def _gruppene(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Any]:
    nivaer = Niva.objects.filter(grupper=OuterRef("pk"))
    verv = Verv.objects.aktive(pr).filter(Q(gruppe=OuterRef("pk")) | Q(gruppe=OuterRef("gruppetype")))
    return (  # type: ignore[no-any-return]
        Gruppe.objects.filter(samarbeid=samarbeid)
        .motende()
        .aktive(pr)
        .annotate(
            nivanavn=Subquery(nivaer.order_by("rekkefolge", "pk").values("navn")[:1]),
            har_leder=Exists(verv.filter(slag=Verv.Slag.LEDER)),
            har_innkaller=Exists(verv.filter(slag__in=[Verv.Slag.INNKALLER, Verv.Slag.SEKRETAR])),
            **{slag: Exists(nivaer.filter(slag=slag)) for slag in Niva.Slag.values},
        )
    )


def hent_tiltak(samarbeid: Samarbeid, pr: dt.date) -> list[Tiltaksfakta]:
    """Every measure, what needs somebody first, in one query."""
    return trenger_deg_forst(Tiltaksfakta(*rad) for rad in _tiltakene(samarbeid, Dagen.av(pr)))


@forberedt
def _utgavene(samarbeid: Samarbeid) -> QuerySet[Planutgave]:
    return Planutgave.objects.filter(samarbeid=samarbeid).select_related("plan__kilde").defer("innhold", "pdf")


@forberedt
def _tiltakene(samarbeid: Samarbeid, dagen: Dagen) -> QuerySet[Any, Any]:
    uavklart = Ansvar.objects.filter(tiltak=OuterRef("pk")).uavklarte().order_by("rekkefolge", "pk")
    return (  # type: ignore[no-any-return]
        Tiltak.objects.filter(samarbeid=samarbeid)
        .med_tilstand(dagen)
        .annotate(uavklart_ord=Subquery(uavklart.values("kildeord")[:1]), siste_hvem=F("siste__ansvar__kildeord"))
        .order_by(*I_PLANEN)
        .values_list(*Tiltaksfakta._fields)
    )


def hent_smatt(samarbeid: Samarbeid, person: Person, pr: dt.date, naa: dt.datetime, *, til: dt.date) -> list[Smarad]:
    """Empty seats that must be filled, vacant posts, reviews, action items due, jobs and mails, in one query."""
    rader = _smatt(samarbeid, Seer.av(person, pr), pr, naa - drift.LENGST_MELLOM, til, pr - VISES_I)
    return [Smarad(*rad) for rad in rader]


@forberedt
def _smatt(
    samarbeid: Samarbeid, seer: Seer, pr: dt.date, siden: dt.datetime, til: dt.date, feilet_fra: dt.date
) -> QuerySet[Any, Any]:
    besatt = Medlemskap.objects.aktive(pr).filter(plass=OuterRef("pk"), rolle=Medlemskap.Rolle.MEDLEM)
    fylt = Rolletildeling.objects.aktive(pr).filter(koordinatorpost=OuterRef("pk"))
    plasser = Plass.objects.aktive(pr).filter(Gruppe.aktiv_q(pr, "gruppe__"), ~Exists(besatt), ma_besettes=True)
    poster = Koordinatorpost.objects.aktive(pr).filter(~Exists(fylt))
    gjennomganger = Plangjennomgang.objects.all()
    oppfolginger = (
        Oppfolging.objects.annotate(skjult=skjult_for(seer, pr, sak="sak"))
        .filter(skjult=False, gjort__isnull=True, frist__gte=pr, frist__lte=til)
        .exclude(mote=None)
    )
    ingen_dato = Cast(Value(None), DateField())
    deler = (
        ("plass", plasser, "gruppe_id", F("tittel"), ingen_dato),
        ("post", poster, "pk", F("tittel"), ingen_dato),
        ("gjennomgang", gjennomganger, "plan_id", Value(""), F("dato")),
        ("oppfolging", oppfolginger, "mote_id", F("tekst"), F("frist")),
        ("fridag", Fridag.objects.filter(til__gte=pr), "pk", Cast(F("til"), CharField()), F("fra")),
    )
    rader = [
        sporring.filter(samarbeid=samarbeid)
        .order_by()
        .annotate(
            s_slag=Value(slag, CharField()),
            s_id=F(pk),
            s_tekst=Cast(tekst, CharField()),
            s_dato=Cast(dato, DateField()),
            s_eksempel=F("eksempel") if slag == "oppfolging" else Value(False),
        )
        .values_list(*SMARAD)
        for slag, sporring, pk, tekst, dato in deler
    ]
    rader += [rad.order_by().values_list(*SMARAD) for rad in drift.rader(samarbeid, siden)]
    rader += [rad.order_by().values_list(*SMARAD) for rad in utsending.rader(samarbeid, pr, feilet_fra)]
    return rader[0].union(*rader[1:], all=True)  # type: ignore[no-any-return]


def _fridager(smatt: Iterable[Smarad]) -> Iterator[dt.date]:
    """Every day of the Samarbeid's days off; such a row has its last day as text."""
    for rad in smatt:
        if rad.slag == "fridag" and rad.dato is not None:
            yield from Fridag(fra=rad.dato, til=dt.date.fromisoformat(rad.tekst)).dager


def _planer(
    utgaver: Sequence[Planutgave], smatt: Sequence[Smarad], grupper: Sequence[Gruppe], pr: dt.date
) -> Iterator[Plan]:
    navn = {gruppe.pk: gruppe.visningsnavn for gruppe in grupper}
    per_plan = defaultdict(list)
    for utgave in utgaver:
        per_plan[utgave.plan_id].append(utgave)
    for plan_id, egne in per_plan.items():
        plan = egne[0].plan
        gjennomganger = [rad.dato for rad in smatt if rad.slag == "gjennomgang" and rad.id == plan_id and rad.dato]
        gjeldende = max((u for u in egne if u.gjelder(pr)), key=lambda u: (u.hovednummer, u.undernummer), default=None)
        yield Plan(
            plan,
            gjeldende,
            revisjon(egne, plan.revisjon_maneder, gjennomganger, pr),
            navn.get(plan.vedtas_av_id or 0, ""),
        )


def _ramme_forst(pengene: list[Pengebruk]) -> list[Pengebruk]:
    """Groups with a frame first; one without frame and use has nothing to tell on this page."""
    vist = [bruk for bruk in pengene if bruk.ramme is not None or bruk.vedtak]
    return sorted(vist, key=lambda bruk: bruk.ramme is None)


def _uker(
    mandag: dt.date, pr: dt.date, striper: Sequence[Stripe], tiltak: Sequence[Any], smatt: Sequence[Smarad]
) -> Iterator[Uke]:
    """The four weeks from this Monday: meetings, deadlines and action items that are still ahead."""
    slutt = mandag + dt.timedelta(weeks=UKER)
    hendelser = [
        *(
            Hendelse(m.dato, s.gruppe.visningsnavn, mote=m, eksempel=m.eksempel)
            for s in striper
            for m in s.moter
            if m.holdt is None and m.avlyst is None and pr <= oslo_dato(m.start) < slutt
        ),
        *(
            Hendelse(t.frist, kort(t.tittel), tiltak=t)
            for t in tiltak
            if t.frist and pr <= t.frist < slutt and t.tilstand not in {"gjort", "avsluttet"}
        ),
        *(
            Hendelse(r.dato, kort(r.tekst), mote_id=r.id, eksempel=r.eksempel)
            for r in smatt
            if r.slag == "oppfolging" and r.dato is not None
        ),
    ]
    hendelser.sort(key=lambda h: (h.dato, h.mote is None, str(h.mote.start) if h.mote else h.tittel))
    for uke in range(UKER):
        fra = mandag + dt.timedelta(weeks=uke)
        til = fra + dt.timedelta(days=6)
        yield Uke(fra.isocalendar().week, fra, til, [h for h in hendelser if fra <= h.dato <= til])
