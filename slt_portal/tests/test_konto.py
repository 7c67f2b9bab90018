"""The way in: log in, stay out, choose a new password, accept an invitation."""

import datetime as dt
import re

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from organisering.factories import PASSORD, PersonFactory, RolletildelingFactory, SamarbeidFactory
from organisering.models import Invitasjon, Person, Rolletildeling
from organisering.services import inviter, opprett_person, trekk_invitasjon
from varsling.models import Epost
from varsling.services import lever

pytestmark = pytest.mark.django_db
LOGIN = "/konto/login/"
NYTT = "multe-og-tyttebær-9"


@pytest.fixture
def person():
    return opprett_person(navn="Kari Nordmann", epost="kari@rana.example", passord=PASSORD)


def logg_inn(client, epost="kari@rana.example", passord=PASSORD, **mer):
    return client.post(LOGIN, {"login": epost, "password": passord, **mer})


def er_inne(client):
    return "_auth_user_id" in client.session


# Log in


def test_innloggingen_har_begge_feltene_i_ett_skjema(client):
    side = client.get(LOGIN).content.decode()
    (skjema,) = re.findall(r'<form[^>]*>.*?name="login".*?</form>', side, re.DOTALL)
    assert 'name="password"' in skjema
    assert 'name="csrfmiddlewaretoken"' in skjema


@pytest.mark.parametrize("epost", ["kari@rana.example", "Kari@Rana.Example", " KARI@RANA.EXAMPLE "])
def test_samme_person_logger_inn_uansett_store_bokstaver(client, person, epost):
    svar = logg_inn(client, epost)
    assert (svar.status_code, svar.url) == (302, "/min-side/")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_den_som_finnes_uten_rad_i_registeret_logger_ogsa_inn(client):
    PersonFactory(epost="ola@rana.example")
    assert logg_inn(client, "Ola@rana.example").url == "/min-side/"


@pytest.mark.parametrize(
    ("neste", "til"),
    [
        ("/konto/meg/", "/konto/meg/"),
        ("https://ond.example/", "/min-side/"),
        ("//ond.example/", "/min-side/"),
        ("javascript:alert(1)", "/min-side/"),
    ],
)
def test_bare_egne_adresser_etter_innlogging(client, person, neste, til):
    assert logg_inn(client, next=neste).url == til


def test_feil_passord_og_ukjent_adresse_far_samme_svar(client, person):
    svar = [logg_inn(client, epost, "feil").content.decode() for epost in ("kari@rana.example", "ukjent@rana.example")]
    assert all("E-postadressen eller passordet er feil." in side for side in svar)
    rene = {re.sub(r'value="[^"]*"', "", side) for side in svar}
    assert len(rene) == 1
    assert not er_inne(client)


def test_stengt_person_far_en_klar_side_og_slipper_ikke_inn(client, person):
    Person.objects.filter(pk=person.pk).update(is_active=False)
    svar = logg_inn(client)
    assert svar.url == "/konto/inactive/"
    assert "stengt" in client.get(svar.url).content.decode().lower()
    assert not er_inne(client)


def test_den_som_stenges_er_ute_med_en_gang(client, person):
    logg_inn(client)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/konto/meg/").url.startswith(LOGIN)


def test_person_uten_passord_eller_adresse_kan_ikke_logge_inn(client):
    opprett_person(navn="Uten passord", epost="uten@rana.example")
    opprett_person(navn="Uten e-post", epost="", passord=PASSORD)
    for epost in ("uten@rana.example", "", "None"):
        logg_inn(client, epost)
        assert not er_inne(client)


def test_den_sjette_gangen_ma_man_vente(client, person):
    for _ in range(5):
        logg_inn(client, passord="feil")
    side = logg_inn(client).content.decode()
    assert "prøvd for mange ganger" in side
    assert not er_inne(client)


def test_for_mange_foresporsler_gir_429_pa_norsk(client):
    svar = [client.post(LOGIN, {"login": f"p{n}@rana.example", "password": "x"}) for n in range(31)][-1]
    assert svar.status_code == 429
    assert "For mange forsøk" in svar.content.decode()


def test_utlogging_bare_med_post(client, person):
    logg_inn(client)
    client.get("/konto/logout/")
    assert er_inne(client)
    assert client.post("/konto/logout/").url == "/"
    assert not er_inne(client)


def test_ingen_registrerer_seg_selv(client):
    for svar in (client.get("/konto/signup/"), client.post("/konto/signup/", {"email": "ny@rana.example"})):
        assert svar.status_code == 403
        assert "Du må bli invitert" in svar.content.decode()
        assert "<form" not in svar.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("sti", ["email", "confirm-email", "confirm-email/x", "password/reset/confirm", "login/code"])
def test_adresser_vi_ikke_bruker_finnes_ikke(client, person, sti):
    logg_inn(client)
    assert client.get(f"/konto/{sti}/").status_code == 404


def test_registeret_over_adresser_har_ingen_side():
    with pytest.raises(NoReverseMatch):
        reverse("account_email")


# Passwords


def test_bytte_av_passord_beholder_okten_og_krever_det_gamle(client, person):
    logg_inn(client)
    data = {"oldpassword": "feil", "password1": NYTT, "password2": NYTT}
    assert "Skriv passordet du har nå." in client.post("/konto/password/change/", data).content.decode()
    client.post("/konto/password/change/", {**data, "oldpassword": PASSORD})
    person.refresh_from_db()
    assert person.check_password(NYTT)
    assert er_inne(client)


def test_nytt_passord_med_e_post(client, person, mailoutbox):
    assert client.post("/konto/password/reset/", {"email": "KARI@rana.example"}).url == "/konto/password/reset/done/"
    lever(timezone.now())
    (melding,) = mailoutbox
    assert (melding.to, melding.subject) == (["kari@rana.example"], "Lag nytt passord til SLT-portalen")
    sti = re.search(r"https://testserver(/konto/password/reset/key/\S+)", melding.body).group(1)
    assert sti not in Epost.objects.get().tekst + Epost.objects.get().html
    videre = client.get(sti)
    assert sti not in videre.url
    client.post(videre.url, {"password1": NYTT, "password2": NYTT})
    person.refresh_from_db()
    assert person.check_password(NYTT)
    assert client.get(sti).status_code == 200  # used: a page that says so
    assert logg_inn(client, passord=NYTT).url == "/min-side/"


def test_ukjent_og_stengt_adresse_far_samme_svar_og_ingen_e_post(client, person):
    PersonFactory(epost="stengt@rana.example", is_active=False)
    svar = []
    for epost in ("kari@rana.example", "ukjent@rana.example", "stengt@rana.example"):
        ett = client.post("/konto/password/reset/", {"email": epost})
        svar.append((ett.status_code, ett.url))
    assert len(set(svar)) == 1
    assert [e.adresse for e in Epost.objects.all()] == ["kari@rana.example"]


def test_lenka_har_portalens_egen_adresse(client, person):
    client.post("/konto/password/reset/", {"email": person.epost}, headers={"host": "localhost"})
    assert "https://testserver/konto/" in Epost.objects.get().tekst


# About me


def test_om_meg_endrer_bare_det_som_er_mitt(client, person):
    assert client.get("/konto/meg/").url == f"{LOGIN}?next=/konto/meg/"
    logg_inn(client)
    assert "kari@rana.example" in client.get("/konto/meg/").content.decode()
    data = {"navn": "Kari N", "telefon": "911 22 333", "stilling": "", "sprak": "nn"}
    client.post("/konto/meg/", {**data, "epost": "annen@rana.example", "is_superuser": "on", "is_active": ""})
    person.refresh_from_db()
    assert (person.navn, person.telefon, person.sprak) == ("Kari N", "911 22 333", "nn")
    assert (person.epost, person.is_superuser, person.is_active) == ("kari@rana.example", False, True)


def test_fodselsnummer_i_navnet_er_en_skjemafeil(client, person):
    logg_inn(client)
    svar = client.post("/konto/meg/", {"navn": "Kari 02013299997", "sprak": ""})
    assert svar.status_code == 200
    assert "inneholder et fødselsnummer" in svar.content.decode()


# Invitations


@pytest.fixture
def samarbeid():
    return SamarbeidFactory(navn="Fjellbygda")


@pytest.fixture
def invitert(samarbeid):
    """Invites an address to read, and gives the invitation and its link."""
    av = RolletildelingFactory(samarbeid=samarbeid, rolle="administrator", person__navn="Ada Admin").person

    def inviter_en(epost):
        rad = inviter(samarbeid, epost=epost, rolle="leser", av=av, naa=timezone.now())
        lenke = re.search(r"https://testserver(/konto/invitasjon/\S+)", Epost.objects.latest("pk").tekst).group(1)
        return rad, lenke

    return inviter_en


def test_lenka_viser_invitasjonen_uten_a_endre_noe(client, invitert):
    _, lenke = invitert("ny@rana.example")
    forste = client.get(lenke)
    assert forste.url == "/konto/invitasjon/"
    side = client.get(forste.url)
    assert forste.headers["Referrer-Policy"] == "no-referrer"
    assert side.headers["Referrer-Policy"] == "same-origin"  # a browser must say where the form comes from
    for svar in (forste, side):
        assert "no-store" in svar.headers["Cache-Control"]
    assert "Bli med i SLT Fjellbygda" in side.content.decode()
    assert "Ada Admin" in side.content.decode()
    assert lenke.split("/")[3] not in side.content.decode()
    assert not Person.objects.filter(epost="ny@rana.example").exists()
    assert Invitasjon.objects.get().besvart is None


def test_ny_person_velger_navn_og_passord_og_er_inne(client, invitert, samarbeid):
    _, lenke = invitert("ny@rana.example")
    client.get(lenke)
    data = {"navn": "Ny Leser", "passord": NYTT, "passord_igjen": NYTT}
    assert client.post("/konto/invitasjon/", data).url == "/min-side/"
    assert er_inne(client)
    assert Rolletildeling.objects.get(person__navn="Ny Leser").rolle == "leser"
    assert client.get(lenke, follow=True).status_code == 410  # used


@pytest.mark.parametrize(
    ("data", "feil"),
    [
        ({"navn": "Ny", "passord": "kort", "passord_igjen": "kort"}, "for kort"),
        ({"navn": "Ny", "passord": NYTT, "passord_igjen": "annet"}, "De to passordene er ikke like."),
        ({"navn": "", "passord": NYTT, "passord_igjen": NYTT}, "Feltet må fylles ut."),
        ({"navn": "Ny 02013299997", "passord": NYTT, "passord_igjen": NYTT}, "fødselsnummer"),
    ],
)
def test_svake_passord_og_tomme_navn_far_norske_feil(client, invitert, data, feil):
    _, lenke = invitert("ny@rana.example")
    client.get(lenke)
    svar = client.post("/konto/invitasjon/", data)
    assert svar.status_code == 200
    assert feil in svar.content.decode()
    assert not Person.objects.filter(epost="ny@rana.example").exists()


def test_kjent_person_logger_inn_og_svarer(client, person, invitert):
    invitasjon, lenke = invitert(person.epost)
    client.get(lenke)
    side = client.get("/konto/invitasjon/").content.decode()
    assert "Du har alt en konto" in side
    client.post("/konto/invitasjon/", {"navn": "x", "passord": NYTT, "passord_igjen": NYTT})
    assert not er_inne(client)
    assert logg_inn(client, next="/konto/invitasjon/").url == "/konto/invitasjon/"
    assert "Ja, jeg blir med" in client.get("/konto/invitasjon/").content.decode()
    assert not person.roller.exists()
    assert client.post("/konto/invitasjon/").url == "/min-side/"
    assert person.roller.get().rolle == "leser"


def test_feil_person_far_en_vennlig_forklaring_og_kan_ikke_svare(client, person, invitert):
    invitasjon, lenke = invitert("ny@rana.example")
    logg_inn(client)
    client.get(lenke)
    side = client.get("/konto/invitasjon/").content.decode()
    assert "Du er logget inn som Kari Nordmann" in side
    assert client.post("/konto/invitasjon/").status_code == 403
    assert not person.roller.exists()


def test_brukte_utlopte_og_trukne_lenker_sier_det(client, person, invitert):
    invitasjon, lenke = invitert("ny@rana.example")
    trekk_invitasjon(invitasjon, naa=timezone.now())
    svar = client.get(lenke, follow=True)
    assert (svar.status_code, "trukket tilbake" in svar.content.decode()) == (410, True)
    invitasjon, lenke = invitert("annen@rana.example")
    Invitasjon.objects.filter(pk=invitasjon.pk).update(utloper=timezone.now() - dt.timedelta(seconds=1))
    svar = client.get(lenke, follow=True)
    assert (svar.status_code, "utløpt" in svar.content.decode()) == (410, True)
    client.logout()
    svar = client.get("/konto/invitasjon/finnes-ikke/")
    assert (svar.status_code, "Lenka virker ikke" in svar.content.decode()) == (404, True)
    assert client.get("/konto/invitasjon/").status_code == 404


def test_kjent_person_uten_passord_velger_det_uten_a_skrive_navnet(client, invitert):
    opprett_person(navn="Kjent Navn", epost="kjent@rana.example")
    _, lenke = invitert("kjent@rana.example")
    client.get(lenke)
    assert 'name="navn"' not in client.get("/konto/invitasjon/").content.decode()
    assert client.post("/konto/invitasjon/", {"passord": NYTT, "passord_igjen": NYTT}).url == "/min-side/"
    assert er_inne(client)
