"""The papers of cases: who may open one, who may add one, and whether one has been sent out.

Source: the table of access in docs/arkitektur.md. Who sees the case, sees its papers; who is inhabil in any case that
a file lies with, does not open it from any of them.
"""

import datetime as dt

from django.db.models import F, QuerySet

from felles.forberedt import forberedt
from moter.models import Deltakelse, Sak, Vedlegg
from moter.rules.henting import saken
from organisering.models import Person, Samarbeid, Seer
from organisering.rules import Tilgang


def papiret(samarbeid: Samarbeid, person: Person, pk: int, pr: dt.date) -> Vedlegg | None:
    """The paper, if `person` may open it on `pr`, with its case. None is 404: who may not open it, hears nothing."""
    seer = Seer.av(person, pr)
    rad: Vedlegg | None = Vedlegg.objects.filter(samarbeid=samarbeid, pk=pk).synlig_for(seer, pr).first()
    if rad is None:
        return None
    saker = saken(samarbeid, seer, rad.sak_id)
    if not saker or saker[0].skjult or er_inhabil(person, rad):
        return None
    rad.sak, rad.samarbeid = saker[0], samarbeid
    return rad


def er_inhabil(person: Person, vedlegg: Vedlegg) -> bool:
    """Whether `person` is inhabil in any of the cases that the file lies with."""
    return Deltakelse.objects.filter(person=person, inhabil_i__vedlegg__fil=vedlegg.fil.name).exists()


def kan_legge_ved(sak: Sak, person: Person, har: Tilgang) -> bool:
    """Add papers: those who lead the group, and the one who reported the case while it waits in the queue."""
    if sak.trukket is not None or sak.utsatt_til.exists():
        return False
    return har.kan_lede(sak.gruppe) or (sak.mote_id is None and sak.meldt_av_id == person.pk)


def er_sendt_ut(sak: Sak) -> bool:
    """Whether people have been called to a meeting about the case, or have held it: then its papers stay."""
    mote = sak.mote
    return mote is not None and (mote.innkalt is not None or mote.holdt is not None)


@forberedt
def sakens_papirer(sak: Sak) -> QuerySet[Vedlegg]:
    rader: QuerySet[Vedlegg] = Vedlegg.objects.filter(sak=sak).annotate(av=F("lagt_inn_av__navn"))
    return rader.order_by("opprettet", "pk")
