"""Who is called to a meeting, by seat and office on its day, and who stands in whose calendar.

Members, regular attendees, observers and secretariat have seats. A secretary or leader need not: the office may be a
post's or a unit's. A vara is called for one meeting, or until further notice when the coordinator has said so on the
membership. A guest is known by role. Source: the design, section 2, and the issue on notices.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Aggregate,
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from felles.forberedt import forberedt
from moter.models import Deltakelse, Mote
from organisering.models import Enhetskontakt, Medlemskap, Person, Plass, Rolletildeling, Verv

Rader = dict[int | None, Deltakelse]  # by person


@dataclass(frozen=True)
class Innbudt:
    """One who is to come: a person by seat or office, or a guest."""

    navn: str
    som: str  # the seat's title, the office, or the guest's role
    adresse: str = ""  # empty for one who cannot be written to
    person_id: int | None = None
    plass_id: int | None = None
    deltakelse_id: int | None = None
    vara_for_id: int | None = None
    kreves: bool = True  # a member's seat; others come when they can
    er_gjest: bool = False
    bare_saker: tuple[int, ...] = ()
    svar: str = ""
    i_kalenderen: bool = False
    rad: Any = field(default=None, compare=False)  # the row that is there already

    @property
    def er_vara(self) -> bool:
        return self.vara_for_id is not None

    @property
    def linje(self) -> str:
        """As the notice names them: «Kari Nordmann, Ordfører»."""
        if self.er_vara:
            return _("%(navn)s, vara for %(plass)s") % {"navn": self.navn, "plass": self.som}
        return f"{self.navn}, {self.som}" if self.som else self.navn


@dataclass(frozen=True)
class Kalenderstand:
    """Who is to come, who of them has no notice yet, and who has one but is not to come any more."""

    innbudte: list[Innbudt]
    til_overs: list[Deltakelse]

    @property
    def mangler(self) -> list[Innbudt]:
        return [en for en in self.innbudte if en.adresse and not en.i_kalenderen]

    @property
    def uten_adresse(self) -> list[Innbudt]:
        return [en for en in self.innbudte if not en.adresse]


class Idliste(Aggregate):
    """The ids of the rows of a group as one text, «3,17»; Django 5 has no aggregate of this kind for both databases."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **felter: Any) -> Any:
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **felter)

    def as_postgresql(self, compiler: Any, connection: Any, **felter: Any) -> Any:
        mal = "STRING_AGG(CAST(%(expressions)s AS text), ',')"
        return super().as_sql(compiler, connection, template=mal, **felter)


def deltakelsene(mote: Mote) -> list[Any]:
    """Everybody on the meeting's list, each with `bare` and `inhabil`: ids of cases of this meeting. One query."""
    rader = _deltakelsene(mote)
    for rad in rader:
        rad.bare, rad.inhabil = ([int(en) for en in ider.split(",")] if ider else [] for ider in (rad.b, rad.i))
    return rader


@forberedt
def _deltakelsene(mote: Mote) -> Any:
    rader = Deltakelse.objects.filter(mote=mote).select_related("person", "plass", "vara_for__person")
    bare, inhabil = map(_sakene_i, (Deltakelse.bare_saker.through, Deltakelse.inhabil_i.through))
    return rader.annotate(b=bare, i=inhabil).order_by("plass__rekkefolge", "pk")


def _sakene_i(kobling: Any) -> Subquery:
    """The ids of the cases of the meeting that a participant is tied to through the table."""
    egne = kobling._default_manager.filter(deltakelse=OuterRef("pk"), sak__mote=OuterRef("mote"))
    return Subquery(egne.values("deltakelse").annotate(ider=Idliste("sak")).values("ider"))


def kalenderstand(mote: Mote, deltakelser: list[Any] | None = None, *, uten_varaer: bool = False) -> Kalenderstand:
    """Who is to come to the meeting, compared with who has been told. Two queries; one when the list is given.

    `uten_varaer` leaves out those called for an absence at this meeting: with a new time it is no longer known.
    """
    rader = deltakelsene(mote) if deltakelser is None else deltakelser
    innbudte = [en for en in skal_innkalles(mote, rader) if not (uten_varaer and en.er_vara)]
    personer = {en.person_id for en in innbudte}
    gjester = {en.deltakelse_id for en in innbudte}
    til_overs = [
        rad
        for rad in rader
        if rad.star_i_kalenderen and (rad.pk not in gjester if rad.person_id is None else rad.person_id not in personer)
    ]
    return Kalenderstand(innbudte, til_overs)


def skal_innkalles(mote: Mote, deltakelser: Iterable[Any]) -> list[Innbudt]:
    """Everybody who is to come, once each: seats in their order, then offices, then guests.

    Whoever filled an office without a seat when called, and does so no more, counts as a guest until taken off.
    """
    rader: Rader = {rad.person_id: rad for rad in deltakelser if rad.person_id is not None}
    funnet: dict[int, Innbudt] = {}
    grupper = frozenset({mote.gruppe_id, mote.gruppe.regelbarer_id})
    for folk in sorted(_folk(mote.gruppe_id, grupper, mote.dato), key=lambda rad: rad[:4]):
        _gruppert, _orden, plass_id, _pk, person_id, navn, epost, aktiv, tittel, som, verv, vara, fast_kalt = folk
        rad = rader.get(person_id)
        kalt = rad is not None and rad.vara_for_id is not None and rad.plass_id == plass_id and rad.meldt_av is None
        if person_id in funnet or (vara and not (kalt or fast_kalt)):
            continue
        funnet[person_id] = Innbudt(
            navn=navn or epost or "",
            som=tittel or str(Verv.Slag(verv).label),
            adresse=(epost or "") if aktiv else "",
            person_id=person_id,
            plass_id=plass_id or None,
            deltakelse_id=rad.pk if rad is not None else None,
            vara_for_id=rad.vara_for_id if rad is not None and vara and kalt else None,
            kreves=som in {"", Plass.Deltakelse.MEDLEM},
            svar=rad.svar if rad is not None else "",
            i_kalenderen=rad is not None and rad.star_i_kalenderen,
            rad=rad,
        )
    gjester = [_gjest(rad) for rad in deltakelser if er_gjest(rad) and rad.person_id not in funnet]
    return [*funnet.values(), *gjester]


def er_gjest(rad: Deltakelse) -> bool:
    """Invited to this one meeting, without a seat: somebody known by role, or a person."""
    return rad.meldt_av is None and rad.plass_id is None


@forberedt
def _folk(gruppe: int, gruppene: frozenset[int], dag: dt.date) -> Any:
    """Those with a seat on the meeting's day, and the officers without one, in one query.

    An officer without a seat is whoever fills the post, or the unit's contacts. A vara stands here with `fast_kalt`:
    called by the coordinator until further notice, not for one meeting alone.
    """
    alene = Deltakelse.objects.filter(person=OuterRef("person"), plass=OuterRef("plass"), vara_for__isnull=False)
    plasser = Medlemskap.objects.aktive(dag).filter(Plass.aktiv_q(dag, "plass__"), plass__gruppe=gruppe)
    poster = Rolletildeling.objects.aktive(dag).filter(
        Verv.aktiv_q(dag, "koordinatorpost__verv__"), koordinatorpost__verv__gruppe__in=gruppene
    )
    enheter = Enhetskontakt.objects.aktive(dag).filter(
        Verv.aktiv_q(dag, "enhet__verv__"), enhet__verv__gruppe__in=gruppene
    )
    medlemmer = _rader(
        plasser,
        gruppert=Value(0),
        orden=F("plass__rekkefolge"),
        hvilken=F("plass_id"),
        tittel=F("plass__tittel"),
        som=F("plass__deltar_som"),
        verv=_ord(""),
        vara=Case(When(rolle=Medlemskap.Rolle.VARA, then=Value(True)), default=Value(False)),
        fast=Case(When(Q(innkalt_fra__lte=dag) & ~Exists(alene), then=Value(True)), default=Value(False)),
    )
    verv = [
        _rader(
            rader,
            gruppert=Value(1),
            orden=F(f"{vei}__verv__pk"),
            hvilken=Value(0, output_field=BigIntegerField()),
            tittel=_ord(""),
            som=_ord(""),
            verv=F(f"{vei}__verv__slag"),
            vara=Value(False),
            fast=Value(False),
        )
        for rader, vei in ((poster, "koordinatorpost"), (enheter, "enhet"))
    ]
    return medlemmer.union(*verv, all=True)


def _ord(tekst: str) -> Value:
    return Value(tekst, output_field=CharField())


def _rader(rader: Any, **felter: Any) -> Any:
    """The columns of `_folk`, in their order and of one type each, so that the parts can stand in one query."""
    egne = {
        "_gruppert": felter["gruppert"],
        "_orden": Cast(felter["orden"], BigIntegerField()),
        "_hvilken": felter["hvilken"],
        "_pk": F("pk"),
        "_tittel": Cast(felter["tittel"], TextField()),
        "_som": Cast(felter["som"], TextField()),
        "_verv": Cast(felter["verv"], TextField()),
        "_vara": Cast(felter["vara"], BooleanField()),
        "_fast": Cast(felter["fast"], BooleanField()),
    }
    kolonner = ("_gruppert", "_orden", "_hvilken", "_pk", "person_id", "person__navn", "person__epost")
    resten = ("person__is_active", "_tittel", "_som", "_verv", "_vara", "_fast")
    return rader.order_by().annotate(**egne).values_list(*kolonner, *resten)


def _adressen(person: Person) -> str:
    return (person.epost or "") if person.is_active else ""


def _gjest(rad: Any) -> Innbudt:
    return Innbudt(
        navn=str(rad),
        som=_("gjest"),
        adresse=rad.gjest_epost if rad.person is None else _adressen(rad.person),
        person_id=rad.person_id,
        deltakelse_id=rad.pk,
        er_gjest=True,
        kreves=False,
        bare_saker=tuple(rad.bare),
        svar=rad.svar,
        i_kalenderen=rad.star_i_kalenderen,
        rad=rad,
    )


def varaer_for(medlemskap: Iterable[Medlemskap], dag: dt.date) -> dict[int, list[Medlemskap]]:
    """The varas of each membership's seat on the day, in order, by the membership's id."""
    rader = list(medlemskap)
    varaer = list(
        Medlemskap.objects.aktive(dag)
        .filter(plass__in={rad.plass_id for rad in rader}, rolle=Medlemskap.Rolle.VARA)
        .select_related("plass", "person")
        .order_by("fra", "pk")
    )
    return {rad.pk: [vara for vara in varaer if vara.plass_id == rad.plass_id] for rad in rader}
