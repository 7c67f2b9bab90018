import datetime as dt
from decimal import Decimal

import pytest

from felles.tid import OSLO
from felles.unntak import Regelbrudd
from moter import services
from moter.factories import MoteFactory, SakFactory, VedtakFactory
from moter.models import Deltakelse, Mote, Sak, Vedtak
from organisering.factories import FullmaktFactory, GruppeFactory, MedlemskapFactory, PlassFactory
from organisering.models import Gruppe

NAA = dt.datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)
START = dt.datetime(2026, 12, 9, 12, 30, tzinfo=OSLO)
SLUTT = START + dt.timedelta(hours=1, minutes=30)
HOLDT = dt.datetime(2026, 11, 20, 12, 0, tzinfo=OSLO)

pytestmark = pytest.mark.django_db


@pytest.fixture
def grupper():
    """A coordinating group with a yearly frame of 10 000, and the group that decides beyond it."""
    kg = GruppeFactory(navn="Koordineringsgruppe")
    sg = GruppeFactory(samarbeid=kg.samarbeid, navn="Styringsgruppe")
    FullmaktFactory(gruppe=kg, ramme_slag="belop", ramme=Decimal(10_000), videre_gruppe=sg)
    return kg, sg


def sak_i_mote(gruppe, **felter):
    return SakFactory(gruppe=gruppe, mote=MoteFactory(gruppe=gruppe, start=HOLDT), **felter)


# Meetings


def test_et_mote_settes_opp():
    gruppe = GruppeFactory()
    mote = services.sett_opp(gruppe, start=START, slutt=SLUTT, sted="Rådhuset", naa=NAA)
    assert (mote.samarbeid, mote.tilstand(NAA)) == (gruppe.samarbeid, "planlagt")


@pytest.mark.parametrize(
    ("endring", "felt"),
    [
        ({"start": HOLDT, "slutt": HOLDT + dt.timedelta(hours=1)}, "start"),
        ({"slutt": START}, "slutt"),
        ({"slutt": START + dt.timedelta(hours=25)}, "slutt"),
    ],
)
def test_et_mote_som_ikke_kan_holdes_avvises(endring, felt):
    with pytest.raises(Regelbrudd) as feil:
        services.sett_opp(GruppeFactory(), **{"start": START, "slutt": SLUTT, "naa": NAA, **endring})
    assert feil.value.felt == felt
    assert not Mote.objects.exists()


@pytest.mark.parametrize("felter", [{"slag": Gruppe.Slag.NIVABESKRIVELSE}, {"til": dt.date(2026, 12, 1)}])
def test_en_gruppe_som_ikke_motes_eller_ikke_finnes_lenger_far_ingen_moter(felter):
    with pytest.raises(Regelbrudd):
        services.sett_opp(GruppeFactory(**felter), start=START, slutt=SLUTT, naa=NAA)


def test_to_moter_til_samme_tid_avvises_men_ikke_etter_et_avlyst():
    gruppe = GruppeFactory()
    forste = services.sett_opp(gruppe, start=START, slutt=SLUTT, naa=NAA)
    with pytest.raises(Regelbrudd):
        services.sett_opp(gruppe, start=SLUTT - dt.timedelta(minutes=1), slutt=SLUTT + dt.timedelta(hours=1), naa=NAA)
    services.sett_opp(gruppe, start=SLUTT, slutt=SLUTT + dt.timedelta(hours=1), naa=NAA)
    services.avlys(forste, grunn="Sykdom", naa=NAA)
    services.sett_opp(gruppe, start=START, slutt=SLUTT, naa=NAA)


def test_et_mote_over_klokkeskiftet_varer_sa_lenge_det_varer():
    start = dt.datetime(2027, 3, 28, 1, 30, tzinfo=OSLO)
    mote = services.sett_opp(GruppeFactory(), start=start, slutt=dt.datetime(2027, 3, 28, 3, 30, tzinfo=OSLO), naa=NAA)
    mote.refresh_from_db()
    assert mote.slutt.astimezone(dt.UTC) - mote.start.astimezone(dt.UTC) == dt.timedelta(hours=1)


def test_et_mote_flyttes_men_ikke_nar_det_er_holdt():
    mote = services.sett_opp(GruppeFactory(), start=START, slutt=SLUTT, naa=NAA)
    neste = START + dt.timedelta(days=1)
    services.flytt(mote, start=neste, slutt=neste + dt.timedelta(hours=1), sted="Parken", naa=NAA)
    mote.refresh_from_db()
    assert (mote.start, mote.sted) == (neste, "Parken")
    holdt = MoteFactory(start=HOLDT, holdt=NAA)
    with pytest.raises(Regelbrudd):
        services.flytt(holdt, start=START, slutt=SLUTT, naa=NAA)


def test_avlyst_mote_slipper_sakene_tilbake_i_koen():
    mote = MoteFactory(start=START)
    ventende, behandlet = (SakFactory(gruppe=mote.gruppe, mote=mote) for _ in range(2))
    VedtakFactory(gruppe=mote.gruppe, sak=behandlet, mote=mote)
    services.avlys(mote, grunn="For få kunne komme", naa=NAA)
    assert [Sak.objects.get(pk=sak.pk).mote for sak in (ventende, behandlet)] == [None, mote]
    assert services.avlys(mote, grunn="Igjen", naa=NAA).avlyst_grunn == "For få kunne komme"


def test_et_holdt_mote_kan_ikke_avlyses_og_et_avlyst_ikke_holdes():
    holdt, avlyst = MoteFactory(start=HOLDT, holdt=NAA), MoteFactory(start=HOLDT, avlyst=NAA)
    with pytest.raises(Regelbrudd):
        services.avlys(holdt, grunn="", naa=NAA)
    with pytest.raises(Regelbrudd):
        services.marker_holdt(avlyst, naa=NAA)


def test_et_mote_er_holdt_forst_nar_det_har_begynt():
    with pytest.raises(Regelbrudd):
        services.marker_holdt(MoteFactory(start=START), naa=NAA)
    mote = services.marker_holdt(MoteFactory(start=HOLDT), naa=NAA)
    senere = services.marker_holdt(mote, naa=NAA + dt.timedelta(days=1))
    assert senere.holdt == NAA
    assert services.angre_holdt(mote).holdt is None


def test_holdt_kan_ikke_angres_nar_det_er_fort_vedtak():
    sak = sak_i_mote(GruppeFactory())
    services.vedta(sak, tekst="Ja", naa=NAA)
    with pytest.raises(Regelbrudd):
        services.angre_holdt(sak.mote)


def test_oppmote_fores_for_dem_som_hadde_plass_den_dagen():
    mote = MoteFactory(start=HOLDT)
    der, borte = (MedlemskapFactory(plass=PlassFactory(gruppe=mote.gruppe)) for _ in range(2))
    for _ in range(2):
        services.for_oppmote(mote, tilstede={der.pk: True, borte.pk: False})
    assert list(Deltakelse.objects.order_by("pk").values_list("person", "tilstede")) == [
        (der.person_id, True),
        (borte.person_id, False),
    ]
    sluttet = MedlemskapFactory(plass=der.plass, til=dt.date(2026, 11, 19))
    with pytest.raises(Regelbrudd):
        services.for_oppmote(mote, tilstede={sluttet.pk: True})
    with pytest.raises(Regelbrudd):
        services.for_oppmote(mote, tilstede={MedlemskapFactory().pk: True})


# Cases


def test_saker_legges_sist_og_kan_ordnes():
    mote = MoteFactory(start=START)
    saker = [services.meld_sak(mote.gruppe, tittel=f"Sak {n}", slag="drofting", mote=mote) for n in range(3)]
    services.sett_rekkefolge(mote, saker=[sak.pk for sak in reversed(saker)])
    assert list(mote.saker.values_list("tittel", flat=True)) == ["Sak 2", "Sak 1", "Sak 0"]
    with pytest.raises(Regelbrudd):
        services.sett_rekkefolge(mote, saker=[saker[0].pk])


def test_en_sak_venter_i_koen_og_flyttes_til_et_mote():
    mote = MoteFactory(start=START)
    sak = services.meld_sak(mote.gruppe, tittel="Ny", slag="beslutning")
    assert services.flytt_sak(sak, til=mote).mote == mote
    for stengt in (MoteFactory(gruppe=mote.gruppe, avlyst=NAA), MoteFactory(start=START)):
        with pytest.raises(Regelbrudd):
            services.flytt_sak(sak, til=stengt)


# Money


def test_akkurat_rammen_er_innenfor_og_ett_ore_mer_er_utenfor(grupper):
    kg, _ = grupper
    services.vedta(sak_i_mote(kg), tekst="Foreldremøter", belop=Decimal("2500.50"), naa=NAA)
    with pytest.raises(services.BelopAvvist) as feil:
        services.vedta(sak_i_mote(kg), tekst="Mer", belop=Decimal("7499.51"), naa=NAA)
    assert str(feil.value).replace("\u00a0", " ") == (
        "Vedtaket er ikke lagret: kr 0,01 over rammen. Koordineringsgruppe har brukt kr 2 500,50 av kr 10 000 i 2026, "
        "og har kr 7 499,50 igjen. Styringsgruppe kan vedta hele beløpet."
    )
    services.vedta(sak_i_mote(kg), tekst="Resten", belop=Decimal("7499.50"), naa=NAA)
    assert Vedtak.objects.count() == 2


def test_et_opphevet_vedtak_frigjor_summen(grupper):
    kg, _ = grupper
    vedtak = services.vedta(sak_i_mote(kg), tekst="Alt", belop=Decimal(10_000), naa=NAA)
    with pytest.raises(Regelbrudd):
        services.opphev(vedtak, dato=dt.date(2026, 11, 1))
    services.opphev(vedtak, dato=NAA.date())
    services.vedta(sak_i_mote(kg), tekst="Alt igjen", belop=Decimal(10_000), naa=NAA)


def test_fjorarets_vedtak_bruker_fjorarets_ramme(grupper):
    kg, _ = grupper
    VedtakFactory(gruppe=kg, dato=dt.date(2025, 12, 31), belop=Decimal(9_000))
    services.vedta(sak_i_mote(kg), tekst="Nytt år", belop=Decimal(10_000), naa=NAA)


def test_belop_over_rammen_loftes_helt_til_den_som_kan_vedta(grupper):
    kg, sg = grupper
    mote = MoteFactory(gruppe=sg, start=START)
    MoteFactory(gruppe=sg, start=START + dt.timedelta(days=30))
    sak = sak_i_mote(kg, tittel="Foreldremøter")
    tilradd, ny = services.loft(sak, tekst="Koordineringsgruppa tilrår kr 12 000.", belop=Decimal(12_000), naa=NAA)
    assert (tilradd.slag, tilradd.belop, tilradd.er_gyldig) == (Vedtak.Slag.TILRADD, Decimal(12_000), False)
    assert (ny.gruppe, ny.mote, ny.loftet_fra, ny.slag) == (sg, mote, sak, Sak.Slag.BESLUTNING)
    with pytest.raises(Regelbrudd):
        services.loft(sak, tekst="Igjen", belop=Decimal(12_000), naa=NAA)


def test_uten_planlagt_mote_venter_den_loftede_saken_i_koen(grupper):
    kg, sg = grupper
    _, ny = services.loft(sak_i_mote(kg), tekst="Tilrår", belop=Decimal(12_000), naa=NAA)
    assert (ny.gruppe, ny.mote) == (sg, None)


def test_det_som_far_plass_eller_ikke_har_noe_sted_a_ga_loftes_ikke(grupper):
    kg, sg = grupper
    with pytest.raises(Regelbrudd):
        services.loft(sak_i_mote(kg), tekst="Liten", belop=Decimal(10_000), naa=NAA)
    FullmaktFactory(gruppe=sg, ramme_slag="belop", ramme=Decimal(5_000))
    with pytest.raises(Regelbrudd):
        services.loft(sak_i_mote(sg), tekst="Ingen over", belop=Decimal(6_000), naa=NAA)
    assert not Vedtak.objects.exists()


@pytest.mark.parametrize("mote", [{"start": START}, {"start": HOLDT, "avlyst": NAA}])
def test_ingenting_vedtas_i_et_mote_som_ikke_har_vaert(mote):
    gruppe = GruppeFactory()
    with pytest.raises(Regelbrudd):
        services.vedta(SakFactory(gruppe=gruppe, mote=MoteFactory(gruppe=gruppe, **mote)), tekst="Ja", naa=NAA)
    with pytest.raises(Regelbrudd):
        services.vedta(SakFactory(gruppe=gruppe), tekst="Ja", naa=NAA)
