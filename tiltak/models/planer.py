import datetime as dt
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.felt import Innhold, Linje, Maskinkode, Tekst
from felles.frys import frys
from felles.modeller import Historie, Kildebelagt
from organisering.models import Gruppe, Samarbeid, Vegget


class Handlingsplan(Kildebelagt):
    """A lasting plan. Its editions come and go; `ordlyd` is the wording of the rule about revision."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="planer"
    )
    navn = Linje(_("navn"), max_length=200)
    tema = Linje(_("tema"), max_length=200, blank=True)
    overordnet = models.ForeignKey(
        "self",
        verbose_name=_("under planen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="underplaner",
    )
    utarbeides_av = models.ForeignKey(
        Gruppe,
        verbose_name=_("utarbeides av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="utarbeider_planer",
    )
    vedtas_av = models.ForeignKey(
        Gruppe,
        verbose_name=_("vedtas av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vedtar_planer",
    )
    revisjon_maneder = models.PositiveSmallIntegerField(_("måneder mellom revisjonene"), null=True, blank=True)
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = Historie()
    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("handlingsplan")
        verbose_name_plural = _("handlingsplaner")
        ordering = ["rekkefolge", "navn", "pk"]
        constraints = [
            models.CheckConstraint(
                name="handlingsplan_revisjon_maneder",
                condition=models.Q(revisjon_maneder__isnull=True)
                | models.Q(revisjon_maneder__gte=1, revisjon_maneder__lte=240),
                violation_error_message=_("Planen må revideres med mellom 1 og 240 måneders mellomrom."),
            ),
            models.CheckConstraint(
                name="handlingsplan_ikke_under_seg_selv",
                condition=~models.Q(overordnet=models.F("pk")),
                violation_error_message=_("En plan kan ikke stå under seg selv."),
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    def get_absolute_url(self) -> str:
        return reverse("tiltak:plan", args=[self.samarbeid.slug, self.pk])


class PlanutgaveQuerySet(Vegget):
    def vedtatte(self) -> Self:
        """Adopted editions: in the portal, or before it or elsewhere."""
        return self.filter(models.Q(vedtatt__isnull=False) | models.Q(vedtatt_utenfor=True))

    def gjeldende(self, pr: dt.date) -> Self:
        """Editions in force on `pr`: adopted, begun, not superseded. One past its period holds until the next comes."""
        return self.vedtatte().filter(
            models.Q(vedtatt__isnull=True) | models.Q(vedtatt__lte=pr),
            models.Q(periode_fra__isnull=True) | models.Q(periode_fra__lte=pr),
            models.Q(avlost__isnull=True) | models.Q(avlost__gt=pr),
        )


@frys(nar="frosset", unntatt=["avlost"])
class Planutgave(models.Model):
    """An edition of a plan. Adopted in the portal it is frozen; adopted before or elsewhere it says so and is not."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="planutgaver"
    )
    plan = models.ForeignKey(Handlingsplan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="utgaver")
    hovednummer = models.PositiveSmallIntegerField(_("nummer"), default=1)
    undernummer = models.PositiveSmallIntegerField(
        _("undernummer"), default=0, help_text=_("1.1 er en mindre endring av 1.0.")
    )
    tittel = Linje(_("tittel"), max_length=200)
    periode_fra = models.DateField(_("gjelder fra"), null=True, blank=True)
    periode_til = models.DateField(_("gjelder til"), null=True, blank=True)
    foreslatt = models.DateField(_("foreslått"), null=True, blank=True)
    horing_til = models.DateField(_("høring til"), null=True, blank=True)
    vedtatt = models.DateField(_("vedtatt"), null=True, blank=True)
    vedtatt_av = models.ForeignKey(
        Gruppe,
        verbose_name=_("vedtatt av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vedtatte_utgaver",
    )
    vedtatt_av_ord = Linje(
        _("vedtatt av, med ord"), max_length=200, blank=True, help_text=_("Når organet ikke er en gruppe i portalen.")
    )
    vedtatt_utenfor = models.BooleanField(_("vedtatt før portalen eller et annet sted"), default=False)
    avlost = models.DateField(_("avløst"), null=True, blank=True)
    frosset = models.DateTimeField(_("frosset"), null=True, blank=True, editable=False)
    innhold = Innhold(_("innhold slik det ble vedtatt"), null=True, blank=True, editable=False)
    innhold_sha256 = Maskinkode(max_length=64, blank=True, editable=False)
    pdf = models.BinaryField(_("PDF slik den ble vedtatt"), null=True, blank=True, editable=False)
    pdf_sha256 = Maskinkode(max_length=64, blank=True, editable=False)

    history = Historie(excluded_fields=["innhold", "pdf"])
    objects = PlanutgaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("utgave av planen")
        verbose_name_plural = _("utgaver av planen")
        ordering = ["plan", "-hovednummer", "-undernummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "hovednummer", "undernummer"],
                name="planutgave_nummer_unikt",
                violation_error_message=_("Planen har alt en utgave med dette nummeret."),
            ),
            models.CheckConstraint(
                name="planutgave_periode",
                condition=models.Q(periode_fra__isnull=True)
                | models.Q(periode_til__isnull=True)
                | models.Q(periode_til__gte=models.F("periode_fra")),
                violation_error_message=_("Perioden kan ikke slutte før den begynner."),
            ),
            models.CheckConstraint(
                name="planutgave_frosset_hel",
                condition=models.Q(frosset__isnull=True)
                | (
                    models.Q(vedtatt__isnull=False, innhold__isnull=False, pdf__isnull=False)
                    & ~models.Q(innhold_sha256="")
                    & ~models.Q(pdf_sha256="")
                ),
                violation_error_message=_("En frosset utgave må ha vedtaksdato, innhold, PDF og kontrollsummer."),
            ),
        ]

    def __str__(self) -> str:
        return self.tittel

    def get_absolute_url(self) -> str:
        return reverse("tiltak:utgave", args=[self.samarbeid.slug, self.pk])

    @property
    def nummer(self) -> str:
        return f"{self.hovednummer}.{self.undernummer}"

    @property
    def er_vedtatt(self) -> bool:
        return self.vedtatt is not None or self.vedtatt_utenfor

    def gjelder(self, pr: dt.date) -> bool:
        """Whether the edition is in force on `pr`; agrees with the queryset's `gjeldende`."""
        return (
            self.er_vedtatt
            and (self.vedtatt is None or self.vedtatt <= pr)
            and (self.periode_fra is None or self.periode_fra <= pr)
            and (self.avlost is None or self.avlost > pr)
        )


class Plandel(models.Model):
    """An ordered section of an edition: own text, or a place where the data are shown."""

    class Slag(models.TextChoices):
        TEKST = "tekst", _("Egen tekst")
        MAL = "mal", _("Målene")
        PERIODEMAL = "periodemal", _("Mål for perioden")
        MALGRUPPER = "malgrupper", _("Målgruppene")
        GRUPPE = "gruppe", _("En gruppe med mandat og medlemmer")
        KOORDINATOR = "koordinator", _("Koordinatorens oppgaver")
        MOTEHYPPIGHET = "motehyppighet", _("Hvor ofte gruppene møtes")
        TILTAK = "tiltak", _("Tiltakene med ansvar")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="plandeler"
    )
    utgave = models.ForeignKey(Planutgave, verbose_name=_("utgave"), on_delete=models.CASCADE, related_name="deler")
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    dybde = models.PositiveSmallIntegerField(_("overskriftsnivå"), default=1)
    slag = models.CharField(_("viser"), max_length=20, choices=Slag.choices, default=Slag.TEKST)
    gruppe = models.ForeignKey(
        Gruppe, verbose_name=_("gruppe"), null=True, blank=True, on_delete=models.PROTECT, related_name="plandeler"
    )
    overskrift = Linje(_("overskrift"), max_length=200, blank=True)
    tekst = Tekst(_("tekst"), blank=True)
    etterord = Tekst(_("tekst etter"), blank=True, help_text=_("Står under det delen viser."))

    history = Historie()
    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("del av planen")
        verbose_name_plural = _("deler av planen")
        ordering = ["utgave", "rekkefolge", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plandel_gruppe_horer_til",
                condition=(models.Q(slag="gruppe") & models.Q(gruppe__isnull=False))
                | (~models.Q(slag="gruppe") & models.Q(gruppe__isnull=True)),
                violation_error_message=_("Velg gruppa denne delen viser."),
            )
        ]

    def __str__(self) -> str:
        return self.overskrift or self.get_slag_display()


class Plangjennomgang(models.Model):
    """«Gjennomgått uten endring»: the plan was gone through and kept as it is, on a date, by a body."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="plangjennomganger"
    )
    plan = models.ForeignKey(
        Handlingsplan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="gjennomganger"
    )
    dato = models.DateField(_("dato"))
    gruppe = models.ForeignKey(
        Gruppe,
        verbose_name=_("gjennomgått av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plangjennomganger",
    )
    organ_ord = Linje(_("gjennomgått av, med ord"), max_length=200, blank=True)

    history = Historie()
    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("gjennomgang av planen")
        verbose_name_plural = _("gjennomganger av planen")
        ordering = ["plan", "-dato", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plangjennomgang_har_organ",
                condition=models.Q(gruppe__isnull=False) | ~models.Q(organ_ord=""),
                violation_error_message=_("Skriv hvilket organ som gikk gjennom planen."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.dato:%d.%m.%Y}"


class Mal(Kildebelagt):
    """A goal, of the Samarbeid or of one plan. The kind is free of the depth."""

    class Slag(models.TextChoices):
        HOVEDMAL = "hovedmal", _("Hovedmål")
        DELMAL = "delmal", _("Delmål")
        STRATEGI = "strategi", _("Strategi")
        INNSATSOMRADE = "innsatsomrade", _("Innsatsområde")

    samarbeid = models.ForeignKey(Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="mal")
    plan = models.ForeignKey(
        Handlingsplan,
        verbose_name=_("plan"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mal",
        help_text=_("Tomt betyr hele samarbeidets mål."),
    )
    overordnet = models.ForeignKey(
        "self", verbose_name=_("under målet"), null=True, blank=True, on_delete=models.PROTECT, related_name="undermal"
    )
    slag = models.CharField(_("slag"), max_length=20, choices=Slag.choices)
    kortnavn = Linje(_("kort navn"), max_length=120, blank=True)
    tekst = Tekst(_("mål"))
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = Historie()
    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        ordering = ["rekkefolge", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mal_ikke_under_seg_selv",
                condition=~models.Q(overordnet=models.F("pk")),
                violation_error_message=_("Et mål kan ikke stå under seg selv."),
            )
        ]

    def __str__(self) -> str:
        return self.kortnavn or self.tekst


class Malgruppe(models.Model):
    """Whom the work is for."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="malgrupper"
    )
    plan = models.ForeignKey(
        Handlingsplan,
        verbose_name=_("plan"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="malgrupper",
    )
    tekst = Tekst(_("målgruppe"))
    alder_fra = models.PositiveSmallIntegerField(_("alder fra"), null=True, blank=True)
    alder_til = models.PositiveSmallIntegerField(_("alder til"), null=True, blank=True)
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = Historie()
    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("målgruppe")
        verbose_name_plural = _("målgrupper")
        ordering = ["rekkefolge", "pk"]
        constraints = [
            models.CheckConstraint(
                name="malgruppe_alder",
                condition=models.Q(alder_fra__isnull=True)
                | models.Q(alder_til__isnull=True)
                | models.Q(alder_til__gte=models.F("alder_fra")),
                violation_error_message=_("Alderen må stå i stigende rekkefølge."),
            )
        ]

    def __str__(self) -> str:
        return self.tekst
