"""Search in one Samarbeid: in what the visitor may see, and in nothing else. One query for each kind of thing."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from felles.norsk import dato, ukedag
from moter.models import Mote, Sak
from moter.rules.innsyn import skjult_for, vedtak_for
from organisering.models import Enhet, Gruppe, Niva, Person, Samarbeid
from organisering.rules import Tilgang
from slt_portal.mitt import gruppenavn
from tiltak.forms.filter import FLEST_ORD, ordet_finnes
from tiltak.models import Tiltak

FLEST = 20  # hits of each kind
RUNDT = 70  # characters shown on each side of the word
LENGST = 200  # characters of a search


class Utdrag(NamedTuple):
    """A piece of a text around the word that was found."""

    for_: str
    ordet: str
    etter: str


@dataclass(frozen=True)
class Treff:
    """One thing that holds all the words."""

    tittel: str
    url: str
    under: str = ""
    utdrag: Utdrag | None = None
    eksempel: bool = False


@dataclass(frozen=True)
class Treffliste:
    """The hits of one kind. `flere` when there are more than are shown."""

    navn: str | Promise
    treff: list[Treff]
    flere: bool


def ordene(sokt: str) -> list[str]:
    """The words of a search, each once."""
    return list(dict.fromkeys(sokt.replace("\x00", " ")[:LENGST].split()))[:FLEST_ORD]


def sok(sokt: str, samarbeid: Samarbeid, person: Person, har: Tilgang, pr: dt.date) -> list[Treffliste]:
    """What holds every word of `sokt`, kind by kind; kinds without a hit are left out."""
    ord_ = ordene(sokt)
    if not ord_:
        return []
    slag: Sequence[tuple[str | Promise, QuerySet[Any], Callable[[Any], Treff]]] = (
        (_("Tiltak"), _tiltak(ord_, samarbeid), lambda rad: _tiltakstreff(rad, samarbeid, ord_)),
        (_("Møter"), _moter(ord_, samarbeid, person, pr), lambda rad: _motetreff(rad, samarbeid, ord_)),
        (_("Saker"), _saker(ord_, samarbeid, person, pr), lambda rad: _sakstreff(rad, samarbeid, ord_)),
        (_("Vedtak"), _vedtak(ord_, samarbeid, person, har, pr), lambda rad: _vedtakstreff(rad, samarbeid, ord_)),
        (_("Grupper"), _grupper(ord_, samarbeid), lambda rad: _gruppetreff(rad, samarbeid, ord_)),
        (_("Enheter"), _enheter(ord_, samarbeid), lambda rad: _enhetstreff(rad, samarbeid)),
    )
    return list(_lister(slag))


def _lister(slag: Iterable[tuple[str | Promise, QuerySet[Any], Callable[[Any], Treff]]]) -> Iterator[Treffliste]:
    for navn, sporring, som_treff in slag:
        rader = list(sporring[: FLEST + 1])
        if rader:
            yield Treffliste(navn, [som_treff(rad) for rad in rader[:FLEST]], flere=len(rader) > FLEST)


def _alle(ord_: Iterable[str], *felt: str) -> Q:
    """Rows in which each word stands in one of the fields."""
    q = Q()
    for ett in ord_:
        i_et_felt = Q()
        for navn in felt:
            i_et_felt |= Q(**{f"{navn}__icontains": ett})
        q &= i_et_felt
    return q


def _tiltak(ord_: list[str], samarbeid: Samarbeid) -> Any:
    q = Q(samarbeid=samarbeid)
    for ett in ord_:
        q &= ordet_finnes(ett)
    return Tiltak.objects.filter(q).order_by("plan__rekkefolge", "plan", "nummer", "pk")


def _moter(ord_: list[str], samarbeid: Samarbeid, person: Person, pr: dt.date) -> Any:
    synlige: QuerySet[Any] = Mote.objects.filter(samarbeid=samarbeid).synlig_for(person, pr)
    treff = synlige.filter(_alle(ord_, "gruppe__navn", "sted", "referat", "avlyst_grunn"))
    return treff.annotate(gruppenavn=gruppenavn("gruppe")).order_by("-start", "-pk")


def _saker(ord_: list[str], samarbeid: Samarbeid, person: Person, pr: dt.date) -> Any:
    """Cases of the groups whose papers the visitor reads, without those that are hidden from the visitor."""
    synlige: QuerySet[Any] = Sak.objects.filter(samarbeid=samarbeid).synlig_for(person, pr)
    treff = synlige.annotate(skjult=skjult_for(person, pr)).filter(
        _alle(ord_, "tittel", "tekst", "forslag", "notat"), skjult=False
    )
    return treff.select_related("gruppe", "mote").annotate(gruppenavn=gruppenavn("gruppe")).order_by("-pk")


def _vedtak(ord_: list[str], samarbeid: Samarbeid, person: Person, har: Tilgang, pr: dt.date) -> Any:
    alle: QuerySet[Any] = vedtak_for(person, samarbeid, har, pr).filter(skjult=False, bare_belop=False)
    treff = alle.filter(_alle(ord_, "tekst", "organ_ord", "saksnummer_ord"))
    return treff.annotate(gruppenavn=gruppenavn("gruppe"))


def _grupper(ord_: list[str], samarbeid: Samarbeid) -> Any:
    felt = ("navn", "nivaer__navn", "beskrivelse", "mandatpunkter__ordlyd", "plasser__tittel")
    treff = Gruppe.objects.filter(_alle(ord_, *felt), samarbeid=samarbeid).values("pk")
    niva = Niva.objects.filter(grupper=OuterRef("pk")).order_by("rekkefolge", "pk").values("navn")[:1]
    return Gruppe.objects.filter(pk__in=treff).annotate(nivanavn=Subquery(niva))


def _enheter(ord_: list[str], samarbeid: Samarbeid) -> Any:
    return Enhet.objects.filter(_alle(ord_, "navn", "aliaser__navn"), samarbeid=samarbeid).distinct()


def _tiltakstreff(rad: Any, samarbeid: Samarbeid, ord_: list[str]) -> Treff:
    return Treff(
        rad.tittel, reverse("tiltak:tiltak", args=[samarbeid.slug, rad.pk]), utdrag=utdrag(ord_, rad.beskrivelse)
    )


def _motetreff(rad: Any, samarbeid: Samarbeid, ord_: list[str]) -> Treff:
    url = reverse("moter:mote", args=[samarbeid.slug, rad.pk])
    under = ", ".join(filter(None, [ukedag(rad.start), rad.sted]))
    return Treff(rad.gruppenavn, url, under, utdrag(ord_, rad.referat, rad.avlyst_grunn), rad.eksempel)


def _sakstreff(rad: Any, samarbeid: Samarbeid, ord_: list[str]) -> Treff:
    if rad.mote is None:
        url, naar = reverse("moter:sak", args=[samarbeid.slug, rad.pk]), str(_("i køen"))
    else:
        url, naar = reverse("moter:mote", args=[samarbeid.slug, rad.mote_id]), dato(rad.mote.start)
    under = ", ".join(filter(None, [rad.saksnummer, rad.gruppenavn, naar]))
    return Treff(rad.tittel, url, under, utdrag(ord_, rad.tekst, rad.forslag, rad.notat), rad.eksempel)


def _vedtakstreff(rad: Any, samarbeid: Samarbeid, ord_: list[str]) -> Treff:
    hvem = rad.gruppenavn or rad.organ_ord
    under = ", ".join(filter(None, [hvem, dato(rad.dato) or rad.dato_ord, str(rad.get_slag_display())]))
    return Treff(rad.tekst[:160], reverse("moter:vedtak", args=[samarbeid.slug, rad.pk]), under, eksempel=rad.eksempel)


def _gruppetreff(rad: Any, samarbeid: Samarbeid, ord_: list[str]) -> Treff:
    url = reverse("organisering:gruppe", args=[samarbeid.slug, rad.pk])
    return Treff(rad.navn or rad.nivanavn or rad.visningsnavn, url, utdrag=utdrag(ord_, rad.beskrivelse))


def _enhetstreff(rad: Any, samarbeid: Samarbeid) -> Treff:
    return Treff(rad.navn, reverse("organisering:enhet", args=[samarbeid.slug, rad.pk]))


def utdrag(ord_: Iterable[str], *tekster: str) -> Utdrag | None:
    """The first of the words that stands in one of the texts, with a little on each side."""
    for tekst in tekster:
        for ett in ord_:
            treff = re.search(re.escape(ett), tekst, re.IGNORECASE)
            if treff is not None:
                for_, etter = tekst[: treff.start()], tekst[treff.end() :]
                return Utdrag(
                    for_ if len(for_) <= RUNDT else f"…{for_[-RUNDT:].partition(' ')[2]}",
                    treff[0],
                    etter if len(etter) <= RUNDT else f"{etter[:RUNDT].rpartition(' ')[0]}…",
                )
    return None
