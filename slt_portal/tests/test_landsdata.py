"""The national set, in small: told from one day by one seed it is always the same, and it breaks no rule."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction

from moter.models import Mote, Sak, Vedtak
from organisering.factories import PersonFactory, SamarbeidFactory
from organisering.models import Fullmakt, Gruppe, Medlemskap, Motekrav, Person, Samarbeid
from slt_portal.landsdata.lag import stedsnavn
from slt_portal.vegger import egne_modeller, rader_over_veggen
from tiltak.models import Ansvar, Handlingsplan, Tiltak

pytestmark = pytest.mark.django_db

NAA = "2026-11-23T06:00"


def lag(samarbeid: int = 3, ar: int = 2, fro: int = 1) -> None:
    call_command("lag_landsdata", samarbeid=samarbeid, ar=ar, fro=fro, naa=_tid(), stdout=StringIO())


def _tid() -> dt.datetime:
    return dt.datetime.fromisoformat(f"{NAA}:00+01:00")


def avtrykk() -> dict[str, list[Any]]:
    """All that the rows say, without the numbers the database gives them."""
    svar = {}
    for modell in egne_modeller():
        felter = [f.name for f in modell._meta.concrete_fields if not f.is_relation and not f.primary_key]
        rader = modell._base_manager.order_by("pk")
        svar[modell._meta.label] = list(rader.values_list(*felter)) if felter else [rader.count()]  # links alone
    return svar


def avtrykk_av(**onske: int) -> dict[str, list[Any]]:
    with transaction.atomic():
        lag(**onske)
        svar = avtrykk()
        transaction.set_rollback(True)
    return svar


def test_samme_fro_og_dag_gir_de_samme_radene() -> None:
    assert avtrykk_av() == avtrykk_av()


def test_et_annet_fro_gir_andre_rader() -> None:
    assert avtrykk_av(fro=1)["organisering.Person"] != avtrykk_av(fro=2)["organisering.Person"]


def test_de_forste_samarbeidene_er_de_samme_hvor_mange_det_enn_er() -> None:
    ett, tre = (avtrykk_av(samarbeid=antall)["organisering.Person"] for antall in (1, 3))
    assert tre[: len(ett)] == ett


def test_ingen_rad_bryter_en_vegg_eller_en_regel() -> None:
    lag()
    assert rader_over_veggen() == []
    ut = StringIO()
    call_command("kontroller", json=True, stdout=ut)
    assert json.loads(ut.getvalue()) == {"funn": []}


def test_reglene_er_av_alle_slag() -> None:
    lag(samarbeid=10, ar=3)

    def ulike(modell: type[models.Model], felt: str) -> set[Any]:
        return set(modell._default_manager.values_list(felt, flat=True))

    assert ulike(Motekrav, "slag") == set(Motekrav.Slag.values)
    assert ulike(Gruppe, "slag") == set(Gruppe.Slag.values)
    assert ulike(Fullmakt, "ramme_slag") == ulike(Fullmakt, "grense_slag") == set(Fullmakt.Grense.values)
    assert ulike(Medlemskap, "rolle") == set(Medlemskap.Rolle.values)
    assert ulike(Samarbeid, "malform") == set(Samarbeid.Malform.values)
    assert ulike(Tiltak, "rytme") == {"", *Tiltak.Rytme.values}
    assert ulike(Vedtak, "slag") == set(Vedtak.Slag.values)
    assert Ansvar.objects.uavklarte().exists()
    assert Ansvar.objects.filter(apen_med_vilje=True).exists()
    assert Sak.objects.filter(loftet_fra__isnull=False).exists()
    assert Mote.objects.filter(holdt__isnull=True, avlyst__isnull=True, slutt__lt=_tid()).exists()
    assert Samarbeid.objects.filter(oppfolging_fra__isnull=True).count() == 0
    assert Handlingsplan.objects.values("samarbeid").distinct().count() <= 10


def test_ingen_av_dem_kan_logge_inn_og_adressene_finnes_ikke() -> None:
    lag()
    assert [person for person in Person.objects.all() if person.has_usable_password()] == []
    assert Person.objects.exclude(epost__endswith=".example").filter(epost__isnull=False).count() == 0


def test_stedene_har_hvert_sitt_navn() -> None:
    assert len({stedsnavn(1, nr) for nr in range(3000)}) == 3000


def test_to_ganger_blir_nektet() -> None:
    lag(samarbeid=1, ar=1)
    with pytest.raises(CommandError, match="landsdata fra før"):
        lag(samarbeid=1, ar=1)


@pytest.mark.parametrize("ekte", ["samarbeid", "person"])
def test_blandes_ikke_med_ekte_data_uten_bekreftelse(ekte: str) -> None:
    if ekte == "samarbeid":
        SamarbeidFactory()
    else:
        PersonFactory(epost="noen@kommune.test")
    with pytest.raises(CommandError, match="--bekreft"):
        lag(samarbeid=1, ar=1)
    call_command("lag_landsdata", samarbeid=1, ar=1, naa=_tid(), bekreft=True, stdout=StringIO())
    assert Samarbeid.objects.filter(funksjonspostkasse__endswith=".landsdata.example").count() == 1


def test_eksemplene_er_ikke_ekte_data() -> None:
    call_command("last_eksempel", stdout=StringIO())
    lag(samarbeid=1, ar=1)
    assert Samarbeid.objects.count() == 3
