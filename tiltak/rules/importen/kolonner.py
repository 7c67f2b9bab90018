"""Which column is what, by its heading in either målform, and where the headings stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tiltak.lesing import Rad, Tabell

LENGSTE = 80  # of a heading
LETE = 12  # rows from the top
_TEGN = re.compile(r"[^a-zæøå0-9]+")


class Kolonne(TextChoices):
    """What a column holds. The first fits when a heading could be several."""

    TILTAK = "tiltak", _("Tiltak")
    DELPUNKTER = "delpunkter", _("Delpunkter")
    ANSVAR = "ansvar", _("Ansvar")
    SAMARBEID = "samarbeid", _("Samarbeider")
    FRIST = "frist", _("Frist eller rytme")
    INNSATSOMRADE = "innsatsomrade", _("Innsatsområde")
    MAL = "mal", _("Mål")
    MALGRUPPE = "malgruppe", _("Målgruppe")
    STATUS = "status", _("Status")
    KOSTNAD = "kostnad", _("Kostnad")
    FINANSIERING = "finansiering", _("Finansiering")
    BESKRIVELSE = "beskrivelse", _("Beskrivelse")
    UTEN = "", _("Ikke med")


# Beginnings of words, both målformer; tried in this order on the heading's first words, then on any of its words.
KJENNETEGN: tuple[tuple[Kolonne, tuple[str, ...]], ...] = (
    (Kolonne.ANSVAR, ("tiltakseier", "tiltakseigar", "tiltaksansvar", "gjennomføringsansvar")),
    (Kolonne.DELPUNKTER, ("delpunkt", "deltiltak", "underpunkt", "aktivitet", "konkretiser", "delaktivitet")),
    (Kolonne.TILTAK, ("tiltak", "tiltag", "oppgåv", "oppgav", "hva skal gj", "kva skal gj", "hva skal vi gj",
                      "kva skal vi gj", "hva gjør vi", "kva gjer vi", "handling", "hva", "kva")),
    (Kolonne.SAMARBEID, ("samarbeid", "medansvar", "bidragsyt", "i samarbeid", "sammen med", "saman med", "aktør",
                         "andre involverte", "involverte", "medverk", "delansvar")),
    (Kolonne.ANSVAR, ("ansvar", "hovedansvar", "hovudansvar", "hvem", "kven", "utfør", "eier", "eigar", "tiltakseier")),
    (Kolonne.FRIST, ("frist", "tidsfrist", "når", "tid", "tidspunkt", "tidsrom", "tidsplan", "tidsramme",
                     "tidsperspektiv",
                     "periode", "gjennomføring", "ferdig", "start", "oppstart", "årstall", "år", "hyppighet", "rytme")),
    (Kolonne.INNSATSOMRADE, ("innsatsområde", "satsingsområde", "satsningsområde", "satsing", "fokusområde", "tema",
                             "område", "strategi")),
    (Kolonne.MALGRUPPE, ("målgruppe", "for hvem", "for kven", "hvem er det for", "kven er det for")),
    (Kolonne.MAL, ("mål", "delmål", "hovedmål", "hovudmål", "effektmål", "resultatmål", "målsetting", "målsetjing",
                   "formål", "føremål", "hensikt", "hvorfor", "kvifor", "ønsket effekt", "ønskt effekt")),
    (Kolonne.STATUS, ("status", "framdrift", "fremdrift", "tilstand", "gjort", "utført")),
    (Kolonne.FINANSIERING, ("finansier", "midlar", "midler", "tilskudd", "tilskot", "dekkes", "dekkast")),
    (Kolonne.KOSTNAD, ("kostnad", "kostnader", "budsjett", "økonomi", "ressurs", "sum", "beløp", "pris", "kr")),
    (Kolonne.BESKRIVELSE, ("beskriv", "skildring", "innhold", "innhald", "kommentar", "merknad", "utdyp", "metode",
                           "gjennomføringsplan", "hvordan", "korleis", "bakgrunn", "beskrivelse", "notat", "evaluering",
                           "indikator", "suksesskriteri", "resultat")),
)  # fmt: skip
HELE_ORD = {
    "gjennomføring",
    "hva",
    "kva",
    "hvem",
    "kven",
    "når",
    "tid",
    "år",
    "sum",
    "kr",
    "start",
    "mål",
    "tema",
    "område",
    "eier",
}
UTEN_MENING = {"nr", "nummer", "id", "løpenr", "løpenummer"}


@dataclass(frozen=True)
class Oppsett:
    """How a table is read: what each column is, and the row of the headings (-1: none). `gjettet` says that nothing
    in the table itself told so."""

    kolonner: tuple[Kolonne, ...]
    overskrift: int = -1
    gjettet: bool = False

    @property
    def er_med(self) -> bool:
        return Kolonne.TILTAK in self.kolonner

    def finn(self, kolonne: Kolonne) -> list[int]:
        """The columns of this kind, from the left."""
        return [nr for nr, ett in enumerate(self.kolonner) if ett == kolonne]


def jevn(tekst: str) -> str:
    """Small letters and digits with single spaces."""
    return _TEGN.sub(" ", tekst.casefold()).strip()


def kjenn_igjen(overskrift: str) -> Kolonne:
    """What a heading says its column is; UTEN when it says nothing known."""
    ren = jevn(overskrift)
    if not ren or len(ren) > LENGSTE or UTEN_MENING & {ren, *ren.split()[1:]}:
        return Kolonne.UTEN
    for deler in ([ren], ren.split()):
        for kolonne, ordene in KJENNETEGN:
            if any(_begynner(del_, ord) for del_ in deler for ord in ordene):
                return kolonne
    return Kolonne.UTEN


def _begynner(ren: str, ord: str) -> bool:
    return f"{ren} ".startswith(f"{ord} ") if ord in HELE_ORD else ren.startswith(ord)


def er_overskrift(celler: Sequence[str]) -> bool:
    """A row of headings: a measure beside one more known, or nothing but known ones, all short and different."""
    fylte = [celle for celle in celler if celle]
    kjente = {kjenn_igjen(celle) for celle in fylte if len(celle) <= LENGSTE} - {Kolonne.UTEN}
    if len(fylte) == 1:
        return len(celler) == 1 and jevn(fylte[0]) in {"tiltak", "tiltaka", "tiltakene", "oppgaver", "oppgåver"}
    if any(len(celle) > LENGSTE or celle.endswith(".") for celle in fylte):
        return False
    nok = len(kjente) >= 2 and len(kjente) * 2 >= len(fylte)
    return nok and (Kolonne.TILTAK in kjente or Kolonne.ANSVAR in kjente)


def finn_oppsett(tabell: Tabell, forrige: Oppsett | None = None) -> Oppsett:
    """How the table is read by its own headings; else as the one before it, when it is as wide and goes on from it."""
    for nummer, rad in enumerate(tabell.rader[:LETE]):
        if er_overskrift(rad.celler):
            return Oppsett(_uten_dobling(_med_tiltak(rad.celler)), nummer)
    if forrige is not None and forrige.er_med and len(forrige.kolonner) == tabell.bredde and not tabell.navn:
        return Oppsett(forrige.kolonner)
    return Oppsett((Kolonne.UTEN,) * tabell.bredde)


def _med_tiltak(overskrifter: Sequence[str]) -> list[Kolonne]:
    """«Mål og tiltak» is the measure when no other column is."""
    kolonner = [kjenn_igjen(overskrift) for overskrift in overskrifter]
    if Kolonne.TILTAK not in kolonner:
        for nr, overskrift in enumerate(overskrifter):
            if any(ledd.startswith("tiltak") for ledd in jevn(overskrift).split()):
                kolonner[nr] = Kolonne.TILTAK
                break
    return kolonner


def _uten_dobling(kolonner: Sequence[Kolonne]) -> tuple[Kolonne, ...]:
    """One column of each kind, but for those that may well be several."""
    sett: set[Kolonne] = set()
    ut = []
    for kolonne in kolonner:
        flere = {Kolonne.UTEN, Kolonne.BESKRIVELSE, Kolonne.SAMARBEID, Kolonne.DELPUNKTER, Kolonne.FRIST}
        ut.append(Kolonne.BESKRIVELSE if kolonne in sett and kolonne not in flere else kolonne)
        sett.add(kolonne)
    if Kolonne.TILTAK not in ut and Kolonne.DELPUNKTER in ut:  # «Aktivitet» alone is what is to be done
        ut[ut.index(Kolonne.DELPUNKTER)] = Kolonne.TILTAK
    if Kolonne.ANSVAR not in ut and Kolonne.SAMARBEID in ut:
        ut[ut.index(Kolonne.SAMARBEID)] = Kolonne.ANSVAR
    return tuple(ut)


def alle_oppsett(tabeller: Sequence[Tabell]) -> list[Oppsett]:
    """How each table is read. When none of them has headings, the largest is guessed at: measure, then who answers."""
    ut: list[Oppsett] = []
    for tabell in tabeller:
        ut.append(finn_oppsett(tabell, ut[-1] if ut else None))
    if any(oppsett.er_med for oppsett in ut) or not tabeller:
        return ut
    storst = max(range(len(tabeller)), key=lambda nr: len(tabeller[nr].rader))
    bredde = tabeller[storst].bredde
    forste = _forste_med_tekst(tabeller[storst])
    gjett = [Kolonne.UTEN] * bredde
    gjett[forste] = Kolonne.TILTAK
    if forste + 1 < bredde:
        gjett[forste + 1] = Kolonne.ANSVAR
    ut[storst] = Oppsett(tuple(gjett), gjettet=True)
    return ut


def _forste_med_tekst(tabell: Tabell) -> int:
    """The first column that holds more than numbers."""
    for kolonne in range(tabell.bredde):
        if any(re.search(r"[^\W\d_]{3}", rad.celler[kolonne]) for rad in tabell.rader):
            return kolonne
    return 0


def legg_ned(tabell: Tabell) -> Tabell:
    """A table with the headings down its first column, one measure each, laid the usual way; others as they are."""
    if tabell.bredde < 2 or any(er_overskrift(rad.celler) for rad in tabell.rader[:LETE]):
        return tabell
    forste = [rad.celler[0] for rad in tabell.rader if not rad.hel]
    kjente = [kjenn_igjen(celle) for celle in forste]
    if (
        Kolonne.TILTAK not in kjente
        or len(set(kjente) - {Kolonne.UTEN}) < 2
        or kjente.count(Kolonne.UTEN) > len(kjente) / 2
    ):
        return tabell
    rader = [rad for rad in tabell.rader if not rad.hel]
    nummer = rader[0].nummer
    snudd = [Rad(nummer, tuple(rad.celler[k] for rad in rader)) for k in range(tabell.bredde)]
    return Tabell(tabell.navn, [snudd[0], *(rad for rad in snudd[1:] if any(rad.celler))])
