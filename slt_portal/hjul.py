"""The year wheel's geometry: where each ring, arc, mark and label stands on a canvas of 1060 × 908. Pure.

January begins at the top and the year goes clockwise: angle = days gone / days in the year × 360°. Drawing attributes
carry all of it, as ready-made texts, since the security policy allows no inline style.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import dag
from moter.rules.motehyppighet import Motetilstand
from moter.rules.stripe import Stripe, maneder
from slt_portal.aret import Ar, Hendelse

MED_BUE = {Motetilstand.OPPFYLT, Motetilstand.MANGLER, Motetilstand.BRUDD}
BREDDE, HOYDE = 1060, 908
X, Y = BREDDE / 2, HOYDE / 2
YTTERST, BAND_SUM, LUFT, MINST_BAND = 334, 168, 24, 16
BUE, NAVN, MANED, HENDELSE = 4, 13, 364, 394  # a period's arc outside its band, the name inside; months; events
ETIKETT, ETIKETT_HOYDE, KANT = 424, 42, 22
TEGN = 7.6  # the width of a letter of a label's first line
SAMME_STED = 4  # days: events nearer than this share one mark
FORSTE_LINJE, LINJE = 484, 24  # the counts in the middle
INNERST_DAG, YTTERST_DAG = 20, 12  # today's line, inside and outside the rings


class Punkt(NamedTuple):
    """A place on the canvas."""

    x: str
    y: str


@dataclass(frozen=True)
class Ring:
    """One group's band: its arcs before and after today, its name along the gap inside, its periods and marks."""

    stripe: Stripe
    gatt: str
    rest: str
    stille: list[str]
    navnebue: str
    perioder: list[tuple[str, str]]  # class and path
    merker: list["Merke"]


@dataclass(frozen=True)
class Merke:
    """A mark with its link: a meeting on its ring, or an event outside the wheel."""

    nokkel: str
    x: str
    y: str
    url: str
    tekst: str


@dataclass(frozen=True)
class Etikett:
    """The words beside a mark outside the wheel, and the thin line between them."""

    linjer: tuple[str, str]
    x: str
    y: str
    y2: str
    anker: str
    leder: tuple[Punkt, Punkt]
    url: str = ""


@dataclass(frozen=True)
class Maned:
    """A month's name and the line where it begins."""

    navn: str
    sted: Punkt
    strek: tuple[Punkt, Punkt]
    er_na: bool


@dataclass(frozen=True)
class Hjul:
    """All that is drawn."""

    ar: int
    ringer: list[Ring]
    maneder: list[Maned]
    hendelser: list[Merke]
    etiketter: list[Etikett]
    i_dag: tuple[Punkt, Punkt] | None
    midten: list[tuple[str, str]]  # a count in words, and how far down it stands

    @property
    def ar_ord(self) -> str:
        """The year as text, without a thousands' separator."""
        return str(self.ar)


def tegn(aret: Ar, grupper: Iterable[int] | None = None) -> Hjul:
    """The wheel of the year, with the rings of `grupper` (ids), or of all."""
    valgt = None if grupper is None else set(grupper)
    striper = [stripe for stripe in aret.striper if valgt is None or stripe.gruppe.pk in valgt]
    utenfor = samlet([h for h in aret.hendelser if not h.gruppe])
    innerst = band(max(len(striper), 1), max(len(striper), 1) - 1)[0]
    return Hjul(
        ar=aret.ar,
        ringer=[_ring(aret, stripe, *band(len(striper), nr)) for nr, stripe in enumerate(striper)],
        maneder=[_maned(aret, nr, innerst) for nr in range(12)],
        hendelser=[_utenfor(aret.ar, gruppe) for gruppe in utenfor],
        etiketter=_etiketter(aret, utenfor),
        i_dag=_strek(vinkel(aret.pr), innerst - INNERST_DAG, YTTERST + YTTERST_DAG)
        if aret.pr.year == aret.ar
        else None,
        midten=_midten(aret),
    )


def vinkel(dag: dt.date) -> float:
    """Degrees from the top, clockwise."""
    return 360 * (dag.timetuple().tm_yday - 1) / dt.date(dag.year, 12, 31).timetuple().tm_yday


def band(antall: int, nr: int) -> tuple[float, float]:
    """Inner and outer radius of ring number `nr` (0 is outermost) of `antall`."""
    bredde = max(MINST_BAND, min(40.0, (BAND_SUM - LUFT * (antall - 1)) / antall))
    ytre = YTTERST - nr * (bredde + LUFT)
    return ytre - bredde, ytre


def samlet(hendelser: Sequence[Hendelse]) -> list[list[Hendelse]]:
    """The events in order, those that stand nearly at one place together."""
    deler: list[list[Hendelse]] = []
    for hendelse in sorted(hendelser, key=lambda h: h.dato):
        if deler and (hendelse.dato - deler[-1][0].dato).days < SAMME_STED:
            deler[-1].append(hendelse)
        else:
            deler.append([hendelse])
    return deler


def _punkt(grader: float, radius: float) -> Punkt:
    rad = math.radians(grader)
    return Punkt(f"{X + radius * math.sin(rad):.1f}", f"{Y - radius * math.cos(rad):.1f}")


def _strek(grader: float, fra: float, til: float) -> tuple[Punkt, Punkt]:
    return _punkt(grader, fra), _punkt(grader, til)


def _stykke(fra: float, til: float, indre: float, ytre: float) -> str:
    """The path of a piece of a band; empty when it has no length."""
    if til - fra < 0.01:
        return ""
    til = min(til, fra + 359.99)  # a whole circle's ends would meet, and nothing be drawn
    stor = int(til - fra > 180)
    a, b, c, d = _punkt(fra, ytre), _punkt(til, ytre), _punkt(til, indre), _punkt(fra, indre)
    return (
        f"M{a.x} {a.y}A{ytre:.1f} {ytre:.1f} 0 {stor} 1 {b.x} {b.y}"
        f"L{c.x} {c.y}A{indre:.1f} {indre:.1f} 0 {stor} 0 {d.x} {d.y}Z"
    )


def _bue(fra: float, til: float, radius: float) -> str:
    til = min(til, fra + 359.99)
    a, b = _punkt(fra, radius), _punkt(til, radius)
    return f"M{a.x} {a.y}A{radius:.1f} {radius:.1f} 0 {int(til - fra > 180)} 1 {b.x} {b.y}"


def _spenn(ar: int, fra: dt.date, til: dt.date) -> tuple[float, float] | None:
    """The angles from the first day's start to the last day's end, inside the year; None outside it."""
    fra, siste = max(fra, dt.date(ar, 1, 1)), min(til, dt.date(ar, 12, 31))
    if siste < fra:
        return None
    slutt = siste + dt.timedelta(days=1)
    return vinkel(fra), vinkel(slutt) if slutt.year == ar else 360.0


def _ring(aret: Ar, stripe: Stripe, indre: float, ytre: float) -> Ring:
    na = vinkel(aret.pr) if aret.pr.year == aret.ar else 360.0 * (aret.pr.year > aret.ar)
    midt = (indre + ytre) / 2
    stille = [(f.fra, f.til) for f in aret.fridager]
    if aret.stille_juli:
        stille.append((dt.date(aret.ar, 7, 1), dt.date(aret.ar, 7, 31)))
    return Ring(
        stripe=stripe,
        gatt=_stykke(0, na, indre, ytre),
        rest=_stykke(na, 360, indre, ytre),
        stille=[_stykke(*s, indre, ytre) for fra, til in stille if (s := _spenn(aret.ar, fra, til))],
        navnebue=_bue(1.5, 178, indre - NAVN),
        perioder=[
            (str(status.tilstand), _bue(*s, ytre + BUE))
            for status in stripe.statuser
            if str(status.tilstand) in {"oppfylt", "mangler", "brudd"}
            and (s := _spenn(aret.ar, status.fra, status.til))
        ],
        merker=[
            Merke(h.merke, *_punkt(min(vinkel(h.dato), 357), midt), h.url, _setning(h))
            for h in aret.hendelser
            if h.gruppe == stripe.gruppe.pk
        ],
    )


def _maned(aret: Ar, nr: int, innerst: float) -> Maned:
    navn = maneder(aret.ar)[nr].navn
    forste = dt.date(aret.ar, nr + 1, 1)
    er_na = (aret.pr.year, aret.pr.month) == (aret.ar, nr + 1)
    sted = _punkt(vinkel(forste.replace(day=15)), MANED)
    return Maned(navn, sted, _strek(vinkel(forste), innerst, YTTERST), er_na)


def _utenfor(ar: int, sammen: list[Hendelse]) -> Merke:
    """The mark of events that stand together: the one that needs somebody most."""
    verst = min(sammen, key=_alvor)
    x, y = _punkt(vinkel(sammen[0].dato), HENDELSE)
    return Merke(verst.merke, x, y, verst.url, ". ".join(_setning(h) for h in sammen))


def _alvor(hendelse: Hendelse) -> int:
    rekke = ["forfalt", "brudd", "trenger_hjelp", "mangler_status", "mangler", "planlagt", "gjort"]
    return rekke.index(hendelse.merke) if hendelse.merke in rekke else len(rekke)


def _setning(hendelse: Hendelse) -> str:
    return ", ".join(filter(None, [f"{dag(hendelse.dato)}: {hendelse.navn}", hendelse.under]))


class _Onske(NamedTuple):
    """A label that wants to stand beside its mark."""

    grader: float
    radius: float
    tittel: str
    under: str
    url: str


def _etiketter(aret: Ar, utenfor: list[list[Hendelse]]) -> list[Etikett]:
    """Labels right and left of the wheel, moved apart so that none covers another; what finds no room has none."""
    onsker = [_Onske(vinkel(s[0].dato), HENDELSE + 11, *_ordene(s, aret.pr), min(s, key=_alvor).url) for s in utenfor]
    if aret.pr.year == aret.ar:
        onsker.append(
            _Onske(vinkel(aret.pr), YTTERST + YTTERST_DAG, _("I dag, %(dag)s") % {"dag": dag(aret.pr)}, "", "")
        )
    if aret.stille_juli:
        onsker.append(
            _Onske(vinkel(dt.date(aret.ar, 7, 16)), MANED + 16, _("Juli er stille"), _("ingen påminnelser"), "")
        )
    hoyre = [onske for onske in onsker if onske.grader < 180]
    venstre = [onske for onske in onsker if onske.grader >= 180]
    return [*_stablet(hoyre, 1), *_stablet(venstre, -1)]


def _ordene(sammen: list[Hendelse], pr: dt.date) -> tuple[str, str]:
    """«Rusfritt arrangement» and under it «17. mai»; more than one: «og to til»."""
    forst = min(sammen, key=_alvor)
    resten = len(sammen) - 1
    tittel = forst.navn
    under = dag(forst.dato)
    if forst.merke == "forfalt":
        under = _("forfalt %(dag)s") % {"dag": under}
    if resten:
        under += " " + ngettext("og %(antall)d til", "og %(antall)d til", resten) % {"antall": resten}
    return tittel, under


def _stablet(onsker: list[_Onske], side: int) -> list[Etikett]:
    """One side's labels from the top down. `side` is 1 to the right and -1 to the left."""
    onsker = sorted(onsker, key=lambda onske: -math.cos(math.radians(onske.grader)))
    plass = int((HOYDE - 2 * KANT) / ETIKETT_HOYDE)
    if len(onsker) > plass:
        onsker = onsker[:: math.ceil(len(onsker) / plass)]
    y_er = _fra_hverandre([Y - ETIKETT * math.cos(math.radians(onske.grader)) for onske in onsker])
    etiketter = []
    for onske, y in zip(onsker, y_er, strict=True):
        # Where a circle of the labels' radius passes this height; nearer the middle at the top and the bottom.
        bue = math.sqrt(max(ETIKETT**2 - min(abs(y - Y), ETIKETT) ** 2, 60**2))
        x = X + side * bue
        rom = int((BREDDE - x if side > 0 else x) / TEGN)
        etiketter.append(
            Etikett(
                linjer=(_kuttet(onske.tittel, rom), _kuttet(onske.under, rom + 2)),
                x=f"{x:.1f}",
                y=f"{y:.1f}",
                y2=f"{y + 18:.1f}",
                anker="start" if side > 0 else "end",
                leder=(_punkt(onske.grader, onske.radius), Punkt(f"{x - side * 5:.1f}", f"{y - 4:.1f}")),
                url=onske.url,
            )
        )
    return etiketter


def _fra_hverandre(onsket: list[float]) -> list[float]:
    """The heights, moved down and then up so that each has its own room inside the canvas."""
    y_er, forrige = [], -math.inf
    for y in onsket:
        forrige = max(y, forrige + ETIKETT_HOYDE, KANT)
        y_er.append(forrige)
    nederst: float = HOYDE - KANT
    for nr in range(len(y_er) - 1, -1, -1):
        y_er[nr] = nederst = min(y_er[nr], nederst)
        nederst -= ETIKETT_HOYDE
    return y_er


def _kuttet(tekst: str, rom: int) -> str:
    return tekst if len(tekst) <= rom else tekst[: max(rom - 1, 1)].rstrip(" ,.") + "…"


def _midten(aret: Ar) -> list[tuple[str, str]]:
    """The three counts in the middle."""
    holdt, planlagt = aret.antall("holdt"), aret.antall("planlagt")
    ord_ = [
        ngettext("%(antall)d møte holdt", "%(antall)d møter holdt", holdt) % {"antall": holdt},
        _("%(antall)d planlagt") % {"antall": planlagt},
        _("%(antall)d mangler") % {"antall": aret.mangler},
    ]
    return [(tekst, str(FORSTE_LINJE + nr * LINJE)) for nr, tekst in enumerate(ord_)]
