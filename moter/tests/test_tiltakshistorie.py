"""A measure's story has the meetings where it was on the agenda, and what was decided, for those who may know of it."""

import datetime as dt
from decimal import Decimal

import pytest

from felles.tid import OSLO, i_dag
from moter.factories import MoteFactory, SakFactory, VedtakFactory
from organisering.factories import GruppeFactory
from organisering.models import Plass
from tiltak.factories import HandlingsplanFactory, TiltakFactory

pytestmark = pytest.mark.django_db


def test_saker_og_vedtak_star_i_historien_til_dem_som_kan_lese_dem(som, rollebesetning, django_assert_max_num_queries):
    samarbeid, gruppe = rollebesetning.samarbeid, rollebesetning.gruppe
    tiltak = TiltakFactory(plan=HandlingsplanFactory(samarbeid=samarbeid))
    Plass.objects.update(ser_unntatt=False)
    i_fjor = dt.datetime(i_dag().year - 1, 5, 4, 12, tzinfo=OSLO)
    mote = MoteFactory(gruppe=gruppe, start=i_fjor, slutt=i_fjor + dt.timedelta(hours=1), holdt=i_fjor)
    felles = {"gruppe": gruppe, "mote": mote, "tiltak": tiltak}
    SakFactory(**felles, tittel="Midler til vakter")
    SakFactory(**felles, tittel="Hemmelig sak", unntatt=True, unntatt_grunn="Offl. § 13")
    SakFactory(gruppe=gruppe, tiltak=tiltak, tittel="I køen")
    annen = GruppeFactory(samarbeid=samarbeid, navn="Annen gruppe")
    SakFactory(gruppe=annen, mote=MoteFactory(gruppe=annen, start=i_fjor), tiltak=tiltak, tittel="Andres sak")
    VedtakFactory(gruppe=gruppe, mote=mote, tiltak=tiltak, dato=mote.dato, tekst="Gis støtte.", belop=Decimal(5000))
    koordinator = som("koordinator")
    with django_assert_max_num_queries(12):
        koordinator.get(tiltak.get_absolute_url())

    def fortalt(navn):
        hele = som(navn).get(tiltak.get_absolute_url()).context["hele"]
        return [(h.dag, h.tittel, h.tekst) for aar in hele.historie.nye for h in aar.hendelser][1:]

    sak = (mote.dato, f"På saklista i {gruppe.navn}", "Midler til vakter")
    vedtak = (mote.dato, f"Vedtatt av {gruppe.navn}: kr\u00a05\u00a0000", "Gis støtte.")
    assert fortalt("medlem") == [vedtak, sak]
    assert len(fortalt("koordinator")) == 4
    assert fortalt("leser") == [(*vedtak[:2], "")]  # what was given, and to what
    assert fortalt("kontakt") == []
