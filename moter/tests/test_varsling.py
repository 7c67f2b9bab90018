import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from felles.tid import OSLO
from moter.factories import MoteFactory
from moter.models import Mote
from moter.rules.motehyppighet import Motefakta, motestatus
from moter.rules.varsler import haster_fra, motestiger, vindu
from moter.services.varsling import varsle_motehyppighet
from organisering.factories import (
    GruppeFactory,
    MedlemskapFactory,
    MotekravFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
    SamarbeidFactory,
    VervFactory,
)
from organisering.models import Motekrav
from varsling.models import Varsel

KOORDINATOR, LEDER, INNKALLER = "koordinator@slt.example", "leder@slt.example", "innkaller@slt.example"


def naa(dag: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{dag}T06:00").replace(tzinfo=OSLO)


@pytest.fixture
def gruppe(db):
    samarbeid = SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1))
    RolletildelingFactory(samarbeid=samarbeid, person=PersonFactory(epost=KOORDINATOR))
    return GruppeFactory(samarbeid=samarbeid)


def fortalt(dag: str) -> set[tuple[str, str]]:
    nokler = [v.nokkel for v in varsle_motehyppighet(naa(dag)).nye]
    return {(v.person.epost, v.trinn) for v in Varsel.objects.filter(nokkel__in=nokler)}


def ga_gjennom(fra: str, til: str) -> list[tuple[str, str]]:
    """Every day's run, and what was new that day."""
    dag, siste, nytt = dt.date.fromisoformat(fra), dt.date.fromisoformat(til), []
    while dag <= siste:
        nytt += [(dag.isoformat(), trinn) for _hvem, trinn in sorted(fortalt(dag.isoformat()))]
        dag += dt.timedelta(days=1)
    return nytt


def test_et_halvar_varsles_tidlig_halvveis_nar_det_haster_og_en_gang_ved_brudd(gruppe):
    """A tenth of 181 days is 18, half is 90: 19 January and 1 April. 21 days are left on 9 June. July is quiet."""
    MotekravFactory(gruppe=gruppe)

    assert ga_gjennom("2026-01-01", "2026-08-10") == [
        ("2026-01-19", "tidlig"),
        ("2026-04-01", "halvveis"),
        ("2026-06-09", "haster"),
        ("2026-08-03", "brudd-2026-06-30"),
        ("2026-08-03", "tidlig"),
    ]


def test_hver_maned_varsles_en_gang_for_halvaret_sa_nar_det_haster_og_nar_maneden_er_ute(gruppe):
    """A quarter of a month is 7 days. 24 and 31 January are Saturdays; New Year's Day is quiet; so is 28 February."""
    MotekravFactory(gruppe=gruppe, kalender="maned")

    assert ga_gjennom("2026-01-01", "2026-03-02") == [
        ("2026-01-02", "halvar"),
        ("2026-01-23", "haster-2026-01-31"),
        ("2026-02-02", "brudd-2026-01-31"),
        ("2026-02-20", "haster-2026-02-28"),
        ("2026-03-02", "brudd-2026-02-28"),
    ]


def test_juli_varsles_for_juli_og_halvaret_etterpa(gruppe):
    MotekravFactory(gruppe=gruppe, kalender="maned")
    for maned in range(1, 7):
        MoteFactory(gruppe=gruppe, start=dt.datetime(2026, maned, 10, tzinfo=OSLO), holdt=naa("2026-06-11"))

    assert ga_gjennom("2026-06-25", "2026-08-05") == [
        ("2026-06-30", "haster-2026-07-31"),
        ("2026-08-03", "brudd-2026-07-31"),
        ("2026-08-03", "halvar"),
    ]


def test_et_intervall_varsles_nar_det_haster_og_nar_det_er_over(gruppe):
    """Eight weeks from 1 January: due on 26 February; a quarter of 57 days is 14. A meeting opens the next stretch."""
    MotekravFactory(gruppe=gruppe, slag="intervall", kalender="", minst=None, uker_til=8)

    assert ga_gjennom("2026-01-02", "2026-03-03") == [
        ("2026-01-02", "halvar"),
        ("2026-02-12", "haster-2026-02-26"),
        ("2026-02-27", "brudd-2026-02-26"),
    ]
    MoteFactory(gruppe=gruppe, start=naa("2026-03-04"), holdt=naa("2026-03-04"))
    assert ga_gjennom("2026-03-05", "2026-04-30") == [
        ("2026-04-15", "haster-2026-04-29"),
        ("2026-04-30", "brudd-2026-04-29"),
    ]


def test_bare_den_siste_maneden_som_er_ute_er_nytt_etter_et_opphold(gruppe):
    krav = MotekravFactory(gruppe=gruppe, kalender="maned")

    assert fortalt("2026-06-05") == {(KOORDINATOR, "brudd-2026-05-31"), (KOORDINATOR, "halvar")}
    forbigatt = Varsel.objects.filter(forbigatt=True, nokkel__contains=f"krav-{krav.pk}")
    assert {v.trinn for v in forbigatt} == {f"brudd-2026-{slutt}" for slutt in ("01-31", "02-28", "03-31", "04-30")}
    assert fortalt("2026-06-08") == set()


def test_et_planlagt_mote_trekker_det_som_ikke_er_sendt_og_et_avlyst_bringer_det_tilbake(gruppe):
    MotekravFactory(gruppe=gruppe)
    fortalt("2026-04-01")
    varsel = Varsel.objects.get(forbigatt=False)
    mote = MoteFactory(gruppe=gruppe, start=naa("2026-05-20"))

    assert fortalt("2026-04-07") == set()
    varsel.refresh_from_db()
    assert varsel.trukket == naa("2026-04-07")

    Mote.objects.filter(pk=mote.pk).update(avlyst=naa("2026-04-08"))
    assert fortalt("2026-04-08") == set()
    varsel.refresh_from_db()
    assert varsel.trukket is None


def test_innkaller_leder_og_koordinator_far_det(gruppe):
    MotekravFactory(gruppe=gruppe)
    for slag, epost in (("leder", LEDER), ("innkaller", INNKALLER)):
        plass = PlassFactory(gruppe=gruppe)
        VervFactory(plass=plass, slag=slag)
        MedlemskapFactory(plass=plass, person=PersonFactory(epost=epost))

    assert fortalt("2026-04-07") == {(hvem, "halvveis") for hvem in (KOORDINATOR, LEDER, INNKALLER)}


def test_omtrent_og_bare_ord_gir_aldri_brudd(gruppe):
    MotekravFactory(gruppe=gruppe, omtrent=True)
    MotekravFactory(gruppe=gruppe, slag="ord", kalender="", minst=None)

    assert {trinn for _hvem, trinn in fortalt("2026-08-10")} == {"tidlig"}


def test_en_nivabeskrivelse_og_en_gruppetype_varsles_det_aldri_om(gruppe):
    for slag in ("nivabeskrivelse", "gruppetype"):
        MotekravFactory(gruppe=GruppeFactory(samarbeid=gruppe.samarbeid, slag=slag))

    assert varsle_motehyppighet(naa("2026-06-15")).funnet == 0


def test_en_gruppe_av_en_type_arver_typens_krav(gruppe):
    type_ = GruppeFactory(samarbeid=gruppe.samarbeid, slag="gruppetype")
    MotekravFactory(gruppe=type_)
    for _ in range(2):
        GruppeFactory(samarbeid=gruppe.samarbeid, gruppetype=type_)

    assert varsle_motehyppighet(naa("2026-06-15")).funnet == 2


def test_uten_noen_som_kan_nas_sies_det_fra(db):
    MotekravFactory(gruppe__samarbeid__navn="Fjellbygd")

    plan = varsle_motehyppighet(naa("2026-06-15"))

    assert (plan.funnet, len(plan.uten_mottaker)) == (0, 1)
    assert plan.uten_mottaker[0].startswith("Fjellbygd: ")


def test_antall_sporringer_er_det_samme_for_en_og_for_tre_grupper(gruppe, django_assert_max_num_queries):
    antall = []
    for flere in (1, 2):
        for _ in range(flere):
            krav = MotekravFactory(gruppe=GruppeFactory(samarbeid=gruppe.samarbeid))
            MoteFactory(gruppe=krav.gruppe, start=naa("2026-01-12"))
            MotekravFactory(gruppe=krav.gruppe, minst=3)
        Varsel.objects.all().delete()
        with django_assert_max_num_queries(40) as sett:
            varsle_motehyppighet(naa("2026-06-15"))
        antall.append(len(sett))

    assert antall[0] == antall[1]


kravene = st.one_of(
    st.builds(
        Motekrav,
        slag=st.just("antall"),
        minst=st.integers(1, 6),
        kalender=st.sampled_from(["maned", "halvar", "ar"]),
        perioder=st.integers(1, 4),
    ),
    st.builds(Motekrav, slag=st.just("intervall"), uker_til=st.integers(1, 30)),
)
moter = st.lists(st.builds(Motefakta, st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), st.booleans()), max_size=12)


@given(kravene, moter, st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))
def test_hvert_trinn_horer_til_sin_periode(krav: Motekrav, fakta: list[Motefakta], pr: dt.date):
    """Whatever the requirement and the meetings: rungs have names of their own, and speak of what lacks."""
    vurderes = dt.date(2026, 1, 1)
    fra, til = vindu(krav, vurderes, pr)
    statuser = motestatus(krav, sorted(fakta), fra=fra, til=til, pr=pr, vurderes=vurderes)
    for stige in motestiger(krav, statuser, pr):
        navn = [trinn.navn for trinn, _status in stige.trinn]
        assert len(navn) == len(set(navn))
        assert all(len(n) <= 40 for n in navn)
        for trinn, status in stige.trinn:
            assert status.tilstand in {"mangler", "brudd"}
            assert (status.tilstand == "brudd") == trinn.navn.startswith("brudd")
            if trinn.mot_dato:
                assert trinn.dag == haster_fra(status)
                assert 0 <= 4 * (status.til - trinn.dag).days <= (status.til - status.fra).days + 1
            if stige.slutt is not None:
                assert pr <= stige.slutt
