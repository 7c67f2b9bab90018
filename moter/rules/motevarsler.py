"""When people are told of a single meeting or an action item. Source: the design, section 8."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import dato, klokke, ukedag
from felles.trinn import Trinn, etter_forfall
from organisering.rules.ord import fristsetning, tallord
from tiltak.rules.varsler import FLEST, MELLOM

UKE = dt.timedelta(weeks=1)
FOR_MOTET = (7, 1)
FOR_FRISTEN = (7, 1)


def holdttrinn(dag: dt.date, pr: dt.date) -> list[Trinn]:
    """The day after the meeting, then every week until `pr`."""
    forst = dag + dt.timedelta(days=1)
    uker = max(0, (pr - forst).days // 7)
    return [Trinn("dagen-etter", forst), *(Trinn(f"uke-{nr}", forst + nr * UKE) for nr in range(1, uker + 1))]


def motetrinn(dag: dt.date) -> list[Trinn]:
    """7 days and 1 day before."""
    return [Trinn(f"{dager}-dager-for", dag - dt.timedelta(days=dager), mot_dato=True) for dager in FOR_MOTET]


def sakstrinn(dag: dt.date, saksfrist: int) -> list[Trinn]:
    """The group's own limit for cases."""
    return [Trinn("saksfrist", dag - dt.timedelta(days=saksfrist), mot_dato=True)]


def oppfolgingstrinn(frist: dt.date, pr: dt.date) -> list[Trinn]:
    """7 and 1 days before; on the day; then every fortnight, at most 6."""
    for_ = [Trinn(f"{dager}-dager-for", frist - dt.timedelta(days=dager), mot_dato=True) for dager in FOR_FRISTEN]
    over = min(FLEST, max(0, (pr - frist).days // MELLOM))
    return [*for_, *etter_forfall(frist, [frist + dt.timedelta(days=MELLOM * nr) for nr in range(1, over + 1)])]


# In words


def holdtoverskrift(gruppe: str, dag: dt.date) -> str:
    return _("Ble møtet holdt? %(gruppe)s, %(dag)s") % {"gruppe": gruppe, "dag": dato(dag)}


def holdtsetning() -> str:
    return _("Et møte teller først når det er markert som holdt.")


def moteoverskrift(gruppe: str, start: dt.datetime) -> str:
    return _("Møte i %(gruppe)s %(dag)s %(klokka)s") % {"gruppe": gruppe, "dag": ukedag(start), "klokka": klokke(start)}


def unntatt_oppgave() -> str:
    return _("Oppgave fra en sak som er unntatt offentlighet")


def motesporsmal(start: dt.datetime) -> str:
    return _("Kommer du %(dag)s %(klokka)s?") % {"dag": ukedag(start), "klokka": klokke(start)}


def motesetning(gruppe: str, sted: str, slutt: dt.datetime) -> str:
    """«Koordineringsgruppe på Parken, til kl. 14.00.»"""
    ord_ = {"gruppe": gruppe, "sted": sted, "klokka": klokke(slutt)}
    if sted:
        return _("%(gruppe)s. Sted: %(sted)s, til %(klokka)s.") % ord_
    return _("%(gruppe)s, til %(klokka)s. Sted er ikke oppgitt.") % ord_


def alt_svart() -> str:
    return _("Du har svart at du kommer. Kan du ikke likevel, er det fint om du sier fra.")


def stedsetning(sted: str) -> str:
    return _("Sted: %(sted)s.") % {"sted": sted} if sted else _("Sted er ikke oppgitt.")


def saksoverskrift(gruppe: str, dag: dt.date) -> str:
    return _("Møtet i %(gruppe)s %(dag)s har ingen saker") % {"gruppe": gruppe, "dag": dato(dag)}


def papiroverskrift(gruppe: str, dag: dt.date, antall: int) -> str:
    return ngettext(
        "Én sak til møtet i %(gruppe)s %(dag)s mangler papirer",
        "%(n)s saker til møtet i %(gruppe)s %(dag)s mangler papirer",
        antall,
    ) % {"gruppe": gruppe, "dag": dato(dag), "n": antall}


def sakssetning(saksfrist: int) -> str:
    return ngettext(
        "Saker meldes senest %(n)s dag før møtet.", "Saker meldes senest %(n)s dager før møtet.", saksfrist
    ) % {"n": tallord(saksfrist)}


def oppfolgingssetning(gruppe: str, frist: dt.date, pr: dt.date) -> str:
    return _("Oppgave fra %(gruppe)s. %(frist)s") % {"gruppe": gruppe, "frist": fristsetning(frist, pr)}
