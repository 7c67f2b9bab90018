"""Sending the notice: the agenda is fixed, numbered, frozen as a paper, and put in everyone's calendar.

The paper is made before the transaction, which only checks that it still says what is true, and writes.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from felles.dokument import pdf
from felles.frys import kontrollsum
from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from moter.exports.innkalling import dokument
from moter.models import Deltakelse, Innkalling, Mote, Oppfolging, Sak
from moter.rules.deltakere import Innbudt, Kalenderstand, kalenderstand
from moter.rules.innkalling import (
    Endringer,
    Fakta,
    dager,
    endringer,
    fakta,
    frist,
    gi_numre,
    minutter_i_alt,
    sakene_i,
    siste_innkalling,
)
from moter.services.kalenderbrev import send_avlysningen, send_innkallingen
from organisering.models import Gruppe, Medlemskap, Person

SKJEMA = 1  # the shape of the frozen content
FORSOK = 3  # how many times the paper is made anew because somebody changed the agenda meanwhile


@dataclass(frozen=True)
class Sending:
    """The edition in force, and to how many it was sent now: 0 when it had been sent already."""

    innkalling: Innkalling
    antall: int = 0


@dataclass(frozen=True)
class Utkast:
    """The next edition as it would be sent now."""

    mote: Mote
    innhold: dict[str, Any]
    numre: list[Sak]
    stand: Kalenderstand
    endringer: Endringer
    forrige: Innkalling | None

    @property
    def mottakere(self) -> list[Innbudt]:
        return [en for en in self.stand.innbudte if en.adresse]


def send_innkalling(mote: Mote, *, av: Person, naa: dt.datetime, grunn: str = "") -> Sending:
    """Sends the notice, or the next edition of it when something has changed. Once more with the same sends nothing.

    `grunn` is why the notice is shorter than the group's limit. Raises Regelbrudd when it is and nothing is said, when
    the meeting has begun or is off, and when nobody can be written to.
    """
    for _forsok in range(FORSOK):
        utkast = lag_utkast(mote, av=av, naa=naa, grunn=grunn)
        if isinstance(utkast, Sending):
            return utkast
        sending = _frys_og_send(utkast, papir(utkast, naa), av=av, naa=naa, grunn=grunn)
        if sending is not None:
            return sending
    raise Regelbrudd(_("Sakslista ble endret mens innkallingen ble laget. Ingenting er sendt. Prøv igjen."))


def lag_utkast(mote: Mote, *, av: Person, naa: dt.datetime, grunn: str) -> Utkast | Sending:
    """The next edition, or the one in force when nothing has changed since it was sent."""
    mote = _hent(mote)
    _krev_kommende(mote, naa)
    forrige = siste_innkalling(mote)
    saker = sakene_i(mote)
    numre = gi_numre(mote, saker)
    na = fakta(mote, saker)
    with translation.override(mote.samarbeid.malform):
        endret = endringer(forrige.innhold["fakta"], na) if forrige is not None else Endringer(ny_tid=True)
    if forrige is not None and not endret:
        return Sending(forrige)
    if endret.ny_tid:
        _krev_grunn(mote, naa, grunn)
    with translation.override(mote.samarbeid.malform):
        kort = _kort_frist(mote, naa, grunn) if endret.ny_tid else ""
        stand = kalenderstand(mote, uten_varaer=endret.ny_tid and forrige is not None)
        innhold = _innhold(mote, saker, na, stand, endret, kort, forrige=forrige, av=av, naa=naa)
    utkast = Utkast(mote, innhold, numre, stand, endret, forrige)
    if not utkast.mottakere:
        raise Regelbrudd(_("Ingen av dem som skal møte, har en e-postadresse. Legg inn adresser først."))
    return utkast


def papir(utkast: Utkast, naa: dt.datetime, *, merke: str = "") -> bytes:
    """The edition as a PDF; `merke` in the place of when it was sent, for one that is not."""
    data = utkast.innhold["dokument"] | ({"utgave": merke} if merke else {})
    return pdf("innkalling", data, malform=utkast.mote.samarbeid.malform, dato=oslo_dato(naa))


@transaction.atomic
def _frys_og_send(utkast: Utkast, papiret: bytes, *, av: Person, naa: dt.datetime, grunn: str) -> Sending | None:
    """Writes it all under the group's lock. None when the paper no longer says what is true."""
    Gruppe.objects.select_for_update(of=("self",)).get(pk=utkast.mote.gruppe_id)
    na = lag_utkast(utkast.mote, av=av, naa=naa, grunn=grunn)
    if isinstance(na, Sending):
        return na
    if (na.innhold, na.mottakere) != (utkast.innhold, utkast.mottakere):
        return None
    for sak in na.numre:
        sak.save(update_fields=["nummer", "nummer_ar"])
    mote = na.mote
    innkalling = Innkalling.objects.create(
        samarbeid_id=mote.samarbeid_id,
        mote=mote,
        utgave=na.innhold["utgave"],
        sendt=naa,
        sendt_av=av,
        kort_frist_grunn=grunn if na.innhold["dokument"]["kort_frist"] else "",
        innhold=na.innhold,
        innhold_sha256=kontrollsum(na.innhold),
        pdf=papiret,
        pdf_sha256=kontrollsum(papiret),
    )
    if na.forrige is not None:
        mote.sekvens += 1
    mote.innkalt = mote.innkalt or naa
    mote.save(update_fields=["sekvens", "innkalt"])
    with translation.override(mote.samarbeid.malform):
        if na.forrige is not None:
            _rydd(na, naa)
        _til_alle(na, innkalling, naa)
    return Sending(innkalling, len(na.mottakere))


def _rydd(utkast: Utkast, naa: dt.datetime) -> None:
    """Those who are not to come any more are told so. A new time asks everybody again, and lets the varas go."""
    mote = utkast.mote
    for rad in utkast.stand.til_overs:
        if rad.vara_for_id is not None:
            slipp_vara(mote, rad, hvorfor=_("Møtet har fått ny tid, og medlemmet er spurt på nytt."), naa=naa)
        else:
            meld_av_i_kalenderen(mote, rad, hvorfor=_ikke_lenger(), naa=naa)
    if utkast.endringer.ny_tid:
        for rad in mote.deltakelser.exclude(svar=""):
            rad.svar, rad.svart, rad.kanal = "", None, ""
            rad.save(update_fields=["svar", "svart", "kanal"])


def _til_alle(utkast: Utkast, innkalling: Innkalling, naa: dt.datetime) -> None:
    rader = {rad.pk: rad for rad in utkast.mote.deltakelser.select_related("person")}
    for en in utkast.stand.innbudte:
        rad = deltakelsen(utkast.mote, en, rader)
        if en.adresse:
            innkall_en(utkast.mote, en, rad, innkalling=innkalling, endringer=utkast.endringer.setninger, naa=naa)


def deltakelsen(mote: Mote, en: Innbudt, rader: dict[int, Deltakelse] | None = None) -> Deltakelse:
    """The row of one who is to come, made when it is not there."""
    if en.deltakelse_id is not None:
        if rader is not None:
            return rader[en.deltakelse_id]
        rad: Deltakelse = mote.deltakelser.select_related("person").get(pk=en.deltakelse_id)
        return rad
    ny: Deltakelse = Deltakelse.objects.create(
        samarbeid_id=mote.samarbeid_id, mote=mote, person_id=en.person_id, plass_id=en.plass_id
    )
    return ny


def innkall_en(
    mote: Mote,
    en: Innbudt,
    rad: Deltakelse,
    *,
    innkalling: Innkalling,
    naa: dt.datetime,
    endringer: Sequence[str] = (),
) -> None:
    """The edition in force to one, and the row says so."""
    rad.innkalt, rad.innkalt_til, rad.meldt_av = naa, en.adresse, None
    rad.save(update_fields=["innkalt", "innkalt_til", "meldt_av"])
    send_innkallingen(mote, en, rad, innkalling=innkalling, endringer=endringer, naa=naa)


@transaction.atomic
def innkall_nye(mote: Mote, *, naa: dt.datetime) -> list[Innbudt]:
    """Sends the edition in force to those who have come to since. Raises Regelbrudd while it waits to be renewed."""
    mote = las(mote)
    _krev_kommende(mote, naa)
    innkalling = gjeldende_innkalling(mote)
    if innkalling is None:
        raise Regelbrudd(_("Innkallingen er ikke sendt, eller den er endret siden. Send den til alle."))
    nye = kalenderstand(mote).mangler
    for en in nye:
        innkall_en(mote, en, deltakelsen(mote, en), innkalling=innkalling, naa=naa)
    return nye


@transaction.atomic
def meld_av(mote: Mote, rad: Deltakelse, *, naa: dt.datetime) -> Deltakelse:
    """Takes the meeting out of the calendar of one guest, or of one who has left the group.

    Raises Regelbrudd for one who still is to come by seat or office.
    """
    mote = las(mote)
    rad = mote.deltakelser.select_related("person").get(pk=rad.pk)
    innbudte = [en for en in kalenderstand(mote).innbudte if not en.er_gjest]
    if rad.person_id is not None and rad.person_id in {en.person_id for en in innbudte}:
        raise Regelbrudd(_("%(navn)s har plass i gruppa, og skal kalles inn.") % {"navn": rad})
    if mote.holdt or mote.avlyst:
        raise Regelbrudd(_("Møtet er holdt eller avlyst."))
    if rad.meldt_av is None:
        if rad.star_i_kalenderen:
            mote.sekvens += 1
            mote.save(update_fields=["sekvens"])
        with translation.override(mote.samarbeid.malform):
            meld_av_i_kalenderen(mote, rad, hvorfor=_ikke_lenger(), naa=naa)
    return rad


def meld_av_i_kalenderen(mote: Mote, rad: Deltakelse, *, hvorfor: str, naa: dt.datetime) -> None:
    """The row says that this one is not to come; whoever has a notice is told. The SEQUENCE is raised by the caller."""
    if rad.star_i_kalenderen:
        send_avlysningen(mote, rad, hvorfor=hvorfor, naa=naa, hele=False)
    rad.meldt_av = naa
    rad.save(update_fields=["meldt_av"])


def slipp_vara(mote: Mote, vara: Deltakelse, *, hvorfor: str, naa: dt.datetime) -> None:
    """The vara is not to come. The doors that this call alone had opened are closed again."""
    meld_av_i_kalenderen(mote, vara, hvorfor=hvorfor, naa=naa)
    kall = Deltakelse.objects.filter(person=vara.person_id, plass=vara.plass_id, vara_for__isnull=False)
    if not kall.exclude(pk=vara.pk).exists():
        egne = Medlemskap.objects.filter(person=vara.person_id, plass=vara.plass_id, rolle=Medlemskap.Rolle.VARA)
        for medlemskap in egne.filter(innkalt_fra__isnull=False):
            medlemskap.innkalt_fra = None
            medlemskap.save(update_fields=["innkalt_fra"])


def avlys_i_kalenderen(mote: Mote, *, naa: dt.datetime) -> int:
    """Tells everybody who has the meeting in the calendar that it is off. Returns to how many. In the caller's lock."""
    rader = [rad for rad in mote.deltakelser.select_related("person").order_by("pk") if rad.star_i_kalenderen]
    if rader:
        mote.sekvens += 1
        mote.save(update_fields=["sekvens"])
    for rad in rader:
        send_avlysningen(mote, rad, hvorfor=mote.avlyst_grunn, naa=naa, hele=True)
    return len(rader)


def gjeldende_innkalling(mote: Mote) -> Innkalling | None:
    """The edition in force with its paper, when it still says what is true."""
    siste = siste_innkalling(mote)
    if siste is None or endringer(siste.innhold["fakta"], fakta(mote, sakene_i(mote))):
        return None
    return siste


def las(mote: Mote) -> Mote:
    """The meeting, read under its group's lock."""
    Gruppe.objects.select_for_update(of=("self",)).get(pk=mote.gruppe_id)
    return _hent(mote)


def _hent(mote: Mote) -> Mote:
    rader = Mote.objects.select_related("samarbeid", "gruppe__kilde").prefetch_related("gruppe__nivaer")
    funnet: Mote = rader.get(pk=mote.pk)
    funnet.gruppe.samarbeid = funnet.samarbeid
    return funnet


def _krev_kommende(mote: Mote, naa: dt.datetime) -> None:
    if mote.avlyst:
        raise Regelbrudd(_("Møtet er avlyst. Sett opp et nytt hvis det likevel skal holdes."))
    if mote.holdt:
        raise Regelbrudd(_("Møtet er holdt. Det trenger ingen innkalling."))
    if mote.start <= naa:
        raise Regelbrudd(_("Møtet har begynt. Ble det holdt, markerer du det; skal det holdes senere, flytter du det."))


def _krev_grunn(mote: Mote, naa: dt.datetime, grunn: str) -> None:
    den = frist(mote, naa)
    if den.er_kort and not grunn:
        setning = _("Møtet er om %(igjen)s, og fristen for innkalling er %(frist)s. Skriv hvorfor fristen er kort.")
        raise Regelbrudd(setning % {"igjen": dager(den.igjen), "frist": dager(den.dager or 0)}, felt="grunn")


def _kort_frist(mote: Mote, naa: dt.datetime, grunn: str) -> str:
    """The sentence that the notice prints when it is late, with the reason; else empty."""
    den = frist(mote, naa)
    if not den.er_kort:
        return ""
    setning = _("Innkallingen er sendt %(igjen)s før møtet. Fristen er %(frist)s.")
    return f"{setning % {'igjen': dager(den.igjen), 'frist': dager(den.dager or 0)}}\n\n{grunn}"


def _ikke_lenger() -> str:
    return _("Du står ikke lenger på lista over dem som skal møte.")


def _innhold(
    mote: Mote,
    saker: Sequence[Any],
    na: Fakta,
    stand: Kalenderstand,
    endret: Endringer,
    kort: str,
    *,
    forrige: Innkalling | None,
    av: Person,
    naa: dt.datetime,
) -> dict[str, Any]:
    utgave = forrige.utgave + 1 if forrige is not None else 1
    apne = Oppfolging.objects.filter(gruppe=mote.gruppe, gjort__isnull=True, mote__start__lt=mote.start)
    for_alle = apne.exclude(sak__unntatt=True).exclude(sak__inhabile__isnull=False)
    dokumentet = dokument(
        mote,
        saker=saker,
        innkalte=[en.linje for en in stand.innbudte],
        oppfolging=list(for_alle.select_related("eier_person", "eier_plass", "eier_enhet")),
        endringer=endret.setninger,
        kort_frist=kort,
        minutter=minutter_i_alt(saker),
        utgave=utgave,
        sendt=naa,
        sendt_av=str(av),
    )
    return {"skjema": SKJEMA, "utgave": utgave, "fakta": na, "dokument": dokumentet}
