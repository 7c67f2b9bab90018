from tiltak.models.planer import Handlingsplan, Mal, Malgruppe, Plandel, Plangjennomgang, Planutgave
from tiltak.models.tiltak import Ansvar, Delpunkt, Statusmelding, Tiltak

__all__ = [
    "Ansvar",
    "Delpunkt",
    "Handlingsplan",
    "Mal",
    "Malgruppe",
    "Plandel",
    "Plangjennomgang",
    "Planutgave",
    "Statusmelding",
    "Tiltak",
]
