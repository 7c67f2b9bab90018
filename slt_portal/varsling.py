"""Every kind of reminder: the job that plans it, what finds it, and what people call it. The order is the jobs'."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from moter.services import motevarsling
from moter.services import varsling as motehyppighet
from organisering.services import arshjulvarsling
from organisering.services.paminnelser import Finn
from tiltak.services import tiltaksvarsling
from tiltak.services import varsling as revisjon
from varsling.services import Plan


@dataclass(frozen=True)
class Regel:
    """One kind of reminder. `regel` is its fixed word."""

    regel: str
    jobb: str
    planlegg: Callable[[dt.datetime], Plan]
    finn: Finn
    tittel: str | Promise
    setning: str | Promise
    bare_koordinator: bool = False


REGLER = (
    Regel(
        motehyppighet.MOTEHYPPIGHET,
        "moter.tasks.varsle_motehyppighet",
        motehyppighet.varsle_motehyppighet,
        motehyppighet.finn_motehyppighet,
        _("Møter som mangler"),
        _("Når ei gruppe har for få møter etter sin egen regel. Til lederen, den som kaller inn, og koordinatoren."),
    ),
    Regel(
        revisjon.REVISJON,
        "tiltak.tasks.varsle_revisjon",
        revisjon.varsle_revisjon,
        revisjon.finn_revisjon,
        _("Planen som skal revideres"),
        _("I månedene før fristen, og så hver måned til planen er revidert. Til lederen og koordinatoren."),
    ),
    Regel(
        tiltaksvarsling.FRIST,
        "tiltak.tasks.varsle_frist",
        tiltaksvarsling.varsle_frist,
        tiltaksvarsling.finn_frist,
        _("Frister på tiltak"),
        _("30, 7 og 1 dag før fristen, og så hver fjortende dag. Til de som har ansvaret."),
    ),
    Regel(
        tiltaksvarsling.STATUS,
        "tiltak.tasks.varsle_status",
        tiltaksvarsling.varsle_status,
        tiltaksvarsling.finn_status,
        _("Hvordan det går med tiltakene"),
        _("Et spørsmål når det er lenge siden noen meldte. Til de som har ansvaret."),
    ),
    Regel(
        tiltaksvarsling.MANGLER,
        "tiltak.tasks.varsle_mangler",
        tiltaksvarsling.varsle_mangler,
        tiltaksvarsling.finn_mangler,
        _("Det som ikke er på plass"),
        _("Ledige plasser, uavklart ansvar og utløpte fullmakter, samlet én gang i måneden. Til koordinatoren."),
        bare_koordinator=True,
    ),
    Regel(
        motevarsling.MOTE_HOLDT,
        "moter.tasks.varsle_mote_holdt",
        motevarsling.varsle_mote_holdt,
        motevarsling.finn_mote_holdt,
        _("Ble møtet holdt?"),
        _("Dagen etter et møte, og så hver uke til noen svarer. Til sekretæren og koordinatoren."),
    ),
    Regel(
        motevarsling.MOTE,
        "moter.tasks.varsle_mote",
        motevarsling.varsle_mote,
        motevarsling.finn_mote,
        _("Møter som kommer"),
        _("7 dager og 1 dag før møtet. Til medlemmene."),
    ),
    Regel(
        motevarsling.OPPFOLGING,
        "moter.tasks.varsle_oppfolging",
        motevarsling.varsle_oppfolging,
        motevarsling.finn_oppfolging,
        _("Oppgaver fra møtene"),
        _("7 dager og 1 dag før fristen, og så hver fjortende dag. Til den som har oppgaven."),
    ),
    Regel(
        arshjulvarsling.FAST,
        "organisering.tasks.varsle_faste",
        arshjulvarsling.varsle_faste,
        arshjulvarsling.finn_faste,
        _("Faste oppgaver"),
        _("30 og 7 dager før datoen. Til den som gjør oppgaven."),
    ),
    Regel(
        arshjulvarsling.AVTALE,
        "organisering.tasks.varsle_avtaler",
        arshjulvarsling.varsle_avtaler,
        arshjulvarsling.finn_avtaler,
        _("Avtaler som skal fornyes"),
        _("30 og 7 dager før avtalen skal fornyes. Til den som fornyer den."),
    ),
)

PLANER: dict[str, Callable[[dt.datetime], Plan]] = {regel.jobb: regel.planlegg for regel in REGLER}
