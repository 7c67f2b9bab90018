from moter.models.moter import Deltakelse, GruppeRader, Mote, Oppfolging, Sak
from moter.models.vedtak import Vedtak

__all__ = ["Deltakelse", "GruppeRader", "Mote", "Oppfolging", "Sak", "Vedtak"]
