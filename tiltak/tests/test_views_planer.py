import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import i_dag
from tiltak.factories import (
    HandlingsplanFactory,
    MalFactory,
    MalgruppeFactory,
    PlandelFactory,
    PlanutgaveFactory,
    TiltakFactory,
)
from tiltak.models import Plangjennomgang

ORDLYD = "Planen skal revideres for hver toårs periode."


@pytest.fixture
def plan(rollebesetning):
    gruppe = rollebesetning.gruppe
    return HandlingsplanFactory(
        samarbeid=gruppe.samarbeid, navn="Handlingsplan SLT", revisjon_maneder=24, utarbeides_av=gruppe, ordlyd=ORDLYD
    )


@pytest.fixture
def les(som):
    return lambda url: som("medlem").get(url).content.decode()


def test_en_plan_som_skulle_vaert_revidert_sier_det_med_regelens_ord(plan, les):
    PlanutgaveFactory(plan=plan, periode_fra=dt.date(2018, 1, 1), periode_til=dt.date(2021, 12, 31))
    for url in (reverse("tiltak:plan_liste", args=[plan.samarbeid.slug]), plan.get_absolute_url()):
        side = les(url)
        assert "Revisjonen er forfalt" in side
        assert "Planen skulle vært revidert innen 31.\u00a0desember 2021" in side
        assert ORDLYD in side


def test_en_plan_uten_periode_er_ingen_alarm(plan, les):
    utgave = PlanutgaveFactory(plan=plan)
    side = les(plan.get_absolute_url())
    assert "Periode ikke oppgitt" in side
    assert "Perioden er ikke oppgitt" in side
    assert "forfalt" not in side
    assert "Når og av hvem er ikke oppgitt." in side
    assert "Ikke oppgitt" in les(utgave.get_absolute_url())


def test_plansida_viser_utgaver_mal_malgrupper_og_gjennomganger(plan, les):
    fra = i_dag() - dt.timedelta(days=30)
    PlanutgaveFactory(plan=plan, tittel="Gammel", hovednummer=1, avlost=fra, vedtatt=dt.date(2019, 4, 1))
    PlanutgaveFactory(plan=plan, tittel="Ny", hovednummer=2, periode_fra=fra, vedtatt=fra, vedtatt_av_ord="Rådet")
    PlanutgaveFactory(plan=plan, tittel="Neste", hovednummer=3, vedtatt_utenfor=False)
    MalFactory(samarbeid=plan.samarbeid, tekst="Trygge oppvekstmiljø")
    MalFactory(samarbeid=plan.samarbeid, plan=plan, tekst="Oversikt over ungdomsmiljøet", slag="delmal")
    MalFactory(samarbeid=plan.samarbeid, plan=HandlingsplanFactory(samarbeid=plan.samarbeid), tekst="Et annet mål")
    MalgruppeFactory(samarbeid=plan.samarbeid, tekst="Barn og unge")
    Plangjennomgang.objects.create(samarbeid=plan.samarbeid, plan=plan, dato=i_dag(), organ_ord="Kommunestyret selv")
    TiltakFactory(plan=plan)
    side = les(plan.get_absolute_url())
    for ord in ("Avløst", "Gjelder nå", "Utkast", "av Rådet", "Trygge oppvekstmiljø", "Oversikt over ungdomsmiljøet"):
        assert ord in side
    assert "Barn og unge" in side
    assert "Kommunestyret selv" in side
    assert "Ett tiltak" in side
    assert "Et annet mål" not in side


def test_utgavesida_viser_hele_planen(plan, les):
    utgave = PlanutgaveFactory(plan=plan)
    PlandelFactory(utgave=utgave, overskrift="Bakgrunn", tekst="Arbeidet begynte i 2010.")
    side = les(utgave.get_absolute_url())
    assert "Arbeidet begynte i 2010." in side
    assert "Den er ikke frosset." in side
