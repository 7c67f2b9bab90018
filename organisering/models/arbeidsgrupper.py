"""A working group before it is born: the proposal, and those who are asked to sit in it."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.felt import Linje, Tekst
from felles.modeller import Historie
from organisering.models.grupper import Gruppe
from organisering.models.personer import Person
from organisering.models.regler import Fullmakt
from organisering.models.samarbeid import Samarbeid
from organisering.models.vegg import Vegget


class ForslagQuerySet(Vegget):
    def apne(self) -> Self:
        """Those that are not settled yet."""
        return self.filter(utfall="")


class Gruppeforslag(models.Model):
    """A group proposes a working group. Settled, it is a fact: the working group that was made, or why it was not."""

    class Utfall(models.TextChoices):
        OPPRETTET = "opprettet", _("Opprettet")
        AVSLATT = "avslatt", _("Ikke vedtatt")
        TRUKKET = "trukket", _("Trukket")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="gruppeforslag"
    )
    gruppe = models.ForeignKey(
        Gruppe, verbose_name=_("foreslått av"), on_delete=models.PROTECT, related_name="gruppeforslag"
    )
    navn = Linje(_("navn"), max_length=160)
    oppgave = Tekst(_("oppgave"), blank=True, help_text=_("Hva gruppa skal gjøre, og når den er ferdig."))
    fullmakt = models.ForeignKey(
        Fullmakt,
        verbose_name=_("regelen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="gruppeforslag",
        help_text=_("Fullmakten forslaget følger. Tomt når ingen regel sier hvordan."),
    )
    foreslatt = models.DateTimeField(_("foreslått"))
    foreslatt_av = models.ForeignKey(
        Person, verbose_name=_("foreslått av"), null=True, on_delete=models.SET_NULL, related_name="gruppeforslag"
    )
    tilradd = models.DateField(_("tilrådd"), null=True, blank=True)
    avgjort = models.DateField(_("avgjort"), null=True, blank=True)
    utfall = models.CharField(_("utfall"), max_length=20, choices=Utfall.choices, blank=True)
    grunn = Tekst(_("grunn"), blank=True)
    arbeidsgruppe = models.OneToOneField(
        Gruppe,
        verbose_name=_("arbeidsgruppa"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="forslaget",
    )

    history = Historie()
    objects = ForslagQuerySet.as_manager()

    class Meta:
        verbose_name = _("forslag til arbeidsgruppe")
        verbose_name_plural = _("forslag til arbeidsgrupper")
        ordering = ["-foreslatt", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="gruppeforslag_avgjort_har_utfall",
                condition=models.Q(utfall="", avgjort__isnull=True)
                | (~models.Q(utfall="") & models.Q(avgjort__isnull=False)),
                violation_error_message=_("Et forslag som er avgjort, har et utfall og en dato."),
            ),
            models.CheckConstraint(
                name="gruppeforslag_opprettet_har_gruppe",
                condition=models.Q(utfall="opprettet", arbeidsgruppe__isnull=False)
                | (~models.Q(utfall="opprettet") & models.Q(arbeidsgruppe__isnull=True)),
                violation_error_message=_("Bare et forslag som er vedtatt, har blitt en arbeidsgruppe."),
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    def get_absolute_url(self) -> str:
        return reverse("moter:forslag", args=[self.samarbeid.slug, self.pk])

    @property
    def er_apent(self) -> bool:
        """Agrees with the queryset's `apne`."""
        return not self.utfall


class ForesporselQuerySet(Vegget):
    def ubesvarte(self) -> Self:
        """Those that wait for an answer, of proposals that are not settled."""
        return self.filter(svar="", forslag__utfall="")


class Foresporsel(models.Model):
    """A proposed member is asked, and answers yes or no."""

    class Svar(models.TextChoices):
        JA = "ja", _("Ja")
        NEI = "nei", _("Nei")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="foresporsler"
    )
    forslag = models.ForeignKey(
        Gruppeforslag, verbose_name=_("forslag"), on_delete=models.CASCADE, related_name="foresporsler"
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="foresporsler")
    spurt = models.DateTimeField(_("spurt"))
    svar = models.CharField(_("svar"), max_length=5, choices=Svar.choices, blank=True)
    svart = models.DateTimeField(_("svart"), null=True, blank=True)
    fort_av = models.ForeignKey(
        Person,
        verbose_name=_("ført av"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="forte_foresporsler",
        help_text=_("Den som førte et svar som ble gitt muntlig."),
    )

    history = Historie()
    objects = ForesporselQuerySet.as_manager()

    class Meta:
        verbose_name = _("forespørsel")
        verbose_name_plural = _("forespørsler")
        ordering = ["person__navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forslag", "person"],
                name="foresporsel_en_gang",
                violation_error_message=_("Personen er alt spurt."),
            ),
            models.CheckConstraint(
                name="foresporsel_svar_har_tid",
                condition=models.Q(svar="", svart__isnull=True) | (~models.Q(svar="") & models.Q(svart__isnull=False)),
                violation_error_message=_("Et svar har et tidspunkt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.forslag}"

    def get_absolute_url(self) -> str:
        return reverse("moter:foresporsel", args=[self.samarbeid.slug, self.pk])
