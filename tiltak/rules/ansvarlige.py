"""Who answers for a measure, by relation.

Source: the design, section 8. A unit is answered for by its contacts, by the seats that speak for it and by contacts
of the units within it; where the plan names a function («rektor»), by those who have it. A group is answered for by its
members, a seat by those who hold it, a post by those who fill it.
"""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from organisering.models import Enhetskontakt, Medlemskap, Rolletildeling
from tiltak.models import Ansvar, Tiltak
from tiltak.models.tilstand import TiltakQuerySet

if TYPE_CHECKING:
    from organisering.models import Person


def ansvar_for_person(person: "Person | int", pr: dt.date) -> QuerySet[Ansvar]:
    """The responsibilities that `person` answers for on `pr`; those who only cooperate are left out. One query."""
    plasser = Medlemskap.objects.gir_tilgang(pr).filter(person=person)
    poster = Rolletildeling.objects.filter(person=person).aktive(pr).filter(koordinatorpost__isnull=False)
    svarer = (
        Q(plass__in=plasser.values("plass"))
        | Q(gruppe__in=plasser.values("plass__gruppe"))
        | Q(koordinatorpost__in=poster.values("koordinatorpost"))
        | _som_kontakt(person, pr)
        | _som_talsperson(person, pr)
    )
    return Ansvar.objects.exclude(slag=Ansvar.Slag.SAMARBEIDER).filter(svarer)


def tiltak_for_person(person: "Person", pr: dt.date) -> TiltakQuerySet:
    """The measures that `person` answers for on `pr`, over all Samarbeid. One query, whatever their number."""
    return Tiltak.objects.filter(pk__in=ansvar_for_person(person, pr).values("tiltak"))


def _som_kontakt(person: "Person | int", pr: dt.date) -> Q:
    """Contact of the unit or of one within it; with a function of the plan's, where it has one."""
    kontakter = Enhetskontakt.objects.filter(person=person).aktive(pr)
    mine = kontakter.filter(_i_enheten(OuterRef("enhet")))
    med_funksjon = mine.annotate(liten=Lower("funksjon")).filter(liten=Lower(OuterRef("funksjon")))
    return Q(enhet__isnull=False) & ((Q(funksjon="") & Q(Exists(mine))) | (~Q(funksjon="") & Q(Exists(med_funksjon))))


def _som_talsperson(person: "Person | int", pr: dt.date) -> Q:
    """Holder of a seat that speaks for the unit; with a function, when nobody in the unit has it."""
    over = OuterRef("enhet")
    plasser = Medlemskap.objects.gir_tilgang(pr).filter(person=person, plass__enhet=over)
    noen_har_den = (
        Enhetskontakt.objects.aktive(pr)
        .annotate(liten=Lower("funksjon"))
        .filter(_i_enheten(over), liten=Lower(OuterRef("funksjon")))
    )
    return Q(Exists(plasser)) & (Q(funksjon="") | ~Q(Exists(noen_har_den)))


def _i_enheten(over: OuterRef) -> Q:
    """Contacts of the unit, or of one within it, three levels down: service, unit, department."""
    return (
        Q(enhet=over)
        | Q(enhet__overordnet=over)
        | Q(enhet__overordnet__overordnet=over)
        | Q(enhet__overordnet__overordnet__overordnet=over)
    )
