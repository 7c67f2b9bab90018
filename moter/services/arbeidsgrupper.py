"""The decisions a working group is born and ends by, kept as decisions of the body that made them."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from felles.unntak import Regelbrudd
from moter.models import Mote, Sak, Vedtak
from moter.services.saker import meld_sak
from organisering.models import Gruppe, Gruppeforslag
from organisering.rules.arbeidsgrupper import Fodsel, Vei, avgjorelse, fodsel, hvem_avgjor, veien
from organisering.services import arbeidsgrupper


@transaction.atomic
def vedta_arbeidsgruppe(forslag: Gruppeforslag, *, dato: dt.date, pr: dt.date, mote: Mote | None = None) -> Gruppe:
    """The proposing group decides, or is free to create. Raises Regelbrudd with all that stands in the way."""
    forslag = _las(forslag, dato, pr, mote)
    if veien(forslag.fullmakt) is Vei.TILRAR:
        raise Regelbrudd(_("Gruppa kan bare tilrå dette."))
    _krev(fodsel(forslag.fullmakt, arbeidsgrupper.spurte(forslag)))
    gruppe = arbeidsgrupper.opprett_arbeidsgruppe(forslag, dato=dato)
    _vedtak(forslag, Vedtak.Slag.VEDTATT, dato, mote, om=gruppe)
    return gruppe


@transaction.atomic
def tilra_arbeidsgruppe(
    forslag: Gruppeforslag, *, dato: dt.date, pr: dt.date, mote: Mote | None = None
) -> Gruppeforslag:
    """The proposing group recommends; another decides."""
    forslag = _las(forslag, dato, pr, mote)
    if veien(forslag.fullmakt) is not Vei.TILRAR:
        raise Regelbrudd(_("Gruppa avgjør dette selv."))
    if forslag.tilradd is not None:
        raise Regelbrudd(_("Gruppa har alt tilrådd det."))
    _krev(fodsel(forslag.fullmakt, arbeidsgrupper.spurte(forslag)))
    forslag.tilradd = dato
    forslag.save(update_fields=["tilradd"])
    _vedtak(forslag, Vedtak.Slag.TILRADD, dato, mote)
    return forslag


@transaction.atomic
def avgjor_arbeidsgruppe(forslag: Gruppeforslag, *, dato: dt.date, pr: dt.date) -> Gruppe:
    """The seat or group beyond decides on what is recommended."""
    forslag = _las(forslag, dato, pr, None)
    _krev(avgjorelse(forslag.fullmakt, arbeidsgrupper.spurte(forslag), forslag.tilradd))
    if forslag.tilradd is not None and dato < forslag.tilradd:
        raise Regelbrudd(_("Avgjørelsen kan ikke komme før tilrådingen."), felt="dato")
    gruppe = arbeidsgrupper.opprett_arbeidsgruppe(forslag, dato=dato)
    _vedtak(forslag, Vedtak.Slag.VEDTATT, dato, None, om=gruppe, av=hvem_avgjor(forslag.fullmakt))
    return gruppe


@transaction.atomic
def avsla_arbeidsgruppe(
    forslag: Gruppeforslag, *, grunn: str, dato: dt.date, pr: dt.date, mote: Mote | None = None
) -> Gruppeforslag:
    """It is not to be, and why; by the group, or by the one beyond when the group has recommended it."""
    forslag = _las(forslag, dato, pr, mote)
    if not grunn.strip():
        raise Regelbrudd(_("Skriv hvorfor det ikke ble noe av."), felt="grunn")
    av = hvem_avgjor(forslag.fullmakt) if forslag.tilradd is not None else None
    _vedtak(forslag, Vedtak.Slag.AVVIST, dato, mote if av is None else None, av=av, grunn=grunn)
    return arbeidsgrupper.avgjor(forslag, Gruppeforslag.Utfall.AVSLATT, dato=dato, grunn=grunn)


@transaction.atomic
def opplos_og_meld(gruppe: Gruppe, *, resultat: str, dato: dt.date, pr: dt.date) -> Gruppe:
    """Dissolves a working group, and puts its result on the next agenda of the group above it, if there is one."""
    gruppe = arbeidsgrupper.opplos(gruppe, resultat=resultat, dato=dato, pr=pr)
    over = gruppe.overordnet
    if over is not None and over.motes and over.er_aktiv(pr):
        with override(gruppe.samarbeid.malform):
            tittel = _("Resultat fra arbeidsgruppa %(gruppe)s") % {"gruppe": gruppe}
        meld_sak(over, tittel=tittel[:200], slag=Sak.Slag.ORIENTERING, tekst=resultat)
    return gruppe


def _las(forslag: Gruppeforslag, dato: dt.date, pr: dt.date, mote: Mote | None) -> Gruppeforslag:
    """The proposal, locked with the group that owns it, when the day may be used."""
    Gruppe.objects.select_for_update(of=("self",)).get(pk=forslag.gruppe_id)
    forslag = arbeidsgrupper.las(forslag)
    if mote is not None and (mote.gruppe_id != forslag.gruppe_id or mote.avlyst):
        raise Regelbrudd(_("Velg et møte i gruppa."), felt="mote")
    if dato > pr:
        raise Regelbrudd(_("Datoen kan ikke være fram i tid."), felt="dato")
    if forslag.fullmakt is not None and not forslag.fullmakt.er_aktiv(dato):
        raise Regelbrudd(_("Regelen gjaldt ikke den dagen."), felt="dato")
    return forslag


def _krev(steg: Fodsel) -> None:
    if not steg.kan:
        raise Regelbrudd(" ".join(steg.hindringer))


def _vedtak(
    forslag: Gruppeforslag,
    slag: str,
    dato: dt.date,
    mote: Mote | None,
    *,
    om: Gruppe | None = None,
    av: object = None,
    grunn: str = "",
) -> Vedtak:
    """What was decided. A seat that decides is named in words: it is no group."""
    hvem = av if isinstance(av, Gruppe) else None if av is not None else forslag.gruppe
    return Vedtak.objects.create(
        samarbeid_id=forslag.samarbeid_id,
        gruppe=hvem,
        organ_ord="" if hvem is not None else str(av),
        mote=mote,
        dato=dato,
        slag=slag,
        tekst=_tekst(forslag, slag, grunn),
        gjelder_gruppe=om,
    )


def _tekst(forslag: Gruppeforslag, slag: str, grunn: str) -> str:
    with override(forslag.samarbeid.malform):
        setning = {
            str(Vedtak.Slag.VEDTATT): _("Arbeidsgruppa «%(navn)s» opprettes."),
            str(Vedtak.Slag.TILRADD): _("Det tilrås å opprette arbeidsgruppa «%(navn)s»."),
            str(Vedtak.Slag.AVVIST): _("Arbeidsgruppa «%(navn)s» opprettes ikke."),
        }[str(slag)] % {"navn": forslag.navn}
    return f"{setning} {grunn}".strip()
