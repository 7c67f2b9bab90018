"""What `last_eksempel` does: twice is once, people's changes stand, invented things are marked, logins work."""

import datetime as dt
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from felles.modeller import Eksempelmerket
from felles.tid import OSLO, oslo_dato
from moter.models import Deltakelse, Mote, Oppfolging, Sak, Vedtak
from organisering.models import Gruppe, Kommune, Person, Plass, Samarbeid, TidligereSlug
from slt_portal.eksempel import aktivitet, kalender
from slt_portal.eksempel.laster import les
from slt_portal.vegger import egne_modeller, rader_over_veggen
from tiltak.models import Planutgave, Statusmelding, Tiltak

pytestmark = pytest.mark.django_db


def kjor(**valg):
    ut = StringIO()
    call_command("last_eksempel", stdout=ut, stderr=ut, **valg)
    return ut.getvalue()


@pytest.fixture
def demo(settings, monkeypatch):
    """A machine that may have demo logins, with a password of its own."""
    settings.LOKAL = True
    monkeypatch.setenv("SLT_DEMO_PASSORD", "fjell-og-fjord-7")


def antall():
    """Rows by model, history included."""
    return Counter({modell._meta.label: modell._base_manager.count() for modell in egne_modeller()})


# Twice is once


def test_to_ganger_gir_det_samme_ogsa_i_historien(demo):
    kjor(aktivitet=True, demo_brukere=True)
    forst = antall()
    assert kjor(aktivitet=True, demo_brukere=True).count("finnes, lar det stå") == 2
    assert antall() == forst


def test_folks_endringer_far_sta():
    kjor()
    plass = Plass.objects.get(gruppe__navn="Koordineringsgruppe", tittel="NAV")
    plass.tittel = "NAV Land"
    plass.save()
    Tiltak.objects.get(nummer=12).delete()
    forst = antall()
    kjor()
    assert antall() == forst
    assert Plass.objects.get(pk=plass.pk).tittel == "NAV Land"
    assert not Tiltak.objects.filter(nummer=12).exists()


@pytest.mark.parametrize("med_gammel_adresse", [True, False])
def test_et_samarbeid_som_har_flyttet_kommer_ikke_igjen(med_gammel_adresse):
    kjor()
    rana = Samarbeid.objects.get(slug="rana")
    rana.slug = "rana-og-omegn"
    rana.save()
    if med_gammel_adresse:
        TidligereSlug.objects.create(samarbeid=rana, slug="rana")
    kjor()
    assert set(Samarbeid.objects.values_list("slug", flat=True)) == {"nordre-land", "rana-og-omegn"}


def test_en_kommune_som_finnes_brukes():
    Kommune.objects.create(navn="Rana kommune", kommunenummer="1833")
    kjor()
    assert Kommune.objects.get(kommunenummer="1833").navn == "Rana kommune"


def test_feil_i_en_rad_gir_ingen_rader(monkeypatch):
    odelagt = les("samarbeid")
    odelagt["rana"]["motekrav"] = [{"gruppe": "Finnes ikke", "slag": "ord"}]
    monkeypatch.setattr("slt_portal.management.commands.last_eksempel.les", lambda mappe: odelagt)
    with pytest.raises(CommandError, match="Finner ikke gruppe «Finnes ikke» i Rana."):
        kjor()
    assert list(Samarbeid.objects.values_list("slug", flat=True)) == ["nordre-land"]


# Invented activity


def test_uten_aktivitet_er_ingenting_oppdiktet():
    kjor()
    for modell in (Mote, Sak, Deltakelse, Oppfolging, Statusmelding):
        assert not modell.objects.exists()
    assert not Vedtak.objects.filter(eksempel=True).exists()


def test_alt_oppdiktet_er_merket_som_eksempel(demo):
    kjor(aktivitet=True, demo_brukere=True)
    fakta = Vedtak.objects.filter(tekst__in=[rad["tekst"] for rad in les("samarbeid")["nordre-land"]["vedtak"]])
    assert fakta.count() == 2
    for modell in Eksempelmerket.__subclasses__():
        umerket = modell._base_manager.filter(eksempel=False)
        assert set(umerket) == (set(fakta) if modell is Vedtak else set()), modell


def test_oppdiktet_aktivitet_som_folk_har_slettet_kommer_ikke_igjen():
    kjor(aktivitet=True)
    for modell in (Oppfolging, Vedtak, Deltakelse, Statusmelding):
        modell.objects.filter(eksempel=True).delete()
    Sak.objects.filter(loftet_fra__isnull=False).delete()
    Sak.objects.all().delete()
    Mote.objects.all().delete()
    kjor(aktivitet=True)
    assert not Mote.objects.exists()


def test_aktivitet_om_noe_som_er_borte_legges_ikke_til_og_stopper_ikke_resten():
    kjor()
    Gruppe.objects.filter(navn="Koordineringsgruppe").update(navn="Samarbeidsgruppa")
    assert "Nordre Land: aktiviteten er ikke lagt til. Finner ikke gruppe «Koordineringsgruppe»" in kjor(aktivitet=True)
    assert set(Mote.objects.values_list("samarbeid__slug", flat=True)) == {"rana"}


DAGER = [
    dt.date(2026, 11, 22),
    dt.date(2026, 12, 31),
    dt.date(2027, 1, 1),
    dt.date(2027, 3, 29),
    dt.date(2027, 7, 5),
    dt.date(2028, 2, 29),
]


@pytest.mark.parametrize("pr", DAGER, ids=str)
def test_aktiviteten_er_til_a_tro_hvilken_dag_det_enn_er(pr):
    kjor()
    naa = dt.datetime.combine(pr, dt.time(8, 0), tzinfo=OSLO)
    for slug, innhold in les("aktivitet").items():
        assert aktivitet.last(Samarbeid.objects.get(slug=slug), innhold, naa=naa)
    for mote in Mote.objects.all():
        start, slutt = mote.start.astimezone(OSLO), mote.slutt.astimezone(OSLO)
        assert kalender.arbeidsdag(start.date(), pr) == start.date()
        assert dt.time(9) <= start.time() < slutt.time() <= dt.time(15)
        assert mote.holdt is None or mote.slutt <= naa
    tilstander = {mote.tilstand(naa) for mote in Mote.objects.all()}
    assert tilstander == {"holdt", "planlagt", "avlyst", "ubekreftet"}
    assert not Statusmelding.objects.filter(meldt__date__gt=pr).exists()
    assert not Oppfolging.objects.filter(gjort__gt=pr).exists()
    assert rader_over_veggen() == []


def aktivitet_22_november():
    kjor()
    nl = Samarbeid.objects.get(slug="nordre-land")
    naa = dt.datetime(2026, 11, 22, 12, 0, tzinfo=OSLO)
    aktivitet.last(nl, les("aktivitet")["nordre-land"], naa=naa)
    return naa


def test_styringsgruppa_mangler_hostmotet_og_koordineringsgruppa_er_i_rute():
    aktivitet_22_november()
    styring = Mote.objects.filter(gruppe__er_styringsgruppe=True, start__year=2026)
    assert [(oslo_dato(m.start).month <= 6, m.avlyst is not None) for m in styring] == [(True, False), (False, True)]
    i_ar = Mote.objects.filter(gruppe__navn="Koordineringsgruppe", avlyst=None, start__year=2026)
    assert (i_ar.holdte().count(), i_ar.count()) == (5, 6)


def test_pengene_i_ar_er_4000_og_2500_og_det_tredje_er_loftet():
    aktivitet_22_november()
    gruppe = Gruppe.objects.get(navn="Koordineringsgruppe")
    assert sorted(gruppe.vedtak.i_rammen(2026).values_list("belop", flat=True)) == [2500, 4000]
    loftet = gruppe.vedtak.get(slag="tilradd")
    assert [(str(s.gruppe), s.mote, s.loftet_fra) for s in loftet.sak.loftet_til.all()] == [
        ("Styringsgruppe/politiråd", None, loftet.sak)
    ]


def test_aktiviteten_reviderer_ikke_planen():
    aktivitet_22_november()
    utgave = Planutgave.objects.get()
    assert (utgave.avlost, utgave.plan.gjennomganger.count()) == (None, 0)


# Demo logins

BRUKERE = {
    "koordinator@nordre-land.example": {("koordinator", ""), ("plass", "SLT koordinator")},
    "politikontakt@nordre-land.example": {("plass", "Politikontakt"), ("kontakt", "Politiet")},
    "ordforer@nordre-land.example": {("plass", "Ordfører")},
    "rektor@nordre-land.example": {("plass", "Representanter fra skolene"), ("kontakt", "Skole")},
    "administrator@nordre-land.example": {("administrator", "")},
    "koordinator@rana.example": {("koordinator", ""), ("plass", "SLT-koordinator")},
    "admin@slt.example": set(),
}


def test_demobrukerne_har_roller_og_plasser_fra_nyttar(demo):
    kjor(demo_brukere=True)
    funnet = {}
    for person in Person.objects.all():
        funnet[person.epost] = (
            {(rolle.rolle, "") for rolle in person.roller.all()}
            | {("plass", m.plass.tittel) for m in person.medlemskap.all()}
            | {("kontakt", k.enhet.navn) for k in person.enhetskontakter.all()}
        )
        rader = [*person.roller.all(), *person.medlemskap.all(), *person.enhetskontakter.all()]
        assert {rad.fra for rad in rader} <= {dt.date(2026, 1, 1)}
    assert funnet == BRUKERE
    assert [p.epost for p in Person.objects.filter(is_superuser=True)] == ["admin@slt.example"]


def test_koordinatorene_fyller_postene_og_sitter_i_gruppene(demo):
    kjor(demo_brukere=True)
    for epost, grupper in (
        ("koordinator@nordre-land.example", {"Styringsgruppe/politiråd", "Koordineringsgruppe"}),
        ("koordinator@rana.example", {"Koordineringsgruppen", "Utførergruppen"}),
    ):
        person = Person.objects.get(epost=epost)
        assert person.roller.get().koordinatorpost is not None
        assert {m.plass.gruppe.navn for m in person.medlemskap.all()} == grupper


def test_alle_kommer_inn_med_det_ene_passordet_som_skrives_sist(demo, client):
    linjer = kjor(demo_brukere=True).splitlines()
    assert linjer[-1] == "passord: fjell-og-fjord-7"
    for epost in BRUKERE:
        svar = client.post("/konto/login/", {"login": epost, "password": "fjell-og-fjord-7"})
        assert (svar.status_code, svar.url) == (302, "/min-side/")
        client.logout()


def test_nytt_passord_gjelder_alle_men_roller_folk_har_fjernet_kommer_ikke_igjen(demo, monkeypatch):
    kjor(demo_brukere=True)
    Person.objects.get(epost="ordforer@nordre-land.example").medlemskap.all().delete()
    monkeypatch.setenv("SLT_DEMO_PASSORD", "en-helt-annen-vei")
    kjor(demo_brukere=True)
    assert all(person.check_password("en-helt-annen-vei") for person in Person.objects.all())
    assert not Person.objects.get(epost="ordforer@nordre-land.example").medlemskap.exists()


def test_passord_lages_en_gang_og_er_langt_nok(demo, settings, monkeypatch, tmp_path):
    monkeypatch.delenv("SLT_DEMO_PASSORD")
    settings.VAR = tmp_path
    siste = kjor(demo_brukere=True).splitlines()[-1]
    assert kjor(demo_brukere=True).splitlines()[-1] == siste
    assert len(siste.removeprefix("passord: ")) >= 12


def test_en_plass_som_er_borte_nevnes_og_personen_kommer_likevel_inn(demo):
    kjor()
    Plass.objects.get(tittel="Ordfører").delete()
    assert "ordforer@nordre-land.example: Finner ikke plass" in kjor(demo_brukere=True)
    assert Person.objects.filter(epost="ordforer@nordre-land.example").exists()


def test_demobrukere_krever_debug_eller_demo(settings):
    settings.LOKAL = False
    with pytest.raises(CommandError, match="Demobrukere krever DEBUG=1 eller SLT_DEMO=1"):
        kjor(demo_brukere=True)
    assert not Samarbeid.objects.exists()
