import datetime as dt

import pytest

from organisering.factories import (
    EnhetFactory,
    EnhetskontaktFactory,
    KoordinatorpostFactory,
    MedlemskapFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
    SamarbeidFactory,
)
from tiltak.factories import AnsvarFactory, TiltakFactory
from tiltak.rules.ansvarlige import tiltak_for_person

pytestmark = pytest.mark.django_db
PR = dt.date(2026, 6, 1)


@pytest.fixture
def samarbeid():
    return SamarbeidFactory()


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def svarer(samarbeid, person):
    def svar(pr=PR, **part):
        ansvar = AnsvarFactory(tiltak=TiltakFactory(samarbeid=samarbeid), **part)
        return list(tiltak_for_person(person, pr)) == [ansvar.tiltak]

    return svar


def test_kontakten_i_enheten_svarer_til_siste_dag(samarbeid, person, svarer):
    enhet = EnhetFactory(samarbeid=samarbeid)
    EnhetskontaktFactory(enhet=enhet, person=person, til=PR)
    assert svarer(enhet=enhet)
    assert not tiltak_for_person(person, PR + dt.timedelta(days=1)).exists()


@pytest.mark.parametrize("dybde", [1, 2, 3])
def test_kontakten_i_en_underenhet_svarer_for_enheten_over(samarbeid, person, svarer, dybde):
    over = enhet = EnhetFactory(samarbeid=samarbeid)
    for _ in range(dybde):
        enhet = EnhetFactory(samarbeid=samarbeid, overordnet=enhet)
    EnhetskontaktFactory(enhet=enhet, person=person)
    assert svarer(enhet=over)


def test_kontakten_i_enheten_over_svarer_ikke_for_underenheten(samarbeid, person, svarer):
    over = EnhetFactory(samarbeid=samarbeid)
    EnhetskontaktFactory(enhet=over, person=person)
    assert not svarer(enhet=EnhetFactory(samarbeid=samarbeid, overordnet=over))


@pytest.mark.parametrize(
    ("har", "svarer_for"), [("Rektor", True), ("rektor", True), ("vaktmester", False), ("", False)]
)
def test_bare_den_med_funksjonen_svarer_når_planen_nevner_en(samarbeid, person, svarer, har, svarer_for):
    enhet = EnhetFactory(samarbeid=samarbeid)
    EnhetskontaktFactory(enhet=enhet, person=person, funksjon=har)
    assert svarer(enhet=enhet, funksjon="rektor") is svarer_for


def test_plassen_som_taler_for_enheten_svarer(samarbeid, person, svarer):
    plass = PlassFactory(gruppe__samarbeid=samarbeid, enhet=EnhetFactory(samarbeid=samarbeid))
    MedlemskapFactory(plass=plass, person=person)
    assert svarer(enhet=plass.enhet)


@pytest.mark.parametrize("noen_har_den", [True, False])
def test_plassen_svarer_for_en_funksjon_når_ingen_har_den(samarbeid, person, svarer, noen_har_den):
    plass = PlassFactory(gruppe__samarbeid=samarbeid, enhet=EnhetFactory(samarbeid=samarbeid))
    MedlemskapFactory(plass=plass, person=person)
    if noen_har_den:
        EnhetskontaktFactory(enhet=plass.enhet, funksjon="Leder")
    assert svarer(enhet=plass.enhet, funksjon="leder") is not noen_har_den


def test_plass_gruppe_og_koordinatorpost_svares_for_av_dem_som_har_dem(samarbeid, person):
    plass = PlassFactory(gruppe__samarbeid=samarbeid)
    post = KoordinatorpostFactory(samarbeid=samarbeid)
    MedlemskapFactory(plass=plass, person=person)
    RolletildelingFactory(samarbeid=samarbeid, person=person, koordinatorpost=post)
    ventet = {
        AnsvarFactory(tiltak=TiltakFactory(samarbeid=samarbeid), **part).tiltak
        for part in ({"plass": plass}, {"gruppe": plass.gruppe}, {"koordinatorpost": post})
    }
    AnsvarFactory(tiltak=TiltakFactory(samarbeid=samarbeid), plass=PlassFactory(gruppe=plass.gruppe))
    assert set(tiltak_for_person(person, PR)) == ventet


def test_den_som_bare_samarbeider_og_vara_som_ikke_er_innkalt_svarer_ikke(samarbeid, person, svarer):
    plass = PlassFactory(gruppe__samarbeid=samarbeid)
    MedlemskapFactory(plass=plass, person=person, rolle="vara")
    assert not svarer(plass=plass)
    MedlemskapFactory(plass=PlassFactory(gruppe=plass.gruppe), person=person)
    AnsvarFactory(tiltak=TiltakFactory(samarbeid=samarbeid), gruppe=plass.gruppe, slag="samarbeider")
    assert not tiltak_for_person(person, PR).exists()


def test_det_koster_ett_spørsmål_over_alle_samarbeid(person, django_assert_num_queries):
    for _ in range(3):
        plass = PlassFactory()
        MedlemskapFactory(plass=plass, person=person)
        AnsvarFactory(tiltak=TiltakFactory(samarbeid=plass.samarbeid), plass=plass)
    with django_assert_num_queries(1):
        assert len(tiltak_for_person(person, PR)) == 3
