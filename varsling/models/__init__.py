from varsling.models.epost import Epost, Kjoring, Svarlenke, Varsel, Varselvalg
from varsling.models.pause import Framsyn, Pause
from varsling.models.vedlegg import Epostvedlegg, Vedleggsfil

__all__ = [
    "Epost",
    "Epostvedlegg",
    "Framsyn",
    "Kjoring",
    "Pause",
    "Svarlenke",
    "Varsel",
    "Varselvalg",
    "Vedleggsfil",
]
