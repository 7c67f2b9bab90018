import datetime as dt
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.felt import Epostadresse, Linje, Maskinkode, Nettadresse, Tekst
from felles.modeller import Eksempelmerket, Historie
from felles.tid import oslo_dato
from organisering.models import Arshjulpunkt, Enhet, Gruppe, Medlemskap, Person, Plass, Samarbeid, Seer, Vegget
from tiltak.models import Tiltak

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende


def ny_uid() -> str:
    """The meeting's own iCalendar UID, stable for its life."""
    return f"{uuid.uuid4()}@slt-portalen"


class GruppeRader(Vegget):
    """Rows that belong to a group: seen by its members and officers, and by the coordinator."""

    def synlig_for(self, person: "Besokende | Seer", pr: dt.date) -> Self:
        """Rows of the groups whose papers `person` may read on `pr`: all for a coordinator, own groups for others."""
        seer = Seer.av(person, pr)
        if not seer.innlogget:
            return self.none()
        if seer.superbruker:
            return self
        return self.filter(models.Q(samarbeid__in=seer.koordinator_i) | models.Q(gruppe__in=seer.grupper))


class SakQuerySet(GruppeRader):
    def synlig_for(self, person: "Besokende | Seer", pr: dt.date) -> Self:
        """The same, but a case in the queue only for those who lead the group, and for the one who reported it."""
        seer = Seer.av(person, pr)
        synlige = super().synlig_for(seer, pr)
        if seer.superbruker or not seer.innlogget:
            return synlige
        tatt_opp = models.Q(mote__isnull=False) | models.Q(meldt_av=seer.person)
        leder = models.Q(samarbeid__in=seer.koordinator_i) | models.Q(gruppe__in=seer.med_verv)
        return synlige.filter(tatt_opp | leder)


class MoteQuerySet(GruppeRader):
    def i_ar(self, ar: int) -> Self:
        """Meetings that begin in the calendar year, Norwegian time."""
        return self.filter(start__year=ar)

    def avlyste(self) -> Self:
        return self.filter(avlyst__isnull=False)

    def holdte(self) -> Self:
        return self.filter(holdt__isnull=False, avlyst__isnull=True)

    def kommende(self, naa: dt.datetime) -> Self:
        """Neither held nor cancelled, and not yet over."""
        return self.filter(holdt__isnull=True, avlyst__isnull=True, slutt__gte=naa)

    def ubekreftede(self, naa: dt.datetime) -> Self:
        """Past their time, and nobody has said whether they were held."""
        return self.filter(holdt__isnull=True, avlyst__isnull=True, slutt__lt=naa)


class Mote(Eksempelmerket):
    """A meeting of a group. Shown in Europe/Oslo."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="moter"
    )
    gruppe = models.ForeignKey(Gruppe, verbose_name=_("gruppe"), on_delete=models.PROTECT, related_name="moter")
    start = models.DateTimeField(_("begynner"))
    slutt = models.DateTimeField(_("slutter"))
    sted = Linje(_("sted"), max_length=200, blank=True)
    lenke = Nettadresse(_("lenke til møtet"), blank=True)
    uid = Maskinkode(max_length=80, unique=True, default=ny_uid, editable=False)
    sekvens = models.PositiveIntegerField(default=0, editable=False)
    innkalt = models.DateTimeField(_("innkalling sendt"), null=True, blank=True)
    holdt = models.DateTimeField(_("markert som holdt"), null=True, blank=True)
    avlyst = models.DateTimeField(_("avlyst"), null=True, blank=True)
    avlyst_grunn = Linje(_("hvorfor avlyst"), max_length=300, blank=True)
    referat = Tekst(_("referat"), blank=True)

    history = Historie()
    objects = MoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("møte")
        verbose_name_plural = _("møter")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mote_slutt_etter_start",
                condition=models.Q(slutt__gt=models.F("start")),
                violation_error_message=_("Møtet må slutte etter at det begynner."),
            ),
            models.CheckConstraint(
                name="mote_ikke_holdt_og_avlyst",
                condition=models.Q(holdt__isnull=True) | models.Q(avlyst__isnull=True),
                violation_error_message=_("Et møte kan ikke være både holdt og avlyst."),
            ),
        ]
        indexes = [
            models.Index(fields=["gruppe", "start"], name="mote_i_gruppe"),
            models.Index(fields=["samarbeid", "start"], name="mote_i_samarbeid"),
        ]

    def __str__(self) -> str:
        return f"{self.gruppe}, {oslo_dato(self.start):%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("moter:mote", args=[self.samarbeid.slug, self.pk])

    @property
    def dato(self) -> dt.date:
        """The Norwegian day it begins; this day counts."""
        return oslo_dato(self.start)

    def er_kommende(self, naa: dt.datetime) -> bool:
        return self.holdt is None and self.avlyst is None and self.slutt >= naa

    def er_ubekreftet(self, naa: dt.datetime) -> bool:
        """Agrees with the queryset's `ubekreftede`."""
        return self.holdt is None and self.avlyst is None and self.slutt < naa

    def tilstand(self, naa: dt.datetime) -> str:
        """One word for the state mark: holdt, avlyst, planlagt or ubekreftet."""
        if self.avlyst is not None:
            return "avlyst"
        if self.holdt is not None:
            return "holdt"
        return "planlagt" if self.slutt >= naa else "ubekreftet"


class Sak(Eksempelmerket):
    """An agenda item of a group. Without a meeting it waits in the group's queue."""

    class Slag(models.TextChoices):
        ORIENTERING = "orientering", _("Orientering")
        DROFTING = "drofting", _("Drøfting")
        BESLUTNING = "beslutning", _("Beslutning")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="saker"
    )
    gruppe = models.ForeignKey(Gruppe, verbose_name=_("gruppe"), on_delete=models.PROTECT, related_name="saker")
    mote = models.ForeignKey(
        Mote, verbose_name=_("møte"), null=True, blank=True, on_delete=models.PROTECT, related_name="saker"
    )
    nummer = models.PositiveIntegerField(_("saksnummer"), null=True, blank=True)
    nummer_ar = models.PositiveSmallIntegerField(_("saksår"), null=True, blank=True)
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    slag = models.CharField(_("slag"), max_length=20, choices=Slag.choices, default=Slag.ORIENTERING)
    tittel = Linje(_("tittel"), max_length=300)
    tekst = Tekst(_("saksframlegg"), blank=True)
    forslag = Tekst(_("forslag til vedtak"), blank=True)
    minutter = models.PositiveSmallIntegerField(_("minutter"), null=True, blank=True)
    tiltak = models.ForeignKey(
        Tiltak,
        verbose_name=_("gjelder tiltaket"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="saker",
    )
    unntatt = models.BooleanField(_("unntatt offentlighet"), default=False)
    unntatt_grunn = Linje(_("hjemmel for unntak"), max_length=200, blank=True)
    notat = Tekst(_("notat til referatet"), blank=True)
    meldt_av = models.ForeignKey(
        Person, verbose_name=_("meldt av"), null=True, blank=True, on_delete=models.PROTECT, related_name="meldte_saker"
    )
    loftet_fra = models.ForeignKey(
        "self", verbose_name=_("løftet fra"), null=True, blank=True, on_delete=models.PROTECT, related_name="loftet_til"
    )
    utsatt_fra = models.ForeignKey(
        "self", verbose_name=_("utsatt fra"), null=True, blank=True, on_delete=models.PROTECT, related_name="utsatt_til"
    )
    trukket = models.DateTimeField(_("trukket"), null=True, blank=True)
    trukket_grunn = Linje(_("hvorfor saken ikke tas opp"), max_length=300, blank=True)
    fast = models.ForeignKey(
        Arshjulpunkt, verbose_name=_("fast sak"), null=True, blank=True, on_delete=models.PROTECT, related_name="saker"
    )

    history = Historie()
    objects = SakQuerySet.as_manager()

    class Meta:
        verbose_name = _("sak")
        verbose_name_plural = _("saker")
        ordering = ["mote", "rekkefolge", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gruppe", "nummer_ar", "nummer"],
                condition=models.Q(nummer__isnull=False),
                name="sak_nummer_unikt",
                violation_error_message=_("Gruppa har alt en sak med dette nummeret."),
            ),
            models.UniqueConstraint(
                fields=["mote", "fast"],
                condition=models.Q(mote__isnull=False, fast__isnull=False),
                name="sak_fast_en_gang",
                violation_error_message=_("Den faste saken står alt på lista."),
            ),
            models.CheckConstraint(
                name="sak_nummer_og_ar",
                condition=models.Q(nummer__isnull=True, nummer_ar__isnull=True)
                | models.Q(nummer__isnull=False, nummer_ar__isnull=False),
                violation_error_message=_("Et saksnummer består av nummer og år."),
            ),
            models.CheckConstraint(
                name="sak_unntatt_har_grunn",
                condition=models.Q(unntatt=False) | ~models.Q(unntatt_grunn=""),
                violation_error_message=_("Skriv hjemmelen for at saken er unntatt offentlighet."),
            ),
        ]
        indexes = [models.Index(fields=["gruppe", "mote"], name="sak_i_ko")]

    def __str__(self) -> str:
        return self.tittel

    def get_absolute_url(self) -> str:
        return reverse("moter:sak", args=[self.samarbeid.slug, self.pk])

    @property
    def saksnummer(self) -> str:
        """«KG 7/26», or empty before a number is given."""
        if self.nummer is None or self.nummer_ar is None:
            return ""
        return f"{self.gruppe.saksprefiks} {self.nummer}/{self.nummer_ar % 100:02d}".strip()


class Deltakelse(Eksempelmerket):
    """A person, or a guest known by role, at a meeting.

    `innkalt` says when the notice went out to this one, and `meldt_av` when it was taken back.
    """

    class Svar(models.TextChoices):
        KOMMER = "kommer", _("Kommer")
        KAN_IKKE = "kan_ikke", _("Kan ikke")

    class Kanal(models.TextChoices):
        SIDE = "side", _("Svart i portalen")
        EPOST = "epost", _("Svart fra lenke i e-post")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="deltakelser"
    )
    mote = models.ForeignKey(Mote, verbose_name=_("møte"), on_delete=models.CASCADE, related_name="deltakelser")
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="deltakelser"
    )
    gjest_rolle = Linje(_("gjest, med rolle"), max_length=160, blank=True)
    gjest_epost = Epostadresse(_("gjestens e-post"), blank=True)
    plass = models.ForeignKey(
        Plass, verbose_name=_("plass"), null=True, blank=True, on_delete=models.PROTECT, related_name="deltakelser"
    )
    vara_for = models.ForeignKey(
        Medlemskap, verbose_name=_("vara for"), null=True, blank=True, on_delete=models.PROTECT, related_name="vara_i"
    )
    svar = models.CharField(_("svar"), max_length=10, choices=Svar.choices, blank=True)
    svart = models.DateTimeField(_("svart"), null=True, blank=True)
    kanal = models.CharField(_("hvordan"), max_length=10, choices=Kanal.choices, blank=True)
    innkalt = models.DateTimeField(_("innkalt"), null=True, blank=True)
    innkalt_til = Epostadresse(_("innkalt på"), blank=True, help_text=_("Adressen innkallingen gikk til."))
    meldt_av = models.DateTimeField(_("meldt av"), null=True, blank=True)
    tilstede = models.BooleanField(_("til stede"), null=True, blank=True)
    bare_saker = models.ManyToManyField(Sak, verbose_name=_("bare med i sakene"), blank=True, related_name="bare_for")
    inhabil_i = models.ManyToManyField(Sak, verbose_name=_("inhabil i sakene"), blank=True, related_name="inhabile")

    history = Historie(m2m_fields=[bare_saker, inhabil_i], excluded_fields=["gjest_epost", "innkalt_til"])
    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("deltakelse")
        verbose_name_plural = _("deltakelser")
        ordering = ["mote", "plass__rekkefolge", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mote", "person"],
                condition=models.Q(person__isnull=False),
                name="deltakelse_en_gang",
                violation_error_message=_("Personen står alt på lista."),
            ),
            models.CheckConstraint(
                name="deltakelse_person_eller_gjest",
                condition=(models.Q(person__isnull=False, gjest_rolle=""))
                | (models.Q(person__isnull=True) & ~models.Q(gjest_rolle="")),
                violation_error_message=_("Velg en person, eller skriv rollen til en gjest."),
            ),
            models.CheckConstraint(
                name="deltakelse_gjest_epost_er_gjestens",
                condition=models.Q(person__isnull=True) | models.Q(gjest_epost=""),
                violation_error_message=_("Bare en gjest har en egen adresse her."),
            ),
        ]

    def __str__(self) -> str:
        return self.gjest_rolle or str(self.person)

    @property
    def star_i_kalenderen(self) -> bool:
        """A notice has gone out to this one, and has not been taken back."""
        return self.innkalt is not None and self.meldt_av is None


class Oppfolging(Eksempelmerket):
    """An action item: one row with its own life, shown on later agendas by reference."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="oppfolginger"
    )
    gruppe = models.ForeignKey(Gruppe, verbose_name=_("gruppe"), on_delete=models.PROTECT, related_name="oppfolginger")
    mote = models.ForeignKey(
        Mote, verbose_name=_("fra møtet"), null=True, blank=True, on_delete=models.PROTECT, related_name="oppfolginger"
    )
    sak = models.ForeignKey(
        Sak, verbose_name=_("fra saken"), null=True, blank=True, on_delete=models.PROTECT, related_name="oppfolginger"
    )
    tekst = Linje(_("hva"), max_length=300)
    eier_person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="oppfolginger"
    )
    eier_plass = models.ForeignKey(
        Plass, verbose_name=_("plass"), null=True, blank=True, on_delete=models.PROTECT, related_name="oppfolginger"
    )
    eier_enhet = models.ForeignKey(
        Enhet, verbose_name=_("enhet"), null=True, blank=True, on_delete=models.PROTECT, related_name="oppfolginger"
    )
    eier_ord = Linje(_("hvem, med ord"), max_length=160, blank=True)
    frist = models.DateField(_("frist"), null=True, blank=True)
    gjort = models.DateField(_("gjort"), null=True, blank=True)

    history = Historie()
    objects = GruppeRader.as_manager()

    class Meta:
        verbose_name = _("oppfølging")
        verbose_name_plural = _("oppfølginger")
        ordering = ["frist", "pk"]
        constraints = [
            models.CheckConstraint(
                name="oppfolging_hoyst_en_eier",
                condition=(
                    models.Q(eier_plass__isnull=True, eier_enhet__isnull=True)
                    | models.Q(eier_person__isnull=True, eier_enhet__isnull=True)
                    | models.Q(eier_person__isnull=True, eier_plass__isnull=True)
                ),
                violation_error_message=_("Velg bare én eier: en person, en plass eller en enhet."),
            )
        ]

    def __str__(self) -> str:
        return self.tekst

    @property
    def eier(self) -> Person | Plass | Enhet | str:
        return self.eier_person or self.eier_plass or self.eier_enhet or self.eier_ord
