"""The plan as files: the same words in the same order as on the page, in a PDF that all can read and a Word file."""

import base64
import datetime as dt
import io
import re
import subprocess

import pdfua
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from tiltak.exports.planfil import planfil, planpdf, planword
from tiltak.factories import (
    AnsvarFactory,
    DelpunktFactory,
    HandlingsplanFactory,
    PlandelFactory,
    PlanutgaveFactory,
    TiltakFactory,
)

pytestmark = pytest.mark.django_db
PR = dt.date(2026, 11, 24)
PRIKK = base64.b64decode(  # a picture of one dot
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def utgave(rollebesetning):
    plan = HandlingsplanFactory(samarbeid=rollebesetning.samarbeid, tema="Trygg oppvekst")
    utgave = PlanutgaveFactory(
        plan=plan, tittel="Handlingsplan æøå", periode_fra=dt.date(2026, 1, 1), vedtatt_utenfor=True, hovednummer=1
    )
    tiltak = TiltakFactory(plan=plan, tittel="Natteravner", rytme="arlig", rytme_maned=5, rytme_dag=17)
    AnsvarFactory(tiltak=tiltak, kildeord="Parken")
    DelpunktFactory(tiltak=tiltak, tekst="Hver fredag")
    for nr, felter in enumerate(
        [
            {"slag": "tekst", "overskrift": "Bakgrunn", "tekst": "Første avsnitt.\n\nAndre #avsnitt* [med] $tegn$."},
            {"slag": "gruppe", "gruppe": rollebesetning.gruppe, "overskrift": "", "dybde": 2},
            {"slag": "tiltak", "overskrift": "Tiltakene"},
        ]
    ):
        PlandelFactory(utgave=utgave, rekkefolge=nr, **felter)
    return utgave


def pdfens_ord(innhold):
    return re.sub(r"\s+", " ", " ".join(side.extract_text() for side in PdfReader(io.BytesIO(innhold)).pages))


def test_pdfen_har_forside_innhold_deler_og_tabell_i_planens_rekkefolge(utgave):
    tekst = pdfens_ord(planpdf(utgave, PR))
    rekkefolge = [
        "Handlingsplan æøå", "Trygg oppvekst", "Gjelder fra 1. januar 2026", "Vedtatt før portalen", "Innhold",
        "Første avsnitt.", "Andre #avsnitt* [med] $tegn$.", "Ansvar", "Frist", "Natteravner", "Hver fredag", "Parken",
        "Hvert år, 17. mai",
    ]  # fmt: skip
    steder = [tekst.replace("\u00a0", " ").find(ord_) for ord_ in rekkefolge]
    assert -1 not in steder, dict(zip(rekkefolge, steder, strict=True))
    assert steder[:7] == sorted(steder[:7])


def test_pdfen_er_merket_og_pa_samarbeidets_malform(utgave):
    utgave.samarbeid.malform = "nn"
    dokument = PdfReader(io.BytesIO(planpdf(utgave, PR)))
    assert dokument.root_object["/Lang"] == "nn-NO"
    assert dokument.root_object["/MarkInfo"]["/Marked"]
    assert "Vedteken" in pdfens_ord(planpdf(utgave, PR))


def test_en_leser_uten_syn_finner_alt_hun_trenger(utgave, tmp_path):
    """What a program can check of PDF/UA: tags, reading order, language, title, headings, tables."""
    fil = tmp_path / "plan.pdf"
    fil.write_bytes(planpdf(utgave, PR))
    assert pdfua.validate(fil).findings == ()


@pytest.mark.tjenester
def test_wordfila_apnes_av_et_annet_program_og_sier_det_samme(utgave, tmp_path):
    fil = tmp_path / "plan.docx"
    fil.write_bytes(planword(utgave, PR))
    profil = f"-env:UserInstallation=file://{tmp_path}/profil"
    subprocess.run(
        ["soffice", profil, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(fil)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    tekst = pdfens_ord((tmp_path / "plan.pdf").read_bytes())
    for ord_ in ("Handlingsplan æøå", "Innhold", "Andre #avsnitt* [med] $tegn$.", "Natteravner", "Parken"):
        assert ord_ in tekst


def test_wordfila_har_ekte_overskrifter_lister_og_gjentatt_tabellhode(utgave):
    fil = Document(io.BytesIO(planword(utgave, PR)))
    assert [(a.style.name, a.text) for a in fil.paragraphs if a.style.name.startswith("Heading")] == [
        ("Heading 1", "Bakgrunn"),
        ("Heading 2", str(utgave.deler.get(slag="gruppe").gruppe)),
        ("Heading 1", "Tiltakene"),
    ]
    [tabell] = fil.tables
    assert [[celle.text for celle in rad.cells] for rad in tabell.rows] == [
        ["Tiltak", "Ansvar", "Frist"],
        ["Natteravner\nHver fredag", "Parken", "Hvert år, 17.\u00a0mai"],
    ]
    assert tabell.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert tabell.rows[1].cells[0].paragraphs[1].style.name == "List Bullet"
    assert (fil.core_properties.title, fil.core_properties.language) == ("Handlingsplan æøå", "nb-NO")


def test_logoen_star_pa_forsida_med_ord_og_en_odelagt_fil_stanser_ingenting(utgave):
    utgave.samarbeid.logo.save("logo.png", ContentFile(PRIKK))
    assert "/XObject" in PdfReader(io.BytesIO(planpdf(utgave, PR))).pages[0]["/Resources"]
    assert len(Document(io.BytesIO(planword(utgave, PR))).inline_shapes) == 1
    utgave.samarbeid.logo.save("logo.svg", ContentFile(b"<svg onload='x'/>"))
    assert pdfens_ord(planpdf(utgave, PR))
    utgave.samarbeid.logo.storage.delete(utgave.samarbeid.logo.name)
    assert pdfens_ord(planpdf(utgave, PR))


def test_samme_innhold_har_samme_avtrykk_og_en_endring_gir_et_nytt(utgave):
    forst = planfil(utgave, PR, "pdf")
    assert planfil(utgave, PR, "pdf").avtrykk == forst.avtrykk
    assert forst.lag() == forst.lag()
    TiltakFactory(plan=utgave.plan, tittel="Et til")
    assert planfil(utgave, PR, "pdf").avtrykk != forst.avtrykk


@pytest.mark.parametrize(("endelse", "start"), [("pdf", b"%PDF-1.7"), ("docx", b"PK")])
def test_alle_kan_laste_ned_den_vedtatte_planen_og_far_304_nar_de_har_den(client, utgave, endelse, start):
    sti = reverse(f"offentlig_plan_{endelse}", args=[utgave.samarbeid.slug])
    svar = client.get(sti)
    assert svar.content.startswith(start)
    assert f"-1.0.{endelse}" in svar["Content-Disposition"]
    assert client.get(sti, headers={"If-None-Match": svar["ETag"]}).status_code == 304
    utgave.vedtatt_utenfor = False
    utgave.vedtatt = None
    utgave.save()
    assert client.get(sti).status_code == 404
    assert client.get(f"{sti}?plan=9'").status_code == 404


def test_et_utkast_kan_lastes_ned_av_dem_som_er_inne(som, utgave):
    utgave.vedtatt_utenfor = False
    utgave.save()
    sti = reverse("tiltak:utgave_pdf", args=[utgave.samarbeid.slug, utgave.pk])
    assert "Utkast. Ikke vedtatt." in pdfens_ord(som("medlem").get(sti).content)
    assert som("utlogget").get(sti).status_code == 302


def test_hundre_tiltak_gar_over_flere_sider_med_hodet_pa_hver(utgave):
    for nr in range(100):
        AnsvarFactory(
            tiltak=TiltakFactory(plan=utgave.plan, nummer=nr, tittel=f"Tiltak nummer {nr} med en lang tittel")
        )
    sider = PdfReader(io.BytesIO(planpdf(utgave, PR))).pages
    med_tiltak = [tekst for side in sider if "Tiltak nummer" in (tekst := side.extract_text())]
    assert len(med_tiltak) > 3
    assert all("Ansvar" in tekst for tekst in med_tiltak)
