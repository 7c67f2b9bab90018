"""What counts towards a group's requirements, what does not, and why: the account behind the strip. Pure.

Source: «Møter ofte nok» in docs/arkitektur.md. It asks the same facts as the strip, so the two cannot disagree.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from felles.norsk import dato, spenn
from felles.tid import oslo_dato
from moter.models import Mote
from moter.rules.motehyppighet import Motetilstand, Periodestatus, vurderes_fra
from moter.rules.ord import tellingsord, tilstandsord
from moter.rules.stripe import Stripe
from organisering.models import Motekrav, Samarbeid
from organisering.rules.ord import stor_forbokstav


@dataclass(frozen=True)
class Motepost:
    """One meeting in a period, and what it is worth there."""

    mote: Mote
    tilstand: str
    hvorfor: str


@dataclass(frozen=True)
class Periodepost:
    """One period of a requirement: when, how it stands, why, and its meetings."""

    tid: str
    tilstand: Motetilstand
    ord: str
    hvorfor: str
    moter: list[Motepost]


@dataclass(frozen=True)
class Kravpost:
    """One requirement through the year. `merknad` says what there is to say when it cannot be counted."""

    krav: Motekrav
    merknad: str
    perioder: list[Periodepost]


def regnskap(stripe: Stripe, samarbeid: Samarbeid, naa: dt.datetime) -> list[Kravpost]:
    """The account of the strip's year, requirement by requirement, period by period."""
    return [
        Kravpost(
            krav,
            _("Regelen har ingen tall. Den kan verken oppfylles eller brytes.")
            if krav.slag == Motekrav.Slag.ORD
            else "",
            [_periode(status, stripe, samarbeid, naa) for status in stripe.statuser if status.krav is krav],
        )
        for krav in stripe.krav
    ]


def _periode(status: Periodestatus, stripe: Stripe, samarbeid: Samarbeid, naa: dt.datetime) -> Periodepost:
    moter = [mote for mote in stripe.moter if status.fra <= mote.dato <= status.til]
    return Periodepost(
        spenn(status.fra, status.til),
        status.tilstand,
        stor_forbokstav(tilstandsord(status)),
        _hvorfor(status, stripe, samarbeid, oslo_dato(naa)),
        [Motepost(mote, mote.tilstand(naa), moteord(mote, naa)) for mote in moter],
    )


def moteord(mote: Mote, naa: dt.datetime) -> str:
    """What a meeting is worth, and why."""
    return {
        "holdt": _("Teller. Det er holdt."),
        "avlyst": _("Teller ikke. Det er avlyst."),
        "planlagt": _("Teller som planlagt til det er holdt."),
    }.get(mote.tilstand(naa), _("Teller som planlagt til noen sier om det ble holdt."))


def _hvorfor(status: Periodestatus, stripe: Stripe, samarbeid: Samarbeid, pr: dt.date) -> str:
    telling = f"{stor_forbokstav(tellingsord(status))}."
    if status.tilstand == Motetilstand.IKKE_VURDERT:
        return f"{telling} {_uvurdert(status, stripe, samarbeid)}"
    if status.tilstand == Motetilstand.BRUDD and status.til >= pr:
        return _("%(telling)s Det er for få ukedager igjen til det som mangler.") % {"telling": telling}
    if status.krav.omtrent and status.tilstand == Motetilstand.MANGLER:
        return _("%(telling)s «Ca.» gir aldri brudd.") % {"telling": telling}
    if status.krav.hoyst and status.holdt > status.krav.hoyst:
        return _("%(telling)s Flere enn %(hoyst)d er aldri feil.") % {"telling": telling, "hoyst": status.krav.hoyst}
    return telling


def _uvurdert(status: Periodestatus, stripe: Stripe, samarbeid: Samarbeid) -> str:
    """Why a period is not judged."""
    fra = vurderes_fra(status.krav, stripe.gruppe, samarbeid)
    if fra is None:
        return _("Ikke vurdert: oppfølgingen er ikke startet.")
    if status.fra < fra:
        return _("Ikke vurdert: perioden begynte før %(dag)s, da vurderingen begynner.") % {"dag": dato(fra)}
    return _("Ikke vurdert: regelen eller gruppa varer ikke perioden ut.")
