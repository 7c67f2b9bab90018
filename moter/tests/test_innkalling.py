"""The notice: numbered, frozen, sent once to each, and what follows when something changes."""

import datetime as dt
import io
import re

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from felles.frys import kontrollsum
from felles.tid import OSLO
from felles.unntak import Regelbrudd
from moter import services
from moter.factories import DeltakelseFactory, MoteFactory, OppfolgingFactory, SakFactory
from moter.models import Deltakelse, Innkalling, Sak
from organisering.factories import GruppeFactory, MedlemskapFactory, PersonFactory, PlassFactory, SamarbeidFactory
from varsling.models import Epost, Vedleggsfil

pytestmark = pytest.mark.django_db

NAA = dt.datetime(2026, 11, 24, 9, 0, tzinfo=OSLO)
START = dt.datetime(2026, 12, 9, 12, 30, tzinfo=OSLO)


class Scene:
    """A group with two seats and a vara, a meeting with two cases, and a clock that goes a minute for each act."""

    def __init__(self):
        self.samarbeid = SamarbeidFactory(navn="Prøveby", funksjonspostkasse="slt@proveby.example")
        self.gruppe = GruppeFactory(
            samarbeid=self.samarbeid, navn="Koordineringsgruppe", saksprefiks="KG", innkallingsfrist=7
        )
        self.ordforer = PlassFactory(gruppe=self.gruppe, tittel="Ordfører")
        self.nav = PlassFactory(gruppe=self.gruppe, tittel="NAV")
        self.kari, self.nils, self.vara = (
            PersonFactory(navn=navn, epost=f"{navn.split()[0].lower()}@proveby.example")
            for navn in ("Kari Å. Nordmann", "Nils Øye", "Vera Vara")
        )
        self.karis = MedlemskapFactory(plass=self.ordforer, person=self.kari)
        MedlemskapFactory(plass=self.nav, person=self.nils)
        self.varas = MedlemskapFactory(plass=self.ordforer, person=self.vara, rolle="vara")
        self.mote = MoteFactory(gruppe=self.gruppe, start=START, sted="Parken")
        self.sak = self.ny_sak("Ungdata", forslag="Tas til etterretning.", minutter=15)
        self.ny_sak("Plan for foreldremøter", slag="beslutning")
        self.naa = NAA

    def ny_sak(self, tittel, **felter):
        return SakFactory(
            gruppe=self.gruppe, mote=self.mote, tittel=tittel, rekkefolge=self.mote.saker.count() + 1, **felter
        )

    def klokka(self):
        self.naa += dt.timedelta(minutes=1)
        return self.naa

    def send(self, **felter):
        return services.send_innkalling(self.mote, av=self.nils, **{"naa": self.klokka(), **felter})

    def flytt(self, **felter):
        self.mote.refresh_from_db()
        na = {navn: getattr(self.mote, navn) for navn in ("start", "slutt", "sted", "lenke")}
        self.mote = services.flytt(self.mote, **{**na, **felter}, naa=self.klokka())

    def nye_brev(self):
        """(to whom, METHOD) of each letter since the last time asked."""
        brev = list(Epost.objects.filter(pk__gt=getattr(self, "_lest", 0)).order_by("pk"))
        self._lest = brev[-1].pk if brev else getattr(self, "_lest", 0)
        return [(ett.adresse.split("@")[0], re.search(r"METHOD:(\w+)", ics(ett)).group(1)) for ett in brev]


def ics(epost):
    return bytes(epost.vedlegg.get(type__startswith="text/calendar").fil.innhold).decode()


def siste_brev(**hvor):
    return Epost.objects.filter(**hvor).order_by("pk").last()


def tekst(innkalling):
    sider = PdfReader(io.BytesIO(bytes(innkalling.pdf))).pages
    return re.sub(r"\s+", " ", " ".join(side.extract_text() for side in sider))


@pytest.fixture
def scene():
    return Scene()


def test_ett_trykk_nummererer_fryser_og_sender_ett_brev_til_hver(scene):
    SakFactory(gruppe=scene.gruppe, nummer=6, nummer_ar=2026)
    sending = scene.send()
    innkalling = Innkalling.objects.get()
    assert (sending.antall, scene.nye_brev()) == (2, [("kari", "REQUEST"), ("nils", "REQUEST")])
    assert [sak.saksnummer for sak in scene.mote.saker.order_by("rekkefolge")] == ["KG 7/26", "KG 8/26"]
    assert (innkalling.utgave, innkalling.sendt_av) == (1, scene.nils)
    assert innkalling.pdf_sha256 == kontrollsum(bytes(innkalling.pdf))
    assert innkalling.innhold_sha256 == kontrollsum(innkalling.innhold)
    for ord_ in ("KG 7/26 Ungdata", "Kari Å. Nordmann, Ordfører", "Tas til etterretning.", "12.30–14.00", "Parken"):
        assert ord_ in tekst(innkalling)
    assert "@" not in tekst(innkalling) + str(innkalling.innhold)
    with pytest.raises(IntegrityError, match="SLT_FROSSET"), transaction.atomic():
        Innkalling.objects.update(utgave=2)
    with pytest.raises(IntegrityError, match="SLT_FROSSET"), transaction.atomic():
        innkalling.delete()


def test_et_trykk_til_sender_ingenting(scene):
    forste = scene.send()
    scene.nye_brev()
    igjen = scene.send()
    assert (igjen.antall, igjen.innkalling, scene.nye_brev()) == (0, forste.innkalling, [])
    scene.mote.refresh_from_db()
    assert (scene.mote.sekvens, scene.mote.innkalt) == (0, forste.innkalling.sendt)


def test_pdf_en_lagres_en_gang_selv_om_alle_far_den(scene):
    scene.send()
    assert Vedleggsfil.objects.filter(vedlegg__type="application/pdf").distinct().count() == 1


def test_kort_frist_ma_begrunnes_og_star_i_innkallingen(scene):
    sent = START - dt.timedelta(days=3)
    with pytest.raises(Regelbrudd, match=r"om 3 dager, og fristen for innkalling er 7 dager") as brudd:
        scene.send(naa=sent)
    assert (brudd.value.felt, Innkalling.objects.count(), Epost.objects.count()) == ("grunn", 0, 0)
    assert not Sak.objects.filter(nummer__isnull=False).exists()
    innkalling = scene.send(naa=sent, grunn="Politiet ba om et hastemøte.").innkalling
    assert innkalling.kort_frist_grunn == "Politiet ba om et hastemøte."
    assert "sendt 3 dager før møtet. Fristen er 7 dager. Politiet ba om et hastemøte." in tekst(innkalling)


@pytest.mark.parametrize(
    ("felter", "setning"),
    [
        ({"avlyst": NAA}, "Møtet er avlyst"),
        ({"holdt": NAA}, "Møtet er holdt"),
        ({"start": NAA - dt.timedelta(hours=1), "slutt": NAA + dt.timedelta(hours=1)}, "Møtet har begynt"),
    ],
)
def test_det_kalles_ikke_inn_til_et_mote_som_er_over_eller_avlyst(scene, felter, setning):
    for navn, verdi in felter.items():
        setattr(scene.mote, navn, verdi)
    scene.mote.save()
    with pytest.raises(Regelbrudd, match=setning):
        scene.send()
    assert not Epost.objects.exists()


def test_ingen_adresse_gir_en_klar_setning(scene):
    for person in (scene.kari, scene.nils):
        person.epost = None
        person.save()
    with pytest.raises(Regelbrudd, match="Ingen av dem som skal møte, har en e-postadresse"):
        scene.send()
    assert not Sak.objects.filter(nummer__isnull=False).exists()


def test_unntatt_sak_viser_bare_hjemmelen(scene):
    scene.ny_sak("Hemmelig tittel", forslag="Hemmelig forslag", unntatt=True, unntatt_grunn="offl. § 13")
    OppfolgingFactory(
        gruppe=scene.gruppe,
        mote=MoteFactory(gruppe=scene.gruppe),
        sak=scene.mote.saker.last(),
        tekst="Hemmelig oppfølging",
    )
    innkalling = scene.send().innkalling
    assert "KG 3/26 Unntatt offentlighet: offl. § 13" in tekst(innkalling)
    alt = tekst(innkalling) + str(innkalling.innhold) + "".join(ett.tekst + ett.html for ett in Epost.objects.all())
    assert "Hemmelig" not in alt


def test_ny_innkalling_sier_hva_som_er_endret_og_haver_sekvensen(scene):
    scene.send()
    scene.nye_brev()
    services.svar_pa_mote(scene.mote, person=scene.kari, svar="kommer", naa=scene.klokka())
    scene.flytt(sted="Rådhuset")
    services.trekk_sak(scene.sak, naa=scene.klokka())
    scene.ny_sak("Situasjonsbildet")
    innkalling = scene.send().innkalling
    scene.mote.refresh_from_db()
    assert (innkalling.utgave, scene.mote.sekvens) == (2, 1)
    assert scene.nye_brev() == [("kari", "REQUEST"), ("nils", "REQUEST")]
    assert innkalling.innhold["dokument"]["endringer"] == [
        "Nytt sted: Rådhuset.",
        "Trukket: KG 1/26 Ungdata.",
        "Ny sak: KG 3/26 Situasjonsbildet.",
    ]
    assert "PARTSTAT=ACCEPTED" in ics(Epost.objects.get(adresse=scene.kari.epost, emne__startswith="Ny innkalling"))
    assert Innkalling.objects.first().innhold["dokument"]["endringer"] == []


def test_ny_tid_spor_alle_pa_nytt(scene):
    scene.send()
    services.svar_pa_mote(scene.mote, person=scene.kari, svar="kommer", naa=scene.klokka())
    scene.flytt(start=START + dt.timedelta(days=1), slutt=START + dt.timedelta(days=1, hours=2))
    scene.send()
    assert set(scene.mote.deltakelser.values_list("svar", flat=True)) == {""}
    siste = ics(siste_brev(adresse=scene.kari.epost))
    assert "PARTSTAT=NEEDS-ACTION" in siste.replace("\r\n ", "")
    assert "SEQUENCE:1" in siste


def test_utsatt_sak_beholder_nummeret_og_far_et_nytt_med_lenke(scene):
    scene.send()
    DeltakelseFactory(mote=scene.mote, person=PersonFactory()).inhabil_i.add(scene.sak)
    scene.sak.refresh_from_db()
    neste = MoteFactory(gruppe=scene.gruppe, start=START + dt.timedelta(days=30))
    ny = services.flytt_sak(scene.sak, til=neste)
    scene.sak.refresh_from_db()
    assert (scene.sak.saksnummer, scene.sak.mote, ny.mote, ny.nummer, ny.utsatt_fra) == (
        "KG 1/26",
        scene.mote,
        neste,
        None,
        scene.sak,
    )
    assert ny.inhabile.count() == 1
    with pytest.raises(Regelbrudd, match="alt utsatt"):
        services.flytt_sak(scene.sak, til=None)
    with pytest.raises(Regelbrudd, match="alt utsatt"):
        services.behandle(scene.sak, slag="vedtatt", tekst="Ja", notat="", naa=START)
    scene.mote = neste
    innkalling = scene.send().innkalling
    assert innkalling.innhold["dokument"]["saker"] == [
        {
            "nummer": "KG 1/27",
            "tittel": "Ungdata",
            "linje": "Orientering, 15 minutter, utsatt fra KG 1/26",
            "forslag": ["Tas til etterretning."],
            "papirer": [],
        }
    ]


def test_avlysning_gar_til_alle_som_har_fatt_innkalling_og_sakene_venter(scene):
    scene.send()
    services.meld_av(scene.mote, DeltakelseFactory(mote=scene.mote, person=PersonFactory()), naa=scene.klokka())
    scene.karis.til = NAA.date()
    scene.karis.save()
    scene.nye_brev()
    mote = services.avlys(scene.mote, grunn="For mange er syke.", naa=scene.klokka())
    assert scene.nye_brev() == [("kari", "CANCEL"), ("nils", "CANCEL")]
    brev = ics(siste_brev())
    assert ("STATUS:CANCELLED" in brev, "SEQUENCE:1" in brev, mote.sekvens) == (True, True, 1)
    assert "For mange er syke." in siste_brev().tekst
    assert [sak.tittel for sak in Sak.objects.filter(mote=None)] == ["Ungdata", "Plan for foreldremøter"]
    assert [sak.nummer for sak in scene.mote.saker.all()] == [1, 2]
    services.avlys(scene.mote, grunn="Igjen", naa=scene.klokka())
    assert scene.nye_brev() == []


def test_den_som_slutter_mellom_innkalling_og_mote_far_avlysning_alene(scene):
    scene.send()
    scene.nye_brev()
    scene.karis.til = NAA.date()
    scene.karis.save()
    karis = scene.mote.deltakelser.get(person=scene.kari)
    services.meld_av(scene.mote, karis, naa=scene.klokka())
    assert scene.nye_brev() == [("kari", "CANCEL")]
    assert "STATUS" not in ics(siste_brev())
    with pytest.raises(Regelbrudd, match="Nils Øye har plass i gruppa"):
        services.meld_av(scene.mote, scene.mote.deltakelser.get(person=scene.nils), naa=scene.klokka())
    services.meld_av(scene.mote, karis, naa=scene.klokka())
    assert scene.nye_brev() == []


def test_den_som_kommer_til_etterpa_far_innkallingen_alene(scene):
    scene.send()
    scene.nye_brev()
    MedlemskapFactory(plass=PlassFactory(gruppe=scene.gruppe), person=scene.vara, rolle="medlem")
    assert [en.navn for en in services.innkall_nye(scene.mote, naa=scene.klokka())] == ["Vera Vara"]
    assert scene.nye_brev() == [("vera", "REQUEST")]
    assert services.innkall_nye(scene.mote, naa=scene.klokka()) == []
    scene.flytt(sted="Rådhuset")
    with pytest.raises(Regelbrudd, match="endret siden"):
        services.innkall_nye(scene.mote, naa=scene.klokka())


def test_forfall_kaller_vara_og_slipper_henne_igjen(scene):
    scene.send()
    scene.nye_brev()
    svar = services.svar_pa_mote(scene.mote, person=scene.kari, svar="kan_ikke", naa=scene.klokka())
    scene.varas.refresh_from_db()
    assert (svar.kalt, scene.nye_brev(), scene.varas.innkalt_fra) == (
        (scene.vara,),
        [("vera", "REQUEST")],
        NAA.date(),
    )
    assert "Du er kalt inn som vara for Ordfører." in siste_brev().tekst
    assert services.svar_pa_mote(scene.mote, person=scene.kari, svar="kan_ikke", naa=scene.klokka()).kalt == ()
    svar = services.svar_pa_mote(scene.mote, person=scene.kari, svar="kommer", naa=scene.klokka())
    scene.varas.refresh_from_db()
    assert (svar.sluppet, scene.nye_brev(), scene.varas.innkalt_fra) == ((scene.vara,), [("vera", "CANCEL")], None)
    assert "Kari Å. Nordmann kan møte likevel." in siste_brev().tekst


def test_sier_vara_nei_kalles_den_neste(scene):
    neste = PersonFactory(navn="Neste Vara")
    MedlemskapFactory(plass=scene.ordforer, person=neste, rolle="vara", fra=dt.date(2026, 1, 1))
    scene.send()
    services.svar_pa_mote(scene.mote, person=scene.kari, svar="kan_ikke", naa=scene.klokka())
    kalt = services.svar_pa_mote(scene.mote, person=scene.vara, svar="kan_ikke", naa=scene.klokka()).kalt
    assert kalt == (neste,)
    assert services.svar_pa_mote(scene.mote, person=neste, svar="kan_ikke", naa=scene.klokka()).kalt == ()


def test_en_vara_som_er_kalt_til_ett_mote_kalles_ikke_til_det_neste(scene):
    scene.send()
    services.svar_pa_mote(scene.mote, person=scene.kari, svar="kan_ikke", naa=scene.klokka())
    scene.nye_brev()
    scene.mote = MoteFactory(gruppe=scene.gruppe, start=START + dt.timedelta(days=30))
    scene.send()
    assert scene.nye_brev() == [("kari", "REQUEST"), ("nils", "REQUEST")]
    scene.varas.innkalt_fra = NAA.date()
    scene.varas.save()
    Deltakelse.objects.filter(person=scene.vara).delete()
    scene.mote = MoteFactory(gruppe=scene.gruppe, start=START + dt.timedelta(days=60))
    scene.send()
    assert ("vera", "REQUEST") in scene.nye_brev()  # called until further notice


def test_ny_tid_slipper_vara_og_spor_medlemmet(scene):
    scene.send()
    services.svar_pa_mote(scene.mote, person=scene.kari, svar="kan_ikke", naa=scene.klokka())
    scene.nye_brev()
    scene.flytt(start=START + dt.timedelta(days=1), slutt=START + dt.timedelta(days=1, hours=2))
    scene.send()
    assert scene.nye_brev() == [("vera", "CANCEL"), ("kari", "REQUEST"), ("nils", "REQUEST")]


def test_en_gjest_kjennes_pa_rollen_og_hører_bare_om_sine_saker(scene):
    scene.send()
    scene.nye_brev()
    rad = services.inviter_gjest(
        scene.mote, rolle="Rådgiver", epost="gjest@annet.example", saker=[scene.sak], naa=scene.klokka()
    )
    assert scene.nye_brev() == [("gjest", "REQUEST")]
    brev = siste_brev()
    assert "Du er invitert som gjest: Rådgiver." in brev.tekst
    assert ("Ungdata" in brev.tekst, "foreldremøter" in brev.tekst, brev.person) == (True, False, None)
    services.for_svar(scene.mote, rad, svar="kommer", naa=scene.klokka())
    services.meld_av(scene.mote, rad, naa=scene.klokka())
    assert scene.nye_brev() == [("gjest", "CANCEL")]


@pytest.mark.parametrize(
    ("hvem", "nar", "setning"),
    [("vara", NAA, "ingen plass"), ("kari", START + dt.timedelta(days=2), "Møtet er over")],
)
def test_bare_den_som_skal_møte_svarer_og_bare_i_tide(scene, hvem, nar, setning):
    with pytest.raises(Regelbrudd, match=setning):
        services.svar_pa_mote(scene.mote, person=getattr(scene, hvem), svar="kommer", naa=nar)


def test_et_møte_holdt_uten_innkalling_far_numre_da(scene):
    services.marker_holdt(scene.mote, naa=START + dt.timedelta(days=20))
    assert [sak.saksnummer for sak in scene.mote.saker.order_by("pk")] == ["KG 1/26", "KG 2/26"]


def test_en_sak_som_føres_etter_møtet_far_nummeret_sitt_med_en_gang(scene):
    services.registrer_holdt(
        scene.gruppe, start=NAA - dt.timedelta(days=400), slutt=NAA - dt.timedelta(days=399), naa=NAA
    )
    holdt = scene.gruppe.moter.get(holdt__isnull=False)
    sak = services.meld_sak(scene.gruppe, tittel="Glemt sak", slag="orientering", mote=holdt)
    assert sak.saksnummer == "KG 1/25"  # in the year of the meeting, also when it is over


def test_saken_som_utsettes_i_møtet_far_en_ny_rad(scene):
    scene.send()
    naa = START + dt.timedelta(hours=1)
    sak = Sak.objects.get(tittel="Ungdata")
    services.behandle(sak, slag="utsatt", tekst="Vi venter på tallene.", notat="", naa=naa)
    ny = Sak.objects.get(utsatt_fra=sak)
    assert (ny.mote, ny.nummer, Sak.objects.get(pk=sak.pk).saksnummer) == (None, None, "KG 1/26")
    assert ny.vedtak.count() == 0


def test_tre_hundre_saker(scene):
    for nummer in range(298):
        scene.ny_sak(f"Sak nummer {nummer}")
    innkalling = scene.send().innkalling
    assert "KG 300/26 Sak nummer 297" in tekst(innkalling)
    brev = siste_brev()
    assert "og 280 saker til i innkallingen" in brev.tekst
    assert len(brev.tekst) < 3000
