"""What a Samarbeid does every year whatever the plan says: standing duties, agreements, and days it does not meet."""

import calendar
import datetime as dt
from typing import Self

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils.translation import gettext_lazy as _

from felles.felt import Linje, Tekst
from felles.modeller import Historie, Kildebelagt, Periode, periode_i_orden
from organisering.models.grupper import Gruppe, Plass
from organisering.models.personer import Koordinatorpost
from organisering.models.samarbeid import Samarbeid
from organisering.models.vegg import Vegget, VeggetPeriode


class FridagQuerySet(Vegget):
    def i_tiden(self, fra: dt.date, til: dt.date) -> Self:
        """Those that touch the days `fra`–`til`, both included."""
        return self.filter(fra__lte=til, til__gte=fra)


class Fridag(models.Model):
    """School holidays and other days the Samarbeid does not meet: no meeting is proposed, and no interval runs.

    Reminders go out on them as on other days, since those who answer may well be at work, unless `stille` is set.
    """

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="fridager"
    )
    navn = Linje(_("navn"), max_length=120, help_text=_("For eksempel «Vinterferie»."))
    fra = models.DateField(_("fra"))
    til = models.DateField(_("til og med"))
    stille = models.BooleanField(_("ingen påminnelser disse dagene"), default=False)

    history = Historie()
    objects = FridagQuerySet.as_manager()

    class Meta:
        verbose_name = _("fridag")
        verbose_name_plural = _("fridager")
        ordering = ["fra", "pk"]
        constraints = [periode_i_orden("fridag_periode")]

    def __str__(self) -> str:
        return self.navn

    @property
    def dager(self) -> list[dt.date]:
        """Every day of it."""
        return [self.fra + dt.timedelta(days=nr) for nr in range((self.til - self.fra).days + 1)]


class MedPart(models.Model):
    """A row that says who does it: a seat, a post or words. Nobody said: the group's officers, or the coordinator."""

    gruppe = models.ForeignKey(
        Gruppe,
        verbose_name=_("gruppe"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)s_rader",
    )
    plass = models.ForeignKey(
        Plass, verbose_name=_("plass"), null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)s_rader"
    )
    koordinatorpost = models.ForeignKey(
        Koordinatorpost,
        verbose_name=_("koordinatorpost"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)s_rader",
    )
    hvem_ord = Linje(
        _("hvem, med ord"), max_length=200, blank=True, help_text=_("Når det verken er en plass eller en stilling her.")
    )

    class Meta:
        abstract = True

    @property
    def hvem(self) -> str:
        """Who does it, as it is shown; empty when nobody is said."""
        return str(self.plass or self.koordinatorpost or self.hvem_ord or self.gruppe or "")


class Arshjulpunkt(MedPart, Kildebelagt, Periode):
    """A standing duty: an item at each meeting, or something to be done every year or every council period."""

    class Nar(models.TextChoices):
        HVERT_MOTE = "hvert_mote", _("På hvert møte")
        VAR = "var", _("Hver vår")
        HOST = "host", _("Hver høst")
        DATO = "dato", _("Hvert år innen en dato")
        KOMMUNESTYRE = "kommunestyre", _("I hver kommunestyreperiode")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="arshjulpunkter"
    )
    tekst = Linje(_("hva som skal gjøres"), max_length=300)
    nar = models.CharField(_("når"), max_length=20, choices=Nar.choices)
    dag = models.PositiveSmallIntegerField(_("dag"), null=True, blank=True)
    maned = models.PositiveSmallIntegerField(_("måned"), null=True, blank=True)

    history = Historie()
    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("fast oppgave")
        verbose_name_plural = _("faste oppgaver")
        ordering = ["nar", "maned", "dag", "pk"]
        constraints = [
            periode_i_orden("arshjulpunkt_periode"),
            models.CheckConstraint(
                name="arshjulpunkt_dato",
                condition=models.Q(
                    nar="dato",
                    maned__isnull=False,
                    dag__isnull=False,
                    maned__gte=1,
                    maned__lte=12,
                    dag__gte=1,
                    dag__lte=31,
                )
                | (~models.Q(nar="dato") & models.Q(maned__isnull=True, dag__isnull=True)),
                violation_error_message=_("Skriv datoen når oppgaven skal gjøres innen en dato, og ellers ingen dato."),
            ),
            models.CheckConstraint(
                name="arshjulpunkt_en_gjor_det",
                condition=models.Q(plass__isnull=True) | models.Q(koordinatorpost__isnull=True),
                violation_error_message=_("Velg enten en plass eller en koordinatorpost."),
            ),
            models.CheckConstraint(
                name="arshjulpunkt_mote_har_gruppe",
                condition=~models.Q(nar="hvert_mote") | models.Q(gruppe__isnull=False),
                violation_error_message=_("Velg hvilken gruppe som har saken på møtene sine."),
            ),
        ]

    def __str__(self) -> str:
        return self.tekst

    def datoen(self, ar: int) -> dt.date | None:
        """The yearly date in the year `ar`; 29 February is the last of the month. None when it has no date."""
        if self.maned is None or self.dag is None:
            return None
        return dt.date(ar, self.maned, min(self.dag, calendar.monthrange(ar, self.maned)[1]))


class Avtale(MedPart, Kildebelagt, Periode):
    """A cooperation agreement, for example between police and municipality, that is to be renewed."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="avtaler"
    )
    navn = Linje(_("navn"), max_length=200)
    parter = Tekst(_("parter"), blank=True, help_text=_("Hvem avtalen er mellom."))
    inngatt = models.DateField(_("inngått"), null=True, blank=True, help_text=_("Sist inngått eller fornyet."))
    fornyes = models.DateField(_("fornyes innen"), null=True, blank=True)
    fornyes_maneder = models.PositiveSmallIntegerField(
        _("måneder mellom fornyelsene"), null=True, blank=True, help_text=_("Regnes fra dagen den ble inngått.")
    )

    history = Historie()
    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("avtale")
        verbose_name_plural = _("avtaler")
        ordering = ["navn", "pk"]
        constraints = [
            periode_i_orden("avtale_periode"),
            models.CheckConstraint(
                name="avtale_en_gjor_det",
                condition=models.Q(plass__isnull=True) | models.Q(koordinatorpost__isnull=True),
                violation_error_message=_("Velg enten en plass eller en koordinatorpost."),
            ),
            models.CheckConstraint(
                name="avtale_fornyes_en_mate",
                condition=models.Q(fornyes__isnull=True) | models.Q(fornyes_maneder__isnull=True),
                violation_error_message=_("Skriv enten datoen avtalen fornyes innen, eller antall måneder."),
            ),
            models.CheckConstraint(
                name="avtale_maneder",
                condition=models.Q(fornyes_maneder__isnull=True)
                | models.Q(fornyes_maneder__gte=1, fornyes_maneder__lte=240),
                violation_error_message=_("Skriv et helt antall måneder, fra 1 til 240."),
            ),
            models.CheckConstraint(
                name="avtale_fornyes_etter_inngatt",
                condition=models.Q(fornyes__isnull=True)
                | models.Q(inngatt__isnull=True)
                | models.Q(fornyes__gt=models.F("inngatt")),
                violation_error_message=_("Avtalen må fornyes etter dagen den ble inngått."),
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def fornyes_innen(self) -> dt.date | None:
        """The day it must be renewed by; None when it is not said."""
        if self.fornyes_maneder is not None and self.inngatt is not None:
            return self.inngatt + relativedelta(months=self.fornyes_maneder)
        return self.fornyes
