"""What one person has to do with: over all Samarbeid, in a fixed number of queries."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.forberedt import forberedt
from felles.templatetags.slt import ukedag
from moter.models import Deltakelse, Mote, Oppfolging
from moter.rules.innsyn import skjult_for
from moter.rules.motevarsler import motesetning, motesporsmal
from moter.rules.oppfolging import eies_av
from organisering.models import (
    Enhetskontakt,
    Foresporsel,
    Medlemskap,
    Niva,
    Person,
    Rolletildeling,
    Samarbeid,
    Seer,
    Verv,
)
from organisering.rules import tilgang
from organisering.rules.ord import stor_forbokstav, tallord
from tiltak.models import Tilstand, Tiltak
from tiltak.models.tilstand import Dagen
from tiltak.rules.ansvarlige import ansvar_for_person
from tiltak.rules.lista import I_PLANEN, trenger_deg_forst
from tiltak.rules.status import venter_pa_svar

SNART = dt.timedelta(days=14)  # one is asked to a meeting that is nearer, and to one that the notice has gone out for


class Tilhorighet(NamedTuple):
    """One seat, office, role or unit that a person has. `hva` is the title, `hvor` the group or unit."""

    samarbeid_id: int
    slag: str
    hva: str
    hvor: str
    fra: dt.date | None
    mal_id: int | None  # the group's or the unit's key

    @property
    def tittel(self) -> str:
        """What one is: «Politikontakt», «Leder», «Koordinator»."""
        if self.slag == "verv":
            return str(Verv.Slag(self.hva).label)
        if self.slag == "rolle":
            return str(Rolletildeling.Rolle(self.hva).label)
        return stor_forbokstav(self.hva) or _("Kontakt")


@dataclass
class Mitt:
    """What one person has in one Samarbeid."""

    samarbeid: Samarbeid
    inngang: str
    tiltak: list[Any] = field(default_factory=list)
    foresporsler: list[Foresporsel] = field(default_factory=list)
    moter: list[Any] = field(default_factory=list)
    kommer_du: list[Any] = field(default_factory=list)
    oppfolginger: list[Oppfolging] = field(default_factory=list)
    tilhorigheter: list[Tilhorighet] = field(default_factory=list)

    @property
    def sporsmal(self) -> list[Any]:
        """The measures one is asked about now, the most urgent first."""
        return [tiltak for tiltak in self.tiltak if venter_pa_svar(tiltak)]


def samarbeidsnavn(samarbeid: Samarbeid) -> str:
    """«SLT Nordre Land»."""
    return f"{samarbeid.modellnavn} {samarbeid.navn}"


def hent(person: Person, pr: dt.date, naa: dt.datetime) -> list[Mitt]:
    """Everything of the person's, a part for each Samarbeid. Six queries, whatever their number."""
    deler = {
        samarbeid.pk: Mitt(samarbeid, inngang(person, samarbeid, pr))
        for samarbeid in _samarbeidene(person.samarbeid_ider(pr))
    }
    if not deler:
        return []
    for tilhorighet in _tilhorigheter(person, pr):
        deler[tilhorighet.samarbeid_id].tilhorigheter.append(tilhorighet)
    for tiltak in trenger_deg_forst(_tiltak(person.pk, Dagen.av(pr), list(deler))):
        tiltak.samarbeid = deler[tiltak.samarbeid_id].samarbeid
        deler[tiltak.samarbeid_id].tiltak.append(tiltak)
    for foresporsel in _foresporsler(person.pk, list(deler)):
        foresporsel.samarbeid = deler[foresporsel.samarbeid_id].samarbeid
        deler[foresporsel.samarbeid_id].foresporsler.append(foresporsel)
    for mote in _moter(person.gruppe_ider(pr), person.pk, pr, naa):
        deler[mote.samarbeid_id].moter.append(mote)
        if _sporres(mote, naa):
            mote.sporsmal = motesporsmal(mote.start)
            mote.setning = motesetning(mote.gruppenavn, mote.sted, mote.slutt)
            deler[mote.samarbeid_id].kommer_du.append(mote)
    for rad in _oppfolginger(Seer.av(person, pr), list(deler)):
        deler[rad.samarbeid_id].oppfolginger.append(rad)
    return list(deler.values())


def _sporres(mote: Any, naa: dt.datetime) -> bool:
    """Whether one is to come, has not answered, and it is time to."""
    er_tid = mote.er_innkalt or (mote.har_plass and mote.start <= naa + SNART)
    return bool(er_tid and not mote.mitt_svar and mote.start > naa)


def inngang(person: Person, samarbeid: Samarbeid, pr: dt.date) -> str:
    """The first page of the Samarbeid for this person."""
    navn = "oversikt" if tilgang(person, samarbeid, pr).er_koordinator else "tiltak:liste"
    return reverse(navn, args=[samarbeid.slug])


def setning(mine: Sequence[Mitt], pr: dt.date) -> str:
    """«Du svarer for fire tiltak. Ett trenger deg. Neste møte er onsdag 9. desember.»"""
    tiltak = [en for del_ in mine for en in del_.tiltak]
    trenger = sum(Tilstand(en.tilstand).trenger_noe for en in tiltak)
    moter = sorted((mote for del_ in mine for mote in del_.moter), key=lambda mote: mote.start)
    setninger = []
    if tiltak:
        setninger.append(_("Du svarer for %(antall)s tiltak.") % {"antall": tallord(len(tiltak), intetkjonn=True)})
    if trenger:
        setninger.append(
            ngettext("%(antall)s trenger deg.", "%(antall)s trenger deg.", trenger)
            % {"antall": stor_forbokstav(tallord(trenger, intetkjonn=True))}
        )
    if moter:
        setninger.append(_("Neste møte er %(dag)s.") % {"dag": ukedag(moter[0].start).removesuffix(f" {pr.year}")})
    return " ".join(setninger) or _("Ingenting venter på deg nå.")


def gruppenavn(sti: str) -> Coalesce:
    """A group's name, or its level's when it has none, through the relation `sti`."""
    niva = Niva.objects.filter(grupper=OuterRef(f"{sti}_id")).order_by("rekkefolge", "pk").values("navn")[:1]
    return Coalesce(NullIf(F(f"{sti}__navn"), Value("")), Subquery(niva), Value(""))


@forberedt
def _samarbeidene(ider: frozenset[int]) -> QuerySet[Samarbeid]:
    return Samarbeid.objects.filter(pk__in=ider)


def _tilhorigheter(person: Person, pr: dt.date) -> list[Tilhorighet]:
    """Seats, offices, roles and units, in one query."""
    return [Tilhorighet(*rad) for rad in _alle_tilhorigheter(person.pk, pr)]


@forberedt
def _alle_tilhorigheter(person: int, pr: dt.date) -> QuerySet[Any, Any]:
    plasser = Medlemskap.objects.gir_tilgang(pr).filter(person=person)
    kontakter = Enhetskontakt.objects.aktive(pr).filter(person=person)
    roller = Rolletildeling.objects.filter(person=person).aktive(pr)
    verv = Verv.objects.aktive(pr).filter(
        Q(plass__in=plasser.values("plass"))
        | Q(enhet__in=kontakter.values("enhet"))
        | Q(koordinatorpost__in=roller.filter(koordinatorpost__isnull=False).values("koordinatorpost"))
    )
    post = Coalesce(F("koordinatorpost__tittel"), Value(""))
    deler: list[tuple[str, QuerySet[Any], Any, Any, Any]] = [
        ("rolle", roller, F("rolle"), post, Cast(Value(None), BigIntegerField())),
        ("plass", plasser, F("plass__tittel"), gruppenavn("plass__gruppe"), F("plass__gruppe_id")),
        ("verv", verv, F("slag"), gruppenavn("gruppe"), F("gruppe_id")),
        ("kontakt", kontakter, F("funksjon"), F("enhet__navn"), F("enhet_id")),
    ]
    rader = [
        sporring.order_by()
        .annotate(
            t_slag=Value(slag, CharField()),
            t_hva=Cast(hva, CharField()),
            t_hvor=Cast(hvor, CharField()),
            t_fra=Cast(F("fra"), DateField()),
            t_mal=Cast(mal, BigIntegerField()),
        )
        .values_list("samarbeid_id", "t_slag", "t_hva", "t_hvor", "t_fra", "t_mal")
        for slag, sporring, hva, hvor, mal in deler
    ]
    alle: QuerySet[Any, Any] = rader[0].union(*rader[1:], all=True)
    return alle


@forberedt
def _tiltak(person: int, dagen: Dagen, samarbeid: list[int]) -> QuerySet[Tiltak]:
    """The measures one answers for that are not over, in the plan's order."""
    apne = Q(avsluttet__isnull=True) | Q(avsluttet__gt=dagen.pr)
    mine = ansvar_for_person(person, dagen.pr).filter(samarbeid__in=samarbeid)  # not the whole country's
    tiltak = Tiltak.objects.filter(apne, samarbeid__in=samarbeid, pk__in=mine.values("tiltak"))
    return tiltak.med_tilstand(dagen).order_by(*I_PLANEN)


@forberedt
def _moter(grupper: frozenset[int], person: int, pr: dt.date, naa: dt.datetime) -> QuerySet[Any]:
    """Coming meetings of the groups one sits in or has an office in, with what one has answered."""
    mine = Deltakelse.objects.filter(mote=OuterRef("pk"), person=person)
    seter = Medlemskap.objects.gir_tilgang(pr).filter(person=person, plass__gruppe=OuterRef("gruppe"))
    moter: QuerySet[Any] = Mote.objects.kommende(naa).filter(gruppe__in=grupper)
    moter = moter.annotate(
        gruppenavn=gruppenavn("gruppe"),
        mitt_svar=Coalesce(Subquery(mine.values("svar")[:1]), Value("")),
        er_innkalt=Exists(mine.filter(innkalt__isnull=False, meldt_av__isnull=True)),
        har_plass=Exists(seter),
    )
    return moter.defer("referat").order_by("start", "pk")


@forberedt
def _foresporsler(person: int, samarbeid: list[int]) -> QuerySet[Any]:
    """The working groups one is asked to join, and has not answered."""
    ubesvarte: QuerySet[Any] = Foresporsel.objects.ubesvarte().filter(person=person, samarbeid__in=samarbeid)
    ubesvarte = ubesvarte.select_related("forslag")
    return ubesvarte.annotate(gruppenavn=gruppenavn("forslag__gruppe"))  # type: ignore[no-any-return]


@forberedt
def _oppfolginger(seer: Seer, samarbeid: list[int]) -> QuerySet[Oppfolging]:
    """Open action items one owns: oneself, by a seat or by a unit."""
    eier = eies_av(seer.person, seer.pr)
    apne: QuerySet[Oppfolging] = Oppfolging.objects.filter(eier, gjort__isnull=True, samarbeid__in=samarbeid)
    return (
        apne.annotate(skjult=skjult_for(seer, seer.pr, sak="sak"), gruppenavn=gruppenavn("gruppe"))
        .filter(skjult=False)
        .order_by(F("frist").asc(nulls_last=True), "pk")
    )
