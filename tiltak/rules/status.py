"""Who may report how a measure goes, who is asked next, and how long a report can be taken back.

Source: «Hvem kan hva» in docs/arkitektur.md: the coordinator, and those who answer for the measure.
"""

import datetime as dt
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate

from felles.forberedt import forberedt
from felles.tid import OSLO, oslo_dato
from organisering.models import Person, Samarbeid
from organisering.rules import tilgang
from tiltak.models import Ansvar, Statusmelding, Tilstand, Tiltak
from tiltak.models.tilstand import TiltakQuerySet
from tiltak.rules.ansvarlige import ansvar_for_person, tiltak_for_person
from tiltak.rules.tilstand import er_gjort, mangler_status

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende

ANGREFRIST = dt.timedelta(hours=24)
LETER_MANEDER = 36  # the longest that any status rhythm and a month of one's own can lie ahead


def kan_melde_status(person: "Besokende", tiltak: Tiltak, pr: dt.date) -> bool:
    """The coordinator, and those who answer for it. Costs one query for the others."""
    if not isinstance(person, Person):
        return False
    if tilgang(person, tiltak.samarbeid, pr).er_koordinator:
        return True
    return bool(_egne(person.pk, tiltak, pr))


def ansvar_a_melde_for(person: Person, tiltak: Tiltak, pr: dt.date) -> tuple[list[Ansvar], bool]:
    """On whose behalf `person` can report, and whether one of them must be chosen.

    Those one answers for oneself; the coordinator, who answers for none of it, may say whom the news came from.
    """
    egne = _egne(person.pk, tiltak, pr)
    return (egne, True) if egne else (_avklarte(tiltak), False)


@forberedt
def _egne(person: int, tiltak: Tiltak, pr: dt.date) -> QuerySet[Ansvar]:
    return ansvar_for_person(person, pr).filter(tiltak=tiltak).order_by("rekkefolge", "pk")


@forberedt
def _avklarte(tiltak: Tiltak) -> QuerySet[Ansvar]:
    return Ansvar.objects.filter(tiltak=tiltak).avklarte().order_by("rekkefolge", "pk")


def sporres_na(person: Person, pr: dt.date) -> TiltakQuerySet:
    """Measures that `person` answers for and is asked about now, the most urgent first.

    Asked: no report for one status rhythm, or past the deadline with no report since it.
    """
    meldt_for_fristen = Q(siste_meldt__isnull=True) | Q(meldt_dag__lte=F("frist"))
    sporres = Q(tilstand=str(Tilstand.MANGLER_STATUS)) | (Q(tilstand=str(Tilstand.FORFALT)) & meldt_for_fristen)
    tiltak = tiltak_for_person(person, pr).filter(samarbeid__in=person.samarbeid_ider(pr)).med_tilstand(pr)
    med_dag = tiltak.annotate(meldt_dag=TruncDate("siste__meldt", tzinfo=OSLO))
    venter: TiltakQuerySet = med_dag.filter(sporres).select_related("samarbeid").trenger_deg_forst()
    return venter


def venter_pa_svar(tiltak: Tiltak) -> bool:
    """The same as `sporres_na` of one measure that carries its state and last report."""
    if tiltak.tilstand == Tilstand.FORFALT and tiltak.frist is not None:
        return tiltak.siste_meldt is None or oslo_dato(tiltak.siste_meldt) <= tiltak.frist
    return tiltak.tilstand == Tilstand.MANGLER_STATUS


def spor_igjen(tiltak: Tiltak, melding: Statusmelding, samarbeid: Samarbeid, pr: dt.date) -> dt.date | None:
    """The day from which a new report is wanted after `melding`. None when nothing more is asked.

    A measure with a month of its own is asked about in the month after, a month before the report is missed.
    """
    if samarbeid.oppfolging_fra is None or tiltak.avsluttet is not None:
        return None
    neste = pr + relativedelta(months=samarbeid.statusrytme)
    if _mangler_da(tiltak, melding, samarbeid, neste):
        return neste
    dager = (neste.replace(day=1) + relativedelta(months=n) for n in range(1, LETER_MANEDER))
    mangler = next((dag for dag in dager if _mangler_da(tiltak, melding, samarbeid, dag)), None)
    return mangler - relativedelta(months=1) if mangler and tiltak.rytme_maned else mangler


def kan_angre(person: "Besokende", melding: Statusmelding, naa: dt.datetime) -> bool:
    """Take a report back: the one who made it, within a day."""
    egen = isinstance(person, Person) and melding.person_id == person.pk
    return egen and melding.meldt <= naa < melding.meldt + ANGREFRIST


def _mangler_da(tiltak: Tiltak, melding: Statusmelding, samarbeid: Samarbeid, dag: dt.date) -> bool:
    over = tiltak.slutt is not None and tiltak.slutt < dag and bool(tiltak.rytme)
    return not over and not er_gjort(tiltak, melding, dag) and mangler_status(tiltak, melding, samarbeid, dag)
