"""From–to: the property, the filter and the constraint agree on every day."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from felles.modeller import Periode, periode_i_orden

DAG = dt.date(2026, 3, 1)
ETT_DOGN = dt.timedelta(days=1)


class Gjelder(Periode):
    class Meta:
        app_label = "prove"
        managed = False
        constraints = [periode_i_orden("prove_gjelder_periode")]

    def __str__(self):
        return f"{self.fra}–{self.til}"


@pytest.fixture(scope="module")
def laget_tabell(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with connection.schema_editor() as redaktor:
            redaktor.create_model(Gjelder)
        yield
        with connection.schema_editor() as redaktor:
            redaktor.delete_model(Gjelder)


@pytest.mark.parametrize(
    ("fra", "til", "aktiv"),
    [
        (None, None, True),
        (DAG, DAG, True),
        (DAG, None, True),
        (None, DAG, True),
        (DAG + ETT_DOGN, None, False),
        (None, DAG - ETT_DOGN, False),
        (DAG - ETT_DOGN, DAG + ETT_DOGN, True),
    ],
)
def test_begge_endene_er_med(laget_tabell, db, fra, til, aktiv):
    rad = Gjelder.objects.create(fra=fra, til=til)
    assert rad.er_aktiv(DAG) is aktiv
    assert Gjelder.objects.filter(Gjelder.aktiv_q(DAG)).exists() is aktiv


DAGER = st.none() | st.dates(DAG - 3 * ETT_DOGN, DAG + 3 * ETT_DOGN)


@given(DAGER, DAGER)
def test_svaret_er_det_samme_som_a_telle_dagene(fra, til):
    dager = [DAG + n * ETT_DOGN for n in range(-5, 6)]
    forste, siste = fra or dager[0], til or dager[-1]
    assert [Gjelder(fra=fra, til=til).er_aktiv(dag) for dag in dager] == [forste <= dag <= siste for dag in dager]


def test_slutt_for_start_avvises_av_skjema_og_database(laget_tabell, db):
    bakvendt = Gjelder(fra=DAG, til=DAG - ETT_DOGN)
    with pytest.raises(ValidationError, match="Sluttdatoen kan ikke være før startdatoen"):
        bakvendt.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        bakvendt.save()


def test_filteret_gjennom_en_relasjon_navngir_relasjonen():
    assert {felt for felt, _ in _ledd(Gjelder.aktiv_q(DAG, "plass__"))} == {
        "plass__fra__isnull",
        "plass__fra__lte",
        "plass__til__isnull",
        "plass__til__gte",
    }


def _ledd(q):
    for ledd in q.children:
        if isinstance(ledd, models.Q):
            yield from _ledd(ledd)
        else:
            yield ledd
