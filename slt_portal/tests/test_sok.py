"""Search finds what the visitor may see, in Norwegian, and nothing else."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import naa
from moter.factories import DeltakelseFactory, MoteFactory, SakFactory, VedtakFactory
from organisering.factories import EnhetFactory, GruppeFactory, NivaFactory
from slt_portal.sok import Utdrag, utdrag
from tiltak.factories import AnsvarFactory, HandlingsplanFactory, TiltakFactory


def test_utdraget_viser_ordet_med_litt_pa_hver_side():
    lang = "foran " * 30 + "ÅRSMØTET" + " bak" * 30
    funnet = utdrag(["årsmøtet"], "noe annet", lang)
    assert funnet.ordet == "ÅRSMØTET"
    assert funnet.for_.startswith("…foran")
    assert funnet.etter.endswith("bak…")
    assert max(map(len, funnet)) <= 72
    assert utdrag(["x("], "ax(b") == Utdrag("a", "x(", "b")
    assert utdrag(["mangler"], "noe annet") is None


@pytest.mark.django_db
class TestSoket:
    @pytest.fixture(autouse=True)
    def rader(self, rollebesetning):
        self.samarbeid, self.gruppe = rollebesetning.samarbeid, rollebesetning.gruppe
        plan = HandlingsplanFactory(samarbeid=self.samarbeid)
        AnsvarFactory(tiltak=TiltakFactory(plan=plan, tittel="Ærlig talt om RUSMIDLER"), kildeord="Helsesykepleier")
        EnhetFactory(samarbeid=self.samarbeid, navn="Rusmiddelteamet")
        GruppeFactory(samarbeid=self.samarbeid, navn="").nivaer.add(
            NivaFactory(samarbeid=self.samarbeid, navn="Rusmiddelnivået")
        )
        self.mote = MoteFactory(gruppe=self.gruppe, sted="Rusmiddelsalen", start=naa() + dt.timedelta(days=2))
        self.sak = SakFactory(gruppe=self.gruppe, mote=self.mote, tittel="Søknad om rusmiddelfri russetid")
        SakFactory(gruppe=self.gruppe, tittel="Rusmidler i køen")
        VedtakFactory(gruppe=self.gruppe, sak=self.sak, tekst="Rusmiddelkvelden får støtte.")
        andres = GruppeFactory(samarbeid=self.samarbeid)
        SakFactory(gruppe=andres, tittel="Rusmidler hos de andre")
        TiltakFactory(plan=HandlingsplanFactory(samarbeid=rollebesetning.fremmed), tittel="Rusmidler hos naboen")

    def treff(self, nettleser, q):
        svar = nettleser.get(reverse("sok", args=[self.samarbeid.slug], query={"q": q}))
        assert svar.status_code == 200
        return {treff.tittel for liste in svar.context["lister"] for treff in liste.treff}

    def test_en_finner_det_en_far_se_og_ikke_mer(self, som):
        alle = {"Ærlig talt om RUSMIDLER", "Rusmiddelteamet", "Rusmiddelnivået"}
        gruppens = {
            str(self.gruppe),
            "Søknad om rusmiddelfri russetid",
            "Rusmidler i køen",
            "Rusmiddelkvelden får støtte.",
        }
        assert self.treff(som("koordinator"), "rusmid") == alle | gruppens | {"Rusmidler hos de andre"}
        assert self.treff(som("medlem"), "rusmid") == alle | gruppens - {"Rusmidler i køen"}  # not taken up yet
        for navn in ("leser", "kontakt", "administrator"):
            assert self.treff(som(navn), "rusmid") == alle

    def test_store_og_sma_bokstaver_ogsa_ae_o_og_a_er_like_og_alle_ord_ma_finnes(self, som):
        assert self.treff(som("medlem"), "ÆRLIG helsesykepleier") == {"Ærlig talt om RUSMIDLER"}
        assert self.treff(som("medlem"), "ærlig barnevern") == set()

    def test_den_inhabile_finner_verken_saken_eller_vedtaket(self, som, rollebesetning):
        DeltakelseFactory(mote=self.mote, person=rollebesetning["medlem"]).inhabil_i.add(self.sak)
        funnet = self.treff(som("medlem"), "rusmid")
        assert "Søknad om rusmiddelfri russetid" not in funnet
        assert "Rusmiddelkvelden får støtte." not in funnet

    @pytest.mark.parametrize("q", ["", " ", "\x00", "%", "_", "'; drop", "x" * 5000, "01010112377", "<b>"])
    def test_rare_ord_gir_en_vanlig_side(self, som, q):
        assert self.treff(som("koordinator"), q) == set()

    def test_soket_koster_hoyst_tolv_sporsmal(self, som, django_assert_max_num_queries):
        nettleser = som("medlem")
        with django_assert_max_num_queries(12):
            self.treff(nettleser, "rusmid")
