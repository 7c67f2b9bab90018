import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from organisering.factories import PersonFactory, SamarbeidFactory


def sprak(svar) -> str:
    """The language of the page, which header and markup agree on."""
    kode = svar.headers["Content-Language"]
    assert f'<html lang="{kode}"' in svar.content.decode()
    return kode


@pytest.mark.django_db
class TestSprakvalg:
    def test_uten_noe_valg_er_det_bokmal(self, client):
        assert sprak(client.get("/")) == "nb"

    def test_samarbeidets_malform_gjelder_pa_dets_egne_sider(self, client):
        SamarbeidFactory(slug="fjord", malform="nn")

        assert sprak(client.get("/fjord/")) == "nn"
        assert sprak(client.get("/")) == "nb"

    def test_valget_i_informasjonskapselen_gar_foran_samarbeidet(self, client):
        SamarbeidFactory(slug="fjord", malform="nn")
        client.get("/sprak/nb/")

        assert sprak(client.get("/fjord/")) == "nb"

    def test_personens_eget_sprak_gar_foran_alt(self, client):
        SamarbeidFactory(slug="fjell", malform="nb")
        client.get("/sprak/nb/")
        client.force_login(PersonFactory(sprak="nn"))

        assert sprak(client.get("/fjell/")) == "nn"

    def test_en_person_uten_eget_sprak_far_samarbeidets(self, client):
        SamarbeidFactory(slug="fjord", malform="nn")
        client.force_login(PersonFactory(sprak=""))

        assert sprak(client.get("/fjord/")) == "nn"

    def test_en_kapsel_med_et_ukjent_sprak_overses(self, client):
        client.cookies["sprak"] = "tlh"

        assert sprak(client.get("/")) == "nb"

    def test_malformen_koster_ingen_sporring(self, client, django_assert_num_queries):
        SamarbeidFactory(slug="fjord", malform="nn")
        with django_assert_num_queries(0):
            client.get("/konto/login/")
        client.get("/sprak/nn/")
        with CaptureQueriesContext(connection) as med_valg:
            client.get("/fjord/")
        client.cookies.clear()
        with CaptureQueriesContext(connection) as uten_valg:
            client.get("/fjord/")

        assert len(uten_valg) == len(med_valg)

    def test_spraket_henger_ikke_ved_til_neste_side(self, client):
        SamarbeidFactory(slug="fjord", malform="nn")
        client.get("/fjord/")

        assert translation.get_language() == "nb"

    def test_sider_varierer_med_kapselen(self, client):
        assert "Cookie" in client.get("/").headers["Vary"]


@pytest.mark.django_db
class TestVelgSprak:
    def test_gar_tilbake_til_siden_leseren_kom_fra(self, client):
        svar = client.get("/sprak/nn/?neste=/fjord/plan/")

        assert (svar.status_code, svar.headers["Location"]) == (302, "/fjord/plan/")
        assert svar.cookies["sprak"].value == "nn"
        assert svar.cookies["sprak"]["secure"]

    @pytest.mark.parametrize(
        "neste", ["https://annen.example/", "//annen.example/", "javascript:alert(1)", "ord", "?x=1", ""]
    )
    def test_gar_aldri_til_en_annen_vert(self, client, neste):
        assert client.get("/sprak/nn/", {"neste": neste}).headers["Location"] == "/"

    def test_et_sprak_portalen_ikke_har_finnes_ikke(self, client):
        assert client.get("/sprak/en/").status_code == 404

    def test_er_en_lenke_og_ikke_et_skjema(self, client):
        assert client.post("/sprak/nn/").status_code == 405


@pytest.mark.django_db
class TestPersonvern:
    @pytest.mark.parametrize("side", ["/min-side/", "/fjord/", "/"])
    def test_det_en_innlogget_far_se_lagres_ikke(self, client, side):
        SamarbeidFactory(slug="fjord")
        client.force_login(PersonFactory())

        assert client.get(side).headers["Cache-Control"] == "private, no-store"

    def test_apne_sider_kan_lagres(self, client):
        assert "no-store" not in client.get("/").headers.get("Cache-Control", "")

    def test_siden_far_ikke_bruke_kamera_eller_sted(self, client):
        assert "camera=(), geolocation=()" in client.get("/").headers["Permissions-Policy"]
