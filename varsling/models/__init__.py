from varsling.models.epost import Epost, Kjoring, Svarlenke, Varsel, Varselvalg

__all__ = ["Epost", "Kjoring", "Svarlenke", "Varsel", "Varselvalg"]
