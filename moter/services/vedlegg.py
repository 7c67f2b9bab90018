"""The papers of a case: kept, replaced, removed or withdrawn.

A file has been read and checked before it comes here (`rules.papirfil`). It is stored before the transaction; when the
row cannot be written, the file goes too. One that no row names any more is deleted when the transaction is done.
"""

import datetime as dt
import hashlib
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from moter.models import Sak, Vedlegg
from moter.rules.papirer import er_sendt_ut
from moter.rules.papirfil import Papir
from organisering.models import Gruppe, Person

MAKS_PAPIRER = 40  # of one case


def legg_ved(sak: Sak, papir: Papir, *, av: Person, naa: dt.datetime, erstatter: Vedlegg | None = None) -> Vedlegg:
    """Keeps a paper with the case. In the place of `erstatter`, it is its next version."""
    felt = Vedlegg._meta.get_field("fil")
    navn = default_storage.save(felt.generate_filename(sak, f"papir.{papir.slag.value}"), ContentFile(papir.innhold))
    try:
        return _skriv(sak, papir, navn, av=av, naa=naa, erstatter=erstatter)
    except BaseException:
        default_storage.delete(navn)
        raise


@transaction.atomic
def _skriv(sak: Sak, papir: Papir, navn: str, *, av: Person, naa: dt.datetime, erstatter: Vedlegg | None) -> Vedlegg:
    Gruppe.objects.select_for_update(of=("self",)).get(pk=sak.gruppe_id)
    if sak.vedlegg.gjeldende().count() >= MAKS_PAPIRER:
        raise Regelbrudd(_("Saken har alt %(antall)d papirer. Ta bort noen først.") % {"antall": MAKS_PAPIRER})
    forrige = Vedlegg.objects.filter(sak=sak, trukket__isnull=True, pk=erstatter.pk).first() if erstatter else None
    if erstatter is not None and forrige is None:
        raise Regelbrudd(_("Papiret du ville erstatte, er tatt bort av en annen."), felt="erstatter")
    nytt: Vedlegg = Vedlegg.objects.create(
        samarbeid_id=sak.samarbeid_id,
        sak=sak,
        fil=navn,
        tittel=papir.tittel,
        innholdstype=papir.slag.value,
        storrelse=len(papir.innhold),
        sha256=hashlib.sha256(papir.innhold).hexdigest(),
        versjon=forrige.versjon + 1 if forrige is not None else 1,
        lagt_inn_av=av,
        opprettet=naa,
    )
    if forrige is not None and _ta_bort(forrige, naa):
        nytt.erstatter = forrige
        nytt.save(update_fields=["erstatter"])
    return nytt


@transaction.atomic
def fjern_papir(vedlegg: Vedlegg, *, naa: dt.datetime) -> bool:
    """Removes a paper, file and all. One whose case has been sent out is only withdrawn: then it returns True."""
    Gruppe.objects.select_for_update(of=("self",)).get(pk=vedlegg.sak.gruppe_id)
    rad = Vedlegg.objects.select_related("sak__mote").filter(pk=vedlegg.pk).first()
    return rad is not None and _ta_bort(rad, naa)


def _ta_bort(vedlegg: Vedlegg, naa: dt.datetime) -> bool:
    """Whether the row is still there, as withdrawn."""
    if er_sendt_ut(vedlegg.sak) or vedlegg.erstattet_av.exists():
        if vedlegg.trukket is None:
            vedlegg.trukket = naa
            vedlegg.save(update_fields=["trukket"])
        return True
    navn = str(vedlegg.fil.name)
    vedlegg.delete()
    transaction.on_commit(partial(_slett_ubrukt, navn))
    return False


def _slett_ubrukt(navn: str) -> None:
    """A file goes with the last row that names it."""
    if not Vedlegg.objects.filter(fil=navn).exists():
        default_storage.delete(navn)


def papirene_folger_saken(fra: Sak, til: Sak) -> None:
    """The papers in force stand by the case where it goes on too. The file is the same."""
    for rad in fra.vedlegg.gjeldende():
        rad.pk, rad.sak, rad.samarbeid_id, rad.erstatter = None, til, til.samarbeid_id, None
        rad._state.adding = True
        rad.save()
