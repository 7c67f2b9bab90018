from organisering.forms.arshjul import Avtaleskjema, Fridagskjema, Punktskjema
from organisering.forms.invitasjoner import Invitasjonsskjema, Velkomstskjema
from organisering.forms.personer import Megskjema

__all__ = [
    "Avtaleskjema",
    "Fridagskjema",
    "Invitasjonsskjema",
    "Megskjema",
    "Punktskjema",
    "Velkomstskjema",
]
