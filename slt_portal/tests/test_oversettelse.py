"""Nynorsk is whole, the files are in step with the source, and nobody meets English."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.translation import gettext, ngettext, override, pgettext

from moter.factories import MoteFactory
from organisering.factories import PersonFactory, SamarbeidFactory
from slt_portal import oversettelse

SPRAK = [kode for kode, _navn in settings.LANGUAGES]
# Words that nynorsk has not. Whole words, so that «samarbeidet» or «meldingen» in a name does not count.
BOKMAL = re.compile(
    r"\b(ikke|hva|hvem|hvor|hvordan|hvorfor|hvis|noe|noen|jeg|fra|bare|være|ble|blir det|gjøre|gruppen|mer|"
    r"hver|hvert|nå|ennå|enhet|enheter|enheten|møtene|tiltakene|vedtakene|plasser|plassene|trenger|mangler|"
    r"uke|uker|måned|måneder|lenken|skole|skoler|oppgave|leder|nestleder|vedtatt|tilbakestill|passordene|en|et|dere)\b",
    re.IGNORECASE,
)
UTENOM = re.compile(r"%\(\w+\)[sd]|«[^»]*»")  # a quoted word of the source stays as it is


@pytest.fixture(scope="module")
def kataloger() -> dict[str, oversettelse.Katalog]:
    return {sprak: oversettelse.samle(sprak) for sprak in SPRAK}


@pytest.mark.parametrize("sprak", SPRAK)
class TestKatalogen:
    def test_alt_kilden_sier_er_oversatt(self, kataloger, sprak):
        assert oversettelse.ubesvarte(kataloger[sprak]) == []

    def test_filen_har_det_kilden_sier_og_ikke_noe_mer(self, kataloger, sprak):
        i_filen = {oversettelse.nokkel(melding) for melding in oversettelse.les(oversettelse.fil(sprak))}

        assert i_filen == {oversettelse.nokkel(melding) for melding in kataloger[sprak] if melding.id}

    def test_ingenting_er_uferdig_eller_lagt_bort(self, kataloger, sprak):
        linjer = oversettelse.fil(sprak).read_text(encoding="utf-8").splitlines()

        assert [linje for linje in linjer if linje.startswith("#~") or ", fuzzy" in linje] == []

    def test_den_kompilerte_er_i_takt(self, kataloger, sprak):
        assert oversettelse.fil(sprak, "mo").read_bytes() == oversettelse.som_mo(kataloger[sprak])

    def test_plassholdere_og_merking_er_de_samme_pa_begge_sider(self, kataloger, sprak):
        assert [melding.id for melding in kataloger[sprak] if melding.id and ulike_plassholdere(melding)] == []

    def test_mellomrom_ytterst_star(self, kataloger, sprak):
        par = [p for melding in kataloger[sprak] if melding.id for p in formene(melding)]

        assert [kilde for kilde, svar in par if rammen(kilde) != rammen(svar)] == []

    def test_filene_nevner_verken_folk_dager_eller_steder(self, kataloger, sprak):
        tekst = oversettelse.fil(sprak).read_text(encoding="utf-8")

        assert not re.search(r"^#:|@[a-z]+\.|POT-Creation|Last-Translator|\b20\d\d-\d\d-\d\d", tekst, re.MULTILINE)


def formene(melding) -> list[tuple[str, str]]:
    """Source and answer, form by form."""
    if isinstance(melding.id, str):
        return [(melding.id, melding.string)]
    return list(zip(melding.id, melding.string, strict=True))


def plassholdere(tekst: str) -> list[str]:
    return sorted(oversettelse.PLASSHOLDER.findall(tekst))


def ulike_plassholdere(melding) -> bool:
    """The singular may leave the number out: «éi gruppe» for «%(n)s gruppe»."""
    *entall, (kilde, svar) = formene(melding)
    return plassholdere(kilde) != plassholdere(svar) or any(
        not set(plassholdere(s)) <= set(plassholdere(k)) for k, s in entall
    )


def rammen(tekst: str) -> tuple[bool, bool]:
    return tekst[:1].isspace(), tekst[-1:].isspace()


def sla_opp(nokkel: oversettelse.Nokkel, antall: int = 2) -> str:
    tekst, kontekst = nokkel
    if not isinstance(tekst, str):
        return ngettext(*tekst, antall)
    return pgettext(kontekst, tekst) if kontekst else gettext(tekst)


class TestOppslag:
    def test_bokmal_star_slik_det_er_skrevet(self):
        """A sentence that another package has answered would be changed behind our back: `pgettext` keeps it ours."""
        with override("nb"):
            endret = [n for n in oversettelse.egne() if sla_opp(n) != (n[0] if isinstance(n[0], str) else n[0][1])]

        assert endret == []

    def test_hver_tekst_i_kilden_finner_svaret_sitt(self, kataloger):
        svar = {oversettelse.nokkel(m): m.string for m in kataloger["nn"] if m.id}
        flertall = {tekst[0] for tekst, _kontekst in svar if not isinstance(tekst, str)}
        with override("nn"):
            feil = [
                nokkel
                for nokkel in oversettelse.egne()
                if nokkel[0] not in flertall
                and sla_opp(nokkel) != (svar[nokkel] if isinstance(nokkel[0], str) else svar[nokkel][1])
            ]

        assert feil == []

    def test_entall_av_et_par_finnes_ogsa_alene(self, kataloger):
        par = [m for m in kataloger["nn"] if m.id and not isinstance(m.id, str) and not m.context]
        with override("nn"):
            assert {gettext(m.id[0]) for m in par} <= {m.string[0] for m in par}

    def test_det_vi_sier_pa_var_mate_sier_pakkene_fortsatt(self):
        assert oversettelse.lante("nb") >= oversettelse.OMSKREVET

    def test_vi_skriver_ikke_om_det_en_pakke_alt_har_svart_med(self):
        """Own words win over a package's; the same word with another meaning there would change its pages."""
        egne = {nokkel for nokkel in oversettelse.egne() if nokkel[1] is None}
        pakkenes = {
            oversettelse.nokkel(m) for p in oversettelse.PAKKER for m in oversettelse.pakkens(p, p.liste) if m.id
        }

        assert egne & pakkenes == set()


class TestNynorsk:
    def test_ingen_bokmalsord(self, kataloger):
        svar = [s for melding in kataloger["nn"] if melding.id for _kilde, s in formene(melding)]

        assert [s for s in svar if BOKMAL.search(UTENOM.sub("", s))] == []


class TestUttrekk:
    def test_en_ny_tekst_i_en_mal_finnes(self, tmp_path):
        mal = tmp_path / "ny.html"
        mal.write_text(
            '{% load i18n %}{% translate "Ren" %}{% translate "Med" context "der" as x %}{{ _("Kort") }}\n'
            "    {% blocktranslate count n=n trimmed %}\n  Ett\n  tog\n{% plural %}\n  {{ n }} tog\n"
            "  {% endblocktranslate %}\n"
            "{% blocktranslate asvar y context 'her' %}Hel {{ z }} 100 %{% endblocktranslate %}",
            encoding="utf-8",
        )

        assert set(oversettelse.tekster(mal)) == {
            ("Ren", None),
            ("Med", "der"),
            ("Kort", None),
            (("Ett tog", "%(n)s tog"), None),
            ("Hel %(z)s 100 %%", "her"),
        }

    def test_en_ny_tekst_i_jinja_finnes(self, tmp_path):
        mal = tmp_path / "jinja" / "ny.html"
        mal.parent.mkdir()
        mal.write_text(
            '{% set x = _("Ren") %}{{ n ~ pgettext("der", "Med") }}{{ ngettext("Ett tog", "%(n)s tog", n) }}',
            encoding="utf-8",
        )

        assert set(oversettelse.tekster(mal)) == {("Ren", None), ("Med", "der"), (("Ett tog", "%(n)s tog"), None)}

    def test_en_ny_tekst_i_python_finnes(self, tmp_path):
        fil = tmp_path / "ny.py"
        fil.write_text(
            'a = _("En " "lang")\nb = ngettext("Én", "%(n)s", len(c))\nd = pgettext("der", "Med")\n'
            'e = npgettext_lazy("der", "Ett", "Flere", "n")\nf = gettext_lazy("Lat")\ng = _(navn)\n',
            encoding="utf-8",
        )

        assert set(oversettelse.tekster(fil)) == {
            ("En lang", None),
            (("Én", "%(n)s"), None),
            ("Med", "der"),
            (("Ett", "Flere"), "der"),
            ("Lat", None),
        }

    def test_ingen_kaller_oversettelsen_noe_uttrekket_ikke_kjenner(self):
        """`gettext as _g` would go by unseen."""
        navn = re.compile(r"\bn?p?gettext(?:_lazy|_noop)?(?: as (\w+))?")
        importer = [
            (sti.name, treff[1] or treff[0])
            for sti in oversettelse.kildefiler()
            if sti.suffix == ".py"
            for linje in re.findall(
                r"^from django\.utils\.translation import (.*)$", sti.read_text(encoding="utf-8"), re.MULTILINE
            )
            for treff in navn.finditer(linje)
        ]

        assert [importert for importert in importer if importert[1] not in oversettelse.ORD] == []

    def test_ingen_tekst_er_gjemt_i_en_sammensatt_streng(self):
        """Python 3.11 sees an f-string as one word, and the call inside it goes by unseen."""
        gjemt = re.compile(r"""\bf(["']).*\{(_|n?p?gettext(_lazy)?)\(.*\1""")

        assert [sti.name for sti in oversettelse.kildefiler() if gjemt.search(sti.read_text(encoding="utf-8"))] == []

    def test_kommandoen_finner_alt_i_orden(self, capsys):
        call_command("oversett", "--sjekk")

        assert capsys.readouterr().out == "Alt er oversatt.\n"


@pytest.mark.django_db
class TestSidene:
    def test_samarbeidets_malform_gir_nynorsk(self, client: Client):
        SamarbeidFactory(slug="fjord", malform="nn")

        side = client.get("/fjord/").content.decode()

        assert '<html lang="nn"' in side
        assert "Kva vi gjer" in side
        assert "Hva vi gjør" not in side

    def test_personens_valg_gir_nynorsk(self, client: Client):
        client.force_login(PersonFactory(sprak="nn"))

        side = client.get("/min-side/").content.decode()

        assert '<html lang="nn"' in side
        assert "Mi side" in side
        assert "Du er ikkje med i eit samarbeid no" in side

    def test_kapselen_gir_nynorsk(self, client: Client):
        client.get("/sprak/nn/")

        side = client.get("/").content.decode()

        assert '<html lang="nn"' in side
        assert "Finn kommunen din" in side
        assert "kriminalitetsførebyggjande" in side

    @pytest.mark.parametrize(("sprak", "ord_pa_siden"), [("nb", "Glemt passordet?"), ("nn", "Gløymt passordet?")])
    def test_innloggingen_er_aldri_pa_engelsk(self, client: Client, sprak, ord_pa_siden):
        client.get(f"/sprak/{sprak}/")

        side = client.get("/konto/login/").content.decode()

        assert ord_pa_siden in side
        assert not re.search(r"\b(password|sign in|email|remember me|forgot)\b", synlig(side), re.IGNORECASE)

    @pytest.mark.parametrize(
        ("sprak", "svar"),
        [("nb", "E-postadressen eller passordet er feil."), ("nn", "E-postadressa eller passordet er feil.")],
    )
    def test_feil_passord_far_svar_pa_leserens_sprak(self, client: Client, sprak, svar):
        client.get(f"/sprak/{sprak}/")

        side = client.post("/konto/login/", {"login": "ingen@demo.example", "password": "feil"}).content.decode()

        assert svar in side

    def test_en_moteside_er_hel_nynorsk(self, client: Client, som, rollebesetning):
        rollebesetning.samarbeid.malform = "nn"
        rollebesetning.samarbeid.save(update_fields=["malform"])
        mote = MoteFactory(gruppe=rollebesetning.gruppe)

        side = som("koordinator").get(mote.get_absolute_url()).content.decode()

        assert "Saksliste" in side
        assert "Møte" in side
        assert not re.search(r"\b(ikke|hvem|hva|fra|Møter)\b", synlig(side))

    def test_administrasjonen_er_aldri_pa_engelsk(self, client: Client, som):
        klient = som("superbruker")
        klient.get("/sprak/nn/")

        side = synlig(klient.get("/admin/").content.decode())

        assert not re.search(r"\b(Add|Change|View|Recent actions|Log out|Skip to|Toggle theme|Home)\b", side)


def synlig(side: str) -> str:
    """The words of a page, without its markup."""
    return re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", side, flags=re.DOTALL)
