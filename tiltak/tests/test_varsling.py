import datetime as dt

import pytest

from felles.stille import Stilledager
from felles.tid import OSLO
from felles.trinn import gjeldende_trinn
from organisering.factories import (
    EnhetFactory,
    EnhetskontaktFactory,
    FullmaktFactory,
    GruppeFactory,
    MedlemskapFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
    SamarbeidFactory,
    VervFactory,
)
from tiltak.factories import AnsvarFactory, HandlingsplanFactory, PlanutgaveFactory, StatusmeldingFactory, TiltakFactory
from tiltak.models import Ansvar
from tiltak.rules import varsler as regler
from tiltak.services.tiltaksvarsling import varsle_frist, varsle_mangler, varsle_status
from tiltak.services.varsling import varsle_revisjon
from varsling.models import Varsel

UROLIG = Stilledager(helg=False, helligdag=False, juli=False)


def naa(ar: int, maned: int, dag: int) -> dt.datetime:
    return dt.datetime(ar, maned, dag, 6, tzinfo=OSLO)


def navn(trinn, pr: dt.date) -> str | None:
    stand = gjeldende_trinn(trinn, pr, UROLIG)
    return stand.trinn.navn if stand else None


@pytest.fixture
def samarbeid(db):
    samarbeid = SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1))
    RolletildelingFactory(samarbeid=samarbeid, person=PersonFactory(epost="koordinator@slt.example"))
    return samarbeid


def fortalt(plan) -> set[tuple[str, str]]:
    return {(v.person.epost, v.trinn) for v in Varsel.objects.filter(nokkel__in=[v.nokkel for v in plan.nye])}


# The revision of a plan


def test_revisjonen_varsles_9_6_3_og_1_maned_for_og_sa_hver_maned():
    frist = dt.date(2027, 12, 31)
    ventet = {
        dt.date(2027, 3, 30): None,
        dt.date(2027, 3, 31): "9-maneder-for",
        dt.date(2027, 7, 1): "6-maneder-for",
        dt.date(2027, 9, 30): "3-maneder-for",
        dt.date(2027, 12, 1): "1-maneder-for",
        dt.date(2027, 12, 31): "forfalt",
        dt.date(2028, 1, 30): "forfalt",
        dt.date(2028, 1, 31): "forfalt-1",
        dt.date(2028, 2, 29): "forfalt-2",
        dt.date(2029, 1, 31): "forfalt-13",
    }

    assert {pr: navn(regler.revisjonstrinn(frist, 24, pr), pr) for pr in ventet} == ventet


def test_ingen_paminnelse_kommer_tidligere_enn_halve_intervallet():
    trinn = regler.revisjonstrinn(dt.date(2027, 12, 31), 12, dt.date(2027, 1, 1))

    assert [t.navn for t in trinn] == ["6-maneder-for", "3-maneder-for", "1-maneder-for", "forfalt"]


def test_revisjonen_sies_til_koordinator_og_leder_og_pa_fristen_ogsa_til_de_som_vedtar(samarbeid):
    forbereder, vedtar = (VervFactory(plass=PlassFactory(gruppe=GruppeFactory(samarbeid=samarbeid))) for _ in range(2))
    MedlemskapFactory(plass=forbereder.plass, person=PersonFactory(epost="forbereder@slt.example"))
    MedlemskapFactory(plass=vedtar.plass, person=PersonFactory(epost="vedtar@slt.example"))
    plan = HandlingsplanFactory(
        samarbeid=samarbeid, revisjon_maneder=24, utarbeides_av=forbereder.gruppe, vedtas_av=vedtar.gruppe
    )
    PlanutgaveFactory(plan=plan, periode_fra=dt.date(2025, 1, 1), periode_til=dt.date(2026, 11, 17))

    for_ = fortalt(varsle_revisjon(naa(2026, 10, 19)))
    pa = fortalt(varsle_revisjon(naa(2026, 11, 17)))

    assert for_ == {("koordinator@slt.example", "1-maneder-for"), ("forbereder@slt.example", "1-maneder-for")}
    assert pa == {
        ("koordinator@slt.example", "forfalt"),
        ("forbereder@slt.example", "forfalt"),
        ("vedtar@slt.example", "forfalt"),
    }
    assert varsle_revisjon(naa(2026, 11, 18)).nye == []


# A measure's deadline


def test_fristen_varsles_30_7_og_1_dag_for_og_sa_hver_fjortende_dag():
    frist = dt.date(2026, 10, 1)
    ventet = {
        dt.date(2026, 8, 31): None,
        dt.date(2026, 9, 1): "30-dager-for",
        dt.date(2026, 9, 24): "7-dager-for",
        dt.date(2026, 9, 30): "1-dager-for",
        dt.date(2026, 10, 14): "forfalt",
        dt.date(2026, 10, 15): "forfalt-1",
        dt.date(2026, 12, 24): "forfalt-6",
        dt.date(2027, 1, 7): "forfalt-7",
    }

    assert {pr: navn(regler.fristtrinn(frist, pr), pr) for pr in ventet} == ventet
    assert [regler.er_for_koordinator(t) for t in ("1-dager-for", "forfalt", "forfalt-6", "forfalt-7")] == [
        False,
        False,
        False,
        True,
    ]


def test_etter_seks_purringer_horer_bare_koordinatoren_om_det(samarbeid):
    kontakt = EnhetskontaktFactory(
        enhet=EnhetFactory(samarbeid=samarbeid), person=PersonFactory(epost="kontakt@slt.example")
    )
    tiltak = TiltakFactory(plan__samarbeid=samarbeid, frist=dt.date(2026, 8, 17))
    AnsvarFactory(tiltak=tiltak, enhet=kontakt.enhet)

    assert fortalt(varsle_frist(naa(2026, 11, 9))) == {("kontakt@slt.example", "forfalt-6")}
    assert fortalt(varsle_frist(naa(2026, 11, 23))) == {("koordinator@slt.example", "forfalt-7")}


def test_et_tiltak_som_blir_gjort_trekkes_for_det_er_sendt(samarbeid):
    tiltak = TiltakFactory(plan__samarbeid=samarbeid, frist=dt.date(2026, 11, 16))
    varsle_frist(naa(2026, 11, 17))
    tiltak.gjort = dt.date(2026, 11, 17)
    tiltak.save()

    varsle_frist(naa(2026, 11, 18))

    assert [v.trukket is not None for v in Varsel.objects.filter(forbigatt=False)] == [True]


# A status report


def test_ingen_sporres_om_status_innen_en_maned_etter_en_melding():
    """A rhythm of one month, and a report on 31 January: February is too short."""
    meldt = dt.date(2026, 1, 31)

    assert regler.statustrinn(meldt, 1, meldt, dt.date(2026, 3, 1))[0].dag == dt.date(2026, 3, 2)


def test_status_sporres_en_rytme_etter_siste_melding(samarbeid):
    kontakt = EnhetskontaktFactory(
        enhet=EnhetFactory(samarbeid=samarbeid), person=PersonFactory(epost="kontakt@slt.example")
    )
    tiltak = TiltakFactory(plan__samarbeid=samarbeid)
    AnsvarFactory(tiltak=tiltak, enhet=kontakt.enhet)
    StatusmeldingFactory(tiltak=tiltak, meldt=naa(2026, 3, 2))

    assert fortalt(varsle_status(naa(2026, 9, 1))) == set()
    assert fortalt(varsle_status(naa(2026, 9, 2))) == {("kontakt@slt.example", "rytme-1")}
    assert fortalt(varsle_status(naa(2026, 9, 3))) == set()


def test_et_arlig_tiltak_sporres_det_om_maneden_etter(samarbeid):
    TiltakFactory(plan__samarbeid=samarbeid, rytme="arlig", rytme_maned=5, rytme_dag=17)

    assert fortalt(varsle_status(naa(2026, 5, 29))) == set()
    assert fortalt(varsle_status(naa(2026, 6, 1))) == {("koordinator@slt.example", "etter-2026")}


def test_den_som_bare_samarbeider_purres_aldri(samarbeid):
    kontakt = EnhetskontaktFactory(enhet=EnhetFactory(samarbeid=samarbeid))
    tiltak = TiltakFactory(plan__samarbeid=samarbeid)
    AnsvarFactory(tiltak=tiltak, enhet=kontakt.enhet, slag=Ansvar.Slag.SAMARBEIDER)

    assert fortalt(varsle_status(naa(2026, 9, 1))) == {("koordinator@slt.example", "rytme-1")}


# What the coordinator must put right


def test_mangler_samles_i_ett_punkt_i_maneden(samarbeid):
    gruppe = GruppeFactory(samarbeid=samarbeid)
    PlassFactory(gruppe=gruppe, ma_besettes=True)
    MedlemskapFactory(plass=PlassFactory(gruppe=gruppe, ma_besettes=True))
    AnsvarFactory(tiltak=TiltakFactory(plan__samarbeid=samarbeid))
    FullmaktFactory(gruppe=gruppe, til=dt.date(2026, 6, 30))

    plan = varsle_mangler(naa(2026, 11, 23))

    assert fortalt(plan) == {("koordinator@slt.example", "2026-11")}
    assert plan.nye[0].hvorfor.split("\n\n")[0] == (
        "Én plass som må besettes, er ledig. Ett ansvar er ikke avklart. Én fullmakt er utløpt."
    )
    assert fortalt(varsle_mangler(naa(2026, 11, 30))) == set()
    assert fortalt(varsle_mangler(naa(2026, 12, 1))) == {("koordinator@slt.example", "2026-12")}


def test_en_fullmakt_som_er_avlost_av_en_ny_mangler_ikke(samarbeid):
    gammel = FullmaktFactory(gruppe__samarbeid=samarbeid, til=dt.date(2026, 6, 30))
    FullmaktFactory(gruppe=gammel.gruppe, fra=dt.date(2026, 7, 1))

    assert varsle_mangler(naa(2026, 11, 23)).funnet == 0


# The wall around the data


@pytest.mark.parametrize("varsle", [varsle_revisjon, varsle_frist, varsle_status, varsle_mangler])
def test_antall_sporringer_er_det_samme_for_ett_og_for_tre(varsle, django_assert_max_num_queries, samarbeid):
    def lag(antall: int) -> None:
        for _ in range(antall):
            plan = HandlingsplanFactory(samarbeid=samarbeid, revisjon_maneder=24)
            PlanutgaveFactory(plan=plan, periode_fra=dt.date(2024, 1, 1), periode_til=dt.date(2025, 12, 31))
            tiltak = TiltakFactory(plan=plan, frist=dt.date(2026, 11, 16))
            kontakt = EnhetskontaktFactory(enhet=EnhetFactory(samarbeid=samarbeid))
            AnsvarFactory(tiltak=tiltak, enhet=kontakt.enhet)
            AnsvarFactory(tiltak=tiltak)

    antall = []
    for flere in (1, 2):
        lag(flere)
        Varsel.objects.all().delete()
        with django_assert_max_num_queries(40) as sett:
            varsle(naa(2026, 11, 23))
        antall.append(len(sett))

    assert antall[0] == antall[1]
