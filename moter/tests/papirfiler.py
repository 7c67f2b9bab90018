"""Small real files of each kind, made by the libraries that read them or part by part."""

import io
import zipfile

import docx
import openpyxl
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText

FNR = "01010750160"
ODF = "application/vnd.oasis.opendocument."


def word(*avsnitt: list[str]) -> bytes:
    """Each paragraph is its runs: word processors cut a word in pieces."""
    dokument = docx.Document()
    for biter in avsnitt:
        linje = dokument.add_paragraph()
        for bit in biter:
            linje.add_run(bit)
    return _lagret(dokument)


def excel(*celler: object) -> bytes:
    bok = openpyxl.Workbook()
    assert bok.active is not None
    bok.active.append(celler)
    return _lagret(bok)


def zip_av(deler: dict[str, bytes | str]) -> bytes:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv:
        for navn, innhold in deler.items():
            arkiv.writestr(navn, innhold)
    return ut.getvalue()


def powerpoint(tekst: str = "Hei", **deler: bytes) -> bytes:
    lysbilde = f"<p:sld><a:p><a:r><a:t>{tekst}</a:t></a:r></a:p></p:sld>"
    return zip_av({"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": lysbilde, **deler})


def odf(slag: str, innhold: str = "<text:p>Hei</text:p>", **deler: str) -> bytes:
    return zip_av({"mimetype": ODF + slag, "content.xml": f"<office:body>{innhold}</office:body>", **deler})


def bilde(form: str) -> bytes:
    ut = io.BytesIO()
    Image.new("RGB", (4, 4)).save(ut, form)
    return ut.getvalue()


def pdf(tekst: str = "Hei", *, passord: str = "", inni: bool = False, skript: bool = False) -> bytes:
    strom = f"BT /F1 12 Tf 20 100 Td ({tekst}) Tj ET"
    skriptet = "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert)>>]>>>>" if skript else ""
    objekter = [
        f"<</Type/Catalog/Pages 2 0 R{skriptet}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(strom)}>>stream\n{strom}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    ra = "%PDF-1.4\n" + "".join(f"{nr} 0 obj\n{en}\nendobj\n" for nr, en in enumerate(objekter, 1))
    skriver = PdfWriter(clone_from=io.BytesIO(f"{ra}trailer<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF".encode()))
    if passord:
        skriver.encrypt(passord)
    if inni:
        skriver.add_attachment("inni.txt", FNR.encode())
    ut = io.BytesIO()
    skriver.write(ut)
    return ut.getvalue()


def pdf_med_notat(tekst: str) -> bytes:
    skriver = PdfWriter(clone_from=io.BytesIO(pdf()))
    skriver.add_annotation(0, FreeText(text=tekst, rect=(10, 10, 100, 40)))
    ut = io.BytesIO()
    skriver.write(ut)
    return ut.getvalue()


def _lagret(dokument: object) -> bytes:
    ut = io.BytesIO()
    dokument.save(ut)  # type: ignore[attr-defined]
    return ut.getvalue()
