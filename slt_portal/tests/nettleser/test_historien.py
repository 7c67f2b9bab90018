"""The main job, from an overdue plan to letters in the mailbox, as the people of one municipality do it."""

import datetime as dt
import json
import re

import pytest
from playwright.sync_api import expect

from felles.tid import i_dag
from slt_portal.bilder import logg_inn
from slt_portal.tests.jobber import vent, worker
from slt_portal.tests.nettleser.besok import MOBIL, PC, Besok
from slt_portal.tests.nettleser.conftest import PASSORD, PERSONER

pytestmark = [pytest.mark.nettleser, pytest.mark.tjenester]

STYRING, KOORDINERING = "Styringsgruppe/politiråd", "Koordineringsgruppe"
ORDFORER = "ordforer@nordre-land.example"
BREV = [PERSONER["koordinator"], ORDFORER, PERSONER["politikontakt"]]
PLANLEGG = """
from felles.tid import naa
from organisering.models import Samarbeid
from slt_portal.varsling import PLANER
from varsling.services import kjor
Samarbeid.objects.update(stille_helg=False, stille_helligdag=False, stille_juli=False)
for jobb, plan in PLANER.items():
    kjor(jobb, naa(), plan)
"""
BE_OM_BREV = """
import django
django.setup()
from django.conf import settings
from slt_portal.celery import app
app.send_task("varsling.tasks.samle", args=[settings.PLANJOBBER])
app.send_task("varsling.tasks.lever")
"""


def dato(dag: dt.date) -> str:
    return f"{dag.day}.{dag.month}.{dag.year}"


def ny_sak(side, tittel: str, forslag: str) -> None:
    side.get_by_role("link", name="Ny sak på lista").first.click()
    side.get_by_label("Tittel").fill(tittel)
    side.get_by_label("Slag", exact=True).select_option(label="Beslutning")
    side.get_by_label("Forslag til vedtak").fill(forslag)
    side.get_by_role("button", name="Sett saken på lista").click()
    expect(side.get_by_role("heading", name=tittel)).to_be_visible()


def planlegg_motet_som_mangler(side) -> None:
    ting = side.get_by_role("listitem").filter(has=side.get_by_role("heading", name=f"{STYRING} mangler ett møte"))
    expect(ting).to_contain_text("Styringsgruppa (politirådet) har minst ett møte i halvåret.")
    expect(ting.get_by_role("button", name=re.compile(r"^Sett opp \w+dag \d+\."))).to_be_visible()
    ting.get_by_role("link", name="Velg en annen tid").click()
    side.get_by_label("Dato").fill(dato(i_dag() + dt.timedelta(days=6)))
    side.get_by_role("button", name="Sett opp møtet").click()
    expect(side.get_by_role("heading", level=1)).to_contain_text(STYRING)
    ny_sak(side, "Ungdata 2026", "Resultatene følges opp i planen.")


def hold_et_mote(side) -> None:
    side.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Møter").click()
    side.get_by_role("link", name="Registrer et møte som er holdt").click()
    side.get_by_role("main").get_by_role("link", name=KOORDINERING).click()
    side.get_by_label("Dato").fill(dato(i_dag() - dt.timedelta(days=1)))
    side.get_by_role("button", name="Registrer møtet som holdt").click()
    ny_sak(side, "Foreldrekveld om nettvett", "Foreldrekvelden holdes.")
    ny_sak(side, "Ungdommens kulturmønstring", "Arrangementet støttes.")
    side.get_by_role("link", name="Før vedtak og notater").click()
    side.get_by_role("checkbox", name="Politikontakt").check()
    side.get_by_role("button", name="Lagre oppmøtet").click()
    expect(side.get_by_role("status")).to_contain_text("Oppmøtet er lagret: 1 til stede.")


def vedta_og_loft(side) -> None:
    side.get_by_label("Beløp i kroner").fill("kr 4.000,-")
    side.get_by_role("button", name="Vedtatt som foreslått").click()
    expect(side.get_by_role("status")).to_contain_text("Vedtatt. Saken er ført.")
    side.get_by_role("navigation", name="Andre saker").get_by_role("link", name="Ungdommens").click()
    expect(side.get_by_text("kr 6 000 igjen av kr 10 000")).to_be_visible()

    side.get_by_label("Beløp i kroner").fill("7000")
    side.get_by_role("button", name="Vedtatt som foreslått").click()
    avslag = side.get_by_role("alert")
    for ord_ in ("kr 10 000", "kr 4 000", "kr 6 000", STYRING):
        expect(avslag).to_contain_text(ord_)
    avslag.get_by_role("button", name=f"Tilrå, og legg saken på sakslista til {STYRING}").click()
    expect(side.get_by_role("status")).to_contain_text(f"Saken er tilrådd og ligger nå hos {STYRING}.")
    side.get_by_role("link", name="Se møtet").click()
    expect(side.get_by_role("heading", level=1)).to_contain_text(STYRING)
    expect(side.get_by_role("heading", name="Ungdommens kulturmønstring")).to_be_visible()


def meld_at_det_trengs_hjelp(side) -> None:
    """Two presses; the words between are the member's own choice."""
    side.get_by_role("link", name=re.compile("^Trenger hjelp.*Benytte bekymringssamtaler")).click()
    side.get_by_label("Vil du si noe mer?").fill("Vi mangler en voksen til på onsdager.")
    side.get_by_role("button", name="Send status").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Takk! Status er sendt")


def test_fra_en_plan_over_fristen_til_brevene_er_levert(ny_portal, kasse, chromium):
    def apne(rolle: str, bredde: int) -> Besok:
        nettleser = chromium.new_context(viewport={"width": bredde, "height": 800}, locale="nb-NO")
        ett = Besok(nettleser.new_page(), ny_portal.adresse)
        logg_inn(ett.side, ett.adresse, PERSONER[rolle], PASSORD)
        return ett

    koordinator = apne("koordinator", PC)
    side = koordinator.side
    side.get_by_role("link", name="Til oversikten").click()
    plan = side.get_by_role("listitem").filter(has=side.get_by_role("heading", name=re.compile("^Handlingsplan SLT")))
    expect(plan).to_contain_text("gikk ut 31. desember 2025")
    expect(plan).to_contain_text("dager over fristen")
    planlegg_motet_som_mangler(side)
    hold_et_mote(side)
    vedta_og_loft(side)

    medlem = apne("politikontakt", MOBIL)
    meld_at_det_trengs_hjelp(medlem.side)
    assert (medlem.for_bred(), medlem.brudd()) == ("", [])

    side.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Oversikt").click()
    expect(side.get_by_role("heading", name=re.compile("Trenger hjelp: Benytte bekymringssamtaler"))).to_be_visible()
    expect(side.get_by_text("Vi mangler en voksen til på onsdager.")).to_be_visible()
    uker = side.get_by_role("region", name="Neste fire uker")
    expect(uker.get_by_role("link", name=STYRING)).to_be_visible()

    ny_portal.kjor("manage.py", "shell", "-v0", "-c", PLANLEGG)
    ny_portal.kjor("-c", BE_OM_BREV)
    with worker(ny_portal.miljo):
        vent(lambda: kasse.til(BREV) == sorted(BREV))
    assert kasse.til(BREV) == sorted(BREV)
    brev = kasse.tekst(PERSONER["koordinator"])
    assert "Planen skulle vært revidert" in brev
    assert STYRING in kasse.tekst(ORDFORER)
    igjen = json.loads(ny_portal.kjor("manage.py", "kjor_varsling", "--json"))
    assert (igjen["levert"], igjen["feilet"]) == (0, 0)

    koordinator.ga_til(re.search(rf"{ny_portal.adresse}(/\S+/planer/\S+)", brev)[1])
    expect(side.get_by_role("heading", level=1)).to_contain_text("Handlingsplan SLT")
    assert koordinator.feil + medlem.feil == []
