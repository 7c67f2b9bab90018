"""The whole run on the two sources: who must hear what, why, and nothing twice."""

import io
import json

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command

from organisering.models import Samarbeid
from slt_portal.varsling import PLANER
from varsling.models import Epost, Kjoring, Varsel

NAA = "2026-11-23T06:00"
NORDRE_LAND, RANA = "koordinator@nordre-land.example", "koordinator@rana.example"
NOKLER = {
    "naa",
    "torrkjoring",
    "regler",
    "levert",
    "feilet",
    "varsler",
    "eposter",
    "sporringer",
    "sekunder",
}


@pytest.fixture
def eksempel(eksemplene, db, monkeypatch):
    """The facts are loaded once for the module; each test adds the logins, and is rolled back."""
    monkeypatch.setattr(settings, "LOKAL", True)
    call_command("last_eksempel", "--demo-brukere", stdout=io.StringIO(), stderr=io.StringIO())


def kjor(*valg: str, naa: str = NAA) -> dict:
    ut = io.StringIO()
    call_command("kjor_varsling", "--json", "--naa", naa, *valg, stdout=ut)
    return json.loads(ut.getvalue())


def om(svar: dict, regel: str) -> set[tuple[str, str]]:
    return {(v["mottaker"], v["emne"]) for v in svar["varsler"] if v["regel"] == regel}


def test_koordinatorene_far_vite_det_de_ma_23_november(eksempel):
    """Follow-up since 1 January, nothing held or planned, nobody else in an office.

    Spring is over without a meeting: a breach. Autumn is half gone since 1 October, and urgent first on 10 December.
    Six a year lack six: urgent since 1 October, the last quarter; two a year lack two: since 19 November. Monthly:
    October was the latest breach, and November has seven days left, a quarter of its thirty. The plan was due on
    31 December 2025; the tenth month since went by on 31 October, a Saturday.
    """
    svar = kjor("--torrkjoring")

    assert om(svar, "motehyppighet") == {
        (NORDRE_LAND, "Styringsgruppe/politiråd hadde for få møter våren 2026"),
        (NORDRE_LAND, "Styringsgruppe/politiråd mangler ett møte høsten 2026"),
        (NORDRE_LAND, "Koordineringsgruppe mangler seks møter i 2026"),
        (RANA, "Styringsgruppen (politirådet) mangler to møter i 2026"),
        (RANA, "Koordineringsgruppen hadde for få møter i oktober"),
        (RANA, "Koordineringsgruppen mangler ett møte i november"),
        (RANA, "Utførergruppen mangler to møter i 2026"),
    }
    assert om(svar, "revisjon") == {
        (NORDRE_LAND, "Planen skulle vært revidert: Handlingsplan SLT - Nordre Land kommune")
    }
    assert om(svar, "mangler") == {(NORDRE_LAND, "Noe er ikke på plass")}
    assert om(svar, "frist") == set()


def test_de_som_svarer_for_tiltak_blir_spurt_om_status(eksempel):
    """Nothing has been reported since 1 January, so a half-year's rhythm asked on 1 July, and after July's rest.

    The school has its rektor, the police their contact, who also has the seat of measure 14. Nobody is found for the
    other units, for the groups without a leader, nor for «0-24»: there the coordinator is asked. The night before
    17 May comes every year and was asked for in June.
    """
    spurt = {}
    for mottaker, emne in om(kjor("--torrkjoring"), "status"):
        spurt.setdefault(mottaker, set()).add(int(emne.removeprefix("Hvordan går det med tiltak ").removesuffix("?")))

    assert spurt == {
        "rektor@nordre-land.example": {1, 3, 5, 11, 13},
        "politikontakt@nordre-land.example": {2, 5, 8, 14, 16},
        NORDRE_LAND: {1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16},
    }


def test_svaret_har_bare_de_faste_noklene(eksempel):
    svar = kjor("--torrkjoring")

    assert set(svar) == NOKLER
    assert svar["naa"].startswith(NAA)
    assert svar["torrkjoring"] is True
    assert {tuple(rad) for rad in svar["regler"]} == {("regel", "funnet", "nye")}
    assert {tuple(rad) for rad in svar["varsler"]} == {("nokkel", "regel", "mottaker", "emne")}
    assert {tuple(rad) for rad in svar["eposter"]} == {("mottaker", "emne", "varsler")}
    assert sum(rad["nye"] for rad in svar["regler"]) == len(svar["varsler"])
    assert sum(rad["varsler"] for rad in svar["eposter"]) == len(svar["varsler"])


def test_en_torrkjoring_skriver_og_sender_ingenting(eksempel):
    kjor("--torrkjoring")

    assert (Varsel.objects.count(), Epost.objects.count(), Kjoring.objects.count()) == (0, 0, 0)
    assert mail.outbox == []


def test_en_kjoring_sender_det_torrkjoringen_sa_og_den_neste_ingenting(eksempel):
    lovet, forste, andre = kjor("--torrkjoring"), kjor(), kjor(naa="2026-11-23T06:05")

    assert forste["varsler"] == lovet["varsler"]
    assert forste["eposter"] == lovet["eposter"]
    assert (forste["levert"], forste["feilet"]) == (len(lovet["eposter"]), 0)
    assert sorted(brev.to[0] for brev in mail.outbox) == sorted(e["mottaker"] for e in lovet["eposter"])
    assert (andre["varsler"], andre["eposter"], andre["levert"]) == ([], [], 0)
    assert [rad["nye"] for rad in andre["regler"]] == [0] * len(PLANER)


def test_de_som_er_forbigatt_star_igjen_og_sendes_aldri(eksempel):
    kjor()
    forbigatt = Varsel.objects.filter(forbigatt=True)

    assert set(forbigatt.values_list("epost", flat=True)) == {None}
    assert {v.regel for v in forbigatt} == {"motehyppighet", "revisjon"}
    kjor(naa="2026-11-24T06:00")
    assert set(forbigatt.values_list("epost", flat=True)) == {None}


def test_neste_trinn_kommer_sin_dag(eksempel):
    """Autumn's urgent rung: 21 days before New Year's Eve. November's breach: Tuesday 1 December."""
    kjor()

    assert om(kjor(naa="2026-12-01T06:00"), "motehyppighet") == {
        (RANA, "Koordineringsgruppen hadde for få møter i november")
    }
    assert om(kjor(naa="2026-12-10T06:00"), "motehyppighet") == {
        (NORDRE_LAND, "Styringsgruppe/politiråd mangler ett møte høsten 2026")
    }


def test_et_opphold_forsinker_og_mister_ikke(eksempel):
    """The machine was off from November to the middle of December: only what is current comes."""
    kjor()

    assert om(kjor(naa="2026-12-16T06:00"), "motehyppighet") == {
        (NORDRE_LAND, "Styringsgruppe/politiråd mangler ett møte høsten 2026"),
        (RANA, "Koordineringsgruppen hadde for få møter i november"),
    }


def test_en_sondag_er_stille(eksempel):
    assert kjor("--torrkjoring", naa="2026-11-22T06:00")["varsler"] == []


def test_paminnelser_er_av_til_koordinatoren_starter_dem(eksempel):
    Samarbeid.objects.filter(slug="nordre-land").update(oppfolging_fra=None)
    Samarbeid.objects.filter(slug="rana").update(oppfolging_fra="2026-11-24")

    assert kjor("--torrkjoring")["varsler"] == []


def test_klokka_kan_bare_stilles_der_ingen_far_e_posten(db):
    with pytest.raises(CommandError, match="DEBUG=1"):
        call_command("kjor_varsling", "--naa", NAA)


def test_alle_planer_star_i_timeplanen():
    assert list(PLANER) == settings.PLANJOBBER
    assert {rad["task"] for rad in settings.CELERY_BEAT_SCHEDULE.values()} == {
        "varsling.tasks.lever",
        "varsling.tasks.samle",
        "slt_portal.tasks.se_framover",
        "tiltak.tasks.rydd_importer",
        *PLANER,
    }
