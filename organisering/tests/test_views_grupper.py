import datetime as dt

import pytest
from django.urls import reverse

from organisering.factories import (
    EnhetFactory,
    EnhetskontaktFactory,
    FullmaktFactory,
    GruppeFactory,
    MandatpunktFactory,
    MedlemskapFactory,
    MotekravFactory,
    NivaFactory,
    PlassFactory,
    VervFactory,
)
from organisering.models import Gruppe, TidligereSlug

INNE = {"koordinator", "leder", "medlem", "kontakt", "administrator", "leser", "superbruker"}
ALLE = ["koordinator", "leder", "medlem", "kontakt", "administrator", "leser", "utenforstaende", "uten_plass"]
HOYST = 12


def liste(samarbeid):
    return reverse("organisering:gruppe_liste", args=[samarbeid.slug])


@pytest.mark.parametrize("navn", [*ALLE, "superbruker", "utlogget"])
@pytest.mark.parametrize("side", ["gruppe_liste", "gruppe", "enhet_liste", "enhet"])
def test_de_som_horer_til_ser_grupper_og_enheter(som, rollebesetning, navn, side):
    samarbeid = rollebesetning.samarbeid
    pk = {"gruppe": [rollebesetning.gruppe.pk], "enhet": [samarbeid.enheter.get().pk]}.get(side, [])
    svar = som(navn).get(reverse(f"organisering:{side}", args=[samarbeid.slug, *pk]))
    ventet = 200 if navn in INNE else 302 if navn == "utlogget" else 404
    assert svar.status_code == ventet


def test_bare_de_som_kan_rette_far_lenker_til_det(som, rollebesetning):
    gruppe = rollebesetning.gruppe
    sider = {navn: som(navn).get(gruppe.get_absolute_url()).content.decode() for navn in INNE}
    for side, roller in (("gruppe_endre", {"koordinator", "superbruker"}), ("plass_ny", {"administrator"})):
        rett = f'href="{reverse(f"organisering:{side}", args=[gruppe.samarbeid.slug, gruppe.pk])}"'
        assert {navn for navn in INNE if rett in sider[navn]} == {"koordinator", "superbruker"} | roller


def test_en_gruppe_i_et_annet_samarbeid_finnes_ikke_her(som, rollebesetning):
    fremmed = GruppeFactory(samarbeid=rollebesetning.fremmed)
    enhet = EnhetFactory(samarbeid=rollebesetning.fremmed)
    slug = rollebesetning.samarbeid.slug
    assert som("superbruker").get(reverse("organisering:gruppe", args=[slug, fremmed.pk])).status_code == 404
    assert som("superbruker").get(reverse("organisering:enhet", args=[slug, enhet.pk])).status_code == 404


def test_en_tidligere_adresse_leder_videre(som, rollebesetning):
    TidligereSlug.objects.create(samarbeid=rollebesetning.samarbeid, slug="gammelt-navn")
    svar = som("medlem").get("/gammelt-navn/grupper/")
    assert (svar.status_code, svar["Location"]) == (301, liste(rollebesetning.samarbeid))


def fyll(samarbeid, antall):
    """A Samarbeid with `antall` groups that have something of everything."""
    niva = NivaFactory(samarbeid=samarbeid)
    for _ in range(antall):
        gruppe = GruppeFactory(samarbeid=samarbeid, nivaer=[niva])
        enhet = EnhetFactory(samarbeid=samarbeid)
        EnhetskontaktFactory(enhet=enhet)
        for _nummer in range(antall):
            plass = PlassFactory(gruppe=gruppe, enhet=enhet)
            MedlemskapFactory(plass=plass)
            MedlemskapFactory(plass=plass, fra=dt.date(2020, 1, 1), til=dt.date(2021, 1, 1))
            MandatpunktFactory(gruppe=gruppe)
            FullmaktFactory(gruppe=gruppe)
            EnhetFactory(samarbeid=samarbeid, overordnet=enhet)
        VervFactory(plass=plass)
        MotekravFactory(gruppe=gruppe)
    return gruppe, enhet


@pytest.mark.parametrize("antall", [1, 3])
@pytest.mark.parametrize("side", ["gruppe_liste", "gruppe", "enhet_liste", "enhet"])
def test_hoyst_tolv_sporsmal_uansett_antall(som, rollebesetning, django_assert_max_num_queries, antall, side):
    gruppe, enhet = fyll(rollebesetning.samarbeid, antall)
    pk = {"gruppe": [gruppe.pk], "enhet": [enhet.pk]}.get(side, [])
    client = som("koordinator")
    with django_assert_max_num_queries(HOYST):
        svar = client.get(reverse(f"organisering:{side}", args=[rollebesetning.samarbeid.slug, *pk]))
    assert svar.status_code == 200


def test_lista_sier_hvordan_det_star_til(som, rollebesetning):
    tekst = som("leser").get(liste(rollebesetning.samarbeid)).content.decode()
    assert "Én gruppe holder møter. Den mangler noe." in tekst
    assert "To plasser, alle er besatt." in tekst
    assert "Mangler: innkaller, sekretær, hvor ofte gruppa skal møtes og mandat." in tekst


def test_avsluttede_grupper_er_brettet_sammen_og_kan_leses(som, rollebesetning):
    gammel = GruppeFactory(
        samarbeid=rollebesetning.samarbeid, slag="arbeidsgruppe", til=dt.date(2025, 3, 1), resultat="Natteravner går."
    )
    tekst = som("medlem").get(liste(rollebesetning.samarbeid)).content.decode()
    assert "1 avsluttet gruppe" in tekst
    side = som("medlem").get(gammel.get_absolute_url()).content.decode()
    assert "Gruppa ble avsluttet 1.\u00a0mars 2025." in side
    assert "Natteravner går." in side


def test_et_niva_i_ord_har_verken_moter_eller_mangler(som, rollebesetning):
    niva = GruppeFactory(samarbeid=rollebesetning.samarbeid, slag=Gruppe.Slag.NIVABESKRIVELSE)
    MandatpunktFactory(gruppe=niva, ordlyd="Her foregår arbeidet.")
    tekst = som("koordinator").get(niva.get_absolute_url()).content.decode()
    assert "Det holder ikke møter." in tekst
    assert "Her foregår arbeidet." in tekst
    assert "Møtene i" not in tekst
    assert "Mangler:" not in tekst


def test_typen_viser_gruppene_sine_og_gruppene_viser_typen(som, rollebesetning):
    typen = GruppeFactory(samarbeid=rollebesetning.samarbeid, slag="gruppetype", navn="Skolegruppe")
    MotekravFactory(gruppe=typen, ordlyd="Skolegruppene møtes hvert halvår.")
    PlassFactory(gruppe=typen, tittel="Rektor")
    gruppe = GruppeFactory(samarbeid=rollebesetning.samarbeid, gruppetype=typen, navn="Skolegruppe nord")
    om_typen = som("medlem").get(typen.get_absolute_url()).content.decode()
    assert "Minst ett møte i halvåret." in om_typen
    assert "Skolegruppe nord" in om_typen
    om_gruppa = som("koordinator").get(gruppe.get_absolute_url()).content.decode()
    assert "Skolegruppene møtes hvert halvår." in om_gruppa
    assert "fra typen" in om_gruppa
    assert "Rektor" in om_gruppa


def test_rare_data_tales(som, rollebesetning):
    uten_navn = GruppeFactory(samarbeid=rollebesetning.samarbeid, navn="")
    for nummer in range(40):
        PlassFactory(gruppe=uten_navn, tittel=f"<b>Plass</b> {nummer} " + "overraskendelangttjenestenavn" * 5)
    MandatpunktFactory(gruppe=uten_navn, ordlyd="<script>alert(1)</script> 🦉")
    for adresse in (uten_navn.get_absolute_url(), liste(rollebesetning.samarbeid)):
        tekst = som("koordinator").get(adresse).content.decode()
        assert "Gruppe uten navn" in tekst
        assert "<script>alert" not in tekst
        assert "<b>Plass" not in tekst


def test_et_samarbeid_uten_grupper_sier_det(som, rollebesetning):
    tekst = som("utenforstaende").get(liste(rollebesetning.fremmed)).content.decode()
    assert "Ingen grupper ennå" in tekst


def test_sok_finner_enheter_og_andre_navn_uten_a_bry_seg_om_store_bokstaver(som, rollebesetning):
    samarbeid = rollebesetning.samarbeid
    skole = EnhetFactory(samarbeid=samarbeid, navn="Åsen ungdomsskole", slag="skole", eier="kommune")
    skole.aliaser.create(samarbeid=samarbeid, navn="Ærlig talt")
    nav = EnhetFactory(samarbeid=samarbeid, navn="NAV", slag="nav", eier="stat")
    client, adresse = som("leser"), reverse("organisering:enhet_liste", args=[samarbeid.slug])

    def funnet(**valg):
        return set(client.get(adresse, valg).context["object_list"])

    assert funnet(q="åSEN") == {skole}
    assert funnet(q="ærlig") == {skole}
    assert funnet(eier="stat") == {nav}
    assert funnet(slag="skole", eier="stat") == set()
    assert len(funnet(slag="finnes-ikke")) == 3
    assert "Ingen enheter passer" in client.get(adresse, {"q": "finnes ikke"}).content.decode()


def test_enheten_sier_hvem_som_sporres(som, rollebesetning):
    enhet = rollebesetning.samarbeid.enheter.get()
    assert "går til kontakt (kontakt i enheten)." in som("leser").get(enhet.get_absolute_url()).content.decode()
