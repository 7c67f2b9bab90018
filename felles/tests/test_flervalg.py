import pytest
from django.core.exceptions import ValidationError

from felles.flervalg import Flervalg


@pytest.mark.parametrize("nokkel", ["9" * 19, "9" * 5000, "-" + "9" * 30, "1" * 30, "abc", "\x00"])
def test_det_som_ikke_kan_vaere_en_rad_er_en_vanlig_skjemafeil(tabell, nokkel):
    with pytest.raises(ValidationError):
        Flervalg(queryset=tabell.objects.all()).clean([nokkel])


def test_rader_kan_velges(tabell):
    rader = [tabell.objects.create(tittel=navn) for navn in ("a", "b")]
    assert list(Flervalg(queryset=tabell.objects.order_by("pk")).clean([str(rad.pk) for rad in rader])) == rader
