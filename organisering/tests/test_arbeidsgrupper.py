"""How a working group is born, by each Samarbeid's own rules. Pure: nothing here asks the database."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from organisering.models import Fullmakt, Gruppe, Plass
from organisering.rules.arbeidsgrupper import Spurt, Vei, avgjorelse, fodsel, hvem_avgjor, regler_for, veien

JA, NEI, VENTER = "ja", "nei", ""
DAG = dt.date(2026, 11, 24)
SPURTE = st.lists(st.builds(Spurt, navn=st.just("Kari"), svar=st.sampled_from([JA, NEI, VENTER])), max_size=6)
MYNDIGHET = st.sampled_from(["vedtar", "tilrar"])
KOMMUNALSJEF = Plass(pk=7, tittel="Kommunalsjef 0 - 24")


def regel(myndighet="vedtar", *, alle=False, **felter):
    return Fullmakt(gjelder="arbeidsgrupper", myndighet=myndighet, alle_ma_si_ja=alle, **felter)


@settings(max_examples=60)
@given(SPURTE)
def test_hurtigarbeidende_blir_til_bare_naar_alle_er_spurt_og_alle_har_sagt_ja(spurte):
    kan = fodsel(regel(alle=True), spurte).kan
    assert kan == (bool(spurte) and all(en.svar == JA for en in spurte))


@settings(max_examples=40)
@given(SPURTE, SPURTE)
def test_ett_nei_eller_ett_uteblitt_svar_stanser_uansett_hvem_andre_som_er_med(foran, bak):
    for svar in (NEI, VENTER):
        assert not fodsel(regel(alle=True), [*foran, Spurt("Ola", svar), *bak]).kan


@settings(max_examples=40)
@given(SPURTE, MYNDIGHET)
def test_uten_krav_om_ja_stanser_ingen_svar_og_uten_regel_er_gruppa_fri(spurte, myndighet):
    assert fodsel(regel(myndighet), spurte).kan
    assert fodsel(None, spurte) == fodsel(None, [])
    assert (fodsel(None, spurte).vei, fodsel(None, spurte).kan) == (Vei.FRI, True)


@settings(max_examples=60)
@given(SPURTE, MYNDIGHET, st.booleans(), st.sampled_from([None, DAG]), st.sampled_from([None, KOMMUNALSJEF]))
def test_den_utenfor_avgjor_bare_det_gruppa_har_tilradd(spurte, myndighet, alle, tilradd, plass):
    rad = regel(myndighet, alle=alle, videre_plass=plass)
    kan = avgjorelse(rad, spurte, tilradd).kan
    assert kan == (
        myndighet == "tilrar" and tilradd is not None and plass is not None and (not alle or fodsel(rad, spurte).kan)
    )


@settings(max_examples=40)
@given(SPURTE)
def test_grunnene_nevner_hver_som_staar_i_veien_og_ingen_andre(spurte):
    navngitte = [Spurt(f"P{nr}x", en.svar) for nr, en in enumerate(spurte)]
    tekst = " ".join(fodsel(regel(alle=True), navngitte).hindringer)
    assert {en.navn for en in navngitte if en.navn in tekst} == {en.navn for en in navngitte if en.svar != JA}


def test_hvem_som_avgjor_og_hvilke_regler_som_gjelder_den_dagen():
    gruppe = Gruppe(pk=3)
    egen, over = regel(gruppe_id=3), regel("tilrar", gruppe_id=3, videre_plass=KOMMUNALSJEF)
    andres, slutt = regel(gruppe_id=4), regel(gruppe_id=3, til=dt.date(2026, 11, 23))
    penger = Fullmakt(gjelder="penger", gruppe_id=3)
    assert regler_for(gruppe, [egen, over, andres, slutt, penger], DAG) == [egen, over]
    assert regler_for(gruppe, [slutt], dt.date(2026, 11, 23)) == [slutt]
    assert (hvem_avgjor(egen), hvem_avgjor(over), hvem_avgjor(None)) == (None, KOMMUNALSJEF, None)
    assert [veien(rad) for rad in (None, egen, over)] == [Vei.FRI, Vei.VEDTAR, Vei.TILRAR]
