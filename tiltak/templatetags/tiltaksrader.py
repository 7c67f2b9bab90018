"""The rows of the measures table and of a party's list.

A page has fifty of them and more, and in the template language they cost more than all the rest of it. So they are
written here, each value escaped where it is put in.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from felles.norsk import dag, dato
from felles.templatetags.slt import eksempelmerke, merke, merkebilde
from tiltak.models import Ansvar
from tiltak.rules.rader import Tiltaksrad

register = template.Library()
KORT = 110  # characters of the description
INGEN = 0  # stands for the measure's key while an address is made


class Ordene:
    """The words and addresses that every row shares, asked for once."""

    def __init__(self, slug: str, *, er_koordinator: bool) -> None:
        self.er_koordinator = er_koordinator
        self.tiltaket = reverse("tiltak:tiltak", args=[slug, INGEN])
        self.ansvaret = reverse("tiltak:ansvar", args=[slug, INGEN])
        self.ansvar, self.frist, self.ingen_frist = _("Ansvar"), _("Frist"), _("Ingen frist")
        self.sammen_med = _("Sammen med")
        self.avklar, self.uavklart = _("Avklar ansvaret"), _("Uavklart ansvar")
        self.mangler, self.legg_inn = _("Mangler"), _("Legg inn ansvar")
        self.eksempel = eksempelmerke()

    def lenke(self, monster: str, pk: int) -> str:
        return monster.replace(f"/{INGEN}/", f"/{pk}/")


@register.simple_tag(takes_context=True)
def tiltaksrader(context: Context, rader: Iterable[Tiltaksrad]) -> SafeString:
    """`{% tiltaksrader rader %}`: the rows of the table. Reads `pr`, `samarbeid` and `tilgang`."""
    ord = Ordene(context["samarbeid"].slug, er_koordinator=context["tilgang"].er_koordinator)
    return SafeString("\n".join(_rad(rad, ord, context["pr"]) for rad in rader))


@register.simple_tag(takes_context=True)
def partens_rader(context: Context, rader: Iterable[tuple[Tiltaksrad, str]]) -> SafeString:
    """The measures of one party, each with why it stands there. Reads `samarbeid`."""
    monster = reverse("tiltak:tiltak", args=[context["samarbeid"].slug, INGEN])
    return SafeString(
        "\n".join(
            f"<li><span>{_lenke(monster.replace(f'/{INGEN}/', f'/{rad.tiltak.pk}/'), rad.tiltak.tittel)}"
            f"{_under(merknad)}</span><span>{_tilstand(rad)}</span></li>"
            for rad, merknad in rader
        )
    )


def _rad(rad: Tiltaksrad, ord: Ordene, pr: dt.date) -> str:
    tiltak = rad.tiltak
    under = _under(Truncator(tiltak.beskrivelse).chars(KORT)) if tiltak.beskrivelse else ""
    return (
        f'<tr><th scope="row" class="tittel">{_lenke(ord.lenke(ord.tiltaket, tiltak.pk), tiltak.tittel)}{under}</th>'
        f'<td data-navn="{ord.ansvar}">{_ansvaret(rad, ord)}</td>'
        f'<td data-navn="{ord.frist}">{_naar(rad, ord)}</td>'
        f'<td class="tilstand">{_tilstand(rad)}</td>'
        f'<td class="bare-bred">{_meldt(rad, ord, pr)}</td></tr>'
    )


def _ansvaret(rad: Tiltaksrad, ord: Ordene) -> str:
    """Names in sans, words that are open on purpose in serif, unresolved words in serif with a triangle."""
    ledd: list[str] = [escape(ansvar.navn) for ansvar in rad.avklarte]
    ledd += [_ordrett(ansvar.kildeord) for ansvar in (*rad.apne, *rad.uavklarte)]
    deler = [", ".join(ledd)]
    if rad.uavklarte:
        hva = _lenke(ord.lenke(ord.ansvaret, rad.tiltak.pk), ord.avklar) if ord.er_koordinator else ord.uavklart
        deler.append(f'<span class="under merkelinje">{merkebilde("uavklart", storrelse=16)} {hva}</span>')
    elif rad.mangler_ansvar:
        hva = ord.mangler
        if ord.er_koordinator:
            hva = f"<span>{hva}. {_lenke(ord.lenke(ord.ansvaret, rad.tiltak.pk), ord.legg_inn)}</span>"
        deler.append(f'<span class="merkelinje">{merkebilde("mangler", storrelse=16)} {hva}</span>')
    if rad.samarbeider:
        deler.append(f'<span class="under">{ord.sammen_med} {_navnene(rad.samarbeider)}</span>')
    return "".join(deler)


def _naar(rad: Tiltaksrad, ord: Ordene) -> str:
    tidsrom = rad.tiltak.tidsrom
    if not tidsrom:
        return escape(rad.naar) if rad.naar else f'<span class="dempet">{ord.ingen_frist}</span>'
    if not rad.naar:
        return _ordrett(tidsrom)
    return f'{escape(rad.naar)}<span class="under ordrett">«{escape(tidsrom)}»</span>'


def _tilstand(rad: Tiltaksrad) -> str:
    ved = f'<span class="merke-under">{escape(rad.ord.ved)}</span>' if rad.ord.ved else ""
    return f"{merke(rad.tilstand, rad.ord.merke)}{ved}"


def _meldt(rad: Tiltaksrad, ord: Ordene, pr: dt.date) -> str:
    if rad.sist_meldt is None:
        return ""
    naar = dag(rad.sist_meldt) if rad.sist_meldt.year == pr.year else dato(rad.sist_meldt)
    return f"{naar} {ord.eksempel if rad.tiltak.siste_eksempel else ''}"


def _navnene(ansvar: Iterable[Ansvar]) -> str:
    return ", ".join(escape(ett.navn) for ett in ansvar)


def _ordrett(ord: str) -> str:
    return f'<span class="ordrett">«{escape(ord)}»</span>'


def _lenke(adresse: str, tekst: Any) -> str:
    return f'<a href="{adresse}">{escape(tekst)}</a>'


def _under(tekst: str) -> str:
    return f'<span class="under">{escape(tekst)}</span>' if tekst else ""
