import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.felt import Linje, Tekst
from felles.forberedt import fest_lister, forberedt
from felles.modeller import Historie, Kildebelagt, Periode, periode_i_orden
from organisering.models.enheter import Enhet
from organisering.models.personer import Koordinatorpost, Person
from organisering.models.samarbeid import Niva, Samarbeid
from organisering.models.vegg import Vegget, VeggetPeriode


class GruppeQuerySet(VeggetPeriode):
    def motende(self) -> Self:
        """Groups that can hold meetings: neither a described level nor a type."""
        return self.exclude(slag__in=[Gruppe.Slag.NIVABESKRIVELSE, Gruppe.Slag.GRUPPETYPE])

    def med_nivaer(self) -> Self:
        """With the levels fetched, so that names and level marks cost no further query."""
        return self.prefetch_related("nivaer")


def fest_nivaer(grupper: Iterable["Gruppe"]) -> None:
    """Fetches the levels, so that names and level marks cost no further query. One query, as `med_nivaer`."""
    per_id = {gruppe.pk: gruppe for gruppe in grupper}
    koblinger = _nivakoblinger(list(per_id)) if per_id else []
    nivaer: dict[int, list[Niva]] = {pk: [] for pk in per_id}
    for kobling in koblinger:
        nivaer[kobling.gruppe_id].append(kobling.niva)
    fest_lister(grupper, "nivaer", Niva, nivaer)


@forberedt
def _nivakoblinger(grupper: list[int]) -> models.QuerySet[Any]:
    koblinger: models.QuerySet[Any] = Gruppe.nivaer.through._default_manager.filter(gruppe__in=grupper)
    return koblinger.select_related("niva").order_by("niva__rekkefolge", "niva")


class Gruppe(Kildebelagt, Periode):
    """A body on one or more levels, a level described in words, a type of group, or a working group."""

    class Slag(models.TextChoices):
        GRUPPE = "gruppe", _("Gruppe")
        NIVABESKRIVELSE = "nivabeskrivelse", _("Nivå beskrevet i ord")
        GRUPPETYPE = "gruppetype", _("Gruppetype")
        ARBEIDSGRUPPE = "arbeidsgruppe", _("Arbeidsgruppe")

    class Taushet(models.TextChoices):
        GODKJENT = "godkjent", _("Godkjent")
        IKKE_GODKJENT = "ikke_godkjent", _("Ikke godkjent")

    class Motedor(models.TextChoices):
        APNE = "apne", _("Åpne møter")
        LUKKEDE = "lukkede", _("Lukkede møter")

    class Enkeltsaker(models.TextChoices):
        FORBUDT = "forbudt", _("Gruppa diskuterer ikke enkeltsaker")
        UTENFOR = "utenfor", _("Drøftes utenfor portalen")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="grupper"
    )
    navn = Linje(_("navn"), max_length=160, blank=True, help_text=_("Tomt gir nivåets navn."))
    slag = models.CharField(_("slag"), max_length=20, choices=Slag.choices, default=Slag.GRUPPE)
    nivaer = models.ManyToManyField(Niva, verbose_name=_("nivåer"), blank=True, related_name="grupper")
    gruppetype = models.ForeignKey(
        "self",
        verbose_name=_("gruppetype"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="grupper_av_typen",
        limit_choices_to={"slag": "gruppetype"},
        help_text=_("Regler, plasser og mandat arves fra typen."),
    )
    overordnet = models.ForeignKey(
        "self", verbose_name=_("under"), null=True, blank=True, on_delete=models.PROTECT, related_name="undergrupper"
    )
    er_politirad = models.BooleanField(_("er politiråd"), default=False)
    er_styringsgruppe = models.BooleanField(_("er styringsgruppe"), default=False)
    beskrivelse = Tekst(_("beskrivelse"), blank=True)
    saksprefiks = Linje(_("bokstaver foran saksnummer"), max_length=8, blank=True)
    innkallingsfrist = models.PositiveSmallIntegerField(_("dager fra innkalling til møte"), null=True, blank=True)
    saksfrist = models.PositiveSmallIntegerField(_("dager fra saksfrist til møte"), null=True, blank=True)
    taushet_betyr = models.CharField(
        _("taushet ved godkjenning betyr"),
        max_length=20,
        choices=Taushet.choices,
        blank=True,
        help_text=_("Tomt betyr ikke oppgitt."),
    )
    motedor = models.CharField(
        _("møtene er"), max_length=20, choices=Motedor.choices, blank=True, help_text=_("Tomt betyr ikke oppgitt.")
    )
    referat_offentlig = models.BooleanField(_("referatet er offentlig"), null=True, blank=True)
    enkeltsaker = models.CharField(
        _("enkeltsaker"),
        max_length=20,
        choices=Enkeltsaker.choices,
        blank=True,
        help_text=_("Tomt betyr ikke oppgitt."),
    )
    enkeltsaker_ordlyd = Tekst(_("ordlyd om enkeltsaker"), blank=True)
    medlemsliste_komplett = models.BooleanField(_("medlemslista er komplett"), null=True, blank=True)
    resultat = Tekst(_("resultat"), blank=True, help_text=_("Det en arbeidsgruppe kom fram til."))
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = Historie(m2m_fields=[nivaer])
    objects = GruppeQuerySet.as_manager()

    class Meta:
        verbose_name = _("gruppe")
        verbose_name_plural = _("grupper")
        ordering = ["rekkefolge", "navn", "pk"]
        constraints = [
            periode_i_orden("gruppe_periode"),
            models.CheckConstraint(
                name="gruppe_type_har_ingen_type",
                condition=models.Q(gruppetype__isnull=True) | models.Q(slag__in=["gruppe", "arbeidsgruppe"]),
                violation_error_message=_("Bare en gruppe eller arbeidsgruppe kan være av en gruppetype."),
            ),
            models.CheckConstraint(
                name="gruppe_ikke_under_seg_selv",
                condition=~models.Q(overordnet=models.F("pk")) & ~models.Q(gruppetype=models.F("pk")),
                violation_error_message=_("En gruppe kan ikke stå under seg selv."),
            ),
        ]

    def __str__(self) -> str:
        return self.visningsnavn

    @property
    def visningsnavn(self) -> str:
        """The group's name; empty falls back to its level's."""
        if self.navn:
            return self.navn
        niva = next(iter(self.nivaer.all()), None) if self.pk else None
        return niva.navn if niva else str(_("Gruppe uten navn"))

    @property
    def motes(self) -> bool:
        """Whether the group can hold meetings."""
        return self.slag in {self.Slag.GRUPPE, self.Slag.ARBEIDSGRUPPE}

    @property
    def regelbarer_id(self) -> int:
        """The row whose rules, seats and mandate apply: the type's, when the group is of a type."""
        return self.gruppetype_id or self.pk

    def get_absolute_url(self) -> str:
        return reverse("organisering:gruppe", args=[self.samarbeid.slug, self.pk])


class Mandatpunkt(Kildebelagt):
    """One ordered point of a group's mandate. `ordlyd` is the point, word for word."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="mandatpunkter"
    )
    gruppe = models.ForeignKey(Gruppe, verbose_name=_("gruppe"), on_delete=models.CASCADE, related_name="mandatpunkter")
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = Historie()
    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("mandatpunkt")
        verbose_name_plural = _("mandatpunkter")
        ordering = ["gruppe", "rekkefolge", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mandatpunkt_har_ord",
                condition=~models.Q(ordlyd=""),
                violation_error_message=_("Skriv mandatpunktet."),
            )
        ]

    def __str__(self) -> str:
        return self.ordlyd


class Plass(Kildebelagt, Periode):
    """A seat in a group."""

    class Slag(models.TextChoices):
        PERSON = "person", _("Én person")
        FLERE = "flere", _("Flere personer")
        ORGAN = "organ", _("Et organ eller en tjeneste")
        APEN = "apen", _("En åpen krets")

    class Deltakelse(models.TextChoices):
        MEDLEM = "medlem", _("Medlem")
        FAST = "fast", _("Møter fast")
        OBSERVATOR = "observator", _("Observatør")
        SEKRETARIAT = "sekretariat", _("Sekretariat")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="plasser"
    )
    gruppe = models.ForeignKey(Gruppe, verbose_name=_("gruppe"), on_delete=models.CASCADE, related_name="plasser")
    tittel = Linje(_("tittel"), max_length=200)
    slag = models.CharField(_("slag"), max_length=20, choices=Slag.choices, default=Slag.PERSON)
    antall = models.PositiveSmallIntegerField(
        _("antall"), null=True, blank=True, help_text=_("Tomt betyr ikke oppgitt.")
    )
    enhet = models.ForeignKey(
        Enhet, verbose_name=_("taler for"), null=True, blank=True, on_delete=models.PROTECT, related_name="plasser"
    )
    deltar_som = models.CharField(_("deltar som"), max_length=20, choices=Deltakelse.choices, default=Deltakelse.MEDLEM)
    har_stemme = models.BooleanField(_("har stemme"), default=True)
    ser_unntatt = models.BooleanField(_("ser papirer som er unntatt offentlighet"), default=True)
    ma_besettes = models.BooleanField(_("må være besatt"), default=False)
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = Historie()
    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("plass")
        verbose_name_plural = _("plasser")
        ordering = ["gruppe", "rekkefolge", "pk"]
        constraints = [
            periode_i_orden("plass_periode"),
            models.CheckConstraint(
                name="plass_antall_minst_en",
                condition=models.Q(antall__isnull=True) | models.Q(antall__gte=1),
                violation_error_message=_("Antallet må være minst 1, eller tomt."),
            ),
            models.CheckConstraint(
                name="plass_person_er_en",
                condition=~models.Q(slag="person") | models.Q(antall__isnull=True) | models.Q(antall=1),
                violation_error_message=_("En plass for én person kan ikke ha flere."),
            ),
        ]

    def __str__(self) -> str:
        return self.tittel

    @property
    def er_flertall(self) -> bool:
        """Whether several may hold the seat at once."""
        return self.slag != self.Slag.PERSON


class MedlemskapQuerySet(VeggetPeriode):
    def gir_tilgang(self, pr: dt.date) -> Self:
        """Memberships that open doors on `pr`: ordinary ones, and a vara's from the day he is called."""
        kalt = models.Q(rolle=Medlemskap.Rolle.MEDLEM) | models.Q(innkalt_fra__lte=pr)
        return self.aktive(pr).filter(Plass.aktiv_q(pr, "plass__"), Plass.aktiv_q(pr, "plass__gruppe__"), kalt)


class Medlemskap(Periode):
    """A person holds a seat from–to. History stays."""

    class Rolle(models.TextChoices):
        MEDLEM = "medlem", _("Medlem")
        VARA = "vara", _("Vara")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="medlemskap"
    )
    plass = models.ForeignKey(Plass, verbose_name=_("plass"), on_delete=models.PROTECT, related_name="medlemskap")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="medlemskap")
    rolle = models.CharField(_("rolle"), max_length=20, choices=Rolle.choices, default=Rolle.MEDLEM)
    innkalt_fra = models.DateField(
        _("vara innkalt fra"), null=True, blank=True, help_text=_("Fra denne dagen ser vara det medlemmet ser.")
    )

    history = Historie()
    objects = MedlemskapQuerySet.as_manager()

    class Meta:
        verbose_name = _("medlemskap")
        verbose_name_plural = _("medlemskap")
        ordering = ["plass", "rolle", "fra", "pk"]
        constraints = [
            periode_i_orden("medlemskap_periode"),
            models.UniqueConstraint(
                fields=["plass", "person"],
                condition=models.Q(til__isnull=True),
                name="medlemskap_en_apent",
                violation_error_message=_("Personen har alt denne plassen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.plass}"


class Verv(Kildebelagt, Periode):
    """Leader, deputy, secretary or convener of a group, held by a seat, a unit or a coordinator's post."""

    class Slag(models.TextChoices):
        LEDER = "leder", _("Leder")
        NESTLEDER = "nestleder", _("Nestleder")
        SEKRETAR = "sekretar", _("Sekretær")
        INNKALLER = "innkaller", _("Innkaller")

    samarbeid = models.ForeignKey(Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="verv")
    gruppe = models.ForeignKey(Gruppe, verbose_name=_("gruppe"), on_delete=models.CASCADE, related_name="verv")
    slag = models.CharField(_("verv"), max_length=20, choices=Slag.choices)
    plass = models.ForeignKey(
        Plass, verbose_name=_("plass"), null=True, blank=True, on_delete=models.PROTECT, related_name="verv"
    )
    enhet = models.ForeignKey(
        Enhet, verbose_name=_("enhet"), null=True, blank=True, on_delete=models.PROTECT, related_name="verv"
    )
    koordinatorpost = models.ForeignKey(
        Koordinatorpost,
        verbose_name=_("koordinatorpost"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="verv",
    )
    rotasjon = Linje(
        _("rotasjon"), max_length=200, blank=True, help_text=_("Hvordan vervet går på omgang, hvis det gjør det.")
    )

    history = Historie()
    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("verv")
        verbose_name_plural = _("verv")
        ordering = ["gruppe", "slag", "pk"]
        constraints = [
            periode_i_orden("verv_periode"),
            models.CheckConstraint(
                name="verv_en_holder",
                condition=(
                    models.Q(plass__isnull=False, enhet__isnull=True, koordinatorpost__isnull=True)
                    | models.Q(plass__isnull=True, enhet__isnull=False, koordinatorpost__isnull=True)
                    | models.Q(plass__isnull=True, enhet__isnull=True, koordinatorpost__isnull=False)
                    | (
                        models.Q(plass__isnull=True, enhet__isnull=True, koordinatorpost__isnull=True)
                        & ~models.Q(rotasjon="")
                    )
                ),
                violation_error_message=_(
                    "Velg én som har vervet: en plass, en enhet eller en koordinatorpost. "
                    "Ellers skriver du hvordan det går på omgang."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slag_display()}: {self.holder or self.rotasjon}"

    @property
    def holder(self) -> Plass | Enhet | Koordinatorpost | None:
        """The seat, unit or post that holds it."""
        return self.plass or self.enhet or self.koordinatorpost
