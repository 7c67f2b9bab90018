import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import OSLO, i_dag
from organisering.factories import EnhetFactory, EnhetskontaktFactory, GruppeFactory, NivaFactory, PlassFactory
from tiltak.factories import (
    AnsvarFactory,
    DelpunktFactory,
    HandlingsplanFactory,
    MalFactory,
    PlanutgaveFactory,
    StatusmeldingFactory,
    TiltakFactory,
)

SIDER = ("tiltak:liste", "tiltak:tiltak", "tiltak:plan_liste", "tiltak:plan", "tiltak:utgave")


@pytest.fixture
def plan(rollebesetning):
    return HandlingsplanFactory(samarbeid=rollebesetning.samarbeid, navn="Handlingsplan SLT")


@pytest.fixture
def liste(rollebesetning):
    return reverse("tiltak:liste", args=[rollebesetning.samarbeid.slug])


def adresse(navn, samarbeid, plan):
    mal = {
        "tiltak:tiltak": TiltakFactory(plan=plan),
        "tiltak:plan": plan,
        "tiltak:utgave": PlanutgaveFactory(plan=plan),
    }
    return reverse(navn, args=[samarbeid.slug, *([mal[navn].pk] if navn in mal else [])])


@pytest.mark.parametrize("side", SIDER)
@pytest.mark.parametrize(
    ("navn", "svar"),
    [
        ("koordinator", 200),
        ("leder", 200),
        ("medlem", 200),
        ("kontakt", 200),
        ("administrator", 200),
        ("leser", 200),
        ("superbruker", 200),
        ("utenforstaende", 404),
        ("uten_plass", 404),
        ("utlogget", 302),
    ],
)
def test_hvem_som_ser_sidene(rollebesetning, som, plan, side, navn, svar):
    assert som(navn).get(adresse(side, rollebesetning.samarbeid, plan)).status_code == svar


@pytest.mark.parametrize("side", SIDER[1:2] + SIDER[3:])
def test_rader_i_et_annet_samarbeid_finnes_ikke_her(rollebesetning, som, side):
    fremmed = HandlingsplanFactory(samarbeid=rollebesetning.fremmed)
    assert som("koordinator").get(adresse(side, rollebesetning.samarbeid, fremmed)).status_code == 404


def tittelrad(svar):
    return [rad.tiltak.tittel for rad in svar.context["rader"]]


def test_setningen_sier_hvor_mange_som_trenger_deg(som, plan, liste):
    PlanutgaveFactory(plan=plan, periode_fra=dt.date(2022, 1, 1), periode_til=dt.date(2025, 12, 31))
    TiltakFactory(plan=plan, frist=i_dag() - dt.timedelta(days=23), tittel="Felles plan")
    uavklart = TiltakFactory(plan=plan, startet=i_dag())
    AnsvarFactory(tiltak=uavklart, kildeord="0-24")
    AnsvarFactory(tiltak=TiltakFactory(plan=plan, gjort=i_dag()))
    svar = som("koordinator").get(liste)
    side = svar.content.decode()
    assert "3 tiltak i handlingsplanen 2022–2025." in side
    assert "To trenger deg." in side
    assert "23 dager over" in side
    assert svar.context["piller"] == [("forfalt", 1), ("i_gang", 1), ("gjort", 1)]
    assert "To trenger oppfølging." in som("medlem").get(liste).content.decode()


def test_uten_tiltak_og_uten_plan_sier_sida_det(som, liste, rollebesetning):
    assert "Samarbeidet har ingen handlingsplan i portalen ennå." in som("koordinator").get(liste).content.decode()
    planer = reverse("tiltak:plan_liste", args=[rollebesetning.samarbeid.slug])
    assert "Ingen handlingsplan ennå" in som("koordinator").get(planer).content.decode()


@pytest.mark.parametrize(
    ("sporsmal", "ventet"),
    [
        ("sok=ØKT", ["Økt søkelys"]),
        ("sok=søkelys+politikere", ["Økt søkelys"]),
        ("sok=parken", ["Ungdomsklubb"]),
        ("sok=livsmestring", ["Ungdomsklubb"]),
        ("sok=finnesikke", []),
        ("tilstand=gjort", ["Ungdomsklubb"]),
        ("sorter=tittel", ["Ungdomsklubb", "Økt søkelys"]),
        ("sorter=plan", ["Økt søkelys", "Ungdomsklubb"]),
        ("sorter=frist", ["Økt søkelys", "Ungdomsklubb"]),
        ("sorter=meldt", ["Ungdomsklubb", "Økt søkelys"]),
        ("ansvar=uavklart", ["Økt søkelys"]),
        ("tilstand=gjort&sok=økt", []),
    ],
)
def test_sok_filter_og_sortering(som, plan, liste, sporsmal, ventet):
    TiltakFactory(plan=plan, nummer=1, tittel="Økt søkelys", beskrivelse="Blant politikere", frist=dt.date(2099, 1, 1))
    klubb = TiltakFactory(plan=plan, nummer=2, tittel="Ungdomsklubb", gjort=dt.date(2025, 1, 1))
    AnsvarFactory(tiltak=klubb, kildeord="Leder Parken", enhet=EnhetFactory(samarbeid=plan.samarbeid))
    DelpunktFactory(tiltak=klubb, tekst="Gruppetilbud, livsmestring")
    StatusmeldingFactory(tiltak=klubb)
    assert tittelrad(som("koordinator").get(f"{liste}?{sporsmal}")) == ventet


def test_en_enhet_finner_ogsa_det_underenhetene_har_ansvar_for(som, plan, liste):
    skolene = EnhetFactory(samarbeid=plan.samarbeid, navn="Skolene")
    skole = EnhetFactory(samarbeid=plan.samarbeid, overordnet=skolene)
    AnsvarFactory(tiltak=TiltakFactory(plan=plan, tittel="VIP"), enhet=skole)
    AnsvarFactory(tiltak=TiltakFactory(plan=plan, tittel="Annet"), enhet=EnhetFactory(samarbeid=plan.samarbeid))
    AnsvarFactory(tiltak=TiltakFactory(plan=plan, tittel="Felles"), enhet=skolene)
    assert tittelrad(som("koordinator").get(f"{liste}?ansvar=enhet-{skolene.pk}&sorter=tittel")) == ["Felles", "VIP"]
    assert tittelrad(som("koordinator").get(f"{liste}?ansvar=enhet-{skole.pk}")) == ["VIP"]


def test_mal_og_plan_filtrerer(som, plan, liste):
    mal = MalFactory(samarbeid=plan.samarbeid)
    TiltakFactory(plan=plan, tittel="Hoved", hovedmal=mal)
    andre = TiltakFactory(plan=HandlingsplanFactory(samarbeid=plan.samarbeid), tittel="Andre")
    andre.andre_mal.add(mal)
    TiltakFactory(plan=plan, tittel="Uten")
    assert sorted(tittelrad(som("koordinator").get(f"{liste}?mal={mal.pk}"))) == ["Andre", "Hoved"]
    assert sorted(tittelrad(som("koordinator").get(f"{liste}?plan={plan.pk}"))) == ["Hoved", "Uten"]
    assert "Andre" not in tittelrad(som("koordinator").get(f"{liste}?plan={plan.pk}&mal={mal.pk}"))


@pytest.mark.parametrize(
    "sporsmal",
    [
        "tilstand=tull",
        "ansvar=enhet-999999",
        "ansvar=enhet-'; drop",
        "mal=x",
        "plan=99999999999999999999999",
        "sorter=tilfeldig",
        "side=0",
        "side=99999999999999999999999",
        "side=x",
        "vis=tull",
        "sok=%00",
        "sok=" + "a" * 500,
    ],
)
def test_ugyldige_valg_blir_oversett(som, plan, liste, sporsmal):
    TiltakFactory(plan=plan, tittel="Natteravner")
    svar = som("koordinator").get(f"{liste}?{sporsmal}")
    assert svar.status_code == 200
    assert tittelrad(svar) == ["Natteravner"]


def test_femti_om_gangen_og_filtrene_folger_med(som, plan, liste):
    for nr in range(53):
        TiltakFactory(plan=plan, nummer=nr, tittel=f"Natteravner {nr}")
    TiltakFactory(plan=plan, tittel="Noe annet")
    forste = som("koordinator").get(f"{liste}?sok=natteravner&sorter=plan")
    assert len(forste.context["rader"]) == 50
    side = forste.content.decode()
    assert "Viser 1–50 av 53." in side
    assert "?sok=natteravner&amp;sorter=plan&amp;side=2" in side
    assert tittelrad(som("koordinator").get(f"{liste}?sok=natteravner&sorter=plan&side=2")) == [
        f"Natteravner {nr}" for nr in (50, 51, 52)
    ]
    assert len(som("koordinator").get(f"{liste}?sok=natteravner&vis=alle").context["rader"]) == 53


def test_ansvar_vises_med_ord_fra_planen_nar_det_er_uavklart(som, plan, liste):
    tiltak = TiltakFactory(plan=plan)
    AnsvarFactory(tiltak=tiltak, kildeord="0-24")
    AnsvarFactory(tiltak=tiltak, kildeord="andre aktuelle", apen_med_vilje=True)
    AnsvarFactory(tiltak=tiltak, kildeord="skolen", enhet=EnhetFactory(samarbeid=plan.samarbeid, navn="Dokka skole"))
    side = som("medlem").get(liste).content.decode()
    assert '<span class="ordrett">«0-24»</span>' in side
    assert '<span class="ordrett">«andre aktuelle»</span>' in side
    assert "Dokka skole" in side
    assert side.count("Uavklart ansvar") == 1
    assert "Avklar ansvaret" not in side
    assert "Avklar ansvaret" in som("koordinator").get(liste).content.decode()


def test_oppdiktede_meldinger_er_merket(som, plan, liste):
    StatusmeldingFactory(tiltak=TiltakFactory(plan=plan), eksempel=True)
    assert 'class="eksempel"' in som("medlem").get(liste).content.decode()


def test_rare_data_tales(som, plan, liste):
    tiltak = TiltakFactory(
        plan=plan, tittel="<b>" + "x" * 297, beskrivelse="<script>alert(1)</script>", tidsrom="«våren»"
    )
    AnsvarFactory(tiltak=tiltak, kildeord="<i>skolen</i>")
    StatusmeldingFactory(tiltak=tiltak, tekst="<img src=x>")
    for url in (liste, tiltak.get_absolute_url()):
        side = som("koordinator").get(url).content.decode()
        assert "<script>alert" not in side
        assert "<i>skolen" not in side
        assert "<img src=x" not in side
        assert "&lt;b&gt;xxx" in side


def test_ett_tiltaks_side_forteller_hele_historien(som, plan, rollebesetning):
    enhet = EnhetFactory(samarbeid=plan.samarbeid, navn="Parken")
    EnhetskontaktFactory(enhet=enhet, person=rollebesetning["medlem"], funksjon="Leder Parken")
    tiltak = TiltakFactory(plan=plan, nummer=4, rytme="arlig", rytme_maned=5, rytme_dag=17)
    TiltakFactory(plan=plan, nummer=5)
    ansvar = AnsvarFactory(tiltak=tiltak, kildeord="Parken", enhet=enhet)
    StatusmeldingFactory(
        tiltak=tiltak,
        ansvar=ansvar,
        meldt=dt.datetime(i_dag().year, 1, 2, 9, tzinfo=OSLO),
        status="gjort",
        kanal="epost",
    )
    DelpunktFactory(tiltak=tiltak, tekst="Mat og musikk", gjort=i_dag(), ar_fra=2025, ar_til=2026)
    tiltak.finansiering = "SLT-midler"
    tiltak.save()
    side = som("medlem").get(tiltak.get_absolute_url()).content.decode()
    for ventet in (
        "nr. 4",
        f"Gjort i {i_dag().year}",
        f"17.\u00a0mai {i_dag().year + 1}",
        "Status fra Parken: gjort",
        "Meldt fra lenke i e-post",
        "Vi spør Leder Parken",
        "Mat og musikk",
        "(2025–2026)",
        "Finansieringen er satt til «SLT-midler»",
        "Neste tiltak i planen",
        "Ingen vedtak om tiltaket.",
        "Blir aldri forfalt",
    ):
        assert ventet in side
    assert "Forrige tiltak" not in side
    assert "Rediger" not in side
    assert "Rediger" in som("koordinator").get(tiltak.get_absolute_url()).content.decode()


# Queries


def fyll(plan, antall):
    for nr in range(antall):
        tiltak = TiltakFactory(
            plan=plan, nummer=nr, tittel=f"Tiltak {nr}", hovedmal=MalFactory(samarbeid=plan.samarbeid)
        )
        nivaer = [NivaFactory(samarbeid=plan.samarbeid)]
        navnlos = GruppeFactory(samarbeid=plan.samarbeid, navn="", nivaer=nivaer)
        enhet = EnhetFactory(samarbeid=plan.samarbeid)
        AnsvarFactory(tiltak=tiltak, gruppe=navnlos)
        AnsvarFactory(tiltak=tiltak, enhet=enhet)
        AnsvarFactory(tiltak=tiltak, plass=PlassFactory(gruppe=navnlos))
        AnsvarFactory(tiltak=tiltak, kildeord="0-24")
        DelpunktFactory(tiltak=tiltak)
        StatusmeldingFactory(tiltak=tiltak)


@pytest.mark.parametrize("side", SIDER)
def test_sidene_sper_like_mye_om_ett_tiltak_som_om_tre(rollebesetning, som, plan, side, django_assert_max_num_queries):
    klient = som("koordinator")
    fyll(plan, 1)
    url = adresse(side, rollebesetning.samarbeid, plan)
    with django_assert_max_num_queries(12) as ett:
        klient.get(url)
    fyll(plan, 3)
    PlanutgaveFactory(plan=plan, vedtatt_av=rollebesetning.gruppe)
    with django_assert_max_num_queries(12) as fire:
        klient.get(url)
    assert len(ett.captured_queries) == len(fire.captured_queries)
