"""From the link to the answer, back again, and on to the next question."""

import datetime as dt
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from slt_portal.svar.formal import Formal, Sporsmal, Stengt
from slt_portal.svar.register import FORMAL
from varsling.models import Svarlenke, Varsel
from varsling.services import SE, adresse, legg_i_ko, skriv, svarknapper, token, utloper

LETER_BLANT = 4  # of the mail's other questions: each costs a few queries


class Neste(NamedTuple):
    """The next question of the same mail, and how many there are."""

    token: str
    formal: Formal[Any]
    sporsmal: Sporsmal
    igjen: int


@transaction.atomic
def besvar(lenke: Svarlenke, objekt: Any, svar: str, skjema: Any, naa: dt.datetime) -> None:
    """Records the answer, and that the link is used. The same press twice is one. Raises Regelbrudd, Stengt."""
    formal = FORMAL[lenke.formal]
    rad = _las(lenke)
    if rad.brukt is not None and not formal.flere_svar:
        return
    if rad.er_utlopt(naa):
        raise Regelbrudd(_("Lenka er utløpt. Be om en ny."))
    resultat = formal.besvar(objekt, lenke, svar, skjema, naa)
    _merk(rad, brukt=naa, svar=svar, forrige=resultat.forrige, resultat_id=resultat.pk)


@transaction.atomic
def angre(lenke: Svarlenke, objekt: Any, naa: dt.datetime) -> None:
    """Takes the answer back, and opens the link again. Raises Regelbrudd when it is too late."""
    rad = _las(lenke)
    if rad.brukt is None:
        return
    FORMAL[lenke.formal].angre(objekt, rad, naa)
    _merk(rad, brukt=None, svar="", forrige="", resultat_id=None)


def _las(lenke: Svarlenke) -> Svarlenke:
    """The row as it stands now, so that two presses at once are told apart."""
    rad = Svarlenke.objects.select_for_update().get(pk=lenke.pk)
    rad.person, rad.samarbeid = lenke.person, lenke.samarbeid
    return rad


def _merk(rad: Svarlenke, **felter: Any) -> None:
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save(update_fields=[*felter])


def neste(lenke: Svarlenke, naa: dt.datetime) -> Neste | None:
    """The next unanswered question of the same mail: its reader holds those links already."""
    if lenke.varsel is None or lenke.varsel.epost_id is None:
        return None
    rader = Svarlenke.objects.filter(person=lenke.person_id, varsel__epost=lenke.varsel.epost_id, brukt__isnull=True)
    andre = list(
        rader.exclude(pk=lenke.pk)
        .exclude(formal=SE)
        .exclude(formal=lenke.formal, objekt_id=lenke.objekt_id)
        .filter(utloper__gt=naa)
        .select_related("samarbeid")
        .order_by("pk")
    )
    for nr, annen in enumerate(andre[:LETER_BLANT]):
        annen.person = lenke.person
        formal = FORMAL.get(annen.formal)
        try:
            sporsmal = formal.sporsmal(formal.hent(annen, naa), annen, naa) if formal else None
        except Stengt:
            continue
        if formal and sporsmal and not sporsmal.svart:
            return Neste(token(annen), formal, sporsmal, len(andre) - nr)
    return None


@transaction.atomic
def send_ny_lenke(lenke: Svarlenke, sporsmal: Sporsmal, naa: dt.datetime) -> None:
    """A new link to the same question, to the address on file and never shown. At most one an hour."""
    person, samarbeid = lenke.person, lenke.samarbeid
    nokkel = f"ny-svarlenke:{lenke.formal}:{lenke.objekt_id}:{person.pk}:{naa:%Y-%m-%dT%H}"
    if not person.epost or Varsel.objects.filter(nokkel=nokkel).exists():
        return
    ny = Svarlenke.objects.create(
        samarbeid=samarbeid,
        person=person,
        varsel=lenke.varsel if lenke.formal == SE else None,
        formal=lenke.formal,
        objekt_id=lenke.objekt_id,
        utloper=utloper(oslo_dato(naa)),
    )
    innhold = {"sporsmal": sporsmal, "knapper": svarknapper(ny.formal, adresse(ny)), "se": adresse(ny)}
    sprak = person.sprak or samarbeid.malform or settings.LANGUAGE_CODE
    with translation.override(sprak):
        brev = skriv("svarlenke", {**innhold, "samarbeid": samarbeid, "emne": sporsmal.tittel}, sprak=sprak)
    legg_i_ko(
        brev,
        adresse=person.epost,
        nokkel=nokkel,
        regel="svarlenke",
        naa=naa,
        person=person,
        samarbeid=samarbeid,
        gjelder=sporsmal.tittel,
        svar_til=samarbeid.funksjonspostkasse,
    )
