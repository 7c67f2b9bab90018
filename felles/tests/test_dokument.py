"""The notice's template stands for all of them: it uses every part of what they share."""

import datetime as dt
import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from felles.dokument import avsnitt, pdf

DATO = dt.date(2026, 11, 24)


def innkalling(**felter: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "avsender": "SLT i Prøveby",
        "tittel": "Innkalling til møte i Koordineringsgruppe",
        "utgave": "",
        "endringer": [],
        "endringer_ord": "Endret",
        "fakta": [{"navn": "Tid", "verdi": "torsdag 3. desember"}],
        "kort_frist": [],
        "innkalte": ["Ordfører"],
        "innkalte_ord": "Innkalt",
        "saksliste_ord": "Saksliste",
        "tom_ord": "Ingen saker.",
        "saker": [
            {
                "nummer": "KG 7/26",
                "tittel": "Ungdata: oppfølging",
                "linje": "Drøfting",
                "forslag": ["Vi går videre."],
                "papirer": ["Rapport"],
            }
        ],
        "forslag_ord": "Forslag til vedtak",
        "papirer_ord": "Papirer i portalen",
        "oppfolging": [],
        "oppfolging_ord": "Oppfølging",
        "regler": [{"ordlyd": "minst seks møter i året", "kilde": "Handlingsplan, side 4"}],
        "regler_ord": "Regelen",
    }
    return data | felter


def ordene(innhold: bytes) -> str:
    sider = PdfReader(io.BytesIO(innhold)).pages
    return re.sub(r"\s+", " ", " ".join(side.extract_text() for side in sider))


def test_samme_data_gir_samme_byte_med_merker_tittel_og_sprak() -> None:
    innhold = pdf("innkalling", innkalling(), malform="nn", dato=DATO)
    assert innhold == pdf("innkalling", innkalling(), malform="nn", dato=DATO)
    dokument = PdfReader(io.BytesIO(innhold))
    assert dokument.root_object["/Lang"] == "nn-NO"
    assert dokument.root_object["/MarkInfo"]["/Marked"]
    assert (dokument.metadata.title, dokument.metadata.creation_date.date()) == (innkalling()["tittel"], DATO)
    om = dokument.xmp_metadata.stream.get_data().decode()
    assert re.findall(r"<pdf(\w+):(?:part|conformance)>(\w+)<", om) == [("aid", "2"), ("aid", "A"), ("uaid", "1")]
    navn = {str(s.get_object()["/BaseFont"]) for side in dokument.pages for s in side["/Resources"]["/Font"].values()}
    snitt = {ett.partition("+")[2].removesuffix("-Identity-H") for ett in navn}
    assert snitt == {"SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSerifPro-Regular"}


def test_alt_som_star_i_dataene_star_i_dokumentet() -> None:
    tekst = ordene(pdf("innkalling", innkalling(), malform="nb", dato=DATO))
    assert "KG 7/26 Ungdata: oppfølging" in tekst
    assert "«minst seks møter i året»" in tekst
    assert "Side 1 av 1" in tekst


@pytest.mark.parametrize(
    ("skrevet", "satt"),
    [
        ("Møte 😀 i dag", "Møte ? i dag"),
        ("a\u0300 la", "à la"),
        ("\uff33LT \x07i dag\u200d", "SLT i dag"),
        ("#set [*] $x$ \\", "#set [*] $x$ \\"),
        ("Čáhci ŋ", "Čáhci ŋ"),
    ],
)
def test_ingen_bokstav_stanser_et_dokument(skrevet: str, satt: str) -> None:
    assert satt in ordene(pdf("innkalling", innkalling(tom_ord=skrevet, saker=[]), malform="nb", dato=DATO))


def test_avsnitt_skilles_av_en_tom_linje() -> None:
    assert avsnitt("Ett\r\nto\r\n\r\n\r\n\r\ntre\n") == ["Ett\nto", "tre"]
