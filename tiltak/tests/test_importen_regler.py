"""What a Norwegian plan can look like, and what becomes of it. No municipality's document is known here."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiltak.lesing import Rad, Tabell, les_fil, les_tekst
from tiltak.lesing.tabell import ferdig
from tiltak.rules.importen.kolonner import Kolonne, alle_oppsett, kjenn_igjen, legg_ned
from tiltak.rules.importen.oppdeling import Ord, del_opp, er_apen
from tiltak.rules.importen.rader import les_tiltak
from tiltak.rules.importen.sprak import boyd_likt, ledd
from tiltak.rules.importen.tid import Tid, i_tittel, tolk_tid
from tiltak.rules.importen.treff import NyEnhet, Register, ny_enhet
from tiltak.rules.parter import Part
from tiltak.tests.planfiler import bok, som_byte, word

PR = dt.date(2026, 11, 24)


def part(pk, navn, slag="", felt="enhet", *andre):
    return Part(felt, pk, navn, "", (navn, *andre), slag)


REGISTER = Register(
    [
        part(1, "Skole", "skole"),
        part(2, "Barnehage", "barnehage"),
        part(3, "NAV", "nav"),
        part(4, "Psykisk helse og rus", "psykisk_helse"),
        part(5, "Ungdomshuset", "fritid"),
        part(6, "Politiet", "politi"),
        part(7, "Videregående skole", "videregaende"),
        part(8, "Helsesykepleiertjenesten", "helse"),
        part(9, "Rådgiver 0-24", "annet"),
        part(1, "Koordineringsgruppe", "", "gruppe"),
        part(2, "Styringsgruppe/politiråd", "", "gruppe"),
        part(1, "SLT-koordinator", "", "koordinatorpost"),
        part(1, "Politikontakt", "", "plass"),
        part(2, "Politikontakt", "koordinerende", "plass"),
    ],
    "SLT",
)


# Headings


@pytest.mark.parametrize(
    ("overskrift", "kolonne"),
    [
        *((ord, Kolonne.TILTAK) for ord in ("Tiltak", "TILTAK 2026–2029", "Kva skal vi gjere?", "Oppgåve", "Hva")),
        *(
            (ord, Kolonne.ANSVAR)
            for ord in ("Ansvar", "Ansvarleg", "Ansvarlig enhet", "Hovudansvar", "Hvem", "Tiltakseier")
        ),
        *((ord, Kolonne.FRIST) for ord in ("Frist", "Tidsfrist", "Når", "Tidsrom", "Tid", "Gjennomføring")),
        *((ord, Kolonne.MAL) for ord in ("Mål", "Delmål", "Målsetjing", "Hensikt")),
        *((ord, Kolonne.MALGRUPPE) for ord in ("Målgruppe", "Målgrupper")),
        *((ord, Kolonne.SAMARBEID) for ord in ("Samarbeid", "Samarbeidspartnarar", "Medansvarlig", "I samarbeid med")),
        *((ord, Kolonne.INNSATSOMRADE) for ord in ("Innsatsområde", "Satsingsområde", "Tema")),
        *((ord, Kolonne.STATUS) for ord in ("Status", "Status per mai", "Framdrift")),
        *((ord, Kolonne.KOSTNAD) for ord in ("Kostnad", "Kostnader/budsjett", "Økonomi")),
        ("Finansiering", Kolonne.FINANSIERING),
        ("Kommentar", Kolonne.BESKRIVELSE),
        *((ord, Kolonne.UTEN) for ord in ("Nr.", "Tiltak nr", "", "Navn", "Telefon")),
    ],
)
def test_overskriftene_kjennes_igjen_i_begge_malformer(overskrift, kolonne):
    assert kjenn_igjen(overskrift) == kolonne


# Responsible words


@pytest.mark.parametrize(
    ("celle", "deler"),
    [
        ("Skole, barnehage, andre aktuelle tjenesteområder", ["Skole", "barnehage", "andre aktuelle tjenesteområder"]),
        ("Rektor, barnehagestyrer, FAU, SLT og politiet", ["Rektor", "barnehagestyrer", "FAU", "SLT", "politiet"]),
        ("Oppfølgingstjenesten i NAV og i videregående skole", ["Oppfølgingstjenesten i NAV", "i videregående skole"]),
        ("Psykisk helse og rus", ["Psykisk helse og rus"]),
        ("Skole, psykisk helse og rus og NAV", ["Skole", "psykisk helse og rus", "NAV"]),
        ("Rus- og psykiatritenesta", ["Rus- og psykiatritenesta"]),
        ("Kultur og næring", ["Kultur og næring"]),
        ("Skole/barnehage", ["Skole", "barnehage"]),
        ("Styringsgruppe/politiråd", ["Styringsgruppe/politiråd"]),
        ("Skulen; barnehagen\n• politiet", ["Skulen", "barnehagen", "politiet"]),
        ("Skole m.fl.", ["Skole", "m.fl."]),
        ("Skole (rektor, inspektør), NAV", ["Skole (rektor, inspektør)", "NAV"]),
        ("Skole, skole, SKOLE", ["Skole"]),
        ("koordineringsgruppaLT", ["koordineringsgruppa", "LT"]),
        ("Lillevik vgs.", ["Lillevik vgs."]),
        ("Skolen.", ["Skolen"]),
        ("", []),
        ("– , ;", []),
    ],
)
def test_ordene_om_ansvar_deles_der_det_er_flere(celle, deler):
    assert [ord.ord for ord in del_opp(celle, REGISTER.kjenner)] == deler


def test_den_som_bare_samarbeider_og_den_som_har_hovedansvaret():
    assert del_opp("Hovedansvar: Skole\nSamarbeid: NAV og politiet", REGISTER.kjenner) == [
        Ord("Skole", "hoved"),
        Ord("NAV", "samarbeider"),
        Ord("politiet", "samarbeider"),
    ]
    assert del_opp("Barnehagen i samarbeid med FAU", REGISTER.kjenner) == [Ord("Barnehagen"), Ord("FAU", "samarbeider")]


@given(st.text(alphabet="aåSkole NAVog,;/()-.\n•:", max_size=60))
@settings(max_examples=150)
def test_ingen_ord_blir_borte_nar_de_deles(celle):
    deler = del_opp(celle, REGISTER.kjenner)
    nokler = [ord.ord.casefold() for ord in deler]
    assert len(nokler) == len(set(nokler))
    assert all(ord.ord.strip() == ord.ord != "" for ord in deler)
    igjen = "".join(nokler)
    assert {tegn for tegn in celle.casefold() if tegn.isalnum()} - set(igjen) <= set("og")


@pytest.mark.parametrize(
    ("ord", "navn", "funksjon"),
    [
        ("skolene", "Skole", ""),
        ("Skulen", "Skole", ""),
        ("BARNEHAGEN", "Barnehage", ""),
        ("ungdomshus", "Ungdomshuset", ""),
        ("koordineringsgruppa", "Koordineringsgruppe", ""),
        ("Styringsgruppa", "Styringsgruppe/politiråd", ""),
        ("politirådet", "Styringsgruppe/politiråd", ""),
        ("SLT", "SLT-koordinator", ""),
        ("SLT koordinatoren", "SLT-koordinator", ""),
        ("rådgiver 0–24", "Rådgiver 0-24", ""),
        ("Rektor", "Skole", "rektor"),
        ("barnehagestyrar", "Barnehage", "barnehagestyrar"),
        ("Leder Ungdomshuset", "Ungdomshuset", "leder"),
        ("NAV-leder", "NAV", "leder"),
        ("Skole (sosiallærer)", "Skole", "sosiallærer"),
        ("ledende helsesykepleier", "Helsesykepleiertjenesten", "ledende helsesykepleier"),
        ("Helsesjukepleiartenesta", "Helsesykepleiertjenesten", ""),
        ("Oppfølgingstjenesten i NAV", "NAV", "Oppfølgingstjenesten"),
    ],
)
def test_sikre_treff(ord, navn, funksjon):
    treff = REGISTER.finn(ord)
    assert (treff.part.navn, treff.funksjon, treff.sikker) == (navn, funksjon, True)


def test_plassen_i_den_koordinerende_gruppa_gar_foran():
    assert REGISTER.finn("Politikontakt").part.pk == 2


def test_det_som_bare_ligner_er_et_forslag():
    treff = REGISTER.finn("Ungdomshsuet")
    assert (treff.part.navn, treff.sikker) == ("Ungdomshuset", False)
    treff = REGISTER.finn("0-24")
    assert (treff.part, treff.sikker, [p.navn for p in treff.forslag]) == (None, False, ["Rådgiver 0-24"])


def test_en_tittel_er_uviss_nar_flere_enheter_kan_ha_den():
    flere = Register([part(1, "Lia skole", "skole"), part(2, "Nes skole", "skole")], "SLT")
    assert flere.finn("Rektor").part is None
    assert Register([*flere.parter, part(3, "Skolene", "skole")], "SLT").finn("Rektor").part.pk == 3


@pytest.mark.parametrize(
    "ord", ["andre aktuelle tjenesteområder", "m.fl.", "Øvrige tjenester", "alle", "mfl", "fleire"]
)
def test_ord_som_er_apne_med_vilje(ord):
    assert er_apen(ord)
    assert REGISTER.finn(ord).apen


def test_hva_en_ny_enhet_blir():
    assert ny_enhet("ungdomsklubben") == NyEnhet("Ungdomsklubben", "fritid")
    assert ny_enhet("Rektor") == NyEnhet("Skole", "skole", "rektor")
    assert ny_enhet("skulane") == NyEnhet("Skole", "skole")
    assert ny_enhet("Leder Parken") == NyEnhet("Parken", "annet", "leder")
    assert ny_enhet("NAV-leiar") == NyEnhet("NAV", "nav", "leiar")
    assert ny_enhet("Oppfølgingstjenesten i NAV") == NyEnhet("NAV", "nav", "Oppfølgingstjenesten")
    assert ny_enhet("Røde Kors i Vik") == NyEnhet("Røde Kors i Vik", "annet")


@pytest.mark.parametrize(
    ("a", "b", "likt"),
    [
        ("skole", "skolene", True),
        ("Skule", "skolen", True),
        ("barnevern", "barnevernet", True),
        ("tenesta", "tjenesten", True),
        ("skole", "skogen", False),
        ("NAV", "NA", False),
        ("barnehage", "barnehagestyrer", False),
    ],
)
def test_ord_som_bare_er_boyd_ulikt_er_like(a, b, likt):
    assert boyd_likt(ledd(a), ledd(b)) is likt


# Time


@pytest.mark.parametrize(
    ("ord", "tid"),
    [
        ("", Tid()),
        ("årlig", Tid(rytme="arlig")),
        ("Kvart år", Tid(rytme="arlig")),
        ("Årleg, i mai", Tid(rytme="arlig", maned=5)),
        ("Årleg i mai og juni", Tid(rytme="arlig", tidsrom="Årleg i mai og juni")),
        ("hver 17. mai", Tid(rytme="arlig", maned=5, dag=17)),
        ("kvar 17. mai", Tid(rytme="arlig", maned=5, dag=17)),
        ("1. mars", Tid(rytme="arlig", maned=3, dag=1)),
        ("Kontinuerlig", Tid(rytme="kontinuerlig")),
        ("løpande", Tid(rytme="kontinuerlig")),
        ("Ved behov", Tid(rytme="kontinuerlig", tidsrom="Ved behov")),
        ("ved skolestart", Tid(rytme="arlig", maned=8, tidsrom="ved skolestart")),
        ("Ved skulestart kvart år", Tid(rytme="arlig", maned=8, tidsrom="Ved skulestart kvart år")),
        ("månedlig", Tid(rytme="manedlig")),
        ("2 ganger årlig", Tid(rytme="halvarlig", tidsrom="2 ganger årlig")),
        ("vår 2026", Tid(start=dt.date(2026, 1, 1), slutt=dt.date(2026, 6, 30), tidsrom="vår 2026")),
        ("Hausten 2027", Tid(start=dt.date(2027, 7, 1), slutt=dt.date(2027, 12, 31), tidsrom="Hausten 2027")),
        ("2025/2026", Tid(start=dt.date(2025, 1, 1), slutt=dt.date(2026, 12, 31), tidsrom="2025/2026")),
        ("2025–2028", Tid(start=dt.date(2025, 1, 1), slutt=dt.date(2028, 12, 31), tidsrom="2025–2028")),
        ("skoleåret 2025/26", Tid(start=dt.date(2025, 8, 1), slutt=dt.date(2026, 7, 31), tidsrom="skoleåret 2025/26")),
        ("2027", Tid(start=dt.date(2027, 1, 1), slutt=dt.date(2027, 12, 31), tidsrom="2027")),
        ("1.6.2027", Tid(frist=dt.date(2027, 6, 1))),
        ("innen 1. juni 2027", Tid(frist=dt.date(2027, 6, 1))),
        ("innan 1. juni", Tid(frist=dt.date(2027, 6, 1), tidsrom="innan 1. juni")),
        ("Innen 1. desember", Tid(frist=dt.date(2026, 12, 1), tidsrom="Innen 1. desember")),
        ("innen utgangen av 2027", Tid(frist=dt.date(2027, 12, 31), tidsrom="innen utgangen av 2027")),
        ("Innen våren 2027", Tid(frist=dt.date(2027, 6, 30), tidsrom="Innen våren 2027")),
        ("juni 2027", Tid(frist=dt.date(2027, 6, 30), tidsrom="juni 2027")),
        ("annethvert år", Tid(tidsrom="annethvert år")),
        ("Når det passer", Tid(tidsrom="Når det passer")),
        ("31.2.2027", Tid(tidsrom="31.2.2027")),
    ],
)
def test_frist_og_rytme(ord, tid):
    assert tolk_tid(ord, PR) == tid


@pytest.mark.parametrize(
    ("tittel", "tid"),
    [
        ("Rusfri feiring natt til 17. mai", Tid(rytme="arlig", maned=5, dag=17)),
        ("Markere 10. oktober", Tid(rytme="arlig", maned=10, dag=10)),
        ("Ferdig innen 1. juni", Tid()),
        ("Feiring 17. mai 2027", Tid()),
        ("Prosjekt 2026/2027", Tid(start=dt.date(2026, 1, 1), slutt=dt.date(2027, 12, 31), tidsrom="2026/2027")),
        ("Gruppe for 5. trinn", Tid()),
    ],
)
def test_hva_tittelen_selv_sier(tittel, tid):
    assert i_tittel(tittel) == tid


@given(
    st.text(alphabet="0123456789./- årlighvnmeikontusj", max_size=30),
    st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
)
@settings(max_examples=200)
def test_tida_er_alltid_en_som_kan_lagres(ord, pr):
    tid = tolk_tid(ord, pr)
    assert not (tid.frist and tid.rytme)
    assert not tid.dag or tid.maned
    assert not tid.maned or tid.rytme == "arlig"
    assert not (tid.start and tid.slutt and tid.slutt < tid.start)
    assert tid != Tid() or not ord.strip(" .;:–-")


# Whole plans


def les(tabeller, register=REGISTER):
    tabeller = [legg_ned(tabell) for tabell in tabeller]
    return les_tiltak(tabeller, alle_oppsett(tabeller), register.kjenner, PR)


def test_nynorsk_med_ansvar_forst_og_hovud_pa_kvar_side():
    hode = ["Ansvarleg", "Kva skal gjerast", "Frist", "Målgruppe", "Status", "Kostnad", "Samarbeid"]
    rader = [
        hode,
        ["Skulen", "Førebyggjande undervisning", "Kvart år", "Elevar på 8. trinn", "I gang", "kr 10 000", "Politiet"],
        hode,
        ["Politiet", "Bekymringssamtalar", "Løpande", "", "Ikkje starta", "Ordinær drift", ""],
        ["NAV", "", "", "", "", "", ""],
    ]
    lest = les(les_fil(som_byte(word(rader))))
    forste, andre = lest.tiltak
    assert (forste.tittel, forste.ansvar) == (
        "Førebyggjande undervisning",
        (Ord("Skulen"), Ord("Politiet", "samarbeider")),
    )
    assert (forste.tid.rytme, forste.malgrupper, forste.status, forste.kostnad) == (
        "arlig", ("Elevar på 8. trinn",), "i_gang", 10_000,
    )  # fmt: skip
    assert (andre.tid.rytme, andre.status, andre.kostnad, andre.finansiering) == (
        "kontinuerlig", "ikke_startet", None, "Ordinær drift",
    )  # fmt: skip
    assert [(feil.rad, feil.hvorfor) for feil in lest.feil] == [
        (5, "Kolonnen for tiltak er tom. På raden står det bare «NAV».")
    ]


def test_tre_tabeller_etter_innsatsomrade_og_en_som_ikke_er_tiltak():
    dokument = word(
        "Medlemmer", [["Navn", "Telefon"], ["Kari", "99 99 99 99"]],
        "Innsatsområde 1: Trygg skole", [["Tiltak", "Ansvar"], ["A", "Skole"]],
        "Innsatsområde 2: Trygg fritid", [["Tiltak", "Ansvar"], ["B", "NAV"], ["C", "FAU"]],
        "3.3 Trygg heim", [["Tiltak", "Ansvar"], ["D", "Foreldre"]],
    )  # fmt: skip
    assert [(ett.tittel, ett.innsatsomrade) for ett in les(les_fil(som_byte(dokument))).tiltak] == [
        ("A", "Trygg skole"), ("B", "Trygg fritid"), ("C", "Trygg fritid"), ("D", "Trygg heim"),
    ]  # fmt: skip


def test_excel_med_sammenslatt_mal_mellomtitler_og_nummererte_tiltak():
    rader = [
        ["Handlingsplan 2026–2029", None, None, None],
        ["Mål", "Tiltak", "Ansvarlig", "Frist"],
        ["Trygt skolemiljø", "1. Kurs", "Rektor", 2027],
        [None, "2. Vakt:\n- Natt\n- Helg", "FAU", None],
        ["Satsingsområde: Fritid", None, None, None],
        ["Flere møteplasser", "3. Klubb", "Ungdomshuset", "ved skolestart"],
    ]
    tiltak = les(les_fil(bok(("Plan", rader), flett=["A1:D1", "A3:A4", "A5:D5"]))).tiltak
    assert [(t.tittel, t.delpunkter, t.mal, t.innsatsomrade, t.tid.maned) for t in tiltak] == [
        ("Kurs", (), "Trygt skolemiljø", "", None),
        ("Vakt", ("Natt", "Helg"), "Trygt skolemiljø", "", None),
        ("Klubb", (), "Flere møteplasser", "Fritid", 8),
    ]
    assert [t.rad for t in tiltak] == [3, 4, 6]


def test_et_tiltak_over_flere_rader_er_ett():
    dokument = word(
        [["Tiltak", "Aktivitet", "Ansvar"], ["A", "Kurs", "Skole"], ["", "Møter", "NAV"], ["B", "Tur", "FAU"]]
    )
    dokument.tables[0].cell(1, 0).merge(dokument.tables[0].cell(2, 0))
    forste, andre = les(les_fil(som_byte(dokument))).tiltak
    assert (forste.tittel, forste.delpunkter, [o.ord for o in forste.ansvar]) == (
        "A",
        ("Kurs", "Møter"),
        ["Skole", "NAV"],
    )
    assert (andre.tittel, andre.delpunkter) == ("B", ("Tur",))


def test_en_celle_med_bare_punkter_er_flere_tiltak():
    dokument = word([["Mål", "Tiltak", "Ansvar"], ["Trygt", ["", "Kurs", "Vakt"], "Skole"]])
    assert [(t.tittel, t.mal, len(t.ansvar)) for t in les(les_fil(som_byte(dokument))).tiltak] == [
        ("Kurs", "Trygt", 1),
        ("Vakt", "Trygt", 1),
    ]


def test_en_tabell_for_hvert_tiltak_med_overskriftene_nedover():
    ett = [["Tiltak", "Kurs"], ["Ansvar", "Skole"], ["Frist", "årlig"], ["Mål", "Trygt"]]
    to = [["Tiltak", "Vakt"], ["Ansvar", "FAU"], ["Frist", ""], ["Mål", "Trygt"]]
    assert [(t.tittel, t.mal, t.tid.rytme) for t in les(les_fil(som_byte(word(ett, to)))).tiltak] == [
        ("Kurs", "Trygt", "arlig"),
        ("Vakt", "Trygt", ""),
    ]


def test_en_tabell_som_gar_videre_pa_neste_side_leses_som_den_forste():
    tabeller = [Tabell("", [Rad(1, ("Ansvar", "Tiltak")), Rad(2, ("NAV", "A"))]), Tabell("", [Rad(1, ("FAU", "B"))])]
    assert [t.tittel for t in les(tabeller).tiltak] == ["A", "B"]


def test_uten_overskrifter_gjettes_det():
    tabeller = les_tekst("1\tKurs i skolen\tSkole\n2\tNattevakt\tFAU")
    assert alle_oppsett(tabeller)[0].gjettet
    assert [(t.tittel, t.ansvar) for t in les(tabeller).tiltak] == [
        ("Kurs i skolen", (Ord("Skole"),)),
        ("Nattevakt", (Ord("FAU"),)),
    ]


def test_en_lang_tittel_deles_etter_en_setning_og_ingenting_blir_borte():
    lang = "Alle skoler skal ha en plan. " * 15
    (ett,) = les(les_tekst(f"Tiltak\tAnsvar\n{lang}\tSkole")).tiltak
    assert len(ett.tittel) <= 300
    assert ett.tittel.endswith("plan.")
    assert f"{ett.tittel} {ett.beskrivelse}" == lang.strip()


def test_liste_som_kom_med_som_html_blir_delpunkter():
    celle = 'Prosjekt 2026/2027 <ul style="x"> - Kurs for ansatte - Gruppe, 5. trinn - Møter '
    (ett,) = les(les_tekst(f"Tiltak\tAnsvar\n{celle}\tSkole")).tiltak
    assert (ett.tittel, ett.delpunkter) == ("Prosjekt 2026/2027", ("Kurs for ansatte", "Gruppe, 5. trinn", "Møter"))


@given(st.lists(st.tuples(*[st.text(alphabet="abå •-\n.,17mai/", max_size=20)] * 3), max_size=8))
@settings(max_examples=100)
def test_hver_rad_er_tiltak_feil_eller_tom(rader):
    tabell = Tabell("", [Rad(1, ("Tiltak", "Ansvar", "Frist")), *(Rad(nr, r) for nr, r in enumerate(rader, start=2))])
    lest = les(ferdig([tabell]))
    assert all(0 < len(ett.tittel) <= 300 for ett in lest.tiltak)
    assert {ett.rad for ett in lest.tiltak} | {feil.rad for feil in lest.feil} <= set(range(2, len(rader) + 2))
    assert len({ett.nokkel for ett in lest.tiltak}) == len(lest.tiltak)
