import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from felles.felt import Linje, Maskinkode
from varsling.models.epost import Epost


class FilManager(models.Manager[Any]):
    def med_innhold(self, innhold: bytes) -> "Vedleggsfil":
        """The one row of these bytes, made when it is not there."""
        sum_ = hashlib.sha256(innhold).hexdigest()
        fil: Vedleggsfil = self.only("pk", "sha256").get_or_create(sha256=sum_, defaults={"innhold": innhold})[0]
        return fil


class Vedleggsfil(models.Model):
    """The bytes of an attachment, once, however many mails carry it."""

    sha256 = Maskinkode(max_length=64, unique=True)
    innhold = models.BinaryField(_("innhold"))

    objects = FilManager()

    class Meta:
        verbose_name = _("vedleggsfil")
        verbose_name_plural = _("vedleggsfiler")

    def __str__(self) -> str:
        return self.sha256[:12]


class Epostvedlegg(models.Model):
    """What goes with a mail: a paper, or a calendar entry that the mail program offers to take."""

    epost = models.ForeignKey(Epost, verbose_name=_("e-post"), on_delete=models.CASCADE, related_name="vedlegg")
    navn = Linje(_("navn"), max_length=120)
    type = Maskinkode(_("type"), max_length=80, help_text=_("Som i hodet på e-posten."))
    fil = models.ForeignKey(Vedleggsfil, verbose_name=_("fil"), on_delete=models.PROTECT, related_name="vedlegg")

    class Meta:
        verbose_name = _("vedlegg til e-post")
        verbose_name_plural = _("vedlegg til e-post")
        ordering = ["epost", "pk"]

    def __str__(self) -> str:
        return self.navn
