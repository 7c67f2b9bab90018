"""Who answers for an action item. Source: «Hvem kan hva» in docs/arkitektur.md."""

import datetime as dt

from django.db.models import Q

from moter.models import Oppfolging
from moter.rules.innsyn import skjult_for
from organisering.models import Enhetskontakt, Medlemskap, Person
from organisering.rules import tilgang


def eies_av(person: "Person | int", pr: dt.date) -> Q:
    """Action items that `person` owns on `pr`: oneself, by a seat or by a unit."""
    plasser = Medlemskap.objects.gir_tilgang(pr).filter(person=person)
    enheter = Enhetskontakt.objects.aktive(pr).filter(person=person)
    return Q(eier_person=person) | Q(eier_plass__in=plasser.values("plass")) | Q(eier_enhet__in=enheter.values("enhet"))


def kan_fullfore(person: Person, oppfolging: Oppfolging, pr: dt.date) -> bool:
    """Say that it is done: its owner, and those who lead the group. Never about a case that is closed to the person."""
    rad = Oppfolging.objects.filter(pk=oppfolging.pk).annotate(skjult=skjult_for(person, pr, sak="sak"))
    if not rad.filter(skjult=False).exists():
        return False
    har = tilgang(person, oppfolging.samarbeid, pr)
    return har.kan_lede(oppfolging.gruppe) or (har.horer_til and rad.filter(eies_av(person, pr)).exists())
