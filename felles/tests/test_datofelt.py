import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from felles.datofelt import Datofelt, Klokkefelt, i_oslo, les_dato, les_klokke

DAGEN = dt.date(2026, 12, 9)


@pytest.mark.parametrize(
    "tekst",
    ["9.12.2026", "09.12.26", "9/12-2026", "9. desember 2026", "9 des. 2026", "Onsdag 9. desember 2026", "2026-12-09",
     " 9.\u00a0Desember  2026 "],
)  # fmt: skip
def test_en_dato_leses_slik_folk_skriver_den(tekst):
    assert les_dato(tekst) == DAGEN


@pytest.mark.parametrize(
    ("tekst", "kode"),
    [
        ("31.11.2026", "finnes_ikke"),
        ("29.2.2027", "finnes_ikke"),
        ("9.12", "uten_ar"),
        ("9. desember", "uten_ar"),
        ("neste onsdag", "ikke_dato"),
        ("9.12.0026", "ar"),
        ("tirsdag 9. desember 2026", "ukedag"),
        ("9" * 99, "ikke_dato"),
        ("９.12.2026", "ikke_dato"),
    ],
)
def test_en_dato_som_ikke_finnes_blir_forklart(tekst, kode):
    with pytest.raises(ValidationError) as feil:
        les_dato(tekst)
    assert feil.value.code == kode


@pytest.mark.parametrize("tekst", ["12.30", "12:30", "1230", "kl 12:30", "kl. 12.30", "Klokka 12.30"])
def test_et_klokkeslett_leses_slik_folk_skriver_det(tekst):
    assert les_klokke(tekst) == dt.time(12, 30)


@pytest.mark.parametrize(
    ("tekst", "kode"), [("25.00", "finnes_ikke"), ("12.60", "finnes_ikke"), ("halv ett", "ikke_klokke")]
)
def test_et_klokkeslett_som_ikke_finnes_blir_forklart(tekst, kode):
    with pytest.raises(ValidationError) as feil:
        les_klokke(tekst)
    assert feil.value.code == kode


@pytest.mark.parametrize(("dag", "kode"), [(dt.date(2027, 3, 28), "finnes_ikke"), (dt.date(2026, 10, 25), "to_ganger")])
def test_timen_da_klokka_stilles_blir_forklart(dag, kode):
    with pytest.raises(ValidationError) as feil:
        i_oslo(dag, dt.time(2, 30))
    assert feil.value.code == kode
    assert i_oslo(dag, dt.time(3, 30)).hour == 3


def test_feltene_viser_det_folk_skriver_og_er_tomme_nar_ingenting_er_skrevet():
    assert Datofelt().prepare_value(DAGEN) == "9.12.2026"
    assert Klokkefelt().prepare_value(dt.time(9, 5)) == "09.05"
    assert Datofelt(required=False).clean(" ") is None
    assert Klokkefelt(required=False).clean("") is None
