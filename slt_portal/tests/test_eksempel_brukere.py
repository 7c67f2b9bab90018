"""The demo logins: who they are, what they may, and their password."""

import datetime as dt

import pytest

from organisering.models import Person, Plass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eksemplene")]

BRUKERE = {
    "koordinator@nordre-land.example": {("koordinator", ""), ("plass", "SLT koordinator")},
    "politikontakt@nordre-land.example": {("plass", "Politikontakt"), ("kontakt", "Politiet")},
    "ordforer@nordre-land.example": {("plass", "Ordfører")},
    "rektor@nordre-land.example": {("plass", "Representanter fra skolene"), ("kontakt", "Skole")},
    "administrator@nordre-land.example": {("administrator", "")},
    "koordinator@rana.example": {("koordinator", ""), ("plass", "SLT-koordinator")},
    "admin@slt.example": set(),
}


def test_demobrukerne_har_roller_og_plasser_fra_nyttar(demo, last_eksempel):
    last_eksempel(demo_brukere=True)
    funnet = {}
    for person in Person.objects.all():
        funnet[person.epost] = (
            {(rolle.rolle, "") for rolle in person.roller.all()}
            | {("plass", m.plass.tittel) for m in person.medlemskap.all()}
            | {("kontakt", k.enhet.navn) for k in person.enhetskontakter.all()}
        )
        rader = [*person.roller.all(), *person.medlemskap.all(), *person.enhetskontakter.all()]
        assert {rad.fra for rad in rader} <= {dt.date(2026, 1, 1)}
    assert funnet == BRUKERE
    assert [p.epost for p in Person.objects.filter(is_superuser=True)] == ["admin@slt.example"]


def test_koordinatorene_fyller_postene_og_sitter_i_gruppene(demo, last_eksempel):
    last_eksempel(demo_brukere=True)
    for epost, grupper in (
        ("koordinator@nordre-land.example", {"Styringsgruppe/politiråd", "Koordineringsgruppe"}),
        ("koordinator@rana.example", {"Koordineringsgruppen", "Utførergruppen"}),
    ):
        person = Person.objects.get(epost=epost)
        assert person.roller.get().koordinatorpost is not None
        assert {m.plass.gruppe.navn for m in person.medlemskap.all()} == grupper


def test_alle_kommer_inn_med_det_ene_passordet_som_skrives_sist(demo, client, last_eksempel):
    linjer = last_eksempel(demo_brukere=True).splitlines()
    assert linjer[-1] == "passord: fjell-og-fjord-7"
    for epost in BRUKERE:
        svar = client.post("/konto/login/", {"login": epost, "password": "fjell-og-fjord-7"})
        assert (svar.status_code, svar.url) == (302, "/min-side/")
        client.logout()


def test_nytt_passord_gjelder_alle_men_roller_folk_har_fjernet_kommer_ikke_igjen(demo, monkeypatch, last_eksempel):
    last_eksempel(demo_brukere=True)
    Person.objects.get(epost="ordforer@nordre-land.example").medlemskap.all().delete()
    monkeypatch.setenv("SLT_DEMO_PASSORD", "en-helt-annen-vei")
    last_eksempel(demo_brukere=True)
    assert all(person.check_password("en-helt-annen-vei") for person in Person.objects.all())
    assert not Person.objects.get(epost="ordforer@nordre-land.example").medlemskap.exists()


def test_passord_lages_en_gang_og_er_langt_nok(demo, settings, monkeypatch, tmp_path, last_eksempel):
    monkeypatch.delenv("SLT_DEMO_PASSORD")
    settings.VAR = tmp_path
    siste = last_eksempel(demo_brukere=True).splitlines()[-1]
    assert last_eksempel(demo_brukere=True).splitlines()[-1] == siste
    assert len(siste.removeprefix("passord: ")) >= 12


def test_en_plass_som_er_borte_nevnes_og_personen_kommer_likevel_inn(demo, last_eksempel):
    Plass.objects.get(tittel="Ordfører").delete()
    assert "ordforer@nordre-land.example: Finner ikke plass" in last_eksempel(demo_brukere=True)
    assert Person.objects.filter(epost="ordforer@nordre-land.example").exists()
