"""When an invented event happened, told from the day the example is loaded."""

import datetime as dt
from typing import Any

from holidays import country_holidays

from felles.tid import OSLO

LORDAG = 5
EN_DAG = dt.timedelta(days=1)


def dag(nar: dict[str, Any], pr: dt.date) -> dt.date:
    """The day that a file's `nar` means, seen from `pr`. Raises ValueError for a form that is not one of the five."""
    match nar:
        case {"dager": int(dager)}:
            return pr + dt.timedelta(days=dager)
        case {"aret": float(andel)}:
            nyttar = pr.replace(month=1, day=1)
            return nyttar + dt.timedelta(days=round((pr - nyttar).days * andel))
        case {"halvar": int(antall), "dag": int(nummer)}:
            halvar = pr.year * 2 + (pr.month > 6) + antall
            return dt.date(halvar // 2, 7 if halvar % 2 else 1, 1) + dt.timedelta(days=nummer - 1)
        case {"maned": int(antall), "dag": int(nummer)}:
            maned = pr.year * 12 + pr.month - 1 + antall
            return dt.date(maned // 12, maned % 12 + 1, nummer)
        case {"sist": str(tekst)}:
            maned, nummer = (int(ledd) for ledd in tekst.split("-"))
            i_ar = dt.date(pr.year, maned, nummer)
            return i_ar if i_ar <= pr else i_ar.replace(year=pr.year - 1)
    raise ValueError(f"unknown time: {nar}")


def arbeidsdag(dagen: dt.date, pr: dt.date) -> dt.date:
    """The nearest working day: what lies ahead moves on, what lies behind moves back."""
    steg = EN_DAG if dagen > pr else -EN_DAG
    fri = country_holidays("NO")
    while dagen.weekday() >= LORDAG or dagen in fri:
        dagen += steg
    return dagen


def tidspunkt(dagen: dt.date, klokka: dt.time) -> dt.datetime:
    """The aware moment of a Norwegian day and clock."""
    return dt.datetime.combine(dagen, klokka, tzinfo=OSLO)
