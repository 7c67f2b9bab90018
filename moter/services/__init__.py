from moter.services.moter import angre_holdt, avlys, flytt, for_oppmote, marker_holdt, registrer_holdt, sett_opp
from moter.services.saker import flytt_sak, meld_sak, sett_rekkefolge
from moter.services.vedtak import BelopAvvist, loft, opphev, vedta

__all__ = [
    "BelopAvvist",
    "angre_holdt",
    "avlys",
    "flytt",
    "flytt_sak",
    "for_oppmote",
    "loft",
    "marker_holdt",
    "meld_sak",
    "opphev",
    "registrer_holdt",
    "sett_opp",
    "sett_rekkefolge",
    "vedta",
]
