"""What a person chooses about mail is honoured, kind by kind; a coordinator's duties cannot be switched off."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import OSLO
from organisering.factories import PersonFactory, RolletildelingFactory, SamarbeidFactory
from slt_portal.varsling import REGLER
from varsling.models import Varsel, Varselvalg
from varsling.services import Ord, Paminnelse, planlegg, samle, velg

pytestmark = pytest.mark.django_db
ALLE = [regel.regel for regel in REGLER]
MANDAG = dt.datetime(2026, 11, 23, 6, tzinfo=OSLO)
TIRSDAG = MANDAG + dt.timedelta(days=1)


def sendes(regel: str, hyppighet: str, naa: dt.datetime, *, plikt: bool = False) -> int:
    """How many things of the kind stand in the person's mail that day."""
    samarbeid, person = SamarbeidFactory(), PersonFactory()
    velg(person, {regel: hyppighet})
    ting = Paminnelse(samarbeid.pk, person.pk, person.epost, "ting-1", "trinn", Ord("Noe"), plikt=plikt)
    planlegg(regel, [ting], samarbeid_ider=[samarbeid.pk], stille=(), naa=naa)
    Varsel.objects.update(opprettet=naa)
    return sum(ett.varsler for ett in samle(naa) if ett.adresse == person.epost)


@pytest.mark.parametrize("regel", ALLE)
def test_hvert_slag_folger_valget(regel):
    def alle(hyppighet: str, plikt: bool = False) -> list[int]:
        return [sendes(regel, hyppighet, naa, plikt=plikt) for naa in (MANDAG, TIRSDAG)]

    assert {hva: alle(hva) for hva in ("daglig", "ukentlig", "aldri")} == {
        "daglig": [1, 1],
        "ukentlig": [1, 0],
        "aldri": [0, 0],
    }
    assert alle("aldri", plikt=True) == [1, 1]


def test_siden_viser_alle_slag_og_lagrer(som):
    nettleser, sti = som("medlem"), reverse("varselvalg")
    side = nettleser.get(sti).content.decode()
    egne = [regel for regel in REGLER if not regel.bare_koordinator]
    assert "Hovedmeny" in side  # one Samarbeid: its menu stays
    assert all(str(regel.setning) in side for regel in egne)
    assert side.count('value="aldri"') == len(egne)

    valg = {regel.regel: "daglig" for regel in egne} | {"status": "aldri", "mote": "ukentlig"}
    assert nettleser.post(sti, valg).status_code == 302
    assert set(Varselvalg.objects.values_list("regel", "hyppighet")) == {("status", "aldri"), ("mote", "ukentlig")}
    nettleser.post(sti, valg | {"status": "daglig"})
    assert set(Varselvalg.objects.values_list("regel", "hyppighet")) == {("mote", "ukentlig")}


def test_en_koordinator_kan_ikke_sla_av(som):
    nettleser, sti = som("koordinator"), reverse("varselvalg")
    assert 'value="aldri"' not in nettleser.get(sti).content.decode()
    svar = nettleser.post(sti, dict.fromkeys(ALLE, "daglig") | {"mangler": "aldri"})
    assert svar.status_code == 200
    assert not Varselvalg.objects.exists()


def test_den_som_blir_koordinator_far_det_likevel(rollebesetning):
    person = rollebesetning["medlem"]
    velg(person, {"revisjon": "aldri"})
    RolletildelingFactory(samarbeid=rollebesetning.samarbeid, person=person)
    ting = Paminnelse(
        rollebesetning.samarbeid.pk, person.pk, person.epost, "plan-1", "forfalt", Ord("Planen"), plikt=True
    )
    plan = planlegg("revisjon", [ting], samarbeid_ider=[ting.samarbeid_id], stille=(), naa=MANDAG)
    assert len(plan.nye) == 1
