from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from felles.unntak import Regelbrudd
from slt_portal.eksempel import fakta
from slt_portal.eksempel.laster import les


class Command(BaseCommand):
    help = "Legger inn eksempelkommunene fra kildene. To ganger gir det samme, og lar stå det folk har endret."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--aktivitet", action="store_true", help="Legg til oppdiktede møter, saker, vedtak og meldinger, én gang."
        )
        parser.add_argument(
            "--demo-brukere", action="store_true", help="Legg til demobrukere. Krever DEBUG=1 eller SLT_DEMO=1."
        )

    def handle(self, *args: Any, aktivitet: bool, demo_brukere: bool, **options: Any) -> None:
        try:
            self.last_fakta()
        except (Regelbrudd, ValidationError) as feil:
            raise CommandError(str(feil)) from feil

    def last_fakta(self) -> None:
        for slug, innhold in les("samarbeid").items():
            samarbeid, nytt = fakta.last(slug, innhold)
            self.stdout.write(f"{samarbeid}: lagt inn fra kilden." if nytt else f"{samarbeid}: finnes, lar det stå.")
