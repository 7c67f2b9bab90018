from varsling.models.epost import AvvistAdresse, Epost, Kjoring, Svarlenke, Varsel, Varselvalg
from varsling.models.pause import Framsyn, Pause, med_pause
from varsling.models.vedlegg import Epostvedlegg, Vedleggsfil

__all__ = [
    "AvvistAdresse",
    "Epost",
    "Epostvedlegg",
    "Framsyn",
    "Kjoring",
    "Pause",
    "Svarlenke",
    "Varsel",
    "Varselvalg",
    "med_pause",
    "Vedleggsfil",
]
