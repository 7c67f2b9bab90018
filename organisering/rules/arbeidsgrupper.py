"""How a working group is born. Source: «How an arbeidsgruppe is born and ends», and each Samarbeid's own Fullmakt rows.

Three ways. The group **decides** (quick-working groups in Nordre Land: only after every proposed member has been asked
and has said yes). The group **recommends**, and another seat or group decides (more time-consuming tasks). **No rule**:
the group is free. Where the text is silent:

- A proposal with nobody in it is not «every member has said yes»: there is no one to be a group.
- One who says no stands in the way until taken out of the proposal, for then he is no longer proposed.
- The rule of the day of the decision applies, as for money.
- A recommendation needs no answers unless its own row says so; nor does the decision that follows it, since it rests on
  the same row.
- The one who decides cannot do so before the recommendation is there.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from organisering.models import Foresporsel, Fullmakt, Gruppe, Gruppeforslag, Plass
from organisering.rules.ord import liste_i_ord

Svar = Foresporsel.Svar


class Vei(Enum):
    """What the proposing group itself may do."""

    FRI = "fri"
    VEDTAR = "vedtar"
    TILRAR = "tilrar"


@dataclass(frozen=True)
class Spurt:
    """One proposed member: name and answer, empty while there is none."""

    navn: str
    svar: str = ""


@dataclass(frozen=True)
class Fodsel:
    """Whether the next step may be taken now; when not, why, in sentences."""

    vei: Vei
    hindringer: tuple[str, ...] = ()

    @property
    def kan(self) -> bool:
        return not self.hindringer


def regler_for(gruppe: Gruppe, fullmakter: Iterable[Fullmakt], dag: dt.date) -> list[Fullmakt]:
    """The rows about working groups that the group, or its type, has on the day."""
    egne = {gruppe.pk, gruppe.regelbarer_id}
    om = Fullmakt.Gjelder.ARBEIDSGRUPPER
    return [rad for rad in fullmakter if rad.gjelder == om and rad.gruppe_id in egne and rad.er_aktiv(dag)]


def med_apne_forslag(grupper: Any) -> Any:
    """Annotates each group with how many working groups it has proposed that are not settled."""
    apne = Gruppeforslag.objects.filter(gruppe=OuterRef("pk")).apne().order_by().values("gruppe")
    return grupper.annotate(apne_forslag=Coalesce(Subquery(apne.annotate(antall=Count("pk")).values("antall")), 0))


def veien(fullmakt: Fullmakt | None) -> Vei:
    if fullmakt is None:
        return Vei.FRI
    return Vei.VEDTAR if fullmakt.myndighet == Fullmakt.Myndighet.VEDTAR else Vei.TILRAR


def hvem_avgjor(fullmakt: Fullmakt | None) -> Plass | Gruppe | None:
    """Who decides on what the group only recommends. None when the group itself does, or nobody is said."""
    if fullmakt is None or veien(fullmakt) is not Vei.TILRAR:
        return None
    return fullmakt.videre_plass or fullmakt.videre_gruppe


def fodsel(fullmakt: Fullmakt | None, spurte: Sequence[Spurt]) -> Fodsel:
    """Whether the proposing group may take its step: create, decide or recommend."""
    vei = veien(fullmakt)
    if fullmakt is None or not fullmakt.alle_ma_si_ja:
        return Fodsel(vei)
    return Fodsel(vei, tuple(_hindringer(spurte)))


def avgjorelse(fullmakt: Fullmakt | None, spurte: Sequence[Spurt], tilradd: dt.date | None) -> Fodsel:
    """Whether the one beyond the group may decide on what is recommended."""
    hindringer = list(fodsel(fullmakt, spurte).hindringer)
    if veien(fullmakt) is not Vei.TILRAR:
        hindringer.append(_("Gruppa avgjør dette selv."))
    elif hvem_avgjor(fullmakt) is None:
        hindringer.append(_("Det er ikke oppgitt hvem som avgjør. Legg det inn i fullmakten."))
    if tilradd is None:
        hindringer.append(_("Gruppa har ikke tilrådd det ennå."))
    return Fodsel(veien(fullmakt), tuple(hindringer))


def _hindringer(spurte: Sequence[Spurt]) -> Iterable[str]:
    if not spurte:
        yield _("Ingen er foreslått ennå.")
    venter = [en.navn for en in spurte if not en.svar]
    nei = [en.navn for en in spurte if en.svar == Svar.NEI]
    if venter:
        yield _("%(navn)s har ikke svart ennå.") % {"navn": liste_i_ord(venter)}
    if nei:
        yield _("%(navn)s har svart nei. Ta ut den som ikke vil, eller spør noen andre.") % {"navn": liste_i_ord(nei)}


def veien_i_ord(fullmakt: Fullmakt | None) -> str:
    """What follows from the rule, in one sentence."""
    vei = veien(fullmakt)
    if fullmakt is None:
        return _("Ingen regel sier hvordan en arbeidsgruppe blir til. Gruppa kan opprette den fritt.")
    if vei is Vei.VEDTAR:
        if fullmakt.alle_ma_si_ja:
            return _("Gruppa vedtar, når alle som er foreslått, er spurt og har sagt ja.")
        return _("Gruppa vedtar.")
    hvem = hvem_avgjor(fullmakt)
    return _("Gruppa tilrår, og %(hvem)s avgjør.") % {"hvem": hvem} if hvem else _("Gruppa tilrår.")
