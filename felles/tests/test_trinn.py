import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from felles.stille import Stilledager
from felles.trinn import Trinn, Trinnstand, er_alvorlig, etter_forfall, gjeldende_trinn

INGEN = Stilledager(helg=False, helligdag=False, juli=False)
dager = st.dates(dt.date(2026, 1, 1), dt.date(2027, 6, 30))
stille = st.builds(Stilledager, st.booleans(), st.booleans(), st.booleans())
stiger = st.lists(st.tuples(dager, st.booleans()), min_size=1, max_size=8).map(
    lambda rader: [Trinn(f"t{nr}", dag, mot_dato) for nr, (dag, mot_dato) in enumerate(rader)]
)


def test_helg_helligdag_og_juli_er_stille_hver_for_seg():
    lordag, kristi_himmelfart, i_juli = dt.date(2026, 11, 21), dt.date(2026, 5, 14), dt.date(2026, 7, 15)

    assert [lordag in s for s in (Stilledager(), Stilledager(helg=False))] == [True, False]
    assert [kristi_himmelfart in s for s in (Stilledager(), Stilledager(helligdag=False))] == [True, False]
    assert [i_juli in s for s in (Stilledager(), Stilledager(juli=False))] == [True, False]


def test_det_som_telles_bakover_fra_en_dato_gar_for_de_stille_dagene_og_alt_annet_venter():
    i_juli = dt.date(2026, 7, 15)

    assert Trinn("haster", i_juli, mot_dato=True).sendes(Stilledager()) == dt.date(2026, 6, 30)
    assert Trinn("halvveis", i_juli).sendes(Stilledager()) == dt.date(2026, 8, 3)


def test_en_palme_og_paskeuke_er_stille_fra_torsdag_til_tirsdag():
    assert Stilledager().for_(dt.date(2026, 4, 5)) == dt.date(2026, 4, 1)
    assert Stilledager().etter(dt.date(2026, 4, 2)) == dt.date(2026, 4, 7)


def test_av_flere_trinn_pa_en_gang_er_det_siste_igjen_og_de_andre_forbigatt():
    forst, sist = Trinn("a", dt.date(2026, 1, 5)), Trinn("b", dt.date(2026, 2, 5))

    assert gjeldende_trinn([sist, forst], dt.date(2026, 1, 4), INGEN) is None
    assert gjeldende_trinn([sist, forst], dt.date(2026, 1, 5), INGEN) == Trinnstand(forst)
    assert gjeldende_trinn([sist, forst], dt.date(2026, 3, 1), INGEN) == Trinnstand(sist, (forst,))


def test_en_regel_som_slas_pa_begynner_med_det_trinnet_som_gjelder():
    tidlig, senere, siste = (Trinn(navn, dt.date(2026, m, 1)) for navn, m in (("a", 1), ("b", 3), ("c", 5)))

    stand = gjeldende_trinn([tidlig, senere, siste], dt.date(2026, 6, 1), INGEN, fra=dt.date(2026, 2, 1))

    assert stand == Trinnstand(siste, (senere,))


def test_etter_slutten_kommer_ingenting():
    trinn = [Trinn("a", dt.date(2026, 1, 5))]

    assert gjeldende_trinn(trinn, dt.date(2026, 2, 1), INGEN, slutt=dt.date(2026, 2, 1)) is not None
    assert gjeldende_trinn(trinn, dt.date(2026, 2, 2), INGEN, slutt=dt.date(2026, 2, 1)) is None


def test_forfall_og_brudd_er_det_alvorlige():
    trinn = etter_forfall(dt.date(2026, 1, 5), [dt.date(2026, 2, 5)])

    assert [t.navn for t in trinn] == ["forfalt", "forfalt-1"]
    assert [er_alvorlig(navn) for navn in ("forfalt-1", "brudd-2026-06-30", "haster")] == [True, True, False]


@given(dager, stille)
def test_ingen_ting_sendes_pa_en_stille_dag(dag: dt.date, ro: Stilledager):
    for mot_dato in (True, False):
        assert Trinn("a", dag, mot_dato).sendes(ro) not in ro
    assert Trinn("a", dag, True).sendes(ro) <= dag <= Trinn("a", dag).sendes(ro)


@given(stiger, st.lists(dager, max_size=30).map(sorted), stille, st.none() | dager)
def test_hver_kjoring_sender_hoyst_ett_trinn_og_aldri_det_samme_to_ganger(
    trinn: list[Trinn], kjoringer: list[dt.date], ro: Stilledager, slutt: dt.date | None
):
    """Whatever days the machine was awake."""
    sendt: list[Trinn] = []
    forbigatt: set[Trinn] = set()
    for pr in kjoringer:
        stand = gjeldende_trinn(trinn, pr, ro, slutt=slutt)
        if stand is None:
            continue
        assert slutt is None or pr <= slutt
        assert stand.trinn not in forbigatt
        if stand.trinn not in sendt:
            sendt.append(stand.trinn)
        forbigatt |= set(stand.forbigatt) - set(sendt)

    assert [t.dag for t in sendt] == sorted(t.dag for t in sendt)
    assert not forbigatt & set(sendt)


@given(stiger, dager, stille)
def test_etter_et_avbrudd_kommer_det_siste_av_trinnene_som_er_passert(trinn: list[Trinn], pr: dt.date, ro: Stilledager):
    passert = [t for t in trinn if t.sendes(ro) <= pr]
    stand = gjeldende_trinn(trinn, pr, ro)

    if not passert:
        assert stand is None
    else:
        assert stand is not None
        assert stand.trinn.dag == max(t.dag for t in passert)
        assert {*stand.forbigatt, stand.trinn} >= set(passert)
