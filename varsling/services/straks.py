"""Mail that goes at once and alone, whatever the day and whatever the person chose about digests."""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from varsling.models import Epost, Svarlenke, Varsel
from varsling.services.planlegging import Paminnelse, ny_varsel
from varsling.services.samlebrev import Samlebrev


@transaction.atomic
def send_straks(regel: str, paminnelser: Iterable[Paminnelse], *, naa: dt.datetime) -> list[Varsel]:
    """Each thing in a mail of its own, in the queue at once. Raises Regelbrudd when one of them was sent before."""
    varsler = [ny_varsel(regel, p) for p in {p.nokkel(regel): p for p in paminnelser}.values()]
    try:
        with transaction.atomic():
            Varsel.objects.bulk_create(varsler)
    except IntegrityError:
        raise Regelbrudd(_("Denne påminnelsen er alt sendt i dag.")) from None
    prefetch_related_objects(varsler, "person", "samarbeid")
    brevene = [Samlebrev([varsel], oslo_dato(naa), straks=True) for varsel in varsler]
    eposter = [brev.skriv() for brev in brevene]
    Epost.objects.bulk_create(eposter)
    Svarlenke.objects.bulk_create(lenke for brev in brevene for lenke in brev.lenker)
    for varsel, epost in zip(varsler, eposter, strict=True):
        varsel.epost = epost
    Varsel.objects.bulk_update(varsler, ["epost"])
    return varsler
