"""Calendar entries as others read them, and the personal feed."""

import datetime as dt
import re

import pytest
import vobject
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream

from felles.epost import send
from felles.tests.test_epost import tjener  # noqa: F401 - a fixture
from felles.tid import OSLO, i_dag
from moter.exports.kalender import Adressat, i_brevet, strom
from moter.factories import MoteFactory, SakFactory
from moter.models import Kalenderabonnement, Mote
from moter.services.kalender import lag_abonnement, trekk_abonnement
from moter.tests.test_innkalling import NAA, START, Scene, ics
from organisering.factories import GruppeFactory, SamarbeidFactory
from varsling.models import Epost
from varsling.services.levering import melding

pytestmark = pytest.mark.django_db

SLT = Adressat("SLT Prøveby, æøå", "slt@proveby.example")
KARI = Adressat('Kari "Kaja" Å. Nordmann', "kari@proveby.example")


@pytest.fixture
def scene():
    return Scene()


def brev(mote, metode="REQUEST", **felter):
    return i_brevet(mote, metode=metode, arrangor=SLT, deltaker=KARI, naa=NAA, **felter)


def brettet_ut(innhold):
    return innhold.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("dag", [(3, 27), (3, 28), (10, 30), (10, 31)])
def test_klokka_ni_er_ni_pa_begge_sider_av_skiftet_og_to_andre_leser_det_likt(dag):
    start = dt.datetime(2027, *dag, 9, 0, tzinfo=OSLO)
    mote = MoteFactory.create(start=start, slutt=start + dt.timedelta(hours=2), sted="Åsen; «Øvre», 2. etg.")
    mote.refresh_from_db()  # the database keeps UTC
    innhold = brev(mote)
    assert f"DTSTART;TZID=Europe/Oslo:2027{dag[0]:02}{dag[1]:02}T090000" in brettet_ut(innhold)
    [hendelse] = IcsCalendarStream.calendar_from_ics(innhold.decode()).events
    hos_vobject = vobject.readOne(innhold.decode()).vevent
    for lest in (hendelse.dtstart, hos_vobject.dtstart.value):
        assert (lest.replace(tzinfo=None), lest.astimezone(dt.UTC)) == (start.replace(tzinfo=None), start)
    assert (hendelse.uid, hos_vobject.uid.value) == (mote.uid, mote.uid)
    assert (hendelse.location, hos_vobject.location.value) == (mote.sted, mote.sted)


def test_linjene_er_hoyst_75_byte_med_hele_bokstaver_og_slutter_rett():
    gruppe = GruppeFactory(navn="Ærlig øl på åsen og Čáhci " * 6, samarbeid=SamarbeidFactory(navn="Ø" * 90))
    innhold = brev(MoteFactory(gruppe=gruppe, sted="æøå" * 60))
    linjer = innhold.split(b"\r\n")
    assert max(map(len, linjer)) <= 75
    assert all(linje.decode() is not None for linje in linjer)  # no letter is cut in two
    assert b"\n" not in innhold.replace(b"\r\n", b"")
    assert "æøå" * 60 in innhold.decode().replace("\r\n ", "")


def test_ett_mote_en_arrangor_en_deltaker_uten_gjentakelse(scene):
    linjer = brettet_ut(brev(scene.mote, svar=""))
    hodene = [linje.split(":")[0].split(";")[0] for linje in linjer]
    assert {hodene.count(ett) for ett in ("METHOD", "ORGANIZER", "ATTENDEE", "UID", "SEQUENCE")} == {1}
    assert hodene.count("RRULE") == 2  # those of the time zone
    [deltaker] = [linje for linje in linjer if linje.startswith("ATTENDEE")]
    assert deltaker == (
        "ATTENDEE;CN=\"Kari 'Kaja' Å. Nordmann\";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE"
        ":mailto:kari@proveby.example"
    )
    assert 'ORGANIZER;CN="SLT Prøveby, æøå":mailto:slt@proveby.example' in linjer


def test_avlysning_av_alt_og_av_en(scene):
    hele, en = brettet_ut(brev(scene.mote, "CANCEL")), brettet_ut(brev(scene.mote, "CANCEL", hele=False))
    assert ("STATUS:CANCELLED" in hele, "METHOD:CANCEL" in hele) == (True, True)
    assert not [linje for linje in en if linje.startswith("STATUS")]


def test_brevet_pa_tjeneren_er_det_kalenderprogram_venter(scene, tjener, settings):  # noqa: F811
    kasse, forbindelse = tjener
    settings.DEFAULT_FROM_EMAIL = "SLT-portalen <ikke-svar@portal.example>"
    scene.send()
    list(send([melding(Epost.objects.get(adresse=scene.kari.epost))], forbindelse=forbindelse))
    [den] = kasse.brev
    assert str(den["From"]) == "SLT Prøveby <slt@proveby.example>"
    assert (str(den["Sender"]), str(den["Reply-To"])) == (settings.DEFAULT_FROM_EMAIL, "slt@proveby.example")
    deler = {del_.get_content_type(): del_ for del_ in den.walk()}
    assert list(deler) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/pdf"
    ]  # fmt: skip
    kalender = deler["text/calendar"]
    assert kalender["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    innhold = kalender.get_payload(decode=True)
    assert (b"METHOD:REQUEST\r\n" in innhold, b"ATTENDEE" in innhold) == (True, True)
    assert innhold.rstrip() == ics(Epost.objects.get(adresse=scene.kari.epost)).encode().rstrip()
    assert deler["application/pdf"].get_filename() == "innkalling-2026-12-09.pdf"


def test_brevet_kan_komme_fra_portalen_der_tjeneren_krever_det(scene, settings):
    settings.KALENDERBREV_FRA_POSTKASSA = False
    scene.send()
    brevene = [melding(ett) for ett in Epost.objects.all()]
    assert {(ett.fra, ett.svar_til) for ett in brevene} == {("", "slt@proveby.example")}
    assert "ORGANIZER;CN=SLT Prøveby:mailto:slt@proveby.example" in ics(Epost.objects.first()).replace('"', "")


def test_flyttet_over_klokkeskiftet_beholder_klokka_og_haver_sekvensen(scene):
    start = dt.datetime(2027, 3, 26, 9, 0, tzinfo=OSLO)
    scene.mote = MoteFactory(gruppe=scene.gruppe, start=start, slutt=start + dt.timedelta(hours=2))
    scene.send()
    uid = scene.mote.uid
    ny = dt.datetime(2027, 3, 30, 9, 0, tzinfo=OSLO)
    scene.flytt(start=ny, slutt=ny + dt.timedelta(hours=2))
    Mote.objects.get(pk=scene.mote.pk, sekvens=0)  # not before the revision is sent
    scene.send()
    siste = ics(Epost.objects.order_by("pk").last())
    assert re.findall(r"(?:DTSTART;TZID=Europe/Oslo|UID|SEQUENCE):(.+)\r", siste) == ["20270330T090000", uid, "1"]


# The feed


@pytest.fixture
def abonnement(rollebesetning):
    MoteFactory(gruppe=rollebesetning.gruppe, start=START, sted="Parken")
    SakFactory(gruppe=rollebesetning.gruppe, mote=Mote.objects.get(), tittel="Hemmelig tittel")
    MoteFactory(gruppe=GruppeFactory(samarbeid=rollebesetning.samarbeid, navn="Annen gruppe"), start=START)
    return lag_abonnement(rollebesetning["medlem"], naa=NAA)


def sti(nokkel):
    return reverse("kalenderstrom", args=[nokkel])


def test_strommen_har_egne_moter_uten_saker_og_svarer_304(client, abonnement, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        svar = client.get(sti(abonnement[1]))
    tekst = svar.content.decode()
    [hendelse] = IcsCalendarStream.calendar_from_ics(tekst).events
    assert (hendelse.dtstart.astimezone(OSLO), hendelse.location) == (START, "Parken")
    assert not re.search("Hemmelig|Annen gruppe|METHOD|ATTENDEE", tekst)
    assert (svar["Content-Type"], svar["Cache-Control"]) == ("text/calendar; charset=utf-8", "private, no-cache")
    assert client.get(sti(abonnement[1]), HTTP_IF_NONE_MATCH=svar["ETag"]).status_code == 304
    mote = Mote.objects.get(sted="Parken")
    mote.sted = "Rådhuset"
    mote.save()
    assert client.get(sti(abonnement[1]), HTTP_IF_NONE_MATCH=svar["ETag"]).status_code == 200


def test_tilgangen_spores_hver_gang(client, abonnement, rollebesetning):
    rollebesetning["medlem"].medlemskap.update(til=i_dag() - dt.timedelta(days=1))
    assert b"VEVENT" not in client.get(sti(abonnement[1])).content


def test_trukket_ukjent_og_stengt_finnes_ikke(client, abonnement, rollebesetning):
    assert client.get(sti("ukjent")).status_code == 404
    medlem = rollebesetning["medlem"]
    medlem.is_active = False
    medlem.save()
    assert client.get(sti(abonnement[1])).status_code == 404
    medlem.is_active = True
    medlem.save()
    trekk_abonnement(abonnement[0], naa=NAA)
    assert client.get(sti(abonnement[1])).status_code == 404


def test_nokkelen_ligger_ingen_steder_og_vises_en_gang(som, rollebesetning):
    nettleser = som("medlem")
    side = nettleser.post(reverse("kalender")).content.decode()
    nokkel = re.search(r"/kalender/([\w-]+)\.ics", side).group(1)
    rad = Kalenderabonnement.objects.get()
    assert nokkel not in rad.nokkel_hash
    assert nokkel not in nettleser.get(reverse("kalender")).content.decode()
    assert som("leder").post(reverse("kalender_trekk", args=[rad.pk])).status_code == 404
    assert som("medlem").get(reverse("kalender_trekk", args=[rad.pk])).status_code == 405
    som("medlem").post(reverse("kalender_trekk", args=[rad.pk]))
    rad.refresh_from_db()
    assert rad.trukket is not None
    assert som("utlogget").post(reverse("kalender_trekk", args=[rad.pk])).status_code == 302


def test_en_superbruker_far_ikke_hele_landet(client, abonnement, rollebesetning):
    _rad, nokkel = lag_abonnement(rollebesetning["superbruker"], naa=NAA)
    assert b"VEVENT" not in client.get(sti(nokkel)).content


def test_strommen_er_tom_uten_moter():
    assert b"VEVENT" not in strom([], navn="Tom")
