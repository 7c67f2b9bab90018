"""A real SMTP server on this machine, which says yes, later, no, or hangs up."""

import email
import socket
from email import policy

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import BadHeaderError, get_connection

from felles.epost import Melding, Om, Svar, Utfall, Utsending, Vedlegg, gjelder_adressen, send, som_byte, til_brev

FORMEN = {"Date", "Content-Type", "Content-Transfer-Encoding"}


class Postkasse:
    """Takes what it gets, except for addresses that name another answer."""

    def __init__(self):
        self.brev, self.samtaler = [], 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's name
        self.samtaler += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        navn = address.split("@")[0]
        if navn == "senere":
            return "451 4.7.1 Prøv igjen senere"
        if navn == "tall":
            return "450 4.2.0 Ko 02013299997 er full"
        if navn == "sperret":
            return "550 5.7.1 Relaying denied"
        if navn == "stenger":
            return "421 4.3.2 Tjeneren stenger"
        if navn == "ukjent":
            return "550 5.1.1 Ingen slik mottaker"
        if navn == "legger-pa":
            server.transport.close()
            return "250 OK"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if envelope.rcpt_tos[0].startswith("full"):
            return "552 5.2.2 Postkassa er full"
        self.brev.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def tjener():
    kasse = Postkasse()
    kontroll = Controller(kasse, hostname="127.0.0.1", port=ledig_port(), enable_SMTPUTF8=True, server_hostname="prove")
    kontroll.start()
    yield kasse, get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=kontroll.port)
    kontroll.stop()


def ledig_port():
    with socket.socket() as stikk:
        stikk.bind(("127.0.0.1", 0))
        return stikk.getsockname()[1]


def melding(til="medlem@rana.example", nummer=1, **mer):
    return Melding(f"<{nummer}@slt.example>", til, "Møte i Gruppa på Åsen", "Hei Øyvind!", **mer)


def test_brevet_kommer_fram_slik_det_ble_skrevet(tjener):
    kasse, forbindelse = tjener
    svar = list(
        send(
            [
                melding(
                    html="<p>Hei Øyvind!</p>",
                    svar_til="slt@rana.example",
                    avmelding="https://slt.example/varselvalg/",
                    vedlegg=(Vedlegg("innkalling.pdf", b"%PDF-1.7", "application/pdf"),),
                )
            ],
            forbindelse=forbindelse,
        )
    )
    assert svar == [Svar("<1@slt.example>", Utfall.SENDT)]
    (brev,) = kasse.brev
    assert {
        navn: brev[navn] for navn in ("Message-ID", "To", "Reply-To", "Subject", "Auto-Submitted", "List-Unsubscribe")
    } == {
        "Message-ID": "<1@slt.example>",
        "To": "medlem@rana.example",
        "Reply-To": "slt@rana.example",
        "Subject": "Møte i Gruppa på Åsen",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<https://slt.example/varselvalg/>",
    }
    assert brev.get_body(("plain",)).get_content().strip() == "Hei Øyvind!"
    assert brev.get_body(("html",)).get_content().strip() == "<p>Hei Øyvind!</p>"
    (vedlegg,) = brev.iter_attachments()
    assert (vedlegg.get_filename(), vedlegg.get_content()) == ("innkalling.pdf", b"%PDF-1.7")


def test_alle_brev_gar_over_en_forbindelse(tjener):
    kasse, forbindelse = tjener
    svar = list(send([melding(nummer=n) for n in range(5)], forbindelse=forbindelse))
    assert [ett.utfall for ett in svar] == [Utfall.SENDT] * 5
    assert (len(kasse.brev), kasse.samtaler) == (5, 1)


def test_hver_mottaker_far_sitt_eget_svar(tjener):
    kasse, forbindelse = tjener
    adresser = ["a@rana.example", "senere@rana.example", "ukjent@rana.example", "full@rana.example", "b@rana.example"]
    svar = list(send([melding(til, nummer) for nummer, til in enumerate(adresser)], forbindelse=forbindelse))
    assert [(ett.utfall, ett.kode) for ett in svar] == [
        (Utfall.SENDT, 0),
        (Utfall.MIDLERTIDIG, 451),
        (Utfall.VARIG, 550),
        (Utfall.VARIG, 552),
        (Utfall.SENDT, 0),
    ]
    assert svar[2].ord == "5.1.1 Ingen slik mottaker"
    assert [ett.om for ett in svar[1:4]] == [Om.BREVET, Om.ADRESSEN, Om.BREVET]
    assert kasse.samtaler == 1  # a no is an answer: the conversation goes on
    assert [brev["To"] for brev in kasse.brev] == ["a@rana.example", "b@rana.example"]


def test_en_tjener_som_legger_pa_stopper_ikke_de_andre(tjener):
    kasse, forbindelse = tjener
    svar = list(send([melding("legger-pa@rana.example"), melding(nummer=2)], forbindelse=forbindelse))
    assert [(ett.utfall, ett.kode) for ett in svar] == [(Utfall.MIDLERTIDIG, 0), (Utfall.SENDT, 0)]
    assert svar[0].ord.startswith("SMTPServerDisconnected")


def test_en_tjener_som_er_borte_er_midlertidig():
    borte = get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=ledig_port())
    (svar,) = send([melding()], forbindelse=borte)
    assert (svar.utfall, svar.kode) == (Utfall.MIDLERTIDIG, 0)
    with pytest.raises(OSError, match="refused"), Utsending(borte) as utsending:
        utsending.apne()


def test_det_som_er_tjenerens_er_ikke_brevets(tjener):
    kasse, forbindelse = tjener
    adresser = ["sperret@rana.example", "stenger@rana.example", "legger-pa@rana.example", "a@rana.example"]
    svar = list(send([melding(til, nummer) for nummer, til in enumerate(adresser)], forbindelse=forbindelse))
    assert [(ett.om, ett.kode) for ett in svar[:3]] == [(Om.TJENEREN, 550), (Om.TJENEREN, 421), (Om.TJENEREN, 0)]
    assert svar[3].utfall is Utfall.SENDT


@pytest.mark.parametrize(
    ("kode", "ord_", "adressen"),
    [
        (550, "5.1.1 <kari@rana.example>: Recipient address rejected: User unknown in local table", True),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", True),
        (550, "5.4.1 Recipient address rejected: Access denied.", True),  # Exchange Online
        (550, "5.2.1 The account is disabled", True),
        (556, "5.1.10 Domain does not accept mail", True),
        (550, "Ukjent mottaker", True),
        (550, "No such user here", True),
        (550, "5.1.8 Sender address rejected: Domain not found", False),
        (550, "5.7.1 Relaying denied", False),
        (550, "5.4.1 Relay access denied", False),
        (550, "5.7.1 Service unavailable, client host blocked using zen.example", False),
        (550, "Relay not permitted", False),
        (550, "Rejected by SPF policy", False),
        (552, "5.2.2 Mailbox full", False),
        (552, "Mailbox full", False),
        (554, "Transaction failed", False),
        (530, "5.7.0 Must issue a STARTTLS command first", False),
    ],
)
def test_bare_et_nei_til_adressen_gjelder_adressen(kode, ord_, adressen):
    assert gjelder_adressen(kode, ord_) is adressen


@pytest.mark.parametrize(
    "mer",
    [
        {"emne": "Møte om våren " * 9 + "på Ås", "svar_til": "slt@rana.example", "avmelding": "https://slt.example/å/"},
        {"fra": "SLT Prøveby på Ås <slt@prøveby.example>", "html": "<p>Hei</p>"},
        {"html": "<p>Hei Øyvind!</p>\r\n.\n", "tekst": ".\n\r\nHei\rdu\n"},
        {"tekst": "\n\n\r\n" * 500 + "x" * 2000 + "å", "html": "<p>æ</p>"},
        {"til": "øyvind@slått.example", "vedlegg": (Vedlegg("å.pdf", bytes(range(256)), "application/pdf"),)},
    ],
)
def test_bytene_sier_det_samme_som_django_ville_sagt(mer):
    def lest(byte):
        brev = email.message_from_bytes(byte, policy=policy.default)
        hoder = {navn: " ".join(verdi.split()) for navn, verdi in brev.items() if navn not in FORMEN}
        deler = [(del_.get_content_type(), del_.get_content()) for del_ in brev.walk() if not del_.is_multipart()]
        return hoder, deler, brev.defects

    vanlig = {"message_id": "<1@slt.example>", "til": "a@rana.example", "emne": "Møte på Åsen", "tekst": "Hei!"}
    brev = til_brev(Melding(**vanlig | mer))
    byte = som_byte(brev)
    assert lest(byte) == lest(brev.message().as_bytes(linesep="\r\n"))
    assert all(len(linje) <= 998 for linje in byte.split(b"\r\n"))
    assert byte.count(b"\n") == byte.count(b"\r") == byte.count(b"\r\n")


@pytest.mark.parametrize(
    "farlig",
    [
        {"emne": "Møte\nBcc: alle@rana.example"},
        {"emne": "Møte\r\n\r\nEn annen kropp"},
        {"til": "a@rana.example\nBcc: b@rana.example"},
        {"svar_til": "a@rana.example\r\nX-Noe: b"},
        {"message_id": "<1@slt.example>\nX-Noe: b"},
        {"avmelding": "https://slt.example/>\nX-Noe: b"},
        {"emne": "Møte\x00"},
        {"emne": "Møte\u2028Bcc: b"},
    ],
)
def test_ingen_smugler_inn_et_hode(tjener, farlig):
    kasse, forbindelse = tjener
    felter = {"message_id": "<1@slt.example>", "til": "a@rana.example", "emne": "Møte", "tekst": "Hei"} | farlig
    with pytest.raises(BadHeaderError):
        til_brev(Melding(**felter))
    (svar,) = send([Melding(**felter)], forbindelse=forbindelse)
    assert svar.utfall is Utfall.VARIG
    assert kasse.brev == []


def test_tall_fra_tjeneren_kan_lagres(tjener):
    _, forbindelse = tjener
    (svar,) = send([melding("tall@rana.example")], forbindelse=forbindelse)
    assert (svar.kode, svar.ord) == (450, "4.2.0 Ko … er full")
