import datetime as dt
import json
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from felles.tid import OSLO, naa
from organisering.models import Person
from slt_portal.framsyn import se_framover
from slt_portal.varsling import PLANER
from varsling.services import Plan, kjor, lever, samle

HELE_KOEN = dt.timedelta(hours=12)  # whoever runs it by hand wants all of it sent


@dataclass
class Utskrift:
    """What `--json` prints. The names are fixed points that other programs read."""

    naa: str
    torrkjoring: bool
    regler: list[dict[str, Any]] = field(default_factory=list)
    levert: int = 0
    feilet: int = 0
    varsler: list[dict[str, Any]] = field(default_factory=list)
    eposter: list[dict[str, Any]] = field(default_factory=list)
    sporringer: int = 0
    sekunder: float = 0.0


class Teller:
    """Counts the queries of the run."""

    def __init__(self) -> None:
        self.antall = 0

    def __call__(self, kjor_sql: Callable[..., Any], *args: Any) -> Any:
        self.antall += 1
        return kjor_sql(*args)


def tidspunkt(tekst: str) -> dt.datetime:
    """«2026-11-23T06:00» in Norway."""
    try:
        tid = dt.datetime.fromisoformat(tekst)
    except ValueError as feil:
        raise ArgumentTypeError(f"«{tekst}» er ikke et tidspunkt. Skriv for eksempel 2026-11-23T06:00.") from feil
    return tid.astimezone(OSLO) if tid.tzinfo else tid.replace(tzinfo=OSLO)


class Command(BaseCommand):
    help = "Kjører alle påminnelser én gang: planlegger, samler og leverer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--naa", type=tidspunkt, help="Still klokka, for eksempel 2026-11-23T06:00 (norsk tid).")
        parser.add_argument("--torrkjoring", action="store_true", help="Skriv og send ingenting.")
        parser.add_argument("--json", action="store_true", help="Skriv bare JSON.")

    def handle(self, *args: Any, torrkjoring: bool, **options: Any) -> None:
        if options["naa"] and not torrkjoring and not settings.LOKAL:
            raise CommandError("--naa uten --torrkjoring krever DEBUG=1 eller SLT_DEMO=1.")
        tid = options["naa"] or naa()
        ut, teller, start = Utskrift(tid.isoformat(timespec="minutes"), torrkjoring), Teller(), time.monotonic()
        with connection.execute_wrapper(teller):
            if torrkjoring:
                with transaction.atomic():
                    self.planlegg(ut, tid)
                    transaction.set_rollback(True)
            else:
                self.planlegg(ut, tid)
                runde = lever(tid, lengst=HELE_KOEN)
                ut.levert, ut.feilet = runde.levert, runde.feilet
        if not torrkjoring:
            kjor("slt_portal.tasks.se_framover", tid, se_framover)
        ut.sporringer, ut.sekunder = teller.antall, round(time.monotonic() - start, 3)
        self.skriv(ut, som_json=options["json"])

    def planlegg(self, ut: Utskrift, tid: dt.datetime) -> None:
        planer = [kjor(jobb, tid, plan) for jobb, plan in PLANER.items()]
        ut.regler = [{"regel": plan.regel, "funnet": plan.funnet, "nye": len(plan.nye)} for plan in planer]
        ut.varsler = self.varsler(planer)
        ut.eposter = [{"mottaker": epost.adresse, "emne": epost.emne, "varsler": epost.varsler} for epost in samle(tid)]

    def varsler(self, planer: list[Plan]) -> list[dict[str, Any]]:
        nye = [varsel for plan in planer for varsel in plan.nye]
        til = dict(Person.objects.filter(pk__in={v.person_id for v in nye}).values_list("pk", "epost"))
        return [
            {"nokkel": v.nokkel, "regel": v.regel, "mottaker": til.get(v.person_id or 0), "emne": v.gjelder}
            for v in nye
        ]

    def skriv(self, ut: Utskrift, *, som_json: bool) -> None:
        if som_json:
            self.stdout.write(json.dumps(asdict(ut), ensure_ascii=False, indent=2))
            return
        for regel in ut.regler:
            self.stdout.write("{regel}: {funnet} funnet, {nye} nye.".format(**regel))
        for varsel in ut.varsler:
            self.stdout.write("  {mottaker}: {emne}".format(**varsel))
        self.stdout.write(f"{len(ut.eposter)} samlede e-poster. {ut.levert} levert, {ut.feilet} feilet.")
