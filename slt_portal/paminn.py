"""«Påminn nå»: one measure, meeting or group, told at once to those responsible."""

import datetime as dt
from collections.abc import Mapping

from moter.models import Mote
from organisering.models import Gruppe, Person
from organisering.rules import Tilgang
from organisering.services.paminnelser import Finn, paminn_na
from slt_portal.varsling import REGLER
from tiltak.models import Tiltak

FINN = {regel.regel: regel.finn for regel in REGLER}
REGLENE: dict[str, tuple[str, ...]] = {
    "tiltak": ("status",),
    "mote": ("mote_holdt", "mote"),
    "gruppe": ("motehyppighet",),
}


def kan_paminne(har: Tilgang, rad: Tiltak | Mote | Gruppe) -> bool:
    """The coordinator; and who leads a group, about the group, its meetings and what it answers for."""
    if isinstance(rad, Tiltak):
        leder = har.grupper_med_verv
        return har.er_koordinator or (bool(leder) and any(ansvar.gruppe_id in leder for ansvar in rad.ansvar.all()))
    return har.kan_lede(rad.gruppe if isinstance(rad, Mote) else rad)


def paminn(rad: Tiltak | Mote | Gruppe, *, av: Person, naa: dt.datetime) -> list[str]:
    """Who got it. Raises Regelbrudd when nobody did."""
    slag = str(rad._meta.model_name)
    regler: Mapping[str, Finn] = {regel: FINN[regel] for regel in REGLENE[slag]}
    navn = f"{slag}-{rad.pk}"
    if slag == "mote":
        return paminn_na(rad.samarbeid, regler, lambda p: p.objekt == navn, av=av, naa=naa)
    return paminn_na(rad.samarbeid, regler, lambda p: p.om == navn, av=av, naa=naa)
