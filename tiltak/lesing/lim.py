"""Pasted text: the HTML of a clipboard, columns parted by tabs, or a list with one measure a line."""

import re
from html.parser import HTMLParser

from tiltak.lesing.tabell import KULE, MAKS_KOLONNER, MAKS_RADER, Rad, Tabell, for_bred, for_mange_rader

KULETEGN = re.compile(r"\s*(?:[•·▪◦‣⁃●○■□➢✓–—*-]|o(?=[ \t]))[ \t]+")
_TABELLMERKE = re.compile(r"<table\b", re.IGNORECASE)
BLOKK = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"}
OVERSKRIFT = {"h1", "h2", "h3", "h4", "h5", "h6", "caption"}
STUMT = {"script", "style", "head", "title", "template"}
LENGSTE_OVERSKRIFT = 120
LENGSTE_SITAT = 200  # lines


def les_html(tekst: str) -> list[Tabell]:
    """The tables of HTML; nothing when the text holds no table. Raises Regelbrudd for too many rows."""
    if not _TABELLMERKE.search(tekst):
        return []
    leser = _Tabelleser()
    leser.feed(tekst)
    leser.close()
    leser.ferdig()
    return leser.tabeller


class _Tabelleser(HTMLParser):
    """Tables with merged cells; a table inside a cell is text of the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tabeller: list[Tabell] = []
        self.dybde = self.stumt = 0
        self.rader: list[list[tuple[str, int, int]]] = []
        self.celle: list[str] | None = None
        self.spenn = (1, 1)
        self.overskrift: list[str] | None = None
        self.navn = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in STUMT:
            self.stumt += 1
        elif tag == "table":
            self.dybde += 1
            if self.dybde == 1:
                self.rader = []
        elif tag in OVERSKRIFT:
            self.overskrift = []
        if self.dybde == 1 and tag in {"tr", "td", "th"}:
            self._ny_celle(tag, dict(attrs))
        elif self.celle is not None and tag in BLOKK | {"tr"}:
            self.celle.append("\n" + (KULE if tag == "li" else ""))

    def _ny_celle(self, tag: str, attrs: dict[str, str | None]) -> None:
        self._avslutt_celle()
        if tag == "tr":
            self.rader.append([])
            if len(self.rader) > MAKS_RADER:
                raise for_mange_rader()
            return
        if not self.rader:
            self.rader.append([])
        self.celle, self.spenn = [], (_antall(attrs.get("colspan")), _antall(attrs.get("rowspan")))

    def handle_endtag(self, tag: str) -> None:
        if tag in STUMT:
            self.stumt = max(self.stumt - 1, 0)
        elif tag == "table" and self.dybde:
            self.dybde -= 1
            if self.dybde == 0:
                self._avslutt_tabell()
        elif tag in OVERSKRIFT and self.overskrift is not None:
            self.navn, self.overskrift = " ".join("".join(self.overskrift).split()), None
        elif self.dybde == 1 and tag in {"td", "th", "tr"}:
            self._avslutt_celle()
        elif self.celle is not None and tag in BLOKK:
            self.celle.append("\n")

    def handle_data(self, data: str) -> None:
        if self.stumt:
            return
        if self.overskrift is not None:
            self.overskrift.append(data)
        if self.celle is not None:
            self.celle.append(re.sub(r"\s+", " ", data))

    def _avslutt_celle(self) -> None:
        if self.celle is not None:
            self.rader[-1].append((_kuler("".join(self.celle)), *self.spenn))
            self.celle = None

    def _avslutt_tabell(self) -> None:
        self._avslutt_celle()
        self.tabeller.append(Tabell(self.navn, _rett_ut(self.rader)))
        self.rader = []

    def ferdig(self) -> None:
        """What was pasted without its end."""
        if self.dybde:
            self._avslutt_tabell()


def _antall(verdi: str | None) -> int:
    return min(max(int(verdi), 1), 100) if verdi and verdi.isdecimal() and len(verdi) < 5 else 1


def _rett_ut(rader: list[list[tuple[str, int, int]]]) -> list[Rad]:
    """Each cell in its own column, with what a merge carries down."""
    ut: list[Rad] = []
    venter: dict[int, tuple[str, int]] = {}  # column → the text that is carried, and for how many rows more
    for nummer, rad in enumerate(rader, start=1):
        celler: dict[int, str] = {}
        arvet = {kolonne for kolonne, (_tekst, igjen) in venter.items() if igjen}
        celler.update({kolonne: venter[kolonne][0] for kolonne in arvet})
        venter = {kolonne: (tekst, igjen - 1) for kolonne, (tekst, igjen) in venter.items() if igjen}
        kolonne = 0
        for tekst, bredde, hoyde in rad:
            while kolonne in arvet:
                kolonne += 1
            celler[kolonne] = tekst
            for ekstra in range(1, bredde):
                celler.setdefault(kolonne + ekstra, "")
            if hoyde > 1:
                venter |= {kolonne + e: (tekst if e == 0 else "", hoyde - 1) for e in range(bredde)}
            kolonne += bredde
            if kolonne > 10 * MAKS_KOLONNER:
                raise for_bred()
        bredden = max(celler, default=-1) + 1
        hel = len(rad) == 1 and not arvet and bredden > 1
        ut.append(Rad(nummer, tuple(celler.get(nr, "") for nr in range(bredden)), frozenset(arvet), hel))
    return ut


def _kuler(tekst: str) -> str:
    """Bullets that are letters in the text, as Word puts them on the clipboard, written as ours."""
    return "\n".join(KULETEGN.sub(KULE, linje, count=1) for linje in tekst.replace("\u00a0", " ").split("\n"))


def les_lim(tekst: str) -> list[Tabell]:
    """Rows parted by tabs, with the headings between them; without any tab the lines, one a row."""
    linjer = re.split(r"\r\n|[\n\r\x85\u2028]", tekst)
    if len(linjer) > 40 * MAKS_RADER:
        raise for_mange_rader()
    med_tabulator = sum("\t" in linje.strip(" ") for linje in linjer)
    if med_tabulator > 4 * MAKS_RADER:
        raise for_mange_rader()
    if not med_tabulator:
        return [Tabell("", _listerader(linjer))]
    samler = _Radsamler()
    for nummer, linje in enumerate(linjer, start=1):
        samler.linje(nummer, linje)
    return samler.ferdig()


def _listerader(linjer: list[str]) -> list[Rad]:
    """One row a line. A bullet under a line that is none belongs to that line."""
    rader: list[Rad] = []
    for nummer, linje in enumerate(linjer, start=1):
        tekst = KULETEGN.sub(KULE, linje.strip(), count=1)
        if tekst.startswith(KULE) and rader and not rader[-1].celler[0].startswith(KULE):
            rader[-1] = Rad(rader[-1].nummer, (f"{rader[-1].celler[0]}\n{tekst}",))
        elif tekst:
            rader.append(Rad(nummer, (tekst,)))
    return rader


class _Radsamler:
    """Puts rows together again whose cells held several lines, and tells headings from rows.

    Lines without a tab come before the rest of their row and belong to its first cell; after an empty line they are a
    heading for what follows, or prose. Bullets right after a row belong to its last cell.
    """

    def __init__(self) -> None:
        self.tabeller: list[Tabell] = []
        self.rader: list[Rad] = []
        self.navn = ""
        self.venter: list[tuple[int, str]] = []
        self.etter_tom = True  # whether what waits stands after an empty line
        self.apen: tuple[int, list[str]] | None = None  # inside a quoted cell of a spreadsheet

    def linje(self, nummer: int, linje: str) -> None:
        linje = KULETEGN.sub(KULE, linje, count=1)  # Word puts a tab behind its bullets
        if self.apen is not None or _apner_sitat(linje):
            self._sitert(nummer, linje)
        elif "\t" in linje.strip(" "):
            self._rad(nummer, linje)
        elif not linje.strip():
            self.etter_tom = True
        elif linje.startswith(KULE) and self.rader and not self.venter and not self.etter_tom:
            siste = self.rader[-1]
            celler = (*siste.celler[:-1], f"{siste.celler[-1]}\n{linje}")
            self.rader[-1] = Rad(siste.nummer, celler)
        else:
            self.venter.append((nummer, linje.strip()))

    def _sitert(self, nummer: int, linje: str) -> None:
        forst, samlet = self.apen or (nummer, [])
        samlet.append(linje)
        tekst = "\n".join(samlet)
        self.apen = (forst, samlet) if tekst.count('"') % 2 else None
        if self.apen is None:
            self.rader.append(Rad(forst, tuple(_uten_sitattegn(celle.strip()) for celle in tekst.split("\t"))))
        elif len(samlet) > LENGSTE_SITAT:
            self._ikke_sitat()

    def _ikke_sitat(self) -> None:
        """An odd quotation mark, not a cell of several lines."""
        forst, samlet = self.apen or (0, [])
        self.apen = None
        for nummer, linje in enumerate(samlet, start=forst):
            if "\t" in linje:
                self._rad(nummer, linje)

    def _rad(self, nummer: int, linje: str) -> None:
        celler = [KULETEGN.sub(KULE, celle, count=1) if celle.strip() else "" for celle in linje.split("\t")]
        tekster = [KULETEGN.sub(KULE, tekst, count=1) for _nr, tekst in self.venter]
        if tekster and (celler[0].startswith(KULE) or not self.etter_tom):
            nummer, celler[0] = self.venter[0][0], "\n".join([*tekster, celler[0]])
        elif tekster:
            self._ny_tabell()
            self.navn = tekster[-1] if len(tekster[-1]) <= LENGSTE_OVERSKRIFT else ""
        self.venter, self.etter_tom = [], False
        self.rader.append(Rad(nummer, tuple(celler)))

    def _ny_tabell(self) -> None:
        if self.rader:
            self.tabeller.append(Tabell(self.navn, self.rader))
        self.rader = []

    def ferdig(self) -> list[Tabell]:
        self._ikke_sitat()
        self._ny_tabell()
        return self.tabeller


def _apner_sitat(linje: str) -> bool:
    """A cell that begins with a quotation mark and does not end: a spreadsheet's cell of several lines."""
    return any(celle.startswith('"') and celle.count('"') % 2 for celle in linje.split("\t"))


def _uten_sitattegn(celle: str) -> str:
    if len(celle) > 1 and celle.startswith('"') and celle.endswith('"'):
        return celle[1:-1].replace('""', '"')
    return celle
