"""Empties the queue: claim, send, mark. One connection for the whole round, no transaction around the network."""

import datetime as dt
import logging
import smtplib
import time
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F

from felles.tid import oslo_dato
from varsling.models import Epost, Kjoring
from varsling.rules import er_endelig, neste_forsok, uten_personlige_lenker

logg = logging.getLogger(__name__)

JOBB = "varsling.tasks.lever"
LEIETID = dt.timedelta(minutes=10)  # far longer than one mail takes; after it the row is free again
LENGSTE_RUNDE = dt.timedelta(minutes=5)  # well inside the lease of the last mail of the round
OM_GANGEN = 200
FEIL_VED_TILKOBLING = (OSError, smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)


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
    forbindelse = get_connection()
    try:
        for pk in ventende:
            if klokke.gatt() > LENGSTE_RUNDE:
                return
            forbindelse.open()
            epost = _ta(pk, klokke.naa())
            if epost is not None:
                _send(epost, forbindelse, klokke, runde)
    except FEIL_VED_TILKOBLING as feil:
        runde.feil = _svar(feil)
        logg.warning("E-posttjeneren kan ikke nås: %s", runde.feil)
    finally:
        _lukk(forbindelse)


def _ta(pk: int, naa: dt.datetime) -> Epost | None:
    """Claims one mail. None when another worker was first."""
    leid_til = naa + LEIETID
    tatt = (
        Epost.objects.klare(naa)
        .filter(pk=pk)
        .update(tilstand=Epost.Tilstand.SENDES, leid_til=leid_til, forsok=F("forsok") + 1)
    )
    return Epost.objects.get(pk=pk) if tatt else None


def _send(epost: Epost, forbindelse: Any, klokke: _Klokke, runde: Leveranse) -> None:
    try:
        melding(epost, forbindelse).send()
    except Exception as feil:  # one mail that cannot be sent must not stop the others
        _merk_feil(epost, feil, klokke.naa(), runde)
        _lukk(forbindelse)  # the conversation may be half-way; the next mail begins a new one
    else:
        sendt = klokke.naa()
        _merk(
            epost,
            tilstand=Epost.Tilstand.SENDT,
            sendt=sendt,
            svar_fra_tjener="",
            tekst=uten_personlige_lenker(epost.tekst),
            html=uten_personlige_lenker(epost.html),
        )
        runde.levert += 1


def melding(epost: Epost, forbindelse: Any = None) -> EmailMultiAlternatives:
    """The mail as it goes on the wire. The Message-ID is the row's own, the same at every attempt."""
    ut = EmailMultiAlternatives(
        epost.emne,
        epost.tekst,
        settings.DEFAULT_FROM_EMAIL,
        [epost.adresse],
        connection=forbindelse,
        reply_to=[epost.svar_til] if epost.svar_til else None,
        headers={"Message-ID": epost.message_id, "Auto-Submitted": "auto-generated"},
    )
    if epost.html:
        ut.attach_alternative(epost.html, "text/html")
    return ut


def _merk_feil(epost: Epost, feil: Exception, naa: dt.datetime, runde: Leveranse) -> None:
    igjen = None if er_endelig(_kode(feil)) else neste_forsok(epost.forsok, naa)
    logg.warning("E-post %s ble ikke levert: %s", epost.pk, type(feil).__name__)
    if igjen is not None:
        _merk(epost, tilstand=Epost.Tilstand.VENTER, neste_forsok=igjen, svar_fra_tjener=_svar(feil))
        runde.utsatt += 1
        return
    _merk(
        epost,
        tilstand=Epost.Tilstand.FEILET,
        svar_fra_tjener=_svar(feil),
        tekst=uten_personlige_lenker(epost.tekst),
        html=uten_personlige_lenker(epost.html),
    )
    runde.feilet += 1


def _merk(epost: Epost, **felter: Any) -> None:
    """Writes the outcome, if the claim is still ours."""
    Epost.objects.filter(pk=epost.pk, tilstand=Epost.Tilstand.SENDES, leid_til=epost.leid_til).update(
        leid_til=None, **felter
    )


def _svar_fra_tjener(feil: Exception) -> tuple[int, str]:
    """The reply code and words of an SMTP error; code 0 for any other."""
    if isinstance(feil, smtplib.SMTPRecipientsRefused):
        kode, ord_ = next(iter(feil.recipients.values()))
    elif isinstance(feil, smtplib.SMTPResponseException):
        kode, ord_ = feil.smtp_code, feil.smtp_error
    else:
        return 0, str(feil)
    return kode, ord_.decode(errors="replace") if isinstance(ord_, bytes) else ord_


def _kode(feil: Exception) -> int:
    return _svar_fra_tjener(feil)[0]


def _svar(feil: Exception) -> str:
    """What the server said, one line, without characters that cannot be stored."""
    kode, ord_ = _svar_fra_tjener(feil)
    ord_ = " ".join("".join(tegn if tegn.isprintable() else " " for tegn in ord_).split())[:500]
    return f"{kode} {ord_}" if kode else f"{type(feil).__name__}: {ord_}"


def _lukk(forbindelse: Any) -> None:
    try:
        forbindelse.close()
    except (OSError, smtplib.SMTPException):
        logg.debug("Forbindelsen til e-posttjeneren var alt brutt.")


def _noter(naa: dt.datetime, runde: Leveranse) -> None:
    """The heartbeat: one row a day, moved on by each round."""
    dag, hendt = oslo_dato(naa), {"ferdig": naa, "feil": runde.feil}
    tellere = {"funnet": F("funnet") + runde.levert + runde.utsatt + runde.feilet, "nye": F("nye") + runde.levert}
    rad = Kjoring.objects.filter(jobb=JOBB, dag=dag).order_by("pk").values_list("pk", flat=True).first()
    if rad is None:
        rad = Kjoring.objects.create(jobb=JOBB, dag=dag, startet=naa).pk
    Kjoring.objects.filter(pk=rad).update(**hendt, **tellere)
