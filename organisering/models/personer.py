import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Lower
from django.utils.translation import gettext_lazy as _

from felles.felt import Epostadresse, Linje, Maskinkode, Tekst
from felles.forberedt import forberedt
from felles.modeller import Historie, Kildebelagt, Periode, periode_i_orden
from organisering.models.samarbeid import Samarbeid
from organisering.models.vegg import Vegget, VeggetPeriode

if TYPE_CHECKING:
    from organisering.models.vegg import Besokende

MEDLEM, VERV, KONTAKT = "medlem", "verv", "kontakt"


class Tilknytning(NamedTuple):
    """One thing that ties a person to a Samarbeid: a role's name, «medlem», «verv» or «kontakt»; group 0 when none."""

    samarbeid_id: int
    slag: str
    gruppe_id: int


def rens_epost(epost: str | None) -> str | None:
    """The one form an address is kept in: trimmed, lower case, and NULL when empty."""
    return (epost or "").strip().lower() or None


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> "PersonQuerySet":
        return PersonQuerySet(self.model, using=self._db)

    def synlig_for(self, person: "Besokende", pr: dt.date) -> "PersonQuerySet":
        return self.get_queryset().synlig_for(person, pr)

    def create_user(self, epost: str | None, password: str | None = None, **felter: Any) -> "Person":
        """A new person; without a password one that can never log in."""
        person = self.model(epost=rens_epost(epost), **felter)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, epost: str, password: str | None = None, **felter: Any) -> "Person":
        return self.create_user(epost, password, is_superuser=True, **felter)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(epost=rens_epost(username))


class PersonQuerySet(models.QuerySet["Person"]):
    def i_samarbeid(self, samarbeid_ider: Iterable[int]) -> Self:
        """People with a role, a seat or a unit in one of the given Samarbeid, now or before."""
        ider = list(samarbeid_ider)
        koblinger = ("Rolletildeling", "Medlemskap", "Enhetskontakt")
        treff = models.Q(pk__in=[])
        for modell in koblinger:
            rader = apps.get_model("organisering", modell)._default_manager.filter(samarbeid__in=ider)
            treff |= models.Q(pk__in=rader.values("person"))
        return self.filter(treff)

    def synlig_for(self, person: "Besokende", pr: dt.date) -> Self:
        """People one shares a Samarbeid with."""
        if not person.is_authenticated:
            return self.none()
        if person.is_superuser:
            return self
        return self.i_samarbeid(person.samarbeid_ider(pr)) | self.filter(pk=person.pk)


class Person(AbstractBaseUser):
    """One human, one row, also across several Samarbeid. One who never logs in has an unusable password."""

    class Sprak(models.TextChoices):
        BOKMAL = "nb", _("Bokmål")
        NYNORSK = "nn", _("Nynorsk")

    navn = Linje(_("navn"), max_length=120)
    epost = Epostadresse(
        _("e-post"),
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("Adressen tilhører en annen person.")},
    )
    telefon = Linje(_("telefon"), max_length=40, blank=True)
    stilling = Linje(_("stilling"), max_length=120, blank=True)
    sprak = models.CharField(
        _("språk"), max_length=2, choices=Sprak.choices, blank=True, help_text=_("Tomt betyr samarbeidets målform.")
    )
    is_active = models.BooleanField(_("kan logge inn"), default=True)
    is_superuser = models.BooleanField(_("driver installasjonen"), default=False)
    opprettet = models.DateTimeField(_("opprettet"), auto_now_add=True)

    history = Historie(excluded_fields=["epost", "telefon", "password", "last_login"])
    objects = PersonManager()

    USERNAME_FIELD = "epost"
    EMAIL_FIELD = "epost"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["navn"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ["navn", "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_epost_sma_bokstaver",
                condition=models.Q(epost__isnull=True) | models.Q(epost=Lower("epost")),
                violation_error_message=_("E-postadressen må skrives med små bokstaver."),
            ),
            models.CheckConstraint(
                name="person_epost_ikke_tom",
                condition=models.Q(epost__isnull=True) | ~models.Q(epost=""),
                violation_error_message=_("En person uten e-post har ingen adresse."),
            ),
        ]

    def __str__(self) -> str:
        return self.navn or self.epost or str(_("Uten navn"))

    def clean(self) -> None:
        self.epost = rens_epost(self.epost)

    def get_full_name(self) -> str:
        return self.navn

    def get_short_name(self) -> str:
        return self.navn

    def tilknytninger(self, pr: dt.date) -> frozenset[Tilknytning]:
        """Every role, seat, office and unit that opens doors on the day `pr`; one query, kept for the object's life."""
        lager: dict[dt.date, frozenset[Tilknytning]] = self.__dict__.setdefault("_tilknytninger", {})
        if pr not in lager:
            lager[pr] = frozenset(Tilknytning(*rad) for rad in _tilknytninger(self.pk, pr))
        return lager[pr]

    def samarbeid_ider(self, pr: dt.date) -> frozenset[int]:
        """The Samarbeid this person belongs to on the day `pr`."""
        return frozenset(t.samarbeid_id for t in self.tilknytninger(pr))

    def koordinator_i(self, pr: dt.date) -> frozenset[int]:
        """The Samarbeid this person coordinates on the day `pr`."""
        return frozenset(t.samarbeid_id for t in self.tilknytninger(pr) if t.slag == Rolletildeling.Rolle.KOORDINATOR)

    def gruppe_ider(self, pr: dt.date) -> frozenset[int]:
        """The groups whose papers this person may read on the day `pr`, by seat or office."""
        return frozenset(t.gruppe_id for t in self.tilknytninger(pr) if t.slag in {MEDLEM, VERV})


@forberedt
def _tilknytninger(person: int, pr: dt.date) -> models.QuerySet[Any, tuple[int, str, int]]:
    def rader(rader: models.QuerySet[Any], slag: Any, gruppe: Any) -> models.QuerySet[Any, Any]:
        uten_rekkefolge: models.QuerySet[Any] = rader.order_by().annotate(_slag=slag, _gruppe=gruppe)
        return uten_rekkefolge.values_list("samarbeid_id", "_slag", "_gruppe")

    def egne(modell: str) -> Any:
        return apps.get_model("organisering", modell)._default_manager

    ingen = Value(0, output_field=models.BigIntegerField())
    medlemskap = egne("Medlemskap").filter(person=person).gir_tilgang(pr)
    enheter = egne("Enhetskontakt").filter(person=person).aktive(pr)
    roller = egne("Rolletildeling").filter(person=person).aktive(pr)
    verv = (
        egne("Verv")
        .aktive(pr)
        .filter(
            models.Q(plass__in=medlemskap.values("plass"))
            | models.Q(enhet__in=enheter.values("enhet"))
            | models.Q(koordinatorpost__in=roller.filter(koordinatorpost__isnull=False).values("koordinatorpost"))
        )
    )
    return rader(roller, Cast("rolle", models.CharField()), ingen).union(
        rader(medlemskap, Value(MEDLEM), F("plass__gruppe_id")),
        rader(enheter, Value(KONTAKT), ingen),
        rader(verv, Value(VERV), F("gruppe_id")),
    )


class Rolletildeling(Periode):
    """A role in a Samarbeid, from–to. A koordinator may fill a named post."""

    class Rolle(models.TextChoices):
        KOORDINATOR = "koordinator", _("Koordinator")
        ADMINISTRATOR = "administrator", _("Administrator")
        LESER = "leser", _("Leser")

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="roller"
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="roller")
    rolle = models.CharField(_("rolle"), max_length=20, choices=Rolle.choices)
    koordinatorpost = models.ForeignKey(
        "organisering.Koordinatorpost",
        verbose_name=_("koordinatorpost"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tildelinger",
        help_text=_("Stillingen rollen fyller, hvis den gjelder en."),
    )

    history = Historie()
    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")
        ordering = ["samarbeid", "rolle", "person__navn", "pk"]
        constraints = [
            periode_i_orden("rolletildeling_periode"),
            models.UniqueConstraint(
                fields=["samarbeid", "person", "rolle"],
                condition=models.Q(til__isnull=True, koordinatorpost__isnull=True),
                name="rolletildeling_en_apen",
                violation_error_message=_("Personen har alt denne rollen."),
            ),
            models.CheckConstraint(
                name="rolletildeling_post_bare_koordinator",
                condition=models.Q(koordinatorpost__isnull=True) | models.Q(rolle="koordinator"),
                violation_error_message=_("Bare en koordinator kan fylle en koordinatorpost."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_rolle_display().lower()}"


class Koordinatorpost(Kildebelagt, Periode):
    """The coordinator's post. Filled by a Rolletildeling, or visibly vacant."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="koordinatorposter"
    )
    tittel = Linje(_("tittel"), max_length=120, default="SLT-koordinator")
    prosent = models.PositiveSmallIntegerField(_("stillingsprosent"), null=True, blank=True)
    plassering = Linje(
        _("plassering"), max_length=200, blank=True, help_text=_("Hvor i kommunen stillingen hører til.")
    )
    enhet = models.ForeignKey(
        "organisering.Enhet",
        verbose_name=_("enhet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="koordinatorposter",
    )
    offentlig_epost = Epostadresse(_("offentlig e-post"), blank=True)
    offentlig_telefon = Linje(_("offentlig telefon"), max_length=40, blank=True)
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = Historie(excluded_fields=["offentlig_epost", "offentlig_telefon"])
    objects = VeggetPeriode.as_manager()

    class Meta:
        verbose_name = _("koordinatorpost")
        verbose_name_plural = _("koordinatorposter")
        ordering = ["rekkefolge", "pk"]
        constraints = [
            periode_i_orden("koordinatorpost_periode"),
            models.CheckConstraint(
                name="koordinatorpost_prosent",
                condition=models.Q(prosent__isnull=True) | models.Q(prosent__gte=1, prosent__lte=100),
                violation_error_message=_("Stillingsprosenten må være mellom 1 og 100."),
            ),
        ]

    def __str__(self) -> str:
        return self.tittel


class Postoppgave(models.Model):
    """One ordered task of a coordinator's post, word for word."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="postoppgaver"
    )
    koordinatorpost = models.ForeignKey(
        Koordinatorpost, verbose_name=_("koordinatorpost"), on_delete=models.CASCADE, related_name="oppgaver"
    )
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    tekst = Tekst(_("oppgave"))

    history = Historie()
    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("oppgave")
        verbose_name_plural = _("oppgaver")
        ordering = ["koordinatorpost", "rekkefolge", "pk"]

    def __str__(self) -> str:
        return self.tekst


class Invitasjon(models.Model):
    """An address is asked to take a role or a seat. Nothing shows before the person accepts."""

    samarbeid = models.ForeignKey(
        Samarbeid, verbose_name=_("samarbeid"), on_delete=models.PROTECT, related_name="invitasjoner"
    )
    epost = Epostadresse(_("e-post"))
    rolle = models.CharField(_("rolle"), max_length=20, choices=Rolletildeling.Rolle.choices, blank=True)
    plass = models.ForeignKey(
        "organisering.Plass",
        verbose_name=_("plass"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitasjoner",
    )
    invitert_av = models.ForeignKey(
        Person, verbose_name=_("invitert av"), null=True, on_delete=models.SET_NULL, related_name="sendte_invitasjoner"
    )
    nokkel_hash = Maskinkode(max_length=64, unique=True, editable=False)
    sendt = models.DateTimeField(_("sendt"))
    utloper = models.DateTimeField(_("utløper"))
    besvart = models.DateTimeField(_("besvart"), null=True, blank=True)
    trukket = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invitasjoner",
        help_text=_("Den som sa ja."),
    )

    objects = Vegget.as_manager()

    class Meta:
        verbose_name = _("invitasjon")
        verbose_name_plural = _("invitasjoner")
        ordering = ["-sendt", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="invitasjon_rolle_eller_plass",
                condition=models.Q(rolle="", plass__isnull=False)
                | (~models.Q(rolle="") & models.Q(plass__isnull=True)),
                violation_error_message=_("Velg enten en rolle eller en plass."),
            )
        ]

    def __str__(self) -> str:
        return self.epost
