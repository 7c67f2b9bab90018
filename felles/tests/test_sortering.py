"""The list below stands in PostgreSQL's own order (ICU `nb`), and is sorted here on whichever database is in use."""

import random

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Lower, Upper
from hypothesis import given
from hypothesis import strategies as st

from felles.sortering import likner, sammenlign, sorteringsnokkel

# ruff: noqa: SIM905
NAVN = (
    "- tom linje -|«Trygg oppvekst»|0-24|1. trinn|10. trinn|2. trinn|A-laget|A/B Ungdom|aA|aker|Aker|Alta|Ándaras|"
    "Andreas|Arne Åsen|Arne Aasen|barnehage|Barnehage|Barnevern|Čáhput|Carl|Çelik|dagsenter|"
    "Đorđević|Eidsvoll|Eitrheim|elise|Elise|Élise|Enger|frivillige|Frivillige|gard|Gynther|Günther|"
    "Går|Gård|Gårder|Hof|Kari|Kåre|Kaare|Larsen Berg|"
    "Larsen-Berg|LarsenBerg|Myller|Müller|Naess|Nav|NAV|Ness|Næss|O’Hara|Oslo|Rana|Sandås|Šibenik|skole|Skole|skolen|"
    "Skolene|Ž|Zoe|Ægir|Älgar|Ælgjær|Ødegård|Ødegaard|Ödegård|Ørjan|Øvre|Å|Aa|ål på asp|Ås|Aas|åsen|Åsen|aasen|Aasen"
).split("|")
LATINSK = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("Cc",), exclude_characters="·"),
    max_size=8,
)


@pytest.fixture
def stokket(tabell):
    navn = random.Random(2026).sample(NAVN, len(NAVN))
    tabell.objects.bulk_create(tabell(tittel=ett, tekst=ett) for ett in navn)
    return tabell.objects


def test_navn_star_i_norsk_rekkefolge(stokket):
    assert list(stokket.order_by("tittel").values_list("tittel", flat=True)) == NAVN
    assert list(stokket.order_by("tekst").values_list("tittel", flat=True)) == NAVN
    assert list(stokket.order_by("-tittel").values_list("tittel", flat=True)) == NAVN[::-1]


def test_python_sorterer_som_databasen():
    assert sorted(reversed(NAVN), key=sorteringsnokkel) == NAVN


def test_storre_og_mindre_enn_folger_samme_rekkefolge(stokket):
    assert set(stokket.filter(tittel__gte="Æ").values_list("tittel", flat=True)) == set(NAVN[NAVN.index("Ægir") :])


def test_bare_lik_tekst_er_lik(tabell):
    tabell.objects.create(tittel="Åsen")
    assert [tabell.objects.filter(tittel=navn).exists() for navn in ("Åsen", "åsen", "Aasen", "Asen")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.postgres
@pytest.mark.tjenester
@given(LATINSK, LATINSK)
def test_samme_rekkefolge_som_icu(db_tilgang, a, b):
    with connection.cursor() as peker:
        peker.execute('SELECT a < b COLLATE "norsk", a = b FROM (VALUES (%s::text, %s::text)) AS par (a, b)', [a, b])
        foran, like = peker.fetchone()
    assert sammenlign(a, b) == (0 if like else -1 if foran else 1)


@pytest.fixture(scope="module")
def db_tilgang(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield


@given(LATINSK, LATINSK, LATINSK)
def test_rekkefolgen_er_en_rekkefolge(a, b, c):
    assert sammenlign(a, b) == -sammenlign(b, a)
    assert (sammenlign(a, b) == 0) == (a == b)
    if sammenlign(a, b) <= 0 and sammenlign(b, c) <= 0:
        assert sammenlign(a, c) <= 0


@pytest.mark.parametrize(
    ("oppslag", "verdi", "treff"),
    [
        ("icontains", "ØDEG", ["Ødegård", "Ødegaard"]),
        ("icontains", "øde", ["Ødegård", "Ødegaard"]),
        ("icontains", "DEGÅ", ["Ødegård", "Ödegård"]),
        ("icontains", "dega\u030a", ["Ødegård", "Ödegård"]),
        ("icontains", "čáh", ["Čáhput"]),
        ("iexact", "ÅSEN", ["åsen", "Åsen"]),
        ("iexact", "ælgjær", ["Ælgjær"]),
        ("istartswith", "æ", ["Ægir", "Ælgjær"]),
        ("iendswith", "ÅR", ["Går"]),
        ("icontains", "%", []),
        ("icontains", "_", []),
        ("icontains", "\\", []),
        ("icontains", "’h", ["O’Hara"]),
    ],
)
def test_sok_kjenner_norske_bokstaver(stokket, oppslag, verdi, treff):
    for felt in ("tittel", "tekst"):
        funnet = stokket.filter(**{f"{felt}__{oppslag}": verdi}).order_by("tittel")
        assert list(funnet.values_list("tittel", flat=True)) == treff


def test_jokertegn_i_soket_er_vanlige_tegn(tabell):
    tabell.objects.create(tittel="50 % stilling, post_1 \\ 2")
    for sok in ("50 % ST", "POST_1", "\\ 2"):
        assert tabell.objects.filter(tittel__icontains=sok).count() == 1
    for sok in ("50%st", "post 1", "post.1"):
        assert tabell.objects.filter(tittel__icontains=sok).count() == 0


def test_sok_pa_et_annet_felt_og_pa_tvers_av_linjer(tabell):
    tabell.objects.create(tittel="Økt", tekst="første\nØKT innsats")
    assert tabell.objects.filter(tekst__icontains="første\nøkt").count() == 1
    assert tabell.objects.exclude(tekst__icontains="økt").count() == 0


def test_store_og_sma_bokstaver(tabell):
    tabell.objects.create(tittel="Ærlig Øst Ås")
    (rad,) = tabell.objects.annotate(store=Upper("tittel"), sma=Lower("tittel")).values_list("store", "sma")
    assert rad == ("ÆRLIG ØST ÅS", "ærlig øst ås")


@pytest.mark.parametrize(
    ("monster", "verdi", "unntak", "svar"),
    [
        ("å_s%", "ÅXS", None, True),
        ("å_s%", "ÅS", None, False),
        ("50\\%", "50%", "\\", True),
        ("50\\%", "501", "\\", False),
        ("a.c", "abc", None, False),
        ("%", "", None, True),
        ("1%", 12, None, True),
        (None, "a", None, None),
        ("a", None, None, None),
    ],
)
def test_likner(monster, verdi, unntak, svar):
    assert likner(monster, verdi, unntak) is svar


def test_unikhet_skiller_det_som_er_skrevet_ulikt(tabell):
    with connection.cursor() as peker:
        peker.execute("CREATE UNIQUE INDEX prove_unik ON prove_notat (tittel)")
    tabell.objects.bulk_create(tabell(tittel=navn) for navn in ("Aas", "Ås", "ås", "aas"))
    with pytest.raises(IntegrityError), transaction.atomic():
        tabell.objects.create(tittel="A\u030as")
