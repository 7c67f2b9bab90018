import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from felles.tid import naa
from organisering.models import Samarbeid
from slt_portal.ytelse.jobber import Jobbmaling, mal_jobber
from slt_portal.ytelse.maling import Maling, Sidefeil, Sidemaling, etter_rute, mal_sider
from slt_portal.ytelse.roller import middels_samarbeid

RUNDER = 15


class Command(BaseCommand):
    help = "Måler sidene og jobbene på dataene som ligger her. Alt rulles tilbake, og ingen e-post sendes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Skriv bare JSON.")
        parser.add_argument("--markdown", action="store_true", help="Skriv tabeller til docs/ytelse.md.")
        parser.add_argument("--runder", type=int, default=RUNDER, help="Hvor mange ganger hver side hentes.")
        parser.add_argument("--sider", default="", help="Bare sider med denne teksten i adressen.")
        parser.add_argument("--slug", help="Samarbeidet som måles. Ellers det middels store.")
        parser.add_argument("--uten-jobber", action="store_true", help="Mål bare sidene.")

    def handle(self, *args: Any, **options: Any) -> None:
        self._krev_statiske_filer()
        samarbeid = self._finn(options["slug"])
        with transaction.atomic():
            try:
                malt = mal_sider(samarbeid, naa().date(), runder=max(1, options["runder"]), bare=options["sider"])
            except Sidefeil as feil:
                raise CommandError(str(feil)) from None
            jobber = [] if options["uten_jobber"] else mal_jobber(naa())
            transaction.set_rollback(True)
        if not malt.sider:
            raise CommandError("Ingen side passer til --sider.")
        if options["json"]:
            self.stdout.write(json.dumps(som_json(malt, jobber), ensure_ascii=False, indent=2))
            return
        for linje in tabeller(samarbeid, malt, jobber, rute=options["markdown"]):
            self.stdout.write(linje)

    def _finn(self, slug: str | None) -> Samarbeid:
        samarbeid = Samarbeid.objects.filter(slug=slug).first() if slug else middels_samarbeid()
        if samarbeid is None:
            raise CommandError("Fant ikke samarbeidet. Last eksempler eller landsdata først.")
        return samarbeid

    def _krev_statiske_filer(self) -> None:
        if getattr(staticfiles_storage, "hashed_files", None) == {}:
            raise CommandError("Sidene trenger de statiske filene. Kjør «manage.py collectstatic» først.")


def som_json(malt: Sidemaling, jobber: list[Jobbmaling]) -> dict[str, Any]:
    """The keys are fixed points that other programs read."""
    return {
        "gulv_ms": round(malt.gulv_ms, 3),
        "sider": [
            {
                "url": maling.side.url,
                "rolle": maling.rolle,
                "sporringer": maling.sporringer,
                "cpu_ms": round(maling.cpu_ms, 3),
                "p95": round(maling.p95, 3),
                "byte": maling.byte,
                "byte_komprimert": maling.byte_komprimert,
                "mot_gulv": round(maling.cpu_ms / malt.gulv_ms, 2),
            }
            for maling in malt.sider
        ],
        "jobber": [asdict(jobb) for jobb in jobber],
    }


def tabeller(samarbeid: Samarbeid, malt: Sidemaling, jobber: list[Jobbmaling], *, rute: bool) -> Iterator[str]:
    """Markdown that reads well in a terminal too: the dearest role of each page first."""
    rader = len(malt.sider)
    yield f"{connection.vendor}, {samarbeid}: {rader} sider og roller, gulv {malt.gulv_ms:.2f} ms."
    yield "\n| Side | Dyrest for | Spørringer | Mot gulvet | CPU ms | p95 | Byte | Komprimert |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    dyrest = [max(malinger, key=lambda maling: maling.cpu_ms) for malinger in etter_rute(malt.sider).values()]
    for maling in sorted(dyrest, key=lambda maling: -maling.cpu_ms):
        yield _siderad(maling, malt.gulv_ms, rute=rute)
    if jobber:
        yield "\n| Jobb | Sekunder | Spørringer | Enheter i sekundet | Minne MB |"
        yield "| --- | ---: | ---: | ---: | ---: |"
    for jobb in jobber:
        minne = "–" if jobb.minne_mb is None else f"{jobb.minne_mb:.0f}"
        yield f"| {jobb.jobb} | {jobb.sekunder:.2f} | {jobb.sporringer} | {jobb.enheter_i_sekundet:.0f} | {minne} |"
    yield f"\nIkke målt, fordi adressen ikke kan fylles ut: {', '.join(malt.ikke_malt) or 'ingen'}."


def _siderad(maling: Maling, gulv_ms: float, *, rute: bool) -> str:
    adresse = maling.side.rute if rute else maling.side.url
    return (
        f"| `{adresse}` | {maling.rolle} | {maling.sporringer} | {maling.cpu_ms / gulv_ms:.1f} | {maling.cpu_ms:.1f} "
        f"| {maling.p95:.1f} | {maling.byte} | {maling.byte_komprimert} |"
    )
