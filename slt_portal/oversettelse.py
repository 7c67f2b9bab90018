"""The catalogues of translation: what the source says, what `locale/` answers, and the way between them.

Bokmål is the source. `locale/nn` has nynorsk for all of it. Both languages also answer for what the packages we stand
on show our readers and have not put into Norwegian themselves, so that nobody meets English.
"""

import io
import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

Tekst = str | tuple[str, str]
Nokkel = tuple[Tekst, str | None]  # one sentence or the pair of singular and plural, and its context

# What Babel is to look for: argument numbers, with «c» for the context.
ORD: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
UTENOM = {"tests", "migrations"}
HODE = (
    "Project-Id-Version: SLT-portalen\n"
    "Language: {sprak}\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
PLASSHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w[^>]*>|&\w+;")


class Pakke(NamedTuple):
    """A package whose words our pages show: its catalogues, the one that lists all it says, and from which files."""

    mappe: str
    liste: str
    filer: str


PAKKER = (
    Pakke("django/conf", "en", r"(contrib/messages|core|db|forms|utils|views)/"),
    Pakke("django/contrib/admin", "en", ""),
    Pakke("django/contrib/auth", "en", ""),
    Pakke("django/contrib/contenttypes", "en", ""),
    Pakke("django/contrib/humanize", "en", ""),
    Pakke("allauth", "en", r"account/|templates/account/messages/"),
    Pakke("simple_history", "nb", ""),
)
# What they do say in Norwegian, but not as we speak: officialese, or bokmål among the nynorsk.
OMSKREVET: set[Nokkel] = {
    ("This field is required.", None),
    ("Enter a valid email address.", None),
    ("Enter a valid URL.", None),
    ("Enter a number.", None),
    ("Enter a whole number.", None),
    ("Select a valid choice. %(value)s is not one of the available choices.", None),
    ("Select a valid choice. That choice is not one of the available choices.", None),
    (
        (
            "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        ),
        None,
    ),
    ("Current Password", None),
    ("New Password (again)", None),
    ("Forgot your password?", None),
}


class Katalog(Catalog):
    """A catalogue that names neither people nor days, so that the files change only when the words do."""

    def __init__(self, sprak: str) -> None:
        super().__init__(locale=sprak, header_comment="# Lages av «manage.py oversett».")

    def __iter__(self) -> Iterator[Message]:
        yield Message("", HODE.format(sprak=self.locale), flags=())
        yield from self._messages.values()


class Kompilert(Katalog):
    """As `Katalog`, with the singular of each pair also by itself: `gettext` in Python 3.11 does not look in a pair."""

    def __iter__(self) -> Iterator[Message]:
        for melding in super().__iter__():
            yield melding
            if not isinstance(melding.id, str) and melding.string:
                yield Message(melding.id[0], melding.string[0], context=melding.context)


def nokkel(melding: Message) -> Nokkel:
    return (melding.id if isinstance(melding.id, str) else (melding.id[0], melding.id[1]), melding.context)


def fil(sprak: str, endelse: str = "po") -> Path:
    return Path(settings.BASE_DIR) / "locale" / sprak / "LC_MESSAGES" / f"django.{endelse}"


def kildefiler() -> list[Path]:
    """Our own Python files and templates."""
    rot = Path(settings.BASE_DIR)
    rom = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == rot]
    python = [sti for mappe in rom for sti in mappe.rglob("*.py") if not UTENOM & set(sti.relative_to(rot).parts)]
    return sorted(python) + sorted(sti for sti in (rot / "templates").rglob("*.*") if sti.suffix in {".html", ".txt"})


def tekster(sti: Path) -> Iterator[Nokkel]:
    """What one file asks the catalogue for.

    Babel reads Jinja2. It does not read Django's templates, but Django turns one into calls that Babel reads as Python.
    The brackets around it make its indentation mean nothing.
    """
    kilde, slag = sti.read_text(encoding="utf-8"), "python"
    if "jinja" in sti.parts:
        slag = "jinja2.ext:babel_extract"
    elif sti.suffix != ".py":
        kilde = f"(\n{templatize(kilde)}\n)"
    for _linje, tekst, _kommentar, kontekst in extract(slag, io.BytesIO(kilde.encode()), ORD):
        yield (tekst if isinstance(tekst, str) else (tekst[0], tekst[1])), kontekst


def egne() -> set[Nokkel]:
    """All that our own source says."""
    return {funnet for sti in kildefiler() for funnet in tekster(sti)}


def les(sti: Path) -> list[Message]:
    """The messages of a .po file; none when there is no file."""
    if not sti.exists():
        return []
    with sti.open("rb") as innhold:
        return [melding for melding in read_po(innhold, abort_invalid=True) if melding.id]


def er_svart(melding: Message) -> bool:
    svar = melding.string or ""
    return not melding.fuzzy and (bool(svar) if isinstance(svar, str) else all(svar))


def lante(sprak: str) -> set[Nokkel]:
    """What the packages show our readers, and none of them has words for in this language, or not our words."""
    alle = {nokkel(m) for pakke in PAKKER for m in pakkens(pakke, pakke.liste) if vises(m, pakke)}
    svart = {nokkel(m) for pakke in PAKKER for m in pakkens(pakke, sprak) if er_svart(m)}
    return (alle - svart) | (alle & OMSKREVET)


def pakkens(pakke: Pakke, sprak: str) -> list[Message]:
    return les(pakkemappe(pakke.mappe) / sprak / "LC_MESSAGES" / "django.po")


def vises(melding: Message, pakke: Pakke) -> bool:
    return any(re.match(pakke.filer, sted) for sted, _linje in melding.locations)


def pakkemappe(mappe: str) -> Path:
    navn, _skille, resten = mappe.partition("/")
    funnet = find_spec(navn)
    if funnet is None or funnet.origin is None:
        raise FileNotFoundError(f"Fant ikke pakken {navn}.")
    return Path(funnet.origin).parent / resten / "locale"


def ventet(sprak: str) -> set[Nokkel]:
    """What the catalogue of a language must answer: all of ours unless it is the source's, and the borrowed."""
    return lante(sprak) | (set() if sprak == settings.LANGUAGE_CODE else egne())


def samle(sprak: str) -> Katalog:
    """The catalogue as it should be: exactly what is asked for, with the answers that stand."""
    svar = {nokkel(melding): melding.string for melding in les(fil(sprak))}
    return bygg(Katalog(sprak), ((spurt, svar.get(spurt)) for spurt in ventet(sprak)))


def bygg(katalog: Katalog, par: Iterable[tuple[Nokkel, Any]]) -> Katalog:
    for (tekst, kontekst), svar in sorted(par, key=lambda ett: str(ett[0])):
        katalog.add(tekst, svar or ("" if isinstance(tekst, str) else ("", "")), context=kontekst)
    return katalog


def som_po(katalog: Katalog) -> bytes:
    ut = io.BytesIO()
    write_po(ut, katalog, width=110, no_location=True, sort_output=True)
    return ut.getvalue()


def som_mo(katalog: Katalog) -> bytes:
    ut = io.BytesIO()
    write_mo(ut, bygg(Kompilert(str(katalog.locale)), ((nokkel(m), m.string) for m in katalog if m.id)))
    return ut.getvalue()


def ubesvarte(katalog: Katalog) -> list[Nokkel]:
    return [nokkel(melding) for melding in katalog if melding.id and not er_svart(melding)]
