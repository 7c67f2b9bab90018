from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from felles.tid import naa
from felles.unntak import Regelbrudd
from organisering.models import Person
from slt_portal import miljo
from slt_portal.eksempel import aktivitet as oppdiktet
from slt_portal.eksempel import brukere, fakta
from slt_portal.eksempel.laster import les, les_fil


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
        if demo_brukere and not settings.LOKAL:
            raise CommandError("Demobrukere krever DEBUG=1 eller SLT_DEMO=1. De har et passord som alle kan lese.")
        try:
            self.last_fakta()
        except (Regelbrudd, ValidationError) as feil:
            raise CommandError(str(feil)) from feil
        # People first, so that the invented presence and reports are theirs.
        personer, passord = self.last_brukere() if demo_brukere else ([], "")
        if aktivitet:
            self.last_aktivitet()
        if demo_brukere:
            self.vis_innlogging(personer, passord)

    def last_fakta(self) -> None:
        for slug, innhold in les("samarbeid").items():
            samarbeid, nytt = fakta.last(slug, innhold)
            self.stdout.write(f"{samarbeid}: lagt inn fra kilden." if nytt else f"{samarbeid}: finnes, lar det stå.")

    def last_brukere(self) -> tuple[list[Person], str]:
        passord = miljo.demopassord(settings.VAR / "demo-passord")
        personer = brukere.last(les_fil("installasjon")["bruker"], passord=passord, advar=self.stderr.write)
        for slug, innhold in les("brukere").items():
            personer += brukere.last(
                innhold["bruker"],
                passord=passord,
                samarbeid=fakta.finn_samarbeid(slug),
                fra=innhold["fra"],
                advar=self.stderr.write,
            )
        return personer, passord

    def last_aktivitet(self) -> None:
        for slug, innhold in les("aktivitet").items():
            samarbeid = fakta.finn_samarbeid(slug)
            if samarbeid is not None:
                with self.uten_stans(f"{samarbeid}: aktiviteten er ikke lagt til."):
                    nytt = oppdiktet.last(samarbeid, innhold, naa=naa())
                    self.stdout.write(f"{samarbeid}: {'oppdiktet aktivitet lagt til' if nytt else 'har aktivitet'}.")

    @contextmanager
    def uten_stans(self, setning: str) -> Iterator[None]:
        """Tells what people's own changes made impossible, and goes on: a demo must start whatever was done to it."""
        try:
            yield
        except Regelbrudd as feil:
            self.stderr.write(f"{setning} {feil}")

    def vis_innlogging(self, personer: list[Person], passord: str) -> None:
        self.stdout.write("\nDemobrukere:")
        for person in personer:
            self.stdout.write(f"  {person.epost}  ({person})")
        self.stdout.write(f"\npassord: {passord}")
