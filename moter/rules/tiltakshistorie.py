"""What meetings add to a measure's story: when it was on an agenda, and what was decided about it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from felles.forberedt import forberedt
from felles.norsk import kroner
from felles.tid import oslo_dato
from moter.models import Sak
from moter.rules.innsyn import Innsyn, skjult_for
from organisering.models import Samarbeid
from tiltak.models import Tiltak
from tiltak.rules.historien import Hendelse
from tiltak.rules.planene import gruppenavn


@forberedt
def saker_om_tiltak(innsyn: Innsyn, tiltak: Tiltak) -> QuerySet[Sak]:
    """The cases about a measure on the list of a meeting that is not cancelled, and not hidden from the visitor."""
    saker: QuerySet[Sak] = Sak.objects.filter(tiltak=tiltak, samarbeid=innsyn.samarbeid)
    synlige = saker.synlig_for(innsyn.seer, innsyn.seer.pr)  # type: ignore[attr-defined]
    pa_lista = synlige.filter(mote__isnull=False, mote__avlyst__isnull=True, trukket__isnull=True)
    return (  # type: ignore[no-any-return]
        pa_lista.annotate(skjult=skjult_for(innsyn.seer, innsyn.seer.pr), gruppas_navn=gruppenavn("gruppe"))
        .filter(skjult=False)
        .select_related("gruppe", "mote")
    )


def fra_moter(saker: Iterable[Any], vedtak: Iterable[Any], samarbeid: Samarbeid, naa: dt.datetime) -> list[Hendelse]:
    """The events of both, the decision above its case. A decision without a date has no place on the line."""
    return [*_vedtak(vedtak), *_saker(saker, samarbeid, naa)]


def _saker(saker: Iterable[Any], samarbeid: Samarbeid, naa: dt.datetime) -> Iterator[Hendelse]:
    for sak in saker:
        sak.mote.samarbeid = samarbeid
        hvem = sak.gruppas_navn or sak.gruppe.visningsnavn
        yield Hendelse(
            oslo_dato(sak.mote.start),
            _("På saklista i %s") % hvem,
            sak.mote.tilstand(naa),
            tekst=f"{sak.saksnummer} {sak.tittel}".strip(),
            eksempel=sak.eksempel,
            lenke=sak.mote.get_absolute_url(),
        )


def _vedtak(vedtak: Iterable[Any]) -> Iterator[Hendelse]:
    for rad in vedtak:
        hvem = rad.gruppe.navn if rad.gruppe else rad.organ_ord
        slag = str(rad.get_slag_display())
        tittel = _("%(slag)s av %(hvem)s") % {"slag": slag, "hvem": hvem}
        if rad.dato:
            yield Hendelse(
                rad.dato,
                f"{tittel}: {kroner(rad.belop)}" if rad.belop else tittel,
                "holdt" if rad.slag == rad.Slag.VEDTATT else "",
                tekst="" if rad.bare_belop else rad.tekst,
                eksempel=rad.eksempel,
                lenke=rad.get_absolute_url(),
            )
        if rad.opphevet:
            yield Hendelse(rad.opphevet, _("Vedtaket er opphevet"), "avlyst", lenke=rad.get_absolute_url())
