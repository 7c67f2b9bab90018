"""To see, without a password, what a mail tells of when it asks nothing."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from slt_portal.svar.formal import Formal, Kvittering, Resultat, Sporsmal, Stengt, krev_inne
from varsling.models import Svarlenke, Varsel
from varsling.services import SE, les_avsnitt


class Se(Formal[Varsel]):
    """The words of the mail's own item, and the way to its page."""

    navn = SE

    def hent(self, lenke: Svarlenke, naa: dt.datetime) -> Varsel:
        pr = krev_inne(lenke, naa)
        rader = Varsel.objects.filter(pk=lenke.objekt_id, person=lenke.person_id, samarbeid=lenke.samarbeid_id)
        varsel: Varsel | None = rader.first()
        if varsel is None or lenke.samarbeid_id not in lenke.person.samarbeid_ider(pr):
            raise Stengt(_("Lenka virker ikke lenger"), _("Du er ikke lenger med i dette samarbeidet."))
        return varsel

    def sporsmal(self, objekt: Varsel, lenke: Svarlenke, naa: dt.datetime) -> Sporsmal:
        avsnitt = les_avsnitt(objekt.hvorfor)
        sitat = next((ett for ett in avsnitt if ett.er_sitat), None)
        return Sporsmal(
            tittel=objekt.gjelder,
            linjer=tuple(ett.tekst for ett in avsnitt if not ett.er_sitat),
            sitat=sitat.tekst if sitat else "",
            kilde=sitat.kilde if sitat else "",
            adresse=objekt.lenke,
        )

    def besvar(self, objekt: Varsel, lenke: Svarlenke, svar: str, skjema: Any, naa: dt.datetime) -> Resultat:
        raise Stengt(_("Det er ingenting å svare på"), _("Lenka er bare til å se saken med."))

    def kvittering(self, objekt: Varsel, lenke: Svarlenke, naa: dt.datetime) -> Kvittering:
        return Kvittering(objekt.gjelder, "")

    def angre(self, objekt: Varsel, lenke: Svarlenke, naa: dt.datetime) -> None:
        """Nothing was answered."""
