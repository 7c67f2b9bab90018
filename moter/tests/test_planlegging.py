"""Planning a group's meetings: what is suggested, what is refused, and that what was typed stays."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.stille import Stilledager
from felles.tid import OSLO, i_dag, naa
from moter.factories import MoteFactory, SakFactory
from moter.models import Mote
from moter.rules.forslag import motetid
from organisering.factories import GruppeFactory, MotekravFactory

STILLE = Stilledager()
MANDAG = dt.date(2026, 11, 23)


def mote(ar, maned, dag, time=12, minutt=30, **felter):
    start = dt.datetime(ar, maned, dag, time, minutt, tzinfo=OSLO)
    return Mote(start=start, slutt=start + dt.timedelta(minutes=90), **felter)


# The suggestion


def test_forslaget_følger_dagen_klokka_og_stedet_gruppa_pleier_å_bruke():
    moter = [mote(2026, 6, 3), mote(2026, 9, 2), mote(2026, 10, 7, sted="Parken")]
    den = motetid(moter, pr=MANDAG, innen=dt.date(2026, 12, 31), stille=STILLE)
    assert (den.dato, den.fra, den.til, den.sted, den.vane) == (
        dt.date(2026, 12, 9), dt.time(12, 30), dt.time(14, 0), "Parken", True,
    )  # fmt: skip


def test_uten_møter_å_gå_etter_er_forslaget_en_arbeidsdag_to_uker_fram():
    den = motetid([], pr=dt.date(2026, 11, 21), innen=None, stille=STILLE)
    assert (den.dato, den.vane) == (dt.date(2026, 12, 7), False)


@pytest.mark.parametrize(
    ("pr", "ventet"),
    [
        (dt.date(2026, 12, 24), dt.date(2026, 12, 30)),  # Wednesday, after Christmas
        (dt.date(2026, 12, 30), dt.date(2026, 12, 31)),  # the last day there is
        (dt.date(2026, 12, 31), dt.date(2027, 1, 14)),  # no day left: the next that can be
    ],
)
def test_forslaget_holder_fristen_så_lenge_det_er_en_dag_igjen(pr, ventet):
    moter = [mote(2026, 9, 2)]
    assert motetid(moter, pr=pr, innen=dt.date(2026, 12, 31), stille=STILLE).dato == ventet


def test_forslaget_går_utenom_opptatte_dager_og_avlyste_møter_teller_ikke():
    moter = [mote(2026, 9, 2), mote(2026, 12, 9), mote(2026, 12, 16, avlyst=dt.datetime(2026, 11, 1, tzinfo=OSLO))]
    assert motetid(moter, pr=MANDAG, innen=dt.date(2026, 12, 31), stille=STILLE).dato == dt.date(2026, 12, 16)


# The pages

pytestmark = pytest.mark.django_db


def sti(rollebesetning, navn, *deler):
    return reverse(f"moter:{navn}", args=[rollebesetning.samarbeid.slug, *deler])


def om(dager):
    return (naa() + dt.timedelta(days=dager)).replace(hour=12, minute=0, second=0, microsecond=0)


def felter(dato, fra="12.30", til="14.00", **resten):
    return {"dato": dato, "fra": fra, "til": til, "sted": "Rådhuset", "lenke": "", **resten}


def norsk(dag):
    return f"{dag.day}.{dag.month}.{dag.year}"


@pytest.mark.parametrize("rolle", ["koordinator", "leder"])
def test_et_mote_settes_opp_med_norske_datoer_og_klokkeslett(som, rollebesetning, rolle):
    dag = om(20).date()
    svar = som(rolle).post(
        sti(rollebesetning, "nytt", rollebesetning.gruppe.pk), felter(norsk(dag), "kl 12:30", "14"), follow=True
    )
    mote = Mote.objects.get()
    assert (mote.dato, mote.start.astimezone(OSLO).time(), mote.gruppe) == (
        dag, dt.time(12, 30), rollebesetning.gruppe,
    )  # fmt: skip
    assert "er satt opp" in svar.content.decode()


def test_siden_er_fylt_ut_sier_det_og_viser_kravet(som, rollebesetning):
    MotekravFactory(gruppe=rollebesetning.gruppe, ordlyd="Minst seks møter i året.")
    MoteFactory(gruppe=rollebesetning.gruppe, start=om(-30), holdt=om(-30), sted="Parken")
    html = som("leder").get(sti(rollebesetning, "nytt", rollebesetning.gruppe.pk)).content.decode()
    assert "Forslaget er fylt inn" in html
    assert "Minst seks møter i året." in html
    assert 'value="Parken"' in html
    assert 'value="12.00"' in html


@pytest.mark.parametrize(
    ("endring", "setning"),
    [
        ({"dato": "9.12.2020"}, "Tidspunktet er passert."),
        ({"dato": "31.11.2027"}, "Den dagen finnes ikke."),
        ({"dato": "i morgen"}, "Skriv datoen slik:"),
        ({"dato": "28.3.2027", "fra": "02.30", "til": "04.00"}, "Klokka stilles fram denne natta"),
        ({"dato": "31.10.2027", "fra": "02.30", "til": "05.00"}, "kommer to ganger"),
        ({"dato": "9.12.2027", "fra": "14.00", "til": "12.30"}, "Møtet må slutte etter at det begynner."),
        ({"dato": "9.12.2027", "fra": "25.00"}, "Det klokkeslettet finnes ikke."),
        ({"dato": "9.12.2027", "sted": "01010750160"}, "fødselsnummer"),
        ({"dato": "9.12.2027", "sted": "x" * 201}, "200"),
        ({"dato": "9.12.2027", "lenke": "ikke en adresse"}, "gyldig"),
        ({"dato": ""}, "må fylles ut"),
    ],
)
def test_et_tidspunkt_som_ikke_går_blir_forklart_og_det_skrevne_står(som, rollebesetning, endring, setning):
    svar = som("koordinator").post(
        sti(rollebesetning, "nytt", rollebesetning.gruppe.pk), felter("9.12.2027") | {"sted": "Rådhuset <b>"} | endring
    )
    html = svar.content.decode()
    assert svar.status_code == 200
    assert not Mote.objects.exists()
    assert setning in html
    assert "Møtet er ikke satt opp" in html
    assert f'value="{endring.get("dato", "9.12.2027")}"' in html or endring.get("dato") == ""
    assert "<b>" not in html.split("Når og hvor")[1]


def test_to_møter_på_samme_tid_avvises(som, rollebesetning):
    start = om(20)
    MoteFactory(gruppe=rollebesetning.gruppe, start=start)
    svar = som("koordinator").post(
        sti(rollebesetning, "nytt", rollebesetning.gruppe.pk), felter(norsk(start.date()), "12.00", "13.00")
    )
    assert "har alt et møte på den tiden" in svar.content.decode()


def test_et_møte_som_er_holdt_registreres(som, rollebesetning):
    dag = om(-3).date()
    som("leder").post(sti(rollebesetning, "registrer", rollebesetning.gruppe.pk), felter(norsk(dag)))
    assert Mote.objects.get().holdt is not None
    svar = som("leder").post(sti(rollebesetning, "registrer", rollebesetning.gruppe.pk), felter(norsk(om(3).date())))
    assert "Møtet har ikke begynt ennå." in svar.content.decode()


def test_et_møte_flyttes_og_avlyses_med_grunn(som, rollebesetning):
    mote = MoteFactory(gruppe=rollebesetning.gruppe, start=om(20))
    SakFactory(gruppe=mote.gruppe, mote=mote)
    ny = om(27).date()
    som("leder").post(sti(rollebesetning, "flytt", mote.pk), felter(norsk(ny)))
    mote.refresh_from_db()
    assert (mote.dato, mote.sted) == (ny, "Rådhuset")
    html = som("leder").get(sti(rollebesetning, "avlys", mote.pk)).content.decode()
    assert "tilbake til køen" in html
    som("leder").post(sti(rollebesetning, "avlys", mote.pk), {"avlyst_grunn": "For få kunne komme"})
    mote.refresh_from_db()
    assert (mote.tilstand(naa()), mote.avlyst_grunn, mote.saker.count()) == ("avlyst", "For få kunne komme", 0)


def test_et_møte_markeres_som_holdt_og_det_kan_angres(som, rollebesetning):
    mote = MoteFactory(gruppe=rollebesetning.gruppe, start=om(-2))
    som("leder").post(sti(rollebesetning, "holdt", mote.pk))
    mote.refresh_from_db()
    assert mote.holdt
    som("leder").post(sti(rollebesetning, "ikke_holdt", mote.pk))
    mote.refresh_from_db()
    assert mote.holdt is None
    svar = som("leder").post(sti(rollebesetning, "holdt", MoteFactory(gruppe=mote.gruppe, start=om(9)).pk), follow=True)
    assert "Møtet har ikke begynt ennå." in svar.content.decode()


def test_lederen_kan_ikke_sette_opp_møter_for_andre_grupper(som, rollebesetning):
    annen = GruppeFactory(samarbeid=rollebesetning.samarbeid)
    assert som("leder").get(sti(rollebesetning, "nytt", annen.pk)).status_code == 403
    assert som("leder").post(sti(rollebesetning, "nytt", annen.pk), felter("9.12.2027")).status_code == 403
    assert not Mote.objects.exists()


@pytest.mark.parametrize("antall", [1, 12])
def test_siden_koster_høyst_tolv_spørsmål(som, rollebesetning, antall, django_assert_max_num_queries):
    MotekravFactory(gruppe=rollebesetning.gruppe)
    for nummer in range(antall):
        MoteFactory(gruppe=rollebesetning.gruppe, start=om(-nummer))
    nettleser, mote = som("leder"), MoteFactory(gruppe=rollebesetning.gruppe, start=om(40))
    for adresse in (sti(rollebesetning, "nytt", rollebesetning.gruppe.pk), sti(rollebesetning, "flytt", mote.pk)):
        with django_assert_max_num_queries(12):
            nettleser.get(adresse)


def test_et_møte_kan_vare_over_midnatt(som, rollebesetning):
    dag = i_dag() + dt.timedelta(days=1)
    som("leder").post(sti(rollebesetning, "nytt", rollebesetning.gruppe.pk), felter(norsk(dag), "23.00", "00.30"))
    mote = Mote.objects.get()
    assert mote.slutt - mote.start == dt.timedelta(minutes=90)
