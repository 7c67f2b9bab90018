"""Where both ends of a relation carry a Samarbeid, it is the same one."""

import pytest
from django.core.management import call_command

from organisering.factories import EnhetFactory, GruppeFactory, NivaFactory
from organisering.models import Enhet, Gruppe, Kommune, Samarbeid
from slt_portal.vegger import egne_modeller, rader_over_veggen, relasjoner
from tiltak.factories import AnsvarFactory, TiltakFactory


def test_eksemplene_holder_seg_pa_sin_side(db):
    call_command("last_eksempel", aktivitet=True, verbosity=0)
    assert Samarbeid.objects.count() >= 2
    assert Gruppe.objects.exists()
    assert Enhet.objects.exists()
    assert rader_over_veggen() == []


def test_en_fremmed_enhet_blir_funnet(db):
    her, der = EnhetFactory(), EnhetFactory()
    her.overordnet = der
    her.save()
    assert [linje for linje in rader_over_veggen() if "Historical" not in linje] == [
        f"organisering.Enhet {her.pk}: samarbeid {her.samarbeid_id}, men overordnet hører til {der.samarbeid_id}"
    ]


def test_et_fremmed_ansvar_blir_funnet(db):
    tiltak, fremmed = TiltakFactory(), EnhetFactory()
    ansvar = AnsvarFactory(tiltak=tiltak, enhet=fremmed)
    assert [linje.split(":")[0] for linje in rader_over_veggen() if "Historical" not in linje] == [
        f"tiltak.Ansvar {ansvar.pk}"
    ]


def test_et_fremmed_niva_blir_funnet(db):
    gruppe, fremmed = GruppeFactory(), NivaFactory()
    gruppe.nivaer.add(fremmed)
    (linje,) = rader_over_veggen()
    assert linje.startswith("organisering.Gruppe_nivaer ")


def test_alle_relasjoner_mellom_rader_med_samarbeid_blir_gatt(db):
    funnet = {(modell._meta.label, til) for modell, _, til in relasjoner(egne_modeller())}
    assert {
        ("moter.Vedtak", "tiltak__samarbeid_id"),
        ("tiltak.Ansvar", "plass__samarbeid_id"),
        ("organisering.Fullmakt", "videre_gruppe__samarbeid_id"),
        ("organisering.Enhet", "overordnet__samarbeid_id"),
    } <= funnet
    assert not any(modell is Kommune for modell, _, _ in relasjoner(egne_modeller()))


@pytest.mark.parametrize("uten", ["kommune__samarbeid_id", "person__samarbeid_id"])
def test_det_som_kan_hore_til_flere_er_ingen_vegg(uten):
    assert uten not in {til for _, _, til in relasjoner(egne_modeller())}
