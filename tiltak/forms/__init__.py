from tiltak.forms.ansvar import Ansvarsskjema, Partvalg
from tiltak.forms.filter import Tiltaksfilter
from tiltak.forms.planer import Gjennomgangsskjema, Planskjema
from tiltak.forms.status import Statusskjema, Utdyping
from tiltak.forms.tiltak import Avslutningsskjema, Delpunkter, Delpunktsett, Tiltaksskjema

__all__ = [
    "Ansvarsskjema",
    "Avslutningsskjema",
    "Delpunkter",
    "Delpunktsett",
    "Gjennomgangsskjema",
    "Partvalg",
    "Planskjema",
    "Statusskjema",
    "Tiltaksfilter",
    "Tiltaksskjema",
    "Utdyping",
]
