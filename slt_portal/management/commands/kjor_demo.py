import fcntl
import hashlib
import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from honcho.environ import parse_procfile
from honcho.manager import SIGNALS, SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Message, Printer

from felles.tid import naa
from slt_portal import framsyn
from slt_portal.oppstart import Stans, sjekk_port
from slt_portal.varsling import PLANER
from varsling.models import Kjoring
from varsling.services import kjor


class StillePrinter(Printer):  # type: ignore[misc]
    """Shows what the processes say, not what honcho does with them."""

    def write(self, message: Message) -> None:
        if message.name != SYSTEM_PRINTER_NAME:
            super().write(message)


class Command(BaseCommand):
    help = "Gjør klar database og eksempler, og starter web og jobber i samme terminal. Ctrl-C stopper alt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bare-klargjor", action="store_true", help="Gjør klart, men start ingenting.")

    def handle(self, *args: Any, bare_klargjor: bool, **options: Any) -> None:
        if not settings.LOKAL:
            raise CommandError("kjor_demo er bare for SLT_DEMO=1 eller DEBUG=1.")
        try:
            with alene(settings.VAR / "demo.laas"):
                self.klargjor()
                if bare_klargjor:
                    return
                sjekk_port()
                self.stdout.write(f"\nStarter på {settings.ADRESSE}/ – Ctrl-C stopper alt.\n")
                self.stdout.flush()
                kode = self.start()
        except Stans as feil:
            raise CommandError(str(feil)) from None
        except KeyboardInterrupt:
            kode = 130
        sys.exit(0 if kode in (130, 143) else kode)

    def klargjor(self) -> None:
        """Database, shared cache, static files and examples; again and again without losing anything."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        self.samle_statisk()
        call_command("last_eksempel", aktivitet=True, demo_brukere=True, stdout=self.stdout)
        self.regn_ut()

    def regn_ut(self) -> None:
        """The first day's reminders, whatever the hour: nobody shall meet pages that wait for six o'clock."""
        if not Kjoring.objects.exists():
            for jobb, plan in [*PLANER.items(), ("slt_portal.tasks.se_framover", framsyn.se_framover)]:
                kjor(jobb, naa(), plan)

    def samle_statisk(self) -> None:
        """Collects and compresses the static files, which takes seconds, only when one has changed."""
        merke, avtrykk = settings.VAR / "statisk-avtrykk", statisk_avtrykk()
        samlet = (settings.STATIC_ROOT / "staticfiles.json").exists()
        if not samlet or not merke.exists() or merke.read_text(encoding="ascii") != avtrykk:
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            merke.write_text(avtrykk, encoding="ascii")

    def start(self) -> int:
        """Runs the Procfile's processes until one stops or somebody says stop."""
        connections.close_all()
        manager = Manager(StillePrinter(sys.stdout, prefix=False))
        prosesser = parse_procfile((settings.BASE_DIR / "Procfile").read_text(encoding="utf-8")).processes
        for navn, kommando in prosesser.items():
            miljo = os.environ | {"PYTHONUNBUFFERED": "1"}
            manager.add_process(navn, f"exec {kommando}", env=miljo, cwd=str(settings.BASE_DIR))
        # A closed terminal ends the processes as Ctrl-C does; they have sessions of their own and would live on.
        SIGNALS.setdefault(signal.SIGHUP, SIGNALS[signal.SIGTERM])
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        manager.loop()
        return int(manager.returncode or 0)


def statisk_avtrykk() -> str:
    """Changes with any static file: its name, size or time."""
    filer = []
    for finner in get_finders():
        for navn, lager in finner.list([]):
            filer.append((navn, lager.size(navn), lager.get_modified_time(navn).timestamp()))
    return hashlib.sha256(repr(sorted(filer)).encode()).hexdigest()


@contextmanager
def alene(laas: Path) -> Iterator[TextIO]:
    """Holds the file's lock. Raises Stans when another demo of the same folder has it."""
    with laas.open("w") as fil:
        try:
            fcntl.flock(fil, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stans("Demoen kjører alt fra denne mappa. Stopp den med Ctrl-C der den ble startet.") from None
        yield fil
