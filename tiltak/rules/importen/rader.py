"""Rows of a table as measures: title, bullets, who answers, when; and the rows that hold none, with the reason."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html import unescape

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from felles.belop import les_belop
from tiltak.lesing import Rad, Tabell
from tiltak.lesing.tabell import KULE
from tiltak.models import Statusmelding
from tiltak.rules.importen.kolonner import Kolonne, Oppsett, jevn
from tiltak.rules.importen.oppdeling import SAMARBEIDER, Kjent, Ord, del_opp
from tiltak.rules.importen.tid import Tid, i_tittel, tolk_tid

LENGSTE_TITTEL = 300
LENGSTE_ORD = 300
LENGSTE_CELLE = 1500  # of responsible words; a longer one is prose
MAKS_TILTAK = 500

_MERKE = re.compile(r"</?(?:ul|ol|li|br|p|div|span|b|i|u|strong|em|td|tr|th|font|a)\b[^<>]*>", re.IGNORECASE)
_LISTE = re.compile(r"<(?:ul|ol)\b[^<>]*>(?P<inni>.*?)(?:</(?:ul|ol)\s*>|$)", re.IGNORECASE | re.DOTALL)
_KULE_I_LINJE = re.compile(r"\s+[•▪◦‣●■□➢]\s*(?=\S)")
_STREK_I_LISTE = re.compile(r"(?:^|\s)[-–—*•]\s+")
_STREK_FORST = re.compile(r"^(?:[-–—*•▪◦‣●○■□➢✓\uf0b7\uf0a7]|o(?=\s))\s+")
_NUMMER = re.compile(r"^(?:tiltak\s+)?\d{1,3}(?:\.\d{1,3})*(?:[.):]\s*|\s+-\s+|\s+)(?=\D)", re.IGNORECASE)
_OMRADE = re.compile(
    r"^(?:innsatsområde|satsing\w*område|satsingsområde|fokusområde|område|tema|delmål|hovedmål|hovudmål|mål|strategi)\b\s*"
    r"[\w.]{0,4}\s*[:.–-]\s*",
    re.IGNORECASE,
)
_MALORD = re.compile(r"^(?:delmål|hovedmål|hovudmål|mål)\b", re.IGNORECASE)
STATUSORD = (
    (Statusmelding.Status.IKKE_STARTET, re.compile(r"ikke |ikkje |planlagt|ny\b|nytt\b", re.IGNORECASE)),
    (Statusmelding.Status.TRENGER_HJELP, re.compile(r"(?:trenger|treng|behov for) (?:hjelp|avklaring)", re.IGNORECASE)),
    (Statusmelding.Status.I_GANG, re.compile(r"(?:er )?(?:i gang|igang|påbegyn|startet|starta|under arbeid|pågår|"
                                             r"løpende|løpande|delvis|kontinuerl)", re.IGNORECASE)),
    (Statusmelding.Status.GJORT, re.compile(r"(?:er )?(?:gjort|gjennomført|utført|ferdig|fullført|avslutta|avsluttet|"
                                            r"ok\b|ja\b|implementert)", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True)
class Tiltaksforslag:
    """A measure as it was read. `nokkel` is where it stood and tells it from others between the steps."""

    nokkel: str
    rad: int
    tittel: str
    beskrivelse: str = ""
    delpunkter: tuple[str, ...] = ()
    ansvar: tuple[Ord, ...] = ()
    tid: Tid = field(default_factory=Tid)
    innsatsomrade: str = ""
    mal: str = ""
    malgrupper: tuple[str, ...] = ()
    kostnad: Decimal | None = None
    finansiering: str = ""
    status: str = ""
    statusord: str = ""


@dataclass(frozen=True)
class Radfeil:
    """A row that could not be read."""

    rad: int
    hvorfor: str


@dataclass
class Lest:
    """All that the tables gave."""

    tiltak: list[Tiltaksforslag] = field(default_factory=list)
    feil: list[Radfeil] = field(default_factory=list)


def les_tiltak(tabeller: Sequence[Tabell], oppsett: Sequence[Oppsett], kjent: Kjent, pr: dt.date) -> Lest:
    """Every measure of the tables that have a column for them."""
    lest = Lest()
    med = [(nr, t, o) for nr, (t, o) in enumerate(zip(tabeller, oppsett, strict=True)) if o.er_med]
    navn = {tabell.navn for _nr, tabell, _oppsett in med}
    for nr, tabell, ett in med:
        if len(lest.tiltak) > MAKS_TILTAK:
            break
        omrade = _omrade(tabell.navn) if len(navn) > 1 else ""
        _Leser(nr, tabell, ett, kjent, pr, omrade).les(lest)
    return lest


def like_titler(a: str, b: str) -> bool:
    """The same measure by its title, but for capitals and punctuation."""
    return jevn(a) == jevn(b)


class _Leser:
    """One table."""

    def __init__(self, nr: int, tabell: Tabell, oppsett: Oppsett, kjent: Kjent, pr: dt.date, omrade: str) -> None:
        self.nr, self.tabell, self.oppsett, self.kjent, self.pr = nr, tabell, oppsett, kjent, pr
        self.omrade, self.delmal = omrade, ""
        self.tittelkolonne = oppsett.kolonner.index(Kolonne.TILTAK)
        self.sist = {Kolonne.INNSATSOMRADE: "", Kolonne.MAL: "", Kolonne.MALGRUPPE: ""}
        self.nummerert = self._er_nummerert()

    def les(self, lest: Lest) -> None:
        hode = self.tabell.rader[self.oppsett.overskrift].celler if self.oppsett.overskrift >= 0 else ()
        nye: list[Tiltaksforslag] = []
        for rad in self.tabell.rader[self.oppsett.overskrift + 1 :]:
            if len(nye) > MAKS_TILTAK:
                break
            if self._er_hode(rad, hode) or self._er_mellomtittel(rad):
                continue
            if rad.arvet & {self.tittelkolonne} and nye:
                nye[-1] = self._utvid(nye[-1], rad)
            elif re.search(r"\w", _uten_markering(rad.celler[self.tittelkolonne])):
                nye.extend(self._tiltak(rad))
            elif any(self._celle(rad, ett) for ett in (Kolonne.ANSVAR, Kolonne.DELPUNKTER, Kolonne.FRIST)):
                feil = self._uten_tittel(nye, rad)
                lest.feil.extend(feil)
            else:
                self._husk(rad)
        lest.tiltak.extend(nye)

    def _er_hode(self, rad: Rad, hode: Sequence[str]) -> bool:
        """The headings once more, as on each page of a long table."""
        return bool(hode) and [jevn(c) for c in rad.celler] == [jevn(c) for c in hode]

    def _er_mellomtittel(self, rad: Rad) -> bool:
        """A row across the table, or one that says itself to be a goal or an area, tells what comes below it."""
        fylte = [celle for celle in rad.celler if celle]
        if len(fylte) != 1 or len(rad.celler) < 2 or not (rad.hel or _OMRADE.match(fylte[0])):
            return False
        tekst = " ".join(fylte[0].split())
        if _MALORD.match(tekst):
            self.delmal = _omrade(tekst)
        else:
            self.omrade, self.delmal = _omrade(tekst), ""
        self.sist = dict.fromkeys(self.sist, "")
        return True

    def _celle(self, rad: Rad, kolonne: Kolonne, skille: str = "\n") -> str:
        return skille.join(rad.celler[nr] for nr in self.oppsett.finn(kolonne) if rad.celler[nr])

    def _husk(self, rad: Rad) -> None:
        """A goal or an area that stands once and holds for the rows below it."""
        for kolonne in self.sist:
            if tekst := self._celle(rad, kolonne):
                self.sist[kolonne] = tekst

    def _tiltak(self, rad: Rad) -> Iterator[Tiltaksforslag]:
        """The measure of a row; several when its cell is a list and nothing else."""
        self._husk(rad)
        tekst = _uten_markering(rad.celler[self.tittelkolonne])
        linjer = tekst.split("\n")
        if len(linjer) > 1 and all(linje.startswith(KULE) for linje in linjer):
            for nr, linje in enumerate(linjer):
                yield self._ett(rad, linje.removeprefix(KULE), f"{self.nr}-{rad.nummer}-{nr}")
        else:
            yield self._ett(rad, tekst, f"{self.nr}-{rad.nummer}")

    def _ett(self, rad: Rad, tekst: str, nokkel: str) -> Tiltaksforslag:
        tittel, rest, punkter = _del_tittel(tekst, self.nummerert)
        beskrivelser = [rest, _som_avsnitt(self._celle(rad, Kolonne.BESKRIVELSE))]
        tid = tolk_tid(self._celle(rad, Kolonne.FRIST, " – "), self.pr)
        frist = self._celle(rad, Kolonne.FRIST, " – ")
        if len(frist) > len(tid.tidsrom) and tid.tidsrom and not tid.frist and len(frist) > 120:
            beskrivelser.append(frist)
        kostnad, kostnadsord = _kostnad(self._celle(rad, Kolonne.KOSTNAD))
        finansiering = "; ".join(filter(None, [_en_linje(self._celle(rad, Kolonne.FINANSIERING)), kostnadsord]))
        if len(finansiering) > 200:
            beskrivelser.append(finansiering)
            finansiering = ""
        status, statusord = _status(_en_linje(self._celle(rad, Kolonne.STATUS)))
        if statusord and not status:
            beskrivelser.append(statusord)
        ansvar, for_lange = self._ansvar(rad)
        return Tiltaksforslag(
            nokkel=nokkel,
            rad=rad.nummer,
            tittel=tittel,
            beskrivelse="\n\n".join(filter(None, [*beskrivelser, *for_lange])),
            delpunkter=(*punkter, *_punkter(self._celle(rad, Kolonne.DELPUNKTER))),
            ansvar=ansvar,
            tid=tid if tid != Tid() else i_tittel(tittel),
            innsatsomrade=_en_linje(self.sist[Kolonne.INNSATSOMRADE]) or self.omrade,
            mal=_en_linje(self.sist[Kolonne.MAL]) or self.delmal,
            malgrupper=tuple(_punkter(self.sist[Kolonne.MALGRUPPE])),
            kostnad=kostnad,
            finansiering=finansiering,
            status=status,
            statusord=statusord if status else "",
        )

    def _ansvar(self, rad: Rad) -> tuple[tuple[Ord, ...], list[str]]:
        """Who answers, then who cooperates, each once; and the cells that are too long to be names."""
        alle: dict[str, Ord] = {}
        for_lange = []
        for kolonne, slag in ((Kolonne.ANSVAR, ""), (Kolonne.SAMARBEID, SAMARBEIDER)):
            tekst = _uten_markering(self._celle(rad, kolonne))
            if len(tekst) > LENGSTE_CELLE:
                for_lange.append(tekst)
                continue
            for ord in del_opp(tekst, self.kjent):
                if len(ord.ord) > LENGSTE_ORD:
                    for_lange.append(ord.ord)
                else:
                    alle.setdefault(ord.ord.casefold(), replace_slag(ord, slag))
        return tuple(alle.values()), for_lange

    def _utvid(self, tiltak: Tiltaksforslag, rad: Rad) -> Tiltaksforslag:
        """One more row of a measure whose title cell reaches down over several."""
        andre, for_lange = self._ansvar(rad)
        kjente = {ord.ord.casefold() for ord in tiltak.ansvar}
        beskrivelse = _som_avsnitt(self._celle(rad, Kolonne.BESKRIVELSE))
        punkter = [p for p in _punkter(self._celle(rad, Kolonne.DELPUNKTER)) if p not in tiltak.delpunkter]
        tid = tolk_tid(self._celle(rad, Kolonne.FRIST, " – "), self.pr)
        return replace(
            tiltak,
            delpunkter=(*tiltak.delpunkter, *punkter),
            ansvar=(*tiltak.ansvar, *(ord for ord in andre if ord.ord.casefold() not in kjente)),
            beskrivelse="\n\n".join(
                del_ for del_ in (tiltak.beskrivelse, beskrivelse, *for_lange) if del_ and del_ != tiltak.beskrivelse
            )
            or tiltak.beskrivelse,
            tid=tiltak.tid if tiltak.tid != Tid() else tid,
        )

    def _uten_tittel(self, nye: list[Tiltaksforslag], rad: Rad) -> list[Radfeil]:
        """A row without a measure goes on with the one above when that one is on the row before; else it is told of."""
        if self._celle(rad, Kolonne.DELPUNKTER) and nye and not self._celle(rad, Kolonne.ANSVAR):
            nye[-1] = self._utvid(nye[-1], rad)
            return []
        har = " · ".join(celle.replace("\n", " ") for celle in rad.celler if celle)[:120]
        return [Radfeil(rad.nummer, _("Kolonnen for tiltak er tom. På raden står det bare «%(har)s».") % {"har": har})]

    def _er_nummerert(self) -> bool:
        """Whether the measures carry numbers of the document's own: most begin with one."""
        titler = [rad.celler[self.tittelkolonne] for rad in self.tabell.rader[self.oppsett.overskrift + 1 :]]
        titler = [tittel for tittel in titler if tittel]
        med = sum(bool(_NUMMER.match(tittel)) for tittel in titler)
        return med >= 2 and med * 10 >= len(titler) * 6


def replace_slag(ord: Ord, slag: str) -> Ord:
    """The word with the kind of its column, unless the cell itself names one."""
    return ord if ord.slag or not slag else ord._replace(slag=slag)


def _omrade(navn: str) -> str:
    """«Innsatsområde 2: Trygg fritid» → «Trygg fritid»."""
    navn = navn.strip()
    uten = _OMRADE.sub("", navn).strip() or navn
    return re.sub(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[A-ZÆØÅ])", "", uten).strip(" :")


def _uten_markering(tekst: str) -> str:
    """HTML that came along as text, and bullets inside a line, as lines of their own."""
    if _MERKE.search(tekst):
        tekst = _LISTE.sub(lambda treff: f"\n{_liste(treff['inni'])}\n", tekst)
        tekst = re.sub(r"<br\s*/?>|</(?:p|div|tr)>", "\n", tekst, flags=re.IGNORECASE)
        tekst = unescape(_MERKE.sub("", tekst))
    tekst = _KULE_I_LINJE.sub(f"\n{KULE}", tekst)
    linjer = (_STREK_FORST.sub(KULE, linje.strip(), count=1) for linje in tekst.split("\n"))
    return "\n".join(linje for linje in linjer if linje.strip(" •"))


def _liste(inni: str) -> str:
    """The items of a list; without item marks they are parted by dashes."""
    if re.search(r"<li\b", inni, re.IGNORECASE):
        return re.sub(r"<li\b[^<>]*>", f"\n{KULE}", inni, flags=re.IGNORECASE)
    deler = [del_.strip() for del_ in _STREK_I_LISTE.split(inni) if del_.strip()]
    return "\n".join(KULE + del_ for del_ in deler)


def _del_tittel(tekst: str, nummerert: bool) -> tuple[str, str, list[str]]:
    """Title, the rest of the text, and the bullets."""
    linjer = tekst.split("\n")
    tittel = linjer[0].removeprefix(KULE)
    if nummerert:
        uten = _NUMMER.sub("", tittel, count=1)
        tittel = uten if re.search(r"\w", uten) else tittel
    andre = [linje for linje in linjer[1:] if not linje.startswith(KULE)]
    punkter = [linje.removeprefix(KULE).strip() for linje in linjer[1:] if linje.startswith(KULE)]
    tittel, over = _kort(tittel.removesuffix(":").strip() if punkter or andre else tittel.strip())
    return tittel, "\n\n".join(filter(None, [over, *andre])), punkter


def _kort(tittel: str) -> tuple[str, str]:
    """A title that the portal has room for, cut after a sentence or a word, and what is left."""
    if len(tittel) <= LENGSTE_TITTEL:
        return tittel, ""
    kutt = max(tittel.rfind(tegn, 20, LENGSTE_TITTEL) + 1 for tegn in (". ", "; ", ": "))
    if kutt < 20:
        kutt = tittel.rfind(" ", 20, LENGSTE_TITTEL)
    kutt = kutt if kutt > 0 else LENGSTE_TITTEL
    return tittel[:kutt].strip(), tittel[kutt:].strip()


def _punkter(tekst: str) -> list[str]:
    return [linje.removeprefix(KULE).strip() for linje in _uten_markering(tekst).split("\n") if linje.strip(" •")]


def _som_avsnitt(tekst: str) -> str:
    return _uten_markering(tekst)


def _en_linje(tekst: str) -> str:
    return " ".join(_punkter(tekst))


def _kostnad(tekst: str) -> tuple[Decimal | None, str]:
    """A sum, or the words that stand where it should be."""
    ord = _en_linje(tekst)
    if not ord or re.fullmatch(r"0(?:,-|,00)?|-|–", ord):
        return None, ""
    try:
        return les_belop(ord), ""
    except ValidationError:
        return None, ord


def _status(ord: str) -> tuple[str, str]:
    """The report that the words are, if any, and the words."""
    return next((str(status) for status, monster in STATUSORD if monster.match(ord)), ""), ord
