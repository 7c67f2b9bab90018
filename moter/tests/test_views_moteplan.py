"""The proposed year on its page: changed, left out, refused whole, set up whole."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import i_dag
from moter.factories import MoteFactory
from moter.models import Mote
from organisering.factories import GruppeFactory, MotekravFactory
from varsling.models import Epost

pytestmark = pytest.mark.django_db


@pytest.fixture
def neste_ar(rollebesetning):
    """The year after today's, in which the group must meet once each half-year."""
    MotekravFactory(gruppe=rollebesetning.gruppe)
    return i_dag().year + 1


def sti(samarbeid, ar):
    return reverse("moter:plan", args=[samarbeid.slug], query={"ar": ar})


def skjemaet(side):
    """What a browser would send back, unchanged."""
    felter = {"form-TOTAL_FORMS": len(side.context["form"].forms), "form-INITIAL_FORMS": 0}
    for rad in side.context["form"].forms:
        for navn in rad.fields:
            verdi = rad[navn].value()
            felter[rad.add_prefix(navn)] = f"{verdi:%H.%M}" if isinstance(verdi, dt.time) else verdi
    return felter


def test_ett_trykk_setter_opp_hele_aret_og_sender_ingenting(som, rollebesetning, neste_ar):
    nettleser, adresse = som("koordinator"), sti(rollebesetning.samarbeid, neste_ar)
    side = nettleser.get(adresse)
    assert "To møter er foreslått, så alle gruppene møtes ofte nok." in side.content.decode()
    assert not Mote.objects.exists()
    svar = nettleser.post(adresse, skjemaet(side), follow=True)
    assert "2 møter er satt opp. Ingen innkalling er sendt." in svar.content.decode()
    assert [mote.dato.month > 6 for mote in Mote.objects.order_by("start")] == [False, True]
    assert not Epost.objects.exists()
    assert "Alt som reglene krever, er satt opp." in nettleser.get(adresse).content.decode()
    dobbelt = nettleser.post(adresse, skjemaet(side)).content.decode()
    assert "har alt et møte på den tiden" in dobbelt
    assert Mote.objects.count() == 2


def test_et_mote_som_ikke_kan_settes_opp_stanser_alle_og_det_skrevne_star(som, rollebesetning, neste_ar):
    nettleser, adresse = som("leder"), sti(rollebesetning.samarbeid, neste_ar)
    felter = skjemaet(nettleser.get(adresse)) | {"form-1-dato": f"28.3.{neste_ar}", "form-1-sted": "Låven 🌾 <b>"}
    MoteFactory(gruppe=rollebesetning.gruppe, start=dt.datetime(neste_ar, 3, 28, 10, tzinfo=dt.UTC))
    for feil, setning in (
        ({"form-0-dato": "i går"}, "Skriv datoen slik"),
        ({"form-0-til": "08.00"}, "Møtet må slutte etter at det begynner."),
        ({"form-0-sted": "Gjelder 01010112377"}, "fødselsnummer"),
        ({}, "har alt et møte på den tiden"),
    ):
        html = nettleser.post(adresse, felter | feil).content.decode()
        assert "Møtene er ikke satt opp" in html
        assert setning in html
        assert "Låven 🌾 &lt;b&gt;" in html
        assert Mote.objects.count() == 1


def test_det_som_ikke_er_krysset_av_settes_ikke_opp_og_ses_ikke_pa(som, rollebesetning, neste_ar):
    nettleser, adresse = som("koordinator"), sti(rollebesetning.samarbeid, neste_ar)
    felter = skjemaet(nettleser.get(adresse))
    uten_forste = {navn: verdi for navn, verdi in felter.items() if navn != "form-0-med"} | {"form-0-dato": "tull"}
    nettleser.post(adresse, uten_forste)
    assert Mote.objects.count() == 1
    ingen = {navn: verdi for navn, verdi in felter.items() if not navn.endswith("-med")}
    assert "Kryss av for minst ett møte." in nettleser.post(adresse, ingen).content.decode()


def test_en_gruppe_en_ikke_leder_kan_ikke_smugles_inn(som, rollebesetning, neste_ar):
    nettleser, adresse = som("leder"), sti(rollebesetning.samarbeid, neste_ar)
    andres = GruppeFactory(samarbeid=rollebesetning.samarbeid)
    felter = skjemaet(nettleser.get(adresse)) | {"form-0-gruppe": andres.pk}
    assert "Gruppa finnes ikke lenger." in nettleser.post(adresse, felter).content.decode()
    assert not Mote.objects.exists()


def test_siden_koster_hoyst_tolv_sporsmal(som, rollebesetning, neste_ar, django_assert_max_num_queries):
    for _ in range(3):
        MotekravFactory(gruppe=GruppeFactory(samarbeid=rollebesetning.samarbeid))
    nettleser = som("koordinator")
    with django_assert_max_num_queries(12):
        nettleser.get(sti(rollebesetning.samarbeid, neste_ar))
