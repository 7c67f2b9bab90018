"""What needs the coordinator now: pure, from facts that are read already, worst and most urgent first.

Each thing carries a figure, a mark, a sentence, the wording it rests on, and a link to where it is seen or mended.
"""

import datetime as dt
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import dato_i_ord
from felles.tid import oslo_dato
from moter.models import Mote
from moter.rules.forslag import mangler_til, motetid
from moter.rules.motehyppighet import Motetilstand, Periodestatus
from moter.rules.ord import moteord, periodenavn
from moter.rules.stripe import Stripe
from organisering.models import Gruppe, Motekrav
from organisering.rules.ord import liste_i_ord, stor_forbokstav, tallord
from tiltak.models import Handlingsplan, Planutgave, Tilstand
from tiltak.rules.revisjon import Revisjon, Revisjonstilstand

FAST = "\u00a0"
FORST, RUTE, TREKANT = 0, 1, 2  # the overdue revision goes before all; then diamonds, then triangles
EN_FOR_EN = 2  # of one kind; more of them are told of together
UTEN_FRIST = 10_000


@dataclass(frozen=True)
class Ting:
    """One thing that needs somebody. `tall` stands large, `enhet` under it."""

    rang: int
    hast: int  # days left; fewer is more urgent
    tall: int
    enhet: str
    merke: str
    overskrift: str
    setning: str
    url: str = ""
    lenke: str = ""
    ordlyd: str = ""
    kilde: object = ""
    kildested: str = ""
    kommando: str = ""  # an address that takes a POST and finishes the matter; then `url` is the quiet alternative
    kommandoord: str = ""
    felter: Mapping[str, str] = field(default_factory=dict)  # what the command is sent

    @property
    def over(self) -> bool:
        """Whether a date has passed: only then is the figure red."""
        return self.rang != TREKANT


@dataclass(frozen=True)
class Plan:
    """A plan, its edition in force and how it stands to its revision."""

    plan: Handlingsplan
    gjeldende: Planutgave | None
    revisjon: Revisjon
    vedtas_av: str = ""


def ordnet(ting: Iterable[Ting]) -> list[Ting]:
    """Diamond, triangle, round; the nearest date first."""
    return sorted(ting, key=lambda en: (en.rang, en.hast))


def setning(antall: int) -> str:
    """The page's first sentence."""
    if not antall:
        return _("Ingenting trenger deg denne uka. Alt går som planlagt.")
    ord = stor_forbokstav(tallord(antall))
    return ngettext(
        "%(antall)s ting trenger deg denne uka. Resten går som planlagt.",
        "%(antall)s ting trenger deg denne uka. Resten går som planlagt.",
        antall,
    ) % {"antall": ord}


def dag(dato: dt.date, pr: dt.date) -> str:
    """«31. desember», with the year when it is another."""
    return dato_i_ord(dato, f"j.{FAST}F" if dato.year == pr.year else f"j.{FAST}F Y")


def _dager(dager: int) -> tuple[int, str]:
    """The figure and its words: days left, or days past the date."""
    if dager < 0:
        return -dager, ngettext("dag over fristen", "dager over fristen", -dager)
    return dager, ngettext("dag igjen", "dager igjen", dager)


# The plan


def om_planene(planer: Iterable[Plan], slug: str, pr: dt.date) -> Iterator[Ting]:
    """Plans whose revision is due or overdue, and plans without an edition in force."""
    for plan in planer:
        url = reverse("tiltak:plan", args=[slug, plan.plan.pk])
        if plan.revisjon.tilstand == Revisjonstilstand.INGEN_UTGAVE:
            yield Ting(
                TREKANT, UTEN_FRIST, 1, _("plan"), "mangler",
                _("%(plan)s har ingen utgave som gjelder") % {"plan": plan.plan.navn},
                _("Ingen utgave av planen er vedtatt og i kraft."), url, _("Se planen"),
            )  # fmt: skip
        elif plan.revisjon.tilstand in {Revisjonstilstand.MANGLER, Revisjonstilstand.FORFALT}:
            yield _revisjon(plan, reverse("tiltak:plan_gjennomgang", args=[slug, plan.plan.pk]), pr)


def _revisjon(plan: Plan, url: str, pr: dt.date) -> Ting:
    frist, dager = plan.revisjon.frist, plan.revisjon.dager_igjen(pr)
    assert frist is not None
    assert dager is not None
    forfalt = plan.revisjon.tilstand == Revisjonstilstand.FORFALT
    gar_ut = plan.gjeldende is not None and frist == plan.gjeldende.periode_til
    navn = {"plan": plan.plan.navn, "dag": dag(frist, pr)}
    if gar_ut:
        overskrift = (_("%(plan)s gikk ut %(dag)s") if forfalt else _("%(plan)s går ut %(dag)s")) % navn
    else:
        overskrift = _("%(plan)s skulle vært revidert") % navn if forfalt else _("%(plan)s skal revideres") % navn
    hvem = plan.vedtas_av
    uten_organ = _("En ny utgave må vedtas. Hvem som vedtar planen, er ikke oppgitt.")
    monster = _("En ny utgave må vedtas av %(hvem)s.") if hvem else uten_organ
    tillegg = "" if gar_ut else " " + (_("Fristen var %(dag)s.") if forfalt else _("Fristen er %(dag)s.")) % navn
    tall, enhet = _dager(dager)
    return Ting(
        FORST if forfalt else TREKANT,
        dager,
        tall,
        enhet,
        "forfalt" if forfalt else "mangler",
        overskrift,
        monster % {"hvem": hvem} + tillegg,
        url,
        _("Registrer at planen er gjennomgått"),
        plan.plan.ordlyd,
        plan.plan.kilde or "",
        plan.plan.kildested,
    )


# Meetings


def om_motene(
    striper: Iterable[Stripe], slug: str, pr: dt.date, naa: dt.datetime, stille: Container[dt.date]
) -> Iterator[Ting]:
    """Requirements that lack a meeting now, and meetings nobody has confirmed."""
    striper = list(striper)
    for stripe in striper:
        for krav in stripe.krav:
            status = det_som_gjelder([s for s in stripe.statuser if s.krav.pk == krav.pk], pr)
            if status is not None:
                yield _krav(stripe, status, slug, pr, stille)
    yield from _ubekreftede([m for s in striper for m in s.moter if m.er_ubekreftet(naa)], striper, slug, pr)


def det_som_gjelder(statuser: Collection[Periodestatus], pr: dt.date) -> Periodestatus | None:
    """The lack to speak of: in the period that holds the day, else the breach of the latest period that is over."""
    darlige = {Motetilstand.MANGLER, Motetilstand.BRUDD}
    naa = [s for s in statuser if s.gjelder(pr) and s.tilstand in darlige]
    forbi = [
        s
        for s in statuser
        if s.til < pr and s.tilstand in darlige and not (s.krav.slag == Motekrav.Slag.INTERVALL and s.holdt)
    ]
    siste = max((s.til for s in statuser if s.til < pr), default=None)
    return next(iter(naa), None) or next((s for s in forbi if s.til == siste), None)


def _krav(stripe: Stripe, status: Periodestatus, slug: str, pr: dt.date, stille: Container[dt.date]) -> Ting:
    brudd, dager = status.tilstand == Motetilstand.BRUDD, status.dager_igjen(pr)
    navn, mangler = stripe.gruppe.visningsnavn, status.mangler or status.minst - status.holdt
    tall, enhet = _dager(dager)
    avlyst = [p.mote for p in stripe.punkter if p.tilstand == "avlyst" and status.fra <= p.mote.dato <= status.til]
    setninger = [
        _("Møtet %(dag)s er avlyst og teller ikke.") % {"dag": dag(avlyst[-1].dato, pr)} if avlyst else "",
        _holdt_i(status),
        _("%(moter)s må holdes innen %(dag)s.")
        % {"moter": stor_forbokstav(moteord(mangler)), "dag": dag(status.til, pr)}
        if dager >= 0
        else "",
    ]
    return Ting(
        RUTE if brudd else TREKANT,
        dager,
        tall,
        enhet,
        str(status.tilstand),
        (_("%(gruppe)s fikk %(moter)s for lite") if dager < 0 else _("%(gruppe)s mangler %(moter)s"))
        % {"gruppe": navn, "moter": moteord(mangler)},
        " ".join(filter(None, setninger)),
        ordlyd=status.krav.ordlyd,
        kilde=status.krav.kilde or "",
        kildested=status.krav.kildested,
        **(_sett_opp(stripe, slug, pr, stille) if dager >= 0 else _registrer(stripe.gruppe, slug)),
    )


def _sett_opp(stripe: Stripe, slug: str, pr: dt.date, stille: Container[dt.date]) -> dict[str, Any]:
    """The meeting that is lacking, planned in one press when the group would usually meet; or at another time."""
    tid = motetid(stripe.moter, pr=pr, innen=mangler_til(stripe.statuser, pr), stille=stille)
    naar = {"dag": dato_i_ord(tid.dato, f"l j.{FAST}F").lower(), "klokke": f"{tid.fra:%H.%M}"}
    dato = f"{tid.dato.day}.{tid.dato.month}.{tid.dato.year}"
    url = reverse("moter:nytt", args=[slug, stripe.gruppe.pk])
    return {
        "url": url,
        "lenke": _("Velg en annen tid"),
        "kommando": url,
        "kommandoord": (_("Sett opp %(dag)s kl. %(klokke)s") % naar).replace("kl. ", f"kl.{FAST}"),
        "felter": {"dato": dato, "fra": f"{tid.fra:%H.%M}", "til": f"{tid.til:%H.%M}", "sted": tid.sted},
    }


def _registrer(gruppe: Gruppe, slug: str) -> dict[str, str]:
    """When the period is over the lack is mended by recording a meeting that was held."""
    return {"url": reverse("moter:registrer", args=[slug, gruppe.pk]), "lenke": _("Registrer et møte som ble holdt")}


def _holdt_i(status: Periodestatus) -> str:
    """«Ingen møter er holdt i høst.», «To møter er holdt og ett møte er satt opp i 2026.»"""
    if status.krav.slag == Motekrav.Slag.INTERVALL:
        return ""
    periode = periodenavn(status)
    holdt = ngettext("%(moter)s er holdt", "%(moter)s er holdt", status.holdt) % {
        "moter": stor_forbokstav(moteord(status.holdt)) if status.holdt else _("Ingen møter")
    }
    planlagt = _(" og %(moter)s er satt opp") % {"moter": moteord(status.planlagt)} if status.planlagt else ""
    return _("%(holdt)s%(planlagt)s i %(periode)s.") % {"holdt": holdt, "planlagt": planlagt, "periode": periode}


def _ubekreftede(moter: Sequence[Mote], striper: Iterable[Stripe], slug: str, pr: dt.date) -> Iterator[Ting]:
    navn = {stripe.gruppe.pk: stripe.gruppe.visningsnavn for stripe in striper}
    if len(moter) > EN_FOR_EN:
        yield Ting(
            TREKANT, UTEN_FRIST, len(moter), _("møter"), "ubekreftet",
            _("Ble møtene holdt?"),
            _("Ingen har sagt om %(antall)s møter ble holdt. Til da teller de som planlagt.")
            % {"antall": tallord(len(moter))},
            reverse("moter:liste", args=[slug]), _("Se møtene"),
        )  # fmt: skip
        return
    for mote in moter:
        dager = (pr - mote.dato).days
        yield Ting(
            TREKANT, UTEN_FRIST, dager, ngettext("dag siden", "dager siden", dager), "ubekreftet",
            _("Ble møtet %(dag)s holdt?") % {"dag": dag(mote.dato, pr)},
            _("%(gruppe)s. Ingen har sagt om møtet ble holdt. Til da teller det som planlagt.")
            % {"gruppe": navn[mote.gruppe_id]},
            reverse("moter:mote", args=[slug, mote.pk]), _("Se møtet"),
            kommando=reverse("moter:holdt", args=[slug, mote.pk]), kommandoord=_("Marker som holdt"),
        )  # fmt: skip


# Measures


def om_tiltakene(tiltak: Collection[Any], slug: str, pr: dt.date) -> Iterator[Ting]:
    """Measures overdue, in need of help or without a report, and words that nobody is found for.

    Each must carry `tilstand` and `uavklart_ord`, the first of the plan's words that nobody is found for.
    """
    for tilstand in (Tilstand.FORFALT, Tilstand.TRENGER_HJELP, Tilstand.MANGLER_STATUS):
        valgte = [en for en in tiltak if en.tilstand == tilstand]
        if len(valgte) > EN_FOR_EN:
            yield _flere(tilstand, valgte, slug, pr)
        else:
            yield from (_ett(tilstand, en, slug, pr) for en in valgte)
    uavklarte = [en for en in tiltak if en.uavklart_ord and en.tilstand not in {Tilstand.AVSLUTTET, Tilstand.GJORT}]
    if len(uavklarte) > EN_FOR_EN:
        yield Ting(
            TREKANT, UTEN_FRIST, len(uavklarte), _("uavklarte ansvar"), "uavklart",
            _("Hvem har ansvaret?"), _navnene(uavklarte),
            f"{reverse('tiltak:liste', args=[slug])}?ansvar=uavklart", _("Se tiltakene"),
        )  # fmt: skip
    else:
        yield from (_uavklart(en, slug) for en in uavklarte)


def _ett(tilstand: Tilstand, tiltak: Any, slug: str, pr: dt.date) -> Ting:
    url = reverse("tiltak:tiltak", args=[slug, tiltak.pk])
    meldt = (
        _("Sist meldt %(dag)s.") % {"dag": dag(oslo_dato(tiltak.siste_meldt), pr)}
        if tiltak.siste_meldt
        else _("Aldri meldt.")
    )
    if tilstand == Tilstand.FORFALT:
        dager = (tiltak.frist - pr).days
        frist = _("Fristen var %(dag)s.") % {"dag": dag(tiltak.frist, pr)}
        overskrift = _("Forfalt: %(tiltak)s") % {"tiltak": kort(tiltak.tittel, 90)}
        return Ting(
            RUTE, dager, *_dager(dager), "forfalt", overskrift, f"{frist} {meldt}", url, _("Se tiltaket")
        )  # fmt: skip
    hjelp = tilstand == Tilstand.TRENGER_HJELP
    overskrift = (_("Trenger hjelp: %(tiltak)s") if hjelp else _("Mangler status: %(tiltak)s")) % {
        "tiltak": kort(tiltak.tittel, 90)
    }
    return Ting(TREKANT, UTEN_FRIST, 1, _("tiltak"), str(tilstand), overskrift, meldt, url, _("Se tiltaket"))


def _flere(tilstand: Tilstand, valgte: Sequence[Any], slug: str, pr: dt.date) -> Ting:
    overskrift = {
        Tilstand.FORFALT: _("%(antall)s tiltak er forfalt"),
        Tilstand.TRENGER_HJELP: _("%(antall)s tiltak trenger hjelp"),
        Tilstand.MANGLER_STATUS: _("%(antall)s tiltak mangler status"),
    }[tilstand] % {"antall": stor_forbokstav(tallord(len(valgte)))}
    forfalt = tilstand == Tilstand.FORFALT
    hast = min((en.frist - pr).days for en in valgte) if forfalt else UTEN_FRIST
    return Ting(
        RUTE if forfalt else TREKANT, hast, len(valgte), _("tiltak"), str(tilstand), overskrift, _navnene(valgte),
        f"{reverse('tiltak:liste', args=[slug])}?tilstand={tilstand}", _("Se tiltakene"),
    )  # fmt: skip


def _uavklart(tiltak: Any, slug: str) -> Ting:
    return Ting(
        TREKANT, UTEN_FRIST, 1, _("uavklart ansvar"), "uavklart",
        _("Hvem har ansvar for %(tiltak)s?") % {"tiltak": kort(tiltak.tittel)},
        _("I planen står det bare «%(ord)s». Ingen får påminnelser før dette er avklart.")
        % {"ord": tiltak.uavklart_ord},
        reverse("tiltak:ansvar", args=[slug, tiltak.pk]), _("Avklar ansvaret"),
    )  # fmt: skip


def kort(tittel: str, lengde: int = 60) -> str:
    """A title cut at a word."""
    tittel = tittel.rstrip(" .")
    return tittel if len(tittel) <= lengde else tittel[:lengde].rsplit(" ", 1)[0].rstrip(" ,.") + "…"


def _navnene(tiltak: Sequence[Any], vis: int = 3) -> str:
    """«A, B, C og to til.»"""
    navn = [kort(en.tittel) for en in tiltak[:vis]]
    rest = len(tiltak) - vis
    if rest > 0:
        navn.append(_("%(antall)s til") % {"antall": tallord(rest)})
    return liste_i_ord(navn) + "."


# Who is who


def om_organiseringen(
    grupper: Iterable[Gruppe], ledige: Sequence[tuple[str, int]], ledige_poster: Sequence[str], slug: str
) -> Iterator[Ting]:
    """Seats that must be filled and posts that stand empty, and groups that nobody leads or convenes.

    `ledige` is seat and group; a group must carry `har_leder` and `har_innkaller`.
    """
    navn = {gruppe.pk: gruppe.visningsnavn for gruppe in grupper}
    for post in ledige_poster:
        yield Ting(
            TREKANT, UTEN_FRIST, 1, _("ledig stilling"), "ledig",
            _("Stillingen %(post)s er ledig") % {"post": post},
            _("Ingen har rollen. Påminnelser går til administratoren."),
        )  # fmt: skip
    if ledige:
        hvor = [
            _("%(plass)s i %(gruppe)s") % {"plass": plass, "gruppe": navn.get(gruppe, "")} for plass, gruppe in ledige
        ]
        antall = len(ledige)
        en_gruppe = {gruppe for _plass, gruppe in ledige}
        yield Ting(
            TREKANT, UTEN_FRIST, antall, ngettext("ledig plass", "ledige plasser", antall), "ledig",
            ngettext("En plass må besettes", "%(antall)s plasser må besettes", antall)
            % {"antall": stor_forbokstav(tallord(antall))},
            liste_i_ord([*hvor[:3], *([_("%(n)s til") % {"n": tallord(antall - 3)}] if antall > 3 else [])]) + ".",
            reverse("organisering:gruppe", args=[slug, *en_gruppe])
            if len(en_gruppe) == 1
            else reverse("organisering:gruppe_liste", args=[slug]),
            _("Se gruppa") if len(en_gruppe) == 1 else _("Se gruppene"),
        )  # fmt: skip
    yield from _uten_verv(grupper, slug)


def _uten_verv(grupper: Iterable[Any], slug: str) -> Iterator[Ting]:
    mangler = [g for g in grupper if not (g.har_leder and g.har_innkaller)]
    if not mangler:
        return
    en = mangler[0] if len(mangler) == 1 else None
    deler = [
        _("%(gruppe)s (%(verv)s)")
        % {
            "gruppe": g.visningsnavn,
            "verv": liste_i_ord(
                [ord for ord, har in ((_("leder"), g.har_leder), (_("innkaller"), g.har_innkaller)) if not har]
            ),
        }
        for g in mangler
    ]
    yield Ting(
        TREKANT, UTEN_FRIST + 1, len(mangler), ngettext("gruppe", "grupper", len(mangler)), "mangler",
        _("%(gruppe)s mangler leder eller innkaller") % {"gruppe": en.visningsnavn}
        if en
        else _("%(antall)s grupper mangler leder eller innkaller")
        % {"antall": stor_forbokstav(tallord(len(mangler)))},
        _("Mangler: %(hvem)s. Påminnelser går til koordinatoren så lenge.") % {"hvem": liste_i_ord(deler)},
        reverse("organisering:gruppe", args=[slug, en.pk])
        if en
        else reverse("organisering:gruppe_liste", args=[slug]),
        _("Se gruppa") if en else _("Se gruppene"),
    )  # fmt: skip
