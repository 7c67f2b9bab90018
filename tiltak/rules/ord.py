"""How a measure's state and time are said in words: what stands beside the mark, and «frist eller rytme»."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import dato_i_ord
from tiltak.models import Tilstand, Tiltak
from tiltak.rules.tilstand import neste_gang

FAST = "\u00a0"
NAERT = 90  # days: a deadline farther away is told by its date alone
ET_HALVAR = 6
Rytme = Tiltak.Rytme


@dataclass(frozen=True)
class Tilstandsord:
    """`merke` replaces the mark's own word when it says more; `ved` stands beside or under it. Both may be empty."""

    merke: str = ""
    ved: str = ""


@dataclass(frozen=True)
class Omstendigheter:
    """What the words need beside the measure's own fields."""

    sist_meldt: dt.date | None = None
    delpunkter: int = 0
    delpunkter_gjort: int = 0
    uavklart: bool = False


def dag_ord(dag: dt.date, pr: dt.date) -> str:
    """«3. mars» in this year, «3. mars 2024» in another."""
    return dato_i_ord(dag, f"j.{FAST}F" if dag.year == pr.year else f"j.{FAST}F Y")


def kort_dag(dag: dt.date) -> str:
    """«1. nov. 2025»."""
    return dato_i_ord(dag, f"j.{FAST}N Y")


def tilstandsord(tiltak: Tiltak, tilstand: str, pr: dt.date, ved: Omstendigheter) -> Tilstandsord:
    """The words for a measure in `tilstand` on `pr`."""
    match Tilstand(tilstand):
        case Tilstand.AVSLUTTET:
            return Tilstandsord(ved=dag_ord(tiltak.avsluttet, pr) if tiltak.avsluttet else "")
        case Tilstand.GJORT:
            return Tilstandsord(_gjort_i(tiltak, pr), _etter_gjort(tiltak, pr, ved))
        case Tilstand.FORFALT:
            return Tilstandsord(ved=_dager_over(tiltak, pr))
        case Tilstand.TRENGER_HJELP:
            return Tilstandsord(ved=_("meldt %s") % dag_ord(ved.sist_meldt, pr) if ved.sist_meldt else "")
        case Tilstand.MANGLER_STATUS:
            return Tilstandsord(
                ved=_("sist meldt %s") % dag_ord(ved.sist_meldt, pr) if ved.sist_meldt else _("aldri meldt")
            )
        case Tilstand.I_GANG:
            return Tilstandsord(ved=_framover(tiltak, pr))
        case Tilstand.IKKE_STARTET:
            return Tilstandsord(ved=_("ansvar er uavklart") if ved.uavklart else _for_start(tiltak, pr))


def naar_ord(tiltak: Tiltak) -> str:
    """«1. nov. 2025», «Løpende», «Hvert år, 17. mai», «Hvert år, i mai»; empty when neither is given."""
    if tiltak.frist is not None:
        return kort_dag(tiltak.frist)
    if not tiltak.rytme:
        return ""
    rytme = str(tiltak.get_rytme_display())
    if tiltak.rytme_maned is None:
        return rytme
    # 29 February exists in a leap year, so every day the rhythm may name can be written.
    maned = dato_i_ord(dt.date(2000, tiltak.rytme_maned, 1), "F")
    if tiltak.rytme_dag is None:
        return _("%(rytme)s, i %(maned)s") % {"rytme": rytme, "maned": maned}
    return _("%(rytme)s, %(dag)s") % {"rytme": rytme, "dag": f"{tiltak.rytme_dag}.{FAST}{maned}"}


def detaljsetning(tiltak: Tiltak, pr: dt.date) -> str:
    """The sentence beside the mark on the measure's own page: what comes next, in how many days."""
    if tiltak.tilstand == Tilstand.AVSLUTTET:
        return ""
    neste = neste_gang(tiltak, pr, gjort=tiltak.tilstand == Tilstand.GJORT)
    if neste is not None:
        return _("Neste gang %(dag)s, %(om)s.") % {"dag": dato_i_ord(neste, f"j.{FAST}F Y"), "om": _om(neste, pr)}
    if tiltak.frist is None or tiltak.tilstand == Tilstand.GJORT:
        return ""
    if tiltak.frist < pr:
        return _("Fristen var %s.") % dag_ord(tiltak.frist, pr)
    return _("Fristen er %(dag)s, %(om)s.") % {"dag": dag_ord(tiltak.frist, pr), "om": _om(tiltak.frist, pr)}


def _om(dag: dt.date, pr: dt.date) -> str:
    dager = (dag - pr).days
    return ngettext("om %(dager)s dag", "om %(dager)s dager", dager) % {"dager": dager} if dager else _("i dag")


def _gjort_i(tiltak: Tiltak, pr: dt.date) -> str:
    """Names the round: «Gjort i 2025», «Gjort i november», «Gjort i andre halvår»."""
    dag = min(tiltak.slutt or pr, pr)
    match tiltak.rytme:
        case Rytme.ARLIG:
            return _("Gjort i %s") % dag.year
        case Rytme.HALVARLIG:
            return _("Gjort i første halvår") if dag.month <= ET_HALVAR else _("Gjort i andre halvår")
        case Rytme.MANEDLIG:
            return _("Gjort i %s") % dato_i_ord(dag, "F")
    return ""


def _etter_gjort(tiltak: Tiltak, pr: dt.date, ved: Omstendigheter) -> str:
    neste = neste_gang(tiltak, pr, gjort=True)
    if neste is not None:
        return _("neste %s") % dato_i_ord(neste, f"j.{FAST}F Y")
    if ved.delpunkter_gjort:
        return _("%(gjort)s av %(alle)s delpunkter") % {"gjort": ved.delpunkter_gjort, "alle": ved.delpunkter}
    if not tiltak.rytme and tiltak.gjort:
        return dag_ord(tiltak.gjort, pr)
    return ""


def _dager_over(tiltak: Tiltak, pr: dt.date) -> str:
    dager = (pr - tiltak.frist).days if tiltak.frist else 0
    return ngettext("%(dager)s dag over", "%(dager)s dager over", dager) % {"dager": dager}


def _for_start(tiltak: Tiltak, pr: dt.date) -> str:
    if tiltak.start is not None and tiltak.start > pr:
        return _("starter %s") % dag_ord(tiltak.start, pr)
    if tiltak.start is not None and tiltak.slutt is None:
        return _("skulle starte %s") % dag_ord(tiltak.start, pr)
    return _framover(tiltak, pr)


def _framover(tiltak: Tiltak, pr: dt.date) -> str:
    """What comes next: the end that has passed, the deadline, or the next time."""
    if tiltak.slutt is not None and tiltak.slutt < pr:
        return _("tida gikk ut %s") % dag_ord(tiltak.slutt, pr)
    if tiltak.frist is not None:
        return _dager_igjen((tiltak.frist - pr).days)
    neste = neste_gang(tiltak, pr, gjort=False)
    return _("neste %s") % dato_i_ord(neste, f"j.{FAST}F Y") if neste else ""


def _dager_igjen(dager: int) -> str:
    if dager == 0:
        return _("fristen er i dag")
    if dager > NAERT:
        return ""
    return ngettext("%(dager)s dag igjen", "%(dager)s dager igjen", dager) % {"dager": dager}
