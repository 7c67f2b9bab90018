"""Writes the rows of several Samarbeid at a time, in the order that their relations demand, in batches of one size."""

import datetime as dt
from collections import Counter, defaultdict
from typing import TypeVar

from django.db import models

from moter.models import Deltakelse, Mote, Oppfolging, Sak, Vedtak
from organisering.models import (
    Enhet,
    Enhetsalias,
    Enhetskontakt,
    Fullmakt,
    Gruppe,
    Kilde,
    Kommune,
    KommuneISamarbeid,
    Koordinatorpost,
    Mandatpunkt,
    Medlemskap,
    Motekrav,
    Niva,
    Person,
    Plass,
    Postoppgave,
    Rolletildeling,
    Samarbeid,
    Verv,
)
from tiltak.models import (
    Ansvar,
    Delpunkt,
    Handlingsplan,
    Mal,
    Malgruppe,
    Plandel,
    Plangjennomgang,
    Planutgave,
    Statusmelding,
    Tiltak,
)

OM_GANGEN = 500

# What a row points to stands above it.
REKKEFOLGE: tuple[type[models.Model], ...] = (
    Kommune,
    Samarbeid,
    KommuneISamarbeid,
    Kilde,
    Niva,
    Person,
    Enhet,
    Enhetsalias,
    Enhetskontakt,
    Koordinatorpost,
    Postoppgave,
    Rolletildeling,
    Gruppe,
    Gruppe.nivaer.through,
    Mandatpunkt,
    Plass,
    Medlemskap,
    Verv,
    Motekrav,
    Fullmakt,
    Handlingsplan,
    Planutgave,
    Plandel,
    Plangjennomgang,
    Mal,
    Malgruppe,
    Tiltak,
    Tiltak.malgrupper.through,
    Delpunkt,
    Ansvar,
    Statusmelding,
    Mote,
    Sak,
    Deltakelse,
    Vedtak,
    Oppfolging,
)
PLASS_I_KO = {modell: nummer for nummer, modell in enumerate(REKKEFOLGE)}

_Rad = TypeVar("_Rad", bound=models.Model)


class Skriver:
    def __init__(self, naa: dt.datetime) -> None:
        self.naa = naa
        self.antall: Counter[str] = Counter()
        self.rader: dict[tuple[int, int], list[models.Model]] = defaultdict(list)

    def ta(self, rad: _Rad, trinn: int = 0) -> _Rad:
        """Keeps the row until the next `skriv`; one that points to a row of its own table has a later `trinn`."""
        self.rader[PLASS_I_KO[type(rad)], trinn].append(rad)
        return rad

    def skriv(self) -> None:
        """Writes all that is kept, and lets go of it."""
        for nokkel in sorted(self.rader):
            modell, rader = REKKEFOLGE[nokkel[0]], self.rader[nokkel]
            modell._default_manager.bulk_create(rader, batch_size=OM_GANGEN)
            self.antall[modell._meta.label] += len(rader)
            if modell is Person:
                self._uten_klokke(rader)
        self.rader.clear()

    def _uten_klokke(self, personer: list[models.Model]) -> None:
        """The column that fills itself reads the clock; the same seed shall give the same rows."""
        for start in range(0, len(personer), OM_GANGEN):
            bit = [person.pk for person in personer[start : start + OM_GANGEN]]
            Person.objects.filter(pk__in=bit).update(opprettet=self.naa)
