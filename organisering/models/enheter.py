from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.felt import Linje, Tekst
from felles.modeller import Historie, Periode, periode_i_orden
from organisering.models.personer import Person
from organisering.models.samarbeid import Samarbeid
from organisering.models.vegg import Vegget, VeggetPeriode


class Enhet(Periode):
    """A unit that can be responsible for a measure, or is in the network."""

    class Slag(models.TextChoices):
        SKOLE = "skole", _("Skole")
        VIDEREGAENDE = "videregaende", _("Videregående skole")
        BARNEHAGE = "barnehage", _("Barnehage")
        BARNEVERN = "barnevern", _("Barnevern")
        HELSE = "helse", _("Helsetjeneste")
        PSYKISK_HELSE = "psykisk_helse", _("Psykisk helse og rus")
        PPT = "ppt", _("PPT")
        NAV = "nav", _("NAV")
        POLITI = "politi", _("Politi")
        FRITID = "fritid", _("Fritid og ungdomshus")
        OPPSOKENDE = "oppsokende", _("Oppsøkende tjeneste")
        LEDELSE = "ledelse", _("Kommunens ledelse")
        POLITISK = "politisk", _("Folkevalgte")
        UNGDOMSRAD = "ungdomsrad", _("Ungdomsråd")
        FORELDRE = "foreldre", _("Foreldre")
        FRIVILLIG = "frivillig", _("Frivillige")
        NAERINGSLIV = "naeringsliv", _("Næringsliv")
        TROSSAMFUNN = "trossamfunn", _("Kirke og trossamfunn")
        ANNET = "annet", _("Annet")

    class Eier(models.TextChoices):
        KOMMUNE = "kommune", _("Kommune")
        FYLKE = "fylke", _("Fylkeskommune")
        STAT = "stat", _("Stat")
        FRIVILLIG = "frivillig", _("Frivillig")
        NAERINGSLIV = "naeringsliv", _("Næringsliv")
        TROSSAMFUNN = "trossamfunn", _("Trossamfunn")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="enheter"
    )
    navn = Linje(_("navn"), max_length=160)
    slag = models.CharField(_("slag"), max_length=20, choices=Slag.choices, default=Slag.ANNET)
    eier = models.CharField(
        _("eier"), max_length=20, choices=Eier.choices, blank=True, help_text=_("Tomt betyr ikke oppgitt.")
    )
    overordnet = models.ForeignKey(
        "self", verbose_name=_("del av"), null=True, blank=True, on_delete=models.PROTECT, related_name="underenheter"
    )
    beskrivelse = Tekst(_("beskrivelse"), blank=True)

    history = Historie()
    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")
        ordering = ["navn", "pk"]
        constraints = [
            periode_i_orden("enhet_periode"),
            models.UniqueConstraint(
                fields=["samarbeid", "navn"],
                condition=models.Q(til__isnull=True),
                name="enhet_navn_unikt",
                violation_error_message=_("Samarbeidet har alt en enhet med dette navnet."),
            ),
            models.CheckConstraint(
                name="enhet_ikke_del_av_seg_selv",
                condition=~models.Q(overordnet=models.F("pk")),
                violation_error_message=_("En enhet kan ikke være del av seg selv."),
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    def get_absolute_url(self) -> str:
        return reverse("organisering:enhet", args=[self.samarbeid.slug, self.pk])


class Enhetsalias(models.Model):
    """Another word for the unit: «Skolen», «skolene»."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="enhetsaliaser"
    )
    enhet = models.ForeignKey(Enhet, verbose_name=_("enhet"), on_delete=models.CASCADE, related_name="aliaser")
    navn = Linje(_("annet navn"), max_length=160)

    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("annet navn")
        verbose_name_plural = _("andre navn")
        ordering = ["navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["samarbeid", "navn"],
                name="enhetsalias_navn_unikt",
                violation_error_message=_("Navnet er alt i bruk om en enhet."),
            )
        ]

    def __str__(self) -> str:
        return self.navn


class Enhetskontakt(Periode):
    """Who to ask in a unit, from–to, and as what."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="enhetskontakter"
    )
    enhet = models.ForeignKey(Enhet, verbose_name=_("enhet"), on_delete=models.CASCADE, related_name="kontakter")
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="enhetskontakter"
    )
    funksjon = Linje(_("funksjon"), max_length=120, blank=True, help_text=_("For eksempel rektor eller leder."))

    history = Historie()
    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("kontakt i enhet")
        verbose_name_plural = _("kontakter i enheter")
        ordering = ["enhet", "person__navn", "pk"]
        constraints = [
            periode_i_orden("enhetskontakt_periode"),
            models.UniqueConstraint(
                fields=["enhet", "person", "funksjon"],
                condition=models.Q(til__isnull=True),
                name="enhetskontakt_en_apen",
                violation_error_message=_("Personen er alt kontakt for enheten."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.enhet}"
