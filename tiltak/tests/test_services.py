import datetime as dt

import pytest

from felles.tid import OSLO
from felles.unntak import Regelbrudd
from organisering.factories import PersonFactory
from tiltak.factories import AnsvarFactory, TiltakFactory
from tiltak.models import Statusmelding
from tiltak.services import meld_status

NAA = dt.datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)

pytestmark = pytest.mark.django_db


def test_en_status_meldes_pa_vegne_av_den_som_har_ansvaret():
    ansvar, person = AnsvarFactory(), PersonFactory()
    melding = meld_status(ansvar.tiltak, status="i_gang", tekst="Alle er med.", ansvar=ansvar, person=person, naa=NAA)
    melding.refresh_from_db()
    assert (melding.samarbeid, melding.tiltak, melding.person) == (ansvar.samarbeid, ansvar.tiltak, person)
    assert (melding.meldt, melding.kanal) == (NAA, Statusmelding.Kanal.SIDE)


def test_et_avsluttet_tiltak_tar_ikke_imot_status():
    tiltak = TiltakFactory(avsluttet=dt.date(2026, 6, 1), avsluttet_grunn="Ga ikke resultater.")
    with pytest.raises(Regelbrudd):
        meld_status(tiltak, status="i_gang", person=None, naa=NAA)


def test_et_annet_tiltaks_ansvar_avvises():
    with pytest.raises(Regelbrudd):
        meld_status(TiltakFactory(), status="i_gang", ansvar=AnsvarFactory(), person=None, naa=NAA)
