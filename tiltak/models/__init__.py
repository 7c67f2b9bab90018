from tiltak.models.importkladd import Importkladd
from tiltak.models.planer import Handlingsplan, Mal, Malgruppe, Plandel, Plangjennomgang, Planutgave
from tiltak.models.tilstand import REKKEFOLGE, Tilstand
from tiltak.models.tiltak import Ansvar, Delpunkt, Statusmelding, Tiltak
from tiltak.models.visning import Visning

__all__ = [
    "REKKEFOLGE",
    "Ansvar",
    "Delpunkt",
    "Handlingsplan",
    "Importkladd",
    "Mal",
    "Malgruppe",
    "Plandel",
    "Plangjennomgang",
    "Planutgave",
    "Statusmelding",
    "Tilstand",
    "Tiltak",
    "Visning",
]
