"""Who hears of a thing, found by relation, with a chain that never ends empty.

Source: the design, section 8, «Who»: for a group leder → innkaller → sekretær → coordinator → administrator; for a unit
its contacts → seats that speak for it → contacts of its sub-units → coordinator. Words of a function («rektor») put
those who have it first. One without e-mail, whose address a server has refused for good, or whose account is closed, is
passed over to the next in the chain. Five queries for any number of groups, units and people.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisering.models import Enhet, Enhetskontakt, Gruppe, Medlemskap, Rolletildeling, Verv
from varsling.models import AvvistAdresse

Rolle = Rolletildeling.Rolle
KJEDE = (Verv.Slag.LEDER, Verv.Slag.INNKALLER, Verv.Slag.SEKRETAR)
PERSON = ("person_id", "person__epost", "person__navn", "person__sprak")

SOM: dict[str, str | Promise] = {
    Rolle.KOORDINATOR: _("Du får dette som koordinator."),
    Rolle.ADMINISTRATOR: _("Du får dette som administrator, fordi ingen koordinator kan nås."),
    Verv.Slag.LEDER: _("Du får dette som leder for gruppa."),
    Verv.Slag.INNKALLER: _("Du får dette fordi du kaller inn til møtene."),
    Verv.Slag.SEKRETAR: _("Du får dette som sekretær for gruppa."),
    "medlem": _("Du får dette som medlem av gruppa."),
    "kontakt": _("Du får dette som kontakt for enheten."),
    "plass": _("Du får dette fordi du har plassen."),
    "post": _("Du får dette fordi du fyller stillingen."),
    "eier": _("Du får dette fordi punktet er ditt."),
}


# The same where the seat or the unit has a name to be told by.
SOM_NAVNGITT: dict[str, str | Promise] = {
    "medlem": _("Du får dette fordi du har plassen %(hva)s."),
    "plass": _("Du får dette fordi du har plassen %(hva)s."),
    "kontakt": _("Du får dette som kontakt for %(hva)s."),
}


@dataclass(frozen=True)
class Mottaker:
    """A person who can be written to, and as what: a key of `SOM`. `hva` names the seat or the unit it is for."""

    person_id: int
    epost: str
    navn: str
    sprak: str
    som: str
    hva: str = ""

    @property
    def hvorfor(self) -> str:
        """Why it came to this person: «Du får dette fordi du har plassen Politikontakt.»"""
        if self.hva and self.som in SOM_NAVNGITT:
            return str(SOM_NAVNGITT[self.som]) % {"hva": self.hva}
        return str(SOM[self.som])


Liste = list[Mottaker]


@dataclass
class Kontaktbok:
    """Everybody who can be written to in some Samarbeid on one day. Answers ask nothing of the database."""

    roller: dict[tuple[int, str], Liste] = field(default_factory=lambda: defaultdict(list))
    poster: dict[int, Liste] = field(default_factory=lambda: defaultdict(list))
    plasser: dict[int, Liste] = field(default_factory=lambda: defaultdict(list))
    medlemmer: dict[int, Liste] = field(default_factory=lambda: defaultdict(list))
    talspersoner: dict[int, Liste] = field(default_factory=lambda: defaultdict(list))
    kontakter: dict[int, list[tuple[str, Mottaker]]] = field(default_factory=lambda: defaultdict(list))
    underenheter: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    verv: dict[tuple[int, str], list[tuple[int | None, int | None, int | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def koordinator(self, samarbeid_id: int) -> Liste:
        """The coordinator; the administrator when there is none; empty when there is nobody at all."""
        return self.roller[samarbeid_id, Rolle.KOORDINATOR] or self.roller[samarbeid_id, Rolle.ADMINISTRATOR]

    def for_gruppe(self, gruppe: Gruppe, slag: str = Verv.Slag.LEDER) -> Liste:
        """The group's holder of the office `slag`, or the next in the chain."""
        for ledd in KJEDE[KJEDE.index(Verv.Slag(slag)) :]:
            funnet = self._med_verv(gruppe, ledd)
            if funnet:
                return funnet
        return self.koordinator(gruppe.samarbeid_id)

    def medlemmene(self, gruppe: Gruppe) -> Liste:
        """Those with a seat in the group, or the chain when no seat is held."""
        egne = self.medlemmer[gruppe.pk] or self.medlemmer[gruppe.regelbarer_id]
        return unike(egne) or self.for_gruppe(gruppe)

    def for_plass(self, plass_id: int, samarbeid_id: int) -> Liste:
        return unike(self.plasser[plass_id]) or self.koordinator(samarbeid_id)

    def for_post(self, post_id: int, samarbeid_id: int) -> Liste:
        return unike(self.poster[post_id]) or self.koordinator(samarbeid_id)

    def for_enhet(self, enhet_id: int, samarbeid_id: int, *, funksjon: str = "") -> Liste:
        """Those who answer for a unit. With a function («rektor») first those who have it, then as without one."""
        under = self._alle_under(enhet_id)
        rekke = [self._kontakter([enhet_id], ""), unike(self.talspersoner[enhet_id]), self._kontakter(under, "")]
        if funksjon:
            med, under_med = self._kontakter([enhet_id], funksjon), self._kontakter(under, funksjon)
            rekke = [med, under_med, rekke[1], rekke[0], rekke[2]]
        return next((ledd for ledd in rekke if ledd), []) or self.koordinator(samarbeid_id)

    def alle(self) -> Liste:
        """Everybody in the book, some of them several times."""
        bind: list[dict[Any, Liste]] = [self.roller, self.poster, self.plasser]
        funnet = [mottaker for bok in bind for liste in bok.values() for mottaker in liste]
        return funnet + [mottaker for rader in self.kontakter.values() for _hva, mottaker in rader]

    def _med_verv(self, gruppe: Gruppe, slag: str) -> Liste:
        holdere = self.verv[gruppe.pk, slag] or self.verv[gruppe.regelbarer_id, slag]
        funnet: Liste = []
        for plass, enhet, post in holdere:
            if plass is not None:
                funnet += self.plasser[plass]
            elif enhet is not None:
                funnet += self._kontakter([enhet], "")
            elif post is not None:
                funnet += self.poster[post]
        return [_som(mottaker, slag) for mottaker in unike(funnet)]

    def _kontakter(self, enheter: Iterable[int], funksjon: str) -> Liste:
        onsket = funksjon.casefold()
        return unike(
            mottaker
            for enhet in enheter
            for hva, mottaker in self.kontakter[enhet]
            if not onsket or hva.casefold() == onsket
        )

    def _alle_under(self, enhet_id: int) -> list[int]:
        funnet, ko = [], list(self.underenheter[enhet_id])
        while ko:
            neste = ko.pop(0)
            if neste not in funnet and neste != enhet_id:
                funnet.append(neste)
                ko += self.underenheter[neste]
        return funnet


def unike(mottakere: Iterable[Mottaker]) -> Liste:
    """Each person once, as the first thing he was found as."""
    return list({mottaker.person_id: mottaker for mottaker in reversed(list(mottakere))}.values())[::-1]


def hent_kontaktbok(samarbeid_ider: Collection[int], pr: dt.date) -> Kontaktbok:
    """The people of the given Samarbeid on the day `pr`. Five queries."""
    bok = Kontaktbok()
    _les_roller(bok, samarbeid_ider, pr)
    _les_plasser(bok, samarbeid_ider, pr)
    kontakter = _kan_nas(Enhetskontakt.objects.filter(samarbeid__in=samarbeid_ider).aktive(pr))
    for enhet, funksjon, navn, *person in kontakter.values_list("enhet_id", "funksjon", "enhet__navn", *PERSON):
        bok.kontakter[enhet].append((funksjon, _mottaker(person, "kontakt", navn)))
    enheter = Enhet.objects.filter(samarbeid__in=samarbeid_ider, overordnet__isnull=False).aktive(pr)
    for over, enhet in enheter.values_list("overordnet_id", "pk"):
        bok.underenheter[over].append(enhet)
    verv = Verv.objects.filter(samarbeid__in=samarbeid_ider).aktive(pr)
    for gruppe, slag, *holder in verv.values_list("gruppe_id", "slag", "plass_id", "enhet_id", "koordinatorpost_id"):
        bok.verv[gruppe, slag].append((holder[0], holder[1], holder[2]))
    return bok


def _les_roller(bok: Kontaktbok, samarbeid_ider: Collection[int], pr: dt.date) -> None:
    roller = _kan_nas(Rolletildeling.objects.filter(samarbeid__in=samarbeid_ider).aktive(pr))
    for samarbeid, rolle, post, *person in roller.values_list("samarbeid_id", "rolle", "koordinatorpost_id", *PERSON):
        if not any(m.person_id == person[0] for m in bok.roller[samarbeid, rolle]):
            bok.roller[samarbeid, rolle].append(_mottaker(person, rolle))
        if post is not None:
            bok.poster[post].append(_mottaker(person, "post"))


def _les_plasser(bok: Kontaktbok, samarbeid_ider: Collection[int], pr: dt.date) -> None:
    plasser = _kan_nas(Medlemskap.objects.filter(samarbeid__in=samarbeid_ider).gir_tilgang(pr))
    for plass, gruppe, enhet, tittel, *person in plasser.values_list(
        "plass_id", "plass__gruppe_id", "plass__enhet_id", "plass__tittel", *PERSON
    ):
        bok.plasser[plass].append(_mottaker(person, "plass", tittel))
        bok.medlemmer[gruppe].append(_mottaker(person, "medlem", tittel))
        if enhet is not None:
            bok.talspersoner[enhet].append(_mottaker(person, "plass", tittel))


def _kan_nas(rader: QuerySet) -> QuerySet:  # type: ignore[type-arg]  # three models, one question
    """Rows of people with an open account and an address that no server has refused, in a settled order."""
    avvist = AvvistAdresse.objects.filter(adresse=OuterRef("person__epost"))
    return rader.filter(~Exists(avvist), person__epost__isnull=False, person__is_active=True).order_by("pk")


def _som(mottaker: Mottaker, som: str) -> Mottaker:
    return Mottaker(mottaker.person_id, mottaker.epost, mottaker.navn, mottaker.sprak, som)


def _mottaker(person: Sequence[Any], som: str, hva: str = "") -> Mottaker:
    """From the columns `PERSON`."""
    person_id, epost, navn, sprak = person
    return Mottaker(person_id, epost, navn, sprak, som, hva)
