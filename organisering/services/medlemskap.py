import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.unntak import Regelbrudd
from organisering.models import Gruppe, Medlemskap, Person, Plass

EN_DAG = dt.timedelta(days=1)
Spenn = tuple[dt.date, dt.date]


@transaction.atomic
def sett_inn(
    plass: Plass,
    person: Person,
    *,
    fra: dt.date | None,
    til: dt.date | None = None,
    rolle: str = Medlemskap.Rolle.MEDLEM,
    innkalt_fra: dt.date | None = None,
) -> Medlemskap:
    """Gives the person the seat. Raises Regelbrudd when he has it then, or when the seat has no room."""
    return lagre_medlemskap(
        Medlemskap(
            samarbeid_id=plass.samarbeid_id,
            plass=plass,
            person=person,
            fra=fra,
            til=til,
            rolle=rolle,
            innkalt_fra=innkalt_fra,
        )
    )


@transaction.atomic
def lagre_medlemskap(medlemskap: Medlemskap) -> Medlemskap:
    """Saves a new or changed membership, under the group's lock, so that two at once never both get the last seat."""
    Gruppe.objects.select_for_update().get(pk=medlemskap.plass.gruppe_id)
    ikke_overlapp(medlemskap)
    medlemskap.save()
    return medlemskap


def ikke_overlapp(medlemskap: Medlemskap) -> None:
    """Raises Regelbrudd when the period is impossible, the person has the seat in it, or the seat is full in it."""
    fra, til = _spenn(medlemskap)
    if til < fra:
        raise Regelbrudd(_("Sluttdatoen kan ikke være før startdatoen."), felt="til")
    plass = medlemskap.plass
    samtidige = [
        annet
        for annet in plass.medlemskap.exclude(pk=medlemskap.pk)
        if _spenn(annet)[0] <= til and _spenn(annet)[1] >= fra
    ]
    if any(annet.person_id == medlemskap.person_id for annet in samtidige):
        raise Regelbrudd(_("Personen har alt denne plassen i hele eller deler av tida."), felt="person")
    antall = plass.antall if plass.er_flertall else 1
    if antall is None or medlemskap.rolle == Medlemskap.Rolle.VARA:
        return
    holdere = [_spenn(annet) for annet in samtidige if annet.rolle == Medlemskap.Rolle.MEDLEM]
    if _flest_samtidig(holdere, fra) >= antall:
        raise Regelbrudd(
            ngettext(
                "Plassen er alt besatt i denne tida. Avslutt det andre medlemskapet først.",
                "Plassen har alt %(antall)s i denne tida. Avslutt et annet medlemskap først.",
                antall,
            )
            % {"antall": antall},
            felt="plass",
        )


def _spenn(medlemskap: Medlemskap) -> Spenn:
    return medlemskap.fra or dt.date.min, medlemskap.til or dt.date.max


def _flest_samtidig(andre: Iterable[Spenn], fra: dt.date) -> int:
    """How many of the given periods hold at once, at most, from the day `fra` on. It can only rise where one begins."""
    spenn = list(andre)
    dager = {fra, *(start for start, _slutt in spenn if start > fra)}
    return max(sum(start <= dag <= slutt for start, slutt in spenn) for dag in dager)


@transaction.atomic
def avslutt_medlemskap(medlemskap: Medlemskap, *, siste_dag: dt.date) -> Medlemskap:
    """Ends a membership; `siste_dag` is the last day of it. Raises Regelbrudd when it begins later, or is over."""
    rad: Medlemskap = Medlemskap.objects.select_for_update().get(pk=medlemskap.pk)
    if rad.fra is not None and rad.fra > siste_dag:
        raise Regelbrudd(_("Medlemskapet har ikke begynt ennå. Endre datoene i stedet."), felt="til")
    if rad.til is not None and rad.til <= siste_dag:
        raise Regelbrudd(_("Medlemskapet er alt avsluttet."), felt="til")
    rad.til = siste_dag
    rad.save(update_fields=["til"])
    medlemskap.til = siste_dag
    return rad


@transaction.atomic
def bytt_person(
    fra: Person, til: Person, *, pr: dt.date, samarbeid_ider: Iterable[int] | None = None
) -> list[Medlemskap]:
    """Replaces one person with another in all seats from the day `pr` on, as one act. Returns the new memberships.

    Only seats in the given Samarbeid, when given. What lies before `pr` stays as history.
    """
    if fra.pk == til.pk:
        raise Regelbrudd(_("Velg en annen person å bytte til."), felt="til")
    rader = Medlemskap.objects.filter(person=fra).exclude(til__lt=pr)
    if samarbeid_ider is not None:
        rader = rader.filter(samarbeid__in=list(samarbeid_ider))
    grupper = Gruppe.objects.filter(plasser__medlemskap__in=rader).values("pk")
    list(Gruppe.objects.select_for_update().filter(pk__in=grupper).order_by("pk"))
    nye = [_bytt(rad, til, pr) for rad in rader.select_related("plass").order_by("pk")]
    if not nye:
        raise Regelbrudd(_("%(person)s har ingen plasser å overta.") % {"person": fra}, felt="til")
    return [ny for ny in nye if ny is not None]


def _bytt(gammelt: Medlemskap, person: Person, pr: dt.date) -> Medlemskap | None:
    """Ends one membership the day before and begins the other's. None where the other has the seat already."""
    start, slutt = gammelt.fra, gammelt.til
    if start is None or start < pr:
        start = pr
        gammelt.til = pr - EN_DAG
        gammelt.save(update_fields=["til"])
    else:
        gammelt.delete()
    ny = Medlemskap(
        samarbeid_id=gammelt.samarbeid_id,
        plass=gammelt.plass,
        person=person,
        rolle=gammelt.rolle,
        fra=start,
        til=slutt,
        innkalt_fra=gammelt.innkalt_fra,
    )
    if _har_plassen(ny):
        return None
    ikke_overlapp(ny)
    ny.save()
    return ny


def _har_plassen(medlemskap: Medlemskap) -> bool:
    fra, til = _spenn(medlemskap)
    egne = medlemskap.plass.medlemskap.filter(person=medlemskap.person_id)
    return any(_spenn(annet)[0] <= til and _spenn(annet)[1] >= fra for annet in egne)
