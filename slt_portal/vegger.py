"""Finds rows whose relations cross the wall between two Samarbeid. Nothing should; only the database can tell."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.db.models import F

VEGG = "samarbeid"
EGNE_APPER = ("slt_portal", "moter", "tiltak", "organisering", "varsling", "felles")


def egne_modeller() -> list[type[models.Model]]:
    """Every model of the portal's own, with the tables behind many-to-many relations and the historical ones."""
    return [modell for app in EGNE_APPER for modell in apps.get_app_config(app).get_models(include_auto_created=True)]


def relasjoner(modeller: Iterable[type[models.Model]]) -> Iterator[tuple[type[models.Model], str, str]]:
    """(model, path to one Samarbeid, path to the other) for every relation whose two ends both carry one."""
    for modell in modeller:
        pekere = [
            (felt.name, _vei_til_samarbeid(felt.related_model))
            for felt in modell._meta.get_fields()
            if isinstance(felt, models.ForeignKey) and felt.name != VEGG and isinstance(felt.related_model, type)
        ]
        veier = [f"{navn}__{vei}" for navn, vei in pekere if vei]
        if _baerer(modell):
            yield from ((modell, VEGG, vei) for vei in veier)
        elif modell._meta.auto_created and len(veier) == 2:
            yield modell, veier[0], veier[1]


def _baerer(modell: type[models.Model]) -> bool:
    return any(felt.name == VEGG and isinstance(felt, models.ForeignKey) for felt in modell._meta.get_fields())


def _vei_til_samarbeid(modell: type[models.Model]) -> str | None:
    if modell._meta.label == "organisering.Samarbeid":
        return "pk"
    return f"{VEGG}_id" if _baerer(modell) else None


def rader_over_veggen(modeller: Iterable[type[models.Model]] | None = None) -> list[str]:
    """A line for each row and relation where the two ends carry different Samarbeid. One query a relation."""
    linjer = []
    for modell, her, der in relasjoner(egne_modeller() if modeller is None else modeller):
        her_id = f"{her}_id" if her == VEGG else her
        begge = modell._base_manager.filter(**{f"{her_id}__isnull": False, f"{der}__isnull": False})
        rader = begge.exclude(**{her_id: F(der)}).values_list("pk", her_id, der)
        linjer += [
            f"{modell._meta.label} {pk}: samarbeid {den_ene}, men {der.rsplit('__', 1)[0]} hører til {den_andre}"
            for pk, den_ene, den_andre in rader
        ]
    return linjer
