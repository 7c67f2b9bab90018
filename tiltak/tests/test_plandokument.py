import datetime as dt
import json

import pytest

from organisering.factories import GruppeFactory, MandatpunktFactory, PlassFactory
from tiltak.exports.plandokument import Plandokument, plandokument
from tiltak.factories import (
    AnsvarFactory,
    DelpunktFactory,
    MalFactory,
    PlandelFactory,
    PlanutgaveFactory,
    TiltakFactory,
)

PR = dt.date(2026, 6, 1)


@pytest.fixture
def utgave(db):
    utgave = PlanutgaveFactory()
    gruppe = GruppeFactory(samarbeid=utgave.samarbeid, navn="Styringsgruppa")
    for ordlyd in ("Første.", "Andre."):
        MandatpunktFactory(gruppe=gruppe, ordlyd=ordlyd)
    PlassFactory(gruppe=gruppe, tittel="Ordfører")
    PlassFactory(gruppe=gruppe, tittel="Forrige", til=dt.date(2025, 1, 1))
    tiltak = TiltakFactory(plan=utgave.plan, tittel="Natteravner")
    for ord_ in ("Parken", "politiet"):
        AnsvarFactory(tiltak=tiltak, kildeord=ord_)
    DelpunktFactory(tiltak=tiltak, tekst="Hver fredag")
    for slag, tekst, plan in (
        ("hovedmal", "Trygghet.", None),
        ("delmal", "Oversikt.", None),
        ("delmal", "I år.", utgave.plan),
    ):
        MalFactory(samarbeid=utgave.samarbeid, slag=slag, tekst=tekst, plan=plan)
    MalFactory(samarbeid=utgave.samarbeid, plan=PlanutgaveFactory(plan__samarbeid=utgave.samarbeid).plan)
    for nummer, (slag, overskrift) in enumerate(
        [("tekst", "Økt innsats"), ("mal", "Mål"), ("periodemal", "Mål"), ("gruppe", ""), ("tiltak", "")]
    ):
        PlandelFactory(
            utgave=utgave,
            rekkefolge=nummer,
            slag=slag,
            overskrift=overskrift,
            tekst="Tekst." if slag == "tekst" else "",
            gruppe=gruppe if slag == "gruppe" else None,
        )
    return utgave


def test_hver_del_viser_sine_egne_data(utgave):
    tekst, mal, periodemal, gruppe, tiltak = plandokument(utgave, PR).deler
    assert (tekst.overskrift, tekst.tekst, tekst.anker) == ("Økt innsats", "Tekst.", "okt-innsats")
    assert mal.punkter == ["Trygghet.", "Oversikt."]
    assert periodemal.punkter == ["I år."]
    assert (gruppe.overskrift, gruppe.punkter, gruppe.plasser) == (
        "Styringsgruppa",
        ["Første.", "Andre."],
        ["Ordfører"],
    )
    [linje] = tiltak.tiltak
    assert (linje.tittel, linje.ansvar, linje.delpunkter) == ("Natteravner", ["Parken", "politiet"], ["Hver fredag"])


def test_ankrene_er_ulike_ogsa_nar_overskriftene_er_like(utgave):
    ankre = [del_.anker for del_ in plandokument(utgave, PR).deler]
    assert len(set(ankre)) == len(ankre)


def test_dokumentet_er_det_samme_etter_en_tur_innom_json(utgave):
    dokument = plandokument(utgave, PR)
    assert Plandokument.fra_innhold(json.loads(json.dumps(dokument.til_innhold()))) == dokument


def test_det_koster_hoyst_seks_sporsmal(utgave, django_assert_max_num_queries):
    PlandelFactory(utgave=utgave, slag="motehyppighet", tekst="")
    with django_assert_max_num_queries(6):
        plandokument(utgave, PR)
