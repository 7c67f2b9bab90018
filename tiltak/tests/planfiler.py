"""Files with plans in them, made by the libraries themselves. The municipalities are made up."""

import io
import zipfile

from docx import Document
from openpyxl import Workbook


def word(*deler):
    """A document: a text is a heading, a list of rows a table. A cell may be a list: its first is a paragraph, the rest
    are bullets."""
    dokument = Document()
    for del_ in deler:
        if isinstance(del_, str):
            dokument.add_heading(del_, 2)
            continue
        tabell = dokument.add_table(0, len(del_[0]))
        for rad in del_:
            for celle, innhold in zip(tabell.add_row().cells, rad, strict=True):
                forst, *punkter = innhold if isinstance(innhold, list) else [innhold]
                celle.text = forst
                for punkt in punkter:
                    celle.add_paragraph(punkt, style="List Bullet")
    return dokument


def som_byte(dokument):
    strom = io.BytesIO()
    dokument.save(strom)
    return strom.getvalue()


def bok(*ark, flett=()):
    """A workbook: (name, rows) for each sheet; merged areas of the first."""
    arbeidsbok = Workbook()
    arbeidsbok.remove(arbeidsbok.active)
    for navn, rader in ark:
        side = arbeidsbok.create_sheet(navn)
        for rad in rader:
            side.append(rad)
    for omrade in flett:
        arbeidsbok.worksheets[0].merge_cells(omrade)
    return som_byte(arbeidsbok)


def zip_med(**deler):
    strom = io.BytesIO()
    with zipfile.ZipFile(strom, "w", zipfile.ZIP_DEFLATED) as arkiv:
        for navn, innhold in deler.items():
            arkiv.writestr(navn.replace("__", "/").replace("_xml", ".xml"), innhold)
    return strom.getvalue()


def pdf(rader, bredder=(260, 200), hoyde=40):
    """One page with a ruled table; each cell is the lines of its text."""
    tegn, topp = [], 780
    for nr, rad in enumerate(rader):
        y, x = topp - nr * hoyde, 50
        for bredde, linjer in zip(bredder, rad, strict=True):
            tegn.append(f"{x} {y - hoyde} {bredde} {hoyde} re S")
            for k, linje in enumerate(linjer):
                tekst = linje.encode("cp1252").decode("latin-1").replace("(", r"\(").replace(")", r"\)")
                tegn.append(f"BT /F 9 Tf {x + 4} {y - 12 - 11 * k} Td ({tekst}) Tj ET")
            x += bredde
    strom = "\n".join(tegn).encode("latin-1")
    deler = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(strom), strom),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    ut, plasser = b"%PDF-1.4\n", []
    for nr, del_ in enumerate(deler, start=1):
        plasser.append(len(ut))
        ut += b"%d 0 obj\n%s\nendobj\n" % (nr, del_)
    start = len(ut)
    ut += b"xref\n0 %d\n0000000000 65535 f \n" % (len(deler) + 1)
    ut += b"".join(b"%010d 00000 n \n" % plass for plass in plasser)
    return ut + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(deler) + 1, start)
