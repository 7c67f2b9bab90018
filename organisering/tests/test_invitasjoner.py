import pytest

from organisering.factories import PersonFactory, PlassFactory
from organisering.models import Invitasjon

SVAR = {
    "koordinator": 200,
    "administrator": 200,
    "superbruker": 200,
    "leder": 403,
    "medlem": 403,
    "kontakt": 403,
    "leser": 403,
    "utenforstaende": 404,
    "uten_plass": 404,
    "utlogget": 302,
}


@pytest.fixture
def sti(rollebesetning):
    return f"/{rollebesetning.samarbeid.slug}/invitasjoner/"


@pytest.mark.parametrize(("navn", "kode"), SVAR.items())
def test_hvem_som_kan_invitere(som, sti, navn, kode):
    client = som(navn)
    assert client.get(sti).status_code == kode
    sendt = client.post(sti, {"epost": "ny@rana.example", "som": "leser"}).status_code
    assert sendt == (302 if kode == 200 else kode)
    assert Invitasjon.objects.exists() is (kode == 200)


@pytest.mark.parametrize("epost", ["ny@rana.example", "kjent@rana.example"])
def test_svaret_er_det_samme_for_kjent_og_ukjent_adresse(som, sti, epost):
    PersonFactory(navn="Kari Hemmelig", epost="kjent@rana.example")
    side = som("administrator").post(sti, {"epost": epost, "som": "leser"}, follow=True).content.decode()
    assert f"Invitasjonen til {epost} er på vei." in side
    assert "Kari" not in side


def test_plasser_i_andre_samarbeid_kan_ikke_velges(som, sti, rollebesetning):
    egen = PlassFactory(gruppe=rollebesetning.gruppe, tittel="Egen plass")
    fremmed = PlassFactory(gruppe__samarbeid=rollebesetning.fremmed, tittel="Fremmed plass")
    client = som("administrator")
    side = client.get(sti).content.decode()
    assert ("Egen plass" in side, "Fremmed plass" in side) == (True, False)
    assert client.post(sti, {"epost": "ny@rana.example", "som": f"plass-{fremmed.pk}"}).status_code == 200
    assert not Invitasjon.objects.exists()
    assert client.post(sti, {"epost": "ny@rana.example", "som": f"plass-{egen.pk}"}).status_code == 302
    assert Invitasjon.objects.get().plass == egen


def test_invitasjonen_trekkes_bare_av_dem_som_administrerer(som, sti):
    som("administrator").post(sti, {"epost": "ny@rana.example", "som": "leser"})
    rad = Invitasjon.objects.get()
    for navn, kode in (("leser", 403), ("utenforstaende", 404), ("koordinator", 302)):
        assert som(navn).post(f"{sti}{rad.pk}/trekk/").status_code == kode
        rad.refresh_from_db()
        assert (rad.trukket is None) is (kode != 302)


def test_fremmede_invitasjoner_kan_ikke_trekkes(som, sti, rollebesetning):
    som("administrator").post(sti, {"epost": "ny@rana.example", "som": "leser"})
    rad = Invitasjon.objects.get()
    assert som("utenforstaende").post(f"/{rollebesetning.fremmed.slug}/invitasjoner/{rad.pk}/trekk/").status_code == 404


@pytest.mark.parametrize("antall", [1, 3])
def test_like_mange_sporringer_for_en_og_tre(som, sti, rollebesetning, antall, django_assert_max_num_queries):
    client = som("administrator")
    for n in range(antall):
        PlassFactory(gruppe__samarbeid=rollebesetning.samarbeid)
        client.post(sti, {"epost": f"ny{n}@rana.example", "som": "leser"})
    client.get(sti)
    with django_assert_max_num_queries(10):
        client.get(sti)
