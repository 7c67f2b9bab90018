"""The year wheel and its list: what is shown to whom, where it stands, and what it costs."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from felles.tid import OSLO, i_dag, naa
from moter.factories import MoteFactory
from organisering.factories import (
    ArshjulpunktFactory,
    AvtaleFactory,
    FridagFactory,
    GruppeFactory,
    MotekravFactory,
    NivaFactory,
)
from organisering.rules import Tilgang
from slt_portal import aret, hjul
from tiltak.factories import HandlingsplanFactory, PlanutgaveFactory, TiltakFactory
from tiltak.models import Plangjennomgang

PR = dt.date(2026, 11, 24)
ALT = Tilgang(er_superbruker=True)


def sti(samarbeid, **valg):
    return reverse("arshjul", args=[samarbeid.slug], query=valg or None)


def les(samarbeid, ar=2026, pr=PR, har=ALT):
    return aret.hent(samarbeid, har, ar=ar, pr=pr, naa=dt.datetime.combine(pr, dt.time(9), OSLO))


def tomt_ar(hendelser=(), ar=2026, pr=PR):
    return aret.Ar(ar, pr, [], list(hendelser), [], [], [], stille_juli=True)


def test_aret_begynner_pa_toppen_og_gar_med_klokka():
    assert hjul.vinkel(dt.date(2026, 1, 1)) == 0
    assert hjul.vinkel(dt.date(2027, 7, 2)) == pytest.approx(179.5, abs=0.6)
    assert hjul._punkt(90, 100) == ("630.0", "454.0")


@pytest.mark.parametrize(
    ("antall", "ringer"),
    [
        (1, [(294, 334)]),
        (3, [(294, 334), (230, 270), (166, 206)]),
        (4, [(310, 334), (262, 286), (214, 238), (166, 190)]),
    ],
)
def test_ringene_deler_plassen(antall, ringer):
    assert [hjul.band(antall, nr) for nr in range(antall)] == ringer


@settings(max_examples=30)
@given(st.lists(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), max_size=60))
def test_ingen_etikett_dekker_en_annen_eller_gar_utenfor(datoer):
    tegnet = hjul.tegn(tomt_ar(aret.Hendelse(dato, "Et tiltak med en lang tittel", "planlagt") for dato in datoer))
    for anker in ("start", "end"):
        y_er = [float(etikett.y) for etikett in tegnet.etiketter if etikett.anker == anker]
        assert y_er == sorted(y_er)
        assert all(neste - denne >= hjul.ETIKETT_HOYDE - 0.2 for denne, neste in zip(y_er, y_er[1:], strict=False))
        assert all(0 < y < hjul.HOYDE for y in y_er)
    for etikett in tegnet.etiketter:
        lengst = max(map(len, etikett.linjer)) * hjul.TEGN
        assert float(etikett.x) - lengst * (etikett.anker == "end") + hjul.TEGN * 3 >= 0
        assert float(etikett.x) + lengst * (etikett.anker == "start") <= hjul.BREDDE + hjul.TEGN * 3
    assert sum(
        len(gruppe) for gruppe in hjul.samlet(tomt_ar([aret.Hendelse(d, "x", "gjort") for d in datoer]).hendelser)
    ) == len(datoer)


def test_det_som_star_pa_samme_sted_deler_merke_og_det_verste_vises():
    sammen = [
        aret.Hendelse(dt.date(2026, 5, dag), f"Nr. {dag}", merke) for dag, merke in ((16, "gjort"), (17, "forfalt"))
    ]
    tegnet = hjul.tegn(tomt_ar(sammen))
    assert [merke.nokkel for merke in tegnet.hendelser] == ["forfalt"]
    assert ("Nr. 17", "forfalt 17.\u00a0mai og 1 til") in [etikett.linjer for etikett in tegnet.etiketter]


@pytest.mark.django_db
class TestAret:
    def test_moter_rytmer_frister_revisjon_plikter_og_avtaler_star_pa_sin_dag(self, rollebesetning):
        gruppe, samarbeid = rollebesetning.gruppe, rollebesetning.samarbeid
        MotekravFactory(gruppe=gruppe)
        MoteFactory(
            gruppe=gruppe,
            start=dt.datetime(2026, 3, 12, 9, tzinfo=OSLO),
            holdt=dt.datetime(2026, 3, 12, 11, tzinfo=OSLO),
        )
        plan = HandlingsplanFactory(samarbeid=samarbeid, revisjon_maneder=24)
        PlanutgaveFactory(
            plan=plan, periode_fra=dt.date(2022, 1, 1), periode_til=dt.date(2026, 12, 30), vedtatt_utenfor=True
        )
        Plangjennomgang.objects.create(samarbeid=samarbeid, plan=plan, dato=dt.date(2023, 2, 1), organ_ord="Rådet")
        TiltakFactory(plan=plan, tittel="Fest", rytme="arlig", rytme_maned=5, rytme_dag=17)
        TiltakFactory(plan=plan, tittel="Undersøkelse", rytme="arlig", rytme_maned=2)
        TiltakFactory(plan=plan, tittel="Rapport", frist=dt.date(2026, 11, 1))
        TiltakFactory(plan=plan, tittel="Uteteam", rytme="kontinuerlig")
        TiltakFactory(plan=plan, tittel="Avsluttet", frist=dt.date(2026, 4, 1), avsluttet=PR, avsluttet_grunn="Ferdig.")
        ArshjulpunktFactory(samarbeid=samarbeid, tekst="Søke tilskudd", nar="dato", maned=12, dag=1)
        AvtaleFactory(
            samarbeid=samarbeid,
            navn="Politirådsavtalen",
            inngatt=None,
            fornyes=dt.date(2026, 6, 30),
            fornyes_maneder=None,
        )
        bilde = les(samarbeid)
        assert [(str(h.dato), h.navn, h.merke) for h in bilde.hendelser if not h.gruppe] == [
            ("2026-01-01", "Planen skal revideres", "forfalt"),
            ("2026-02-28", "Undersøkelse", "mangler_status"),
            ("2026-05-17", "Fest", "mangler_status"),
            ("2026-06-30", "Politirådsavtalen fornyes", "forfalt"),
            ("2026-11-01", "Rapport", "forfalt"),
            ("2026-12-01", "Søke tilskudd", "planlagt"),
            ("2026-12-30", "Planen går ut", "planlagt"),
        ]
        assert [(str(h.dato), h.merke) for h in bilde.hendelser if h.gruppe] == [
            ("2026-03-12", "holdt"),
            ("2026-12-31", "mangler"),
        ]
        assert [h.navn for h in bilde.uten_dato] == ["Uteteam"]
        assert bilde.setning == "1 møte holdt og 1 mangler."

    def test_med_mange_grupper_velger_en_niva(self, rollebesetning):
        samarbeid = rollebesetning.samarbeid
        nivaer = [NivaFactory(samarbeid=samarbeid, navn=navn) for navn in ("Styrende", "Utførende")]
        for nr in range(9):
            GruppeFactory(samarbeid=samarbeid, navn=f"Gruppe {nr}", rekkefolge=nr + 1).nivaer.add(nivaer[nr > 1])
        bilde = les(samarbeid)
        assert [(valg.navn, len(valg.grupper)) for valg in bilde.utvalg] == [
            ("Uten nivå", 1), ("Styrende", 2), ("Utførende, 1–5", 5), ("Utførende, 6–7", 2),
        ]  # fmt: skip
        assert len(hjul.tegn(bilde, bilde.utvalg[2].grupper).ringer) == 5

    def test_en_ser_bare_motene_i_egne_grupper(self, som, rollebesetning):
        samarbeid = rollebesetning.samarbeid
        MoteFactory(gruppe=rollebesetning.gruppe, start=naa() + dt.timedelta(days=1))
        MoteFactory(gruppe=GruppeFactory(samarbeid=samarbeid, navn="De andre"), start=naa() + dt.timedelta(days=1))
        for navn, ser in {"koordinator": True, "medlem": False, "leser": False}.items():
            assert ("De andre" in som(navn).get(sti(samarbeid)).content.decode()) is ser
        assert "/moter/" not in som("leser").get(sti(samarbeid)).content.decode().split("<main")[1]

    @pytest.mark.parametrize(
        ("ar", "svar"), [("2025", 200), ("2100", 200), ("0", 404), ("99999999999999", 404), ("²", 404), ("x", 404)]
    )
    def test_aret_i_adressen(self, som, rollebesetning, ar, svar):
        assert som("medlem").get(sti(rollebesetning.samarbeid, ar=ar)).status_code == svar

    @pytest.mark.parametrize("antall", [1, 3])
    def test_siden_koster_hoyst_tolv_sporsmal(self, som, rollebesetning, antall, django_assert_max_num_queries):
        samarbeid = rollebesetning.samarbeid
        plan = HandlingsplanFactory(samarbeid=samarbeid)
        for _ in range(antall):
            gruppe = GruppeFactory(samarbeid=samarbeid, navn="")
            gruppe.nivaer.add(NivaFactory(samarbeid=samarbeid))
            MotekravFactory(gruppe=gruppe)
            MoteFactory(gruppe=gruppe, start=naa())
            TiltakFactory(plan=plan, frist=i_dag())
            ArshjulpunktFactory(samarbeid=samarbeid, gruppe=gruppe, nar="var", maned=None, dag=None)
            AvtaleFactory(samarbeid=samarbeid, gruppe=gruppe)
            FridagFactory(samarbeid=samarbeid)
        nettleser = som("koordinator")
        with django_assert_max_num_queries(12):
            assert nettleser.get(sti(samarbeid)).status_code == 200
