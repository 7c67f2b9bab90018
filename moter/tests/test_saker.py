"""The agenda and the queue: who may, what is refused, and that the order can be changed without a mouse."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import naa
from moter.factories import MoteFactory, SakFactory, VedtakFactory
from moter.models import Sak
from organisering.factories import GruppeFactory
from tiltak.factories import TiltakFactory

pytestmark = pytest.mark.django_db


def sti(rollebesetning, navn, *deler):
    return reverse(f"moter:{navn}", args=[rollebesetning.samarbeid.slug, *deler])


@pytest.fixture
def mote(rollebesetning):
    return MoteFactory(gruppe=rollebesetning.gruppe, start=naa() + dt.timedelta(days=9))


def felter(**endring):
    tomt = {"tekst": "", "forslag": "", "tiltak": "", "minutter": "", "unntatt_grunn": ""}
    return {"tittel": "Ny sak", "slag": "drofting", **tomt, **endring}


def test_en_sak_settes_på_lista_eller_i_køen_og_endres(som, rollebesetning, mote):
    tiltak = TiltakFactory(samarbeid=rollebesetning.samarbeid)
    som("leder").post(sti(rollebesetning, "sak_ny", mote.pk), felter(tiltak=tiltak.pk, minutter="15"))
    sak = Sak.objects.get()
    assert (sak.mote, sak.tiltak, sak.minutter, sak.meldt_av) == (mote, tiltak, 15, rollebesetning["leder"])
    som("leder").post(sti(rollebesetning, "sak_ny_i_ko", mote.gruppe_id), felter(tittel="I kø"))
    assert Sak.objects.get(tittel="I kø").mote is None
    assert "I kø" in som("leder").get(sti(rollebesetning, "ko", mote.gruppe_id)).content.decode()
    som("leder").post(sti(rollebesetning, "sak_endre", sak.pk), felter(tittel="Endret", forslag="Forslaget"))
    sak.refresh_from_db()
    assert (sak.tittel, sak.forslag, sak.tiltak) == ("Endret", "Forslaget", None)


@pytest.mark.parametrize(
    ("endring", "setning"),
    [
        ({"tittel": ""}, "må fylles ut"),
        ({"tittel": "x" * 301}, "300"),
        ({"tekst": "Om 01010750160."}, "fødselsnummer"),
        ({"slag": "tull"}, "står i lista"),
        ({"unntatt": "on"}, "Skriv hjemmelen"),
    ],
)
def test_en_sak_som_ikke_kan_lagres_blir_forklart_og_det_skrevne_står(som, rollebesetning, mote, endring, setning):
    svar = som("leder").post(sti(rollebesetning, "sak_ny", mote.pk), felter(forslag="Skrevet <b>", **endring))
    html = svar.content.decode()
    assert setning in html
    assert "Saken er ikke lagret" in html
    assert "Skrevet &lt;b&gt;" in html
    assert not Sak.objects.exists()


def test_et_annet_samarbeids_tiltak_kan_ikke_velges(som, rollebesetning, mote):
    fremmed = TiltakFactory(samarbeid=rollebesetning.fremmed)
    som("leder").post(sti(rollebesetning, "sak_ny", mote.pk), felter(tiltak=fremmed.pk))
    assert not Sak.objects.exists()


def test_rekkefølgen_endres_ett_trinn_om_gangen(som, rollebesetning, mote):
    for n in (1, 2, 3):
        SakFactory(gruppe=mote.gruppe, mote=mote, tittel=str(n), rekkefolge=n)
    siste = Sak.objects.get(tittel="3")
    for retning, ventet in (("opp", "132"), ("opp", "312"), ("opp", "312"), ("ned", "132")):
        som("leder").post(sti(rollebesetning, "sak_trinn", siste.pk), {"retning": retning})
        assert "".join(mote.saker.order_by("rekkefolge").values_list("tittel", flat=True)) == ventet


def test_en_sak_flyttes_mellom_kø_og_møte_og_trekkes(som, rollebesetning, mote):
    sak = SakFactory(gruppe=mote.gruppe)
    som("leder").post(sti(rollebesetning, "sak_flytt", sak.pk), {"til": mote.pk})
    sak.refresh_from_db()
    assert sak.mote == mote
    som("leder").post(sti(rollebesetning, "sak_flytt", sak.pk), {"til": "ko"})
    sak.refresh_from_db()
    assert sak.mote is None
    som("leder").post(sti(rollebesetning, "sak_trekk", sak.pk))
    sak.refresh_from_db()
    assert sak.trukket
    annen = MoteFactory(gruppe=GruppeFactory(samarbeid=rollebesetning.samarbeid))
    assert som("leder").post(sti(rollebesetning, "sak_flytt", sak.pk), {"til": annen.pk}).status_code == 404


def test_en_behandlet_sak_kan_verken_endres_flyttes_eller_trekkes(som, rollebesetning, mote):
    sak = SakFactory(gruppe=mote.gruppe, mote=mote, tittel="Behandlet")
    VedtakFactory(gruppe=mote.gruppe, mote=mote, sak=sak)
    som("leder").post(sti(rollebesetning, "sak_trekk", sak.pk))
    som("leder").post(sti(rollebesetning, "sak_flytt", sak.pk), {"til": "ko"})
    html = som("leder").post(sti(rollebesetning, "sak_endre", sak.pk), felter()).content.decode()
    sak.refresh_from_db()
    assert (sak.trukket, sak.mote, sak.tittel) == (None, mote, "Behandlet")
    assert "Saken er behandlet, og kan ikke endres." in html


@pytest.mark.parametrize("antall", [1, 3])
def test_køen_koster_høyst_tolv_spørsmål(som, rollebesetning, mote, antall, django_assert_max_num_queries):
    for _ in range(antall):
        fra = SakFactory(gruppe=mote.gruppe, mote=mote)
        SakFactory(gruppe=mote.gruppe, loftet_fra=fra)
    nettleser = som("leder")
    with django_assert_max_num_queries(12):
        assert nettleser.get(sti(rollebesetning, "ko", mote.gruppe_id)).status_code == 200
