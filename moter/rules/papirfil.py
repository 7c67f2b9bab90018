"""What a paper must be to be taken in: its type by its content alone, its size, and no fødselsnummer in it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from felles.filer import Avvist, Filslag, Grenser, Grunn, er_tekst, kjenn_igjen
from felles.filtekst import har_personnummer
from felles.personnummer import inneholder_personnummer
from felles.unntak import Personnummer, Regelbrudd

MAKS_BYTE = 25 * 1024 * 1024
GRENSER = Grenser(fil=MAKS_BYTE, pakket_ut=100 * 1024 * 1024)


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
    Grunn.FILER_INNI: lambda: _(
        "Papiret er ikke lagret. PDF-fila har andre filer inni seg. Legg dem inn hver for seg."
    ),
    Grunn.FOR_LANG: lambda: _("Papiret er ikke lagret. PDF-fila har for mange sider til å bli kontrollert."),
}
