"""Who is asked to a meeting, and how the answers stand."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import liste_i_ord, stor_forbokstav, tallord
from moter.models import Deltakelse, Mote
from organisering.models import Medlemskap, Person, Plass


def plassen(person: Person, mote: Mote, pr: dt.date) -> Plass | None:
    """The seat that `person` comes to the meeting for, held on `pr`. A group without seats has its type's."""
    grupper = {mote.gruppe_id, mote.gruppe.regelbarer_id}
    egne = Medlemskap.objects.gir_tilgang(pr).filter(person=person, plass__gruppe__in=grupper)
    sete = egne.select_related("plass").order_by("plass__rekkefolge", "pk").first()
    return sete.plass if sete else None


def er_gjest(person: Person, mote: Mote) -> bool:
    """Whether `person` is invited to this one meeting without a seat."""
    return Deltakelse.objects.filter(mote=mote, person=person, plass__isnull=True).exists()


def svarsetning(deltakelser: Iterable[Deltakelse]) -> str:
    """«Fire kommer. Forfall: Kari Nordmann og Ola Hansen.»; empty before anybody has answered."""
    svarte = [rad for rad in deltakelser if rad.svar]
    kommer = sum(rad.svar == Deltakelse.Svar.KOMMER for rad in svarte)
    forfall = [str(rad) for rad in svarte if rad.svar == Deltakelse.Svar.KAN_IKKE]
    setninger = []
    if kommer:
        setninger.append(ngettext("%(n)s kommer.", "%(n)s kommer.", kommer) % {"n": stor_forbokstav(tallord(kommer))})
    if forfall:
        setninger.append(_("Forfall: %(hvem)s.") % {"hvem": liste_i_ord(forfall)})
    return " ".join(setninger)
