import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from slt_portal.ettersyn import finn_alle


class Command(BaseCommand):
    help = "Lister rader som bryter en regel databasen ikke kan holde. Slutter med kode 1 når noe er funnet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Skriv bare JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        alle = finn_alle()
        if options["json"]:
            self.stdout.write(json.dumps({"funn": [asdict(funn) for funn in alle]}, ensure_ascii=False, indent=2))
        else:
            for funn in alle:
                self.stdout.write(f"{funn.regel}: {funn.rad}. {funn.tekst}")
            self.stdout.write(f"{len(alle)} funn." if alle else "Ingen funn.")
        if alle:
            sys.exit(1)
