import datetime as dt
import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import connection

from felles.tid import OSLO, naa
from slt_portal.landsdata import Landsdata, er_landsdata, fremmede_data, lag

BREDDE = 30


class Command(BaseCommand):
    help = "Lager oppdiktede data for hele landet, til å måle og prøve portalen med. Samme frø og dag gir det samme."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--samarbeid", type=positivt, default=357, help="Hvor mange samarbeid.")
        parser.add_argument("--ar", type=positivt, default=10, help="Hvor mange år tilbake.")
        parser.add_argument("--fro", type=int, default=1, help="Frøet som tilfeldighetene vokser av.")
        parser.add_argument("--naa", type=tidspunkt, help="Tida dataene er sett fra, for eksempel 2026-11-23T06:00.")
        parser.add_argument("--bekreft", action="store_true", help="Lag dem selv om databasen har andre data.")

    def handle(self, *args: Any, **options: Any) -> None:
        if er_landsdata():
            raise CommandError("Databasen har landsdata fra før. Lag dem i en ny, tom database.")
        if fremmede_data() and not options["bekreft"]:
            raise CommandError(
                "Databasen har data som verken er eksempler eller landsdata. De oppdiktede blandes med dem og kan "
                "ikke tas ut igjen. Bruk en egen database, eller --bekreft."
            )
        onske = Landsdata(options["samarbeid"], options["ar"], options["fro"], options["naa"] or naa())
        start = time.monotonic()
        antall = lag(onske, Framdrift(self.stderr, onske.samarbeid))
        self._oppdater_statistikk()
        for tabell, rader in sorted(antall.items()):
            self.stdout.write(f"{tabell:40}{rader:>9}")
        self.stdout.write(f"{sum(antall.values())} rader på {time.monotonic() - start:.0f} sekunder.")

    def _oppdater_statistikk(self) -> None:
        """What PostgreSQL would do by itself in a while; SQLite runs as it is installed."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")


class Framdrift:
    """A bar on the terminal, and nothing in a log."""

    def __init__(self, ut: OutputWrapper, av: int) -> None:
        self.ut, self.av, self.start = ut, av, time.monotonic()

    def __call__(self, ferdig: int) -> None:
        if not self.ut.isatty():
            return
        fylt = BREDDE * ferdig // self.av
        sekunder = time.monotonic() - self.start
        self.ut.write(
            f"\r[{'#' * fylt}{'.' * (BREDDE - fylt)}] {ferdig}/{self.av} samarbeid, {sekunder:.0f} s",
            ending="\n" if ferdig == self.av else "",
        )
        self.ut.flush()


def positivt(tekst: str) -> int:
    """A whole number from 1. Raises ArgumentTypeError for any other."""
    if not tekst.isdecimal() or int(tekst) < 1:
        raise ArgumentTypeError("Skriv et helt tall fra 1.")
    return int(tekst)


def tidspunkt(tekst: str) -> dt.datetime:
    """A day, or a day and a time, in Norway. Raises ArgumentTypeError for any other."""
    try:
        return dt.datetime.fromisoformat(tekst).replace(tzinfo=OSLO)
    except ValueError:
        raise ArgumentTypeError("Skriv tida som 2026-11-23 eller 2026-11-23T06:00.") from None
