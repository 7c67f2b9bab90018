"""Static files from packages: one file of Bootstrap, and typefaces small enough for a phone."""

from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from slt_portal.statisk import SNITT, Bootstrap, Skrift

NORSK_OG_SAMISK = "ÆØÅæøåÁáČčĐđŠšŽž«»–—… \u00a0"


@pytest.mark.parametrize("fil", SNITT)
def test_hvert_snitt_er_hoyst_20_kb_og_har_bokstavene(fil: str) -> None:
    sti = finders.find(f"slt/skrift/{fil}")
    innhold = Path(sti).read_bytes()
    assert len(innhold) <= 20 * 1024
    skrift = TTFont(BytesIO(innhold))
    assert [tegn for tegn in NORSK_OG_SAMISK if ord(tegn) not in skrift.getBestCmap()] == []
    assert {lag.FeatureTag for lag in skrift["GPOS"].table.FeatureList.FeatureRecord} == {"kern"}


@pytest.mark.parametrize("fil", [fil for fil in SNITT if fil.startswith("sans")])
def test_portalens_egen_skrift_har_alle_samiske_bokstaver(fil: str) -> None:
    tegn = TTFont(finders.find(f"slt/skrift/{fil}")).getBestCmap()
    assert [bokstav for bokstav in "ČčĐđŊŋŠšŦŧŽž" if ord(bokstav) not in tegn] == []


@pytest.mark.parametrize("fil", SNITT)
def test_sifrene_er_like_brede(fil: str) -> None:
    skrift = TTFont(finders.find(f"slt/skrift/{fil}"))
    tegn = skrift.getBestCmap()
    assert len({skrift["hmtx"][tegn[ord(siffer)]][0] for siffer in "0123456789"}) == 1


def test_bare_det_ene_bygget_av_bootstrap_er_med() -> None:
    assert [fil for fil, _ in Bootstrap().list([])] == ["bootstrap.min.css", "bootstrap.min.css.map"]
    assert finders.find("bootstrap/bootstrap.min.css") is not None
    assert finders.find("bootstrap/bootstrap.css") is None


def test_skriftene_lages_en_gang() -> None:
    forst = {fil: lager.get_modified_time(fil) for fil, lager in Skrift().list([])}
    igjen = {fil: lager.get_modified_time(fil) for fil, lager in Skrift().list([])}
    assert forst == igjen
    assert set(forst) == set(SNITT)


def test_utelatte_monstre_utelates() -> None:
    assert [fil for fil, _ in Skrift().list(["*.woff2"])] == []
