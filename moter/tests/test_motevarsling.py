import datetime as dt

import pytest

from felles.stille import Stilledager
from felles.tid import OSLO
from felles.trinn import gjeldende_trinn
from moter.factories import DeltakelseFactory, MoteFactory, OppfolgingFactory, SakFactory, VedleggFactory
from moter.rules import motevarsler as regler
from moter.services.motevarsling import varsle_mote, varsle_mote_holdt, varsle_oppfolging
from organisering.factories import (
    ArshjulpunktFactory,
    GruppeFactory,
    MedlemskapFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
    SamarbeidFactory,
    VervFactory,
)
from organisering.models import Arshjulpunkt, Person
from varsling.models import Varsel

UROLIG = Stilledager(helg=False, helligdag=False, juli=False)
KOORDINATOR, SEKRETAR, MEDLEM = "koordinator@slt.example", "sekretar@slt.example", "medlem@slt.example"
ONSDAG = dt.datetime(2026, 11, 25, 12, 30, tzinfo=OSLO)


def naa(maned: int, dag: int) -> dt.datetime:
    return dt.datetime(2026, maned, dag, 6, tzinfo=OSLO)


@pytest.fixture
def gruppe(db):
    samarbeid = SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1))
    RolletildelingFactory(samarbeid=samarbeid, person=PersonFactory(epost=KOORDINATOR))
    gruppe = GruppeFactory(samarbeid=samarbeid, saksfrist=14)
    sekretar = PlassFactory(gruppe=gruppe)
    VervFactory(plass=sekretar, slag="sekretar")
    MedlemskapFactory(plass=sekretar, person=PersonFactory(epost=SEKRETAR))
    MedlemskapFactory(plass=PlassFactory(gruppe=gruppe), person=PersonFactory(epost=MEDLEM))
    return gruppe


def fortalt(plan) -> set[tuple[str, str]]:
    nokler = [v.nokkel for v in plan.nye]
    return {(v.person.epost, v.trinn) for v in Varsel.objects.filter(nokkel__in=nokler)}


def test_dagen_etter_og_sa_hver_uke_sporres_det_om_motet_ble_holdt(gruppe):
    mote = MoteFactory(gruppe=gruppe, start=ONSDAG)

    assert fortalt(varsle_mote_holdt(naa(11, 25))) == set()
    assert fortalt(varsle_mote_holdt(naa(11, 26))) == {(KOORDINATOR, "dagen-etter"), (SEKRETAR, "dagen-etter")}
    assert fortalt(varsle_mote_holdt(naa(12, 2))) == set()
    assert fortalt(varsle_mote_holdt(naa(12, 3))) == {(KOORDINATOR, "uke-1"), (SEKRETAR, "uke-1")}
    mote.holdt = naa(12, 3)
    mote.save()
    assert varsle_mote_holdt(naa(12, 10)).funnet == 0


def test_et_avlyst_mote_og_et_fra_for_oppfolgingen_sporres_det_ikke_om(gruppe):
    MoteFactory(gruppe=gruppe, start=ONSDAG, avlyst=naa(11, 20))
    MoteFactory(gruppe=gruppe, start=ONSDAG.replace(year=2025))

    assert varsle_mote_holdt(naa(12, 10)).funnet == 0


def test_medlemmene_far_vite_om_motet_7_dager_og_1_dag_for_unntatt_den_som_ikke_kommer(gruppe):
    mote = MoteFactory(gruppe=gruppe, start=ONSDAG)
    SakFactory(gruppe=gruppe, mote=mote)

    assert fortalt(varsle_mote(naa(11, 17))) == set()
    assert fortalt(varsle_mote(naa(11, 18))) == {(MEDLEM, "7-dager-for"), (SEKRETAR, "7-dager-for")}
    DeltakelseFactory(mote=mote, person=gruppe.plasser.last().medlemskap.get().person, svar="kan_ikke")
    assert fortalt(varsle_mote(naa(11, 24))) == {(SEKRETAR, "1-dager-for")}
    assert varsle_mote(naa(11, 26)).funnet == 0


def test_koordinatoren_far_vite_at_motet_mangler_saker_ved_gruppas_egen_frist(gruppe):
    mote = MoteFactory(gruppe=gruppe, start=ONSDAG)

    assert fortalt(varsle_mote(naa(11, 11))) == {(KOORDINATOR, "saksfrist")}
    SakFactory(gruppe=gruppe, mote=mote)
    varsle_mote(naa(11, 12))
    assert [v.trukket is not None for v in Varsel.objects.all()] == [True]


def test_en_sak_uten_noe_a_lese_minnes_det_om_ved_den_samme_fristen(gruppe):
    mote = MoteFactory(gruppe=gruppe, start=ONSDAG)
    sak = SakFactory(gruppe=gruppe, mote=mote, slag="drofting")
    SakFactory(gruppe=gruppe, mote=mote, slag="drofting", tekst="Står her.")
    SakFactory(gruppe=gruppe, mote=mote)  # to be told of needs nothing

    assert fortalt(varsle_mote(naa(11, 11))) == {(KOORDINATOR, "saksfrist")}
    VedleggFactory(sak=sak)
    varsle_mote(naa(11, 12))
    assert [v.trukket is not None for v in Varsel.objects.all()] == [True]
    assert (
        regler.papiroverskrift("KG", ONSDAG.date(), 2)
        == "2 saker til møtet i KG 25.\u00a0november 2026 mangler papirer"
    )


def test_bare_faste_saker_er_ingen_saker(gruppe):
    punkt = ArshjulpunktFactory(
        samarbeid=gruppe.samarbeid, gruppe=gruppe, nar=Arshjulpunkt.Nar.HVERT_MOTE, dag=None, maned=None
    )
    mote = MoteFactory(gruppe=gruppe, start=ONSDAG)
    SakFactory(gruppe=gruppe, mote=mote, fast=punkt, slag="drofting")

    assert fortalt(varsle_mote(naa(11, 11))) == {(KOORDINATOR, "saksfrist")}
    assert Varsel.objects.get(trinn="saksfrist").nokkel.count("-saker") == 1


def test_et_mote_mandag_varsles_fredag(gruppe):
    gruppe.saksfrist = None
    gruppe.save()
    MoteFactory(gruppe=gruppe, start=dt.datetime(2026, 11, 30, 12, tzinfo=OSLO))
    varsle_mote(naa(11, 23))

    assert fortalt(varsle_mote(naa(11, 27))) == {(MEDLEM, "1-dager-for"), (SEKRETAR, "1-dager-for")}


def test_oppfolgingen_varsles_7_og_1_dag_for_og_hoyst_seks_ganger_etter():
    frist = dt.date(2026, 6, 1)

    def navn(pr: dt.date) -> str | None:
        stand = gjeldende_trinn(regler.oppfolgingstrinn(frist, pr), pr, UROLIG)
        return stand.trinn.navn if stand else None

    dager = [dt.date(2026, 5, 24), dt.date(2026, 5, 25), dt.date(2026, 6, 1), dt.date(2026, 8, 24)]
    assert [navn(dag) for dag in dager] == [None, "7-dager-for", "forfalt", "forfalt-6"]
    assert navn(dt.date(2027, 6, 1)) == "forfalt-6"


@pytest.mark.parametrize(
    ("eier", "mottaker"),
    [("person", "eier@slt.example"), ("plass", SEKRETAR), ("ord", SEKRETAR), ("uten_epost", SEKRETAR)],
)
def test_oppfolgingen_sies_til_eieren_eller_til_neste_i_kjeden(gruppe, eier, mottaker):
    felter = {
        "person": {"eier_person": PersonFactory(epost="eier@slt.example")},
        "plass": {"eier_plass": gruppe.plasser.first()},
        "ord": {"eier_ord": "Rådgiveren"},
        "uten_epost": {"eier_person": PersonFactory(epost=None)},
    }[eier]
    OppfolgingFactory(gruppe=gruppe, frist=dt.date(2026, 11, 16), **felter)

    assert fortalt(varsle_oppfolging(naa(11, 17))) == {(mottaker, "forfalt")}


def test_den_som_er_inhabil_i_saken_hores_ikke_om_oppfolgingen_og_unntatte_saker_star_ikke_i_e_post(gruppe):
    """Not even as the owner, nor where the case is lifted; then the coordinator. Of an exempt case no words."""
    eier = MedlemskapFactory(plass=PlassFactory(gruppe=gruppe), person=PersonFactory(epost="eier@slt.example")).person
    mote = MoteFactory(gruppe=gruppe, start=ONSDAG - dt.timedelta(days=20), holdt=ONSDAG)
    forst = SakFactory(gruppe=gruppe, mote=mote)
    lukket = SakFactory(gruppe=gruppe, mote=mote, loftet_fra=forst)
    unntatt = SakFactory(gruppe=gruppe, mote=mote, unntatt=True, unntatt_grunn="Offentleglova § 13")
    for sak in (lukket, unntatt):
        OppfolgingFactory(gruppe=gruppe, sak=sak, eier_person=eier, frist=dt.date(2026, 11, 16), tekst="Ring den ene")
    DeltakelseFactory(mote=mote, person=eier).inhabil_i.add(forst)

    nye = varsle_oppfolging(naa(11, 17)).nye
    sagt = Varsel.objects.filter(nokkel__in=[v.nokkel for v in nye]).values_list("person__epost", "gjelder")
    assert set(sagt) == {
        (KOORDINATOR, "Ring den ene"),
        ("eier@slt.example", "Oppgave fra en sak som er unntatt offentlighet"),
    }
    DeltakelseFactory(mote=mote, person=Person.objects.get(epost=KOORDINATOR)).inhabil_i.add(forst)
    Varsel.objects.all().delete()
    plan = varsle_oppfolging(naa(11, 17))
    assert (fortalt(plan), len(plan.uten_mottaker)) == ({("eier@slt.example", "forfalt")}, 1)


@pytest.mark.parametrize("varsle", [varsle_mote_holdt, varsle_mote, varsle_oppfolging])
def test_antall_sporringer_er_det_samme_for_ett_og_for_tre(varsle, django_assert_max_num_queries, gruppe):
    antall = []
    for flere in (1, 2):
        for nr in range(flere):
            MoteFactory(gruppe=gruppe, start=ONSDAG - dt.timedelta(days=7, hours=nr))
            MoteFactory(gruppe=gruppe, start=ONSDAG + dt.timedelta(hours=nr))
            OppfolgingFactory(gruppe=gruppe, frist=dt.date(2026, 11, 16))
        Varsel.objects.all().delete()
        with django_assert_max_num_queries(40) as sett:
            varsle(naa(11, 23))
        antall.append(len(sett))

    assert antall[0] == antall[1]
