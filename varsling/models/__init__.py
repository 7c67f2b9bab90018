from varsling.models.epost import Epost, Kjoring, Svarlenke, Varsel, Varselvalg
from varsling.models.pause import Framsyn, Pause

__all__ = ["Epost", "Framsyn", "Kjoring", "Pause", "Svarlenke", "Varsel", "Varselvalg"]
