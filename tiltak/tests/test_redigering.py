"""The coordinator adds, edits, ends and takes up measures, and keeps their bullets."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from felles.tid import i_dag
from felles.unntak import Regelbrudd
from tiltak.factories import (
    DelpunktFactory,
    HandlingsplanFactory,
    MalFactory,
    MalgruppeFactory,
    TiltakFactory,
)
from tiltak.models import Delpunkt, Tiltak
from tiltak.services import avslutt, ta_inn

pytestmark = pytest.mark.django_db
GYLDIG = {"tittel": "Natteravner", "rytme": "", "opphav": "ny"}


@pytest.fixture
def plan(rollebesetning):
    return HandlingsplanFactory(samarbeid=rollebesetning.samarbeid)


@pytest.fixture
def tiltak(plan):
    return TiltakFactory(plan=plan, nummer=4, tittel="Gammelt navn")


@pytest.fixture
def nytt(plan):
    return reverse("tiltak:nytt", args=[plan.samarbeid.slug])


def sti(tiltak, navn):
    return reverse(f"tiltak:{navn}", args=[tiltak.samarbeid.slug, tiltak.pk])


def test_et_nytt_tiltak_kommer_sist_i_planen_og_spor_hvem_som_har_ansvaret(som, plan, tiltak, nytt):
    mal, malgruppe = MalFactory(samarbeid=plan.samarbeid), MalgruppeFactory(samarbeid=plan.samarbeid)
    felter = {
        **GYLDIG, "plan": plan.pk, "tittel": "Natteravner <i>hver</i> helg 🌙", "rytme": "arlig", "rytme_maned": "5",
        "rytme_dag": "17", "start": "1.1.2026", "slutt": "31. desember 2027", "kostnad": "kr 10 000,-",
        "hovedmal": mal.pk, "malgrupper": [malgruppe.pk], "finansiering": "SLT-midler",
    }  # fmt: skip
    svar = som("koordinator").post(nytt, felter)
    ny = Tiltak.objects.get(tittel__startswith="Natteravner")
    assert svar["Location"] == sti(ny, "ansvar")
    assert (ny.samarbeid, ny.nummer, ny.rytme_maned, ny.rytme_dag) == (plan.samarbeid, 5, 5, 17)
    assert (ny.start, ny.slutt, ny.kostnad) == (dt.date(2026, 1, 1), dt.date(2027, 12, 31), Decimal(10000))
    assert (ny.hovedmal, list(ny.malgrupper.all())) == (mal, [malgruppe])
    assert "&lt;i&gt;hver&lt;/i&gt; helg 🌙" in som("koordinator").get(ny.get_absolute_url()).content.decode()
    assert ny.history.first().history_user is not None


def test_redigering_endrer_det_som_er_skrevet_og_historien_sier_det(som, plan, tiltak):
    nettleser = som("koordinator")
    assert 'value="Gammelt navn"' in nettleser.get(sti(tiltak, "rediger")).content.decode()
    felter = {**GYLDIG, "plan": plan.pk, "tittel": "Nytt navn", "frist": "2026-12-09", "opphav": "viderefort"}
    assert nettleser.post(sti(tiltak, "rediger"), felter)["Location"] == tiltak.get_absolute_url()
    tiltak.refresh_from_db()
    assert (tiltak.tittel, tiltak.frist, tiltak.opphav) == ("Nytt navn", dt.date(2026, 12, 9), "viderefort")
    assert (tiltak.nummer, tiltak.history.count()) == (4, 2)
    assert 'value="9.12.2026"' in nettleser.get(sti(tiltak, "rediger")).content.decode()


@pytest.mark.parametrize(
    ("felter", "felt", "setning"),
    [
        ({"tittel": ""}, "tittel", "Skriv hva tiltaket heter."),
        ({"tittel": "x" * 100_000}, "tittel", "Skriv høyst 300 tegn. Teksten har 100000."),
        ({"tittel": "Gjelder 01010112377"}, "tittel", "fødselsnummer"),
        ({"tittel": "a\x00b"}, "tittel", "tegn"),
        ({"beskrivelse": "x" * 100_000}, "beskrivelse", "Skriv høyst 10000 tegn."),
        ({"beskrivelse": "Gjelder 01010112377"}, "beskrivelse", "fødselsnummer"),
        ({"frist": "9.12.2026", "rytme": "arlig"}, "frist", "enten en frist eller en rytme, ikke begge"),
        ({"frist": "31.6.2026"}, "frist", "Den dagen finnes ikke."),
        ({"frist": "til våren"}, "frist", "Skriv datoen slik"),
        ({"start": "2.1.2026", "slutt": "1.1.2026"}, "slutt", "Tiltaket kan ikke slutte før det starter."),
        ({"rytme": "arlig", "rytme_maned": "6", "rytme_dag": "31"}, "rytme_dag", "Juni har ikke 31 dager."),
        ({"rytme": "arlig", "rytme_maned": "2", "rytme_dag": "30"}, "rytme_dag", "Den siste er 29."),
        ({"rytme": "arlig", "rytme_dag": "3"}, "rytme_dag", "Velg måneden også."),
        ({"rytme": "arlig", "rytme_maned": "6", "rytme_dag": "99"}, "rytme_dag", "Skriv en dag fra 1 til 31."),
        ({"rytme": "manedlig", "rytme_maned": "6"}, "rytme_maned", "som kommer hvert år"),
        ({"kostnad": "-100"}, "kostnad", "Beløpet kan ikke være negativt."),
        ({"kostnad": "9" * 40}, "kostnad", "Beløpet er for stort."),
        ({"kostnad": "mye"}, "kostnad", "Skriv beløpet med tall"),
        ({"plan": "999999"}, "plan", "står i lista"),
    ],
)
def test_det_som_er_galt_sies_ved_feltet_og_det_skrevne_star(som, plan, tiltak, felter, felt, setning):
    svar = som("koordinator").post(sti(tiltak, "rediger"), {**GYLDIG, "plan": plan.pk, **felter})
    skjema = svar.context["form"]
    assert list(skjema.errors) == [felt]
    assert setning in " ".join(skjema.errors[felt])
    assert skjema[felt].value() == felter[felt]
    tiltak.refresh_from_db()
    assert tiltak.tittel == "Gammelt navn"


def test_valgene_er_fra_eget_samarbeid(som, plan, nytt, rollebesetning):
    fremmed = HandlingsplanFactory(samarbeid=rollebesetning.fremmed)
    mal = MalFactory(samarbeid=rollebesetning.fremmed, tekst="Fremmed mål")
    MalFactory(samarbeid=plan.samarbeid)
    assert "Fremmed mål" not in som("koordinator").get(nytt).content.decode()
    svar = som("koordinator").post(nytt, {**GYLDIG, "plan": fremmed.pk, "hovedmal": mal.pk, "andre_mal": [mal.pk]})
    assert set(svar.context["form"].errors) == {"plan", "hovedmal", "andre_mal"}
    with pytest.raises(Regelbrudd):
        ta_inn(Tiltak(samarbeid=plan.samarbeid, plan=fremmed, tittel="Over veggen"))


def test_hovedmalet_star_ikke_ogsa_som_annet_mal(som, plan, tiltak):
    mal, annet = MalFactory(samarbeid=plan.samarbeid), MalFactory(samarbeid=plan.samarbeid)
    felter = {**GYLDIG, "plan": plan.pk, "hovedmal": mal.pk, "andre_mal": [mal.pk, annet.pk]}
    som("koordinator").post(sti(tiltak, "rediger"), felter)
    assert list(tiltak.andre_mal.all()) == [annet]


def rader(*rader, fra=0):
    data = {"delpunkter-TOTAL_FORMS": len(rader), "delpunkter-INITIAL_FORMS": fra}
    return data | {f"delpunkter-{nr}-{felt}": verdi for nr, rad in enumerate(rader) for felt, verdi in rad.items()}


def test_delpunkter_legges_til_endres_ordnes_og_fjernes(som, tiltak):
    forst, sist = (DelpunktFactory(tiltak=tiltak, tekst=str(nr), rekkefolge=nr) for nr in (1, 2))
    data = rader(
        {"id": forst.pk, "tekst": "Kurs", "gjort": "1.6.2026", "ar_fra": "2025", "ar_til": "2026", "rekkefolge": "9"},
        {"id": sist.pk, "tekst": "2", "rekkefolge": "2", "DELETE": "on"},
        {"tekst": "Nytt punkt"},
        {"tekst": ""},
        fra=2,
    )
    nettleser = som("koordinator")
    assert nettleser.get(sti(tiltak, "delpunkter")).status_code == 200
    assert nettleser.post(sti(tiltak, "delpunkter"), data).status_code == 302
    forst.refresh_from_db()
    assert (forst.tekst, forst.gjort, forst.ar_fra, forst.ar_til) == ("Kurs", dt.date(2026, 6, 1), 2025, 2026)
    assert [(d.tekst, d.samarbeid_id) for d in Delpunkt.objects.filter(tiltak=tiltak)] == [
        ("Kurs", tiltak.samarbeid_id),
        ("Nytt punkt", tiltak.samarbeid_id),
    ]


@pytest.mark.parametrize(
    ("rad", "setning"),
    [
        ({"tekst": "Kurs", "ar_fra": "2026", "ar_til": "2025"}, "Årene må stå i stigende rekkefølge."),
        ({"tekst": "Kurs", "ar_fra": "26"}, "Skriv et årstall med fire sifre."),
        ({"tekst": "Gjelder 01010112377"}, "fødselsnummer"),
        ({"tekst": "", "ar_fra": "2025"}, "Skriv delpunktet"),
        ({"tekst": "Kurs", "gjort": "31.6.2026"}, "Den dagen finnes ikke."),
    ],
)
def test_et_delpunkt_som_ikke_kan_lagres_sier_hvorfor(som, tiltak, rad, setning):
    svar = som("koordinator").post(sti(tiltak, "delpunkter"), rader(rad)).content.decode()
    assert "Delpunktene er ikke lagret" in svar
    assert setning in svar
    assert not Delpunkt.objects.exists()


def test_et_annet_tiltaks_delpunkt_kan_ikke_endres_herfra(som, tiltak):
    annet = DelpunktFactory(tiltak=TiltakFactory(plan=tiltak.plan), tekst="Urørt")
    data = rader({"id": annet.pk, "tekst": "Rørt", "rekkefolge": "1"}, fra=1)
    som("koordinator").post(sti(tiltak, "delpunkter"), data)
    annet.refresh_from_db()
    assert annet.tekst == "Urørt"


def test_avslutt_med_grunn_og_ta_opp_igjen(som, tiltak):
    nettleser = som("koordinator")
    felter = {"dato": "1.9.2026", "grunn": "Ga ikke resultater.", "vedtak": "Politirådet 1. september"}
    assert nettleser.post(sti(tiltak, "avslutt"), felter).status_code == 302
    tiltak.refresh_from_db()
    assert (tiltak.avsluttet, tiltak.avsluttet_grunn) == (dt.date(2026, 9, 1), "Ga ikke resultater.")
    assert tiltak.avsluttet_vedtak_ord == "Politirådet 1. september"
    assert "Tiltaket er alt avsluttet." in nettleser.post(sti(tiltak, "avslutt"), felter).content.decode()
    assert "Ta opp igjen tiltaket" in nettleser.get(tiltak.get_absolute_url()).content.decode()
    nettleser.post(sti(tiltak, "gjenoppta"))
    tiltak.refresh_from_db()
    assert (tiltak.avsluttet, tiltak.avsluttet_grunn, tiltak.history.count()) == (None, "", 3)
    svar = nettleser.post(sti(tiltak, "gjenoppta"), follow=True).content.decode()
    assert "Tiltaket er ikke avsluttet." in svar


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"dato": "1.9.2026", "grunn": ""}, "grunn"),
        ({"dato": "", "grunn": "Ferdig"}, "dato"),
        ({"dato": "1.9.2199", "grunn": "Ferdig"}, "dato"),
        ({"dato": "1.9.2026", "grunn": "Gjelder 01010112377"}, "grunn"),
        ({"dato": "1.9.2026", "grunn": "Ferdig", "vedtak": "x" * 300}, "vedtak"),
    ],
)
def test_et_tiltak_avsluttes_ikke_uten_grunn_eller_fram_i_tid(som, tiltak, felter, felt):
    svar = som("koordinator").post(sti(tiltak, "avslutt"), felter)
    assert list(svar.context["form"].errors) == [felt]
    tiltak.refresh_from_db()
    assert tiltak.avsluttet is None


def test_et_tiltak_avsluttes_ikke_for_det_ble_satt_i_gang(tiltak):
    tiltak.startet = i_dag()
    tiltak.save()
    with pytest.raises(Regelbrudd):
        avslutt(tiltak, dato=i_dag() - dt.timedelta(days=1), grunn="Ferdig", pr=i_dag())
    with pytest.raises(Regelbrudd):
        avslutt(tiltak, dato=i_dag(), grunn="  ", pr=i_dag())


def test_knappene_star_hos_koordinatoren_alene(som, tiltak):
    liste = reverse("tiltak:liste", args=[tiltak.samarbeid.slug])
    for navn, ventet in (("koordinator", True), ("medlem", False), ("leser", False)):
        assert ("Nytt tiltak" in som(navn).get(liste).content.decode()) is ventet
        side = som(navn).get(tiltak.get_absolute_url()).content.decode()
        assert [ord in side for ord in ("Rediger", "Avslutt tiltaket", "Endre ansvaret")] == [ventet] * 3


@pytest.mark.parametrize("antall", [1, 3])
def test_sidene_sper_hoyst_tolv_ganger(som, plan, tiltak, nytt, antall, django_assert_max_num_queries):
    for _nr in range(antall):
        tiltak.andre_mal.add(MalFactory(samarbeid=plan.samarbeid))
        tiltak.malgrupper.add(MalgruppeFactory(samarbeid=plan.samarbeid))
        DelpunktFactory(tiltak=tiltak)
    nettleser = som("koordinator")
    for adresse in (nytt, *(sti(tiltak, navn) for navn in ("rediger", "delpunkter", "avslutt"))):
        with django_assert_max_num_queries(12):
            assert nettleser.get(adresse).status_code == 200
