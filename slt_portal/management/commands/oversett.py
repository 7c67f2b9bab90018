import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from slt_portal import oversettelse


class Command(BaseCommand):
    help = (
        "Henter tekstene fra kildekoden, fører dem inn i locale/ og kompilerer. "
        "Lister det som mangler oversettelse, og slutter da med kode 1."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sjekk", action="store_true", help="Skriv ingen filer, bare si fra om noe ikke stemmer.")

    def handle(self, *args: Any, **options: Any) -> None:
        feil = [linje for sprak, _navn in settings.LANGUAGES for linje in self.sprak(sprak, options["sjekk"])]
        for linje in feil:
            self.stdout.write(linje)
        self.stdout.write(f"{len(feil)} mangler." if feil else "Alt er oversatt.")
        if feil:
            sys.exit(1)

    def sprak(self, sprak: str, bare_sjekk: bool) -> list[str]:
        katalog = oversettelse.samle(sprak)
        feil = [f"{sprak}: {nokkel[0]!r} mangler." for nokkel in oversettelse.ubesvarte(katalog)]
        filer = {"po": oversettelse.som_po(katalog), "mo": oversettelse.som_mo(katalog)}
        for endelse, innhold in filer.items():
            sti = oversettelse.fil(sprak, endelse)
            if sti.exists() and sti.read_bytes() == innhold:
                continue
            if bare_sjekk:
                feil.append(f"{sprak}: {sti.name} er ikke i takt med kildekoden.")
            else:
                sti.parent.mkdir(parents=True, exist_ok=True)
                sti.write_bytes(innhold)
        return feil
