"""Frozen is frozen: rows that the database itself refuses to change or delete.

A model says so with the decorator:

    @frys(nar="frosset", unntatt=["avlost"])
    class Planutgave(models.Model): …

A row is frozen when the column `nar` is filled (always, when `nar` is left out); the columns in `unntatt` may still
change, for facts that come later, such as being superseded. New columns are frozen by themselves. The triggers are put
in after every migration, and taken away before it, since no column may change while a trigger reads it.
`manage.py check --database default` says when one is missing or has been changed. A write that changes nothing passes.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import IntegrityError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext

from felles.unntak import Frosset

M = TypeVar("M", bound=type[models.Model])
MERKE = "SLT_FROSSET"
FORLED = "frys_"

PG_KROPP = f"""
BEGIN
    RAISE EXCEPTION '{MERKE}: raden i % er frosset', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
"""
PG_FUNKSJON = f"CREATE OR REPLACE FUNCTION {FORLED}stopp() RETURNS trigger LANGUAGE plpgsql AS $${PG_KROPP}$$"


@dataclass(frozen=True)
class Frysing:
    """What is frozen in one model's table."""

    modell: type[models.Model]
    nar: str | None
    unntatt: frozenset[str]

    @property
    def tabell(self) -> str:
        return self.modell._meta.db_table

    def kolonne(self, felt: str) -> str:
        return str(self.modell._meta.get_field(felt).column)  # type: ignore[union-attr]


FRYSINGER: list[Frysing] = []


def frys(*, nar: str | None = None, unntatt: Iterable[str] = ()) -> Callable[[M], M]:
    """Declares that rows of the model are frozen; `nar` and `unntatt` are names of fields."""

    def merk(modell: M) -> M:
        FRYSINGER.append(Frysing(modell, nar, frozenset(unntatt)))
        return modell

    return merk


def kontrollsum(innhold: Any) -> str:
    """SHA-256 of bytes, or of structured content in the one form that does not depend on the order of its keys."""
    if not isinstance(innhold, bytes):
        innhold = json.dumps(innhold, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(innhold).hexdigest()


@contextmanager
def si_fra_om_frosset(hva: str = "") -> Iterator[None]:
    """Around a write: the database's refusal becomes a Frosset that names `hva` («Handlingsplan 1.0»)."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as feil:
        if MERKE not in str(feil):
            raise
        setning = gettext("%(hva)s er frosset og kan verken endres eller slettes.")
        raise Frosset(setning % {"hva": hva or gettext("Dette")}) from feil


def onskede_utlosere(connection: BaseDatabaseWrapper, frysinger: Iterable[Frysing] = ()) -> dict[str, tuple[str, str]]:
    """The triggers that should stand in the database: name → (table, SQL). Tables not yet made are left out."""
    utlosere: dict[str, tuple[str, str]] = {}
    with connection.cursor() as peker:
        tabeller = {tabell.name for tabell in connection.introspection.get_table_list(peker) if tabell.type == "t"}
        for frysing in frysinger or FRYSINGER:
            if frysing.tabell not in tabeller:
                continue
            kolonner = [k.name for k in connection.introspection.get_table_description(peker, frysing.tabell)]
            if frysing.nar and frysing.kolonne(frysing.nar) not in kolonner:
                continue
            for navn, sql in _utlosere(connection, frysing, kolonner):
                utlosere[navn] = (frysing.tabell, sql)
    return utlosere


def _utlosere(connection: BaseDatabaseWrapper, frysing: Frysing, kolonner: list[str]) -> Iterator[tuple[str, str]]:
    q = connection.ops.quote_name
    er_postgres = connection.vendor == "postgresql"
    fri = {frysing.kolonne(felt) for felt in frysing.unntatt}
    ulik = "IS DISTINCT FROM" if er_postgres else "IS NOT"
    frossen = f"OLD.{q(frysing.kolonne(frysing.nar))} IS NOT NULL" if frysing.nar else "TRUE"
    endret = " OR ".join(f"OLD.{q(kolonne)} {ulik} NEW.{q(kolonne)}" for kolonne in kolonner if kolonne not in fri)
    stopp = (
        f"EXECUTE FUNCTION {FORLED}stopp()"
        if er_postgres
        else f"BEGIN SELECT RAISE(ABORT, '{MERKE}: raden i {frysing.tabell} er frosset'); END"
    )
    for hendelse, vilkar in (("UPDATE", f"{frossen} AND ({endret})"), ("DELETE", frossen)):
        navn = f"{FORLED}{frysing.tabell}_{hendelse.lower()}"
        yield (
            navn,
            f"CREATE TRIGGER {q(navn)} BEFORE {hendelse} ON {q(frysing.tabell)} FOR EACH ROW WHEN ({vilkar}) {stopp}",
        )


def staende_utlosere(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """The triggers of ours that stand in the database: name → (table, fingerprint)."""
    with connection.cursor() as peker:
        if connection.vendor == "postgresql":
            peker.execute(
                "SELECT tgname, relname,"
                " CASE WHEN tgenabled = 'D' THEN '' ELSE obj_description(t.oid, 'pg_trigger') END"
                " FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
                " JOIN pg_namespace n ON n.oid = relnamespace AND nspname = current_schema()"
                " WHERE NOT tgisinternal AND starts_with(tgname, %s)",
                [FORLED],
            )
            return {navn: (tabell, avtrykk or "") for navn, tabell, avtrykk in peker.fetchall()}
        peker.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB %s", [FORLED + "*"]
        )
        return {navn: (tabell, _avtrykk(sql)) for navn, tabell, sql in peker.fetchall()}


def _avtrykk(sql: str) -> str:
    return hashlib.sha256((PG_FUNKSJON + sql).encode()).hexdigest()


def avvik(connection: BaseDatabaseWrapper, frysinger: Iterable[Frysing] = ()) -> list[str]:
    """Names of the triggers that are missing, changed or left over; empty when all is well."""
    ventet = {navn: (tabell, _avtrykk(sql)) for navn, (tabell, sql) in onskede_utlosere(connection, frysinger).items()}
    star = staende_utlosere(connection)
    feil = {navn for navn in ventet.keys() | star.keys() if ventet.get(navn) != star.get(navn)}
    if connection.vendor == "postgresql" and ventet and not _funksjonen_star(connection):
        feil |= ventet.keys()
    return sorted(feil)


def _funksjonen_star(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as peker:
        peker.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [f"{FORLED}stopp"])
        return [kropp for (kropp,) in peker.fetchall()] == [PG_KROPP]


def sett_inn(connection: BaseDatabaseWrapper, frysinger: Iterable[Frysing] = ()) -> None:
    """Puts the triggers right. Does nothing when they stand as they should."""
    feil = avvik(connection, frysinger)
    if not feil:
        return
    ventet = onskede_utlosere(connection, frysinger)
    q = connection.ops.quote_name
    er_postgres = connection.vendor == "postgresql"
    with transaction.atomic(using=connection.alias), connection.cursor() as peker:
        ta_bort(connection, feil)
        if er_postgres:
            peker.execute(PG_FUNKSJON)
        for navn in feil:
            if navn in ventet:
                tabell, sql = ventet[navn]
                peker.execute(sql)
                if er_postgres:
                    peker.execute(f"COMMENT ON TRIGGER {q(navn)} ON {q(tabell)} IS '{_avtrykk(sql)}'")


def ta_bort(connection: BaseDatabaseWrapper, navn: Iterable[str]) -> None:
    """Takes the named triggers away, those of them that stand."""
    q = connection.ops.quote_name
    star = staende_utlosere(connection)
    with connection.cursor() as peker:
        for ett in star.keys() & set(navn):
            pa = f" ON {q(star[ett][0])}" if connection.vendor == "postgresql" else ""
            peker.execute(f"DROP TRIGGER {q(ett)}{pa}")


def for_migrering(using: str, plan: list[Any], **_: Any) -> None:
    """The receiver of pre_migrate: neither database lets a column be dropped while a trigger reads it."""
    if plan:
        ta_bort(connections[using], staende_utlosere(connections[using]))


def etter_migrering(using: str, **_: Any) -> None:
    """The receiver of post_migrate."""
    sett_inn(connections[using])
