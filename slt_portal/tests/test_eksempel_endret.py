"""What people have changed since the examples were loaded stands, also what they have deleted or renamed."""

import pytest

from organisering.models import Plass, Samarbeid, TidligereSlug
from tiltak.models import Tiltak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eksemplene")]


def test_folks_endringer_far_sta(last_eksempel, radtall):
    plass = Plass.objects.get(gruppe__navn="Koordineringsgruppe", tittel="NAV")
    plass.tittel = "NAV Land"
    plass.save()
    Tiltak.objects.get(nummer=12).delete()
    forst = radtall()
    last_eksempel()
    assert radtall() == forst
    assert Plass.objects.get(pk=plass.pk).tittel == "NAV Land"
    assert not Tiltak.objects.filter(nummer=12).exists()


@pytest.mark.parametrize("med_gammel_adresse", [True, False])
def test_et_samarbeid_som_har_flyttet_kommer_ikke_igjen(med_gammel_adresse, last_eksempel):
    rana = Samarbeid.objects.get(slug="rana")
    rana.slug = "rana-og-omegn"
    rana.save()
    if med_gammel_adresse:
        TidligereSlug.objects.create(samarbeid=rana, slug="rana")
    last_eksempel()
    assert set(Samarbeid.objects.values_list("slug", flat=True)) == {"nordre-land", "rana-og-omegn"}
