from organisering.services.enheter import opprett_enhet
from organisering.services.invitasjoner import finn_invitasjon, godta, inviter, opprett_og_godta, trekk_invitasjon
from organisering.services.medlemskap import (
    avslutt_medlemskap,
    bytt_person,
    ikke_overlapp,
    lagre_medlemskap,
    sett_inn,
)
from organisering.services.personer import opprett_person, sett_epost
from organisering.services.redigering import avlos, lagre_enhet, slett

__all__ = [
    "avlos",
    "avslutt_medlemskap",
    "bytt_person",
    "finn_invitasjon",
    "godta",
    "ikke_overlapp",
    "inviter",
    "lagre_enhet",
    "lagre_medlemskap",
    "opprett_enhet",
    "opprett_og_godta",
    "opprett_person",
    "sett_epost",
    "sett_inn",
    "slett",
    "trekk_invitasjon",
]
