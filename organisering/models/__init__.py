from organisering.models.arbeidsgrupper import Foresporsel, Gruppeforslag
from organisering.models.arshjul import Arshjulpunkt, Avtale, Fridag
from organisering.models.enheter import Enhet, Enhetsalias, Enhetskontakt
from organisering.models.grupper import Gruppe, Mandatpunkt, Medlemskap, Plass, Verv, fest_nivaer
from organisering.models.personer import (
    KONTAKT,
    MEDLEM,
    VERV,
    Invitasjon,
    Koordinatorpost,
    Person,
    Postoppgave,
    Rolletildeling,
    Tilknytning,
    rens_epost,
)
from organisering.models.regler import Fullmakt, Motekrav
from organisering.models.samarbeid import Kilde, Kommune, KommuneISamarbeid, Niva, Samarbeid, TidligereSlug
from organisering.models.vegg import Seer, Vegget, VeggetPeriode

__all__ = [
    "KONTAKT",
    "MEDLEM",
    "VERV",
    "Arshjulpunkt",
    "Avtale",
    "Enhet",
    "Enhetsalias",
    "Enhetskontakt",
    "Foresporsel",
    "Fridag",
    "Fullmakt",
    "Gruppe",
    "Gruppeforslag",
    "Invitasjon",
    "Kilde",
    "Kommune",
    "KommuneISamarbeid",
    "Koordinatorpost",
    "Mandatpunkt",
    "Medlemskap",
    "Motekrav",
    "Niva",
    "Person",
    "Plass",
    "Postoppgave",
    "Rolletildeling",
    "Samarbeid",
    "Seer",
    "TidligereSlug",
    "Tilknytning",
    "Vegget",
    "VeggetPeriode",
    "Verv",
    "fest_nivaer",
    "rens_epost",
]
