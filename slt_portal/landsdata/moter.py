"""Ten years of meetings with cases, decisions, presence and action items, in the order that they happened."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from moter.models import Deltakelse, Mote, Oppfolging, Sak, Vedtak
from moter.rules.penger import vurder
from organisering.models import Fullmakt, Gruppe
from slt_portal.eksempel.kalender import tidspunkt
from slt_portal.landsdata.bygg import AR, EN_DAG, Bygg, Gruppebilde

LORDAG = 5
JULI = 7
FRAM = dt.timedelta(days=200)  # how far ahead meetings are planned
LISTES_FRA = dt.timedelta(days=2 * AR)  # presence is known since then
SUMMER = (1500, 2000, 3000, 5000, 8000, 12000, 25000)
Slag = Sak.Slag


@dataclass
class Saksgang:
    """What waits for a later meeting: cases that were lifted, by the group that shall decide."""

    b: Bygg
    koer: dict[int, list[Sak]] = field(default_factory=lambda: defaultdict(list))


def bygg(b: Bygg) -> None:
    gang = Saksgang(b)
    moter = [(dagen, nr) for nr, bilde in enumerate(b.grupper) for dagen in _datoer(b, bilde)]
    for dagen, nr in sorted(moter):
        _mote(gang, b.grupper[nr], dagen)
    for ventende in gang.koer.values():
        for sak in ventende:
            b.skriver.ta(sak, trinn=1)
    for bilde in b.grupper:
        if bilde.til is None:
            _ko(b, bilde)
    _utenfor(b)


def _datoer(b: Bygg, bilde: Gruppebilde) -> list[dt.date]:
    """The days of a group's meetings: spread over each year, never at weekends or in July."""
    til = min(bilde.til or dt.date.max, b.pr + FRAM)
    datoer = set()
    for ar in range(bilde.fra.year, til.year + 1):
        antall = max(1, bilde.per_ar + b.rng.choice([-1, 0, 0, 0, 1]))
        for nummer in range(antall):
            dagen = dt.date(ar, 1, 7) + EN_DAG * int((nummer + b.rng.random()) * 340 / antall)
            dagen += dt.timedelta(days=35 if dagen.month == JULI else 0)
            dagen -= EN_DAG * max(0, dagen.weekday() - LORDAG + 1)
            if bilde.fra <= dagen <= til and (dagen < b.pr or b.sjanse(0.65)):
                datoer.add(dagen)
    return sorted(datoer)


def _mote(gang: Saksgang, bilde: Gruppebilde, dagen: dt.date) -> None:
    b = gang.b
    start = tidspunkt(dagen, dt.time(b.rng.randint(8, 14), b.rng.choice([0, 30])))
    slutt = start + dt.timedelta(minutes=b.rng.choice([60, 90, 120]))
    innkalt = start - dt.timedelta(days=bilde.gruppe.innkallingsfrist or 14)
    mote = Mote(
        samarbeid=b.samarbeid,
        gruppe=bilde.gruppe,
        start=start,
        slutt=slutt,
        sted=b.rng.choice(b.ord["sted"]),
        uid=f"{UUID(int=b.rng.getrandbits(128), version=4)}@slt-portalen",
        innkalt=innkalt if innkalt <= b.naa else None,
        **_utfall(b, start, slutt),
    )
    b.skriver.ta(mote)
    if mote.avlyst is None and start <= b.naa + dt.timedelta(days=45):
        _saker(gang, bilde, mote, dagen)
    if mote.avlyst is None and b.pr - LISTES_FRA <= dagen <= b.pr + dt.timedelta(days=14):
        _deltakere(b, bilde, mote, dagen)


def _utfall(b: Bygg, start: dt.datetime, slutt: dt.datetime) -> dict[str, Any]:
    """Held, cancelled, or past and unconfirmed; what lies ahead is planned, or cancelled already."""
    if b.sjanse(0.05):
        avlyst = min(start - dt.timedelta(days=2), b.naa)
        return {"avlyst": avlyst, "avlyst_grunn": b.rng.choice(b.ord["avlyst"])}
    ubekreftet = slutt > b.naa - dt.timedelta(days=60) and b.sjanse(0.4)
    return {"holdt": slutt} if slutt <= b.naa and not ubekreftet else {}


def _saker(gang: Saksgang, bilde: Gruppebilde, mote: Mote, dagen: dt.date) -> None:
    b = gang.b
    rekkefolge = 0
    for sak in gang.koer.pop(id(bilde.gruppe), []):
        rekkefolge += 1
        sak.mote, sak.rekkefolge = mote, rekkefolge
        _nummer(bilde, sak, dagen)
        b.skriver.ta(sak, trinn=1)
        if mote.holdt:
            _vedtak(gang, bilde, sak, dagen)
    for _ in range(b.rng.randint(4, 7)):
        rekkefolge += 1
        sak = _sak(b, bilde, holdt=mote.holdt is not None)
        sak.mote, sak.rekkefolge = mote, rekkefolge
        _nummer(bilde, sak, dagen)
        b.skriver.ta(sak)
        if mote.holdt:
            _etter(gang, bilde, sak, dagen)


def _nummer(bilde: Gruppebilde, sak: Sak, dagen: dt.date) -> None:
    bilde.nummer[dagen.year] += 1
    sak.nummer, sak.nummer_ar = bilde.nummer[dagen.year], dagen.year


def _sak(b: Bygg, bilde: Gruppebilde, *, holdt: bool) -> Sak:
    slag = b.rng.choice([Slag.ORIENTERING, Slag.ORIENTERING, Slag.DROFTING, Slag.BESLUTNING])
    unntatt = b.sjanse(0.02)
    return Sak(
        samarbeid=b.samarbeid,
        gruppe=bilde.gruppe,
        slag=slag,
        tittel=b.rng.choice(b.ord["saker"]),
        tekst=b.avsnitt(2) if b.sjanse(0.5) else "",
        forslag=b.rng.choice(b.ord["vedtak"]) if slag == Slag.BESLUTNING else "",
        minutter=b.rng.choice([None, 10, 15, 20, 30]),
        tiltak=b.rng.choice(b.tiltak) if b.tiltak and b.sjanse(0.2) else None,
        unntatt=unntatt,
        unntatt_grunn=b.ord["hjemmel"] if unntatt else "",
        notat=b.avsnitt(2) if holdt and b.sjanse(0.5) else "",
        meldt_av=b.rng.choice(b.personer) if b.sjanse(0.3) else None,
    )


def _etter(gang: Saksgang, bilde: Gruppebilde, sak: Sak, dagen: dt.date) -> None:
    """What came of a case in a meeting that was held."""
    if sak.slag == Slag.BESLUTNING:
        _vedtak(gang, bilde, sak, dagen)
    if gang.b.sjanse(0.1):
        _oppfolging(gang.b, bilde, sak, dagen)


def _vedtak(gang: Saksgang, bilde: Gruppebilde, sak: Sak, dagen: dt.date) -> None:
    b = gang.b
    fullmakt = next((rad for rad in bilde.fullmakter if rad.er_aktiv(dagen)), None)
    vedtak = Vedtak(
        samarbeid=b.samarbeid,
        gruppe=bilde.gruppe,
        mote=sak.mote,
        sak=sak,
        dato=dagen,
        slag=b.rng.choice([Vedtak.Slag.VEDTATT] * 8 + [Vedtak.Slag.AVVIST, Vedtak.Slag.UTSATT]),
        tekst=b.rng.choice(b.ord["vedtak"]),
        tiltak=sak.tiltak,
    )
    if fullmakt and (sak.loftet_fra or b.sjanse(0.25)):
        _penger(gang, bilde, vedtak, fullmakt, dagen)
    b.skriver.ta(vedtak)


def _penger(gang: Saksgang, bilde: Gruppebilde, vedtak: Vedtak, fullmakt: Fullmakt, dagen: dt.date) -> None:
    """Within the authority it is decided; what does not fit is recommended, and lifted to the body that decides."""
    b = gang.b
    belop = Decimal(b.rng.choice(SUMMER))
    svar = vurder(fullmakt, bilde.brukt[dagen.year], belop)
    vedtak.belop = belop
    sum_i_ord = f"{belop:,.0f}".replace(",", " ")
    if svar.kan_vedtas:
        vedtak.slag, vedtak.tekst = Vedtak.Slag.VEDTATT, b.ord["vedtak_penger"].format(sum=sum_i_ord)
        if b.sjanse(0.01):
            vedtak.opphevet = min(dagen + dt.timedelta(days=30), b.pr)
        else:
            bilde.brukt[dagen.year] += belop
        return
    vedtak.slag, vedtak.tekst = Vedtak.Slag.TILRADD, b.ord["tilradd_penger"].format(sum=sum_i_ord)
    if isinstance(svar.videre, Gruppe) and vedtak.sak is not None:
        lofter = Sak(
            samarbeid=b.samarbeid,
            gruppe=svar.videre,
            slag=Slag.BESLUTNING,
            tittel=vedtak.sak.tittel,
            forslag=vedtak.tekst,
            tiltak=vedtak.tiltak,
            loftet_fra=vedtak.sak,
        )
        gang.koer[id(svar.videre)].append(lofter)


def _oppfolging(b: Bygg, bilde: Gruppebilde, sak: Sak, dagen: dt.date) -> None:
    frist = dagen + dt.timedelta(days=b.rng.randint(14, 120)) if b.sjanse(0.8) else None
    gammel = dagen < b.pr - dt.timedelta(days=150)
    eier: dict[str, Any] = b.rng.choice(
        [
            {"eier_person": b.rng.choice(b.personer)},
            {"eier_plass": b.rng.choice(bilde.plasser)},
            {"eier_enhet": b.rng.choice(b.enheter)},
            {"eier_ord": b.rng.choice(b.ord["plasser"])},
        ]
    )
    b.skriver.ta(
        Oppfolging(
            samarbeid=b.samarbeid,
            gruppe=bilde.gruppe,
            mote=sak.mote,
            sak=sak,
            tekst=b.rng.choice(b.ord["oppfolging"]),
            frist=frist,
            gjort=b.dag_mellom(dagen, b.pr) if b.sjanse(0.97 if gammel else 0.4) else None,
            **eier,
        )
    )


def _deltakere(b: Bygg, bilde: Gruppebilde, mote: Mote, dagen: dt.date) -> None:
    """The list of those who were there, or who have answered."""
    sett = set()
    for medlemskap in bilde.medlemskap:
        if not medlemskap.er_aktiv(dagen) or id(medlemskap.person) in sett or medlemskap.rolle == "vara":
            continue
        sett.add(id(medlemskap.person))
        b.skriver.ta(
            Deltakelse(
                samarbeid=b.samarbeid,
                mote=mote,
                person=medlemskap.person,
                plass=medlemskap.plass,
                svar=b.rng.choice(["kommer", "kommer", "kan_ikke", ""]),
                tilstede=b.sjanse(0.85) if mote.holdt else None,
            )
        )
    if b.sjanse(0.2):
        gjest = b.rng.choice(b.ord["plasser"])
        b.skriver.ta(
            Deltakelse(samarbeid=b.samarbeid, mote=mote, gjest_rolle=gjest, tilstede=True if mote.holdt else None)
        )


def _ko(b: Bygg, bilde: Gruppebilde) -> None:
    """Cases that wait for the next meeting."""
    for _ in range(b.rng.randint(0, 2)):
        b.skriver.ta(_sak(b, bilde, holdt=False))


def _utenfor(b: Bygg) -> None:
    """Decisions of bodies outside the portal, some with a date in words."""
    for _ in range(b.rng.randint(0, 2)):
        dagen = b.dag_mellom(b.begynte, b.pr)
        med_dato = b.sjanse(0.6)
        b.skriver.ta(
            Vedtak(
                samarbeid=b.samarbeid,
                organ_ord=b.rng.choice(b.ord["organ"]),
                dato=dagen if med_dato else None,
                dato_ord="" if med_dato else str(dagen.year),
                tekst=b.rng.choice(b.ord["vedtak"]),
            )
        )
