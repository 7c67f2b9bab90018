"""A plan that was read comes in: kept as a draft while a person looks it over, then all of it or nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from felles.tid import oslo_dato
from felles.unntak import Regelbrudd
from organisering.models import Enhet, Person, Samarbeid
from organisering.services import opprett_enhet
from tiltak.lesing import Tabell, som_json
from tiltak.models import Ansvar, Delpunkt, Handlingsplan, Importkladd, Mal, Malgruppe, Statusmelding, Tiltak
from tiltak.rules.importen.kolonner import jevn
from tiltak.rules.importen.sjekk import Rad, er_samarbeider

GRUNN = "Lest inn fra fil"


@transaction.atomic
def ta_imot(
    samarbeid: Samarbeid,
    *,
    tabeller: Sequence[Tabell],
    form: str,
    av: Person,
    naa: dt.datetime,
    plan: Handlingsplan | None = None,
    plannavn: str = "",
) -> Importkladd:
    """Keeps what was read until it is confirmed. Raises Regelbrudd without a plan, or with a foreign one."""
    if plan is not None and plan.samarbeid_id != samarbeid.pk:
        raise Regelbrudd(_("Velg en plan i dette samarbeidet."), felt="plan")
    if plan is None and not plannavn.strip():
        raise Regelbrudd(_("Skriv hva planen heter."), felt="plannavn")
    return Importkladd.objects.create(
        samarbeid=samarbeid,
        plan=plan,
        plannavn="" if plan else plannavn.strip(),
        person=av,
        form=form,
        opprettet=naa,
        tabeller=som_json(tabeller),
    )


@transaction.atomic
def lagre_valg(kladd: Importkladd, *, valg: Mapping[str, Any]) -> Importkladd:
    """Keeps what has been chosen; what is not among `valg` stays. Raises Regelbrudd when it is in the plan already."""
    kladd = _las(kladd)
    kladd.valg = {**kladd.valg, **valg}
    kladd.save(update_fields=["valg"])
    return kladd


@transaction.atomic
def importer(kladd: Importkladd, rader: Sequence[Rad], *, av: Person, naa: dt.datetime) -> Handlingsplan:
    """Puts the measures of a draft into its plan, which is made if it is new. All or nothing.

    Raises Regelbrudd when there is none, or it is done already.
    """
    kladd = _las(kladd)
    plan = legg_inn(kladd.samarbeid, rader, plan=kladd.plan, plannavn=kladd.plannavn, av=av, naa=naa)
    kladd.plan, kladd.importert, kladd.tabeller, kladd.valg = plan, naa, [], {}
    kladd.save(update_fields=["plan", "importert", "tabeller", "valg"])
    return plan


@transaction.atomic
def legg_inn(
    samarbeid: Samarbeid,
    rader: Sequence[Rad],
    *,
    plan: Handlingsplan | None,
    plannavn: str = "",
    av: Person | None,
    naa: dt.datetime,
) -> Handlingsplan:
    """Measures with bullets, responsibilities, goals and units, last in the plan. All or nothing, with history.

    Raises Regelbrudd without any measure.
    """
    if not rader:
        raise Regelbrudd(_("Ingenting er lagt inn. Velg minst ett tiltak."))
    if plan is None:
        plan = Handlingsplan(samarbeid=samarbeid, navn=plannavn)
        plan._change_reason = GRUNN  # type: ignore[attr-defined]
        plan.save()
    else:
        plan = Handlingsplan.objects.select_for_update().get(pk=plan.pk, samarbeid=samarbeid)
    _Innlegging(samarbeid, plan, av, naa).legg_inn(rader)
    return plan


@transaction.atomic
def rydd_importkladder(naa: dt.datetime) -> int:
    """Deletes drafts that are too old. Returns how many."""
    gamle = Importkladd.objects.exclude(pk__in=Importkladd.objects.gyldige(naa).values("pk"))
    antall, _per_modell = gamle.delete()
    return antall


def _las(kladd: Importkladd) -> Importkladd:
    try:
        last: Importkladd = (
            Importkladd.objects.select_for_update(of=("self",)).select_related("samarbeid", "plan").get(pk=kladd.pk)
        )
    except Importkladd.DoesNotExist:
        raise Regelbrudd(_("Ingenting er lagt inn. Innlesingen er forkastet.")) from None
    if last.importert is not None:
        raise Regelbrudd(_("Tiltakene er alt lagt inn i planen."))
    return last


class _Innlegging:
    """One run. Few statements whatever the number of measures."""

    def __init__(self, samarbeid: Samarbeid, plan: Handlingsplan, av: Person | None, naa: dt.datetime) -> None:
        self.samarbeid, self.plan, self.av, self.naa = samarbeid, plan, av, naa
        self.enheter: dict[str, Enhet] = {}

    def legg_inn(self, rader: Sequence[Rad]) -> None:
        siste = Tiltak.objects.filter(plan=self.plan).aggregate(nummer=Max("nummer"))["nummer"] or 0
        mal = self._mal(rader)
        tiltak = self._lagre(Tiltak, [self._tiltak(rad, nr, mal) for nr, rad in enumerate(rader, start=siste + 1)])
        par = list(zip(tiltak, rader, strict=True))
        self._lagre(Delpunkt, [punkt for ett, rad in par for punkt in self._delpunkter(ett, rad)])
        self._lagre(Ansvar, [ansvar for ett, rad in par for ansvar in self._ansvar(ett, rad)])
        self._lagre(Statusmelding, [melding for ett, rad in par for melding in self._status(ett, rad)])
        self._malgrupper(par)

    def _lagre(self, modell: Any, rader: list[Any]) -> list[Any]:
        if not rader:
            return []
        lagret: list[Any] = bulk_create_with_history(
            rader, modell, batch_size=100, default_user=self.av, default_change_reason=GRUNN
        )
        return lagret

    def _tiltak(self, rad: Rad, nummer: int, mal: Mapping[tuple[str, str], Mal]) -> Tiltak:
        ett, tid = rad.forslag, rad.forslag.tid
        return Tiltak(
            samarbeid=self.samarbeid,
            plan=self.plan,
            nummer=nummer,
            tittel=ett.tittel,
            beskrivelse=ett.beskrivelse,
            tidsrom=tid.tidsrom,
            start=tid.start,
            slutt=tid.slutt,
            frist=tid.frist,
            rytme=tid.rytme,
            rytme_maned=tid.maned,
            rytme_dag=tid.dag,
            hovedmal=mal.get((ett.innsatsomrade, ett.mal)),
            kostnad=ett.kostnad,
            finansiering=ett.finansiering,
        )

    def _delpunkter(self, tiltak: Tiltak, rad: Rad) -> Iterable[Delpunkt]:
        for nr, tekst in enumerate(rad.forslag.delpunkter, start=1):
            yield Delpunkt(samarbeid=self.samarbeid, tiltak=tiltak, rekkefolge=nr, tekst=tekst)

    def _ansvar(self, tiltak: Tiltak, rad: Rad) -> Iterable[Ansvar]:
        """One who stands alone has all of it; several share it."""
        alene = sum(not er_samarbeider(ord) for ord, _svar in rad.ansvar) == 1
        for nr, (ord, svar) in enumerate(rad.ansvar, start=1):
            felt: dict[str, Any] = {}
            funksjon = ""
            if svar.ny:
                felt, funksjon = {"enhet": self._enhet(svar.ny.navn, svar.ny.slag)}, svar.ny.funksjon
            elif svar.part:
                felt, funksjon = {f"{svar.part.felt}_id": svar.part.pk}, svar.funksjon
            delt = Ansvar.Slag.HOVED if alene else Ansvar.Slag.DELT
            yield Ansvar(
                samarbeid=self.samarbeid,
                tiltak=tiltak,
                rekkefolge=nr,
                kildeord=ord.ord,
                slag=Ansvar.Slag(ord.slag) if ord.slag else delt,
                funksjon=funksjon,
                apen_med_vilje=svar.apen,
                **felt,
            )

    def _enhet(self, navn: str, slag: str) -> Enhet:
        nokkel = navn.casefold()
        if nokkel not in self.enheter:
            self.enheter[nokkel] = opprett_enhet(self.samarbeid, navn=navn, slag=slag, pr=oslo_dato(self.naa))
        return self.enheter[nokkel]

    def _status(self, tiltak: Tiltak, rad: Rad) -> Iterable[Statusmelding]:
        """What the plan says of how it goes, reported by the one who brings it in."""
        if rad.forslag.status:
            yield Statusmelding(
                samarbeid=self.samarbeid,
                tiltak=tiltak,
                person=self.av,
                meldt=self.naa,
                status=rad.forslag.status,
                tekst=rad.forslag.statusord,
            )

    def _mal(self, rader: Sequence[Rad]) -> dict[tuple[str, str], Mal]:
        """Area and goal of each measure → the goal it serves, made where the plan has none in these words."""
        kjente: dict[str, Mal] = {}
        for mal in Mal.objects.filter(Q(plan=self.plan) | Q(plan__isnull=True), samarbeid=self.samarbeid):
            for navn in (mal.tekst, mal.kortnavn):
                kjente.setdefault(jevn(navn), mal)
        ut: dict[tuple[str, str], Mal] = {}
        for nokkel in dict.fromkeys((rad.forslag.innsatsomrade, rad.forslag.mal) for rad in rader):
            over = None
            for tekst, slag in zip(nokkel, (Mal.Slag.INNSATSOMRADE, Mal.Slag.DELMAL), strict=True):
                if tekst:
                    over = kjente.get(jevn(tekst)) or self._nytt_mal(kjente, tekst, slag, over)
                    ut[nokkel] = over
        return ut

    def _nytt_mal(self, kjente: dict[str, Mal], tekst: str, slag: str, over: Mal | None) -> Mal:
        mal = Mal(samarbeid=self.samarbeid, plan=self.plan, slag=slag, tekst=tekst, overordnet=over)
        mal.rekkefolge = len(kjente) + 1
        mal._change_reason = GRUNN  # type: ignore[attr-defined]
        mal.save()
        kjente[jevn(tekst)] = mal
        return mal

    def _malgrupper(self, par: Sequence[tuple[Tiltak, Rad]]) -> None:
        nevnte = {jevn(tekst): tekst for _tiltak, rad in par for tekst in rad.forslag.malgrupper}
        if not nevnte:
            return
        kjente = {
            jevn(m.tekst): m
            for m in Malgruppe.objects.filter(Q(plan=self.plan) | Q(plan__isnull=True), samarbeid=self.samarbeid)
        }
        nye = [
            Malgruppe(samarbeid=self.samarbeid, plan=self.plan, tekst=tekst, rekkefolge=len(kjente) + nr)
            for nr, (nokkel, tekst) in enumerate(nevnte.items(), start=1)
            if nokkel not in kjente
        ]
        kjente |= {jevn(m.tekst): m for m in self._lagre(Malgruppe, nye)}
        for tiltak, rad in par:
            if rad.forslag.malgrupper:
                tiltak.malgrupper.set([kjente[jevn(tekst)] for tekst in rad.forslag.malgrupper])
