"""The coordinator writes groups, seats, mandates, offices, units, rules and the Samarbeid's own settings."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from organisering.factories import (
    EnhetFactory,
    EnhetskontaktFactory,
    FullmaktFactory,
    GruppeFactory,
    KildeFactory,
    KoordinatorpostFactory,
    MandatpunktFactory,
    MedlemskapFactory,
    MotekravFactory,
    NivaFactory,
    PlassFactory,
)
from organisering.models import Enhet, Fullmakt, Gruppe, Motekrav, Niva, Plass, Verv

pytestmark = pytest.mark.django_db
GRUPPE = {"navn": "Ungdomsteam", "slag": "gruppe"}
PLASS = {"tittel": "Rektor", "slag": "person", "deltar_som": "medlem", "har_stemme": "on"}
ENHET = {"navn": "Skolen", "slag": "skole"}
KRAV = {"slag": "antall", "minst": "6", "kalender": "ar", "perioder": "1", "ordlyd": "Minst seks møter i året."}
FULLMAKT = {"gjelder": "penger", "myndighet": "vedtar", "grense_slag": "ikke_oppgitt", "ramme_slag": "ikke_oppgitt"}
OPPSETT = {"navn": "Fjellbygd", "modellnavn": "SLT", "malform": "nb", "statusrytme": "6"}
HUNDRE_TUSEN = "x" * 100_000


@pytest.fixture
def samarbeid(rollebesetning):
    return rollebesetning.samarbeid


@pytest.fixture
def gruppe(rollebesetning):
    return rollebesetning.gruppe


def sti(rad, navn, *nokler):
    return reverse(f"organisering:{navn}", args=[getattr(rad, "samarbeid", rad).slug, *nokler])


def liste(prefiks, *rader, fra=0):
    data = {f"{prefiks}-TOTAL_FORMS": len(rader), f"{prefiks}-INITIAL_FORMS": fra}
    return data | {f"{prefiks}-{nr}-{felt}": verdi for nr, rad in enumerate(rader) for felt, verdi in rad.items()}


def test_en_gruppe_legges_inn_og_rettes(som, samarbeid):
    niva, over = NivaFactory(samarbeid=samarbeid), GruppeFactory(samarbeid=samarbeid)
    felter = {
        **GRUPPE,
        "nivaer": [niva.pk],
        "overordnet": over.pk,
        "innkallingsfrist": "14",
        "referat_offentlig": "True",
    }
    nettleser = som("koordinator")
    svar = nettleser.post(sti(samarbeid, "gruppe_ny"), felter)
    ny = Gruppe.objects.get(navn="Ungdomsteam")
    assert svar["Location"] == ny.get_absolute_url()
    assert (ny.samarbeid, list(ny.nivaer.all()), ny.overordnet) == (samarbeid, [niva], over)
    assert (ny.innkallingsfrist, ny.referat_offentlig, ny.medlemsliste_komplett) == (14, True, None)
    assert nettleser.post(sti(ny, "gruppe_endre", ny.pk), {**felter, "navn": "Team <b>🌙</b>"}).status_code == 302
    assert "Team &lt;b&gt;🌙&lt;/b&gt;" in nettleser.get(ny.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("felter", "felt", "setning"),
    [
        ({"navn": HUNDRE_TUSEN}, "navn", "Skriv høyst 160 tegn. Teksten har 100000."),
        ({"beskrivelse": HUNDRE_TUSEN}, "beskrivelse", "Skriv høyst 10000 tegn."),
        ({"navn": "Gjelder 01010112377"}, "navn", "fødselsnummer"),
        ({"enkeltsaker_ordlyd": "Gjelder 01010112377"}, "enkeltsaker_ordlyd", "fødselsnummer"),
        ({"navn": "a\x00b"}, "navn", "tegn"),
        ({"navn": ""}, "navn", "Skriv et navn, eller velg et nivå"),
        ({"fra": "2.1.2026", "til": "1.1.2026"}, "til", "Sluttdatoen kan ikke være før startdatoen."),
        ({"til": "31.6.2026"}, "til", "Den dagen finnes ikke."),
        ({"innkallingsfrist": "mange"}, "innkallingsfrist", "Skriv et helt tall fra 0 til 999."),
        ({"saksfrist": "9" * 30}, "saksfrist", "Skriv et helt tall fra 0 til 999."),
        ({"slag": "gruppetype", "gruppetype": "type"}, "gruppetype", "Bare en gruppe eller arbeidsgruppe"),
        ({"kilde": "fremmed"}, "kilde", "Velg"),
        ({"overordnet": "under"}, "overordnet", "ligger selv under denne"),
    ],
)
def test_det_som_er_galt_med_gruppa_sies_ved_feltet(som, rollebesetning, gruppe, felter, felt, setning):
    egne = {
        "type": lambda: GruppeFactory(samarbeid=gruppe.samarbeid, slag="gruppetype").pk,
        "fremmed": lambda: KildeFactory(samarbeid=rollebesetning.fremmed).pk,
        "under": lambda: GruppeFactory(samarbeid=gruppe.samarbeid, overordnet=gruppe).pk,
    }
    felter = {navn: egne[verdi]() if verdi in egne else verdi for navn, verdi in felter.items()}
    skjema = som("koordinator").post(sti(gruppe, "gruppe_endre", gruppe.pk), {**GRUPPE, **felter}).context["form"]
    assert list(skjema.errors) == [felt]
    assert setning in " ".join(skjema.errors[felt])
    assert str(skjema[felt].value()) == str(felter[felt])


def test_en_type_som_er_i_bruk_blir_ikke_noe_annet(som, samarbeid):
    typen = GruppeFactory(samarbeid=samarbeid, slag="gruppetype")
    GruppeFactory(samarbeid=samarbeid, gruppetype=typen)
    svar = som("koordinator").post(sti(typen, "gruppe_endre", typen.pk), {**GRUPPE, "slag": "gruppe"})
    assert list(svar.context["form"].errors) == ["slag"]


def test_det_andre_viser_til_slettes_ikke(som, samarbeid, gruppe):
    nettleser = som("administrator")
    enhet, ledig = EnhetFactory(samarbeid=samarbeid, navn="Skolen"), EnhetFactory(samarbeid=samarbeid)
    PlassFactory(gruppe=gruppe, enhet=enhet)
    svar = nettleser.post(sti(enhet, "enhet_endre", enhet.pk), {"slett": "1"}, follow=True).content.decode()
    assert "«Skolen» kan ikke slettes, for den er brukt av 1 plass. Sett en sluttdato i stedet." in svar
    assert nettleser.post(sti(ledig, "enhet_endre", ledig.pk), {"slett": "1"})["Location"] == sti(ledig, "enhet_liste")
    assert list(Enhet.objects.filter(pk__in=[enhet.pk, ledig.pk])) == [enhet]
    svar = som("koordinator").post(sti(gruppe, "gruppe_endre", gruppe.pk), {"slett": "1"}, follow=True)
    assert "kan ikke slettes, for den er brukt av" in svar.content.decode()


def test_en_plass_legges_inn_av_administratoren_og_blir_ikke_mindre_enn_den_er(som, gruppe):
    nettleser = som("administrator")
    felter = {**PLASS, "slag": "flere", "antall": "3"}
    assert nettleser.post(sti(gruppe, "plass_ny", gruppe.pk), felter)["Location"] == gruppe.get_absolute_url()
    plass = Plass.objects.get(tittel="Rektor")
    for _nr in range(2):
        MedlemskapFactory(plass=plass)
    for felter in ({**PLASS, "slag": "flere", "antall": "1"}, {**PLASS, "slag": "person", "antall": "3"}, PLASS):
        skjema = nettleser.post(sti(plass, "plass_endre", plass.pk), felter).context["form"]
        assert list(skjema.errors) == ["antall"]


def test_mandatet_skrives_ordnes_og_forkortes(som, gruppe):
    punkt = MandatpunktFactory(gruppe=gruppe, ordlyd="Gammelt", rekkefolge=1)
    bort = MandatpunktFactory(gruppe=gruppe, ordlyd="Bort", rekkefolge=2)
    rader = [
        {"id": punkt.pk, "ordlyd": "Nytt", "rekkefolge": "1"},
        {"id": bort.pk, "ordlyd": "Bort", "rekkefolge": "2", "DELETE": "on"},
        {"ordlyd": "Sist"},
    ]
    svar = som("koordinator").post(sti(gruppe, "mandat", gruppe.pk), liste("mandatpunkter", *rader, fra=2))
    assert svar.status_code == 302
    assert list(gruppe.mandatpunkter.values_list("ordlyd", "rekkefolge")) == [("Nytt", 1), ("Sist", 3)]
    rader = [{"id": punkt.pk, "ordlyd": "", "rekkefolge": "1"}]
    svar = som("koordinator").post(sti(gruppe, "mandat", gruppe.pk), liste("mandatpunkter", *rader, fra=1))
    assert "Skriv punktet, eller kryss av for å fjerne det." in svar.content.decode()


def test_et_verv_gis_til_en_plass_eller_gaar_paa_omgang(som, gruppe):
    gruppe.verv.all().delete()
    plass = gruppe.plasser.first()
    rader = [{"slag": "leder", "hvem": f"plass-{plass.pk}"}, {"slag": "sekretar", "rotasjon": "Etter alfabetet"}]
    assert som("koordinator").post(sti(gruppe, "verv", gruppe.pk), liste("verv", *rader)).status_code == 302
    assert set(Verv.objects.filter(gruppe=gruppe).values_list("slag", "plass")) == {
        ("leder", plass.pk),
        ("sekretar", None),
    }
    svar = som("koordinator").post(sti(gruppe, "verv", gruppe.pk), liste("verv", {"slag": "innkaller", "hvem": ""}))
    assert "Velg én som har vervet" in svar.content.decode()


# Rules


def test_en_regel_sies_tilbake_foer_den_lagres(som, gruppe):
    nettleser, adresse = som("koordinator"), sti(gruppe, "krav_ny", gruppe.pk)
    svar = nettleser.post(adresse, {**KRAV, "vis": "1"}).content.decode()
    assert "Slik leser portalen regelen" in svar
    assert "Minst seks møter i året." in svar
    assert not Motekrav.objects.exists()
    assert nettleser.post(adresse, KRAV).status_code == 302
    krav = Motekrav.objects.get()
    assert (krav.gruppe, krav.minst, krav.kalender, krav.ordlyd) == (gruppe, 6, "ar", "Minst seks møter i året.")


@pytest.mark.parametrize(
    ("felter", "felt", "setning"),
    [
        ({"minst": ""}, "minst", "Skriv hvor mange møter."),
        ({"kalender": ""}, "kalender", "Velg perioden møtene telles i."),
        ({"minst": "0"}, "minst", "Skriv et helt tall fra 1 til 99."),
        ({"hoyst": "3"}, "hoyst", "«Høyst» kan ikke være mindre enn «minst»."),
        ({"kalender": "var", "perioder": "2"}, "perioder", "Vår og høst telles ett år om gangen."),
        ({"slag": "intervall"}, "uker_til", "Skriv hvor mange uker det høyst skal gå."),
        ({"slag": "intervall", "uker_fra": "8", "uker_til": "6"}, "uker_til", "Ukene må stå i stigende rekkefølge."),
        ({"ordlyd": "Gjelder 01010112377"}, "ordlyd", "fødselsnummer"),
    ],
)
def test_en_regel_som_ikke_kan_leses_sier_hva_som_mangler(som, gruppe, felter, felt, setning):
    skjema = som("koordinator").post(sti(gruppe, "krav_ny", gruppe.pk), {**KRAV, **felter}).context["form"]
    assert list(skjema.errors) == [felt]
    assert setning in " ".join(skjema.errors[felt])


def test_en_skrivefeil_rettes_i_raden_og_en_endring_gir_en_ny(som, gruppe):
    krav = MotekravFactory(gruppe=gruppe, minst=2, kalender="ar", fra=dt.date(2024, 1, 1))
    nettleser, adresse = som("koordinator"), sti(krav, "krav_endre", krav.pk)
    felter = {**KRAV, "fra": "1.1.2024"}
    assert list(nettleser.post(adresse, felter).context["form"].errors) == ["hva"]
    assert list(nettleser.post(adresse, {**felter, "hva": "endret"}).context["form"].errors) == ["gjelder_fra"]
    for_tidlig = nettleser.post(adresse, {**felter, "hva": "endret", "gjelder_fra": "1.1.2024"})
    assert "Regelen gjelder fra 1.\u00a0januar 2024." in " ".join(for_tidlig.context["form"].errors["gjelder_fra"])
    nettleser.post(adresse, {**felter, "minst": "3", "hva": "rett"})
    nettleser.post(adresse, {**felter, "hva": "endret", "gjelder_fra": "1.1.2027"})
    rader = list(Motekrav.objects.order_by("fra").values_list("minst", "fra", "til"))
    assert rader == [(3, dt.date(2024, 1, 1), dt.date(2026, 12, 31)), (6, dt.date(2027, 1, 1), None)]


def test_en_fullmakt_kan_gjelde_gruppa_eller_en_plass_i_den(som, gruppe):
    nettleser, plass = som("koordinator"), gruppe.plasser.first()
    felter = {**FULLMAKT, "ramme_slag": "belop", "ramme": "kr 10.000,-", "ordlyd": "Inntil ti tusen."}
    nettleser.post(sti(gruppe, "fullmakt_ny", gruppe.pk), felter)
    egen = Fullmakt.objects.get()
    assert (egen.gruppe, egen.ramme, egen.grense) == (gruppe, Decimal(10_000), None)
    side = nettleser.get(sti(egen, "fullmakt_endre", egen.pk)).content.decode()
    assert "Penger: vedtar. Høyst kr\u00a010\u00a0000 til sammen i året." in side
    nettleser.post(sti(egen, "fullmakt_endre", egen.pk), {**felter, "plass": plass.pk, "hva": "rett"})
    egen.refresh_from_db()
    assert (egen.gruppe, egen.plass) == (None, plass)
    skjema = nettleser.post(sti(gruppe, "fullmakt_ny", gruppe.pk), {**felter, "ramme": ""}).context["form"]
    assert list(skjema.errors) == ["ramme"]


# Units, and what is set up once


def test_en_enhet_med_andre_navn_og_kontakter(som, samarbeid, rollebesetning):
    nettleser = som("administrator")
    assert (
        nettleser.post(sti(samarbeid, "enhet_ny"), {**ENHET, "aliaser": "skolene\n Skulen \n\nskolene"}).status_code
        == 302
    )
    enhet = Enhet.objects.get(navn="Skolen")
    assert set(enhet.aliaser.values_list("navn", flat=True)) == {"skolene", "Skulen"}
    annen = EnhetFactory(samarbeid=samarbeid, navn="Barnehagen")
    felter = {**ENHET, "navn": "Barnehagen", "aliaser": "skolene"}
    skjema = nettleser.post(sti(annen, "enhet_endre", annen.pk), felter).context["form"]
    assert skjema.errors["aliaser"] == ["«skolene» er alt brukt om en annen enhet."]
    assert list(nettleser.post(sti(samarbeid, "enhet_ny"), ENHET).context["form"].errors) == ["navn"]
    rad = {"person": rollebesetning["medlem"].pk, "funksjon": "rektor", "fra": "1.8.2026"}
    assert nettleser.post(sti(enhet, "kontakter", enhet.pk), liste("kontakter", rad)).status_code == 302
    assert str(enhet.kontakter.get()) == "medlem, Skolen"
    fremmed = {**rad, "person": rollebesetning["utenforstaende"].pk}
    assert nettleser.post(sti(enhet, "kontakter", enhet.pk), liste("kontakter", fremmed)).status_code == 200


def test_oppsettet_nivaer_kilder_og_stillingen(som, samarbeid):
    nettleser = som("koordinator")
    felter = {
        **OPPSETT,
        "ingress": "Vi forebygger.",
        "oppfolging_fra": "1.1.2026",
        "funksjonspostkasse": "slt@by.example",
    }
    assert nettleser.post(sti(samarbeid, "oppsett"), felter).status_code == 302
    samarbeid.refresh_from_db()
    assert (samarbeid.ingress, samarbeid.oppfolging_fra, samarbeid.stille_juli) == (
        "Vi forebygger.",
        dt.date(2026, 1, 1),
        False,
    )
    assert list(nettleser.post(sti(samarbeid, "oppsett"), {**felter, "statusrytme": "0"}).context["form"].errors) == [
        "statusrytme"
    ]
    rader = [{"navn": "Ledelse", "slag": "styrende"}, {"navn": "Felt", "slag": "utforende"}]
    assert nettleser.post(sti(samarbeid, "nivaer"), liste("nivaer", *rader)).status_code == 302
    assert list(Niva.objects.filter(samarbeid=samarbeid).values_list("navn", "rekkefolge")) == [
        ("Ledelse", 1),
        ("Felt", 2),
    ]
    niva = Niva.objects.get(navn="Felt")
    GruppeFactory(samarbeid=samarbeid, nivaer=[niva])
    i_bruk = [{"id": niva.pk, "navn": "Felt", "slag": "utforende", "rekkefolge": "2", "DELETE": "on"}]
    assert (
        "brukt av 1 gruppe"
        in nettleser.post(sti(samarbeid, "nivaer"), liste("nivaer", *i_bruk, fra=1)).content.decode()
    )
    nettleser.post(sti(samarbeid, "kilder"), liste("kilder", {"tittel": "Mandatet"}))
    assert samarbeid.kilder.get().tittel == "Mandatet"
    nettleser.post(sti(samarbeid, "post_ny"), {"tittel": "SLT-koordinator", "prosent": "50"})
    post = samarbeid.koordinatorposter.get()
    nettleser.post(sti(samarbeid, "oppgaver", post.pk), liste("oppgaver", {"tekst": "Kalle inn"}))
    assert post.oppgaver.get().samarbeid == samarbeid


def test_sidene_lenker_dit_det_som_mangler_skrives(som, gruppe):
    side = som("koordinator").get(gruppe.get_absolute_url()).content.decode()
    for navn in ("gruppe_endre", "verv", "plass_ny", "krav_ny", "fullmakt_ny", "mandat"):
        assert f'href="{sti(gruppe, navn, gruppe.pk)}"' in side, navn
    andre = som("medlem").get(gruppe.get_absolute_url()).content.decode()
    assert "/rediger/" not in andre


@pytest.mark.parametrize("antall", [1, 3])
def test_skjemaene_sper_hoyst_tolv_ganger(som, gruppe, samarbeid, antall, django_assert_max_num_queries):
    for _nr in range(antall):
        niva = NivaFactory(samarbeid=samarbeid)
        GruppeFactory(samarbeid=samarbeid, navn="", nivaer=[niva])
        MandatpunktFactory(gruppe=gruppe)
        kontakt = EnhetskontaktFactory(enhet=EnhetFactory(samarbeid=samarbeid))
        krav, fullmakt = MotekravFactory(gruppe=gruppe), FullmaktFactory(gruppe=gruppe)
        post = KoordinatorpostFactory(samarbeid=samarbeid)
    sider = {
        "gruppe_endre": gruppe, "mandat": gruppe, "verv": gruppe, "plass_ny": gruppe, "krav_endre": krav,
        "fullmakt_endre": fullmakt, "kontakter": kontakt.enhet, "enhet_endre": kontakt.enhet, "post_endre": post,
    }  # fmt: skip
    nettleser = som("koordinator")
    for navn, rad in sider.items():
        with django_assert_max_num_queries(12):
            assert nettleser.get(sti(rad, navn, rad.pk)).status_code == 200
    for navn in ("oppsett", "nivaer", "kilder"):
        with django_assert_max_num_queries(12):
            assert nettleser.get(sti(samarbeid, navn)).status_code == 200
