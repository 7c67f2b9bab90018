import datetime as dt
from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.adresser import ikke_fast_adresse
from felles.felt import Epostadresse, Fil, Linje, Nettadresse, Slug, Tekst
from felles.modeller import Historie, Periode, periode_i_orden
from organisering.models.vegg import VeggetPeriode

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende


class SamarbeidQuerySet(models.QuerySet["Samarbeid"]):
    def synlig_for(self, person: "Besokende", pr: dt.date) -> Self:
        """The Samarbeid whose inner pages `person` may open on the day `pr`: own role, seat or unit, or superuser."""
        if not person.is_authenticated:
            return self.none()
        if person.is_superuser:
            return self
        return self.filter(pk__in=person.samarbeid_ider(pr))


class Samarbeid(models.Model):
    """One SLT arrangement, and the wall around all access."""

    class Malform(models.TextChoices):
        BOKMAL = "nb", _("Bokmål")
        NYNORSK = "nn", _("Nynorsk")

    navn = Linje(_("navn"), max_length=120, help_text=_("For eksempel kommunens navn."))
    slug = Slug(
        _("adresse"),
        max_length=60,
        unique=True,
        validators=[ikke_fast_adresse],
        help_text=_("Slutten av nettadressen: små bokstaver, tall og bindestrek."),
        error_messages={"unique": _("Adressen er alt i bruk av et annet samarbeid.")},
    )
    malform = models.CharField(_("målform"), max_length=2, choices=Malform.choices, default=Malform.BOKMAL)
    modellnavn = Linje(_("hva modellen kalles her"), max_length=60, default="SLT")
    ingress = Tekst(_("ingress"), blank=True, help_text=_("Det første innbyggeren leser."))
    offentlig_tekst = Tekst(
        _("offentlig tekst"), blank=True, help_text=_("Vises på den åpne siden. Tom linje gir nytt avsnitt.")
    )
    offentlig_kilde = models.ForeignKey(
        "organisering.Kilde",
        verbose_name=_("kilde til den offentlige teksten"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offentlig_tekst_i",
    )
    funksjonspostkasse = Epostadresse(
        _("felles e-postadresse"), blank=True, help_text=_("Svar på e-post fra portalen kommer hit.")
    )
    logo = Fil(_("logo"), upload_to="logo/", blank=True, help_text=_("PNG eller JPEG."))
    oppfolging_fra = models.DateField(
        _("oppfølging fra"), null=True, blank=True, help_text=_("Påminnelser er av til denne datoen er satt.")
    )
    statusrytme = models.PositiveSmallIntegerField(_("måneder mellom statusmeldinger"), default=6)
    stille_helg = models.BooleanField(_("ingen påminnelser i helgene"), default=True)
    stille_helligdag = models.BooleanField(_("ingen påminnelser på helligdager"), default=True)
    stille_juli = models.BooleanField(_("ingen påminnelser i juli"), default=True)
    slutt = models.DateField(_("avsluttet"), null=True, blank=True)
    etterfolger = models.ForeignKey(
        "self",
        verbose_name=_("etterfølger"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="forgjengere",
    )

    history = Historie(excluded_fields=["funksjonspostkasse"])
    objects = SamarbeidQuerySet.as_manager()

    class Meta:
        verbose_name = _("samarbeid")
        verbose_name_plural = _("samarbeid")
        ordering = ["navn", "pk"]
        constraints = [
            models.CheckConstraint(
                name="samarbeid_statusrytme_minst_en_maned",
                condition=models.Q(statusrytme__gte=1, statusrytme__lte=60),
                violation_error_message=_("Det må gå mellom 1 og 60 måneder mellom statusmeldingene."),
            ),
            models.CheckConstraint(
                name="samarbeid_ikke_egen_etterfolger",
                condition=~models.Q(etterfolger=models.F("pk")),
                violation_error_message=_("Et samarbeid kan ikke være sin egen etterfølger."),
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    def get_absolute_url(self) -> str:
        return reverse("samarbeid", args=[self.slug])


class TidligereSlug(models.Model):
    """An address the Samarbeid had before; it leads on to today's."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.CASCADE, related_name="tidligere_slugger"
    )
    slug = Slug(_("tidligere adresse"), max_length=60, unique=True, validators=[ikke_fast_adresse])

    class Meta:
        verbose_name = _("tidligere adresse")
        verbose_name_plural = _("tidligere adresser")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Kommune(models.Model):
    """A municipality; it may take part in its own Samarbeid and in a regional one."""

    navn = Linje(_("navn"), max_length=120)
    kommunenummer = Linje(
        _("kommunenummer"),
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^\d{4}$", _("Kommunenummeret har fire siffer."))],
    )

    class Meta:
        verbose_name = _("kommune")
        verbose_name_plural = _("kommuner")
        ordering = ["navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommunenummer"],
                condition=~models.Q(kommunenummer=""),
                name="kommune_nummer_unikt",
                violation_error_message=_("En annen kommune har dette nummeret."),
            )
        ]

    def __str__(self) -> str:
        return self.navn


class KommuneISamarbeid(Periode):
    """A municipality takes part in a Samarbeid from–to."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.CASCADE, related_name="kommuner"
    )
    kommune = models.ForeignKey(Kommune, verbose_name=_("kommune"), on_delete=models.PROTECT, related_name="samarbeid")

    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("kommune i samarbeidet")
        verbose_name_plural = _("kommuner i samarbeidet")
        ordering = ["kommune__navn"]
        constraints = [
            periode_i_orden("kommuneisamarbeid_periode"),
            models.UniqueConstraint(
                fields=["samarbeid", "kommune"],
                condition=models.Q(til__isnull=True),
                name="kommuneisamarbeid_en_gang",
                violation_error_message=_("Kommunen er alt med i samarbeidet."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.kommune)


class Niva(models.Model):
    """A level, by the Samarbeid's own name."""

    class Slag(models.TextChoices):
        STYRENDE = "styrende", _("Styrende")
        KOORDINERENDE = "koordinerende", _("Koordinerende")
        UTFORENDE = "utforende", _("Utførende")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.CASCADE, related_name="nivaer"
    )
    navn = Linje(_("navn"), max_length=120)
    slag = models.CharField(_("slag"), max_length=20, choices=Slag.choices)
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = Historie()

    class Meta:
        verbose_name = _("nivå")
        verbose_name_plural = _("nivåer")
        ordering = ["rekkefolge", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["samarbeid", "navn"],
                name="niva_navn_unikt",
                violation_error_message=_("Samarbeidet har alt et nivå med dette navnet."),
            )
        ]

    def __str__(self) -> str:
        return self.navn


class Kilde(models.Model):
    """A document that a rule rests on."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.CASCADE, related_name="kilder"
    )
    tittel = Linje(_("tittel"), max_length=200)
    datert = Linje(_("datert"), max_length=60, blank=True, help_text=_("Slik datoen står i kilden."))
    lenke = Nettadresse(_("lenke"), blank=True)

    history = Historie()

    class Meta:
        verbose_name = _("kilde")
        verbose_name_plural = _("kilder")
        ordering = ["tittel", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["samarbeid", "tittel"],
                name="kilde_tittel_unik",
                violation_error_message=_("Kilden finnes alt."),
            )
        ]

    def __str__(self) -> str:
        return self.tittel
