"""The examples carry the sources word for word: the plan can be rebuilt from the data, and nothing else is in them.

`kilder/` holds the two documents. Every allowed difference from them is listed here.
"""

import datetime as dt
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from docx import Document
from docx.table import Table
from pypdf import PdfReader

from felles.felt import Linje, Tekst
from organisering.models import Fullmakt, Gruppe, Koordinatorpost, Motekrav, Samarbeid
from slt_portal.vegger import egne_modeller
from tiltak.exports.planfil import planpdf, planword
from tiltak.models import Mal, Malgruppe, Planutgave, Tiltak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eksemplene")]

KILDER = Path(__file__).parent / "kilder"
PLANEN = (KILDER / "nordre-land-handlingsplan-2022-2025.txt").read_text(encoding="utf-8")
SIDEN = (KILDER / "rana-slt.txt").read_text(encoding="utf-8")

# The plan's own page furniture: table of contents, and the mark on the last page.
PLANENS_UTSTYR = re.compile(r"^(INNHOOLD|.*\t\d+|NORDRE LAND|KOMMUNE)$", re.MULTILINE)
# Markup: a dash before each item of a list, and what the list inside the table left behind.
STREK = re.compile(r"^- ", re.MULTILINE)
TABELLISTE = re.compile(r"<ul[^>]*>([^\t]*)")
# One slip of the keys, put right.
RETTET = {"koordineringsgruppaLT": "koordineringsgruppa, SLT"}

# Lines of the web page that are no facts: menu, dates of the page, and what was left out of the copy.
SIDENS_UTSTYR = {
    "Hopp til hovedinnhold",
    "Hopp til søkeboks",
    "Hopp over båndkommandoer",
    "Logg på",
    "AAANormalvisningKontrastvisning Nettstedkart",
    "Norske sider",
    "Engelske sider",
    "Lytt til tekst",
    "Undermeny",
    "[navn på koordinator]",
    "Telefon [utelatt]",
    "Epost: [utelatt]",
    "Opprettet: 12.06.2013 14:02",
}
# Headings and lead-ins of the web page that the data carry as structure: levels, groups and the post.
SIDENS_STRUKTUR = {
    "SLT- modellen",
    "SLT- modellen organiseres på tre nivå:",
    "SLT- koordinator",
    "SLT-koordinator",
    "Endret:03.03.2020 09:54",
}

# Words in the data that are not in the source, and why.
EGNE_ORD = {
    "nordre-land": {"3448"}  # the municipality's number, from the public register
    | {"Ikke oppgitt"},  # the body that decided in April 2019
    "rana": {"1833"}  # as above
    | {"Styringsgruppen (politirådet)"}  # «Styringsgruppen(politirådet)», with a space
    | {"Endret 03.03.2020"},  # «Endret:03.03.2020 09:54», without the clock
}


def samlet(tekst: str) -> str:
    """One space between words."""
    return " ".join(tekst.split())


def ren(tekst: str) -> str:
    """A source without list markup and slips of the keys."""
    tekst = STREK.sub("", TABELLISTE.sub(lambda liste: liste[1].replace(" - ", " "), tekst))
    for feil, rett in RETTET.items():
        tekst = tekst.replace(feil, rett)
    return tekst


def linje_uten_skilletegn(linje: str) -> str:
    """Commas and «og» between the responsible in the table's right cell are the table's, not the words'."""
    tiltak, tab, ansvar = linje.partition("\t")
    return f"{tiltak} {re.sub(',| og ', ' ', ansvar)}" if tab else linje


# The plan, section by section


def kildens_deler() -> dict[str, str]:
    """Heading → text of each section in the source; the words before the first heading stand under «»."""
    overskrifter = list(utgaven().deler.values_list("overskrift", flat=True))
    tekst = ren(PLANENS_UTSTYR.sub("", PLANEN))
    deler: dict[str, list[str]] = {"": []}
    navn = ""
    for linje in map(linje_uten_skilletegn, map(str.strip, tekst.splitlines())):
        if linje in overskrifter[len(deler) - 1 : len(deler)]:  # the next heading, and no other
            navn = linje
            deler[navn] = []
        else:
            deler[navn].append(linje)
    return {overskrift: samlet(" ".join(linjer)) for overskrift, linjer in deler.items()}


def utgaven() -> Planutgave:
    return Planutgave.objects.get(samarbeid__slug="nordre-land")


def bygd_gruppe(gruppe: Gruppe) -> list[str]:
    """Mandate, then members."""
    punkter = [punkt.ordlyd for punkt in gruppe.mandatpunkter.all()]
    medlemmer = [plass.tittel for plass in gruppe.plasser.all()]
    return ["Mandat:", *punkter, *(["Medlemmer:", *medlemmer] if medlemmer else [])]


def bygde_tiltak() -> list[str]:
    """The table, in the source's order: title, bullets, responsible. The words between the responsible are left out."""
    ut = ["Tiltak Ansvar"]
    for tiltak in Tiltak.objects.filter(samarbeid__slug="nordre-land").order_by("nummer"):
        ut += [tiltak.tittel, *(d.tekst for d in tiltak.delpunkter.all())]
        ut.append(" ".join(a.kildeord for a in tiltak.ansvar.all()))
    return ut


def bygd(del_) -> str:
    """The section as plain text, from the rows it shows."""
    plan = del_.utgave.plan
    egne = {"samarbeid": del_.samarbeid}
    innhold = {
        "tekst": lambda: [],
        "mal": lambda: [m.tekst for m in Mal.objects.filter(**egne, plan=None)],
        "periodemal": lambda: [m.tekst for m in Mal.objects.filter(plan=plan)],
        "malgrupper": lambda: [m.tekst for m in Malgruppe.objects.filter(plan=plan)],
        "gruppe": lambda: bygd_gruppe(del_.gruppe),
        "koordinator": lambda: [o.tekst for o in Koordinatorpost.objects.get(**egne).oppgaver.all()],
        "motehyppighet": lambda: [k.ordlyd for k in Motekrav.objects.filter(**egne).order_by("gruppe__rekkefolge")],
        "tiltak": bygde_tiltak,
    }[del_.slag]()
    if del_.slag == "gruppe" and del_.etterord:  # the one move: what is said of the group comes after its members
        sted = innhold.index("Medlemmer:")
        innhold[sted:sted] = [del_.etterord]
        return samlet(" ".join(innhold))
    return samlet(" ".join([del_.tekst, *innhold, del_.etterord]))


def test_reglene_i_gruppedelene_er_de_samme_som_i_reglene():
    """The words that a section repeats are those of the rules themselves, so that the two cannot drift apart."""
    for del_ in utgaven().deler.filter(slag="gruppe").exclude(etterord=""):
        regler = set(Fullmakt.objects.filter(gruppe=del_.gruppe).values_list("ordlyd", flat=True))
        punkter = set(del_.gruppe.mandatpunkter.values_list("ordlyd", flat=True))
        rest = samlet(del_.etterord).replace(del_.gruppe.enkeltsaker_ordlyd, "")
        for ordlyd in regler - punkter:
            assert ordlyd in rest
            rest = rest.replace(ordlyd, "")
        assert rest.strip() == ""


def test_planen_lar_seg_bygge_fra_dataene_ord_for_ord():
    utgave = utgaven()
    forside = f"{utgave.tittel} {utgave.plan.tema}"
    assert {"": forside} | {del_.overskrift: bygd(del_) for del_ in utgave.deler.all()} == kildens_deler()


# Nothing else


def tekster(samarbeid: Samarbeid) -> list[tuple[str, str]]:
    """(field, text) of every free text in the rows of the Samarbeid."""
    ut = []
    for modell in [m for m in egne_modeller() if not m.__name__.startswith("Historical")]:
        felter = [f.name for f in modell._meta.get_fields() if isinstance(f, Linje | Tekst)]
        navn = {f.name for f in modell._meta.get_fields()}
        if modell is Samarbeid:
            rader = modell.objects.filter(pk=samarbeid.pk)
        elif modell._meta.model_name == "kommune":
            rader = modell.objects.filter(samarbeid__samarbeid=samarbeid)
        elif "samarbeid" in navn and felter:
            rader = modell.objects.filter(samarbeid=samarbeid)
        else:
            continue
        ut += [(f"{modell.__name__}.{f}", v) for rad in rader.values(*felter) for f, v in rad.items() if v]
    return ut


@pytest.mark.parametrize(("slug", "kilde"), [("nordre-land", PLANEN), ("rana", SIDEN)])
def test_hvert_ord_i_dataene_star_i_kilden(slug, kilde):
    hele = samlet(ren(kilde)).casefold()
    samarbeid = Samarbeid.objects.get(slug=slug)
    fremmede = {
        (felt, avsnitt)
        for felt, tekst in tekster(samarbeid)
        for avsnitt in tekst.split("\n\n")
        if samlet(avsnitt).casefold() not in hele and avsnitt not in EGNE_ORD[slug]
    }
    assert fremmede == set()


def test_hver_setning_pa_siden_star_i_dataene():
    """The web page is a text, not a plan with sections: each sentence must be somewhere in the rows."""
    alt = "\n".join(samlet(tekst) for _, tekst in tekster(Samarbeid.objects.get(slug="rana")))
    linjer = [samlet(re.sub(r"^\s*\d\.\s+", "", linje)) for linje in SIDEN.splitlines()]
    setninger = [s for linje in linjer if linje for s in re.split(r"(?<=[.:]) (?=[A-ZÆØÅ])", linje)]
    tapt = {s for s in setninger if s not in alt and s.rstrip(".") not in alt} - SIDENS_UTSTYR - SIDENS_STRUKTUR
    assert tapt == set()


def test_siden_er_ingen_kilde_til_kontaktopplysninger():
    samarbeid = Samarbeid.objects.get(slug="rana")
    post = Koordinatorpost.objects.get(samarbeid=samarbeid)
    assert (post.offentlig_epost, post.offentlig_telefon, samarbeid.funksjonspostkasse) == ("", "", "")


# The documents


def ordene(tekst: str) -> Counter[str]:
    """The words of a text, without the colons, commas and «og» that the source has between and after them."""
    return Counter(ett for ord_ in re.split(r"[\s,]+", tekst) if (ett := ord_.strip(":")) and ett != "og")


def wordfilas_deler(utgave: Planutgave) -> dict[str, str]:
    """Heading → text of each section in the Word file, the tables' cells in their places."""
    fil = Document(io.BytesIO(planword(utgave, dt.date(2026, 11, 24))))
    deler: dict[str, list[str]] = {}
    navn = ""
    for element in fil.iter_inner_content():
        if isinstance(element, Table):
            deler[navn] += [celle.text for rad in element.rows for celle in rad.cells[:2]]
        elif element.style.name.startswith("Heading"):
            navn = element.text
            deler[navn] = []
        elif navn:
            deler[navn].append(element.text)
    return {overskrift: " ".join(linjer) for overskrift, linjer in deler.items()}


def test_wordfila_er_dokumentet_del_for_del():
    """Every section of the source, in its order and with all its words, and none that are not there."""
    utgave = utgaven()
    kilde, fil = kildens_deler(), wordfilas_deler(utgave)
    del kilde[""]  # the front page
    assert list(fil) == list(kilde)
    assert {navn: ordene(tekst) for navn, tekst in fil.items()} == {n: ordene(t) for n, t in kilde.items()}


def test_pdfen_har_hvert_ord_i_dokumentet():
    sider = PdfReader(io.BytesIO(planpdf(utgaven(), dt.date(2026, 11, 24)))).pages
    satt = re.sub(r"\s|-", "", " ".join(side.extract_text() for side in sider))
    kilde = [setning for tekst in kildens_deler().values() for setning in re.split(r"(?<=[.:]) ", tekst)]
    borte = {s for s in kilde if not all(re.sub("-", "", ord_).strip(":,") in satt for ord_ in s.split())}
    assert borte == set()
