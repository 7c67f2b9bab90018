from tiltak.forms.ansvar import Ansvarsskjema, Partvalg
from tiltak.forms.filter import Tiltaksfilter
from tiltak.forms.flere import flerskjema
from tiltak.forms.importen import Importskjema, les_svar, nye_enheter, partliste
from tiltak.forms.planer import Gjennomgangsskjema, Planskjema
from tiltak.forms.regneark import Regnearkskjema, les_bekreftelse, pakk
from tiltak.forms.status import Statusskjema, Utdyping
from tiltak.forms.tiltak import Avslutningsskjema, Delpunkter, Delpunktsett, Tiltaksskjema
from tiltak.forms.visning import Visningsskjema

__all__ = [
    "Ansvarsskjema",
    "Avslutningsskjema",
    "Delpunkter",
    "Delpunktsett",
    "Gjennomgangsskjema",
    "Importskjema",
    "Partvalg",
    "Planskjema",
    "Regnearkskjema",
    "Statusskjema",
    "Tiltaksfilter",
    "Tiltaksskjema",
    "Utdyping",
    "Visningsskjema",
    "flerskjema",
    "les_bekreftelse",
    "les_svar",
    "nye_enheter",
    "pakk",
    "partliste",
]
