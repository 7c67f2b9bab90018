"""Makes rows from a data file. The file's words are those of the models, so that a new municipality is a new file."""

import tomllib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist

from felles.unntak import Regelbrudd
from organisering.models import Kilde, Samarbeid

MAPPE = Path(__file__).parent
APPER = ("organisering", "tiltak", "moter")
MODELLER: dict[str, type[Any]] = {
    str(m._meta.model_name): m for a in APPER for m in apps.get_app_config(a).get_models()
}

# What a row is called where another row names it; within one Samarbeid.
NATURLIG: dict[str, tuple[str, ...]] = {
    "plass": ("gruppe__navn", "tittel"),
    "tiltak": ("nummer",),
    "ansvar": ("tiltak__nummer", "kildeord"),
    "koordinatorpost": ("tittel",),
    "kilde": ("tittel",),
}
# The field that a bare text in a list of children is.
HOVEDFELT = {"mandatpunkt": "ordlyd", "postoppgave": "tekst", "delpunkt": "tekst", "enhetsalias": "navn"}


def les(mappe: str) -> dict[str, dict[str, Any]]:
    """The data files of a folder: slug → content, in alphabetical order."""
    return {fil.stem: les_fil(f"{mappe}/{fil.stem}") for fil in sorted((MAPPE / mappe).glob("*.toml"))}


def les_fil(navn: str) -> dict[str, Any]:
    """One data file."""
    return tomllib.loads((MAPPE / f"{navn}.toml").read_text(encoding="utf-8"))


class Laster:
    """Adds rows to one Samarbeid. It only adds: what stands is never looked at again, and never changed."""

    def __init__(self, samarbeid: Samarbeid, *, grunn: str, faste: dict[str, Any] | None = None) -> None:
        self.samarbeid = samarbeid
        self.grunn = grunn  # stands in the history of each row
        self.faste = faste or {}
        self.kilde: Kilde | None = None

    def dokument(self, innhold: dict[str, list[Any]]) -> None:
        """Every row of a file, from the top. Raises KeyError for a model that is not there."""
        for navn, rader in innhold.items():
            self.rader(MODELLER[navn], rader)

    def rader(self, modell: type[Any], rader: list[Any], **arvet: Any) -> None:
        for nummer, rad in enumerate(rader, start=1):
            self.rad(modell, rad, rekkefolge=nummer, **arvet)

    def rad(self, modell: type[Any], rad: Any, **arvet: Any) -> Any:
        """One row with its children. Raises ValidationError when a rule of the model says no."""
        oppgitt = rad if isinstance(rad, dict) else {HOVEDFELT[modell._meta.model_name]: rad}
        verdier = self._kjente(modell, {"samarbeid": self.samarbeid} | self.faste | arvet) | oppgitt
        felter, mange, barn = self._sorter(modell, verdier)
        ny = modell(**felter)
        if "kildested" in felter and ny.kilde is None:
            ny.kilde = self.kilde
        ny.full_clean()
        ny._change_reason = self.grunn
        ny.save()
        for navn, parter in mange.items():
            getattr(ny, navn).set(parter)
        if isinstance(ny, Kilde):
            self.kilde = self.kilde or ny
        for relasjon, underrader in barn:
            sted = {"kildested": felter["kildested"]} if "kildested" in felter else {}
            self.rader(relasjon.related_model, underrader, **{relasjon.field.name: ny}, **sted)
        return ny

    def finn(self, modell: type[Any], navn: Any) -> Any:
        """The row that a file calls `navn`. Raises Regelbrudd when it is not there, or is there twice."""
        deler = navn if isinstance(navn, list) else [navn]
        spor = dict(zip(NATURLIG.get(str(modell._meta.model_name), ("navn",)), deler, strict=True))
        try:
            return modell._default_manager.get(samarbeid=self.samarbeid, **spor)
        except (ObjectDoesNotExist, modell.MultipleObjectsReturned):
            ordene = ", ".join(str(d) for d in deler)
            raise Regelbrudd(f"Finner ikke {modell._meta.verbose_name} «{ordene}» i {self.samarbeid}.") from None

    def _sorter(
        self, modell: type[Any], verdier: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, list[Any]], list[tuple[Any, list[Any]]]]:
        """The row's own fields, its many-to-many relations, and its children."""
        felter: dict[str, Any] = {}
        mange: dict[str, list[Any]] = {}
        barn: list[tuple[Any, list[Any]]] = []
        for navn, verdi in verdier.items():
            felt = modell._meta.get_field(navn)
            if felt.one_to_many:
                barn.append((felt, verdi))
            elif felt.many_to_many:
                mange[navn] = [self.finn(felt.related_model, ett) for ett in verdi]
            elif felt.is_relation and isinstance(verdi, str | int | list):
                felter[navn] = self.finn(felt.related_model, verdi)
            else:
                felter[navn] = verdi.strip() if isinstance(verdi, str) else verdi
        return felter, mange, barn

    @staticmethod
    def _kjente(modell: type[Any], verdier: dict[str, Any]) -> dict[str, Any]:
        """Those of the values that the model has a field for."""

        def har(navn: str) -> bool:
            try:
                modell._meta.get_field(navn)
            except FieldDoesNotExist:
                return False
            return True

        return {navn: verdi for navn, verdi in verdier.items() if har(navn)}
