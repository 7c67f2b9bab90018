import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from felles.tid import OSLO
from moter.models import Mote
from moter.rules.motehyppighet import (
    Motefakta,
    Motetilstand,
    gruppestatus,
    motefakta,
    motestatus,
    perioder,
    samlet,
    ukedager,
    vurderes_fra,
)
from organisering.models import Gruppe, Motekrav, Samarbeid

START = dt.date(2026, 1, 1)
datoer = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))
moter = st.lists(st.builds(Motefakta, dato=datoer, holdt=st.booleans()), max_size=30)
tellekrav = st.builds(
    lambda kalender, perioder, minst, omtrent: telle(kalender, minst, perioder=perioder, omtrent=omtrent),
    st.sampled_from(["maned", "halvar", "ar", "var", "host"]),
    st.just(1),
    st.integers(1, 12),
    st.booleans(),
) | st.builds(
    lambda kalender, perioder, minst: telle(kalender, minst, perioder=perioder),
    st.sampled_from(["maned", "halvar", "ar"]),
    st.integers(1, 6),
    st.integers(1, 6),
)


def telle(kalender, minst, **felter):
    return Motekrav(slag="antall", kalender=kalender, minst=minst, **{"perioder": 1, **felter})


def intervall(uker_til, **felter):
    return Motekrav(slag="intervall", uker_til=uker_til, **felter)


def holdt(*datoer):
    return [Motefakta(dato, True) for dato in datoer]


def planlagt(*datoer):
    return [Motefakta(dato, False) for dato in datoer]


def i_aret(krav, moter, pr, ar=2026, **felter):
    fra, til = dt.date(ar, 1, 1), dt.date(ar, 12, 31)
    return motestatus(krav, moter, fra=fra, til=til, pr=pr, **{"vurderes": START, **felter})


def ord_for(statuser):
    return [str(status.tilstand) for status in statuser]


# Nordre Land: one in each half-year; two in spring do not make up for autumn


def test_to_moter_om_varen_dekker_ikke_hosten():
    krav = telle("halvar", 1)
    statuser = i_aret(krav, holdt(dt.date(2026, 2, 3), dt.date(2026, 4, 7)), dt.date(2026, 11, 23))
    assert ord_for(statuser) == ["oppfylt", "mangler"]
    assert statuser[1].mangler == 1
    assert statuser[1].dager_igjen(dt.date(2026, 11, 23)) == 38


def test_seks_i_aret_teller_holdte_og_planlagte():
    moter = holdt(*(dt.date(2026, maned, 5) for maned in (1, 2, 3, 4, 9))) + planlagt(dt.date(2026, 12, 3))
    [status] = i_aret(telle("ar", 6, ved_behov=True), moter, dt.date(2026, 11, 23))
    assert (status.tilstand, status.holdt, status.planlagt, status.mangler) == (Motetilstand.I_RUTE, 5, 1, 0)


def test_hver_maned_gir_tolv_perioder():
    statuser = i_aret(telle("maned", 1), holdt(dt.date(2026, 1, 31)), dt.date(2026, 2, 27))
    assert ord_for(statuser) == ["oppfylt", "mangler"] + ["mangler"] * 10
    assert [status.til for status in statuser[:2]] == [dt.date(2026, 1, 31), dt.date(2026, 2, 28)]


def test_tre_om_varen_og_to_om_hosten_er_to_krav():
    var, host = telle("var", 3), telle("host", 2)
    moter = holdt(*(dt.date(2026, maned, 4) for maned in (2, 3, 5, 9)))
    pr = dt.date(2026, 10, 1)
    assert ord_for(i_aret(var, moter, pr)) == ["oppfylt"]
    assert ord_for(i_aret(host, moter, pr)) == ["mangler"]


def test_annenhver_maned_telles_fra_januar():
    spenn = list(perioder(telle("maned", 1, perioder=2), dt.date(2026, 3, 15), dt.date(2026, 5, 1)))
    assert spenn == [(dt.date(2026, 3, 1), dt.date(2026, 4, 30)), (dt.date(2026, 5, 1), dt.date(2026, 6, 30))]


# Breach, and the way back


def test_brudd_nar_perioden_er_over():
    krav = telle("halvar", 1)
    assert i_aret(krav, [], dt.date(2026, 6, 30))[0].tilstand == Motetilstand.MANGLER
    assert i_aret(krav, [], dt.date(2026, 7, 1))[0].tilstand == Motetilstand.BRUDD


def test_brudd_nar_det_er_faerre_ukedager_igjen_enn_moter_som_mangler():
    krav = telle("ar", 2)  # 31 December 2026 is a Thursday
    assert i_aret(krav, [], dt.date(2026, 12, 30))[0].tilstand == Motetilstand.MANGLER
    assert i_aret(krav, [], dt.date(2026, 12, 31))[0].tilstand == Motetilstand.BRUDD


def test_helgen_for_periodens_slutt_er_ingen_frist():
    krav = telle("maned", 1)  # 31 January 2027 is a Sunday
    assert ord_for(i_aret(krav, [], dt.date(2027, 1, 29), ar=2027))[0] == "mangler"
    assert ord_for(i_aret(krav, [], dt.date(2027, 1, 30), ar=2027))[0] == "brudd"


def test_ubekreftet_mote_holder_perioden_i_rute_til_det_er_avklart():
    krav, dato = telle("halvar", 1), dt.date(2026, 6, 10)
    etter = dt.date(2026, 8, 1)
    assert i_aret(krav, planlagt(dato), etter)[0].tilstand == Motetilstand.I_RUTE
    assert i_aret(krav, holdt(dato), etter)[0].tilstand == Motetilstand.OPPFYLT
    assert i_aret(krav, [], etter)[0].tilstand == Motetilstand.BRUDD


def test_omtrent_og_bare_ord_gir_aldri_brudd():
    assert ord_for(i_aret(telle("halvar", 1, omtrent=True), [], dt.date(2026, 12, 31))) == ["mangler", "mangler"]
    assert i_aret(Motekrav(slag="ord", ordlyd="jevnlig"), [], dt.date(2026, 12, 31)) == []


def test_flere_enn_hoyst_er_ingen_advarsel():
    moter = holdt(*(dt.date(2026, maned, 4) for maned in range(1, 13)))
    assert ord_for(i_aret(telle("ar", 6, hoyst=8), moter, dt.date(2026, 12, 31))) == ["oppfylt"]


# When judging begins


def test_perioden_vurderes_nar_den_begynner_pa_eller_etter_startdagen():
    krav, pr = telle("halvar", 1), dt.date(2026, 12, 31)
    assert ord_for(i_aret(krav, [], pr, vurderes=dt.date(2026, 1, 1))) == ["brudd", "mangler"]
    assert ord_for(i_aret(krav, [], pr, vurderes=dt.date(2026, 1, 2))) == ["ikke_vurdert", "mangler"]
    assert ord_for(i_aret(krav, [], pr, vurderes=None)) == ["ikke_vurdert", "ikke_vurdert"]


def test_oppfylt_sies_ogsa_for_vurderingen_har_begynt():
    assert ord_for(i_aret(telle("ar", 1), holdt(dt.date(2026, 3, 1)), START, vurderes=None)) == ["oppfylt"]


def test_vurderingen_begynner_ved_det_siste_av_de_tre():
    samarbeid, gruppe = Samarbeid(oppfolging_fra=START), Gruppe(fra=dt.date(2026, 3, 1))
    assert vurderes_fra(telle("ar", 1, fra=dt.date(2026, 5, 1)), gruppe, samarbeid) == dt.date(2026, 5, 1)
    assert vurderes_fra(telle("ar", 1), gruppe, samarbeid) == dt.date(2026, 3, 1)
    assert vurderes_fra(telle("ar", 1), Gruppe(), samarbeid) == START
    assert vurderes_fra(telle("ar", 1), gruppe, Samarbeid()) is None


def test_en_regel_eller_gruppe_som_slutter_midt_i_perioden_gir_ingen_dom():
    pr = dt.date(2026, 12, 31)
    assert ord_for(i_aret(telle("halvar", 1, til=dt.date(2026, 5, 1)), [], pr)) == ["ikke_vurdert"]
    assert ord_for(i_aret(telle("halvar", 1), [], pr, slutt=dt.date(2026, 9, 1))) == ["brudd", "ikke_vurdert"]


# Intervals


def test_neste_mote_forfaller_det_lengste_intervallet_etter_det_siste():
    krav = intervall(8, uker_fra=6)
    [status] = i_aret(krav, holdt(dt.date(2026, 2, 2)), dt.date(2026, 3, 1))
    assert (status.fra, status.til, status.tilstand) == (dt.date(2026, 2, 2), dt.date(2026, 3, 30), "mangler")
    [status] = i_aret(krav, holdt(dt.date(2026, 2, 2)) + planlagt(dt.date(2026, 3, 30)), dt.date(2026, 3, 1))
    assert status.tilstand == Motetilstand.I_RUTE
    [status] = i_aret(krav, holdt(dt.date(2026, 2, 2)), dt.date(2026, 3, 31))
    assert status.tilstand == Motetilstand.BRUDD


def test_pausedager_skyver_forfallet():
    pause = [dt.date(2026, 2, 16) + dt.timedelta(days=dag) for dag in range(7)]
    [status] = i_aret(intervall(4), holdt(dt.date(2026, 2, 2)), dt.date(2026, 3, 1), pausedager=pause)
    assert status.til == dt.date(2026, 3, 9)


def test_for_sent_mote_star_som_brudd_i_historien():
    krav = intervall(4)
    statuser = i_aret(krav, holdt(dt.date(2026, 1, 5), dt.date(2026, 2, 2), dt.date(2026, 4, 1)), dt.date(2026, 4, 2))
    assert ord_for(statuser) == ["oppfylt", "brudd", "mangler"]


def test_intervall_uten_holdte_moter_telles_fra_dagen_vurderingen_begynner():
    krav = intervall(6)
    [status] = i_aret(krav, [], dt.date(2026, 2, 1))
    assert (status.fra, status.til, status.tilstand) == (START, dt.date(2026, 2, 12), "mangler")
    assert i_aret(krav, [], dt.date(2026, 2, 1), vurderes=None) == []


def test_et_gammelt_mote_unnskylder_ikke_at_ingenting_skjer():
    [*_, status] = i_aret(intervall(6), holdt(dt.date(2025, 3, 1)), dt.date(2026, 6, 1))
    assert (status.fra, status.tilstand) == (START, Motetilstand.BRUDD)


def test_et_apent_intervall_fra_i_fjor_ses_i_ar():
    [status] = i_aret(intervall(6), holdt(dt.date(2026, 3, 1)), dt.date(2027, 2, 1), ar=2027)
    assert status.tilstand == Motetilstand.BRUDD
    assert samlet([status], dt.date(2027, 2, 1)) == Motetilstand.BRUDD


# Facts of meetings


def mote(start, **felter):
    return Mote(start=start, slutt=start + dt.timedelta(hours=1), **felter)


def test_avlyst_teller_aldri_og_dagen_er_norsk():
    natt = dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)  # 1 July, half past midnight, in Norway
    naa = dt.datetime(2026, 7, 2, tzinfo=OSLO)
    assert motefakta([mote(natt, holdt=naa), mote(natt, avlyst=naa)]) == [Motefakta(dt.date(2026, 7, 1), True)]


def test_gruppas_krav_vurderes_ett_for_ett():
    krav = [telle("halvar", 1), telle("ar", 6), Motekrav(slag="ord")]
    moter = [
        mote(dt.datetime(2026, maned, 4, 12, tzinfo=OSLO), holdt=dt.datetime(2026, maned, 5, tzinfo=OSLO))
        for maned in (1, 9)
    ]
    statuser = gruppestatus(Gruppe(), krav, moter, Samarbeid(oppfolging_fra=START), ar=2026, pr=dt.date(2026, 11, 1))
    assert ord_for(statuser) == ["oppfylt", "oppfylt", "mangler"]
    assert samlet(statuser, dt.date(2026, 11, 1)) == Motetilstand.MANGLER
    assert samlet([], START) == Motetilstand.INGEN_REGEL


# Properties


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 500))
def test_ukedager_er_dagene_mandag_til_fredag(fra, lengde):
    dager = [fra + dt.timedelta(days=dag) for dag in range(lengde)]
    assert ukedager(fra, fra + dt.timedelta(days=lengde - 1)) == sum(dag.weekday() < 5 for dag in dager)


@given(tellekrav, datoer, datoer)
def test_periodene_ligger_etter_hverandre_og_dekker_dagene(krav, en, annen):
    fra, til = sorted([en, annen])
    spenn = list(perioder(krav, fra, til))
    assert all(start <= stopp for start, stopp in spenn)
    assert all(stopp < neste for (_, stopp), (neste, _) in zip(spenn, spenn[1:], strict=False))
    if krav.kalender not in {"var", "host"}:
        assert spenn[0][0] <= fra
        assert spenn[-1][1] >= til
        assert all(
            stopp + dt.timedelta(days=1) == neste for (_, stopp), (neste, _) in zip(spenn, spenn[1:], strict=False)
        )


@given(tellekrav, moter, datoer)
def test_hver_periode_har_akkurat_en_tilstand_som_passer_tallene(krav, moter, pr):
    for status in i_aret(krav, moter, pr):
        over = status.til < pr
        assert (status.holdt >= krav.minst) == (status.tilstand == "oppfylt")
        if status.tilstand == "i_rute":
            assert status.holdt + status.planlagt >= krav.minst
        if status.tilstand == "brudd":
            assert not krav.omtrent
            assert over or ukedager(pr, status.til) < status.mangler
        if status.tilstand == "mangler":
            assert status.mangler > 0
            assert krav.omtrent or not over


@given(tellekrav, moter, datoer, datoer)
def test_et_holdt_mote_til_gjor_aldri_noe_verre(krav, moter, pr, ny):
    rang = {"oppfylt": 0, "i_rute": 1, "mangler": 2, "brudd": 3, "ikke_vurdert": 9}
    for for_, etter in zip(i_aret(krav, moter, pr), i_aret(krav, [*moter, Motefakta(ny, True)], pr), strict=True):
        if "ikke_vurdert" not in {for_.tilstand, etter.tilstand}:
            assert rang[etter.tilstand] <= rang[for_.tilstand]


@given(st.integers(1, 30), moter, datoer)
def test_et_intervall_er_oppfylt_nar_det_neste_motet_kom_i_tide(uker, moter, pr):
    statuser = motestatus(intervall(uker), moter, fra=dt.date.min, til=dt.date.max, pr=pr, vurderes=START)
    holdte = sorted({mote.dato for mote in moter if mote.holdt})
    lukkede = [status for status in statuser if status.holdt]
    assert len(lukkede) == max(0, len(holdte) - 1)
    for status, neste in zip(lukkede, holdte[1:], strict=True):
        assert (status.tilstand == "oppfylt") == (neste <= status.til)


@pytest.mark.parametrize("slag", Motekrav.Slag.values)
def test_hver_form_for_krav_gir_et_svar(slag):
    krav = {"antall": telle("ar", 1), "intervall": intervall(6), "ord": Motekrav(slag="ord")}[slag]
    assert len(i_aret(krav, [], START)) == {"antall": 1, "intervall": 1, "ord": 0}[slag]
