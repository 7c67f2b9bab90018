import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moter.factories import VedtakFactory
from moter.models import Vedtak
from moter.rules.penger import Utfall, ardag, brukt, fullmakt_for, hent_pengebruk, i_aret, vurder
from organisering.factories import FullmaktFactory, GruppeFactory
from organisering.models import Fullmakt, Gruppe

PR = dt.date(2026, 9, 10)
Grense = Fullmakt.Grense
penger = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999.99"), places=2)


def fullmakt(ramme=None, grense=None, *, ramme_slag=None, grense_slag=None, **felter):
    return Fullmakt(
        gjelder=Fullmakt.Gjelder.PENGER,
        ramme=ramme,
        ramme_slag=ramme_slag or (Grense.BELOP if ramme is not None else Grense.IKKE_OPPGITT),
        grense=grense,
        grense_slag=grense_slag or (Grense.BELOP if grense is not None else Grense.IKKE_OPPGITT),
        **felter,
    )


@pytest.mark.parametrize(
    ("belop", "utfall", "over"),
    [("10000", Utfall.INNENFOR, "0"), ("10000.01", Utfall.OVER_RAMMEN, "0.01"), ("0.01", Utfall.INNENFOR, "0")],
)
def test_nøyaktig_rammen_er_innenfor_og_ett_øre_mer_er_over(belop, utfall, over):
    svar = vurder(fullmakt(Decimal(10000)), Decimal(0), Decimal(belop))
    assert (svar.utfall, svar.over, svar.hoyst) == (utfall, Decimal(over), Decimal(10000))


def test_det_som_er_brukt_trekkes_fra_rammen():
    svar = vurder(fullmakt(Decimal(10000)), Decimal(6500), Decimal(5000))
    assert (svar.utfall, svar.hoyst, svar.over, svar.kan_vedtas) == (Utfall.OVER_RAMMEN, 3500, 1500, False)


def test_grensen_gjelder_hvert_vedtak_også_når_rammen_holder():
    svar = vurder(fullmakt(Decimal(10000), Decimal(2000)), Decimal(0), Decimal(2500))
    assert (svar.utfall, svar.hoyst, svar.over) == (Utfall.OVER_GRENSEN, 2000, 500)


def test_ingen_grense_er_ubegrenset():
    svar = vurder(fullmakt(ramme_slag=Grense.INGEN), Decimal(10) ** 9, Decimal(10) ** 9)
    assert (svar.utfall, svar.hoyst) == (Utfall.INNENFOR, None)


@pytest.mark.parametrize("rad", [fullmakt(), None])
def test_ikke_oppgitt_kontrolleres_ikke_og_sier_det(rad):
    svar = vurder(rad, Decimal(10) ** 6, Decimal(10) ** 6)
    assert (svar.utfall, svar.kan_vedtas) == (Utfall.IKKE_KONTROLLERT, True)


def test_den_som_bare_tilrår_vedtar_ingenting():
    gruppe = Gruppe(navn="Styringsgruppe")
    rad = fullmakt(Decimal(10000), myndighet=Fullmakt.Myndighet.TILRAR, videre_gruppe=gruppe)
    svar = vurder(rad, Decimal(0), Decimal(1))
    assert (svar.utfall, svar.kan_vedtas, svar.videre) == (Utfall.TILRAR, False, gruppe)


@given(ramme=penger, bruk=penger, belop=penger)
def test_et_beløp_kan_vedtas_bare_når_summen_holder_seg_i_rammen(ramme, bruk, belop):
    svar = vurder(fullmakt(ramme), bruk, belop)
    assert svar.kan_vedtas is (bruk + belop <= ramme)
    assert svar.kan_vedtas is (svar.over == 0)
    assert svar.over == (0 if svar.kan_vedtas else belop - max(Decimal(0), ramme - bruk))


@given(ramme=penger, grense=penger, bruk=penger, belop=penger)
def test_det_høyeste_som_kan_vedtas_kan_alltid_vedtas_og_ett_øre_mer_aldri(ramme, grense, bruk, belop):
    rad = fullmakt(ramme, grense)
    hoyst = vurder(rad, bruk, belop).hoyst
    assert vurder(rad, bruk, hoyst).kan_vedtas
    assert not vurder(rad, bruk, hoyst + Decimal("0.01")).kan_vedtas


@given(st.lists(st.tuples(penger, st.booleans()), max_size=30))
def test_brukt_er_summen_av_de_gyldige_på_øret(rader):
    vedtak = [Vedtak(belop=belop, opphevet=PR if opphevet else None) for belop, opphevet in rader]
    assert brukt(vedtak) == sum((belop for belop, opphevet in rader if not opphevet), Decimal(0))


@pytest.mark.django_db
def test_fullmakten_på_møtedatoen_gjelder():
    gruppe = GruppeFactory()
    gammel = FullmaktFactory(gruppe=gruppe, ramme_slag="belop", ramme=10000, til=dt.date(2026, 6, 30))
    ny = FullmaktFactory(gruppe=gruppe, ramme_slag="belop", ramme=20000, fra=dt.date(2026, 7, 1))
    FullmaktFactory(gruppe=gruppe, gjelder="tiltak")
    FullmaktFactory(ramme_slag="ingen")
    alle = list(Fullmakt.objects.all())
    assert fullmakt_for(gruppe, alle, dt.date(2026, 6, 30)) == gammel
    assert fullmakt_for(gruppe, alle, dt.date(2026, 7, 1)) == ny


@pytest.mark.django_db
def test_en_gruppe_arver_fullmakten_fra_gruppetypen_men_sin_egen_går_foran():
    gruppetype = GruppeFactory(slag="gruppetype")
    arver = GruppeFactory(samarbeid=gruppetype.samarbeid, gruppetype=gruppetype)
    egen = GruppeFactory(samarbeid=gruppetype.samarbeid, gruppetype=gruppetype)
    felles, sin = FullmaktFactory(gruppe=gruppetype), FullmaktFactory(gruppe=egen)
    assert fullmakt_for(arver, [felles, sin], PR) == felles
    assert fullmakt_for(egen, [felles, sin], PR) == sin


@pytest.mark.django_db
def test_årets_bruk_følger_møtedatoen_og_opphevet_vedtak_frigjør_beløpet():
    gruppe = GruppeFactory()
    FullmaktFactory(gruppe=gruppe, ramme_slag="belop", ramme=10000)
    VedtakFactory(gruppe=gruppe, belop=4000, dato=dt.date(2026, 1, 1))
    VedtakFactory(gruppe=gruppe, belop=2500, dato=dt.date(2026, 12, 31))
    VedtakFactory(gruppe=gruppe, belop=900, dato=dt.date(2025, 12, 31))
    VedtakFactory(gruppe=gruppe, belop=800, opphevet=dt.date(2026, 9, 5))
    VedtakFactory(gruppe=gruppe, belop=700, slag="tilradd")
    VedtakFactory(gruppe=gruppe)
    VedtakFactory(belop=600)
    [bruk] = hent_pengebruk([gruppe], ar=2026, pr=PR)
    assert (bruk.brukt, bruk.ramme, bruk.igjen, bruk.over) == (6500, 10000, 3500, 0)
    alle = Vedtak.objects.all()
    assert {v.pk for v in i_aret(alle, gruppe, 2026)} == set(
        alle.filter(gruppe=gruppe).i_rammen(2026).values_list("pk", flat=True)
    )


@pytest.mark.parametrize(("ar", "dag"), [(2025, dt.date(2025, 12, 31)), (2026, PR), (2027, dt.date(2027, 1, 1))])
def test_et_års_side_viser_regelen_på_årets_nærmeste_dag(ar, dag):
    assert ardag(ar, PR) == dag
