"""The walls: every address × everybody × own and foreign Samarbeid. A new address must say here who may."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from felles.tid import naa
from moter.factories import InnkallingFactory, MoteFactory, OppfolgingFactory, SakFactory, VedleggFactory, VedtakFactory
from organisering.factories import (
    ArshjulpunktFactory,
    AvtaleFactory,
    EnhetFactory,
    ForesporselFactory,
    FridagFactory,
    FullmaktFactory,
    GruppeFactory,
    GruppeforslagFactory,
    InvitasjonFactory,
    KoordinatorpostFactory,
    MedlemskapFactory,
    MotekravFactory,
    PlassFactory,
)
from tiltak.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    ImportkladdFactory,
    PlandelFactory,
    PlanutgaveFactory,
    StatusmeldingFactory,
    TiltakFactory,
    VisningFactory,
)
from varsling.factories import PauseFactory
from varsling.services import avvis

INNE = ("koordinator", "leder", "medlem", "kontakt", "administrator", "leser", "superbruker")
ALLE = (*INNE, "utenforstaende", "uten_plass", "utlogget")
HEMMELIG = "Hemmelig"  # in the name of everything foreign

OK, TIL_LOGIN, IKKE_LOV, FINNES_IKKE = 200, 302, 403, 404


def svar(inne=OK, *, utlogget=TIL_LOGIN, utenfor=FINNES_IKKE, **unntak):
    """The answers of one address: the same for all inside, but for those named."""
    alle = dict.fromkeys(INNE, inne) | {"utenforstaende": utenfor, "uten_plass": utenfor, "utlogget": utlogget}
    return alle | unntak


APEN = dict.fromkeys(ALLE, OK)
GRUPPAS_PAPIRER = svar(FINNES_IKKE, koordinator=OK, leder=OK, medlem=OK, superbruker=OK)
KOORDINATORENS = svar(IKKE_LOV, koordinator=OK, superbruker=OK)
ADMINISTRASJON = svar(IKKE_LOV, koordinator=OK, administrator=OK, superbruker=OK)

# Who gets what in their own Samarbeid. Addresses of one Samarbeid are asked again as a foreign one below.
FASIT = {
    "samarbeid": APEN,
    "offentlig_plan": APEN,
    "offentlig_plan_pdf": APEN,
    "offentlig_plan_docx": APEN,
    "arshjul": svar(),
    "sok": svar(),
    "ikke_levert": ADMINISTRASJON,
    "oversikt": svar(IKKE_LOV, koordinator=OK, superbruker=OK),
    "organisering:gruppe_liste": svar(),
    "organisering:gruppe": svar(),
    "organisering:enhet_liste": svar(),
    "organisering:enhet": svar(),
    "organisering:faste": svar(),
    "varsler": svar(administrator=IKKE_LOV, leser=IKKE_LOV),
    "varsler_sendt": svar(administrator=IKKE_LOV, leser=IKKE_LOV),
    "varsler_person": svar(IKKE_LOV, koordinator=OK, leder=OK, superbruker=OK),  # one of the group that is led
    "tiltak:liste": svar(),
    "tiltak:tiltak": svar(),
    "tiltak:regneark": svar(),
    "tiltak:tidslinje": svar(),
    "tiltak:status_sendt": svar(FINNES_IKKE, koordinator=OK),  # the one who sent it
    "tiltak:plan_liste": svar(),
    "tiltak:plan": svar(),
    "tiltak:utgave": svar(),
    "tiltak:utgave_pdf": svar(),
    "tiltak:utgave_docx": svar(),
    "moter:liste": svar(IKKE_LOV, koordinator=OK, leder=OK, medlem=OK, superbruker=OK),
    "moter:velg_gruppe": svar(IKKE_LOV, koordinator=OK, leder=302, superbruker=OK),  # on, when there is one to lead
    "moter:mote": GRUPPAS_PAPIRER,
    "moter:gjennomfor": svar(FINNES_IKKE, koordinator=OK, leder=OK, medlem=IKKE_LOV, superbruker=OK),
    "moter:sak": GRUPPAS_PAPIRER,
    "moter:papir": GRUPPAS_PAPIRER,
    "moter:ko": svar(IKKE_LOV, koordinator=OK, leder=OK, superbruker=OK),
    "moter:vedtak_liste": svar(IKKE_LOV, koordinator=OK, leder=OK, medlem=OK, leser=OK, superbruker=OK),
    "moter:vedtak": GRUPPAS_PAPIRER,
    "moter:innkalling": GRUPPAS_PAPIRER,
    "moter:utkast": svar(FINNES_IKKE, koordinator=302, leder=302, medlem=IKKE_LOV, superbruker=302),  # it has begun
}

# Pages that also take a form. A command has its own table further down.
LEDERNES = svar(FINNES_IKKE, koordinator=OK, leder=OK, medlem=IKKE_LOV, superbruker=OK)
LEDERE_AV_GRUPPA = svar(IKKE_LOV, koordinator=OK, leder=OK, superbruker=OK)
SKJEMA = {
    "moter:nytt": LEDERE_AV_GRUPPA,
    "moter:plan": LEDERE_AV_GRUPPA,
    "moter:registrer": LEDERE_AV_GRUPPA,
    "moter:flytt": LEDERNES,
    "moter:avlys": LEDERNES,
    "moter:sak_ny": LEDERNES,
    "moter:gjest": LEDERNES,
    "moter:referat": LEDERNES,
    "moter:sak_ny_i_ko": LEDERE_AV_GRUPPA,
    "moter:forslag_ny": LEDERE_AV_GRUPPA,
    "moter:forslag": LEDERE_AV_GRUPPA,  # and the one beyond who decides: moter/tests/test_arbeidsgrupper.py
    "moter:foresporsel": svar(FINNES_IKKE, koordinator=OK),  # the one who is asked
    "moter:opplos": LEDERE_AV_GRUPPA,
    "moter:sak_endre": LEDERNES,
    "moter:sak_avvis": LEDERNES,
    "moter:papir_ny": LEDERNES,
    "moter:meld": svar(IKKE_LOV, koordinator=OK, leder=OK, medlem=OK, superbruker=OK),
    "moter:opphev": LEDERNES,
    "organisering:invitasjon_liste": ADMINISTRASJON,
    "organisering:gruppe_ny": KOORDINATORENS,
    "organisering:gruppe_endre": KOORDINATORENS,
    "organisering:mandat": KOORDINATORENS,
    "organisering:verv": KOORDINATORENS,
    "organisering:plass_ny": ADMINISTRASJON,
    "organisering:plass_endre": ADMINISTRASJON,
    "organisering:krav_ny": KOORDINATORENS,
    "organisering:krav_endre": KOORDINATORENS,
    "organisering:fullmakt_ny": KOORDINATORENS,
    "organisering:fullmakt_endre": KOORDINATORENS,
    "organisering:enhet_ny": ADMINISTRASJON,
    "organisering:enhet_endre": ADMINISTRASJON,
    "organisering:kontakter": ADMINISTRASJON,
    "organisering:oppsett": KOORDINATORENS,
    "organisering:nivaer": KOORDINATORENS,
    "organisering:kilder": KOORDINATORENS,
    "organisering:post_ny": KOORDINATORENS,
    "organisering:post_endre": KOORDINATORENS,
    "organisering:oppgaver": KOORDINATORENS,
    "organisering:punkt_ny": KOORDINATORENS,
    "pause_tiltak": KOORDINATORENS,
    "pause_gruppe": LEDERE_AV_GRUPPA,
    "organisering:punkt_endre": KOORDINATORENS,
    "organisering:avtale_ny": KOORDINATORENS,
    "organisering:avtale_endre": KOORDINATORENS,
    "organisering:fridag_ny": KOORDINATORENS,
    "organisering:fridag_endre": KOORDINATORENS,
    "tiltak:nytt": KOORDINATORENS,
    "tiltak:regneark_inn": KOORDINATORENS,
    "tiltak:plan_rediger": KOORDINATORENS,
    "tiltak:plan_gjennomgang": KOORDINATORENS,
    "tiltak:rediger": KOORDINATORENS,
    "tiltak:delpunkter": KOORDINATORENS,
    "tiltak:avslutt": KOORDINATORENS,
    "tiltak:ta_tilbake": KOORDINATORENS,
    "tiltak:ansvar": KOORDINATORENS,
    "tiltak:ansvar_endre": KOORDINATORENS,
    "tiltak:import": KOORDINATORENS,
    "tiltak:import_sjekk": KOORDINATORENS,
    "tiltak:import_bekreft": KOORDINATORENS,
    "tiltak:status": KOORDINATORENS,  # and those who answer for the measure: tiltak/tests/test_status.py
}
FASIT |= SKJEMA

# Commands: POST alone. Whoever may is sent on; the others get what they would get of the page.
LEDERNES_KOMMANDO = {rolle: TIL_LOGIN if kode == OK else kode for rolle, kode in LEDERNES.items()}
LEDERNES_UTEN_RAD = dict.fromkeys(LEDERNES_KOMMANDO, FINNES_IKKE) | {"medlem": IKKE_LOV, "utlogget": TIL_LOGIN}
KOORDINATORENS_KOMMANDO = svar(IKKE_LOV, koordinator=TIL_LOGIN, superbruker=TIL_LOGIN)
KOMMANDOER = {
    "moter:innkall": LEDERNES_KOMMANDO,
    "moter:innkall_nye": LEDERNES_KOMMANDO,
    "moter:meld_av": LEDERNES_UTEN_RAD,
    "moter:svar_for": LEDERNES_UTEN_RAD,
    "moter:svar": {rolle: TIL_LOGIN if kode == OK else kode for rolle, kode in GRUPPAS_PAPIRER.items()},
    "moter:holdt": LEDERNES_KOMMANDO,
    "moter:ikke_holdt": LEDERNES_KOMMANDO,
    "moter:oppmote": LEDERNES_KOMMANDO,
    "moter:behandle": LEDERNES,
    "moter:oppfolging_ny": LEDERNES,
    "moter:oppfolging_gjort": LEDERNES_KOMMANDO,
    "moter:forslag_sporsmal": svar(IKKE_LOV, koordinator=FINNES_IKKE, leder=FINNES_IKKE, superbruker=FINNES_IKKE),
    "moter:sak_trinn": LEDERNES_KOMMANDO,
    "moter:sak_flytt": LEDERNES_KOMMANDO,
    "moter:sak_trekk": LEDERNES_KOMMANDO,
    "moter:sak_ta_av": LEDERNES_KOMMANDO,
    "moter:faste_saker": LEDERNES_KOMMANDO,
    "moter:papir_fjern": LEDERNES_KOMMANDO,
    # It has been taken up, and then nobody takes it back; moter/tests/test_meldte.py tells of the one who may.
    "moter:sak_trekk_min": svar(FINNES_IKKE)
    | dict.fromkeys(("koordinator", "leder", "medlem", "superbruker"), IKKE_LOV),
    "tiltak:status_angre": svar(FINNES_IKKE, koordinator=TIL_LOGIN),
    "tiltak:gjenoppta": KOORDINATORENS_KOMMANDO,
    "tiltak:regneark_lagre": KOORDINATORENS_KOMMANDO,
    "tiltak:flere": KOORDINATORENS_KOMMANDO,
    "tiltak:visning_ny": svar(TIL_LOGIN),
    "tiltak:visning_fjern": svar(FINNES_IKKE, koordinator=TIL_LOGIN),  # the one whose view it is
    "tiltak:ansvar_avklar": KOORDINATORENS_KOMMANDO,
    "tiltak:import_forkast": KOORDINATORENS_KOMMANDO,
    "tiltak:ansvar_fjern": KOORDINATORENS_KOMMANDO,
    "organisering:fridag_fjern": KOORDINATORENS_KOMMANDO,
    "varsler_regn_ut": KOORDINATORENS_KOMMANDO,
    "pause_avslutt": KOORDINATORENS_KOMMANDO,  # and those who lead the group it is about
    "paminn_tiltak": KOORDINATORENS_KOMMANDO,  # and those who lead a group that answers for it
    "paminn_mote": LEDERNES_KOMMANDO,
    "paminn_gruppe": svar(IKKE_LOV, koordinator=TIL_LOGIN, leder=TIL_LOGIN, superbruker=TIL_LOGIN),
    "organisering:invitasjon_trekk": {
        rolle: TIL_LOGIN if kode == OK else kode for rolle, kode in ADMINISTRASJON.items()
    },
    "prov_igjen": {rolle: TIL_LOGIN if kode == OK else kode for rolle, kode in ADMINISTRASJON.items()},
}

# Addresses that belong to no Samarbeid.
ALLMENNE = {
    "forside": dict.fromkeys(ALLE, 302) | {"utlogget": OK},
    "min_side": dict.fromkeys(ALLE, OK) | {"utlogget": TIL_LOGIN},
    "meg": dict.fromkeys(ALLE, OK) | {"utlogget": TIL_LOGIN},
    "varselvalg": dict.fromkeys(ALLE, OK) | {"utlogget": TIL_LOGIN},
    "kalender": dict.fromkeys(ALLE, OK) | {"utlogget": TIL_LOGIN},
    "helse": APEN,
    "personvern": APEN,
    "tilgjengelighet": APEN,
}

APNE_SIDER = {"samarbeid", "offentlig_plan", "offentlig_plan_pdf", "offentlig_plan_docx"}


def _navn(monstre, prefiks="", rute=""):
    for monster in monstre:
        sti = rute + str(monster.pattern)
        if isinstance(monster, URLResolver):
            rom = f"{monster.namespace}:" if monster.namespace else ""
            yield from _navn(monster.url_patterns, prefiks + rom, sti)
        elif isinstance(monster, URLPattern) and monster.name:
            yield prefiks + monster.name, sti


ADRESSER = dict(_navn(get_resolver().url_patterns))
SAMARBEIDETS = {navn for navn, sti in ADRESSER.items() if sti.startswith("<slug:slug>/")}


def innhold(samarbeid, gruppe, av, merke=""):
    """One row of everything a page can open; `av` has made what belongs to one person."""
    plan = HandlingsplanFactory(samarbeid=samarbeid, navn=f"{merke}plan")
    utgave = PlanutgaveFactory(plan=plan, tittel=f"{merke}utgave")
    PlandelFactory(utgave=utgave, tekst=f"{merke}del")
    mote = MoteFactory(gruppe=gruppe, sted=f"{merke}sted")
    InnkallingFactory(mote=mote)
    tiltak = TiltakFactory(plan=plan, tittel=f"{merke}tiltak")
    tiltak.tidsrom = "i år"
    tiltak.save()
    forslag = GruppeforslagFactory(gruppe=gruppe, navn=f"{merke}forslag")
    sak = SakFactory(gruppe=gruppe, mote=mote, tittel=f"{merke}sak")
    return SimpleNamespace(
        gruppe=gruppe,
        plass=PlassFactory(gruppe=gruppe, tittel=f"{merke}plass"),
        krav=MotekravFactory(gruppe=gruppe, ordlyd=f"{merke}krav"),
        fullmakt=FullmaktFactory(gruppe=gruppe, ordlyd=f"{merke}fullmakt"),
        post=KoordinatorpostFactory(samarbeid=samarbeid, tittel=f"{merke}post"),
        forslag=forslag,
        foresporsel=ForesporselFactory(forslag=forslag, person=av),
        arbeidsgruppe=GruppeFactory(samarbeid=samarbeid, navn=f"{merke}team", slag="arbeidsgruppe", overordnet=gruppe),
        enhet=EnhetFactory(samarbeid=samarbeid, navn=f"{merke}enhet"),
        tiltak=tiltak,
        endring=tiltak.history.first(),
        visning=VisningFactory(samarbeid=samarbeid, person=av, navn=f"{merke}visning", delt=True),
        ansvar=AnsvarFactory(tiltak=tiltak),
        melding=StatusmeldingFactory(tiltak=tiltak, person=av, meldt=naa()),
        plan=plan,
        kladd=ImportkladdFactory(samarbeid=samarbeid, plannavn=f"{merke}ny plan", person=av),
        utgave=utgave,
        mote=mote,
        utgave_nummer=SimpleNamespace(pk=1),
        sak=sak,
        papir=VedleggFactory(sak=sak, tittel=f"{merke}papir", lagt_inn_av=av),
        oppfolging=OppfolgingFactory(gruppe=gruppe, mote=mote, sak=sak, tekst=f"{merke}oppfolging"),
        vedtak=VedtakFactory(gruppe=gruppe, tekst=f"{merke}vedtak"),
        person=MedlemskapFactory(plass__gruppe=gruppe, person__navn=f"{merke}person").person,
        pause=PauseFactory(samarbeid=samarbeid, om=f"tiltak-{tiltak.pk}", gjelder=f"{merke}pause"),
        invitasjon=(invitasjon := InvitasjonFactory(samarbeid=samarbeid)),
        avvist=avvis(invitasjon.epost, svar="550", naa=naa()),
        punkt=ArshjulpunktFactory(samarbeid=samarbeid, tekst=f"{merke}punkt"),
        avtale=AvtaleFactory(samarbeid=samarbeid, navn=f"{merke}avtale"),
        fridag=FridagFactory(samarbeid=samarbeid, navn=f"{merke}fridag", til="2026-12-31"),
    )


OBJEKT = {
    "organisering:gruppe": ("gruppe",),
    "organisering:gruppe_endre": ("gruppe",),
    "organisering:mandat": ("gruppe",),
    "organisering:verv": ("gruppe",),
    "organisering:plass_ny": ("gruppe",),
    "organisering:plass_endre": ("plass",),
    "organisering:krav_ny": ("gruppe",),
    "organisering:krav_endre": ("krav",),
    "organisering:fullmakt_ny": ("gruppe",),
    "organisering:fullmakt_endre": ("fullmakt",),
    "organisering:enhet_endre": ("enhet",),
    "organisering:kontakter": ("enhet",),
    "organisering:post_endre": ("post",),
    "organisering:oppgaver": ("post",),
    "organisering:enhet": ("enhet",),
    "organisering:punkt_endre": ("punkt",),
    "varsler_person": ("person",),
    "pause_tiltak": ("tiltak",),
    "pause_gruppe": ("gruppe",),
    "pause_avslutt": ("pause",),
    "paminn_tiltak": ("tiltak",),
    "paminn_mote": ("mote",),
    "paminn_gruppe": ("gruppe",),
    "organisering:avtale_endre": ("avtale",),
    "organisering:fridag_endre": ("fridag",),
    "organisering:fridag_fjern": ("fridag",),
    "tiltak:tiltak": ("tiltak",),
    "tiltak:status": ("tiltak",),
    "tiltak:rediger": ("tiltak",),
    "tiltak:plan_rediger": ("plan",),
    "tiltak:plan_gjennomgang": ("plan",),
    "tiltak:delpunkter": ("tiltak",),
    "tiltak:avslutt": ("tiltak",),
    "tiltak:visning_fjern": ("visning",),
    "tiltak:ta_tilbake": ("tiltak", "endring"),
    "tiltak:gjenoppta": ("tiltak",),
    "tiltak:ansvar": ("tiltak",),
    "tiltak:ansvar_endre": ("tiltak", "ansvar"),
    "tiltak:ansvar_avklar": ("tiltak", "ansvar"),
    "tiltak:ansvar_fjern": ("tiltak", "ansvar"),
    "tiltak:status_sendt": ("tiltak", "melding"),
    "tiltak:status_angre": ("tiltak", "melding"),
    "tiltak:plan": ("plan",),
    "tiltak:import_sjekk": ("kladd",),
    "tiltak:import_bekreft": ("kladd",),
    "tiltak:import_forkast": ("kladd",),
    "tiltak:utgave": ("utgave",),
    "tiltak:utgave_pdf": ("utgave",),
    "tiltak:utgave_docx": ("utgave",),
    "moter:mote": ("mote",),
    "moter:vedtak": ("vedtak",),
    "moter:innkalling": ("mote", "utgave_nummer"),
    "moter:utkast": ("mote",),
    "moter:innkall": ("mote",),
    "moter:innkall_nye": ("mote",),
    "moter:meld_av": ("mote",),
    "moter:svar": ("mote",),
    "moter:svar_for": ("mote",),
    "moter:gjest": ("mote",),
    "moter:nytt": ("gruppe",),
    "moter:registrer": ("gruppe",),
    "moter:holdt": ("mote",),
    "moter:ikke_holdt": ("mote",),
    "moter:flytt": ("mote",),
    "moter:sak_ny": ("mote",),
    "moter:sak_ny_i_ko": ("gruppe",),
    "moter:forslag_ny": ("gruppe",),
    "moter:forslag": ("forslag",),
    "moter:forslag_sporsmal": ("forslag",),
    "moter:foresporsel": ("foresporsel",),
    "moter:opplos": ("arbeidsgruppe",),
    "moter:ko": ("gruppe",),
    "moter:gjennomfor": ("mote",),
    "moter:oppmote": ("mote",),
    "moter:referat": ("mote",),
    "moter:behandle": ("sak",),
    "moter:oppfolging_ny": ("sak",),
    "moter:oppfolging_gjort": ("oppfolging",),
    "moter:sak_trinn": ("sak",),
    "moter:sak_flytt": ("sak",),
    "moter:sak_trekk": ("sak",),
    "moter:sak": ("sak",),
    "moter:sak_avvis": ("sak",),
    "moter:sak_ta_av": ("sak",),
    "moter:sak_trekk_min": ("sak",),
    "moter:papir_ny": ("sak",),
    "moter:papir": ("papir",),
    "moter:papir_fjern": ("papir",),
    "moter:faste_saker": ("mote",),
    "moter:meld": ("gruppe",),
    "moter:sak_endre": ("sak",),
    "moter:opphev": ("vedtak",),
    "moter:avlys": ("mote",),
    "organisering:invitasjon_trekk": ("invitasjon",),
    "prov_igjen": ("avvist",),
}


@pytest.fixture
def verden(rollebesetning):
    fremmed = rollebesetning.fremmed
    fremmed.navn, fremmed.ingress = f"{HEMMELIG}bygd", f"{HEMMELIG}ingress"
    fremmed.save()
    return SimpleNamespace(
        eget=rollebesetning.samarbeid,
        fremmed=fremmed,
        egne=innhold(rollebesetning.samarbeid, rollebesetning.gruppe, rollebesetning["koordinator"]),
        fremmede=innhold(
            fremmed,
            GruppeFactory(samarbeid=fremmed, navn=f"{HEMMELIG}gruppe"),
            rollebesetning["superbruker"],
            HEMMELIG,
        ),
    )


def adresse(navn, samarbeid, rader):
    return reverse(navn, args=[samarbeid.slug, *(getattr(rader, rad).pk for rad in OBJEKT.get(navn, ()))])


def hent(som, roller, sti):
    """What each of the named gets, and that nobody but a superuser and its own sees the foreign Samarbeid."""
    svar = {rolle: som(rolle).get(sti) for rolle in roller}
    lekker = [rolle for rolle, ett in svar.items() if HEMMELIG.encode() in ett.getvalue()]
    return {rolle: ett.status_code for rolle, ett in svar.items()}, lekker


def test_hver_adresse_i_et_samarbeid_har_sagt_hvem_som_slipper_inn():
    assert set(FASIT) | set(KOMMANDOER) == SAMARBEIDETS


def test_hver_annen_adresse_er_kjent():
    egne_prover = {
        "velg_sprak",
        "invitasjon",
        "invitasjon_svar",
        "svar",
        "svar_angre",
        "svar_mer",
        "svar_ny",
        "avmelding",
        "kalenderstrom",
        "kalender_trekk",
    }  # open to whoever holds the link; shown beside their views
    kjente = egne_prover | set(ALLMENNE) | {navn for navn in ADRESSER if navn.startswith(("admin:", "account_"))}
    assert set(ADRESSER) - SAMARBEIDETS == kjente


@pytest.mark.parametrize("navn", sorted(FASIT))
def test_eget_samarbeid(som, verden, navn):
    svar, lekker = hent(som, ALLE, adresse(navn, verden.eget, verden.egne))
    assert svar == FASIT[navn]
    assert not lekker


@pytest.mark.parametrize("navn", sorted(set(FASIT) - APNE_SIDER))
def test_fremmed_samarbeid_finnes_ikke(som, verden, navn):
    svar, lekker = hent(som, INNE, adresse(navn, verden.fremmed, verden.fremmede))
    assert {**svar, "superbruker": OK} == dict.fromkeys(INNE, FINNES_IKKE) | {"superbruker": OK}
    assert svar["superbruker"] in {OK, TIL_LOGIN}
    assert not set(lekker) - {"superbruker"}


@pytest.mark.parametrize("navn", sorted(set(OBJEKT) & set(FASIT)))
def test_fremmed_rad_under_egen_adresse_finnes_ikke(som, verden, navn):
    svar, lekker = hent(som, INNE, adresse(navn, verden.eget, verden.fremmede))
    assert svar == dict.fromkeys(INNE, FINNES_IKKE)
    assert not lekker


@pytest.mark.parametrize("navn", sorted(set(OBJEKT) & set(FASIT)))
def test_ukjent_rad_finnes_ikke(som, verden, navn):
    for pk in (0, 999_999, 10**30):
        svar, _ = hent(
            som, ["koordinator", "superbruker"], reverse(navn, args=[verden.eget.slug, *[pk] * len(OBJEKT[navn])])
        )
        assert svar == {"koordinator": FINNES_IKKE, "superbruker": FINNES_IKKE}


@pytest.mark.parametrize("navn", sorted(FASIT))
def test_ukjent_samarbeid_finnes_ikke(som, verden, navn):
    sti = adresse(navn, SimpleNamespace(slug="finnes-ikke"), verden.egne)
    assert som("koordinator").get(sti).status_code == FINNES_IKKE


@pytest.mark.parametrize("navn", sorted(ALLMENNE))
def test_sider_uten_samarbeid(som, verden, navn):
    svar, lekker = hent(som, ALLE, reverse(navn))
    assert svar == ALLMENNE[navn]
    assert not set(lekker) - {"superbruker", "utenforstaende", "utlogget"}


@pytest.mark.parametrize("navn", sorted(set(FASIT) - set(SKJEMA)))
def test_lesesider_tar_ikke_imot(som, verden, navn):
    nettleser, sti = som("koordinator"), adresse(navn, verden.eget, verden.egne)
    for metode in (nettleser.post, nettleser.put, nettleser.patch, nettleser.delete):
        assert metode(sti).status_code == 405


def send(som, rolle, sti):
    """What an empty POST gives; nothing of it stays."""
    with transaction.atomic():
        svar = som(rolle).post(sti)
        transaction.set_rollback(True)
    return svar.status_code


@pytest.mark.parametrize("navn", sorted(KOMMANDOER | SKJEMA))
def test_den_som_ikke_slipper_inn_far_heller_ikke_sendt(som, verden, navn):
    sti = adresse(navn, verden.eget, verden.egne)
    fatt = {rolle: send(som, rolle, sti) for rolle in ALLE}
    ventet = (KOMMANDOER | SKJEMA)[navn]
    tomt_holder = {rolle for rolle in INNE if fatt[rolle] == TIL_LOGIN and ventet[rolle] == OK}
    assert fatt | dict.fromkeys(tomt_holder, OK) == ventet


@pytest.mark.parametrize("navn", sorted(KOMMANDOER | SKJEMA))
def test_ingen_sender_noe_til_et_fremmed_samarbeid(som, verden, navn):
    for rolle in INNE[:-1]:
        assert send(som, rolle, adresse(navn, verden.fremmed, verden.fremmede)) == FINNES_IKKE


@pytest.mark.parametrize("navn", sorted(set(KOMMANDOER | SKJEMA) & set(OBJEKT)))
def test_ingen_sender_noe_til_en_fremmed_rad_under_egen_adresse(som, verden, navn):
    sti = adresse(navn, verden.eget, verden.fremmede)
    assert {send(som, rolle, sti) for rolle in INNE} <= {FINNES_IKKE, IKKE_LOV}


@pytest.mark.parametrize("navn", sorted(KOMMANDOER))
def test_en_kommando_kan_ikke_hentes(som, verden, navn):
    sti = adresse(navn, verden.eget, verden.egne)
    assert som("koordinator").get(sti).status_code == 405
