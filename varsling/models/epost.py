import datetime as dt
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from felles.felt import Epostadresse, Linje, Maskinkode, Tekst
from felles.tid import oslo_dato


class EpostQuerySet(models.QuerySet[Any]):
    def klare(self, naa: dt.datetime) -> Self:
        """Waiting in the queue, with their pause over."""
        return self.filter(tilstand=Epost.Tilstand.VENTER).filter(
            models.Q(neste_forsok__isnull=True) | models.Q(neste_forsok__lte=naa)
        )

    def fastlaste(self, naa: dt.datetime) -> Self:
        """Claimed by a worker that never came back: the lease has run out."""
        return self.filter(tilstand=Epost.Tilstand.SENDES, leid_til__lt=naa)


class Epost(models.Model):
    """One mail. The table is the queue: claimed, sent, then marked."""

    class Tilstand(models.TextChoices):
        VENTER = "venter", _("Venter")
        SENDES = "sendes", _("Sendes")
        SENDT = "sendt", _("Sendt")
        FEILET = "feilet", _("Feilet")

    samarbeid = models.ForeignKey(
        "organisering.Samarbeid",
        verbose_name=_("samarbeid"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="eposter",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="eposter",
    )
    adresse = Epostadresse(_("til"))
    dag = models.DateField(_("dag"))
    straks = models.BooleanField(_("sendes straks"), default=False)
    message_id = Maskinkode(max_length=200, unique=True)
    fra = Linje(_("fra"), max_length=320, blank=True, help_text=_("Tomt betyr portalens egen adresse."))
    svar_til = Epostadresse(_("svar til"), blank=True)
    avmelding = Maskinkode(_("avmelding"), max_length=1000, blank=True)
    emne = Linje(_("emne"), max_length=250)
    tekst = Tekst(_("tekst"))
    html = Tekst(_("HTML"), blank=True)
    tilstand = models.CharField(_("tilstand"), max_length=10, choices=Tilstand.choices, default=Tilstand.VENTER)
    forsok = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    neste_forsok = models.DateTimeField(_("neste forsøk"), null=True, blank=True)
    leid_til = models.DateTimeField(_("leid til"), null=True, blank=True)
    leie = Maskinkode(_("leie"), max_length=32, blank=True)  # the latest round that claimed it
    svar_fra_tjener = Tekst(_("tjenerens svar"), blank=True)
    opprettet = models.DateTimeField(_("opprettet"), auto_now_add=True)
    sendt = models.DateTimeField(_("sendt"), null=True, blank=True)

    objects = EpostQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-post")
        verbose_name_plural = _("e-poster")
        ordering = ["-opprettet", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "dag"],
                condition=models.Q(straks=False),
                name="epost_en_samlet_om_dagen",
                violation_error_message=_("Personen har alt fått dagens e-post."),
            ),
            models.CheckConstraint(
                name="epost_sendt_har_tid",
                condition=~models.Q(tilstand="sendt") | models.Q(sendt__isnull=False),
                violation_error_message=_("En sendt e-post har et tidspunkt."),
            ),
        ]
        indexes = [models.Index(fields=["tilstand", "-straks", "id"], name="epost_i_ko")]

    def __str__(self) -> str:
        return self.emne


class AvvistAdresse(models.Model):
    """An address that a mail server has refused for good. Nothing is sent to it until it changes or is tried anew.

    The fact is of the address, not of a person or a Samarbeid: who has it may be a person in several, or one invited.
    """

    adresse = Epostadresse(_("adresse"), unique=True)
    oppdaget = models.DateTimeField(_("avvist"))
    svar_fra_tjener = Tekst(_("tjenerens svar"), blank=True)

    class Meta:
        verbose_name = _("avvist adresse")
        verbose_name_plural = _("avviste adresser")
        ordering = ["-oppdaget", "-pk"]

    def __str__(self) -> str:
        return self.adresse


class Varsel(models.Model):
    """One thing one person must know, once."""

    samarbeid = models.ForeignKey(
        "organisering.Samarbeid",
        verbose_name=_("samarbeid"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="varsler",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="varsler",
    )
    nokkel = Maskinkode(_("nøkkel"), max_length=250, unique=True)
    regel = Maskinkode(_("regel"), max_length=40)
    om = Maskinkode(_("om"), max_length=60, blank=True)  # what a pause may hold back: «tiltak-5», «gruppe-3»
    trinn = Maskinkode(_("trinn"), max_length=40, blank=True)
    gjelder = Linje(_("gjelder"), max_length=300)
    hvorfor = Tekst(_("hvorfor"), blank=True)
    lenke = Linje(_("lenke"), max_length=300, blank=True)
    formal = Maskinkode(_("spørsmål"), max_length=40, blank=True)
    objekt_id = models.PositiveBigIntegerField(_("spørsmålet gjelder"), null=True, blank=True)
    plikt = models.BooleanField(_("plikt"), default=False, help_text=_("Kan ikke slås av av mottakeren."))
    forfall = models.DateField(_("forfall"), null=True, blank=True)
    opprettet = models.DateTimeField(_("opprettet"), auto_now_add=True)
    forbigatt = models.BooleanField(_("forbigått"), default=False)
    trukket = models.DateTimeField(_("trukket"), null=True, blank=True)
    epost = models.ForeignKey(
        Epost, verbose_name=_("e-post"), null=True, blank=True, on_delete=models.PROTECT, related_name="varsler"
    )

    class Meta:
        verbose_name = _("varsel")
        verbose_name_plural = _("varsler")
        ordering = ["-opprettet", "-pk"]
        indexes = [models.Index(fields=["person", "epost"], name="varsel_ikke_sendt")]

    def __str__(self) -> str:
        return self.gjelder


def ny_nokkel() -> str:
    """What an answer link is found by: 128 bits that say nothing."""
    return secrets.token_urlsafe(16)


class Svarlenke(models.Model):
    """A personal answer link: one thing, for a time. The address carries `nokkel`, signed.

    `svar` is what was answered through it, `resultat_id` the row that came of it, `forrige` what the answer replaced.
    """

    samarbeid = models.ForeignKey(
        "organisering.Samarbeid", verbose_name=_("samarbeid"), on_delete=models.CASCADE, related_name="svarlenker"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="svarlenker"
    )
    varsel = models.ForeignKey(
        Varsel, verbose_name=_("varsel"), null=True, blank=True, on_delete=models.CASCADE, related_name="svarlenker"
    )
    nokkel = Maskinkode(max_length=64, unique=True, default=ny_nokkel, editable=False)
    formal = Maskinkode(_("spørsmål"), max_length=40)
    objekt_id = models.PositiveBigIntegerField(_("gjelder"))
    opprettet = models.DateTimeField(_("opprettet"), auto_now_add=True)
    utloper = models.DateTimeField(_("utløper"))
    brukt = models.DateTimeField(_("brukt"), null=True, blank=True)
    svar = Maskinkode(_("svar"), max_length=40, blank=True)
    forrige = Maskinkode(_("svaret før"), max_length=40, blank=True)
    resultat_id = models.PositiveBigIntegerField(_("resultat"), null=True, blank=True)

    class Meta:
        verbose_name = _("svarlenke")
        verbose_name_plural = _("svarlenker")
        ordering = ["-opprettet", "-pk"]

    def __str__(self) -> str:
        return f"{self.formal} {self.objekt_id}"

    def er_utlopt(self, naa: dt.datetime) -> bool:
        return self.utloper <= naa

    @property
    def siste_dag(self) -> dt.date:
        return oslo_dato(self.utloper - dt.timedelta(seconds=1))


class Varselvalg(models.Model):
    """How often a person wants mail of one kind. A row that is missing means daily."""

    class Hyppighet(models.TextChoices):
        DAGLIG = "daglig", _("Samlet hver dag")
        UKENTLIG = "ukentlig", _("Samlet hver uke")
        ALDRI = "aldri", _("Ikke send")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="varselvalg"
    )
    regel = Maskinkode(_("slag varsel"), max_length=40)
    hyppighet = models.CharField(_("hvor ofte"), max_length=10, choices=Hyppighet.choices, default=Hyppighet.DAGLIG)

    class Meta:
        verbose_name = _("valg om varsler")
        verbose_name_plural = _("valg om varsler")
        ordering = ["person", "regel"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "regel"],
                name="varselvalg_ett_per_slag",
                violation_error_message=_("Valget finnes alt."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.regel}: {self.get_hyppighet_display()}"


class Kjoring(models.Model):
    """The heartbeat of a job: when it ran, what it found."""

    jobb = Maskinkode(_("jobb"), max_length=80)
    dag = models.DateField(_("dag"))
    startet = models.DateTimeField(_("startet"))
    ferdig = models.DateTimeField(_("ferdig"), null=True, blank=True)
    funnet = models.PositiveIntegerField(_("funnet"), default=0)
    nye = models.PositiveIntegerField(_("nye"), default=0)
    feil = Tekst(_("feil"), blank=True)

    class Meta:
        verbose_name = _("kjøring")
        verbose_name_plural = _("kjøringer")
        ordering = ["-startet", "-pk"]
        indexes = [models.Index(fields=["jobb", "-dag"], name="kjoring_siste")]

    def __str__(self) -> str:
        return f"{self.jobb}, {self.dag:%d.%m.%Y}"
