from varsling.services.brev import Brev, skriv
from varsling.services.kjoring import dagens, kjor
from varsling.services.ko import legg_i_ko, trekk
from varsling.services.levering import Leveranse, lever
from varsling.services.planlegging import Ord, Paminnelse, Plan, biter, planlegg
from varsling.services.samling import los_opp_gamle, samle, samle_nar_klart
from varsling.services.valg import hent_valg, velg

__all__ = [
    "Brev",
    "Leveranse",
    "Ord",
    "Paminnelse",
    "Plan",
    "biter",
    "dagens",
    "hent_valg",
    "kjor",
    "legg_i_ko",
    "lever",
    "los_opp_gamle",
    "planlegg",
    "samle",
    "samle_nar_klart",
    "skriv",
    "trekk",
    "velg",
]
