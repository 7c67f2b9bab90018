"""The columns of the spreadsheet, what they show of a measure, and what a changed cell means.

Each field has one short text that is the same whatever program wrote the file and whatever language it is in. Its mark
is what tells a changed cell from one that is only written in another way.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from felles.belop import les_belop
from felles.datofelt import les_dato
from felles.norsk import dato, kroner
from felles.unntak import Regelbrudd
from organisering.models import Samarbeid
from tiltak.lesing.tabell import rens
from tiltak.models import Mal, Malgruppe, Tiltak
from tiltak.rules.importen.kolonner import jevn
from tiltak.rules.importen.tid import Tid, tolk_tid
from tiltak.rules.ord import naar_ord

Ord = str | Promise
NOKKEL, AVTRYKK = "nokkel", "avtrykk"
MERKE = 12  # letters of one field's mark
LENGSTE_LINJE = 300
_BOKSTAVER = str.maketrans("0123456789", "ghijklmnop")  # letters alone: no number can be found in a mark

# Heading and width, in the order of the sheet. Those of ENDRES may be changed; the others only tell.
KOLONNER: Final[dict[str, tuple[Ord, int]]] = {
    "nummer": (gettext_lazy("Nr."), 6),
    "tittel": (gettext_lazy("Tittel"), 44),
    "beskrivelse": (gettext_lazy("Beskrivelse"), 50),
    "delpunkter": (gettext_lazy("Delpunkter"), 40),
    "ansvar": (gettext_lazy("Ansvar"), 30),
    "frist": (gettext_lazy("Frist"), 13),
    "rytme": (gettext_lazy("Rytme"), 20),
    "mal": (gettext_lazy("Mål"), 34),
    "malgruppe": (gettext_lazy("Målgruppe"), 24),
    "kostnad": (gettext_lazy("Kostnad"), 13),
    "tilstand": (gettext_lazy("Tilstand"), 16),
    "meldt": (gettext_lazy("Sist meldt"), 13),
    NOKKEL: (gettext_lazy("Nøkkel"), 10),
    AVTRYKK: (gettext_lazy("Avtrykk"), 10),
}
ENDRES: Final = ("tittel", "beskrivelse", "delpunkter", "ansvar", "frist", "rytme", "mal", "malgruppe", "kostnad")
FLERE_LINJER: Final = {"delpunkter", "ansvar", "malgruppe"}


def hent(samarbeid: Samarbeid, nokler: Iterable[int]) -> QuerySet[Tiltak]:
    """The measures with all that a row of the sheet shows. Four queries."""
    rader = Tiltak.objects.filter(samarbeid=samarbeid, pk__in=list(nokler)).select_related("hovedmal", "plan")
    return rader.prefetch_related("delpunkter", "ansvar", "malgrupper").order_by("pk")


def verdi(tiltak: Tiltak, felt: str) -> Any:
    """What the field holds, as JSON keeps it: a text, a list of lines, the key of a goal, a day in ISO."""
    match felt:
        case "delpunkter":
            return [_en_linje(punkt.tekst) for punkt in tiltak.delpunkter.all()]
        case "ansvar":
            return [_en_linje(ansvar.kildeord) for ansvar in tiltak.ansvar.all()]
        case "malgruppe":
            return sorted(malgruppe.pk for malgruppe in tiltak.malgrupper.all())
        case "mal":
            return tiltak.hovedmal_id
        case "frist":
            return tiltak.frist.isoformat() if tiltak.frist else None
        case "rytme":
            return [tiltak.rytme, tiltak.rytme_maned, tiltak.rytme_dag]
        case "kostnad":
            return None if tiltak.kostnad is None else f"{tiltak.kostnad.normalize():f}"
    return getattr(tiltak, felt)


def celle(tiltak: Tiltak, felt: str) -> Any:
    """What the cell holds: a day, a sum or words."""
    match felt:
        case "frist" | "kostnad":
            return getattr(tiltak, felt)
        case "rytme":
            return rytme_i_ord(verdi(tiltak, felt))
        case "mal":
            return _en_linje(str(tiltak.hovedmal)) if tiltak.hovedmal else ""
        case "malgruppe":
            return "\n".join(_en_linje(str(malgruppe)) for malgruppe in tiltak.malgrupper.all())
        case "delpunkter" | "ansvar":
            return "\n".join(verdi(tiltak, felt))
    return getattr(tiltak, felt)


def rytme_i_ord(rytme: Iterable[Any]) -> str:
    """«Hvert år, 17. mai»; the words that `les_verdi` understands."""
    slag, maned, dag = rytme
    return " ".join(naar_ord(Tiltak(rytme=slag, rytme_maned=maned, rytme_dag=dag)).split())


def celleord(tekst: str, felt: str) -> str:
    """The cell's text, the same however it was written. A text that is not understood stands as it is."""
    ren = rens(tekst)
    try:
        if felt == "frist":
            return les_dato(ren).isoformat() if ren else ""
        if felt == "kostnad":
            return "" if not ren else f"{_belop(ren).normalize():f}"
    except ValidationError:
        return ren
    if felt == "rytme" and ren:
        tid = tolk_tid(ren, dt.date.min)
        return f"{tid.rytme}-{tid.maned}-{tid.dag}" if _bare_rytme(tid) else ren
    return ren


def feltmerke(tekst: str, felt: str) -> str:
    """A short mark of what a cell says."""
    ord_ = celleord(tekst, felt).encode()
    return hashlib.sha256(ord_).hexdigest()[:MERKE].translate(_BOKSTAVER)


def tiltakets_merke(tiltak: Tiltak, felt: str) -> str:
    """The mark that the field's cell has as the measure stands."""
    return feltmerke(_skrevet(celle(tiltak, felt)), felt)


def avtrykk(tiltak: Tiltak) -> str:
    """The marks of all fields that may be changed, in order."""
    return "".join(tiltakets_merke(tiltak, felt) for felt in ENDRES)


def les_avtrykk(tekst: str) -> dict[str, str] | None:
    """The mark of each field from `avtrykk`. None when it is no such text."""
    if len(tekst) != MERKE * len(ENDRES) or not (tekst.isascii() and tekst.isalpha()):
        return None
    return {felt: tekst[nr * MERKE : (nr + 1) * MERKE] for nr, felt in enumerate(ENDRES)}


def kolonnenavn() -> dict[str, str]:
    """Heading → column, in both målformer and the reader's own language."""
    navn: dict[str, str] = {}
    for sprak in dict.fromkeys(("nb", "nn", get_language() or "nb")):
        with override(sprak):
            navn |= {str(tittel).casefold(): kolonne for kolonne, (tittel, _bredde) in KOLONNER.items()}
    return navn


@dataclass(frozen=True)
class Kjente:
    """The goals and target groups that a cell may name."""

    mal: list[Mal]
    malgrupper: list[Malgruppe]

    @classmethod
    def av(cls, samarbeid: Samarbeid) -> "Kjente":
        """Two queries."""
        return cls(list(Mal.objects.filter(samarbeid=samarbeid)), list(Malgruppe.objects.filter(samarbeid=samarbeid)))

    def ord(self, felt: str, verdien: Any) -> str:
        """A value of `verdi` as a person reads it."""
        if felt == "mal":
            return next((str(mal) for mal in self.mal if mal.pk == verdien), "")
        if felt == "malgruppe":
            return "\n".join(str(malgruppe) for malgruppe in self.malgrupper if malgruppe.pk in verdien)
        if felt in FLERE_LINJER:
            return "\n".join(verdien)
        if felt == "rytme":
            return rytme_i_ord(verdien)
        if felt == "frist":
            return dato(dt.date.fromisoformat(verdien)) if verdien else ""
        return kroner(verdien) if felt == "kostnad" else str(verdien)

    def finn(self, rader: Iterable[Any], plan: int, tekst: str) -> int | None:
        """The key of what the words name, in the plan's own first."""
        passer = [rad for rad in rader if jevn(tekst) in {jevn(rad.tekst), jevn(getattr(rad, "kortnavn", ""))}]
        passer.sort(key=lambda rad: (rad.plan_id != plan, rad.plan_id is not None, rad.pk))
        return passer[0].pk if passer else None


def les_verdi(tekst: str, felt: str, tiltak: Tiltak, kjente: Kjente) -> Any:
    """What a changed cell means, as `verdi` gives it. Raises Regelbrudd with a sentence when it cannot be used."""
    tekst = tekst.replace("\r\n", "\n").strip()
    try:
        return _LESERE.get(felt, _les_tekst)(tekst, tiltak, kjente)
    except ValidationError as feil:
        raise Regelbrudd(" ".join(feil.messages)) from None


def _les_tittel(tekst: str, _tiltak: Tiltak, _kjente: Kjente) -> str:
    tittel = _en_linje(tekst)
    if not tittel:
        raise Regelbrudd(_("Et tiltak må ha en tittel."))
    return _ikke_for_lang(tittel)


def _les_tekst(tekst: str, _tiltak: Tiltak, _kjente: Kjente) -> str:
    return tekst


def _les_linjer(tekst: str, _tiltak: Tiltak, _kjente: Kjente) -> list[str]:
    return rens(tekst).splitlines()


def _les_ansvar(tekst: str, tiltak: Tiltak, kjente: Kjente) -> list[str]:
    return [_ikke_for_lang(linje) for linje in _les_linjer(tekst, tiltak, kjente)]


def _les_frist(tekst: str, _tiltak: Tiltak, _kjente: Kjente) -> str | None:
    return les_dato(tekst).isoformat() if tekst else None


def _les_rytme(tekst: str, _tiltak: Tiltak, _kjente: Kjente) -> list[Any]:
    if not tekst:
        return ["", None, None]
    tid = tolk_tid(tekst, dt.date.min)
    if not _bare_rytme(tid):
        raise Regelbrudd(
            _("Rytmen «%s» er ikke forstått. Skriv for eksempel «Løpende», «Hver måned» eller «Hvert år, 17. mai».")
            % _en_linje(tekst)[:80]
        )
    return [str(tid.rytme), tid.maned, tid.dag]


def _les_mal(tekst: str, tiltak: Tiltak, kjente: Kjente) -> int | None:
    if not tekst:
        return None
    funnet = kjente.finn(kjente.mal, tiltak.plan_id, tekst)
    if funnet is None:
        raise Regelbrudd(_("Planen har ikke målet «%s». Skriv det som det står i planen.") % _en_linje(tekst)[:80])
    return funnet


def _les_malgruppe(tekst: str, tiltak: Tiltak, kjente: Kjente) -> list[int]:
    funnet = []
    for linje in rens(tekst).splitlines():
        nokkel = kjente.finn(kjente.malgrupper, tiltak.plan_id, linje)
        if nokkel is None:
            raise Regelbrudd(_("Planen har ikke målgruppa «%s». Skriv den som den står i planen.") % linje[:80])
        funnet.append(nokkel)
    return sorted(set(funnet))


def _les_kostnad(tekst: str, _tiltak: Tiltak, _kjente: Kjente) -> str | None:
    return f"{_belop(tekst).normalize():f}" if tekst else None


_LESERE: Final[dict[str, Callable[[str, Tiltak, Kjente], Any]]] = {
    "tittel": _les_tittel,
    "delpunkter": _les_linjer,
    "ansvar": _les_ansvar,
    "frist": _les_frist,
    "rytme": _les_rytme,
    "mal": _les_mal,
    "malgruppe": _les_malgruppe,
    "kostnad": _les_kostnad,
}


def _belop(tekst: str) -> Decimal:
    """A sum; nothing is a sum too, when the plan says so."""
    return Decimal(0) if tekst.strip("0") in {"", ","} and "0" in tekst else les_belop(tekst)


def _bare_rytme(tid: Tid) -> bool:
    return bool(tid.rytme) and not (tid.tidsrom or tid.frist or tid.start or tid.slutt)


def _en_linje(tekst: str) -> str:
    return " ".join(rens(tekst).split())


def _ikke_for_lang(linje: str) -> str:
    if len(linje) > LENGSTE_LINJE:
        raise Regelbrudd(_("Skriv høyst %(flest)d tegn på ei linje.") % {"flest": LENGSTE_LINJE})
    return linje


def _skrevet(verdien: Any) -> str:
    """A cell's value as a reader of the file would have it in text."""
    if isinstance(verdien, dt.date):
        return verdien.isoformat()
    return str(verdien).replace(".", ",") if isinstance(verdien, Decimal) else str(verdien or "")
