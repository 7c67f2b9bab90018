"""A prepared query answers as its queryset does, whatever it was first asked with."""

import datetime as dt
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.utils.translation import gettext, override

from felles.forberedt import forberedt
from organisering.factories import GruppeFactory, SamarbeidFactory
from organisering.models import Gruppe, Samarbeid

pytestmark = pytest.mark.django_db
DAG = dt.date(2026, 11, 24)
FOR, ETTER = DAG - dt.timedelta(days=1), DAG + dt.timedelta(days=1)


class Onske(NamedTuple):
    samarbeid: Samarbeid
    ider: list[int]


@forberedt
def aktive(samarbeid: Samarbeid, pr: dt.date, *, navn: str | None = None) -> models.QuerySet[Gruppe]:
    grupper = Gruppe.objects.filter(samarbeid=samarbeid).aktive(pr).select_related("samarbeid")
    return (grupper if navn is None else grupper.filter(navn=navn)).prefetch_related("nivaer").order_by("pk")


@forberedt
def navnene(onske: Onske) -> models.QuerySet[Gruppe, str]:
    grupper = Gruppe.objects.filter(samarbeid=onske.samarbeid, pk__in=onske.ider)
    return grupper.order_by("pk").values_list("navn", flat=True)


@forberedt
def aret(pr: dt.date) -> models.QuerySet[Gruppe]:
    return Gruppe.objects.filter(navn=str(pr.year))


@forberedt
def ordet(samarbeid: Samarbeid) -> models.QuerySet[Samarbeid, str]:
    ord_ = models.Value(gettext("Mangler"))
    return Samarbeid.objects.filter(pk=samarbeid).annotate(ord=ord_).values_list("ord", flat=True)


def test_hver_gang_gjelder_de_nye_verdiene() -> None:
    ett, annet = SamarbeidFactory(), SamarbeidFactory()
    gruppe = GruppeFactory(samarbeid=ett, navn="Rådet", fra=DAG)
    GruppeFactory(samarbeid=annet, navn="Rådet", til=FOR)
    for samarbeid, pr, navn in [(ett, DAG, None), (ett, FOR, None), (annet, FOR, "Rådet"), (ett, ETTER, "' OR 1=1")]:
        assert aktive(samarbeid, pr, navn=navn) == list(aktive.sporring(samarbeid, pr, navn=navn))
    assert [(g, g.samarbeid, list(g.nivaer.all())) for g in aktive(ett, ETTER)] == [(gruppe, ett, [])]


def test_lister_av_hver_lengde() -> None:
    samarbeid = SamarbeidFactory()
    grupper = [GruppeFactory(samarbeid=samarbeid, navn=f"Gruppe {nummer}") for nummer in range(6)]
    for antall in range(7):
        valgte = [gruppe.pk for gruppe in grupper[:antall]]
        assert navnene(Onske(samarbeid, valgte)) == [gruppe.navn for gruppe in grupper[:antall]]


def test_et_tall_som_er_for_langt_er_ingen_rad() -> None:
    assert navnene(Onske(SamarbeidFactory(), [10**30, -(10**30)])) == []


def test_sporringen_bygges_en_gang() -> None:
    samarbeid = SamarbeidFactory()
    aktive.maler.clear()
    for dag in (FOR, DAG, ETTER):
        aktive(samarbeid, dag)
    assert len(aktive.maler) == 1
    assert connection.vendor in str(list(aktive.maler))


@pytest.mark.django_db(transaction=True)
def test_trader_deler_det_som_er_bygd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that build, read and empty the same shelf at once each get their own answer over their own connection."""
    samarbeid = SamarbeidFactory()
    grupper = {
        gruppe.navn: [gruppe] for gruppe in (GruppeFactory(samarbeid=samarbeid, navn=f"Nr. {n}") for n in range(4))
    }
    monkeypatch.setattr("felles.forberedt.FLEST", 1)

    def spor(nummer: int) -> bool:
        try:
            navn = f"Nr. {nummer % 4}"
            en = aktive(samarbeid, DAG, navn=navn) == grupper[navn]
            return en and len(aktive(samarbeid, DAG)) == 4 and navnene(Onske(samarbeid, [-1])) == []
        finally:
            connection.close()

    for_bytte = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(6) as trader:
            assert all(trader.map(spor, range(60)))
    finally:
        sys.setswitchinterval(for_bytte)
    assert {mal.kompilator.connection for mal in aktive.maler.values() if mal} == {None}


def test_hvert_sprak_har_sitt() -> None:
    for sprak in ("nb", "nn", None, "nb"):
        with override(sprak):  # type: ignore[arg-type]
            assert ordet(SamarbeidFactory()) == [gettext("Mangler")]


def test_det_som_ikke_kan_forberedes_sier_fra() -> None:
    with pytest.raises(TypeError):
        aret(1.5)  # type: ignore[arg-type]


def test_den_som_regner_med_en_verdi_far_beskjed() -> None:
    """What the builder computes of its arguments would be frozen; it fails at once instead."""
    with pytest.raises((AttributeError, FieldError)):
        aret(DAG)
