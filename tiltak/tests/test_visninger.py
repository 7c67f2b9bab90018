"""Named views of the measures table: filters, order and columns, one's own or shared."""

import pytest
from django.urls import reverse

from tiltak.factories import HandlingsplanFactory, MalFactory, TiltakFactory, VisningFactory
from tiltak.models import Visning

pytestmark = pytest.mark.django_db


@pytest.fixture
def liste(rollebesetning):
    plan = HandlingsplanFactory(samarbeid=rollebesetning.samarbeid)
    mal = MalFactory(samarbeid=plan.samarbeid, tekst="Trygg oppvekst")
    TiltakFactory(plan=plan, tittel="Natteravner", hovedmal=mal, kostnad=2500)
    TiltakFactory(plan=plan, tittel="Kurs")
    return reverse("tiltak:liste", args=[rollebesetning.samarbeid.slug])


def lagre(nettleser, liste, **felter):
    return nettleser.post(f"{liste}visninger/ny/", felter, follow=True)


def test_det_som_vises_lagres_med_navn_og_apnes_igjen(som, liste, rollebesetning):
    nettleser = som("medlem")
    valg = {"sok": "natt & dag", "sorter": "tittel", "kolonner": ["kostnad", "mal", "tull"], "delt": "1"}
    svar = lagre(nettleser, liste, navn="Penger", **valg)
    assert "Visningen er lagret: Penger." in svar.content.decode()
    visning = Visning.objects.get()
    assert visning.valg == {"sok": "natt & dag", "sorter": "tittel"}  # a column that is none is a choice of none
    assert (visning.person, visning.delt) == (rollebesetning["medlem"], False)  # only the coordinator shares

    lagre(nettleser, liste, navn="Penger", sok="natt", kolonner=["kostnad", "mal"])
    assert Visning.objects.get().adresse == "kolonner=mal&kolonner=kostnad&sok=natt"
    side = nettleser.get(f"{liste}?{Visning.objects.get().adresse}")
    assert [navn for navn, _tittel in side.context["skjema"].vist] == ["mal", "kostnad"]
    sida = side.content.decode()
    assert '<td data-navn="Hovedmål">Trygg oppvekst</td>' in sida
    assert '<td data-navn="Kostnad">kr\u00a02\u00a0500</td>' in sida
    assert 'data-navn="Ansvar"' not in sida
    assert 'aria-current="true">Penger' in sida


def test_en_delt_visning_ses_av_alle_og_fjernes_av_den_som_har_den(som, liste, rollebesetning):
    lagre(som("koordinator"), liste, navn="Det som haster", tilstand="forfalt", delt="1")
    lagre(som("koordinator"), liste, navn="Min egen", tilstand="gjort")
    VisningFactory(navn="Fremmed", delt=True)
    nettleser = som("leser")
    assert [visning.navn for visning in nettleser.get(liste).context["visninger"]] == ["Det som haster"]
    delt = Visning.objects.get(navn="Det som haster")
    fjern = reverse("tiltak:visning_fjern", args=[delt.samarbeid.slug, delt.pk])
    assert nettleser.post(fjern).status_code == 404
    assert "Visningen er fjernet" in som("koordinator").post(fjern, follow=True).content.decode()
    assert Visning.objects.filter(pk=delt.pk).count() == 0


def test_navn_som_mangler_er_for_langt_eller_har_fodselsnummer_avvises(som, liste):
    nettleser = som("medlem")
    for navn, setning in (("", "Gi den et navn"), ("x" * 61, "60 tegn"), ("15076500565", "fødselsnummer")):
        assert setning in lagre(nettleser, liste, navn=navn).content.decode()
    assert "fødselsnummer" in lagre(nettleser, liste, navn="Sak", sok="15076500565").content.decode()
    assert not Visning.objects.exists()


def test_grensa_for_hvor_mange_en_person_kan_ha(som, liste, rollebesetning):
    felles = {"samarbeid": rollebesetning.samarbeid, "person": rollebesetning["medlem"]}
    VisningFactory.create_batch(30, **felles)
    assert "Du har alt 30" in lagre(som("medlem"), liste, navn="En til").content.decode()


def test_lista_spor_like_mye_uansett_antall_visninger(som, liste, rollebesetning, django_assert_max_num_queries):
    nettleser = som("koordinator")
    VisningFactory.create_batch(3, samarbeid=rollebesetning.samarbeid, delt=True)
    with django_assert_max_num_queries(12):
        nettleser.get(f"{liste}?kolonner=mal&sok=natt")
