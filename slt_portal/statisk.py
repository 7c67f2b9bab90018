"""Static files that come from packages: Bootstrap's one file of CSS, and the typefaces cut to the letters we use."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import font_source_sans_pro
import font_source_serif_pro
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from fontTools import subset


class Utvalg(BaseFinder):
    """A folder outside the project, limited to named files, served under one prefix."""

    prefiks: str
    filer: tuple[str, ...]

    def mappe(self) -> Path:
        """Where the files lie; a finder that makes its files makes them here."""
        raise NotImplementedError

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        mappe, _, fil = path.rpartition("/")
        treff = [str(self.mappe() / fil)] if mappe == self.prefiks and fil in self.filer else []
        return treff if find_all else next(iter(treff), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        lager = FileSystemStorage(location=self.mappe())
        lager.prefix = self.prefiks  # type: ignore[attr-defined]
        for fil in self.filer:
            if not matches_patterns(fil, list(ignore_patterns or [])):
                yield fil, lager


class Bootstrap(Utvalg):
    """Bootstrap's minified CSS and its map; none of the other builds in the package."""

    prefiks = "bootstrap"
    filer = ("bootstrap.min.css", "bootstrap.min.css.map")

    def mappe(self) -> Path:
        return Path(settings.BOOTSTRAP_CSS)


# Latin as written in Norway, the Sámi letters, and the signs of the trade.
BOKSTAVER = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "".join(map(chr, range(0xA0, 0x100)))
    + "ČčĐđŊŋŠšŦŧŽžǤǥǦǧǨǩƷʒǮǯŃńŐőŰűĀāĒēĪīŌōŪūŁłŒœ"
    + "–—…‘’‚“”„•−×→€ʼʹˈ′″‑\u2009\u202f"
)
SNITT = {
    "sans-400.woff2": "SourceSansPro-Regular.otf",
    "sans-600.woff2": "SourceSansPro-Semibold.otf",
    "serif-400.woff2": "SourceSerifPro-Regular.otf",
}


class Skrift(Utvalg):
    """The three cuts as woff2, made the first time they are asked for, into `var/`."""

    prefiks = "slt/skrift"
    filer = tuple(SNITT)

    def mappe(self) -> Path:
        mappe = Path(settings.VAR) / "skrift"
        for ny, kilde in SNITT.items():
            if not _fersk(mappe / ny):
                klipp(_kildefil(kilde), mappe / ny)
        return mappe


def _fersk(snitt: Path) -> bool:
    """Made after this file was last changed, so that a new letter reaches the typefaces."""
    return snitt.exists() and snitt.stat().st_mtime >= Path(__file__).stat().st_mtime


def _kildefil(navn: str) -> Path:
    pakke = font_source_sans_pro if "Sans" in navn else font_source_serif_pro
    return Path(pakke.font_directory) / navn


def klipp(kilde: Path, mal: Path) -> None:
    """Cut one typeface to `BOKSTAVER`, with kerning alone, and put it in place in one move."""
    valg = subset.Options(
        flavor="woff2",
        layout_features=["kern"],
        desubroutinize=False,
        hinting=False,
        name_IDs=[1, 2],
        notdef_outline=True,
    )
    with subset.load_font(str(kilde), valg) as skrift:
        saks = subset.Subsetter(valg)
        saks.populate(text=BOKSTAVER)
        saks.subset(skrift)
        mal.parent.mkdir(parents=True, exist_ok=True)
        nummer, utkast = tempfile.mkstemp(dir=mal.parent, suffix=".utkast")
        os.close(nummer)
        subset.save_font(skrift, utkast, valg)
    Path(utkast).chmod(0o644)
    Path(utkast).replace(mal)
