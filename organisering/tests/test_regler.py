from decimal import Decimal

import pytest

from organisering.factories import FullmaktFactory, GruppeFactory, PlassFactory
from organisering.models import Fullmakt, Gruppe, Motekrav
from organisering.rules.ord import liste_i_ord, liten_forbokstav, maneder_i_ord, tallord
from organisering.rules.regler import frister_i_ord, fullmakt_i_ord, ikke_oppgitt, krav_i_ord

Slag, Kalender = Motekrav.Slag, Motekrav.Kalender


@pytest.mark.parametrize(
    ("felter", "setning"),
    [
        ({"minst": 1, "kalender": "maned"}, "Minst ett møte i måneden."),
        ({"minst": 1, "kalender": "halvar"}, "Minst ett møte i halvåret."),
        ({"minst": 6, "kalender": "ar", "ved_behov": True}, "Møter ved behov, og minst seks møter i året."),
        ({"minst": 3, "kalender": "var"}, "Minst tre møter hver vår."),
        ({"minst": 2, "kalender": "host"}, "Minst to møter hver høst."),
        ({"minst": 1, "kalender": "maned", "perioder": 2}, "Minst ett møte hver annen måned."),
        ({"minst": 1, "kalender": "maned", "perioder": 3}, "Minst ett møte hver tredje måned."),
        ({"minst": 2, "kalender": "ar", "perioder": 2}, "Minst to møter hvert annet år."),
        ({"minst": 1, "kalender": "halvar", "perioder": 3}, "Minst ett møte hvert tredje halvår."),
        ({"minst": 1, "kalender": "maned", "perioder": 18}, "Minst ett møte hver 18. måned."),
        ({"minst": 6, "hoyst": 8, "kalender": "ar"}, "6–8 møter i året."),
        ({"minst": 4, "hoyst": 4, "kalender": "ar"}, "Fire møter i året."),
        ({"minst": 4, "kalender": "ar", "omtrent": True}, "Omtrent fire møter i året."),
        ({"minst": 1, "kalender": "halvar", "omtrent": True}, "Omtrent ett møte i halvåret."),
        ({"minst": 13, "kalender": "ar"}, "Minst 13 møter i året."),
        ({"slag": "intervall", "uker_til": 1}, "Møte minst hver uke."),
        ({"slag": "intervall", "uker_til": 2}, "Møte minst hver annen uke."),
        ({"slag": "intervall", "uker_til": 6}, "Møte minst hver sjette uke."),
        ({"slag": "intervall", "uker_fra": 6, "uker_til": 8}, "Møte hver 6.–8. uke."),
        ({"slag": "intervall", "uker_fra": 6, "uker_til": 6}, "Møte minst hver sjette uke."),
        ({"slag": "intervall", "uker_til": 6, "omtrent": True}, "Møte omtrent hver sjette uke."),
        ({"slag": "intervall", "uker_fra": 6, "uker_til": 8, "omtrent": True}, "Møte omtrent hver 6.–8. uke."),
        ({"slag": "intervall", "uker_til": 6, "ved_behov": True}, "Møter ved behov, og møte minst hver sjette uke."),
        ({"slag": "ord", "ved_behov": True}, "Møter ved behov."),
        ({"slag": "ord"}, "Et fast antall møter er ikke oppgitt."),
    ],
)
def test_hvert_krav_blir_en_setning(felter, setning):
    assert krav_i_ord(Motekrav(**{"slag": Slag.ANTALL, **felter})) == setning


@pytest.mark.parametrize(
    ("felter", "tema", "svar", "grenser"),
    [
        (
            {"gjelder": "penger", "ramme_slag": "belop", "ramme": Decimal(10000)},
            "Penger",
            "Vedtar",
            ["Høyst kr\u00a010\u00a0000 til sammen i året."],
        ),
        (
            {"gjelder": "penger", "grense_slag": "belop", "grense": Decimal("2500.50")},
            "Penger",
            "Vedtar",
            ["Høyst kr\u00a02\u00a0500,50 i hvert vedtak."],
        ),
        (
            {"gjelder": "penger", "over": Decimal(10000), "grense_slag": "ingen", "ramme_slag": "ingen"},
            "Penger",
            "Vedtar beløp over kr\u00a010\u00a0000",
            ["Uten øvre grense."],
        ),
        ({"gjelder": "penger"}, "Penger", "Vedtar", ["Øvre grense er ikke oppgitt."]),
        (
            {"gjelder": "arbeidsgrupper", "omfang": "hurtigarbeidende arbeidsgrupper", "alle_ma_si_ja": True},
            "Hurtigarbeidende arbeidsgrupper",
            "Vedtar når alle foreslåtte har sagt ja",
            [],
        ),
        ({"gjelder": "plan", "myndighet": "tilrar"}, "Handlingsplan", "Tilrår", []),
        ({"gjelder": "mal"}, "Mål", "Vedtar", []),
        ({"gjelder": "tiltak", "omfang": "nye tiltak"}, "Nye tiltak", "Vedtar", []),
    ],
)
def test_hver_fullmakt_sier_hva_og_hvor_langt(felter, tema, svar, grenser):
    i_ord = fullmakt_i_ord(Fullmakt(**felter))
    assert (i_ord.tema, i_ord.svar, i_ord.grenser) == (tema, svar, grenser)


def test_fullmakten_sier_hvem_som_avgjor_resten(db):
    gruppe = GruppeFactory(navn="Styringsgruppa")
    plass = PlassFactory(tittel="Kommunalsjef", gruppe=gruppe)
    vedtar = FullmaktFactory(gjelder="tiltak", videre_gruppe=gruppe)
    tilrar = FullmaktFactory(gjelder="arbeidsgrupper", myndighet="tilrar", videre_plass=plass)
    assert fullmakt_i_ord(vedtar).grenser == ["Styringsgruppa avgjør det som går utover dette."]
    assert fullmakt_i_ord(tilrar).grenser == ["Kommunalsjef avgjør."]


def test_det_som_ikke_er_oppgitt_blir_sagt_og_aldri_gjettet():
    tom = Gruppe()
    assert frister_i_ord(tom) == []
    assert len(ikke_oppgitt(tom)) == 5
    full = Gruppe(
        innkallingsfrist=14, saksfrist=1, taushet_betyr="godkjent", motedor="lukkede", referat_offentlig=False
    )
    assert ikke_oppgitt(full) == []
    assert frister_i_ord(full) == [
        "Innkallingen sendes senest 14 dager før møtet.",
        "Saker meldes senest én dag før møtet.",
        "Den som ikke svarer, har godkjent referatet.",
        "Møtene er lukket.",
        "Referatet er ikke offentlig.",
    ]


def test_tall_og_lister_i_ord():
    assert [tallord(n) for n in (0, 1, 2, 12, 13)] == ["ingen", "én", "to", "tolv", "13"]
    assert tallord(1, intetkjonn=True) == "ett"
    assert [liste_i_ord(ledd) for ledd in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a og b", "a, b og c"]
    assert [liten_forbokstav(ord) for ord in ("Ordfører", "NAV", "SLT-koordinator", "")] == [
        "ordfører",
        "NAV",
        "SLT-koordinator",
        "",
    ]
    assert [maneder_i_ord(n) for n in (1, 2, 6, 12, 24, 36)] == [
        "hver måned",
        "hver annen måned",
        "hver sjette måned",
        "hvert år",
        "hvert andre år",
        "hvert tredje år",
    ]
