"""A group, its seats, mandate, offices and rules are written here."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisering.forms.grupper import Gruppeskjema, Mandatskjema, Plasskjema, Vervskjema
from organisering.forms.regler import Fullmaktskjema, Kravskjema, Regelskjema
from organisering.models import Fullmakt, Gruppe, Mandatpunkt, Motekrav, Plass, Verv
from organisering.rules.tilgang import kan_administrere
from organisering.services import avlos
from organisering.views.redigering import IGruppe, Listeside, Radside


class Gruppearbeid(Radside):
    """The group itself."""

    menyvalg = "grupper"
    modell = Gruppe
    form_class = Gruppeskjema
    ny, endre, lagret = _("Ny gruppe"), _("Rediger gruppa"), _("Gruppa er lagret.")
    ingress = _("Fyll ut det dere vet. Resten kan vente.")

    @property
    def tilbake(self) -> str:
        return str(self.rad.get_absolute_url()) if self.rad.pk else self.etter_sletting

    @property
    def etter_sletting(self) -> str:
        return reverse("organisering:gruppe_liste", args=[self.samarbeid.slug])

    @property
    def sted(self) -> str:
        return str(self.rad) if self.rad.pk else str(_("Grupper"))


class Plassarbeid(IGruppe):
    modell = Plass
    form_class = Plasskjema
    kan = staticmethod(kan_administrere)
    ny, endre, lagret = _("Ny plass"), _("Rediger plassen"), _("Plassen er lagret.")
    ingress = _("En plass er en stol i gruppa. Den blir stående når en ny person tar over.")


class Regelarbeid(IGruppe):
    """A rule, with the sentence that shows how the portal will read it."""

    template_name = "organisering/regel_skjema.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.setdefault("form", self.get_form())
        kwargs.setdefault("lest", form.setning() if self.rad.pk and not form.is_bound else "")
        return super().get_context_data(**kwargs)

    def form_valid(self, form: Regelskjema[Any]) -> HttpResponse:
        if "vis" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, lest=form.setning()))
        return super().form_valid(form)

    def lagre(self, form: Regelskjema[Any]) -> Any:
        fra = form.avloses_fra
        return avlos(form.instance, fra=fra) if fra is not None else form.save()


class Kravarbeid(Regelarbeid):
    modell = Motekrav
    form_class = Kravskjema
    ny, endre, lagret = _("Hvor ofte gruppa skal møtes"), _("Endre regelen om møter"), _("Regelen er lagret.")


class Fullmaktarbeid(Regelarbeid):
    """What the group, or one of its seats, may decide."""

    modell = Fullmakt
    form_class = Fullmaktskjema
    ny, endre, lagret = _("Hva gruppa kan vedta"), _("Endre fullmakten"), _("Fullmakten er lagret.")

    @property
    def gruppa(self) -> Any:
        rad = self.rad
        return rad.gruppe or (rad.plass.gruppe if rad.plass else None)

    @property
    def tilbake(self) -> str:
        gruppe = self.gruppa
        if gruppe is None:  # of a coordinator's post
            return reverse("organisering:oppsett", args=[self.samarbeid.slug])
        return reverse("organisering:gruppe", args=[self.samarbeid.slug, gruppe.pk])

    @property
    def sted(self) -> str:
        return str(self.gruppa or _("Oppsett"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "gruppe": self.gruppa}


class IGruppeliste(Listeside):
    """Parts of a group."""

    menyvalg = "grupper"
    modell = Gruppe

    @property
    def tilbake(self) -> str:
        return str(self.rad.get_absolute_url())

    @property
    def sted(self) -> str:
        return str(self.rad)


class Mandatliste(IGruppeliste):
    del_, radskjema = Mandatpunkt, Mandatskjema
    ny = endre = _("Mandatet")
    lagret, knapp = _("Mandatet er lagret."), _("Lagre mandatet")
    radnavn, ny_rad = _("Punkt"), _("Nytt punkt")
    ingress = _("Ordrett slik mandatet er vedtatt, ett punkt om gangen.")


class Vervliste(IGruppeliste):
    """Leader, deputy, secretary and convener."""

    del_, radskjema = Verv, Vervskjema
    ny = endre = _("Verv")
    lagret, knapp = _("Vervene er lagret."), _("Lagre vervene")
    radnavn, ny_rad = _("Verv"), _("Nytt verv")
    ingress = _("Hvem som leder, kaller inn og skriver referat.")

    def egne(self) -> dict[str, Any]:
        return {"gruppe": self.rad}
