"""Holding a meeting: presence, outcomes, money beyond the frame, action items and minutes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from felles.tid import i_dag, naa
from moter.factories import MoteFactory, OppfolgingFactory, SakFactory, VedtakFactory
from moter.forms.behandling import Behandlingsskjema
from moter.models import Deltakelse, Oppfolging, Sak, Vedtak
from moter.rules.moterom import loft_felter
from organisering.factories import EnhetFactory, FullmaktFactory, GruppeFactory, MedlemskapFactory, PlassFactory
from tiltak.factories import TiltakFactory

pytestmark = pytest.mark.django_db


def sti(rollebesetning, navn, *deler):
    return reverse(f"moter:{navn}", args=[rollebesetning.samarbeid.slug, *deler])


def om(dager):
    return naa() + dt.timedelta(days=dager)


@pytest.fixture
def mote(rollebesetning):
    """A meeting that began an hour ago, in a group with a yearly frame of 10 000."""
    styret = GruppeFactory(samarbeid=rollebesetning.samarbeid, navn="Styringsgruppe")
    FullmaktFactory(gruppe=styret, ramme_slag="ingen", grense_slag="ingen", ordlyd="Over ti tusen kroner.")
    FullmaktFactory(
        gruppe=rollebesetning.gruppe, ramme_slag="belop", ramme=Decimal(10_000), videre_gruppe=styret,
        ordlyd="Årlig totalbudsjett på kroner 10 000,-.",
    )  # fmt: skip
    return MoteFactory(gruppe=rollebesetning.gruppe, start=om(0) - dt.timedelta(hours=1))


@pytest.fixture
def sak(mote):
    return SakFactory(gruppe=mote.gruppe, mote=mote, slag="beslutning", forslag="Gruppa vedtar tilskuddet.")


def svar(utfall, tekst="Gruppa vedtar tilskuddet.", belop="", notat=""):
    return {"utfall": utfall, "tekst": tekst, "belop": belop, "notat": notat}


def test_rommet_viser_saken_forslaget_og_dem_som_har_plass(som, rollebesetning, mote, sak):
    html = som("leder").get(sti(rollebesetning, "gjennomfor", mote.pk)).content.decode()
    assert "Gruppa vedtar tilskuddet." in html
    assert "Forslaget fra sakslista er fylt inn." in html
    assert "medlem" in html
    assert "igjen av kr\u00a010\u00a0000" in html


def test_oppmøtet_lagres_for_alle_med_plass(som, rollebesetning, mote):
    medlem = rollebesetning["medlem"].medlemskap.get()
    som("leder").post(sti(rollebesetning, "oppmote", mote.pk), {"tilstede": [str(medlem.pk), "tull", "99999"]})
    assert {rad.person.navn: rad.tilstede for rad in Deltakelse.objects.all()} == {"medlem": True, "leder": False}
    som("leder").post(sti(rollebesetning, "oppmote", mote.pk), {})
    assert not Deltakelse.objects.filter(tilstede=True).exists()


@pytest.mark.parametrize(
    ("utfall", "tekst", "slag"),
    [
        ("foreslatt", "Gruppa vedtar\r\ntilskuddet.", "vedtatt"),
        ("endret", "Gruppa vedtar halve tilskuddet.", "vedtatt"),
        ("avvist", "", "avvist"),
        ("utsatt", "", "utsatt"),
    ],
)
def test_saken_får_et_utfall_og_notatet_følger_med(som, rollebesetning, sak, utfall, tekst, slag):
    som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar(utfall, tekst, notat="Kort notat."))
    sak.refresh_from_db()
    assert (Vedtak.objects.get().slag, sak.notat) == (slag, "Kort notat.")
    assert (sak.mote is None) == (utfall == "utsatt")


def test_en_utsatt_sak_kan_behandles_i_et_senere_møte_og_vedtaket_står_i_det_første(som, rollebesetning, mote, sak):
    som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("utsatt"))
    assert "Saken er utsatt." in som("medlem").get(sti(rollebesetning, "mote", mote.pk)).content.decode()
    neste = MoteFactory(gruppe=mote.gruppe, start=om(-0.01))
    som("leder").post(sti(rollebesetning, "sak_flytt", sak.pk), {"til": neste.pk})
    som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("foreslatt"))
    assert list(Vedtak.objects.order_by("pk").values_list("slag", "mote")) == [
        ("utsatt", mote.pk), ("vedtatt", neste.pk),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("felter", "setning"),
    [
        (svar("foreslatt", "Noe annet."), "Teksten er endret."),
        (svar("endret"), "Teksten er lik forslaget."),
        (svar("endret", ""), "Skriv hva som ble vedtatt."),
        (svar("tull"), "Velg hva som skjedde med saken."),
        (svar("foreslatt", belop="ti tusen"), "Skriv beløpet med tall"),
        (svar("foreslatt", belop="-5"), "Beløpet kan ikke være negativt."),
        (svar("foreslatt", belop="0"), "Beløpet må være større enn 0."),
        (svar("foreslatt", belop="1,234"), "høyst to desimaler"),
        (svar("foreslatt", belop="9" * 99), "Beløpet er for stort."),
        (svar("foreslatt", notat="Om 01010750160."), "fødselsnummer"),
        (svar("foreslatt", notat="usynlig\x00tegn"), "ikke tillatt"),
    ],
)
def test_det_som_ikke_kan_lagres_blir_forklart_og_det_skrevne_står(som, rollebesetning, sak, felter, setning):
    felter = felter | {"notat": felter["notat"] or "Skrevet <b>her</b> 🎉"}
    html = som("leder").post(sti(rollebesetning, "behandle", sak.pk), felter).content.decode()
    assert setning in html
    assert "Saken er ikke behandlet" in html
    assert not Vedtak.objects.exists()
    if "🎉" in felter["notat"]:
        assert "Skrevet &lt;b&gt;her&lt;/b&gt; 🎉" in html


def test_hundre_tusen_tegn_lagres_hele(som, rollebesetning, sak):
    som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("endret", "æ" * 100_000, notat="ø" * 100_000))
    sak.refresh_from_db()
    assert (len(Vedtak.objects.get().tekst), len(sak.notat)) == (100_000, 100_000)


def test_to_trykk_gir_ett_vedtak(som, rollebesetning, sak):
    for _ in range(2):
        html = som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("foreslatt", belop="4 000"))
    assert Vedtak.objects.count() == 1
    assert "Saken er alt behandlet." in html.content.decode()


def test_før_møtet_har_begynt_kan_ingenting_vedtas(som, rollebesetning, sak, mote):
    mote.start, mote.slutt = om(2), om(2.1)
    mote.save()
    html = som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("foreslatt")).content.decode()
    assert "Møtet har ikke begynt ennå." in html
    assert not Vedtak.objects.exists()


@pytest.mark.parametrize("belop", ["kr 10.000,-", "10 000", "10000,00", "10.000"])
def test_hele_rammen_er_innenfor(som, rollebesetning, sak, belop):
    som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("foreslatt", belop=belop))
    assert Vedtak.objects.get().belop == Decimal(10_000)


def test_over_rammen_avvises_med_hvor_mye_hvem_som_kan_og_regelen(som, rollebesetning, sak, mote):
    VedtakFactory(gruppe=mote.gruppe, belop=6500, dato=mote.dato)
    svaret = som("leder").post(
        sti(rollebesetning, "behandle", sak.pk), svar("endret", "Gruppa vedtar kr 5 000 <i>", "5 000", "Et notat")
    )
    html = svaret.content.decode()
    for ord in (
        "Vedtaket er ikke lagret: kr\u00a01\u00a0500 over rammen.",
        "har kr\u00a03\u00a0500 igjen",
        "Styringsgruppe kan vedta hele beløpet.",
        "Høyst kr\u00a03\u00a0500 kan vedtas her.",
        "Sett beløpet til kr\u00a03\u00a0500 og vedta",
        "Tilrå, og legg saken i køen til Styringsgruppe",
        "Årlig totalbudsjett på kroner 10 000,-.",
        "Over ti tusen kroner.",
        "Gruppa vedtar kr 5 000 &lt;i&gt;",
        "Et notat",
        'value="5 000"',
        'id="skravert"',
    ):
        assert ord in html
    assert Vedtak.objects.count() == 1


def test_ett_trykk_setter_beløpet_ned_og_vedtar(som, rollebesetning, sak, mote):
    VedtakFactory(gruppe=mote.gruppe, belop=6500, dato=mote.dato)
    som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("hoyst:3500.00", belop="5 000"))
    assert Vedtak.objects.get(sak=sak).belop == Decimal(3500)


@pytest.mark.parametrize("med_mote", [True, False])
def test_ett_trykk_løfter_saken_og_begge_viser_det(som, rollebesetning, sak, mote, med_mote):
    styret = mote.gruppe.fullmakter.get().videre_gruppe
    neste = MoteFactory(gruppe=styret, start=om(9)) if med_mote else None
    som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("loft", "Gruppa vedtar kr 10 001.", "10 000,01"))
    tilradd, ny = Vedtak.objects.get(), Sak.objects.get(loftet_fra=sak)
    assert (tilradd.slag, tilradd.tekst, ny.mote, ny.forslag) == (
        "tilradd", "Gruppa tilrår kr 10 001.", neste, "Gruppa tilrår kr 10 001.",
    )  # fmt: skip
    html = som("koordinator").get(sti(rollebesetning, "mote", mote.pk)).content.decode()
    assert "Løftet til Styringsgruppe." in html
    der = sti(rollebesetning, "mote", neste.pk) if neste else sti(rollebesetning, "ko", styret.pk)
    assert f'href="{der}"' in html
    tilbake = som("koordinator").get(der).content.decode()
    assert "Løftet fra" in tilbake
    assert "Tilrådd: kr 10 000,01." in tilbake.replace("\u00a0", " ")
    i_rommet = Sak.objects.annotate(**loft_felter()).get(pk=ny.pk)
    assert Behandlingsskjema(sak=i_rommet)["belop"].value() == "10000,01"
    assert f'href="{sti(rollebesetning, "mote", mote.pk)}"' in tilbake
    lederens = som("leder").get(sti(rollebesetning, "mote", mote.pk)).content.decode()
    assert f'href="{der}"' not in lederens


def test_uten_oppgitt_ramme_kontrolleres_ingenting_og_siden_sier_det(som, rollebesetning, sak):
    sak.gruppe.fullmakter.all().delete()
    assert "kontrollerer den ikke" in som("leder").get(sti(rollebesetning, "gjennomfor", sak.mote_id)).content.decode()
    som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("foreslatt", belop="50 000"))
    assert Vedtak.objects.get().belop == 50_000


@pytest.mark.parametrize(
    ("hvem", "felt"),
    [("Politiet", "eier_enhet"), ("PLASSEN", "eier_plass"), ("medlem", "eier_person"), ("alle skolene", "eier_ord")],
)
def test_en_oppfølging_får_den_eieren_ordene_nevner(som, rollebesetning, sak, hvem, felt):
    EnhetFactory(samarbeid=rollebesetning.samarbeid, navn="Politiet")
    MedlemskapFactory(plass=PlassFactory(gruppe=sak.gruppe, tittel="Plassen"))
    felter = {"oppfolging-hva": "Kalle inn", "oppfolging-hvem": hvem, "oppfolging-frist": "19.12.2026"}
    som("leder").post(sti(rollebesetning, "oppfolging_ny", sak.pk), felter)
    rad = Oppfolging.objects.get()
    assert getattr(rad, felt)
    assert (rad.frist, rad.sak, rad.mote) == (dt.date(2026, 12, 19), sak, sak.mote)
    som("leder").post(sti(rollebesetning, "oppfolging_gjort", rad.pk))
    rad.refresh_from_db()
    assert rad.gjort == i_dag()


def test_en_oppfølging_uten_innhold_blir_forklart(som, rollebesetning, sak):
    felter = {"oppfolging-hva": "", "oppfolging-hvem": "rektor <b>", "oppfolging-frist": "snart"}
    html = som("leder").post(sti(rollebesetning, "oppfolging_ny", sak.pk), felter).content.decode()
    assert "Oppfølgingen er ikke lagt til" in html
    assert "rektor &lt;b&gt;" in html
    assert not Oppfolging.objects.exists()


def test_referatet_skrives_også_etterpå(som, rollebesetning, mote):
    som("leder").post(sti(rollebesetning, "holdt", mote.pk))
    som("leder").post(sti(rollebesetning, "referat", mote.pk), {"referat": "Vi ble enige."})
    mote.refresh_from_db()
    assert (mote.referat, bool(mote.holdt)) == ("Vi ble enige.", True)
    html = som("leder").post(sti(rollebesetning, "referat", mote.pk), {"referat": "Om 01010750160."}).content.decode()
    assert "fødselsnummer" in html
    mote.refresh_from_db()
    assert mote.referat == "Vi ble enige."


def test_et_opphevet_vedtak_frigjør_beløpet_og_saken_kan_behandles_på_nytt(som, rollebesetning, sak):
    som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("foreslatt", belop="9 000"))
    vedtak = Vedtak.objects.get()
    html = som("leder").get(sti(rollebesetning, "opphev", vedtak.pk)).content.decode()
    assert "kr\u00a09\u00a0000 blir fritt igjen" in html
    i_morgen = i_dag() + dt.timedelta(days=1)
    svaret = som("leder").post(
        sti(rollebesetning, "opphev", vedtak.pk), {"dato": f"{i_morgen.day}.{i_morgen.month}.{i_morgen.year}"}
    )
    assert "Datoen kan ikke være fram i tid." in svaret.content.decode()
    dag = i_dag()
    som("leder").post(sti(rollebesetning, "opphev", vedtak.pk), {"dato": f"{dag.day}.{dag.month}.{dag.year}"})
    som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("foreslatt", belop="10 000"))
    assert list(Vedtak.objects.gyldige().values_list("belop", flat=True)) == [Decimal(10_000)]


def test_den_inhabile_kan_ikke_behandle_saken(som, rollebesetning, sak, mote):
    deltar = Deltakelse.objects.create(samarbeid=mote.samarbeid, mote=mote, person=rollebesetning["leder"])
    deltar.inhabil_i.add(sak)
    assert som("leder").post(sti(rollebesetning, "behandle", sak.pk), svar("foreslatt")).status_code == 403
    assert sak.forslag not in som("leder").get(sti(rollebesetning, "gjennomfor", mote.pk)).content.decode()
    assert not Vedtak.objects.exists()


@pytest.mark.parametrize("antall", [1, 3, 40])
def test_rommet_koster_høyst_tolv_spørsmål(som, rollebesetning, mote, antall, django_assert_max_num_queries):
    for _ in range(antall):
        tiltak = TiltakFactory(samarbeid=mote.samarbeid)
        fra = SakFactory(gruppe=mote.gruppe, mote=MoteFactory(gruppe=mote.gruppe, start=om(-40)))
        sak = SakFactory(gruppe=mote.gruppe, mote=mote, tiltak=tiltak, loftet_fra=fra)
        VedtakFactory(gruppe=mote.gruppe, mote=mote, sak=sak, slag="utsatt")
        OppfolgingFactory(gruppe=mote.gruppe, mote=mote, sak=sak)
        MedlemskapFactory(plass=PlassFactory(gruppe=mote.gruppe))
    nettleser = som("leder")
    with django_assert_max_num_queries(12):
        assert nettleser.get(sti(rollebesetning, "gjennomfor", mote.pk)).status_code == 200
