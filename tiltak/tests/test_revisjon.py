import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from organisering.rules.arshjul import kommunestyreperiode
from tiltak.models import Planutgave
from tiltak.rules.revisjon import Revisjonstilstand, forste_trinn, revisjon, revisjonsfrister

PR = dt.date(2026, 11, 23)
datoer = st.dates(dt.date(2018, 1, 1), dt.date(2032, 12, 31))


def utgave(fra=dt.date(2022, 1, 1), til=dt.date(2025, 12, 31), nummer=1, **felter):
    return Planutgave(
        hovednummer=nummer, undernummer=0, periode_fra=fra, periode_til=til, **{"vedtatt_utenfor": True, **felter}
    )


def frister(gjennomganger=(), senere=(), intervall=24, pr=PR, **felter):
    return [
        (f.dato, f.oppfylt) for f in revisjonsfrister(utgave(**felter), intervall, gjennomganger, senere, til_og_med=pr)
    ]


def test_hvert_annet_ar_gir_en_frist_midt_i_perioden_og_en_ved_slutten():
    assert frister() == [(dt.date(2024, 1, 1), None), (dt.date(2025, 12, 31), None)]


def test_planen_fra_2022_er_forfalt_i_november_2026():
    status = revisjon([utgave()], 24, [], PR)
    assert (status.tilstand, status.frist) == (Revisjonstilstand.FORFALT, dt.date(2025, 12, 31))
    assert status.dager_igjen(PR) == -327


def test_bare_den_siste_uoppfylte_fristen_omtales():
    for_siste_trinn = dt.date(2025, 3, 30)
    assert revisjon([utgave()], 24, [], for_siste_trinn).frist == dt.date(2024, 1, 1)
    assert revisjon([utgave()], 24, [], dt.date(2025, 3, 31)).frist == dt.date(2025, 12, 31)


def test_fristdagen_selv_er_ikke_over_fristen():
    assert revisjon([utgave()], 24, [], dt.date(2025, 12, 31)).tilstand == Revisjonstilstand.MANGLER
    assert revisjon([utgave()], 24, [], dt.date(2026, 1, 1)).tilstand == Revisjonstilstand.FORFALT


def test_gjennomgang_uten_endring_oppfyller_fristen_etter_den_forrige():
    pa_starten, etter = dt.date(2022, 1, 1), dt.date(2023, 11, 1)
    assert frister([pa_starten])[0] == (dt.date(2024, 1, 1), None)
    assert frister([etter]) == [(dt.date(2024, 1, 1), etter), (dt.date(2025, 12, 31), None)]


def test_en_sen_gjennomgang_oppfyller_begge_fristene():
    sen = dt.date(2024, 2, 1)
    assert frister([sen])[:2] == [(dt.date(2024, 1, 1), sen), (dt.date(2025, 12, 31), sen)]


def test_gjennomgang_etter_periodens_slutt_gir_ny_frist_ett_intervall_senere():
    sen = dt.date(2026, 3, 10)
    assert frister([sen])[-1] == (dt.date(2028, 3, 10), None)
    status = revisjon([utgave()], 24, [sen], PR)
    assert (status.tilstand, status.frist) == (Revisjonstilstand.I_RUTE, dt.date(2028, 3, 10))


def test_slutten_som_er_oppfylt_av_en_gjennomgang_gir_ny_frist_etter_slutten():
    assert frister([dt.date(2025, 6, 1)])[-1] == (dt.date(2027, 12, 31), None)


def test_en_senere_vedtatt_utgave_oppfyller_ogsa_for_den_gjelder():
    ny = utgave(
        fra=dt.date(2027, 1, 1),
        til=dt.date(2030, 12, 31),
        nummer=2,
        vedtatt_utenfor=False,
        vedtatt=dt.date(2026, 11, 1),
    )
    assert revisjon([utgave(), ny], 24, [], PR).tilstand == Revisjonstilstand.I_RUTE
    assert revisjon([utgave(), ny], 24, [], dt.date(2026, 10, 31)).tilstand == Revisjonstilstand.FORFALT
    assert revisjon([utgave(), ny], 24, [], dt.date(2027, 1, 1)).frist == dt.date(2029, 1, 1)


def test_uten_periode_er_det_ingen_alarm():
    assert revisjon([utgave(fra=None, til=None)], 24, [], PR).tilstand == Revisjonstilstand.UTEN_PERIODE
    assert revisjon([utgave(til=None)], None, [], PR).tilstand == Revisjonstilstand.UTEN_PERIODE
    assert revisjon([], 24, [], PR).tilstand == Revisjonstilstand.INGEN_UTGAVE


def test_uten_slutt_kommer_en_frist_for_hvert_intervall():
    assert [dato.year for dato, _ in frister(til=None)] == [2024, 2026]
    assert revisjon([utgave(til=None)], 24, [], PR).frist == dt.date(2026, 1, 1)


def test_uten_intervall_er_slutten_den_eneste_fristen():
    assert frister(intervall=None) == [(dt.date(2025, 12, 31), None)]
    assert frister([dt.date(2026, 2, 1)], intervall=None) == [(dt.date(2025, 12, 31), dt.date(2026, 2, 1))]


@pytest.mark.parametrize(("intervall", "maneder"), [(24, 9), (18, 9), (12, 6), (6, 3), (3, 1), (1, 0), (None, 9)])
def test_forste_trinn_kommer_aldri_for_halve_intervallet(intervall, maneder):
    frist = dt.date(2026, 12, 31)
    assert forste_trinn(frist, intervall) == frist - relativedelta(months=maneder)


@pytest.mark.parametrize(
    ("pr", "periode"),
    [
        (dt.date(2026, 11, 23), (2023, 2027)),
        (dt.date(2027, 9, 30), (2023, 2027)),
        (dt.date(2027, 10, 1), (2027, 2031)),
        (dt.date(2019, 12, 1), (2019, 2023)),
    ],
)
def test_kommunestyrets_fire_ar(pr, periode):
    assert kommunestyreperiode(pr) == periode


@given(datoer, datoer, st.integers(1, 60) | st.none(), st.lists(datoer, max_size=6), datoer)
def test_fristene_star_i_rekkefolge_og_oppfylles_aldri_for_den_forrige(en, annen, intervall, gjennomganger, pr):
    fra, til = sorted([en, annen])
    alle = revisjonsfrister(utgave(fra, til), intervall, gjennomganger, [], til_og_med=pr)
    datoene = [frist.dato for frist in alle]
    assert datoene == sorted(set(datoene))
    for forrige, frist in zip([fra, *datoene], alle, strict=False):
        assert frist.oppfylt is None or frist.oppfylt > forrige
    assert til in datoene


@given(datoer, datoer, st.integers(1, 60), st.lists(datoer, max_size=6), datoer)
def test_en_gjennomgang_i_dag_stiller_alltid_alarmen(en, annen, intervall, gjennomganger, pr):
    fra, til = sorted([en, annen])
    status = revisjon([utgave(fra, til)], intervall, [*gjennomganger, pr], pr)
    assert status.tilstand != Revisjonstilstand.FORFALT or pr <= fra


@given(datoer, datoer, st.integers(1, 60), datoer)
def test_forfalt_er_etter_fristen_og_mangler_for(en, annen, intervall, pr):
    fra, til = sorted([en, annen])
    status = revisjon([utgave(fra, til)], intervall, [], pr)
    if status.tilstand == Revisjonstilstand.FORFALT:
        assert status.frist < pr
    elif status.tilstand == Revisjonstilstand.MANGLER:
        assert forste_trinn(status.frist, intervall) <= pr <= status.frist
