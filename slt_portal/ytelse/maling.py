"""Asks for pages in the process itself, through the real middleware, and counts what it costs."""

import datetime as dt
import logging
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import RequestFactory, override_settings

from organisering.models import Samarbeid
from slt_portal.ytelse.adresser import Side, sider
from slt_portal.ytelse.roller import Sporrer, sporrere

OPPVARMING = 3
OK, FEIL = 200, 500
# What `startproject` gives, and nothing more.
GULVETS_MELLOMVARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


class Sidefeil(Exception):
    """A page answered with an error, so that there is nothing to measure."""


@dataclass
class Teller:
    """Counts the queries while it wraps the connection."""

    antall: int = 0

    def __call__(self, utfor: Callable[..., Any], *args: Any) -> Any:
        self.antall += 1
        return utfor(*args)


@contextmanager
def teller() -> Iterator[Teller]:
    en = Teller()
    with connection.execute_wrapper(en):
        yield en


@dataclass
class Maling:
    """One page for one role, with the CPU milliseconds of each round."""

    side: Side
    rolle: str
    sporringer: int
    byte: int
    byte_komprimert: int
    cpu: list[float] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        return statistics.median(self.cpu)

    @property
    def p95(self) -> float:
        return sorted(self.cpu)[max(0, round(0.95 * len(self.cpu)) - 1)]


@dataclass
class Sidemaling:
    """All pages of a run, and the floor that was asked between them."""

    gulv: list[float] = field(default_factory=list)
    sider: list[Maling] = field(default_factory=list)
    ikke_malt: list[str] = field(default_factory=list)

    @property
    def gulv_ms(self) -> float:
        return statistics.median(self.gulv)


class Tjener(BaseHandler):
    """The portal without a socket; with `urlconf`, the floor instead."""

    def __init__(self, urlconf: str | None = None) -> None:
        super().__init__()
        self.urlconf = urlconf
        vert = settings.ALLOWED_HOSTS[0].lstrip(".")
        self.foresporsler = RequestFactory(headers={"host": "localhost" if vert == "*" else vert})
        self.load_middleware()

    def hent(self, url: str, okt: str = "", *, komprimert: bool = True) -> Any:
        """The answer to a GET over TLS, as this session. No signal of a request is sent, so the connection stays."""
        foresporsel = self.foresporsler.get(url, secure=True, headers={"accept-encoding": "gzip"} if komprimert else {})
        if okt:
            foresporsel.COOKIES[settings.SESSION_COOKIE_NAME] = okt
        if self.urlconf:
            foresporsel.urlconf = self.urlconf
        return self.get_response(foresporsel)

    def cpu(self, url: str, okt: str) -> float:
        """Milliseconds of this process's time that one answer took."""
        start = time.process_time()
        _innhold(self.hent(url, okt))
        return (time.process_time() - start) * 1000


def mal_sider(samarbeid: Samarbeid, pr: dt.date, *, runder: int, bare: str = "") -> Sidemaling:
    """Every reading page that the roles may open. Raises Sidefeil when one of them breaks."""
    with override_settings(DEBUG=False), _uten_advarsler():
        alle = sporrere(samarbeid, pr)
        with override_settings(MIDDLEWARE=GULVETS_MELLOMVARE):
            gulv = Tjener("slt_portal.ytelse.urls")
        portal, ut = Tjener(), Sidemaling()
        okter: dict[str, str] = {}
        for sporrer in alle:
            okter[sporrer.rolle] = sporrer.okt
            _forste_gang(portal, sporrer, samarbeid, pr, bare, ut)
        for runde in range(OPPVARMING + runder):
            for maling in ut.sider:
                gulv_cpu = gulv.cpu("/gulv/", alle[0].okt)
                side_cpu = portal.cpu(maling.side.url, okter[maling.rolle])
                if runde >= OPPVARMING:
                    ut.gulv.append(gulv_cpu)
                    maling.cpu.append(side_cpu)
    return ut


@contextmanager
def _uten_advarsler() -> Iterator[None]:
    """Half of the pages say no to half of the roles; that is no news."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _forste_gang(
    portal: Tjener, sporrer: Sporrer, samarbeid: Samarbeid, pr: dt.date, bare: str, ut: Sidemaling
) -> None:
    """Which pages this role may read, and what does not change from round to round."""
    funnet, uten = sider(sporrer, samarbeid, pr)
    ut.ikke_malt = sorted({*ut.ikke_malt, *uten})
    for side in funnet:
        if bare not in side.url:
            continue
        svar = portal.hent(side.url, sporrer.okt, komprimert=False)
        if svar.status_code >= FEIL:
            raise Sidefeil(f"{side.url} svarte {svar.status_code} til {sporrer.rolle}.")
        if svar.status_code != OK:
            continue
        byte = len(_innhold(svar))  # also what a streamed answer asks the database
        with teller() as sporringer:
            komprimert = len(_innhold(portal.hent(side.url, sporrer.okt)))
        ut.sider.append(Maling(side, sporrer.rolle, sporringer.antall, byte, komprimert))


def _innhold(svar: Any) -> bytes:
    return b"".join(svar.streaming_content) if svar.streaming else svar.content


def etter_rute(malinger: list[Maling]) -> dict[str, list[Maling]]:
    """The roles' measurements of each page."""
    ruter: dict[str, list[Maling]] = defaultdict(list)
    for maling in malinger:
        ruter[maling.side.rute].append(maling)
    return ruter
