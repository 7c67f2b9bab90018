"""Every ladder of the portal, whatever days the machine was awake: the latest rung passed is sent once, those before it
are passed over, nothing is lost, and nothing comes after the end."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from felles.stille import Stilledager
from felles.tid import OSLO
from felles.trinn import gjeldende_trinn
from moter.rules import motevarsler
from organisering.factories import RolletildelingFactory, SamarbeidFactory
from organisering.rules import arshjulvarsler
from tiltak.factories import HandlingsplanFactory, TiltakFactory
from tiltak.models import Statusmelding
from tiltak.rules import varsler
from tiltak.services.tiltaksvarsling import varsle_frist, varsle_status
from varsling.models import Epost, Varsel
from varsling.services import samle

FRIST = dt.date(2026, 9, 30)
dager = st.dates(dt.date(2025, 10, 1), dt.date(2027, 6, 30))
kjoringer = st.lists(dager, min_size=1, max_size=20, unique=True).map(sorted)
ferie = st.frozensets(dager, max_size=10)
stille = st.builds(Stilledager, st.booleans(), st.booleans(), st.booleans(), ferie)
STIGER = {  # the ladder as it stands on `pr`, and its end
    "ble møtet holdt": (lambda pr: motevarsler.holdttrinn(FRIST, pr), None),
    "møte som kommer": (lambda pr: motevarsler.motetrinn(FRIST), FRIST),
    "saker til møtet": (lambda pr: motevarsler.sakstrinn(FRIST, 14), FRIST),
    "oppgave": (lambda pr: motevarsler.oppfolgingstrinn(FRIST, pr), None),
    "revisjon": (lambda pr: varsler.revisjonstrinn(FRIST, 24, pr), None),
    "frist": (lambda pr: varsler.fristtrinn(FRIST, pr), None),
    "status": (lambda pr: varsler.statustrinn(FRIST - dt.timedelta(days=300), 3, None, pr), None),
    "fast oppgave": (lambda pr: arshjulvarsler.fasttrinn(FRIST), FRIST),
    "avtale": (lambda pr: arshjulvarsler.fasttrinn(FRIST), None),
}


@pytest.mark.parametrize("hva", STIGER)
@settings(max_examples=60)
@given(kjoringer, stille)
def test_det_siste_trinnet_sendes_en_gang_og_ingenting_blir_borte(hva: str, dagene: list[dt.date], ro: Stilledager):
    stige, slutt = STIGER[hva]
    sendt: list[str] = []
    forbigatt: set[str] = set()
    for pr in (dag for dag in dagene if dag not in ro):
        passert = [t for t in stige(pr) if t.sendes(ro) <= pr]
        stand = gjeldende_trinn(stige(pr), pr, ro, slutt=slutt)
        if not passert or (slutt is not None and pr > slutt):
            assert stand is None
            continue
        assert stand is not None
        assert stand.trinn.dag == max(t.dag for t in passert)
        if stand.trinn.navn not in sendt:
            assert stand.trinn.navn not in forbigatt
            sendt.append(stand.trinn.navn)
        forbigatt |= {t.navn for t in stand.forbigatt} - set(sendt)
        assert {t.navn for t in passert} <= set(sendt) | forbigatt


@pytest.mark.django_db
@settings(
    max_examples=6, phases=[Phase.generate], deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.dates(dt.date(2026, 8, 20), dt.date(2027, 3, 1)), min_size=2, max_size=6, unique=True).map(sorted))
def test_det_samme_gjelder_radene_som_skrives_og_brevene_som_sendes(dagene: list[dt.date]):
    """The whole way, through the tables: each rung has one row, and each row is in one mail at most."""
    with transaction.atomic():
        _gjennom_tabellene(dagene)
        transaction.set_rollback(True)


def _gjennom_tabellene(dagene: list[dt.date]):
    samarbeid = SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1), stille_juli=False)
    RolletildelingFactory(samarbeid=samarbeid)
    tiltak = TiltakFactory(plan=HandlingsplanFactory(samarbeid=samarbeid), frist=FRIST)
    for dag in dagene:
        naa = dt.datetime.combine(dag, dt.time(6), OSLO)
        varsle_frist(naa)
        varsle_frist(naa)
        samle(naa)
    rader = list(Varsel.objects.filter(om=f"tiltak-{tiltak.pk}").order_by("pk"))
    assert len({v.trinn for v in rader}) == len(rader)
    brev = [v.epost_id for v in rader if v.epost_id is not None]
    assert len(set(brev)) == len(brev) <= len(dagene)
    assert all(v.epost_id is None for v in rader if v.forbigatt)
    assert set(Epost.objects.filter(samarbeid=samarbeid).values_list("pk", flat=True)) == set(brev)


@pytest.mark.django_db
def test_en_jobb_regnes_aldri_som_at_noen_har_meldt():
    """Asking is not answering: the state and the next question are the same however often the job has run."""
    samarbeid = SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1))
    RolletildelingFactory(samarbeid=samarbeid)
    tiltak = TiltakFactory(plan=HandlingsplanFactory(samarbeid=samarbeid))
    historie = tiltak.history.count()
    for dag in (dt.date(2026, 8, 3), dt.date(2026, 8, 4), dt.date(2027, 1, 4)):
        varsle_status(dt.datetime.combine(dag, dt.time(6), OSLO))
    tiltak.refresh_from_db()

    assert not Statusmelding.objects.exists()
    assert tiltak.history.count() == historie
    assert list(Varsel.objects.order_by("pk").values_list("trinn", flat=True)) == ["rytme-1", "rytme-2"]
