from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from felles.felt import Linje
from felles.modeller import Historie, Kildebelagt, Periode, periode_i_orden
from organisering.models.grupper import Gruppe, Plass
from organisering.models.personer import Koordinatorpost
from organisering.models.samarbeid import Samarbeid
from organisering.models.vegg import VeggetPeriode


class Motekrav(Kildebelagt, Periode):
    """How often a group must meet: a count in a period, an interval, or words alone."""

    class Slag(models.TextChoices):
        ANTALL = "antall", _("Antall møter i en periode")
        INTERVALL = "intervall", _("Uker mellom møtene")
        ORD = "ord", _("Bare ord, for eksempel «jevnlig»")

    class Kalender(models.TextChoices):
        MANED = "maned", _("måned")
        HALVAR = "halvar", _("halvår")
        VAR = "var", _("vår")
        HOST = "host", _("høst")
        AR = "ar", _("år")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="motekrav"
    )
    gruppe = models.ForeignKey(Gruppe, verbose_name=_("gruppe"), on_delete=models.CASCADE, related_name="motekrav")
    slag = models.CharField(_("slag"), max_length=20, choices=Slag.choices)
    minst = models.PositiveSmallIntegerField(_("minst"), null=True, blank=True)
    hoyst = models.PositiveSmallIntegerField(
        _("høyst"), null=True, blank=True, help_text=_("Flere gir aldri en advarsel.")
    )
    kalender = models.CharField(_("periode"), max_length=10, choices=Kalender.choices, blank=True)
    perioder = models.PositiveSmallIntegerField(
        _("antall perioder"), default=1, help_text=_("2 og måned betyr hver annen måned.")
    )
    uker_fra = models.PositiveSmallIntegerField(_("uker, fra"), null=True, blank=True)
    uker_til = models.PositiveSmallIntegerField(_("uker, til"), null=True, blank=True)
    omtrent = models.BooleanField(_("omtrentlig"), default=False, help_text=_("«Ca.» gir aldri brudd."))
    ved_behov = models.BooleanField(_("også ved behov"), default=False)

    history = Historie()
    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("møtekrav")
        verbose_name_plural = _("møtekrav")
        ordering = ["gruppe", "pk"]
        constraints = [
            periode_i_orden("motekrav_periode"),
            models.CheckConstraint(
                name="motekrav_hele",
                condition=(
                    (
                        models.Q(
                            slag="antall",
                            minst__isnull=False,
                            minst__gte=1,
                            perioder__gte=1,
                            perioder__lte=24,
                            uker_fra__isnull=True,
                            uker_til__isnull=True,
                        )
                        & ~models.Q(kalender="")
                    )
                    | models.Q(
                        slag="intervall",
                        uker_til__isnull=False,
                        uker_til__gte=1,
                        uker_til__lte=104,
                        minst__isnull=True,
                        hoyst__isnull=True,
                        kalender="",
                    )
                    | models.Q(
                        slag="ord",
                        minst__isnull=True,
                        hoyst__isnull=True,
                        kalender="",
                        uker_fra__isnull=True,
                        uker_til__isnull=True,
                    )
                ),
                violation_error_message=_(
                    "Kravet må ha enten et antall og en periode, eller et antall uker, eller bare ord."
                ),
            ),
            models.CheckConstraint(
                name="motekrav_minst_hoyst",
                condition=models.Q(hoyst__isnull=True) | models.Q(hoyst__gte=models.F("minst")),
                violation_error_message=_("«Høyst» kan ikke være mindre enn «minst»."),
            ),
            models.CheckConstraint(
                name="motekrav_uker",
                condition=models.Q(uker_fra__isnull=True)
                | models.Q(uker_til__gte=models.F("uker_fra"), uker_fra__gte=1),
                violation_error_message=_("Ukene må stå i stigende rekkefølge."),
            ),
            models.CheckConstraint(
                name="motekrav_halve_ar_ett_og_ett",
                condition=models.Q(perioder=1) | ~models.Q(kalender__in=["var", "host"]),
                violation_error_message=_("Vår og høst telles ett år om gangen."),
            ),
        ]

    def __str__(self) -> str:
        return self.ordlyd or self.get_slag_display()


class Fullmakt(Kildebelagt, Periode):
    """What a group, a seat or a post may decide or recommend."""

    class Gjelder(models.TextChoices):
        PENGER = "penger", _("Penger")
        TILTAK = "tiltak", _("Tiltak")
        PLAN = "plan", _("Handlingsplan")
        MAL = "mal", _("Mål")
        ARBEIDSGRUPPER = "arbeidsgrupper", _("Arbeidsgrupper")

    class Myndighet(models.TextChoices):
        VEDTAR = "vedtar", _("Vedtar")
        TILRAR = "tilrar", _("Tilrår")

    class Grense(models.TextChoices):
        BELOP = "belop", _("Et beløp")
        INGEN = "ingen", _("Ingen grense")
        IKKE_OPPGITT = "ikke_oppgitt", _("Ikke oppgitt")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="fullmakter"
    )
    gruppe = models.ForeignKey(
        Gruppe, verbose_name=_("gruppe"), null=True, blank=True, on_delete=models.CASCADE, related_name="fullmakter"
    )
    plass = models.ForeignKey(
        Plass, verbose_name=_("plass"), null=True, blank=True, on_delete=models.PROTECT, related_name="fullmakter"
    )
    koordinatorpost = models.ForeignKey(
        Koordinatorpost,
        verbose_name=_("koordinatorpost"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="fullmakter",
    )
    gjelder = models.CharField(_("gjelder"), max_length=20, choices=Gjelder.choices)
    omfang = Linje(
        _("omfang"), max_length=120, blank=True, help_text=_("Hvilke av dem, for eksempel «hurtigarbeidende».")
    )
    myndighet = models.CharField(_("myndighet"), max_length=20, choices=Myndighet.choices, default=Myndighet.VEDTAR)
    over = models.DecimalField(_("gjelder beløp over"), max_digits=12, decimal_places=2, null=True, blank=True)
    grense_slag = models.CharField(
        _("grense per vedtak"), max_length=20, choices=Grense.choices, default=Grense.IKKE_OPPGITT
    )
    grense = models.DecimalField(_("beløp per vedtak"), max_digits=12, decimal_places=2, null=True, blank=True)
    ramme_slag = models.CharField(_("ramme per år"), max_length=20, choices=Grense.choices, default=Grense.IKKE_OPPGITT)
    ramme = models.DecimalField(_("beløp per år"), max_digits=12, decimal_places=2, null=True, blank=True)
    alle_ma_si_ja = models.BooleanField(_("alle foreslåtte må si ja"), default=False)
    videre_gruppe = models.ForeignKey(
        Gruppe,
        verbose_name=_("gruppa som avgjør utover dette"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="avgjor_utover",
    )
    videre_plass = models.ForeignKey(
        Plass,
        verbose_name=_("plassen som avgjør utover dette"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="avgjor_utover",
    )

    history = Historie()
    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("fullmakt")
        verbose_name_plural = _("fullmakter")
        ordering = ["gjelder", "pk"]
        constraints = [
            periode_i_orden("fullmakt_periode"),
            models.CheckConstraint(
                name="fullmakt_en_holder",
                condition=(
                    models.Q(gruppe__isnull=False, plass__isnull=True, koordinatorpost__isnull=True)
                    | models.Q(gruppe__isnull=True, plass__isnull=False, koordinatorpost__isnull=True)
                    | models.Q(gruppe__isnull=True, plass__isnull=True, koordinatorpost__isnull=False)
                ),
                violation_error_message=_("Velg én som har fullmakten: en gruppe, en plass eller en koordinatorpost."),
            ),
            models.CheckConstraint(
                name="fullmakt_grense_har_belop",
                condition=models.Q(grense_slag="belop", grense__isnull=False, grense__gte=0)
                | (~models.Q(grense_slag="belop") & models.Q(grense__isnull=True)),
                violation_error_message=_(
                    "Skriv beløpet grensen er på, eller velg «Ingen grense» eller «Ikke oppgitt»."
                ),
            ),
            models.CheckConstraint(
                name="fullmakt_ramme_har_belop",
                condition=models.Q(ramme_slag="belop", ramme__isnull=False, ramme__gte=0)
                | (~models.Q(ramme_slag="belop") & models.Q(ramme__isnull=True)),
                violation_error_message=_(
                    "Skriv beløpet rammen er på, eller velg «Ingen grense» eller «Ikke oppgitt»."
                ),
            ),
            models.CheckConstraint(
                name="fullmakt_over_ikke_negativ",
                condition=models.Q(over__isnull=True) | models.Q(over__gte=Decimal(0)),
                violation_error_message=_("Beløpet kan ikke være negativt."),
            ),
            models.CheckConstraint(
                name="fullmakt_en_videre",
                condition=models.Q(videre_gruppe__isnull=True) | models.Q(videre_plass__isnull=True),
                violation_error_message=_("Velg enten gruppa eller plassen som avgjør utover dette."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_gjelder_display()}: {self.get_myndighet_display().lower()}"
