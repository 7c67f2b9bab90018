"""What did not arrive, on the overview and on a page of its own."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import OSLO, i_dag
from organisering.factories import InvitasjonFactory, PersonFactory
from varsling.factories import EpostFactory, VarselFactory
from varsling.models import AvvistAdresse
from varsling.services import avvis

pytestmark = pytest.mark.django_db
NAA = dt.datetime(2026, 11, 23, 9, tzinfo=OSLO)


def side(som, samarbeid, navn="oversikt", rolle="koordinator"):
    svar = som(rolle).get(reverse(navn, args=[samarbeid.slug]))
    assert svar.status_code == 200
    return svar.content.decode()


def test_en_avvist_adresse_star_pa_oversikten_til_den_proves_igjen(som, rollebesetning):
    samarbeid, medlem = rollebesetning.samarbeid, rollebesetning["medlem"]
    avvist = avvis(medlem.epost, svar="550 5.1.1 Ingen slik mottaker", naa=NAA)
    avvis(rollebesetning["utenforstaende"].epost, svar="550", naa=NAA)
    assert f"E-postadressen til {medlem.navn} finnes ikke" in side(som, samarbeid)
    html = side(som, samarbeid, "ikke_levert", "administrator")
    assert "550 5.1.1 Ingen slik mottaker" in html
    assert reverse("admin:organisering_person_change", args=[medlem.pk]) in html
    assert rollebesetning["utenforstaende"].epost not in html

    som("koordinator").post(reverse("prov_igjen", args=[samarbeid.slug, avvist.pk]))
    assert "finnes ikke" not in side(som, samarbeid)
    assert AvvistAdresse.objects.count() == 1


def test_personens_side_i_admin_sier_det_ogsa(som, rollebesetning):
    medlem = rollebesetning["medlem"]
    url = reverse("admin:organisering_person_change", args=[medlem.pk])
    assert "Adressen er ikke avvist." in som("administrator").get(url).content.decode()
    avvis(medlem.epost, svar="550 5.1.1 Ukjent", naa=NAA)
    for rolle in ("administrator", "superbruker"):
        assert "Avvist 23. november 2026: 550 5.1.1 Ukjent" in som(rolle).get(url).content.decode()


def test_en_annens_adresse_kan_ikke_proves(som, rollebesetning):
    fremmed = avvis(rollebesetning["utenforstaende"].epost, svar="550", naa=NAA)
    svar = som("koordinator").post(reverse("prov_igjen", args=[rollebesetning.samarbeid.slug, fremmed.pk]))
    assert (svar.status_code, AvvistAdresse.objects.count()) == (404, 1)


def test_en_invitert_som_ikke_finnes_vises_med_adressen(som, rollebesetning):
    invitasjon = InvitasjonFactory(samarbeid=rollebesetning.samarbeid, epost="borte@slt.example")
    avvis(invitasjon.epost, svar="550", naa=NAA)
    assert "E-postadressen til en invitert finnes ikke" in side(som, rollebesetning.samarbeid)
    assert "borte@slt.example" in side(som, rollebesetning.samarbeid, "ikke_levert")


def test_et_brev_som_er_gitt_opp_vises_med_tjenerens_ord(som, rollebesetning):
    samarbeid = rollebesetning.samarbeid
    feilet = {"tilstand": "feilet", "dag": i_dag(), "svar_fra_tjener": "554 5.6.0 Kan ikke leses"}
    samlet = EpostFactory(straks=False, person=PersonFactory(navn="Kari"), emne="To ting trenger deg", **feilet)
    VarselFactory(samarbeid=samarbeid, epost=samlet)
    EpostFactory(samarbeid=rollebesetning.fremmed, emne="Hemmelig", **feilet)
    EpostFactory(samarbeid=samarbeid, emne="Gammel", **feilet | {"dag": i_dag() - dt.timedelta(days=15)})
    assert "En e-post kom ikke fram" in side(som, samarbeid)
    html = side(som, samarbeid, "ikke_levert")
    assert all(ord_ in html for ord_ in ("Kari", "To ting trenger deg", "554 5.6.0 Kan ikke leses"))
    assert "Hemmelig" not in html
    assert "Gammel" not in html


@pytest.mark.parametrize("antall", [1, 3])
def test_sida_koster_hoyst_tolv_sporsmal(som, rollebesetning, antall, django_assert_max_num_queries):
    samarbeid = rollebesetning.samarbeid
    for _nr in range(antall):
        avvis(InvitasjonFactory(samarbeid=samarbeid).epost, svar="550", naa=NAA)
        EpostFactory(samarbeid=samarbeid, person=PersonFactory(), tilstand="feilet", dag=i_dag())
    klient = som("koordinator")
    with django_assert_max_num_queries(12):
        klient.get(reverse("ikke_levert", args=[samarbeid.slug]))
