"""Empties the queue: claim some, send one by one, mark each before the next. One connection for the whole round.

What holds whatever happens to the process, the clock or the servers:

- A mail is marked in the same transaction that makes the next one ready, before the next is offered to the server. So
  a process that is killed leaves at most one mail that may be sent again, with the same Message-ID.
- A mail is offered only by the round that holds its claim at that moment. A round that lost it (asleep beyond its
  lease) passes it over.
- An attempt is counted when a mail is offered, not when it is claimed. Those that a killed round only held are as new.
"""

import datetime as dt
import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from felles.epost import Melding, Om, Svar, Utfall, Utsending, Vedlegg, en_linje
from felles.tid import oslo_dato
from varsling.models import AvvistAdresse, Epost, Kjoring
from varsling.rules import PAUSER, neste_forsok, pause_uten_mening
from varsling.services.adresser import avvis, avviste_blant, opphev_avvisning
from varsling.services.merking import Sendt, begynn, det_som_blir, merk, merk_sendt_og_begynn, uten_diskventing

logg = logging.getLogger(__name__)

JOBB = "varsling.tasks.lever"
LEIETID = dt.timedelta(minutes=10)  # far longer than one mail takes; after it the row is free again
LENGSTE_RUNDE = dt.timedelta(seconds=50)  # beat begins the next one each minute, so none waits behind another for long
OM_GANGEN = 200  # claimed at once; those that must go at once overtake the others between two claims
FEIL_PA_RAD = 3  # of the server's, not of the mails: then the rest is better left for the next round


@dataclass
class Leveranse:
    """What one round did."""

    levert: int = 0
    utsatt: int = 0
    feilet: int = 0
    frigjort: int = 0
    feil: str = ""


@dataclass
class _Klokke:
    """The given moment, carried on by the time that the round itself takes, sleep of the machine included. In UTC."""

    start: dt.datetime
    forste: float = field(default_factory=lambda: _sekunder())

    def naa(self) -> dt.datetime:
        return self.start.astimezone(dt.UTC) + self.gatt()

    def gatt(self) -> dt.timedelta:
        return dt.timedelta(seconds=_sekunder() - self.forste)


def _sekunder() -> float:
    """Seconds that never run backwards. Linux has a count that goes on while the machine sleeps."""
    boottid = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottid is None else time.clock_gettime(boottid)


@dataclass
class _Runde:
    """One round at work: what it holds, what it has done, and what it has still to write."""

    klokke: _Klokke
    utsending: Utsending
    sum: Leveranse
    lengst: dt.timedelta = LENGSTE_RUNDE
    leie: str = field(default_factory=lambda: secrets.token_hex(8))
    sendt: Sendt | None = None
    feil_pa_rad: int = 0
    avviste: dict[str, AvvistAdresse] = field(default_factory=dict)
    framme: set[str] = field(default_factory=set)

    @property
    def er_ferdig(self) -> bool:
        return bool(self.sum.feil) or self.klokke.gatt() > self.lengst


def lever(naa: dt.datetime, *, lengst: dt.timedelta = LENGSTE_RUNDE) -> Leveranse:
    """Sends what is due at `naa`, until the queue is empty or the round has lasted `lengst`.

    While the mail server is away nothing is claimed, so no mail loses an attempt.
    """
    klokke, leveranse = _Klokke(naa), Leveranse()
    _frigjor(klokke.naa(), leveranse)
    if Epost.objects.klare(klokke.naa()).exists():
        with uten_diskventing(), Utsending() as utsending:
            _tom_koen(_Runde(klokke, utsending, leveranse, lengst))
    _noter(klokke.naa(), leveranse)
    return leveranse


def _frigjor(naa: dt.datetime, sum_: Leveranse) -> None:
    """Frees what a round that never came back had claimed, and what a clock that was set back holds for too long."""
    uten_ende = Epost.objects.filter(tilstand=Epost.Tilstand.SENDES, leid_til__gt=naa + LEIETID)
    uten_ende.update(leid_til=naa + LEIETID)  # it may still be at work, so not free yet
    Epost.objects.filter(pause_uten_mening(naa), tilstand=Epost.Tilstand.VENTER).update(neste_forsok=naa)
    fastlaste = Epost.objects.fastlaste(naa)
    oppbrukt = fastlaste.filter(forsok__gt=len(PAUSER))  # a mail that ends every round that tries it must end too
    sum_.feilet += oppbrukt.update(
        tilstand=Epost.Tilstand.FEILET, leid_til=None, svar_fra_tjener=_("Utsendingen stanset midt i brevet.")
    )
    sum_.frigjort += fastlaste.update(tilstand=Epost.Tilstand.VENTER, leid_til=None)


def _tom_koen(runde: _Runde) -> None:
    while not runde.er_ferdig and _koblet_til(runde) and (eposter := _ta(runde)):
        try:
            _send_alle(eposter, runde)
        finally:
            _slipp(runde)


def _koblet_til(runde: _Runde) -> bool:
    try:
        runde.utsending.apne()
    except OSError as feil:
        runde.sum.feil = en_linje(str(feil)) or type(feil).__name__
        logg.warning("E-posttjeneren kan ikke nås: %s", type(feil).__name__)
        return False
    return True


def _ta(runde: _Runde) -> list[Epost]:
    """Claims some mails that no other round holds, those that must go at once first."""
    naa = runde.klokke.naa()
    with transaction.atomic():
        klare = Epost.objects.klare(naa).select_for_update(skip_locked=True).order_by("-straks", "pk")
        pker = list(klare.values_list("pk", flat=True)[:OM_GANGEN])
        Epost.objects.filter(pk__in=pker, tilstand=Epost.Tilstand.VENTER).update(
            tilstand=Epost.Tilstand.SENDES, leie=runde.leie, leid_til=naa + LEIETID
        )
    tatt = Epost.objects.filter(pk__in=pker, leie=runde.leie)
    return list(tatt.order_by("-straks", "pk").prefetch_related("vedlegg"))


def _slipp(runde: _Runde) -> None:
    """Gives back what was claimed and never offered."""
    _merk_forrige(runde)
    Epost.objects.filter(leie=runde.leie, tilstand=Epost.Tilstand.SENDES).update(
        tilstand=Epost.Tilstand.VENTER, leid_til=None
    )
    opphev_avvisning(runde.framme)
    runde.framme.clear()


def _send_alle(eposter: Sequence[Epost], runde: _Runde) -> None:
    runde.avviste = avviste_blant(epost.adresse for epost in eposter)
    for epost in eposter:
        if runde.er_ferdig:
            return
        if not runde.utsending.er_apen:
            _merk_forrige(runde)  # before a wait for the server
            if not _koblet_til(runde):
                return
        avvist = runde.avviste.get(epost.adresse.lower())
        if avvist is not None:
            _legg_bort(epost, avvist, runde)
        elif _begynn(epost, runde):
            svar = runde.utsending.send(melding(epost))
            _merk_deg_tjeneren(svar, runde)
            _ta_imot(epost, svar, runde)
            _merk_deg_adressen(epost.adresse.lower(), svar, runde)


def _begynn(epost: Epost, runde: _Runde) -> bool:
    """Writes what became of the mail before, and that this one is offered now. False when it is no longer ours."""
    leid_til = runde.klokke.naa() + LEIETID
    if runde.sendt is not None:
        er_var = merk_sendt_og_begynn(runde.sendt, epost, leie=runde.leie, leid_til=leid_til)
        runde.sendt = None
    else:
        er_var = begynn(epost, leie=runde.leie, leid_til=leid_til)
    epost.forsok += 1
    return er_var


def _merk_deg_tjeneren(svar: Svar, runde: _Runde) -> None:
    """Whether the server takes mail from us at all. If not, the others wait for a better time."""
    runde.feil_pa_rad = runde.feil_pa_rad + 1 if svar.om == Om.TJENEREN else 0
    if runde.feil_pa_rad >= FEIL_PA_RAD:
        runde.sum.feil = svar.ord or str(svar.om)
        logg.warning("E-posttjeneren tar ikke imot: %s på rad.", runde.feil_pa_rad)


def _merk_deg_adressen(adresse: str, svar: Svar, runde: _Runde) -> None:
    if svar.om == Om.ADRESSEN:
        runde.avviste[adresse] = avvis(adresse, svar=_ordene(svar), naa=runde.klokke.naa())
        runde.framme.discard(adresse)
    elif svar.utfall == Utfall.SENDT:
        runde.framme.add(adresse)


def melding(epost: Epost) -> Melding:
    """The mail as it goes on the wire. The Message-ID is the row's own, the same at every attempt."""
    # Which ones is known from the claim; each file is fetched when its mail goes, so that memory holds few at a time.
    rader = sorted(epost.vedlegg.all(), key=lambda rad: rad.pk)
    vedlegg = tuple(Vedlegg(rad.navn, bytes(rad.fil.innhold), rad.type) for rad in rader)
    return Melding(
        epost.message_id,
        epost.adresse,
        epost.emne,
        epost.tekst,
        epost.html,
        epost.svar_til,
        epost.avmelding,
        fra=epost.fra,
        vedlegg=vedlegg,
    )


def _ordene(svar: Svar) -> str:
    return f"{svar.kode or ''} {svar.ord}".strip()


def _ta_imot(epost: Epost, svar: Svar, runde: _Runde) -> None:
    """The outcome: sent, tried again after a pause, or failed for good with the server's words."""
    naa, ord_ = runde.klokke.naa(), _ordene(svar)
    # A server's rules may be wrong for an hour. Only where it has just taken other mail is its no about this one.
    om_oss = svar.om == Om.TJENEREN and (runde.feil_pa_rad > 1 or not runde.sum.levert)
    igjen = neste_forsok(epost.forsok, naa) if svar.utfall == Utfall.MIDLERTIDIG or om_oss else None
    if svar.utfall == Utfall.SENDT:
        runde.sum.levert += 1
        runde.sendt = Sendt(epost, naa)
    elif igjen is not None:
        runde.sum.utsatt += 1
        felter = {"tilstand": Epost.Tilstand.VENTER, "neste_forsok": igjen, "svar_fra_tjener": ord_}
        merk(epost, felter, leie=runde.leie)
    else:
        _gi_opp(epost, ord_, runde)


def _gi_opp(epost: Epost, ord_: str, runde: _Runde) -> None:
    runde.sum.feilet += 1
    felter = {"tilstand": Epost.Tilstand.FEILET, "svar_fra_tjener": ord_, **det_som_blir(epost)}
    merk(epost, felter, leie=runde.leie)
    logg.warning("E-post %s er gitt opp etter %s forsøk.", epost.pk, epost.forsok)


def _merk_forrige(runde: _Runde) -> None:
    """Marks the latest mail sent when no other follows it."""
    if runde.sendt is not None:
        epost, tid = runde.sendt.epost, runde.sendt.tid
        felter = {"tilstand": Epost.Tilstand.SENDT, "sendt": tid, "svar_fra_tjener": "", **det_som_blir(epost)}
        merk(epost, felter, leie=runde.leie)
        runde.sendt = None


def _legg_bort(epost: Epost, avvist: AvvistAdresse, runde: _Runde) -> None:
    """Not offered to any server: its address has been refused for good."""
    _gi_opp(epost, _("Ikke forsøkt. Adressen er avvist: %(svar)s") % {"svar": avvist.svar_fra_tjener}, runde)


def _noter(naa: dt.datetime, leveranse: Leveranse) -> None:
    """The heartbeat: one row a day, moved on by each round."""
    dag, hendt = oslo_dato(naa), {"ferdig": naa, "feil": leveranse.feil}
    funnet = leveranse.levert + leveranse.utsatt + leveranse.feilet
    tellere = {"funnet": F("funnet") + funnet, "nye": F("nye") + leveranse.levert}
    rad = Kjoring.objects.filter(jobb=JOBB, dag=dag).order_by("pk").values_list("pk", flat=True).first()
    if rad is None:
        rad = Kjoring.objects.create(jobb=JOBB, dag=dag, startet=naa).pk
    Kjoring.objects.filter(pk=rad).update(**hendt, **tellere)
