"""Two people who change the same row at once: the second sees what the first changed, and chooses, field by field.

The form carries what its reader saw, signed. When it comes back, the row is locked and read again. A field that another
has changed meanwhile, to something else than what is sent now, stops the save: the page says who changed it, when, and
from what to what, with all that was typed kept. The same form sent twice changes nothing and stops nothing. The page
that saves holds a transaction, so that the lock lasts until the row is stored.
"""

import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.forms.models import model_to_dict
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.norsk import dato, klokke, kroner

SETT, BEHOLD = "sett_verdier", "behold"
MIN, DERES = "min", "deres"
STANSET = gettext_lazy(
    "Noen andre lagret mens du skrev. Det du skrev, står. Velg hva som skal gjelde, og lagre en gang til."
)
VIST = 400  # characters of a long text that are shown
LETES_I = 50  # versions back in time that are searched for who did it
_signatur = signing.Signer(salt="felles.samtidig")


class _Sett(forms.CharField):
    """What the reader saw; never a change of its own."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


@dataclass(frozen=True)
class Endring:
    """One field that another has changed since the form was shown."""

    navn: str  # the name of the radio buttons
    felt: str
    for_: str
    naa: str
    hvem: str
    naar: dt.datetime | None
    avtrykk: str
    valgt: str

    @property
    def min(self) -> str:
        return f"{MIN}:{self.avtrykk}"

    @property
    def deres(self) -> str:
        return f"{DERES}:{self.avtrykk}"


class Samtidig(forms.BaseForm):
    """A form that changes a row. Stands before ModelForm; a plain form gives its row in `samtidig_rad`."""

    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.samtidige_felt = tuple(self.fields)
        self.endret_imens: list[Endring] = []
        if self.samtidig_rad is not None:
            self.fields[SETT] = _Sett(required=False, initial=self._sett)

    @property
    def samtidig_rad(self) -> Any:
        """The row that is changed; None for a new one."""
        rad = getattr(self, "instance", None)
        return rad if rad is not None and rad.pk is not None else None

    def samtidig_verdier(self, rad: Any) -> dict[str, Any]:
        """What the form shows of a row, by field. A form with fields of its own adds them."""
        return model_to_dict(rad, fields=list(self.samtidige_felt))

    @cached_property
    def _fersk(self) -> Any:
        """The row as it is now, locked until the page is done."""
        rad = self.samtidig_rad
        return type(rad)._base_manager.select_for_update(of=("self",)).filter(pk=rad.pk).first()

    def _sett(self) -> str:
        verdier = {navn: enkel(self.get_initial_for_field(self.fields[navn], navn)) for navn in self._sammenlignes()}
        return _signatur.sign_object(verdier, compress=True)

    def _sammenlignes(self) -> Iterator[str]:
        return (
            navn
            for navn in self.samtidige_felt
            if navn in self.fields and not isinstance(self.fields[navn], forms.FileField)
        )

    def _sett_for(self) -> dict[str, Any] | None:
        """What the reader saw. None when the form does not say, or says what we did not write."""
        sendt = str(self.data.get(self.add_prefix(SETT)) or "")
        if not sendt or self.samtidig_rad is None:
            return None
        try:
            return dict(_signatur.unsign_object(sendt))
        except (signing.BadSignature, ValueError):
            self.add_error(None, _("Siden var for gammel til å lagres. Last den på nytt og prøv igjen."))
            return None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data.pop(SETT, None)
        sett = self._sett_for()
        if sett is None or self._fersk is None:
            return data
        self._ta_med_resten()
        naa = self.samtidig_verdier(self._fersk)
        self._endret = [
            navn for navn in self._sammenlignes() if navn in sett and navn in naa and enkel(naa[navn]) != sett[navn]
        ]
        for navn in self._endret:
            if self._valgt(navn) == f"{DERES}:{avtrykk(naa[navn])}":
                data[navn] = _verdien(self._fersk, navn, naa[navn])
                self.errors.pop(navn, None)
        self._naa, self._forst = naa, sett
        return data

    def _post_clean(self) -> None:
        """After all other checks, so that what the form itself fills in is compared too."""
        if getattr(self, "_endret", None):
            self._krev_valg()
        super()._post_clean()  # type: ignore[misc]

    def _krev_valg(self) -> None:
        uavklart = False
        for navn in self._endret:
            merke = avtrykk(self._naa[navn])
            valgt, lik = self._valgt(navn), self._sender_det_samme(navn)
            avgjort = valgt in {f"{MIN}:{merke}", f"{DERES}:{merke}"}
            if avgjort or not lik:
                self.endret_imens.append(self._endring(navn, merke))
            uavklart |= not (avgjort or lik)
        if uavklart:
            self.add_error(None, STANSET)

    def _sender_det_samme(self, navn: str) -> bool:
        return navn in self.cleaned_data and enkel(self.cleaned_data[navn]) == enkel(self._naa[navn])

    def _valgt(self, navn: str) -> str:
        return str(self.data.get(self.add_prefix(f"{BEHOLD}_{navn}")) or "")

    def _endring(self, navn: str, merke: str) -> Endring:
        felt = self.fields[navn]
        urort = navn in self.cleaned_data and enkel(self.cleaned_data[navn]) == self._forst[navn]
        hvem, naar = _sist_endret(self._fersk, navn)
        return Endring(
            navn=self.add_prefix(f"{BEHOLD}_{navn}"),
            felt=str(self[navn].label),
            for_=i_ord(felt, self._forst[navn]),
            naa=i_ord(felt, enkel(self._naa[navn])),
            hvem=hvem,
            naar=naar,
            avtrykk=merke,
            valgt=self._valgt(navn) or (f"{DERES}:{merke}" if urort else ""),
        )

    def _ta_med_resten(self) -> None:
        """What the form does not show of the row is stored as it is now, not as it was when the row was read."""
        rad = getattr(self, "instance", None)
        if rad is None:
            return
        for felt in rad._meta.concrete_fields:
            if felt.name not in self.fields and felt.attname in rad.__dict__:
                naa = getattr(self._fersk, felt.attname)
                if getattr(rad, felt.attname) != naa:
                    setattr(rad, felt.attname, naa)


def enkel(verdi: Any) -> Any:
    """A value as JSON holds it, the same whether it came from the row or from the form."""
    if isinstance(verdi, models.Model):
        return verdi.pk
    if isinstance(verdi, str):
        return verdi.replace("\r\n", "\n").strip() or None
    if isinstance(verdi, Decimal):
        return f"{verdi.normalize():f}"
    if isinstance(verdi, dt.date):
        return verdi.isoformat()
    if isinstance(verdi, dt.time):
        return f"{verdi:%H:%M}"
    if isinstance(verdi, Iterable):
        return sorted((enkel(ett) for ett in verdi), key=str)
    return verdi


def avtrykk(verdi: Any) -> str:
    """A short mark of a value, so that a choice holds for what was shown, and for nothing newer."""
    return hashlib.sha256(json.dumps(enkel(verdi)).encode()).hexdigest()[:16]


def i_ord(felt: forms.Field, verdi: Any) -> str:
    """A simple value as a person reads it; empty when there is nothing."""
    if isinstance(verdi, list):
        return ", ".join(i_ord(felt, ett) for ett in verdi)
    if isinstance(verdi, bool):
        return _("Ja") if verdi else _("Nei")
    if verdi is None:
        return ""
    if isinstance(felt, forms.ModelChoiceField):
        rad = felt.queryset.filter(pk=verdi).first() if felt.queryset is not None else None
        return felt.label_from_instance(rad) if rad is not None else ""
    if valg := _valgene(felt):
        return valg.get(str(verdi), str(verdi))
    return Truncator(_lest(felt, verdi)).chars(VIST)


def _valgene(felt: forms.Field) -> dict[str, str]:
    par: dict[str, str] = {}
    for verdi, navn in getattr(felt, "choices", ()):
        under = navn if isinstance(navn, list | tuple) else [(verdi, navn)]
        par |= {str(en): str(ord_) for en, ord_ in under}
    return par


def _lest(felt: forms.Field, verdi: Any) -> str:
    """Days, times and sums as they are written in Norway; all else as it stands."""
    try:
        lest = felt.to_python(verdi)
    except ValidationError:
        lest = verdi
    if isinstance(lest, dt.date):
        return dato(lest)
    if isinstance(lest, dt.time):
        return klokke(lest)
    return kroner(lest) if isinstance(lest, Decimal) else str(lest)


def _verdien(rad: Any, navn: str, ellers: Any) -> Any:
    """The row's own value, as a form would have cleaned it."""
    try:
        felt = rad._meta.get_field(navn)
    except FieldDoesNotExist:
        return ellers
    return list(getattr(rad, navn).all()) if felt.many_to_many else getattr(rad, navn)


def _sist_endret(rad: Any, navn: str) -> tuple[str, dt.datetime | None]:
    """Who gave the field the value it has, and when, from the row's history. Empty when history does not tell."""
    versjoner = list(rad.history.select_related("history_user")[:LETES_I]) if hasattr(rad, "history") else []
    if not versjoner:
        return "", None
    funnet = versjoner[0]
    if hasattr(funnet, navn):
        siste = _historisk(funnet, navn)
        for versjon in itertools.takewhile(lambda en: _historisk(en, navn) == siste, versjoner):
            funnet = versjon
    return str(funnet.history_user or ""), funnet.history_date


def _historisk(versjon: Any, navn: str) -> Any:
    verdi = getattr(versjon, f"{navn}_id" if hasattr(versjon, f"{navn}_id") else navn)
    if not hasattr(verdi, "all"):
        return verdi
    felt = versjon.instance_type._meta.get_field(navn)
    return sorted(verdi.values_list(felt.m2m_reverse_field_name(), flat=True))
