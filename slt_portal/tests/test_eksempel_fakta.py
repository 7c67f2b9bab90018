"""Every fact of the two sources, stated once, from the documents in `kilder/`: who is who. The plan has its own file.

That the words are theirs, and that there are no others, is proved in test_eksempel_ordrett.py.
"""

import datetime as dt
from decimal import Decimal

import pytest

from moter.models import Mote, Vedtak
from organisering.models import (
    Enhet,
    Enhetsalias,
    Enhetskontakt,
    Fullmakt,
    Gruppe,
    Kilde,
    Koordinatorpost,
    Medlemskap,
    Motekrav,
    Niva,
    Person,
    Plass,
    Samarbeid,
    Verv,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eksemplene")]

NL, RANA = {"samarbeid__slug": "nordre-land"}, {"samarbeid__slug": "rana"}


def rader(modell, hvor, *felter):
    return list(modell.objects.filter(**hvor).values_list(*felter))


# Both


def test_to_samarbeid_med_kommune_og_oppfolging_fra_nyttar():
    felter = ("slug", "navn", "malform", "modellnavn", "oppfolging_fra", "kommuner__kommune__kommunenummer")
    assert set(Samarbeid.objects.values_list(*felter)) == {
        ("nordre-land", "Nordre Land", "nb", "SLT", dt.date(2026, 1, 1), "3448"),
        ("rana", "Rana", "nb", "SLT", dt.date(2026, 1, 1), "1833"),
    }


def test_kildene():
    assert rader(Kilde, NL, "tittel", "datert") == [("Handlingsplan SLT - Nordre Land kommune 2022-2025", "")]
    tittel = "SLT- Samordning av lokale rus og kriminalitetsforebyggende tiltak"
    assert rader(Kilde, RANA, "tittel", "datert") == [(tittel, "Endret 03.03.2020")]


def test_kildene_navngir_ingen_personer_og_ingen_har_noen_plass():
    assert not Person.objects.exists()
    assert not Medlemskap.objects.exists()
    assert not Enhetskontakt.objects.exists()
    assert not Mote.objects.exists()


def test_ingen_plass_er_oppgitt_uten_stemme():
    assert not Plass.objects.filter(har_stemme=False).exists()
    assert set(Plass.objects.values_list("deltar_som", flat=True)) == {"medlem"}


@pytest.mark.parametrize("modell", [Fullmakt, Motekrav, Verv])
def test_hver_regel_har_ordlyd_kilde_og_sted(modell):
    assert not modell.objects.filter(ordlyd="").exists()
    assert not modell.objects.filter(kilde=None).exists()
    assert not modell.objects.filter(kildested="").exists()


# Nordre Land: groups


def test_nordre_land_har_tre_nivaer():
    assert rader(Niva, NL, "navn", "slag") == [
        ("Styringsgruppe/politiråd", "styrende"),
        ("Koordineringsgruppe", "koordinerende"),
        ("Det utførende nivå", "utforende"),
    ]


def test_nordre_land_har_to_grupper_og_et_niva_beskrevet_i_ord():
    felter = ("navn", "slag", "nivaer__navn", "er_politirad", "er_styringsgruppe", "enkeltsaker")
    assert rader(Gruppe, NL, *felter) == [
        ("Styringsgruppe/politiråd", "gruppe", "Styringsgruppe/politiråd", True, True, ""),
        ("Koordineringsgruppe", "gruppe", "Koordineringsgruppe", False, False, "forbudt"),
        ("Det utførende nivå", "nivabeskrivelse", "Det utførende nivå", False, False, ""),
    ]


def test_koordineringsgruppa_diskuterer_ikke_enkeltsaker():
    assert Gruppe.objects.get(**NL, navn="Koordineringsgruppe").enkeltsaker_ordlyd == (
        "Koordineringsgruppa skal ikke diskutere enkeltsaker. Disse skal løses innenfor det respektive tjenesteområdet."
    )


MANDAT = {
    "Styringsgruppe/politiråd": [
        "Bindeledd mellom politiet og kommunen.",
        "Sørge for fremdrift i SLT arbeidet og etablere overordnede rammer for kommunens totale innsats for "
        "forebygging av kriminalitet.",
        "Beslutte bruk av økonomiske ressurser ut over ti tusen kroner.",
        "Sikre innføring av kriminalitetsforebygging i kommunens og politiets planverk.",
    ],
    "Koordineringsgruppe": [
        "Sikre tverrfaglig samarbeid.",
        "Praktisk koordinering av det kriminalitetsforebyggende arbeidet.",
        "Utarbeide og revidere handlingsplan.",
        "Ivareta SLT-tiltak og bekjentgjøre disse innenfor eget ansvarsområde.",
        "På bakgrunn av felles analyse komme med forslag til prosjekter/strategier/tiltak på tvers av sektorgrensene.",
        "Sørge for at egen enhet bidrar med ressurser til gjennomføring av planlagte tiltak.",
        "Avslutte tiltak som ikke gir resultater.",
        "Fungere som ressursgruppe i ungdomssaker og rådgivende gruppe ved behov.",
    ],
    "Det utførende nivå": [
        "Dette er nivået der det konkrete rus- og kriminalitetsforebyggende arbeidet foregår. "
        "Arbeidsgruppene/prosjektene/tiltakene blir sammensatt av representanter fra ulike offentlige etater, ungdom, "
        "aktuelle frivillige lag- og organisasjoner og andre samarbeidspartnere. Gruppene oppløses når oppgaven eller "
        "tiltaket er gjennomført."
    ],
    "Styringsgruppen (politirådet)": [
        "Politirådet/ Styringsgruppen har ansvaret for kommunens samlede innsats for forebygging av rus og "
        "kriminalitet blant barn og unge.",
        "Ansvaret er gjennom politirådet forankret i toppen av politi og administrativ og politisk ledelse.",
    ],
    "Koordineringsgruppen": [
        "Gruppen avdekker problem og utfordringer og setter bestående ressurser for målrettet innsats og tiltak i tråd "
        "med rammene fra styringsgruppen."
    ],
    "Utførergruppen": [
        "Disse har ansvaret for gjennomføring av de tiltak som koordineringsgruppen og styringsgruppen har bestemt."
    ],
}


@pytest.mark.parametrize("gruppe", MANDAT)
def test_mandatet(gruppe):
    assert list(Gruppe.objects.get(navn=gruppe).mandatpunkter.values_list("ordlyd", flat=True)) == MANDAT[gruppe]


POLITI = "Politiet, driftsenhet Rana"
PLASSER = {
    "Styringsgruppe/politiråd": [
        ("Politikontakt", "person", "Politiet"),
        ("Ordfører", "person", None),
        ("Varaordfører", "person", None),
        ("Kommunedirektør", "person", None),
        ("Kommunalsjef 0 - 24", "person", None),
        ("Representant fra Parken", "person", "Parken"),
        ("SLT koordinator", "person", None),
    ],
    "Koordineringsgruppe": [
        ("SLT koordinator", "person", None),
        ("NAV", "organ", "NAV"),
        ("Politikontakt", "person", "Politiet"),
        ("Representant fra Parken", "person", "Parken"),
        ("Psykisk helse og rus", "organ", "Psykisk helse og rus"),
        ("Representanter fra skolene", "flere", "Skole"),
        ("Helsesykepleiertjenesten", "organ", "Helsesykepleiertjenesten"),
        ("Barnevernet", "organ", "Barnevernet"),
    ],
    "Det utførende nivå": [],
    "Styringsgruppen (politirådet)": [
        ("ordfører", "person", None),
        ("varaordfører", "person", None),
        ("rådmann", "person", None),
        ("kommunaldirektør for Oppvekst og kultur", "person", "Oppvekst og kultur"),
        ("politistasjonssjef for driftsenhet Rana", "person", POLITI),
        ("politikontakten for driftsenhet Rana", "person", POLITI),
    ],
    "Koordineringsgruppen": [
        ("SLT-koordinator", "person", None),
        ("leder barnevern", "person", "Barnevern"),
        ("leder PPT", "person", "PPT"),
        ("leder skolehelsetjenesten", "person", "Skolehelsetjenesten"),
        ("leder fritidsavdelingen", "person", "Fritidsavdelingen"),
        ("leder familietjenesten", "person", "Familietjenesten"),
        ("politikontakten ved driftsenhet Rana", "person", POLITI),
    ],
    "Utførergruppen": [
        ("SLT-koordinator", "person", None),
        ("utekontakten", "organ", "Utekontakten"),
        ("representant for barnevernet", "person", "Barnevern"),
        ("representant for forebyggendegruppen v/ politiet, driftsenhet Rana", "person", "Forebyggendegruppen"),
        ("alle som er i direkte kontakt med barn og unge", "apen", None),
    ],
}


@pytest.mark.parametrize("gruppe", PLASSER)
def test_plassene_i_kildens_rekkefolge(gruppe):
    plasser = Gruppe.objects.get(navn=gruppe).plasser
    assert list(plasser.values_list("tittel", "slag", "enhet__navn")) == PLASSER[gruppe]
    assert not plasser.filter(antall__isnull=False).exists()


def test_kravene_til_moter():
    felter = ("gruppe__navn", "slag", "minst", "hoyst", "kalender", "perioder", "ved_behov", "omtrent", "ordlyd")
    assert set(Motekrav.objects.values_list(*felter)) == {
        ("Styringsgruppe/politiråd", "antall", 1, None, "halvar", 1, False, False)
        + ("Styringsgruppa (politirådet) har minst ett møte i halvåret.",),
        ("Koordineringsgruppe", "antall", 6, None, "ar", 1, True, False)
        + ("Koordineringsgruppa har møter ved behov og minst seks møter i året.",),
        ("Styringsgruppen (politirådet)", "antall", 2, None, "ar", 1, False, False, "Minst to møter i året."),
        ("Koordineringsgruppen", "antall", 1, None, "maned", 1, False, False, "Gruppen møtes 1 gang i måneden."),
        ("Utførergruppen", "antall", 2, None, "ar", 1, False, False, "Gruppen møtes 2 ganger i året."),
    }


# Who leads, writes and convenes; who may decide


def test_nordre_land_oppgir_ingen_leder_sekretaer_eller_innkaller():
    assert not Verv.objects.filter(**NL).exists()


def test_rana_har_ledere_og_en_sekretaer_som_ikke_er_medlem():
    assert set(rader(Verv, RANA, "gruppe__navn", "slag", "plass__tittel", "koordinatorpost__tittel")) == {
        ("Styringsgruppen (politirådet)", "leder", "ordfører", None),
        ("Styringsgruppen (politirådet)", "sekretar", None, "SLT-koordinator"),
        ("Styringsgruppen (politirådet)", "innkaller", None, "SLT-koordinator"),
        ("Koordineringsgruppen", "leder", "SLT-koordinator", None),
    }


TI_TUSEN = Decimal("10000.00")


def test_hvem_som_kan_bruke_penger_i_nordre_land():
    felter = (
        "gruppe__navn",
        "myndighet",
        "over",
        "grense_slag",
        "grense",
        "ramme_slag",
        "ramme",
        "videre_gruppe__navn",
    )
    assert set(rader(Fullmakt, {"gjelder": "penger"}, *felter)) == {
        ("Styringsgruppe/politiråd", "vedtar", TI_TUSEN, "ingen", None, "ingen", None, None),
        ("Koordineringsgruppe", "vedtar", None, "ikke_oppgitt", None, "belop", TI_TUSEN, "Styringsgruppe/politiråd"),
    }
    assert set(Fullmakt.objects.filter(gjelder="penger").values_list("ordlyd", flat=True)) == {
        "Beslutte bruk av økonomiske ressurser ut over ti tusen kroner.",
        "Kan ta beslutninger på bruk av midler med årlig totalbudsjett på kroner 10 000,-.",
    }


def test_hvem_som_oppretter_arbeidsgrupper_i_nordre_land():
    felter = ("gruppe__navn", "plass__tittel", "omfang", "myndighet", "alle_ma_si_ja", "videre_plass__tittel")
    assert set(rader(Fullmakt, {"gjelder": "arbeidsgrupper"}, *felter)) == {
        ("Koordineringsgruppe", None, "hurtigarbeidende arbeidsgrupper", "vedtar", True, None),
        ("Koordineringsgruppe", None, "mer tidkrevende oppgaver", "tilrar", False, "Kommunalsjef 0 - 24"),
        (None, "Kommunalsjef 0 - 24", "mer tidkrevende oppgaver", "vedtar", False, None),
    }


def test_hvem_som_vedtar_og_tilrar_tiltak():
    assert set(rader(Fullmakt, {"gjelder": "tiltak"}, "gruppe__navn", "omfang", "myndighet")) == {
        ("Koordineringsgruppe", "avslutte tiltak som ikke gir resultater", "vedtar"),
        ("Koordineringsgruppe", "på tvers av sektorgrensene", "tilrar"),
        ("Styringsgruppen (politirådet)", "", "vedtar"),
        ("Koordineringsgruppen", "", "vedtar"),
    }


def test_vedtak_som_planen_forteller_om():
    felter = ("gruppe__navn", "organ_ord", "dato", "dato_ord", "gjelder_mandat", "eksempel", "tekst")
    assert set(Vedtak.objects.values_list(*felter)) == {
        ("Styringsgruppe/politiråd", "", None, "", True, False, "Mandat for SLT ble vedtatt av styringsgruppa."),
        (None, "Ikke oppgitt", None, "april 2019", False, False)
        + (
            "Det har ikke eksistert noen egen handlingsplan for dette arbeidet, og det ble i april 2019 besluttet at "
            "dette skulle utarbeides.",
        ),
    }


# Posts and units


def test_koordinatorpostene():
    felter = ("samarbeid__slug", "tittel", "prosent", "plassering", "enhet__navn", "offentlig_epost")
    assert set(Koordinatorpost.objects.values_list(*felter)) == {
        ("nordre-land", "SLT koordinator", None, "", None, ""),
        ("rana", "SLT-koordinator", None, "staben i oppvekst og kultur", "Oppvekst og kultur", ""),
    }
    oppgaver = Koordinatorpost.objects.get(**NL).oppgaver.values_list("tekst", flat=True)
    assert list(oppgaver) == [
        "Koordinere det kriminalitetsforebyggende arbeidet.",
        "Være bindeleddet mellom styringsgruppe og koordineringsgruppe.",
        "Bidra til at det blir satt felles mål og at tiltak gjennomføres og evalueres.",
        "Inspirere, motivere og være pådriver.",
    ]
    assert Koordinatorpost.objects.get(**RANA).oppgaver.count() == 2


def test_enhetene():
    assert set(rader(Enhet, NL, "navn", "slag")) == {
        ("Skole", "skole"),
        ("Barnehage", "barnehage"),
        ("Politiet", "politi"),
        ("Parken", "fritid"),
        ("Helsesykepleiertjenesten", "helse"),
        ("Barnevernet", "barnevern"),
        ("NAV", "nav"),
        ("Psykisk helse og rus", "psykisk_helse"),
        ("FAU", "foreldre"),
        ("Rådgiver 0-24", "annet"),
        ("Dokka vgs.", "videregaende"),
        ("Videregående skole", "videregaende"),
        ("Ungdomsrådet", "ungdomsrad"),
    }
    assert set(rader(Enhet, RANA, "navn", "slag", "eier", "overordnet__navn")) == {
        ("Politiet i Nordland", "politi", "", None),
        (POLITI, "politi", "", "Politiet i Nordland"),
        ("Forebyggendegruppen", "politi", "", POLITI),
        ("Oppvekst og kultur", "annet", "", None),
        ("Barnevern", "barnevern", "", None),
        ("PPT", "ppt", "", None),
        ("Skolehelsetjenesten", "helse", "", None),
        ("Fritidsavdelingen", "fritid", "", None),
        ("Familietjenesten", "annet", "", None),
        ("Utekontakten", "oppsokende", "", None),
        ("Næringsliv", "naeringsliv", "naeringsliv", None),
        ("Frivillige organisasjoner", "frivillig", "frivillig", None),
        ("Kirken", "trossamfunn", "trossamfunn", None),
    }


def test_skolen_skole_og_skolene_er_en():
    assert set(rader(Enhetsalias, NL, "navn", "enhet__navn")) == {
        ("Skolen", "Skole"),
        ("skolene", "Skole"),
        ("barnehagen", "Barnehage"),
    }
