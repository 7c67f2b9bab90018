"""«Er det gjort?» about an action item, and «Ble møtet holdt?»: one answer each, given from the mail."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from moter.models import Mote, Oppfolging
from moter.rules.motevarsler import holdtoverskrift, holdtsetning, oppfolgingssetning
from moter.rules.oppfolging import kan_fullfore
from moter.services import angre_fullfor, angre_holdt, fullfor, marker_holdt
from organisering.rules import tilgang
from slt_portal.svar.formal import Formal, Kvittering, Resultat, Sporsmal, Stengt, krev_inne
from varsling.models import Svarlenke


class Oppgave(Formal[Oppfolging]):
    """The owner says that it is done."""

    navn = "oppfolging"
    svar = {"gjort": gettext_lazy("Det er gjort")}

    def hent(self, lenke: Svarlenke, naa: dt.datetime) -> Oppfolging:
        pr = krev_inne(lenke, naa)
        rader = Oppfolging.objects.filter(pk=lenke.objekt_id, samarbeid=lenke.samarbeid_id)
        rad: Oppfolging | None = rader.select_related("gruppe").prefetch_related("gruppe__nivaer").first()
        if rad is None:
            raise Stengt(_("Oppgaven finnes ikke lenger"), _("Den er tatt bort."))
        rad.samarbeid = lenke.samarbeid
        if not kan_fullfore(lenke.person, rad, pr):
            raise Stengt(_("Oppgaven er ikke lenger din"), _("Den er ikke lagt til deg eller plassen din nå."))
        if rad.gjort is not None and lenke.brukt is None:
            raise Stengt(_("Oppgaven er alt gjort"), _("Du trenger ikke svare."))
        return rad

    def sporsmal(self, objekt: Oppfolging, lenke: Svarlenke, naa: dt.datetime) -> Sporsmal:
        om = _("Oppgave fra %(gruppe)s.") % {"gruppe": objekt.gruppe.visningsnavn}
        if objekt.frist is not None:
            om = oppfolgingssetning(objekt.gruppe.visningsnavn, objekt.frist, oslo_dato(naa))
        side = objekt.mote.get_absolute_url() if objekt.mote else objekt.gruppe.get_absolute_url()
        return Sporsmal(tittel=objekt.tekst, linjer=(om,), adresse=side)

    def besvar(self, objekt: Oppfolging, lenke: Svarlenke, svar: str, skjema: Any, naa: dt.datetime) -> Resultat:
        return Resultat(fullfor(objekt, dato=oslo_dato(naa)).pk)

    def kvittering(self, objekt: Oppfolging, lenke: Svarlenke, naa: dt.datetime) -> Kvittering:
        if objekt.gjort is None:
            return Kvittering(_("Oppgaven er åpen igjen"), "")
        videre = _("Vi minner ikke om dette igjen.")
        return Kvittering(_("Takk! Oppgaven er gjort"), self.ord_for(lenke.svar), videre=videre, kan_angre=True)

    def angre(self, objekt: Oppfolging, lenke: Svarlenke, naa: dt.datetime) -> None:
        angre_fullfor(objekt)


class Moteholdt(Formal[Mote]):
    """Sekretær or coordinator says that the meeting was held; what else happened to it is said on its page."""

    navn = "mote_holdt"
    svar = {"holdt": gettext_lazy("Ja, møtet ble holdt")}

    def hent(self, lenke: Svarlenke, naa: dt.datetime) -> Mote:
        pr = krev_inne(lenke, naa)
        rader = Mote.objects.filter(pk=lenke.objekt_id, samarbeid=lenke.samarbeid_id)
        mote: Mote | None = rader.select_related("gruppe").prefetch_related("gruppe__nivaer").first()
        if mote is None:
            raise Stengt(_("Møtet finnes ikke lenger"), _("Det er tatt bort."))
        mote.samarbeid = mote.gruppe.samarbeid = lenke.samarbeid
        if not tilgang(lenke.person, lenke.samarbeid, pr).kan_lede(mote.gruppe):
            gruppe = {"gruppe": mote.gruppe.visningsnavn}
            raise Stengt(_("Du svarer ikke lenger for dette"), _("Du har ikke lenger verv i %(gruppe)s.") % gruppe)
        if mote.avlyst is not None:
            raise Stengt(_("Møtet er avlyst"), _("Du trenger ikke svare."))
        if mote.holdt is not None and lenke.brukt is None:
            raise Stengt(_("Møtet er alt markert som holdt"), _("Du trenger ikke svare."))
        return mote

    def sporsmal(self, objekt: Mote, lenke: Svarlenke, naa: dt.datetime) -> Sporsmal:
        ikke = _("Ble det ikke holdt? Åpne møtet i portalen, og flytt eller avlys det der.")
        return Sporsmal(
            tittel=holdtoverskrift(objekt.gruppe.visningsnavn, objekt.dato),
            linjer=(holdtsetning(), ikke),
            adresse=objekt.get_absolute_url(),
        )

    def besvar(self, objekt: Mote, lenke: Svarlenke, svar: str, skjema: Any, naa: dt.datetime) -> Resultat:
        return Resultat(marker_holdt(objekt, naa=naa).pk)

    def kvittering(self, objekt: Mote, lenke: Svarlenke, naa: dt.datetime) -> Kvittering:
        if objekt.holdt is None:
            return Kvittering(_("Møtet er ikke lenger markert som holdt"), "")
        return Kvittering(
            tittel=_("Takk! Møtet er markert som holdt"),
            svar=self.ord_for(lenke.svar),
            videre=_("Hvem som var der, og referatet, fører du på møtets side."),
            kan_angre=True,
        )

    def angre(self, objekt: Mote, lenke: Svarlenke, naa: dt.datetime) -> None:
        if objekt.referat:
            raise Regelbrudd(_("Det er skrevet referat fra møtet. Da står det som holdt."))
        angre_holdt(objekt)
