"""Groups of every kind with their seats, members, offices, meeting rules and authorities."""

import datetime as dt
from typing import Any

from organisering.models import Fullmakt, Gruppe, Mandatpunkt, Medlemskap, Motekrav, Niva, Person, Plass, Verv
from slt_portal.landsdata.bygg import AR, EN_DAG, Bygg, Gruppebilde, ordliste

TRE_SLAG = (Niva.Slag.STYRENDE, Niva.Slag.KOORDINERENDE, Niva.Slag.UTFORENDE)
ARBEIDSGRUPPER = 2.4  # over ten years
PREFIKS = {"styrende": "SG", "koordinerende": "KG", "utforende": "UG"}
TARN = 4 * AR  # how long a member sits, about


def bygg(b: Bygg, gjest: Person | None) -> None:
    """`gjest` is somebody of another Samarbeid who holds a seat here too."""
    for rekkefolge, slag in enumerate(TRE_SLAG):
        if slag == Niva.Slag.UTFORENDE and b.sjanse(0.4):
            _nivabeskrivelse(b, rekkefolge)
        else:
            _gruppe(b, slag, rekkefolge)
    if gjest is not None:
        krets = Plass(samarbeid=b.samarbeid, gruppe=b.grupper[0].gruppe, tittel=b.ord["plasser"][3], slag="flere")
        b.grupper[0].plasser.append(b.skriver.ta(krets))
        _medlem(b, b.grupper[0], krets, gjest, b.begynte, None)
    if b.sjanse(0.4):
        _gruppetype(b)
    for nummer in range(round(ARBEIDSGRUPPER * b.storrelse * b.rng.uniform(0.7, 1.3) * max(1, b.ar) / 10)):
        _arbeidsgruppe(b, nummer)
    _fullmakter(b)


def _gruppe(b: Bygg, slag: str, rekkefolge: int) -> None:
    styrende = slag == Niva.Slag.STYRENDE
    navn = b.rng.choice(b.ord[slag])
    gruppe = Gruppe(
        samarbeid=b.samarbeid,
        navn=navn,
        er_politirad="olitiråd" in navn,
        er_styringsgruppe=styrende,
        saksprefiks=PREFIKS[slag] if b.sjanse(0.7) else "",
        innkallingsfrist=b.rng.choice([None, 7, 14]),
        saksfrist=b.rng.choice([None, 10, 14, 21]),
        motedor=b.rng.choice(["", *Gruppe.Motedor.values]),
        referat_offentlig=b.rng.choice([None, True, False]),
        enkeltsaker=b.rng.choice(["", *Gruppe.Enkeltsaker.values]),
        medlemsliste_komplett=b.rng.choice([None, True, False]),
        fra=b.begynte,
        rekkefolge=rekkefolge,
    )
    krav = b.rng.choice([rad for rad in ordliste()["krav"] if rad["for"] == slag])
    bilde = _ta(b, Gruppebilde(gruppe, slag, krav["per_ar"], b.begynte))
    _krav(b, gruppe, krav)
    _mandat(b, gruppe)
    _plasser(b, bilde, b.rng.randint(5, 9))
    _verv(b, bilde)


def _ta(b: Bygg, bilde: Gruppebilde, trinn: int = 0) -> Gruppebilde:
    b.skriver.ta(bilde.gruppe, trinn)
    b.skriver.ta(Gruppe.nivaer.through(gruppe=bilde.gruppe, niva=b.nivaer[bilde.slag]))
    b.grupper.append(bilde)
    return bilde


def _nivabeskrivelse(b: Bygg, rekkefolge: int) -> None:
    """A level described in words; it never meets."""
    gruppe = Gruppe(samarbeid=b.samarbeid, slag=Gruppe.Slag.NIVABESKRIVELSE, rekkefolge=rekkefolge)
    b.skriver.ta(gruppe)
    b.skriver.ta(Gruppe.nivaer.through(gruppe=gruppe, niva=b.nivaer[Niva.Slag.UTFORENDE]))
    _mandat(b, gruppe)


def _gruppetype(b: Bygg) -> None:
    """Several alike, one for each school: rules and mandate stand with the type."""
    typen = Gruppe(
        samarbeid=b.samarbeid, navn=b.ord["gruppetype"], slag=Gruppe.Slag.GRUPPETYPE, fra=b.begynte, rekkefolge=5
    )
    b.skriver.ta(typen)
    b.skriver.ta(Gruppe.nivaer.through(gruppe=typen, niva=b.nivaer[Niva.Slag.UTFORENDE]))
    krav = b.rng.choice([rad for rad in ordliste()["krav"] if rad["for"] == "utforende"])
    _krav(b, typen, krav)
    _mandat(b, typen)
    for navn in b.rng.sample(ordliste()["enhet"]["skolenavn"], b.rng.randint(2, 4)):
        gruppe = Gruppe(samarbeid=b.samarbeid, navn=f"{typen.navn} {navn}", gruppetype=typen, fra=b.begynte)
        gruppe.rekkefolge = 6
        bilde = _ta(b, Gruppebilde(gruppe, "utforende", krav["per_ar"], b.begynte), trinn=1)
        _plasser(b, bilde, b.rng.randint(2, 4))
        _verv(b, bilde)


def _arbeidsgruppe(b: Bygg, nummer: int) -> None:
    fra = b.dag_mellom(b.begynte, b.pr - dt.timedelta(days=30))
    til: dt.date | None = fra + dt.timedelta(days=b.rng.randint(120, 700))
    if til is not None and til >= b.pr:
        til = None
    gruppe = Gruppe(
        samarbeid=b.samarbeid,
        navn=f"{b.rng.choice(b.ord['arbeidsgruppe'])} {fra.year}",
        slag=Gruppe.Slag.ARBEIDSGRUPPE,
        overordnet=b.grupper[1].gruppe,
        resultat=b.avsnitt(2) if til else "",
        fra=fra,
        til=til,
        rekkefolge=10 + nummer,
    )
    bilde = _ta(b, Gruppebilde(gruppe, "utforende", b.rng.randint(3, 6), fra, til), trinn=1)
    _plasser(b, bilde, b.rng.randint(3, 5))
    _verv(b, bilde)


def _krav(b: Bygg, gruppe: Gruppe, krav: dict[str, Any]) -> None:
    for felter in filter(None, (krav["felter"], krav.get("ekstra"))):
        ordlyd = b.kravtekst(krav)
        b.skriver.ta(Motekrav(samarbeid=b.samarbeid, gruppe=gruppe, ordlyd=ordlyd, fra=gruppe.fra, **felter))


def _mandat(b: Bygg, gruppe: Gruppe) -> None:
    for rekkefolge, ordlyd in enumerate(b.rng.sample(b.ord["mandat"], b.rng.randint(1, 6))):
        b.skriver.ta(Mandatpunkt(samarbeid=b.samarbeid, gruppe=gruppe, ordlyd=ordlyd, rekkefolge=rekkefolge))


def _plasser(b: Bygg, bilde: Gruppebilde, antall: int) -> None:
    for rekkefolge, tittel in enumerate(b.rng.sample(b.ord["plasser"], antall)):
        slag = b.rng.choice([Plass.Slag.PERSON] * 5 + [Plass.Slag.FLERE, Plass.Slag.ORGAN, Plass.Slag.APEN])
        plass = Plass(
            samarbeid=b.samarbeid,
            gruppe=bilde.gruppe,
            tittel=tittel,
            slag=slag,
            antall=b.rng.choice([None, 3]) if slag == Plass.Slag.FLERE else None,
            enhet=b.rng.choice(b.enheter) if b.sjanse(0.5) else None,
            deltar_som=b.rng.choice(["medlem"] * 6 + ["fast", "observator"]),
            ser_unntatt=b.sjanse(0.9),
            ma_besettes=b.sjanse(0.3),
            rekkefolge=rekkefolge,
        )
        bilde.plasser.append(b.skriver.ta(plass))
        if slag != Plass.Slag.APEN:
            _medlemmer(b, bilde, plass)


def _medlemmer(b: Bygg, bilde: Gruppebilde, plass: Plass) -> None:
    """Terms after each other, of different people; the last one is open, or the seat is empty."""
    samtidige = b.rng.randint(2, 3) if plass.slag == Plass.Slag.FLERE else 1
    fra, slutt = bilde.fra, bilde.til
    while fra is not None:
        til = fra + dt.timedelta(days=b.rng.randint(TARN // 3, TARN))
        siste = til >= (slutt or b.pr)
        folk = b.rng.sample(b.personer, samtidige + 1)
        for person in folk[:samtidige]:
            _medlem(b, bilde, plass, person, fra, slutt if siste else til)
        if b.sjanse(0.15):
            rad = _medlem(b, bilde, plass, folk[-1], fra, slutt if siste else til, Medlemskap.Rolle.VARA)
            rad.innkalt_fra = fra if b.sjanse(0.3) else None
        if siste or b.sjanse(0.05):
            return
        fra = til + EN_DAG


def _medlem(
    b: Bygg,
    bilde: Gruppebilde,
    plass: Plass,
    person: Person,
    fra: dt.date,
    til: dt.date | None,
    rolle: str = Medlemskap.Rolle.MEDLEM,
) -> Medlemskap:
    rad = Medlemskap(samarbeid=b.samarbeid, plass=plass, person=person, rolle=rolle, fra=fra, til=til)
    bilde.medlemskap.append(rad)
    return b.skriver.ta(rad)


def _verv(b: Bygg, bilde: Gruppebilde) -> None:
    felles = {"samarbeid": b.samarbeid, "gruppe": bilde.gruppe}
    if b.sjanse(0.85):
        b.skriver.ta(Verv(slag=Verv.Slag.LEDER, plass=bilde.plasser[0], **felles))
    if b.sjanse(0.8):
        b.skriver.ta(Verv(slag=Verv.Slag.SEKRETAR, koordinatorpost=b.poster[0], **felles))
    if b.sjanse(0.3):
        b.skriver.ta(Verv(slag=Verv.Slag.INNKALLER, rotasjon=b.ord["rotasjon"], **felles))
    elif b.sjanse(0.2):
        b.skriver.ta(Verv(slag=Verv.Slag.NESTLEDER, enhet=b.rng.choice(b.enheter), **felles))


def _fullmakter(b: Bygg) -> None:
    """What the steering and the coordinating group may do with money; some rules have changed on the way."""
    styrende = b.grupper[0]
    for bilde in b.grupper[:2]:
        rader = [rad for rad in ordliste()["penger"] if rad["for"] == bilde.slag]
        if b.sjanse(0.1):
            continue
        bytte = b.dag_mellom(b.begynte + EN_DAG, b.pr) if b.sjanse(0.25) else None
        _fullmakt(b, bilde, styrende, b.rng.choice(rader), b.begynte, bytte - EN_DAG if bytte else None)
        if bytte:
            _fullmakt(b, bilde, styrende, b.rng.choice(rader), bytte, None)
    if b.sjanse(0.6):
        b.skriver.ta(
            Fullmakt(
                samarbeid=b.samarbeid,
                gruppe=b.grupper[1].gruppe,
                gjelder=Fullmakt.Gjelder.ARBEIDSGRUPPER,
                alle_ma_si_ja=b.sjanse(0.5),
                fra=b.begynte,
            )
        )


def _fullmakt(
    b: Bygg, bilde: Gruppebilde, styrende: Gruppebilde, rad: dict[str, Any], fra: dt.date, til: dt.date | None
) -> None:
    fullmakt = Fullmakt(
        samarbeid=b.samarbeid,
        gruppe=bilde.gruppe,
        gjelder=Fullmakt.Gjelder.PENGER,
        ordlyd=b.kravtekst(rad),
        fra=fra,
        til=til,
        videre_gruppe=styrende.gruppe if rad.get("videre") == "gruppe" else None,
        videre_plass=styrende.plasser[0] if rad.get("videre") == "plass" else None,
        **rad["felter"],
    )
    bilde.fullmakter.append(b.skriver.ta(fullmakt))
