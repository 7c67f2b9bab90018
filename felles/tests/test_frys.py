"""Frozen rows, on whichever database the tests run on."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from felles.felt import Linje
from felles.frys import (
    MERKE,
    Frysing,
    avvik,
    etter_migrering,
    for_migrering,
    frys,
    onskede_utlosere,
    sett_inn,
    si_fra_om_frosset,
)
from felles.unntak import Frosset, Regelbrudd


class Protokoll(models.Model):
    """Frozen from the moment `frosset` is filled; `avlost` may still be set."""

    tekst = Linje(max_length=100)
    innhold = models.JSONField(null=True)
    pdf = models.BinaryField(null=True)
    frosset = models.DateTimeField(null=True)
    avlost = models.DateField(null=True)

    class Meta:
        app_label = "prove"
        managed = False

    def __str__(self):
        return self.tekst


class Logglinje(models.Model):
    """Frozen from birth."""

    tekst = Linje(max_length=100)

    class Meta:
        app_label = "prove"
        managed = False

    def __str__(self):
        return self.tekst


FRYST = [Frysing(Protokoll, "frosset", frozenset({"avlost"})), Frysing(Logglinje, None, frozenset())]


@pytest.fixture
def tabeller(transactional_db, monkeypatch):
    monkeypatch.setattr("felles.frys.FRYSINGER", FRYST)
    with connection.schema_editor() as redaktor:
        redaktor.create_model(Protokoll)
        redaktor.create_model(Logglinje)
    sett_inn(connection)
    yield
    with connection.schema_editor() as redaktor:
        redaktor.delete_model(Protokoll)
        redaktor.delete_model(Logglinje)
    monkeypatch.undo()
    sett_inn(connection)


def frossen(**felter):
    return Protokoll.objects.create(
        tekst="Vedtatt", frosset="2026-01-01T12:00Z", innhold={"a": 1}, pdf=b"%PDF", **felter
    )


def nekter(skriv):
    with pytest.raises(IntegrityError, match=MERKE), transaction.atomic():
        skriv()


def test_rad_er_fri_til_den_fryses(tabeller):
    rad = Protokoll.objects.create(tekst="Utkast")
    rad.tekst = "Nytt utkast"
    rad.save()
    rad.frosset = "2026-01-01T12:00Z"
    rad.save()
    nekter(lambda: Protokoll.objects.update(tekst="Endret"))
    Protokoll.objects.create(tekst="Et annet utkast").delete()


@pytest.mark.parametrize(
    "endring", [{"tekst": "x"}, {"innhold": {"a": 2}}, {"innhold": None}, {"pdf": b"x"}, {"frosset": None}]
)
def test_frossen_rad_kan_ikke_endres(tabeller, endring):
    rad = frossen()
    nekter(lambda: Protokoll.objects.filter(pk=rad.pk).update(**endring))
    for felt, verdi in endring.items():
        setattr(rad, felt, verdi)
    nekter(rad.save)
    nekter(lambda: Protokoll.objects.bulk_update([rad], [*endring]))
    rad.refresh_from_db()
    assert (rad.tekst, rad.innhold, bytes(rad.pdf), rad.frosset is None) == ("Vedtatt", {"a": 1}, b"%PDF", False)


def test_frossen_rad_kan_ikke_slettes(tabeller):
    rad = frossen()
    nekter(rad.delete)
    nekter(Protokoll.objects.all().delete)
    nekter(lambda: Protokoll.objects.filter(pk=rad.pk)._raw_delete("default"))
    assert Protokoll.objects.count() == 1
    rydd()


def test_unntatte_kolonner_og_uendrede_skriv_gar_gjennom(tabeller):
    rad = frossen()
    rad.avlost = "2027-01-01"
    rad.save()
    Protokoll.objects.update(avlost=None)
    nekter(lambda: Protokoll.objects.update(avlost="2027-01-01", tekst="x"))


def test_tabell_uten_vilkar_er_frosset_fra_forste_stund(tabeller):
    linje = Logglinje.objects.create(tekst="Ola så på saken")
    nekter(linje.delete)
    nekter(lambda: Logglinje.objects.update(tekst="Kari så på saken"))
    rydd()


def test_databasens_nei_blir_et_regelbrudd(tabeller):
    frossen()
    with pytest.raises(Frosset) as brudd, si_fra_om_frosset("Handlingsplan 1.0"):
        Protokoll.objects.update(tekst="x")
    assert brudd.value.setning == "Handlingsplan 1.0 er frosset og kan verken endres eller slettes."
    assert isinstance(brudd.value, Regelbrudd)


def test_andre_databasefeil_blir_ikke_kalt_frosset(tabeller):
    with pytest.raises(IntegrityError), si_fra_om_frosset():
        Protokoll.objects.bulk_create([Protokoll(pk=1), Protokoll(pk=1)])


def test_manglende_utloser_blir_oppdaget_og_satt_tilbake(tabeller):
    assert avvik(connection) == []
    pa = " ON prove_protokoll" if connection.vendor == "postgresql" else ""
    with connection.cursor() as peker:
        peker.execute("DROP TRIGGER frys_prove_protokoll_update" + pa)
    assert avvik(connection) == ["frys_prove_protokoll_update"]
    call_command("migrate", "felles", verbosity=0)
    assert avvik(connection) == []
    frossen()
    nekter(lambda: Protokoll.objects.update(tekst="x"))


def test_en_migrering_kan_bygge_om_tabellen_og_utloserne_kommer_tilbake(tabeller):
    ny, lengre = models.CharField(max_length=10, default=""), Linje(max_length=300)
    for navn, felt in (("ny", ny), ("tekst", lengre)):
        felt.set_attributes_from_name(navn)
        felt.model = Protokoll
    for_migrering("default", plan=["noe"])
    with connection.schema_editor() as redaktor:
        redaktor.alter_field(Protokoll, Protokoll._meta.get_field("tekst"), lengre)
        redaktor.remove_field(Protokoll, Protokoll._meta.get_field("pdf"))
        redaktor.add_field(Protokoll, Protokoll._meta.get_field("pdf"))
        redaktor.add_field(Protokoll, ny)
    assert "frys_prove_protokoll_update" in avvik(connection)
    etter_migrering("default")
    assert avvik(connection) == []
    assert '"ny"' in onskede_utlosere(connection)["frys_prove_protokoll_update"][1]


def test_migrering_uten_noe_a_gjore_rorer_ikke_utloserne(tabeller):
    for_migrering("default", plan=[])
    assert avvik(connection) == []


def test_utloser_for_noe_som_ikke_lenger_er_frosset_tas_bort(tabeller, monkeypatch):
    monkeypatch.setattr("felles.frys.FRYSINGER", FRYST[:1])
    assert avvik(connection) == ["frys_prove_logglinje_delete", "frys_prove_logglinje_update"]
    sett_inn(connection)
    Logglinje.objects.create(tekst="fri").delete()


@pytest.mark.postgres
@pytest.mark.tjenester
def test_utloser_som_er_slatt_av_eller_endret_blir_oppdaget(tabeller):
    with connection.cursor() as peker:
        peker.execute("ALTER TABLE prove_protokoll DISABLE TRIGGER frys_prove_protokoll_delete")
        assert avvik(connection) == ["frys_prove_protokoll_delete"]
        sett_inn(connection)
        peker.execute(
            "CREATE OR REPLACE FUNCTION frys_stopp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
    assert len(avvik(connection)) == 4
    sett_inn(connection)
    assert avvik(connection) == []


def test_en_modell_sier_selv_at_den_er_frosset(monkeypatch):
    monkeypatch.setattr("felles.frys.FRYSINGER", meldt := [])
    assert frys(nar="frosset", unntatt=["avlost"])(Protokoll) is Protokoll
    assert meldt == FRYST[:1]


def rydd():
    """Nothing may delete frozen rows, so the emptying after the test must find none."""
    with connection.schema_editor() as redaktor:
        for modell in (Protokoll, Logglinje):
            redaktor.delete_model(modell)
            redaktor.create_model(modell)
