"""The wall around every text. Runs on a real table, since the wall is what the database gets to see."""

import json
import logging
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Case, F, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Concat, Upper
from django.forms import modelform_factory

from felles.felt import Epostadresse, Fil, Innhold, Linje, Maskinkode, Nettadresse, Slug, Tekst
from felles.tests.notat import Notat
from felles.unntak import Personnummer, Regelbrudd, UgyldigTegn

NUMMER = "02013299997"  # Skatteetaten's own example
SETNING = "Teksten er ikke lagret. Den inneholder et fødselsnummer, og SLT skal ikke behandle enkeltsaker."
MED = f"Gutten {NUMMER[:6]} {NUMMER[6:]} er omtalt."


def lagret(felt):
    return list(Notat.objects.values_list(felt, flat=True))


FRITEKST = {
    "tittel": MED,
    "tekst": f"linje 1\n{MED}",
    "epost": f"a{NUMMER}@rana.example",
    "lenke": f"https://rana.example/{NUMMER}",
    "navn_i_adressen": f"sak-{NUMMER}",
    "innhold": {"avsnitt": [{"tekst": MED}]},
}


@pytest.mark.parametrize(("felt", "verdi"), FRITEKST.items())
class TestIngenVeiInn:
    def test_save(self, tabell, felt, verdi):
        with pytest.raises(Personnummer), transaction.atomic():
            Notat(**{felt: verdi}).save()
        assert lagret(felt) == []

    def test_create_og_get_or_create(self, tabell, felt, verdi):
        with pytest.raises(Personnummer), transaction.atomic():
            Notat.objects.create(**{felt: verdi})
        with pytest.raises(Personnummer), transaction.atomic():
            Notat.objects.get_or_create(kode="x", defaults={felt: verdi})
        with pytest.raises(Personnummer), transaction.atomic():
            Notat.objects.update_or_create(kode="x", defaults={felt: verdi})
        assert lagret(felt) == []

    def test_bulk_create(self, tabell, felt, verdi):
        with pytest.raises(Personnummer), transaction.atomic():
            Notat.objects.bulk_create([Notat(), Notat(**{felt: verdi})])
        assert lagret(felt) == []

    def test_update_fields_bulk_update_og_update(self, tabell, felt, verdi):
        notat = Notat.objects.create()
        tidligere = lagret(felt)
        setattr(notat, felt, verdi)
        with pytest.raises(Personnummer), transaction.atomic():
            notat.save(update_fields=[felt])
        with pytest.raises(Personnummer), transaction.atomic():
            Notat.objects.bulk_update([notat], [felt])
        with pytest.raises(Personnummer), transaction.atomic():
            Notat.objects.update(**{felt: verdi})
        with pytest.raises(Personnummer), transaction.atomic():
            Notat.objects.update(**{felt: Value(verdi, Notat._meta.get_field(felt))})
        with pytest.raises(Personnummer), transaction.atomic():
            Notat.objects.update(**{felt: Case(When(pk=notat.pk, then=Value(verdi, Notat._meta.get_field(felt))))})
        assert lagret(felt) == tidligere

    def test_skjemaet_sier_det_ved_feltet(self, felt, verdi):
        skjema = modelform_factory(Notat, fields=[felt])({felt: json.dumps(verdi) if felt == "innhold" else verdi})
        assert skjema.errors.get_json_data()[felt][-1] == {"message": SETNING, "code": "personnummer"}
        assert NUMMER not in str(skjema.errors)


@pytest.mark.parametrize(
    "innhold",
    [MED, [MED], {"a": {"b": [1, MED]}}, {MED: 1}, int("30108299920"), [30108299920.0], {"a": 2013299997}],
)
def test_innhold_leses_helt_ned(tabell, innhold):
    with pytest.raises(Personnummer), transaction.atomic():
        Notat.objects.create(innhold=innhold)
    with pytest.raises(Personnummer), transaction.atomic():
        Notat.objects.update(innhold=innhold)


def test_innhold_lagres_uendret(tabell):
    innhold = {"belop": 10000.01, "tall": [1, None, True, 123456.12345], "å": "a\u030a", "tom": {}}
    assert Notat.objects.get(pk=Notat.objects.create(innhold=innhold).pk).innhold == innhold
    assert Notat.objects.get(pk=Notat.objects.create(innhold=None).pk).innhold is None


@pytest.mark.parametrize(
    "uttrykk",
    [Value(MED), Upper(Value(MED)), Coalesce(Value(None), Value(MED)), Case(default=Value(MED))],
)
def test_uttrykk_uten_felt_slipper_ikke_forbi(tabell, uttrykk):
    Notat.objects.create()
    with pytest.raises(Personnummer), transaction.atomic():
        Notat.objects.update(tekst=uttrykk)
    with pytest.raises(Personnummer), transaction.atomic():
        Notat.objects.create(tekst=uttrykk)


@pytest.mark.parametrize(
    "uttrykk",
    [Concat(Value(NUMMER[:6]), Value(NUMMER[6:])), Concat("tittel", "tekst"), RawSQL("%s", [MED])],
)
def test_tekst_som_settes_sammen_i_databasen_blir_avvist(tabell, uttrykk):
    Notat.objects.create(tittel=NUMMER[:6], tekst=NUMMER[6:])
    with pytest.raises(TypeError, match="makes text in the database"), transaction.atomic():
        Notat.objects.update(tekst=uttrykk)


def test_a_kopiere_vernet_tekst_gar_bra(tabell):
    Notat.objects.create(tittel="Åpen skole")
    Notat.objects.update(tekst=F("tittel"))
    Notat.objects.update(tittel=Upper("tittel"))
    assert lagret("tekst") == ["Åpen skole"]


def test_bruddet_navngir_feltet_og_aldri_teksten(tabell):
    with pytest.raises(Personnummer) as brudd, transaction.atomic():
        Notat.objects.create(tekst=MED)
    assert brudd.value.setning == (
        "Teksten er ikke lagret. Feltet «brødtekst» inneholder et fødselsnummer, og SLT skal ikke behandle enkeltsaker."
    )
    assert brudd.value.felt == "tekst"
    assert isinstance(brudd.value, Regelbrudd)
    for ledd in (NUMMER, NUMMER[:6], NUMMER[6:]):
        assert ledd not in repr(brudd.value.__dict__) + repr(brudd.value.args)


def test_nummeret_star_ikke_i_loggen(tabell, caplog, settings):
    settings.DEBUG = True
    connection.force_debug_cursor = True
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Personnummer), transaction.atomic():
        Notat.objects.create(tekst=MED)
    connection.force_debug_cursor = False
    assert NUMMER[6:] not in caplog.text
    assert not any(NUMMER[6:] in sporring["sql"] for sporring in connection.queries)


@pytest.mark.parametrize("tegn", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
def test_styretegn_avvises_i_skjema_og_ved_muren(tabell, tegn):
    for felt in ("tittel", "tekst"):
        with pytest.raises(UgyldigTegn) as brudd, transaction.atomic():
            Notat.objects.create(**{felt: f"a{tegn}b"})
        assert "usynlig tegn" in brudd.value.setning
        with pytest.raises(ValidationError) as feil:
            Notat(**{felt: f"a{tegn}b"}).full_clean()
        assert feil.value.message_dict == {
            felt: ["Teksten er ikke lagret. Den inneholder et usynlig tegn som ikke kan lagres. Skriv teksten på nytt."]
        }
    with pytest.raises(UgyldigTegn), transaction.atomic():
        Notat.objects.create(innhold={"a": [f"a{tegn}b"]})


def test_tabulator_og_linjeskift_er_vanlig_tekst(tabell):
    assert Notat.objects.create(tekst="a\tb\r\nc").tekst == "a\tb\r\nc"


def test_samme_bokstav_skrevet_pa_to_mater_er_en(tabell):
    notat = Notat.objects.create(tittel="Ga\u030ard")
    assert notat.tittel == "Gård"
    assert lagret("tittel") == ["Gård"]
    Notat.objects.update(tekst="Ga\u030ard")
    assert lagret("tekst") == ["Gård"]
    notat.tekst = "ba\u030at"
    Notat.objects.bulk_update([notat], ["tekst"])
    assert lagret("tekst") == ["båt"]
    assert Notat.objects.filter(tittel="Ga\u030ard").count() == 1


@pytest.mark.parametrize(
    ("sendt", "endelse"),
    [(f"{NUMMER}.PNG", ".png"), (f"logo.{NUMMER}", ""), ("../../etc/passwd", ""), ("a.tar.gz", ".gz")],
)
def test_en_fil_beholder_bare_endelsen_av_navnet_sitt(sendt, endelse):
    navn = Fil(upload_to="logo/").generate_filename(None, sendt)
    assert re.fullmatch(r"logo/[0-9a-f]{32}" + re.escape(endelse), navn)


def test_maskinkode_slipper_sifre_gjennom(tabell):
    assert Notat.objects.create(kode=NUMMER).kode == NUMMER


@pytest.mark.parametrize("verdi", ["911 22 333", "974 760 673", "kr 10 000,01", "2025/12345", "1234.56.78903"])
def test_andre_tall_lagres(tabell, verdi):
    Notat.objects.create(tittel=verdi)
    assert lagret("tittel") == [verdi]


@pytest.mark.parametrize(
    ("felt", "sti"),
    [
        (Linje(max_length=5), "felles.felt.Linje"),
        (Tekst(), "felles.felt.Tekst"),
        (Epostadresse(), "felles.felt.Epostadresse"),
        (Nettadresse(), "felles.felt.Nettadresse"),
        (Slug(), "felles.felt.Slug"),
        (Innhold(), "felles.felt.Innhold"),
        (Maskinkode(max_length=5), "felles.felt.Maskinkode"),
        (Fil(), "felles.felt.Fil"),
    ],
)
def test_migreringene_navngir_feltet_og_star_stille(felt, sti):
    _, feltsti, args, kwargs = felt.deconstruct()
    assert feltsti == sti
    assert type(felt)(*args, **kwargs).deconstruct()[1:] == (feltsti, args, kwargs)
    assert "validators" not in kwargs
