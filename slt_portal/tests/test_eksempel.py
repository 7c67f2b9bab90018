"""`last_eksempel` from an empty database: twice is once, all or nothing, and a new municipality is a new file."""

import pytest
from django.core.management.base import CommandError

from organisering.models import Kommune, Samarbeid
from slt_portal.eksempel.laster import les

pytestmark = pytest.mark.django_db


def test_to_ganger_gir_det_samme_ogsa_i_historien(demo, last_eksempel, radtall):
    last_eksempel(aktivitet=True, demo_brukere=True)
    forst = radtall()
    assert last_eksempel(aktivitet=True, demo_brukere=True).count("finnes, lar det stå") == 2
    assert radtall() == forst


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


def test_en_ny_kommune_er_en_ny_fil(monkeypatch, last_eksempel):
    tredje = {
        "samarbeid": {"navn": "Fjellbygd", "slug": "fjellbygd", "offentlig_kilde": "Vedtekter"},
        "kommune": [{"navn": "Fjellbygd", "kommunenummer": ""}],
        "kilde": [{"tittel": "Vedtekter"}],
        "gruppe": [{"navn": "SLT-gruppa", "mandatpunkter": ["Samordne."], "plasser": [{"tittel": "Lensmann"}]}],
    }
    monkeypatch.setattr("slt_portal.management.commands.last_eksempel.les", lambda mappe: {"fjellbygd": tredje})
    last_eksempel()
    samarbeid = Samarbeid.objects.get()
    assert str(samarbeid.offentlig_kilde) == "Vedtekter"
    assert [str(plass) for plass in samarbeid.grupper.get().plasser.all()] == ["Lensmann"]


def test_demobrukere_krever_debug_eller_demo(settings, last_eksempel):
    settings.LOKAL = False
    with pytest.raises(CommandError, match="Demobrukere krever DEBUG=1 eller SLT_DEMO=1"):
        last_eksempel(demo_brukere=True)
    assert not Samarbeid.objects.exists()
