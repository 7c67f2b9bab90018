from moter.services.behandling import (
    angre_fullfor,
    behandle,
    behandle_og_loft,
    fullfor,
    gi_oppfolging,
    skriv_notat,
    skriv_referat,
)
from moter.services.innkalling import Sending, innkall_nye, meld_av, send_innkalling
from moter.services.moteplan import PlanAvvist, sett_opp_plan
from moter.services.moter import angre_holdt, avlys, flytt, for_oppmote, marker_holdt, registrer_holdt, sett_opp
from moter.services.saker import endre_sak, flytt_sak, flytt_trinn, meld_sak, sett_rekkefolge, trekk_sak
from moter.services.svar import Motesvar, for_svar, inviter_gjest, svar_pa_mote, ta_tilbake_svar
from moter.services.vedtak import BelopAvvist, loft, opphev, vedta

__all__ = [
    "BelopAvvist",
    "PlanAvvist",
    "angre_fullfor",
    "Motesvar",
    "Sending",
    "for_svar",
    "innkall_nye",
    "inviter_gjest",
    "meld_av",
    "send_innkalling",
    "svar_pa_mote",
    "angre_holdt",
    "avlys",
    "behandle",
    "behandle_og_loft",
    "endre_sak",
    "flytt",
    "flytt_sak",
    "flytt_trinn",
    "for_oppmote",
    "fullfor",
    "gi_oppfolging",
    "loft",
    "marker_holdt",
    "meld_sak",
    "opphev",
    "registrer_holdt",
    "sett_opp",
    "sett_opp_plan",
    "sett_rekkefolge",
    "skriv_notat",
    "skriv_referat",
    "svar_pa_mote",
    "ta_tilbake_svar",
    "trekk_sak",
    "vedta",
]
