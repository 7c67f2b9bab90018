"""Every fact of the plan, stated once, from the document in `kilder/`: goals, edition, measures and who answers."""

import datetime as dt

import pytest

from tiltak.models import Ansvar, Handlingsplan, Mal, Malgruppe, Planutgave, Tiltak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eksemplene")]

NL, RANA = {"samarbeid__slug": "nordre-land"}, {"samarbeid__slug": "rana"}


def rader(modell, hvor, *felter):
    return list(modell.objects.filter(**hvor).values_list(*felter))


def test_rana_har_ingen_plan():
    for modell in (Handlingsplan, Planutgave, Tiltak):
        assert not modell.objects.filter(**RANA).exists()


def test_planen_revideres_hvert_andre_ar_og_ingen_er_oppgitt_a_vedta_den():
    plan = Handlingsplan.objects.get(**NL)
    assert (plan.revisjon_maneder, str(plan.utarbeides_av), plan.vedtas_av) == (24, "Koordineringsgruppe", None)
    assert plan.ordlyd == (
        "Det ble bestemt at handlingsplanen skal revideres for hver toårs periode, slik at hvert kommunestyre får to "
        "planperioder."
    )
    assert (str(plan.kilde), plan.kildested) == ("Handlingsplan SLT - Nordre Land kommune 2022-2025", "Bakgrunn")


def test_utgaven_er_vedtatt_utenfor_portalen_uten_dato_og_organ():
    utgave = Planutgave.objects.get(**NL)
    assert (utgave.periode_fra, utgave.periode_til) == (dt.date(2022, 1, 1), dt.date(2025, 12, 31))
    assert (utgave.vedtatt_utenfor, utgave.vedtatt, utgave.vedtatt_av, utgave.vedtatt_av_ord) == (True, None, None, "")
    assert (utgave.nummer, utgave.frosset, utgave.avlost) == ("1.0", None, None)


def test_malene():
    plan = "Handlingsplan SLT - Nordre Land kommune"
    assert rader(Mal, NL, "slag", "plan__navn", "kildested") == [
        ("hovedmal", None, "Mål for SLT i Nordre Land"),
        ("delmal", None, "Mål for SLT i Nordre Land"),
        ("delmal", None, "Mål for SLT i Nordre Land"),
        *[("delmal", plan, "Mål for perioden")] * 4,
    ]
    assert rader(Malgruppe, NL, "alder_fra", "alder_til") == [(0, 24), (None, None), (None, None), (None, None)]
    assert rader(Mal, RANA, "slag", "plan__navn") == [("hovedmal", None)]
    assert rader(Malgruppe, RANA, "tekst", "plan__navn") == [("barn og unge", None)]


# Measure number → each responsible: the words, and the unit (and function), group, seat or post they mean.
SLT = ("SLT", "Koordinatorpost", "SLT koordinator", "")
ANSVAR = {
    1: [("Skolen", "Enhet", "Skole", ""), ("barnehagen", "Enhet", "Barnehage", "")],
    2: [("Politiet", "Enhet", "Politiet", "")],
    3: [
        ("Skolen", "Enhet", "Skole", ""),
        ("koordineringsgruppa", "Gruppe", "Koordineringsgruppe", ""),
        SLT,
        ("rådgiver 0-24", "Enhet", "Rådgiver 0-24", ""),
    ],
    4: [("Parken", "Enhet", "Parken", "")],
    5: [
        ("Rektor", "Enhet", "Skole", "rektor"),
        ("barnehagestyrer", "Enhet", "Barnehage", "barnehagestyrer"),
        ("FAU", "Enhet", "FAU", ""),
        SLT,
        ("politiet", "Enhet", "Politiet", ""),
    ],
    6: [
        ("Leder Parken", "Enhet", "Parken", "leder"),
        ("ledende helsesykepleier", "Enhet", "Helsesykepleiertjenesten", "ledende helsesykepleier"),
    ],
    7: [("Helsesykepleiertjenesten", "Enhet", "Helsesykepleiertjenesten", "")],
    8: [
        ("Styringsgruppa", "Gruppe", "Styringsgruppe/politiråd", ""),
        ("koordineringsgruppa", "Gruppe", "Koordineringsgruppe", ""),
        ("SLT koordinator", "Koordinatorpost", "SLT koordinator", ""),
        ("politiet", "Enhet", "Politiet", ""),
    ],
    9: [
        ("Oppfølgingstjenesten i NAV", "Enhet", "NAV", "Oppfølgingstjenesten"),
        ("i videregående skole", "Enhet", "Videregående skole", "Oppfølgingstjenesten"),
    ],
    10: [("0-24", None, None, "")],
    11: [("Skole", "Enhet", "Skole", "")],
    12: [("Dokka vgs.", "Enhet", "Dokka vgs.", "")],
    13: [
        ("Skole", "Enhet", "Skole", ""),
        ("barnehage", "Enhet", "Barnehage", ""),
        ("andre aktuelle tjenesteområder", None, None, ""),
    ],
    14: [SLT, ("Politikontakt", "Plass", "Politikontakt", "")],
    15: [SLT],
    16: [("Politiet", "Enhet", "Politiet", ""), SLT],
}


def test_seksten_tiltak_med_alle_ansvarlige():
    funnet: dict[int, list[tuple[str, str | None, str | None, str]]] = {}
    for ansvar in Ansvar.objects.filter(**NL).order_by("tiltak__nummer", "rekkefolge"):
        part = ansvar.part
        hva = (type(part).__name__, str(part)) if part else (None, None)
        funnet.setdefault(ansvar.tiltak.nummer, []).append((ansvar.kildeord, *hva, ansvar.funksjon))
    assert funnet == ANSVAR
    assert Tiltak.objects.filter(**NL).count() == 16


def test_bare_0_24_er_uavklart_og_bare_andre_aktuelle_er_apent_med_vilje():
    assert [a.kildeord for a in Ansvar.objects.uavklarte()] == ["0-24"]
    assert [a.kildeord for a in Ansvar.objects.filter(apen_med_vilje=True)] == ["andre aktuelle tjenesteområder"]


def test_politikontakten_svarer_for_tiltak_i_koordineringsgruppa():
    assert Ansvar.objects.get(kildeord="Politikontakt").plass.gruppe.navn == "Koordineringsgruppe"


def test_den_som_star_alene_har_hele_ansvaret():
    for tiltak in Tiltak.objects.filter(**NL):
        slag = {ansvar.slag for ansvar in tiltak.ansvar.all()}
        assert slag == ({"hoved"} if tiltak.ansvar.count() == 1 else {"delt"})


def test_bare_ett_tiltak_har_tidsrom_ett_har_rytme_og_ingen_har_frist():
    uvanlige = Tiltak.objects.exclude(tidsrom="", start=None, slutt=None, rytme="", frist=None)
    felter = ("nummer", "tidsrom", "start", "slutt", "rytme", "rytme_maned", "rytme_dag", "frist")
    assert list(uvanlige.values_list(*felter)) == [
        (4, "", None, None, "arlig", 5, 17, None),
        (11, "2022/2023", dt.date(2022, 1, 1), dt.date(2023, 12, 31), "", None, None, None),
    ]
    assert set(Tiltak.objects.values_list("opphav", "kostnad", "startet", "gjort", "avsluttet", "hovedmal")) == {
        ("ukjent", None, None, None, None, None)
    }


def test_bare_prosjektet_om_psykisk_helse_har_delpunkter():
    delpunkter = [
        (t.nummer, [d.tekst for d in t.delpunkter.all()]) for t in Tiltak.objects.all() if t.delpunkter.count()
    ]
    assert delpunkter == [
        (
            11,
            [
                "Kompetanseheving ansatte i skolen",
                "Gruppetilbud 5. trinn, livsmestring",
                "Organisering for å sikre kompetanse omkring psykisk helse",
            ],
        )
    ]
