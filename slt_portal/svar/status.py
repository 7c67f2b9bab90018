"""«Hvordan går det med tiltaket?», answered from the mail."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.norsk import dato
from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from slt_portal.svar.formal import Formal, Kvittering, Resultat, Sporsmal, Stengt, Valg, krev_inne
from tiltak.forms import Statusskjema, Utdyping
from tiltak.models import Statusmelding, Tiltak
from tiltak.rules.status import ansvar_a_melde_for, kan_angre, kan_melde_status, spor_igjen
from tiltak.services import angre_status, meld_status, utdyp_status
from tiltak.templatetags.tiltak import svar_under
from varsling.models import Svarlenke


class Status(Formal[Tiltak]):
    """A report is added to those before; so the link is used up by one."""

    navn = "status"
    svar = {str(verdi): ord for verdi, ord in Statusmelding.Status.choices}
    knapp = gettext_lazy("Send status")

    def hent(self, lenke: Svarlenke, naa: dt.datetime) -> Tiltak:
        pr = krev_inne(lenke, naa)
        rader = Tiltak.objects.filter(pk=lenke.objekt_id, samarbeid=lenke.samarbeid_id).select_related("plan")
        tiltak: Tiltak | None = rader.med_siste_melding(pr).first()
        if tiltak is None:
            raise Stengt(_("Tiltaket finnes ikke lenger"), _("Det er tatt ut av planen."))
        tiltak.samarbeid = lenke.samarbeid
        if not kan_melde_status(lenke.person, tiltak, pr):
            raise Stengt(
                _("Du svarer ikke lenger for dette"), _("Tiltaket er ikke lenger lagt til deg eller plassen din.")
            )
        if tiltak.avsluttet is not None:
            raise Stengt(_("Tiltaket er avsluttet"), _("Det tar ikke imot status."))
        return tiltak

    def sporsmal(self, objekt: Tiltak, lenke: Svarlenke, naa: dt.datetime) -> Sporsmal:
        sist = _("Ingen har meldt status før.")
        if objekt.siste_status:
            ord_ = {"dato": dato(objekt.siste_meldt), "status": self.ord_for(objekt.siste_status).lower()}
            sist = _("Sist meldt %(dato)s: %(status)s.") % ord_
        besvart = objekt.siste_meldt is not None and objekt.siste_meldt > lenke.opprettet
        return Sporsmal(
            tittel=_("Hvordan går det?"),
            linjer=(sist,),
            sitat=objekt.tittel,
            kilde=objekt.plan.navn,
            adresse=objekt.get_absolute_url(),
            svart=self.ord_for(objekt.siste_status or "") if besvart else "",
        )

    def valg(self) -> list[Valg]:
        return [Valg(verdi, str(ord), svar_under(verdi), verdi) for verdi, ord in self.svar.items()]

    def skjema(self, objekt: Tiltak, lenke: Svarlenke, svar: str, naa: dt.datetime, data: Any = None) -> forms.Form:
        """On whose behalf is chosen beforehand, one's own before the group's, so that two presses are enough."""
        ansvar, paakrevd = ansvar_a_melde_for(lenke.person, objekt, oslo_dato(naa))
        if data is not None:
            data = data.copy()
            data["status"] = svar
        nermest = sorted(ansvar, key=lambda ett: ett.gruppe_id is not None) if paakrevd else []
        initial = {"status": svar, "ansvar": nermest[0].pk if nermest else None}
        return Statusskjema(data, initial=initial, ansvar=ansvar, paakrevd=paakrevd, avbryt="")

    def besvar(self, objekt: Tiltak, lenke: Svarlenke, svar: str, skjema: Any, naa: dt.datetime) -> Resultat:
        kanal = Statusmelding.Kanal.EPOST
        return Resultat(meld_status(objekt, person=lenke.person, naa=naa, kanal=kanal, **skjema.melding()).pk)

    def kvittering(self, objekt: Tiltak, lenke: Svarlenke, naa: dt.datetime) -> Kvittering:
        melding = self._melding(lenke)
        if melding is None:
            return Kvittering(_("Meldingen er trukket tilbake"), self.ord_for(lenke.svar))
        under = svar_under(melding.status)
        neste = spor_igjen(objekt, melding, lenke.samarbeid, oslo_dato(melding.meldt))
        angres = kan_angre(lenke.person, melding, naa)
        return Kvittering(
            tittel=_("Takk! Status er sendt") if angres else _("Du har svart"),
            svar=", ".join(filter(None, (melding.get_status_display(), under))),
            tekst=melding.tekst,
            videre=_("Vi spør igjen i %(naar)s.") % {"naar": _maned(neste)}
            if neste
            else _("Vi spør ikke om dette igjen."),
            kan_angre=angres,
            utdyp=Utdyping(initial={"tekst": melding.tekst}) if angres else None,
        )

    def angre(self, objekt: Tiltak, lenke: Svarlenke, naa: dt.datetime) -> None:
        melding = self._melding(lenke)
        if melding is not None:
            angre_status(melding, av=lenke.person, naa=naa)

    def utdyp(self, objekt: Tiltak, lenke: Svarlenke, data: Any, naa: dt.datetime) -> forms.Form | None:
        skjema, melding = Utdyping(data), self._melding(lenke)
        if melding is None or not skjema.is_valid():
            return skjema
        try:
            utdyp_status(melding, tekst=skjema.cleaned_data["tekst"], av=lenke.person, naa=naa)
        except Regelbrudd as brudd:
            skjema.add_error("tekst", brudd.setning)
            return skjema
        return None

    @staticmethod
    def _melding(lenke: Svarlenke) -> Statusmelding | None:
        funnet: Statusmelding | None = Statusmelding.objects.filter(
            pk=lenke.resultat_id or 0, person=lenke.person_id, tiltak=lenke.objekt_id
        ).first()
        return funnet


def _maned(dag: dt.date) -> str:
    """«mai 2026»."""
    return dato(dag).partition("\u00a0")[2]
