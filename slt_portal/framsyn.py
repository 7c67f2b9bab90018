"""What the coming weeks hold if nothing happens: every rule is asked about the days ahead, and the answer is kept.

Made with the day's plan, so that a page need only read it: one row a Samarbeid.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _

from felles.tid import oslo_dato
from organisering.models import Enhetskontakt, Medlemskap, Samarbeid, Verv
from organisering.rules.ord import liste_i_ord
from organisering.services.paminnelser import SAMARBEID_OM_GANGEN, Runde, i_oppfolging, ny_runde
from slt_portal.varsling import REGLER
from varsling.models import AvvistAdresse, Framsyn
from varsling.services import Paminnelse, Plan, biter
from varsling.services.planlegging import trygg

UKER = 4


def se_framover(naa: dt.datetime) -> Plan:
    """Renews the outlook of every Samarbeid that is followed up."""
    plan = Plan("framsyn")
    for bit in biter(i_oppfolging(oslo_dato(naa)).iterator(), SAMARBEID_OM_GANGEN):
        plan.funnet += regn_ut(bit, naa)
    return plan


def regn_ut(samarbeid: Iterable[Samarbeid], naa: dt.datetime) -> int:
    """Asks every rule about the coming weeks of these Samarbeid, and keeps the answer; how many things it found."""
    runde = ny_runde(samarbeid, naa, til=oslo_dato(naa) + dt.timedelta(weeks=UKER))
    ting: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for regel in REGLER:
        for p in regel.finn(runde):
            ting[p.samarbeid_id].append(_ting(regel.regel, p))
    hoppet = _hoppet_over(runde)
    rader = [
        Framsyn(
            samarbeid_id=pk,
            regnet_ut=naa,
            uten_mottaker=sum(pk == samarbeid_id for samarbeid_id, _objekt in runde.uten_mottaker),
            innhold={"ting": sorted(ting[pk], key=lambda t: (t["dag"], t["person"])), "hoppet": hoppet[pk]},
        )
        for pk in runde.samarbeid
    ]
    Framsyn.objects.bulk_create(
        rader,
        update_conflicts=True,
        unique_fields=["samarbeid"],
        update_fields=["regnet_ut", "innhold", "uten_mottaker"],
    )
    return sum(map(len, ting.values()))


def _ting(regel: str, p: Paminnelse) -> dict[str, Any]:
    return {
        "dag": (p.dag or dt.date.max).isoformat(),
        "person": p.person_id,
        "regel": regel,
        "trinn": p.trinn,
        "gjelder": trygg(p.ord.gjelder)[:300],
        "tekst": trygg(p.ord.som_tekst()),
        "lenke": p.lenke,
        "om": p.om,
        "objekt": p.objekt,
        "forfall": p.forfall.isoformat() if p.forfall else None,
        "plikt": p.plikt,
    }


def _hoppet_over(runde: Runde) -> dict[int, list[list[Any]]]:
    """Officers and contacts who cannot be written to, and who gets it instead: [person, sentence], by Samarbeid."""
    funnet: dict[int, list[list[Any]]] = defaultdict(list)
    for person, hva, gruppe, slag in _verv_uten_adresse(runde):
        with translation.override(runde.samarbeid[gruppe.samarbeid_id].malform):
            til = [m.navn for m in runde.bok.for_gruppe(gruppe, slag)]
            funnet[gruppe.samarbeid_id].append([person, _setning(hva, gruppe.visningsnavn, til)])
    uten = Enhetskontakt.objects.filter(samarbeid__in=runde.samarbeid).aktive(runde.pr)
    for rad in _kan_ikke_nas(uten).select_related("enhet").order_by("pk"):
        with translation.override(runde.samarbeid[rad.samarbeid_id].malform):
            til = [m.navn for m in runde.bok.for_enhet(rad.enhet_id, rad.samarbeid_id, funksjon=rad.funksjon)]
            funnet[rad.samarbeid_id].append([rad.person_id, _setning(_("Kontakt"), rad.enhet.navn, til)])
    return funnet


def _verv_uten_adresse(runde: Runde) -> Iterable[tuple[int, str, Any, str]]:
    sitter = Medlemskap.objects.filter(samarbeid__in=runde.samarbeid, plass__verv__isnull=False).gir_tilgang(runde.pr)
    rader = _kan_ikke_nas(sitter).distinct().order_by("pk").select_related("plass")
    for medlemskap in rader.prefetch_related("plass__verv__gruppe__nivaer"):
        for verv in medlemskap.plass.verv.all():
            if verv.er_aktiv(runde.pr) and verv.slag != Verv.Slag.NESTLEDER:
                yield medlemskap.person_id, str(verv.get_slag_display()), verv.gruppe, verv.slag


def _kan_ikke_nas(rader: Any) -> Any:
    """Rows of people without an address, or with one that is refused."""
    avvist = AvvistAdresse.objects.filter(adresse=OuterRef("person__epost"))
    return rader.filter(Exists(avvist) | Q(person__epost__isnull=True))


def _setning(hva: str, hvor: str, til: list[str]) -> str:
    ord_ = {"hva": hva, "hvor": hvor, "til": liste_i_ord(til)}
    if not til:
        return _("%(hva)s, %(hvor)s: ingen får påminnelsene.") % ord_
    return _("%(hva)s, %(hvor)s: påminnelsene går til %(til)s.") % ord_
