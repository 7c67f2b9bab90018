"""The rules of a group said in sentences. The source's own wording always stands beside them."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisering.models import Fullmakt, Gruppe, Motekrav
from organisering.rules.ord import kroner_i_ord, liten_forbokstav, ordenstall, stor_forbokstav, tallord

Kalender = Motekrav.Kalender
Grense = Fullmakt.Grense

I_PERIODEN: dict[str, str | Promise] = {
    Kalender.MANED: gettext_lazy("i måneden"),
    Kalender.HALVAR: gettext_lazy("i halvåret"),
    Kalender.VAR: gettext_lazy("hver vår"),
    Kalender.HOST: gettext_lazy("hver høst"),
    Kalender.AR: gettext_lazy("i året"),
}
HVER_ANNEN: dict[str, str | Promise] = {
    Kalender.MANED: gettext_lazy("hver annen måned"),
    Kalender.HALVAR: gettext_lazy("hvert annet halvår"),
    Kalender.AR: gettext_lazy("hvert annet år"),
}
HVER_NTE: dict[str, str | Promise] = {
    Kalender.MANED: gettext_lazy("hver %(nummer)s måned"),
    Kalender.HALVAR: gettext_lazy("hvert %(nummer)s halvår"),
    Kalender.AR: gettext_lazy("hvert %(nummer)s år"),
}


@dataclass(frozen=True)
class Fullmaktsord:
    """A power in words: what it is about, what its holder may, what limits it, and who decides beyond it."""

    tema: str
    svar: str
    grenser: list[str] = field(default_factory=list)


def krav_i_ord(krav: Motekrav) -> str:
    """One whole sentence for any form of requirement."""
    if krav.slag == Motekrav.Slag.ORD:
        return _("Møter ved behov.") if krav.ved_behov else _("Et fast antall møter er ikke oppgitt.")
    setning = _intervall(krav) if krav.slag == Motekrav.Slag.INTERVALL else _antall(krav)
    if krav.ved_behov:
        return _("Møter ved behov, og %(krav)s.") % {"krav": setning}
    return f"{stor_forbokstav(setning)}."


def _intervall(krav: Motekrav) -> str:
    til = krav.uker_til or 1
    if krav.uker_fra and krav.uker_fra != til:
        uke = f"{krav.uker_fra}.–{til}."
        monster = _("møte omtrent hver %(uke)s uke") if krav.omtrent else _("møte hver %(uke)s uke")
        return monster % {"uke": uke}
    hver = _("hver uke") if til == 1 else _("hver annen uke") if til == 2 else ""
    hver = hver or _("hver %(nummer)s uke") % {"nummer": ordenstall(til)}
    return (_("møte omtrent %(hver)s") if krav.omtrent else _("møte minst %(hver)s")) % {"hver": hver}


def _antall(krav: Motekrav) -> str:
    minst, hoyst = krav.minst or 1, krav.hoyst
    tall = f"{minst}–{hoyst}" if hoyst and hoyst > minst else tallord(minst, intetkjonn=True)
    if krav.omtrent:
        monster = ngettext("omtrent %(tall)s møte %(periode)s", "omtrent %(tall)s møter %(periode)s", hoyst or minst)
    elif hoyst:
        monster = ngettext("%(tall)s møte %(periode)s", "%(tall)s møter %(periode)s", hoyst)
    else:
        monster = ngettext("minst %(tall)s møte %(periode)s", "minst %(tall)s møter %(periode)s", minst)
    return monster % {"tall": tall, "periode": _periode(krav)}


def _periode(krav: Motekrav) -> str:
    if krav.perioder == 1 or krav.kalender not in HVER_NTE:
        return str(I_PERIODEN[krav.kalender])
    if krav.perioder == 2:
        return str(HVER_ANNEN[krav.kalender])
    return str(HVER_NTE[krav.kalender]) % {"nummer": ordenstall(krav.perioder)}


def fullmakt_i_ord(fullmakt: Fullmakt) -> Fullmaktsord:
    """What the holder may decide or recommend, in the order a reader asks: about what, may they, how far, who then."""
    penger = fullmakt.gjelder == Fullmakt.Gjelder.PENGER
    tema = str(fullmakt.get_gjelder_display())
    if fullmakt.omfang:
        tema = f"{tema}, {fullmakt.omfang}" if penger else stor_forbokstav(fullmakt.omfang)
    grenser = [*(_pengegrenser(fullmakt) if penger else []), *_videre(fullmakt)]
    return Fullmaktsord(tema, _svar(fullmakt), grenser)


def fullmakt_som_setning(fullmakt: Fullmakt) -> str:
    """The same in running words: «Penger: vedtar. Høyst kr 10 000 til sammen i året.»"""
    ord_ = fullmakt_i_ord(fullmakt)
    return " ".join([f"{ord_.tema}: {liten_forbokstav(ord_.svar)}.", *ord_.grenser])


def _svar(fullmakt: Fullmakt) -> str:
    vedtar = fullmakt.myndighet == Fullmakt.Myndighet.VEDTAR
    if fullmakt.over is not None:
        monster = _("Vedtar beløp over %(belop)s") if vedtar else _("Tilrår beløp over %(belop)s")
        return monster % {"belop": kroner_i_ord(fullmakt.over)}
    if fullmakt.alle_ma_si_ja:
        return _("Vedtar når alle foreslåtte har sagt ja") if vedtar else _("Tilrår når alle foreslåtte har sagt ja")
    return _("Vedtar") if vedtar else _("Tilrår")


def _pengegrenser(fullmakt: Fullmakt) -> list[str]:
    ord_ = []
    if fullmakt.grense is not None:
        ord_.append(_("Høyst %(belop)s i hvert vedtak.") % {"belop": kroner_i_ord(fullmakt.grense)})
    if fullmakt.ramme is not None:
        ord_.append(_("Høyst %(belop)s til sammen i året.") % {"belop": kroner_i_ord(fullmakt.ramme)})
    if ord_:
        return ord_
    if Grense.INGEN in {fullmakt.grense_slag, fullmakt.ramme_slag}:
        return [_("Uten øvre grense.")]
    return [_("Øvre grense er ikke oppgitt.")]


def _videre(fullmakt: Fullmakt) -> list[str]:
    videre = fullmakt.videre_gruppe or fullmakt.videre_plass
    if videre is None:
        return []
    if fullmakt.myndighet == Fullmakt.Myndighet.TILRAR:
        return [_("%(hvem)s avgjør.") % {"hvem": videre}]
    return [_("%(hvem)s avgjør det som går utover dette.") % {"hvem": videre}]


def frister_i_ord(gruppe: Gruppe) -> list[str]:
    """The group's own limits and habits; what is not stated is not here, but among `ikke_oppgitt`."""
    linjer = []
    if gruppe.innkallingsfrist is not None:
        linjer.append(
            ngettext(
                "Innkallingen sendes senest %(n)s dag før møtet.",
                "Innkallingen sendes senest %(n)s dager før møtet.",
                gruppe.innkallingsfrist,
            )
            % {"n": tallord(gruppe.innkallingsfrist)}
        )
    if gruppe.saksfrist is not None:
        linjer.append(
            ngettext(
                "Saker meldes senest %(n)s dag før møtet.",
                "Saker meldes senest %(n)s dager før møtet.",
                gruppe.saksfrist,
            )
            % {"n": tallord(gruppe.saksfrist)}
        )
    if gruppe.taushet_betyr:
        godkjent = gruppe.taushet_betyr == Gruppe.Taushet.GODKJENT
        linjer.append(
            _("Den som ikke svarer, har godkjent referatet.")
            if godkjent
            else _("Den som ikke svarer, har ikke godkjent referatet.")
        )
    if gruppe.motedor:
        apne = gruppe.motedor == Gruppe.Motedor.APNE
        linjer.append(_("Møtene er åpne.") if apne else _("Møtene er lukket."))
    if gruppe.referat_offentlig is not None:
        linjer.append(_("Referatet er offentlig.") if gruppe.referat_offentlig else _("Referatet er ikke offentlig."))
    return linjer


def ikke_oppgitt(gruppe: Gruppe) -> list[str]:
    """What the sources do not say about how the group works, as nouns."""
    felter = {
        _("frist for innkalling"): gruppe.innkallingsfrist,
        _("frist for saker"): gruppe.saksfrist,
        _("hva taushet betyr ved godkjenning"): gruppe.taushet_betyr or None,
        _("åpne eller lukkede møter"): gruppe.motedor or None,
        _("om referatet er offentlig"): gruppe.referat_offentlig,
    }
    return [navn for navn, verdi in felter.items() if verdi is None]
