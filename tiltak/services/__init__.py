from tiltak.services.ansvar import avklar
from tiltak.services.flere import endre_flere
from tiltak.services.importen import importer, lagre_valg, legg_inn, rydd_importkladder, ta_imot
from tiltak.services.planer import gjennomga
from tiltak.services.regneark import endre_fra_regneark
from tiltak.services.status import angre_status, meld_status, utdyp_status
from tiltak.services.tiltak import avslutt, gjenoppta, ta_inn, ta_tilbake
from tiltak.services.visninger import lagre_visning

__all__ = [
    "angre_status",
    "avklar",
    "avslutt",
    "endre_flere",
    "endre_fra_regneark",
    "gjennomga",
    "gjenoppta",
    "importer",
    "lagre_valg",
    "lagre_visning",
    "legg_inn",
    "meld_status",
    "rydd_importkladder",
    "ta_imot",
    "ta_inn",
    "ta_tilbake",
    "utdyp_status",
]
