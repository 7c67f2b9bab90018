"""Which pages there are: every named address of the URLconf, so that a new page is measured without being told of."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from moter.models import Mote, Sak, Vedtak
from organisering.models import Enhet, Gruppe, Samarbeid
from slt_portal.vegger import VEGG
from slt_portal.ytelse.roller import Sporrer
from tiltak.models import Handlingsplan, Planutgave, Tiltak

# What makes one of them more to show than another. The fullest is measured.
FULLEST = {
    "organisering.Gruppe": "moter",
    "organisering.Enhet": "ansvar",
    "tiltak.Tiltak": "statusmeldinger",
    "tiltak.Handlingsplan": "tiltak",
    "tiltak.Planutgave": "deler",
    "moter.Mote": "saker",
}


# What a number in an address opens, by the word before it. A page under a known word is measured by itself.
ORD: dict[str, type[Model]] = {
    "grupper": Gruppe,
    "enheter": Enhet,
    "tiltak": Tiltak,
    "planer": Handlingsplan,
    "utgaver": Planutgave,
    "moter": Mote,
    "saker": Sak,
    "vedtak": Vedtak,
}


@dataclass(frozen=True)
class Side:
    """A page as one address; `rute` is the pattern it has for everybody."""

    rute: str
    url: str


@dataclass(frozen=True)
class Adresse:
    """One named pattern of the URLconf."""

    navn: str
    rute: str
    argumenter: tuple[str, ...] | None  # None when the pattern is an expression that nobody can fill in
    modell: type[Model] | None  # what its page opens


def adresser(monstre: Iterable[Any] | None = None, rom: str = "", rute: str = "") -> Iterator[Adresse]:
    """Every named address but Django admin's."""
    for monster in get_resolver().url_patterns if monstre is None else monstre:
        sti, enkel = f"{rute}{monster.pattern}", isinstance(monster.pattern, RoutePattern)
        if isinstance(monster, URLResolver) and monster.namespace != "admin":
            navnerom = f"{rom}{monster.namespace}:" if monster.namespace else rom
            yield from adresser(monster.url_patterns, navnerom, sti)
        elif isinstance(monster, URLPattern) and monster.name:
            modell = ORD.get(sti.partition("/<int:pk>")[0].rpartition("/")[2])
            argumenter = tuple(_hull(sti)) if enkel or not monster.pattern.regex.groups else None
            yield Adresse(rom + monster.name, f"/{sti}", argumenter, modell)


def _hull(sti: str) -> Iterator[str]:
    """The names of what must be filled in: «<slug:slug>/grupper/<int:pk>/» gives slug, pk."""
    for del_ in sti.split("<")[1:]:
        yield del_.partition(">")[0].rpartition(":")[2]


def sider(sporrer: Sporrer, samarbeid: Samarbeid, pr: dt.date) -> tuple[list[Side], list[str]]:
    """The pages to ask for as this person, and the names of addresses that cannot be filled in."""
    funnet, uten = [], []
    for adresse in adresser():
        verdier = _verdier(adresse, sporrer, samarbeid, pr)
        if verdier is None:
            uten.append(adresse.navn)
        else:
            funnet.append(Side(adresse.rute, reverse(adresse.navn, kwargs=verdier)))
    return [*funnet, *_adminsider(sporrer, samarbeid)], uten


def _verdier(adresse: Adresse, sporrer: Sporrer, samarbeid: Samarbeid, pr: dt.date) -> dict[str, Any] | None:
    if adresse.argumenter is None or not {"slug", "pk"}.issuperset(adresse.argumenter):
        return None
    verdier: dict[str, Any] = {}
    if "slug" in adresse.argumenter:
        verdier["slug"] = samarbeid.slug
    if "pk" in adresse.argumenter:
        rad = _fullest(adresse.modell, sporrer, samarbeid, pr) if adresse.modell else None
        if rad is None:
            return None
        verdier["pk"] = rad.pk
    return verdier


def _fullest(modell: type[Model], sporrer: Sporrer, samarbeid: Samarbeid, pr: dt.date) -> Model | None:
    rader: Any = modell._default_manager.all()
    if not hasattr(rader, "synlig_for") or not _er_vegget(modell):
        return None
    rader = rader.filter(samarbeid=samarbeid)
    synlige = rader.synlig_for(sporrer.person, pr) if sporrer.person.is_authenticated else rader
    fullest = FULLEST.get(modell._meta.label)
    if fullest:
        synlige = synlige.annotate(mengde=Count(fullest)).order_by("-mengde", "-pk")
    rad: Model | None = synlige.first() or rader.first()
    return rad


def _er_vegget(modell: type[Model]) -> bool:
    return any(felt.name == VEGG and felt.many_to_one for felt in modell._meta.get_fields())


def _adminsider(sporrer: Sporrer, samarbeid: Samarbeid) -> Iterator[Side]:
    """Django admin as the coordinator has it: the list of each table, and one row."""
    if sporrer.rolle != "koordinator":
        return
    foresporsel = RequestFactory().get("/admin/")
    foresporsel.user = sporrer.person
    yield Side("/admin/", reverse("admin:index"))
    for modell, modelladmin in sorted(admin.site._registry.items(), key=lambda par: par[0]._meta.label):
        rot = f"admin:{modell._meta.app_label}_{modell._meta.model_name}"
        liste = reverse(f"{rot}_changelist")
        yield Side(liste, liste)
        rader: QuerySet[Any] = modelladmin.get_queryset(foresporsel)
        egne = rader.filter(samarbeid=samarbeid) if _er_vegget(modell) else rader
        rad = egne.order_by("-pk").first()
        if rad is not None:
            yield Side(f"{liste}<pk>/change/", reverse(f"{rot}_change", args=[rad.pk]))
