"""Standing duties and agreements are told of 30 and 7 days before, to whom the row says."""

import datetime as dt

import pytest

from felles.tid import OSLO
from organisering.factories import (
    ArshjulpunktFactory,
    AvtaleFactory,
    FridagFactory,
    GruppeFactory,
    MedlemskapFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
    SamarbeidFactory,
    VervFactory,
)
from organisering.models import Arshjulpunkt
from organisering.services.arshjulvarsling import varsle_avtaler, varsle_faste
from varsling.models import Varsel

pytestmark = pytest.mark.django_db


def naa(ar: int, maned: int, dag: int) -> dt.datetime:
    return dt.datetime(ar, maned, dag, 6, tzinfo=OSLO)


@pytest.fixture
def samarbeid():
    samarbeid = SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1))
    RolletildelingFactory(samarbeid=samarbeid, person=PersonFactory(epost="koordinator@slt.example"))
    return samarbeid


def fortalt(plan) -> list[tuple[str, str, str]]:
    nye = Varsel.objects.filter(nokkel__in=[v.nokkel for v in plan.nye]).order_by("pk")
    return [(v.person.epost, v.trinn, v.gjelder) for v in nye]


def test_en_arlig_oppgave_sies_30_og_7_dager_for_og_aldri_etterpa(samarbeid):
    ArshjulpunktFactory(samarbeid=samarbeid, ordlyd="Det søkes om tilskudd.")  # 1 December
    Arshjulpunkt.history.update(history_date=naa(2026, 1, 1))
    svar = {(m, d): fortalt(varsle_faste(naa(2026, m, d))) for m, d in [(10, 29), (10, 30), (11, 23), (11, 24)]}

    assert svar == {
        (10, 29): [],
        (10, 30): [("koordinator@slt.example", "30-dager-for", "Søke om tilskudd")],  # 1 November is a Sunday
        (11, 23): [],
        (11, 24): [("koordinator@slt.example", "7-dager-for", "Søke om tilskudd")],
    }
    assert "Fristen er 1.\u00a0desember 2026, om 7 dager." in Varsel.objects.get(trinn="7-dager-for").hvorfor
    assert "«Det søkes om tilskudd.»" in Varsel.objects.get(trinn="7-dager-for").hvorfor
    assert fortalt(varsle_faste(naa(2026, 12, 2))) == []


@pytest.mark.parametrize(
    ("felter", "kjorer", "sagt"),
    [
        ({}, [(2026, 10, 30), (2026, 12, 3)], ["30-dager-for", "7-dager-for"]),  # down over the whole last week
        ({}, [(2026, 12, 31), (2027, 1, 4)], ["7-dager-for"]),  # sent once, also after the date
        ({}, [(2027, 1, 4)], []),  # too late to be of use
        ({"fra": dt.date(2026, 12, 2)}, [(2026, 12, 3)], []),  # no duty then
        ({"nar": "var", "dag": None, "maned": None}, [(2026, 8, 3)], ["7-dager-for"]),  # July is quiet
    ],
)
def test_et_avbrudd_over_fristen_utsetter_og_mister_ikke(samarbeid, felter, kjorer, sagt):
    ArshjulpunktFactory(samarbeid=samarbeid, **felter)
    Arshjulpunkt.history.update(history_date=naa(2026, 1, 1))

    assert [t for dag in kjorer for _e, t, _g in fortalt(varsle_faste(naa(*dag)))] == sagt


def test_det_som_venter_over_fristen_trekkes_ikke_og_sier_at_den_er_passert(samarbeid):
    ArshjulpunktFactory(samarbeid=samarbeid)
    Arshjulpunkt.history.update(history_date=naa(2026, 1, 1))
    varsle_faste(naa(2026, 12, 1))
    varsle_faste(naa(2026, 12, 3))  # nothing was delivered meanwhile

    ventende = Varsel.objects.get(trinn="7-dager-for")
    assert ventende.trukket is None
    assert "Fristen var 1.\u00a0desember 2026, for 2 dager siden." in ventende.hvorfor


def test_en_oppgave_skrevet_etter_fristen_sies_ikke_for_neste_gang(samarbeid):
    ArshjulpunktFactory(samarbeid=samarbeid)
    Arshjulpunkt.history.update(history_date=naa(2026, 12, 2))

    assert fortalt(varsle_faste(naa(2026, 12, 3))) == []


def test_en_fast_sak_pa_hvert_mote_minner_ingen(samarbeid):
    gruppe = GruppeFactory(samarbeid=samarbeid)
    ArshjulpunktFactory(samarbeid=samarbeid, gruppe=gruppe, nar=Arshjulpunkt.Nar.HVERT_MOTE, dag=None, maned=None)
    assert [varsle_faste(naa(2026, m, 1)).funnet for m in (6, 12)] == [0, 0]


def test_det_gar_til_den_raden_sier_eller_til_koordinatoren(samarbeid):
    plass = PlassFactory(gruppe=GruppeFactory(samarbeid=samarbeid))
    MedlemskapFactory(plass=plass, person=PersonFactory(epost="plass@slt.example"))
    VervFactory(plass=plass)
    for felter in ({"plass": plass}, {"gruppe": plass.gruppe}, {"hvem_ord": "Rådmannen"}, {}):
        ArshjulpunktFactory(samarbeid=samarbeid, **felter)

    hvem = [epost for epost, _trinn, _gjelder in fortalt(varsle_faste(naa(2026, 11, 24)))]
    assert hvem == ["plass@slt.example", "plass@slt.example", "koordinator@slt.example", "koordinator@slt.example"]


def test_en_avtale_minnes_om_til_den_er_fornyet(samarbeid):
    avtale = AvtaleFactory(samarbeid=samarbeid, inngatt=dt.date(2024, 9, 15))  # 24 months: 15 September 2026
    assert fortalt(varsle_avtaler(naa(2026, 8, 13))) == []
    assert [t for _e, t, _g in fortalt(varsle_avtaler(naa(2026, 8, 14)))] == ["30-dager-for"]  # 16 August is a Sunday
    [(_hvem, trinn, gjelder)] = fortalt(varsle_avtaler(naa(2026, 12, 1)))  # after an outage
    assert (trinn, gjelder) == ("7-dager-for", "Avtalen skulle vært fornyet: Samarbeidsavtale")
    avtale.inngatt = dt.date(2026, 12, 1)
    avtale.save()
    assert varsle_avtaler(naa(2026, 12, 2)).funnet == 0
    assert Varsel.objects.get(trinn="7-dager-for").trukket is not None


def test_fridager_er_stille_bare_nar_samarbeidet_vil_det(samarbeid):
    ArshjulpunktFactory(samarbeid=samarbeid, maned=10, dag=14)  # 7 days before: Wednesday 7 October
    ferie = FridagFactory(samarbeid=samarbeid, fra=dt.date(2026, 10, 5), til=dt.date(2026, 10, 9), stille=True)
    ArshjulpunktFactory(samarbeid=SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1)), maned=10, dag=14)

    assert [t for _e, t, _g in fortalt(varsle_faste(naa(2026, 10, 2)))] == ["7-dager-for"]  # Friday before
    ferie.stille = False
    ferie.save()
    Varsel.objects.all().delete()
    assert [t for _e, t, _g in fortalt(varsle_faste(naa(2026, 10, 6)))] == ["30-dager-for"]
    assert [t for _e, t, _g in fortalt(varsle_faste(naa(2026, 10, 7)))] == ["7-dager-for"]


def test_antall_sporringer_er_det_samme_for_en_og_for_tre(samarbeid, django_assert_max_num_queries):
    for _ in range(3):
        ArshjulpunktFactory(samarbeid=samarbeid, gruppe=GruppeFactory(samarbeid=samarbeid))
        AvtaleFactory(samarbeid=samarbeid, fornyes_maneder=None, fornyes=dt.date(2026, 12, 1))
    with django_assert_max_num_queries(34):
        varsle_faste(naa(2026, 11, 24))
        varsle_avtaler(naa(2026, 11, 24))
