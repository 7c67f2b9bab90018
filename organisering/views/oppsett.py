"""Units, the Samarbeid itself, its levels and sources, and the coordinator's post are written here."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisering.forms.enheter import Enhetsskjema, Kontaktskjema
from organisering.forms.samarbeid import (
    Kildeskjema,
    Nivaskjema,
    Oppgaveskjema,
    Postskjema,
    Samarbeidsskjema,
)
from organisering.models import Enhet, Enhetskontakt, Kilde, Koordinatorpost, Niva, Postoppgave
from organisering.rules.tilgang import kan_administrere
from organisering.services import lagre_enhet
from organisering.views.redigering import Listeside, Radside


class Enhetsarbeid(Radside):
    """The unit itself."""

    menyvalg = "enheter"
    modell = Enhet
    form_class = Enhetsskjema
    kan = staticmethod(kan_administrere)
    ny, endre, lagret = _("Ny enhet"), _("Rediger enheten"), _("Enheten er lagret.")
    ingress = _("En enhet svarer for tiltak. Kontakten i den blir spurt hvordan det går.")

    @property
    def tilbake(self) -> str:
        return str(self.rad.get_absolute_url()) if self.rad.pk else self.etter_sletting

    @property
    def etter_sletting(self) -> str:
        return reverse("organisering:enhet_liste", args=[self.samarbeid.slug])

    @property
    def sted(self) -> str:
        return str(self.rad) if self.rad.pk else str(_("Enheter"))

    def lagre(self, form: Enhetsskjema) -> Enhet:
        return lagre_enhet(form.instance, aliaser=form.cleaned_data["aliaser"].splitlines())


class Kontaktliste(Listeside):
    """Who is asked in a unit."""

    menyvalg = "enheter"
    modell, del_, radskjema = Enhet, Enhetskontakt, Kontaktskjema
    kan = staticmethod(kan_administrere)
    ny = endre = _("Kontakter")
    lagret, knapp = _("Kontaktene er lagret."), _("Lagre kontaktene")
    radnavn, ny_rad = _("Kontakt"), _("Ny kontakt")
    ingress = _("De som står her, får spørsmålene om tiltakene enheten svarer for.")

    @property
    def tilbake(self) -> str:
        return str(self.rad.get_absolute_url())

    @property
    def sted(self) -> str:
        return str(self.rad)


class Oppsett(Radside):
    """The Samarbeid's own settings, with the way to what else is set up once."""

    menyvalg = "oppsett"
    template_name = "organisering/oppsett.html"
    form_class = Samarbeidsskjema
    ny = endre = _("Oppsett")
    lagret = _("Oppsettet er lagret.")
    kan_slettes = False

    @property
    def rad(self) -> Any:
        self.krev()
        return self.samarbeid

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        poster = Koordinatorpost.objects.filter(samarbeid=self.samarbeid)
        return super().get_context_data(
            nivaer=list(self.samarbeid.nivaer.all()),
            kilder=list(self.samarbeid.kilder.all()),
            poster=[(post, post.til is not None and post.til < self.pr) for post in poster],
            **kwargs,
        )


class Oppsettliste(Listeside):
    """Parts of the Samarbeid."""

    menyvalg = "oppsett"

    @property
    def rad(self) -> Any:
        self.krev()
        return self.samarbeid


class Nivaliste(Oppsettliste):
    del_, radskjema = Niva, Nivaskjema
    ny = endre = _("Nivåene")
    lagret, knapp = _("Nivåene er lagret."), _("Lagre nivåene")
    radnavn, ny_rad = _("Nivå"), _("Nytt nivå")
    ingress = _("Nivåene sier hvilke grupper som styrer, hvilke som koordinerer, og hvilke som utfører.")


class Kildeliste(Oppsettliste):
    del_, radskjema = Kilde, Kildeskjema
    ny = endre = _("Kildene")
    lagret, knapp = _("Kildene er lagret."), _("Lagre kildene")
    radnavn, ny_rad = _("Kilde"), _("Ny kilde")
    ingress = _("Planene og dokumentene som reglene deres er hentet fra.")


class Postarbeid(Radside):
    """The coordinator's post."""

    menyvalg = "oppsett"
    modell = Koordinatorpost
    form_class = Postskjema
    ny, endre, lagret = _("Ny koordinatorstilling"), _("Rediger stillingen"), _("Stillingen er lagret.")
    ingress = _(
        "Stillingen blir stående når en ny person tar over. Offentlig e-post og telefon står på den åpne siden."
    )


class Oppgaveliste(Listeside):
    """What the post does, in order."""

    menyvalg = "oppsett"
    modell, del_, radskjema = Koordinatorpost, Postoppgave, Oppgaveskjema
    ny = endre = _("Oppgavene i stillingen")
    lagret, knapp = _("Oppgavene er lagret."), _("Lagre oppgavene")
    radnavn, ny_rad = _("Oppgave"), _("Ny oppgave")
    ingress = _("Det den som har stillingen, skal gjøre.")
