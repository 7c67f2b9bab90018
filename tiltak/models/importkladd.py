import datetime as dt
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.felt import Innhold, Linje
from organisering.models import Person, Samarbeid, Vegget
from tiltak.models.planer import Handlingsplan

LEVETID = dt.timedelta(days=14)


class ImportkladdQuerySet(Vegget):
    def gyldige(self, naa: dt.datetime) -> Self:
        """Drafts that are not too old to go on with."""
        return self.filter(opprettet__gt=naa - LEVETID)

    def apne(self, naa: dt.datetime) -> Self:
        """Drafts that wait for their coordinator."""
        return self.gyldige(naa).filter(importert__isnull=True)


class Importkladd(models.Model):
    """What was read from a file, kept between the steps until it is confirmed, discarded or too old.

    The tables as they stood and what the coordinator has chosen; never the file or its name. It has no history: it is
    no fact of the plan, and is to leave no trace when it is gone. Once confirmed only the receipt is left.
    """

    class Form(models.TextChoices):
        WORD = "word", _("Word-fila")
        EXCEL = "excel", _("Excel-fila")
        PDF = "pdf", _("PDF-fila")
        TEKST = "tekst", _("tekstfila")
        LIMT = "limt", _("det du limte inn")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="importkladder"
    )
    plan = models.ForeignKey(
        Handlingsplan,
        verbose_name=_("plan"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="importkladder",
        help_text=_("Tomt betyr en ny plan."),
    )
    plannavn = Linje(_("navn på ny plan"), max_length=200, blank=True)
    person = models.ForeignKey(
        Person, verbose_name=_("lest inn av"), on_delete=models.PROTECT, related_name="importkladder"
    )
    form = models.CharField(_("lest fra"), max_length=10, choices=Form.choices)
    opprettet = models.DateTimeField(_("lest inn"))
    importert = models.DateTimeField(_("lagt inn i planen"), null=True, blank=True)
    tabeller = Innhold(_("det som ble lest"), default=list)
    valg = Innhold(_("det som er valgt"), default=dict)

    objects = ImportkladdQuerySet.as_manager()

    class Meta:
        verbose_name = _("import av plan")
        verbose_name_plural = _("importer av planer")
        ordering = ["-opprettet", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="importkladd_har_plan",
                condition=models.Q(plan__isnull=False) | ~models.Q(plannavn=""),
                violation_error_message=_("Velg en plan, eller skriv hva den nye skal hete."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.malets_navn}, {self.opprettet:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("tiltak:import_sjekk", args=[self.samarbeid.slug, self.pk])

    @property
    def malets_navn(self) -> str:
        """The plan that it goes into."""
        return self.plan.navn if self.plan else self.plannavn
