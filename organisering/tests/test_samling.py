"""Planning once, and one mail a day."""

import datetime as dt
import gc
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from felles.tid import OSLO
from organisering.factories import PersonFactory, RolletildelingFactory, SamarbeidFactory
from organisering.rules.mottakere import hent_kontaktbok
from organisering.services import sett_epost
from varsling.models import AvvistAdresse, Epost, Kjoring, Pause, Svarlenke, Varsel, Varselvalg
from varsling.services import (
    Ord,
    Paminnelse,
    Plan,
    avvis,
    dagens,
    kjor,
    lever,
    planlegg,
    samle,
    samle_nar_klart,
    samling,
)
from varsling.services.samlebrev import Avsnitt, les_avsnitt
from varsling.services.samling import los_opp_gamle

pytestmark = pytest.mark.django_db
MANDAG = dt.datetime(2026, 11, 23, 6, tzinfo=OSLO)
EN_DAG = dt.timedelta(days=1)
ORD = Ord("Gruppa mangler møte", "Innen jul.", "Minst ett møte.", "Planen, Møter", "Du får dette som leder.")


@pytest.fixture
def samarbeid():
    return SamarbeidFactory(navn="Fjellbygd", funksjonspostkasse="slt@fjellbygd.example")


@pytest.fixture
def person():
    return PersonFactory(navn="Kari", epost="kari@slt.example")


def paminn(samarbeid, person, **felter) -> Paminnelse:
    felter = {"objekt": "krav-1", "trinn": "haster", "ord": ORD, **felter}
    return Paminnelse(samarbeid_id=samarbeid.pk, person_id=person.pk, adresse=person.epost, **felter)


def legg(*paminnelser: Paminnelse, naa=MANDAG, regel: str = "motehyppighet", stille=()) -> Plan:
    ider = {p.samarbeid_id for p in paminnelser} or set(
        SamarbeidFactory._meta.model.objects.values_list("pk", flat=True)
    )
    return planlegg(regel, paminnelser, samarbeid_ider=ider, stille=stille, naa=naa)


def brevet(naa) -> tuple[Epost, int]:
    """The one mail that was written, and how many things it tells."""
    [ett] = samle(naa)
    return Epost.objects.get(pk=ett.epost_id), ett.varsler


def send_alt() -> None:
    Epost.objects.update(tilstand="sendt", sendt=MANDAG)


def test_det_samme_planlegges_en_gang(samarbeid, person):
    forste, andre = legg(paminn(samarbeid, person)), legg(paminn(samarbeid, person))

    assert ([len(plan.nye) for plan in (forste, andre)], andre.funnet) == ([1, 0], 1)
    assert Varsel.objects.count() == 1


def test_det_som_ikke_lenger_gjelder_trekkes_og_kommer_tilbake_med_nye_ord(samarbeid, person):
    legg(paminn(samarbeid, person))
    legg()
    assert Varsel.objects.get().trukket == MANDAG

    legg(paminn(samarbeid, person, ord=Ord("Nye ord")))
    varsel = Varsel.objects.get()
    assert (varsel.trukket, varsel.gjelder) == (None, "Nye ord")


def test_det_som_er_sendt_trekkes_ikke_og_skrives_ikke_om(samarbeid, person):
    legg(paminn(samarbeid, person))
    samle(MANDAG)
    legg(paminn(samarbeid, person, ord=Ord("Nye ord")))
    legg()

    assert [(v.trukket, v.gjelder) for v in Varsel.objects.all()] == [(None, ORD.gjelder)]


def test_et_trinn_som_venter_blir_forbigatt_av_det_neste(samarbeid, person):
    legg(paminn(samarbeid, person, trinn="halvveis"))
    legg(paminn(samarbeid, person, trinn="haster", forbigatt=("tidlig", "halvveis")))

    assert {v.trinn: v.forbigatt for v in Varsel.objects.all()} == {"tidlig": True, "halvveis": True, "haster": False}
    assert [epost.varsler for epost in samle(MANDAG)] == [1]


def test_en_stille_dag_gir_ikke_noe_nytt(samarbeid, person):
    assert legg(paminn(samarbeid, person, forbigatt=("tidlig",)), stille={samarbeid.pk}).nye == []
    assert not Varsel.objects.exists()


def test_den_som_ikke_vil_ha_slippes_unna_hvis_det_ikke_er_en_plikt(samarbeid, person):
    Varselvalg.objects.create(person=person, regel="motehyppighet", hyppighet="aldri")

    assert legg(paminn(samarbeid, person)).nye == []
    assert len(legg(paminn(samarbeid, person, plikt=True)).nye) == 1


def test_et_tall_som_ligner_et_fodselsnummer_stanser_ingen(samarbeid, person):
    """Number and date side by side in words put together by the portal."""
    legg(paminn(samarbeid, person, ord=Ord("Tiltak 02013299997")), paminn(samarbeid, person, objekt="krav-2"))

    assert sorted(v.gjelder for v in Varsel.objects.all()) == ["Gruppa mangler møte", "Tiltak …"]


def test_en_e_post_om_dagen_med_alt_over_alle_samarbeid(samarbeid, person):
    andre = SamarbeidFactory(navn="Dalbygd", modellnavn="SLT")
    legg(
        paminn(samarbeid, person, forfall=dt.date(2026, 12, 31)),
        paminn(andre, person, objekt="plan-1", trinn="forfalt-3", ord=Ord("Planen er gammel")),
    )

    epost, antall = brevet(MANDAG)

    assert (antall, epost.adresse, epost.svar_til, epost.samarbeid) == (2, person.epost, "", None)
    assert epost.tekst.index("SLT DALBYGD") < epost.tekst.index("Forfalt: Planen er gammel")
    assert epost.tekst.index("Planen er gammel") < epost.tekst.index("SLT FJELLBYGD")
    assert samle(MANDAG) == []


def test_ett_samarbeid_svarer_i_sin_egen_postkasse_og_hver_sak_sier_hvorfor(samarbeid, person):
    legg(paminn(samarbeid, person, lenke="/fjellbygd/grupper/1/"))

    epost, _antall = brevet(MANDAG)

    assert (epost.svar_til, epost.emne, epost.samarbeid) == ("slt@fjellbygd.example", ORD.gjelder, samarbeid)
    for ledd in ("Innen jul.", "«Minst ett møte.»", "Planen, Møter", "Du får dette som leder.", "https://testserver/f"):
        assert ledd in epost.tekst
        assert ledd in epost.html
    assert "<img" not in epost.html
    assert "Hvorfor får du denne?" in epost.html


def test_brevet_har_et_personlig_svar_under_hvert_sporsmal_og_en_vei_ut(samarbeid, person, mailoutbox):
    """Links are made in one go on the day of the mail, and stand nowhere once it is sent."""
    om = {"formal": "status", "objekt_id": 7}
    legg(paminn(samarbeid, person, **om), paminn(samarbeid, person, objekt="b", **om), regel="status")
    glemt = {"samarbeid": samarbeid, "person": person, "formal": "status", "objekt_id": 1}
    Svarlenke.objects.create(**glemt, utloper=MANDAG - 366 * EN_DAG)
    epost, antall = brevet(MANDAG)

    assert (antall, epost.emne) == (2, "To ting venter på svar fra deg")
    lenker = re.findall(r"^https://testserver/svar/\S+$", epost.tekst, re.M)
    assert len(set(lenker)) == 8
    assert {lenke.partition("?svar=")[2] for lenke in lenker} == {"i_gang", "trenger_hjelp", "gjort", "ikke_startet"}
    assert all(f'href="{lenke}"' in epost.html for lenke in lenker)
    assert {(rad.person, rad.formal, rad.objekt_id) for rad in Svarlenke.objects.all()} == {(person, "status", 7)}
    assert {rad.utloper.astimezone(OSLO).date() for rad in Svarlenke.objects.all()} == {dt.date(2026, 12, 24)}
    assert "virker til 23." in epost.tekst

    lever(MANDAG)
    [brev] = mailoutbox
    assert brev.extra_headers["List-Unsubscribe"] == f"<{epost.avmelding}>"
    assert brev.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    epost.refresh_from_db()
    hemmelig = [lenke.split("/")[4] for lenke in [*lenker, brev.extra_headers["List-Unsubscribe"]]]
    assert not [ord_ for ord_ in hemmelig if ord_ in epost.tekst + epost.html + epost.avmelding]


def test_det_som_er_en_plikt_kan_ikke_meldes_av_men_samles(samarbeid, person):
    legg(paminn(samarbeid, person, plikt=True))
    epost, _antall = brevet(MANDAG)
    assert epost.avmelding == ""
    assert "Få dette samlet en gang i uka" in epost.tekst


def test_brevet_er_helt_pa_nynorsk(samarbeid, person):
    person.sprak = "nn"
    person.save()
    legg(paminn(samarbeid, person, formal="mote", objekt_id=1), paminn(samarbeid, person, objekt="b"))
    epost, _antall = brevet(MANDAG)
    assert epost.emne == "To ting treng deg"
    assert "Eg kjem" in epost.tekst
    assert not {"Jeg", "ikke", "fra", "Hvorfor"} & set(re.findall(r"\w+", epost.tekst))


def test_det_som_kommer_senere_pa_dagen_venter_til_i_morgen(samarbeid, person):
    legg(paminn(samarbeid, person))
    samle(MANDAG)
    legg(paminn(samarbeid, person), paminn(samarbeid, person, objekt="krav-2"))

    assert samle(MANDAG) == []
    send_alt()
    assert [epost.varsler for epost in samle(MANDAG + EN_DAG)] == [1]


def test_en_gang_i_uka_er_mandag(samarbeid, person):
    Varselvalg.objects.create(person=person, regel="motehyppighet", hyppighet="ukentlig")
    legg(paminn(samarbeid, person))
    Varsel.objects.update(opprettet=MANDAG + EN_DAG)

    dager = [MANDAG + EN_DAG * nr for nr in range(1, 8)]
    assert [len(samle(dag)) for dag in dager] == [0, 0, 0, 0, 0, 0, 1]


def test_en_stille_dag_holder_tilbake_bare_det_samarbeidet(samarbeid, person):
    apent = SamarbeidFactory(stille_helg=False)
    legg(paminn(samarbeid, person), paminn(apent, person, objekt="krav-2"))
    lordag = MANDAG - 2 * EN_DAG

    assert [epost.varsler for epost in samle(lordag)] == [1]
    send_alt()
    assert [epost.varsler for epost in samle(MANDAG)] == [1]


def test_et_brev_som_aldri_kom_av_garde_skrives_pa_nytt_neste_dag(samarbeid, person):
    legg(paminn(samarbeid, person))
    samle(MANDAG)
    ny, antall = brevet(MANDAG + EN_DAG)

    assert (Epost.objects.get(), antall, ny.dag) == (ny, 1, dt.date(2026, 11, 24))
    Epost.objects.update(forsok=1)
    assert samle(MANDAG + 2 * EN_DAG) == []


def test_brevet_er_pa_mottakerens_sprak_ellers_samarbeidets(samarbeid, person):
    samarbeid.malform = "nn"
    samarbeid.save()
    legg(paminn(samarbeid, person))
    person.sprak = "nb"
    person.save()
    epost, _antall = brevet(MANDAG)
    assert '<html lang="nb">' in epost.html


def test_avsnittene_leses_slik_de_ble_skrevet():
    assert les_avsnitt(ORD.som_tekst()) == [
        Avsnitt("Innen jul."),
        Avsnitt("«Minst ett møte.»", er_sitat=True, kilde="Planen, Møter"),
        Avsnitt("Du får dette som leder."),
    ]


def test_dagens_plan_kjores_en_gang_etter_klokka_seks():
    kall = []

    def planen(naa: dt.datetime) -> Plan:
        kall.append(naa)
        return Plan("prove")

    tider = [MANDAG - dt.timedelta(minutes=1), MANDAG, MANDAG + dt.timedelta(hours=8), MANDAG + EN_DAG]
    for tid in tider:
        dagens("prove", tid, planen)

    assert kall == [tider[1], tider[3]]
    assert Kjoring.objects.filter(jobb="prove", ferdig__isnull=False).count() == 2


def test_en_plan_som_feiler_setter_spor_og_prover_igjen_og_holder_ikke_brevene(samarbeid, person):
    legg(paminn(samarbeid, person))

    def feiler(naa: dt.datetime) -> Plan:
        raise ValueError("Kari Nordmann")

    assert samle_nar_klart(["god", "darlig"], MANDAG) == 0
    kjor("god", MANDAG, lambda naa: Plan("god"))
    assert samle_nar_klart(["god", "darlig"], MANDAG) == 0
    with pytest.raises(ValueError, match="Kari"):
        dagens("darlig", MANDAG, feiler)
    assert Kjoring.objects.get(jobb="darlig").feil == "ValueError"
    assert samle_nar_klart(["god", "darlig"], MANDAG) == 1
    assert dagens("darlig", MANDAG, lambda naa: Plan("darlig")) == 0
    assert Kjoring.objects.get(jobb="darlig").ferdig == MANDAG


def test_antall_sporringer_er_det_samme_for_en_og_for_mange(samarbeid, django_assert_max_num_queries):
    antall = []
    for flere in (1, 20):
        personer = PersonFactory.create_batch(flere)
        legg(*(paminn(samarbeid, p, objekt=f"krav-{flere}") for p in personer))
        with django_assert_max_num_queries(20) as sett:
            samle(MANDAG)
        antall.append(len(sett))

    assert antall[0] == antall[1]


def test_et_helt_lands_brev_som_ble_liggende_loses_opp_i_bolker(samarbeid):
    antall = []
    for flere in (1, 20):
        om = {"formal": "status", "objekt_id": 7}
        legg(*(paminn(samarbeid, p, objekt=f"krav-{flere}", **om) for p in PersonFactory.create_batch(flere)))
        samle(MANDAG)
        with CaptureQueriesContext(connection) as sett:
            los_opp_gamle(MANDAG + EN_DAG)
        antall.append(len(sett))
        assert (Epost.objects.count(), Svarlenke.objects.count()) == (0, 0)
    assert antall[0] == antall[1]
    assert Varsel.objects.filter(epost__isnull=True).count() == 21


def test_minnet_vokser_ikke_med_antall_personer(samarbeid, monkeypatch):
    """Only the people of one batch are held with their words; what is left of the others is who and how many."""
    monkeypatch.setattr(samling, "PERSONER_OM_GANGEN", 2)
    legg(*(paminn(samarbeid, p, objekt=f"krav-{p.pk}") for p in PersonFactory.create_batch(7)))
    mest, skriv_bit = [], samling._skriv_bit

    def i_minnet() -> int:
        gc.collect()
        return sum(type(objekt) is Epost for objekt in gc.get_objects())

    def skriv_og_tell(til_hver, dag):
        skrevet = skriv_bit(til_hver, dag)
        mest.append(i_minnet() - for_)
        return skrevet

    for_ = i_minnet()

    monkeypatch.setattr(samling, "_skriv_bit", skriv_og_tell)
    skrevet = samle(MANDAG)

    assert (len(skrevet), len(mest), Epost.objects.count()) == (7, 4, 7)
    assert max(mest) <= 2, mest
    assert {type(ett) for ett in skrevet} == {samling.Dagens}


def test_det_som_har_pause_venter_til_pausen_er_over(samarbeid, person):
    legg(paminn(samarbeid, person, om="tiltak-5", trinn="frist-1"))
    til = MANDAG.date() + EN_DAG
    Pause.objects.create(samarbeid=samarbeid, om="tiltak-5", gjelder="T", fra=MANDAG.date(), til=til, grunn="Flytting")

    assert samle(MANDAG) == []  # what waited already waits on
    neste = paminn(samarbeid, person, om="tiltak-5", trinn="frist-2", forbigatt=("frist-1",))
    annen = paminn(samarbeid, person, om="tiltak-6", objekt="b")
    assert [v.om for v in legg(neste, annen, naa=MANDAG + EN_DAG).nye] == ["tiltak-6"]
    assert [epost.varsler for epost in samle(MANDAG + EN_DAG)] == [1]
    send_alt()
    legg(neste, naa=MANDAG + 2 * EN_DAG)
    assert [epost.varsler for epost in samle(MANDAG + 2 * EN_DAG)] == [1]
    assert {v.trinn: v.forbigatt for v in Varsel.objects.filter(om="tiltak-5")} == {"frist-1": True, "frist-2": False}


def test_det_som_sto_i_et_brev_som_feilet_sies_igjen_sa_lenge_det_gjelder(samarbeid, person):
    legg(paminn(samarbeid, person))
    samle(MANDAG)
    Epost.objects.update(tilstand="feilet")
    legg(paminn(samarbeid, person, ord=Ord("Nye ord")), naa=MANDAG + EN_DAG)

    epost, antall = brevet(MANDAG + EN_DAG)
    assert (antall, epost.varsler.get().gjelder) == (1, "Nye ord")


def test_ingen_skriver_til_en_adresse_som_er_avvist_for_den_endres(samarbeid, person):
    legg(paminn(samarbeid, person))
    avvis("Kari@slt.example", svar="550 5.1.1 Ukjent", naa=MANDAG)
    assert samle(MANDAG) == []

    sett_epost(person, "kari.ny@slt.example")
    assert [epost.adresse for epost in samle(MANDAG)] == ["kari.ny@slt.example"]
    assert not AvvistAdresse.objects.exists()


def test_en_avvist_adresse_gar_videre_til_neste_i_kjeden(samarbeid, person):
    rolle = RolletildelingFactory(samarbeid=samarbeid, rolle="koordinator")
    administrator = RolletildelingFactory(samarbeid=samarbeid, rolle="administrator").person
    avvis(rolle.person.epost, svar="550 5.1.1 Ukjent", naa=MANDAG)

    bok = hent_kontaktbok([samarbeid.pk], MANDAG.date())
    assert [m.person_id for m in bok.koordinator(samarbeid.pk)] == [administrator.pk]
