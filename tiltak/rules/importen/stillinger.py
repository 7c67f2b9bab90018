"""What words in Norwegian plans stand for, whatever the municipality: in which kind of unit a title works, and what a
unit of a kind is called when it is named by its kind alone."""

import re
from typing import Final

from organisering.models import Enhet

Slag = Enhet.Slag

# Titles of one who works in a unit of the kind; in one målform, as `sprak.ledd` writes them.
TITLER: Final[tuple[tuple[Enhet.Slag, re.Pattern[str]], ...]] = tuple(
    (slag, re.compile(monster))
    for slag, monster in (
        (Slag.BARNEHAGE, r"(?:barnehage)?styrer(?:ne|en|e)?|barnehageleder\w*|barnehagestyrer\w*"),
        (Slag.SKOLE, r"rektor(?:er|ene|en|ar|ane)?|skoleleder\w*|sosiallærer\w*|inspektør\w*|kontaktlærer\w*|"
                     r"miljølærer\w*"),
        (Slag.HELSE, r"(?:ledende )?(?:helsesykepleier|helsesøster)(?:e|en|ne|ene|ar|ane)?|avdelingsleder helsestasjon|"
                     r"jordmor|kommuneoverlege\w*|kommunelege\w*"),
        (Slag.BARNEVERN, r"barnevern(?:s)?leder\w*"),
        (Slag.NAV, r"nav leder\w*"),
        (Slag.POLITI, r"politikontakt\w*|lensmann\w*|politioverbetjent\w*|politiforebygger\w*|politistasjonssjef\w*"),
        (Slag.FRITID, r"ungdomsleder\w*|fritidsleder\w*|klubbleder\w*|fritidskonsulent\w*"),
        (Slag.PPT, r"ppt? ?leder\w*|pp rådgiver\w*"),
        (Slag.LEDELSE, r"kommunedirektør\w*|rådmann\w*|kommunalsjef\w*"),
        (Slag.POLITISK, r"(?:vara)?ordfører\w*"),
    )
)  # fmt: skip

# Words for one who answers for a unit that is named beside: «leder Parken», «NAV-leder», «rektor ved …».
FUNKSJONER: Final = frozenset(
    [
        *("leder", "lederen", "rektor", "styrer", "avdelingsleder", "enhetsleder", "virksomhetsleder", "fagleder"),
        *("inspektør", "rådgiver", "koordinator", "kontaktperson", "representant", "representanter", "ledelse"),
        *("ledelsen", "ansatte", "fagansvarlig"),
    ]
)

# A unit named by its kind: beginnings of words → kind, and the name a new unit of it gets from a title («rektor»).
SLAGORD: Final[tuple[tuple[str, Enhet.Slag], ...]] = (
    ("videregående", Slag.VIDEREGAENDE), ("vgs", Slag.VIDEREGAENDE), ("barnehage", Slag.BARNEHAGE),
    ("barnevern", Slag.BARNEVERN), ("barneskole", Slag.SKOLE), ("ungdomsskole", Slag.SKOLE), ("grunnskole", Slag.SKOLE),
    ("skole", Slag.SKOLE), ("sfo", Slag.SKOLE), ("helsestasjon", Slag.HELSE), ("helsesykepleier", Slag.HELSE),
    ("skolehelse", Slag.HELSE), ("legevakt", Slag.HELSE), ("psykisk helse", Slag.PSYKISK_HELSE),
    ("rus og psykisk", Slag.PSYKISK_HELSE), ("rus og psykiatri", Slag.PSYKISK_HELSE),
    ("ruskonsulent", Slag.PSYKISK_HELSE), ("psykisk", Slag.PSYKISK_HELSE), ("ppt", Slag.PPT),
    ("pp tjeneste", Slag.PPT), ("nav", Slag.NAV),
    ("politi", Slag.POLITI), ("lensmann", Slag.POLITI), ("fritidsklubb", Slag.FRITID), ("ungdomsklubb", Slag.FRITID),
    ("ungdomshus", Slag.FRITID), ("fritid", Slag.FRITID), ("kulturskole", Slag.FRITID), ("kultur", Slag.FRITID),
    ("utekontakt", Slag.OPPSOKENDE), ("feltarbeid", Slag.OPPSOKENDE), ("oppsøkende", Slag.OPPSOKENDE),
    ("miljøterapeut", Slag.SKOLE), ("ungdomsråd", Slag.UNGDOMSRAD), ("elevråd", Slag.UNGDOMSRAD),
    ("fau", Slag.FORELDRE), ("foreldre", Slag.FORELDRE), ("foresatte", Slag.FORELDRE), ("natteravn", Slag.FRIVILLIG),
    ("frivillig", Slag.FRIVILLIG),
    ("idrettslag", Slag.FRIVILLIG), ("lag og foreninger", Slag.FRIVILLIG), ("næringsliv", Slag.NAERINGSLIV),
    ("skjenkesteder", Slag.NAERINGSLIV), ("kirke", Slag.TROSSAMFUNN), ("trossamfunn", Slag.TROSSAMFUNN),
    ("kommunedirektør", Slag.LEDELSE), ("rådmann", Slag.LEDELSE), ("kommunalsjef", Slag.LEDELSE),
    ("kommunestyre", Slag.POLITISK), ("formannskap", Slag.POLITISK), ("folkevalgte", Slag.POLITISK),
    ("ordfører", Slag.POLITISK),
)  # fmt: skip
HALVE: Final = {"kultur", "fritid", "psykisk", "oppsøkende"}  # of a name, as in «kultur og fritid»
NAVN_PA_NY: Final = {
    Slag.SKOLE: "Skole", Slag.BARNEHAGE: "Barnehage", Slag.HELSE: "Helsestasjon", Slag.BARNEVERN: "Barnevernet",
    Slag.NAV: "NAV", Slag.POLITI: "Politiet", Slag.FRITID: "Fritid", Slag.PPT: "PPT", Slag.LEDELSE: "Kommunens ledelse",
    Slag.POLITISK: "Folkevalgte",
}  # fmt: skip


def tittelens_slag(ledd: tuple[str, ...]) -> Enhet.Slag | None:
    """In which kind of unit one with this title works; None when the words are no known title."""
    tekst = " ".join(ledd)
    return next((slag for slag, monster in TITLER if monster.fullmatch(tekst)), None)


def ordenes_slag(ledd: tuple[str, ...]) -> Enhet.Slag:
    """The kind of unit that the words speak of; «annet» when they do not say."""
    tekst = f" {' '.join(ledd)}"
    return next((slag for ord, slag in SLAGORD if f" {ord}" in tekst), tittelens_slag(ledd) or Slag.ANNET)
