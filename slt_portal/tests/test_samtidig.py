"""Two people save the same form: the second sees what the first changed, keeps what she typed, and chooses."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import connection
from django.forms import ModelForm
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from felles.samtidig import Samtidig
from moter.factories import MoteFactory, SakFactory
from organisering.factories import (
    ArshjulpunktFactory,
    EnhetFactory,
    MandatpunktFactory,
    MedlemskapFactory,
    MotekravFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
)
from organisering.models import Enhet, Person
from tiltak.factories import AnsvarFactory, DelpunktFactory, HandlingsplanFactory, TiltakFactory

pytestmark = pytest.mark.django_db
NOEN_ANDRE = "Noen andre lagret mens du skrev."


@pytest.fixture
def par(rollebesetning):
    """Two coordinators, each in a browser of her own."""
    kari = PersonFactory(navn="Kari Nordmann")
    RolletildelingFactory(samarbeid=rollebesetning.samarbeid, person=kari)
    en, to = Client(), Client()
    en.force_login(kari)
    to.force_login(rollebesetning["koordinator"])
    return SimpleNamespace(en=en, to=to, samarbeid=rollebesetning.samarbeid, gruppe=rollebesetning.gruppe)


def felter(svar):
    """What the browser would send back if nothing were typed."""
    form = svar.context["form"]
    if hasattr(form, "management_form"):
        sendt = {felt.html_name: felt.value() for felt in form.management_form}
        return sendt | {felt.html_name: _verdi(felt) for rad in form for felt in rad}
    return {felt.html_name: _verdi(felt) for felt in form}


def _verdi(felt):
    verdi = felt.value()
    return "" if verdi is None or verdi is False else getattr(verdi, "pk", verdi)


def valg(form, felt, hvem):
    [endring] = [en for en in form.endret_imens if en.navn.endswith(felt)]
    return {endring.navn: getattr(endring, hvem)}


@pytest.fixture
def tiltak(par):
    return TiltakFactory(plan=HandlingsplanFactory(samarbeid=par.samarbeid), tittel="Natteravner", beskrivelse="Før")


@pytest.fixture
def sti(tiltak):
    return reverse("tiltak:rediger", args=[tiltak.samarbeid.slug, tiltak.pk])


def test_den_andre_ser_hva_som_er_endret_og_velger(par, tiltak, sti):
    mine, hennes = felter(par.to.get(sti)), felter(par.en.get(sti))
    assert par.en.post(sti, hennes | {"tittel": "Natteravnene", "frist": "9.12.2026"}).status_code == 302
    mine |= {"tittel": "Ravnene i natt", "beskrivelse": "Mine ord"}
    svar = par.to.post(sti, mine)
    side, form = svar.content.decode(), svar.context["form"]
    assert NOEN_ANDRE in side
    assert "Endret av Kari Nordmann" in side
    assert "Før sto det «Natteravner»." in side
    assert "Nå står det «Natteravnene»." in side
    assert "Før var feltet tomt." in side
    assert "Nå står det «9.\u00a0desember 2026»." in side
    assert (form["tittel"].value(), form["beskrivelse"].value()) == ("Ravnene i natt", "Mine ord")
    tiltak.refresh_from_db()
    assert (tiltak.tittel, tiltak.beskrivelse) == ("Natteravnene", "Før")
    assert [en.valgt == en.deres for en in form.endret_imens] == [False, True]  # what she never touched is kept
    mine |= valg(form, "tittel", "min") | valg(form, "frist", "deres")
    assert par.to.post(sti, mine).status_code == 302
    tiltak.refresh_from_db()
    assert (tiltak.tittel, tiltak.beskrivelse, str(tiltak.frist)) == ("Ravnene i natt", "Mine ord", "2026-12-09")


def test_uten_valg_lagres_ingenting_og_et_valg_gjelder_bare_det_hun_sa(par, tiltak, sti):
    mine = felter(par.to.get(sti)) | {"tittel": "Mitt"}
    par.en.post(sti, felter(par.en.get(sti)) | {"tittel": "Hennes"})
    svar = par.to.post(sti, mine)
    assert NOEN_ANDRE in par.to.post(sti, mine).content.decode()
    mine |= valg(svar.context["form"], "tittel", "min")
    par.en.post(sti, felter(par.en.get(sti)) | {"tittel": "Hennes igjen"})
    assert "Nå står det «Hennes igjen»." in par.to.post(sti, mine).content.decode()
    tiltak.refresh_from_db()
    assert tiltak.tittel == "Hennes igjen"


def test_det_samme_skjemaet_to_ganger_er_ingen_konflikt(par, tiltak, sti):
    mine = felter(par.to.get(sti)) | {"tittel": "Nytt", "kostnad": "kr 10.000,-", "beskrivelse": "a\r\nb"}
    assert [par.to.post(sti, mine).status_code for _nr in range(2)] == [302, 302]


def test_det_andre_felt_som_er_endret_til_det_samme_stanser_ikke(par, tiltak, sti):
    mine = felter(par.to.get(sti)) | {"tittel": "Likt"}
    par.en.post(sti, felter(par.en.get(sti)) | {"tittel": "Likt"})
    assert par.to.post(sti, mine | {"beskrivelse": "Nytt"}).status_code == 302


def test_et_merke_noen_har_skrevet_selv_lagrer_ikke(par, tiltak, sti):
    mine = felter(par.to.get(sti)) | {"tittel": "Nytt", "sett_verdier": "noe annet"}
    assert "Siden var for gammel" in par.to.post(sti, mine).content.decode()


def sider(par, tiltak):
    """Every page that edits a row: its address, a field, and what two people write in it."""
    slug, mote = par.samarbeid.slug, MoteFactory(gruppe=par.gruppe)
    ansvar = AnsvarFactory(tiltak=tiltak, kildeord="Skolen")
    DelpunktFactory(tiltak=tiltak, tekst="Kurs")
    MandatpunktFactory(gruppe=par.gruppe)
    punkt = ArshjulpunktFactory(samarbeid=par.samarbeid, nar="dato", dag=1, maned=4)
    krav, enhet = MotekravFactory(gruppe=par.gruppe), EnhetFactory(samarbeid=par.samarbeid)
    return {
        "tiltak:delpunkter": ([slug, tiltak.pk], "delpunkter-0-tekst", "Kurs i mai", "Kurs i juni"),
        "tiltak:ansvar_endre": ([slug, tiltak.pk, ansvar.pk], "kildeord", "Skolene", "Alle skolene"),
        "tiltak:plan_rediger": ([slug, tiltak.plan_id], "navn", "Planen", "Planen vår"),
        "moter:sak_endre": ([slug, SakFactory(gruppe=par.gruppe, mote=mote).pk], "tittel", "Sommer", "Sommerfest"),
        "moter:flytt": ([slug, mote.pk], "sted", "Rådhuset", "Skolen"),
        "moter:referat": ([slug, mote.pk], "referat", "Alle møtte.", "Alle var der."),
        "organisering:gruppe_endre": ([slug, par.gruppe.pk], "beskrivelse", "Hennes", "Mitt"),
        "organisering:plass_endre": ([slug, par.gruppe.plasser.first().pk], "tittel", "Rektor", "Rektorene"),
        "organisering:mandat": ([slug, par.gruppe.pk], "mandatpunkter-0-ordlyd", "Sikre.", "Sikre samarbeid."),
        "organisering:verv": ([slug, par.gruppe.pk], "verv-0-rotasjon", "Hvert år", "Hvert halvår"),
        "organisering:krav_endre": ([slug, krav.pk], "ordlyd", "To møter.", "Minst to møter."),
        "organisering:enhet_endre": ([slug, enhet.pk], "aliaser", "skolen", "skolene"),
        "organisering:punkt_endre": ([slug, punkt.pk], "dato", "1.12.", "1.11."),
        "organisering:oppsett": ([slug], "ingress", "Vi forebygger.", "Vi samordner."),
    }


def test_alle_sidene_som_retter_en_rad_sier_fra(par, tiltak):
    for navn, (nokler, felt, hennes, mitt) in sider(par, tiltak).items():
        adresse = reverse(navn, args=nokler)
        rett = {"hva": "rett"} if navn.endswith("krav_endre") else {}
        mine = felter(par.to.get(adresse)) | rett | {felt: mitt}
        assert par.en.post(adresse, felter(par.en.get(adresse)) | rett | {felt: hennes}).status_code == 302, navn
        svar = par.to.post(adresse, mine)
        side = svar.content.decode()
        assert (NOEN_ANDRE in side, f"Nå står det «{hennes}»." in side, mitt in side) == (True, True, True), navn
        form = svar.context["form"]
        form = form.forms[0] if hasattr(form, "management_form") else form
        assert par.to.post(adresse, mine | valg(form, felt.rpartition("-")[2], "min")).status_code == 302, navn


def admin(navn, pk):
    return reverse(f"admin:organisering_{navn}_change", args=[pk])


def adminfelter(svar):
    form = svar.context["adminform"].form
    sett = {felt.html_name: felt.value() for rader in svar.context["inline_admin_formsets"] for felt in
            rader.formset.management_form}  # fmt: skip
    return {felt.html_name: _verdi(felt) for felt in form} | sett


def test_django_admin_sier_fra_paa_samme_vis(par):
    adresse = admin("enhet", EnhetFactory(samarbeid=par.samarbeid, navn="Skolen").pk)
    mine = adminfelter(par.to.get(adresse)) | {"navn": "Min skole"}
    par.en.post(adresse, adminfelter(par.en.get(adresse)) | {"navn": "Hennes skole"})
    svar = par.to.post(adresse, mine)
    side, form = svar.content.decode(), svar.context["adminform"].form
    assert "Endret av Kari Nordmann" in side
    assert "Nå står det «Hennes skole»." in side
    assert form["navn"].value() == "Min skole"
    assert par.to.post(adresse, mine | valg(form, "navn", "min")).status_code == 302


def test_ny_person_i_admin_beholder_det_skrevne_naar_plassen_er_tatt(par):
    plass = MedlemskapFactory(plass=PlassFactory(gruppe=par.gruppe)).plass
    sendt = {"navn": "Ny Nordmann", "telefon": "22 33 44 55", "sprak": "", "plass": plass.pk, "fra": "2026-11-01"}
    svar = par.to.post(reverse("admin:organisering_person_add"), sendt)
    form = svar.context["adminform"].form
    assert "Plassen er alt besatt" in " ".join(form.errors["plass"])
    assert (form["navn"].value(), form["telefon"].value()) == ("Ny Nordmann", "22 33 44 55")
    assert not Person.objects.filter(navn="Ny Nordmann").exists()


def test_en_enhet_kan_ikke_ligge_under_seg_selv_i_flere_ledd(par):
    a, b = (EnhetFactory(samarbeid=par.samarbeid, navn=navn) for navn in "ab")
    Enhet.objects.filter(pk=b.pk).update(overordnet=a)
    svar = par.to.post(admin("enhet", a.pk), adminfelter(par.to.get(admin("enhet", a.pk))) | {"overordnet": b.pk})
    assert list(svar.context["adminform"].form.errors) == ["overordnet"]


# Addresses that hold another row's key, or a row that nobody else writes.
IKKE_ENDRING = {"avlys", "forslag_ny", "meg", "ansvar", "sak_ny", "sak_ny_i_ko", "meld"}


def _skjemasider(monstre, rute=""):
    for monster in monstre:
        sti = rute + str(monster.pattern)
        if isinstance(monster, URLResolver):
            yield from _skjemasider(monster.url_patterns, sti)
        elif (klasse := getattr(monster.callback, "view_class", None)) and "<int:pk>" in sti:
            skjema = getattr(klasse, "form_class", None) or getattr(klasse, "radskjema", None)
            if isinstance(skjema, type) and issubclass(skjema, ModelForm) and monster.name not in IKKE_ENDRING:
                yield monster.name, klasse, skjema


def test_hver_side_som_retter_en_rad_laaser_den_og_sammenligner():
    sider = list(_skjemasider(get_resolver().url_patterns))
    assert len(sider) > 15
    assert [navn for navn, _klasse, skjema in sider if not issubclass(skjema, Samtidig)] == []
    assert [navn for navn, klasse, _skjema in sider if not hasattr(klasse.post, "__wrapped__")] == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_av_seks_som_lagrer_i_samme_oyeblikk_far_en_lagret_og_resten_se_det(par, tiltak, sti):
    startskudd, skjema = Barrier(6), felter(par.to.get(sti))
    nettlesere = [Client() for _nr in range(6)]
    for nettleser in nettlesere:
        nettleser.cookies = par.to.cookies.copy()

    def lagre(nr):
        startskudd.wait(timeout=30)
        try:
            return nettlesere[nr].post(sti, skjema | {"tittel": f"Nummer {nr}"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as trader:
        assert sorted(trader.map(lagre, range(6))) == [200, 200, 200, 200, 200, 302]
