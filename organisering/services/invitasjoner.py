"""How a person comes in: an address is asked to take a role or a seat, and nothing shows before it says yes."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from felles.tid import OSLO, oslo_dato
from felles.unntak import Regelbrudd
from organisering.models import Invitasjon, Medlemskap, Person, Plass, Rolletildeling, Samarbeid, rens_epost
from organisering.services.medlemskap import sett_inn
from organisering.services.personer import opprett_person, sett_epost
from varsling.services import legg_i_ko, opphev_avvisning, skriv, trekk

GYLDIG_I = dt.timedelta(days=14)


@transaction.atomic
def inviter(
    samarbeid: Samarbeid,
    *,
    epost: str,
    av: Person,
    naa: dt.datetime,
    rolle: str = "",
    plass: Plass | None = None,
) -> Invitasjon:
    """Asks an address to take a role or a seat. Does the same whether or not the address is known.

    An earlier open invitation of the same address to the same is withdrawn.
    """
    adresse = _gyldig_adresse(epost)
    if bool(rolle) == (plass is not None) or rolle not in {"", *Rolletildeling.Rolle.values}:
        raise Regelbrudd(_("Velg enten en rolle eller en plass."), felt="rolle")
    if plass is not None and plass.samarbeid_id != samarbeid.pk:
        raise Regelbrudd(_("Plassen hører ikke til i dette samarbeidet."), felt="plass")
    Samarbeid.objects.select_for_update().get(pk=samarbeid.pk)
    like = samarbeid.invitasjoner.filter(epost=adresse, rolle=rolle, plass=plass)
    for tidligere in like.filter(besvart__isnull=True, trukket__isnull=True):
        _trekk(tidligere, naa)
    token = secrets.token_urlsafe(32)
    invitasjon = Invitasjon.objects.create(
        samarbeid=samarbeid,
        epost=adresse,
        rolle=rolle,
        plass=plass,
        invitert_av=av,
        nokkel_hash=_hash(token),
        sendt=naa,
        utloper=naa + GYLDIG_I,
    )
    opphev_avvisning([adresse])  # somebody has just written it: it may be right now
    _send(invitasjon, token, naa)
    return invitasjon


@transaction.atomic
def trekk_invitasjon(invitasjon: Invitasjon, *, naa: dt.datetime) -> None:
    """Takes an open invitation back. Raises Regelbrudd when it is answered."""
    rad: Invitasjon = Invitasjon.objects.select_for_update().get(pk=invitasjon.pk)
    if rad.besvart is not None:
        raise Regelbrudd(_("Invitasjonen er alt besvart."))
    if rad.trukket is None:
        _trekk(rad, naa)


def finn_invitasjon(token: str) -> Invitasjon | None:
    """The invitation that the link was made for."""
    rader = Invitasjon.objects.select_related("samarbeid", "plass__gruppe", "invitert_av")
    funnet: Invitasjon | None = rader.filter(nokkel_hash=_hash(token)).first()
    return funnet


@transaction.atomic
def godta(invitasjon: Invitasjon, *, person: Person, naa: dt.datetime) -> Rolletildeling | Medlemskap:
    """The invited person says yes. Raises Regelbrudd when the invitation is not open, or is another's."""
    rad: Invitasjon = Invitasjon.objects.select_for_update().get(pk=invitasjon.pk)
    if rad.besvart is not None or rad.trukket is not None or rad.utloper <= naa:
        raise Regelbrudd(_("Invitasjonen gjelder ikke lenger. Be om en ny."))
    if not person.is_active or rens_epost(person.epost) != rad.epost:
        raise Regelbrudd(_("Invitasjonen gjelder en annen e-postadresse."))
    rad.besvart, rad.person = naa, person
    rad.save(update_fields=["besvart", "person"])
    person.__dict__.pop("_tilknytninger", None)  # what the person may see has just changed
    return _gi(rad, person, oslo_dato(naa))


@transaction.atomic
def opprett_og_godta(invitasjon: Invitasjon, *, navn: str, passord: str, naa: dt.datetime) -> Person:
    """Someone who has never logged in says yes, and chooses name and password.

    The link proves the address. One who is known, but has no password, keeps the name that others know.
    """
    person = Person.objects.select_for_update().filter(epost=invitasjon.epost).first()
    if person is None:
        person = opprett_person(navn=navn, epost=invitasjon.epost, passord=passord)
    elif person.has_usable_password():
        raise Regelbrudd(_("Du har alt et passord. Logg inn for å svare."))
    else:
        person.set_password(passord)
        person.save(update_fields=["password"])
        sett_epost(person, person.epost)
    godta(invitasjon, person=person, naa=naa)
    return person


def _gi(invitasjon: Invitasjon, person: Person, dag: dt.date) -> Rolletildeling | Medlemskap:
    """The role or seat itself; what the person has already is left as it is."""
    if invitasjon.plass is not None:
        plassen: Medlemskap | None = invitasjon.plass.medlemskap.filter(person=person).aktive(dag).first()
        return plassen or sett_inn(invitasjon.plass, person, fra=dag)
    har: Rolletildeling | None = (
        person.roller.filter(samarbeid=invitasjon.samarbeid_id, rolle=invitasjon.rolle).aktive(dag).first()
    )
    if har is not None:
        return har
    return Rolletildeling.objects.create(
        samarbeid_id=invitasjon.samarbeid_id, person=person, rolle=invitasjon.rolle, fra=dag
    )


def _send(invitasjon: Invitasjon, token: str, naa: dt.datetime) -> None:
    samarbeid, plass = invitasjon.samarbeid, invitasjon.plass
    with override(samarbeid.malform):
        innhold = {
            "samarbeid": samarbeid.navn,
            "modell": samarbeid.modellnavn,
            "avsender": str(invitasjon.invitert_av),
            "rolle": invitasjon.get_rolle_display().lower() if invitasjon.rolle else "",
            "plass": str(plass or ""),
            "gruppe": str(plass.gruppe) if plass else "",
            "lenke": settings.ADRESSE + reverse("invitasjon", args=[token]),
            "utloper": date_format(invitasjon.utloper.astimezone(OSLO), "j. F Y"),
        }
    legg_i_ko(
        skriv("invitasjon", innhold, sprak=samarbeid.malform),
        adresse=invitasjon.epost,
        nokkel=_nokkel(invitasjon),
        regel="invitasjon",
        naa=naa,
        samarbeid=samarbeid,
        svar_til=samarbeid.funksjonspostkasse,
    )


def _trekk(invitasjon: Invitasjon, naa: dt.datetime) -> None:
    invitasjon.trukket = naa
    invitasjon.save(update_fields=["trukket"])
    trekk(_nokkel(invitasjon), naa=naa)


def _nokkel(invitasjon: Invitasjon) -> str:
    return f"invitasjon:{invitasjon.pk}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _gyldig_adresse(epost: str) -> str:
    adresse = rens_epost(epost) or ""
    try:
        validate_email(adresse)
    except ValidationError as feil:
        raise Regelbrudd(" ".join(feil.messages), felt="epost") from None
    return adresse
