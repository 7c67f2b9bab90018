"""The numbers here are made by the rule; those that are fixed come from Skatteetaten's and Nav's published examples."""

import datetime as dt

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from felles.personnummer import (
    GYLDIG_REST_1,
    TILLEGG_DAG,
    TILLEGG_MANED,
    VEKTER_1,
    VEKTER_2,
    _rens,
    _treff,
    er_personnummer,
    finn_personnummer,
    inneholder_personnummer,
)

SIFFERSETT = ("0123456789", "0123456789", "٠١٢٣٤٥٦٧٨٩", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡")


@st.composite
def personnummer(draw):
    """A valid number in any series, by Skatteetaten's own arithmetic."""
    dag = draw(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
    tall = f"{dag.day + draw(st.sampled_from(TILLEGG_DAG)):02}{dag.month + draw(st.sampled_from(TILLEGG_MANED)):02}"
    tall += f"{dag.year % 100:02}{draw(st.integers(0, 999)):03}"
    k1 = (draw(st.sampled_from(GYLDIG_REST_1)) - sum(v * int(s) for v, s in zip(VEKTER_1, tall, strict=True))) % 11
    assume(k1 < 10)
    tall += str(k1)
    k2 = -sum(v * int(s) for v, s in zip(VEKTER_2[:10], tall, strict=True)) % 11
    assume(k2 < 10)
    return tall + str(k2)


def er_siffer(tegn):
    return tegn.isdigit() or tegn.isnumeric()


omgivelse = st.text().filter(lambda t: not any(er_siffer(c) for c in t) and "+" not in t and "+" not in t)
skille = st.sampled_from(["", " ", ".", "-", "\u00a0", "\u2009", "\u202f", "\t", "\n", "–", "\u2011"])


@given(personnummer(), omgivelse, omgivelse, skille)
def test_ethvert_gyldig_nummer_finnes_i_enhver_tekst(nummer, foran, bak, mellom):
    skrevet = nummer[:6] + mellom + nummer[6:]
    fra, til = finn_personnummer(foran + skrevet + bak)
    assert (foran + skrevet + bak)[fra:til] == skrevet


USYNLIGE = ("", "\u200b", "\u00ad", "\ufeff", "\u2060", "\u20e3")


@given(personnummer(), st.sampled_from(SIFFERSETT), st.sampled_from(USYNLIGE))
def test_usynlige_tegn_og_andre_siffer_skjuler_ikke_nummeret(nummer, sifre, usynlig):
    skrevet = usynlig.join(sifre[int(s)] for s in nummer)
    assert inneholder_personnummer(f"født {skrevet}.")


@given(personnummer(), st.sampled_from("–\u00a0 -x"), st.text("æØé«…–\u00a0\u00ad²٣a1 "), st.text("å–\u200b1. "))
def test_den_raske_veien_svarer_som_den_grundige(nummer, skille, foran, bak):
    tekst = f"{foran}{nummer[:6]}{skille}{nummer[6:]}{bak}"
    renset, plasser = _rens(tekst)
    treff = next(_treff(renset), None)
    assert finn_personnummer(tekst) == (treff and (plasser[treff[0]], plasser[treff[1] - 1] + 1))


@given(personnummer(), st.integers(0, 10), st.integers(1, 9))
def test_ett_endret_siffer_er_ikke_et_personnummer(nummer, plass, mer):
    endret = nummer[:plass] + str((int(nummer[plass]) + mer) % 10) + nummer[plass + 1 :]
    assert not inneholder_personnummer(endret)


@given(personnummer(), st.integers(0, 9), st.booleans())
def test_lengre_rekke_av_siffer_er_ikke_et_personnummer(nummer, siffer, foran):
    assert not inneholder_personnummer(f"{siffer}{nummer}" if foran else f"{nummer}{siffer}")
    assert not inneholder_personnummer(f"{siffer}\u200b{nummer}" if foran else f"{nummer}\u200b{siffer}")


@given(st.integers(0, 10**11 - 1))
@example(0)
def test_bare_datoer_med_gyldige_kontrollsiffer_er_personnummer(tall):
    nummer = f"{tall:011}"
    if er_personnummer(nummer):
        dag, maned, ar = int(nummer[:2]) % 40, int(nummer[2:4]), int(nummer[4:6])
        grunn = {maned - mer for mer in TILLEGG_MANED if 1 <= maned - mer <= 12}
        assert any(_finnes(dag, m, ar) for m in grunn)


def _finnes(dag, maned, ar):
    try:
        dt.date(2000 + ar, maned, dag)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "nummer",
    [
        "02013299997",  # Skatteetaten's examples for 2032, remainder 0
        "30108299920",
        "30108299939",  # remainder 1
        "02013299903",
        "13527248013",  # H-number, Nav's validator
        "10915596784",  # Tenor, Nav's validator
        "68467038838",  # D- and H-number at once
        "15507600333",  # Dolly
        "55507608360",
        "29422059278",  # Dolly, 29 February
        "69422056629",
    ],
)
def test_publiserte_nummer_i_alle_serier(nummer):
    assert finn_personnummer(nummer) == (0, 11)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "Ring 911 22 333 eller +47 91 12 23 33, eller 004791122333.",
        "+46701740635",  # would have been a D-number in a synthetic series
        "Org.nr. 974 760 673, 974760673 MVA",
        "kr 1 000 000,00 og 12 345 678 901 kr",
        "Sak 2025/12345-6 og 25/1234, 202512345, 20251234567",
        "Konto 3010.82.99920 og 3010 82 99920",
        "30108299921",
        "31022099997",
        "00000000000",
        "https://www.rana.kommune.no/_f/p1/i7c8a1c0e-4a5a",
    ],
)
def test_andre_tall_passerer(tekst):
    assert finn_personnummer(tekst) is None


def test_nummer_bak_pluss_er_telefon_bare_nar_det_kan_ringes():
    assert not inneholder_personnummer("+30108299920")
    assert inneholder_personnummer("+02013299997")


def test_saksnummer_som_begynner_med_arstallet_passerer():
    saker = (f"{ar}{lopenummer:07}" for ar in range(2021, 2033) for lopenummer in range(3000))
    assert not any(inneholder_personnummer(sak) for sak in saker)


def test_plassen_er_i_den_opprinnelige_teksten():
    assert finn_personnummer("på 30108\u200b2 99920 år") == (3, 16)
