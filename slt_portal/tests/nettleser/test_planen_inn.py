"""A coordinator with the plan as a file brings it in: few pages, few presses, and nothing is saved on the way."""

import pytest
from playwright.sync_api import expect

from slt_portal.tests.nettleser.besok import MOBIL, PC
from tiltak.tests.planfiler import som_byte, word

pytestmark = [pytest.mark.nettleser, pytest.mark.tjenester]

PLAN = som_byte(
    word(
        [
            ["Tiltak", "Ansvar", "Frist"],
            [["Forebyggende undervisning", "Temadag", "Foreldremøte"], "Rektor, Lia skole og politiet", "årlig"],
            ["Nattevandring", "FAU, natteravnene m.fl.", "hver 17. mai"],
        ]
    )
)


def se_over(ett):
    funn = []
    for bredde, mork in ((PC, False), (MOBIL, False), (MOBIL, True)):
        ett.bredde(bredde)
        ett.mork(mork)
        funn += [f"{bredde}: {feil}" for feil in [ett.for_bred(), *ett.brudd()] if feil]
    ett.bredde(PC)
    ett.mork(False)
    return funn


def test_planen_kommer_inn_pa_fire_sider_og_seks_trykk(besok):
    ett = besok("rana")
    side = ett.ga_til("/rana/planer/")
    side.get_by_role("link", name="Les inn planen fra Word eller Excel").click()
    side.get_by_label("Fila med planen").set_input_files(
        {"name": "plan.docx", "mimeType": "application/octet-stream", "buffer": PLAN}
    )
    side.get_by_role("button", name="Les planen").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Se over planen")
    assert se_over(ett) == []
    side.get_by_role("button", name="Lag enheter av alle som ikke er funnet").click()
    side.reload()
    expect(side.get_by_label("«FAU»")).to_have_value("ny")
    side.get_by_role("button", name="Se hva som legges inn").click()
    expect(side.get_by_role("button", name="Legg inn 2 tiltak")).to_be_visible()
    expect(side.get_by_text("Skole, Lia skole, FAU, Natteravnene")).to_be_visible()
    assert se_over(ett) == []
    side.go_back()
    expect(side.get_by_label("«FAU»")).to_have_value("ny")
    ett.ga_til("/rana/planer/importer/")
    side.get_by_role("button", name="Forkast").click()
    expect(side.get_by_text("Ingenting er lagt inn i planen.")).to_be_visible()
    assert ett.feil == []


def test_cellene_folger_med_nar_en_tabell_limes_inn(besok):
    """Plain text loses which cell a line stood in; the clipboard's HTML does not."""
    ett = besok("rana")
    side = ett.ga_til("/rana/planer/importer/")
    lim = """([html, tekst]) => {
        const felt = document.querySelector('textarea[name=tekst]'), data = new DataTransfer()
        data.setData('text/html', html); data.setData('text/plain', tekst)
        felt.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}))
        felt.value = tekst
        felt.dispatchEvent(new InputEvent('input', {bubbles: true}))
    }"""
    html = "<table><tr><td>Tiltak<td>Ansvar</tr><tr><td><p>Kurs</p><p>For alle</p><td>Skole</tr></table>"
    side.evaluate(lim, [html, "Tiltak\tAnsvar\nKurs\nFor alle\tSkole"])
    side.get_by_role("button", name="Les planen").click()
    expect(side.get_by_role("row", name="Kurs")).to_contain_text("For alle")
    ett.ga_til("/rana/planer/importer/")
    side.get_by_role("button", name="Forkast").click()
    assert ett.feil == []
