"""What the pages of reminders show: what comes, what went, and why somebody got a mail or did not."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from felles.norsk import dag as dag_i_ord
from felles.norsk import dato, datotid
from felles.stille import stilledager
from moter.models import Oppfolging
from moter.rules.innsyn import skjult_for
from moter.services.motevarsling import OPPFOLGING
from organisering.models import Person, Samarbeid
from organisering.rules import Tilgang
from slt_portal.varsling import REGLER
from varsling.models import AvvistAdresse, Epost, Framsyn, Pause, Varsel, Varselvalg
from varsling.services.planlegging import biter

TITLER = {regel.regel: regel.tittel for regel in REGLER}
VENTER = Q(epost__isnull=True, trukket__isnull=True, forbigatt=False)
PA_SIDEN = 50
ALDRI, UKENTLIG = Varselvalg.Hyppighet.ALDRI, Varselvalg.Hyppighet.UKENTLIG


@dataclass(frozen=True)
class Utsnitt:
    """Which reminders one visitor may see: all, or his own and those of the groups he leads."""

    person_id: int
    alle: bool
    grupper: frozenset[int] = frozenset()
    stengte: frozenset[str] = frozenset()  # action items from cases that are closed to this visitor

    @property
    def om(self) -> set[str]:
        return {f"gruppe-{pk}" for pk in self.grupper}

    def varsler(self, samarbeid: Samarbeid) -> QuerySet[Varsel]:
        rader = Varsel.objects.filter(samarbeid=samarbeid)
        for objekt in self.stengte:
            rader = rader.exclude(nokkel__startswith=f"{OPPFOLGING}:{objekt}:")
        return rader if self.alle else rader.filter(Q(person=self.person_id) | Q(om__in=self.om))

    def ser(self, person_id: int, om: str) -> bool:
        return self.alle or person_id == self.person_id or om in self.om

    def ser_ting(self, ting: dict[str, Any]) -> bool:
        """The same of one thing in the outlook."""
        return ting.get("objekt") not in self.stengte and self.ser(ting["person"], ting["om"])


def utsnitt(har: Tilgang, samarbeid: Samarbeid, person: Person, pr: dt.date) -> Utsnitt | None:
    """What this visitor may see of reminders; None when nothing. Source: «Hvem kan hva», the last row."""
    alle = har.er_koordinator
    if not (alle or har.grupper_som_medlem or har.grupper_med_verv or har.er_kontakt):
        return None
    grupper = frozenset() if alle else har.grupper_med_verv
    return Utsnitt(person.pk, alle, grupper, _stengte(samarbeid, person, pr))


def _stengte(samarbeid: Samarbeid, person: Person, pr: dt.date) -> frozenset[str]:
    """Action items of cases that the visitor is inhabil in, or may not see. One query."""
    fra_sak = Oppfolging.objects.filter(samarbeid=samarbeid, sak__isnull=False, frist__isnull=False)
    skjulte = fra_sak.annotate(skjult=skjult_for(person, pr, sak="sak")).filter(skjult=True)
    return frozenset(f"oppfolging-{pk}" for pk in skjulte.values_list("pk", flat=True))


@dataclass(frozen=True)
class Kommer:
    """One thing that somebody is to be told of, and what may hold it back."""

    dag: dt.date
    person: Person
    varsel: Varsel
    holdes: str = ""

    @property
    def slag(self) -> str:
        return str(TITLER.get(self.varsel.regel, self.varsel.regel))


@dataclass
class Forhold:
    """What holds reminders of one Samarbeid back: pauses, what people chose, quiet days, people without an address."""

    pauser: dict[str, Pause] = field(default_factory=dict)
    valg: dict[tuple[int, str], str] = field(default_factory=dict)
    i_dag_er_stille: bool = False
    pr: dt.date = dt.date.min

    def holdes(self, person: Person, varsel: Varsel, dag: dt.date) -> str:
        """Why it does not come on its day; empty when it does."""
        pause = self.pauser.get(varsel.om)
        valgt = self.valg.get((person.pk, varsel.regel))
        if not person.epost:
            return _("Har ingen e-postadresse")
        if not person.is_active:
            return _("Kontoen er stengt")
        if getattr(person, "avvist", False):
            return _("E-postadressen finnes ikke")
        if pause is not None and pause.fra <= dag <= pause.til:
            return _("Pause til og med %(dag)s") % {"dag": dag_i_ord(pause.til)}
        if valgt == ALDRI and not varsel.plikt:
            return _("Har slått det av")
        if valgt == UKENTLIG and dag.weekday():
            return _("Kommer samlet mandag")
        return ""


def forhold(samarbeid: Samarbeid, personer: Iterable[int], pr: dt.date) -> Forhold:
    """Three queries."""
    valg = Varselvalg.objects.filter(person__in=set(personer)).values_list("person_id", "regel", "hyppighet")
    return Forhold(
        pauser={pause.om: pause for pause in Pause.objects.filter(samarbeid=samarbeid, til__gte=pr)},
        valg={(person, regel): hyppighet for person, regel, hyppighet in valg},
        i_dag_er_stille=pr in stilledager(samarbeid, samarbeid.fridager.all()),
        pr=pr,
    )


@dataclass(frozen=True)
class Framover:
    """The coming weeks."""

    dager: list[tuple[dt.date, list[Kommer]]]
    venter: list[Kommer]
    pauser: list[Pause]
    hoppet: list[tuple[Person, str]]
    regnet_ut: dt.datetime | None

    @property
    def personer(self) -> list[tuple[Person, dt.date | None]]:
        """Everybody in it, with the day of the next mail; those who get none come last."""
        neste: dict[int, tuple[Person, dt.date | None]] = {}
        for ting in [*self.venter, *(ting for _dag, alle in self.dager for ting in alle)]:
            _person, fra_for = neste.get(ting.person.pk, (ting.person, None))
            neste[ting.person.pk] = (ting.person, fra_for or (None if ting.holdes else ting.dag))
        return sorted(neste.values(), key=lambda rad: (rad[1] or dt.date.max, rad[0].navn, rad[0].pk))


def framover(samarbeid: Samarbeid, ser: Utsnitt, pr: dt.date) -> Framover:
    """What waits and what comes. Six queries."""
    syn = Framsyn.objects.filter(samarbeid=samarbeid).first()
    innhold: dict[str, Any] = syn.innhold if syn else {"ting": [], "hoppet": []}
    ting = [t for t in innhold["ting"] if t["dag"] > pr.isoformat() and ser.ser_ting(t)]
    hoppet = [(pk, setning) for pk, setning in innhold["hoppet"] if ser.ser(pk, "")]
    venter = list(ser.varsler(samarbeid).filter(VENTER).select_related("person").order_by("pk")[: 4 * PA_SIDEN])
    personer = _personer({t["person"] for t in ting} | {pk for pk, _setning in hoppet})
    holder = forhold(samarbeid, [*personer, *(v.person_id for v in venter if v.person_id)], pr)
    kommer = [_kommer(t, personer, holder) for t in ting if t["person"] in personer]
    return Framover(
        dager=[(dag, list(alle)) for dag, alle in groupby(kommer, key=lambda k: k.dag)],
        venter=[Kommer(pr, v.person, v, hvorfor_venter(v, holder)) for v in venter if v.person is not None],
        pauser=[pause for pause in holder.pauser.values() if ser.alle or pause.om in ser.om],
        hoppet=[(personer[pk], setning) for pk, setning in hoppet if pk in personer],
        regnet_ut=syn.regnet_ut if syn else None,
    )


def _personer(ider: Collection[int]) -> dict[int, Person]:
    return {
        p.pk: p for bit in biter(sorted(ider)) for p in med_avvist(Person.objects.get_queryset()).filter(pk__in=bit)
    }


def med_avvist(personer: Any) -> Any:
    """Annotates people with whether their address is refused."""
    return personer.annotate(avvist=Exists(AvvistAdresse.objects.filter(adresse=OuterRef("epost"))))


def _kommer(ting: dict[str, Any], personer: dict[int, Person], holder: Forhold) -> Kommer:
    dag, person = dt.date.fromisoformat(ting["dag"]), personer[ting["person"]]
    varsel = Varsel(
        person=person,
        regel=ting["regel"],
        trinn=ting["trinn"],
        om=ting["om"],
        gjelder=ting["gjelder"],
        hvorfor=ting["tekst"],
        lenke=ting["lenke"],
        plikt=ting["plikt"],
        forfall=dt.date.fromisoformat(ting["forfall"]) if ting["forfall"] else None,
    )
    return Kommer(dag, person, varsel, holder.holdes(person, varsel, dag))


def hvorfor_venter(varsel: Varsel, holder: Forhold) -> str:
    """Why a thing that is written waits on."""
    assert varsel.person is not None
    holdes = holder.holdes(varsel.person, varsel, holder.pr)
    if holdes:
        return holdes
    return _("I dag er en stille dag") if holder.i_dag_er_stille else ""


def hva_skjedde(varsel: Varsel) -> str:
    """What became of it: sent, failed with the server's words, passed over, withdrawn, or waiting."""
    epost = varsel.epost
    if epost is None:
        if varsel.trukket is not None:
            return _("Trukket %(dato)s: det gjaldt ikke lenger.") % {"dato": dato(varsel.trukket)}
        return _("Forbigått av det neste trinnet.") if varsel.forbigatt else _("Venter på neste e-post.")
    if epost.tilstand == Epost.Tilstand.SENDT:
        return _("Sendt %(tid)s.") % {"tid": datotid(epost.sendt)}
    if epost.tilstand == Epost.Tilstand.FEILET:
        return _("Ikke levert: %(svar)s") % {"svar": epost.svar_fra_tjener or _("tjeneren svarte ikke")}
    return _("Ligger i køen.")


def sendte(samarbeid: Samarbeid, ser: Utsnitt, side: int) -> tuple[list[tuple[Varsel, str]], bool]:
    """One page of what was told, the newest first, and whether there is more. One query."""
    fra = (side - 1) * PA_SIDEN
    rader = list(
        ser.varsler(samarbeid)
        .filter(epost__isnull=False)
        .select_related("person", "epost")
        .defer("epost__tekst", "epost__html")
        .order_by("-epost", "-pk")[fra : fra + PA_SIDEN + 1]
    )
    return [(v, hva_skjedde(v)) for v in rader[:PA_SIDEN]], len(rader) > PA_SIDEN


@dataclass(frozen=True)
class Personbilde:
    """One person's reminders in one Samarbeid."""

    person: Person
    dag: dt.date | None
    neste: list[Kommer]
    grunner: list[str]
    historie: list[tuple[Varsel, str, str]]


def om_person(samarbeid: Samarbeid, person: Person, ser: Utsnitt, pr: dt.date) -> Personbilde:
    """The next mail, what holds anything back, and what has been, as far as `ser` goes. Five queries."""
    syn = Framsyn.objects.filter(samarbeid=samarbeid).first()
    innhold: dict[str, Any] = syn.innhold if syn else {"ting": [], "hoppet": []}
    egne = ser.varsler(samarbeid).filter(person=person)
    rader = list(
        egne.select_related("epost").defer("epost__tekst", "epost__html").order_by("-opprettet", "-pk")[:PA_SIDEN]
    )
    holder = forhold(samarbeid, [person.pk], pr)
    venter = [v for v in rader if v.epost_id is None and v.trukket is None and not v.forbigatt]
    for varsel in venter:
        varsel.person = person
    klare = [Kommer(pr, person, v) for v in venter if not hvorfor_venter(v, holder)]
    egne_ting = [t for t in innhold["ting"] if t["person"] == person.pk and ser.ser_ting(t)]
    ting = [t for t in egne_ting if t["dag"] > pr.isoformat()]
    kommer = [k for k in (_kommer(t, {person.pk: person}, holder) for t in ting) if not k.holdes]
    dag = pr if klare else (kommer[0].dag if kommer else None)
    return Personbilde(
        person,
        dag,
        klare or [k for k in kommer if k.dag == dag],
        _grunner(person, holder, [setning for pk, setning in innhold["hoppet"] if pk == person.pk]),
        [
            (v, str(TITLER.get(v.regel, v.regel)), (v in venter and hvorfor_venter(v, holder)) or hva_skjedde(v))
            for v in rader
        ],
    )


def _grunner(person: Person, holder: Forhold, hoppet: list[str]) -> list[str]:
    """Everything that may keep a mail from this person."""
    grunner = []
    if not person.epost:
        grunner.append(_("Har ingen e-postadresse, og får ingen e-post."))
    if getattr(person, "avvist", False):
        grunner.append(_("E-postadressen finnes ikke. Ingenting sendes dit før den er rettet."))
    if not person.is_active:
        grunner.append(_("Kontoen er stengt, og det sendes ingenting."))
    for (_pk, regel), hyppighet in sorted(holder.valg.items()):
        ord_ = {"slag": TITLER.get(regel, regel)}
        slatt_av = hyppighet == ALDRI
        grunner.append((_("Har slått av «%(slag)s».") if slatt_av else _("Får «%(slag)s» samlet hver uke.")) % ord_)
    return grunner + hoppet
