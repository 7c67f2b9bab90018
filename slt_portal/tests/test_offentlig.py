import datetime as dt
import gzip

import pytest
from django.urls import reverse

from organisering.factories import (
    EnhetFactory,
    GruppeFactory,
    KildeFactory,
    KoordinatorpostFactory,
    MandatpunktFactory,
    MedlemskapFactory,
    MotekravFactory,
    NivaFactory,
    PersonFactory,
    PlassFactory,
    SamarbeidFactory,
)
from organisering.models import TidligereSlug
from tiltak.factories import (
    AnsvarFactory,
    DelpunktFactory,
    HandlingsplanFactory,
    MalFactory,
    MalgruppeFactory,
    PlandelFactory,
    PlanutgaveFactory,
    TiltakFactory,
)

pytestmark = pytest.mark.django_db


def fyll(antall=1, **felter):
    """A Samarbeid with a plan in force and `antall` of everything."""
    samarbeid = SamarbeidFactory(**felter)
    utgave = PlanutgaveFactory(plan__samarbeid=samarbeid, plan__revisjon_maneder=24, periode_til=dt.date(2025, 12, 31))
    PlandelFactory(utgave=utgave, slag="periodemal", overskrift="Mål for perioden", tekst="")
    PlandelFactory(utgave=utgave, slag="malgrupper", overskrift="", tekst="")
    PlandelFactory(utgave=utgave, slag="koordinator", overskrift="Koordinatoren", tekst="")
    PlandelFactory(utgave=utgave, slag="motehyppighet", overskrift="Møtene", tekst="")
    PlandelFactory(utgave=utgave, slag="tiltak", overskrift="Tiltakene", tekst="", etterord="Slutt.")
    for nummer in range(antall):
        gruppe = GruppeFactory(samarbeid=samarbeid, nivaer=[NivaFactory(samarbeid=samarbeid, slag="styrende")])
        MedlemskapFactory(plass=PlassFactory(gruppe=gruppe, tittel="Ordfører"), person__navn=f"Hemmelig {nummer}")
        MandatpunktFactory(gruppe=gruppe)
        MotekravFactory(gruppe=gruppe)
        PlandelFactory(utgave=utgave, slag="gruppe", gruppe=gruppe, overskrift="", tekst="")
        AnsvarFactory(tiltak=TiltakFactory(plan=utgave.plan, tittel=f"Natteravner {nummer}"), kildeord="Parken")
        DelpunktFactory(tiltak=utgave.plan.tiltak.first())
        MalFactory(samarbeid=samarbeid, plan=utgave.plan, slag="delmal")
        MalgruppeFactory(samarbeid=samarbeid, plan=utgave.plan)
        EnhetFactory(samarbeid=samarbeid)
        KoordinatorpostFactory(samarbeid=samarbeid).oppgaver.create(samarbeid=samarbeid, tekst="Være pådriver.")
    return samarbeid


def les(client, adresse):
    svar = client.get(adresse)
    assert svar.status_code == 200
    return svar.content.decode()


FASTE = ["/", "/personvern/", "/tilgjengelighet/"]


def apne_sider(samarbeid):
    return [*FASTE, f"/{samarbeid.slug}/", f"/{samarbeid.slug}/plan/"]


def test_apne_sider_har_ingen_skjemaer_og_ingen_medlemmer(client):
    samarbeid = fyll(2)
    for adresse in apne_sider(samarbeid):
        tekst = les(client, adresse)
        assert "<form" not in tekst
        assert "Hemmelig" not in tekst
        assert "sessionid" not in client.cookies


def test_den_som_er_logget_inn_ser_de_samme_sidene_og_far_lenke_inn(client):
    samarbeid = fyll()
    client.force_login(PersonFactory())
    assert client.get("/").status_code == 302
    svar = client.get(f"/{samarbeid.slug}/")
    assert "Min side" in svar.content.decode()
    assert svar["Cache-Control"] == "private, no-store"


def test_siden_svarer_304_nar_ingenting_er_nytt_og_200_nar_noe_er_det(client):
    samarbeid = fyll()
    for adresse in apne_sider(samarbeid):
        svar = client.get(adresse)
        assert svar["Cache-Control"] == "public, max-age=120"
        assert client.get(adresse, headers={"if-none-match": svar["ETag"]}).status_code == 304
    svar = client.get(f"/{samarbeid.slug}/")
    samarbeid.ingress = "Nytt her."
    samarbeid.save(update_fields=["ingress"])
    assert client.get(f"/{samarbeid.slug}/", headers={"if-none-match": svar["ETag"]}).status_code == 200


@pytest.mark.parametrize("antall", [1, 3])
@pytest.mark.parametrize("innlogget", [False, True])
def test_hoyst_tolv_sporsmal_uansett_antall(client, django_assert_max_num_queries, antall, innlogget):
    samarbeid = fyll(antall, offentlig_tekst="Tekst")
    samarbeid.offentlig_kilde = KildeFactory(samarbeid=samarbeid)
    samarbeid.save()
    if innlogget:
        client.force_login(PersonFactory())
    for adresse in apne_sider(samarbeid)[1:]:
        with django_assert_max_num_queries(12):
            les(client, adresse)


def test_siden_sier_hva_hvem_og_hvor_ofte(client):
    samarbeid = fyll()
    MalFactory(samarbeid=samarbeid, kortnavn="Rett hjelp til rett tid")
    tekst = les(client, f"/{samarbeid.slug}/")
    for ord_ in (
        "Rett hjelp til rett tid</h1>",
        "Ett nivå, ett mål",
        "Ordfører. Minst ett møte i halvåret.",
        "Natteravner 0",
        "Parken",
        "Planen skal revideres hvert andre år.",
        "Perioden gikk ut 31.\u00a0desember 2025.",
        "116&nbsp;111",
        "02800",
        "112",
        "Ikke send opplysninger om enkeltpersoner til SLT.",
    ):
        assert ord_ in tekst


def test_uten_plan_star_teksten_gruppene_og_de_som_er_med(client):
    samarbeid = SamarbeidFactory(ingress="Kommunen og politiet.", offentlig_tekst="Vi møtes.", navn="Fjordby")
    KoordinatorpostFactory(samarbeid=samarbeid, plassering="staben")
    EnhetFactory(samarbeid=samarbeid, navn="Kirken")
    GruppeFactory(samarbeid=samarbeid, navn="Utførergruppen", nivaer=[NivaFactory(samarbeid=samarbeid)])
    tekst = les(client, f"/{samarbeid.slug}/")
    for ord_ in ("SLT Fjordby</h1>", "Kommunen og politiet.", "Vi møtes.", "Kirken", "Utførergruppen", "i staben"):
        assert ord_ in tekst
    assert "Dette er vedtatt" not in tekst
    assert "Ingen vedtatt handlingsplan er lagt inn i portalen." in tekst
    assert "har ingen vedtatt handlingsplan" in les(client, f"/{samarbeid.slug}/plan/")


def test_et_tomt_samarbeid_star_oppreist(client):
    samarbeid = SamarbeidFactory()
    GruppeFactory(samarbeid=samarbeid, navn="")
    for adresse in apne_sider(samarbeid):
        les(client, adresse)
    assert "Gruppe uten navn" in les(client, f"/{samarbeid.slug}/")


def test_kontakt_viser_bare_det_som_er_oppgitt(client):
    samarbeid = SamarbeidFactory(funksjonspostkasse="slt@fjell.example")
    KoordinatorpostFactory(samarbeid=samarbeid, offentlig_epost="post@fjell.example", offentlig_telefon="12 34 56 78")
    tekst = les(client, f"/{samarbeid.slug}/")
    assert "mailto:slt@fjell.example" in tekst
    assert "mailto:post@fjell.example" in tekst
    assert "12 34 56 78" in tekst
    assert "Plassert" not in tekst


def test_et_avsluttet_samarbeid_leder_til_etterfolgeren(client):
    ny = SamarbeidFactory(navn="Storby")
    gammel = SamarbeidFactory(slutt=dt.date(2025, 12, 31), etterfolger=ny, navn="Småby")
    tekst = les(client, f"/{gammel.slug}/")
    assert "Samarbeidet ble avsluttet 31.\u00a0desember 2025" in tekst
    assert f'<a href="/{ny.slug}/">Storby</a>' in tekst
    assert "Småby" not in les(client, "/")


def test_tidligere_adresse_leder_videre_og_ukjent_finnes_ikke(client):
    samarbeid = SamarbeidFactory()
    TidligereSlug.objects.create(samarbeid=samarbeid, slug="for")
    for ende in ("", "plan/"):
        svar = client.get(f"/for/{ende}")
        assert (svar.status_code, svar["Location"]) == (301, f"/{samarbeid.slug}/{ende}")
        assert client.get(f"/finnes-ikke/{ende}").status_code == 404


def test_forsiden_holder_med_hele_landet(client, django_assert_max_num_queries):
    for nummer in range(120):
        SamarbeidFactory(navn=f"{'ABØÅÆKT1'[nummer % 8]}bygd {nummer}", slug=f"bygd-{nummer}")
    with django_assert_max_num_queries(1):
        tekst = les(client, "/")
    assert tekst.count('class="rolig"') == 120
    assert tekst.index(">T</h3>") < tekst.index(">Æ</h3>") < tekst.index(">Ø</h3>") < tekst.index(">Å</h3>")
    assert len(gzip.compress(tekst.encode())) < 20_000


def test_planen_vises_hel_med_det_som_er_sagt_om_vedtaket(client):
    samarbeid = fyll()
    tekst = les(client, f"/{samarbeid.slug}/plan/")
    for ord_ in (
        "Vedtatt før portalen; dato og organ er ikke oppgitt.",
        "Perioden gikk ut",
        'href="#tiltakene"',
        'id="tiltakene"',
        "Natteravner 0",
        "Gruppetilbud",
        "Parken",
        "Ordfører",
        "Gruppa har minst ett møte i halvåret.",
        "Være pådriver.",
        "Slutt.",
    ):
        assert ord_ in tekst
    assert ".pdf" in tekst


def test_flere_planer_blir_ei_liste_og_hver_av_dem_en_side(client):
    samarbeid = SamarbeidFactory()
    for navn in ("Ungdom", "Barn"):
        plan = HandlingsplanFactory(samarbeid=samarbeid, navn=navn)
        PlandelFactory(utgave=PlanutgaveFactory(plan=plan, tittel=f"Plan for {navn}"), overskrift=f"Om {navn}")
    lista = les(client, f"/{samarbeid.slug}/plan/")
    assert "2 planer gjelder nå." in lista
    assert "Om Barn" not in lista
    assert "Om Barn" in les(client, f"/{samarbeid.slug}/plan/?plan={plan.pk}")
    assert "2 planer" in les(client, f"/{samarbeid.slug}/plan/?plan=tull")


@pytest.mark.parametrize(
    "felter",
    [
        {"vedtatt_utenfor": False},
        {"avlost": dt.date(2026, 1, 1)},
        {"periode_fra": dt.date(2999, 1, 1)},
    ],
)
def test_utkast_avloste_og_kommende_utgaver_er_ikke_offentlige(client, felter):
    utgave = PlanutgaveFactory(**felter)
    assert "har ingen vedtatt handlingsplan" in les(client, f"/{utgave.samarbeid.slug}/plan/")


def test_den_nyeste_utgaven_av_en_plan_vises(client):
    gammel = PlanutgaveFactory(tittel="Den gamle", hovednummer=1)
    PlanutgaveFactory(plan=gammel.plan, tittel="Den nye", hovednummer=2, vedtatt=dt.date(2026, 1, 2))
    tekst = les(client, f"/{gammel.samarbeid.slug}/plan/")
    assert "Den nye" in tekst
    assert "Den gamle" not in tekst
    assert "Vedtatt 2.\u00a0januar 2026. Organet er ikke oppgitt." in tekst


def test_avsluttede_tiltak_er_ikke_lenger_vedtatt(client):
    samarbeid = fyll()
    samarbeid.tiltak.update(avsluttet=dt.date(2026, 1, 1), avsluttet_grunn="Ga ikke resultater.")
    assert "Natteravner" not in les(client, f"/{samarbeid.slug}/")
    assert "Natteravner" not in les(client, f"/{samarbeid.slug}/plan/")


def test_html_i_data_blir_tekst(client):
    samarbeid = fyll(navn="<i>By</i>", ingress="<script>x</script>", offentlig_tekst="<script>y</script>")
    TiltakFactory(plan=samarbeid.planer.get(), tittel="<script>z</script> 🦉")
    for adresse in apne_sider(samarbeid):
        tekst = les(client, adresse)
        assert "<script>" not in tekst
        assert "<i>By" not in tekst


def test_malformen_kan_velges_med_en_lenke(client):
    samarbeid = SamarbeidFactory(malform="nn")
    tekst = les(client, f"/{samarbeid.slug}/")
    assert f'href="{reverse("velg_sprak", args=["nb"])}?neste=/{samarbeid.slug}/">Bokmål</a>' in tekst
