"""The letters that follow a meeting into people's calendars: notice, new notice, and that it is off.

Each is one mail to one, with the calendar entry in it. They are written in the Samarbeid's målform, into the queue, in
the transaction of what they tell.
"""

import datetime as dt
from collections.abc import Sequence
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from felles.epost import Vedlegg
from felles.norsk import dato, klokke, tidsrom, ukedag
from felles.tid import OSLO
from moter.exports.kalender import CANCEL, REQUEST, Adressat, i_brevet
from moter.models import Deltakelse, Innkalling, Mote
from moter.rules.deltakere import Innbudt
from moter.rules.innkalling import saksnavn
from varsling.services import legg_i_ko, skriv, svarknapper, svarlenke

REGEL = "innkalling"
SPORSMAL = "mote"  # the question behind the answer links
FLEST_SAKER = 20  # named in the letter itself; the rest stand in the paper


def send_innkallingen(
    mote: Mote, en: Innbudt, rad: Deltakelse, *, innkalling: Innkalling, endringer: Sequence[str], naa: dt.datetime
) -> None:
    """The notice to one of those who are to come, with the paper and an entry that asks for an answer."""
    with translation.override(mote.samarbeid.malform):
        saker, flere = _sakslinjer(innkalling, en)
        innhold = {
            **_om_motet(mote),
            "ny": bool(endringer),
            "rolle": _rollen(en),
            "endringer": endringer,
            "saker": saker,
            "flere": flere,
            "bare_noen": bool(en.bare_saker),
            "postkasse": mote.samarbeid.funksjonspostkasse,
            **_svarene(mote, rad),
            "hvorfor": _hvorfor(mote, en),
        }
        kalender = i_brevet(
            mote,
            metode=REQUEST,
            arrangor=arrangor(mote),
            deltaker=Adressat(en.navn, en.adresse),
            naa=naa,
            svar=rad.svar,
            kreves=en.kreves,
        )
        papir = Vedlegg(_filnavn(mote), bytes(innkalling.pdf), "application/pdf")
    _legg_i_ko("innkalling", innhold, mote, rad, en.adresse, (_kalendervedlegg(kalender, REQUEST), papir), naa)


def send_avlysningen(mote: Mote, rad: Deltakelse, *, hvorfor: str, naa: dt.datetime, hele: bool) -> None:
    """Takes the meeting out of one calendar: the whole meeting is off, or this one is not to come any more."""
    with translation.override(mote.samarbeid.malform):
        innhold = {**_om_motet(mote), "hele": hele, "grunn": hvorfor}
        kalender = i_brevet(
            mote,
            metode=CANCEL,
            arrangor=arrangor(mote),
            deltaker=Adressat(str(rad), rad.innkalt_til),
            naa=naa,
            svar=rad.svar,
            hele=hele,
        )
    _legg_i_ko("moteavlysning", innhold, mote, rad, rad.innkalt_til, (_kalendervedlegg(kalender, CANCEL),), naa)


def _svarene(mote: Mote, rad: Deltakelse) -> dict[str, Any]:
    """The two answers as links that need no password; nothing for a guest without a name, who answers by mail."""
    if rad.person is None:
        return {}
    lenke = svarlenke(rad.person, SPORSMAL, mote, mote.slutt)
    return {"knapper": svarknapper(SPORSMAL, lenke), "gyldig_til": dato(mote.slutt)}


def arrangor(mote: Mote) -> Adressat:
    """The one organizer: the Samarbeid's function mailbox, or the portal's own address while there is none."""
    samarbeid = mote.samarbeid
    adresse = samarbeid.funksjonspostkasse or settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip("> ")
    return Adressat(f"{samarbeid.modellnavn} {samarbeid.navn}", adresse)


def _legg_i_ko(
    mal: str,
    innhold: dict[str, Any],
    mote: Mote,
    rad: Deltakelse,
    adresse: str,
    vedlegg: Sequence[Vedlegg],
    naa: dt.datetime,
) -> None:
    fra = arrangor(mote)
    legg_i_ko(
        skriv(mal, innhold, sprak=mote.samarbeid.malform),
        adresse=adresse,
        nokkel=f"{mal}:{mote.pk}:{mote.sekvens}:{rad.pk}",
        regel=REGEL,
        naa=naa,
        person=rad.person,
        samarbeid=mote.samarbeid,
        lenke=mote.get_absolute_url(),
        svar_til=mote.samarbeid.funksjonspostkasse,
        fra=formataddr((fra.navn, fra.adresse)) if settings.KALENDERBREV_FRA_POSTKASSA else "",
        vedlegg=vedlegg,
    )


def _kalendervedlegg(innhold: bytes, metode: str) -> Vedlegg:
    """METHOD stands both here and in the entry; a program that finds them unlike throws the letter away."""
    return Vedlegg("invite.ics", innhold, f"text/calendar; method={metode}")


def _filnavn(mote: Mote) -> str:
    return _("innkalling-%(dato)s.pdf") % {"dato": mote.dato.isoformat()}


def _om_motet(mote: Mote) -> dict[str, Any]:
    start = mote.start.astimezone(OSLO)
    return {
        "gruppe": mote.gruppe.visningsnavn,
        "samarbeid": mote.samarbeid.navn,
        "modell": mote.samarbeid.modellnavn,
        "naar": f"{ukedag(start)} {klokke(start)}",
        "tid": tidsrom(mote.start, mote.slutt),
        "sted": mote.sted,
        "nett": mote.lenke,
    }


def _sakslinjer(innkalling: Innkalling, en: Innbudt) -> tuple[list[str], int]:
    """The first cases by number and title, and how many more there are. A guest hears only of her own."""
    rader = [
        rad
        for rad in innkalling.innhold["fakta"]["saker"]
        if not rad["trukket"] and not rad["utsatt"] and (not en.bare_saker or rad["sak"] in en.bare_saker)
    ]
    return [saksnavn(rad) for rad in rader[:FLEST_SAKER]], max(len(rader) - FLEST_SAKER, 0)


def _rollen(en: Innbudt) -> str:
    """What is asked of this one, when it is another thing than an ordinary member's."""
    if en.er_vara:
        return _("Du er kalt inn som vara for %(plass)s.") % {"plass": en.som}
    if en.er_gjest:
        navngitt = _("Du er invitert som gjest.")
        return navngitt if en.person_id else _("Du er invitert som gjest: %(rolle)s.") % {"rolle": en.navn}
    return ""


def _hvorfor(mote: Mote, en: Innbudt) -> str:
    gruppe = mote.gruppe.visningsnavn
    if en.er_gjest:
        return _("Du får denne fordi %(gruppe)s har invitert deg.") % {"gruppe": gruppe}
    if en.er_vara:
        return _("Du får denne fordi du er vara for %(plass)s i %(gruppe)s.") % {"plass": en.som, "gruppe": gruppe}
    if en.plass_id is None:
        return _("Du får denne fordi du er %(verv)s for %(gruppe)s.") % {"verv": en.som.lower(), "gruppe": gruppe}
    return _("Du får denne fordi du har plassen %(plass)s i %(gruppe)s.") % {"plass": en.som, "gruppe": gruppe}
