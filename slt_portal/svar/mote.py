"""«Kommer du?», answered from the mail."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moter.models import Deltakelse, Mote
from moter.rules.deltakelse import er_gjest, plassen
from moter.rules.motevarsler import motesetning, motesporsmal
from moter.services import svar_pa_mote, ta_tilbake_svar
from slt_portal.svar.formal import Formal, Kvittering, Resultat, Sporsmal, Stengt, krev_inne
from varsling.models import Svarlenke


class Motesvar(Formal[Mote]):
    """A new answer takes the place of the one before, so the link stays open until the meeting is over."""

    navn = "mote"
    svar = {
        str(Deltakelse.Svar.KOMMER): gettext_lazy("Jeg kommer"),
        str(Deltakelse.Svar.KAN_IKKE): gettext_lazy("Jeg kan ikke"),
    }
    flere_svar = True

    def hent(self, lenke: Svarlenke, naa: dt.datetime) -> Mote:
        pr = krev_inne(lenke, naa)
        rader = Mote.objects.filter(pk=lenke.objekt_id, samarbeid=lenke.samarbeid_id)
        mote: Mote | None = rader.select_related("gruppe").prefetch_related("gruppe__nivaer").first()
        if mote is None:
            raise Stengt(_("Møtet finnes ikke lenger"), _("Det er tatt bort."))
        mote.samarbeid = lenke.samarbeid
        if plassen(lenke.person, mote, pr) is None and not er_gjest(lenke.person, mote):
            gruppe = {"gruppe": mote.gruppe.visningsnavn}
            raise Stengt(_("Du er ikke lenger kalt inn"), _("Du har ingen plass i %(gruppe)s nå.") % gruppe)
        if mote.avlyst is not None:
            raise Stengt(_("Møtet er avlyst"), _("Du trenger ikke svare."))
        if not mote.er_kommende(naa):
            raise Stengt(_("Møtet er over"), _("Det er ikke lenger noe å svare på."))
        return mote

    def sporsmal(self, objekt: Mote, lenke: Svarlenke, naa: dt.datetime) -> Sporsmal:
        svart = self._svaret(lenke)
        return Sporsmal(
            tittel=motesporsmal(objekt.start),
            linjer=(motesetning(objekt.gruppe.visningsnavn, objekt.sted, objekt.slutt),),
            adresse=objekt.get_absolute_url(),
            svart=svart.get_svar_display() if svart else "",
        )

    def besvar(self, objekt: Mote, lenke: Svarlenke, svar: str, skjema: Any, naa: dt.datetime) -> Resultat:
        for_ = self._svaret(lenke)
        ga = svar_pa_mote(objekt, person=lenke.person, svar=svar, naa=naa, kanal=Deltakelse.Kanal.EPOST)
        return Resultat(ga.deltakelse.pk, for_.svar if for_ else "")

    def kvittering(self, objekt: Mote, lenke: Svarlenke, naa: dt.datetime) -> Kvittering:
        rad = self._svaret(lenke)
        if rad is None:
            return Kvittering(_("Svaret er trukket tilbake"), self.ord_for(lenke.svar))
        forfall = rad.svar == Deltakelse.Svar.KAN_IKKE
        return Kvittering(
            tittel=_("Takk! Svaret er sendt"),
            svar=_("Du kan ikke") if forfall else _("Du kommer"),
            videre=_("De som holder møtet, ser det på møtets side. Du kan endre svaret til møtet er over."),
            kan_angre=True,
        )

    def angre(self, objekt: Mote, lenke: Svarlenke, naa: dt.datetime) -> None:
        rad = self._svaret(lenke)
        if rad is not None:
            ta_tilbake_svar(rad, til=lenke.forrige, naa=naa)

    @staticmethod
    def _svaret(lenke: Svarlenke) -> Deltakelse | None:
        """What stands as the person's answer, however it was given."""
        rader = Deltakelse.objects.filter(mote=lenke.objekt_id, person=lenke.person_id).exclude(svar="")
        funnet: Deltakelse | None = rader.first()
        return funnet
