import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felles.tid import OSLO, oslo_dato
from organisering.factories import SamarbeidFactory
from organisering.models import Samarbeid
from tiltak.factories import HandlingsplanFactory, StatusmeldingFactory, TiltakFactory
from tiltak.models import Statusmelding, Tilstand, Tiltak
from tiltak.rules import tilstand
from tiltak.rules.tilstand import neste_gang

PR = dt.date(2026, 11, 22)
GRUNN = "Ga ikke resultater."


def samarbeid(oppfolging_fra=dt.date(2026, 1, 1), statusrytme=6):
    return Samarbeid(oppfolging_fra=oppfolging_fra, statusrytme=statusrytme)


def melding(status, dag):
    return Statusmelding(status=status, meldt=dt.datetime.combine(dag, dt.time(12), tzinfo=OSLO))


def staar(tiltak, siste=None, pr=PR, hos=None):
    return tilstand(tiltak, siste, hos or samarbeid(), pr)


@pytest.mark.parametrize(
    ("felter", "siste", "ventet"),
    [
        ({"avsluttet": dt.date(2026, 11, 22), "gjort": dt.date(2026, 1, 2)}, None, "avsluttet"),
        ({"avsluttet": dt.date(2026, 11, 23)}, ("i_gang", dt.date(2026, 11, 1)), "i_gang"),
        ({"gjort": dt.date(2023, 6, 19), "frist": dt.date(2023, 1, 1)}, None, "gjort"),
        ({"gjort": dt.date(2026, 11, 23)}, ("i_gang", dt.date(2026, 11, 1)), "i_gang"),
        ({"frist": dt.date(2026, 11, 21)}, ("gjort", dt.date(2026, 11, 1)), "gjort"),
        ({"frist": dt.date(2026, 11, 21)}, ("trenger_hjelp", dt.date(2026, 11, 1)), "forfalt"),
        ({"frist": dt.date(2026, 11, 22)}, ("i_gang", dt.date(2026, 11, 1)), "i_gang"),
        ({}, ("trenger_hjelp", dt.date(2026, 1, 2)), "trenger_hjelp"),
        ({}, ("i_gang", dt.date(2026, 5, 22)), "mangler_status"),
        ({}, ("i_gang", dt.date(2026, 5, 23)), "i_gang"),
        ({}, None, "mangler_status"),
        ({"start": dt.date(2026, 5, 23)}, None, "ikke_startet"),
        ({"start": dt.date(2026, 5, 22)}, None, "mangler_status"),
        ({"start": dt.date(2027, 1, 1)}, None, "ikke_startet"),
        ({"startet": dt.date(2026, 6, 1)}, None, "i_gang"),
        ({"startet": dt.date(2026, 6, 1)}, ("ikke_startet", dt.date(2026, 6, 2)), "ikke_startet"),
        ({"startet": dt.date(2026, 6, 2)}, ("ikke_startet", dt.date(2026, 6, 2)), "i_gang"),
        ({"opphav": "viderefort", "start": dt.date(2026, 6, 1)}, None, "i_gang"),
        ({"opphav": "ordinaer"}, ("ikke_startet", dt.date(2026, 6, 2)), "ikke_startet"),
        ({"slutt": dt.date(2026, 6, 30)}, ("i_gang", dt.date(2026, 6, 2)), "i_gang"),
    ],
)
def test_den_forste_tilstanden_som_passer_gjelder(felter, siste, ventet):
    assert staar(Tiltak(**felter), melding(*siste) if siste else None) == ventet


@pytest.mark.parametrize(
    ("rytme", "gjort", "pr", "ventet"),
    [
        ("manedlig", dt.date(2026, 11, 1), dt.date(2026, 11, 30), True),
        ("manedlig", dt.date(2026, 10, 31), dt.date(2026, 11, 1), False),
        ("halvarlig", dt.date(2026, 1, 1), dt.date(2026, 6, 30), True),
        ("halvarlig", dt.date(2026, 6, 30), dt.date(2026, 7, 1), False),
        ("arlig", dt.date(2026, 1, 1), dt.date(2026, 12, 31), True),
        ("arlig", dt.date(2026, 12, 31), dt.date(2027, 1, 1), False),
        ("kontinuerlig", dt.date(2026, 11, 22), dt.date(2026, 11, 22), False),
    ],
)
def test_en_rytme_er_gjort_i_sin_egen_runde(rytme, gjort, pr, ventet):
    assert (staar(Tiltak(rytme=rytme), melding("gjort", gjort), pr) == Tilstand.GJORT) is ventet
    assert (staar(Tiltak(rytme=rytme, gjort=gjort), None, pr) == Tilstand.GJORT) is ventet


def test_den_siste_runden_blir_staende_nar_tida_er_ute():
    tiltak = Tiltak(rytme="arlig", slutt=dt.date(2024, 6, 30))
    assert staar(tiltak, melding("gjort", dt.date(2024, 5, 18))) == Tilstand.GJORT
    assert staar(tiltak, melding("gjort", dt.date(2023, 5, 18))) == Tilstand.MANGLER_STATUS


def test_et_lopende_tiltak_som_melder_gjort_er_i_gang():
    assert staar(Tiltak(rytme="kontinuerlig"), melding("gjort", dt.date(2026, 11, 1))) == Tilstand.I_GANG


def test_ingen_mangler_status_for_oppfolgingen_har_begynt():
    assert staar(Tiltak(), hos=samarbeid(oppfolging_fra=None)) == Tilstand.IKKE_STARTET
    gammel = melding("i_gang", dt.date(2023, 1, 1))
    assert staar(Tiltak(), gammel, dt.date(2026, 6, 30)) == Tilstand.I_GANG
    assert staar(Tiltak(), gammel, dt.date(2026, 7, 1)) == Tilstand.MANGLER_STATUS


def test_den_31_blir_siste_dag_i_en_kortere_maned():
    siste = melding("i_gang", dt.date(2026, 8, 31))
    assert staar(Tiltak(), siste, dt.date(2027, 2, 27)) == Tilstand.I_GANG
    assert staar(Tiltak(), siste, dt.date(2027, 2, 28)) == Tilstand.MANGLER_STATUS
    assert staar(Tiltak(), melding("i_gang", dt.date(2027, 8, 31)), dt.date(2028, 2, 28)) == Tilstand.I_GANG


@pytest.mark.parametrize(
    ("pr", "ventet"),
    [
        (dt.date(2027, 1, 1), Tilstand.I_GANG),  # done last year, and this year's time has not come
        (dt.date(2027, 6, 30), Tilstand.I_GANG),  # asked in June
        (dt.date(2027, 7, 1), Tilstand.MANGLER_STATUS),
    ],
)
def test_et_arlig_tiltak_mangler_status_forst_nar_maneden_etter_er_ute(pr, ventet):
    tiltak = Tiltak(rytme="arlig", rytme_maned=5, rytme_dag=17)
    assert staar(tiltak, melding("gjort", dt.date(2026, 5, 18)), pr) == ventet


def test_et_arlig_tiltak_som_aldri_er_meldt_venter_pa_sin_egen_tid():
    september = Tiltak(rytme="arlig", rytme_maned=9)
    assert staar(september, pr=dt.date(2026, 10, 31)) == Tilstand.IKKE_STARTET
    assert staar(september, pr=dt.date(2026, 11, 1)) == Tilstand.MANGLER_STATUS


@pytest.mark.parametrize(
    ("maned", "dag", "pr", "gjort", "ventet"),
    [
        (5, 17, dt.date(2026, 5, 17), False, dt.date(2026, 5, 17)),
        (5, 17, dt.date(2026, 5, 17), True, dt.date(2027, 5, 17)),
        (5, 17, dt.date(2026, 5, 18), False, dt.date(2027, 5, 17)),
        (2, 29, dt.date(2026, 3, 1), False, dt.date(2027, 2, 28)),
        (2, 29, dt.date(2027, 3, 1), False, dt.date(2028, 2, 29)),
        (4, 31, dt.date(2026, 1, 1), False, dt.date(2026, 4, 30)),
    ],
)
def test_neste_gang_for_et_arlig_tiltak(maned, dag, pr, gjort, ventet):
    assert neste_gang(Tiltak(rytme="arlig", rytme_maned=maned, rytme_dag=dag), pr, gjort=gjort) == ventet


def test_neste_gang_kommer_ikke_nar_tiltakets_tid_er_ute():
    tiltak = Tiltak(rytme="arlig", rytme_maned=5, rytme_dag=17, slutt=dt.date(2026, 12, 31))
    assert neste_gang(tiltak, PR, gjort=True) is None
    framtid = Tiltak(rytme="arlig", rytme_maned=5, rytme_dag=17, start=dt.date(2028, 1, 1))
    assert neste_gang(framtid, PR, gjort=False) == dt.date(2028, 5, 17)


# The property and the queryset agree

dager = st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))
kanskje = st.none() | dager
oyeblikk = st.datetimes(
    dt.datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis takes naive bounds
    dt.datetime(2028, 12, 30),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


@st.composite
def tiltaksfakta(draw):
    start = draw(kanskje)
    slutt = draw(kanskje.filter(lambda dag: dag is None or start is None or dag >= start))
    rytme = draw(st.sampled_from(["", *Tiltak.Rytme.values]))
    maned = draw(st.none() | st.integers(1, 12)) if rytme == "arlig" else None
    avsluttet = draw(st.none() | st.none() | dager)
    return {
        "start": start,
        "slutt": slutt,
        "rytme": rytme,
        "rytme_maned": maned,
        "rytme_dag": draw(st.none() | st.integers(1, 31)) if maned else None,
        "frist": draw(kanskje) if rytme == "" else None,
        "startet": draw(kanskje),
        "gjort": draw(st.none() | dager),
        "avsluttet": avsluttet,
        "avsluttet_grunn": GRUNN if avsluttet else "",
        "opphav": draw(st.sampled_from(Tiltak.Opphav.values)),
    }


@pytest.fixture
def plan(db):
    return HandlingsplanFactory(samarbeid=SamarbeidFactory())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fakta=tiltaksfakta(),
    meldinger=st.lists(st.tuples(oyeblikk, st.sampled_from(Statusmelding.Status.values)), max_size=3),
    oppfolging_fra=kanskje,
    statusrytme=st.integers(1, 60) | st.integers(1, 7),
    pr=st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31)),
)
def test_regelen_og_sporringen_er_enige(plan, fakta, meldinger, oppfolging_fra, statusrytme, pr):
    hos = plan.samarbeid
    hos.oppfolging_fra, hos.statusrytme = oppfolging_fra, statusrytme
    hos.save()
    tiltak = TiltakFactory(plan=plan, **fakta)
    rader = [StatusmeldingFactory(tiltak=tiltak, meldt=naar, status=status) for naar, status in meldinger]
    siste = max((m for m in rader if oslo_dato(m.meldt) <= pr), key=lambda m: (m.meldt, m.pk), default=None)
    rad = Tiltak.objects.med_tilstand(pr).get(pk=tiltak.pk)
    assert (rad.tilstand, rad.siste_meldt) == (tilstand(tiltak, siste, hos, pr), siste and siste.meldt)


@pytest.mark.parametrize("rytme", ["manedlig", "halvarlig", "arlig", "kontinuerlig"])
@pytest.mark.parametrize("pr", [dt.date(2026, 11, 22), dt.date(2026, 7, 1), dt.date(2026, 6, 30), dt.date(2027, 1, 1)])
def test_regelen_og_sporringen_er_enige_om_rundene(plan, rytme, pr):
    for ar in (2025, 2026):
        for maned in range(1, 13):
            dag = dt.date(ar, maned, 28)
            TiltakFactory(plan=plan, rytme=rytme, gjort=dag)
            TiltakFactory(plan=plan, rytme=rytme, gjort=dag, slutt=dt.date(2026, 3, 31))
            meldt = TiltakFactory(plan=plan, rytme=rytme)
            StatusmeldingFactory(tiltak=meldt, status="gjort", meldt=dt.datetime.combine(dag, dt.time(9), tzinfo=OSLO))
    for rad in Tiltak.objects.med_tilstand(pr):
        siste = next((m for m in rad.statusmeldinger.all() if oslo_dato(m.meldt) <= pr), None)
        assert rad.tilstand == tilstand(rad, siste, plan.samarbeid, pr)


def test_siste_melding_pr_dagen_teller_til_midnatt_i_norge(plan):
    tiltak = TiltakFactory(plan=plan)
    StatusmeldingFactory(tiltak=tiltak, meldt=dt.datetime(2026, 6, 30, 21, 59, tzinfo=dt.UTC), tekst="før")
    StatusmeldingFactory(tiltak=tiltak, meldt=dt.datetime(2026, 6, 30, 22, 0, tzinfo=dt.UTC), tekst="etter")
    assert Tiltak.objects.med_tilstand(dt.date(2026, 6, 30)).get().siste_tekst == "før"
    assert Tiltak.objects.med_tilstand(dt.date(2026, 7, 1)).get().siste_tekst == "etter"


def test_det_som_trenger_noen_kommer_forst(plan):
    gjort = TiltakFactory(plan=plan, gjort=dt.date(2026, 5, 1))
    i_gang = TiltakFactory(plan=plan, startet=dt.date(2026, 10, 1))
    uten_status = TiltakFactory(plan=plan)
    forfalt = TiltakFactory(plan=plan, frist=dt.date(2026, 11, 1))
    rekke = Tiltak.objects.med_tilstand(PR).trenger_deg_forst()
    assert list(rekke) == [forfalt, uten_status, i_gang, gjort]
    assert rekke.filter(tilstand=Tilstand.MANGLER_STATUS).get() == uten_status
