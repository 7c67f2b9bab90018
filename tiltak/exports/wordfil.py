"""A Word file, part by part, with python-docx. Knows how a plan looks in Word, and nothing of the plan."""

import datetime as dt
import io
from typing import IO, Any, Final

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BLEKK: Final = RGBColor(0x12, 0x24, 0x2A)
FJORD: Final = RGBColor(0x0B, 0x4A, 0x5A)
DEMPET: Final = RGBColor(0x43, 0x56, 0x5C)
SKRIFT: Final = "Calibri"  # stands on every machine with Word, and has a twin in LibreOffice
OVERSKRIFTER: Final = {1: 18, 2: 14, 3: 12}  # points
MARG: Final = Mm(25)
BREDDER: Final = (Mm(92), Mm(40), Mm(28))


class Wordfil:
    """One document."""

    def __init__(self, tittel: str, avsender: str, *, sprak: str, dato: dt.date) -> None:
        self.fil = Document()
        om = self.fil.core_properties
        om.title, om.author, om.language, om.comments = tittel, avsender, sprak, ""
        om.created = om.modified = dt.datetime.combine(dato, dt.time())
        self._stiler(sprak)
        seksjon = self.fil.sections[0]
        seksjon.page_width, seksjon.page_height = Mm(210), Mm(297)
        seksjon.left_margin = seksjon.right_margin = MARG
        seksjon.different_first_page_header_footer = True
        self._bunntekst(seksjon.footer.paragraphs[0], tittel)

    def forside(self, data: dict[str, Any], logo: bytes) -> None:
        """Logo, title, what it is about, when it holds and who adopted it; then a new page."""
        if logo:
            bilde = self.fil.add_paragraph().add_run().add_picture(io.BytesIO(logo), height=Mm(22))
            bilde._inline.docPr.set("descr", data["logo_ord"])
        self._linje(data["avsender"], farge=DEMPET, for_=Mm(60))
        self.fil.add_paragraph(data["tittel"], style="Title")
        if data["undertittel"]:
            self.fil.add_paragraph(data["undertittel"], style="Subtitle")
        self._linje(data["gjelder"], for_=Mm(12))
        self._linje(data["vedtatt"])
        self._linje(data["utgave"], farge=DEMPET).add_run().add_break(WD_BREAK.PAGE)

    def innholdsliste(self, tittel: str, overskrifter: list[tuple[str, int]]) -> None:
        """A list of contents that Word can bring up to date; until then it shows the headings."""
        avsnitt = self.fil.add_paragraph(style="TOC Heading" if "TOC Heading" in self.fil.styles else None)
        avsnitt.add_run(tittel).bold = True
        vises = [overskrift for overskrift, dybde in overskrifter if overskrift and dybde <= 2]
        avsnitt = self.fil.add_paragraph()
        _felt(avsnitt, r'TOC \o "1-2" \h \z \u', "\n".join(vises))
        self.fil.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def del_(self, del_: dict[str, Any], data: dict[str, Any]) -> None:
        """One section, with its heading."""
        if del_["overskrift"]:
            self.fil.add_heading(del_["overskrift"], del_["dybde"])
        self._avsnitt(del_["tekst"])
        if del_["slag"] == "gruppe":
            self._liste(data["mandat_ord"], del_["punkter"], del_["avsnitt"])
            self._liste(data["medlemmer_ord"], del_["plasser"])
        elif del_["slag"] == "tiltak":
            self._tabell(del_, data)
        else:
            self._avsnitt(del_["avsnitt"])
            self._liste("", del_["punkter"])
        self._avsnitt(del_["etterord"])
        if del_["tom"]:
            self._linje(data["tomt_ord"], farge=DEMPET)

    def lagre(self, ut: IO[bytes]) -> None:
        """Writes the file."""
        self.fil.save(ut)

    def _avsnitt(self, tekster: list[str]) -> None:
        for tekst in tekster:
            self.fil.add_paragraph(tekst)

    def _liste(self, ledetekst: str, punkter: list[str], tekster: list[str] | None = None) -> None:
        if ledetekst and (punkter or tekster):
            self._linje(ledetekst, fet=True).paragraph_format.keep_with_next = True
        self._avsnitt(tekster or [])
        for punkt in punkter:
            self.fil.add_paragraph(punkt, style="List Bullet")

    def _linje(self, tekst: str, *, farge: RGBColor = BLEKK, fet: bool = False, for_: Any = None) -> Any:
        avsnitt = self.fil.add_paragraph()
        bit_ = avsnitt.add_run(tekst)
        bit_.font.color.rgb, bit_.bold = farge, fet or None
        if for_ is not None:
            avsnitt.paragraph_format.space_before = for_
        return avsnitt

    def _tabell(self, del_: dict[str, Any], data: dict[str, Any]) -> None:
        if not del_["tiltak"]:
            return
        med_frist = del_["har_frister"]
        hode = data["hode"] if med_frist else data["hode"][:2]
        tabell = self.fil.add_table(rows=1, cols=len(hode), style="Table Grid")
        tabell.autofit = False
        for celle, tekst in zip(tabell.rows[0].cells, hode, strict=True):
            celle.paragraphs[0].add_run(tekst).bold = True
        _merk(tabell.rows[0], "w:tblHeader")  # repeated on each page the table reaches, and read as its heading
        for linje in del_["tiltak"]:
            rad = tabell.add_row()
            _merk(rad, "w:cantSplit")
            _fyll(rad.cells, linje, data["ikke_oppgitt"], med_frist=med_frist)
        _bredder(tabell, BREDDER if med_frist else (BREDDER[0] + BREDDER[2], BREDDER[1]))
        self.fil.add_paragraph()

    def _stiler(self, sprak: str) -> None:
        stiler = self.fil.styles
        stiler["Normal"].font.name, stiler["Normal"].font.size = SKRIFT, Pt(11)
        stiler["Normal"].font.color.rgb = BLEKK
        stiler["Normal"].paragraph_format.space_after = Pt(6)
        for navn, storrelse in [
            ("Title", 32),
            ("Subtitle", 16),
            *((f"Heading {n}", p) for n, p in OVERSKRIFTER.items()),
        ]:
            stil = stiler[navn]
            stil.font.name, stil.font.size, stil.font.color.rgb = SKRIFT, Pt(storrelse), FJORD
            stil.font.italic = False
            skrift = stil.element.get_or_add_rPr().get_or_add_rFonts()
            for utenom in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                skrift.attrib.pop(qn(f"w:{utenom}"), None)
            skrift.set(qn("w:ascii"), SKRIFT)
            skrift.set(qn("w:hAnsi"), SKRIFT)
        for avsnitt in stiler["Title"].element.iter(qn("w:pBdr")):
            avsnitt.getparent().remove(avsnitt)
            break
        standard = stiler.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        merke = standard.find(qn("w:lang"))
        if merke is None:
            merke = OxmlElement("w:lang")
            standard.append(merke)
        merke.set(qn("w:val"), sprak)

    def _bunntekst(self, avsnitt: Any, tittel: str) -> None:
        bit_ = avsnitt.add_run(f"{tittel}\t\t")
        bit_.font.size, bit_.font.color.rgb = Pt(9), DEMPET
        _felt(avsnitt, "PAGE", "1")


def _fyll(celler: Any, linje: dict[str, Any], ikke_oppgitt: str, *, med_frist: bool) -> None:
    """One measure in its row."""
    celler[0].paragraphs[0].add_run(linje["tittel"]).bold = True
    for ett in linje["beskrivelse"]:
        celler[0].add_paragraph(ett)
    for punkt in linje["delpunkter"]:
        celler[0].add_paragraph(punkt, style="List Bullet")
    celler[1].paragraphs[0].add_run(linje["ansvar"] or ikke_oppgitt)
    if med_frist:
        celler[2].paragraphs[0].add_run(linje["frist"])


def _bredder(tabell: Any, bredder: tuple[int, ...]) -> None:
    """The widths of the columns: Word reads them from the cells, others from the grid."""
    for nr, bredde in enumerate(bredder):
        tabell.columns[nr].width = bredde
        for celle in tabell.columns[nr].cells:
            celle.width = bredde


def _merk(rad: Any, merke: str) -> None:
    element = OxmlElement(merke)
    element.set(qn("w:val"), "true")
    rad._tr.get_or_add_trPr().append(element)


def _felt(avsnitt: Any, kode: str, vises: str) -> None:
    """A field that Word computes, and what stands there until it does."""
    for slag, tekst in (("begin", ""), ("", kode), ("separate", "")):
        bit_ = avsnitt.add_run()
        if slag:
            tegn = OxmlElement("w:fldChar")
            tegn.set(qn("w:fldCharType"), slag)
        else:
            tegn = OxmlElement("w:instrText")
            tegn.set(qn("xml:space"), "preserve")
            tegn.text = tekst
        bit_._r.append(tegn)
    avsnitt.add_run(vises)
    slutt = OxmlElement("w:fldChar")
    slutt.set(qn("w:fldCharType"), "end")
    avsnitt.add_run()._r.append(slutt)
