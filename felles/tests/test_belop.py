from contextlib import suppress
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from felles.belop import STORST, Belopfelt, les_belop


@pytest.mark.parametrize(
    ("tekst", "belop"),
    [
        ("kr 10.000,-", "10000"),
        ("10 000", "10000"),
        ("10\u00a0000", "10000"),
        ("10000", "10000"),
        ("Kr. 2.500,50", "2500.50"),
        ("2500,5 kr", "2500.5"),
        ("2500.50", "2500.50"),
        ("4 000 kroner", "4000"),
        ("NOK 1.234.567,89", "1234567.89"),
        ("5000,–", "5000"),
        ("10.000", "10000"),
        ("0,01", "0.01"),
    ],
)
def test_belop_slik_folk_skriver_dem(tekst, belop):
    assert les_belop(tekst) == Decimal(belop)


@pytest.mark.parametrize(
    ("tekst", "kode"),
    [
        ("ti tusen", "ikke_tall"),
        ("", "ikke_tall"),
        ("10e3", "ikke_tall"),
        ("1.00.00", "ikke_tall"),
        ("10,5,5", "ikke_tall"),
        ("١٢٣", "ikke_tall"),
        ("<b>5</b>", "ikke_tall"),
        ("-500", "negativt"),
        ("−500", "negativt"),
        ("0", "null"),
        ("0,00", "null"),
        ("100,001", "desimaler"),
        ("9" * 99, "for_stort"),
    ],
)
def test_det_som_ikke_er_et_belop_forklares(tekst, kode):
    with pytest.raises(ValidationError) as feil:
        les_belop(tekst)
    assert feil.value.code == kode


@given(st.decimals(min_value=Decimal("0.01"), max_value=STORST, places=2))
def test_det_som_vises_kan_leses_igjen(belop):
    assert les_belop(Belopfelt().prepare_value(belop)) == belop
    med_punktum = f"kr {belop:,.2f},-".replace(",-", "").replace(",", " ").replace(".", ",")
    assert les_belop(med_punktum) == belop


@given(st.text(max_size=200))
def test_ingen_tekst_gir_noe_annet_enn_et_belop_eller_en_setning(tekst):
    felt = Belopfelt(required=False)
    with suppress(ValidationError):
        belop = felt.clean(tekst)
        assert belop is None or 0 < belop <= STORST


def test_tomt_felt_er_ikke_null():
    assert Belopfelt(required=False).clean("") is None
    assert Belopfelt().clean("kr 4 000,-") == Decimal(4000)
