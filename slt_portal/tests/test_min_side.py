"""One's own page: over all Samarbeid, and never more than one's own."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from felles.tid import i_dag, naa
from moter.factories import DeltakelseFactory, MoteFactory, OppfolgingFactory, SakFactory
from organisering.factories import (
    EnhetFactory,
    EnhetskontaktFactory,
    GruppeFactory,
    MedlemskapFactory,
    NivaFactory,
    PlassFactory,
    RolletildelingFactory,
)
from tiltak.factories import AnsvarFactory, HandlingsplanFactory, StatusmeldingFactory, TiltakFactory

pytestmark = pytest.mark.django_db
STI = reverse("min_side")


def innhold(svar):
    assert svar.status_code == 200
    return svar.content.decode()


@pytest.mark.parametrize(
    "navn",
    [
        "koordinator",
        "leder",
        "medlem",
        "kontakt",
        "administrator",
        "leser",
        "utenforstaende",
        "uten_plass",
        "superbruker",
    ],
)
def test_alle_som_er_logget_inn_har_en_egen_side(som, rollebesetning, navn):
    html = innhold(som(navn).get(STI))
    hjemme = rollebesetning.samarbeid.navn in html
    assert hjemme is (navn not in {"utenforstaende", "uten_plass"})


def test_den_utloggede_må_logge_inn(som):
    assert som("utlogget").get(STI).status_code == 302


def test_den_som_ikke_er_med_noe_sted_får_en_vennlig_side(som):
    assert "Du er ikke med i et samarbeid nå" in innhold(som("uten_plass").get(STI))


def test_siden_viser_tiltak_møter_oppfølging_og_plasser(som, rollebesetning):
    medlem, gruppe = rollebesetning["medlem"], rollebesetning.gruppe
    plass = medlem.medlemskap.get().plass
    tiltak = TiltakFactory(samarbeid=gruppe.samarbeid, tittel="Natteravnene")
    AnsvarFactory(tiltak=tiltak, plass=plass)
    StatusmeldingFactory(tiltak=tiltak, status="trenger_hjelp")
    TiltakFactory(samarbeid=gruppe.samarbeid, tittel="Andres tiltak")
    MoteFactory(gruppe=gruppe, start=naa() + dt.timedelta(days=4), sted="Rådhuset")
    MoteFactory(gruppe=GruppeFactory(samarbeid=gruppe.samarbeid), start=naa() + dt.timedelta(days=4), sted="Låven")
    OppfolgingFactory(gruppe=gruppe, eier_plass=plass, tekst="Kalle inn foreldrene", frist=i_dag())
    OppfolgingFactory(gruppe=gruppe, eier_plass=plass, tekst="Alt gjort", gjort=i_dag())
    OppfolgingFactory(gruppe=gruppe, tekst="Noen andres")
    html = innhold(som("medlem").get(STI))
    for ord in ("Natteravnene", "Trenger hjelp", "Rådhuset", "Kalle inn foreldrene", plass.tittel):
        assert ord in html
    for ord in ("Andres tiltak", "Låven", "Alt gjort", "Noen andres"):
        assert ord not in html
    assert "Du svarer for ett tiltak." in html
    assert "siden 1.\u00a0januar 2026" in html


def test_det_som_står_i_en_sak_der_en_er_inhabil_vises_ikke(som, rollebesetning):
    medlem, gruppe = rollebesetning["medlem"], rollebesetning.gruppe
    mote = MoteFactory(gruppe=gruppe)
    sak = SakFactory(gruppe=gruppe, mote=mote)
    OppfolgingFactory(gruppe=gruppe, mote=mote, sak=sak, eier_person=medlem, tekst="Ring den ene")
    assert "Ring den ene" in innhold(som("medlem").get(STI))
    DeltakelseFactory(mote=mote, person=medlem).inhabil_i.add(sak)
    assert "Ring den ene" not in innhold(som("medlem").get(STI))


def test_tilgangen_slutter_den_dagen_plassen_slutter(som, rollebesetning):
    medlemskap = rollebesetning["medlem"].medlemskap.get()
    medlemskap.til = i_dag() - dt.timedelta(days=1)
    medlemskap.fra = None
    medlemskap.save()
    assert "Du er ikke med i et samarbeid nå" in innhold(som("medlem").get(STI))


@pytest.mark.parametrize("antall", [1, 3])
def test_min_side_koster_høyst_tolv_spørsmål_over_alle_samarbeid(
    som, rollebesetning, antall, django_assert_max_num_queries
):
    medlem = rollebesetning["medlem"]
    for _ in range(antall):
        gruppe = GruppeFactory(navn="")
        gruppe.nivaer.add(NivaFactory(samarbeid=gruppe.samarbeid, navn=f"Nivået i {gruppe.samarbeid}"))
        plass = PlassFactory(gruppe=gruppe)
        MedlemskapFactory(plass=plass, person=medlem)
        RolletildelingFactory(samarbeid=gruppe.samarbeid, person=medlem)
        EnhetskontaktFactory(enhet=EnhetFactory(samarbeid=gruppe.samarbeid), person=medlem)
        for _ in range(antall):
            AnsvarFactory(tiltak=TiltakFactory(samarbeid=gruppe.samarbeid), plass=plass)
            MoteFactory(gruppe=gruppe, start=naa() + dt.timedelta(days=2))
            OppfolgingFactory(gruppe=gruppe, eier_person=medlem)
    nettleser = som("medlem")
    with django_assert_max_num_queries(12):
        html = innhold(nettleser.get(STI))
    assert html.count("Nivået i") >= 2 * antall
    assert html.count('class="mitt"') == antall + 1


def test_siden_spør_om_det_som_mangler_status_og_svaret_er_ett_trykk_unna(som, rollebesetning):
    plan = HandlingsplanFactory(samarbeid=rollebesetning.samarbeid)
    forfalt = TiltakFactory(plan=plan, tittel="Ungdata", frist=i_dag() - dt.timedelta(days=1))
    svart = TiltakFactory(plan=plan, tittel="Natteravner", startet=i_dag())
    for tiltak in (forfalt, svart):
        AnsvarFactory(tiltak=tiltak, gruppe=rollebesetning.gruppe)
    StatusmeldingFactory(tiltak=svart, meldt=naa())
    html = innhold(som("medlem").get(STI))
    assert "Hvordan går det med «Ungdata»?" in html
    assert "Hvordan går det med «Natteravner»?" not in html
    assert html.count("?status=") == 4
    for tiltak in (forfalt, svart):
        assert f'href="{reverse("tiltak:status", args=[plan.samarbeid.slug, tiltak.pk])}"' in html


def test_den_som_har_en_plass_svarer_om_den_kommer_med_ett_trykk(som, rollebesetning):
    gruppe = rollebesetning.gruppe
    snart = MoteFactory(gruppe=gruppe, start=naa() + dt.timedelta(days=4), sted="Rådhuset")
    MoteFactory(gruppe=gruppe, start=naa() + dt.timedelta(days=60))  # not asked about so early
    medlem = som("medlem")
    adresse = reverse("moter:svar", args=[gruppe.samarbeid.slug, snart.pk])

    assert re.findall(r'action="([^"]*/svar/)"', innhold(medlem.get(STI))) == [adresse]
    svar = medlem.post(adresse, {"fra": "min_side", "svar": "kan_ikke"}, follow=True)
    assert svar.redirect_chain == [(STI, 302)]
    assert "Takk! Du står som «kan ikke»." in innhold(svar)
    assert "Rådhuset. Du kan ikke" in innhold(svar)
    assert adresse not in innhold(svar)
    assert snart.deltakelser.get().person == rollebesetning["medlem"]


def test_den_uten_plass_i_gruppa_blir_ikke_spurt(som, rollebesetning):
    MoteFactory(gruppe=rollebesetning.gruppe, start=naa() + dt.timedelta(days=4))
    assert "Jeg kan ikke" not in innhold(som("koordinator").get(STI))
