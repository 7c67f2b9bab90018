"""A measure comes into its plan, ends, and is taken up again."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from felles.unntak import Regelbrudd
from tiltak.models import Handlingsplan, Tiltak


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
