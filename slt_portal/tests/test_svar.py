"""Answering from the mail, without an account."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.core.signing import Signer
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from felles.tid import OSLO, naa, oslo_dato
from moter.factories import DeltakelseFactory, MoteFactory, OppfolgingFactory, SakFactory
from moter.models import Deltakelse
from organisering.models import Person
from slt_portal.svar.register import FORMAL
from tiltak.factories import AnsvarFactory, HandlingsplanFactory, TiltakFactory
from tiltak.models import Statusmelding
from varsling.models import Epost, Svarlenke, Varsel, Varselvalg
from varsling.services import adresse, avmeldingslenke, svarlenke, token, utloper

pytestmark = pytest.mark.django_db
FODSELSNUMMER = "02013299997"


@pytest.fixture
def verden(rollebesetning):
    """The medlem answers for a measure, and is asked to a meeting in a week."""
    r = rollebesetning
    r.plass = r["medlem"].medlemskap.get().plass
    plan = HandlingsplanFactory(samarbeid=r.samarbeid, navn="Handlingsplan 2026")
    r.tiltak = TiltakFactory(plan=plan, tittel="Bekymringssamtaler")
    AnsvarFactory(tiltak=r.tiltak, plass=r.plass)
    start = naa() + dt.timedelta(days=7)
    r.mote = MoteFactory(gruppe=r.gruppe, start=start, slutt=start + dt.timedelta(hours=2), sted="Parken")
    return r


def lenke(person, formal, objekt, dager: int = 30) -> str:
    """The path of a new link."""
    hele = svarlenke(person, formal, objekt, naa() + dt.timedelta(days=dager))
    assert hele.startswith(f"{settings.ADRESSE}/svar/")
    return hele.removeprefix(settings.ADRESSE)


@pytest.fixture
def om_status(verden):
    return lenke(verden["medlem"], "status", verden.tiltak)


@pytest.fixture
def om_mote(verden):
    return lenke(verden["medlem"], "mote", verden.mote)


def tilstand() -> tuple:
    return (
        list(Statusmelding.objects.values_list("status", "tekst")),
        list(Deltakelse.objects.values_list("person", "svar")),
        list(Svarlenke.objects.values_list("pk", "brukt", "svar").order_by("pk")),
        Epost.objects.count(),
        Varsel.objects.count(),
    )


class TestStatus:
    def test_forste_trykk_velger_og_andre_sender(self, client, verden, om_status):
        side = client.get(f"{om_status}?svar=trenger_hjelp").content.decode()
        assert "Bekymringssamtaler" in side
        assert 'name="svar" value="trenger_hjelp"' in side
        assert not Statusmelding.objects.exists()

        svar = client.post(om_status, {"svar": "trenger_hjelp", "tekst": "Vi mangler folk."}, follow=True)

        assert svar.redirect_chain == [(f"{om_status}?sendt", 302)]
        assert "Takk! Status er sendt" in svar.content.decode()
        melding = Statusmelding.objects.get()
        assert (melding.person, melding.status, melding.tekst, melding.kanal, melding.ansvar.plass) == (
            verden["medlem"],
            "trenger_hjelp",
            "Vi mangler folk.",
            "epost",
            verden.plass,
        )
        assert melding.history.get().history_user == verden["medlem"]

    def test_hundre_apninger_endrer_ingenting(self, client, om_status, om_mote):
        for_ = tilstand()
        for nr in range(100):
            sti = om_status if nr % 2 else om_mote
            hent = client.head if nr % 3 == 0 else client.get
            assert hent(sti + ("", "?svar=gjort", "?svar=kommer", "?svar=\x00")[nr % 4]).status_code == 200
        assert tilstand() == for_

    def test_siden_trenger_ingen_okt_og_ingen_kapsel_og_sier_fra_til_ingen(self, om_status):
        nettleser = Client(enforce_csrf_checks=True)
        svar = nettleser.get(om_status)
        sendt = nettleser.post(om_status, {"svar": "i_gang"}, headers={"origin": "null"})
        for en in (svar, sendt):
            assert not en.cookies
            assert "no-store" in en["Cache-Control"]
            assert "noindex" in en["X-Robots-Tag"]
            assert en["Referrer-Policy"] == "same-origin"
        assert sendt.status_code == 302
        assert "<script" not in svar.content.decode()

    def test_brukt_lenke_viser_svaret_og_tilbyr_en_ny(self, client, verden, om_status, mailoutbox):
        client.post(om_status, {"svar": "i_gang"})
        igjen = client.post(om_status, {"svar": "gjort"})
        assert [m.status for m in Statusmelding.objects.all()] == ["i_gang"]
        for side in (igjen, client.get(om_status), client.get(f"{om_status}?svar=gjort")):
            assert "Du har alt svart" in side.content.decode()
            assert "Send meg en ny lenke" in side.content.decode()

        svar = client.post(f"{om_status}ny/")
        client.post(f"{om_status}ny/")

        epost = Epost.objects.get()
        assert (epost.adresse, epost.straks) == (verden["medlem"].epost, True)
        assert verden["medlem"].epost not in svar.content.decode()
        assert "/svar/" not in svar.content.decode().replace(om_status, "")
        ny = re.search(r"https://testserver(/svar/[^/]+/)\?svar=gjort", epost.tekst)[1]
        assert ny != om_status
        client.post(ny, {"svar": "gjort"})
        assert [m.status for m in Statusmelding.objects.order_by("pk")] == ["i_gang", "gjort"]

    def test_angre_tar_meldingen_bort_og_apner_lenka_igjen(self, client, om_status):
        client.post(om_status, {"svar": "gjort"})
        side = client.post(f"{om_status}angre/", follow=True).content.decode()
        assert "Hvordan går det?" in side
        assert not Statusmelding.objects.exists()
        client.post(om_status, {"svar": "i_gang"})
        assert Statusmelding.objects.get().status == "i_gang"

    def test_den_som_svarer_for_flere_har_en_valgt_pa_forhand(self, client, verden, om_status):
        AnsvarFactory(tiltak=verden.tiltak, gruppe=verden.gruppe, kildeord="Gruppa")
        side = client.get(f"{om_status}?svar=i_gang").content.decode()
        assert "På vegne av" in side
        valgt = re.search(r'type="radio"[^>]*value="(\d+)"[^>]*checked', side)[1]
        assert verden.tiltak.ansvar.get(pk=valgt).plass == verden.plass

    def test_fortell_mer_legger_til_teksten(self, client, om_status):
        client.post(om_status, {"svar": "i_gang"})
        side = client.post(f"{om_status}mer/", {"tekst": "Tre samtaler i høst."}, follow=True).content.decode()
        assert "Tre samtaler i høst." in side
        assert Statusmelding.objects.get().tekst == "Tre samtaler i høst."
        for daarlig in (FODSELSNUMMER, "a" * 100_000, "nul\x00"):
            svar = client.post(f"{om_status}mer/", {"tekst": daarlig})
            assert "feltfeil" in svar.content.decode()
            assert Statusmelding.objects.get().tekst == "Tre samtaler i høst."

    @pytest.mark.parametrize(
        ("tekst", "setning"),
        [
            (f"Ring {FODSELSNUMMER}", "fødselsnummer"),
            ("a" * 100_000, "Skriv høyst 2000 tegn. Teksten har 100000."),
            ("nul\x00", "usynlig tegn"),
        ],
    )
    def test_tekst_som_ikke_kan_lagres_star_igjen_med_en_setning(self, client, om_status, tekst, setning):
        svar = client.post(om_status, {"svar": "i_gang", "tekst": tekst})
        side = svar.content.decode()
        assert svar.status_code == 200
        assert "Svaret er ikke sendt" in side
        assert setning in side
        assert tekst.replace("\x00", "") in side.replace("\x00", "")
        assert not Statusmelding.objects.exists()

    @pytest.mark.parametrize("slutt", ["plassen", "tiltaket", "personen", "samarbeidet"])
    def test_lenka_slutter_a_virke_nar_det_den_gjelder_er_over(self, client, verden, om_status, slutt):
        i_gar = oslo_dato(naa()) - dt.timedelta(days=1)
        match slutt:
            case "plassen":
                verden["medlem"].medlemskap.update(til=i_gar)
            case "tiltaket":
                verden.tiltak.avsluttet, verden.tiltak.avsluttet_grunn = i_gar, "Slutt"
                verden.tiltak.save()
            case "personen":
                Person.objects.filter(pk=verden["medlem"].pk).update(is_active=False)
            case "samarbeidet":
                type(verden.samarbeid).objects.filter(pk=verden.samarbeid.pk).update(slutt=i_gar)
        assert client.get(om_status).status_code == 410
        assert client.post(om_status, {"svar": "i_gang"}).status_code == 410
        assert client.post(f"{om_status}ny/").status_code == 410
        assert (Statusmelding.objects.count(), Epost.objects.count()) == (0, 0)

    def test_utlopt_lenke_sier_det_og_tilbyr_en_ny(self, client, verden):
        sti = lenke(verden["medlem"], "status", verden.tiltak, dager=-1)
        svar = client.get(f"{sti}?svar=i_gang")
        assert svar.status_code == 410
        assert "Lenka er utløpt" in svar.content.decode()
        assert client.post(sti, {"svar": "i_gang"}).status_code == 410
        assert not Statusmelding.objects.exists()
        client.post(f"{sti}ny/")
        assert Epost.objects.get().adresse == verden["medlem"].epost


class TestMote:
    def test_svaret_star_pa_motet_og_det_neste_tar_plassen_dets(self, client, verden, om_mote):
        client.post(om_mote, {"svar": "kommer"})
        rad = Deltakelse.objects.get()
        assert (rad.person, rad.svar, rad.kanal, rad.plass) == (verden["medlem"], "kommer", "epost", verden.plass)

        side = client.post(om_mote, {"svar": "kan_ikke"}, follow=True).content.decode()
        assert "Du kan ikke" in side
        assert Deltakelse.objects.get().svar == "kan_ikke"
        client.force_login(verden["koordinator"])
        assert "Forfall: medlem." in client.get(verden.mote.get_absolute_url()).content.decode()

        client.logout()
        client.post(f"{om_mote}angre/")
        assert Deltakelse.objects.get().svar == "kommer"

    @pytest.mark.parametrize("hva", ["avlyst", "holdt", "over"])
    def test_etter_motet_er_lenka_over(self, client, verden, om_mote, hva):
        if hva == "over":
            verden.mote.start, verden.mote.slutt = naa() - dt.timedelta(hours=3), naa() - dt.timedelta(hours=1)
        else:
            setattr(verden.mote, hva, naa())
        verden.mote.save()
        assert client.get(om_mote).status_code == 410
        assert client.post(om_mote, {"svar": "kommer"}).status_code == 410
        assert not Deltakelse.objects.exists()

    def test_en_gjest_uten_plass_kan_svare_og_en_annen_kan_ikke(self, client, verden):
        DeltakelseFactory(mote=verden.mote, person=verden["uten_plass"], plass=None)
        sti = lenke(verden["uten_plass"], "mote", verden.mote)
        assert client.post(sti, {"svar": "kommer"}).status_code == 302
        assert client.get(lenke(verden["utenforstaende"], "mote", verden.mote)).status_code == 410


class TestOppgaver:
    def test_oppgaven_er_gjort_og_kan_angres(self, client, verden):
        oppgave = OppfolgingFactory(gruppe=verden.gruppe, eier_plass=verden.plass, frist=dt.date(2026, 12, 1))
        sti = lenke(verden["medlem"], "oppfolging", oppgave)
        assert oppgave.tekst in client.get(f"{sti}?svar=gjort").content.decode()
        assert "Oppgaven er gjort" in client.post(sti, {"svar": "gjort"}, follow=True).content.decode()
        oppgave.refresh_from_db()
        assert oppgave.gjort == oslo_dato(naa())
        client.post(f"{sti}angre/")
        oppgave.refresh_from_db()
        assert oppgave.gjort is None
        assert client.get(lenke(verden["kontakt"], "oppfolging", oppgave)).status_code == 410

    def test_oppgaven_fra_en_lukket_sak_er_ikke_for_den_som_er_inhabil(self, client, verden):
        sak = SakFactory(gruppe=verden.gruppe, mote=verden.mote)
        oppgave = OppfolgingFactory(gruppe=verden.gruppe, eier_plass=verden.plass, sak=sak)
        DeltakelseFactory(mote=verden.mote, person=verden["medlem"]).inhabil_i.add(sak)
        assert client.get(lenke(verden["medlem"], "oppfolging", oppgave)).status_code == 410

    def test_motet_markeres_som_holdt_av_den_som_leder(self, client, verden):
        verden.mote.start, verden.mote.slutt = naa() - dt.timedelta(hours=3), naa() - dt.timedelta(hours=1)
        verden.mote.save()
        sti = lenke(verden["leder"], "mote_holdt", verden.mote)
        client.post(sti, {"svar": "holdt"})
        verden.mote.refresh_from_db()
        assert verden.mote.holdt is not None
        client.post(f"{sti}angre/")
        verden.mote.refresh_from_db()
        assert verden.mote.holdt is None
        assert client.post(lenke(verden["medlem"], "mote_holdt", verden.mote), {"svar": "holdt"}).status_code == 410


def test_en_sak_uten_sporsmal_kan_ses_til_tilknytningen_er_over(client, verden):
    varsel = Varsel.objects.create(
        samarbeid=verden.samarbeid,
        person=verden["medlem"],
        nokkel="se",
        regel="revisjon",
        gjelder="Planen skal revideres",
        hvorfor="Fristen er i dag.\n\n«Hvert annet år.»\nPlanen, s. 4",
        lenke="/fjellbygd/planer/1/",
    )
    sti = lenke(verden["medlem"], "varsel", varsel)
    side = client.get(sti).content.decode()
    for ord_ in ("Planen skal revideres", "Fristen er i dag.", "«Hvert annet år.»", "/fjellbygd/planer/1/"):
        assert ord_ in side
    verden["medlem"].medlemskap.update(til=oslo_dato(naa()) - dt.timedelta(days=1))
    assert client.get(sti).status_code == 410


def test_neste_sporsmal_fra_samme_e_post_kommer_pa_kvitteringen(client, verden):
    epost = Epost.objects.create(
        person=verden["medlem"], adresse="a@slt.example", dag=naa().date(), message_id="<1@slt.example>", emne="To ting"
    )
    lenker = []
    for formal, objekt in (("status", verden.tiltak), ("mote", verden.mote)):
        varsel = Varsel.objects.create(
            samarbeid=verden.samarbeid, person=verden["medlem"], nokkel=formal, regel=formal, gjelder="x", epost=epost
        )
        rad = Svarlenke(
            samarbeid=verden.samarbeid,
            person=verden["medlem"],
            varsel=varsel,
            formal=formal,
            objekt_id=objekt.pk,
            utloper=utloper(naa().date()),
        )
        rad.save()
        lenker.append(adresse(rad).removeprefix(settings.ADRESSE))

    side = client.post(lenker[0], {"svar": "gjort"}, follow=True).content.decode()
    assert "1 igjen" in side
    assert "Kommer du" in side
    assert f"{lenker[1]}?svar=kommer" in side
    side = client.post(lenker[1], {"svar": "kommer"}, follow=True).content.decode()
    assert "Ingenting mer i e-posten venter på svar fra deg." in side


class TestLenka:
    def test_en_annens_lenke_kan_ikke_lages_av_ens_egen(self, client, verden, om_status):
        """Neither another's key, nor the same with a changed signature, opens anything."""
        andres = Svarlenke(
            samarbeid=verden.samarbeid,
            person=verden["koordinator"],
            formal="status",
            objekt_id=verden.tiltak.pk,
            utloper=utloper(naa().date()),
        )
        andres.save()
        egen_signatur = om_status.rstrip("/").rpartition(".")[2]
        for falsk in (andres.nokkel, f"{andres.nokkel}.{egen_signatur}", f"{token(andres)}x", "æ" * 40, "a" * 5000):
            assert client.get(f"/svar/{falsk}/").status_code == 404
            assert client.post(f"/svar/{falsk}/", {"svar": "gjort"}).status_code == 404
        assert not Statusmelding.objects.exists()

    def test_lenka_lever_videre_nar_nokkelen_byttes_til_den_gamle_er_borte(self, client, om_status, settings):
        gammel = settings.SECRET_KEY
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "en-ny-nokkel" * 5, [gammel]
        assert client.post(om_status, {"svar": "gjort"}).status_code == 302
        settings.SECRET_KEY_FALLBACKS = []
        assert client.get(om_status).status_code == 404

    def test_databasen_alene_apner_ingenting(self, client, om_status):
        rad = Svarlenke.objects.get()
        assert client.get(f"/svar/{rad.nokkel}/").status_code == 404
        assert om_status == f"/svar/{Signer(salt='svarlenke', sep='.').sign(rad.nokkel)}/"

    def test_den_som_gjetter_stanses(self, client, om_status):
        koder = [client.get(f"/svar/gjett-{nr}/").status_code for nr in range(32)]
        assert (koder[:30], koder[30:]) == ([404] * 30, [429] * 2)
        assert client.get(om_status).status_code == 200  # who holds a link is let in all the same

    def test_for_mange_innsendinger_stanses(self, client, om_mote):
        koder = [client.post(om_mote, {"svar": "kommer"}).status_code for _ in range(31)]
        assert (koder[:30], koder[30]) == ([302] * 30, 429)

    def test_ingen_stenges_ute_mens_mellomlageret_er_borte(self, client, om_mote, settings):
        redis = "django.core.cache.backends.redis.RedisCache"
        settings.CACHES = {"default": {"BACKEND": redis, "LOCATION": "redis://127.0.0.1:1/0"}}
        assert client.post(om_mote, {"svar": "kommer"}).status_code == 302
        assert client.get("/svar/gjett/").status_code == 404

    def test_siden_er_pa_personens_sprak(self, client, verden, om_status):
        Person.objects.update(sprak="nn")
        svar = client.get(om_status)
        assert svar["Content-Language"] == "nn"
        assert "Korleis går det?" in svar.content.decode()

    def test_antall_sporringer(self, client, om_status, om_mote, django_assert_max_num_queries):
        for sti, svar in ((om_status, "gjort"), (om_mote, "kommer")):
            with django_assert_max_num_queries(12):
                client.get(f"{sti}?svar={svar}")
            client.post(sti, {"svar": svar})
            with django_assert_max_num_queries(12):
                client.get(sti)

    @hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        svar=st.sampled_from(["i_gang", "kommer", "", "\x00", "gjort' or 1=1"]) | st.text(max_size=20),
        tekst=st.text(max_size=300),
        ansvar=st.sampled_from(["", "0", "-1", "9" * 40, "x"]),
    )
    def test_hva_som_helst_gir_et_svar_og_aldri_en_feil(self, om_status, om_mote, svar, tekst, ansvar):
        for sti in (om_status, om_mote):
            kode = Client().post(sti, {"svar": svar, "tekst": tekst, "ansvar": ansvar}).status_code
            assert kode in {200, 302, 429}
        assert set(Statusmelding.objects.values_list("status", flat=True)) <= set(FORMAL["status"].svar)


class TestAvmelding:
    def sti(self, person, *varsler):
        return avmeldingslenke(person.pk, varsler).removeprefix(settings.ADRESSE)

    def valgene(self):
        return set(Varselvalg.objects.values_list("regel", "hyppighet"))

    def test_et_trykk_i_e_postprogrammet_slar_av_det_som_kan_slas_av(self, verden):
        sti = self.sti(verden["medlem"], Varsel(regel="status"), Varsel(regel="motehyppighet", plikt=True))
        svar = Client(enforce_csrf_checks=True).post(sti, {"List-Unsubscribe": "One-Click"})
        assert svar.status_code == 200
        assert not svar.cookies
        assert self.valgene() == {("status", "aldri")}

    def test_apning_endrer_ingenting_og_uka_kan_velges_for_alt(self, client, verden):
        sti = self.sti(verden["medlem"], Varsel(regel="status"), Varsel(regel="motehyppighet", plikt=True))
        for _ in range(20):
            client.get(sti)
        client.post(sti, {"hyppighet": "tull"})
        assert self.valgene() == set()
        client.post(sti, {"hyppighet": "ukentlig"})
        assert self.valgene() == {("status", "ukentlig"), ("motehyppighet", "ukentlig")}

    def test_en_falsk_lenke_velger_ingenting(self, client, verden):
        sti = self.sti(verden["medlem"], Varsel(regel="status"))
        assert client.post(f"{sti.rstrip('/')}x/", {"List-Unsubscribe": "One-Click"}).status_code == 404
        assert self.valgene() == set()


def test_tida_lenkene_virker_er_hele_dager():
    assert utloper(dt.date(2026, 11, 24)) == dt.datetime(2026, 12, 25, tzinfo=OSLO)
