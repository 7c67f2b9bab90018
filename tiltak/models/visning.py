from typing import Self
from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext_lazy as _

from felles.felt import Innhold, Linje
from organisering.models import Person, Samarbeid, Vegget


class VisningQuerySet(Vegget):
    def for_person(self, person: Person) -> Self:
        """One's own, and those that are shared."""
        return self.filter(models.Q(person=person) | models.Q(delt=True))


class Visning(models.Model):
    """A view of the measures table that a person has named: filters, order and columns.

    It has no history: it is no fact of the plan, and changes nothing for anybody else.
    """

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.CASCADE, related_name="visninger"
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="visninger")
    navn = Linje(_("navn"), max_length=60)
    valg = Innhold(_("det som er valgt"), default=dict)
    delt = models.BooleanField(_("delt med alle"), default=False)

    objects = VisningQuerySet.as_manager()

    class Meta:
        verbose_name = _("visning")
        verbose_name_plural = _("visninger")
        ordering = ["navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["samarbeid", "person", "navn"],
                name="visning_navn_unikt",
                violation_error_message=_("Du har alt en visning med dette navnet."),
            )
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def adresse(self) -> str:
        """What stands behind «?» in the address of the table; the order is that of the form, not of the database."""
        return urlencode(sorted(self.valg.items()), doseq=True)
