import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings

from felles.unntak import Regelbrudd
from organisering.factories import PersonFactory
from organisering.models import Person
from organisering.services import opprett_person, sett_epost

pytestmark = pytest.mark.django_db


def register(person):
    return list(EmailAddress.objects.filter(user=person).values_list("email", "primary", "verified"))


def test_adressen_lagres_med_sma_bokstaver_og_i_registeret():
    person = opprett_person(navn="Kari", epost=" Kari@Rana.Example ")
    assert Person.objects.get().epost == person.epost == "kari@rana.example"
    assert register(person) == [("kari@rana.example", True, True)]
    assert not person.has_usable_password()


def test_en_ny_adresse_tar_den_gamles_plass():
    person = opprett_person(navn="Kari", epost="gammel@rana.example")
    sett_epost(person, "Ny@rana.example")
    assert register(person) == [("ny@rana.example", True, True)]


def test_tom_adresse_blir_null_og_fjernes_fra_registeret():
    person = opprett_person(navn="Kari", epost="kari@rana.example")
    sett_epost(person, "  ")
    assert Person.objects.get().epost is None
    assert register(person) == []


def test_flere_kan_vaere_uten_adresse():
    assert [opprett_person(navn=navn, epost="").epost for navn in ("Kari", "Ola")] == [None, None]


def test_en_annens_adresse_avvises_uten_a_si_hvem_og_uten_spor():
    opprett_person(navn="Kari Hemmelig", epost="kari@rana.example")
    with pytest.raises(Regelbrudd) as brudd:
        opprett_person(navn="Ola", epost="KARI@rana.example")
    assert brudd.value.setning == "Adressen kan ikke brukes. Velg en annen."
    assert brudd.value.felt == "epost"
    assert [p.navn for p in Person.objects.all()] == ["Kari Hemmelig"]


def test_personens_rad_bestemmer_over_et_gammelt_register():
    fremmed = PersonFactory()
    EmailAddress.objects.create(user=fremmed, email="kari@rana.example", verified=True, primary=False)
    person = opprett_person(navn="Kari", epost="kari@rana.example")
    assert register(person) == [("kari@rana.example", True, True)]
    assert register(fremmed) == []


def test_historien_far_ikke_adressen():
    person = opprett_person(navn="Kari", epost="kari@rana.example")
    assert not hasattr(person.history.first(), "epost")


def test_ingen_andre_skriver_adressen():
    """Only the service and the model itself; factories and migrations are not the portal at work."""
    skriver = re.compile(r"\bperson\w*\.epost\s*=[^=]|\brad\.epost\s*=[^=]|Person(?:\.objects\.\w+)?\([^)]*\bepost=")
    tillatt = {
        "organisering/services/personer.py",
        "organisering/models/personer.py",
        "organisering/forms/invitasjoner.py",  # an unsaved person, for the password's likeness to the address
    }
    treff = set()
    for app in ("slt_portal", "moter", "tiltak", "organisering", "varsling", "felles"):
        for fil in (settings.BASE_DIR / app).rglob("*.py"):
            sti = Path(fil).relative_to(settings.BASE_DIR).as_posix()
            if "/tests/" in sti or "/migrations/" in sti or sti.endswith("factories.py"):
                continue
            kode = re.sub(r"\.(?:filter|exclude|get|exists)\([^)]*\)", "", fil.read_text(encoding="utf-8"))
            if skriver.search(kode):
                treff.add(sti)
    assert treff <= tillatt
