"""A measure comes into its plan, ends, is taken up again, and has a change taken back."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from organisering.rules.ord import liste_i_ord
from tiltak.models import Handlingsplan, Mal, Tiltak
from tiltak.rules.endringer import endringer
from tiltak.rules.tiltaket import endringene


@transaction.atomic
def ta_inn(tiltak: Tiltak) -> Tiltak:
    """Saves a new measure as the last of its plan. Raises Regelbrudd for a plan of another Samarbeid."""
    plan = Handlingsplan.objects.select_for_update().get(pk=tiltak.plan_id)
    if plan.samarbeid_id != tiltak.samarbeid_id:
        raise Regelbrudd(_("Velg en plan i dette samarbeidet."), felt="plan")
    siste = Tiltak.objects.filter(plan=plan).aggregate(nummer=Max("nummer"))["nummer"] or 0
    tiltak.nummer = siste + 1
    tiltak.save()
    return tiltak


@transaction.atomic
def avslutt(tiltak: Tiltak, *, dato: dt.date, grunn: str, vedtak: str = "", pr: dt.date) -> Tiltak:
    """Ends a measure without result, with the reason and who decided it.

    Raises Regelbrudd when it is ended already, the day is ahead or before its start, or no reason is given.
    """
    tiltak = Tiltak.objects.select_for_update().get(pk=tiltak.pk)
    if tiltak.avsluttet is not None:
        raise Regelbrudd(_("Tiltaket er alt avsluttet."))
    if dato > pr:
        raise Regelbrudd(_("Datoen kan ikke være fram i tid."), felt="dato")
    if tiltak.startet is not None and dato < tiltak.startet:
        raise Regelbrudd(_("Tiltaket kan ikke avsluttes før det ble satt i gang."), felt="dato")
    if not grunn.strip():
        raise Regelbrudd(_("Skriv hvorfor tiltaket er avsluttet."), felt="grunn")
    tiltak.avsluttet, tiltak.avsluttet_grunn, tiltak.avsluttet_vedtak_ord = dato, grunn, vedtak
    tiltak.save(update_fields=["avsluttet", "avsluttet_grunn", "avsluttet_vedtak_ord"])
    return tiltak


@transaction.atomic
def gjenoppta(tiltak: Tiltak) -> Tiltak:
    """Takes an ended measure up again; the history keeps that it was ended, and why. Raises Regelbrudd if it is not."""
    tiltak = Tiltak.objects.select_for_update().get(pk=tiltak.pk)
    if tiltak.avsluttet is None:
        raise Regelbrudd(_("Tiltaket er ikke avsluttet."))
    tiltak.avsluttet, tiltak.avsluttet_grunn, tiltak.avsluttet_vedtak_ord = None, "", ""
    tiltak.save(update_fields=["avsluttet", "avsluttet_grunn", "avsluttet_vedtak_ord"])
    return tiltak


@transaction.atomic
def ta_tilbake(tiltak: Tiltak, *, endring: int) -> Tiltak:
    """Gives the fields of one change the values they had before it; the history keeps both. `endring`: its last row.

    Raises Regelbrudd when there is no such change, a later one touched the same, or the earlier values no longer fit.
    """
    tiltak = Tiltak.objects.select_for_update().get(pk=tiltak.pk)
    funnet = next((en for en in endringer(endringene(tiltak.pk)) if en.nokkel == endring), None)
    if funnet is None or not funnet.tilbake():
        raise Regelbrudd(_("Ingenting er tatt tilbake. Tiltaket er endret siden du åpnet sida. Se over historien."))
    if siden := funnet.endret_siden():
        raise Regelbrudd(
            _("Ingenting er tatt tilbake. En senere endring gjelder det samme: %s. Ta tilbake den først.")
            % liste_i_ord(siden)
        )
    for felt, verdi in funnet.tilbake().items():
        setattr(tiltak, felt, verdi)
    if tiltak.hovedmal_id and not Mal.objects.filter(pk=tiltak.hovedmal_id).exists():
        raise Regelbrudd(_("Ingenting er tatt tilbake. Hovedmålet som gjaldt før, finnes ikke lenger."))
    try:
        tiltak.validate_constraints()
    except ValidationError as feil:
        raise Regelbrudd(" ".join([_("Ingenting er tatt tilbake."), *feil.messages])) from None
    tiltak._change_reason = "Tatt tilbake"  # type: ignore[attr-defined]
    tiltak.save(update_fields=[felt.removesuffix("_id") for felt in funnet.tilbake()])
    return tiltak
