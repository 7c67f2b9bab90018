from moter.models.innkalling import Innkalling, Kalenderabonnement
from moter.models.moter import Deltakelse, GruppeRader, Mote, Oppfolging, Sak
from moter.models.vedlegg import Vedlegg
from moter.models.vedtak import Vedtak

__all__ = [
    "Deltakelse",
    "GruppeRader",
    "Innkalling",
    "Kalenderabonnement",
    "Mote",
    "Oppfolging",
    "Sak",
    "Vedlegg",
    "Vedtak",
]
