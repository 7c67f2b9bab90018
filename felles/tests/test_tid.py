import datetime as dt

import pytest

from felles.tid import OSLO, i_dag, naa, oslo_dato


@pytest.mark.parametrize(
    ("utc", "dag"),
    [
        ("2026-06-30T21:59:59+00:00", "2026-06-30"),  # summer time: two hours ahead
        ("2026-06-30T22:00:00+00:00", "2026-07-01"),
        ("2026-12-31T22:59:59+00:00", "2026-12-31"),  # winter: one
        ("2026-12-31T23:00:00+00:00", "2027-01-01"),
        ("2026-03-29T00:59:59+00:00", "2026-03-29"),  # the night the clock goes forward
        ("2026-10-25T00:30:00+00:00", "2026-10-25"),  # 02.30 comes twice
        ("2026-10-25T01:30:00+00:00", "2026-10-25"),
    ],
)
def test_dagen_er_den_norske(utc, dag):
    assert oslo_dato(dt.datetime.fromisoformat(utc)) == dt.date.fromisoformat(dag)


def test_klokka_er_norsk_og_vet_det():
    assert naa().tzinfo is OSLO
    assert i_dag() in {naa().date(), (naa() - dt.timedelta(seconds=5)).date()}


def test_en_uke_over_klokkeskiftet_er_samme_klokkeslett():
    for_skiftet = dt.datetime(2026, 3, 25, 12, 30, tzinfo=OSLO)
    assert (for_skiftet + dt.timedelta(days=7)).isoformat() == "2026-04-01T12:30:00+02:00"
    assert for_skiftet.isoformat() == "2026-03-25T12:30:00+01:00"
