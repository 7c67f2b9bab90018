"""The portal's own template parts: what they say, and that they never let markup through."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from felles.merker import FORMER, MERKER
from felles.templatetags import slt

FAST = "\u00a0"


def vis(mal: str, **innhold: object) -> str:
    return Template("{% load slt %}" + mal).render(Context(innhold))


@pytest.mark.parametrize("nokkel", MERKER)
def test_hvert_merke_har_tegning_og_ord(nokkel: str) -> None:
    html = vis("{% merke nokkel %}", nokkel=nokkel)
    rot = ElementTree.fromstring(html)
    assert rot.find("svg").get("aria-hidden") == "true"
    assert rot.find("span").text == str(MERKER[nokkel].ord)


def test_bare_ruta_farger_ordet() -> None:
    assert {nokkel for nokkel in MERKER if "merke-rute" in vis("{% merke nokkel %}", nokkel=nokkel)} == {
        "forfalt",
        "brudd",
    }


def test_formene_har_bare_tegneattributter_og_klasser() -> None:
    assert [form for form, tegning in FORMER.items() if "style" in tegning] == []
    for tegning in FORMER.values():
        ElementTree.fromstring(f"<g>{tegning}</g>")


def test_merket_kan_ha_eget_ord_som_unnslippes() -> None:
    assert "<span>Gjort i 2025</span>" in vis('{% merke "gjort" "Gjort i 2025" %}')
    assert "&lt;b&gt;" in vis('{% merke "gjort" ord %}', ord="<b>")


def test_ukjent_merke_stanses() -> None:
    with pytest.raises(KeyError):
        vis('{% merke "ukjent" %}')


def test_merkebilde_med_tittel_taler_for_seg_selv() -> None:
    assert 'role="img"><title>Brudd</title>' in vis('{% merkebilde "brudd" tittel="Brudd" %}')
    assert 'aria-hidden="true"' in vis('{% merkebilde "brudd" %}')


def test_merke_i_tegning_star_i_prosent_med_punktum() -> None:
    with translation.override("nb"):
        assert 'x="22.50%" y="24"' in vis('{% merke_i "holdt" 22.5 24 %}')


@pytest.mark.parametrize(
    ("nivaer", "sterke"),
    [
        ("styrende", 1),
        (SimpleNamespace(slag="koordinerende"), 1),
        (["styrende", SimpleNamespace(slag="utforende")], 2),
        (SimpleNamespace(nivaer=SimpleNamespace(all=lambda: [SimpleNamespace(slag="utforende")])), 1),
        ([], 0),
        (None, 0),
    ],
)
def test_nivamerket_viser_gruppas_nivaer_sterkt(nivaer: object, sterke: int) -> None:
    html = vis("{% nivamerke nivaer %}", nivaer=nivaer)
    assert 3 - html.count("stille") == sterke


def test_sitatet_star_i_hermetegn_med_kilden_under() -> None:
    html = vis("{% sitat tekst kilde sted %}", tekst="En.\n\nTo <b>.", kilde="Handlingsplan", sted="Bakgrunn")
    assert "<blockquote><p>«En.</p><p>To &lt;b&gt;.»</p></blockquote>" in html
    assert "<figcaption>Handlingsplan, Bakgrunn</figcaption>" in html


def test_sitat_far_ikke_doble_hermetegn_og_ingen_tom_kilde() -> None:
    html = vis("{% sitat tekst %}", tekst="«Alt sagt.»")
    assert "<p>«Alt sagt.»</p>" in html
    assert "figcaption" not in html


def test_hermetegn_inne_i_sitatet_star() -> None:
    assert "<p>«Kalt «Parken»»</p>" in vis("{% sitat tekst %}", tekst="Kalt «Parken»")


def test_avsnitt_skilles_av_tom_linje_og_beholder_linjeskift() -> None:
    assert vis("{{ t|avsnitt }}", t="a\r\nb\r\n \r\n\r\n<c>") == "<p>a<br>b</p><p>&lt;c&gt;</p>"
    assert vis("{{ t|avsnitt }}", t=None) == ""


@pytest.mark.parametrize(
    ("tekst", "hele"),
    [
        ("en temakveld med kr 12 000.", "en temakveld med kr_12_000."),
        ("Kr 5 og kr. 1 234 567 i 2026", "Kr 5 og kr._1_234_567 i 2026"),
        ("10 000 kroner", "10_000_kroner"),
        ("kroner 10 000,-", "kroner_10_000,-"),
        ("sak 12 000 og 40 år", "sak 12 000 og 40 år"),
    ],
)
def test_et_belop_i_en_tekst_brytes_ikke_over_to_linjer(tekst, hele) -> None:
    assert vis("{{ t|hele_belop }}", t=tekst) == hele.replace("_", "\N{NO-BREAK SPACE}")


@given(st.text())
def test_avsnitt_slipper_aldri_gjennom_annen_markering(tekst: str) -> None:
    rest = str(slt.avsnitt(tekst)).replace("<p>", "").replace("</p>", "").replace("<br>", "")
    assert "<" not in rest
    assert ">" not in rest


def test_eksempel_sies_nar_raden_er_oppdiktet() -> None:
    assert vis("{% eksempelmerke %}") == '<span class="eksempel">Eksempel</span>'
    assert vis("{% eksempelmerke er_det %}", er_det=False) == ""


@pytest.mark.parametrize(
    ("filter_", "verdi", "ventet"),
    [
        ("dato", dt.date(2025, 11, 24), "24. november 2025"),
        ("kortdato", dt.date(2025, 11, 24), "24. nov."),
        ("dag", dt.date(2025, 5, 1), "1. mai"),
        ("ukedag", dt.date(2025, 11, 24), "mandag 24. november 2025"),
        ("klokke", dt.time(9, 5), "kl. 09.05"),
        ("klokke", dt.datetime(2025, 11, 24, 11, 30, tzinfo=dt.UTC), "kl. 12.30"),
        ("datotid", dt.datetime(2025, 7, 31, 22, 30, tzinfo=dt.UTC), "1. august 2025 kl. 00.30"),
        ("dato", dt.datetime(2025, 12, 31, 23, 0, tzinfo=dt.UTC), "1. januar 2026"),
        ("kroner", Decimal("3500.00"), "kr 3 500"),
        ("kroner", Decimal("3500.50"), "kr 3 500,50"),
        ("kroner", Decimal("10000.01"), "kr 10 000,01"),
        ("kroner", 0, "kr 0"),
        ("kroner", Decimal("-1500"), "kr −1 500"),
        ("kroner", "", ""),
    ],
)
def test_datoer_og_summer_skrives_pa_norsk(filter_: str, verdi: object, ventet: str) -> None:
    assert vis(f"{{{{ v|{filter_} }}}}", v=verdi).replace(FAST, " ") == ventet


@pytest.mark.parametrize("filter_", ["dato", "kortdato", "dag", "ukedag", "klokke", "datotid", "kroner", "avsnitt"])
def test_det_som_mangler_gir_tom_tekst(filter_: str) -> None:
    assert vis(f"{{{{ v|{filter_} }}}}", v=None) == ""


def test_summer_og_datoer_brytes_ikke() -> None:
    assert vis("{{ v|kroner }}", v=10_000) == f"kr{FAST}10{FAST}000"
    assert vis("{{ v|dato }}", v=dt.date(2025, 11, 1)) == f"1.{FAST}november 2025"
    assert vis("{{ v|klokke }}", v=dt.time(12, 30)) == f"kl.{FAST}12.30"


def test_datoer_pa_nynorsk() -> None:
    with translation.override("nn"):
        assert vis("{{ v|ukedag }}", v=dt.date(2025, 11, 24)).replace(FAST, " ") == "måndag 24. november 2025"


@pytest.mark.parametrize(
    ("fra", "til", "ventet"),
    [
        ((2025, 11, 24), (2025, 11, 30), "24.–30. november 2025"),
        ((2025, 11, 24), (2025, 12, 3), "24. november – 3. desember 2025"),
        ((2025, 12, 24), (2026, 1, 3), "24. desember 2025 – 3. januar 2026"),
        ((2022, 1, 1), (2025, 12, 31), "2022–2025"),
        ((2025, 1, 1), (2025, 12, 31), "2025"),
        ((2025, 1, 2), (2025, 1, 2), "2. januar 2025"),
        ((2025, 1, 1), None, "fra 1. januar 2025"),
        (None, (2025, 1, 1), "til 1. januar 2025"),
        (None, None, ""),
    ],
)
def test_spenn(fra: tuple[int, int, int] | None, til: tuple[int, int, int] | None, ventet: str) -> None:
    html = vis("{{ fra|spenn:til }}", fra=fra and dt.date(*fra), til=til and dt.date(*til))
    assert html.replace(FAST, " ") == ventet


def test_pengestolpen_skraverer_bare_det_over_rammen() -> None:
    innenfor = vis("{% pengestolpe 6500 10000 %}")
    over = vis("{% pengestolpe 6500 10000 5000 %}")
    assert "skravert" not in innenfor
    assert 'width="65.00%"' in innenfor
    assert 'x="86.96%" width="13.04%"' in over


@given(st.decimals(0, 10**7, places=2), st.decimals(0, 10**7, places=2), st.decimals(0, 10**7, places=2))
def test_pengestolpens_deler_fyller_aldri_mer_enn_hele(brukt: Decimal, ramme: Decimal, denne: Decimal) -> None:
    deler = slt.pengestolpe(brukt, ramme, denne)
    assert float(deler["grense"]) + float(deler["over"] or 0) <= 100.02
    assert float(deler["brukt"]) + float(deler["denne"]) <= float(deler["grense"]) + 0.02


def test_soyla_taler_ingen_rader() -> None:
    assert 'width="0.00%"' in vis("{% soyle 0 0 %}")
