"""The pages of meetings and decisions: who gets them, what stands on them, and what they cost."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.html import escape

from felles.tid import OSLO, i_dag, naa
from moter.factories import DeltakelseFactory, MoteFactory, OppfolgingFactory, SakFactory, VedleggFactory, VedtakFactory
from organisering.factories import FullmaktFactory, GruppeFactory, MedlemskapFactory, MotekravFactory, PlassFactory
from tiltak.factories import TiltakFactory

pytestmark = pytest.mark.django_db

ALLE = {
    "koordinator": 200,
    "leder": 200,
    "medlem": 200,
    "kontakt": 403,
    "administrator": 403,
    "leser": 403,
    "utenforstaende": 404,
    "uten_plass": 404,
    "superbruker": 200,
    "utlogget": 302,
}
HEMMELIG = "Hemmelig overskrift"


def sti(rollebesetning, navn, *deler):
    return reverse(f"moter:{navn}", args=[rollebesetning.samarbeid.slug, *deler])


def innhold(svar):
    assert svar.status_code == 200
    return svar.content.decode()


def om(dager, **tid):
    return naa() + dt.timedelta(days=dager, **tid)


@pytest.mark.parametrize(("navn", "status"), ALLE.items())
def test_motelista_er_for_koordinatoren_og_dem_i_en_gruppe(som, rollebesetning, navn, status):
    MoteFactory(gruppe=rollebesetning.gruppe)
    assert som(navn).get(sti(rollebesetning, "liste")).status_code == status


@pytest.mark.parametrize(("navn", "status"), {**ALLE, "kontakt": 404, "administrator": 404, "leser": 404}.items())
def test_et_mote_finnes_bare_for_dem_som_leser_gruppas_papirer(som, rollebesetning, navn, status):
    mote = MoteFactory(gruppe=rollebesetning.gruppe)
    assert som(navn).get(sti(rollebesetning, "mote", mote.pk)).status_code == status


def test_en_annen_gruppes_mote_finnes_ikke_for_medlemmet(som, rollebesetning):
    annen = MoteFactory(gruppe=GruppeFactory(samarbeid=rollebesetning.samarbeid), sted="Bakrommet")
    assert som("medlem").get(sti(rollebesetning, "mote", annen.pk)).status_code == 404
    assert "Bakrommet" not in innhold(som("medlem").get(sti(rollebesetning, "liste")))
    assert "Bakrommet" in innhold(som("koordinator").get(sti(rollebesetning, "liste")))


@pytest.mark.parametrize(("navn", "status"), {**ALLE, "leser": 200}.items())
def test_vedtakslista_er_også_for_leseren(som, rollebesetning, navn, status):
    assert som(navn).get(sti(rollebesetning, "vedtak_liste")).status_code == status


@pytest.mark.parametrize(("navn", "status"), {**ALLE, "kontakt": 404, "administrator": 404, "leser": 200}.items())
def test_et_vedtak_om_penger_finnes_også_for_leseren(som, rollebesetning, navn, status):
    vedtak = VedtakFactory(gruppe=rollebesetning.gruppe, belop=1000)
    assert som(navn).get(sti(rollebesetning, "vedtak", vedtak.pk)).status_code == status


def test_leseren_ser_beløpet_men_ikke_teksten(som, rollebesetning):
    vedtak = VedtakFactory(gruppe=rollebesetning.gruppe, belop=1250, tekst="Fortrolig begrunnelse.")
    VedtakFactory(gruppe=rollebesetning.gruppe, tekst="Uten penger.")
    liste = innhold(som("leser").get(sti(rollebesetning, "vedtak_liste")))
    side = innhold(som("leser").get(sti(rollebesetning, "vedtak", vedtak.pk)))
    for html in (liste, side):
        assert "1\u00a0250" in html
        assert "Fortrolig" not in html
    assert "Uten penger" not in liste


def test_vedtak_fra_andre_organer_sees_av_alle_i_samarbeidet(som, rollebesetning):
    vedtak = VedtakFactory(
        gruppe=None, samarbeid=rollebesetning.samarbeid, organ_ord="Kommunestyret", dato=None, dato_ord="april 2019"
    )
    html = innhold(som("kontakt").get(sti(rollebesetning, "vedtak", vedtak.pk)))
    assert "Kommunestyret, april 2019" in html


@pytest.mark.parametrize(("navn", "ser"), {"koordinator": True, "leder": True, "medlem": False}.items())
def test_unntatt_sak_skjules_for_plassen_som_ikke_ser_slike_papirer(som, rollebesetning, navn, ser):
    rollebesetning["medlem"].medlemskap.get().plass.__class__.objects.filter(
        medlemskap__person=rollebesetning["medlem"]
    ).update(ser_unntatt=False)
    mote = MoteFactory(gruppe=rollebesetning.gruppe)
    sak = SakFactory(
        gruppe=mote.gruppe, mote=mote, tittel=HEMMELIG, unntatt=True, unntatt_grunn="offl. § 13", forslag="Forslaget"
    )
    vedtak = VedtakFactory(gruppe=mote.gruppe, mote=mote, sak=sak, tekst="Vedtaksteksten.", belop=900)
    OppfolgingFactory(gruppe=mote.gruppe, mote=mote, sak=sak, tekst="Ring den ene")
    html = innhold(som(navn).get(sti(rollebesetning, "mote", mote.pk)))
    assert "Unntatt offentlighet" in html
    for tekst in (HEMMELIG, "Forslaget", "Vedtaksteksten", "Ring den ene"):
        assert (tekst in html) is ser
    assert ("Vedtaksteksten" in innhold(som(navn).get(sti(rollebesetning, "vedtak_liste")))) is ser
    assert som(navn).get(sti(rollebesetning, "vedtak", vedtak.pk)).status_code == (200 if ser else 403)


@pytest.mark.parametrize("navn", ["koordinator", "leder", "medlem", "superbruker"])
def test_den_som_er_inhabil_ser_ikke_saken_uansett_rolle(som, rollebesetning, navn):
    mote = MoteFactory(gruppe=rollebesetning.gruppe)
    sak = SakFactory(gruppe=mote.gruppe, mote=mote, tittel=HEMMELIG)
    vedtak = VedtakFactory(gruppe=mote.gruppe, mote=mote, sak=sak, tekst="Vedtaksteksten.")
    assert HEMMELIG in innhold(som(navn).get(sti(rollebesetning, "mote", mote.pk)))
    DeltakelseFactory(mote=mote, person=rollebesetning[navn]).inhabil_i.add(sak)
    html = innhold(som(navn).get(sti(rollebesetning, "mote", mote.pk)))
    assert HEMMELIG not in html
    assert "Vedtaksteksten" not in html
    assert som(navn).get(sti(rollebesetning, "vedtak", vedtak.pk)).status_code == 403


@pytest.mark.parametrize("navn", ["koordinator", "superbruker"])
def test_den_inhabile_ser_heller_ikke_saken_der_den_er_løftet(som, rollebesetning, navn):
    mote = MoteFactory(gruppe=rollebesetning.gruppe)
    sak = SakFactory(gruppe=mote.gruppe, mote=mote, tittel=HEMMELIG)
    over = MoteFactory(gruppe=GruppeFactory(samarbeid=rollebesetning.samarbeid))
    loftet = SakFactory(gruppe=over.gruppe, mote=over, tittel=HEMMELIG, loftet_fra=sak)
    stier = [sti(rollebesetning, "mote", mote.pk), sti(rollebesetning, "mote", over.pk)]
    stier += [reverse("admin:moter_sak_changelist")]
    assert all(HEMMELIG in innhold(som(navn).get(en)) for en in stier)
    inhabil = DeltakelseFactory(mote=mote, person=rollebesetning[navn])
    inhabil.inhabil_i.add(sak)
    assert [en for en in stier if HEMMELIG in innhold(som(navn).get(en))] == []
    inhabil.inhabil_i.set([loftet])
    assert [en for en in stier if HEMMELIG in innhold(som(navn).get(en))] == []


def test_oppdiktede_rader_sier_at_de_er_eksempler(som, rollebesetning):
    mote = MoteFactory(gruppe=rollebesetning.gruppe, eksempel=True)
    vedtak = VedtakFactory(gruppe=rollebesetning.gruppe, eksempel=True)
    for navn, deler in (("liste", []), ("mote", [mote.pk]), ("vedtak_liste", []), ("vedtak", [vedtak.pk])):
        assert ">Eksempel<" in innhold(som("koordinator").get(sti(rollebesetning, navn, *deler)))


def test_lista_skiller_kommende_ubekreftede_holdte_og_avlyste(som, rollebesetning):
    gruppe = rollebesetning.gruppe
    for sted, start, felter in (
        ("Neste sted", om(2), {}),
        ("Senere sted", om(9), {}),
        ("Ubekreftet sted", om(-2), {}),
        ("Holdt sted", om(-3), {"holdt": naa()}),
        ("Avlyst sted", om(1), {"avlyst": naa(), "avlyst_grunn": "For mange hadde forfall"}),
    ):
        MoteFactory(gruppe=gruppe, start=start, sted=sted, **felter)
    html = innhold(som("medlem").get(sti(rollebesetning, "liste")))
    steder = ("Ubekreftet sted", "Neste sted", "Senere sted", "Avlyst sted")
    assert [html.index(sted) for sted in steder] == sorted(html.index(sted) for sted in steder)
    assert "For mange hadde forfall" in html
    assert html.count("Ble møtet holdt?") == 1


def test_filteret_viser_bare_den_ene_gruppa_og_tåler_rare_verdier(som, rollebesetning):
    annen = GruppeFactory(samarbeid=rollebesetning.samarbeid)
    MoteFactory(gruppe=rollebesetning.gruppe, start=om(3), sted="Her")
    MoteFactory(gruppe=annen, start=om(3), sted="Der")
    html = innhold(som("koordinator").get(sti(rollebesetning, "liste"), {"gruppe": annen.pk}))
    assert "Der" in html
    assert "Her" not in html.split("Neste møter")[1].split("<section")[0]
    for valg in ({"gruppe": "x"}, {"ar": "99999"}, {"ar": "-1"}, {"gruppe": "9" * 30}, {"ar": "1900"}):
        assert som("koordinator").get(sti(rollebesetning, "liste"), valg).status_code == 200
        assert som("koordinator").get(sti(rollebesetning, "vedtak_liste"), valg).status_code == 200


@pytest.mark.parametrize(
    ("start", "slutt", "ord"),
    [
        ((2025, 12, 3, 12, 30), (2025, 12, 3, 14, 0), "onsdag 3.\u00a0desember 2025 kl.\u00a012.30–14.00"),
        (
            (2025, 12, 3, 22, 0),
            (2025, 12, 4, 1, 0),
            "onsdag 3.\u00a0desember 2025 kl.\u00a022.00 til torsdag 4.\u00a0desember kl.\u00a001.00",
        ),
        ((2026, 10, 25, 1, 30), (2026, 10, 25, 3, 30), "søndag 25.\u00a0oktober 2026 kl.\u00a001.30–03.30"),
        (
            (2025, 12, 31, 23, 0),
            (2026, 1, 1, 1, 0),
            "onsdag 31.\u00a0desember 2025 kl.\u00a023.00 til torsdag 1.\u00a0januar 2026 kl.\u00a001.00",
        ),
    ],
)
def test_tida_skrives_i_norske_ord(som, rollebesetning, start, slutt, ord):
    mote = MoteFactory(
        gruppe=rollebesetning.gruppe,
        start=dt.datetime(*start, tzinfo=OSLO),
        slutt=dt.datetime(*slutt, tzinfo=OSLO).astimezone(dt.UTC),
    )
    html = innhold(som("medlem").get(sti(rollebesetning, "mote", mote.pk)))
    assert escape(ord[0].upper() + ord[1:]) in html


def test_åpne_oppfølginger_fra_før_står_på_neste_møte(som, rollebesetning):
    gruppe = rollebesetning.gruppe
    forrige = MoteFactory(gruppe=gruppe, start=om(-30), holdt=om(-30))
    neste = MoteFactory(gruppe=gruppe, start=om(5))
    OppfolgingFactory(gruppe=gruppe, mote=forrige, tekst="Kalle inn")
    OppfolgingFactory(gruppe=gruppe, mote=forrige, tekst="Ferdig sak", gjort=i_dag())
    html = innhold(som("medlem").get(sti(rollebesetning, "mote", neste.pk)))
    assert "Kalle inn" in html
    assert "Ferdig sak" not in html


def test_pengene_står_med_ramme_brukt_igjen_og_ordlyd(som, rollebesetning):
    gruppe = rollebesetning.gruppe
    FullmaktFactory(gruppe=gruppe, ramme_slag="belop", ramme=10000, ordlyd="Årlig totalbudsjett på 10 000.")
    VedtakFactory(gruppe=gruppe, belop=6500, dato=i_dag())
    VedtakFactory(gruppe=gruppe, belop=2000, dato=i_dag(), opphevet=i_dag())
    html = innhold(som("leser").get(sti(rollebesetning, "vedtak_liste")))
    assert "kr\u00a03\u00a0500" in html
    assert "igjen av kr\u00a010\u00a0000" in html
    assert "Årlig totalbudsjett" in html
    assert "Opphevet" in html


def test_uten_oppgitt_ramme_sier_siden_at_den_ikke_kontrolleres(som, rollebesetning):
    FullmaktFactory(gruppe=rollebesetning.gruppe)
    assert "kontrollerer den ikke" in innhold(som("koordinator").get(sti(rollebesetning, "vedtak_liste")))


@pytest.mark.parametrize("navn", ["koordinator", "medlem"])
@pytest.mark.parametrize("side", ["liste", "vedtak_liste"])
@pytest.mark.parametrize("antall", [1, 3])
def test_listene_koster_høyst_tolv_spørsmål(som, rollebesetning, antall, side, navn, django_assert_max_num_queries):
    for _ in range(antall):
        gruppe = GruppeFactory(samarbeid=rollebesetning.samarbeid)
        MedlemskapFactory(plass=PlassFactory(gruppe=gruppe), person=rollebesetning["medlem"])
        MotekravFactory(gruppe=gruppe)
        FullmaktFactory(gruppe=gruppe, ramme_slag="belop", ramme=10000)
        for nummer in range(antall):
            mote = MoteFactory(gruppe=gruppe, start=om(nummer - 1))
            sak = SakFactory(gruppe=gruppe, mote=mote, nummer=nummer + 1, nummer_ar=2026)
            VedtakFactory(gruppe=gruppe, mote=mote, sak=sak, tiltak=TiltakFactory(samarbeid=gruppe.samarbeid), belop=10)
    nettleser = som(navn)
    with django_assert_max_num_queries(12):
        innhold(nettleser.get(sti(rollebesetning, side)))


@pytest.mark.parametrize("antall", [1, 3, 300])
def test_et_møte_koster_høyst_tolv_spørsmål_også_med_300_saker(
    som, rollebesetning, antall, django_assert_max_num_queries
):
    mote = MoteFactory(gruppe=rollebesetning.gruppe, start=om(3))
    for nummer in range(antall):
        sak = SakFactory(gruppe=mote.gruppe, mote=mote, nummer=nummer + 1, nummer_ar=2026)
        if nummer < 5:
            VedtakFactory(gruppe=mote.gruppe, mote=mote, sak=sak)
            VedleggFactory(sak=sak)
            OppfolgingFactory(gruppe=mote.gruppe, mote=mote, sak=sak)
            DeltakelseFactory(mote=mote).inhabil_i.add(sak)
    nettleser = som("medlem")
    with django_assert_max_num_queries(12):
        html = innhold(nettleser.get(sti(rollebesetning, "mote", mote.pk)))
    assert html.count('<li id="sak-') == antall
