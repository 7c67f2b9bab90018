"""A member reports a status in two presses, sees the receipt, can take it back, and is asked the next question."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import OSLO, i_dag, naa
from felles.unntak import Regelbrudd
from organisering.factories import EnhetFactory, EnhetskontaktFactory, KoordinatorpostFactory, SamarbeidFactory
from organisering.models import Rolletildeling
from tiltak.factories import AnsvarFactory, HandlingsplanFactory, StatusmeldingFactory, TiltakFactory
from tiltak.models import Ansvar, Statusmelding
from tiltak.rules.ansvarlige import tiltak_for_person
from tiltak.rules.status import kan_melde_status, spor_igjen, sporres_na, venter_pa_svar
from tiltak.services import angre_status, meld_status

pytestmark = pytest.mark.django_db
NAA = dt.datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)


@pytest.fixture
def tiltak(rollebesetning):
    return TiltakFactory(plan=HandlingsplanFactory(samarbeid=rollebesetning.samarbeid), tittel="Natteravner")


@pytest.fixture
def gruppas(rollebesetning, tiltak):
    """The whole group answers: its leader and its member."""
    return AnsvarFactory(tiltak=tiltak, gruppe=rollebesetning.gruppe)


def sti(tiltak, **svar):
    adresse = reverse("tiltak:status", args=[tiltak.samarbeid.slug, tiltak.pk])
    return adresse + (f"?status={svar['status']}" if svar else "")


INNE = {"koordinator": 200, "superbruker": 200, "administrator": 403, "leser": 403, "kontakt": 403}
UTE = {"utenforstaende": 404, "uten_plass": 404, "utlogget": 302}


@pytest.mark.parametrize(("navn", "svar"), [*INNE.items(), *UTE.items(), ("leder", 200), ("medlem", 200)])
def test_koordinatoren_og_de_som_svarer_for_tiltaket_kan_melde(som, gruppas, navn, svar):
    assert som(navn).get(sti(gruppas.tiltak)).status_code == svar
    assert som(navn).post(sti(gruppas.tiltak), {"status": "i_gang"}).status_code == (302 if svar == 200 else svar)
    assert Statusmelding.objects.count() == (svar == 200)


def test_den_som_bare_samarbeider_melder_ikke(som, gruppas):
    gruppas.slag = Ansvar.Slag.SAMARBEIDER
    gruppas.save()
    assert som("medlem").get(sti(gruppas.tiltak)).status_code == 403


@pytest.mark.parametrize("slag", ["enhet", "underenhet", "plass", "koordinatorpost"])
def test_enhetens_kontakt_plassen_og_posten_melder(rollebesetning, tiltak, slag):
    pr, samarbeid = i_dag(), rollebesetning.samarbeid
    enhet = rollebesetning["kontakt"].enhetskontakter.get().enhet if slag != "plass" else None
    if slag == "enhet":
        AnsvarFactory(tiltak=tiltak, enhet=enhet)
    elif slag == "underenhet":
        enhet.overordnet = EnhetFactory(samarbeid=samarbeid)
        enhet.save()
        AnsvarFactory(tiltak=tiltak, enhet=enhet.overordnet)
    elif slag == "plass":
        AnsvarFactory(tiltak=tiltak, plass=rollebesetning["medlem"].medlemskap.get().plass)
    else:
        post = KoordinatorpostFactory(samarbeid=samarbeid)
        Rolletildeling.objects.create(
            samarbeid=samarbeid, person=rollebesetning["leser"], rolle="koordinator", koordinatorpost=post
        )
        AnsvarFactory(tiltak=tiltak, koordinatorpost=post)
    hvem = {"plass": "medlem", "koordinatorpost": "leser"}.get(slag, "kontakt")
    assert kan_melde_status(rollebesetning[hvem], tiltak, pr)


def test_forste_trykk_velger_uten_a_endre_noe(som, gruppas):
    side = som("medlem").get(sti(gruppas.tiltak)).content.decode()
    for status in Statusmelding.Status:
        assert f"?status={status}" in side
    valgt = som("medlem").get(sti(gruppas.tiltak, status="trenger_hjelp")).content.decode()
    assert "Send status" in valgt
    assert "koordinatoren tar kontakt" in valgt
    assert not Statusmelding.objects.exists()
    assert len(valgt.encode()) < 30_000
    assert "Hvordan går det?" in som("medlem").get(sti(gruppas.tiltak, status="ingen-av-dem")).content.decode()


def test_andre_trykk_sender_og_kvitteringen_gjentar_svaret(som, gruppas, rollebesetning):
    tekst = "Vi mangler voksne. <b>Sterkt</b> 🌙"
    svar = som("medlem").post(sti(gruppas.tiltak), {"status": "trenger_hjelp", "tekst": tekst}, follow=True)
    melding = Statusmelding.objects.get()
    assert (melding.person, melding.ansvar, melding.kanal) == (rollebesetning["medlem"], gruppas, "side")
    assert (melding.samarbeid, melding.status, melding.tekst) == (gruppas.samarbeid, "trenger_hjelp", tekst)
    side = svar.content.decode()
    assert "Trenger hjelp, koordinatoren tar kontakt." in side
    assert "&lt;b&gt;Sterkt&lt;/b&gt; 🌙" in side
    assert "Angre" in side
    koordinatorens = som("koordinator").get(gruppas.tiltak.get_absolute_url()).content.decode()
    assert "Vi mangler voksne." in koordinatorens


@pytest.mark.parametrize(
    ("felter", "setning"),
    [
        ({"status": "ferdig"}, "Velg ett av de fire svarene."),
        ({}, "Velg et svar først."),
        ({"status": "gjort", "tekst": "x" * 100_000}, "Skriv høyst 2000 tegn."),
        ({"status": "gjort", "tekst": "Gjelder 01010112377"}, "fødselsnummer"),
        ({"status": "gjort", "tekst": "a\x00b"}, "tegn"),
        ({"status": "gjort", "tekst": "a\x07b"}, "usynlig tegn"),
    ],
)
def test_det_som_ikke_kan_sendes_sier_hvorfor_og_blir_staende(som, gruppas, felter, setning):
    svar = som("medlem").post(sti(gruppas.tiltak), felter)
    assert svar.status_code == 200
    assert setning in svar.content.decode()
    if felter.get("tekst", "").isprintable():
        assert felter.get("tekst", "") in svar.content.decode()
    assert not Statusmelding.objects.exists()


def test_med_flere_ansvar_velger_en_hvem_en_svarer_for(som, gruppas, rollebesetning):
    plass = AnsvarFactory(tiltak=gruppas.tiltak, plass=rollebesetning["medlem"].medlemskap.get().plass)
    fremmed = AnsvarFactory(tiltak=gruppas.tiltak, plass=rollebesetning["leder"].medlemskap.get().plass)
    nettleser = som("medlem")
    assert "Velg hvem du svarer for." in nettleser.post(sti(gruppas.tiltak), {"status": "gjort"}).content.decode()
    ugyldig = nettleser.post(sti(gruppas.tiltak), {"status": "gjort", "ansvar": fremmed.pk})
    assert "Velg en av dem i lista." in ugyldig.content.decode()
    assert nettleser.post(sti(gruppas.tiltak), {"status": "gjort", "ansvar": plass.pk}).status_code == 302
    assert Statusmelding.objects.get().ansvar == plass


def test_koordinatoren_kan_si_hvem_det_kom_fra_og_lar_det_ellers_vaere(som, gruppas):
    som("koordinator").post(sti(gruppas.tiltak), {"status": "gjort"})
    som("koordinator").post(sti(gruppas.tiltak), {"status": "gjort", "ansvar": gruppas.pk})
    assert [melding.ansvar for melding in Statusmelding.objects.order_by("pk")] == [None, gruppas]


def test_et_dobbelttrykk_er_en_melding(gruppas, rollebesetning):
    hvem = {"status": "gjort", "ansvar": gruppas, "person": rollebesetning["medlem"]}
    forste = meld_status(gruppas.tiltak, naa=NAA, **hvem)
    assert meld_status(gruppas.tiltak, naa=NAA + dt.timedelta(seconds=2), **hvem) == forste
    assert meld_status(gruppas.tiltak, naa=NAA + dt.timedelta(minutes=3), **hvem) != forste


def test_angre_tar_meldingen_tilbake_og_historikken_star(som, gruppas, rollebesetning):
    melding = meld_status(gruppas.tiltak, status="gjort", person=rollebesetning["medlem"], naa=naa())
    angre = reverse("tiltak:status_angre", args=[gruppas.samarbeid.slug, gruppas.tiltak.pk, melding.pk])
    assert som("leder").post(angre).status_code == 404
    assert som("medlem").get(angre).status_code == 405
    assert "Meldingen er trukket tilbake." in som("medlem").post(angre, follow=True).content.decode()
    assert not Statusmelding.objects.exists()
    assert [rad.history_type for rad in Statusmelding.history.order_by("history_id")] == ["+", "-"]


def test_etter_et_dogn_kan_meldingen_ikke_angres(som, gruppas, rollebesetning):
    melding = meld_status(gruppas.tiltak, status="gjort", person=rollebesetning["medlem"], naa=naa())
    with pytest.raises(Regelbrudd):
        angre_status(melding, av=rollebesetning["medlem"], naa=melding.meldt + dt.timedelta(days=1))
    with pytest.raises(Regelbrudd):
        angre_status(melding, av=rollebesetning["leder"], naa=melding.meldt)
    Statusmelding.objects.update(meldt=naa() - dt.timedelta(days=2))
    adresse = reverse("tiltak:status_sendt", args=[gruppas.samarbeid.slug, gruppas.tiltak.pk, melding.pk])
    assert "Angre" not in som("medlem").get(adresse).content.decode()
    sen = som("medlem").post(f"{adresse}angre/", follow=True).content.decode()
    assert "Meldingen kan ikke trekkes tilbake." in sen
    assert Statusmelding.objects.exists()


def test_et_avsluttet_tiltak_spor_ikke(som, gruppas):
    tiltak = gruppas.tiltak
    tiltak.avsluttet, tiltak.avsluttet_grunn = i_dag(), "Ga ikke resultater."
    tiltak.save()
    assert "Det tar ikke imot status." in som("medlem").get(sti(tiltak)).content.decode()
    svar = som("medlem").post(sti(tiltak), {"status": "gjort"}).content.decode()
    assert "Det tar ikke imot status." in svar
    assert "Meld status" not in som("medlem").get(tiltak.get_absolute_url()).content.decode()


def test_kvitteringen_stiller_det_neste_sporsmalet(som, gruppas, rollebesetning):
    neste = TiltakFactory(plan=gruppas.tiltak.plan, tittel="Ungdata", frist=i_dag() - dt.timedelta(days=3))
    AnsvarFactory(tiltak=neste, gruppe=rollebesetning.gruppe)
    side = som("medlem").post(sti(gruppas.tiltak), {"status": "i_gang"}, follow=True).content.decode()
    assert "Hvordan går det med «Ungdata»?" in side
    assert "1 igjen" in side
    siste = som("medlem").post(sti(neste), {"status": "i_gang"}, follow=True).content.decode()
    assert "Ingenting mer venter på svar fra deg." in siste


def test_den_som_har_svart_etter_fristen_sporres_ikke_straks_igjen(rollebesetning):
    plan, pr = HandlingsplanFactory(samarbeid=rollebesetning.samarbeid), dt.date(2026, 11, 23)
    for nr, meldt in enumerate([None, dt.date(2026, 11, 1), dt.date(2026, 11, 12)]):
        tiltak = TiltakFactory(plan=plan, nummer=nr, tittel=str(nr), frist=dt.date(2026, 11, 10), startet=pr)
        AnsvarFactory(tiltak=tiltak, gruppe=rollebesetning.gruppe)
        if meldt:
            StatusmeldingFactory(tiltak=tiltak, meldt=dt.datetime.combine(meldt, dt.time(9), tzinfo=OSLO))
    assert [t.tittel for t in sporres_na(rollebesetning["medlem"], pr)] == ["0", "1"]
    alle = tiltak_for_person(rollebesetning["medlem"], pr).med_tilstand(pr).order_by("nummer")
    assert [venter_pa_svar(t) for t in alle] == [True, True, False]


@pytest.mark.parametrize(
    ("felter", "status", "ventet"),
    [
        ({}, "i_gang", dt.date(2027, 5, 23)),
        ({}, "gjort", None),
        ({"rytme": "kontinuerlig"}, "gjort", dt.date(2027, 5, 23)),
        ({"rytme": "arlig"}, "gjort", dt.date(2027, 5, 23)),
        ({"rytme": "arlig", "rytme_maned": 5}, "i_gang", dt.date(2027, 6, 1)),
        ({"rytme": "arlig", "slutt": dt.date(2026, 12, 31)}, "i_gang", None),
    ],
)
def test_naar_vi_spor_igjen(felter, status, ventet):
    samarbeid = SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1), statusrytme=6)
    tiltak = TiltakFactory(plan=HandlingsplanFactory(samarbeid=samarbeid), **felter)
    melding = StatusmeldingFactory(tiltak=tiltak, meldt=NAA, status=status)
    assert spor_igjen(tiltak, melding, samarbeid, NAA.date()) == ventet


def test_uten_oppfolging_spor_vi_ikke_igjen():
    samarbeid = SamarbeidFactory(oppfolging_fra=None)
    melding = StatusmeldingFactory(tiltak=TiltakFactory(plan=HandlingsplanFactory(samarbeid=samarbeid)), meldt=NAA)
    assert spor_igjen(melding.tiltak, melding, samarbeid, NAA.date()) is None


@pytest.mark.parametrize("antall", [1, 3])
def test_sidene_sper_hoyst_tolv_ganger(som, gruppas, rollebesetning, antall, django_assert_max_num_queries):
    for _nr in range(antall):
        tiltak = TiltakFactory(plan=gruppas.tiltak.plan, frist=dt.date(2026, 1, 1))
        AnsvarFactory(tiltak=tiltak, gruppe=rollebesetning.gruppe)
        EnhetskontaktFactory(enhet=EnhetFactory(samarbeid=tiltak.samarbeid))
    nettleser = som("medlem")
    for adresse in (sti(gruppas.tiltak), sti(gruppas.tiltak, status="gjort"), gruppas.tiltak.get_absolute_url()):
        with django_assert_max_num_queries(12):
            nettleser.get(adresse)
    kvittering = nettleser.post(sti(gruppas.tiltak), {"status": "gjort"})["Location"]
    with django_assert_max_num_queries(12):
        nettleser.get(kvittering)
