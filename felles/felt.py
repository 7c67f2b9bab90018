"""Text fields that refuse a fødselsnummer, whoever writes: form, admin, service or import.

Twice: as a validator, so that a form shows it at its field, and in `get_db_prep_save`, which every write passes (save,
bulk_create, bulk_update, update, get_or_create). The wall raises a Regelbrudd that carries a sentence and the name of
the field, never the text. It stands before any SQL is made, so neither the query log nor the database's own log sees
the number; of a traceback's local variables this module's are hidden from error reports.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from os import PathLike
from pathlib import PurePath
from typing import Any, TypeVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import expressions, functions
from django.db.models.expressions import Case, Col, F, Subquery, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from felles.personnummer import inneholder_personnummer
from felles.unntak import Personnummer, UgyldigTegn

_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)

NORSK = "norsk"  # the collation, the same order of æøå on both databases
# Control characters but tab and line breaks, and halves of surrogate pairs: Unicode's categories Cc and Cs.
STYRETEGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

# What the database may do with text on its way in. The rest could put a number together where nobody reads it.
KOPIERER = (F, Col, Subquery, expressions.Ref, expressions.DatabaseDefault)
VIDERE = (
    functions.Cast,
    functions.Coalesce,
    functions.Collate,
    functions.Lower,
    functions.Upper,
    functions.Trim,
    functions.LTrim,
    functions.RTrim,
)


def uten_personnummer(verdi: Any) -> None:
    """Raises ValidationError when a text, or any text in a structure, holds a fødselsnummer."""
    if any(inneholder_personnummer(tekst) for tekst in tekster(verdi)):
        raise ValidationError(
            _("Teksten er ikke lagret. Den inneholder et fødselsnummer, og SLT skal ikke behandle enkeltsaker."),
            code="personnummer",
        )


def uten_styretegn(verdi: Any) -> None:
    """Raises ValidationError when a text, or any text in a structure, holds a control character."""
    if any(har_styretegn(tekst) for tekst in tekster(verdi)):
        raise ValidationError(
            _("Teksten er ikke lagret. Den inneholder et usynlig tegn som ikke kan lagres. Skriv teksten på nytt."),
            code="styretegn",
        )


def har_styretegn(tekst: str) -> bool:
    """Whether `tekst` holds a control character other than tab and line breaks."""
    return STYRETEGN.search(tekst) is not None


def tekster(verdi: Any) -> Iterator[str]:
    """Every text in `verdi`: itself, or all keys, texts and whole numbers in a structure of dicts and lists."""
    if isinstance(verdi, dict):
        for nokkel, innhold in verdi.items():
            yield str(nokkel)
            yield from tekster(innhold)
    elif isinstance(verdi, list | tuple | set | frozenset):
        for innhold in verdi:
            yield from tekster(innhold)
    elif isinstance(verdi, float) and verdi.is_integer():
        yield from tekster(int(verdi))
    elif isinstance(verdi, int) and not isinstance(verdi, bool):
        tall = str(abs(verdi))
        yield tall.zfill(11) if len(tall) == 10 else tall  # a number has lost its first zero
    elif verdi is not None and not isinstance(verdi, bool | float | bytes):
        yield str(verdi)


def _lagrede_verdier(uttrykk: Any) -> Iterator[Any]:
    """The values that an expression will store. Raises TypeError for one that makes text in the database."""
    if isinstance(uttrykk, Value):
        yield uttrykk.value
    elif isinstance(uttrykk, When):
        yield from _lagrede_verdier(uttrykk.result)
    elif isinstance(uttrykk, Case):
        for gren in [*uttrykk.cases, uttrykk.default]:
            yield from _lagrede_verdier(gren)
    elif isinstance(uttrykk, VIDERE):
        for kilde in uttrykk.get_source_expressions():
            yield from _lagrede_verdier(kilde)
    elif not isinstance(uttrykk, KOPIERER):
        raise TypeError(f"{type(uttrykk).__name__} makes text in the database, where the guard cannot read it.")


VERN = [uten_styretegn, uten_personnummer]


class Vern:
    """Checks what is written to the database. The wall is the field, not the form."""

    name: str
    attname: str
    verbose_name: Any
    default_validators: Any = VERN

    @sensitive_variables()
    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        for verdi in _lagrede_verdier(value) if hasattr(value, "as_sql") else [value]:
            self._stopp(verdi)
        return super().get_db_prep_save(value, connection)  # type: ignore[misc]

    @sensitive_variables()
    def _stopp(self, verdi: Any) -> None:
        # The field's name is put into words only for a refusal: this runs for every text of every row.
        if any(har_styretegn(tekst) for tekst in self._tekster(verdi)):
            setning = gettext(
                "Teksten er ikke lagret. Feltet «%(felt)s» inneholder et usynlig tegn som ikke kan lagres."
            )
            raise UgyldigTegn(setning % {"felt": self._felt()}, felt=self.name)
        if any(inneholder_personnummer(tekst) for tekst in self._tekster(verdi)):
            setning = gettext(
                "Teksten er ikke lagret. Feltet «%(felt)s» inneholder et fødselsnummer, "
                "og SLT skal ikke behandle enkeltsaker."
            )
            raise Personnummer(setning % {"felt": self._felt()}, felt=self.name)

    def _felt(self) -> str:
        return str(self.verbose_name or self.name)

    def _tekster(self, verdi: Any) -> Iterator[str]:
        return tekster(verdi)


class Tekstvern(Vern):
    """The same for plain text, which is also kept in one form: «å» typed in two ways is one letter."""

    def to_python(self, value: Any) -> Any:
        verdi = super().to_python(value)  # type: ignore[misc]
        return unicodedata.normalize("NFC", verdi) if isinstance(verdi, str) else verdi

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        verdi = super().pre_save(model_instance, add)  # type: ignore[misc]
        if isinstance(verdi, str):
            verdi = unicodedata.normalize("NFC", verdi)
            setattr(model_instance, self.attname, verdi)
        return verdi


class Linje(Tekstvern, models.CharField[_ST, _GT]):
    """One line of free text, sorted in Norwegian order."""

    def __init__(self, *args: Any, db_collation: str | None = NORSK, **kwargs: Any) -> None:
        super().__init__(*args, db_collation=db_collation, **kwargs)


class Tekst(Tekstvern, models.TextField[_ST, _GT]):
    """Free text of any length, searched in Norwegian."""

    def __init__(self, *args: Any, db_collation: str | None = NORSK, **kwargs: Any) -> None:
        super().__init__(*args, db_collation=db_collation, **kwargs)


class Epostadresse(Tekstvern, models.EmailField[_ST, _GT]):
    """An e-mail address."""

    default_validators = [*VERN, validate_email]


class Nettadresse(Tekstvern, models.URLField[_ST, _GT]):
    """A web address."""

    default_validators = [*VERN, *models.URLField.default_validators]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class Slug(Tekstvern, models.SlugField[_ST, _GT]):
    """The name of something in an address."""

    default_validators = [*VERN, validate_slug]


class Innhold(Vern, models.JSONField):
    """Structured content; every text in it is checked, and nothing in it is changed."""

    def _tekster(self, verdi: Any) -> Iterator[str]:
        return tekster(verdi if verdi is None else json.loads(json.dumps(verdi, cls=self.encoder)))


class Fil(models.FileField):
    """An uploaded file under a name that the program makes, so that what the sender called it is kept nowhere."""

    def generate_filename(self, instance: models.Model, filename: str | PathLike[str]) -> str:
        endelse = re.fullmatch(r"\.[a-z]{1,5}", PurePath(filename).suffix.lower())
        return super().generate_filename(instance, uuid4().hex + (endelse[0] if endelse else ""))


class Maskinkode(models.CharField[_ST, _GT]):
    """A value that only the program makes (hash, token, UID, Message-ID). Not guarded: digits in it mean nothing."""
