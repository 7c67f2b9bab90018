"""`kontroller` finds each kind of bad row, and nothing in good ones."""

import datetime as dt
import json

import pytest
from django.core.management import call_command

from organisering.factories import (
    EnhetFactory,
    GruppeFactory,
    KoordinatorpostFactory,
    MedlemskapFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
    SamarbeidFactory,
    VervFactory,
)
from organisering.models import Gruppe, Plass, Samarbeid
from slt_portal.ettersyn import finn_alle
from tiltak.factories import MalFactory, TiltakFactory

pytestmark = pytest.mark.django_db

JANUAR, JUNI, JULI, DESEMBER = (dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2026, 12, 31))


def funn():
    return [(f.regel, f.rad) for f in finn_alle()]


def test_ingen_rader_gir_ingen_funn(capsys):
    call_command("kontroller")
    assert capsys.readouterr().out == "Ingen funn.\n"


def test_eksemplene_har_ingen_funn(settings):
    settings.LOKAL = True
    call_command("last_eksempel", aktivitet=True, demo_brukere=True, verbosity=0)
    assert funn() == []


def test_samme_person_to_ganger_i_samme_plass():
    forste = MedlemskapFactory(plass=PlassFactory(slag="flere"), fra=JANUAR, til=JULI)
    andre = MedlemskapFactory(plass=forste.plass, person=forste.person, fra=JUNI, til=DESEMBER)
    assert funn() == [("overlappende_medlemskap", f"organisering.Medlemskap {andre.pk}")]


def test_etter_hverandre_i_samme_plass_er_i_orden():
    forste = MedlemskapFactory(fra=JANUAR, til=JUNI)
    MedlemskapFactory(plass=forste.plass, person=forste.person, fra=JULI)
    MedlemskapFactory(plass=forste.plass, rolle="vara", fra=JANUAR)
    assert funn() == []


def test_to_medlemmer_i_en_plass_for_en():
    forste = MedlemskapFactory(fra=JANUAR, til=JULI)
    andre = MedlemskapFactory(plass=forste.plass, fra=JULI)
    assert funn() == [("for_mange_i_plassen", f"organisering.Medlemskap {andre.pk}")]


def test_flere_enn_plassen_har_tall_for():
    plass = PlassFactory(slag="flere", antall=2)
    MedlemskapFactory.create_batch(2, plass=plass)
    tredje = MedlemskapFactory(plass=plass)
    assert funn() == [("for_mange_i_plassen", f"organisering.Medlemskap {tredje.pk}")]


def test_flertallsplass_uten_tall_har_plass_til_alle():
    MedlemskapFactory.create_batch(3, plass=PlassFactory(slag="flere"))
    assert funn() == []


def test_to_ledere_samtidig():
    forste = VervFactory(fra=JANUAR, til=JULI)
    andre = VervFactory(plass=forste.plass, gruppe=forste.gruppe, fra=JULI)
    VervFactory(plass=forste.plass, gruppe=forste.gruppe, slag="nestleder")
    assert funn() == [("to_ledere", f"organisering.Verv {andre.pk}")]


def test_post_fylt_to_ganger_samtidig():
    post = KoordinatorpostFactory()
    RolletildelingFactory(samarbeid=post.samarbeid, koordinatorpost=post, fra=JANUAR)
    andre = RolletildelingFactory(samarbeid=post.samarbeid, koordinatorpost=post, fra=JULI)
    assert funn() == [("post_fylt_to_ganger", f"organisering.Rolletildeling {andre.pk}")]


def test_rad_over_veggen():
    enhet = EnhetFactory()
    enhet.overordnet = EnhetFactory()
    enhet.save()
    assert funn() == [("over_veggen", f"organisering.Enhet {enhet.pk}")]


def test_rettet_rad_over_veggen_er_i_orden():
    enhet = EnhetFactory()
    enhet.overordnet = EnhetFactory()
    enhet.save()
    enhet.overordnet = None
    enhet.save()
    assert funn() == []


@pytest.mark.parametrize(
    ("fabrikk", "navn"), [(EnhetFactory, "organisering.Enhet"), (GruppeFactory, "organisering.Gruppe")]
)
def test_enheter_og_grupper_i_ring(fabrikk, navn):
    en = fabrikk()
    to = fabrikk(samarbeid=en.samarbeid, overordnet=en)
    fabrikk(samarbeid=en.samarbeid, overordnet=to)  # hangs on the ring, is not in it
    en.overordnet = to
    en.save()
    assert funn() == [("ring_av_overordnede", f"{navn} {en.pk}"), ("ring_av_overordnede", f"{navn} {to.pk}")]


def test_mal_i_ring():
    en = MalFactory()
    to = MalFactory(samarbeid=en.samarbeid, overordnet=en)
    tre = MalFactory(samarbeid=en.samarbeid, overordnet=to)
    en.overordnet = tre
    en.save()
    assert funn() == [("ring_av_overordnede", f"tiltak.Mal {pk}") for pk in (en.pk, to.pk, tre.pk)]


def test_31_juni_finnes_ikke():
    umulig = TiltakFactory(rytme="arlig", rytme_maned=6, rytme_dag=31)
    TiltakFactory(rytme="arlig", rytme_maned=2, rytme_dag=29)
    assert funn() == [("umulig_dato", f"tiltak.Tiltak {umulig.pk}")]


def test_adresse_som_portalen_bruker_selv():
    samarbeid = SamarbeidFactory()
    Samarbeid.objects.filter(pk=samarbeid.pk).update(slug="min-side")
    assert funn() == [("fast_adresse", f"organisering.Samarbeid {samarbeid.pk}")]


def test_medlemskap_utenfor_plassens_tid():
    medlemskap = MedlemskapFactory(plass=PlassFactory(fra=JULI), fra=JANUAR, person=PersonFactory())
    assert funn() == [("utenfor_perioden", f"organisering.Medlemskap {medlemskap.pk}")]


def test_medlemskap_utenfor_gruppas_tid():
    medlemskap = MedlemskapFactory(fra=JANUAR)
    Gruppe.objects.filter(pk=medlemskap.plass.gruppe_id).update(fra=JANUAR, til=JUNI)
    Plass.objects.update(fra=JANUAR)
    assert funn() == [("utenfor_perioden", f"organisering.Medlemskap {medlemskap.pk}")]


def test_funn_gir_kode_1_og_bare_json(capsys):
    TiltakFactory(rytme="arlig", rytme_maned=4, rytme_dag=31)
    with pytest.raises(SystemExit) as stans:
        call_command("kontroller", json=True)
    assert stans.value.code == 1
    (ett,) = json.loads(capsys.readouterr().out)["funn"]
    assert ett["regel"] == "umulig_dato"
    assert ett["tekst"] == "Dagen 31.4. finnes ikke i noe år."


def test_sporringene_vokser_ikke_med_radene(django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_max_num_queries(300) as forst:
        finn_alle()
    MedlemskapFactory.create_batch(3)
    VervFactory.create_batch(3)
    with django_assert_num_queries(len(forst) + 1):  # the levels' names of the leaders' groups
        finn_alle()
