"""The coordinator edits a plan's facts, and records that it was gone through without change."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import i_dag
from felles.unntak import Regelbrudd
from organisering.factories import GruppeFactory
from tiltak.factories import HandlingsplanFactory, PlanutgaveFactory
from tiltak.models import Plangjennomgang
from tiltak.services import gjennomga

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(rollebesetning):
    plan = HandlingsplanFactory(samarbeid=rollebesetning.samarbeid, revisjon_maneder=24)
    PlanutgaveFactory(plan=plan, periode_fra=dt.date(2022, 1, 1), periode_til=dt.date(2025, 12, 31))
    return plan


def sti(plan, navn):
    return reverse(f"tiltak:plan_{navn}", args=[plan.samarbeid.slug, plan.pk])


def test_en_gjennomgang_oppfyller_revisjonsfristen(som, plan, rollebesetning):
    nettleser = som("koordinator")
    assert "Revisjonen er forfalt" in nettleser.get(plan.get_absolute_url()).content.decode()
    felter = {"dato": f"{i_dag():%d.%m.%Y}", "gruppe": rollebesetning.gruppe.pk}
    for _gang in range(2):
        svar = nettleser.post(sti(plan, "gjennomgang"), felter, follow=True).content.decode()
    assert "Revisjonen er forfalt" not in svar
    gjennomgang = Plangjennomgang.objects.get()
    assert (gjennomgang.samarbeid, gjennomgang.gruppe) == (plan.samarbeid, rollebesetning.gruppe)
    assert gjennomgang.history.first().history_user == rollebesetning["koordinator"]


def test_organet_kan_skrives_med_ord(som, plan):
    som("koordinator").post(sti(plan, "gjennomgang"), {"dato": "1.9.2026", "organ_ord": "Kommunestyret"})
    assert Plangjennomgang.objects.get().organ_ord == "Kommunestyret"


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"dato": "1.9.2026"}, "gruppe"),
        ({"dato": "1.9.2199", "organ_ord": "Politirådet"}, "dato"),
        ({"dato": "", "organ_ord": "Politirådet"}, "dato"),
        ({"dato": "31.6.2026", "organ_ord": "Politirådet"}, "dato"),
        ({"dato": "1.9.2026", "organ_ord": "Gjelder 01010112377"}, "organ_ord"),
        ({"dato": "1.9.2026", "organ_ord": "x" * 100_000}, "organ_ord"),
        ({"dato": "1.9.2026", "gruppe": "999999"}, "gruppe"),
    ],
)
def test_en_gjennomgang_som_ikke_kan_lagres_sier_hvorfor_ved_feltet(som, plan, felter, felt):
    svar = som("koordinator").post(sti(plan, "gjennomgang"), felter)
    assert list(svar.context["form"].errors) == [felt]
    assert not Plangjennomgang.objects.exists()


def test_en_fremmed_gruppe_gar_ikke_gjennom_planen(som, plan, rollebesetning):
    fremmed = GruppeFactory(samarbeid=rollebesetning.fremmed)
    svar = som("koordinator").post(sti(plan, "gjennomgang"), {"dato": "1.9.2026", "gruppe": fremmed.pk})
    assert list(svar.context["form"].errors) == ["gruppe"]
    with pytest.raises(Regelbrudd):
        gjennomga(plan, dato=i_dag(), pr=i_dag(), gruppe=fremmed)


def test_planens_fakta_endres(som, plan, rollebesetning):
    felter = {"navn": "Ny plan", "revisjon_maneder": "12", "vedtas_av": rollebesetning.gruppe.pk, "utarbeides_av": ""}
    assert som("koordinator").post(sti(plan, "rediger"), felter).status_code == 302
    plan.refresh_from_db()
    assert (plan.navn, plan.revisjon_maneder, plan.vedtas_av) == ("Ny plan", 12, rollebesetning.gruppe)
    assert plan.history.count() == 2


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"navn": ""}, "navn"),
        ({"navn": "x" * 100_000}, "navn"),
        ({"revisjon_maneder": "0"}, "revisjon_maneder"),
        ({"revisjon_maneder": "1000"}, "revisjon_maneder"),
        ({"revisjon_maneder": "to år"}, "revisjon_maneder"),
    ],
)
def test_planens_fakta_som_ikke_kan_lagres_sier_hvorfor_ved_feltet(som, plan, felter, felt):
    svar = som("koordinator").post(sti(plan, "rediger"), {"navn": "Ny plan", **felter})
    assert list(svar.context["form"].errors) == [felt]


def test_bare_koordinatoren_ser_knappene(som, plan):
    for navn, ventet in (("koordinator", True), ("medlem", False)):
        side = som(navn).get(plan.get_absolute_url()).content.decode()
        assert (sti(plan, "gjennomgang") in side) is ventet


def test_sidene_sper_hoyst_tolv_ganger(som, plan, django_assert_max_num_queries):
    GruppeFactory.create_batch(3, samarbeid=plan.samarbeid)
    nettleser = som("koordinator")
    for navn in ("rediger", "gjennomgang"):
        with django_assert_max_num_queries(12):
            assert nettleser.get(sti(plan, navn)).status_code == 200
