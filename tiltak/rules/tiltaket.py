"""One measure with all its page tells: neighbours, edition, bullets, goals, target groups, who is asked."""

import datetime as dt
from collections import defaultdict
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from felles.forberedt import fest, forberedt
from felles.modeller import Periode
from organisering.models import Enhetskontakt, Medlemskap, Rolletildeling, Samarbeid, Verv
from tiltak.models import Ansvar, Delpunkt, Mal, Malgruppe, Planutgave, Statusmelding, Tiltak
from tiltak.models.tilstand import Dagen
from tiltak.rules.ansvarlige import ansvar_for_person
from varsling.models import med_pause

UTGAVEN = ("pk", "tittel", "periode_fra", "periode_til", "vedtatt", "vedtatt_av_ord")


def hent_tiltaket(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Tiltak]:
    """Measures of `samarbeid` with state, neighbours in the plan's order, the edition in force and all reports."""
    meldinger = Statusmelding.objects.select_related("person").order_by("-meldt", "-pk")
    ansvar = Ansvar.objects.med_parter()
    rader: QuerySet[Tiltak] = _med_alt(samarbeid, Dagen.av(pr)).select_related("samarbeid", "plan", "hovedmal__kilde")
    return rader.prefetch_related(Prefetch("ansvar", ansvar), Prefetch("statusmeldinger", meldinger))


def tiltaket(samarbeid: Samarbeid, pk: int, pr: dt.date, person: int) -> list[Tiltak]:
    """The one of them with this key, if any; each who answers says whether it is `person` (`mitt`). Three queries."""
    rader = _tiltaket(samarbeid, pk, Dagen.av(pr), pr)
    for tiltak in rader:
        tiltak.samarbeid = samarbeid
        ansvar = _ansvaret_med_mine(tiltak, person, pr)
        fest([tiltak], "ansvar", ansvar, "tiltak_id")
        fest([tiltak], "statusmeldinger", _meldingene(tiltak), "tiltak_id")
        for ett in ansvar:
            ett.samarbeid = samarbeid
    return rader


def svarer_selv(tiltak: Tiltak) -> bool:
    """Whether the person that `tiltaket` was asked for answers for it; as `kan_melde_status`, without a query."""
    return any(getattr(ansvar, "mitt", False) for ansvar in tiltak.ansvar.all())


@forberedt
def _tiltaket(samarbeid: Samarbeid, pk: int, dagen: Dagen, pr: dt.date) -> QuerySet[Tiltak]:
    rader = _med_alt(samarbeid, dagen).filter(pk=pk).select_related("plan", "hovedmal__kilde")
    return med_pause(rader, "tiltak", pr)  # type: ignore[no-any-return]


@forberedt
def ansvaret(tiltak: Tiltak) -> QuerySet[Ansvar]:
    """Who answers for the measure, with the parties."""
    rader: QuerySet[Ansvar] = Ansvar.objects.filter(tiltak=tiltak).med_parter()
    return rader.order_by("rekkefolge", "pk")


@forberedt
def _ansvaret_med_mine(tiltak: Tiltak, person: int, pr: dt.date) -> QuerySet[Ansvar]:
    mine = ansvar_for_person(person, pr).values("pk")
    rader: QuerySet[Ansvar] = ansvaret.sporring(tiltak)
    return rader.annotate(mitt=Case(When(pk__in=mine, then=Value(True)), default=Value(False)))


@forberedt
def _meldingene(tiltak: Tiltak) -> QuerySet[Statusmelding]:
    return Statusmelding.objects.filter(tiltak=tiltak).select_related("person").order_by("-meldt", "-pk")


@forberedt
def endringene(tiltak: int) -> QuerySet[Any]:
    """What the history keeps of the measure, the oldest first."""
    rader: QuerySet[Any] = Tiltak.history.filter(id=tiltak)
    return rader.select_related("history_user").order_by("history_date", "history_id")


def _med_alt(samarbeid: Samarbeid, dagen: Dagen) -> Any:
    i_planen = Tiltak.objects.filter(plan=OuterRef("plan"))
    for_ = Q(nummer__lt=OuterRef("nummer")) | Q(nummer=OuterRef("nummer"), pk__lt=OuterRef("pk"))
    etter = Q(nummer__gt=OuterRef("nummer")) | Q(nummer=OuterRef("nummer"), pk__gt=OuterRef("pk"))
    utgaven = (
        Planutgave.objects.filter(plan=OuterRef("plan")).gjeldende(dagen.pr).order_by("-hovednummer", "-undernummer")
    )
    return (
        Tiltak.objects.filter(samarbeid=samarbeid)
        .med_tilstand(dagen)
        .med_delpunkttall()
        .annotate(
            forrige=Subquery(i_planen.filter(for_).order_by("-nummer", "-pk").values("pk")[:1]),
            neste=Subquery(i_planen.filter(etter).order_by("nummer", "pk").values("pk")[:1]),
            **{f"utgave_{felt}": Subquery(utgaven.values(felt)[:1]) for felt in UTGAVEN},
        )
    )


class Del(NamedTuple):
    """A bullet, a further goal or a target group of a measure; from–to are years, or ages of a target group."""

    slag: str
    rekkefolge: int
    pk: int
    tittel: str
    tekst: str
    fra: int | None
    til: int | None
    gjort: dt.date | None


def hent_deler(tiltak: Tiltak) -> dict[str, list[Del]]:
    """The bullets («delpunkt»), further goals («mal») and target groups («malgruppe»), in order. One query."""
    deler: dict[str, list[Del]] = defaultdict(list)
    for rad in sorted((Del(*rad) for rad in _deler(tiltak)), key=lambda d: d[:3]):
        deler[rad.slag].append(rad)
    return dict(deler)


@forberedt
def _deler(tiltak: Tiltak) -> QuerySet[Any, Any]:
    ingen_dag = Cast(Value(None), DateField())

    def rader(rader: QuerySet[Any], slag: str, tittel: Any, fra: Any, til: Any, gjort: Any) -> Any:
        felter = {"_slag": Value(slag), "_tittel": Cast(tittel, CharField()), "_tekst": Cast("tekst", TextField())}
        med_felter = rader.order_by().annotate(**felter, _fra=fra, _til=til, _gjort=gjort)
        return med_felter.values_list("_slag", "rekkefolge", "pk", "_tittel", "_tekst", "_fra", "_til", "_gjort")

    delpunkter = rader(
        Delpunkt.objects.filter(tiltak=tiltak), "delpunkt", Value(""), F("ar_fra"), F("ar_til"), F("gjort")
    )
    malgrupper = rader(
        Malgruppe.objects.filter(tiltak=tiltak), "malgruppe", Value(""), F("alder_fra"), F("alder_til"), ingen_dag
    )
    intet = Cast(Value(None), Malgruppe._meta.get_field("alder_fra"))
    mal = rader(Mal.objects.filter(andre_tiltak=tiltak), "mal", F("kortnavn"), intet, intet, ingen_dag)
    alle: QuerySet[Any, Any] = delpunkter.union(malgrupper, mal, all=True)
    return alle


def hent_spurte(tiltak: Tiltak, pr: dt.date) -> dict[int, list[str]]:
    """By responsibility: who is asked, by function, seat or name. One query. The first link that has somebody counts:

    the unit's contacts, the seats that speak for it, contacts of its sub-units; the one who has the seat or the post;
    the leader of the group. Nobody there: the coordinator, and the responsibility is not in the answer. Source: the
    design, section 8, «Who».
    """
    funnet: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for ansvar, ledd, ord, navn in _spurte(tiltak, pr):
        if ansvar is not None:
            funnet[ansvar][ledd].add(ord or navn)
    funksjoner = {ansvar.pk: ansvar.funksjon.casefold() for ansvar in tiltak.ansvar.all() if ansvar.funksjon}
    return {ansvar: _forste_ledd(ledd, funksjoner.get(ansvar)) for ansvar, ledd in funnet.items()}


@forberedt
def _spurte(tiltak: Tiltak, pr: dt.date) -> QuerySet[Any, Any]:
    def rader(rader: QuerySet[Any], ledd: int, sti: str, ord: Any) -> Any:
        treff = rader.order_by().filter(**{f"{sti}ansvar__tiltak": tiltak})
        return treff.annotate(
            _ledd=Value(ledd), _ord=Cast(ord, CharField()), _navn=Cast("person__navn", CharField())
        ).values_list(f"{sti}ansvar__pk", "_ledd", "_ord", "_navn")

    kontakter = Enhetskontakt.objects.aktive(pr)
    seter = Medlemskap.objects.gir_tilgang(pr).filter(rolle=Medlemskap.Rolle.MEDLEM)
    ledere = seter.filter(Periode.aktiv_q(pr, "plass__verv__"), plass__verv__slag=Verv.Slag.LEDER)
    alle: QuerySet[Any, Any] = rader(kontakter, 1, "enhet__", F("funksjon")).union(
        rader(seter, 2, "plass__enhet__", F("plass__tittel")),
        rader(kontakter, 3, "enhet__overordnet__", F("funksjon")),
        rader(seter, 1, "plass__", F("plass__tittel")),
        rader(Rolletildeling.objects.aktive(pr), 1, "koordinatorpost__", Value("")),
        rader(ledere, 1, "plass__verv__gruppe__", F("plass__tittel")),
        all=True,
    )
    return alle


def _forste_ledd(ledd: dict[int, set[str]], funksjon: str | None) -> list[str]:
    """The first link; where the plan names a function, those who have it, in whatever link they are."""
    med_funksjonen = {ord for alle in ledd.values() for ord in alle if ord.casefold() == funksjon}
    return sorted(med_funksjonen or ledd[min(ledd)])
