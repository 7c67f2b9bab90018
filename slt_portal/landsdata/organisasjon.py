"""The Samarbeid itself, its levels, units and people, and the coordinator's post."""

import datetime as dt
import string

from organisering.models import (
    Enhet,
    Enhetsalias,
    Enhetskontakt,
    Kilde,
    Koordinatorpost,
    Niva,
    Person,
    Postoppgave,
    Rolletildeling,
    Samarbeid,
)
from slt_portal.landsdata.bygg import AR, DOMENE, Bygg, ordliste

Rolle = Rolletildeling.Rolle
PERSONER = 28
TEGN = string.ascii_letters + string.digits


def bygg(b: Bygg) -> None:
    _samarbeid(b)
    for rekkefolge, (slag, navn) in enumerate(zip(Niva.Slag.values, b.ord["niva"], strict=True)):
        niva = Niva(samarbeid=b.samarbeid, navn=navn, slag=slag, rekkefolge=rekkefolge)
        b.nivaer[slag] = b.skriver.ta(niva)
    b.skriver.ta(Kilde(samarbeid=b.samarbeid, tittel=f"{b.ord['plan'][0]} {b.samarbeid.navn}", datert=str(b.pr.year)))
    b.personer = [_person(b, nummer) for nummer in range(b.antall(PERSONER))]
    _enheter(b)
    _post(b)
    _roller(b)


def _samarbeid(b: Bygg) -> None:
    samarbeid, malform = b.samarbeid, Samarbeid.Malform
    samarbeid.malform = malform.NYNORSK if b.sjanse(0.2) else malform.BOKMAL
    samarbeid.modellnavn = b.rng.choice(ordliste()["navn"]["modell"])
    samarbeid.ingress = b.ord["ingress"]
    samarbeid.offentlig_tekst = "\n\n".join(b.avsnitt(4) for _ in range(b.rng.randint(0, 3)))
    samarbeid.funksjonspostkasse = f"slt@{samarbeid.slug}.{DOMENE}"
    samarbeid.oppfolging_fra = dt.date(b.pr.year - b.rng.randint(0, min(3, b.ar - 1)), 1, 1)
    samarbeid.statusrytme = b.rng.choice([3, 4, 6, 6, 6, 12])
    samarbeid.stille_juli = b.sjanse(0.9)
    b.skriver.ta(samarbeid)


def _person(b: Bygg, nummer: int) -> Person:
    """Somebody who cannot log in. A few are known by name alone."""
    ord_ = ordliste()["navn"]
    slektsnavn = b.rng.choice(ord_["forled"]) + b.rng.choice(ord_["slektsledd"])
    person = Person(
        navn=f"{b.rng.choice(ord_['fornavn'])} {slektsnavn}",
        epost=f"p{nummer}@{b.samarbeid.slug}.{DOMENE}" if nummer < 3 or b.sjanse(0.92) else None,
        stilling=b.rng.choice(ord_["stilling"]),
        sprak=b.rng.choice(["", "", "", "nb", "nn"]),
        password="!" + "".join(b.rng.choices(TEGN, k=40)),
    )
    return b.skriver.ta(person)


def _enheter(b: Bygg) -> None:
    rader = ordliste()["enhet"]["rader"]
    for navn, slag, eier, aliaser in b.rng.sample(rader, b.rng.randint(10, len(rader))):
        enhet = b.skriver.ta(Enhet(samarbeid=b.samarbeid, navn=navn, slag=slag, eier=eier))
        b.enheter.append(enhet)
        for alias in aliaser:
            b.skriver.ta(Enhetsalias(samarbeid=b.samarbeid, enhet=enhet, navn=alias))
        if slag == Enhet.Slag.SKOLE:
            _skoler(b, enhet)
        if b.sjanse(0.8):
            _kontakt(b, enhet)


def _skoler(b: Bygg, over: Enhet) -> None:
    navnene = ordliste()["enhet"]["skolenavn"]
    for navn in b.rng.sample(navnene, b.rng.randint(1, 3)):
        skole = Enhet(samarbeid=b.samarbeid, navn=f"{navn} ({over})", slag=over.slag, eier=over.eier, overordnet=over)
        b.enheter.append(b.skriver.ta(skole, trinn=1))


def _kontakt(b: Bygg, enhet: Enhet) -> None:
    b.skriver.ta(
        Enhetskontakt(
            samarbeid=b.samarbeid,
            enhet=enhet,
            person=b.rng.choice(b.personer),
            funksjon=b.rng.choice(ordliste()["enhet"]["funksjon"]),
            fra=b.dag_mellom(b.begynte, b.pr),
        )
    )


def _post(b: Bygg) -> None:
    post = Koordinatorpost(
        samarbeid=b.samarbeid,
        tittel=f"{b.samarbeid.modellnavn}-koordinator",
        prosent=b.rng.choice([20, 20, 30, 50, 50, 100, None]),
        plassering=b.rng.choice(ordliste()["navn"]["plassering"]),
        offentlig_epost=b.samarbeid.funksjonspostkasse if b.sjanse(0.7) else "",
    )
    b.poster.append(b.skriver.ta(post))
    for rekkefolge, tekst in enumerate(b.rng.sample(b.ord["oppgaver"], b.rng.randint(0, 5))):
        b.skriver.ta(Postoppgave(samarbeid=b.samarbeid, koordinatorpost=post, rekkefolge=rekkefolge, tekst=tekst))


def _roller(b: Bygg) -> None:
    """Today's coordinator and the one before; now and then the post is vacant. The first person is today's."""
    bytte = b.dag_mellom(b.begynte, b.pr - dt.timedelta(days=min(AR, (b.pr - b.begynte).days)))
    post = b.poster[0]
    naa, for_ = b.personer[0], b.personer[1]
    til = bytte - dt.timedelta(days=1)
    rader = [Rolletildeling(person=naa, rolle=Rolle.KOORDINATOR, koordinatorpost=post, fra=bytte)]
    if bytte > b.begynte:
        tidligere = Rolletildeling(person=for_, rolle=Rolle.KOORDINATOR, koordinatorpost=post, fra=b.begynte, til=til)
        rader.append(tidligere)
    if b.sjanse(0.04):
        rader[0].til = b.pr - dt.timedelta(days=1)  # vacant
    rader.append(Rolletildeling(person=b.personer[2], rolle=Rolle.ADMINISTRATOR, fra=b.begynte))
    if b.sjanse(0.5):
        rader.append(Rolletildeling(person=b.personer[-1], rolle=Rolle.LESER, fra=b.begynte))
    for rad in rader:
        rad.samarbeid = b.samarbeid
        b.skriver.ta(rad)
