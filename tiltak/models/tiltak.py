import datetime as dt
from typing import Self

from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.felt import Linje, Tekst
from felles.modeller import Eksempelmerket, Historie
from organisering.models import Enhet, Gruppe, Koordinatorpost, Niva, Person, Plass, Samarbeid, Vegget
from tiltak.models.planer import Handlingsplan, Mal, Malgruppe
from tiltak.models.tilstand import TiltakQuerySet


class Tiltak(models.Model):
    """A living measure of a plan. Only the title is mandatory."""

    # Facts of one day that the queryset adds: `med_tilstand`, `som_rader`, and `hent_tiltaket` for the last four.
    tilstand: str
    siste_status: str | None
    siste_meldt: dt.datetime | None
    siste_eksempel: bool | None
    delpunkter_alle: int
    delpunkter_gjort: int
    utgave_tittel: str | None
    utgave_periode_fra: dt.date | None
    utgave_vedtatt: dt.date | None
    utgave_vedtatt_av_ord: str | None

    class Rytme(models.TextChoices):
        KONTINUERLIG = "kontinuerlig", _("Løpende")
        MANEDLIG = "manedlig", _("Hver måned")
        HALVARLIG = "halvarlig", _("Hvert halvår")
        ARLIG = "arlig", _("Hvert år")

    class Opphav(models.TextChoices):
        NY = "ny", _("Nytt")
        VIDEREFORT = "viderefort", _("Videreført")
        ORDINAER = "ordinaer", _("Ordinær drift")
        ANNEN_PLAN = "annen_plan", _("Annen plan")
        UKJENT = "ukjent", _("Ikke oppgitt")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="tiltak"
    )
    plan = models.ForeignKey(Handlingsplan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="tiltak")
    nummer = models.PositiveSmallIntegerField(_("nummer"), default=0)
    tittel = Linje(_("tittel"), max_length=300)
    beskrivelse = Tekst(_("beskrivelse"), blank=True)
    tidsrom = Linje(
        _("tidsrom, med ord"),
        max_length=120,
        blank=True,
        help_text=_("For eksempel «2022/2023» eller «ved skolestart»."),
    )
    start = models.DateField(_("starter"), null=True, blank=True)
    slutt = models.DateField(_("slutter"), null=True, blank=True)
    frist = models.DateField(_("frist"), null=True, blank=True)
    rytme = models.CharField(
        _("rytme"),
        max_length=20,
        choices=Rytme.choices,
        blank=True,
        help_text=_("Et tiltak med rytme blir aldri forfalt."),
    )
    rytme_maned = models.PositiveSmallIntegerField(_("måned i året"), null=True, blank=True)
    rytme_dag = models.PositiveSmallIntegerField(_("dag i måneden"), null=True, blank=True)
    hovedmal = models.ForeignKey(
        Mal, verbose_name=_("hovedmål"), null=True, blank=True, on_delete=models.SET_NULL, related_name="tiltak"
    )
    andre_mal = models.ManyToManyField(Mal, verbose_name=_("andre mål"), blank=True, related_name="andre_tiltak")
    malgrupper = models.ManyToManyField(Malgruppe, verbose_name=_("målgrupper"), blank=True, related_name="tiltak")
    opphav = models.CharField(_("opphav"), max_length=20, choices=Opphav.choices, default=Opphav.UKJENT)
    kostnad = models.DecimalField(_("kostnad"), max_digits=12, decimal_places=2, null=True, blank=True)
    finansiering = Linje(_("finansiering"), max_length=200, blank=True)
    startet = models.DateField(_("satt i gang"), null=True, blank=True)
    gjort = models.DateField(_("gjort"), null=True, blank=True)
    avsluttet = models.DateField(_("avsluttet"), null=True, blank=True)
    avsluttet_grunn = Tekst(_("hvorfor avsluttet"), blank=True)
    avsluttet_vedtak_ord = Linje(
        _("vedtatt utenfor portalen"),
        max_length=200,
        blank=True,
        help_text=_("Organ og dato, når vedtaket ikke står i portalen."),
    )

    history = Historie(m2m_fields=[andre_mal, malgrupper])
    objects = TiltakQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiltak")
        verbose_name_plural = _("tiltak")
        ordering = ["plan", "nummer", "pk"]
        constraints = [
            models.CheckConstraint(
                name="tiltak_har_tittel",
                condition=~models.Q(tittel=""),
                violation_error_message=_("Skriv hva tiltaket heter."),
            ),
            models.CheckConstraint(
                name="tiltak_slutt_etter_start",
                condition=models.Q(start__isnull=True)
                | models.Q(slutt__isnull=True)
                | models.Q(slutt__gte=models.F("start")),
                violation_error_message=_("Tiltaket kan ikke slutte før det starter."),
            ),
            models.CheckConstraint(
                name="tiltak_frist_eller_rytme",
                condition=models.Q(frist__isnull=True) | models.Q(rytme=""),
                violation_error_message=_("Et tiltak har enten en frist eller en rytme, ikke begge."),
            ),
            models.CheckConstraint(
                name="tiltak_dag_bare_arlig",
                condition=(
                    models.Q(rytme_maned__isnull=True, rytme_dag__isnull=True)
                    | models.Q(rytme="arlig", rytme_maned__range=(1, 12), rytme_dag__isnull=True)
                    | models.Q(rytme="arlig", rytme_maned__range=(1, 12), rytme_dag__range=(1, 31))
                ),
                violation_error_message=_("Dag og måned hører til et tiltak som kommer hvert år."),
            ),
            models.CheckConstraint(
                name="tiltak_avsluttet_med_grunn",
                condition=models.Q(avsluttet__isnull=True) | ~models.Q(avsluttet_grunn=""),
                violation_error_message=_("Skriv hvorfor tiltaket er avsluttet."),
            ),
            models.CheckConstraint(
                name="tiltak_kostnad_ikke_negativ",
                condition=models.Q(kostnad__isnull=True) | models.Q(kostnad__gte=0),
                violation_error_message=_("Kostnaden kan ikke være negativ."),
            ),
        ]
        indexes = [models.Index(fields=["samarbeid", "plan", "nummer"], name="tiltak_i_plan")]

    def __str__(self) -> str:
        return self.tittel

    def get_absolute_url(self) -> str:
        return reverse("tiltak:tiltak", args=[self.samarbeid.slug, self.pk])


class Delpunkt(models.Model):
    """A bullet of a measure, with its own done date and years."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="delpunkter"
    )
    tiltak = models.ForeignKey(Tiltak, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="delpunkter")
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    tekst = Tekst(_("delpunkt"))
    ar_fra = models.PositiveSmallIntegerField(_("fra år"), null=True, blank=True)
    ar_til = models.PositiveSmallIntegerField(_("til år"), null=True, blank=True)
    gjort = models.DateField(_("gjort"), null=True, blank=True)

    history = Historie()
    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("delpunkt")
        verbose_name_plural = _("delpunkter")
        ordering = ["tiltak", "rekkefolge", "pk"]
        constraints = [
            models.CheckConstraint(
                name="delpunkt_ar",
                condition=models.Q(ar_fra__isnull=True)
                | models.Q(ar_til__isnull=True)
                | models.Q(ar_til__gte=models.F("ar_fra")),
                violation_error_message=_("Årene må stå i stigende rekkefølge."),
            )
        ]

    def __str__(self) -> str:
        return self.tekst


class AnsvarQuerySet(Vegget):
    def avklarte(self) -> Self:
        """Resolved to a unit, a group, a seat or a post."""
        return self.filter(Ansvar.AVKLART)

    def med_parter(self) -> Self:
        """With the parties fetched, so that names and links cost no further query."""
        niva = Niva.objects.filter(grupper=models.OuterRef("gruppe")).order_by("rekkefolge", "pk")
        return self.select_related("samarbeid", "enhet", "gruppe", "plass", "koordinatorpost").annotate(
            gruppas_niva=models.Subquery(niva.values("navn")[:1])
        )

    def med_navn(self) -> Self:
        """With what the parties are called, and nothing more of them: enough for `Ansvar.navn`."""
        niva = Niva.objects.filter(grupper=models.OuterRef("gruppe")).order_by("rekkefolge", "pk")
        gruppe = Coalesce(NullIf("gruppe__navn", models.Value("")), models.Subquery(niva.values("navn")[:1]))
        navn = Coalesce("enhet__navn", gruppe, "plass__tittel", "koordinatorpost__tittel")
        return self.annotate(partens_navn=navn)

    def uavklarte(self) -> Self:
        """Words alone, and not left open on purpose."""
        return self.exclude(Ansvar.AVKLART).filter(apen_med_vilje=False)


class Ansvar(models.Model):
    """Who answers for a measure: always the source's words, and when resolved one party in the portal."""

    partens_navn: str | None  # added by `med_navn`

    class Slag(models.TextChoices):
        HOVED = "hoved", _("Hovedansvar")
        DELT = "delt", _("Delt ansvar")
        SAMARBEIDER = "samarbeider", _("Samarbeider")

    AVKLART = (
        models.Q(enhet__isnull=False)
        | models.Q(gruppe__isnull=False)
        | models.Q(plass__isnull=False)
        | models.Q(koordinatorpost__isnull=False)
    )

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="ansvar"
    )
    tiltak = models.ForeignKey(Tiltak, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="ansvar")
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    kildeord = Linje(_("ordene i planen"), max_length=300)
    slag = models.CharField(_("slag"), max_length=20, choices=Slag.choices, default=Slag.DELT)
    enhet = models.ForeignKey(
        Enhet, verbose_name=_("enhet"), null=True, blank=True, on_delete=models.PROTECT, related_name="ansvar"
    )
    funksjon = Linje(_("funksjon i enheten"), max_length=120, blank=True, help_text=_("For eksempel rektor."))
    gruppe = models.ForeignKey(
        Gruppe, verbose_name=_("gruppe"), null=True, blank=True, on_delete=models.PROTECT, related_name="ansvar"
    )
    plass = models.ForeignKey(
        Plass, verbose_name=_("plass"), null=True, blank=True, on_delete=models.PROTECT, related_name="ansvar"
    )
    koordinatorpost = models.ForeignKey(
        Koordinatorpost,
        verbose_name=_("koordinatorpost"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ansvar",
    )
    apen_med_vilje = models.BooleanField(
        _("åpen med vilje"), default=False, help_text=_("For ord som «andre aktuelle».")
    )

    history = Historie()
    objects = AnsvarQuerySet.as_manager()

    class Meta:
        verbose_name = _("ansvar")
        verbose_name_plural = _("ansvar")
        ordering = ["tiltak", "rekkefolge", "pk"]
        constraints = [
            models.CheckConstraint(
                name="ansvar_hoyst_en_part",
                condition=(
                    models.Q(gruppe__isnull=True, plass__isnull=True, koordinatorpost__isnull=True)
                    | models.Q(enhet__isnull=True, plass__isnull=True, koordinatorpost__isnull=True)
                    | models.Q(enhet__isnull=True, gruppe__isnull=True, koordinatorpost__isnull=True)
                    | models.Q(enhet__isnull=True, gruppe__isnull=True, plass__isnull=True)
                ),
                violation_error_message=_("Velg bare én: en enhet, en gruppe, en plass eller en koordinatorpost."),
            ),
            models.CheckConstraint(
                name="ansvar_funksjon_i_enhet",
                condition=models.Q(funksjon="") | models.Q(enhet__isnull=False),
                violation_error_message=_("En funksjon hører til en enhet."),
            ),
            models.CheckConstraint(
                name="ansvar_apen_er_ord",
                condition=models.Q(apen_med_vilje=False)
                | models.Q(enhet__isnull=True, gruppe__isnull=True, plass__isnull=True, koordinatorpost__isnull=True),
                violation_error_message=_("Et ansvar som er åpent med vilje, har ingen part."),
            ),
        ]

    def __str__(self) -> str:
        return self.kildeord

    @property
    def part(self) -> Enhet | Gruppe | Plass | Koordinatorpost | None:
        """Whom the words were resolved to."""
        return self.enhet or self.gruppe or self.plass or self.koordinatorpost

    @property
    def navn(self) -> str:
        """Who answers, in the portal's own words: «Skolen (rektor)»; the plan's words when nobody is found."""
        if "partens_navn" in self.__dict__:
            kort = self.partens_navn or (_("Gruppe uten navn") if self.gruppe_id else self.kildeord)
            return f"{kort} ({self.funksjon})" if self.enhet_id and self.funksjon else str(kort)
        if self.enhet and self.funksjon:
            return f"{self.enhet} ({self.funksjon})"
        if self.gruppe and not self.gruppe.navn:
            return getattr(self, "gruppas_niva", None) or self.gruppe.visningsnavn
        return str(self.part or self.kildeord)

    @property
    def lenke(self) -> str:
        """The page of the party, when it has one: its own, or its group's."""
        if self.enhet_id:
            return reverse("organisering:enhet", args=[self.samarbeid.slug, self.enhet_id])
        gruppe = self.gruppe_id or (self.plass.gruppe_id if self.plass else None)
        return reverse("organisering:gruppe", args=[self.samarbeid.slug, gruppe]) if gruppe else ""

    @property
    def er_avklart(self) -> bool:
        return any((self.enhet_id, self.gruppe_id, self.plass_id, self.koordinatorpost_id))

    @property
    def er_uavklart(self) -> bool:
        """Words alone, and not left open on purpose; agrees with the queryset's `uavklarte`."""
        return not self.er_avklart and not self.apen_med_vilje


class Statusmelding(Eksempelmerket):
    """What a responsible party reported, when and how."""

    class Status(models.TextChoices):
        I_GANG = "i_gang", _("I gang")
        TRENGER_HJELP = "trenger_hjelp", _("Trenger hjelp")
        GJORT = "gjort", _("Gjort")
        IKKE_STARTET = "ikke_startet", _("Ikke startet")

    class Kanal(models.TextChoices):
        SIDE = "side", _("Meldt i portalen")
        EPOST = "epost", _("Meldt fra lenke i e-post")
        MOTE = "mote", _("Meldt i møte")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="statusmeldinger"
    )
    tiltak = models.ForeignKey(
        Tiltak, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="statusmeldinger"
    )
    ansvar = models.ForeignKey(
        Ansvar,
        verbose_name=_("på vegne av"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="statusmeldinger",
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("meldt av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statusmeldinger",
    )
    meldt = models.DateTimeField(_("meldt"))
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)
    tekst = Tekst(_("tekst"), blank=True)
    kanal = models.CharField(_("hvordan"), max_length=10, choices=Kanal.choices, default=Kanal.SIDE)

    history = Historie()
    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("statusmelding")
        verbose_name_plural = _("statusmeldinger")
        ordering = ["-meldt", "-pk"]
        indexes = [models.Index(fields=["tiltak", "-meldt"], name="statusmelding_siste")]

    def __str__(self) -> str:
        return f"{self.get_status_display()}: {self.tiltak}"
