from tiltak.forms.ansvar import Ansvarsskjema, Partvalg
from tiltak.forms.filter import Tiltaksfilter, uavklart_q
from tiltak.forms.status import Statusskjema

__all__ = ["Ansvarsskjema", "Partvalg", "Statusskjema", "Tiltaksfilter", "uavklart_q"]
