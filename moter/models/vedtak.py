import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.felt import Linje, Nettadresse, Tekst
from felles.modeller import Eksempelmerket, Historie
from moter.models.moter import GruppeRader, Mote, Sak
from organisering.models import Gruppe, Samarbeid, Seer
from tiltak.models import Planutgave, Tiltak

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende


class VedtakQuerySet(GruppeRader):
    def synlig_for(self, person: "Besokende | Seer", pr: dt.date) -> Self:
        """As for a group's rows; decisions of bodies outside the portal are seen by all of the Samarbeid."""
        seer = Seer.av(person, pr)
        if not seer.innlogget or seer.superbruker:
            return super().synlig_for(seer, pr)
        utenfor = models.Q(gruppe__isnull=True, samarbeid__in=seer.samarbeid)
        egne = models.Q(samarbeid__in=seer.koordinator_i) | models.Q(gruppe__in=seer.grupper)
        return self.filter(utenfor | egne)

    def gyldige(self) -> Self:
        """Decided, and not revoked since."""
        return self.filter(slag=Vedtak.Slag.VEDTATT, opphevet__isnull=True)

    def med_penger(self) -> Self:
        return self.filter(belop__isnull=False)

    def i_rammen(self, ar: int) -> Self:
        """The valid money decisions that draw on the frame of the calendar year, by the meeting's date."""
        return self.gyldige().med_penger().filter(dato__year=ar)


class Vedtak(Eksempelmerket):
    """What was decided or recommended, by a group here or a body outside the portal."""

    class Slag(models.TextChoices):
        VEDTATT = "vedtatt", _("Vedtatt")
        TILRADD = "tilradd", _("Tilrådd")
        AVVIST = "avvist", _("Ikke vedtatt")
        UTSATT = "utsatt", _("Utsatt")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="vedtak"
    )
    gruppe = models.ForeignKey(
        Gruppe, verbose_name=_("gruppe"), null=True, blank=True, on_delete=models.PROTECT, related_name="vedtak"
    )
    mote = models.ForeignKey(
        Mote, verbose_name=_("møte"), null=True, blank=True, on_delete=models.PROTECT, related_name="vedtak"
    )
    sak = models.ForeignKey(
        Sak, verbose_name=_("sak"), null=True, blank=True, on_delete=models.PROTECT, related_name="vedtak"
    )
    organ_ord = Linje(_("organ utenfor portalen"), max_length=200, blank=True)
    dato = models.DateField(
        _("dato"), null=True, blank=True, help_text=_("Møtedatoen. Den avgjør hvilket års ramme som brukes.")
    )
    dato_ord = Linje(_("dato, med ord"), max_length=60, blank=True, help_text=_("For eksempel «april 2019»."))
    slag = models.CharField(_("utfall"), max_length=20, choices=Slag.choices, default=Slag.VEDTATT)
    tekst = Tekst(_("vedtak"))
    belop = models.DecimalField(_("beløp"), max_digits=12, decimal_places=2, null=True, blank=True)
    tiltak = models.ForeignKey(
        Tiltak,
        verbose_name=_("gjelder tiltaket"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vedtak",
    )
    gjelder_gruppe = models.ForeignKey(
        Gruppe,
        verbose_name=_("gjelder gruppa"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vedtak_om",
    )
    planutgave = models.ForeignKey(
        Planutgave,
        verbose_name=_("gjelder planutgaven"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vedtak",
    )
    gjelder_mandat = models.BooleanField(_("gjelder mandatet"), default=False)
    saksnummer_ord = Linje(_("saksnummer utenfor portalen"), max_length=60, blank=True)
    lenke = Nettadresse(_("lenke"), blank=True)
    opphevet = models.DateField(_("opphevet"), null=True, blank=True)

    history = Historie()
    objects = VedtakQuerySet.as_manager()

    class Meta:
        verbose_name = _("vedtak")
        verbose_name_plural = _("vedtak")
        ordering = [models.F("dato").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                name="vedtak_har_organ",
                condition=models.Q(gruppe__isnull=False, organ_ord="")
                | (models.Q(gruppe__isnull=True) & ~models.Q(organ_ord="")),
                violation_error_message=_("Velg gruppa som vedtok, eller skriv organet med ord."),
            ),
            models.CheckConstraint(
                name="vedtak_belop_over_null",
                condition=models.Q(belop__isnull=True) | models.Q(belop__gt=0),
                violation_error_message=_("Beløpet må være større enn 0."),
            ),
            models.CheckConstraint(
                name="vedtak_penger_har_dato",
                condition=models.Q(belop__isnull=True) | models.Q(dato__isnull=False) | models.Q(gruppe__isnull=True),
                violation_error_message=_("Et vedtak om penger må ha en dato."),
            ),
        ]
        indexes = [models.Index(fields=["gruppe", "dato"], name="vedtak_i_rammen")]

    def __str__(self) -> str:
        return self.tekst

    def get_absolute_url(self) -> str:
        return reverse("moter:vedtak", args=[self.samarbeid.slug, self.pk])

    @property
    def er_gyldig(self) -> bool:
        """Agrees with the queryset's `gyldige`."""
        return self.slag == self.Slag.VEDTATT and self.opphevet is None
