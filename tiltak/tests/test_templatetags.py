import datetime as dt

import pytest
from django.template import Context, Template

from organisering.factories import EnhetFactory, GruppeFactory, KoordinatorpostFactory, PlassFactory
from tiltak.factories import AnsvarFactory, HandlingsplanFactory, TiltakFactory

pytestmark = pytest.mark.django_db
PR = dt.date(2026, 11, 22)


def vis(part):
    innhold = Context({"part": part, "samarbeid": part.samarbeid, "pr": PR})
    return Template("{% load tiltak %}{% ansvar_for part %}").render(innhold)


@pytest.fixture
def plan(db):
    return HandlingsplanFactory()


@pytest.mark.parametrize(
    ("felt", "fabrikk"),
    [("enhet", EnhetFactory), ("gruppe", GruppeFactory), ("koordinatorpost", KoordinatorpostFactory)],
)
def test_parten_far_sine_egne_tiltak(plan, felt, fabrikk, django_assert_max_num_queries):
    part = fabrikk(samarbeid=plan.samarbeid)
    for nr in range(3):
        AnsvarFactory(tiltak=TiltakFactory(plan=plan, tittel=f"Mitt {nr}"), **{felt: part})
    AnsvarFactory(tiltak=TiltakFactory(plan=plan, tittel="Andres"), **{felt: fabrikk(samarbeid=plan.samarbeid)})
    with django_assert_max_num_queries(2):
        side = vis(part)
    assert side.count("Mitt ") == 3
    assert "Andres" not in side
    assert "aldri meldt" in side


def test_en_plass_og_en_part_uten_tiltak(plan):
    plass = PlassFactory(gruppe=GruppeFactory(samarbeid=plan.samarbeid))
    assert "Ingen tiltak i planen" in vis(plass)
    AnsvarFactory(tiltak=TiltakFactory(plan=plan, tittel="Bekymringssamtaler"), plass=plass, slag="samarbeider")
    assert "Bekymringssamtaler" in vis(plass)
    assert "Samarbeider" in vis(plass)


def test_en_underenhet_er_nevnt_og_funksjonen_ogsa(plan):
    skolene = EnhetFactory(samarbeid=plan.samarbeid, navn="Skolene")
    skole = EnhetFactory(samarbeid=plan.samarbeid, navn="Dokka skole", overordnet=skolene)
    AnsvarFactory(tiltak=TiltakFactory(plan=plan), enhet=skole, funksjon="rektor")
    assert "Gjennom Dokka skole" in vis(skolene)
    assert "Rektor" in vis(skole)
