"""The pages of reminders: what comes, what went, why; a reminder now; a pause."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import OSLO, i_dag, naa
from moter.factories import DeltakelseFactory, MoteFactory, OppfolgingFactory, SakFactory
from organisering.factories import (
    EnhetFactory,
    EnhetskontaktFactory,
    GruppeFactory,
    MedlemskapFactory,
    MotekravFactory,
    PersonFactory,
    PlassFactory,
    RolletildelingFactory,
    SamarbeidFactory,
    VervFactory,
)
from slt_portal import framsyn
from slt_portal.varsling import REGLER
from tiltak.factories import AnsvarFactory, HandlingsplanFactory, PlanutgaveFactory, TiltakFactory
from varsling.factories import EpostFactory, KjoringFactory, PauseFactory, VarselFactory
from varsling.models import AvvistAdresse, Epost, Framsyn, Kjoring, Pause, Varsel, Varselvalg

pytestmark = pytest.mark.django_db
MANDAG = dt.datetime(2026, 11, 23, 6, tzinfo=OSLO)
EN_DAG = dt.timedelta(days=1)


def sti(navn, samarbeid, *args):
    return reverse(navn, args=[samarbeid.slug, *args])


def lag_verden(samarbeid):
    """One of each thing that is told of in the coming weeks."""
    plass = PlassFactory(gruppe=GruppeFactory(samarbeid=samarbeid), ma_besettes=True)
    leder = MedlemskapFactory(plass=plass).person
    VervFactory(plass=plass)
    MotekravFactory(gruppe=plass.gruppe)
    MoteFactory(gruppe=plass.gruppe, start=MANDAG + 10 * EN_DAG, slutt=MANDAG + 10 * EN_DAG + dt.timedelta(hours=1))
    OppfolgingFactory(gruppe=plass.gruppe, frist=MANDAG.date() + 9 * EN_DAG, eier_person=leder)
    plan = HandlingsplanFactory(samarbeid=samarbeid, revisjon_maneder=12, utarbeides_av=plass.gruppe)
    PlanutgaveFactory(plan=plan, periode_fra=dt.date(2026, 1, 1), periode_til=dt.date(2027, 12, 31))
    enhet = EnhetskontaktFactory(enhet=EnhetFactory(samarbeid=samarbeid)).enhet
    for felter in ({"frist": MANDAG.date() + 8 * EN_DAG}, {"start": dt.date(2026, 6, 3)}):
        tiltak = TiltakFactory(plan=plan, **felter)
        AnsvarFactory(tiltak=tiltak, enhet=enhet)
    return tiltak


@pytest.fixture
def samarbeid():
    samarbeid = SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1))
    RolletildelingFactory(samarbeid=samarbeid, person=PersonFactory(navn="Kari Koordinator"))
    return samarbeid


def test_det_som_ventes_er_det_som_kommer(samarbeid):
    """The outlook, against the runs themselves, day by day."""
    lag_verden(samarbeid)
    for regel in REGLER:
        regel.planlegg(MANDAG)
    framsyn.se_framover(MANDAG)
    slutt = MANDAG.date() + 11 * EN_DAG
    ventet = {
        (t["dag"], t["person"], t["regel"], t["trinn"])
        for t in Framsyn.objects.get().innhold["ting"]
        if t["dag"] <= slutt.isoformat()
    }
    kom = set()
    for dag in range(1, 12):
        for regel in REGLER:
            nye = regel.planlegg(MANDAG + dag * EN_DAG).nye
            kom |= {((MANDAG.date() + dag * EN_DAG).isoformat(), v.person_id, v.regel, v.trinn) for v in nye}
    assert ventet == kom
    assert {regel for _d, _p, regel, _t in kom} == {"frist", "mote", "mote_holdt", "oppfolging", "revisjon", "status"}


def test_framsynet_koster_like_mange_sporringer_for_ett_og_for_tre(samarbeid, django_assert_max_num_queries):
    lag_verden(samarbeid)
    for _ in range(2):
        lag_verden(SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1)))
    with django_assert_max_num_queries(50):
        framsyn.se_framover(MANDAG)
    assert Framsyn.objects.count() == 3


# A reminder now


@pytest.fixture
def ansvarlig(rollebesetning):
    tiltak = TiltakFactory(plan=HandlingsplanFactory(samarbeid=rollebesetning.samarbeid), tittel="Ungdomsklubb")
    AnsvarFactory(tiltak=tiltak, plass=PlassFactory(gruppe=rollebesetning.gruppe))
    tiltak.person = MedlemskapFactory(plass=tiltak.ansvar.get().plass, person__navn="Per Ansvarlig").person
    return tiltak


def paminn(nettleser, rad, slag="tiltak"):
    svar = nettleser.post(sti(f"paminn_{slag}", rad.samarbeid, rad.pk), follow=True)
    return " ".join(str(melding) for melding in svar.context["messages"])


def test_paminn_na_gar_straks_og_alene_og_en_gang_om_dagen(som, rollebesetning, ansvarlig):
    Varselvalg.objects.create(person=ansvarlig.person, regel="status", hyppighet="aldri")
    koordinator = som("koordinator")

    assert paminn(koordinator, ansvarlig) == "Påminnelsen er på vei til Per Ansvarlig."
    epost = Epost.objects.get()
    assert (epost.straks, epost.person, epost.tilstand) == (True, ansvarlig.person, "venter")
    assert f"{rollebesetning['koordinator'].navn} ba om at du får den nå." in epost.tekst
    assert epost.varsler.get().svarlenker.count() == 1
    assert "utenom den samlede e-posten" in epost.tekst
    assert "samlet i én e-post om dagen" not in epost.tekst + epost.html
    assert "alt sendt i dag" in paminn(koordinator, ansvarlig)
    assert Epost.objects.count() == 1


def test_ingen_paminnes_i_en_pause_eller_nar_det_bare_er_en_selv(som, rollebesetning, ansvarlig):
    PauseFactory(samarbeid=rollebesetning.samarbeid, om=f"tiltak-{ansvarlig.pk}")
    assert "Avslutt pausen først" in paminn(som("koordinator"), ansvarlig)
    eget = TiltakFactory(plan=ansvarlig.plan)
    assert "Ingen andre enn du" in paminn(som("koordinator"), eget)
    assert not Epost.objects.exists()


def test_motet_og_gruppa_kan_det_ogsa_minnes_om(som, rollebesetning):
    gruppe = rollebesetning.gruppe
    mote = MoteFactory(gruppe=gruppe, start=naa() + 3 * EN_DAG, slutt=naa() + 3 * EN_DAG + dt.timedelta(hours=1))
    assert paminn(som("leder"), mote, "mote").startswith("Påminnelsen er på vei til ")
    assert rollebesetning["leder"].pk not in Epost.objects.values_list("person", flat=True)
    assert paminn(som("leder"), gruppe, "gruppe") == "Det er ingenting å minne om her nå."


def test_den_som_leder_en_gruppe_minner_om_det_gruppa_svarer_for(som, rollebesetning):
    plan = HandlingsplanFactory(samarbeid=rollebesetning.samarbeid)
    egen, annen = (TiltakFactory(plan=plan) for _ in range(2))
    AnsvarFactory(tiltak=egen, gruppe=rollebesetning.gruppe)
    svar = {t: som("leder").post(sti("paminn_tiltak", t.samarbeid, t.pk)).status_code for t in (egen, annen)}
    assert svar == {egen: 302, annen: 403}


# A pause


def test_en_pause_settes_vises_der_det_betyr_noe_og_avsluttes(som, rollebesetning, ansvarlig):
    samarbeid = rollebesetning.samarbeid
    ny = sti("pause_tiltak", samarbeid, ansvarlig.pk)
    gale = [{"til": "1.1.2020", "grunn": "Flytting"}, {"til": "1.1.2099", "grunn": "Flytting"}, {"til": "1.1.2027"}]
    assert [som("koordinator").post(ny, feil).status_code for feil in gale] == [200, 200, 200]
    til = i_dag() + 30 * EN_DAG
    assert som("koordinator").post(ny, {"til": f"{til:%d.%m.%Y}", "grunn": "Skolen flytter"}).status_code == 302
    for side in (ansvarlig.get_absolute_url(), sti("varsler", samarbeid)):
        assert "Skolen flytter" in som("koordinator").get(side).content.decode()
    assert "Skolen flytter" in som("medlem").get(ansvarlig.get_absolute_url()).content.decode()
    som("koordinator").post(sti("pause_avslutt", samarbeid, Pause.objects.get().pk))
    assert not Pause.objects.aktive(i_dag()).exists()
    assert "Skolen flytter" not in som("medlem").get(ansvarlig.get_absolute_url()).content.decode()


# What is seen, and by whom


def test_hver_ser_sitt(som, rollebesetning):
    samarbeid, gruppe = rollebesetning.samarbeid, rollebesetning.gruppe
    mitt = VarselFactory(samarbeid=samarbeid, person=rollebesetning["medlem"], gjelder="Bare medlemmets")
    for om, gjelder in ((f"gruppe-{gruppe.pk}", "Om gruppa"), ("", "Andres")):
        VarselFactory(samarbeid=samarbeid, person=rollebesetning["koordinator"], om=om, gjelder=gjelder)
    Varsel.objects.exclude(pk=mitt.pk).update(epost=EpostFactory(tilstand="sendt", sendt=MANDAG))
    Varsel.objects.filter(pk=mitt.pk).update(epost=EpostFactory(tilstand="feilet", svar_fra_tjener="550 ukjent"))

    def ser(rolle):
        html = som(rolle).get(sti("varsler_sendt", samarbeid)).content.decode()
        return {hva for hva in ("Bare medlemmets", "Om gruppa", "Andres") if hva in html}

    assert {rolle: ser(rolle) for rolle in ("koordinator", "leder", "medlem")} == {
        "koordinator": {"Bare medlemmets", "Om gruppa", "Andres"},
        "leder": {"Om gruppa"},
        "medlem": {"Bare medlemmets"},
    }
    assert "550 ukjent" in som("medlem").get(sti("varsler_sendt", samarbeid)).content.decode()


def test_lederen_ser_ikke_det_et_medlem_horer_fra_andre_grupper(som, rollebesetning):
    samarbeid, gruppe, medlem = rollebesetning.samarbeid, rollebesetning.gruppe, rollebesetning["medlem"]
    annen = GruppeFactory(samarbeid=samarbeid)
    for om, gjelder in ((f"gruppe-{gruppe.pk}", "Fra vår gruppe"), (f"gruppe-{annen.pk}", "Fra en annen")):
        VarselFactory(samarbeid=samarbeid, person=medlem, om=om, gjelder=gjelder)
    MedlemskapFactory(plass=PlassFactory(gruppe=annen), person=medlem)
    MoteFactory(gruppe=annen, start=naa() + 12 * EN_DAG, slutt=naa() + 12 * EN_DAG + dt.timedelta(hours=1))
    framsyn.regn_ut([samarbeid], naa())

    for rolle, ser in (("koordinator", {"vår gruppe", "en annen"}), ("leder", {"vår gruppe"})):
        side = som(rolle).get(sti("varsler_person", samarbeid, medlem.pk)).content.decode()
        assert {ord_ for ord_ in ("vår gruppe", "en annen") if f"Fra {ord_}" in side} == ser
        assert (annen.visningsnavn in side) is False


def test_den_inhabile_ser_ikke_oppfolgingen_fra_saken_blant_varslene(som, rollebesetning):
    samarbeid, gruppe, medlem = rollebesetning.samarbeid, rollebesetning.gruppe, rollebesetning["medlem"]
    sak = SakFactory(gruppe=gruppe, mote=MoteFactory(gruppe=gruppe))
    frist = i_dag() + 12 * EN_DAG
    rad = OppfolgingFactory(gruppe=gruppe, sak=sak, eier_person=medlem, tekst="Ring den ene", frist=frist)
    VarselFactory(
        samarbeid=samarbeid,
        person=medlem,
        regel="oppfolging",
        nokkel=f"oppfolging:oppfolging-{rad.pk}:x",
        gjelder=rad.tekst,
        epost=EpostFactory(tilstand="sendt", sendt=MANDAG),
    )
    framsyn.regn_ut([samarbeid], naa())
    sider = [sti("varsler", samarbeid), sti("varsler_sendt", samarbeid), sti("varsler_person", samarbeid, medlem.pk)]

    def ser() -> list[bool]:
        return ["Ring den ene" in som("koordinator").get(side).content.decode() for side in sider]

    assert ser() == [True, True, True]
    DeltakelseFactory(mote=sak.mote, person=rollebesetning["koordinator"]).inhabil_i.add(sak)
    assert ser() == [False, False, False]


def test_siden_sier_hvorfor_noen_ikke_far_e_post(som, rollebesetning):
    samarbeid, gruppe = rollebesetning.samarbeid, rollebesetning.gruppe
    uten = MedlemskapFactory(plass=PlassFactory(gruppe=gruppe), person=PersonFactory(navn="Uten Adresse", epost=None))
    VervFactory(plass=uten.plass, slag="sekretar")
    avvist = EnhetskontaktFactory(enhet=EnhetFactory(samarbeid=samarbeid), person__navn="Avvist Adresse").person
    AvvistAdresse.objects.create(adresse=avvist.epost, oppdaget=MANDAG)
    medlem = rollebesetning["medlem"]
    Varselvalg.objects.create(person=medlem, regel="mote", hyppighet="aldri")
    Varselvalg.objects.create(person=medlem, regel="status", hyppighet="ukentlig")
    VarselFactory(samarbeid=samarbeid, person=medlem, regel="frist", om="tiltak-9", gjelder="Venter i pausen")
    VarselFactory(samarbeid=samarbeid, person=medlem, regel="frist", forbigatt=True, gjelder="Et trinn")
    VarselFactory(samarbeid=samarbeid, person=medlem, regel="frist", trukket=MANDAG, gjelder="Borte")
    PauseFactory(samarbeid=samarbeid, om="tiltak-9", til=i_dag() + EN_DAG)
    MoteFactory(gruppe=gruppe, start=naa() + 12 * EN_DAG, slutt=naa() + 12 * EN_DAG + dt.timedelta(hours=1))
    framsyn.regn_ut([samarbeid], naa())

    side = som("koordinator").get(sti("varsler_person", samarbeid, medlem.pk)).content.decode()
    for ord_ in ("Har slått av «Møter som kommer»", "Får «Hvordan det går med tiltakene» samlet", "Pause til og med",
                 "Forbigått av det neste trinnet", "det gjaldt ikke lenger"):  # fmt: skip
        assert ord_ in side
    lista = som("koordinator").get(sti("varsler", samarbeid)).content.decode()
    assert "Har slått det av" in lista
    assert "Uten Adresse" in lista
    assert f"Sekretær, {gruppe.visningsnavn}: påminnelsene går til" in lista
    side = som("koordinator").get(sti("varsler_person", samarbeid, uten.person.pk)).content.decode()
    assert "Har ingen e-postadresse, og får ingen e-post." in side
    assert "har en e-postadresse som ikke finnes." in lista
    side = som("koordinator").get(sti("varsler_person", samarbeid, avvist.pk)).content.decode()
    assert "Ingenting sendes dit før den er rettet." in side


def test_den_neste_e_posten_kan_leses_pa_forhand(som, rollebesetning):
    samarbeid, medlem = rollebesetning.samarbeid, rollebesetning["medlem"]
    samarbeid.stille_helg = samarbeid.stille_helligdag = samarbeid.stille_juli = False
    samarbeid.save()
    VarselFactory(samarbeid=samarbeid, person=medlem, gjelder="Noe nytt", hvorfor="Setningen.\n\n«Regelen.»\nPlanen")
    side = som("medlem").get(sti("varsler_person", samarbeid, medlem.pk)).content.decode()
    assert all(ord_ in side for ord_ in ("Noe nytt", "Setningen.", "«Regelen.»", "<figcaption>Planen</figcaption>"))


@pytest.mark.parametrize("antall", [1, 3])
def test_sidene_koster_hoyst_tolv_sporringer(som, rollebesetning, antall, django_assert_max_num_queries):
    samarbeid, medlem = rollebesetning.samarbeid, rollebesetning["medlem"]
    for nr in range(antall):
        PauseFactory(samarbeid=samarbeid, om=f"tiltak-{nr}")
        VarselFactory(samarbeid=samarbeid, person=MedlemskapFactory(plass__gruppe=rollebesetning.gruppe).person)
        VarselFactory(samarbeid=samarbeid, person=medlem, epost=EpostFactory(tilstand="sendt", sendt=MANDAG))
        OppfolgingFactory(gruppe=rollebesetning.gruppe, frist=i_dag() + 10 * EN_DAG)
    framsyn.regn_ut([samarbeid], naa())
    for rolle in ("koordinator", "leder"):
        nettleser = som(rolle)
        for side, *args in (["varsler"], ["varsler_sendt"], ["varsler_person", medlem.pk]):
            nettleser.get(sti(side, samarbeid, *args))
            with django_assert_max_num_queries(12):
                assert nettleser.get(sti(side, samarbeid, *args)).status_code == 200


# The overview tells when it does not go


def oversikten(som, samarbeid):
    return som("koordinator").get(sti("oversikt", samarbeid)).content.decode()


def test_oversikten_sier_fra_om_en_kjoring_som_uteble(som, rollebesetning):
    samarbeid = rollebesetning.samarbeid
    assert "Ingen påminnelser er regnet ut ennå." in oversikten(som, samarbeid)
    for regel in REGLER:
        KjoringFactory(jobb=regel.jobb, startet=naa(), ferdig=naa() - dt.timedelta(hours=30))
    assert "Påminnelsene er ikke regnet ut siden" in oversikten(som, samarbeid)
    Kjoring.objects.exclude(jobb=REGLER[0].jobb).update(ferdig=naa())
    assert "Noen av dagens påminnelser er ikke regnet ut." in oversikten(som, samarbeid)
    Kjoring.objects.update(ferdig=naa())
    assert "regnet ut" not in oversikten(som, samarbeid)


def test_oversikten_sier_fra_om_det_ingen_kan_fa_vite(som, rollebesetning):
    samarbeid = SamarbeidFactory(oppfolging_fra=dt.date(2026, 1, 1))
    MotekravFactory(gruppe=GruppeFactory(samarbeid=samarbeid), kalender="maned")
    framsyn.regn_ut([samarbeid], MANDAG)
    assert Framsyn.objects.get().uten_mottaker == 1
    assert (
        "Én ting skal minnes om, men ingen kan få det."
        in som("superbruker").get(sti("oversikt", samarbeid)).content.decode()
    )
