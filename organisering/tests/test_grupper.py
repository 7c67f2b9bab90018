import datetime as dt

import pytest

from organisering.factories import (
    EnhetFactory,
    GruppeFactory,
    KoordinatorpostFactory,
    MandatpunktFactory,
    MedlemskapFactory,
    PlassFactory,
    VervFactory,
)
from organisering.models import Gruppe, Medlemskap, Plass, Verv
from organisering.rules.enheter import hvem_sporres
from organisering.rules.grupper import bilder, mangler, mangler_i_ord, plasser_for_enhet

PR = dt.date(2026, 6, 1)


@pytest.fixture
def gruppe(db):
    return GruppeFactory()


def bilde(gruppe):
    return bilder([gruppe], PR)[gruppe.pk]


def test_en_plass_som_ma_besettes_er_ledig_fra_dagen_etter_at_den_siste_gikk(gruppe):
    plass = PlassFactory(gruppe=gruppe, ma_besettes=True)
    MedlemskapFactory(plass=plass, fra=dt.date(2025, 1, 1), til=dt.date(2026, 5, 31))
    [rad] = bilde(gruppe).plasser
    assert (rad.er_ledig, rad.ledig_siden, bilde(gruppe).plasser_i_ord) == (
        True,
        dt.date(2026, 6, 1),
        "Én plass, ingen registrert ennå.",
    )


def test_plasser_i_ord(gruppe):
    assert bilde(gruppe).plasser_i_ord == "Plassene er ikke oppgitt."
    forste = PlassFactory(gruppe=gruppe)
    assert bilde(gruppe).plasser_i_ord == "Én plass, ingen registrert ennå."
    MedlemskapFactory(plass=forste)
    assert bilde(gruppe).plasser_i_ord == "Én plass, besatt."
    andre = PlassFactory(gruppe=gruppe)
    assert bilde(gruppe).plasser_i_ord == "To plasser, én uten registrert medlem."
    Plass.objects.filter(pk=andre.pk).update(ma_besettes=True)
    assert bilde(gruppe).plasser_i_ord == "To plasser, én ledig."
    MedlemskapFactory(plass=andre)
    assert bilde(gruppe).plasser_i_ord == "To plasser, alle er besatt."


def test_en_vara_besetter_ikke_plassen(gruppe):
    plass = PlassFactory(gruppe=gruppe, ma_besettes=True)
    MedlemskapFactory(plass=plass, rolle=Medlemskap.Rolle.VARA)
    [rad] = bilde(gruppe).plasser
    assert (rad.er_ledig, len(rad.varaer)) == (True, 1)


def test_en_apen_krets_star_aldri_tom(gruppe):
    PlassFactory(gruppe=gruppe, slag=Plass.Slag.APEN, ma_besettes=True)
    assert bilde(gruppe).ledige == []


def test_det_som_mangler_nevnes_i_rekkefolge(gruppe):
    assert mangler_i_ord(mangler(bilde(gruppe), har_krav=False)) == (
        "Mangler: leder, innkaller, sekretær, plasser, hvor ofte gruppa skal møtes og mandat."
    )
    plass = PlassFactory(gruppe=gruppe, tittel="NAV", ma_besettes=True)
    for slag in Verv.Slag.values:
        VervFactory(plass=plass, slag=slag)
    MandatpunktFactory(gruppe=gruppe)
    liste = mangler(bilde(gruppe), har_krav=True)
    assert (mangler_i_ord(liste), liste[0].plass_id) == ("Mangler: medlem på plassen «NAV».", plass.pk)
    MedlemskapFactory(plass=plass)
    assert mangler(bilde(gruppe), har_krav=True) == []


@pytest.mark.parametrize("slag", [Gruppe.Slag.NIVABESKRIVELSE, Gruppe.Slag.GRUPPETYPE])
def test_det_som_aldri_motes_mangler_ingenting(db, slag):
    assert mangler(bilde(GruppeFactory(slag=slag)), har_krav=False) == []


def test_et_verv_kan_ligge_utenfor_plassene(gruppe):
    post = KoordinatorpostFactory(samarbeid=gruppe.samarbeid)
    VervFactory(plass=None, gruppe=gruppe, koordinatorpost=post, slag="sekretar")
    VervFactory(plass=None, gruppe=gruppe, slag="leder", rotasjon="Går på omgang mellom kommunene.")
    utenom = bilde(gruppe).verv_utenom_plassene
    assert [(verv.tittel, verv.holder, verv.rotasjon) for verv in utenom] == [
        ("Sekretær", "SLT-koordinator", ""),
        ("Leder", "", "Går på omgang mellom kommunene."),
    ]


def test_en_gruppe_arver_plasser_mandat_og_verv_av_typen(db):
    typen = GruppeFactory(slag=Gruppe.Slag.GRUPPETYPE)
    rektor = PlassFactory(gruppe=typen, tittel="Rektor")
    PlassFactory(gruppe=typen, tittel="Helsesykepleier")
    VervFactory(plass=rektor, slag="leder")
    MandatpunktFactory(gruppe=typen, ordlyd="Følge med på skolemiljøet.")
    gruppe = GruppeFactory(samarbeid=typen.samarbeid, gruppetype=typen)
    MedlemskapFactory(plass=PlassFactory(gruppe=gruppe, tittel="rektor"))
    den = bilde(gruppe)
    assert [(plass.tittel, plass.arvet) for plass in den.plasser] == [("rektor", False), ("Helsesykepleier", True)]
    assert den.plasser_i_ord == "Én plass, besatt."
    assert [punkt.ordlyd for punkt in den.mandat] == ["Følge med på skolemiljøet."]
    assert [verv.slag for verv in den.verv] == ["leder"]


def test_historien_viser_hvem_som_hadde_plassene_den_siste_forst(gruppe):
    plass = PlassFactory(gruppe=gruppe)
    gammel = MedlemskapFactory(plass=plass, fra=dt.date(2020, 1, 1), til=dt.date(2022, 12, 31))
    nyere = MedlemskapFactory(plass=plass, fra=dt.date(2023, 1, 1), til=dt.date(2025, 12, 31))
    MedlemskapFactory(plass=plass)
    nedlagt = PlassFactory(gruppe=gruppe, til=dt.date(2021, 12, 31))
    eldst = MedlemskapFactory(plass=nedlagt, fra=dt.date(2019, 1, 1), til=dt.date(2021, 12, 31))
    assert [holder.pk for _plass, holder in bilde(gruppe).historie] == [nyere.pk, gammel.pk, eldst.pk]


def test_bildene_koster_to_sporsmal_uansett(db, django_assert_num_queries):
    grupper = [PlassFactory().gruppe for _ in range(4)]
    with django_assert_num_queries(2):
        bilder(grupper, PR)


def test_plassene_som_taler_for_en_enhet_kjenner_gruppa_si(db):
    enhet = EnhetFactory()
    plass = PlassFactory(gruppe__samarbeid=enhet.samarbeid, enhet=enhet)
    PlassFactory(gruppe__samarbeid=enhet.samarbeid, gruppe__til=dt.date(2025, 1, 1), enhet=enhet)
    assert [(rad.pk, rad.gruppe) for rad in plasser_for_enhet(enhet, PR)] == [(plass.pk, plass.gruppe.navn)]


@pytest.mark.parametrize(
    ("kontakter", "holdere", "under", "svar"),
    [
        (["Kari"], ["Per"], ["Anne"], "Kari (kontakt i enheten)"),
        ([], ["Per", "Anne"], ["Kari"], "Anne og Per (har en plass som taler for enheten)"),
        ([], [], ["Kari"], "Kari (kontakt i en underenhet)"),
        ([], [], [], "koordinatoren (ingen andre er registrert)"),
    ],
)
def test_kjeden_av_dem_som_sporres_ender_aldri_tom(kontakter, holdere, under, svar):
    assert str(hvem_sporres(kontakter, holdere, under)) == svar
