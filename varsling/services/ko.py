"""Puts messages in the queue. Rows written in the cause's own transaction are the queue."""

import datetime as dt
from collections.abc import Sequence
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from felles.epost import Vedlegg
from felles.tid import oslo_dato
from varsling.models import Epost, Epostvedlegg, Varsel, Vedleggsfil
from varsling.services.brev import Brev


def legg_i_ko(
    brev: Brev,
    *,
    adresse: str,
    nokkel: str,
    regel: str,
    naa: dt.datetime,
    person: Any = None,
    samarbeid: Any = None,
    gjelder: str = "",
    hvorfor: str = "",
    lenke: str = "",
    svar_til: str = "",
    fra: str = "",
    vedlegg: Sequence[Vedlegg] = (),
) -> Varsel:
    """One message to be sent at once, in the caller's transaction. The same `nokkel` twice is one message.

    `fra` is whom it comes from («Navn <adresse>») when that is another than the portal itself.
    """
    finnes = Varsel.objects.filter(nokkel=nokkel).first()
    if finnes is not None:
        return finnes
    try:
        with transaction.atomic():
            epost = Epost.objects.create(
                samarbeid=samarbeid,
                person=person,
                adresse=adresse,
                dag=oslo_dato(naa),
                straks=True,
                message_id=make_msgid(domain=_avsenderdomene()),
                svar_til=svar_til,
                fra=fra,
                emne=brev.emne[:250],
                tekst=brev.tekst,
                html=brev.html,
            )
            for ett in vedlegg:
                fil = Vedleggsfil.objects.med_innhold(ett.innhold)
                Epostvedlegg.objects.create(epost=epost, navn=ett.navn, type=ett.type, fil=fil)
            return Varsel.objects.create(
                samarbeid=samarbeid,
                person=person,
                nokkel=nokkel,
                regel=regel,
                gjelder=(gjelder or brev.emne)[:300],
                hvorfor=hvorfor,
                lenke=lenke,
                epost=epost,
            )
    except IntegrityError:
        # Another process wrote the same message meanwhile; anything else is not ours to hide.
        return Varsel.objects.get(nokkel=nokkel)


@transaction.atomic
def trekk(nokkel: str, *, naa: dt.datetime) -> bool:
    """Takes a message back when its cause is gone. False when it has left already, or never was."""
    varsel = Varsel.objects.select_for_update().filter(nokkel=nokkel, trukket__isnull=True).first()
    if varsel is None:
        return False
    i_ko = Epost.objects.filter(tilstand=Epost.Tilstand.VENTER, straks=True)
    venter = i_ko.filter(pk=varsel.epost_id).first() if varsel.epost_id is not None else None
    if varsel.epost_id is not None and venter is None:
        return False
    varsel.epost, varsel.trukket = None, naa
    varsel.save(update_fields=["epost", "trukket"])
    if venter is not None:
        venter.delete()
    return True


def _avsenderdomene() -> str:
    """The part after @ of the portal's own sender address, so that Message-ID names a domain that exists."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
