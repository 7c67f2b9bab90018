"""A working group from the proposal to its result: asked by mail, answered, decided, dissolved."""

import datetime as dt

import pytest
from django.urls import reverse

from felles.tid import i_dag, naa
from felles.unntak import Regelbrudd
from moter.factories import MoteFactory
from moter.models import Sak, Vedtak
from moter.services.arbeidsgrupper import vedta_arbeidsgruppe
from organisering.factories import (
    ForesporselFactory,
    FullmaktFactory,
    GruppeforslagFactory,
    MedlemskapFactory,
    PersonFactory,
    PlassFactory,
)
from organisering.models import Foresporsel, Gruppe, Gruppeforslag
from organisering.services import arbeidsgrupper
from varsling.models import Epost, Svarlenke, Varsel
from varsling.services.svarlenker import adresse

pytestmark = pytest.mark.django_db


@pytest.fixture
def gruppe(rollebesetning):
    return rollebesetning.gruppe


@pytest.fixture
def hurtig(gruppe):
    return FullmaktFactory(gruppe=gruppe, gjelder="arbeidsgrupper", alle_ma_si_ja=True, ordlyd="Alle skal ha sagt ja.")


@pytest.fixture
def sjef(gruppe, rollebesetning):
    """The seat beyond the group, and who holds it."""
    plass = PlassFactory(gruppe=gruppe, tittel="Kommunalsjef")
    return MedlemskapFactory(plass=plass, person=rollebesetning["leser"])


@pytest.fixture
def tidkrevende(gruppe, sjef):
    return FullmaktFactory(gruppe=gruppe, gjelder="arbeidsgrupper", myndighet="tilrar", videre_plass=sjef.plass)


def sti(rad, navn):
    return reverse(f"moter:{navn}", args=[rad.samarbeid.slug, rad.pk])


def foresla(som, gruppe, regel, *personer):
    felter = {"navn": "Trygg russetid", "oppgave": "Lage et opplegg til 17. mai.", "personer": [p.pk for p in personer]}
    svar = som("leder").post(sti(gruppe, "forslag_ny"), felter | ({"fullmakt": regel.pk} if regel else {}))
    assert svar.status_code == 302, svar.context["form"].errors
    return Gruppeforslag.objects.get()


def test_hurtigarbeidende_fra_forslag_til_resultat(som, gruppe, hurtig, rollebesetning):
    medlem, kontakt = rollebesetning["medlem"], rollebesetning["kontakt"]
    forslag = foresla(som, gruppe, hurtig, medlem, kontakt)
    brev = Epost.objects.get(person=medlem)
    assert (brev.straks, brev.emne) == (True, "Vil du være med i arbeidsgruppa Trygg russetid?")
    assert "Lage et opplegg til 17. mai." in brev.tekst
    mote = MoteFactory(gruppe=gruppe, start=naa() - dt.timedelta(hours=3), slutt=naa() - dt.timedelta(hours=2))
    valg = {"mote": mote.pk, "dato": "1.1.2026", "vedta": "1"}
    svar = som("leder").post(sti(forslag, "forslag"), valg).content.decode()
    assert "medlem og kontakt har ikke svart ennå." in svar or "kontakt og medlem har ikke svart ennå." in svar
    assert not Gruppe.objects.filter(slag="arbeidsgruppe").exists()
    spurt = forslag.foresporsler.get(person=medlem)
    assert "Vil du være med i arbeidsgruppa Trygg russetid?" in som("medlem").get("/min-side/").content.decode()
    assert som("medlem").post(sti(spurt, "foresporsel"), {"svar": "ja"}).status_code == 302
    lenke = adresse(Svarlenke.objects.get(person=kontakt)).removeprefix("https://testserver")
    assert "Ja, jeg er med" in som("utlogget").get(lenke).content.decode()
    som("utlogget").post(lenke, {"svar": "ja"})
    assert set(forslag.foresporsler.values_list("svar", flat=True)) == {"ja"}
    som("leder").post(sti(forslag, "forslag"), valg)
    forslag.refresh_from_db()
    team, vedtak = forslag.arbeidsgruppe, Vedtak.objects.get()
    assert (team.slag, team.overordnet, team.fra, team.beskrivelse) == (
        "arbeidsgruppe", gruppe, mote.dato, "Lage et opplegg til 17. mai.",
    )  # fmt: skip
    assert {m.person for m in team.plasser.get().medlemskap.all()} == {medlem, kontakt}
    assert (vedtak.mote, vedtak.gjelder_gruppe, vedtak.slag) == (mote, team, "vedtatt")
    assert "Forslaget er alt avgjort." in som("leder").post(sti(forslag, "forslag"), valg).content.decode()
    felter = {"resultat": "", "dato": "1.1.2099"}
    assert set(som("leder").post(sti(team, "opplos"), felter).context["form"].errors) == {"resultat"}
    assert set(som("leder").post(sti(team, "opplos"), {**felter, "resultat": "x"}).context["form"].errors) == {"dato"}
    som("leder").post(sti(team, "opplos"), {"resultat": "Et opplegg på to sider.", "dato": f"{i_dag():%d.%m.%Y}"})
    team.refresh_from_db()
    assert (team.til, team.resultat) == (i_dag(), "Et opplegg på to sider.")
    assert not team.plasser.get().medlemskap.filter(til__isnull=True).exists()
    sak = Sak.objects.get(gruppe=gruppe)
    assert (sak.mote, sak.tekst) == (None, "Et opplegg på to sider.")


def test_et_nei_stanser_til_den_som_svarte_er_tatt_ut(som, gruppe, hurtig, rollebesetning):
    forslag = foresla(som, gruppe, hurtig, rollebesetning["medlem"], rollebesetning["kontakt"])
    ja, nei = (forslag.foresporsler.get(person=rollebesetning[navn]) for navn in ("medlem", "kontakt"))
    sporsmal, leder = sti(forslag, "forslag_sporsmal"), som("leder")
    leder.post(sporsmal, {"handling": "ja", "foresporsel": ja.pk})
    leder.post(sporsmal, {"handling": "nei", "foresporsel": nei.pk})
    ja.refresh_from_db()
    assert (ja.svar, ja.fort_av) == ("ja", rollebesetning["leder"])
    side = leder.get(sti(forslag, "forslag")).content.decode()
    assert "kontakt har svart nei." in side
    assert "Opprett arbeidsgruppa" not in side
    with pytest.raises(Regelbrudd, match="svart nei"):
        vedta_arbeidsgruppe(forslag, dato=i_dag(), pr=i_dag())
    leder.post(sporsmal, {"handling": "ta_ut", "foresporsel": nei.pk})
    assert vedta_arbeidsgruppe(forslag, dato=i_dag(), pr=i_dag()).overordnet == gruppe


def test_tidkrevende_tilras_av_gruppa_og_avgjores_av_plassen(som, gruppe, tidkrevende, rollebesetning):
    forslag = foresla(som, gruppe, tidkrevende, rollebesetning["medlem"])
    side, i_dag_ = sti(forslag, "forslag"), {"dato": f"{i_dag():%d.%m.%Y}"}
    assert som("leser").get(side).status_code == 200  # holds the seat that decides
    assert som("medlem").get(side).status_code == 403
    assert som("leser").post(side, {**i_dag_, "vedta": "1"}).status_code == 403  # not before it is recommended
    som("leder").post(side, {**i_dag_, "vedta": "1"})
    forslag.refresh_from_db()
    assert (forslag.tilradd, forslag.utfall, Vedtak.objects.get().slag) == (i_dag(), "", "tilradd")
    assert som("leder").post(side, {**i_dag_, "vedta": "1"}).status_code == 403  # the group has done its part
    som("leser").post(side, {**i_dag_, "vedta": "1"})
    forslag.refresh_from_db()
    assert forslag.utfall == "opprettet"
    avgjort = Vedtak.objects.get(slag="vedtatt")
    assert (avgjort.gruppe, avgjort.organ_ord, avgjort.gjelder_gruppe) == (None, "Kommunalsjef", forslag.arbeidsgruppe)
    assert not forslag.arbeidsgruppe.plasser.get().medlemskap.exists()  # nobody had said yes


def test_et_avslag_har_en_grunn_og_et_trukket_forslag_tar_med_seg_e_posten(som, gruppe, hurtig, rollebesetning):
    forslag = foresla(som, gruppe, hurtig, rollebesetning["medlem"])
    felter = {"dato": f"{i_dag():%d.%m.%Y}", "avsla": "1", "grunn": ""}
    svar = som("leder").post(sti(forslag, "forslag"), felter)
    assert svar.context["form"].errors["grunn"] == ["Skriv hvorfor det ikke ble noe av."]
    som("leder").post(sti(forslag, "forslag"), {**felter, "grunn": "Ikke tid."})
    forslag.refresh_from_db()
    assert (forslag.utfall, forslag.grunn, Vedtak.objects.get().slag) == ("avslatt", "Ikke tid.", "avvist")
    Gruppeforslag.objects.all().delete()
    Varsel.objects.all().delete()
    Epost.objects.all().delete()
    forslag = foresla(som, gruppe, hurtig, rollebesetning["kontakt"])
    som("leder").post(sti(forslag, "forslag_sporsmal"), {"handling": "trekk"})
    assert not Epost.objects.exists()
    spurt = forslag.foresporsler.get()
    assert "Forslaget er avgjort" in som("kontakt").get(sti(spurt, "foresporsel")).content.decode()
    with pytest.raises(Regelbrudd, match="alt avgjort"):
        arbeidsgrupper.besvar_foresporsel(spurt, svar="ja", naa=naa())


def test_uten_regel_er_gruppa_fri_og_med_regel_ma_den_velges(som, gruppe, rollebesetning):
    forslag = foresla(som, gruppe, None, rollebesetning["medlem"])
    assert vedta_arbeidsgruppe(forslag, dato=i_dag(), pr=i_dag()).navn == "Trygg russetid"
    FullmaktFactory(gruppe=gruppe, gjelder="arbeidsgrupper")
    svar = som("leder").post(sti(gruppe, "forslag_ny"), {"navn": "x" * 100_000, "oppgave": "Gjelder 01010112377"})
    assert set(svar.context["form"].errors) == {"navn", "oppgave", "fullmakt"}


def test_bare_den_som_er_spurt_svarer_og_bare_folk_i_samarbeidet_sporres(som, gruppe, rollebesetning):
    rad = ForesporselFactory(forslag=GruppeforslagFactory(gruppe=gruppe), person=rollebesetning["medlem"])
    assert som("leder").post(sti(rad, "foresporsel"), {"svar": "ja"}).status_code == 404
    som("medlem").post(sti(rad, "foresporsel"), {"svar": "kanskje"})
    assert Foresporsel.objects.get(pk=rad.pk).svar == ""
    for person in (rollebesetning["utenforstaende"], PersonFactory(), rollebesetning["medlem"]):
        with pytest.raises(Regelbrudd):
            arbeidsgrupper.spor(rad.forslag, person, naa=naa())


@pytest.mark.parametrize("antall", [1, 3])
def test_sidene_sper_hoyst_tolv_ganger(som, gruppe, tidkrevende, antall, django_assert_max_num_queries):
    forslag = GruppeforslagFactory(gruppe=gruppe, fullmakt=tidkrevende)
    for _nr in range(antall):
        rad = ForesporselFactory(forslag=forslag)
        MedlemskapFactory(plass=PlassFactory(gruppe=gruppe), person=rad.person)
        MoteFactory(gruppe=gruppe)
    nettleser = som("koordinator")
    for adresse_ in (sti(gruppe, "forslag_ny"), sti(forslag, "forslag"), gruppe.get_absolute_url(), "/min-side/"):
        with django_assert_max_num_queries(12):
            assert nettleser.get(adresse_).status_code == 200
