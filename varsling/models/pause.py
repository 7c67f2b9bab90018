import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from felles.felt import Innhold, Linje, Maskinkode
from felles.modeller import Historie


class PauseQuerySet(models.QuerySet[Any]):
    def aktive(self, pr: dt.date) -> Self:
        """Pauses that hold reminders back on the day `pr`; the last day counts."""
        return self.filter(fra__lte=pr, til__gte=pr)


class Pause(models.Model):
    """Reminders about one measure or one group wait until a day, with the reason. `om` is «tiltak-5» or «gruppe-3»."""

    samarbeid = models.ForeignKey(
        "organisering.Samarbeid", verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="pauser"
    )
    om = Maskinkode(_("om"), max_length=60)
    gjelder = Linje(_("gjelder"), max_length=300)
    fra = models.DateField(_("fra"))
    til = models.DateField(_("til og med"))
    grunn = Linje(_("grunn"), max_length=300)
    satt_av = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("satt av"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="satte_pauser",
    )

    history = Historie()
    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauser")
        ordering = ["til", "pk"]
        indexes = [models.Index(fields=["samarbeid", "om", "til"], name="pause_om")]
        constraints = [
            models.CheckConstraint(
                name="pause_har_grunn",
                condition=~models.Q(grunn="") & ~models.Q(om=""),
                violation_error_message=_("Skriv hvorfor påminnelsene venter."),
            ),
        ]

    def __str__(self) -> str:
        return self.gjelder


def med_pause(rader: Any, slag: str, pr: dt.date) -> Any:
    """Annotates rows of a kind that may have a pause with the one that runs: `pause_id`, `pause_til`, `pause_grunn`."""
    navn = Concat(Value(f"{slag}-"), Cast(OuterRef("pk"), models.CharField()))
    egne = Pause.objects.aktive(pr).filter(samarbeid=OuterRef("samarbeid"), om=navn).order_by("pk")
    felt = {f"pause_{felt}": Subquery(egne.values(felt)[:1]) for felt in ("id", "til", "grunn")}
    return rader.annotate(**felt)


class Framsyn(models.Model):
    """What the coming weeks hold for one Samarbeid if nothing happens, as the day's run saw it. Made anew each day."""

    samarbeid = models.OneToOneField(
        "organisering.Samarbeid", verbose_name=_("samarbeid"), on_delete=models.CASCADE, related_name="framsyn"
    )
    regnet_ut = models.DateTimeField(_("regnet ut"))
    innhold = Innhold(_("innhold"))
    uten_mottaker = models.PositiveIntegerField(_("ting ingen kan få vite om"), default=0)

    class Meta:
        verbose_name = _("framsyn")
        verbose_name_plural = _("framsyn")

    def __str__(self) -> str:
        return f"{self.samarbeid_id} {self.regnet_ut:%d.%m.%Y}"
