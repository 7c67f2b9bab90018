"""All kinds of questions, by name. A new one is added here, and its planner says `formal` and `objekt_id`."""

from typing import Any, Final

from slt_portal.svar.foresporsel import Foresporselssvar
from slt_portal.svar.formal import Formal
from slt_portal.svar.mote import Motesvar
from slt_portal.svar.oppgave import Moteholdt, Oppgave
from slt_portal.svar.se import Se
from slt_portal.svar.status import Status
from slt_portal.varsling import REGLER
from varsling.services import registrer_slag, registrer_sporsmal

SLAG: Final[tuple[Formal[Any], ...]] = (
    Status(), Motesvar(), Oppgave(), Moteholdt(), Foresporselssvar(), Se(),
)  # fmt: skip
FORMAL: Final[dict[str, Formal[Any]]] = {formal.navn: formal for formal in SLAG}


def registrer() -> None:
    """Tells varsling what mails may offer as answers, and what the rules are called."""
    for formal in FORMAL.values():
        registrer_sporsmal(formal.navn, formal.svar)
    registrer_slag({regel.regel: regel.tittel for regel in REGLER})
