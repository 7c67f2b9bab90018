"""The measuring: its keys are fixed points, it leaves nothing behind, and production knows nothing of its floor."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import NoReverseMatch, resolve, reverse

from felles.tid import i_dag
from moter.factories import MoteFactory, SakFactory, VedtakFactory
from organisering.factories import EnhetFactory, GruppeFactory, SamarbeidFactory
from organisering.models import Person
from slt_portal.ytelse.adresser import adresser, sider
from slt_portal.ytelse.maling import Tjener, teller
from slt_portal.ytelse.roller import sporrere
from tiltak.factories import AnsvarFactory, PlanutgaveFactory, TiltakFactory
from varsling.models import Epost, Kjoring, Varsel

pytestmark = pytest.mark.django_db


def mal(**valg: Any) -> dict[str, Any]:
    ut = StringIO()
    call_command("mal_ytelse", json=True, runder=1, stdout=ut, **valg)
    svar: dict[str, Any] = json.loads(ut.getvalue())
    return svar


@pytest.fixture
def samarbeid() -> Any:
    ett = SamarbeidFactory()
    TiltakFactory(samarbeid=ett, plan__samarbeid=ett)
    MoteFactory(gruppe=GruppeFactory(samarbeid=ett))
    return ett


def test_noklene_er_de_avtalte(samarbeid: Any) -> None:
    svar = mal(sider=f"/{samarbeid.slug}/grupper/")
    assert list(svar) == ["gulv_ms", "sider", "jobber"]
    side = ["url", "rolle", "sporringer", "cpu_ms", "p95", "byte", "byte_komprimert", "mot_gulv"]
    assert [list(rad) for rad in svar["sider"]] == [side] * len(svar["sider"])
    jobb = ["jobb", "sekunder", "sporringer", "enheter_i_sekundet", "minne_mb"]
    assert [list(rad) for rad in svar["jobber"]] == [jobb] * len(svar["jobber"])
    assert {rad["jobb"] for rad in svar["jobber"]} >= {"varsling.tasks.lever", "moter.tasks.varsle_motehyppighet"}


def test_hver_rolle_far_sine_sider_og_ingen_stiller_mer_enn_tolv_sporringer(samarbeid: Any) -> None:
    """Every page of the URLconf, also one that is made tomorrow; Django admin may ask 25."""
    mote, tiltak = samarbeid.moter.get(), samarbeid.tiltak.get()
    VedtakFactory(sak=SakFactory(mote=mote, gruppe=mote.gruppe), mote=mote, gruppe=mote.gruppe)
    PlanutgaveFactory(plan=tiltak.plan)
    AnsvarFactory(tiltak=tiltak, enhet=EnhetFactory(samarbeid=samarbeid))
    portal, for_mange = Tjener(), []
    roller: dict[str, set[str]] = {}
    for sporrer in sporrere(samarbeid, i_dag()):
        for side in sider(sporrer, samarbeid, i_dag())[0]:
            with teller() as sporringer:
                svar = portal.hent(side.url, sporrer.okt)
            if svar.status_code == 200:
                roller.setdefault(side.url, set()).add(sporrer.rolle)
            if sporringer.antall > (25 if side.url.startswith("/admin/") else 12):
                for_mange.append((side.rute, sporrer.rolle, sporringer.antall))
    assert for_mange == []
    assert roller[f"/{samarbeid.slug}/"] == {"koordinator", "medlem", "leser", "utlogget"}
    assert roller[f"/{samarbeid.slug}/oversikt/"] == {"koordinator"}
    assert roller[f"/{samarbeid.slug}/tiltak/{tiltak.pk}/"] == {"koordinator", "medlem", "leser"}
    assert roller[f"/{samarbeid.slug}/moter/{mote.pk}/"] == {"koordinator", "medlem"}


def test_databasen_er_som_for(samarbeid: Any) -> None:
    mal(sider=f"/{samarbeid.slug}/enheter/")
    assert [modell.objects.count() for modell in (Person, Epost, Varsel, Kjoring)] == [0, 0, 0, 0]


def test_gulvet_finnes_ikke_i_portalens_adresser() -> None:
    assert "gulv" not in {adresse.navn for adresse in adresser()}
    with pytest.raises(NoReverseMatch):
        reverse("gulv")
    assert resolve("/gulv/").url_name == "samarbeid"


def test_sier_fra_nar_det_ikke_er_noe_a_male() -> None:
    with pytest.raises(CommandError, match="Fant ikke samarbeidet"):
        mal()
