"""Mail transport: what goes on the wire, and what the server said to each of them. The queue is not here."""

import logging
import re
import secrets
import smtplib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.header import Header
from email.utils import formatdate
from enum import StrEnum
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as Smtp
from django.core.mail.message import sanitize_address

from felles.personnummer import finn_personnummer

logg = logging.getLogger(__name__)

UTEN_KODE = 0
LENGSTE_SVAR = 500  # characters kept of what a server says
LENGSTE_HODE = 900  # characters of a header on one line
STENGER, FOR_STOR = 421, 552
INGEN_POSTKASSE = {550, 551, 553, 556}
AVSENDERENS = {"7", "8"}  # 5.1.7 and 5.1.8
_LINJESLUTT = re.compile(r"\r\n|\r|\n")
_LANG_LINJE = re.compile(r"[^\r\n]{241}")  # may be more than the 998 bytes that a line is allowed
_VANLIG_ADRESSE = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
_UTVIDET = re.compile(r"5\.(\d{1,3})\.(\d{1,3})\b")
_TJENERENS_REGLER = re.compile(
    r"relay|spam|black|block|polic|denied|reputation|spf|dkim|dmarc|rbl|dnsbl|sender|authentic|not allowed"
    r"|not permitted|prohibit|rate|limit|quota|full|list|helo|reverse|ptr|videresend|sperr|avsender|tillat",
    re.IGNORECASE,
)


class Utfall(StrEnum):
    SENDT = "sendt"
    MIDLERTIDIG = "midlertidig"  # worth another attempt
    VARIG = "varig"  # the same again would fail the same way


class Om(StrEnum):
    BREVET = "brevet"
    ADRESSEN = "adressen"  # it does not exist: no mail to it will ever arrive
    TJENEREN = "tjeneren"  # away, busy, or unwilling to take mail from us: the next mail may fare no better


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
    """What became of a mail, with the server's own words on one line, without control characters.

    `om` says what the trouble was about: the mail itself, its address, or the server and the way to it.
    """

    message_id: str
    utfall: Utfall
    kode: int = UTEN_KODE
    ord: str = ""
    om: Om = Om.BREVET


class Utsending:
    """One connection for many mails:

        with Utsending() as utsending:
            svar = utsending.send(melding)

    Opened at the first mail; opened anew when a conversation broke off half-way, but not because a mail was refused.
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

    @property
    def er_apen(self) -> bool:
        """Whether the conversation goes on. A backend that keeps none (files, memory) is always open."""
        return getattr(self.forbindelse, "connection", True) is not None

    def apne(self) -> None:
        """Connects now. Raises OSError when the server is away, so that no mail need be tried in vain."""
        self.forbindelse.open()

    def send(self, melding: Melding) -> Svar:
        """Sends one mail; what goes wrong is in the answer, never raised."""
        try:
            self._send(til_brev(melding))
        except (OSError, smtplib.SMTPException, ValueError, UnicodeError) as feil:
            if not _kan_fortsette(feil):
                self._lukk()
            return _svar(melding.message_id, feil)
        except Exception as feil:  # a fault of ours in one mail must not stop those behind it
            logg.exception("Et brev kunne ikke skrives.")
            self._lukk()
            return Svar(melding.message_id, Utfall.MIDLERTIDIG, ord=type(feil).__name__)
        return Svar(melding.message_id, Utfall.SENDT)

    def _send(self, brev: EmailMultiAlternatives) -> None:
        if not isinstance(self.forbindelse, Smtp):
            brev.connection = self.forbindelse
            brev.send()
            return
        innhold = som_byte(brev)
        self.apne()
        assert self.forbindelse.connection is not None
        self.forbindelse.connection.sendmail(_adresse(brev.from_email), [_adresse(brev.to[0])], innhold)

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


def som_byte(brev: EmailMultiAlternatives) -> bytes:
    """The mail as it goes on the wire.

    A plain mail in one or two forms is put together here: the library takes five times as long, since it looks at each
    line for its length and seeks a boundary in the whole text. Everything else is the library's.
    """
    tekster = [("plain", str(brev.body)), *((slag.partition("/")[2], str(ord_)) for ord_, slag in brev.alternatives)]
    bare_tekst = all(slag in {"plain", "html"} and not _LANG_LINJE.search(tekst) for slag, tekst in tekster)
    if brev.attachments or not bare_tekst:
        melding: Any = brev.message()  # Django's own class of it, which can choose the ends of lines
        return bytes(melding.as_bytes(linesep="\r\n"))
    hoder = {
        "MIME-Version": "1.0",
        "Subject": _hode(str(brev.subject)),
        "From": _adresse(brev.extra_headers.get("From", brev.from_email)),
        "To": _adresse(brev.to[0]),
        **({"Reply-To": ", ".join(_adresse(adresse) for adresse in brev.reply_to)} if brev.reply_to else {}),
        "Date": formatdate(localtime=settings.EMAIL_USE_LOCALTIME),
        **{navn: _hode(verdi) for navn, verdi in brev.extra_headers.items() if navn not in {"From", "Sender"}},
        **({"Sender": _adresse(brev.extra_headers["Sender"])} if "Sender" in brev.extra_headers else {}),
    }
    linjer = "".join(f"{navn}: {verdi}\n" for navn, verdi in hoder.items())
    deler = [
        f'Content-Type: text/{slag}; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n{tekst}'
        for slag, tekst in tekster
    ]
    skille = secrets.token_hex(16)  # in no text
    if len(deler) > 1:
        samlet = "".join(f"--{skille}\n{del_}\n" for del_ in deler)
        linjer += f'Content-Type: multipart/alternative; boundary="{skille}"\n\n{samlet}--{skille}--\n'
    else:
        linjer += deler[0]
    rene = _LINJESLUTT.sub("\n", linjer) if "\r" in linjer else linjer
    return rene.replace("\n", "\r\n").encode()


def _hode(verdi: str) -> str:
    return verdi if verdi.isascii() and len(verdi) < LENGSTE_HODE else _kodet(verdi)


@lru_cache(maxsize=256)
def _kodet(verdi: str) -> str:
    return Header(verdi, "utf-8").encode()


@lru_cache(maxsize=256)
def _adresse(adresse: str) -> str:
    """As it may stand in a header and in the conversation with the server."""
    return adresse if _VANLIG_ADRESSE.fullmatch(adresse) else sanitize_address(adresse, "utf-8")


def _kan_fortsette(feil: Exception) -> bool:
    """Whether the server only said no: then smtplib has reset the conversation, and the next mail may begin."""
    sa_nei = isinstance(feil, (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError))
    return sa_nei and _kode_og_ord(feil)[0] != STENGER


def _svar(message_id: str, feil: Exception) -> Svar:
    kode, ord_ = _kode_og_ord(feil)
    linje = en_linje(ord_)
    varig = kode >= 500 if kode else isinstance(feil, ValueError)  # BadHeaderError and bad encodings are ValueErrors
    return Svar(message_id, Utfall.VARIG if varig else Utfall.MIDLERTIDIG, kode, linje, _om(feil, kode, linje))


def _om(feil: Exception, kode: int, linje: str) -> Om:
    match feil:
        case smtplib.SMTPRecipientsRefused() if kode >= 500 and gjelder_adressen(kode, linje):
            return Om.ADRESSEN
        case smtplib.SMTPRecipientsRefused() if kode >= 500 and not linje.startswith("5.2."):  # 5.2: the mailbox's
            return Om.TJENEREN
        case smtplib.SMTPSenderRefused() if kode != FOR_STOR:  # the sender is the same for every mail
            return Om.TJENEREN
        case smtplib.SMTPResponseException() | smtplib.SMTPRecipientsRefused() if kode != STENGER:
            return Om.BREVET
        case OSError():  # smtplib's own are OSErrors too: what is left here is a conversation that broke off
            return Om.TJENEREN
    return Om.BREVET


def gjelder_adressen(kode: int, ord_: str) -> bool:
    """Whether a refusal of the recipient says that there is no such address.

    By the enhanced status code where there is one (RFC 3463: 5.1.x is the address, but 5.1.7 and 5.1.8 the sender's;
    5.2.1 a mailbox that is closed; Exchange Online says 5.4.1 of recipients it does not know). Without one, by the
    plain codes for a mailbox that is not there, unless the words speak of the server's rules. In doubt it is not the
    address: a mail too many harms less than reminders that stop.
    """
    utvidet = _UTVIDET.match(ord_)
    if utvidet is None:
        return kode in INGEN_POSTKASSE and _TJENERENS_REGLER.search(ord_) is None
    emne, detalj = utvidet.groups()
    if (emne, detalj) == ("4", "1"):
        return "recipient address rejected" in ord_.casefold()
    return (emne == "1" and detalj not in AVSENDERENS) or (emne, detalj) == ("2", "1")


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
