from itertools import groupby
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import DetailView, ListView

from organisering.models import Enhet, Enhetskontakt
from organisering.rules.enheter import aktive_kontakter, hvem_sporres
from organisering.rules.grupper import plasser_for_enhet
from organisering.rules.ord import stor_forbokstav, tallord
from organisering.views.felles import Samarbeidsside

SOKELENGDE = 80


class Enhetsliste(Samarbeidsside, ListView[Enhet]):
    """The units of the network by kind, with a search and two choices in the address."""

    menyvalg = "enheter"
    template_name = "organisering/enhet_liste.html"

    @property
    def valg(self) -> dict[str, str]:
        """What the visitor asked for; an unknown kind or owner is no choice."""
        spurt = self.request.GET
        return {
            "q": " ".join(spurt.get("q", "").replace("\x00", "").split())[:SOKELENGDE],
            "slag": spurt["slag"] if spurt.get("slag") in Enhet.Slag.values else "",
            "eier": spurt["eier"] if spurt.get("eier") in Enhet.Eier.values else "",
        }

    def get_queryset(self) -> QuerySet[Enhet]:
        valg = self.valg
        enheter = Enhet.objects.filter(samarbeid=self.samarbeid).aktive(self.pr)
        enheter = enheter.filter(**{felt: valg[felt] for felt in ("slag", "eier") if valg[felt]})
        if valg["q"]:
            treff = Enhet.objects.filter(Q(navn__icontains=valg["q"]) | Q(aliaser__navn__icontains=valg["q"]))
            enheter = enheter.filter(pk__in=treff.values("pk"))
        kontakter = Enhetskontakt.objects.select_related("person")
        return enheter.select_related("overordnet").prefetch_related(
            "aliaser", Prefetch("kontakter", queryset=kontakter)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enheter = list(self.object_list)
        rader = [(enhet, aktive_kontakter(enhet, self.pr)) for enhet in enheter]
        valg = self.valg
        slag_i_orden = {slag: nummer for nummer, slag in enumerate(Enhet.Slag.values)}
        rader.sort(key=lambda rad: slag_i_orden.get(rad[0].slag, 99))
        return super().get_context_data(
            per_slag=[(str(Enhet.Slag(slag).label), list(rad)) for slag, rad in groupby(rader, lambda r: r[0].slag)],
            valg=valg,
            har_valgt=any(valg.values()),
            slagvalg=Enhet.Slag.choices,
            eiervalg=Enhet.Eier.choices,
            setning=hvordan_det_star_til(
                len(rader), sum(not kontakter for _enhet, kontakter in rader), any(valg.values())
            ),
            kan_rette=self.tilgang.er_koordinator or self.tilgang.er_administrator,
            **kwargs,
        )


def hvordan_det_star_til(antall: int, uten_kontakt: int, har_valgt: bool) -> str:
    """«23 enheter. Fem har ingen kontakt.»"""
    if not antall:
        return _("Ingen enheter passer.") if har_valgt else _("Ingen enheter er lagt inn ennå.")
    hode = stor_forbokstav(ngettext("%(n)s enhet.", "%(n)s enheter.", antall) % {"n": tallord(antall)})
    if not uten_kontakt:
        return " ".join([hode, _("Alle har en kontakt som kan spørres.")])
    hale = _("Ingen av dem har en registrert kontakt.")
    if uten_kontakt < antall:
        hale = stor_forbokstav(_("%(n)s har ingen registrert kontakt.") % {"n": tallord(uten_kontakt)})
    return f"{hode} {hale}"


class Enhetsside(Samarbeidsside, DetailView[Enhet]):
    """One unit: who is asked, what it answers for, which seats speak for it."""

    menyvalg = "enheter"
    template_name = "organisering/enhet_detalj.html"
    object: Enhet

    def get_queryset(self) -> QuerySet[Enhet]:
        enheter = Enhet.objects.filter(samarbeid=self.samarbeid)
        return enheter.select_related("overordnet").prefetch_related("aliaser")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enhet, pr = self.object, self.pr
        enhet.samarbeid = self.samarbeid
        egne, under = self.kontakter()
        plasser = plasser_for_enhet(enhet, pr)
        i_dag = [kontakt for kontakt in egne if kontakt.er_aktiv(pr)]
        return super().get_context_data(
            kontakter=i_dag,
            tidligere_kontakter=[kontakt for kontakt in egne if kontakt.til and kontakt.til < pr],
            plasser=plasser,
            underenheter=enhet.underenheter.aktive(pr),
            spurte=hvem_sporres(
                [str(kontakt.person) for kontakt in i_dag],
                [holder.navn for plass in plasser for holder in plass.holdere],
                [str(kontakt.person) for kontakt in under if kontakt.er_aktiv(pr)],
            ),
            er_avsluttet=bool(enhet.til and enhet.til < pr),
            kan_rette=self.tilgang.er_koordinator or self.tilgang.er_administrator,
            **kwargs,
        )

    def kontakter(self) -> tuple[list[Enhetskontakt], list[Enhetskontakt]]:
        """The contacts of the unit and of its sub-units, today and before."""
        treff = Enhetskontakt.objects.filter(Q(enhet=self.object) | Q(enhet__overordnet=self.object))
        alle = list(treff.select_related("person").order_by("person__navn", "pk"))
        egne = [kontakt for kontakt in alle if kontakt.enhet_id == self.object.pk]
        return egne, [kontakt for kontakt in alle if kontakt not in egne]
