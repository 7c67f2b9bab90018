"""What every reminder rule shares: which Samarbeid are followed up, who hears, in which language, and on which day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from felles.stille import Stilledager, stilledager
from felles.tid import OSLO, oslo_dato
from felles.trinn import Trinn, Trinnstand, gjeldende_trinn
from felles.unntak import Regelbrudd
from organisering.models import Fridag, Person, Rolletildeling, Samarbeid
from organisering.rules.mottakere import Kontaktbok, Mottaker, hent_kontaktbok
from varsling.services import Ord, Paminnelse, Plan, biter, hent_pauser, los_opp_gamle, planlegg, send_straks

SAMARBEID_OM_GANGEN = 100
EN_DAG = dt.timedelta(days=1)
INGEN_SPORSMAL = {"formal": "", "objekt_id": None}  # an administrator hears of it in others' place, and cannot answer
NA = "na"  # the rung of what somebody asks for at once


@dataclass
class Runde:
    """A batch of Samarbeid that one rule looks through: at one moment, or over the days after it.

    With `til` later than the day of `naa` the rule tells what will come from the next day until then, as things stand.
    With `na` somebody asks for it now: then everything the rule could tell of has its turn.
    """

    naa: dt.datetime
    samarbeid: dict[int, Samarbeid]
    bok: Kontaktbok
    fridager: dict[int, list[Fridag]] = field(default_factory=dict)
    til: dt.date = dt.date.min
    na: bool = False
    bedt_av: str = ""
    uten_mottaker: set[tuple[int, str]] = field(default_factory=set)  # what nobody at all can be told of

    def __post_init__(self) -> None:
        self.til = max(self.til, self.pr)
        self._stille = {pk: stilledager(s, self.fridager.get(pk, ())) for pk, s in self.samarbeid.items()}

    @property
    def pr(self) -> dt.date:
        return oslo_dato(self.naa)

    @property
    def er_framover(self) -> bool:
        return self.til > self.pr

    @property
    def slutten(self) -> dt.datetime:
        """The last moment that is looked at."""
        return dt.datetime.combine(self.til + EN_DAG, dt.time(), OSLO) if self.er_framover else self.naa

    def stille(self, samarbeid_id: int) -> Stilledager:
        return self._stille[samarbeid_id]

    def pausedager(self, samarbeid_id: int) -> frozenset[dt.date]:
        """Days that an interval between meetings does not count."""
        return frozenset(dag for fridag in self.fridager.get(samarbeid_id, ()) for dag in fridag.dager)

    def fra(self, samarbeid_id: int) -> dt.date:
        """The day the follow-up began."""
        fra = self.samarbeid[samarbeid_id].oppfolging_fra
        assert fra is not None  # see i_oppfolging
        return fra

    def dager(self, samarbeid_id: int) -> list[dt.date]:
        """The days to ask about: this one, or those ahead that are not quiet."""
        if not self.er_framover:
            return [self.pr]
        dager = (self.pr + nr * EN_DAG for nr in range(1, (self.til - self.pr).days + 1))
        return [dag for dag in dager if dag not in self.stille(samarbeid_id)]

    def er_ny(self, trinn: Trinn, dag: dt.date, samarbeid_id: int) -> bool:
        """Whether the rung is to be told of here: looking ahead only on the day it goes out."""
        return not self.er_framover or trinn.sendes(self.stille(samarbeid_id)) == dag

    def stander(
        self, trinn: Collection[Trinn], samarbeid_id: int, *, slutt: dt.date | None = None
    ) -> Iterator[tuple[dt.date, Trinnstand]]:
        """The rung whose turn it is, with its day; looking ahead each that will have its turn."""
        stille, fra = self.stille(samarbeid_id), self.fra(samarbeid_id)
        if self.na and (slutt is None or self.pr <= slutt):
            yield self.pr, Trinnstand(Trinn(NA, self.pr))
            return
        dager = [self.pr]
        if self.er_framover:
            dager = sorted(dag for dag in {t.sendes(stille) for t in trinn} if self.pr < dag <= self.til)
        for dag in dager:
            stand = gjeldende_trinn(trinn, dag, stille, slutt=slutt, fra=fra)
            if stand is not None and self.er_ny(stand.trinn, dag, samarbeid_id):
                yield dag, stand

    def til_hver(
        self,
        samarbeid_id: int,
        mottakere: Collection[Mottaker],
        stand: Trinnstand,
        ord: Callable[[], Ord],
        **felter: Any,
    ) -> Iterator[Paminnelse]:
        """The same rung to each of them, in their own language, with why it came to them."""
        if not mottakere:
            self.uten_mottaker.add((samarbeid_id, felter["objekt"]))
        koordinatorer = {m.person_id for m in self.bok.koordinator(samarbeid_id)}
        for mottaker in mottakere:
            with translation.override(mottaker.sprak or self.samarbeid[samarbeid_id].malform or settings.LANGUAGE_CODE):
                skrevet, hvorfor = ord(), mottaker.hvorfor
                if self.bedt_av:
                    ba = _("%(navn)s ba om at du får den nå.") % {"navn": self.bedt_av}
                    hvorfor = f"{hvorfor} {ba}"
                yield Paminnelse(
                    samarbeid_id=samarbeid_id,
                    person_id=mottaker.person_id,
                    adresse=mottaker.epost,
                    ord=Ord(skrevet.gjelder, skrevet.setning, skrevet.ordlyd, skrevet.kilde, hvorfor),
                    plikt=mottaker.person_id in koordinatorer,
                    trinn=stand.trinn.navn,
                    forbigatt=tuple(t.navn for t in stand.forbigatt),
                    **(felter | INGEN_SPORSMAL if mottaker.som == Rolletildeling.Rolle.ADMINISTRATOR else felter),
                )


Finn = Callable[[Runde], Iterable[Paminnelse]]


def gjennomga(regel: str, naa: dt.datetime, finn: Finn) -> Plan:
    """Runs one rule over all Samarbeid that are followed up, in batches of a fixed size.

    First what stands in a mail of an earlier day that no server was offered waits again, so that a rung that has been
    left behind since is passed over, and not sent beside the one that took its place.
    """
    los_opp_gamle(naa)
    pr, plan = oslo_dato(naa), Plan(regel)
    for bit in biter(i_oppfolging(pr).iterator(), SAMARBEID_OM_GANGEN):
        runde = ny_runde(bit, naa)
        stille = {pk for pk in runde.samarbeid if pr in runde.stille(pk)}
        plan += planlegg(regel, list(finn(runde)), samarbeid_ider=list(runde.samarbeid), stille=stille, naa=naa)
        plan.uten_mottaker += sorted(f"{runde.samarbeid[pk]}: {objekt}" for pk, objekt in runde.uten_mottaker)
    return plan


def ny_runde(samarbeid: Iterable[Samarbeid], naa: dt.datetime, *, til: dt.date = dt.date.min) -> Runde:
    """A round of these Samarbeid. Six queries."""
    pr, egne = oslo_dato(naa), {s.pk: s for s in samarbeid}
    fridager: dict[int, list[Fridag]] = defaultdict(list)
    for fridag in Fridag.objects.filter(samarbeid__in=egne, til__gte=pr - dt.timedelta(days=800)):
        fridager[fridag.samarbeid_id].append(fridag)
    return Runde(naa, egne, hent_kontaktbok(list(egne), pr), fridager, til)


def i_oppfolging(pr: dt.date) -> QuerySet[Samarbeid]:
    """The Samarbeid whose coordinator has started the follow-up, and that have not ended."""
    lever = Q(slutt__isnull=True) | Q(slutt__gte=pr)
    return Samarbeid.objects.filter(lever, oppfolging_fra__lte=pr).order_by("pk")


def paminn_na(
    samarbeid: Samarbeid,
    regler: Mapping[str, Finn],
    gjelder: Callable[[Paminnelse], bool],
    *,
    av: Person,
    naa: dt.datetime,
) -> list[str]:
    """Tells those responsible of one thing at once, each alone, because `av` asks for it; who got it.

    Raises Regelbrudd when the follow-up is off, when a pause holds it back, when there is nobody to tell or nothing to
    tell of, and when it was done already today.
    """
    pr = oslo_dato(naa)
    if not i_oppfolging(pr).filter(pk=samarbeid.pk).exists():
        raise Regelbrudd(_("Påminnelser er av i dette samarbeidet."))
    runde = ny_runde([samarbeid], naa)
    runde.na, runde.bedt_av = True, av.navn
    funnet = {regel: [p for p in finn(runde) if gjelder(p)] for regel, finn in regler.items()}
    alle = [p for paminnelser in funnet.values() for p in paminnelser]
    if not alle:
        raise Regelbrudd(_("Det er ingenting å minne om her nå."))
    if {p.om for p in alle} & {om for _samarbeid, om in hent_pauser([samarbeid.pk], pr)}:
        raise Regelbrudd(_("Påminnelsene har pause. Avslutt pausen først."))
    navn = {m.person_id: m.navn for m in runde.bok.alle()}
    til = [p for p in alle if p.person_id != av.pk]
    if not til:
        raise Regelbrudd(_("Ingen andre enn du har ansvar for dette, så ingen fikk noen påminnelse."))
    with transaction.atomic():
        for regel, paminnelser in funnet.items():
            send_straks(regel, [_na(p, pr) for p in paminnelser if p.person_id != av.pk], naa=naa)
    return sorted({navn[p.person_id] for p in til})


def _na(p: Paminnelse, pr: dt.date) -> Paminnelse:
    """The same, as it is told today because somebody asked for it: once a day."""
    return replace(p, runde=f"{NA}-{pr.isoformat()}", trinn=NA, forbigatt=())
