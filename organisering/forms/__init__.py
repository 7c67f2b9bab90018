from organisering.forms.invitasjoner import Invitasjonsskjema, Velkomstskjema
from organisering.forms.personer import Megskjema

__all__ = ["Invitasjonsskjema", "Megskjema", "Velkomstskjema"]
