"""Reminders about measures: asks the rules, and writes what people must hear of."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from felles.norsk import dato
from felles.tid import oslo_dato
from felles.trinn import Trinnstand
from organisering.models import Fullmakt, Medlemskap, Plass
from organisering.rules.mottakere import Kontaktbok, Mottaker, unike
from organisering.rules.ord import fristsetning
from organisering.services.paminnelser import Runde, gjennomga
from tiltak.models import Ansvar, Tilstand, Tiltak
from tiltak.models.tilstand import TiltakQuerySet
from tiltak.rules import varsler as regler
from varsling.services import Ord, Paminnelse, Plan

FRIST, STATUS, MANGLER = "frist", "status", "mangler"
FERDIG = (str(Tilstand.AVSLUTTET), str(Tilstand.GJORT))


def varsle_frist(naa: dt.datetime) -> Plan:
    """Tells those who answer for a measure that its deadline comes nearer, or has passed."""
    return gjennomga(FRIST, naa, finn_frist)


def varsle_status(naa: dt.datetime) -> Plan:
    """Asks those who answer for a measure how it goes."""
    return gjennomga(STATUS, naa, finn_status)


def varsle_mangler(naa: dt.datetime) -> Plan:
    """Tells the coordinator once a month what must be put right, in one item."""
    return gjennomga(MANGLER, naa, finn_mangler)


def _apne(runde: Runde) -> TiltakQuerySet:
    """Measures that are neither done nor ended, with their last report and who answers."""
    apne: TiltakQuerySet = (
        Tiltak.objects.filter(samarbeid__in=runde.samarbeid)
        .med_tilstand(runde.pr)
        .exclude(tilstand__in=FERDIG)
        .select_related("plan")
        .prefetch_related("ansvar__gruppe")
        .order_by("pk")
    )
    return apne


def finn_frist(runde: Runde) -> Iterator[Paminnelse]:
    for tiltak in _apne(runde).filter(frist__isnull=False):
        for dag, stand in runde.stander(regler.fristtrinn(tiltak.frist, runde.til), tiltak.samarbeid_id):
            bare_koordinator = regler.er_for_koordinator(stand.trinn.navn)
            mottakere = runde.bok.koordinator(tiltak.samarbeid_id) if bare_koordinator else _ansvarlige(runde, tiltak)
            ord_ = partial(_fristord, tiltak, dag)
            felter = {"dag": dag, "runde": tiltak.frist.isoformat(), "forfall": tiltak.frist}
            yield from _til_hver(runde, tiltak, mottakere, stand, ord_, **felter)


def finn_status(runde: Runde) -> Iterator[Paminnelse]:
    for tiltak in _apne(runde):
        fra = runde.fra(tiltak.samarbeid_id)
        meldt = oslo_dato(tiltak.siste_meldt) if tiltak.siste_meldt else None
        begynt = max(dag for dag in (fra, tiltak.start, tiltak.startet) if dag)
        grunnlag = max(begynt, meldt or begynt)
        if tiltak.rytme_maned is None:
            rytme = runde.samarbeid[tiltak.samarbeid_id].statusrytme
            trinn = regler.statustrinn(grunnlag, rytme, meldt, runde.til)
        else:
            trinn = regler.arlig_statustrinn(tiltak.rytme_maned, begynt, meldt, runde.til)
        for dag, stand in runde.stander(trinn, tiltak.samarbeid_id):
            ord_ = partial(_statusord, tiltak, meldt)
            felter = {"dag": dag, "runde": grunnlag.isoformat()}
            yield from _til_hver(runde, tiltak, _ansvarlige(runde, tiltak), stand, ord_, **felter)


def _til_hver(
    runde: Runde, tiltak: Tiltak, mottakere: list[Mottaker], stand: Trinnstand, ord_: partial[Ord], /, **felter: Any
) -> Iterator[Paminnelse]:
    lenke = reverse("tiltak:tiltak", args=[runde.samarbeid[tiltak.samarbeid_id].slug, tiltak.pk])
    om = f"tiltak-{tiltak.pk}"
    sporsmal = {"formal": STATUS, "objekt_id": tiltak.pk}
    alt = {"objekt": om, "om": om, "lenke": lenke, **sporsmal, **felter}
    return runde.til_hver(tiltak.samarbeid_id, mottakere, stand, ord_, **alt)


def _ansvarlige(runde: Runde, tiltak: Tiltak) -> list[Mottaker]:
    """Everybody who answers for the measure; who only cooperates is never chased. Nobody: the coordinator."""
    funnet = [
        mottaker
        for ansvar in tiltak.ansvar.all()
        if ansvar.slag != Ansvar.Slag.SAMARBEIDER and not ansvar.apen_med_vilje
        for mottaker in _part(runde.bok, ansvar)
    ]
    return unike(funnet) or runde.bok.koordinator(tiltak.samarbeid_id)


def _part(bok: Kontaktbok, ansvar: Ansvar) -> list[Mottaker]:
    if ansvar.enhet_id is not None:
        return bok.for_enhet(ansvar.enhet_id, ansvar.samarbeid_id, funksjon=ansvar.funksjon)
    if ansvar.gruppe is not None:
        return bok.for_gruppe(ansvar.gruppe)
    if ansvar.plass_id is not None:
        return bok.for_plass(ansvar.plass_id, ansvar.samarbeid_id)
    if ansvar.koordinatorpost_id is not None:
        return bok.for_post(ansvar.koordinatorpost_id, ansvar.samarbeid_id)
    return bok.koordinator(ansvar.samarbeid_id)


def _fristord(tiltak: Tiltak, pr: dt.date) -> Ord:
    assert tiltak.frist is not None
    return Ord(
        regler.fristoverskrift(tiltak.tittel, tiltak.frist, pr),
        fristsetning(tiltak.frist, pr),
        ordlyd=tiltak.tittel,
        kilde=tiltak.plan.navn,
    )


def _statusord(tiltak: Tiltak, meldt: dt.date | None) -> Ord:
    sist = _("Sist meldt %(dato)s.") % {"dato": dato(meldt)} if meldt else _("Ingen har meldt status ennå.")
    ansvar = ", ".join(a.kildeord for a in tiltak.ansvar.all())
    hvem = _("Ansvar i planen: %(ansvar)s.") % {"ansvar": ansvar.rstrip(". ")} if ansvar else ""
    return Ord(
        _("Hvordan går det med tiltak %(nummer)s?") % {"nummer": tiltak.nummer}
        if tiltak.nummer
        else _("Hvordan går det med tiltaket?"),
        " ".join(filter(None, (sist, hvem))),
        ordlyd=tiltak.tittel,
        kilde=tiltak.plan.navn,
    )


def finn_mangler(runde: Runde) -> Iterator[Paminnelse]:
    plasser, ansvar, fullmakter = _ledige(runde), _uavklarte(runde), _utlopte(runde)
    for pk, samarbeid in runde.samarbeid.items():
        antall = (plasser[pk], ansvar[pk], fullmakter[pk])
        if not any(antall):
            continue
        trinn = [t for t in regler.manedstrinn(runde.til) if t.dag >= runde.fra(pk).replace(day=1)]
        for dag, stand in runde.stander(trinn, pk):
            yield from runde.til_hver(
                pk,
                runde.bok.koordinator(pk),
                Trinnstand(stand.trinn),  # what lacked last month may have been something else
                partial(_mangelord, antall),
                objekt=f"samarbeid-{pk}",
                dag=dag,
                lenke=reverse("oversikt", args=[samarbeid.slug]),
            )


def _mangelord(antall: tuple[int, int, int]) -> Ord:
    return Ord(_("Noe er ikke på plass"), regler.mangelsetning(*antall))


def _ledige(runde: Runde) -> Counter[int]:
    """Seats that must be filled and are not."""
    besatt = Medlemskap.objects.aktive(runde.pr).filter(plass=OuterRef("pk"), rolle=Medlemskap.Rolle.MEDLEM)
    ledige = (
        Plass.objects.filter(Plass.aktiv_q(runde.pr, "gruppe__"), samarbeid__in=runde.samarbeid, ma_besettes=True)
        .aktive(runde.pr)
        .exclude(Exists(besatt))
    )
    return _antall(ledige)


def _uavklarte(runde: Runde) -> Counter[int]:
    apne = Q(tiltak__avsluttet__isnull=True) | Q(tiltak__avsluttet__gt=runde.pr)
    return _antall(Ansvar.objects.filter(apne, samarbeid__in=runde.samarbeid).uavklarte())


def _utlopte(runde: Runde) -> Counter[int]:
    """Powers whose time is over, and that no other power of the same holder about the same has taken the place of."""
    samme = {felt: OuterRef(felt) for felt in ("samarbeid", "gjelder")}
    holder = Q(gruppe=OuterRef("gruppe")) | Q(plass=OuterRef("plass")) | Q(koordinatorpost=OuterRef("koordinatorpost"))
    ny = Fullmakt.objects.filter(holder, **samme).filter(Q(til__isnull=True) | Q(til__gte=runde.pr))
    return _antall(Fullmakt.objects.filter(samarbeid__in=runde.samarbeid, til__lt=runde.pr).exclude(Exists(ny)))


def _antall(rader) -> Counter[int]:  # type: ignore[no-untyped-def]  # three models, one question
    return Counter(dict(rader.order_by().values_list("samarbeid").annotate(antall=Count("pk"))))
