"""A plan comes in, through the three pages and the command."""

import datetime as dt
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from felles.tid import naa
from felles.unntak import Regelbrudd
from organisering.factories import EnhetFactory
from organisering.models import Enhet
from tiltak.factories import HandlingsplanFactory, ImportkladdFactory, TiltakFactory
from tiltak.lesing import les_tekst
from tiltak.models import Ansvar, Handlingsplan, Importkladd, Mal, Malgruppe, Statusmelding, Tiltak
from tiltak.rules.importen.sjekk import lag_sjekk
from tiltak.services import importer, rydd_importkladder, ta_imot
from tiltak.tests.planfiler import bok, som_byte, word

pytestmark = pytest.mark.django_db

TABELL = [
    ["Innsatsområde", "Mål", "Tiltak", "Ansvar", "Frist", "Målgruppe", "Status", "Kostnad"],
    ["Oppvekst", "Trygt", ["Kurs", "For ansatte", "For elever"], "Skole, Ungdomsklubben", "hver 17. mai", "Elever",
     "I gang", "kr 5 000"],
    ["Oppvekst", "Trygt", "Vakt", "Ungdomsklubb og andre aktuelle", "innen 1. juni 2030", "Elever", "", ""],
]  # fmt: skip
PLAN = som_byte(word(TABELL))


@pytest.fixture
def samarbeid(rollebesetning):
    EnhetFactory(samarbeid=rollebesetning.samarbeid, navn="Skole", slag="skole")
    return rollebesetning.samarbeid


@pytest.fixture
def plan(samarbeid):
    return HandlingsplanFactory(samarbeid=samarbeid, navn="Planen")


def fil(innhold, navn="plan.docx"):
    return SimpleUploadedFile(navn, innhold)


def gi(nettleser, samarbeid, **felter):
    return nettleser.post(reverse("tiltak:import", args=[samarbeid.slug]), felter)


def steg(navn, kladd):
    return reverse(f"tiltak:import_{navn}", args=[kladd.samarbeid.slug, kladd.pk])


def svarene(nettleser, kladd, **endret):
    """What the check page would send as it stands, with some answers changed."""
    sjekk = nettleser.get(steg("sjekk", kladd)).context["sjekk"]
    felter = {ett.felt: ett.valgt for ett in sjekk.ord} | {"med": [rad.forslag.nokkel for rad in sjekk.med]}
    return felter | endret


def test_fra_word_til_plan_i_tre_steg(som, samarbeid, plan, rollebesetning):
    nettleser = som("koordinator")
    svar = gi(nettleser, samarbeid, fil=fil(PLAN), plan=plan.pk)
    kladd = Importkladd.objects.get()
    assert svar.url == steg("sjekk", kladd)
    assert not Tiltak.objects.exists()

    for _gang in range(2):  # a reload loses nothing
        side = nettleser.get(steg("sjekk", kladd)).content.decode()
        assert "2 tiltak er lest fra Word-fila" in side
    nettleser.post(steg("sjekk", kladd), svarene(nettleser, kladd, nye="1"))
    assert nettleser.post(steg("sjekk", kladd), svarene(nettleser, kladd)).url == steg("bekreft", kladd)
    side = nettleser.get(steg("bekreft", kladd)).content.decode()
    assert "Legg inn 2 tiltak" in side
    assert "Ungdomsklubben" in side
    assert not Enhet.objects.filter(navn="Ungdomsklubben").exists()

    svar = nettleser.post(steg("bekreft", kladd), follow=True)
    assert "2 tiltak er lagt inn i Planen." in svar.content.decode()
    kurs, vakt = Tiltak.objects.filter(plan=plan)
    assert (kurs.nummer, kurs.tittel, kurs.rytme, kurs.rytme_maned, kurs.rytme_dag) == (1, "Kurs", "arlig", 5, 17)
    assert (kurs.kostnad, vakt.frist, vakt.tidsrom) == (Decimal(5000), dt.date(2030, 6, 1), "")
    assert [punkt.tekst for punkt in kurs.delpunkter.all()] == ["For ansatte", "For elever"]
    klubben = Enhet.objects.get(navn="Ungdomsklubben")
    assert (klubben.slag, klubben.samarbeid) == ("fritid", samarbeid)
    assert list(Ansvar.objects.values_list("kildeord", "enhet__navn", "slag", "apen_med_vilje")) == [
        ("Skole", "Skole", "delt", False),
        ("Ungdomsklubben", "Ungdomsklubben", "delt", False),
        ("Ungdomsklubb", "Ungdomsklubben", "delt", False),
        ("andre aktuelle", None, "delt", True),
    ]
    mal, omrade = Mal.objects.get(slag="delmal"), Mal.objects.get(slag="innsatsomrade")
    assert (kurs.hovedmal, vakt.hovedmal, mal.overordnet, mal.tekst) == (mal, mal, omrade, "Trygt")
    assert [m.tekst for m in kurs.malgrupper.all()] == [Malgruppe.objects.get().tekst] == ["Elever"]
    melding = Statusmelding.objects.get()
    assert (melding.tiltak, melding.status, melding.person) == (kurs, "i_gang", rollebesetning["koordinator"])
    historie = kurs.history.last()
    assert (historie.history_user, historie.history_change_reason) == (
        rollebesetning["koordinator"],
        "Lest inn fra fil",
    )
    assert Ansvar.objects.first().history.get().history_user == rollebesetning["koordinator"]


def test_to_trykk_legger_inn_en_gang_og_tilbakeknappen_sier_det(som, samarbeid, plan):
    nettleser = som("koordinator")
    gi(nettleser, samarbeid, fil=fil(PLAN), plan=plan.pk)
    kladd = Importkladd.objects.get()
    for _gang in range(2):
        svar = nettleser.post(steg("bekreft", kladd), follow=True)
    assert "Planen er alt lest inn" in svar.content.decode()
    for navn in ("sjekk", "bekreft"):
        assert nettleser.get(steg(navn, kladd)).url.endswith(f"?plan={plan.pk}")
    assert Tiltak.objects.count() == 2
    kladd.refresh_from_db()
    assert (kladd.tabeller, kladd.valg) == ([], {})
    with pytest.raises(Regelbrudd, match="alt lagt inn"):
        importer(kladd, [], av=kladd.person, naa=naa())


def test_samme_fil_to_ganger_gir_ingen_dobbel(som, samarbeid, plan):
    TiltakFactory(plan=plan, samarbeid=samarbeid, nummer=7, tittel="KURS.")
    nettleser = som("koordinator")
    gi(nettleser, samarbeid, fil=fil(PLAN), plan=plan.pk)
    kladd = Importkladd.objects.get()
    side = nettleser.get(steg("sjekk", kladd))
    assert "Finnes alt, som nr. 7" in side.content.decode()
    assert [(rad.forslag.tittel, rad.med) for rad in side.context["sjekk"].rader] == [("Kurs", False), ("Vakt", True)]
    nettleser.post(steg("bekreft", kladd))
    assert list(Tiltak.objects.values_list("nummer", "tittel")) == [(7, "KURS."), (8, "Vakt")]


def test_uten_plan_blir_det_en_ny(som, samarbeid):
    nettleser = som("koordinator")
    svar = gi(nettleser, samarbeid, tekst="Tiltak\tAnsvar\nNatteravner\tFAU", plannavn="")
    assert svar.context["form"].errors["plannavn"] == ["Skriv hva den nye planen heter."]
    gi(nettleser, samarbeid, tekst="Tiltak\tAnsvar\nNatteravner\tFAU", plannavn="Plan 2027")
    nettleser.post(steg("bekreft", Importkladd.objects.get()))
    ny = Handlingsplan.objects.get()
    assert (ny.navn, ny.history.get().history_change_reason) == ("Plan 2027", "Lest inn fra fil")
    assert [str(a) for a in Tiltak.objects.get(plan=ny).ansvar.uavklarte()] == ["FAU"]


def test_valgene_holder_til_de_endres_og_fremmede_verdier_endrer_ingenting(som, samarbeid, plan, rollebesetning):
    fremmed = EnhetFactory(samarbeid=rollebesetning.fremmed)
    nettleser = som("koordinator")
    gi(nettleser, samarbeid, tekst="Tiltak\tAnsvar\nA\tFAU\nB\tNAV", plan=plan.pk)
    kladd = Importkladd.objects.get()
    nettleser.post(steg("sjekk", kladd), svarene(nettleser, kladd, **{"ord-0": "apen", "ord-1": f"enhet-{fremmed.pk}"}))
    sjekk = nettleser.get(steg("sjekk", kladd)).context["sjekk"]
    assert [ett.valgt for ett in sjekk.ord] == ["apen", "ingen"]
    svar = nettleser.post(steg("sjekk", kladd), svarene(nettleser, kladd, med=[]), follow=True)
    assert "Kryss av for minst ett tiltak" in svar.content.decode()
    nettleser.post(steg("sjekk", kladd), svarene(nettleser, kladd, med=["0-3"]))
    assert [rad.forslag.tittel for rad in nettleser.get(steg("bekreft", kladd)).context["sjekk"].med] == ["B"]


def test_kolonnene_kan_velges_om(som, samarbeid, plan):
    nettleser = som("koordinator")
    gi(nettleser, samarbeid, tekst="Skole\tKurs\nFAU\tVakt", plan=plan.pk)
    kladd = Importkladd.objects.get()
    assert "Fant ingen overskrifter" in nettleser.get(steg("sjekk", kladd)).content.decode()
    valg = {"kol-0-0": "ansvar", "kol-0-1": "tiltak", "les": "1"}
    assert nettleser.post(steg("sjekk", kladd), svarene(nettleser, kladd, **valg)).url == steg("sjekk", kladd)
    sjekk = nettleser.get(steg("sjekk", kladd)).context["sjekk"]
    assert [(rad.forslag.tittel, rad.ansvar[0][0].ord) for rad in sjekk.rader] == [("Kurs", "Skole"), ("Vakt", "FAU")]


@pytest.mark.parametrize(
    ("felter", "felt", "ord"),
    [
        ({}, "fil", "Velg fila"),
        ({"fil": fil(b"")}, "fil", "tom"),
        ({"fil": fil(b"\x89PNG\r\n\x1a\n" + bytes(50))}, "fil", "Bruk Word"),
        ({"fil": fil(PLAN), "tekst": "A\tB"}, "fil", "enten en fil eller"),
        ({"tekst": "Tiltak\tAnsvar\nGjelder 01010112377\tNAV"}, "tekst", "fødselsnummer"),
        ({"fil": fil(bok(("Ark1", [["Tiltak", "Ansvar"], ["Gjelder 01010112377", "NAV"]])))}, "fil", "fødselsnummer"),
        ({"fil": fil(bytes(12 * 1024 * 1024))}, "fil", "for stor"),
    ],
)
def test_det_som_ikke_kan_leses_sies_ved_feltet_og_ingenting_lagres(som, samarbeid, plan, felter, felt, ord):
    svar = gi(som("koordinator"), samarbeid, plan=plan.pk, **felter)
    assert svar.status_code == 200
    assert ord in svar.context["form"].errors[felt][0]
    assert not Importkladd.objects.exists()


def test_det_utklippstavla_hadde_ved_siden_av_teksten_gar_foran(som, samarbeid, plan):
    html = "<table><tr><td>Tiltak<td>Ansvar</tr><tr><td>A<p>B</p><td>NAV<p>FAU</p></table>"
    gi(som("koordinator"), samarbeid, plan=plan.pk, tekst="Tiltak\tAnsvar\nA\nB\tNAV\nFAU", html=html)
    sjekk = som("koordinator").get(steg("sjekk", Importkladd.objects.get())).context["sjekk"]
    assert [(r.forslag.tittel, r.forslag.beskrivelse, len(r.ansvar)) for r in sjekk.rader] == [("A", "B", 2)]


def test_en_kladd_kan_forkastes_blir_for_gammel_og_ryddes(som, samarbeid, rollebesetning):
    gammel = ImportkladdFactory(samarbeid=samarbeid, opprettet=naa() - dt.timedelta(days=14, seconds=1))
    ny = ImportkladdFactory(samarbeid=samarbeid)
    nettleser = som("koordinator")
    assert nettleser.get(steg("sjekk", gammel)).status_code == 404
    side = nettleser.get(reverse("tiltak:import", args=[samarbeid.slug])).content.decode()
    assert (steg("sjekk", ny) in side, steg("sjekk", gammel) in side) == (True, False)
    assert rydd_importkladder(naa()) == 1
    nettleser.post(steg("forkast", ny))
    assert not Importkladd.objects.exists()
    assert not Tiltak.objects.exists()


def test_alt_eller_ingenting(samarbeid, plan, rollebesetning):
    tabeller = les_tekst("Tiltak\tAnsvar\nA\tUngdomshuset\nB\tFAU")
    kladd = ta_imot(samarbeid, tabeller=tabeller, form="limt", av=rollebesetning["koordinator"], naa=naa(), plan=plan)
    kladd.valg = {"parter": {"|ungdomshuset": "ny"}}
    rader = lag_sjekk(kladd, [], {}, dt.date(2026, 11, 24)).med
    object.__setattr__(rader[1].forslag, "beskrivelse", "Gjelder 01010112377")  # the wall is the field
    with pytest.raises(Regelbrudd, match="fødselsnummer"):
        importer(kladd, rader, av=rollebesetning["koordinator"], naa=naa())
    assert not Tiltak.objects.exists()
    assert not Enhet.objects.filter(navn="Ungdomshuset").exists()
    assert Importkladd.objects.get().importert is None


def test_sporringene_vokser_ikke_med_planen(som, samarbeid, plan, django_assert_max_num_queries):
    nettleser = som("koordinator")
    rader = "\n".join(f"Tiltak {nr}\tEnhet {nr}, Skole, FAU" for nr in range(40))
    gi(nettleser, samarbeid, tekst=f"Tiltak\tAnsvar\n{rader}", plan=plan.pk)
    kladd = Importkladd.objects.get()
    for navn in ("sjekk", "bekreft"):
        with django_assert_max_num_queries(12):
            nettleser.get(steg(navn, kladd))
    with django_assert_max_num_queries(12):
        nettleser.get(reverse("tiltak:import", args=[samarbeid.slug]))
    with django_assert_max_num_queries(40):
        nettleser.post(steg("bekreft", kladd))
    assert Tiltak.objects.count() == 40


# The command


def kjor(*argumenter, **valg):
    ut = StringIO()
    call_command("importer_plan", *argumenter, stdout=ut, **valg)
    return ut.getvalue()


def test_kommandoen_viser_legger_inn_og_dobler_ikke(tmp_path, samarbeid, plan):
    sti = tmp_path / "plan.docx"
    sti.write_bytes(PLAN)
    ut = json.loads(kjor(samarbeid.slug, sti, torrkjoring=True, json=True))
    assert ut == {
        "tiltak": [
            {
                "tittel": "Kurs",
                "delpunkter": ["For ansatte", "For elever"],
                "ansvar": [{"ord": "Skole", "treff": "Skole"}, {"ord": "Ungdomsklubben", "treff": None}],
                "frist": None,
                "rytme": "arlig",
            },
            {
                "tittel": "Vakt",
                "delpunkter": [],
                "ansvar": [{"ord": "Ungdomsklubb", "treff": None}, {"ord": "andre aktuelle", "treff": None}],
                "frist": "2030-06-01",
                "rytme": None,
            },
        ],
        "feil": [],
    }
    assert not Tiltak.objects.exists()
    assert "2 tiltak lagt inn" in kjor(samarbeid.slug, sti)
    assert "0 tiltak lagt inn" in kjor(samarbeid.slug, sti)
    assert list(Tiltak.objects.values_list("tittel", "plan__navn")) == [("Kurs", "Planen"), ("Vakt", "Planen")]
    HandlingsplanFactory(samarbeid=samarbeid)
    with pytest.raises(CommandError, match="flere planer"):
        kjor(samarbeid.slug, sti)
    kjor(samarbeid.slug, sti, plan="Ny plan")
    assert Tiltak.objects.filter(plan__navn="Ny plan").count() == 2


def test_kommandoen_sier_hva_som_er_galt(tmp_path, samarbeid):
    (tmp_path / "tom.docx").write_bytes(b"")
    for argumenter, ord in (
        (("finnes-ikke", tmp_path / "tom.docx"), "Finner ikke samarbeidet"),
        ((samarbeid.slug, tmp_path / "tom.docx"), "Fila er tom"),
        ((samarbeid.slug, tmp_path / "borte.docx"), "Kan ikke lese"),
    ):
        with pytest.raises(CommandError, match=ord):
            kjor(*argumenter)
