"""What the forms that change a row of a Samarbeid share: its own choices, and a refusal said at its field."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from felles.samtidig import Samtidig
from felles.skjema import IKKE_OPPGITT, Ord, Skjema, norsk_felt
from organisering.models import Gruppe, Person, Plass, Samarbeid
from organisering.rules.ring import RING, danner_ring

Rad = TypeVar("Rad", bound=models.Model)
Valg = list[tuple[Any, Any]]
SLUTT_FOR_START = _("Sluttdatoen kan ikke være før startdatoen.")


class Radskjema(Samtidig, forms.ModelForm[Rad]):
    """One row. `avbryt` is where the page goes back to; `lager` keeps choices that several forms of a page share."""

    knapp: Ord = ""
    feiltittel: Ord = ""
    brudd: ClassVar[dict[str, str]] = {}  # the field that a broken constraint is said at

    class Meta:
        formfield_callback: Callable[..., Any] = norsk_felt

    def __init__(
        self,
        *args: Any,
        samarbeid: Samarbeid,
        pr: dt.date,
        avbryt: str = "",
        lager: dict[str, Valg] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.samarbeid, self.pr = samarbeid, pr
        self.lager: dict[str, Valg] = {} if lager is None else lager
        if hasattr(self.instance, "samarbeid_id"):
            self.instance.samarbeid = samarbeid  # type: ignore[attr-defined]  # every row but the Samarbeid carries it
        for navn, felt in self.fields.items():
            if isinstance(felt, forms.ModelChoiceField):
                self._bare_egne(navn, felt)
        self.helper = Skjema(
            self, knapp=self.knapp, feiltittel=self.feiltittel, avbryt=avbryt, eget_merke=bool(self.knapp)
        )

    def rader(self, navn: str, alle: Any) -> Any:
        """The rows to choose among for one field. Subclasses narrow them further."""
        if alle.model is Person:
            return alle.i_samarbeid([self.samarbeid.pk])
        alle = alle.filter(samarbeid=self.samarbeid)
        if alle.model is Gruppe:
            return alle.med_nivaer()
        if alle.model is Plass:
            return alle.select_related("gruppe").prefetch_related("gruppe__nivaer").order_by("gruppe", "rekkefolge")
        return alle

    def _bare_egne(self, navn: str, felt: Any) -> None:
        felt.queryset = self.rader(navn, felt.queryset)
        if navn not in self.lager:
            self.lager[navn] = [(rad.pk, radnavn(rad)) for rad in felt.queryset]
        flere = isinstance(felt, forms.ModelMultipleChoiceField)
        felt.choices = [*([] if flere else [("", IKKE_OPPGITT)]), *self.lager[navn]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", SLUTT_FOR_START)
        return data

    def _post_clean(self) -> None:
        super()._post_clean()
        if "overordnet" in self.cleaned_data and danner_ring(self.instance):
            self.add_error("overordnet", RING)

    def _get_validation_exclusions(self) -> set[str]:
        """Every constraint is asked, also about what the page fills in; only what is wrong already is not."""
        return {navn for navn in super()._get_validation_exclusions() if navn in self.fields}  # type: ignore[misc]

    def _update_errors(self, errors: ValidationError) -> None:
        super()._update_errors(self._ved_feltet(errors))  # type: ignore[misc]

    def _ved_feltet(self, feil: ValidationError) -> ValidationError:
        alle: dict[str, list[ValidationError]] = getattr(feil, "error_dict", {NON_FIELD_ERRORS: [feil]})
        alle_krav = self._meta.model._meta.constraints
        setninger = {str(krav.violation_error_message): self.brudd.get(krav.name) for krav in alle_krav}
        delt: dict[str, list[ValidationError]] = {}
        for navn, liste in alle.items():
            for en in liste:
                mal = setninger.get(str(en.messages[0])) if navn == NON_FIELD_ERRORS else navn
                delt.setdefault(mal if mal in self.fields else NON_FIELD_ERRORS, []).append(en)
        return ValidationError(delt)


def radnavn(rad: Any) -> str:
    """A row as a choice; a seat is told apart by its group."""
    return f"{rad.tittel}, {rad.gruppe}" if isinstance(rad, Plass) else str(rad)
