"""What the day's mail says: each thing with why, the source's words, and answers that need no password."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles.norsk import dag as uten_ar
from felles.norsk import stor_forbokstav, tallord, ukedag
from felles.trinn import er_alvorlig
from varsling.models import Epost, Svarlenke, Varsel
from varsling.services.avmelding import avmeldingslenke, slagord
from varsling.services.brev import skriv
from varsling.services.planlegging import trygg
from varsling.services.svarlenker import SE, Svarknapp, adresse, gyldig_til, svarknapper, utloper

EGNE_ORD: dict[str, str | Promise] = {"brudd": gettext_lazy("Brudd"), "forfalt": gettext_lazy("Forfalt")}


@dataclass(frozen=True)
class Avsnitt:
    """A paragraph: plain, or a quotation with its source."""

    tekst: str
    er_sitat: bool = False
    kilde: str = ""


@dataclass(frozen=True)
class Punkt:
    """One thing in the mail: with answers, or with one way to see it."""

    nummer: int
    gjelder: str
    avsnitt: list[Avsnitt]
    merke: str
    svar: list[Svarknapp]
    se: str
    portal: list[Svarknapp]


@dataclass
class Samlebrev:
    """One person's mail of the day, and the links that it carries: rows to be written with it."""

    varsler: list[Varsel]
    dag: dt.date
    straks: bool = False  # asked for by somebody: one thing, at once and alone
    lenker: list[Svarlenke] = field(default_factory=list)

    def skriv(self) -> Epost:
        """The mail, not saved. Asks nothing of the database."""
        person, samarbeid = self._person, self._samarbeid()
        eneste = samarbeid[0] if len(samarbeid) == 1 else None
        sprak = person.sprak or (samarbeid[0].malform if samarbeid else "")
        avmelding = avmeldingslenke(person.pk, self.varsler, sprak)
        with translation.override(sprak or settings.LANGUAGE_CODE):
            brev = skriv("samling", {**self._innhold(), "avmelding": avmelding}, sprak=sprak)
        return Epost(
            samarbeid=eneste,
            person=person,
            adresse=person.epost,
            dag=self.dag,
            straks=self.straks,
            message_id=make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or None),
            svar_til=eneste.funksjonspostkasse if eneste else "",
            avmelding=avmelding if any(not v.plikt for v in self.varsler) else "",
            emne=trygg(brev.emne)[:250],
            tekst=trygg(brev.tekst),
            html=trygg(brev.html),
        )

    @property
    def _person(self) -> Any:
        return self.varsler[0].person

    def _samarbeid(self) -> list[Any]:
        return list({v.samarbeid_id: v.samarbeid for v in self.varsler if v.samarbeid is not None}.values())

    def _innhold(self) -> dict[str, Any]:
        deler: dict[str, list[Punkt]] = defaultdict(list)
        for nummer, varsel in enumerate(i_rekke(self.varsler), start=1):
            deler[_overskrift(varsel.samarbeid)].append(self._punkt(varsel, nummer if len(self.varsler) > 1 else 0))
        punkter = [punkt for del_ in deler.values() for punkt in del_]
        return {
            "emne": _emne(punkter),
            "navn": self._person.navn,
            "dag": ukedag(self.dag),
            "fra": ", ".join(deler),
            "deler": list(deler.items()),
            "antall": len(punkter),
            "straks": self.straks,
            "kan_svare": any(punkt.svar for punkt in punkter),
            "slag": sorted({slagord(v.regel) for v in self.varsler}),
            "plikt": all(v.plikt for v in self.varsler),
            "gyldig_til": uten_ar(gyldig_til(self.dag)),
            "min_side": f"{settings.ADRESSE}/min-side/",
        }

    def _punkt(self, varsel: Varsel, nummer: int) -> Punkt:
        over = er_alvorlig(varsel.trinn) and (varsel.forfall is None or varsel.forfall < self.dag)
        merke = EGNE_ORD[varsel.trinn.partition("-")[0]] if over else ""  # on the due day itself nothing is overdue
        lenke = self._lenke(varsel)
        svar = svarknapper(varsel.formal, lenke) if lenke else []
        portal = [] if svar or not varsel.lenke else [self._i_portalen(varsel)]
        se = "" if svar else lenke
        return Punkt(nummer, varsel.gjelder, les_avsnitt(varsel.hvorfor), str(merke), svar, se, portal)

    @staticmethod
    def _i_portalen(varsel: Varsel) -> Svarknapp:
        return Svarknapp(_("Se saken i portalen"), f"{settings.ADRESSE}{varsel.lenke}")

    def _lenke(self, varsel: Varsel) -> str:
        """The reader's own link to the question, or to the thing itself when nothing is asked."""
        if varsel.samarbeid is None:
            return ""
        formal, objekt_id = (varsel.formal, varsel.objekt_id) if varsel.formal else (SE, varsel.pk)
        lenke = Svarlenke(
            samarbeid=varsel.samarbeid,
            person=varsel.person,
            varsel=varsel,
            formal=formal,
            objekt_id=objekt_id or varsel.pk,
            utloper=utloper(self.dag),
        )
        self.lenker.append(lenke)
        return adresse(lenke)


def i_rekke(varsler: list[Varsel]) -> list[Varsel]:
    """What matters first: broken and overdue, then by date, then what asks for an answer."""
    return sorted(varsler, key=lambda v: (not er_alvorlig(v.trinn), v.forfall or dt.date.max, not v.formal, v.pk))


def les_avsnitt(tekst: str) -> list[Avsnitt]:
    """The paragraphs of a stored text; one that begins with «guillemets» is a quotation."""
    avsnitt = []
    for del_ in filter(None, tekst.split("\n\n")):
        sitat, _skille, kilde = del_.rpartition("»\n") if del_.startswith("«") else ("", "", "")
        if sitat:
            avsnitt.append(Avsnitt(f"{sitat}»", er_sitat=True, kilde=kilde))
        else:
            avsnitt.append(Avsnitt(del_, er_sitat=del_.startswith("«") and del_.endswith("»")))
    return avsnitt


def _overskrift(samarbeid: Any) -> str:
    return f"{samarbeid.modellnavn} {samarbeid.navn}" if samarbeid is not None else _("SLT-portalen")


def _emne(punkter: list[Punkt]) -> str:
    """The one thing itself; of several, how many, and whether an answer is all they want."""
    if len(punkter) == 1:
        return punkter[0].gjelder
    antall = {"antall": stor_forbokstav(tallord(len(punkter)))}
    if all(punkt.svar for punkt in punkter):
        return _("%(antall)s ting venter på svar fra deg") % antall
    return _("%(antall)s ting trenger deg") % antall
