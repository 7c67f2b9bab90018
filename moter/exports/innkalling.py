"""The notice as a document: the data that its Typst template sets. Every word in the language in force."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.dokument import avsnitt
from felles.norsk import dato, tidsrom
from moter.models import Mote, Oppfolging


def dokument(
    mote: Mote,
    *,
    saker: Sequence[Any],
    innkalte: Sequence[str],
    oppfolging: Sequence[Oppfolging],
    endringer: Sequence[str],
    kort_frist: str,
    minutter: str,
    utgave: int,
    sendt: dt.datetime,
    sendt_av: str,
) -> dict[str, Any]:
    """What the template «innkalling» wants. Holds names and seats, never addresses."""
    gruppe, samarbeid = mote.gruppe, mote.samarbeid
    tittel = _("Innkalling til møte i %(gruppe)s") if utgave == 1 else _("Ny innkalling til møte i %(gruppe)s")
    return {
        "avsender": f"{samarbeid.modellnavn} {samarbeid.navn}",
        "tittel": tittel % {"gruppe": gruppe.visningsnavn},
        "utgave": _utgaven(utgave, sendt, sendt_av),
        "endringer": list(endringer),
        "endringer_ord": _("Endret siden forrige innkalling"),
        "fakta": _fakta(mote, minutter),
        "kort_frist": avsnitt(kort_frist),
        "innkalte": list(innkalte),
        "innkalte_ord": _("Innkalt"),
        "saksliste_ord": _("Saksliste"),
        "tom_ord": _("Ingen saker er satt på lista."),
        "saker": [saken(sak) for sak in saker],
        "forslag_ord": _("Forslag til vedtak"),
        "papirer_ord": _("Papirer i portalen"),
        "oppfolging": [_oppfolging(rad) for rad in oppfolging],
        "oppfolging_ord": _("Åpen oppfølging fra tidligere møter"),
        "regler": _regler(mote),
        "regler_ord": _("Om møtene i gruppa"),
        "bunntekst": f"{gruppe.visningsnavn}, {dato(mote.start)}",
    }


def saken(sak: Any) -> dict[str, Any]:
    """One case on the agenda. One exempt from the public says only that, and its ground."""
    linje = [str(sak.get_slag_display())]
    if sak.minutter:
        linje.append(ngettext("%(tall)s minutt", "%(tall)s minutter", sak.minutter) % {"tall": sak.minutter})
    if sak.utsatt_fra is not None and sak.utsatt_fra.saksnummer:
        linje.append(_("utsatt fra %(nummer)s") % {"nummer": sak.utsatt_fra.saksnummer})
    if sak.trukket is not None:
        linje.append(_("trukket"))
    elif sak.er_utsatt:
        linje.append(_("utsatt til et senere møte"))
    return {
        "nummer": sak.saksnummer,
        "tittel": _unntatt(sak.unntatt_grunn) if sak.unntatt else sak.tittel,
        "linje": ", ".join(linje),
        "forslag": [] if sak.unntatt else avsnitt(sak.forslag),
        "papirer": [] if sak.unntatt else papirtitler(sak),
    }


def papirtitler(sak: Any) -> list[str]:
    """The papers in force, by their titles alone; they are read in the portal."""
    return [str(papir) for papir in sak.vedlegg.all() if papir.trukket is None]


def _unntatt(grunn: str) -> str:
    return _("Unntatt offentlighet: %(grunn)s") % {"grunn": grunn}


def _utgaven(utgave: int, sendt: dt.datetime, sendt_av: str) -> str:
    if utgave == 1:
        return _("Sendt %(dato)s av %(navn)s.") % {"dato": dato(sendt), "navn": sendt_av}
    return _("Utgave %(utgave)s, sendt %(dato)s av %(navn)s. Den erstatter den forrige.") % {
        "utgave": utgave,
        "dato": dato(sendt),
        "navn": sendt_av,
    }


def _fakta(mote: Mote, minutter: str) -> list[dict[str, str]]:
    tid = tidsrom(mote.start, mote.slutt)
    rader = [(_("Tid"), tid[:1].upper() + tid[1:])]
    rader += [(_("Sted"), mote.sted)] if mote.sted or not mote.lenke else []
    rader += [(_("På nett"), mote.lenke)] if mote.lenke else []
    rader += [(_("Satt av til sakene"), minutter)] if minutter else []
    return [{"navn": navn, "verdi": verdi or _("Ikke oppgitt")} for navn, verdi in rader]


def _oppfolging(rad: Oppfolging) -> str:
    hvem = str(rad.eier or _("uten eier"))
    frist = _("frist %(dato)s") % {"dato": dato(rad.frist)} if rad.frist else _("uten frist")
    return f"{rad.tekst} ({hvem}, {frist})"


def _regler(mote: Mote) -> list[dict[str, str]]:
    """What the group's own source says of its meetings."""
    gruppe = mote.gruppe
    if not gruppe.enkeltsaker_ordlyd:
        return []
    kilde = ", ".join(ledd for ledd in (gruppe.kilde.tittel if gruppe.kilde else "", gruppe.kildested) if ledd)
    return [{"ordlyd": gruppe.enkeltsaker_ordlyd, "kilde": kilde}]
