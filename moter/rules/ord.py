"""How a group's requirements stand, in words: the same as the strip shows, for those who read and those who listen."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import dato_i_ord
from moter.rules.motehyppighet import ALVOR, Motetilstand, Periodestatus
from organisering.models import Motekrav
from organisering.rules.ord import stor_forbokstav, tallord

HALVE_AR = {Motekrav.Kalender.HALVAR, Motekrav.Kalender.VAR, Motekrav.Kalender.HOST}


@dataclass(frozen=True)
class Ordlinje:
    """A state mark's key, the word beside it and a quieter line under it."""

    nokkel: str
    ord: str
    under: str = ""


def kravord(
    krav: Collection[Motekrav], statuser: Collection[Periodestatus], *, holdt: int, pr: dt.date
) -> Iterator[Ordlinje]:
    """The lines beside the strip: each requirement by itself. Without any rule only what was held is told."""
    faste = [rad for rad in krav if rad.slag != Motekrav.Slag.ORD]
    if not faste:
        yield Ordlinje(Motetilstand.INGEN_REGEL, _("Ingen fast regel"), holdt_i_ar(holdt))
    for rad in faste:
        egne = [status for status in statuser if status.krav.pk == rad.pk]
        if rad.slag == Motekrav.Slag.INTERVALL:
            yield from _intervallord(egne, pr)
        elif len(egne) > 2:
            yield from _mangeord(egne, pr)
        else:
            yield from (_periodelinje(status, alene=len(egne) == 1) for status in egne)


def moteord(antall: int) -> str:
    """«ett møte», «to møter»."""
    return ngettext("%(antall)s møte", "%(antall)s møter", antall) % {"antall": tallord(antall, intetkjonn=True)}


def holdt_i_ar(antall: int) -> str:
    """«3 holdt i år», «Ingen holdt i år»."""
    return _("%(antall)s holdt i året") % {"antall": antall} if antall else _("Ingen holdt i året")


def periodenavn(status: Periodestatus) -> str:
    """«vår», «høst», «mars», «mars–april», «2026», «2026–2027»."""
    krav = status.krav
    if krav.kalender in HALVE_AR and krav.perioder == 1:
        return _("vår") if status.fra.month == 1 else _("høst")
    if krav.kalender == Motekrav.Kalender.MANED:
        navn = [dato_i_ord(dag, "F").lower() for dag in (status.fra, status.til)]
    else:
        navn = [str(status.fra.year), str(status.til.year)]
    return navn[0] if navn[0] == navn[1] else "–".join(navn)


def tilstandsord(status: Periodestatus) -> str:
    """«oppfylt», «ett mangler», «brudd, to møter for lite», «i rute», «ikke vurdert ennå»."""
    mangler = status.mangler or status.minst - status.holdt
    if status.tilstand == Motetilstand.MANGLER:
        return ngettext("%(antall)s mangler", "%(antall)s mangler", mangler) % {
            "antall": tallord(mangler, intetkjonn=True)
        }
    if status.tilstand == Motetilstand.BRUDD:
        return _("brudd, %(moter)s for lite") % {"moter": moteord(mangler)}
    return {
        Motetilstand.OPPFYLT: _("oppfylt"),
        Motetilstand.I_RUTE: _("i rute"),
        Motetilstand.IKKE_VURDERT: _("ikke vurdert ennå"),
    }.get(status.tilstand, "")


def tellingsord(status: Periodestatus) -> str:
    """«5 holdt og 1 planlagt, minst 6»."""
    tall = {"holdt": status.holdt, "planlagt": status.planlagt, "minst": status.minst}
    if status.planlagt:
        return _("%(holdt)s holdt og %(planlagt)s planlagt, minst %(minst)s") % tall
    return _("%(holdt)s holdt, minst %(minst)s") % tall


def _periodelinje(status: Periodestatus, *, alene: bool) -> Ordlinje:
    if alene and status.krav.kalender not in HALVE_AR:
        return Ordlinje(status.tilstand, stor_forbokstav(tilstandsord(status)), tellingsord(status))
    ord = _("%(periode)s: %(tilstand)s") % {
        "periode": stor_forbokstav(periodenavn(status)),
        "tilstand": tilstandsord(status),
    }
    under = "" if status.minst == 1 else tellingsord(status)
    return Ordlinje(status.tilstand, ord, under)


def _intervallord(statuser: list[Periodestatus], pr: dt.date) -> Iterator[Ordlinje]:
    """Only the open stretch: when the next meeting is due."""
    if not statuser:
        return
    siste = max(statuser, key=lambda status: status.fra)
    under = ""
    if not siste.holdt:
        monster = _("Skulle vært holdt innen %(dag)s") if siste.til < pr else _("Neste innen %(dag)s")
        under = monster % {"dag": dato_i_ord(siste.til, "j.\u00a0F")}
    yield Ordlinje(siste.tilstand, stor_forbokstav(tilstandsord(siste)), under)


def _mangeord(statuser: list[Periodestatus], pr: dt.date) -> Iterator[Ordlinje]:
    """Many short periods: the one that holds today, then how the others went."""
    oppfylte = sum(status.tilstand == Motetilstand.OPPFYLT for status in statuser)
    manedlig = all(s.krav.kalender == Motekrav.Kalender.MANED and s.krav.perioder == 1 for s in statuser)
    monster = _("%(antall)s av %(alle)s måneder oppfylt") if manedlig else _("%(antall)s av %(alle)s perioder oppfylt")
    i_alt = monster % {"antall": oppfylte, "alle": len(statuser)}
    naa = next((status for status in statuser if status.gjelder(pr)), None)
    if naa is not None:
        ord = _("%(periode)s: %(tilstand)s") % {
            "periode": stor_forbokstav(periodenavn(naa)),
            "tilstand": tilstandsord(naa),
        }
        yield Ordlinje(naa.tilstand, ord, i_alt)
    else:
        verst = next(tilstand for tilstand in ALVOR if tilstand in {status.tilstand for status in statuser})
        yield Ordlinje(verst, i_alt)
    brudd = [status for status in statuser if status.tilstand == Motetilstand.BRUDD and not status.gjelder(pr)]
    if brudd and naa is not None:
        antall = len(brudd)
        monster = ngettext("%(antall)s periode med brudd", "%(antall)s perioder med brudd", antall)
        if manedlig:
            monster = ngettext("%(antall)s måned med brudd", "%(antall)s måneder med brudd", antall)
        yield Ordlinje(Motetilstand.BRUDD, monster % {"antall": stor_forbokstav(tallord(antall))})
