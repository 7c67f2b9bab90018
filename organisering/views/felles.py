"""The frame of every inner page of a Samarbeid."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import ContextMixin, View

from felles.forberedt import forberedt
from felles.tid import i_dag
from organisering.models import Person, Samarbeid, TidligereSlug
from organisering.rules import Tilgang, tilgang

Rad = TypeVar("Rad")


@dataclass(frozen=True)
class Menyvalg:
    """One text link of the menu."""

    navn: str | Promise
    url: str
    valgt: bool = False
    antall: int | None = None


def _alle(_har: Tilgang) -> bool:
    return True


def _koordinator(har: Tilgang) -> bool:
    return har.er_koordinator


def _ikke_koordinator(har: Tilgang) -> bool:
    return not har.er_koordinator


def _i_gruppe(har: Tilgang) -> bool:
    return har.er_koordinator or bool(har.grupper_som_medlem or har.grupper_med_verv)


def _far_varsler(har: Tilgang) -> bool:
    return _i_gruppe(har) or har.er_kontakt


def _ser_penger(har: Tilgang) -> bool:
    return _i_gruppe(har) or har.er_leser


def _administrerer(har: Tilgang) -> bool:
    return har.er_koordinator or har.er_administrator


# Key, URL name, words, and for whom the link works. The order is the house's.
MENY: tuple[tuple[str, str, str | Promise, Callable[[Tilgang], bool]], ...] = (
    ("min_side", "min_side", _("Min side"), _ikke_koordinator),
    ("oversikt", "oversikt", _("Oversikt"), _koordinator),
    ("tiltak", "tiltak:liste", _("Tiltak"), _alle),
    ("moter", "moter:liste", _("Møter"), _i_gruppe),
    ("vedtak", "moter:vedtak_liste", _("Vedtak og penger"), _ser_penger),
    ("grupper", "organisering:gruppe_liste", _("Grupper"), _alle),
    ("planer", "tiltak:plan_liste", _("Handlingsplan"), _alle),
    ("arshjul", "arshjul", _("Årshjul"), _alle),
    ("enheter", "organisering:enhet_liste", _("Enheter"), _alle),
    ("varsler", "varsler", _("Varsler"), _far_varsler),
    ("oppsett", "organisering:oppsett", _("Oppsett"), _koordinator),
    ("invitasjoner", "organisering:invitasjon_liste", _("Inviter"), _administrerer),
    ("admin", "admin:index", _("Medlemmer og roller"), _administrerer),
)
UTEN_SLUG = {"min_side", "admin"}


def en_eller_404(rader: Sequence[Rad]) -> Rad:
    """The one row that was asked for. Raises Http404 without it."""
    if not rader:
        raise Http404
    return rader[0]


@forberedt
def med_slug(slug: str) -> QuerySet[Samarbeid]:
    """The one Samarbeid whose address this is, if any."""
    return Samarbeid.objects.select_related("etterfolger").filter(slug=slug).order_by()


def finn_samarbeid(request: HttpRequest, slug: str) -> Samarbeid | HttpResponsePermanentRedirect:
    """The Samarbeid at this address, or a redirect when the address is an earlier one. Raises Http404 for neither."""
    i_adressen: Samarbeid | None = getattr(request, "samarbeid_i_adressen", None)  # found already, for its language
    samarbeid = i_adressen or next(iter(med_slug(slug)), None)
    if samarbeid is not None:
        return samarbeid
    tidligere = TidligereSlug.objects.select_related("samarbeid").filter(slug=slug).first()
    if tidligere is None:
        raise Http404
    ny = request.get_full_path().replace(f"/{slug}/", f"/{tidligere.samarbeid.slug}/", 1)
    return HttpResponsePermanentRedirect(ny)


def meny(har: Tilgang, slug: str, valgt: str) -> list[Menyvalg]:
    """The links that work for this visitor, in the house's order."""
    return [
        Menyvalg(tittel, reverse(navn, args=[] if nokkel in UTEN_SLUG else [slug]), nokkel == valgt)
        for nokkel, navn, tittel, gjelder in MENY
        if gjelder(har)
    ]


class Samarbeidsside(ContextMixin, View):
    """Finds the Samarbeid, asks who is visiting, and answers 404 to those who do not belong to it."""

    menyvalg = ""
    samarbeid: Samarbeid
    tilgang: Tilgang
    pr: dt.date

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Logged out goes to the login; an old slug to today's; a stranger gets 404."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        funnet = finn_samarbeid(request, kwargs["slug"])
        if not isinstance(funnet, Samarbeid):
            return funnet
        self.pr = i_dag()
        self.samarbeid = funnet
        self.tilgang = tilgang(request.user, self.samarbeid, self.pr)
        if not self.tilgang.horer_til:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the frame of the page shows."""
        return super().get_context_data(
            samarbeid=self.samarbeid,
            tilgang=self.tilgang,
            pr=self.pr,
            meny=meny(self.tilgang, self.samarbeid.slug, self.menyvalg),
            **kwargs,
        )


class Egenside(LoginRequiredMixin, ContextMixin, View):
    """A page about the visitor. Who belongs to one Samarbeid keeps its menu; who belongs to several has none."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the one Samarbeid and its menu, if there is one."""
        person, pr = self.request.user, i_dag()
        assert isinstance(person, Person)
        mine = Samarbeid.objects.synlig_for(person, pr)[:2]
        if len(mine) == 1:
            kwargs |= {"samarbeid": mine[0], "meny": meny(tilgang(person, mine[0], pr), mine[0].slug, "")}
        return super().get_context_data(**kwargs)
