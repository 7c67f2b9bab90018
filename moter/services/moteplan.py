"""A year's meetings set up at once."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from felles.unntak import Regelbrudd
from moter.models import Mote
from moter.rules.moteplan import Planlagt
from moter.services.moter import sett_opp


class PlanAvvist(Regelbrudd):
    """A meeting of the plan cannot be set up. `rad` says which; none of the others is either."""

    def __init__(self, rad: int, brudd: Regelbrudd) -> None:
        super().__init__(brudd.setning, felt=brudd.felt)
        self.rad = rad


@transaction.atomic
def sett_opp_plan(moter: Sequence[Planlagt], *, naa: dt.datetime) -> list[Mote]:
    """Sets up all of them or none. Nothing is sent. Raises PlanAvvist for the first that cannot be set up.

    The groups are locked in the same order by everyone, so that two plans at once never wait for each other.
    """
    satt_opp = []
    for en in sorted(moter, key=lambda mote: (mote.gruppe.pk, mote.start)):
        try:
            satt_opp.append(sett_opp(en.gruppe, start=en.start, slutt=en.slutt, sted=en.sted, naa=naa))
        except Regelbrudd as brudd:
            raise PlanAvvist(en.rad, brudd) from brudd
    return satt_opp
