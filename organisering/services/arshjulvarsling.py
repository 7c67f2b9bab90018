"""Reminders about standing duties and agreements: asks the rules, and writes what people must hear of."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from felles.tid import oslo_dato
from organisering.models import Arshjulpunkt, Avtale
from organisering.rules import arshjulvarsler as regler
from organisering.rules.arshjul import forrige_frist, neste_frist
from organisering.rules.mottakere import Mottaker
from organisering.rules.ord import fristsetning
from organisering.services.paminnelser import Runde, gjennomga
from varsling.services import Ord, Paminnelse, Plan

FAST, AVTALE = "fast_oppgave", "avtale"


def varsle_faste(naa: dt.datetime) -> Plan:
    """Tells whoever does a standing duty that its date comes nearer."""
    return gjennomga(FAST, naa, finn_faste)


def varsle_avtaler(naa: dt.datetime) -> Plan:
    """Tells whoever renews an agreement that it is time, until it is renewed."""
    return gjennomga(AVTALE, naa, finn_avtaler)


def finn_faste(runde: Runde) -> Iterator[Paminnelse]:
    endringer = Arshjulpunkt.history.filter(id=OuterRef("pk")).order_by("-history_date").values("history_date")
    punkter = _rader(runde, Arshjulpunkt).exclude(nar=Arshjulpunkt.Nar.HVERT_MOTE)
    for punkt in punkter.annotate(endret=Subquery(endringer[:1])):
        for frist in _fristene(runde, punkt):
            slutt = regler.siste_dag(frist, runde.stille(punkt.samarbeid_id))
            yield from _til_hver(runde, punkt, frist, partial(_fastord, punkt, frist), slutt=slutt)


def _fristene(runde: Runde, punkt: Any) -> list[dt.date]:
    """The next one, and before it the one just passed, for what an outage held back.

    A duty that somebody wrote or changed after its date, or before the follow-up began, was not held back.
    """
    forrige = None if runde.na else forrige_frist(punkt, runde.pr)
    fra = max(filter(None, (runde.fra(punkt.samarbeid_id), punkt.endret and oslo_dato(punkt.endret))))
    if forrige is not None and forrige < fra:
        forrige = None
    return [frist for frist in (forrige, neste_frist(punkt, runde.pr)) if frist is not None]


def finn_avtaler(runde: Runde) -> Iterator[Paminnelse]:
    for avtale in _rader(runde, Avtale):
        frist = avtale.fornyes_innen
        if frist is not None:
            yield from _til_hver(runde, avtale, frist, partial(_avtaleord, avtale, frist))


def _rader(runde: Runde, modell: Any) -> Any:
    rader = modell.objects.filter(samarbeid__in=runde.samarbeid).aktive(runde.pr)
    return rader.select_related("gruppe", "kilde").order_by("pk")


def _til_hver(
    runde: Runde,
    rad: Arshjulpunkt | Avtale,
    frist: dt.date,
    ord_: Callable[[dt.date], Ord],
    *,
    slutt: dt.date | None = None,
) -> Iterator[Paminnelse]:
    lenke = reverse("organisering:faste", args=[runde.samarbeid[rad.samarbeid_id].slug])
    for dag, stand in runde.stander(regler.fasttrinn(frist), rad.samarbeid_id, slutt=slutt):
        yield from runde.til_hver(
            rad.samarbeid_id,
            _hvem(runde, rad),
            stand,
            partial(ord_, dag),
            objekt=f"{rad._meta.model_name}-{rad.pk}",
            om=f"gruppe-{rad.gruppe_id}" if rad.gruppe_id else "",
            dag=dag,
            runde=frist.isoformat(),
            forfall=frist,
            lenke=lenke,
        )


def _hvem(runde: Runde, rad: Arshjulpunkt | Avtale) -> list[Mottaker]:
    """As the row says; where it says nobody, or only words, the group's officers or the coordinator."""
    if rad.plass_id is not None:
        return runde.bok.for_plass(rad.plass_id, rad.samarbeid_id)
    if rad.koordinatorpost_id is not None:
        return runde.bok.for_post(rad.koordinatorpost_id, rad.samarbeid_id)
    if rad.gruppe is not None and not rad.hvem_ord:
        return runde.bok.for_gruppe(rad.gruppe)
    return runde.bok.koordinator(rad.samarbeid_id)


def _fastord(punkt: Arshjulpunkt, frist: dt.date, pr: dt.date) -> Ord:
    return Ord(punkt.tekst, fristsetning(frist, pr), punkt.ordlyd, _kilden(punkt))


def _avtaleord(avtale: Avtale, frist: dt.date, pr: dt.date) -> Ord:
    return Ord(regler.avtaleoverskrift(avtale.navn, frist, pr), fristsetning(frist, pr), avtale.ordlyd, _kilden(avtale))


def _kilden(rad: Arshjulpunkt | Avtale) -> str:
    return ", ".join(ledd for ledd in (rad.kilde.tittel if rad.kilde else "", rad.kildested) if ledd)
