from tiltak.models import Tilstand
from tiltak.rules.tilstand import tilstand

__all__ = ["Tilstand", "tilstand"]
