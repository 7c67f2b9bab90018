import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from organisering.factories import (
    KoordinatorpostFactory,
    MedlemskapFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
    VervFactory,
)
from organisering.models import Gruppe, Medlemskap, Person, Samarbeid
from organisering.rules import kan_administrere, kan_redigere, kan_se_penger, tilgang

PR = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("navn", "ser", "redigerer", "administrerer", "ser_penger"),
    [
        ("koordinator", True, True, True, True),
        ("leder", True, False, False, False),
        ("medlem", True, False, False, False),
        ("kontakt", True, False, False, False),
        ("administrator", True, False, True, False),
        ("leser", True, False, False, True),
        ("utenforstaende", False, False, False, False),
        ("uten_plass", False, False, False, False),
        ("superbruker", True, True, True, True),
        ("utlogget", False, False, False, False),
    ],
)
def test_tabellen_over_hvem_som_kan_hva(rollebesetning, navn, ser, redigerer, administrerer, ser_penger):
    person, samarbeid = rollebesetning[navn], rollebesetning.samarbeid
    assert tilgang(person, samarbeid, PR).horer_til is ser
    assert Samarbeid.objects.synlig_for(person, PR).filter(pk=samarbeid.pk).exists() is ser
    assert Gruppe.objects.synlig_for(person, PR).filter(pk=rollebesetning.gruppe.pk).exists() is ser
    assert kan_redigere(person, samarbeid, PR) is redigerer
    assert kan_administrere(person, samarbeid, PR) is administrerer
    assert kan_se_penger(person, samarbeid, PR) is ser_penger


@pytest.mark.parametrize(
    ("navn", "leder", "leser_papirer"),
    [
        ("koordinator", True, True),
        ("leder", True, True),
        ("medlem", False, True),
        ("kontakt", False, False),
        ("administrator", False, False),
        ("leser", False, False),
    ],
)
def test_gruppas_papirer_er_for_gruppa_og_koordinatoren(rollebesetning, navn, leder, leser_papirer):
    har = tilgang(rollebesetning[navn], rollebesetning.samarbeid, PR)
    assert har.kan_lede(rollebesetning.gruppe) is leder
    assert har.kan_lese_gruppens_papirer(rollebesetning.gruppe) is leser_papirer


def test_tilgang_varer_ut_den_siste_dagen_og_ikke_lenger(db):
    rolle = RolletildelingFactory(til=PR)
    assert tilgang(rolle.person, rolle.samarbeid, PR).er_koordinator
    assert not tilgang(rolle.person, rolle.samarbeid, PR + dt.timedelta(days=1)).horer_til
    assert not tilgang(rolle.person, rolle.samarbeid, rolle.fra - dt.timedelta(days=1)).horer_til


def test_en_avsluttet_plass_eller_gruppe_apner_ingen_dor(db):
    medlem = MedlemskapFactory(plass=PlassFactory(til=dt.date(2026, 5, 31)))
    assert not tilgang(medlem.person, medlem.samarbeid, PR).horer_til
    i_gruppe = MedlemskapFactory()
    i_gruppe.plass.gruppe.til = dt.date(2026, 5, 31)
    i_gruppe.plass.gruppe.save(update_fields=["til"])
    assert not tilgang(i_gruppe.person, i_gruppe.samarbeid, PR).horer_til


def test_vara_slipper_inn_fra_dagen_hun_er_innkalt(db):
    vara = MedlemskapFactory(rolle=Medlemskap.Rolle.VARA)
    assert not tilgang(vara.person, vara.samarbeid, PR).horer_til
    vara.innkalt_fra = PR
    vara.save(update_fields=["innkalt_fra"])
    person = Person.objects.get(pk=vara.person_id)
    assert tilgang(person, vara.samarbeid, PR).grupper_som_medlem == {vara.plass.gruppe_id}
    assert not tilgang(person, vara.samarbeid, PR - dt.timedelta(days=1)).horer_til


def test_den_som_fyller_koordinatorposten_har_vervet_uten_a_vare_medlem(db):
    post = KoordinatorpostFactory()
    rolle = RolletildelingFactory(samarbeid=post.samarbeid, koordinatorpost=post)
    verv = VervFactory(
        plass=None, gruppe=PlassFactory(gruppe__samarbeid=post.samarbeid).gruppe, koordinatorpost=post, slag="sekretar"
    )
    assert tilgang(rolle.person, post.samarbeid, PR).grupper_med_verv == {verv.gruppe_id}


def test_tilgangen_koster_ett_sporsmal(rollebesetning, django_assert_num_queries):
    person = Person.objects.get(pk=rollebesetning["leder"].pk)
    with django_assert_num_queries(1):
        tilgang(person, rollebesetning.samarbeid, PR)
        tilgang(person, rollebesetning.fremmed, PR)
        person.gruppe_ider(PR)


def test_personer_ses_av_dem_de_deler_samarbeid_med(rollebesetning):
    synlige = set(Person.objects.synlig_for(rollebesetning["medlem"], PR))
    assert synlige == {
        rollebesetning[n] for n in ("koordinator", "leder", "medlem", "kontakt", "administrator", "leser")
    }
    assert not Person.objects.synlig_for(AnonymousUser(), PR).exists()


def test_en_person_uten_tilknytning_ser_bare_seg_selv(db):
    person = PersonFactory()
    assert set(Person.objects.synlig_for(person, PR)) == {person}
