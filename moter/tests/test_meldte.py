"""Cases that members report, standing items, and the agenda's time."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from felles.tid import naa
from moter.factories import MoteFactory, SakFactory, VedleggFactory
from moter.models import Mote, Sak, Vedlegg
from moter.rules.moterom import Tidsbruk, tidsbruk
from moter.services import avlys, flytt_sak, sett_faste_saker, sett_opp
from organisering.factories import ArshjulpunktFactory, MedlemskapFactory, PersonFactory, PlassFactory
from organisering.models import Arshjulpunkt

pytestmark = pytest.mark.django_db


def sti(rollebesetning, navn, *deler):
    return reverse(f"moter:{navn}", args=[rollebesetning.samarbeid.slug, *deler])


def meld(klient, rollebesetning, **felter):
    tomt = {"tittel": "Leksehjelp", "tekst": "Mange spør.", "slag": "drofting"}
    return klient.post(sti(rollebesetning, "meld", rollebesetning.gruppe.pk), tomt | felter)


@pytest.fixture
def annet_medlem(rollebesetning):
    person = PersonFactory()
    MedlemskapFactory(plass=PlassFactory(gruppe=rollebesetning.gruppe), person=person)
    rollebesetning.personer["annet"] = person
    return person


def test_et_medlem_melder_en_sak_med_papir_og_bare_hun_og_lederne_ser_den(som, rollebesetning, annet_medlem):
    meld(som("medlem"), rollebesetning, fil=SimpleUploadedFile("notat.txt", b"Tall"))
    sak = Sak.objects.get()
    assert (sak.mote, sak.meldt_av, sak.vedlegg.get().tittel) == (None, rollebesetning["medlem"], "notat")
    sider = (sak.get_absolute_url(), sak.vedlegg.get().get_absolute_url())
    fatt = {hvem: [som(hvem).get(side).status_code for side in sider] for hvem in ("medlem", "leder", "annet")}
    assert fatt == {"medlem": [200, 200], "leder": [200, 200], "annet": [404, 404]}
    assert "Leksehjelp" not in som("annet").get(f"/{rollebesetning.samarbeid.slug}/sok/?q=leksehjelp").content.decode()
    flytt_sak(sak, til=MoteFactory(gruppe=sak.gruppe, start=naa() + dt.timedelta(days=9)))
    assert [som("annet").get(side).status_code for side in sider] == [200, 200]


def test_et_papir_som_stanses_stanser_meldingen_og_det_skrevne_star(som, rollebesetning):
    html = meld(som("medlem"), rollebesetning, fil=SimpleUploadedFile("notat.txt", b"01010750160")).content.decode()
    assert "inneholder et fødselsnummer" in html
    assert "Mange spør." in html
    assert not Sak.objects.exists()


def test_den_som_meldte_legger_ved_og_trekker_bare_mens_saken_er_i_koen(som, rollebesetning, annet_medlem):
    sak = SakFactory(gruppe=rollebesetning.gruppe, meldt_av=rollebesetning["medlem"])
    ny, trekk = sti(rollebesetning, "papir_ny", sak.pk), sti(rollebesetning, "sak_trekk_min", sak.pk)
    som("medlem").post(ny, {"fil": SimpleUploadedFile("a.txt", b"Tall")})
    assert Vedlegg.objects.get().sak == sak
    mote = MoteFactory(gruppe=sak.gruppe, start=naa() + dt.timedelta(days=9))
    flytt_sak(sak, til=mote)
    assert [som("medlem").post(side).status_code for side in (ny, trekk)] == [403, 403]
    flytt_sak(sak, til=None)
    assert som("leder").post(trekk).status_code == 403
    som("medlem").post(trekk)
    sak.refresh_from_db()
    assert sak.trukket is not None


def test_et_nei_har_en_grunn_som_den_som_meldte_leser(som, rollebesetning):
    meld(som("medlem"), rollebesetning)
    sak = Sak.objects.get()
    nei = sti(rollebesetning, "sak_avvis", sak.pk)
    assert "Skjemaet" not in som("leder").get(nei).content.decode()
    som("leder").post(nei, {"grunn": ""})
    sak.refresh_from_db()
    assert sak.trukket is None
    som("leder").post(nei, {"grunn": "Hører til i skolens egne møter."})
    for side in (sak.get_absolute_url(), sti(rollebesetning, "meld", sak.gruppe_id)):
        assert "Saken tas ikke opp: Hører til i skolens egne møter." in som("medlem").get(side).content.decode()
    assert "Leksehjelp" not in som("leder").get(sti(rollebesetning, "ko", sak.gruppe_id)).content.decode()


@pytest.fixture
def fast(rollebesetning):
    hvert = {"nar": Arshjulpunkt.Nar.HVERT_MOTE, "dag": None, "maned": None}
    felles = {"samarbeid": rollebesetning.samarbeid, "gruppe": rollebesetning.gruppe, **hvert}
    ArshjulpunktFactory(tekst="Gammelt", til=dt.date(2020, 1, 1), **felles)
    return ArshjulpunktFactory(tekst="Runden rundt bordet", **felles)


def nytt_mote(gruppe, dager=9) -> Mote:
    start = naa() + dt.timedelta(days=dager)
    return sett_opp(gruppe, start=start, slutt=start + dt.timedelta(minutes=90), naa=naa())


def test_faste_saker_star_en_gang_pa_hver_ny_saksliste_og_kan_tas_av(som, rollebesetning, fast):
    mote = nytt_mote(rollebesetning.gruppe)
    assert [(sak.tittel, sak.fast) for sak in mote.saker.all()] == [("Runden rundt bordet", fast)]
    assert sett_faste_saker(mote) == []
    side = mote.get_absolute_url()
    assert "Hent faste saker" not in som("leder").get(side).content.decode()
    som("leder").post(sti(rollebesetning, "sak_ta_av", mote.saker.get().pk))
    assert not mote.saker.exists()
    assert "Hent faste saker" in som("leder").get(side).content.decode()
    som("leder").post(sti(rollebesetning, "faste_saker", mote.pk))
    assert mote.saker.count() == 1


def test_en_fast_sak_det_er_fort_noe_pa_trekkes_i_stedet(som, rollebesetning, fast):
    sak = nytt_mote(rollebesetning.gruppe).saker.get()
    VedleggFactory(sak=sak)
    html = som("leder").post(sti(rollebesetning, "sak_ta_av", sak.pk), follow=True).content.decode()
    assert "Trekk den i stedet" in html
    assert Sak.objects.filter(pk=sak.pk).exists()


def test_en_fast_sak_gar_ikke_i_koen_med_et_avlyst_mote_og_blir_vanlig_nar_den_utsettes(rollebesetning, fast):
    avlyst, neste = nytt_mote(rollebesetning.gruppe), nytt_mote(rollebesetning.gruppe, 30)
    avlys(avlyst, grunn="Snø", naa=naa())
    assert not Sak.objects.filter(gruppe=rollebesetning.gruppe, mote__isnull=True).exists()
    tredje = nytt_mote(rollebesetning.gruppe, 60)
    flyttet = flytt_sak(neste.saker.get(), til=tredje)
    assert (flyttet.fast, tredje.saker.count()) == (None, 2)


def test_siden_sier_nar_sakene_ikke_far_plass(som, rollebesetning):
    mote = MoteFactory(gruppe=rollebesetning.gruppe, start=naa() + dt.timedelta(days=9))
    for minutter, trukket in ((60, None), (45, None), (500, naa()), (None, None)):
        SakFactory(gruppe=mote.gruppe, mote=mote, minutter=minutter, trukket=trukket)
    rader = list(mote.saker.all())
    for sak in rader:
        sak.er_utsatt = False
    assert (tidsbruk(mote, rader), tidsbruk(mote, rader).for_mye) == (Tidsbruk(105, 90, 1), 15)
    html = som("medlem").get(mote.get_absolute_url()).content.decode()
    assert "De er satt til 105 minutter, og møtet varer 90: 15 for mye." in html
    assert "Én sak har ikke fått noen tid." in html


def test_en_sak_flyttes_helt_overst_og_siden_kommer_tilbake_til_den(som, rollebesetning):
    mote = MoteFactory(gruppe=rollebesetning.gruppe, start=naa() + dt.timedelta(days=9))
    saker = [SakFactory(gruppe=mote.gruppe, mote=mote, rekkefolge=n, tittel=str(n)) for n in range(1, 6)]
    svar = som("leder").post(sti(rollebesetning, "sak_trinn", saker[4].pk), {"retning": "overst"})
    assert svar.url == f"{mote.get_absolute_url()}#sak-{saker[4].pk}"
    assert "".join(mote.saker.order_by("rekkefolge").values_list("tittel", flat=True)) == "51234"
