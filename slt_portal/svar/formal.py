"""What a kind of question must know: whether it may still be asked, what it says, and what its answers do."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.tid import oslo_dato
from varsling.models import Svarlenke

T = TypeVar("T")
Ord = str | Promise


class Stengt(Exception):
    """The question is no longer this person's to answer, or is over. Says so in a heading and a sentence."""

    def __init__(self, tittel: str, setning: str) -> None:
        super().__init__(tittel)
        self.tittel, self.setning = tittel, setning


@dataclass(frozen=True)
class Valg:
    """One answer on the page: its word, the small words under it, and the key of its state mark."""

    verdi: str
    ord: str
    under: str = ""
    merke: str = ""


@dataclass(frozen=True)
class Sporsmal:
    """What the page asks. `adresse` is the thing's own page, behind the login. `svart` is what stands now, in words."""

    tittel: str
    linjer: tuple[str, ...] = ()
    sitat: str = ""
    kilde: str = ""
    adresse: str = ""
    svart: str = ""


@dataclass(frozen=True)
class Resultat:
    """What an answer led to: the row, and the answer that it replaced."""

    pk: int | None = None
    forrige: str = ""


@dataclass(frozen=True)
class Kvittering:
    """What the page says after the answer. `utdyp` is an empty form where more can be told."""

    tittel: str
    svar: str
    tekst: str = ""
    videre: str = ""
    kan_angre: bool = False
    utdyp: forms.Form | None = None


class Formal(ABC, Generic[T]):
    """One kind of question. `svar` is what mails offer too; `flere_svar` leaves the link open for another answer."""

    navn: ClassVar[str]
    svar: ClassVar[Mapping[str, Ord]] = {}
    knapp: ClassVar[Ord] = gettext_lazy("Send svaret")
    flere_svar: ClassVar[bool] = False

    @abstractmethod
    def hent(self, lenke: Svarlenke, naa: dt.datetime) -> T:
        """The row asked about. Raises Stengt when the person may no longer answer, or there is nothing more to ask."""

    @abstractmethod
    def sporsmal(self, objekt: T, lenke: Svarlenke, naa: dt.datetime) -> Sporsmal:
        """What is asked."""

    def valg(self) -> list[Valg]:
        return [Valg(verdi, str(ord)) for verdi, ord in self.svar.items()]

    def skjema(self, objekt: T, lenke: Svarlenke, svar: str, naa: dt.datetime, data: Any = None) -> forms.Form:
        """What may be told beside the answer; nothing, unless the kind says otherwise."""
        return forms.Form(data)

    @abstractmethod
    def besvar(self, objekt: T, lenke: Svarlenke, svar: str, skjema: Any, naa: dt.datetime) -> Resultat:
        """Records the answer by the service of the app that owns the thing. Raises Regelbrudd."""

    @abstractmethod
    def kvittering(self, objekt: T, lenke: Svarlenke, naa: dt.datetime) -> Kvittering:
        """What stands after the answer."""

    @abstractmethod
    def angre(self, objekt: T, lenke: Svarlenke, naa: dt.datetime) -> None:
        """Takes the answer back. Raises Regelbrudd when it is too late."""

    def utdyp(self, objekt: T, lenke: Svarlenke, data: Any, naa: dt.datetime) -> forms.Form | None:
        """Adds what was told afterwards. Gives the form back when it is refused, else None."""
        raise Stengt(_("Det er ikke mer å fylle ut"), _("Svaret er mottatt slik det står."))

    def ord_for(self, svar: str) -> str:
        return str(self.svar.get(svar, svar))


def krev_inne(lenke: Svarlenke, naa: dt.datetime) -> dt.date:
    """The day; raises Stengt when the person's account is closed, or the Samarbeid has ended."""
    pr, slutt = oslo_dato(naa), lenke.samarbeid.slutt
    if not lenke.person.is_active or (slutt is not None and slutt < pr):
        raise Stengt(_("Lenka virker ikke lenger"), _("Du er ikke lenger med i dette samarbeidet."))
    return pr
