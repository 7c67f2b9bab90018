"""Abstract parts of models. No table stands here."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from felles.felt import Linje, Tekst


class Periode(models.Model):
    """From–to, both days included; an empty end is open."""

    fra = models.DateField(_("fra"), null=True, blank=True, help_text=_("Tomt betyr at starten ikke er oppgitt."))
    til = models.DateField(_("til og med"), null=True, blank=True, help_text=_("Tomt betyr at det fortsatt gjelder."))

    class Meta:
        abstract = True

    @staticmethod
    def aktiv_q(pr: dt.date, prefiks: str = "") -> models.Q:
        """The filter for «in force on `pr`», through the relation `prefiks` («plass__») when given."""
        fra_ok = models.Q(**{f"{prefiks}fra__isnull": True}) | models.Q(**{f"{prefiks}fra__lte": pr})
        til_ok = models.Q(**{f"{prefiks}til__isnull": True}) | models.Q(**{f"{prefiks}til__gte": pr})
        return fra_ok & til_ok

    def er_aktiv(self, pr: dt.date) -> bool:
        """Whether the row is in force on the day `pr`."""
        return (self.fra is None or self.fra <= pr) and (self.til is None or self.til >= pr)


def periode_i_orden(navn: str) -> models.CheckConstraint:
    """The constraint that an end is not before its start."""
    return models.CheckConstraint(
        name=navn,
        condition=models.Q(fra__isnull=True) | models.Q(til__isnull=True) | models.Q(til__gte=models.F("fra")),
        violation_error_message=_("Sluttdatoen kan ikke være før startdatoen."),
    )


class Kildebelagt(models.Model):
    """A row that rests on a document: keeps the source's own words."""

    ordlyd = Tekst(_("ordlyd"), blank=True, help_text=_("Ordene i kilden, slik de står."))
    kilde = models.ForeignKey(
        "organisering.Kilde",
        verbose_name=_("kilde"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(app_label)s_%(class)s_rader",
    )
    kildested = Linje(_("sted i kilden"), max_length=200, blank=True, help_text=_("Overskriften ordene står under."))

    class Meta:
        abstract = True


class Eksempelmerket(models.Model):
    """A row that may be an invented example; every page that shows it says so."""

    eksempel = models.BooleanField(_("eksempel"), default=False, editable=False)

    class Meta:
        abstract = True


class Historie(HistoricalRecords):  # type: ignore[misc]
    """Who changed what, when. Contact fields are left out by naming them in `excluded_fields`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("verbose_name", _("historikk"))
        kwargs.setdefault("verbose_name_plural", _("historikk"))
        kwargs.setdefault("history_change_reason_field", Linje(max_length=200, null=True))
        super().__init__(**kwargs)
