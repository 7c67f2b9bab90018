"""Empties the queue: claim, send, mark. One connection for the whole round, no transaction around the network."""

import datetime as dt
import logging
import time
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from felles.epost import Melding, Svar, Utfall, Utsending, Vedlegg, en_linje
from felles.tid import oslo_dato
from varsling.models import Epost, Kjoring
from varsling.rules import neste_forsok, uten_personlige_lenker

logg = logging.getLogger(__name__)

JOBB = "varsling.tasks.lever"
LEIETID = dt.timedelta(minutes=10)  # far longer than one mail takes; after it the row is free again
LENGSTE_RUNDE = dt.timedelta(minutes=5)  # well inside the lease of the last mail of the round
OM_GANGEN = 200


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
    """The given moment, carried on by the time that the round itself takes."""

    start: dt.datetime
    monoton: float = field(default_factory=time.monotonic)

    def naa(self) -> dt.datetime:
        return self.start + self.gatt()

    def gatt(self) -> dt.timedelta:
        return dt.timedelta(seconds=time.monotonic() - self.monoton)


def lever(naa: dt.datetime) -> Leveranse:
    """Sends what is due at `naa`. While the mail server is away nothing is claimed, so no mail loses an attempt."""
    klokke, runde = _Klokke(naa), Leveranse()
    runde.frigjort = Epost.objects.fastlaste(naa).update(tilstand=Epost.Tilstand.VENTER, leid_til=None)
    ventende = list(Epost.objects.klare(naa).order_by("opprettet", "pk").values_list("pk", flat=True)[:OM_GANGEN])
    if ventende:
        _send_alle(ventende, klokke, runde)
    _noter(klokke.naa(), runde)
    return runde


def _send_alle(ventende: list[int], klokke: _Klokke, runde: Leveranse) -> None:
    with Utsending() as utsending:
        for pk in ventende:
            if klokke.gatt() > LENGSTE_RUNDE:
                return
            try:
                utsending.apne()
            except OSError as feil:
                runde.feil = en_linje(str(feil))
                logg.warning("E-posttjeneren kan ikke nås: %s", type(feil).__name__)
                return
            epost = _ta(pk, klokke.naa())
            if epost is not None:
                _merk(epost, utsending.send(melding(epost)), klokke.naa(), runde)


def _ta(pk: int, naa: dt.datetime) -> Epost | None:
    """Claims one mail. None when another worker was first."""
    leid_til = naa + LEIETID
    tatt = (
        Epost.objects.klare(naa)
        .filter(pk=pk)
        .update(tilstand=Epost.Tilstand.SENDES, leid_til=leid_til, forsok=F("forsok") + 1)
    )
    return Epost.objects.get(pk=pk) if tatt else None


def melding(epost: Epost) -> Melding:
    """The mail as it goes on the wire. The Message-ID is the row's own, the same at every attempt."""
    vedlegg = tuple(
        Vedlegg(rad.navn, bytes(rad.fil.innhold), rad.type)
        for rad in epost.vedlegg.select_related("fil").order_by("pk")
    )
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


def _merk(epost: Epost, svar: Svar, naa: dt.datetime, runde: Leveranse) -> None:
    """Writes the outcome: sent, tried again after a pause, or failed for good with the server's words."""
    ord_ = f"{svar.kode or ''} {svar.ord}".strip()
    igjen = neste_forsok(epost.forsok, naa) if svar.utfall == Utfall.MIDLERTIDIG else None
    if svar.utfall == Utfall.SENDT:
        runde.levert += 1
        _skriv(epost, tilstand=Epost.Tilstand.SENDT, sendt=naa, svar_fra_tjener="", **_uten_lenker(epost))
    elif igjen is not None:
        runde.utsatt += 1
        _skriv(epost, tilstand=Epost.Tilstand.VENTER, neste_forsok=igjen, svar_fra_tjener=ord_)
    else:
        runde.feilet += 1
        _skriv(epost, tilstand=Epost.Tilstand.FEILET, svar_fra_tjener=ord_, **_uten_lenker(epost))
        logg.warning("E-post %s er gitt opp etter %s forsøk.", epost.pk, epost.forsok)


def _uten_lenker(epost: Epost) -> dict[str, str]:
    return {
        "tekst": uten_personlige_lenker(epost.tekst),
        "html": uten_personlige_lenker(epost.html),
        "avmelding": uten_personlige_lenker(epost.avmelding),
    }


def _skriv(epost: Epost, **felter: Any) -> None:
    """Only while the claim is still ours."""
    Epost.objects.filter(pk=epost.pk, tilstand=Epost.Tilstand.SENDES, leid_til=epost.leid_til).update(
        leid_til=None, **felter
    )


def _noter(naa: dt.datetime, runde: Leveranse) -> None:
    """The heartbeat: one row a day, moved on by each round."""
    dag, hendt = oslo_dato(naa), {"ferdig": naa, "feil": runde.feil}
    tellere = {"funnet": F("funnet") + runde.levert + runde.utsatt + runde.feilet, "nye": F("nye") + runde.levert}
    rad = Kjoring.objects.filter(jobb=JOBB, dag=dag).order_by("pk").values_list("pk", flat=True).first()
    if rad is None:
        rad = Kjoring.objects.create(jobb=JOBB, dag=dag, startet=naa).pk
    Kjoring.objects.filter(pk=rad).update(**hendt, **tellere)
