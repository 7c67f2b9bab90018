"""A member reads the day's mail on a phone, and answers from it in two presses, without an account."""

import re

import pytest
from playwright.sync_api import expect

from slt_portal.tests.nettleser.besok import MOBIL

pytestmark = [pytest.mark.nettleser, pytest.mark.tjenester]

HOYEST = 30_000  # bytes over the wire, everything included
# The mail as the portal writes it: two questions, to a member with a seat.
LAG_BREVET = """
import datetime as dt, django; django.setup()
from felles.tid import naa
from moter.models import Mote
from organisering.models import Person
from tiltak.models import Tiltak
from varsling.models import Svarlenke, Varsel
from varsling.services.samlebrev import Samlebrev
person = Person.objects.get(epost="politikontakt@nordre-land.example")
plass = person.medlemskap.select_related("plass__gruppe").first().plass
tiltak = Tiltak.objects.get(samarbeid=plass.samarbeid_id, nummer=2)
mote = Mote.objects.create(
    samarbeid=plass.samarbeid, gruppe=plass.gruppe, sted="Parken",
    start=naa() + dt.timedelta(days=200), slutt=naa() + dt.timedelta(days=200, hours=1),
)
varsler = [
    Varsel.objects.create(
        samarbeid=plass.samarbeid, person=person, nokkel=f"prove:{formal}", regel=formal, formal=formal,
        objekt_id=om.pk, gjelder=gjelder, hvorfor="«Benytte bekymringssamtaler»\\nHandlingsplanen",
    )
    for formal, om, gjelder in (("status", tiltak, "Hvordan går det?"), ("mote", mote, "Kommer du?"))
]
brev = Samlebrev(varsler, naa().date())
epost = brev.skriv()
epost.straks, epost.tilstand, epost.sendt = True, "sendt", naa()
epost.save()
Varsel.objects.filter(pk__in=[v.pk for v in varsler]).update(epost=epost)
Svarlenke.objects.bulk_create(brev.lenker)
print(epost.html)
"""


def test_to_trykk_fra_e_posten_til_kvitteringen_og_videre_til_neste(besok, portalen):
    ett = besok(bredde=MOBIL)
    side = ett.side
    side.set_content(portalen.kjor("-c", LAG_BREVET))
    assert ett.for_bred() == ""
    knapper = [knapp.bounding_box() for knapp in side.locator(".knapp").all()]
    assert len(knapper) == 6
    assert min(boks["height"] for boks in knapper) >= 44
    assert min(boks["width"] for boks in knapper) > 300

    side.get_by_role("link", name="Trenger hjelp").click()
    expect(side.get_by_role("heading", name="Hvordan går det?")).to_be_visible()
    assert ett.vekt < HOYEST
    assert [ett.for_bred(), *ett.brudd()] == [""]
    side.get_by_role("button", name="Send status").click()

    expect(side.get_by_role("heading", name="Takk! Status er sendt")).to_be_visible()
    expect(side.get_by_text("Trenger hjelp, koordinatoren tar kontakt.")).to_be_visible()
    expect(side.get_by_text("1 igjen")).to_be_visible()
    assert [ett.for_bred(), *ett.brudd()] == [""]
    side.locator("summary").click()
    side.get_by_label("Fortell mer").fill("To samtaler venter.")
    side.get_by_role("button", name="Send teksten").click()
    expect(side.get_by_text("To samtaler venter.").first).to_be_visible()

    side.get_by_role("link", name="Jeg kan ikke").click()
    side.get_by_role("button", name="Send svaret").click()
    expect(side.get_by_text("Du kan ikke.")).to_be_visible()
    ett.mork()
    assert ett.brudd() == []
    side.get_by_role("button", name=re.compile("Angre")).click()
    expect(side.get_by_role("link", name="Jeg kommer")).to_be_visible()
    assert side.context.cookies() == []
    assert ett.feil == []


def test_en_lenke_som_ikke_virker_sier_det(besok):
    ett = besok(bredde=MOBIL)
    side = ett.ga_til("/svar/oppdiktet.lenke/")
    expect(side.get_by_role("heading", name="Lenka virker ikke")).to_be_visible()
    assert [ett.for_bred(), *ett.brudd()] == [""]
    ett.feil = [feil for feil in ett.feil if "404" not in feil]
    assert ett.feil == []
