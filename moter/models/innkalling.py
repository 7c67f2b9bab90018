import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.felt import Innhold, Linje, Maskinkode
from felles.frys import frys
from moter.models.moter import Mote
from organisering.models import Person, Samarbeid, Seer, Vegget

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende


class InnkallingQuerySet(Vegget):
    def synlig_for(self, person: "Besokende | Seer", pr: dt.date) -> Self:
        """Notices of the meetings that `person` may read."""
        return self.filter(mote__in=Mote.objects.synlig_for(person, pr))


@frys()
class Innkalling(models.Model):
    """One sent edition of notice and agenda, frozen: what it said, the PDF, when, by whom."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="innkallinger"
    )
    mote = models.ForeignKey(Mote, verbose_name=_("møte"), on_delete=models.PROTECT, related_name="innkallinger")
    utgave = models.PositiveSmallIntegerField(_("utgave"))
    sendt = models.DateTimeField(_("sendt"))
    sendt_av = models.ForeignKey(
        Person,
        verbose_name=_("sendt av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sendte_innkallinger",
    )
    kort_frist_grunn = Linje(_("hvorfor kort frist"), max_length=300, blank=True)
    innhold = Innhold(_("innhold slik det ble sendt"))
    innhold_sha256 = Maskinkode(max_length=64)
    pdf = models.BinaryField(_("PDF slik den ble sendt"))
    pdf_sha256 = Maskinkode(max_length=64)

    objects = InnkallingQuerySet.as_manager()

    class Meta:
        verbose_name = _("innkalling")
        verbose_name_plural = _("innkallinger")
        ordering = ["mote", "utgave"]
        constraints = [
            models.UniqueConstraint(
                fields=["mote", "utgave"],
                name="innkalling_utgave_unik",
                violation_error_message=_("Møtet har alt en innkalling med dette nummeret."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mote}, {self.utgave}"

    def get_absolute_url(self) -> str:
        return reverse("moter:innkalling", args=[self.samarbeid.slug, self.mote_id, self.utgave])


class AbonnementQuerySet(models.QuerySet[Any]):
    def apne(self) -> Self:
        return self.filter(trukket__isnull=True)


class Kalenderabonnement(models.Model):
    """A personal calendar feed, over all the person's Samarbeid. Found by the hash of its token, which is not kept."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="kalenderabonnement"
    )
    nokkel_hash = Maskinkode(max_length=64, unique=True, editable=False)
    opprettet = models.DateTimeField(_("opprettet"))
    trukket = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)

    objects = AbonnementQuerySet.as_manager()

    class Meta:
        verbose_name = _("kalenderabonnement")
        verbose_name_plural = _("kalenderabonnementer")
        ordering = ["person", "-opprettet", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.opprettet:%d.%m.%Y}"
