import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from slt_portal import bilder
from slt_portal.demotjener import Demotjener
from slt_portal.oppstart import Stans


class Command(BaseCommand):
    help = "Tar bildene i brukerveiledningen på nytt, av eksemplene i en midlertidig database. Krever Chromium."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--til", type=Path, default=settings.BASE_DIR / "docs" / "bilder", help="Mappa de legges i."
        )
        parser.add_argument("--bare", nargs="+", metavar="NAVN", help="Ta bare disse bildene.")

    def handle(self, *args: Any, til: Path, bare: list[str] | None, **options: Any) -> None:
        if not bilder.HAR_NETTLESER:
            raise CommandError("ta_bilder trenger Playwright. Det følger med når du har kjørt make test én gang.")
        valgte = [bilde for bilde in bilder.BILDER if not bare or bilde.navn in bare]
        ukjente = set(bare or []) - {bilde.navn for bilde in bilder.BILDER}
        if ukjente:
            raise CommandError(f"Ukjente bilder: {', '.join(sorted(ukjente))}.")
        til.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="slt-bilder-") as mappe:
            tjener = Demotjener(Path(mappe), passord=bilder.PASSORD)
            try:
                tjener.klargjor()
                with tjener:
                    for fil in bilder.ta(tjener, valgte, til):
                        self.stdout.write(f"{fil.name}: {fil.stat().st_size // 1000} kB")
            except Stans as feil:
                raise CommandError(str(feil)) from feil
