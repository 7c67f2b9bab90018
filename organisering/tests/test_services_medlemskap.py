import datetime as dt

import pytest

from felles.unntak import Regelbrudd
from organisering.factories import GruppeFactory, MedlemskapFactory, PersonFactory, PlassFactory
from organisering.models import Medlemskap, Plass
from organisering.services import avslutt_medlemskap, bytt_person, sett_inn

pytestmark = pytest.mark.django_db
PR = dt.date(2026, 6, 1)
DAG = dt.timedelta(days=1)


def perioder(plass):
    return [(m.person.navn, m.fra, m.til) for m in plass.medlemskap.order_by("fra", "pk")]


def test_den_som_settes_inn_far_plassens_samarbeid():
    plass, person = PlassFactory(), PersonFactory()
    medlemskap = sett_inn(plass, person, fra=PR)
    assert (medlemskap.samarbeid_id, medlemskap.fra, medlemskap.til) == (plass.samarbeid_id, PR, None)


@pytest.mark.parametrize(
    ("fra", "til"),
    [(PR, None), (None, None), (None, PR), (PR - DAG, PR), (PR + DAG, None), (None, dt.date(2026, 6, 30))],
)
def test_en_plass_for_en_person_har_en_om_gangen(fra, til):
    plass = PlassFactory()
    sett_inn(plass, PersonFactory(), fra=PR, til=dt.date(2026, 6, 30))
    with pytest.raises(Regelbrudd, match="alt besatt"):
        sett_inn(plass, PersonFactory(), fra=fra, til=til)


def test_den_neste_kan_begynne_dagen_etter():
    plass = PlassFactory()
    sett_inn(plass, PersonFactory(), fra=None, til=PR)
    sett_inn(plass, PersonFactory(), fra=PR + DAG)
    assert plass.medlemskap.count() == 2


def test_vara_teller_ikke_mot_antallet():
    plass = PlassFactory()
    sett_inn(plass, PersonFactory(), fra=PR)
    sett_inn(plass, PersonFactory(), fra=PR, rolle=Medlemskap.Rolle.VARA)
    with pytest.raises(Regelbrudd):
        sett_inn(plass, PersonFactory(), fra=PR)


def test_en_plass_for_flere_tar_sa_mange_som_er_oppgitt_samtidig():
    plass = PlassFactory(slag=Plass.Slag.FLERE, antall=2)
    sett_inn(plass, PersonFactory(), fra=PR, til=PR + 10 * DAG)
    sett_inn(plass, PersonFactory(), fra=PR + 20 * DAG, til=PR + 30 * DAG)
    sett_inn(plass, PersonFactory(), fra=PR)  # never more than two on one day
    with pytest.raises(Regelbrudd, match="alt 2"):
        sett_inn(plass, PersonFactory(), fra=PR + 5 * DAG, til=PR + 6 * DAG)
    sett_inn(plass, PersonFactory(), fra=PR + 11 * DAG, til=PR + 19 * DAG)


def test_uten_oppgitt_antall_er_det_alltid_rom():
    plass = PlassFactory(slag=Plass.Slag.FLERE, antall=None)
    for _ in range(3):
        sett_inn(plass, PersonFactory(), fra=PR)
    assert plass.medlemskap.count() == 3


def test_samme_person_har_ikke_plassen_to_ganger_samtidig():
    plass, person = PlassFactory(slag=Plass.Slag.FLERE), PersonFactory()
    sett_inn(plass, person, fra=PR)
    with pytest.raises(Regelbrudd, match="har alt denne plassen"):
        sett_inn(plass, person, fra=PR + DAG, til=PR + 2 * DAG)
    with pytest.raises(Regelbrudd, match="har alt denne plassen"):
        sett_inn(plass, person, fra=None, rolle=Medlemskap.Rolle.VARA)


def test_slutt_for_start_avvises():
    with pytest.raises(Regelbrudd, match="før startdatoen"):
        sett_inn(PlassFactory(), PersonFactory(), fra=PR, til=PR - DAG)


def test_avslutning_er_siste_dag():
    medlemskap = avslutt_medlemskap(MedlemskapFactory(), siste_dag=PR)
    assert medlemskap.til == PR
    assert medlemskap.history.count() == 2
    with pytest.raises(Regelbrudd, match="alt avsluttet"):
        avslutt_medlemskap(medlemskap, siste_dag=PR)
    with pytest.raises(Regelbrudd, match="ikke begynt"):
        avslutt_medlemskap(MedlemskapFactory(fra=PR + DAG), siste_dag=PR)


def test_bytte_i_alle_plasser_er_en_handling_og_historien_star():
    gammel, ny, gruppe = PersonFactory(navn="Gammel"), PersonFactory(navn="Ny"), GruppeFactory()
    forste, andre = PlassFactory(gruppe=gruppe), PlassFactory(gruppe=gruppe)
    MedlemskapFactory(plass=forste, person=gammel, fra=dt.date(2026, 1, 1))
    MedlemskapFactory(plass=andre, person=gammel, fra=None, til=dt.date(2026, 12, 31), rolle="vara")
    MedlemskapFactory(plass=andre, person=gammel, fra=dt.date(2027, 1, 1))
    assert len(bytt_person(gammel, ny, pr=PR)) == 3
    assert perioder(forste) == [("Gammel", dt.date(2026, 1, 1), PR - DAG), ("Ny", PR, None)]
    assert {(m.person.navn, m.fra, m.til, m.rolle) for m in andre.medlemskap.all()} == {
        ("Gammel", None, PR - DAG, "vara"),
        ("Ny", PR, dt.date(2026, 12, 31), "vara"),
        ("Ny", dt.date(2027, 1, 1), None, "medlem"),
    }


def test_bytte_rorer_bare_de_samarbeidene_som_er_nevnt():
    gammel, ny = PersonFactory(), PersonFactory()
    eget, fremmed = MedlemskapFactory(person=gammel), MedlemskapFactory(person=gammel)
    bytt_person(gammel, ny, pr=PR, samarbeid_ider=[eget.samarbeid_id])
    fremmed.refresh_from_db()
    assert fremmed.til is None
    assert ny.medlemskap.get().samarbeid_id == eget.samarbeid_id


def test_den_som_har_plassen_fra_for_far_den_ikke_to_ganger():
    gammel, ny, plass = PersonFactory(), PersonFactory(), PlassFactory(slag=Plass.Slag.FLERE)
    MedlemskapFactory(plass=plass, person=gammel)
    MedlemskapFactory(plass=plass, person=ny)
    assert bytt_person(gammel, ny, pr=PR) == []
    assert plass.medlemskap.aktive(PR).get().person == ny


def test_bytte_uten_plasser_eller_med_seg_selv_avvises():
    person = PersonFactory()
    with pytest.raises(Regelbrudd, match="ingen plasser"):
        bytt_person(person, PersonFactory(), pr=PR)
    with pytest.raises(Regelbrudd, match="en annen person"):
        bytt_person(person, person, pr=PR)
