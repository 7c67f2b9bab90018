import datetime as dt
import io
import subprocess
import zipfile
from copy import deepcopy

import pytest
from openpyxl import load_workbook

from felles.unntak import Personnummer, Regelbrudd
from tiltak.lesing import Filtype, fra_json, kjenn_igjen, les_fil, les_tekst, som_json
from tiltak.lesing.tabell import MAKS_RADER
from tiltak.tests.planfiler import bok, pdf, som_byte, word, zip_med

HODE = ["Tiltak", "Ansvar"]
RADER = [HODE, ["Natteravner", "Frivillige"], ["Bekymringssamtaler", "Politiet"]]


def celler(tabell):
    return [rad.celler for rad in tabell.rader]


def tekstfil(skille, tegnsett):
    return "\r\n".join(skille.join(rad) for rad in RADER).encode(tegnsett)


@pytest.mark.parametrize(
    "innhold",
    [
        som_byte(word(RADER)),
        bok(("Ark1", RADER)),
        pdf([[[celle] for celle in rad] for rad in RADER]),
        *(tekstfil(skille, kode) for skille in ";,\t" for kode in ("utf-8", "utf-8-sig", "utf-16", "cp1252")),
        tekstfil(";", "utf-16-le"),
        tekstfil(";", "utf-16-be"),
    ],
)
def test_samme_tabell_fra_hvert_format(innhold):
    assert [celler(tabell) for tabell in les_fil(innhold)] == [[tuple(rad) for rad in RADER]]


def test_det_som_ble_lest_kan_legges_bort_og_hentes_igjen():
    tabeller = les_fil(bok(("Ark1", [*RADER, [None, "FAU"]]), flett=["A3:A4"]))
    assert fra_json(som_json(tabeller)) == tabeller


def test_word_med_punkter_overskrifter_og_flere_tabeller():
    dokument = word(
        "Trygg skole", [HODE, [["Prosjekt", "Kurs", "Møter"], "Skole"]], "Trygg fritid", [HODE, ["Klubb", "Frivillige"]]
    )
    forste, andre = les_fil(som_byte(dokument))
    assert (forste.navn, andre.navn) == ("Trygg skole", "Trygg fritid")
    assert forste.rader[1].celler == ("Prosjekt\n• Kurs\n• Møter", "Skole")


def test_word_med_sammenslatte_celler():
    dokument = word([["Mål", *HODE], ["Trygt", "A", "Skole"], ["", "B", "NAV"], ["Område 2", "", ""]])
    tabell = dokument.tables[0]
    tabell.cell(1, 0).merge(tabell.cell(2, 0))
    tabell.cell(3, 0).merge(tabell.cell(3, 2))
    rader = les_fil(som_byte(dokument))[0].rader
    assert [rad.celler for rad in rader[1:3]] == [("Trygt", "A", "Skole"), ("Trygt", "B", "NAV")]
    assert (rader[2].arvet, rader[3].hel, rader[3].celler[0]) == ({0}, True, "Område 2")


def test_word_uten_tabell_gir_punktene():
    dokument = word("Tiltak")
    for punkt in ("Natteravner", "Bekymringssamtaler"):
        dokument.add_paragraph(punkt, style="List Bullet")
    assert celler(les_fil(som_byte(dokument))[0]) == [("• Natteravner",), ("• Bekymringssamtaler",)]


def test_excel_med_sammenslatte_celler_flere_ark_datoer_og_skjult_ark():
    innhold = bok(
        (
            "Skole",
            [
                ["Mål", *HODE, "Frist"],
                ["Trygt", "A", "NAV", dt.date(2026, 6, 1)],
                [None, "B", 2026, 1.5],
                ["Heile", None, None],
            ],
        ),
        ("Ark2", [HODE, ["C", "FAU"]]),
        ("Skjult", [HODE]),
        flett=["A2:A3", "A4:D4"],
    )
    arbeidsbok = load_workbook(io.BytesIO(innhold))
    arbeidsbok["Skjult"].sheet_state = "hidden"
    skole, ark2 = les_fil(som_byte(arbeidsbok))
    assert (skole.navn, ark2.navn) == ("Skole", "")
    assert celler(skole)[1:] == [
        ("Trygt", "A", "NAV", "1.6.2026"),
        ("Trygt", "B", "2026", "1,5"),
        ("Heile", "", "", ""),
    ]
    assert [(rad.nummer, rad.arvet, rad.hel) for rad in skole.rader[2:]] == [(3, {0}, False), (4, frozenset(), True)]


def test_csv_med_linjeskift_og_hermetegn_i_en_celle():
    tabell = les_fil(b'Tiltak;Ansvar\n"Prosjekt\n- Kurs; og mer";"Skole, ""FAU"""\nKlubb;NAV')[0]
    assert celler(tabell)[1:] == [("Prosjekt\n- Kurs; og mer", 'Skole, "FAU"'), ("Klubb", "NAV")]
    assert [rad.nummer for rad in tabell.rader] == [1, 2, 4]


def test_pdf_med_brutte_linjer_og_punkter():
    tabell = les_fil(
        pdf(
            [
                [["Tiltak"], ["Ansvar"]],
                [["Tiltak mot krimi-", "nalitet og rus- og", "voldsbruk", "• Kurs"], ["Helse-", "stasjonen"]],
            ],
            hoyde=60,
        )
    )[0]
    assert celler(tabell)[1] == ("Tiltak mot kriminalitet og rus- og voldsbruk\n• Kurs", "Helsestasjonen")


def test_limt_inn_fra_word_med_flere_linjer_i_en_celle():
    lest = les_tekst(
        "Trygg skole\n\nTiltak\tAnsvar\nProsjekt\n•\tKurs\n- Møter\tSkole\nKlubb\tFAU\n•\tpoliti\n\nHelt annen tekst.\n"
    )
    assert [celler(tabell) for tabell in lest] == [
        [("Tiltak", "Ansvar"), ("Prosjekt\n• Kurs\n• Møter", "Skole"), ("Klubb", "FAU\n• politi")]
    ]
    assert lest[0].navn == "Trygg skole"


def test_limt_inn_med_overskrifter_mellom_tabellene():
    lest = les_tekst(
        "Trygg skole\nTiltak\tAnsvar\nA\tSkole\n\nTrygg fritid\nTiltak\tAnsvar\n\nB\tFAU\n\nProsa til slutt."
    )
    assert [(tabell.navn, celler(tabell)[1]) for tabell in lest] == [
        ("Trygg skole", ("A", "Skole")),
        ("Trygg fritid", ("B", "FAU")),
    ]


def test_limt_inn_fra_excel_med_hermetegn_om_cellen():
    assert celler(les_tekst('Tiltak\tAnsvar\n"A\nB ""C"""\tSkole\n')[0])[1] == ('A\nB "C"', "Skole")


def test_limt_inn_som_liste():
    assert celler(les_tekst("Natteravner\n- Kurs\n- Vester\nBekymringssamtaler\n")[0]) == [
        ("Natteravner\n• Kurs\n• Vester",),
        ("Bekymringssamtaler",),
    ]


def test_limt_inn_som_html():
    html = (
        "<html><style>td{}</style><h2>Trygg <b>skole</b></h2><table><tr><th>Mål<th>Tiltak<th>Ansvar</tr>"
        "<tr><td rowspan=2>Trygt<td><p>Prosjekt</p><ul><li>Kurs</li><li>Møter</li></ul><td>Skole<br>FAU</tr>"
        "<tr><td>Klubb<td>NAV &amp; politi</tr><tr><td colspan='3'>Slutt</table>"
    )
    tabell = les_tekst(html)[0]
    assert (tabell.navn, celler(tabell)) == (
        "Trygg skole",
        [
            ("Mål", "Tiltak", "Ansvar"),
            ("Trygt", "Prosjekt\n• Kurs\n• Møter", "Skole\nFAU"),
            ("Trygt", "Klubb", "NAV & politi"),
            ("Slutt", "", ""),
        ],
    )
    assert [(rad.arvet, rad.hel) for rad in tabell.rader[2:]] == [({0}, False), (set(), True)]


# Refused at once, each with its reason.

GYLDIG = som_byte(word(RADER))


def ole(innhold=b""):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + innhold


def med_del(navn, innhold):
    strom = io.BytesIO(GYLDIG)
    with zipfile.ZipFile(strom, "a", zipfile.ZIP_DEFLATED) as arkiv:
        arkiv.writestr(navn, innhold)
    return strom.getvalue()


def kryptert():
    """The flag of encryption set on every part."""
    innhold = bytearray(GYLDIG)
    for merke, plass in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        fra = 0
        while (fra := innhold.find(merke, fra)) >= 0:
            innhold[fra + plass] |= 1
            fra += 4
    return bytes(innhold)


@pytest.mark.parametrize(
    ("innhold", "ord"),
    [
        (b"", "tom"),
        (b"  \n", "tom"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "Bruk Word"),
        (b"MZ" + bytes(range(256)) * 4, "Bruk Word"),
        (b"{\\rtf1 hei}", "RTF"),
        (b"x" * (10 * 1024 * 1024 + 1), "for stor"),
        (ole(), "gammelt"),
        (ole("EncryptedPackage".encode("utf-16-le")), "passord"),
        (kryptert(), "passord"),
        (GYLDIG[: len(GYLDIG) // 2], "ødelagt"),
        (zip_med(hei="hallo"), "Bruk Word"),
        (zip_med(word__document_xml="<ikke xml"), "ødelagt"),
        (zip_med(xl__workbook_xml="<a/>"), "ødelagt"),
        (med_del("word/vbaProject.bin", "x"), "makroer"),
        (med_del("word/styles2.xml", bytes(11 * 1024 * 1024)), "altfor stor"),
        (med_del("word/media/bilde.bin", bytes(61 * 1024 * 1024)), "altfor stor"),
        (med_del("word/x.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "ødelagt"),
        (b"%PDF-1.4\n1 0 obj\nnei", "ødelagt"),
        (pdf([[["Bare"]]], bredder=(100,)), "ingen tabell"),
        (("Tiltak;Ansvar\n" + "A;Skole\n" * 100_000).encode(), "mer enn 3000 rader"),
        (("Tiltak\tAnsvar\n" + "A\tSkole\n" * 100_000).encode(), "mer enn 3000 rader"),
        (("<table>" + "<tr><td>A<td>B" * 100_000).encode(), "mer enn 3000 rader"),
        ((";".join("abc") * 30 + "\n").encode() * 3, "for stor"),
        (b"a;" * 100_000 + b"\n" + b"a;" * 100_000, "for stor"),
        (b"<table><tr>" + b"<td colspan=100>a" * 1000, "for stor"),
    ],
)
def test_det_som_ikke_kan_leses_blir_avvist_med_grunnen(innhold, ord):
    with pytest.raises(Regelbrudd, match=ord) as brudd:
        les_fil(innhold)
    assert brudd.value.setning.startswith("Ingenting er lest")


def test_for_mange_rader_i_excel_og_word_blir_avvist():
    with pytest.raises(Regelbrudd, match="3000 rader"):
        les_fil(bok(("Ark1", [HODE] * (MAKS_RADER + 1))))
    dokument = word([HODE])
    tr = dokument.tables[0].rows[0]._tr
    for _nr in range(MAKS_RADER):
        tr.addnext(deepcopy(tr))
    with pytest.raises(Regelbrudd, match="3000 rader"):
        les_fil(som_byte(dokument))


@pytest.mark.parametrize(
    "innhold",
    [
        som_byte(word([HODE, ["Følge opp 01010112377", "Skole"]])),
        bok(("Ark1", [HODE, ["Samtale", 1010112377]])),
        b"Tiltak;Ansvar\nGjelder 010101 12377;NAV",
        "<table><tr><td>Tiltak<td>0101\u200b0112377</table>".encode(),
        pdf([[["Tiltak"], ["Ansvar"]], [["Samtale"], ["01010112377"]]]),
    ],
)
def test_et_fodselsnummer_stanser_alt_og_rada_blir_sagt(innhold):
    with pytest.raises(Personnummer, match="fødselsnummer") as brudd:
        les_fil(innhold)
    assert "12377" not in brudd.value.setning


def test_typen_kjennes_pa_innholdet():
    assert [kjenn_igjen(x) for x in (GYLDIG, bok(("A", RADER)), b"%PDF-1.7", b"hei")] == [
        Filtype.WORD,
        Filtype.EXCEL,
        Filtype.PDF,
        Filtype.TEKST,
    ]


@pytest.mark.tjenester
def test_filer_fra_libreoffice(tmp_path):
    """Opened and saved by another program, and printed to PDF."""
    dokument = word([["Mål", *HODE], ["Trygt", ["Prosjekt", "Kurs", "Møter"], "Skole"], ["", "Klubb", "Frivillige"]])
    tabell = dokument.tables[0]
    tabell.style = "Table Grid"
    tabell.cell(1, 0).merge(tabell.cell(2, 0))
    (tmp_path / "plan.docx").write_bytes(som_byte(dokument))
    (tmp_path / "plan.xlsx").write_bytes(
        bok(("Plan", [["Mål", *HODE], ["Trygt", "Prosjekt", "Skole"], [None, "Klubb", "Frivillige"]]), flett=["A2:A3"])
    )
    for kilde, til in (("plan.docx", "docx"), ("plan.docx", "pdf"), ("plan.xlsx", "xlsx")):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profil", "--convert-to", til,
             "--outdir", str(tmp_path / "ut"), str(tmp_path / kilde)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    for ending in ("docx", "pdf", "xlsx"):
        lest = les_fil((tmp_path / "ut" / f"plan.{ending}").read_bytes())[0]
        assert [rad.celler[0] for rad in lest.rader] == ["Mål", "Trygt", "Trygt"], ending
        assert [rad.celler[2] for rad in lest.rader] == ["Ansvar", "Skole", "Frivillige"], ending
        assert lest.rader[1].celler[1] == ("Prosjekt" if ending == "xlsx" else "Prosjekt\n• Kurs\n• Møter"), ending
