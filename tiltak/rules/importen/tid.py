"""When a measure happens: a deadline, a rhythm, a stretch of time, or only the plan's words.

The words are kept whenever they say more than what was understood. Where a plan says less than a date: «innan 1. juni»
is the next first of June, a day and month without a year comes every year, and two years are the whole of both.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from felles.datofelt import MANEDER, les_dato
from tiltak.models import Tiltak

__all__ = ["Tid", "i_tittel", "tolk_tid"]

Rytme = Tiltak.Rytme
LENGSTE = 120  # of the words that are kept
_MANED = (
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|des)"
)
_AR = r"(?:19|20|21)\d\d"
_INNEN = (
    r"(?:innen|innan|senest|seinast|før|frist|ferdig(?: innen| innan)?|i løpet av|i laupet av|ved utgangen av|"
    r"utgangen av|utgangan av|til|slutten av)"
)
_HVER = r"(?:hver|hvert|kvar|kvart|årlig|årleg|årvisst|hvert år|kvart år|hvert år,|kvart år,)"

KONTINUERLIG = re.compile(
    r"kontinuerl[ei]g\w*|løpende|løpande|fortløpende|fortløpande|vedvarende|varig|fast|faste|hele året|heile året|"
    r"hele tida|heile tida|hele tiden|pågående|pågåande|ved behov|etter behov|jevnlig|jamleg|hele perioden|"
    r"heile perioden|i hele perioden|i heile perioden|planperioden|hele planperioden|gjennom hele året|"
    r"gjennom heile året|ukentlig|vekentleg|hver uke|kvar veke|daglig|dagleg"
)
UTEN_MER = {"kontinuerlig", "kontinuerleg", "løpende", "løpande", "årlig", "årleg", "hvert år", "kvart år",
            "halvårlig", "halvårleg", "hvert halvår", "kvart halvår", "månedlig", "månadleg", "månedleg", "hver måned",
            "kvar månad"}  # fmt: skip
MANEDLIG = re.compile(r"måned(?:s)?l[ei]g\w*|månadleg\w*|(?:hver|en gang i) måned\w*|(?:kvar|ein gong i) månad\w*")
HALVARLIG = re.compile(
    r"halvårl[ei]g\w*|(?:hvert|kvart) halvår|(?:2|to) (?:ganger|gonger) (?:i året|årlig|årleg|per år|pr\.? år)|"
    r"(?:vår|våren) og (?:høst|høsten|haust|hausten)|(?:høst|haust) og vår"
)
ARLIG = re.compile(
    r"årl[ei]g\w*|årvisst?|(?:hvert|kvart)(?: eneste)? (?:skole|skule)?år|"
    r"(?:en|1) gang (?:i året|årlig|per år|pr\.? år)|(?:ein|1) gong (?:i året|årleg|per år)|"
    r"(?:hver|kvar) (?:vår|høst|haust|sommer|sommar|vinter|jul|påske)"
)
IKKE_HVERT_AR = re.compile(
    r"(?:hvert|kvart) (?:andre|annet|anna|tredje|fjerde)|annet?hvert|annakvart|annankvar|kvart anna"
)
SESONG = {"skolestart": 8, "skulestart": 8, "skoleslutt": 6, "skuleslutt": 6, "studiestart": 8, "nyttår": 1}
TIDEN = {"vår": (1, 6), "våren": (1, 6), "høst": (7, 12), "høsten": (7, 12), "haust": (7, 12), "hausten": (7, 12),
         "sommer": (6, 8), "sommeren": (6, 8), "sommar": (6, 8), "sommaren": (6, 8),
         "1. halvår": (1, 6), "første halvår": (1, 6), "fyrste halvår": (1, 6), "2. halvår": (7, 12),
         "andre halvår": (7, 12), **{f"{nr}. kvartal": (3 * nr - 2, 3 * nr) for nr in range(1, 5)},
         **{f"q{nr}": (3 * nr - 2, 3 * nr) for nr in range(1, 5)}}  # fmt: skip


@dataclass(frozen=True)
class Tid:
    """The fields of a measure that its words about time fill. A deadline or a rhythm, never both."""

    frist: dt.date | None = None
    rytme: str = ""
    maned: int | None = None
    dag: int | None = None
    start: dt.date | None = None
    slutt: dt.date | None = None
    tidsrom: str = ""


def tolk_tid(ord: str, pr: dt.date) -> Tid:
    """What the words of a cell say. `pr` tells which «1. juni» is the next."""
    ord = " ".join(ord.split()).strip(" .;:–-")
    ren = ord.casefold().replace("–", "-").replace("—", "-").strip()
    if not ren:
        return Tid()
    for tolk in (_dato, _periode, _sesong_i_ar, _rytme, _innen, _dag_i_aret):
        tid = tolk(ren, pr)
        if tid is not None:
            return tid if _sier_alt(ren, tid) else replace(tid, tidsrom=ord[:LENGSTE])
    return Tid(tidsrom=ord[:LENGSTE])


def i_tittel(tittel: str) -> Tid:
    """What a measure's own title says of when: «2022/2023», or a day of the year that is no deadline and has no
    year."""
    ren = tittel.casefold().replace("–", "-")
    ar = re.search(rf"(?<![\d/-])({_AR})\s?[/-]\s?({_AR})(?![\d/-])", ren)
    if ar and (tid := _hele_ar(int(ar[1]), int(ar[2]))):
        return replace(tid, tidsrom=tittel[ar.start() : ar.end()])
    dag = re.search(rf"(?<![\d.])(\d{{1,2}})\.\s?({_MANED})\b(?!\.?\s*\d)", ren)
    if dag and not re.search(r"\b(?:innen|innan|senest|seinast|før|frist|fra|frå)\s+(?:\w+\s+)?$", ren[: dag.start()]):
        return _arlig(int(dag[1]), dag[2]) or Tid()
    return Tid()


def _sier_alt(ren: str, tid: Tid) -> bool:
    """Whether the fields say all that the words do."""
    if tid.frist:
        return _les(_uten_innen(ren)) == tid.frist
    if tid.rytme == Rytme.ARLIG and tid.maned:
        return bool(re.fullmatch(rf"(?:{_HVER},? )?(?:i )?(?:\d{{1,2}}\.? ?)?{_MANED}\.?", ren))
    return ren in UTEN_MER


def _uten_innen(ren: str) -> str:
    return re.sub(rf"^(?:{_INNEN}\s+)+", "", ren).strip()


def _les(tekst: str) -> dt.date | None:
    try:
        return les_dato(tekst)
    except ValidationError:
        return None


def _dato(ren: str, _pr: dt.date) -> Tid | None:
    uten = _uten_innen(ren)
    if frist := _les(uten):
        return Tid(frist=frist)
    if treff := re.fullmatch(rf"({_MANED})\.? ({_AR})", uten):
        return Tid(frist=_siste(int(treff[2]), _nr(treff[1])))
    return None


def _periode(ren: str, _pr: dt.date) -> Tid | None:
    uten = re.sub(r"^(?:i )?(?:perioden|tidsrommet|skoleåret|skuleåret|året|årene|i)\s+", "", ren)
    skolear = "skoleår" in ren or "skuleår" in ren
    if treff := re.fullmatch(rf"({_AR})\s?[/-]\s?({_AR}|\d\d)", uten):
        slutt = int(treff[2]) if len(treff[2]) == 4 else int(treff[1]) // 100 * 100 + int(treff[2])
        if skolear and slutt == int(treff[1]) + 1:
            return Tid(start=dt.date(slutt - 1, 8, 1), slutt=dt.date(slutt, 7, 31))
        return _hele_ar(int(treff[1]), slutt)
    if treff := re.fullmatch(_AR, uten):
        return _hele_ar(int(treff[0]), int(treff[0]))
    deler = re.split(r"\s+-\s+|\s+til\s+|(?<=\d{4})-(?=\d)", re.sub(r"^fra\s+|^frå\s+", "", ren))
    dager = [_les(del_) for del_ in deler]
    if len(dager) == 2 and dager[0] and dager[1] and dager[0] <= dager[1]:
        return Tid(start=dager[0], slutt=dager[1])
    return None


def _hele_ar(fra: int, til: int) -> Tid | None:
    return Tid(start=dt.date(fra, 1, 1), slutt=dt.date(til, 12, 31)) if fra <= til <= fra + 20 else None


def _sesong_i_ar(ren: str, _pr: dt.date) -> Tid | None:
    uten = re.sub(r"^(?:i|om)\s+", "", ren)
    treff = re.fullmatch(rf"(.+?),?\s+({_AR})", uten)
    if not treff or treff[1] not in TIDEN:
        return None
    forste, siste = TIDEN[treff[1]]
    return Tid(start=dt.date(int(treff[2]), forste, 1), slutt=_siste(int(treff[2]), siste))


def _rytme(ren: str, _pr: dt.date) -> Tid | None:
    if IKKE_HVERT_AR.search(ren):
        return Tid()
    if treff := re.fullmatch(
        rf"{_HVER},?\s*(?:i |den |innen |innan )?(?:(\d{{1,2}})\.? ?)?({_MANED})\.?(?: (?:hvert|kvart) år)?", ren
    ):
        return _arlig(int(treff[1]), treff[2]) if treff[1] else Tid(rytme=Rytme.ARLIG, maned=_nr(treff[2]))
    for sesong, maned in SESONG.items():
        if re.search(rf"\b{sesong}\b", ren) and not re.search(_AR, ren):
            return Tid(rytme=Rytme.ARLIG, maned=maned)
    for monster, rytme in ((MANEDLIG, Rytme.MANEDLIG), (HALVARLIG, Rytme.HALVARLIG), (ARLIG, Rytme.ARLIG)):
        if re.match(rf"(?:{monster.pattern})\b", ren):
            return Tid(rytme=rytme, maned=_eneste_maned(ren) if rytme == Rytme.ARLIG else None)
    if re.match(rf"(?:{KONTINUERLIG.pattern})\b", ren):
        return Tid(rytme=Rytme.KONTINUERLIG)
    return None


def _eneste_maned(ren: str) -> int | None:
    funnet = re.findall(rf"\b{_MANED}\b", ren)
    return _nr(funnet[0]) if len(funnet) == 1 else None


def _innen(ren: str, pr: dt.date) -> Tid | None:
    treff = re.match(rf"(?:{_INNEN}\s+)+", ren)
    if not treff:
        return None
    rest = ren[treff.end() :]
    if re.fullmatch(_AR, rest):
        return Tid(frist=dt.date(int(rest), 12, 31))
    if (sesong := _sesong_i_ar(rest, pr)) and sesong.slutt:
        return Tid(frist=sesong.slutt)
    if dag := re.fullmatch(rf"(\d{{1,2}})\.? ?({_MANED})\.?", rest):
        return Tid(frist=frist) if (frist := _neste(int(dag[1]), _nr(dag[2]), pr)) else None
    if dag := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?", rest):
        return Tid(frist=frist) if (frist := _neste(int(dag[1]), int(dag[2]), pr)) else None
    if re.fullmatch(_MANED, rest):
        ar = pr.year + (_nr(rest) < pr.month)
        return Tid(frist=_siste(ar, _nr(rest)))
    return None


def _dag_i_aret(ren: str, _pr: dt.date) -> Tid | None:
    if treff := re.fullmatch(rf"(?:i |den |natt til )?(\d{{1,2}})\.? ?({_MANED})\.?", ren):
        return _arlig(int(treff[1]), treff[2])
    if treff := re.fullmatch(rf"(?:i )?({_MANED})\.?", ren):
        return Tid(rytme=Rytme.ARLIG, maned=_nr(treff[1]))
    return None


def _arlig(dag: int, maned: str) -> Tid | None:
    nr = _nr(maned)
    return Tid(rytme=Rytme.ARLIG, maned=nr, dag=dag) if 1 <= dag <= calendar.monthrange(2024, nr)[1] else None


def _neste(dag: int, maned: int, pr: dt.date) -> dt.date | None:
    for ar in range(pr.year, pr.year + 9):  # 29 February is at most eight years away
        try:
            dato = dt.date(ar, maned, dag)
        except ValueError:
            continue
        if dato >= pr:
            return dato
    return None


def _siste(ar: int, maned: int) -> dt.date:
    return dt.date(ar, maned, calendar.monthrange(ar, maned)[1])


def _nr(maned: str) -> int:
    return MANEDER.index(maned[:3]) + 1
