import datetime as dt

import pytest

from tiltak.models import Tiltak
from tiltak.rules.ord import Omstendigheter, naar_ord, tilstandsord

PR = dt.date(2025, 11, 24)
FAST = "\u00a0"


def med_fast(ord):
    """Dates are written with a space that never breaks."""
    return ord.replace("_", FAST)


@pytest.mark.parametrize(
    ("tilstand", "felter", "ved", "ventet"),
    [
        ("forfalt", {"frist": dt.date(2025, 11, 1)}, {}, ("", "23 dager over")),
        ("forfalt", {"frist": dt.date(2025, 11, 23)}, {}, ("", "1 dag over")),
        ("mangler_status", {}, {"sist_meldt": dt.date(2025, 3, 3)}, ("", "sist meldt 3._mars")),
        ("mangler_status", {}, {"sist_meldt": dt.date(2024, 3, 3)}, ("", "sist meldt 3._mars 2024")),
        ("mangler_status", {}, {}, ("", "aldri meldt")),
        ("trenger_hjelp", {}, {"sist_meldt": dt.date(2025, 3, 3)}, ("", "meldt 3._mars")),
        ("ikke_startet", {}, {"uavklart": True}, ("", "ansvar er uavklart")),
        ("ikke_startet", {"start": dt.date(2026, 1, 1)}, {}, ("", "starter 1._januar 2026")),
        ("ikke_startet", {"start": dt.date(2025, 1, 1)}, {}, ("", "skulle starte 1._januar")),
        ("ikke_startet", {}, {}, ("", "")),
        ("i_gang", {"frist": dt.date(2025, 12, 12)}, {}, ("", "18 dager igjen")),
        ("i_gang", {"frist": dt.date(2025, 11, 25)}, {}, ("", "1 dag igjen")),
        ("i_gang", {"frist": PR}, {}, ("", "fristen er i dag")),
        ("i_gang", {"frist": dt.date(2027, 1, 1)}, {}, ("", "")),
        ("i_gang", {"slutt": dt.date(2023, 6, 30)}, {}, ("", "tida gikk ut 30._juni 2023")),
        ("i_gang", {"rytme": "arlig", "rytme_maned": 12, "rytme_dag": 1}, {}, ("", "neste 1._desember 2025")),
        (
            "gjort",
            {"rytme": "arlig", "rytme_maned": 5, "rytme_dag": 17},
            {},
            ("Gjort i 2025", "neste 17._mai 2026"),
        ),
        ("gjort", {"rytme": "halvarlig"}, {}, ("Gjort i andre halvår", "")),
        ("gjort", {"rytme": "manedlig"}, {}, ("Gjort i november", "")),
        ("gjort", {}, {"delpunkter": 3, "delpunkter_gjort": 3}, ("", "3 av 3 delpunkter")),
        ("gjort", {"gjort": dt.date(2023, 6, 19)}, {"delpunkter": 3}, ("", "19._juni 2023")),
        ("avsluttet", {"avsluttet": dt.date(2025, 6, 19)}, {}, ("", "19._juni")),
    ],
)
def test_ordene_ved_siden_av_merket(tilstand, felter, ved, ventet):
    ord = tilstandsord(Tiltak(**felter), tilstand, PR, Omstendigheter(**ved))
    assert (ord.merke, ord.ved) == tuple(med_fast(o) for o in ventet)


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({}, ""),
        ({"frist": dt.date(2025, 11, 1)}, "1._nov. 2025"),
        ({"rytme": "kontinuerlig"}, "Løpende"),
        ({"rytme": "arlig"}, "Hvert år"),
        ({"rytme": "arlig", "rytme_maned": 5}, "Hvert år, i mai"),
        ({"rytme": "arlig", "rytme_maned": 2, "rytme_dag": 29}, "Hvert år, 29._februar"),
        ({"rytme": "arlig", "rytme_maned": 4, "rytme_dag": 31}, "Hvert år, 31._april"),
    ],
)
def test_frist_eller_rytme_i_ord(felter, ventet):
    assert naar_ord(Tiltak(**felter)) == med_fast(ventet)
