"""The plan as the municipality's own document: a PDF by Typst, and a Word file that can be edited.

Both are made from the same `Plandokument`, in the Samarbeid's målform. They hold no names of people.
"""

import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from felles.dokument import avsnitt, pdf
from felles.norsk import spenn
from tiltak.exports.plandokument import Del, Plandokument, Slag, Tiltakslinje, plandokument
from tiltak.models import Planutgave
from tiltak.rules.planene import vedtak_i_ord

STORSTE_LOGO: Final = 400_000  # bytes; a larger one is left out rather than making every copy heavy
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAALFORM: Final = {"nb": "nb-NO", "nn": "nn-NO"}


def planpdf(utgave: Planutgave, pr: dt.date) -> bytes:
    """The edition as PDF/UA-1 and PDF/A-2a: as it was frozen, or from the data as they stand on `pr`."""
    if utgave.frosset and utgave.pdf:
        return bytes(utgave.pdf)
    malform = utgave.samarbeid.malform
    with translation.override(malform):
        data = _data(plandokument(utgave, pr), utgave)
    return pdf("plan", data, malform=malform, dato=utgave.vedtatt or utgave.periode_fra or pr)


def filnavn(utgave: Planutgave, endelse: str) -> str:
    """«handlingsplan-nordre-land-1.0.pdf»."""
    return f"handlingsplan-{utgave.samarbeid.slug}-{utgave.nummer}.{endelse}"


def _data(dokument: Plandokument, utgave: Planutgave) -> dict[str, Any]:
    """What the template sets: every word a reader meets."""
    samarbeid = utgave.samarbeid
    gjelder = spenn(utgave.periode_fra, utgave.periode_til)
    return {
        "tittel": dokument.tittel,
        "undertittel": utgave.plan.tema,
        "avsender": f"{samarbeid.modellnavn} {samarbeid.navn}",
        "bunntekst": dokument.tittel,
        "gjelder": _("Gjelder %(tid)s") % {"tid": gjelder} if gjelder else _("Perioden er ikke oppgitt."),
        "vedtatt": vedtak_i_ord(utgave),
        "utgave": _("Utgave %(nummer)s") % {"nummer": utgave.nummer},
        "logo": _logo(utgave),
        "logo_ord": _("Logoen til %(navn)s") % {"navn": samarbeid.navn},
        "innhold_ord": _("Innhold"),
        "deler": [_del(del_) for del_ in dokument.deler],
        "mandat_ord": _("Mandat"),
        "medlemmer_ord": _("Medlemmer"),
        "hode": [_("Tiltak"), _("Ansvar"), _("Frist")],
        "ikke_oppgitt": _("Ikke oppgitt"),
        "tomt_ord": _("Ikke lagt inn."),
    }


def _del(del_: Del) -> dict[str, Any]:
    return {
        "slag": str(del_.slag),
        "dybde": del_.dybde,
        "overskrift": del_.overskrift,
        "tekst": avsnitt(del_.tekst),
        "avsnitt": [ett for punkt in del_.punkter for ett in avsnitt(punkt)] if del_.er_avsnitt else [],
        "punkter": [] if del_.er_avsnitt else del_.punkter,
        "plasser": del_.plasser,
        "tiltak": [_linje(linje) for linje in del_.tiltak],
        "har_frister": del_.har_frister,
        "etterord": avsnitt(del_.etterord),
        "tom": del_.er_tom and del_.slag != Slag.TEKST,
    }


def _linje(linje: Tiltakslinje) -> dict[str, Any]:
    return {
        "tittel": linje.tittel,
        "beskrivelse": avsnitt(linje.beskrivelse),
        "delpunkter": linje.delpunkter,
        "ansvar": ", ".join(linje.ansvar),
        "frist": linje.frist,
    }


def _logo(utgave: Planutgave) -> list[int]:
    """The logo's bytes, as Typst takes them through JSON; empty when there is none that can be set."""
    logo = utgave.samarbeid.logo
    if not logo or not logo.name:
        return []
    try:
        with logo.storage.open(logo.name) as fil:
            innhold = fil.read(STORSTE_LOGO + 1)
    except OSError:  # the file is gone from the storage: the document is whole without it
        return []
    kjent = innhold.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff"))
    return list(innhold) if kjent and len(innhold) <= STORSTE_LOGO else []


# Word


def planword(utgave: Planutgave, pr: dt.date) -> bytes:
    """The edition as a Word file: real headings, real lists, and a table whose heading row is repeated."""
    from tiltak.exports.wordfil import Wordfil  # python-docx is heavy, and few pages need it

    with translation.override(utgave.samarbeid.malform):
        data = _data(plandokument(utgave, pr), utgave)
        fil = Wordfil(data["tittel"], data["avsender"], sprak=MAALFORM[utgave.samarbeid.malform], dato=pr)
        fil.forside(data, bytes(data["logo"]))
        fil.innholdsliste(data["innhold_ord"], [(del_["overskrift"], del_["dybde"]) for del_ in data["deler"]])
        for del_ in data["deler"]:
            fil.del_(del_, data)
    ut = io.BytesIO()
    fil.lagre(ut)
    return ut.getvalue()


# Either


@dataclass(frozen=True)
class Planfil:
    """A plan as a file: what it is called, what kind it is, and how it is made when it must be."""

    navn: str
    type: str
    avtrykk: str  # the same for the same content
    lag: Callable[[], bytes]


def planfil(utgave: Planutgave, pr: dt.date, endelse: str) -> Planfil:
    """The edition as «pdf» or «docx». Costs what reading the plan does; `lag` makes the file."""
    if endelse == "pdf":
        ferdig = utgave.pdf_sha256 if utgave.frosset else ""
        return Planfil(
            filnavn(utgave, "pdf"), "application/pdf", ferdig or _avtrykk(utgave, pr), lambda: planpdf(utgave, pr)
        )
    return Planfil(filnavn(utgave, "docx"), WORD, _avtrykk(utgave, pr), lambda: planword(utgave, pr))


def _avtrykk(utgave: Planutgave, pr: dt.date) -> str:
    """Of all that the file is made from, the template too."""
    with translation.override(utgave.samarbeid.malform):
        data = _data(plandokument(utgave, pr), utgave)
    maler = sorted((Path(settings.BASE_DIR) / "templates" / "dokumenter").glob("*.typ"))
    deler = [json.dumps(data, ensure_ascii=False).encode(), *(mal.read_bytes() for mal in maler)]
    return hashlib.sha256(b"".join(deler)).hexdigest()
