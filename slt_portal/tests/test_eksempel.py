"""What `last_eksempel` does: twice is once, people's changes stand, invented things are marked, logins work."""

from collections import Counter

import pytest
from django.core.management.base import CommandError

from organisering.models import Kommune, Plass, Samarbeid, TidligereSlug
from slt_portal.eksempel.laster import les
from slt_portal.vegger import egne_modeller
from tiltak.models import Tiltak

pytestmark = pytest.mark.django_db


def antall():
    """Rows by model, history included."""
    return Counter({modell._meta.label: modell._base_manager.count() for modell in egne_modeller()})


def test_to_ganger_gir_det_samme_ogsa_i_historien(demo, last_eksempel):
    last_eksempel(aktivitet=True, demo_brukere=True)
    forst = antall()
    assert last_eksempel(aktivitet=True, demo_brukere=True).count("finnes, lar det stå") == 2
    assert antall() == forst


def test_folks_endringer_far_sta(last_eksempel):
    last_eksempel()
    plass = Plass.objects.get(gruppe__navn="Koordineringsgruppe", tittel="NAV")
    plass.tittel = "NAV Land"
    plass.save()
    Tiltak.objects.get(nummer=12).delete()
    forst = antall()
    last_eksempel()
    assert antall() == forst
    assert Plass.objects.get(pk=plass.pk).tittel == "NAV Land"
    assert not Tiltak.objects.filter(nummer=12).exists()


@pytest.mark.parametrize("med_gammel_adresse", [True, False])
def test_et_samarbeid_som_har_flyttet_kommer_ikke_igjen(med_gammel_adresse, last_eksempel):
    last_eksempel()
    rana = Samarbeid.objects.get(slug="rana")
    rana.slug = "rana-og-omegn"
    rana.save()
    if med_gammel_adresse:
        TidligereSlug.objects.create(samarbeid=rana, slug="rana")
    last_eksempel()
    assert set(Samarbeid.objects.values_list("slug", flat=True)) == {"nordre-land", "rana-og-omegn"}


def test_en_kommune_som_finnes_brukes(last_eksempel):
    Kommune.objects.create(navn="Rana kommune", kommunenummer="1833")
    last_eksempel()
    assert Kommune.objects.get(kommunenummer="1833").navn == "Rana kommune"


def test_feil_i_en_rad_gir_ingen_rader(monkeypatch, last_eksempel):
    odelagt = les("samarbeid")
    odelagt["rana"]["motekrav"] = [{"gruppe": "Finnes ikke", "slag": "ord"}]
    monkeypatch.setattr("slt_portal.management.commands.last_eksempel.les", lambda mappe: odelagt)
    with pytest.raises(CommandError, match="Finner ikke gruppe «Finnes ikke» i Rana."):
        last_eksempel()
    assert list(Samarbeid.objects.values_list("slug", flat=True)) == ["nordre-land"]


def test_demobrukere_krever_debug_eller_demo(settings, last_eksempel):
    settings.LOKAL = False
    with pytest.raises(CommandError, match="Demobrukere krever DEBUG=1 eller SLT_DEMO=1"):
        last_eksempel(demo_brukere=True)
    assert not Samarbeid.objects.exists()
