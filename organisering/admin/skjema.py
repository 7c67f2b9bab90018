"""Forms behind the wall: a row gets its Samarbeid, and nothing in it may belong to another."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.forms.models import BaseInlineFormSet, ModelChoiceIterator
from django.utils.translation import gettext as _

from felles.samtidig import Samtidig
from felles.unntak import Regelbrudd
from organisering.rules.ring import RING, danner_ring

Valg = tuple[Any, Any]


class Veggskjema(Samtidig, forms.ModelForm[Any]):
    foreldre: tuple[str, ...] = ()
    eneste_samarbeid: int | None = None
    avslag: Regelbrudd | None = None  # what was refused when it was stored; said at the field, with all that was typed

    def _post_clean(self) -> None:
        """Before the model's own checks, so that «unique in the Samarbeid» is an error at the field, not a crash."""
        if hasattr(self.instance, "samarbeid_id"):
            self._finn_samarbeid()
            self._bare_samme_samarbeid()
        super()._post_clean()
        if not self.errors and danner_ring(self.instance):
            self.add_error("overordnet" if "overordnet" in self.fields else None, RING)
        if self.avslag is not None:
            self.add_error(self.avslag.felt if self.avslag.felt in self.fields else None, self.avslag.setning)

    def _finn_samarbeid(self) -> None:
        if self.instance.pk is not None and self.instance.samarbeid_id is not None:
            return
        foreldre = [self.cleaned_data.get(navn) for navn in self.foreldre]
        funnet = next((forelder.samarbeid_id for forelder in foreldre if forelder is not None), None)
        funnet = funnet or self.eneste_samarbeid
        if funnet:
            self.instance.samarbeid_id = funnet

    def _bare_samme_samarbeid(self) -> None:
        valgt = self.cleaned_data.get("samarbeid")
        eget = valgt.pk if valgt is not None else self.instance.samarbeid_id
        for navn, verdi in list(self.cleaned_data.items()):
            if any(getattr(rad, "samarbeid_id", eget) != eget for rad in _rader(verdi)):
                self.add_error(navn, _("Velg noe som hører til i samme samarbeid."))

    def _get_validation_exclusions(self) -> set[str]:
        utelatt: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        if getattr(self.instance, "samarbeid_id", None) is not None:
            utelatt.discard("samarbeid")
        return utelatt


def _rader(verdi: Any) -> Iterable[models.Model]:
    if isinstance(verdi, models.Model):
        return [verdi]
    return verdi if isinstance(verdi, models.QuerySet) else []


class Veggformsett(BaseInlineFormSet[Any, Any, Any]):
    """Rows of a parent belong to the parent's Samarbeid."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        if hasattr(form.instance, "samarbeid_id") and form.instance.samarbeid_id is None:
            # A Samarbeid's own parts carry it as their parent; everything else through its parent.
            form.instance.samarbeid_id = getattr(self.instance, "samarbeid_id", None)
        return form


class Sokevalg(AutocompleteSelect):
    """A choice one searches for. What is not a row's number is shown as no choice; Django's own would crash on it."""

    def optgroups(self, name: Any, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [verdi if str(verdi).isdecimal() else "" for verdi in value], attr)


class _Delte(ModelChoiceIterator[Any]):
    """Asks the database once for all copies of the field."""

    def __iter__(self) -> Iterator[Any]:
        felt = self.field
        assert isinstance(felt, DeltValg)
        if felt.empty_label is not None:
            yield "", felt.empty_label
        lager = felt.lager
        if not lager:
            lager.extend(self.choice(rad) for rad in self.queryset)
        yield from lager


class DeltValg(forms.ModelChoiceField[Any]):
    """A choice that all rows of a form set share."""

    iterator = _Delte

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.lager: list[Valg] = []
        super().__init__(*args, **kwargs)
