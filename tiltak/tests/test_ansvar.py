"""The coordinator finds out who answers: proposals, one press, words and party."""

import pytest
from django.urls import reverse

from felles.unntak import Regelbrudd
from organisering.factories import EnhetFactory, GruppeFactory, KoordinatorpostFactory, NivaFactory, PlassFactory
from organisering.models import Enhetsalias
from tiltak.factories import AnsvarFactory, HandlingsplanFactory, StatusmeldingFactory, TiltakFactory
from tiltak.models import Ansvar, Statusmelding
from tiltak.rules.parter import Part, forslag
from tiltak.services import avklar

pytestmark = pytest.mark.django_db


@pytest.fixture
def tiltak(rollebesetning):
    return TiltakFactory(plan=HandlingsplanFactory(samarbeid=rollebesetning.samarbeid))


@pytest.fixture
def uavklart(tiltak):
    return AnsvarFactory(tiltak=tiltak, kildeord="0-24")


@pytest.fixture
def enhet(tiltak):
    return EnhetFactory(samarbeid=tiltak.samarbeid, navn="Kommunalsjef 0–24")


def sti(tiltak, navn="tiltak:ansvar", *rad):
    return reverse(navn, args=[tiltak.samarbeid.slug, tiltak.pk, *(ett.pk for ett in rad)])


@pytest.mark.parametrize(
    ("ord", "ventet"),
    [
        ("0-24", ["Kommunalsjef 0–24"]),
        ("Skolen", ["Skole"]),
        ("SKOLE", ["Skole", "Skolefritidsordningen"]),
        ("rektorene", ["Skole"]),
        ("andre aktuelle tjenesteområder", []),
        ("", []),
    ],
)
def test_forslagene_er_like_begynner_likt_eller_inneholder(ord, ventet):
    parter = [
        Part("enhet", 1, "Skolefritidsordningen", "", ("Skolefritidsordningen",)),
        Part("enhet", 2, "Skole", "", ("Skole", "rektorene")),
        Part("enhet", 3, "Kommunalsjef 0–24", "", ("Kommunalsjef 0–24",)),
    ]
    assert [part.navn for part in forslag(ord, parter)] == ventet


def test_koordinatoren_bruker_forslaget_med_ett_trykk(som, uavklart, enhet):
    nettleser = som("koordinator")
    side = nettleser.get(sti(uavklart.tiltak)).content.decode()
    assert "Bruk Kommunalsjef 0–24" in side
    adresse = sti(uavklart.tiltak, "tiltak:ansvar_avklar", uavklart)
    svar = nettleser.post(adresse, {"part": f"enhet-{enhet.pk}"}, follow=True).content.decode()
    uavklart.refresh_from_db()
    assert (uavklart.enhet, uavklart.kildeord) == (enhet, "0-24")
    assert "«0-24» er Kommunalsjef 0–24." in svar
    assert Ansvar.history.filter(id=uavklart.pk).count() == 2
    assert Ansvar.history.first().history_user_id is not None


def test_andre_navn_grupper_plasser_og_poster_foreslas_ogsa(som, tiltak):
    samarbeid = tiltak.samarbeid
    Enhetsalias.objects.create(
        samarbeid=samarbeid, enhet=EnhetFactory(samarbeid=samarbeid, navn="Ungdomshus"), navn="Parken"
    )
    GruppeFactory(samarbeid=samarbeid, navn="", nivaer=[NivaFactory(samarbeid=samarbeid, navn="Koordineringsgruppe")])
    PlassFactory(gruppe=GruppeFactory(samarbeid=samarbeid, navn="Styringsgruppa"), tittel="Ordfører")
    KoordinatorpostFactory(samarbeid=samarbeid, tittel="SLT-koordinator")
    for ord in ("parken", "koordineringsgruppa", "ordfører", "slt-koordinator"):
        AnsvarFactory(tiltak=tiltak, kildeord=ord)
    side = som("koordinator").get(sti(tiltak)).content.decode()
    for navn in ("Ungdomshus", "Koordineringsgruppe", "Ordfører (Styringsgruppa)", "SLT-koordinator"):
        assert f"Bruk {navn}" in side


def test_ansvar_legges_til_endres_og_fjernes(som, tiltak, enhet):
    nettleser = som("koordinator")
    nettleser.post(sti(tiltak), {"part": f"enhet-{enhet.pk}", "funksjon": "leder", "slag": "hoved"})
    ansvar = Ansvar.objects.get()
    assert (ansvar.kildeord, ansvar.navn, ansvar.slag) == ("Kommunalsjef 0–24", "Kommunalsjef 0–24 (leder)", "hoved")
    assert (ansvar.samarbeid, ansvar.rekkefolge) == (tiltak.samarbeid, 1)
    endre = sti(tiltak, "tiltak:ansvar_endre", ansvar)
    assert f'value="enhet-{enhet.pk}" selected' in nettleser.get(endre).content.decode()
    nettleser.post(endre, {"kildeord": "andre aktuelle", "slag": "delt", "apen_med_vilje": "on"})
    ansvar.refresh_from_db()
    assert (ansvar.kildeord, ansvar.part, ansvar.apen_med_vilje) == ("andre aktuelle", None, True)
    melding = StatusmeldingFactory(tiltak=tiltak, ansvar=ansvar)
    nettleser.post(sti(tiltak, "tiltak:ansvar_fjern", ansvar))
    assert not Ansvar.objects.exists()
    assert Statusmelding.objects.get().pk == melding.pk


@pytest.mark.parametrize(
    ("felter", "setning"),
    [
        ({}, "Skriv ordene i planen, eller velg hvem det er."),
        ({"kildeord": "x" * 100_000}, "Skriv høyst 300 tegn."),
        ({"kildeord": "Gjelder 01010112377"}, "fødselsnummer"),
        ({"kildeord": "a\x00b"}, "tegn"),
        ({"kildeord": "skolen", "funksjon": "rektor"}, "En funksjon hører til en enhet."),
        ({"kildeord": "skolen", "part": "enhet-999999"}, "Velg en som står i lista."),
        ({"kildeord": "skolen", "part": "'; drop"}, "Velg en som står i lista."),
    ],
)
def test_det_som_ikke_kan_lagres_sier_hvorfor(som, tiltak, felter, setning):
    svar = som("koordinator").post(sti(tiltak), {"slag": "delt", **felter})
    assert setning in svar.content.decode()
    assert not Ansvar.objects.exists()


def test_en_part_og_apen_med_vilje_gar_ikke_sammen(som, tiltak, enhet):
    felter = {"kildeord": "skolen", "slag": "delt", "part": f"enhet-{enhet.pk}", "apen_med_vilje": "on"}
    svar = som("koordinator").post(sti(tiltak), felter).content.decode()
    assert "Et ansvar som er åpent med vilje, har ingen part." in svar
    assert 'value="skolen"' in svar


def test_et_annet_samarbeids_enhet_kan_ikke_velges(som, uavklart, rollebesetning):
    fremmed = EnhetFactory(samarbeid=rollebesetning.fremmed, navn="0-24")
    nettleser, adresse = som("koordinator"), sti(uavklart.tiltak, "tiltak:ansvar_avklar", uavklart)
    svar = nettleser.post(adresse, {"part": f"enhet-{fremmed.pk}"}, follow=True).content.decode()
    assert "Velg en som står i lista." in svar
    assert "Bruk" not in svar
    with pytest.raises(Regelbrudd):
        avklar(uavklart, part=fremmed)
    uavklart.refresh_from_db()
    assert uavklart.part is None


def test_ansvaret_til_et_annet_tiltak_finnes_ikke_her(som, uavklart):
    annet = TiltakFactory(plan=uavklart.tiltak.plan)
    for navn in ("tiltak:ansvar_avklar", "tiltak:ansvar_fjern"):
        assert som("koordinator").post(sti(annet, navn, uavklart)).status_code == 404
    assert som("koordinator").get(sti(annet, "tiltak:ansvar_endre", uavklart)).status_code == 404


def test_lenken_star_der_ansvaret_er_uavklart(som, uavklart):
    for side in (uavklart.tiltak.get_absolute_url(), reverse("tiltak:liste", args=[uavklart.samarbeid.slug])):
        assert f'href="{sti(uavklart.tiltak)}"' in som("koordinator").get(side).content.decode()
        assert f'href="{sti(uavklart.tiltak)}"' not in som("medlem").get(side).content.decode()


@pytest.mark.parametrize("antall", [1, 3])
def test_sidene_sper_hoyst_tolv_ganger(som, tiltak, antall, django_assert_max_num_queries):
    niva = NivaFactory(samarbeid=tiltak.samarbeid)
    for _nr in range(antall):
        plass = PlassFactory(gruppe=GruppeFactory(samarbeid=tiltak.samarbeid))
        ansvar = AnsvarFactory(tiltak=tiltak, plass=plass)
        AnsvarFactory(tiltak=tiltak, gruppe=GruppeFactory(samarbeid=tiltak.samarbeid, navn="", nivaer=[niva]))
    nettleser = som("koordinator")
    for adresse in (sti(tiltak), sti(tiltak, "tiltak:ansvar_endre", ansvar)):
        with django_assert_max_num_queries(12):
            nettleser.get(adresse)
