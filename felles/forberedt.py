"""Queries whose SQL is built once and asked again with new values.

Building a query in Django costs far more than asking the database for its rows, and a page asks the same ones every
time. `@forberedt` stands on a function that returns a queryset, and a call gives the rows as a list:

    @forberedt
    def apne(samarbeid: Samarbeid, pr: dt.date) -> QuerySet[Tiltak]:
        return Tiltak.objects.filter(samarbeid=samarbeid, frist__gte=pr)

    apne(samarbeid, pr)            # list[Tiltak]
    apne.sporring(samarbeid, pr)   # the queryset itself, to filter further

The first call runs the function with a `Hull` in place of each row, number, word, day and moment, and keeps the SQL. A
list or a set becomes one that `__in` takes; a tuple stays one. So the function may compare its arguments and nothing
else: to ask a row for a field or a day for its year breaks at once. Truth values and None come as they are, and have
SQL of their own.

Threads share what is built and never change it: each call asks with a compiler and a connection of its own, and two
that build at once build the same. The key has the language, since a query may hold words. The columns are those of the
models, as in any query, and no statement is prepared in the database, so a migration changes nothing here that it does
not change everywhere. What the key lacks is the time zone: the portal never activates another than its own.
"""

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import update_wrapper
from itertools import count
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.expressions import Expression
from django.utils.translation import get_language

P = ParamSpec("P")
Rad = TypeVar("Rad")
FLEST = 100  # forms of one query that are kept; more means that it is given what it should not have
STORST = 2**63 - 1
UBYGD: Any = object()
FELT: dict[type, models.Field[Any, Any]] = {
    int: models.BigIntegerField(),
    str: models.CharField(),
    dt.date: models.DateField(),
    dt.datetime: models.DateTimeField(),
}


class Hull(Expression):
    """A place in a query for a value that comes when it is asked."""

    def __init__(self, nummer: int, slag: type) -> None:
        super().__init__(output_field=FELT[slag])
        self.nummer = nummer

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def get_group_by_cols(self) -> list[Any]:
        return []


class Hulliste(Expression):
    """What `__in` is asked with."""

    def __init__(self, hull: list[Hull]) -> None:
        super().__init__(output_field=hull[0].output_field)
        self.hull = hull

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return f"({', '.join(['%s'] * len(self.hull))})", list(self.hull)


class _Fast(NamedTuple):
    verdi: Any


class _Samling(NamedTuple):
    """A list, or a tuple of its own kind."""

    slag: type
    former: tuple[Any, ...]


class _Mal(NamedTuple):
    """What one building left: the queryset, its compiler as it stood afterwards, and the SQL."""

    rader: Any
    kompilator: Any
    sql: str
    params: tuple[Any, ...]


class Forberedt(Generic[P, Rad]):
    def __init__(self, sporring: "Callable[P, models.QuerySet[Any, Rad]]") -> None:
        self.sporring = sporring
        self.maler: dict[Any, _Mal | None] = {}
        update_wrapper(self, sporring)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Rad]:
        verdier: list[Any] = []
        former = [_form(verdi, verdier) for verdi in (*args, *kwargs.values())]
        nokkel = (connections["default"].vendor, get_language(), *former, *kwargs)
        mal = self.maler.get(nokkel, UBYGD)
        if mal is UBYGD:
            mal = self._bygg(former, list(kwargs))
            if len(self.maler) >= FLEST:
                self.maler.clear()
            self.maler[nokkel] = mal
        return [] if mal is None else _spor(mal, verdier)

    def _bygg(self, former: list[Any], navn: list[str]) -> _Mal | None:
        nummer = count()
        hull: list[Any] = [_hull(form, nummer) for form in former]
        uten_navn = len(hull) - len(navn)
        rader: Any = self.sporring(*hull[:uten_navn], **dict(zip(navn, hull[uten_navn:], strict=True)))
        kompilator = rader.query.get_compiler(using=rader.db)
        try:
            sql, params = kompilator.as_sql()
        except EmptyResultSet:
            return None
        kompilator.connection = None  # a thread that is gone would otherwise keep its connection open here
        return _Mal(rader, kompilator, sql, tuple(params))


def forberedt(sporring: "Callable[P, models.QuerySet[Any, Rad]]") -> Forberedt[P, Rad]:
    """See the top of this file."""
    return Forberedt(sporring)


def fest(foreldre: Iterable[models.Model], navn: str, barn: Iterable[Any], felt: str) -> None:
    """Gives each parent its own of the fetched children as the relation `navn`, as `prefetch_related` does.

    `felt` is where a child keeps its parent's key: «tiltak_id».
    """
    egne: dict[Any, list[Any]] = defaultdict(list)
    modell: Any = models.Model
    for en in barn:
        egne[getattr(en, felt)].append(en)
        modell = type(en)
    fest_lister(foreldre, navn, modell, egne)


def fest_lister(foreldre: Iterable[models.Model], navn: str, modell: Any, rader: Mapping[Any, list[Any]]) -> None:
    """Gives each parent its list, by its key, as the relation `navn`."""
    for forelder in foreldre:
        ferdig: Any = models.QuerySet(modell)
        ferdig._result_cache, ferdig._prefetch_done = list(rader[forelder.pk]), True
        forelder.__dict__.setdefault("_prefetched_objects_cache", {})[navn] = ferdig


def _form(verdi: Any, verdier: list[Any]) -> Any:
    """What the SQL depends on: the kinds of the values and the lengths of lists. The values go to `verdier`."""
    if verdi is None or isinstance(verdi, bool):
        return _Fast(verdi)
    if isinstance(verdi, tuple):
        return _Samling(type(verdi), tuple(_form(en, verdier) for en in verdi))
    if isinstance(verdi, list | set | frozenset):
        alle = list(verdi)
        if alle:  # filled up with the last to 1, 4, 16, 64 …, so that there are few lengths
            alle += alle[-1:] * (4 ** ((len(alle) - 1).bit_length() + 1 >> 1) - len(alle))
        return _Samling(list, tuple(_form(en, verdier) for en in alle))
    if isinstance(verdi, models.Model):
        verdi = verdi.pk
    if isinstance(verdi, int):
        verdi = max(-STORST, min(verdi, STORST))  # a longer number is no row's, and no database takes it
    verdier.append(verdi)
    return _slag(verdi)


def _slag(verdi: Any) -> type:
    for slag in (str, int, dt.datetime, dt.date):
        if isinstance(verdi, slag):
            return slag
    raise TypeError(f"A prepared query takes no {type(verdi).__name__}.")


def _hull(form: Any, nummer: Iterator[int]) -> Any:
    if isinstance(form, _Fast):
        return form.verdi
    if isinstance(form, _Samling):
        alle = [_hull(en, nummer) for en in form.former]
        if form.slag is list:
            return Hulliste(alle) if alle else []
        return form.slag(*alle) if hasattr(form.slag, "_fields") else form.slag(alle)
    return Hull(next(nummer), form)


def _spor(mal: _Mal, verdier: list[Any]) -> list[Any]:
    rader = mal.rader._chain()
    kompilator = copy.copy(mal.kompilator)
    kompilator.connection = connections[kompilator.using]  # this thread's own
    params = tuple(
        p.output_field.get_db_prep_value(verdier[p.nummer], kompilator.connection) if isinstance(p, Hull) else p
        for p in mal.params
    )
    kompilator.as_sql = lambda: (mal.sql, params)
    rader.query.get_compiler = lambda *args, **kwargs: kompilator
    return list(rader)
