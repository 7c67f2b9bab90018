"""A change of a measure is taken back."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.unntak import Regelbrudd
from tiltak.factories import HandlingsplanFactory, MalFactory, TiltakFactory
from tiltak.models import Tiltak
from tiltak.rules.endringer import endringer
from tiltak.rules.tiltaket import endringene
from tiltak.services import avslutt, gjenoppta, ta_tilbake

pytestmark = pytest.mark.django_db
PR = dt.date(2026, 11, 22)


@pytest.fixture
def tiltak(rollebesetning):
    return TiltakFactory(plan=HandlingsplanFactory(samarbeid=rollebesetning.samarbeid), tittel="Vakt", tidsrom="i vår")


def endre(tiltak, av, **felter):
    """One change, by one person; returns its key."""
    for felt, verdi in felter.items():
        setattr(tiltak, felt, verdi)
    tiltak._history_user = av
    tiltak.save()
    return tiltak.history.first().pk


def test_koordinatoren_ser_hva_som_skjer_og_tar_tilbake_bare_de_feltene(som, rollebesetning, tiltak):
    endring = endre(tiltak, rollebesetning["koordinator"], tittel="Vakter", frist=dt.date(2027, 3, 1))
    endre(tiltak, rollebesetning["superbruker"], tidsrom="i høst")
    side = reverse("tiltak:ta_tilbake", args=[tiltak.samarbeid.slug, tiltak.pk, endring])
    assert side not in som("leser").get(tiltak.get_absolute_url()).content.decode()
    nettleser = som("koordinator")
    assert side in nettleser.get(tiltak.get_absolute_url()).content.decode()
    sida = nettleser.get(side).content.decode()
    assert "Tittelen er endret fra «Vakter» til «Vakt»" in sida
    assert "Fristen (1.\u00a0mars 2027) er tatt bort" in sida
    assert "Endringen er tatt tilbake." in nettleser.post(side, follow=True).content.decode()
    tiltak.refresh_from_db()
    assert (tiltak.tittel, tiltak.frist, tiltak.tidsrom) == ("Vakt", None, "i høst")
    siste = tiltak.history.first()
    assert (siste.history_user, siste.history_change_reason) == (rollebesetning["koordinator"], "Tatt tilbake")
    assert "Ingenting er tatt tilbake" in nettleser.post(side, follow=True).content.decode()  # pressed once more


def test_det_som_er_endret_igjen_tas_ikke_tilbake_og_det_sies_hva(som, rollebesetning, tiltak):
    endring = endre(tiltak, rollebesetning["koordinator"], tittel="Vakter")
    endre(tiltak, rollebesetning["superbruker"], tittel="Natteravner")
    with pytest.raises(Regelbrudd, match="gjelder det samme: tittelen"):
        ta_tilbake(tiltak, endring=endring)
    side = reverse("tiltak:ta_tilbake", args=[tiltak.samarbeid.slug, tiltak.pk, endring])
    assert side not in som("koordinator").get(tiltak.get_absolute_url()).content.decode()
    assert "kan ikke tas tilbake" in som("koordinator").get(side).content.decode()
    with pytest.raises(Regelbrudd, match="Se over historien"):
        ta_tilbake(tiltak, endring=0)
    assert Tiltak.objects.get(pk=tiltak.pk).tittel == "Natteravner"


def test_a_ta_opp_igjen_kan_tas_tilbake_med_grunnen(tiltak):
    avslutt(tiltak, dato=dt.date(2026, 11, 1), grunn="Ga ikke resultater.", pr=PR)
    gjenoppta(tiltak)
    (endring,) = endringer(endringene(tiltak.pk))
    ta_tilbake(tiltak, endring=endring.nokkel)
    tiltak.refresh_from_db()
    assert (tiltak.avsluttet, tiltak.avsluttet_grunn) == (dt.date(2026, 11, 1), "Ga ikke resultater.")


def test_verdier_som_ikke_passer_lenger_avvises_med_en_setning(rollebesetning, tiltak):
    mal = MalFactory(samarbeid=tiltak.samarbeid)
    tiltak.hovedmal = mal
    tiltak.save()
    uten_mal = endre(tiltak, rollebesetning["koordinator"], hovedmal=None)
    mal.delete()
    with pytest.raises(Regelbrudd, match="Hovedmålet som gjaldt før, finnes ikke lenger"):
        ta_tilbake(tiltak, endring=uten_mal)
    Tiltak.objects.filter(pk=tiltak.pk).update(frist=dt.date(2027, 1, 1))
    tiltak.refresh_from_db()
    uten_frist = endre(tiltak, rollebesetning["superbruker"], frist=None)
    endre(tiltak, rollebesetning["leder"], rytme="manedlig")
    Tiltak.history.filter(pk=uten_mal).update(frist=dt.date(2027, 1, 1))
    with pytest.raises(Regelbrudd, match="enten en frist eller en rytme"):
        ta_tilbake(tiltak, endring=uten_frist)
