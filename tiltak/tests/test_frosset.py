import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from felles.frys import si_fra_om_frosset
from felles.tid import OSLO
from felles.unntak import Frosset
from tiltak.factories import PlanutgaveFactory
from tiltak.models import Planutgave

NAA = dt.datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)

pytestmark = pytest.mark.django_db


def frosset_utgave():
    return PlanutgaveFactory(
        vedtatt=dt.date(2026, 11, 20),
        frosset=NAA,
        innhold={"tittel": "Handlingsplan"},
        innhold_sha256="a" * 64,
        pdf=b"%PDF",
        pdf_sha256="b" * 64,
    )


@pytest.mark.parametrize("endring", [{"tittel": "Noe annet"}, {"pdf": b""}, {"vedtatt": None}, {"frosset": None}])
def test_en_frosset_utgave_endres_ikke_av_noen(endring):
    utgave = frosset_utgave()
    with pytest.raises(IntegrityError), transaction.atomic():
        Planutgave.objects.filter(pk=utgave.pk).update(**endring)
    with pytest.raises(Frosset, match="Handlingsplan"), si_fra_om_frosset(utgave.tittel):
        utgave.delete()


def test_en_frosset_utgave_kan_avloses():
    utgave = frosset_utgave()
    Planutgave.objects.filter(pk=utgave.pk).update(avlost=dt.date(2028, 1, 1))
    assert Planutgave.objects.get(pk=utgave.pk).avlost == dt.date(2028, 1, 1)


def test_en_utgave_som_ikke_er_frosset_kan_endres_og_slettes():
    utgave = PlanutgaveFactory()
    utgave.tittel = "Ny tittel"
    utgave.save(update_fields=["tittel"])
    utgave.delete()
    assert not Planutgave.objects.exists()


def test_frosset_uten_innhold_og_kontrollsum_avvises():
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanutgaveFactory(vedtatt=dt.date(2026, 11, 20), frosset=NAA)
