"""The meeting's page: one press to call, two to answer, and what it says when something does not add up."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import naa
from moter import services
from moter.factories import MoteFactory, SakFactory
from moter.models import Deltakelse, Innkalling
from organisering.factories import KoordinatorpostFactory, MedlemskapFactory, PersonFactory, PlassFactory, VervFactory
from varsling.models import Epost

pytestmark = pytest.mark.django_db


@pytest.fixture
def mote(rollebesetning):
    gruppe = rollebesetning.gruppe
    gruppe.innkallingsfrist, gruppe.saksprefiks = 7, "KG"
    gruppe.save()
    mote = MoteFactory(gruppe=gruppe, start=naa() + dt.timedelta(days=20))
    SakFactory(gruppe=gruppe, mote=mote, tittel="Ungdata")
    return mote


def sti(mote, navn="mote", *deler):
    return reverse(f"moter:{navn}", args=[mote.samarbeid.slug, mote.pk, *deler])


def side(nettleser, mote):
    svar = nettleser.get(sti(mote))
    assert svar.status_code == 200
    return svar.content.decode()


def test_ett_trykk_sender_og_et_til_sier_at_ingenting_skjedde(som, rollebesetning, mote):
    leder = som("leder")
    assert "Send innkalling til 2" in side(leder, mote)
    svar = leder.post(sti(mote, "innkall"), follow=True).content.decode()
    assert "Innkallingen er sendt til 2." in svar
    assert "Sak KG 1/" in svar
    assert "Ingen fikk noe nå." in leder.post(sti(mote, "innkall"), follow=True).content.decode()
    assert (Innkalling.objects.count(), Epost.objects.count()) == (1, 2)
    pdf = som("medlem").get(sti(mote, "innkalling", 1))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert som("medlem").get(sti(mote, "innkalling", 2)).status_code == 404


def test_utkastet_sender_ingenting(som, mote):
    assert som("leder").get(sti(mote, "utkast")).content.startswith(b"%PDF-")
    assert (Innkalling.objects.count(), Epost.objects.count(), mote.saker.get().nummer) == (0, 0, None)


def test_kort_frist_spor_om_grunnen_i_samme_skjema(som, mote):
    mote.start, mote.slutt = (naa() + dt.timedelta(days=3, hours=timer) for timer in (0, 1))
    mote.save()
    leder = som("leder")
    assert 'name="grunn"' in side(leder, mote)
    assert "Skriv hvorfor fristen er kort" in leder.post(sti(mote, "innkall"), follow=True).content.decode()
    leder.post(sti(mote, "innkall"), {"grunn": "Hastesak fra politiet"})
    assert Innkalling.objects.get().kort_frist_grunn == "Hastesak fra politiet"


def test_medlemmet_svarer_og_alle_ser_det_med_en_gang(som, rollebesetning, mote):
    medlem = som("medlem")
    assert "Jeg kommer" in side(medlem, mote)
    assert "Du står som «kommer»" in medlem.post(sti(mote, "svar"), {"svar": "kommer"}, follow=True).content.decode()
    assert "Én kommer. 1 har ikke svart." in " ".join(side(som("leder"), mote).split())
    assert "Velg et svar først" in medlem.post(sti(mote, "svar"), {"svar": "kanskje"}, follow=True).content.decode()
    koordinator = som("koordinator")
    assert "Jeg kommer" not in side(koordinator, mote)
    svar = koordinator.post(sti(mote, "svar"), {"svar": "kommer"}, follow=True).content.decode()
    assert "Du har ingen plass i" in svar


def test_siden_sier_hva_som_er_endret_og_hvem_som_er_til_overs(som, rollebesetning, mote):
    services.send_innkalling(mote, av=rollebesetning["leder"], naa=naa())
    rollebesetning["medlem"].medlemskap.update(til=naa().date())
    MedlemskapFactory(plass=PlassFactory(gruppe=mote.gruppe), person=PersonFactory(navn="Ny Person"))
    leder = som("leder")
    html = side(leder, mote)
    assert "Send avlysning til medlem" in html
    assert "Én har kommet til og har ikke fått innkallingen:" in html
    leder.post(sti(mote, "innkall_nye"))
    leder.post(sti(mote, "meld_av"), {"deltakelse": Deltakelse.objects.get(person=rollebesetning["medlem"]).pk})
    assert "medlem" not in side(leder, mote).split("Deltakere")[1]
    SakFactory(gruppe=mote.gruppe, mote=mote, tittel="Foreldremøter")
    html = side(leder, mote)
    assert "Endret etter at innkallingen ble sendt" in html
    assert "Send ny innkalling til 2" in html
    leder.post(sti(mote, "innkall"))
    assert Innkalling.objects.count() == 2


def test_en_sekretar_uten_plass_og_en_gjest_kalles_inn(som, rollebesetning, mote):
    post = KoordinatorpostFactory(samarbeid=mote.samarbeid)
    rollebesetning["koordinator"].roller.update(koordinatorpost=post)
    VervFactory(gruppe=mote.gruppe, plass=None, koordinatorpost=post, slag="sekretar")
    leder = som("leder")
    gjest = {"rolle": "Rådgiver", "epost": "gjest@annet.example", "saker": [mote.saker.get().pk]}
    svar = leder.post(sti(mote, "gjest"), gjest, follow=True).content.decode()
    assert "Gjesten får innkallingen når den sendes." in svar
    leder.post(sti(mote, "innkall"))
    assert Epost.objects.filter(adresse__in=["gjest@annet.example", rollebesetning["koordinator"].epost]).count() == 2
    assert "Bare med i sak KG 1/" in side(leder, mote)
    rad = Deltakelse.objects.get(gjest_rolle="Rådgiver")
    leder.post(sti(mote, "svar_for"), {"deltakelse": rad.pk, "svar": "kommer"})
    rad.refresh_from_db()
    assert rad.svar == "kommer"


@pytest.mark.parametrize("antall", [1, 300])
def test_siden_koster_høyst_tolv_spørsmål_også_etter_innkallingen(
    som, rollebesetning, mote, antall, django_assert_max_num_queries
):
    SakFactory.create_batch(antall - 1, gruppe=mote.gruppe, mote=mote)
    for _ in range(3):
        MedlemskapFactory(plass=PlassFactory(gruppe=mote.gruppe), rolle="vara", innkalt_fra=naa().date())
    services.send_innkalling(mote, av=rollebesetning["leder"], naa=naa())
    SakFactory(gruppe=mote.gruppe, mote=mote)
    nettleser = som("leder")
    with django_assert_max_num_queries(12):
        side(nettleser, mote)
