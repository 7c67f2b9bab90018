"""The papers of each case in the cases' own query, as a list by the case: no page asks for them one by one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from moter.models import Sak, Vedlegg

FELT = ("pk", "tittel", "innholdstype", "storrelse", "versjon", "trukket")


class _Samlet(Aggregate):
    """The rows as one list of JSON."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **kwargs: Any) -> Any:
        mal = "JSON_GROUP_ARRAY(JSON(%(expressions)s))"
        return self.as_sql(compiler, connection, template=mal, **kwargs)

    def as_postgresql(self, compiler: Any, connection: Any, **kwargs: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **kwargs)


@dataclass(frozen=True)
class Papirlinje:
    """A paper as a list shows it."""

    pk: int
    tittel: str
    innholdstype: str
    storrelse: int
    versjon: int
    trukket: str | None

    @property
    def type(self) -> str:
        return str(Vedlegg.Innholdstype(self.innholdstype).label)


def med_papirer(saker: QuerySet[Sak]) -> QuerySet[Any]:
    """Each case with `papirrader`, to be read by `papirene`."""
    egne: QuerySet[Any] = Vedlegg.objects.filter(sak=OuterRef("pk")).order_by().values("sak")
    samlet = egne.annotate(alle=_Samlet(JSONObject(**{navn: navn for navn in FELT}))).values("alle")
    return saker.annotate(papirrader=Subquery(samlet, output_field=JSONField()))


def papirene(sak: Any) -> list[Papirlinje]:
    """The papers of a case from `med_papirer`, the oldest first."""
    return sorted((Papirlinje(**rad) for rad in sak.papirrader or ()), key=lambda linje: linje.pk)
