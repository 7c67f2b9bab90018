"""The proposed year satisfies every group, keeps the free days free, and lets the levels meet in order."""

import datetime as dt
from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from felles.tid import OSLO
from moter.models import Mote
from moter.rules.motehyppighet import Motefakta, motestatus
from moter.rules.moteplan import Fridager, Gruppeonske, moteplan
from organisering.models import Gruppe, Motekrav

PR = dt.date(2026, 11, 24)
FRI = Fridager(dt.date(2027, 2, 22) + dt.timedelta(days=nr) for nr in range(5))
Kalender = Motekrav.Kalender


def antall(minst, kalender, perioder=1):
    return Motekrav(slag="antall", minst=minst, kalender=kalender, perioder=perioder)


def intervall(uker):
    return Motekrav(slag="intervall", uker_til=uker)


def mote(ar, maned, dag, klokka=9, **felter):
    start = dt.datetime(ar, maned, dag, klokka, tzinfo=OSLO)
    return Mote(start=start, slutt=start + dt.timedelta(hours=2), **felter)


def onske(pk, *krav, moter=(), nivaer=("koordinerende",)):
    return Gruppeonske(Gruppe(pk=pk), tuple(krav), tuple(moter), nivaer)


def datoene(plan, pk):
    return [forslag.tid.dato for forslag in plan.forslag if forslag.gruppe.pk == pk]


ETT_KRAV = st.one_of(
    st.builds(antall, st.integers(1, 4), st.sampled_from([Kalender.HALVAR, Kalender.AR])),
    st.builds(antall, st.integers(1, 3), st.sampled_from([Kalender.VAR, Kalender.HOST])),
    st.builds(antall, st.integers(1, 2), st.just(Kalender.MANED), st.integers(1, 4)),
    st.builds(intervall, st.integers(3, 20)),
)
MOTER = st.lists(st.dates(dt.date(2026, 10, 1), dt.date(2027, 12, 20)), max_size=4, unique=True)


@settings(max_examples=60)
@given(st.lists(ETT_KRAV, min_size=1, max_size=3), MOTER, st.dates(PR, dt.date(2027, 6, 1)))
def test_planen_oppfyller_alle_krav_pa_ledige_dager(krav, satt_opp, pr):
    """Judged by the same rule as the groups are: nothing lacks, but what the plan itself says it found no day for."""
    moter = [mote(dato.year, dato.month, dato.day, holdt=None) for dato in satt_opp]
    plan = moteplan([onske(1, *krav, moter=moter)], ar=2027, pr=pr, fri=FRI)
    nye = datoene(plan, 1)
    assert not any(dag in FRI or dag.weekday() >= 5 or dag.month == 7 for dag in nye)
    assert all(pr + dt.timedelta(days=14) <= dag <= dt.date(2027, 12, 31) for dag in nye)
    assert len({*nye, *satt_opp}) == len(nye) + len(satt_opp)
    fakta = sorted(Motefakta(dag, False) for dag in [*nye, *satt_opp])
    for rad in krav:
        if rad.slag == "antall":
            for status in motestatus(
                rad, fakta, fra=dt.date(2027, 1, 1), til=dt.date(2027, 12, 31), pr=pr, vurderes=dt.date(2020, 1, 1)
            ):
                if pr + dt.timedelta(days=14) <= status.til <= dt.date(2027, 12, 31):
                    sagt = sum(u.antall for u in plan.uplassert if u.krav is rad and u.til == status.til)
                    assert status.mangler <= sagt, (rad.minst, rad.kalender, status)
        else:
            _ingen_for_lange_opphold(rad, [f.dato for f in fakta], plan, pr)


def _ingen_for_lange_opphold(krav, datoer, plan, pr):
    """No gap inside the year is longer than the interval, days off not counted, save where it was said."""
    forst = max(dt.date(2027, 1, 1), pr + dt.timedelta(days=14))
    i_aret = [dag for dag in datoer if forst <= dag <= dt.date(2027, 12, 31)]
    for forrige, neste in zip(i_aret, i_aret[1:], strict=False):
        borte = sum(1 for nr in range((neste - forrige).days) if forrige + dt.timedelta(days=nr + 1) in FRI.egne)
        unntatt = any(u.krav is krav and u.fra <= neste and forrige <= u.til for u in plan.uplassert)
        assert (neste - forrige).days - borte <= 7 * krav.uker_til or unntatt


def test_nivaene_motes_i_rekkefolge_for_det_som_skal_avgjores():
    plan = moteplan(
        [
            onske(1, antall(1, Kalender.HALVAR), nivaer=("styrende",)),
            onske(2, antall(6, Kalender.AR)),
            onske(3, antall(2, Kalender.AR), nivaer=("utforende",)),
        ],
        ar=2027, pr=PR, fri=FRI,
    )  # fmt: skip
    koordinerende = datoene(plan, 2)
    assert len(koordinerende) == 6
    for styrende in datoene(plan, 1):
        assert any(7 <= (styrende - dag).days <= 21 for dag in koordinerende)
    per_dag = defaultdict(list)
    for forslag in plan.forslag:
        per_dag[forslag.tid.dato].append(forslag)
    assert all(len(samme) == 1 for samme in per_dag.values())


def test_forslagene_folger_gruppas_vane():
    moter = [mote(2026, maned, dag, 13, sted="Parken") for maned, dag in ((9, 1), (10, 6), (11, 3))]  # Tuesdays
    plan = moteplan([onske(1, antall(4, Kalender.AR), moter=moter)], ar=2027, pr=PR, fri=FRI)
    assert {(f.tid.dato.weekday(), f.tid.fra, f.tid.sted, f.tid.vane) for f in plan.forslag} == {
        (1, dt.time(13), "Parken", True)
    }


def test_en_maned_uten_ledige_dager_sies():
    plan = moteplan([onske(1, antall(1, Kalender.MANED))], ar=2027, pr=PR, fri=FRI)
    assert [(u.fra, u.til, u.antall) for u in plan.uplassert] == [(dt.date(2027, 7, 1), dt.date(2027, 7, 31), 1)]
    assert [dag.month for dag in datoene(plan, 1)] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]


def test_det_som_er_satt_opp_teller_og_ord_alene_gir_ingen_moter():
    moter = [mote(2027, 3, 10), mote(2027, 9, 8), mote(2027, 5, 5, avlyst=dt.datetime(2027, 4, 1, tzinfo=OSLO))]
    krav = antall(2, Kalender.HALVAR)
    assert [dag.month > 6 for dag in datoene(moteplan([onske(1, krav, moter=moter)], ar=2027, pr=PR, fri=FRI), 1)] == [
        False, True,
    ]  # fmt: skip
    assert moteplan([onske(1, Motekrav(slag="ord"))], ar=2027, pr=PR, fri=FRI).forslag == []
