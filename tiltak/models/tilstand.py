"""The state of a measure, in SQL. The same answer in Python, with its sources, stands in tiltak/rules/tilstand.py."""

import datetime as dt
from enum import StrEnum
from typing import Any, NamedTuple, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import (
    Cast,
    Coalesce,
    ExtractDay,
    ExtractMonth,
    ExtractYear,
    Greatest,
    Least,
    TruncDate,
)

from felles.tid import OSLO
from organisering.models import Vegget

MANEDER_I_RUNDEN = {"manedlig": 1, "halvarlig": 6, "arlig": 12}  # «kontinuerlig» has no rounds
LOPER_ALT = ("viderefort", "ordinaer")  # origins that say the work was running before the plan
LENGSTE_MANED = 31


class Tilstand(StrEnum):
    """The states, the first that fits. The values are the keys of the state marks."""

    AVSLUTTET = "avsluttet"
    GJORT = "gjort"
    FORFALT = "forfalt"
    TRENGER_HJELP = "trenger_hjelp"
    MANGLER_STATUS = "mangler_status"
    I_GANG = "i_gang"
    IKKE_STARTET = "ikke_startet"

    @property
    def trenger_noe(self) -> bool:
        """Whether someone must do something for the state to change."""
        return self in {Tilstand.FORFALT, Tilstand.TRENGER_HJELP, Tilstand.MANGLER_STATUS}


# What needs someone comes first, what is over comes last: diamond, triangle, round.
REKKEFOLGE = (
    Tilstand.FORFALT,
    Tilstand.TRENGER_HJELP,
    Tilstand.MANGLER_STATUS,
    Tilstand.IKKE_STARTET,
    Tilstand.I_GANG,
    Tilstand.GJORT,
    Tilstand.AVSLUTTET,
)


def maned_nr(dag: dt.date) -> int:
    """Months since year 0: what rounds and months are compared by."""
    return dag.year * 12 + dag.month - 1


class Dagen(NamedTuple):
    """A day with all that a query computes of it, so that the query may be prepared (felles/forberedt.py)."""

    pr: dt.date
    etter: dt.datetime  # the midnight that ends it, in Norway
    maned: int
    plass: int  # the day of the month; the last day of any month stands for all that it lacks

    @classmethod
    def av(cls, pr: "dt.date | Dagen") -> "Dagen":
        if isinstance(pr, Dagen):
            return pr
        etter = pr + dt.timedelta(days=1)
        plass = LENGSTE_MANED if etter.month != pr.month else pr.day
        return cls(pr, dt.datetime.combine(etter, dt.time(), tzinfo=OSLO), maned_nr(pr), plass)


def _maned_nr(uttrykk: Any) -> Any:
    """As a whole number: PostgreSQL's EXTRACT gives decimals, and a round is found by whole division."""
    return Cast(ExtractYear(uttrykk) * 12 + ExtractMonth(uttrykk) - 1, models.IntegerField())


class TiltakQuerySet(Vegget):
    def med_siste_melding(self, pr: dt.date | Dagen) -> Self:
        """Adds siste_status, siste_meldt, siste_tekst, siste_eksempel of the last report made on or before `pr`."""
        meldinger = apps.get_model("tiltak", "Statusmelding")._default_manager.filter(
            tiltak=OuterRef("pk"), meldt__lt=Dagen.av(pr).etter
        )
        siste = Subquery(meldinger.order_by("-meldt", "-pk").values("pk")[:1])
        return self.annotate(
            siste=FilteredRelation("statusmeldinger", condition=Q(statusmeldinger__pk=siste))
        ).annotate(
            siste_status=F("siste__status"),
            siste_meldt=F("siste__meldt"),
            siste_tekst=F("siste__tekst"),
            siste_eksempel=F("siste__eksempel"),
        )

    def med_tilstand(self, pr: dt.date | Dagen) -> Self:
        """Adds `tilstand` and the last report as they stood on `pr`; agrees with rules.tilstand, which says why."""
        dagen = Dagen.av(pr)
        return self.med_siste_melding(dagen).annotate(
            tilstand=Case(
                When(avsluttet__lte=dagen.pr, then=Value(str(Tilstand.AVSLUTTET))),
                When(_er_gjort(dagen.pr), then=Value(str(Tilstand.GJORT))),
                When(frist__lt=dagen.pr, then=Value(str(Tilstand.FORFALT))),
                When(siste__status="trenger_hjelp", then=Value(str(Tilstand.TRENGER_HJELP))),
                When(_mangler_status(dagen), then=Value(str(Tilstand.MANGLER_STATUS))),
                When(_er_i_gang(dagen.pr), then=Value(str(Tilstand.I_GANG))),
                default=Value(str(Tilstand.IKKE_STARTET)),
                output_field=models.CharField(),
            )
        )

    def som_rader(self, pr: dt.date | Dagen) -> Self:
        """With all that a row shows: state, last report, who answers, how many of its bullets are done."""
        ansvar = apps.get_model("tiltak", "Ansvar")._default_manager.med_parter()
        rader = self.med_tilstand(pr).med_delpunkttall().select_related("samarbeid", "plan")
        return rader.prefetch_related(models.Prefetch("ansvar", ansvar))

    def med_delpunkttall(self) -> Self:
        """Adds delpunkter_alle and delpunkter_gjort."""
        delpunkter = apps.get_model("tiltak", "Delpunkt")._default_manager.filter(tiltak=OuterRef("pk")).order_by()
        antall = delpunkter.values("tiltak").annotate(alle=Count("pk"), gjort_til_na=Count("gjort"))
        return self.annotate(
            delpunkter_alle=Coalesce(Subquery(antall.values("alle")), 0),
            delpunkter_gjort=Coalesce(Subquery(antall.values("gjort_til_na")), 0),
        )

    def trenger_deg_forst(self) -> Self:
        """After `med_tilstand`: what needs someone first, then the nearest deadline, then the plan's own order."""
        rang = Case(
            *(When(tilstand=str(tilstand), then=Value(nr)) for nr, tilstand in enumerate(REKKEFOLGE)),
            output_field=models.SmallIntegerField(),
        )
        return self.order_by(rang, F("frist").asc(nulls_last=True), "plan__rekkefolge", "plan", "nummer", "pk")


def _meldt_dato() -> Any:
    return TruncDate("siste__meldt", tzinfo=OSLO)


def _dag(dag: Any) -> Any:
    return dag if hasattr(dag, "resolve_expression") else Value(dag, output_field=models.DateField())


def _tall(tall: Any) -> Any:
    return tall if hasattr(tall, "resolve_expression") else Value(tall)


def _er_gjort(pr: dt.date) -> Q:
    """Without a rhythm: the fact, or a last report that says so. With one: the same, in the present round."""
    bredde = Case(
        *(When(rytme=rytme, then=Value(maneder)) for rytme, maneder in MANEDER_I_RUNDEN.items()),
        default=Value(1),
        output_field=models.IntegerField(),
    )
    runden = _maned_nr(Least(Coalesce("slutt", _dag(pr)), _dag(pr))) / bredde
    uten_rytme = Q(rytme="") & (Q(gjort__lte=pr) | Q(siste__status="gjort"))
    i_runden = Q(gjort__lte=pr) & _minst(_maned_nr(F("gjort")) / bredde, runden)
    meldt_i_runden = Q(siste__status="gjort") & _minst(_maned_nr(_meldt_dato()) / bredde, runden)
    return uten_rytme | (Q(rytme__in=list(MANEDER_I_RUNDEN)) & (i_runden | meldt_i_runden))


def _minst(venstre: Any, hoyre: Any) -> Q:
    return Q(models.lookups.GreaterThanOrEqual(venstre, hoyre))


def _mangler_status(dagen: Dagen) -> Q:
    """A full status rhythm has gone since the last of: the report, the start, the day follow-up began.

    «base + n months <= pr» is counted in months of 31 days, so that a base that the short month cuts off is due on
    that month's last day, as in Python.
    """
    fra = F("samarbeid__oppfolging_fra")
    begynt = Greatest(Coalesce("start", fra), Coalesce("startet", fra), fra)
    grunnlag = Greatest(Coalesce(_meldt_dato(), fra), begynt)
    rytme = F("samarbeid__statusrytme") * LENGSTE_MANED
    naa = _tall(dagen.maned * LENGSTE_MANED + dagen.plass)
    for_lenge_siden = _minst(naa, _maned_nr(grunnlag) * LENGSTE_MANED + ExtractDay(grunnlag) + rytme)
    siste_tid = _tall(dagen.maned - 2) - (_tall(dagen.maned - 1) - F("rytme_maned")) % 12
    ikke_meldt_da = Q(siste__meldt__isnull=True) | ~_minst(_maned_nr(_meldt_dato()), siste_tid)
    spurt = _minst(siste_tid, _maned_nr(begynt)) & ikke_meldt_da
    return Q(samarbeid__oppfolging_fra__isnull=False) & for_lenge_siden & (Q(rytme_maned__isnull=True) | spurt)


def _er_i_gang(pr: dt.date) -> Q:
    """A report that says more than «ikke startet», a fact that is newer, or work that ran before the plan."""
    meldt_i_gang = Q(siste__status__in=["i_gang", "trenger_hjelp", "gjort"])
    ingen_melding = Q(siste__status__isnull=True)
    startet = Q(startet__lte=pr) & (ingen_melding | Q(startet__gte=_meldt_dato()))
    gjort_for = Q(gjort__lte=pr) & (ingen_melding | Q(gjort__gte=_meldt_dato()))
    lop_alt = ingen_melding & Q(opphav__in=LOPER_ALT) & (Q(start__isnull=True) | Q(start__lte=pr))
    return meldt_i_gang | startet | gjort_for | lop_alt
