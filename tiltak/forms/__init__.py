from tiltak.forms.filter import Tiltaksfilter, uavklart_q
from tiltak.forms.status import Statusskjema

__all__ = ["Statusskjema", "Tiltaksfilter", "uavklart_q"]
