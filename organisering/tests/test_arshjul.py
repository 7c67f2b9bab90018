"""Standing duties, agreements and days off: when they fall due, and how they are edited."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from organisering.factories import ArshjulpunktFactory, AvtaleFactory, FridagFactory, GruppeFactory
from organisering.models import Arshjulpunkt, Avtale, Fridag
from organisering.rules.arshjul import avtale_i_ord, nar_i_ord, neste_frist

D = dt.date
Nar = Arshjulpunkt.Nar


@pytest.mark.parametrize(
    ("felter", "pr", "frist"),
    [
        ({"nar": Nar.DATO, "maned": 12, "dag": 1}, D(2026, 12, 1), D(2026, 12, 1)),
        ({"nar": Nar.DATO, "maned": 12, "dag": 1}, D(2026, 12, 2), D(2027, 12, 1)),
        ({"nar": Nar.DATO, "maned": 2, "dag": 29}, D(2026, 1, 1), D(2026, 2, 28)),
        ({"nar": Nar.DATO, "maned": 4, "dag": 1, "til": D(2026, 12, 31)}, D(2026, 4, 2), None),
        ({"nar": Nar.DATO, "maned": 4, "dag": 1, "fra": D(2028, 1, 1)}, D(2026, 4, 2), D(2028, 4, 1)),
        ({"nar": Nar.VAR}, D(2026, 7, 1), D(2027, 6, 30)),
        ({"nar": Nar.HOST}, D(2026, 7, 1), D(2026, 12, 31)),
        ({"nar": Nar.KOMMUNESTYRE}, D(2026, 7, 1), D(2027, 9, 30)),
        ({"nar": Nar.HVERT_MOTE}, D(2026, 7, 1), None),
    ],
)
def test_neste_frist(felter, pr, frist):
    assert neste_frist(Arshjulpunkt(**felter), pr) == frist


@pytest.mark.django_db
def test_begrensningene_holder_pa_databasen():
    gruppe = GruppeFactory()
    gale = [
        lambda: ArshjulpunktFactory(nar=Nar.DATO, dag=None, maned=None),
        lambda: ArshjulpunktFactory(nar=Nar.VAR, dag=1, maned=4),
        lambda: ArshjulpunktFactory(nar=Nar.HVERT_MOTE, dag=None, maned=None),
        lambda: AvtaleFactory(fornyes=D(2027, 1, 1), fornyes_maneder=12),
        lambda: AvtaleFactory(inngatt=D(2027, 1, 1), fornyes=D(2026, 1, 1), fornyes_maneder=None),
        lambda: FridagFactory(fra=D(2026, 2, 2), til=D(2026, 2, 1)),
    ]
    for lag in gale:
        with pytest.raises(IntegrityError), transaction.atomic():
            lag()
    punkt = ArshjulpunktFactory(samarbeid=gruppe.samarbeid, gruppe=gruppe, nar=Nar.HVERT_MOTE, dag=None, maned=None)
    assert nar_i_ord(punkt) == f"På hvert møte i {gruppe.navn}"


def test_en_avtale_sier_nar_den_fornyes():
    avtale = Avtale(inngatt=D(2025, 1, 31), fornyes_maneder=13)
    assert avtale.fornyes_innen == D(2026, 2, 28)
    assert avtale_i_ord(avtale, D(2026, 2, 28)).endswith("Fornyes innen 28.\u00a0februar 2026.")
    assert avtale_i_ord(avtale, D(2026, 3, 1)).endswith("Skulle vært fornyet innen 28.\u00a0februar 2026.")


def test_koordinatoren_legger_inn_og_endrer(som, rollebesetning):
    samarbeid, nettleser = rollebesetning.samarbeid, som("koordinator")
    ny = reverse("organisering:punkt_ny", args=[samarbeid.slug])
    assert "Skriv datoen oppgaven" in nettleser.post(ny, {"tekst": "Søke", "nar": "dato"}).content.decode()
    assert "1.12." in nettleser.post(ny, {"tekst": "Søke", "nar": "dato", "dato": "31.4."}).content.decode()
    assert nettleser.post(ny, {"tekst": "Søke", "nar": "dato", "dato": "1.12."}).status_code == 302
    punkt = Arshjulpunkt.objects.get()
    assert (punkt.samarbeid, punkt.dag, punkt.maned) == (samarbeid, 1, 12)
    endre = reverse("organisering:punkt_endre", args=[samarbeid.slug, punkt.pk])
    assert 'value="1.12."' in nettleser.get(endre).content.decode()
    nettleser.post(endre, {"tekst": "Søke", "nar": "var", "dato": "1.12."})
    punkt.refresh_from_db()
    assert (punkt.nar, punkt.dag) == (Nar.VAR, None)
    nettleser.post(
        reverse("organisering:avtale_ny", args=[samarbeid.slug]),
        {"navn": "Politirådsavtale", "parter": "Kommunen og politiet", "inngatt": "1.3.2025", "fornyes_maneder": "24"},
    )
    assert Avtale.objects.get().fornyes_innen == D(2027, 3, 1)
    fri = reverse("organisering:fridag_ny", args=[samarbeid.slug])
    assert nettleser.post(fri, {"navn": "Lang", "fra": "1.1.2026", "til": "1.3.2027"}).status_code == 200
    nettleser.post(fri, {"navn": "Vinterferie", "fra": "22.2.2027", "til": "26.2.2027"})
    fridag = Fridag.objects.get()
    assert len(fridag.dager) == 5
    liste = nettleser.get(reverse("organisering:faste", args=[samarbeid.slug])).content.decode()
    assert all(ord_ in liste for ord_ in ("Søke", "Hver vår", "Politirådsavtale", "22.–26.", "koordinatoren"))
    nettleser.post(reverse("organisering:fridag_fjern", args=[samarbeid.slug, fridag.pk]))
    assert not Fridag.objects.exists()


def test_lista_koster_like_mange_sporringer(som, rollebesetning, django_assert_max_num_queries):
    samarbeid = rollebesetning.samarbeid
    gruppe = GruppeFactory(samarbeid=samarbeid)
    for _ in range(3):
        ArshjulpunktFactory(samarbeid=samarbeid, gruppe=gruppe)
        AvtaleFactory(samarbeid=samarbeid, gruppe=gruppe)
        FridagFactory(samarbeid=samarbeid, til=D(2026, 12, 31))
    nettleser, sti = som("medlem"), reverse("organisering:faste", args=[samarbeid.slug])
    with django_assert_max_num_queries(12):
        assert "Endre" not in nettleser.get(sti).content.decode()
