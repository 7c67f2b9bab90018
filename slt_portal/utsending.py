"""Which mails of one Samarbeid do not arrive: addresses that are refused, and mails that were given up."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisering.models import Enhetskontakt, Invitasjon, Medlemskap, Person, Rolletildeling, Samarbeid
from slt_portal.trenger_deg import TREKANT, UTEN_FRIST, Ting
from varsling.models import AvvistAdresse, Epost, Varsel

VISES_I = dt.timedelta(days=14)  # how long a mail that failed is spoken of
AVVIST, FEILET = "avvist", "feilet"


def rader(samarbeid: Any, pr: Any, feilet_fra: Any) -> list[Any]:
    """For the overview's one query of small things: whose address is refused, and what was given up."""
    deler = ((AVVIST, avviste(samarbeid, pr), F("hvem")), (FEILET, feilede(samarbeid, feilet_fra), F("emne")))
    return [
        sporring.annotate(
            s_slag=Value(slag, CharField()),
            s_id=Value(0, BigIntegerField()),
            s_tekst=Cast(tekst, CharField()),
            s_dato=Cast(Value(None), DateField()),
            s_eksempel=Value(False),
        )
        for slag, sporring, tekst in deler
    ]


def avviste(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Any]:
    """Refused addresses of those who have a place in the Samarbeid or are invited to it, with `hvem` it is."""
    person = Person.objects.filter(epost=OuterRef("adresse"))
    har_plass = Q()
    for modell in (Rolletildeling, Medlemskap, Enhetskontakt):
        egne = modell._default_manager.filter(samarbeid=samarbeid, person__epost=OuterRef("adresse"))
        har_plass |= Q(Exists(egne.exclude(til__lt=pr)))
    invitert = Invitasjon.objects.filter(
        samarbeid=samarbeid, epost=OuterRef("adresse"), besvart__isnull=True, trukket__isnull=True
    )
    return AvvistAdresse.objects.filter(har_plass | Q(Exists(invitert))).annotate(
        hvem=Subquery(person.values("navn")[:1]), person=Subquery(person.values("pk")[:1])
    )


def feilede(samarbeid: Samarbeid, fra: dt.date) -> QuerySet[Epost]:
    """Mails given up since the day `fra`, but for those to a refused address: of them the address says it all."""
    egne = Varsel.objects.filter(samarbeid=samarbeid, epost=OuterRef("pk"))
    avvist = AvvistAdresse.objects.filter(adresse=OuterRef("adresse"))
    return Epost.objects.filter(
        Q(samarbeid=samarbeid) | Q(Exists(egne)),
        ~Exists(avvist),
        tilstand=Epost.Tilstand.FEILET,
        dag__gte=fra,
    )


def om_utsendingen(funnet: Iterable[Any], slug: str) -> Iterator[Ting]:
    """What the coordinator must know of it. `funnet` are the rows that came of `rader`."""
    funnet, url = list(funnet), reverse("ikke_levert", args=[slug])
    if avvist := [rad for rad in funnet if rad.slag == AVVIST]:
        antall, navn = len(avvist), avvist[0].tekst
        yield Ting(
            TREKANT, 0, antall, ngettext("adresse", "adresser", antall), "mangler",
            ngettext("E-postadressen til %(navn)s finnes ikke", "%(antall)s e-postadresser finnes ikke", antall)
            % {"navn": navn or _("en invitert"), "antall": antall},
            _("Ingenting sendes dit før adressen er rettet. Imens går påminnelsene til neste i rekka."),
            url, _("Se adressene"),
        )  # fmt: skip
    if feilet := [rad for rad in funnet if rad.slag == FEILET]:
        antall = len(feilet)
        yield Ting(
            TREKANT, UTEN_FRIST, antall, ngettext("e-post", "e-poster", antall), "mangler",
            ngettext("En e-post kom ikke fram", "%(antall)s e-poster kom ikke fram", antall) % {"antall": antall},
            _("Portalen har prøvd flere ganger og gitt opp. Du ser hva e-posttjeneren svarte."),
            url, _("Se hva som skjedde"),
        )  # fmt: skip
