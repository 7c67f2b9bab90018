"""The table of the source, pasted as it stands, becomes what the example holds: by the general rules alone."""

from pathlib import Path

import pytest

from felles.tid import naa
from organisering.models import Person, Samarbeid
from tiltak.lesing import les_tekst
from tiltak.models import Tiltak
from tiltak.rules.importen.sjekk import lag_sjekk
from tiltak.rules.parter import parter
from tiltak.services import importer, ta_imot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eksemplene")]

KILDE = (Path(__file__).parent / "kilder" / "nordre-land-handlingsplan-2022-2025.txt").read_text(encoding="utf-8")
TABELLEN = KILDE[KILDE.index("Tiltak\tAnsvar") : KILDE.index("Styringsgruppa har det overordnede rådgivende")]
RETTET = {"LT": "SLT"}  # the one slip of the keys that the example has put right in the plan's words


def innhold(tiltak):
    """All that a measure says, but for its plan."""
    felter = (
        "nummer",
        "tittel",
        "beskrivelse",
        "tidsrom",
        "start",
        "slutt",
        "frist",
        "rytme",
        "rytme_maned",
        "rytme_dag",
    )
    ansvar = [
        (
            RETTET.get(ett.kildeord, ett.kildeord), ett.slag, ett.enhet_id, ett.funksjon, ett.gruppe_id, ett.plass_id,
            ett.koordinatorpost_id, ett.apen_med_vilje, ett.rekkefolge,
        )
        for ett in tiltak.ansvar.all()
    ]  # fmt: skip
    return [getattr(tiltak, felt) for felt in felter], [punkt.tekst for punkt in tiltak.delpunkter.all()], ansvar


@pytest.mark.parametrize("limt", [TABELLEN, KILDE], ids=["tabellen", "hele dokumentet"])
def test_tabellen_limt_inn_gir_de_16_tiltakene_i_eksemplet(limt):
    samarbeid = Samarbeid.objects.get(slug="nordre-land")
    fasit = list(Tiltak.objects.filter(samarbeid=samarbeid).order_by("nummer"))
    av, dagen = Person.objects.create(navn="Koordinator"), naa()
    kladd = ta_imot(samarbeid, tabeller=les_tekst(limt), form="limt", av=av, naa=dagen, plannavn="Limt inn")
    sjekk = lag_sjekk(kladd, parter(samarbeid, dagen.date()), {}, dagen.date())
    assert (sjekk.feil, sjekk.uavklarte, sjekk.nye_enheter) == ([], ["0-24"], [])
    plan = importer(kladd, sjekk.med, av=av, naa=dagen)
    lest = list(Tiltak.objects.filter(plan=plan).order_by("nummer"))
    assert [innhold(ett) for ett in lest] == [innhold(ett) for ett in fasit]
    assert len(lest) == 16
