"""Answering whether one comes to a meeting."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from moter.models import Deltakelse, Mote
from moter.rules.deltakelse import er_gjest, plassen
from organisering.models import Person


@transaction.atomic
def svar_pa_mote(
    mote: Mote, *, person: Person, svar: str, naa: dt.datetime, kanal: str = Deltakelse.Kanal.SIDE
) -> Deltakelse:
    """Records whether `person` comes; a new answer takes the place of the one before.

    Raises Regelbrudd when the meeting is cancelled or over, when the answer is none of the two, and for one who has
    neither a seat in the group nor an invitation of her own.
    """
    mote = Mote.objects.select_for_update(of=("self",)).select_related("gruppe").get(pk=mote.pk)
    if svar not in Deltakelse.Svar.values:
        raise Regelbrudd(_("Velg et svar først."), felt="svar")
    if not mote.er_kommende(naa):
        raise Regelbrudd(_("Møtet er avlyst.") if mote.avlyst else _("Møtet er over."))
    plass = plassen(person, mote, oslo_dato(naa))
    if plass is None and not er_gjest(person, mote):
        raise Regelbrudd(_("Du har ingen plass i %(gruppe)s nå.") % {"gruppe": mote.gruppe.visningsnavn})
    rad, _ny = Deltakelse.objects.get_or_create(
        mote=mote, person=person, defaults={"samarbeid_id": mote.samarbeid_id, "plass": plass}
    )
    if rad.svar != svar:
        rad.svar, rad.svart, rad.kanal = svar, naa, kanal
        rad.save(update_fields=["svar", "svart", "kanal"])
    return rad


@transaction.atomic
def ta_tilbake_svar(deltakelse: Deltakelse, *, til: str, naa: dt.datetime) -> Deltakelse:
    """Puts the answer back to `til`, which is none when empty. Raises Regelbrudd when the meeting is over."""
    rad: Deltakelse = Deltakelse.objects.select_for_update(of=("self",)).select_related("mote").get(pk=deltakelse.pk)
    if not rad.mote.er_kommende(naa):
        raise Regelbrudd(_("Møtet er over, og svaret kan ikke endres."))
    rad.svar, rad.svart = til, naa if til else None
    rad.save(update_fields=["svar", "svart"])
    return rad
