"""Mail transport: what goes on the wire, and what the server said to each of them. The queue is not here."""

import smtplib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection

from felles.personnummer import finn_personnummer

UTEN_KODE = 0
LENGSTE_SVAR = 500  # characters kept of what a server says


class Utfall(StrEnum):
    SENDT = "sendt"
    MIDLERTIDIG = "midlertidig"  # worth another attempt
    VARIG = "varig"  # the same again would fail the same way


@dataclass(frozen=True, slots=True)
class Vedlegg:
    navn: str
    innhold: bytes
    type: str  # «application/pdf», «text/calendar; method=REQUEST»


@dataclass(frozen=True, slots=True)
class Melding:
    """One mail to one address. `avmelding` is the page where its reader chooses what to get.

    `fra` is whom it comes from («SLT Prøveby <slt@…>»); empty is the portal itself.
    """

    message_id: str
    til: str
    emne: str
    tekst: str
    html: str = ""
    svar_til: str = ""
    avmelding: str = ""
    fra: str = ""
    vedlegg: tuple[Vedlegg, ...] = ()


@dataclass(frozen=True, slots=True)
class Svar:
    """What became of a mail, with the server's own words on one line, without control characters."""

    message_id: str
    utfall: Utfall
    kode: int = UTEN_KODE
    ord: str = ""


class Utsending:
    """One connection for many mails:

        with Utsending() as utsending:
            svar = utsending.send(melding)

    Opened at the first mail, opened anew after a mail that failed, since the conversation may be half-way.
    `forbindelse` is a Django mail backend, for another server than the one in the settings.
    """

    def __init__(self, forbindelse: Any = None) -> None:
        self.forbindelse = get_connection() if forbindelse is None else forbindelse

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, slag: type[BaseException] | None, feil: BaseException | None, spor: TracebackType | None
    ) -> None:
        self._lukk()

    def apne(self) -> None:
        """Connects now. Raises OSError when the server is away, so that no mail need be tried in vain."""
        self.forbindelse.open()

    def send(self, melding: Melding) -> Svar:
        """Sends one mail; what goes wrong is in the answer, never raised."""
        try:
            brev = til_brev(melding)
            brev.connection = self.forbindelse
            self.apne()
            brev.send()
        except (OSError, smtplib.SMTPException, ValueError, UnicodeError) as feil:
            self._lukk()
            return _svar(melding.message_id, feil)
        return Svar(melding.message_id, Utfall.SENDT)

    def _lukk(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self.forbindelse.close()


def send(meldinger: Iterable[Melding], *, forbindelse: Any = None) -> Iterator[Svar]:
    """Sends all over one connection and answers for each, in order. One bad address stops none of the others."""
    with Utsending(forbindelse) as utsending:
        for melding in meldinger:
            yield utsending.send(melding)


def til_brev(melding: Melding) -> EmailMultiAlternatives:
    """The mail as it goes out. Raises BadHeaderError for a line break where a header could be smuggled in."""
    hoder = {"Message-ID": melding.message_id, "Auto-Submitted": "auto-generated"}
    if melding.avmelding:
        # The mail program's own button, in one press (RFC 8058).
        hoder["List-Unsubscribe"] = f"<{melding.avmelding}>"
        hoder["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if melding.fra and melding.fra != settings.DEFAULT_FROM_EMAIL:
        # The envelope stays the portal's own, so that SPF holds and bounces come back to the one who can read them.
        hoder |= {"From": melding.fra, "Sender": settings.DEFAULT_FROM_EMAIL}
    for felt in (*hoder.values(), melding.til, melding.emne, melding.svar_til):
        if any(not tegn.isprintable() for tegn in felt):
            raise BadHeaderError(
                "A header holds a line break or a control character."
            )  # never which: it may be personal
    brev = EmailMultiAlternatives(
        melding.emne,
        melding.tekst,
        settings.DEFAULT_FROM_EMAIL,
        [melding.til],
        reply_to=[melding.svar_til] if melding.svar_til else None,
        headers=hoder,
    )
    if melding.html:
        brev.attach_alternative(melding.html, "text/html")
    for vedlegg in melding.vedlegg:
        if vedlegg.type.startswith("text/calendar"):
            # Another form of the message itself: that is what makes a mail program offer to answer.
            brev.attach_alternative(vedlegg.innhold.decode(), vedlegg.type)
        else:
            brev.attach(vedlegg.navn, vedlegg.innhold, vedlegg.type)
    return brev


def _svar(message_id: str, feil: Exception) -> Svar:
    kode, ord_ = _kode_og_ord(feil)
    varig = kode >= 500 if kode else isinstance(feil, ValueError)  # BadHeaderError and bad encodings are ValueErrors
    return Svar(message_id, Utfall.VARIG if varig else Utfall.MIDLERTIDIG, kode, en_linje(ord_))


def _kode_og_ord(feil: Exception) -> tuple[int, str | bytes]:
    match feil:
        case smtplib.SMTPAuthenticationError():
            return UTEN_KODE, feil.smtp_error  # the settings are wrong, not the mail: 535 must not throw it away
        case smtplib.SMTPRecipientsRefused():
            kode, ord_ = next(iter(feil.recipients.values()))
            return kode, ord_
        case smtplib.SMTPConnectError() | smtplib.SMTPHeloError():
            return UTEN_KODE, feil.smtp_error
        case smtplib.SMTPResponseException():
            return feil.smtp_code, feil.smtp_error
    return UTEN_KODE, f"{type(feil).__name__}: {feil}"


def en_linje(ord_: str | bytes) -> str:
    """A server may answer with numbers of its own; those that would be stopped as a fødselsnummer are left out."""
    tekst = ord_.decode(errors="replace") if isinstance(ord_, bytes) else ord_
    while funn := finn_personnummer(tekst):
        tekst = f"{tekst[: funn[0]]}…{tekst[funn[1] :]}"
    return " ".join("".join(tegn if tegn.isprintable() else " " for tegn in tekst).split())[:LENGSTE_SVAR]
