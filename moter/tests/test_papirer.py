"""Papers: what is taken in, told by the content; what stops one; who may open it; and what becomes of the file."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from felles.tid import naa
from felles.unntak import Personnummer, Regelbrudd
from moter.exports.innkalling import papirtitler, saken
from moter.factories import DeltakelseFactory, MoteFactory, SakFactory, VedleggFactory
from moter.models import Vedlegg
from moter.rules.innkalling import sakene_i
from moter.rules.papirfil import MAKS_BYTE, kontroller_papir
from moter.services import flytt_sak
from moter.tests import papirfiler as fil
from moter.tests.papirfiler import FNR
from organisering.factories import MedlemskapFactory, PersonFactory, PlassFactory

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TALL = int("1010750160")  # the same number when a spreadsheet has eaten its zero

GODE = {
    "docx": fil.word(["Hei"]),
    "xlsx": fil.excel("Hei", 12),
    "pptx": fil.powerpoint(),
    "odt": fil.odf("text"),
    "ods": fil.odf("spreadsheet"),
    "odp": fil.odf("presentation"),
    "pdf": fil.pdf(),
    "png": fil.bilde("PNG"),
    "jpg": fil.bilde("JPEG"),
    "txt": "Blåbær\tog 1 234,50 kr\r\nwww.eksempel.no".encode("cp1252"),
}


@pytest.mark.parametrize("endelse", sorted(GODE))
@pytest.mark.parametrize("navn", ["papir.exe", "papir"])
def test_typen_ses_av_innholdet_og_aldri_av_navnet(endelse, navn):
    papir = kontroller_papir(navn, GODE[endelse])
    assert (papir.slag.value, papir.tittel) == (endelse, "papir")


@pytest.mark.parametrize(
    ("innhold", "ord"),
    [
        (b"", "tom"),
        (b"MZ" + bytes(range(256)), "Bruk PDF"),
        (b"GIF89a\x00\x01", "Bruk PDF"),
        (fil.zip_av({"hei.txt": "hei"}), "Bruk PDF"),
        (b"{\\rtf1 hei}", "RTF"),
        (OLE, "gammelt"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "passord"),
        (fil.pdf(passord="x"), "passord"),
        (fil.odf("text", **{"META-INF/manifest.xml": "<m:encryption-data/>"}), "passord"),
        (fil.odf("text", **{"Basic/Standard/Modul1.xml": "<x/>"}), "makroer"),
        (fil.powerpoint(**{"ppt/vbaProject.bin": b"x"}), "makroer"),
        (
            fil.powerpoint(**{"[Content_Types].xml": b"x.presentation.macroEnabled"}),
            "makroer",
        ),
        (fil.pdf(skript=True), "makroer"),
        (fil.pdf(inni=True), "andre filer inni"),
        (b"%PDF-1.4\nnei", "ødelagt"),
        (GODE["docx"][:900], "ødelagt"),
        (fil.powerpoint(**{"ppt/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "ødelagt"),
        (fil.powerpoint(**{"ppt/media/a.bin": bytes(101 * 1024 * 1024)}), "pakkes ut"),
        (b"x" * (MAKS_BYTE + 1), "25 MB"),
    ],
)
def test_det_som_ikke_tas_imot_sier_hvorfor(innhold, ord):
    with pytest.raises(Regelbrudd, match=ord) as brudd:
        kontroller_papir("papir.pdf", innhold)
    assert brudd.value.setning.startswith("Papiret er ikke lagret")


@pytest.mark.parametrize(
    "innhold",
    [
        fil.word([f"Om {FNR[:6]} {FNR[6:]}."]),
        fil.word(["Om 0101", "07501", "60"]),
        fil.excel("Navn", FNR),
        fil.excel("Navn", TALL),
        fil.powerpoint(FNR),
        fil.powerpoint(**{"ppt/embeddings/Microsoft_Excel_Sheet.xlsx": fil.excel(TALL)}),
        fil.odf("text", f"<text:p>0101<text:span>07</text:span>{FNR[6:]}</text:p>"),
        fil.odf("spreadsheet", f'<table:table-cell office:value-type="float" office:value="{TALL}"/>'),
        fil.pdf(f"Gjelder {FNR}"),
        fil.pdf_med_notat(f"Gjelder {FNR}"),
        f"Gjelder {FNR}".encode("utf-16"),
        fil.bilde("PNG") + f" {FNR} ".encode(),
    ],
)
def test_et_fodselsnummer_i_teksten_stanser_papiret(innhold):
    with pytest.raises(Personnummer, match="fødselsnummer") as brudd:
        kontroller_papir("papir.pdf", innhold)
    assert FNR not in str(brudd.value)


@pytest.fixture
def mote(rollebesetning):
    return MoteFactory(gruppe=rollebesetning.gruppe, start=naa() + dt.timedelta(days=9))


@pytest.fixture
def sak(mote):
    return SakFactory(gruppe=mote.gruppe, mote=mote)


def last_opp(klient, sak, innhold, navn="Budsjett 2027.pdf", **felter):
    sti = reverse("moter:papir_ny", args=[sak.samarbeid.slug, sak.pk])
    return klient.post(sti, {"fil": SimpleUploadedFile(navn, innhold), **felter})


def filene():
    return set(default_storage.listdir("papirer")[1]) if default_storage.exists("papirer") else set()


def test_et_papir_lagres_under_tilfeldig_navn_og_gis_ut_med_vern(som, rollebesetning, sak):
    last_opp(som("leder"), sak, GODE["pdf"])
    papir = Vedlegg.objects.get()
    assert (papir.tittel, papir.lagt_inn_av, papir.storrelse) == (
        "Budsjett 2027",
        rollebesetning["leder"],
        len(GODE["pdf"]),
    )
    assert "Budsjett" not in papir.fil.name
    svar = som("medlem").get(papir.get_absolute_url())
    assert svar.content == GODE["pdf"]
    assert svar["Content-Type"] == "application/pdf"
    assert svar["Content-Disposition"] == 'inline; filename="Budsjett 2027.pdf"'
    assert (svar["X-Content-Type-Options"], svar["Content-Security-Policy"]) == ("nosniff", "sandbox")
    assert svar["Cache-Control"] == "private, no-store"
    assert "Budsjett 2027" in som("medlem").get(sak.mote.get_absolute_url()).content.decode()


def test_en_office_fil_vises_aldri_i_nettleseren(som, sak):
    last_opp(som("leder"), sak, GODE["docx"], "side.html", tittel="Notat")
    svar = som("leder").get(Vedlegg.objects.get().get_absolute_url())
    assert svar["Content-Disposition"] == 'attachment; filename="Notat.docx"'


@pytest.mark.parametrize(
    ("innhold", "navn", "setning"),
    [
        (b"Gjelder " + FNR.encode(), "notat.txt", "inneholder et fødselsnummer"),
        (GODE["pdf"], f"{FNR}.pdf", "Navnet på fila"),
        (b"x" * (MAKS_BYTE + 1), "stor.txt", "høyst 25 MB"),
        (b"x" * (MAKS_BYTE + 2_000_000), "storre.txt", "høyst 25 MB"),
        (b"", "tom.txt", "tom"),
    ],
)
def test_det_som_stanses_lagres_ikke_og_resten_av_skjemaet_star(som, sak, innhold, navn, setning):
    for_ = filene()
    svar = last_opp(som("leder"), sak, innhold, navn, tittel="Mine ord")
    html = svar.content.decode()
    assert setning in html
    assert 'value="Mine ord"' in html
    assert FNR not in html
    assert not Vedlegg.objects.exists()
    assert filene() == for_


def test_den_som_er_inhabil_eller_ikke_ser_unntatte_saker_far_404(som, rollebesetning, sak):
    papir = VedleggFactory(sak=sak)
    ungdom = PersonFactory()
    MedlemskapFactory(plass=PlassFactory(gruppe=sak.gruppe, ser_unntatt=False), person=ungdom)
    rollebesetning.personer["ungdom"] = ungdom
    sti = papir.get_absolute_url()
    assert [som(hvem).get(sti).status_code for hvem in ("medlem", "ungdom", "koordinator")] == [200, 200, 200]
    sak.unntatt, sak.unntatt_grunn = True, "offl. § 13"
    sak.save()
    assert [som(hvem).get(sti).status_code for hvem in ("medlem", "ungdom", "koordinator")] == [200, 404, 200]
    for hvem in ("koordinator", "superbruker"):
        DeltakelseFactory(mote=sak.mote, person=rollebesetning[hvem]).inhabil_i.add(sak)
        assert [som(hvem).get(side).status_code for side in (sti, sak.get_absolute_url())] == [404, 404]
    assert papir.tittel not in som("koordinator").get(sak.mote.get_absolute_url()).content.decode()


def test_papirene_folger_saken_videre_og_fila_gar_med_den_siste(
    som, rollebesetning, sak, django_capture_on_commit_callbacks
):
    sak.nummer, sak.nummer_ar = 1, 2026
    sak.save()
    papir = VedleggFactory(sak=sak)
    ny = flytt_sak(sak, til=None)
    kopi = ny.vedlegg.get()
    assert (kopi.fil.name, kopi.tittel) == (papir.fil.name, papir.tittel)
    DeltakelseFactory(mote=sak.mote, person=rollebesetning["medlem"]).inhabil_i.add(ny)
    assert som("medlem").get(papir.get_absolute_url()).status_code == 404  # also where the case stood before
    with django_capture_on_commit_callbacks(execute=True):
        som("leder").post(reverse("moter:papir_fjern", args=[ny.samarbeid.slug, kopi.pk]))
    assert default_storage.exists(papir.fil.name)
    assert not Vedlegg.objects.filter(pk=kopi.pk).exists()


@pytest.mark.parametrize("sendt", [False, True])
def test_et_papir_tas_bort_med_fila_men_trekkes_bare_nar_det_er_sendt_ut(
    som, sak, sendt, django_capture_on_commit_callbacks
):
    papir = VedleggFactory(sak=sak)
    sak.mote.innkalt = naa() if sendt else None
    sak.mote.save()
    with django_capture_on_commit_callbacks(execute=True):
        som("leder").post(reverse("moter:papir_fjern", args=[sak.samarbeid.slug, papir.pk]))
    rad = Vedlegg.objects.filter(pk=papir.pk).first()
    assert (rad is not None and rad.trukket is not None, default_storage.exists(papir.fil.name)) == (sendt, sendt)


@pytest.mark.parametrize("sendt", [False, True])
def test_en_ny_utgave_erstatter_den_forrige(som, sak, sendt, django_capture_on_commit_callbacks):
    gammelt = VedleggFactory(sak=sak, tittel="Budsjett")
    sak.mote.innkalt = naa() if sendt else None
    sak.mote.save()
    with django_capture_on_commit_callbacks(execute=True):
        last_opp(som("leder"), sak, GODE["pdf"], "v2.pdf", erstatter=gammelt.pk)
    nytt = Vedlegg.objects.gjeldende().get()
    assert (nytt.tittel, nytt.versjon, nytt.erstatter_id) == ("Budsjett", 2, gammelt.pk if sendt else None)
    assert default_storage.exists(gammelt.fil.name) is sendt


def test_innkallingen_nevner_titlene_men_ikke_i_en_unntatt_sak(sak):
    VedleggFactory(sak=sak, tittel="Budsjett")
    VedleggFactory(sak=sak, tittel="Gammelt", trukket=naa())
    [funnet] = sakene_i(sak.mote)
    assert papirtitler(funnet) == saken(funnet)["papirer"] == ["Budsjett"]
    funnet.unntatt = True
    assert saken(funnet)["papirer"] == []
