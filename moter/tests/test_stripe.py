import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from felles.tid import OSLO
from moter.factories import MoteFactory
from moter.rules.stripe import hent_striper, maneder, plass
from organisering.factories import GruppeFactory, MotekravFactory, SamarbeidFactory

PR = dt.date(2026, 11, 24)
NAA = dt.datetime(2026, 11, 24, 9, tzinfo=OSLO)


def mote(gruppe, maned, dag, **felter):
    return MoteFactory(gruppe=gruppe, start=dt.datetime(2026, maned, dag, 12, 30, tzinfo=OSLO), **felter)


def stripen(gruppe, pr=PR):
    return hent_striper([gruppe], gruppe.samarbeid, ar=2026, pr=pr, naa=NAA)[0]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_en_dag_står_inne_i_året_og_senere_dager_lenger_ute(dag):
    assert 0 <= plass(dag, dag.year) < 100
    neste = dag + dt.timedelta(days=1)
    assert plass(neste, dag.year) > plass(dag, dag.year)


def test_året_har_tolv_måneder_i_rekkefølge():
    navn = [maned.navn for maned in maneder(2026)]
    assert (len(navn), navn[0], navn[-1]) == (12, "jan", "des")


@pytest.mark.django_db
class TestStripe:
    def test_halvåret_er_heltrukket_når_det_er_oppfylt_og_merket_når_det_mangler(self):
        gruppe = GruppeFactory()
        MotekravFactory(gruppe=gruppe)
        mote(gruppe, 3, 12, holdt=NAA)
        mote(gruppe, 11, 10, avlyst=NAA)
        stripe = stripen(gruppe)
        assert [(s.tilstand, s.x1, s.x2) for s in stripe.streker] == [
            ("oppfylt", "0.30", "49.29"),
            ("mangler", "49.89", "99.70"),
        ]
        assert [(m.tilstand, m.dato) for m in stripe.mangler] == [("mangler", dt.date(2026, 12, 31))]
        assert [linje.ord for linje in stripe.ord] == ["Vår: oppfylt", "Høst: ett mangler"]
        assert [e.tekst for e in stripe.etiketter] == ["12.3.", "avlyst", "31.12."]

    def test_en_dato_nær_i_dag_går_til_side(self):
        gruppe = GruppeFactory()
        mote(gruppe, 12, 3)
        mote(gruppe, 11, 20, holdt=NAA)
        stripe = stripen(gruppe)
        assert [(e.tekst, e.side, e.x == stripe.i_dag) for e in stripe.etiketter] == [
            ("20.11.", "venstre", True),
            ("3.12.", "hoyre", True),
        ]

    def test_datoer_tett_på_hverandre_overlapper_ikke(self):
        gruppe = GruppeFactory()
        for dag in (2, 6, 10, 14):
            mote(gruppe, 3, dag, holdt=NAA)
        linjer = [(e.y, e.tekst) for e in stripen(gruppe).etiketter]
        assert linjer == [(54, "2.3."), (69, "6.3.")]

    def test_over_fjorten_møter_har_ingen_datoer(self):
        gruppe = GruppeFactory()
        for uke in range(15):
            mote(gruppe, 1 + uke // 4, 1 + 7 * (uke % 4), holdt=NAA)
        stripe = stripen(gruppe)
        assert len(stripe.punkter) == 15
        assert stripe.etiketter == ()

    def test_uten_regel_sier_ordene_hvor_mange_som_er_holdt(self):
        gruppe = GruppeFactory()
        mote(gruppe, 2, 3, holdt=NAA)
        [linje] = stripen(gruppe).ord
        assert (linje.nokkel, linje.ord, linje.under) == ("ingen_regel", "Ingen fast regel", "1 holdt i året")

    def test_månedskravet_sier_måneden_som_er_og_hvordan_de_andre_gikk(self):
        gruppe = GruppeFactory()
        MotekravFactory(gruppe=gruppe, kalender="maned")
        for maned in range(1, 10):
            mote(gruppe, maned, 5, holdt=NAA)
        mote(gruppe, 11, 26)
        ord = [(linje.nokkel, linje.ord, linje.under) for linje in stripen(gruppe).ord]
        assert ord == [("i_rute", "November: i rute", "9 av 12 måneder oppfylt"), ("brudd", "Én måned med brudd", "")]

    def test_gruppa_arver_kravet_fra_gruppetypen(self):
        gruppetype = GruppeFactory(slag="gruppetype")
        gruppe = GruppeFactory(samarbeid=gruppetype.samarbeid, gruppetype=gruppetype)
        krav = MotekravFactory(gruppe=gruppetype)
        assert stripen(gruppe).krav == (krav,)

    def test_intervallet_regner_fra_møtet_i_fjor(self):
        gruppe = GruppeFactory()
        MotekravFactory(gruppe=gruppe, slag="intervall", kalender="", minst=None, uker_til=8)
        MoteFactory(gruppe=gruppe, start=dt.datetime(2025, 12, 20, 12, tzinfo=OSLO), holdt=NAA)
        [linje] = hent_striper([gruppe], gruppe.samarbeid, ar=2026, pr=dt.date(2026, 1, 10), naa=NAA)[0].ord
        assert (linje.ord, linje.under) == ("Ett mangler", "Neste innen 14.\u00a0februar")

    def test_flere_grupper_koster_like_mange_spørsmål_som_én(self, django_assert_num_queries):
        samarbeid = SamarbeidFactory()
        grupper = [GruppeFactory(samarbeid=samarbeid) for _ in range(4)]
        for gruppe in grupper:
            MotekravFactory(gruppe=gruppe)
            mote(gruppe, 3, 3)
            gruppe.ringer = ()
        for antall in (1, 4):
            with django_assert_num_queries(2):
                assert len(hent_striper(grupper[:antall], samarbeid, ar=2026, pr=PR, naa=NAA)) == antall
