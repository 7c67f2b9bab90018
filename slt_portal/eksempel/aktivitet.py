"""Invented activity, marked as an example: meetings, cases, presence, decisions, action items and reports.

It comes once. History keeps the mark, so activity that people have deleted is not made again.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from moter.models import Deltakelse, Mote, Oppfolging, Sak, Vedtak
from organisering.models import Gruppe, Koordinatorpost, Person, Plass, Samarbeid
from slt_portal.eksempel.kalender import arbeidsdag, dag, tidspunkt
from slt_portal.eksempel.laster import Laster
from tiltak.models import Ansvar, Statusmelding

GRUNN = "Oppdiktet eksempel"
MELDT = dt.time(10, 15)
AVSTAND = dt.timedelta(days=10)  # two meetings of a group closer than this are one too many, early in the year
VARSLET = dt.timedelta(days=14)


@transaction.atomic
def last(samarbeid: Samarbeid, innhold: dict[str, list[Any]], *, naa: dt.datetime) -> bool:
    """Whether the activity was added now. Raises Regelbrudd when a row it speaks of is gone."""
    Samarbeid.objects.select_for_update().get(pk=samarbeid.pk)
    if Mote.history.filter(samarbeid_id=samarbeid.pk, eksempel=True).exists():
        return False
    Aktivitet(samarbeid, naa).legg_til(innhold)
    return True


class Aktivitet:
    def __init__(self, samarbeid: Samarbeid, naa: dt.datetime) -> None:
        self.samarbeid = samarbeid
        self.naa = naa
        self.pr = naa.date()
        self.laster = Laster(samarbeid, grunn=GRUNN, faste={"eksempel": True})
        self.nummer: dict[tuple[int, int], int] = {}  # the last case number by group and year
        self.koer: list[dict[str, Any]] = []

    def legg_til(self, innhold: dict[str, list[Any]]) -> None:
        siste: dict[str, dt.date] = {}
        for rad in sorted(innhold.get("mote", []), key=lambda rad: self.dag(rad["nar"])):
            dagen = arbeidsdag(self.dag(rad["nar"]), self.pr)
            for_tett = rad["gruppe"] in siste and dagen - siste[rad["gruppe"]] < AVSTAND
            if not for_tett or "avlyst_grunn" in rad:
                self.mote(rad, dagen)
            if "avlyst_grunn" not in rad:
                siste[rad["gruppe"]] = max(dagen, siste.get(rad["gruppe"], dagen))
        for sak in [*innhold.get("sak", []), *self.koer]:
            self.laster.rad(Sak, sak)
        for melding in innhold.get("statusmelding", []):
            self.statusmelding(melding)

    def dag(self, nar: dict[str, Any]) -> dt.date:
        return dag(nar, self.pr)

    def mote(self, rad: dict[str, Any], dagen: dt.date) -> None:
        """A meeting with all that belongs to it. Past: held, unless cancelled or left unconfirmed."""
        gruppe = self.laster.finn(Gruppe, rad["gruppe"])
        start = tidspunkt(dagen, rad["kl"])
        slutt = start + dt.timedelta(minutes=rad["minutter"])
        innkalt = start - VARSLET
        mote = self.laster.rad(
            Mote,
            {
                "gruppe": gruppe,
                "start": start,
                "slutt": slutt,
                "sted": rad["sted"],
                "innkalt": innkalt if innkalt <= self.naa else None,
                "holdt": slutt if self.er_holdt(rad, slutt) else None,
                "avlyst": min(start - dt.timedelta(days=2), self.naa) if "avlyst_grunn" in rad else None,
                "avlyst_grunn": rad.get("avlyst_grunn", ""),
            },
        )
        for rekkefolge, sak in enumerate(rad.get("saker", []), start=1):
            self.sak(mote, sak, rekkefolge)
        self.deltakere(mote, rad)

    def er_holdt(self, rad: dict[str, Any], slutt: dt.datetime) -> bool:
        return slutt <= self.naa and "avlyst_grunn" not in rad and not rad.get("ubekreftet")

    def sak(self, mote: Mote, rad: dict[str, Any], rekkefolge: int) -> None:
        """A case with its number; what was decided only when the meeting was held."""
        felter = {k: v for k, v in rad.items() if k not in {"vedtak", "oppfolging", "loftes_til"}}
        nokkel = (mote.gruppe_id, mote.dato.year)
        self.nummer[nokkel] = self.nummer.get(nokkel, 0) + 1
        fast = {"gruppe": mote.gruppe, "mote": mote, "rekkefolge": rekkefolge}
        if mote.holdt is None:
            felter.pop("notat", None)
        sak = self.laster.rad(Sak, fast | felter, nummer=self.nummer[nokkel], nummer_ar=mote.dato.year)
        if mote.holdt is None:
            return
        tilhorer = {"gruppe": mote.gruppe, "mote": mote, "sak": sak}
        if "vedtak" in rad:
            self.laster.rad(Vedtak, tilhorer | {"dato": mote.dato, "tiltak": sak.tiltak} | rad["vedtak"])
        for punkt in rad.get("oppfolging", []):
            dager = {navn: self.dag(punkt[navn]) for navn in ("frist", "gjort") if navn in punkt}
            self.laster.rad(Oppfolging, tilhorer | punkt | dager)
        if "loftes_til" in rad:
            self.koer.append(
                {"gruppe": rad["loftes_til"], "loftet_fra": sak, "slag": sak.slag, "tiltak": sak.tiltak}
                | {"tittel": sak.tittel, "tekst": sak.tekst, "forslag": rad["vedtak"]["tekst"]}
            )

    def deltakere(self, mote: Mote, rad: dict[str, Any]) -> None:
        """Who was there, by seat; a seat nobody holds is a guest known by its title. Ahead: those who have answered."""
        for plass in mote.gruppe.plasser.exclude(slag=Plass.Slag.APEN):
            if mote.holdt is not None:
                hvem = self.person_eller_rolle(plass_person(plass, mote.dato), plass.tittel)
                borte = plass.tittel in rad.get("fravar", [])
                self.laster.rad(Deltakelse, hvem | {"mote": mote, "plass": plass, "tilstede": not borte})
            elif plass.tittel in rad.get("kommer", []) and (person := plass_person(plass, mote.dato)):
                self.laster.rad(Deltakelse, {"mote": mote, "plass": plass, "person": person, "svar": "kommer"})
        if mote.holdt is not None:
            poster = Koordinatorpost.objects.filter(verv__gruppe=mote.gruppe).distinct()
            for post in poster:  # a secretary need not be a member
                hvem = self.person_eller_rolle(post_person(post, mote.dato), post.tittel)
                self.laster.rad(Deltakelse, hvem | {"mote": mote, "tilstede": True})

    @staticmethod
    def person_eller_rolle(person: Person | None, rolle: str) -> dict[str, Any]:
        return {"person": person} if person else {"gjest_rolle": rolle}

    def statusmelding(self, rad: dict[str, Any]) -> None:
        ansvar = self.laster.finn(Ansvar, rad["ansvar"])
        dagen = self.dag(rad["nar"])
        fast = {"tiltak": ansvar.tiltak, "person": ansvarlig(ansvar, dagen), "meldt": tidspunkt(dagen, MELDT)}
        felter = {k: v for k, v in rad.items() if k not in {"ansvar", "nar"}}
        self.laster.rad(Statusmelding, fast | {"ansvar": ansvar} | felter)


def plass_person(plass: Plass, pr: dt.date) -> Person | None:
    """One who holds the seat on the day."""
    medlem = plass.medlemskap.gir_tilgang(pr).select_related("person").first()
    return medlem.person if medlem else None


def post_person(post: Koordinatorpost, pr: dt.date) -> Person | None:
    """One who fills the post on the day."""
    tildeling = post.tildelinger.aktive(pr).select_related("person").first()
    return tildeling.person if tildeling else None


def ansvarlig(ansvar: Ansvar, pr: dt.date) -> Person | None:
    """One who answers for the measure on the day, as far as the portal knows."""
    if ansvar.plass is not None:
        return plass_person(ansvar.plass, pr)
    if ansvar.koordinatorpost is not None:
        return post_person(ansvar.koordinatorpost, pr)
    if ansvar.enhet is not None:
        kontakter = ansvar.enhet.kontakter.aktive(pr).select_related("person")
        kontakt = kontakter.filter(funksjon=ansvar.funksjon).first() if ansvar.funksjon else kontakter.first()
        return kontakt.person if kontakt else None
    return None
