import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from felles.tid import i_dag, naa
from felles.unntak import Regelbrudd
from organisering.models import Samarbeid
from tiltak.lesing import MAKS_BYTE, les_fil
from tiltak.models import Handlingsplan, Tiltak
from tiltak.rules.importen.kolonner import jevn
from tiltak.rules.importen.sjekk import Rad, Sjekk, sjekk_tabeller
from tiltak.rules.importen.treff import Register
from tiltak.rules.parter import parter
from tiltak.services import legg_inn


class Command(BaseCommand):
    help = (
        "Leser tiltak fra Word, Excel, .csv, PDF eller tekst inn i en plan. Et ord om ansvar blir avklart bare når det "
        "er sikkert hvem det er. Tiltak som planen har fra før, blir ikke lagt inn en gang til."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="Samarbeidet, for eksempel nordre-land.")
        parser.add_argument("fil", type=Path, help="Fila med planen.")
        parser.add_argument("--plan", default="", help="Navnet på planen, når samarbeidet har flere eller den er ny.")
        parser.add_argument("--torrkjoring", action="store_true", help="Vis hva som ble lest, og lagre ingenting.")
        parser.add_argument("--json", action="store_true", help="Skriv bare JSON.")

    def handle(self, *args: Any, slug: str, fil: Path, **options: Any) -> None:
        samarbeid = Samarbeid.objects.filter(slug=slug).first()
        if samarbeid is None:
            raise CommandError(f"Finner ikke samarbeidet «{slug}».")
        plan = self.finn_plan(samarbeid, options["plan"], torrkjoring=options["torrkjoring"])
        try:
            sjekk = self.les(samarbeid, plan, fil)
            if not options["torrkjoring"] and sjekk.med:
                navn = options["plan"] or "Handlingsplan"
                legg_inn(samarbeid, sjekk.med, plan=plan, plannavn=navn, av=None, naa=naa())
        except Regelbrudd as brudd:
            raise CommandError(brudd.setning) from None  # its words alone: a traceback shows what was read
        self.skriv(sjekk, som_json=options["json"], torrkjoring=options["torrkjoring"])

    def finn_plan(self, samarbeid: Samarbeid, navn: str, *, torrkjoring: bool) -> Handlingsplan | None:
        """The plan of that name, or the only one; None for a new one."""
        planer = list(Handlingsplan.objects.filter(samarbeid=samarbeid))
        if navn:
            return next((plan for plan in planer if plan.navn.casefold() == navn.casefold()), None)
        if len(planer) > 1 and not torrkjoring:
            navnene = ", ".join(f"«{plan.navn}»" for plan in planer)
            raise CommandError(f"Samarbeidet har flere planer: {navnene}. Velg en med --plan.")
        return planer[0] if planer else None

    def les(self, samarbeid: Samarbeid, plan: Handlingsplan | None, fil: Path) -> Sjekk:
        try:
            with fil.open("rb") as strom:
                innhold = strom.read(MAKS_BYTE + 1)
        except OSError as feil:
            raise CommandError(f"Kan ikke lese {fil}: {feil.strerror}.") from None
        finnes: Mapping[str, int] = {
            jevn(tittel): nummer for tittel, nummer in Tiltak.objects.filter(plan=plan).values_list("tittel", "nummer")
        }
        register = Register(parter(samarbeid, i_dag()), samarbeid.modellnavn)
        return sjekk_tabeller(les_fil(innhold), {}, register, finnes, i_dag(), foresla=False)

    def skriv(self, sjekk: Sjekk, *, som_json: bool, torrkjoring: bool) -> None:
        if som_json:
            feil = [{"rad": feil.rad, "hvorfor": feil.hvorfor} for feil in sjekk.feil]
            ut = {"tiltak": [self.tiltak(rad) for rad in sjekk.rader], "feil": feil}
            self.stdout.write(json.dumps(ut, ensure_ascii=False, indent=2))
            return
        for rad in sjekk.rader:
            ansvar = "; ".join(svar.navn or f"«{ord.ord}»" for ord, svar in rad.ansvar)
            alt = "" if rad.med else " (finnes alt)"
            self.stdout.write(f"{rad.forslag.tittel}{alt}: {ansvar or 'ingen ansvar'}")
        for feil_ in sjekk.feil:
            self.stdout.write(f"Rad {feil_.rad} er ikke lest: {feil_.hvorfor}")
        gjort = "lest, ingenting lagret" if torrkjoring else "lagt inn"
        self.stdout.write(f"{len(sjekk.rader) if torrkjoring else len(sjekk.med)} tiltak {gjort}.")

    def tiltak(self, rad: Rad) -> dict[str, Any]:
        """The fixed point: the names other programs read. `treff` is null for words that nobody is found for."""
        tid = rad.forslag.tid
        return {
            "tittel": rad.forslag.tittel,
            "delpunkter": list(rad.forslag.delpunkter),
            "ansvar": [{"ord": ord.ord, "treff": svar.navn or None} for ord, svar in rad.ansvar],
            "frist": tid.frist.isoformat() if tid.frist else None,
            "rytme": tid.rytme or None,
        }
