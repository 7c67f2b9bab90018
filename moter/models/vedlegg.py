import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.felt import Fil, Linje, Maskinkode
from felles.modeller import Historie
from moter.models.moter import Sak
from organisering.models import Person, Samarbeid, Seer, Vegget

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende

# What the browser is told, and whether it may show the paper itself.
MIME = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
VISES = {"pdf", "png", "jpg"}


class VedleggQuerySet(Vegget):
    def synlig_for(self, person: "Besokende | Seer", pr: dt.date) -> Self:
        """Papers of the cases that `person` sees on `pr`. Whether the case is hidden is asked of `skjult_for`."""
        return self.filter(sak__in=Sak.objects.synlig_for(person, pr))

    def gjeldende(self) -> Self:
        """Those that have not been withdrawn, nor replaced by a later version."""
        return self.filter(trukket__isnull=True)


class Vedlegg(models.Model):
    """A paper of a case. Several rows share a file when the case goes on under another number or to another group."""

    class Innholdstype(models.TextChoices):
        PDF = "pdf", _("PDF")
        DOCX = "docx", _("Word")
        XLSX = "xlsx", _("Excel")
        PPTX = "pptx", _("PowerPoint")
        ODT = "odt", _("OpenDocument-tekst")
        ODS = "ods", _("OpenDocument-regneark")
        ODP = "odp", _("OpenDocument-presentasjon")
        PNG = "png", _("bilde")
        JPEG = "jpg", _("bilde")
        TEKST = "txt", _("ren tekst")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="vedlegg"
    )
    sak = models.ForeignKey(Sak, verbose_name=_("sak"), on_delete=models.PROTECT, related_name="vedlegg")
    fil = Fil(_("fil"), upload_to="papirer/")
    tittel = Linje(_("tittel"), max_length=200)
    innholdstype = models.CharField(_("innholdstype"), max_length=10, choices=Innholdstype.choices)
    storrelse = models.PositiveIntegerField(_("størrelse i byte"))
    sha256 = Maskinkode(max_length=64)
    versjon = models.PositiveSmallIntegerField(_("versjon"), default=1)
    erstatter = models.ForeignKey(
        "self",
        verbose_name=_("erstatter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="erstattet_av",
    )
    lagt_inn_av = models.ForeignKey(
        Person, verbose_name=_("lagt inn av"), on_delete=models.PROTECT, related_name="papirer"
    )
    opprettet = models.DateTimeField(_("lagt inn"))
    trukket = models.DateTimeField(_("trukket"), null=True, blank=True)

    history = Historie()
    objects = VedleggQuerySet.as_manager()

    class Meta:
        verbose_name = _("papir")
        verbose_name_plural = _("papirer")
        ordering = ["sak", "opprettet", "pk"]
        indexes = [models.Index(fields=["fil"], name="vedlegg_fil")]

    def __str__(self) -> str:
        return self.tittel

    def get_absolute_url(self) -> str:
        return reverse("moter:papir", args=[self.samarbeid.slug, self.pk])

    @property
    def filnavn(self) -> str:
        """What the file is called on the reader's machine."""
        return f"{self.tittel}.{self.innholdstype}"

    @property
    def mime(self) -> str:
        return MIME[self.innholdstype]

    @property
    def vises(self) -> bool:
        """Whether a browser may show it; every other paper is only saved."""
        return self.innholdstype in VISES
