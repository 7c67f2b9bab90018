"""The measures go out as a spreadsheet, are changed there, and come back."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from felles.tid import i_dag, naa
from organisering.factories import EnhetFactory
from tiltak.factories import (
    AnsvarFactory,
    DelpunktFactory,
    HandlingsplanFactory,
    MalFactory,
    MalgruppeFactory,
    StatusmeldingFactory,
    TiltakFactory,
)
from tiltak.models import Ansvar, Delpunkt, Tiltak
from tiltak.rules.regneark.felter import Kjente, les_verdi, rytme_i_ord
from tiltak.tests.planfiler import bok, word

pytestmark = pytest.mark.django_db

A = {
    "nummer": 1, "tittel": 2, "beskrivelse": 3, "delpunkter": 4, "ansvar": 5, "frist": 6, "rytme": 7, "mal": 8,
    "malgruppe": 9, "kostnad": 10, "tilstand": 11, "meldt": 12, "nokkel": 13, "avtrykk": 14,
}  # fmt: skip


@pytest.fixture
def plan(rollebesetning):
    return HandlingsplanFactory(samarbeid=rollebesetning.samarbeid)


@pytest.fixture
def kurs(plan):
    mal = MalFactory(samarbeid=plan.samarbeid, plan=plan, tekst="Trygt", kortnavn="")
    kurs = TiltakFactory(
        plan=plan, nummer=1, tittel="=1+1", beskrivelse="Først.\n\nSå.", frist="2030-06-01", hovedmal=mal
    )
    kurs.malgrupper.set([MalgruppeFactory(samarbeid=plan.samarbeid, tekst="Barn")])
    DelpunktFactory(tiltak=kurs, rekkefolge=1, tekst="For ansatte", gjort="2026-01-02")
    skole = EnhetFactory(samarbeid=plan.samarbeid, navn="Skolen")
    AnsvarFactory(tiltak=kurs, rekkefolge=1, kildeord="Rektor", enhet=skole)
    StatusmeldingFactory(tiltak=kurs, meldt=naa())
    return kurs


@pytest.fixture
def vakt(plan):
    return TiltakFactory(plan=plan, nummer=2, tittel="Vakt", rytme="arlig", rytme_maned=5, rytme_dag=17)


def hent(nettleser, samarbeid, sporring=""):
    svar = nettleser.get(reverse("tiltak:regneark", args=[samarbeid.slug]) + sporring)
    return load_workbook(io.BytesIO(svar.getvalue()))


def gi(nettleser, samarbeid, innhold, navn="tiltak.xlsx"):
    return nettleser.post(
        reverse("tiltak:regneark_inn", args=[samarbeid.slug]), {"fil": SimpleUploadedFile(navn, innhold)}
    )


def dato(dag, maned, ar):
    """A day as the workbook gives it: a moment of no zone."""
    return dt.datetime.combine(dt.date(ar, maned, dag), dt.time())


def som_byte(arbeidsbok):
    ut = io.BytesIO()
    arbeidsbok.save(ut)
    return ut.getvalue()


def endre(arbeidsbok, rad, **celler):
    for navn, verdi in celler.items():
        arbeidsbok.active.cell(rad, A[navn]).value = verdi
    return som_byte(arbeidsbok)


def lagre(nettleser, samarbeid, side, med=None):
    valgte = [rad.tiltak.pk for rad in side.context["sjekk"].rader if not rad.imens] if med is None else med
    return nettleser.post(
        reverse("tiltak:regneark_lagre", args=[samarbeid.slug]),
        {"pakke": side.context["pakke"], "med": valgte},
        follow=True,
    )


def test_fila_viser_det_filteret_viser_med_fast_overskrift_datoer_og_tekst_som_tekst(som, plan, kurs, vakt):
    TiltakFactory(plan=HandlingsplanFactory(), tittel="Hemmelig")
    ark = hent(som("leser"), plan.samarbeid, "?sorter=plan").active
    rader, i_gang = list(ark.iter_rows(values_only=True)), i_dag()
    assert rader[0][:3] == ("Nr.", "Tittel", "Beskrivelse")
    assert rader[1][:8] == (1, "=1+1", "Først.\n\nSå.", "For ansatte", "Rektor", dato(1, 6, 2030), None, "Trygt")
    assert rader[1][8:13] == ("Barn", None, "I gang", dato(i_gang.day, i_gang.month, i_gang.year), kurs.pk)
    assert [rad[6] for rad in rader[1:]] == [None, "Hvert år, 17. mai"]
    assert (ark.cell(2, A["tittel"]).data_type, ark.freeze_panes) == ("s", "C2")
    assert (ark.protection.sheet, ark.cell(2, A["nokkel"]).protection.locked) == (True, True)
    assert (ark.cell(2, A["tittel"]).protection.locked, ark.column_dimensions["N"].hidden) == (False, True)
    assert hent(som("leser"), plan.samarbeid, "?sok=vakt").active.max_row == 2


def test_bare_det_som_er_endret_blir_endret_med_historie(som, rollebesetning, plan, kurs, vakt):
    nettleser = som("koordinator")
    arbeidsbok = hent(nettleser, plan.samarbeid, "?sorter=plan")
    Tiltak.objects.filter(pk=vakt.pk).update(beskrivelse="Skrevet imens")
    innhold = endre(
        arbeidsbok, 2, delpunkter="For elever\nFor ansatte", ansvar="FAU", frist=None, rytme="Løpende", kostnad=2500.5,
        tilstand="Gjort", tittel="=2+2", mal=None,
    )  # fmt: skip
    side = gi(nettleser, plan.samarbeid, innhold)
    sjekk = side.context["sjekk"]
    assert [(e.navn, e.fra, e.til) for e in sjekk.rader[0].endringer] == [
        ("Delpunkter", "For ansatte", "For elever\nFor ansatte"),
        ("Ansvar", "Rektor", "FAU"),
        ("Frist", "1.\u00a0juni 2030", ""),
        ("Rytme", "", "Løpende"),
        ("Mål", "Trygt", ""),
        ("Kostnad", "", "kr\u00a02\u00a0500,50"),
    ]
    assert [feil.rad for feil in sjekk.feil] == [2]  # a formula that no program has reckoned has no words
    assert sjekk.uendret == 1
    assert Tiltak.objects.get(pk=kurs.pk).rytme == ""

    assert "1 tiltak er endret." in lagre(nettleser, plan.samarbeid, side).content.decode()
    kurs.refresh_from_db()
    assert (kurs.frist, kurs.rytme, kurs.kostnad, kurs.hovedmal) == (None, "kontinuerlig", Decimal("2500.50"), None)
    assert list(Delpunkt.objects.values_list("tekst", "gjort")) == [
        ("For elever", None),
        ("For ansatte", dt.date(2026, 1, 2)),
    ]
    assert list(Ansvar.objects.values_list("kildeord", "enhet")) == [("FAU", None)]
    siste = kurs.history.first()
    assert (siste.history_user, siste.history_change_reason) == (rollebesetning["koordinator"], "Endret i regneark")
    vakt.refresh_from_db()
    assert vakt.beskrivelse == "Skrevet imens"
    assert gi(nettleser, plan.samarbeid, innhold).context["sjekk"].rader == []  # the same file once more


def test_en_rad_som_noen_andre_har_endret_er_ikke_krysset_av(som, plan, kurs, vakt):
    nettleser = som("koordinator")
    arbeidsbok = hent(nettleser, plan.samarbeid, "?sorter=plan")
    innhold = endre(arbeidsbok, 2, beskrivelse="Fra fila")
    Tiltak.objects.filter(pk=kurs.pk).update(beskrivelse="Fra portalen")
    side = gi(nettleser, plan.samarbeid, innhold)
    assert "etter at fila ble lastet ned: beskrivelse" in side.content.decode()
    assert "Kryss av for minst ett tiltak" in lagre(nettleser, plan.samarbeid, side).content.decode()
    lagre(nettleser, plan.samarbeid, side, med=[kurs.pk])
    kurs.refresh_from_db()
    assert kurs.beskrivelse == "Fra fila"
    # Pressed once more, or with a change between the look and the press: all or nothing.
    assert "Noen har endret" in lagre(nettleser, plan.samarbeid, side, med=[kurs.pk]).content.decode()


def test_det_som_ikke_kan_leses_sies_med_rad_og_grunn_og_resten_star(som, plan, kurs, vakt):
    nettleser = som("koordinator")
    arbeidsbok = hent(nettleser, plan.samarbeid, "?sorter=plan")
    fremmed = TiltakFactory(plan=HandlingsplanFactory())
    endre(arbeidsbok, 2, tittel=" ", kostnad="mye", frist="snart", mal="Ukjent", malgruppe="Voksne")
    endre(arbeidsbok, 3, frist="1.6.2030", beskrivelse="Ny")
    arbeidsbok.active.append([None, "Foreign"] + [None] * 10 + [fremmed.pk, "x"])
    arbeidsbok.active.append([None, "Nytt"])
    sjekk = gi(nettleser, plan.samarbeid, som_byte(arbeidsbok)).context["sjekk"]
    assert [feil.rad for feil in sjekk.feil] == [2, 2, 2, 2, 2, 3, 4, 5]
    assert sjekk.feil[0].hvorfor == "Tittel: Et tiltak må ha en tittel."
    assert sjekk.feil[5].hvorfor == "Et tiltak har enten en frist eller en rytme, ikke begge."
    assert sjekk.feil[6].hvorfor.startswith("Tiltaket finnes ikke hos dere.")
    assert [(rad.tiltak, [e.felt for e in rad.endringer]) for rad in sjekk.rader] == [(vakt, ["beskrivelse"])]


def test_filer_som_ikke_er_vare_avvises_med_en_setning(som, plan, kurs):
    nettleser = som("koordinator")
    med_nummer = endre(hent(nettleser, plan.samarbeid), 2, beskrivelse="Gjelder 15076500565")
    for innhold, setning in (
        (b"PK\x03\x04tull", "ødelagt"),
        (b"tittel;ansvar", "Bruk Excel-fila"),
        (b"", "tom"),
        (som_byte(word("Plan")), "Bruk Excel-fila"),
        (bok(("Ark", [["Tiltak"], ["Kurs"]])), "ikke tatt ut av portalen"),
        (med_nummer, "fødselsnummer"),
    ):
        assert setning in gi(nettleser, plan.samarbeid, innhold).context["form"].errors["fil"][0]
    assert gi(nettleser, plan.samarbeid, b"").status_code == 200
    side = reverse("tiltak:regneark_lagre", args=[plan.samarbeid.slug])
    svar = nettleser.post(side, {"pakke": "tull", "med": [kurs.pk]}, follow=True)
    assert "Les fila på nytt" in svar.content.decode()


@pytest.mark.parametrize("sprak", ["nb", "nn"])
def test_hver_rytme_leses_tilbake_slik_den_er_skrevet(sprak):
    rytmer = [["kontinuerlig", None, None], ["manedlig", None, None], ["halvarlig", None, None], ["arlig", None, None]]
    rytmer += [["arlig", maned, dag] for maned in range(1, 13) for dag in (None, 1, 29)]
    with override(sprak):
        for rytme in rytmer:
            assert les_verdi(rytme_i_ord(rytme), "rytme", Tiltak(), Kjente([], [])) == rytme


def test_like_mange_sporringer_for_ett_tiltak_og_flere(som, plan, kurs, django_assert_max_num_queries):
    nettleser = som("koordinator")
    innhold = som_byte(hent(nettleser, plan.samarbeid))
    for _gang in range(2):
        with django_assert_max_num_queries(12):
            hent(nettleser, plan.samarbeid)
        with django_assert_max_num_queries(12):
            gi(nettleser, plan.samarbeid, innhold)
        for tiltak in TiltakFactory.create_batch(3, plan=plan):
            AnsvarFactory(tiltak=tiltak)
        innhold = som_byte(hent(nettleser, plan.samarbeid))
