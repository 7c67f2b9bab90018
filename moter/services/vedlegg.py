"""The papers of a case: checked, kept, replaced, removed or withdrawn.

A file is read and checked before anything is stored, and stored before the transaction; when the row cannot be
written, the file goes too. One that no row names any more is deleted when the transaction is done.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from felles.filer import Avvist, Filslag, Grenser, Grunn, er_tekst, kjenn_igjen
from felles.filtekst import har_personnummer
from felles.personnummer import inneholder_personnummer
from felles.unntak import Personnummer, Regelbrudd
from moter.models import Sak, Vedlegg
from moter.rules.papirer import er_sendt_ut
from organisering.models import Gruppe, Person

MAKS_BYTE = 25 * 1024 * 1024
GRENSER = Grenser(fil=MAKS_BYTE, pakket_ut=100 * 1024 * 1024)
MAKS_PAPIRER = 40  # of one case


@dataclass(frozen=True)
class Papir:
    """A file that has been read and found in order."""

    tittel: str
    slag: Filslag
    innhold: bytes


@sensitive_variables()
def kontroller_papir(navn: str, innhold: bytes, *, tittel: str = "") -> Papir:
    """The file as it may be kept. `navn` gives the title when none is said, and is kept nowhere else.

    Raises Regelbrudd with the reason: the type (told by the content alone), its size, what it hides, or a
    fødselsnummer in its name or its text.
    """
    tittel = tittel.strip() or _navn_som_tittel(navn) or _("Uten tittel")
    if inneholder_personnummer(navn) or inneholder_personnummer(tittel):
        raise Personnummer(_("Papiret er ikke lagret. Navnet på fila inneholder et fødselsnummer."), felt="fil")
    try:
        slag = kjenn_igjen(innhold, GRENSER)
        if slag == Filslag.TEKST and not er_tekst(innhold):
            raise Avvist(Grunn.UKJENT)
        funnet = har_personnummer(innhold, slag, GRENSER)
    except Avvist as avvist:
        raise Regelbrudd(HVORFOR[avvist.grunn](), felt="fil") from avvist
    if funnet:
        raise Personnummer(
            _("Papiret er ikke lagret. Det inneholder et fødselsnummer, og SLT skal ikke behandle enkeltsaker."),
            felt="fil",
        )
    return Papir(tittel, slag, innhold)


def _navn_som_tittel(navn: str) -> str:
    rent = "".join(tegn for tegn in PurePath(navn.replace("\\", "/")).stem if tegn.isprintable())
    return rent.replace("_", " ").strip()[:200]


def legg_ved(sak: Sak, papir: Papir, *, av: Person, naa: dt.datetime, erstatter: Vedlegg | None = None) -> Vedlegg:
    """Keeps a paper with the case. In the place of `erstatter`, it is its next version."""
    felt = Vedlegg._meta.get_field("fil")
    navn = default_storage.save(felt.generate_filename(None, f"papir.{papir.slag.value}"), ContentFile(papir.innhold))
    try:
        return _skriv(sak, papir, navn, av=av, naa=naa, erstatter=erstatter)
    except BaseException:
        default_storage.delete(navn)
        raise


@transaction.atomic
def _skriv(sak: Sak, papir: Papir, navn: str, *, av: Person, naa: dt.datetime, erstatter: Vedlegg | None) -> Vedlegg:
    Gruppe.objects.select_for_update(of=("self",)).get(pk=sak.gruppe_id)
    if sak.vedlegg.gjeldende().count() >= MAKS_PAPIRER:
        raise Regelbrudd(_("Saken har alt %(antall)d papirer. Ta bort noen først.") % {"antall": MAKS_PAPIRER})
    forrige = Vedlegg.objects.filter(sak=sak, trukket__isnull=True, pk=erstatter.pk).first() if erstatter else None
    if erstatter is not None and forrige is None:
        raise Regelbrudd(_("Papiret du ville erstatte, er tatt bort av en annen."), felt="erstatter")
    nytt: Vedlegg = Vedlegg.objects.create(
        samarbeid_id=sak.samarbeid_id,
        sak=sak,
        fil=navn,
        tittel=papir.tittel,
        innholdstype=papir.slag.value,
        storrelse=len(papir.innhold),
        sha256=hashlib.sha256(papir.innhold).hexdigest(),
        versjon=forrige.versjon + 1 if forrige is not None else 1,
        lagt_inn_av=av,
        opprettet=naa,
    )
    if forrige is not None and _ta_bort(forrige, naa):
        nytt.erstatter = forrige
        nytt.save(update_fields=["erstatter"])
    return nytt


@transaction.atomic
def fjern_papir(vedlegg: Vedlegg, *, naa: dt.datetime) -> bool:
    """Removes a paper, file and all. One whose case has been sent out is only withdrawn: then it returns True."""
    Gruppe.objects.select_for_update(of=("self",)).get(pk=vedlegg.sak.gruppe_id)
    rad = Vedlegg.objects.select_related("sak__mote").filter(pk=vedlegg.pk).first()
    return rad is not None and _ta_bort(rad, naa)


def _ta_bort(vedlegg: Vedlegg, naa: dt.datetime) -> bool:
    """Whether the row is still there, as withdrawn."""
    if er_sendt_ut(vedlegg.sak) or vedlegg.erstattet_av.exists():
        if vedlegg.trukket is None:
            vedlegg.trukket = naa
            vedlegg.save(update_fields=["trukket"])
        return True
    navn = vedlegg.fil.name
    vedlegg.delete()
    transaction.on_commit(partial(_slett_ubrukt, navn))
    return False


def _slett_ubrukt(navn: str) -> None:
    """A file goes with the last row that names it."""
    if not Vedlegg.objects.filter(fil=navn).exists():
        default_storage.delete(navn)


def papirene_folger_saken(fra: Sak, til: Sak) -> None:
    """The papers in force stand by the case where it goes on too. The file is the same."""
    for rad in fra.vedlegg.gjeldende():
        rad.pk, rad.sak, rad.samarbeid_id, rad.erstatter = None, til, til.samarbeid_id, None
        rad._state.adding = True
        rad.save()


def for_stor() -> str:
    return _("Papiret er ikke lagret. Fila er for stor: høyst 25 MB.")


def _annen_type() -> str:
    return _(
        "Papiret er ikke lagret. Bruk PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument, PNG, JPEG "
        "eller ren tekst."
    )


HVORFOR: dict[Grunn, Callable[[], str]] = {
    Grunn.TOM: lambda: _("Papiret er ikke lagret. Fila er tom."),
    Grunn.FOR_STOR: for_stor,
    Grunn.PASSORD: lambda: _("Papiret er ikke lagret. Fila er låst med passord. Ta bort passordet, og prøv igjen."),
    Grunn.MAKROER: lambda: _("Papiret er ikke lagret. Fila har makroer. Lagre den uten, og prøv igjen."),
    Grunn.ODELAGT: lambda: _(
        "Papiret er ikke lagret. Fila er ødelagt eller ufullstendig. Åpne den, og lagre den på nytt."
    ),
    Grunn.GAMMEL: lambda: _(
        "Papiret er ikke lagret. Fila er i et gammelt Office-format. Lagre den som .docx, .xlsx eller .pptx."
    ),
    Grunn.RTF: lambda: _("Papiret er ikke lagret. Fila er i RTF-format. Lagre den som Word-dokument (.docx)."),
    Grunn.PAKKET_UT: lambda: _("Papiret er ikke lagret. Fila er altfor stor når den pakkes ut."),
    Grunn.UKJENT: _annen_type,
    Grunn.FILER_INNI: lambda: _("Papiret er ikke lagret. PDF-en har andre filer inni seg. Legg dem inn hver for seg."),
    Grunn.FOR_LANG: lambda: _("Papiret er ikke lagret. PDF-en har for mange sider til å bli kontrollert."),
}
