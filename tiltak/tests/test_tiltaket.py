import datetime as dt

import pytest

from organisering.factories import (
    EnhetFactory,
    EnhetskontaktFactory,
    GruppeFactory,
    KoordinatorpostFactory,
    MedlemskapFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
    VervFactory,
)
from tiltak.factories import AnsvarFactory, DelpunktFactory, MalFactory, MalgruppeFactory, TiltakFactory
from tiltak.rules.tiltaket import hent_deler, hent_spurte, hent_tiltaket

pytestmark = pytest.mark.django_db
PR = dt.date(2026, 11, 22)


@pytest.fixture
def tiltak():
    return TiltakFactory()


def test_det_forste_leddet_i_kjeden_som_har_noen_blir_spurt(tiltak):
    enhet = EnhetFactory(samarbeid=tiltak.samarbeid)
    ansvar = AnsvarFactory(tiltak=tiltak, enhet=enhet)
    assert hent_spurte(tiltak, PR) == {}
    under = EnhetFactory(samarbeid=tiltak.samarbeid, overordnet=enhet)
    EnhetskontaktFactory(enhet=under, funksjon="Underleder")
    assert hent_spurte(tiltak, PR) == {ansvar.pk: ["Underleder"]}
    plass = PlassFactory(gruppe=GruppeFactory(samarbeid=tiltak.samarbeid), enhet=enhet, tittel="Representant")
    MedlemskapFactory(plass=plass)
    assert hent_spurte(tiltak, PR) == {ansvar.pk: ["Representant"]}
    EnhetskontaktFactory(enhet=enhet, person=PersonFactory(navn="Kari Nordmann"))
    EnhetskontaktFactory(enhet=enhet, funksjon="Gammel leder", til=dt.date(2026, 11, 21))
    assert hent_spurte(tiltak, PR) == {ansvar.pk: ["Kari Nordmann"]}


def test_en_funksjon_i_planen_blir_spurt_der_noen_har_den(tiltak):
    enhet = EnhetFactory(samarbeid=tiltak.samarbeid)
    ansvar = AnsvarFactory(tiltak=tiltak, enhet=enhet, funksjon="rektor")
    EnhetskontaktFactory(enhet=enhet, funksjon="Leder")
    assert hent_spurte(tiltak, PR) == {ansvar.pk: ["Leder"]}
    EnhetskontaktFactory(enhet=EnhetFactory(samarbeid=tiltak.samarbeid, overordnet=enhet), funksjon="Rektor")
    assert hent_spurte(tiltak, PR) == {ansvar.pk: ["Rektor"]}


def test_plass_post_og_gruppe_spores_gjennom_dem_som_har_dem(tiltak, django_assert_num_queries):
    gruppe = GruppeFactory(samarbeid=tiltak.samarbeid)
    plass = PlassFactory(gruppe=gruppe, tittel="Politikontakt")
    MedlemskapFactory(plass=plass)
    leder = MedlemskapFactory(plass=PlassFactory(gruppe=gruppe, tittel="Ordfører"))
    VervFactory(plass=leder.plass)
    post = KoordinatorpostFactory(samarbeid=tiltak.samarbeid)
    person = PersonFactory(navn="Koordinatoren")
    RolletildelingFactory(samarbeid=tiltak.samarbeid, koordinatorpost=post, person=person)
    felter = ({"plass": plass}, {"gruppe": gruppe}, {"koordinatorpost": post})
    ider = [AnsvarFactory(tiltak=tiltak, **felt).pk for felt in felter]
    hentet = hent_tiltaket(tiltak.samarbeid, PR).get(pk=tiltak.pk)
    with django_assert_num_queries(1):
        spurte = hent_spurte(hentet, PR)
    assert [spurte[pk] for pk in ider] == [["Politikontakt"], ["Ordfører"], ["Koordinatoren"]]


def test_delpunkter_mal_og_malgrupper_hentes_i_rekkefolge(tiltak, django_assert_num_queries):
    DelpunktFactory(tiltak=tiltak, tekst="andre", rekkefolge=2)
    DelpunktFactory(tiltak=tiltak, tekst="første", rekkefolge=1, ar_fra=2022, gjort=PR)
    tiltak.malgrupper.add(MalgruppeFactory(samarbeid=tiltak.samarbeid, tekst="barn", alder_fra=0, alder_til=24))
    tiltak.andre_mal.add(MalFactory(samarbeid=tiltak.samarbeid, tekst="trygghet"))
    with django_assert_num_queries(1):
        deler = hent_deler(tiltak)
    assert [(d.tekst, d.fra, d.gjort) for d in deler["delpunkt"]] == [("første", 2022, PR), ("andre", None, None)]
    assert [(d.tekst, d.fra, d.til) for d in deler["malgruppe"]] == [("barn", 0, 24)]
    assert [d.tekst for d in deler["mal"]] == ["trygghet"]


def test_naboene_folger_planens_rekkefolge(tiltak):
    plan = tiltak.plan
    forste, like, siste = (TiltakFactory(plan=plan, nummer=nr) for nr in (0, tiltak.nummer, tiltak.nummer + 1))
    TiltakFactory(nummer=tiltak.nummer)
    naboer = {t.pk: (t.forrige, t.neste) for t in hent_tiltaket(plan.samarbeid, PR)}
    assert naboer == {
        forste.pk: (None, tiltak.pk),
        tiltak.pk: (forste.pk, like.pk),
        like.pk: (tiltak.pk, siste.pk),
        siste.pk: (like.pk, None),
    }
