"""«Vil du være med?», answered from the mail."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisering.models import Foresporsel
from organisering.services.arbeidsgrupper import FORMAL, besvar_foresporsel, ta_tilbake_foresporselssvar
from slt_portal.svar.formal import Formal, Kvittering, Resultat, Sporsmal, Stengt, krev_inne
from varsling.models import Svarlenke


class Foresporselssvar(Formal[Foresporsel]):
    """A new answer takes the place of the one before, so the link stays open until the proposal is settled."""

    navn = FORMAL
    svar = {
        str(Foresporsel.Svar.JA): gettext_lazy("Ja, jeg er med"),
        str(Foresporsel.Svar.NEI): gettext_lazy("Nei, jeg kan ikke"),
    }
    flere_svar = True

    def hent(self, lenke: Svarlenke, naa: dt.datetime) -> Foresporsel:
        krev_inne(lenke, naa)
        rader = Foresporsel.objects.filter(pk=lenke.objekt_id, samarbeid=lenke.samarbeid_id, person=lenke.person_id)
        rad = rader.select_related("forslag__gruppe").prefetch_related("forslag__gruppe__nivaer").first()
        if rad is None:
            raise Stengt(_("Du er ikke lenger spurt"), _("Forslaget er endret, og du trenger ikke svare."))
        if not rad.forslag.er_apent:
            raise Stengt(_("Forslaget er avgjort"), _("Det er ikke lenger noe å svare på."))
        rad.samarbeid = rad.forslag.samarbeid = lenke.samarbeid
        funnet: Foresporsel = rad
        return funnet

    def sporsmal(self, objekt: Foresporsel, lenke: Svarlenke, naa: dt.datetime) -> Sporsmal:
        forslag = objekt.forslag
        spor = _("%(gruppe)s foreslår en arbeidsgruppe og spør om du vil være med.")
        return Sporsmal(
            tittel=_("Vil du være med i arbeidsgruppa %(navn)s?") % {"navn": forslag.navn},
            linjer=(spor % {"gruppe": forslag.gruppe}, *([forslag.oppgave] if forslag.oppgave else [])),
            adresse=objekt.get_absolute_url(),
            svart=objekt.get_svar_display() if objekt.svar else "",
        )

    def besvar(self, objekt: Foresporsel, lenke: Svarlenke, svar: str, skjema: Any, naa: dt.datetime) -> Resultat:
        return Resultat(besvar_foresporsel(objekt, svar=svar, naa=naa).pk, objekt.svar)

    def kvittering(self, objekt: Foresporsel, lenke: Svarlenke, naa: dt.datetime) -> Kvittering:
        if not objekt.svar:
            return Kvittering(_("Svaret er trukket tilbake"), self.ord_for(lenke.svar))
        return Kvittering(
            tittel=_("Takk! Svaret er sendt"),
            svar=self.ord_for(objekt.svar),
            videre=_("De som foreslo gruppa, ser det. Du kan endre svaret til forslaget er avgjort."),
            kan_angre=True,
        )

    def angre(self, objekt: Foresporsel, lenke: Svarlenke, naa: dt.datetime) -> None:
        if lenke.forrige:
            besvar_foresporsel(objekt, svar=lenke.forrige, naa=naa)
        else:
            ta_tilbake_foresporselssvar(objekt)
