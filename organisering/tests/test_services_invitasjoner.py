import datetime as dt
import hashlib
import re

import pytest

from felles.tid import OSLO
from felles.unntak import Regelbrudd
from organisering.factories import PersonFactory, PlassFactory, RolletildelingFactory, SamarbeidFactory
from organisering.models import Invitasjon, Medlemskap, Person, Rolletildeling
from organisering.services import finn_invitasjon, godta, inviter, opprett_og_godta, sett_inn, trekk_invitasjon
from varsling.models import Epost, Varsel
from varsling.services import lever

pytestmark = pytest.mark.django_db
NAA = dt.datetime(2026, 6, 1, 9, 0, tzinfo=OSLO)
ADRESSE = "ny@rana.example"


@pytest.fixture
def samarbeid():
    return SamarbeidFactory(funksjonspostkasse="slt@rana.example")


@pytest.fixture
def av(samarbeid):
    return RolletildelingFactory(samarbeid=samarbeid, rolle="administrator").person


def token_i(epost):
    return re.search(r"/konto/invitasjon/([^/\s]+)/", epost.tekst).group(1)


def test_invitasjonen_gar_som_e_post_med_lenke_og_bare_avtrykket_er_lagret(samarbeid, av):
    invitasjon = inviter(samarbeid, epost=" Ny@Rana.example", rolle="leser", av=av, naa=NAA)
    epost = Epost.objects.get()
    token = token_i(epost)
    assert (epost.adresse, epost.straks, epost.svar_til) == (ADRESSE, True, "slt@rana.example")
    assert "https://testserver/konto/invitasjon/" in epost.tekst
    assert token in epost.html
    assert invitasjon.nokkel_hash == hashlib.sha256(token.encode()).hexdigest()
    assert finn_invitasjon(token) == invitasjon
    assert finn_invitasjon(token + "x") is None
    assert invitasjon.utloper == NAA + dt.timedelta(days=14)
    assert token not in "".join(str(v) for v in Varsel.objects.values_list("gjelder", "lenke", "hvorfor", "nokkel"))


def test_lenka_star_ikke_i_e_posten_etter_at_den_er_sendt(samarbeid, av, mailoutbox):
    inviter(samarbeid, epost=ADRESSE, rolle="leser", av=av, naa=NAA)
    token = token_i(Epost.objects.get())
    lever(NAA)
    epost = Epost.objects.get()
    assert epost.tilstand == "sendt"
    assert token in mailoutbox[0].body
    assert token not in epost.tekst + epost.html


def test_kjent_og_ukjent_adresse_gir_samme_svar_og_samme_e_post(samarbeid, av):
    kjent = PersonFactory(navn="Kari Hemmelig")
    for adresse in (kjent.epost, ADRESSE):
        inviter(samarbeid, epost=adresse, rolle="leser", av=av, naa=NAA)
    tekster = {re.sub(r"invitasjon/[^/\s\"]+", "", e.tekst + e.html) for e in Epost.objects.all()}
    assert len(tekster) == 1
    assert "Kari" not in tekster.pop()


def test_samme_adresse_og_rolle_igjen_trekker_den_forrige(samarbeid, av):
    forste = inviter(samarbeid, epost=ADRESSE, rolle="leser", av=av, naa=NAA)
    annen_rolle = inviter(samarbeid, epost=ADRESSE, rolle="koordinator", av=av, naa=NAA)
    igjen = inviter(samarbeid, epost=ADRESSE.upper(), rolle="leser", av=av, naa=NAA)
    apne = set(Invitasjon.objects.filter(trukket__isnull=True))
    assert apne == {annen_rolle, igjen}
    assert forste not in apne
    assert Epost.objects.count() == 2  # the first had not left


def test_en_trukket_invitasjon_kan_ikke_brukes_og_e_posten_som_venter_gar_ikke(samarbeid, av):
    invitasjon = inviter(samarbeid, epost=ADRESSE, rolle="leser", av=av, naa=NAA)
    trekk_invitasjon(invitasjon, naa=NAA)
    assert not Epost.objects.exists()
    with pytest.raises(Regelbrudd, match="gjelder ikke lenger"):
        godta(invitasjon, person=PersonFactory(epost=ADRESSE), naa=NAA)


@pytest.mark.parametrize("dager", [14, 15])
def test_invitasjonen_gjelder_i_fjorten_dager(samarbeid, av, dager):
    invitasjon = inviter(samarbeid, epost=ADRESSE, rolle="leser", av=av, naa=NAA)
    with pytest.raises(Regelbrudd, match="gjelder ikke lenger"):
        godta(invitasjon, person=PersonFactory(epost=ADRESSE), naa=NAA + dt.timedelta(days=dager))


def test_ny_person_velger_navn_og_passord_og_far_rollen(samarbeid, av):
    invitasjon = inviter(samarbeid, epost=ADRESSE, rolle="leser", av=av, naa=NAA)
    person = opprett_og_godta(invitasjon, navn="Ny Leser", passord="blåbær-og-fjell-8", naa=NAA)
    assert (person.navn, person.epost) == ("Ny Leser", ADRESSE)
    assert person.check_password("blåbær-og-fjell-8")
    assert Rolletildeling.objects.get(person=person).fra == NAA.date()
    invitasjon.refresh_from_db()
    assert (invitasjon.besvart, invitasjon.person) == (NAA, person)
    with pytest.raises(Regelbrudd):
        godta(invitasjon, person=person, naa=NAA)


def test_kjent_person_uten_passord_beholder_navnet(samarbeid, av):
    kjent = Person.objects.create_user(ADRESSE, navn="Kjent Navn")
    invitasjon = inviter(samarbeid, epost=ADRESSE, plass=PlassFactory(gruppe__samarbeid=samarbeid), av=av, naa=NAA)
    assert opprett_og_godta(invitasjon, navn="Et annet", passord="blåbær-og-fjell-8", naa=NAA) == kjent
    kjent.refresh_from_db()
    assert kjent.navn == "Kjent Navn"
    assert Medlemskap.objects.get().person == kjent


def test_kjent_person_med_passord_ma_logge_inn(samarbeid, av):
    kjent = PersonFactory(epost=ADRESSE)
    invitasjon = inviter(samarbeid, epost=ADRESSE, rolle="leser", av=av, naa=NAA)
    with pytest.raises(Regelbrudd, match="Logg inn"):
        opprett_og_godta(invitasjon, navn="x", passord="blåbær-og-fjell-8", naa=NAA)
    kjent.refresh_from_db()
    assert not kjent.check_password("blåbær-og-fjell-8")


def test_en_annen_eller_stengt_person_kan_ikke_svare(samarbeid, av):
    invitasjon = inviter(samarbeid, epost=ADRESSE, rolle="leser", av=av, naa=NAA)
    for person in (PersonFactory(), PersonFactory(epost=ADRESSE, is_active=False)):
        with pytest.raises(Regelbrudd, match="annen e-postadresse"):
            godta(invitasjon, person=person, naa=NAA)
    assert not Rolletildeling.objects.filter(rolle="leser").exists()


def test_den_som_har_rollen_fra_for_far_den_ikke_to_ganger(samarbeid, av):
    har = RolletildelingFactory(samarbeid=samarbeid, rolle="leser")
    invitasjon = inviter(samarbeid, epost=har.person.epost, rolle="leser", av=av, naa=NAA)
    assert godta(invitasjon, person=har.person, naa=NAA) == har


def test_plassen_kan_vaere_tatt_i_mellomtida_og_da_star_invitasjonen_apen(samarbeid, av):
    plass, person = PlassFactory(gruppe__samarbeid=samarbeid), PersonFactory()
    invitasjon = inviter(samarbeid, epost=person.epost, plass=plass, av=av, naa=NAA)
    sett_inn(plass, PersonFactory(), fra=NAA.date())
    with pytest.raises(Regelbrudd, match="alt besatt"):
        godta(invitasjon, person=person, naa=NAA)
    invitasjon.refresh_from_db()
    assert invitasjon.besvart is None


@pytest.mark.parametrize(
    "hva", [{}, {"rolle": "superbruker"}, {"rolle": "leser", "plass": True}, {"plass": "fremmed"}, {"epost": "ikke en"}]
)
def test_ugyldige_invitasjoner_avvises(samarbeid, av, hva):
    egen = PlassFactory(gruppe__samarbeid=samarbeid)
    plass = {True: egen, "fremmed": PlassFactory(), None: None}[hva.get("plass")]
    rolle = hva.get("rolle", "" if "epost" not in hva else "leser")
    with pytest.raises(Regelbrudd):
        inviter(samarbeid, epost=hva.get("epost", ADRESSE), rolle=rolle, plass=plass, av=av, naa=NAA)
    assert not Epost.objects.exists()
