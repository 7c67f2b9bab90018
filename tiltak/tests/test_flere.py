"""Many measures are changed at once: ticked, told what, looked over, confirmed."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import i_dag, naa
from felles.unntak import Regelbrudd
from organisering.factories import EnhetFactory
from tiltak.factories import AnsvarFactory, HandlingsplanFactory, MalFactory, TiltakFactory
from tiltak.models import Ansvar, Statusmelding, Tiltak
from tiltak.rules.flere import Flerendring, Hva
from tiltak.services import endre_flere

pytestmark = pytest.mark.django_db
NY_FRIST = dt.date(2030, 6, 1)


@pytest.fixture
def plan(rollebesetning):
    return HandlingsplanFactory(samarbeid=rollebesetning.samarbeid)


@pytest.fixture
def tre(plan):
    """Two that are open, and one that has a rhythm."""
    return [TiltakFactory(plan=plan), TiltakFactory(plan=plan), TiltakFactory(plan=plan, rytme="manedlig")]


@pytest.fixture
def send(som, plan):
    nettleser = som("koordinator")

    def send(tiltak, hva, **felter):
        adresse = reverse("tiltak:flere", args=[plan.samarbeid.slug])
        return nettleser.post(adresse, {"tiltak": [ett.pk for ett in tiltak], "hva": hva, **felter}, follow=True)

    return send


def test_krysset_av_sagt_hva_sett_over_og_bekreftet(send, som, rollebesetning, tre):
    lista = som("koordinator").get(reverse("tiltak:liste", args=[tre[0].samarbeid.slug])).content.decode()
    assert lista.count('form="flere" name="tiltak"') == 3
    fremmed = TiltakFactory(plan=HandlingsplanFactory())
    assert "Gjelder 3 tiltak." in send([*tre, fremmed], "frist").content.decode()
    assert "Ingenting er endret" in send(tre, "frist", svart=1, frist="snart").content.decode()
    side = send(tre, "frist", svart=1, frist="1.6.2030")
    assert [en.tiltak for en in side.context["endres"]] == tre[:2]
    assert [en.ord for en in side.context["utelates"]] == ["Har en rytme, og kan ikke ha frist også."]
    assert "Frist: fra ingen til 1.\u00a0juni 2030" in side.content.decode()
    assert not Tiltak.objects.filter(frist__isnull=False).exists()

    svar = send(tre[:2], "frist", svart=1, frist="1.6.2030", bekreft=1)
    assert "2 tiltak er endret." in svar.content.decode()
    assert [Tiltak.objects.get(pk=ett.pk).frist for ett in tre] == [NY_FRIST, NY_FRIST, None]
    siste = tre[0].history.first()
    assert (siste.history_user, siste.history_change_reason) == (rollebesetning["koordinator"], "Flere endret samtidig")


def test_alt_eller_ingenting(rollebesetning, tre):
    alle = [ett.pk for ett in tre]
    endring = Flerendring(Hva.FRIST, frist=NY_FRIST)
    with pytest.raises(Regelbrudd, match="Har en rytme"):
        endre_flere(tre[0].samarbeid, alle, endring, av=rollebesetning["koordinator"], naa=naa())
    with pytest.raises(Regelbrudd, match="finnes ikke lenger"):
        endre_flere(rollebesetning.fremmed, alle, endring, av=rollebesetning["koordinator"], naa=naa())
    with pytest.raises(Regelbrudd, match="Kryss av"):
        endre_flere(tre[0].samarbeid, [], endring, av=rollebesetning["koordinator"], naa=naa())
    assert not Tiltak.objects.filter(frist__isnull=False).exists()


def test_mal_status_ansvar_og_avslutning(send, rollebesetning, plan, tre):
    mal, skole = MalFactory(samarbeid=plan.samarbeid), EnhetFactory(samarbeid=plan.samarbeid, navn="Skolen")
    tre[0].andre_mal.add(mal)
    AnsvarFactory(tiltak=tre[0], kildeord="FAU", rekkefolge=1)
    send(tre, "mal", svart=1, mal=mal.pk, bekreft=1)
    assert set(Tiltak.objects.values_list("hovedmal", flat=True)) == {mal.pk}
    assert not tre[0].andre_mal.exists()

    for _gang in range(2):  # pressed twice is one report
        send(tre, "status", svart=1, status="i_gang", tekst="Godt i gang", bekreft=1)
    meldinger = Statusmelding.objects.values_list("tiltak", "status", "tekst", "person")
    assert sorted(meldinger) == [(ett.pk, "i_gang", "Godt i gang", rollebesetning["koordinator"].pk) for ett in tre]

    send(tre, "ansvar", svart=1, part=f"enhet-{skole.pk}", bekreft=1)
    nye = Ansvar.objects.filter(enhet=skole).order_by("tiltak")
    assert list(nye.values_list("tiltak", "kildeord", "slag", "rekkefolge")) == [
        (tre[0].pk, "Skolen", "delt", 2),
        (tre[1].pk, "Skolen", "hoved", 1),
        (tre[2].pk, "Skolen", "hoved", 1),
    ]
    assert len(send(tre, "ansvar", svart=1, part=f"enhet-{skole.pk}").context["utelates"]) == 3

    i_morgen = i_dag() + dt.timedelta(days=1)
    assert "fram i tid" in send(tre, "avslutt", svart=1, dato=f"{i_morgen:%d.%m.%Y}", grunn="Ferdig").content.decode()
    send(tre, "avslutt", svart=1, dato=f"{i_dag():%d.%m.%Y}", grunn="Prosjektet er over.", bekreft=1)
    assert set(Tiltak.objects.values_list("avsluttet", "avsluttet_grunn")) == {(i_dag(), "Prosjektet er over.")}
    assert [en.ord for en in send(tre[:1], "status", svart=1, status="gjort").context["utelates"]] == [
        "Er avsluttet, og tar ikke imot status."
    ]


def test_ingen_krysset_av_eller_ukjent_valg_sier_det(send, tre):
    for tiltak, hva in (([], "frist"), (tre, "slett")):
        assert "Kryss av for minst ett tiltak" in send(tiltak, hva).content.decode()


def test_like_mange_sporringer_for_ett_som_for_mange(som, plan, tre, django_assert_max_num_queries):
    nettleser, adresse = som("koordinator"), reverse("tiltak:flere", args=[plan.samarbeid.slug])
    for tiltak in (tre[:1], [*tre, *TiltakFactory.create_batch(3, plan=plan)]):
        with django_assert_max_num_queries(12):
            nettleser.post(adresse, {"tiltak": [ett.pk for ett in tiltak], "hva": "mal", "svart": 1, "mal": ""})
