"""Plans with their editions, goals, measures, who answers for them and what was reported."""

import datetime as dt
from typing import Any

from organisering.models import Enhet
from slt_portal.eksempel.kalender import tidspunkt
from slt_portal.landsdata.bygg import AR, EN_DAG, Bygg, ordliste
from tiltak.models import (
    Ansvar,
    Delpunkt,
    Handlingsplan,
    Mal,
    Malgruppe,
    Plandel,
    Plangjennomgang,
    Planutgave,
    Statusmelding,
    Tiltak,
)

TILTAK_I_ARET = 11.6
MELDT = dt.time(10, 15)
Rytme = Tiltak.Rytme


def bygg(b: Bygg) -> None:
    if b.sjanse(0.04):
        return  # a Samarbeid that has no plan yet
    mal = _mal(b)
    malgrupper = [
        b.skriver.ta(Malgruppe(samarbeid=b.samarbeid, tekst=tekst, rekkefolge=nr))
        for nr, tekst in enumerate(b.ord["malgrupper"])
    ]
    for nummer, navn in enumerate(b.ord["plan"][: b.rng.choice([1, 1, 1, 2, 3])]):
        b.planer.append(_plan(b, nummer, navn))
    for nummer in range(b.antall(TILTAK_I_ARET * b.ar)):
        _tiltak(b, nummer + 1, mal, malgrupper)


def _mal(b: Bygg) -> list[Mal]:
    """One main goal with some below it, or several side by side."""
    tekster = b.rng.sample(b.ord["mal"], b.rng.randint(2, 5))
    forste = b.skriver.ta(Mal(samarbeid=b.samarbeid, slag=Mal.Slag.HOVEDMAL, tekst=tekster[0]))
    rader, under = [forste], b.sjanse(0.6)
    for nummer, tekst in enumerate(tekster[1:], start=1):
        slag = Mal.Slag.DELMAL if under else b.rng.choice(Mal.Slag.values)
        rad = Mal(
            samarbeid=b.samarbeid, slag=slag, tekst=tekst, rekkefolge=nummer, overordnet=forste if under else None
        )
        rader.append(b.skriver.ta(rad, trinn=1))
    return rader


def _plan(b: Bygg, nummer: int, navn: str) -> Handlingsplan:
    ar = b.rng.choice([2, 2, 4])
    plan = Handlingsplan(
        samarbeid=b.samarbeid,
        navn=navn,
        utarbeides_av=b.grupper[1].gruppe,
        vedtas_av=b.grupper[0].gruppe if b.sjanse(0.7) else None,
        revisjon_maneder=12 * ar if b.sjanse(0.85) else None,
        ordlyd=b.ord["revisjon"].format(ar=ar),
        rekkefolge=nummer,
    )
    b.skriver.ta(plan)
    _utgaver(b, plan, ar)
    if b.sjanse(0.3):
        dagen = b.dag_mellom(b.begynte, b.pr)
        b.skriver.ta(
            Plangjennomgang(samarbeid=b.samarbeid, plan=plan, dato=dagen, organ_ord=b.rng.choice(b.ord["organ"]))
        )
    return plan


def _utgaver(b: Bygg, plan: Handlingsplan, ar: int) -> None:
    """One edition after the other; the last may be late, and a draft may lie beside it."""
    start = b.begynte.year - b.rng.randint(0, ar - 1)
    utgaver: list[Planutgave] = []
    while start <= b.pr.year:
        utgave = Planutgave(
            samarbeid=b.samarbeid,
            plan=plan,
            hovednummer=len(utgaver) + 1,
            tittel=f"{plan.navn} {start}–{start + ar - 1}",
            periode_fra=dt.date(start, 1, 1),
            periode_til=dt.date(start + ar - 1, 12, 31),
            vedtatt=b.dag_mellom(dt.date(start - 1, 10, 1), dt.date(start - 1, 12, 20)),
            vedtatt_av_ord=b.rng.choice(b.ord["organ"]),
            vedtatt_utenfor=True,
        )
        if utgaver:
            utgaver[-1].avlost = utgave.periode_fra
        utgaver.append(b.skriver.ta(utgave))
        start += ar
    if b.sjanse(0.2):
        utkast = Planutgave(samarbeid=b.samarbeid, plan=plan, hovednummer=len(utgaver) + 1, tittel=plan.navn)
        utgaver.append(b.skriver.ta(utkast))
    for utgave in utgaver:
        _deler(b, utgave)


def _deler(b: Bygg, utgave: Planutgave) -> None:
    overskrifter = [(Plandel.Slag.TEKST, overskrift) for overskrift in b.ord["plandeler"]]
    steder = [(slag, "") for slag in (Plandel.Slag.MAL, Plandel.Slag.MOTEHYPPIGHET, Plandel.Slag.TILTAK)]
    for rekkefolge, (slag, overskrift) in enumerate([*overskrifter, *steder]):
        b.skriver.ta(
            Plandel(
                samarbeid=b.samarbeid,
                utgave=utgave,
                rekkefolge=rekkefolge,
                slag=slag,
                overskrift=overskrift,
                tekst=b.avsnitt(5) if overskrift else "",
            )
        )


def _tiltak(b: Bygg, nummer: int, mal: list[Mal], malgrupper: list[Malgruppe]) -> None:
    start = b.dag_mellom(b.begynte, b.pr + dt.timedelta(days=60))
    tiltak = Tiltak(
        samarbeid=b.samarbeid,
        plan=b.rng.choice(b.planer),
        nummer=nummer,
        tittel=f"{b.rng.choice(b.ord['tiltak_hva'])} {b.rng.choice(b.ord['tiltak_hvor'])}",
        beskrivelse=b.avsnitt(3) if b.sjanse(0.6) else "",
        tidsrom=b.rng.choice(b.ord["tidsrom"]),
        start=start if b.sjanse(0.8) else None,
        hovedmal=b.rng.choice(mal) if b.sjanse(0.9) else None,
        opphav=b.rng.choice(Tiltak.Opphav.values),
        kostnad=b.rng.choice([None, None, 5000, 20000, 150000]),
        finansiering=b.rng.choice(b.ord["finansiering"]),
        **_tid(b, start),
        **_gang(b, start),
    )
    b.tiltak.append(b.skriver.ta(tiltak))
    if b.sjanse(0.4):
        b.skriver.ta(Tiltak.malgrupper.through(tiltak=tiltak, malgruppe=b.rng.choice(malgrupper)))
    for rekkefolge, tekst in enumerate(b.rng.sample(b.ord["delpunkter"], b.rng.choice([0, 0, 0, 2, 4]))):
        gjort = b.dag_mellom(start, b.pr) if start < b.pr and b.sjanse(0.5) else None
        b.skriver.ta(Delpunkt(samarbeid=b.samarbeid, tiltak=tiltak, rekkefolge=rekkefolge, tekst=tekst, gjort=gjort))
    ansvar = [_ansvar(b, tiltak, rekkefolge) for rekkefolge in range(b.rng.choice([1, 1, 2, 2, 3, 4]))]
    _meldinger(b, tiltak, start, ansvar[0])


def _tid(b: Bygg, start: dt.date) -> dict[str, Any]:
    """A deadline, a rhythm, or neither."""
    hva = b.rng.choice(["frist", "rytme", "rytme", "ingen", "ingen"])
    if hva == "frist":
        return {"frist": start + dt.timedelta(days=b.rng.randint(60, 2 * AR))}
    if hva == "ingen":
        return {}
    rytme = b.rng.choice(Rytme.values)
    if rytme != Rytme.ARLIG or b.sjanse(0.3):
        return {"rytme": rytme}
    return {
        "rytme": rytme,
        "rytme_maned": b.rng.randint(1, 12),
        "rytme_dag": b.rng.choice([None, b.rng.randint(1, 28)]),
    }


def _gang(b: Bygg, start: dt.date) -> dict[str, Any]:
    """Most old measures are over; the young ones are alive."""
    if start >= b.pr:
        return {}
    gammelt = (b.pr - start).days > 2 * AR
    if gammelt and b.sjanse(0.55):
        slutt = b.dag_mellom(start + EN_DAG, b.pr)
        return {"avsluttet": slutt, "avsluttet_grunn": b.rng.choice(b.ord["avsluttet"]), "startet": start}
    if b.sjanse(0.3):
        return {"gjort": b.dag_mellom(start, b.pr), "startet": start}
    return {"startet": start if b.sjanse(0.5) else None}


def _ansvar(b: Bygg, tiltak: Tiltak, rekkefolge: int) -> Ansvar:
    slag = Ansvar.Slag.HOVED if rekkefolge == 0 and b.sjanse(0.4) else b.rng.choice(Ansvar.Slag.values[1:])
    ansvar = Ansvar(samarbeid=b.samarbeid, tiltak=tiltak, rekkefolge=rekkefolge, slag=slag, **_part(b))
    return b.skriver.ta(ansvar)


def _part(b: Bygg) -> dict[str, Any]:
    """Who answers: mostly a unit; sometimes words that nobody has resolved, or that are open on purpose."""
    valg = b.rng.random()
    ord_ = ordliste()["ansvar"]
    if valg < 0.6:
        enhet: Enhet = b.rng.choice(b.enheter)
        return {
            "enhet": enhet,
            "kildeord": enhet.navn,
            "funksjon": b.rng.choice(["", "", *ordliste()["enhet"]["funksjon"]]),
        }
    if valg < 0.7:
        gruppe = b.rng.choice(b.grupper).gruppe
        return {"gruppe": gruppe, "kildeord": gruppe.navn or b.ord["koordinerende"][0]}
    if valg < 0.78:
        plass = b.rng.choice(b.grupper[0].plasser)
        return {"plass": plass, "kildeord": plass.tittel}
    if valg < 0.85:
        return {"koordinatorpost": b.poster[0], "kildeord": b.poster[0].tittel}
    if valg < 0.95:
        return {"kildeord": b.rng.choice(ord_["uavklart"])}
    return {"kildeord": b.rng.choice(ord_["apen"]), "apen_med_vilje": True}


def _meldinger(b: Bygg, tiltak: Tiltak, start: dt.date, ansvar: Ansvar) -> None:
    """A report about twice a year while the measure lives, now and then forgotten."""
    dagen = start + dt.timedelta(days=b.rng.randint(20, 200))
    slutt = tiltak.avsluttet or tiltak.gjort or b.pr
    while dagen < slutt:
        if b.sjanse(0.7):
            b.skriver.ta(
                Statusmelding(
                    samarbeid=b.samarbeid,
                    tiltak=tiltak,
                    ansvar=ansvar,
                    person=b.rng.choice(b.personer) if b.sjanse(0.9) else None,
                    meldt=tidspunkt(dagen, MELDT),
                    status=b.rng.choice(["i_gang"] * 6 + ["trenger_hjelp", "gjort", "ikke_startet"]),
                    tekst=b.rng.choice(b.ord["status"]),
                    kanal=b.rng.choice(Statusmelding.Kanal.values),
                )
            )
        dagen += dt.timedelta(days=b.rng.randint(120, 260))
