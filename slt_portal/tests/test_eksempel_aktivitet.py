"""The invented activity: marked, once, plausible on any day, and nothing that changes the facts."""

import datetime as dt

import pytest

from felles.modeller import Eksempelmerket
from felles.tid import OSLO, oslo_dato
from moter.models import Deltakelse, Mote, Oppfolging, Sak, Vedtak
from organisering.models import Gruppe, Samarbeid
from slt_portal.eksempel import aktivitet, kalender
from slt_portal.eksempel.laster import les
from slt_portal.vegger import rader_over_veggen
from tiltak.models import Planutgave, Statusmelding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eksemplene")]


def test_uten_aktivitet_er_ingenting_oppdiktet():
    for modell in (Mote, Sak, Deltakelse, Oppfolging, Statusmelding):
        assert not modell.objects.exists()
    assert not Vedtak.objects.filter(eksempel=True).exists()


def test_alt_oppdiktet_er_merket_som_eksempel(demo, last_eksempel):
    last_eksempel(aktivitet=True, demo_brukere=True)
    fakta = Vedtak.objects.filter(tekst__in=[rad["tekst"] for rad in les("samarbeid")["nordre-land"]["vedtak"]])
    assert fakta.count() == 2
    for modell in Eksempelmerket.__subclasses__():
        umerket = modell._base_manager.filter(eksempel=False)
        assert set(umerket) == (set(fakta) if modell is Vedtak else set()), modell


def test_oppdiktet_aktivitet_som_folk_har_slettet_kommer_ikke_igjen(last_eksempel):
    last_eksempel(aktivitet=True)
    for modell in (Oppfolging, Vedtak, Deltakelse, Statusmelding):
        modell.objects.filter(eksempel=True).delete()
    Sak.objects.filter(loftet_fra__isnull=False).delete()
    Sak.objects.all().delete()
    Mote.objects.all().delete()
    last_eksempel(aktivitet=True)
    assert not Mote.objects.exists()


def test_aktivitet_om_noe_som_er_borte_legges_ikke_til_og_stopper_ikke_resten(last_eksempel):
    Gruppe.objects.filter(navn="Koordineringsgruppe").update(navn="Samarbeidsgruppa")
    sagt = last_eksempel(aktivitet=True)
    assert "Nordre Land: aktiviteten er ikke lagt til. Finner ikke gruppe «Koordineringsgruppe»" in sagt
    assert set(Mote.objects.values_list("samarbeid__slug", flat=True)) == {"rana"}


DAGER = [
    dt.date(2026, 11, 22),
    dt.date(2026, 12, 31),
    dt.date(2027, 1, 1),
    dt.date(2027, 3, 29),
    dt.date(2027, 7, 5),
    dt.date(2028, 2, 29),
]


@pytest.mark.parametrize("pr", DAGER, ids=str)
def test_aktiviteten_er_til_a_tro_hvilken_dag_det_enn_er(pr):
    naa = dt.datetime.combine(pr, dt.time(8, 0), tzinfo=OSLO)
    for slug, innhold in les("aktivitet").items():
        assert aktivitet.last(Samarbeid.objects.get(slug=slug), innhold, naa=naa)
    for mote in Mote.objects.all():
        start, slutt = mote.start.astimezone(OSLO), mote.slutt.astimezone(OSLO)
        assert kalender.arbeidsdag(start.date(), pr) == start.date()
        assert dt.time(9) <= start.time() < slutt.time() <= dt.time(15)
        assert mote.holdt is None or mote.slutt <= naa
    tilstander = {mote.tilstand(naa) for mote in Mote.objects.all()}
    assert tilstander == {"holdt", "planlagt", "avlyst", "ubekreftet"}
    assert not Statusmelding.objects.filter(meldt__date__gt=pr).exists()
    assert not Oppfolging.objects.filter(gjort__gt=pr).exists()
    assert rader_over_veggen() == []


@pytest.fixture
def november():
    """Nordre Land with activity as of 22 November 2026."""
    naa = dt.datetime(2026, 11, 22, 12, 0, tzinfo=OSLO)
    aktivitet.last(Samarbeid.objects.get(slug="nordre-land"), les("aktivitet")["nordre-land"], naa=naa)


def test_styringsgruppa_mangler_hostmotet_og_koordineringsgruppa_er_i_rute(november):
    styring = Mote.objects.filter(gruppe__er_styringsgruppe=True, start__year=2026)
    assert [(oslo_dato(m.start).month <= 6, m.avlyst is not None) for m in styring] == [(True, False), (False, True)]
    i_ar = Mote.objects.filter(gruppe__navn="Koordineringsgruppe", avlyst=None, start__year=2026)
    assert (i_ar.holdte().count(), i_ar.count()) == (5, 6)


def test_pengene_i_ar_er_4000_og_2500_og_det_tredje_er_loftet(november):
    gruppe = Gruppe.objects.get(navn="Koordineringsgruppe")
    assert sorted(gruppe.vedtak.i_rammen(2026).values_list("belop", flat=True)) == [2500, 4000]
    loftet = gruppe.vedtak.get(slag="tilradd")
    assert [(str(s.gruppe), s.mote, s.loftet_fra) for s in loftet.sak.loftet_til.all()] == [
        ("Styringsgruppe/politiråd", None, loftet.sak)
    ]


def test_aktiviteten_reviderer_ikke_planen(november):
    utgave = Planutgave.objects.get()
    assert (utgave.avlost, utgave.plan.gjennomganger.count()) == (None, 0)
