"""The account says of each meeting whether it counts, and why, and agrees with the strip."""

import datetime as dt

import pytest

from felles.tid import OSLO
from moter.factories import MoteFactory
from moter.rules.regnskap import regnskap
from moter.rules.stripe import hent_striper
from organisering.factories import GruppeFactory, MotekravFactory

pytestmark = pytest.mark.django_db
PR = dt.date(2026, 11, 24)
NAA = dt.datetime(2026, 11, 24, 9, tzinfo=OSLO)


def kontoen(gruppe):
    [stripe] = hent_striper([gruppe], gruppe.samarbeid, ar=2026, pr=PR, naa=NAA)
    return regnskap(stripe, gruppe.samarbeid, NAA)


def mote(gruppe, maned, dag, **felter):
    return MoteFactory(gruppe=gruppe, start=dt.datetime(2026, maned, dag, 9, tzinfo=OSLO), **felter)


@pytest.fixture
def gruppe():
    gruppe = GruppeFactory(samarbeid__oppfolging_fra=dt.date(2026, 1, 1))
    MotekravFactory(gruppe=gruppe, minst=2)
    return gruppe


def test_hvert_mote_star_i_sin_periode_med_det_det_er_verdt(gruppe):
    for maned, dag, felter in (
        (3, 2, {"holdt": NAA}), (5, 4, {"avlyst": NAA}), (11, 2, {}), (12, 8, {}), (9, 7, {"holdt": NAA}),
    ):  # fmt: skip
        mote(gruppe, maned, dag, **felter)
    [post] = kontoen(gruppe)
    assert [(p.tid, str(p.tilstand), p.hvorfor) for p in post.perioder] == [
        ("1.\u00a0januar\u00a0–\u00a030.\u00a0juni 2026".replace("\u00a0–\u00a0", " – "), "brudd", "1 holdt, minst 2."),
        ("1.\u00a0juli – 31.\u00a0desember 2026", "i_rute", "1 holdt og 2 planlagt, minst 2."),
    ]
    assert [[en.hvorfor for en in p.moter] for p in post.perioder] == [
        ["Teller. Det er holdt.", "Teller ikke. Det er avlyst."],
        [
            "Teller. Det er holdt.",
            "Teller som planlagt til noen sier om det ble holdt.",
            "Teller som planlagt til det er holdt.",
        ],
    ]


@pytest.mark.parametrize(
    ("felter", "hvorfor"),
    [
        ({"minst": 40}, "0 holdt, minst 40. Det er for få ukedager igjen til det som mangler."),
        ({"minst": 2, "omtrent": True}, "0 holdt, minst 2. «Ca.» gir aldri brudd."),
        ({"fra": dt.date(2026, 8, 1)}, "0 holdt, minst 1. Ikke vurdert: perioden begynte før 1.\u00a0august 2026, da "
         "vurderingen begynner."),
        ({"til": dt.date(2026, 12, 1)}, "0 holdt, minst 1. Ikke vurdert: regelen eller gruppa varer ikke perioden ut."),
    ],
)  # fmt: skip
def test_hver_tilstand_har_sin_grunn(felter, hvorfor):
    gruppe = GruppeFactory(samarbeid__oppfolging_fra=dt.date(2026, 1, 1))
    MotekravFactory(gruppe=gruppe, **felter)
    assert kontoen(gruppe)[0].perioder[-1].hvorfor == hvorfor


def test_uten_oppfolging_og_uten_tall_sies_det(gruppe):
    gruppe.samarbeid.oppfolging_fra = None
    assert kontoen(gruppe)[0].perioder[0].hvorfor.endswith("Ikke vurdert: oppfølgingen er ikke startet.")
    MotekravFactory(gruppe=gruppe, slag="ord", kalender="", minst=None, ordlyd="Jevnlig.")
    assert kontoen(gruppe)[1].merknad == "Regelen har ingen tall. Den kan verken oppfylles eller brytes."


def test_flere_enn_det_hoyeste_er_aldri_feil():
    gruppe = GruppeFactory(samarbeid__oppfolging_fra=dt.date(2026, 1, 1))
    MotekravFactory(gruppe=gruppe, minst=1, hoyst=1)
    for dag in (2, 9):
        mote(gruppe, 3, dag, holdt=NAA)
    assert kontoen(gruppe)[0].perioder[0].hvorfor == "2 holdt, minst 1. Flere enn 1 er aldri feil."
