"""A working group is proposed, its members are asked, it is born or not, and it is dissolved when its task is done."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from organisering.models import Foresporsel, Fullmakt, Gruppe, Gruppeforslag, Medlemskap, Niva, Person, Plass
from organisering.rules.arbeidsgrupper import Spurt, regler_for
from organisering.services.medlemskap import avslutt_medlemskap, sett_inn
from varsling.services import legg_i_ko, skriv, svarknapper, svarlenke, trekk, utloper

FORMAL = "foresporsel"  # the kind of question that answer links name


@transaction.atomic
def foresla(
    gruppe: Gruppe,
    *,
    navn: str,
    oppgave: str,
    fullmakt: Fullmakt | None,
    personer: Iterable[Person],
    av: Person,
    naa: dt.datetime,
) -> Gruppeforslag:
    """Proposes a working group and asks each proposed member, by mail to those who have an address.

    Raises Regelbrudd when the group has rules about it and none is chosen, or the chosen one is not among them today.
    """
    gruppe = Gruppe.objects.select_for_update(of=("self",)).get(pk=gruppe.pk)
    rader = Fullmakt.objects.filter(gruppe__in={gruppe.pk, gruppe.regelbarer_id})
    regler = {rad.pk for rad in regler_for(gruppe, rader, oslo_dato(naa))}
    if regler and (fullmakt is None or fullmakt.pk not in regler):
        raise Regelbrudd(_("Velg hvilken regel forslaget følger."), felt="fullmakt")
    if not gruppe.motes or not gruppe.er_aktiv(oslo_dato(naa)):
        raise Regelbrudd(_("%(gruppe)s kan ikke foreslå noe i dag.") % {"gruppe": gruppe})
    forslag = Gruppeforslag.objects.create(
        samarbeid_id=gruppe.samarbeid_id,
        gruppe=gruppe,
        navn=navn,
        oppgave=oppgave,
        fullmakt=fullmakt if regler else None,
        foreslatt=naa,
        foreslatt_av=av,
    )
    for person in personer:
        spor(forslag, person, naa=naa)
    return forslag


@transaction.atomic
def spor(forslag: Gruppeforslag, person: Person, *, naa: dt.datetime) -> Foresporsel:
    """Asks one more. Raises Regelbrudd when the proposal is settled, or the person is asked or of another Samarbeid."""
    forslag = las(forslag)
    if forslag.foresporsler.filter(person=person).exists():
        raise Regelbrudd(_("%(person)s er alt spurt.") % {"person": person}, felt="person")
    kjente = Person.objects.get_queryset().i_samarbeid([forslag.samarbeid_id])
    if not person.is_active or not kjente.filter(pk=person.pk).exists():
        raise Regelbrudd(_("Velg en som er med i samarbeidet."), felt="person")
    foresporsel = Foresporsel.objects.create(
        samarbeid_id=forslag.samarbeid_id, forslag=forslag, person=person, spurt=naa
    )
    _send(foresporsel, naa)
    return foresporsel


@transaction.atomic
def besvar_foresporsel(
    foresporsel: Foresporsel, *, svar: str, naa: dt.datetime, fort_av: Person | None = None
) -> Foresporsel:
    """Records the answer, «ja» or «nei»; a new one replaces the one before until the proposal is settled.

    `fort_av` is the one who wrote down an answer given by word of mouth. Raises Regelbrudd for another answer, and when
    the proposal is settled.
    """
    if svar not in Foresporsel.Svar.values:
        raise Regelbrudd(_("Svar ja eller nei."), felt="svar")
    rad = _apen(foresporsel)
    rad.svar, rad.svart, rad.fort_av = svar, naa, fort_av
    rad.save(update_fields=["svar", "svart", "fort_av"])
    return rad


@transaction.atomic
def ta_tilbake_foresporselssvar(foresporsel: Foresporsel) -> Foresporsel:
    """The question is open again. Raises Regelbrudd when the proposal is settled."""
    rad = _apen(foresporsel)
    rad.svar, rad.svart, rad.fort_av = "", None, None
    rad.save(update_fields=["svar", "svart", "fort_av"])
    return rad


@transaction.atomic
def ta_ut(foresporsel: Foresporsel, *, naa: dt.datetime) -> None:
    """No longer proposed; a mail that has not left is taken back. Raises Regelbrudd when it is settled."""
    rad = _apen(foresporsel)
    trekk(_nokkel(rad), naa=naa)
    rad.delete()


@transaction.atomic
def opprett_arbeidsgruppe(forslag: Gruppeforslag, *, dato: dt.date) -> Gruppe:
    """The working group itself, under the group that proposed it, with those who said yes as its members.

    Whoever decided has asked the rules. Raises Regelbrudd when the proposal is settled.
    """
    forslag = las(forslag)
    with override(forslag.samarbeid.malform):
        tittel = _("Medlemmer")
    gruppe = Gruppe.objects.create(
        samarbeid_id=forslag.samarbeid_id,
        navn=forslag.navn,
        slag=Gruppe.Slag.ARBEIDSGRUPPE,
        overordnet=forslag.gruppe,
        beskrivelse=forslag.oppgave,
        fra=dato,
    )
    gruppe.nivaer.set(Niva.objects.filter(samarbeid=forslag.samarbeid_id, slag=Niva.Slag.UTFORENDE)[:1])
    plass = Plass.objects.create(
        samarbeid_id=forslag.samarbeid_id, gruppe=gruppe, tittel=tittel, slag=Plass.Slag.FLERE, fra=dato
    )
    for foresporsel in forslag.foresporsler.filter(svar=Foresporsel.Svar.JA).select_related("person"):
        sett_inn(plass, foresporsel.person, fra=dato)
    forslag.arbeidsgruppe = gruppe
    avgjor(forslag, Gruppeforslag.Utfall.OPPRETTET, dato=dato)
    return gruppe


def avgjor(forslag: Gruppeforslag, utfall: str, *, dato: dt.date, grunn: str = "") -> Gruppeforslag:
    """Settles a proposal that is locked."""
    forslag.utfall, forslag.avgjort, forslag.grunn = utfall, dato, grunn
    forslag.save(update_fields=["utfall", "avgjort", "grunn", "arbeidsgruppe"])
    return forslag


@transaction.atomic
def trekk_forslag(forslag: Gruppeforslag, *, grunn: str, naa: dt.datetime) -> Gruppeforslag:
    """The group takes the proposal back; mails that have not left are taken back too."""
    forslag = las(forslag)
    for foresporsel in forslag.foresporsler.all():
        trekk(_nokkel(foresporsel), naa=naa)
    return avgjor(forslag, Gruppeforslag.Utfall.TRUKKET, dato=oslo_dato(naa), grunn=grunn)


@transaction.atomic
def opplos(gruppe: Gruppe, *, resultat: str, dato: dt.date, pr: dt.date) -> Gruppe:
    """Dissolves a working group: its result stays, and its members leave it the same day.

    Raises Regelbrudd for any other kind of group, one that is over, no result, and a day ahead or before its start.
    """
    gruppe = Gruppe.objects.select_for_update(of=("self",)).get(pk=gruppe.pk)
    if gruppe.slag != Gruppe.Slag.ARBEIDSGRUPPE:
        raise Regelbrudd(_("Bare en arbeidsgruppe oppløses. En annen gruppe får en sluttdato."))
    if gruppe.til is not None and gruppe.til <= pr:
        raise Regelbrudd(_("Arbeidsgruppa er alt oppløst."))
    if dato > pr:
        raise Regelbrudd(_("Datoen kan ikke være fram i tid."), felt="dato")
    if gruppe.fra is not None and dato < gruppe.fra:
        raise Regelbrudd(_("Gruppa kan ikke oppløses før den ble opprettet."), felt="dato")
    if not resultat.strip():
        raise Regelbrudd(_("Skriv hva arbeidsgruppa kom fram til."), felt="resultat")
    gruppe.til, gruppe.resultat = dato, resultat
    gruppe.save(update_fields=["til", "resultat"])
    for medlemskap in Medlemskap.objects.filter(plass__gruppe=gruppe).exclude(til__lte=dato).exclude(fra__gt=dato):
        avslutt_medlemskap(medlemskap, siste_dag=dato)
    return gruppe


def spurte(forslag: Gruppeforslag) -> list[Spurt]:
    """The proposed members, as the rules want them."""
    return [Spurt(str(en.person), en.svar) for en in forslag.foresporsler.select_related("person")]


def las(forslag: Gruppeforslag) -> Gruppeforslag:
    """The proposal as it stands, locked. Raises Regelbrudd when it is settled."""
    rader = Gruppeforslag.objects.select_for_update(of=("self",)).select_related("samarbeid", "gruppe", "fullmakt")
    rad: Gruppeforslag = rader.get(pk=forslag.pk)
    if not rad.er_apent:
        raise Regelbrudd(_("Forslaget er alt avgjort."))
    return rad


def _apen(foresporsel: Foresporsel) -> Foresporsel:
    las(foresporsel.forslag)
    rad: Foresporsel = Foresporsel.objects.select_for_update(of=("self",)).get(pk=foresporsel.pk)
    return rad


def _send(foresporsel: Foresporsel, naa: dt.datetime) -> None:
    person, forslag, samarbeid = foresporsel.person, foresporsel.forslag, foresporsel.forslag.samarbeid
    if not person.epost:
        return  # asked by word of mouth, and the answer is written down
    sprak = person.sprak or samarbeid.malform
    lenke = svarlenke(person, FORMAL, foresporsel, utloper(oslo_dato(naa)))
    with override(sprak):
        innhold = {
            "samarbeid": samarbeid,
            "navn": forslag.navn,
            "oppgave": forslag.oppgave,
            "gruppe": str(forslag.gruppe),
            "knapper": svarknapper(FORMAL, lenke),
            "side": settings.ADRESSE + foresporsel.get_absolute_url(),
        }
        brev = skriv("foresporsel", innhold, sprak=sprak)
    legg_i_ko(
        brev,
        adresse=person.epost,
        nokkel=_nokkel(foresporsel),
        regel=FORMAL,
        naa=naa,
        person=person,
        samarbeid=samarbeid,
        gjelder=forslag.navn,
        svar_til=samarbeid.funksjonspostkasse,
    )


def _nokkel(foresporsel: Foresporsel) -> str:
    return f"{FORMAL}:{foresporsel.pk}"
