"""The measures of the period as a picture, and the same in words."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from felles.tid import i_dag
from tiltak.factories import HandlingsplanFactory, PlanutgaveFactory, TiltakFactory
from tiltak.models import Tiltak
from tiltak.rules.tidslinje import FLEST_AR, arene, tegn

PR = dt.date(2026, 7, 2)
DAGER = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


def tiltak(**felter):
    ett = Tiltak(**felter)
    ett.tilstand = "i_gang"
    return ett


def test_frister_ganger_og_egen_tid_star_der_de_skal():
    bilde = tegn(
        [
            tiltak(tittel="Frist", frist=dt.date(2025, 1, 1), startet=dt.date(2026, 12, 31)),
            tiltak(tittel="Hvert år", rytme="arlig", rytme_maned=2, rytme_dag=29, slutt=dt.date(2026, 1, 1)),
            tiltak(tittel="Løpende", rytme="kontinuerlig"),
            tiltak(tittel="Egen tid", start=dt.date(2020, 1, 1), slutt=dt.date(2025, 6, 30)),
            tiltak(tittel="Uten"),
            tiltak(tittel="Før", slutt=dt.date(2019, 1, 1)),
        ],
        (2025, 2026),
        PR,
    )
    assert [(rad.tiltak.tittel, rad.stang, rad.rytmisk) for rad in bilde.rader] == [
        ("Frist", None, False),
        ("Hvert år", ("0.00%", "50.07%"), False),
        ("Løpende", ("0.00%", "100.00%"), True),
        ("Egen tid", ("0.00%", "24.69%"), False),
        ("Før", None, False),
    ]
    assert [(m.punkt.ord, m.x, m.anker) for m in bilde.rader[0].merker] == [
        ("Frist", "0.00%", "start"),
        ("Satt i gang", "100.00%", "end"),
    ]
    assert [m.punkt.dag for m in bilde.rader[1].merker] == [dt.date(2025, 2, 28)]
    assert [ett.tittel for ett in bilde.uten_tid] == ["Uten"]
    assert (bilde.ar, bilde.i_dag) == ([("2025", "25.00%"), ("2026", "75.00%")], "75.03%")
    assert bilde.rader[0].ord == "Frist 1.\u00a0januar 2025. Satt i gang 31.\u00a0desember 2026"
    assert [punkt.dag.year for punkt, _tiltak in bilde.hendelser] == [2025, 2025, 2026]


@settings(max_examples=40)
@given(frist=DAGER, start=DAGER, slutt=DAGER, gjort=DAGER, avsluttet=DAGER)
def test_ingenting_star_utenfor_bildet(frist, start, slutt, gjort, avsluttet):
    ett = tiltak(tittel="x", frist=frist, start=start, slutt=slutt, gjort=gjort, avsluttet=avsluttet)
    for rad in tegn([ett], (2024, 2027), PR).rader:
        assert all(0 <= merke.prosent <= 100 for merke in rad.merker)
        assert all(0 <= float(ende.rstrip("%")) <= 100 for ende in rad.stang or ())


def test_arene_er_planens_med_i_ar_og_ikke_for_mange():
    def plan(fra, til):
        return SimpleNamespace(periode_fra=fra and dt.date(fra, 1, 1), periode_til=til and dt.date(til, 12, 31))

    assert arene([], [], PR) == (2026, 2026)
    assert arene([plan(2022, 2025), plan(None, None)], [], PR) == (2022, 2026)
    assert arene([plan(2022, 2025)], [tiltak(frist=dt.date(2027, 6, 1))], PR) == (2022, 2027)
    forste, siste = arene([plan(1990, 2060)], [], PR)
    assert siste - forste == FLEST_AR - 1
    assert forste <= PR.year <= siste


@pytest.mark.django_db
def test_siden_viser_bildet_og_lista_med_like_mange_sporringer(som, rollebesetning, django_assert_max_num_queries):
    plan = HandlingsplanFactory(samarbeid=rollebesetning.samarbeid)
    adresse = reverse("tiltak:tidslinje", args=[plan.samarbeid.slug])
    nettleser = som("leser")
    assert "Ingenting å tegne ennå" in nettleser.get(adresse).content.decode()
    PlanutgaveFactory(plan=plan, periode_fra=dt.date(i_dag().year, 1, 1), periode_til=dt.date(i_dag().year + 3, 12, 31))
    TiltakFactory(plan=HandlingsplanFactory(), tittel="Fremmed", frist=i_dag())
    for _gang in range(2):
        TiltakFactory.create_batch(2, plan=plan, frist=i_dag())
        with django_assert_max_num_queries(8):
            sida = nettleser.get(adresse).content.decode()
    assert sida.count('class="stripe"') == 4
    assert f"Tiltakene {i_dag().year}–{i_dag().year + 3}" in sida
    assert "Fremmed" not in sida
    assert "style=" not in sida
