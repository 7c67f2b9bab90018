"""The whole set, Samarbeid by Samarbeid, in one transaction: a run that is stopped leaves nothing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from django.db import transaction

from organisering.models import Kommune, KommuneISamarbeid, Person, Samarbeid
from slt_portal.eksempel.laster import les
from slt_portal.landsdata.bygg import DOMENE, Bygg, ordliste
from slt_portal.landsdata.grupper import bygg as bygg_grupper
from slt_portal.landsdata.moter import bygg as bygg_moter
from slt_portal.landsdata.organisasjon import bygg as bygg_organisasjon
from slt_portal.landsdata.planer import bygg as bygg_planer
from slt_portal.landsdata.skriver import Skriver

OM_GANGEN = 10  # Samarbeid held in memory at once
BOKSTAVER = str.maketrans("æøåÆØÅ ", "aoaaoa-")
REGIONALT = 12  # every twelfth Samarbeid is shared with the municipality before it
STORRELSER = (0.55, 0.75, 0.9, 1.0, 1.0, 1.1, 1.3, 1.6)


@dataclass(frozen=True)
class Landsdata:
    """What to make: how many Samarbeid, years of history, seed, and the moment all is told from."""

    samarbeid: int
    ar: int
    fro: int
    naa: dt.datetime


def er_landsdata() -> bool:
    """Whether the database holds a national set already."""
    return Samarbeid.objects.filter(funksjonspostkasse__endswith=f".{DOMENE}").exists()


def fremmede_data() -> bool:
    """Whether the database holds anything that is neither the set nor the examples: it may be real."""
    fremmede = Samarbeid.objects.exclude(slug__in=list(les("samarbeid")))
    personer = Person.objects.filter(epost__isnull=False)
    return (
        fremmede.exclude(funksjonspostkasse__endswith=f".{DOMENE}").exists()
        or personer.exclude(epost__endswith=".example").exists()
    )


@transaction.atomic
def lag(onske: Landsdata, vis: Callable[[int], None]) -> dict[str, int]:
    """Makes the set and answers how many rows of each table. `vis` is told how many Samarbeid are done."""
    skriver = Skriver(onske.naa)
    forrige: Bygg | None = None
    for nr in range(onske.samarbeid):
        forrige = _bygg(onske, nr, skriver, forrige)
        if (nr + 1) % OM_GANGEN == 0:
            skriver.skriv()
        vis(nr + 1)
    skriver.skriv()
    return dict(skriver.antall)


def _bygg(onske: Landsdata, nr: int, skriver: Skriver, forrige: Bygg | None) -> Bygg:
    rng = Random(f"{onske.fro}:{nr}")
    navn = stedsnavn(onske.fro, nr)
    slug = navn.lower().translate(BOKSTAVER)
    bygg = Bygg(nr, rng, onske.naa, onske.ar, skriver, Samarbeid(navn=navn, slug=slug), rng.choice(STORRELSER))
    bygg_organisasjon(bygg)
    _kommuner(bygg, forrige)
    gjest = forrige.personer[0] if forrige and nr % 5 == 0 else None
    bygg_grupper(bygg, gjest)
    bygg_planer(bygg)
    bygg_moter(bygg)
    return bygg


def _kommuner(bygg: Bygg, forrige: Bygg | None) -> None:
    """Its own municipality, and every twelfth time the one before it too, which then takes part in two."""
    kommuner = [bygg.skriver.ta(Kommune(navn=bygg.samarbeid.navn))]
    bygg.kommune = kommuner[0]
    if forrige and bygg.nr % REGIONALT == REGIONALT - 1 and forrige.kommune is not None:
        kommuner.append(forrige.kommune)
    for kommune in kommuner:
        bygg.skriver.ta(KommuneISamarbeid(samarbeid=bygg.samarbeid, kommune=kommune, fra=bygg.begynte))


def stedsnavn(fro: int, nr: int) -> str:
    """An invented place, another for each number."""
    ord_ = ordliste()["navn"]
    forledd, etterledd = list(ord_["forled"]), list(ord_["etterled"])
    stokk = Random(f"stedsnavn:{fro}")
    stokk.shuffle(forledd)
    stokk.shuffle(etterledd)
    runde, plass = divmod(nr, len(forledd) * len(etterledd))
    rad, kolonne = divmod(plass, len(forledd))
    himmelretning = ord_["himmelretning"]
    navn = forledd[kolonne] + etterledd[(rad + kolonne) % len(etterledd)]
    tall = f" {runde // len(himmelretning) + 1}" if runde >= len(himmelretning) else ""
    return f"{himmelretning[runde % len(himmelretning)]}{navn}{tall}"
