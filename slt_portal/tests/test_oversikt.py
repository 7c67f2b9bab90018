"""The Monday page: who gets it, what it says, and what it costs."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from felles.tid import OSLO, i_dag, naa
from moter.factories import DeltakelseFactory, MoteFactory, OppfolgingFactory, SakFactory, VedtakFactory
from moter.templatetags.moter import ukedag_uten_ar
from organisering.factories import (
    FridagFactory,
    FullmaktFactory,
    GruppeFactory,
    KildeFactory,
    KoordinatorpostFactory,
    MedlemskapFactory,
    MotekravFactory,
    NivaFactory,
    PlassFactory,
    RolletildelingFactory,
    SamarbeidFactory,
)
from tiltak.factories import AnsvarFactory, HandlingsplanFactory, PlanutgaveFactory, StatusmeldingFactory, TiltakFactory
from tiltak.models import Plangjennomgang

pytestmark = pytest.mark.django_db


def innhold(svar):
    assert svar.status_code == 200
    return svar.content.decode()


def sti(samarbeid):
    return reverse("oversikt", args=[samarbeid.slug])


@pytest.mark.parametrize(
    ("navn", "status"),
    {
        "koordinator": 200,
        "superbruker": 200,
        "leder": 403,
        "medlem": 403,
        "kontakt": 403,
        "administrator": 403,
        "leser": 403,
        "utenforstaende": 404,
        "uten_plass": 404,
        "utlogget": 302,
    }.items(),
)
def test_oversikten_er_koordinatorens(som, rollebesetning, navn, status):
    assert som(navn).get(sti(rollebesetning.samarbeid)).status_code == status


def test_et_tomt_samarbeid_får_vite_hva_som_kommer_først(som, rollebesetning):
    tomt = SamarbeidFactory()
    RolletildelingFactory(samarbeid=tomt, person=rollebesetning["koordinator"])
    html = innhold(som("koordinator").get(sti(tomt)))
    assert "Slik kommer du i gang" in html
    assert html.index("Legg inn gruppene") < html.index("Legg inn planen")
    assert "Trenger deg nå" not in html


def test_forfalt_revisjon_står_først_med_ordlyden_og_kilden(som, rollebesetning):
    samarbeid = rollebesetning.samarbeid
    kilde = KildeFactory(samarbeid=samarbeid, tittel="Planen selv")
    plan = HandlingsplanFactory(
        samarbeid=samarbeid,
        navn="Handlingsplanen",
        revisjon_maneder=24,
        ordlyd="Planen revideres hvert andre år.",
        kilde=kilde,
        kildested="Bakgrunn",
    )
    ar = i_dag().year
    PlanutgaveFactory(plan=plan, periode_fra=dt.date(ar - 4, 1, 1), periode_til=dt.date(ar - 1, 12, 31))
    TiltakFactory(plan=plan, tittel="Noe som haster", frist=i_dag() - dt.timedelta(days=900))
    html = innhold(som("koordinator").get(sti(samarbeid)))
    forste = html.split("<h3>")[1]
    assert f"Handlingsplanen gikk ut 31.\u00a0desember {ar - 1}" in forste
    assert "«Planen revideres hvert andre år.»" in forste
    assert "Planen selv, Bakgrunn" in forste
    assert html.index("Noe som haster") > html.index("Handlingsplanen gikk ut")


def test_en_gjennomgang_uten_endring_gjør_revisjonen_i_orden(som, rollebesetning):
    samarbeid = rollebesetning.samarbeid
    plan = HandlingsplanFactory(samarbeid=samarbeid, navn="Handlingsplanen", revisjon_maneder=24)
    ar = i_dag().year
    PlanutgaveFactory(plan=plan, periode_fra=dt.date(ar - 4, 1, 1), periode_til=dt.date(ar - 1, 12, 31))
    assert "gikk ut" in innhold(som("koordinator").get(sti(samarbeid)))
    Plangjennomgang.objects.create(samarbeid=samarbeid, plan=plan, dato=i_dag(), organ_ord="Kommunestyret")
    assert "gikk ut" not in innhold(som("koordinator").get(sti(samarbeid)))


def test_siden_sier_hva_som_mangler_og_hvor_mange(som, rollebesetning):
    samarbeid, gruppe = rollebesetning.samarbeid, rollebesetning.gruppe
    KoordinatorpostFactory(samarbeid=samarbeid, tittel="SLT-koordinator i byen")
    PlassFactory(gruppe=gruppe, tittel="Rektorplassen", ma_besettes=True)
    tiltak = TiltakFactory(samarbeid=samarbeid, tittel="Ungdomslos")
    AnsvarFactory(tiltak=tiltak, kildeord="0-24")
    StatusmeldingFactory(tiltak=tiltak, meldt=naa())
    mote = MoteFactory(gruppe=gruppe, start=naa() - dt.timedelta(days=3))
    html = innhold(som("koordinator").get(sti(samarbeid)))
    assert "Stillingen SLT-koordinator i byen er ledig" in html
    assert f"Rektorplassen i {gruppe.navn}" in html
    assert "Hvem har ansvar for Ungdomslos?" in html
    assert "«0-24»" in html
    assert "holdt?" in html
    assert reverse("moter:mote", args=[samarbeid.slug, mote.pk]) in html
    assert f"{gruppe.navn} mangler leder eller innkaller" in html
    assert "Fem ting trenger deg denne uka." in html


def test_en_besatt_plass_og_en_fylt_post_trenger_ingen(som, rollebesetning):
    samarbeid = rollebesetning.samarbeid
    post = KoordinatorpostFactory(samarbeid=samarbeid)
    RolletildelingFactory(samarbeid=samarbeid, person=rollebesetning["medlem"], koordinatorpost=post)
    MedlemskapFactory(plass=PlassFactory(gruppe=rollebesetning.gruppe, ma_besettes=True))
    html = innhold(som("koordinator").get(sti(samarbeid)))
    assert "ledig" not in html


def test_et_møte_som_mangler_sies_med_regelen(som, rollebesetning):
    gruppe = rollebesetning.gruppe
    MotekravFactory(gruppe=gruppe, kalender="ar", minst=400, ordlyd="Minst 400 møter i året.")
    rollebesetning.samarbeid.oppfolging_fra = dt.date(i_dag().year, 1, 1)
    rollebesetning.samarbeid.save()
    html = innhold(som("koordinator").get(sti(rollebesetning.samarbeid)))
    assert f"{gruppe.navn} mangler 400 møter" in html
    assert "«Minst 400 møter i året.»" in html


def test_sju_ting_viser_fem_og_resten_bak_et_trykk(som, rollebesetning):
    samarbeid = rollebesetning.samarbeid
    for tilstand in ("trenger_hjelp", "trenger_hjelp"):
        StatusmeldingFactory(tiltak=TiltakFactory(samarbeid=samarbeid), status=tilstand)
    for _ in range(2):
        TiltakFactory(samarbeid=samarbeid, frist=i_dag() - dt.timedelta(days=2))
    for _ in range(2):
        KoordinatorpostFactory(samarbeid=samarbeid)
    html = innhold(som("koordinator").get(sti(samarbeid)))
    assert "Sju ting" in html
    assert "Vis 2 til" in html
    assert re.search(r'aria-current="page"><span>Oversikt</span><span class="antall">7<', html)


def test_ukene_viser_møter_frister_og_oppfølging(som, rollebesetning):
    samarbeid, gruppe = rollebesetning.samarbeid, rollebesetning.gruppe
    MoteFactory(gruppe=gruppe, start=naa() + dt.timedelta(hours=1), sted="Parken")
    forrige = MoteFactory(gruppe=gruppe, start=naa() - dt.timedelta(days=40), holdt=naa())
    OppfolgingFactory(gruppe=gruppe, mote=forrige, tekst="Ring skolen", frist=i_dag())
    TiltakFactory(samarbeid=samarbeid, tittel="Søk om tilskudd", frist=i_dag())
    html = innhold(som("koordinator").get(sti(samarbeid))).split("Neste fire uker")[1]
    for ord in (f"Uke {i_dag().isocalendar().week}", "Ring skolen", "Søk om tilskudd"):
        assert ord in html


def test_den_inhabile_koordinatoren_ser_ikke_oppfølgingen_fra_saken(som, rollebesetning):
    gruppe = rollebesetning.gruppe
    mote = MoteFactory(gruppe=gruppe, start=naa() - dt.timedelta(days=40), holdt=naa())
    sak = SakFactory(gruppe=gruppe, mote=mote)
    OppfolgingFactory(gruppe=gruppe, mote=mote, sak=sak, tekst="Ring den ene", frist=i_dag())
    assert "Ring den ene" in innhold(som("koordinator").get(sti(rollebesetning.samarbeid)))
    DeltakelseFactory(mote=mote, person=rollebesetning["koordinator"]).inhabil_i.add(sak)
    assert "Ring den ene" not in innhold(som("koordinator").get(sti(rollebesetning.samarbeid)))


@pytest.mark.parametrize("antall", [1, 3])
def test_oversikten_koster_høyst_tolv_spørsmål(som, rollebesetning, antall, django_assert_max_num_queries):
    samarbeid = rollebesetning.samarbeid
    niva = NivaFactory(samarbeid=samarbeid)
    for _ in range(antall):
        gruppe = GruppeFactory(samarbeid=samarbeid, navn="", nivaer=[niva])
        MotekravFactory(gruppe=gruppe)
        FullmaktFactory(gruppe=gruppe, ramme_slag="belop", ramme=10000)
        PlassFactory(gruppe=gruppe, ma_besettes=True)
        KoordinatorpostFactory(samarbeid=samarbeid)
        plan = HandlingsplanFactory(samarbeid=samarbeid, revisjon_maneder=12, vedtas_av=gruppe)
        PlanutgaveFactory(plan=plan, periode_fra=dt.date(2020, 1, 1), periode_til=dt.date(2023, 12, 31))
        Plangjennomgang.objects.create(samarbeid=samarbeid, plan=plan, dato=dt.date(2022, 1, 1), organ_ord="Rådet")
        for nummer in range(antall):
            mote = MoteFactory(gruppe=gruppe, start=naa() + dt.timedelta(days=nummer - 1))
            sak = SakFactory(gruppe=gruppe, mote=mote, nummer=nummer + 1, nummer_ar=2026)
            tiltak = TiltakFactory(plan=plan, frist=i_dag() + dt.timedelta(days=nummer - 1))
            AnsvarFactory(tiltak=tiltak)
            StatusmeldingFactory(tiltak=tiltak)
            VedtakFactory(gruppe=gruppe, mote=mote, sak=sak, tiltak=tiltak, belop=10, dato=i_dag())
            OppfolgingFactory(gruppe=gruppe, mote=mote, sak=sak, frist=i_dag())
    nettleser = som("koordinator")
    with django_assert_max_num_queries(12):
        html = innhold(nettleser.get(sti(samarbeid)))
    assert niva.navn in html


@pytest.mark.parametrize(
    "naar", [dt.datetime(2026, 3, 29, 1, 30, tzinfo=OSLO), dt.datetime(2026, 10, 25, 2, 30, tzinfo=OSLO)]
)
def test_førti_møter_i_året_og_en_gruppe_uten_regel_tegnes(som, rollebesetning, naar):
    gruppe = rollebesetning.gruppe
    MoteFactory(gruppe=gruppe, start=naar)
    for uke in range(40):
        MoteFactory(
            gruppe=gruppe,
            start=dt.datetime(i_dag().year, 1, 5, 9, tzinfo=OSLO) + dt.timedelta(weeks=uke),
            holdt=naa() if uke % 2 else None,
        )
    html = innhold(som("koordinator").get(sti(rollebesetning.samarbeid)))
    assert "Ingen fast regel" in html
    assert 'y="54"' not in html


def test_fra_oversikten_markeres_møtet_som_holdt_med_ett_trykk(som, rollebesetning):
    start = naa() - dt.timedelta(days=2)
    mote = MoteFactory(gruppe=rollebesetning.gruppe, start=start)
    slug = rollebesetning.samarbeid.slug
    adresse = reverse("moter:holdt", args=[slug, mote.pk])
    assert f'action="{adresse}"' in som("koordinator").get(reverse("oversikt", args=[slug])).content.decode()
    svar = som("koordinator").post(adresse, {"neste": "oversikt"})
    assert svar["Location"] == reverse("oversikt", args=[slug])
    mote.refresh_from_db()
    assert mote.holdt


def test_fra_oversikten_settes_møtet_som_mangler_opp_med_ett_trykk(som, rollebesetning):
    rollebesetning.samarbeid.oppfolging_fra = dt.date(2020, 1, 1)
    rollebesetning.samarbeid.save()
    MotekravFactory(gruppe=rollebesetning.gruppe, kalender="ar", minst=300)
    slug = rollebesetning.samarbeid.slug
    html = som("koordinator").get(reverse("oversikt", args=[slug])).content.decode()
    adresse = reverse("moter:nytt", args=[slug, rollebesetning.gruppe.pk])
    assert f'href="{adresse}">Velg en annen tid' in html
    skjema = html.split(f'action="{adresse}"')[1].split("</form>")[0]
    felter = dict(re.findall(r'name="(dato|fra|til|sted)" value="([^"]*)"', skjema))
    assert som("koordinator").post(adresse, felter).status_code == 302
    mote = rollebesetning.gruppe.moter.get()
    assert mote.dato > i_dag()
    assert f"Sett opp {ukedag_uten_ar(mote.start)} kl.\xa012.00" in skjema


def test_revisjonen_og_ansvaret_lenker_dit_saken_blir_gjort_ferdig(som, rollebesetning):
    plan = HandlingsplanFactory(samarbeid=rollebesetning.samarbeid, revisjon_maneder=24)
    PlanutgaveFactory(plan=plan, periode_fra=dt.date(2022, 1, 1), periode_til=dt.date(2025, 12, 31))
    tiltak = TiltakFactory(plan=plan, startet=i_dag())
    AnsvarFactory(tiltak=tiltak, kildeord="0-24")
    slug = rollebesetning.samarbeid.slug
    side = som("koordinator").get(reverse("oversikt", args=[slug])).content.decode()
    assert reverse("tiltak:plan_gjennomgang", args=[slug, plan.pk]) in side
    assert reverse("tiltak:ansvar", args=[slug, tiltak.pk]) in side


def test_ingen_møter_foreslås_på_fridagene(som, rollebesetning):
    """The overview and the form propose the same day, and neither a day off."""
    gruppe = rollebesetning.gruppe
    MotekravFactory(gruppe=gruppe, kalender="ar", fra=dt.date(i_dag().year, 1, 1))
    ferie = FridagFactory(samarbeid=gruppe.samarbeid, fra=i_dag(), til=i_dag() + dt.timedelta(days=25))
    foreslatt = som("koordinator").get(reverse("moter:nytt", args=[gruppe.samarbeid.slug, gruppe.pk])).context["form"]
    dato = foreslatt.initial["dato"]
    assert dato > i_dag() + dt.timedelta(days=25)
    assert dato not in ferie.dager
    if dato.year == i_dag().year:
        assert f"{dato.day}.{dato.month}.{dato.year}" in innhold(som("koordinator").get(sti(gruppe.samarbeid)))
