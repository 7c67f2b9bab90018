from varsling.services.adresser import avvis, avviste_blant, opphev_avvisning
from varsling.services.avmelding import Avmelding, avmeldingslenke, les_avmelding, registrer_slag, slagord
from varsling.services.brev import Brev, skriv
from varsling.services.kjoring import dagens, kjor
from varsling.services.ko import legg_i_ko, trekk
from varsling.services.levering import Leveranse, lever
from varsling.services.pauser import avslutt_pause, sett_pause
from varsling.services.planlegging import Ord, Paminnelse, Plan, biter, hent_pauser, ny_varsel, planlegg
from varsling.services.samlebrev import les_avsnitt
from varsling.services.samling import los_opp_gamle, samle, samle_nar_klart
from varsling.services.straks import send_straks
from varsling.services.svarlenker import (
    SE,
    Svarknapp,
    adresse,
    finn_svarlenke,
    gyldig_til,
    registrer_sporsmal,
    svarknapper,
    svarlenke,
    token,
    utloper,
)
from varsling.services.valg import hent_valg, velg

__all__ = [
    "Avmelding",
    "Brev",
    "Leveranse",
    "Ord",
    "Paminnelse",
    "Plan",
    "SE",
    "Svarknapp",
    "adresse",
    "avmeldingslenke",
    "avslutt_pause",
    "avvis",
    "avviste_blant",
    "biter",
    "dagens",
    "finn_svarlenke",
    "opphev_avvisning",
    "gyldig_til",
    "hent_pauser",
    "hent_valg",
    "kjor",
    "legg_i_ko",
    "les_avmelding",
    "les_avsnitt",
    "lever",
    "los_opp_gamle",
    "ny_varsel",
    "planlegg",
    "registrer_slag",
    "registrer_sporsmal",
    "samle",
    "samle_nar_klart",
    "send_straks",
    "sett_pause",
    "skriv",
    "slagord",
    "svarknapper",
    "svarlenke",
    "token",
    "trekk",
    "utloper",
    "velg",
]
