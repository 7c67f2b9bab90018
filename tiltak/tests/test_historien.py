import datetime as dt

import pytest

from felles.tid import OSLO
from organisering.factories import PersonFactory
from tiltak.factories import AnsvarFactory, DelpunktFactory, PlanutgaveFactory, StatusmeldingFactory, TiltakFactory
from tiltak.models import Tiltak
from tiltak.rules.historien import historien
from tiltak.rules.tiltaket import hent_deler, hent_tiltaket

pytestmark = pytest.mark.django_db
PR = dt.date(2026, 11, 22)


def fortell(tiltak):
    hentet = hent_tiltaket(tiltak.samarbeid, PR).get(pk=tiltak.pk)
    return historien(hentet, hent_deler(hentet).get("delpunkt", []), PR)


def linjer(historie):
    return [(h.dag, h.tittel) for aar in [*historie.nye, *historie.eldre] for h in aar.hendelser]


def lagt_inn(tiltak, dag):
    tiltak.history.update(history_date=dt.datetime.combine(dag, dt.time(12), tzinfo=OSLO))


def test_historien_gar_fra_det_som_kommer_til_det_som_var():
    tiltak = TiltakFactory(rytme="arlig", rytme_maned=5, rytme_dag=17, startet=dt.date(2026, 2, 1))
    PlanutgaveFactory(
        plan=tiltak.plan, tittel="Plan 2022", vedtatt=dt.date(2022, 6, 16), vedtatt_av_ord="Formannskapet"
    )
    ansvar = AnsvarFactory(tiltak=tiltak, kildeord="Parken")
    StatusmeldingFactory(tiltak=tiltak, ansvar=ansvar, status="gjort", meldt=dt.datetime(2026, 5, 18, 9, tzinfo=OSLO))
    DelpunktFactory(tiltak=tiltak, gjort=dt.date(2026, 3, 1))
    lagt_inn(tiltak, dt.date(2026, 1, 1))
    historie = fortell(tiltak)
    assert linjer(historie) == [
        (dt.date(2027, 5, 17), "Neste gjennomføring"),
        (dt.date(2026, 5, 18), "Status fra Parken: gjort"),
        (dt.date(2026, 3, 1), "Delpunkt gjort"),
        (dt.date(2026, 2, 1), "Satt i gang"),
        (dt.date(2026, 1, 1), "Lagt inn i portalen"),
        (dt.date(2022, 6, 16), "Plan 2022 vedtatt"),
    ]
    assert [aar.ar for aar in historie.nye] == [2027, 2026]
    assert historie.antall_eldre == 1


def test_en_frist_som_er_passert_star_som_forfalt_og_et_avsluttet_tiltak_har_ingen_framtid():
    tiltak = TiltakFactory(frist=dt.date(2026, 11, 1))
    assert [h.merke for aar in fortell(tiltak).nye for h in aar.hendelser if h.tittel == "Frist"] == ["forfalt"]
    Tiltak.objects.filter(pk=tiltak.pk).update(avsluttet=dt.date(2026, 11, 2), avsluttet_grunn="Ga ikke resultater.")
    lagt_inn(tiltak, dt.date(2026, 1, 1))
    assert linjer(fortell(tiltak)) == [
        (dt.date(2026, 11, 2), "Avsluttet"),
        (dt.date(2026, 1, 1), "Lagt inn i portalen"),
    ]


def test_endringer_sies_i_ord_og_av_hvem():
    tiltak = TiltakFactory(frist=dt.date(2026, 12, 1), gjort=dt.date(2026, 2, 2))
    tiltak.frist, tiltak.kostnad, tiltak.beskrivelse, tiltak.gjort = dt.date(2026, 12, 15), 3500, "Nytt", None
    tiltak._history_user = PersonFactory(navn="Kari Nordmann")
    tiltak.save()
    tiltak.kostnad = None
    tiltak.save()
    lagt_inn(tiltak, dt.date(2026, 3, 3))
    endret = [h for aar in fortell(tiltak).nye for h in aar.hendelser if h.tittel == "Endret"]
    assert [(h.tekst, h.linjer) for h in endret] == [
        (
            "Av Kari Nordmann.",
            [
                "Beskrivelsen er endret",
                "Fristen er endret fra 1.\u00a0desember til 15.\u00a0desember",
                "Kostnaden er satt til kr\u00a03\u00a0500",
                "Er ikke lenger merket som gjort",
                "Kostnaden (kr\u00a03\u00a0500) er tatt bort",
            ],
        )
    ]
