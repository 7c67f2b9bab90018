"""Who asks: one of each role in the measured Samarbeid, made for the measuring and gone with it."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Count

from organisering.models import Enhet, Enhetskontakt, Gruppe, Medlemskap, Person, Plass, Rolletildeling, Samarbeid

UTLOGGET = "utlogget"


@dataclass(frozen=True)
class Sporrer:
    """One who asks for pages."""

    rolle: str
    person: Person | AnonymousUser
    okt: str = ""  # the session's key


def middels_samarbeid() -> Samarbeid | None:
    """The one in the middle, by the number of measures."""
    etter_storrelse = list(Samarbeid.objects.annotate(antall=Count("tiltak")).order_by("antall", "pk"))
    return etter_storrelse[len(etter_storrelse) // 2] if etter_storrelse else None


def sporrere(samarbeid: Samarbeid, pr: dt.date) -> list[Sporrer]:
    """koordinator, medlem, leser and utlogget. The member sits in the busiest group and speaks for the busiest unit."""
    koordinator, medlem, leser = (_person(rolle) for rolle in ("koordinator", "medlem", "leser"))
    Rolletildeling.objects.create(samarbeid=samarbeid, person=koordinator, rolle=Rolletildeling.Rolle.KOORDINATOR)
    Rolletildeling.objects.create(samarbeid=samarbeid, person=leser, rolle=Rolletildeling.Rolle.LESER)
    _sett_inn(medlem, samarbeid, pr)
    inne = {"koordinator": koordinator, "medlem": medlem, "leser": leser}
    return [
        *(Sporrer(rolle, person, _logg_inn(person)) for rolle, person in inne.items()),
        Sporrer(UTLOGGET, AnonymousUser()),
    ]


def _person(rolle: str) -> Person:
    return Person.objects.create_user(f"maling-{rolle}@slt.example", navn=f"Måling {rolle}")


def _sett_inn(person: Person, samarbeid: Samarbeid, pr: dt.date) -> None:
    grupper = Gruppe.objects.filter(samarbeid=samarbeid).aktive(pr).motende()
    gruppe = grupper.annotate(antall=Count("moter")).order_by("-antall", "pk").first()
    if gruppe is not None:
        plass = Plass.objects.create(samarbeid=samarbeid, gruppe=gruppe, tittel="Måling", slag=Plass.Slag.FLERE)
        Medlemskap.objects.create(samarbeid=samarbeid, plass=plass, person=person, fra=gruppe.fra)
    enheter = Enhet.objects.filter(samarbeid=samarbeid).annotate(antall=Count("ansvar"))
    enhet = enheter.order_by("-antall", "pk").first()
    if enhet is not None:
        Enhetskontakt.objects.create(samarbeid=samarbeid, enhet=enhet, person=person)


def _logg_inn(person: Person) -> str:
    okt = SessionStore()
    okt[SESSION_KEY] = str(person.pk)
    okt[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    okt[HASH_SESSION_KEY] = person.get_session_auth_hash()
    okt.save()
    assert okt.session_key is not None
    return okt.session_key
