import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from slt_portal import oppstart
from slt_portal.oppstart import Stans, sjekk_port, sjekk_python, vert_og_port

ROT = Path(__file__).resolve().parents[2]


@pytest.fixture
def opptatt_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as tjener:
        yield tjener.getsockname()[1]


def kjor(*kommando: str, **miljo: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *kommando], cwd=ROT, env=os.environ | miljo, capture_output=True, text=True, timeout=60
    )


def test_en_opptatt_port_stopper_demoen_for_noe_er_startet(opptatt_port):
    svar = kjor("slt_portal/oppstart.py", "demo", PORT=str(opptatt_port), HOST="")

    assert svar.returncode == 1
    assert svar.stderr == (
        f"Port {opptatt_port} på 127.0.0.1 er opptatt. Kjører portalen alt? "
        f"Stopp den, eller velg en annen port: make demo PORT={opptatt_port % 65000 + 1}\n"
    )


def test_en_ledig_port_er_i_orden(opptatt_port, monkeypatch):
    monkeypatch.setenv("HOST", "127.0.0.1")
    monkeypatch.setenv("PORT", str(opptatt_port))
    with pytest.raises(Stans):
        sjekk_port()

    with socket.create_server(("127.0.0.1", 0)) as tjener:
        ledig = tjener.getsockname()[1]
    monkeypatch.setenv("PORT", str(ledig))
    sjekk_port()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80"])
def test_en_port_som_ikke_er_en_port_stopper_demoen(monkeypatch, port):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(Stans, match=f"^PORT må være et tall fra 1 til 65535, ikke «{port}».$"):
        vert_og_port()


@pytest.mark.parametrize("vert", ["192.0.2.7", "finnes-ikke.invalid"])
def test_en_adresse_som_ikke_er_maskinens_stopper_demoen(monkeypatch, vert):
    monkeypatch.setenv("HOST", vert)
    monkeypatch.setenv("PORT", "8123")

    with pytest.raises(Stans, match=f"^HOST={vert} er ikke en adresse på denne maskinen.$"):
        sjekk_port()


def test_en_for_gammel_python_far_en_setning(monkeypatch):
    monkeypatch.setattr(oppstart, "MINST", (4, 0))

    with pytest.raises(Stans, match=r"^Portalen trenger Python 3.11 eller nyere, men .* er 3\.\d+\."):
        sjekk_python()


def test_en_python_uten_venv_far_en_setning(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda navn: None)

    with pytest.raises(Stans, match="^Python mangler modulen venv. På Debian og Ubuntu: apt-get install python3-venv$"):
        sjekk_python()


def test_miljoet_lages_pa_nytt_bare_nar_kravene_er_endret(tmp_path, monkeypatch):
    monkeypatch.setattr(oppstart, "ROT", tmp_path)
    (tmp_path / "requirements.txt").write_text("Django==5.2.19\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\n")
    demo, prove = oppstart.avtrykk("requirements.txt"), oppstart.avtrykk("requirements-dev.txt")
    assert demo != prove

    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\npytest\n")
    assert oppstart.avtrykk("requirements.txt") == demo
    assert oppstart.avtrykk("requirements-dev.txt") != prove

    (tmp_path / "requirements.txt").write_text("Django==5.2.20\n")
    assert oppstart.avtrykk("requirements.txt") != demo


def test_tjenester_som_mangler_nevnes_en_for_en():
    svar = kjor(
        ".ci/tjenester.py",
        DATABASE_URL="postgres://postgres:hemmelig@127.0.0.1:9/slt",
        REDIS_URL="redis://:hemmelig@127.0.0.1:9/0",
        CHROMIUM="/finnes/ikke",
    )

    linjer = svar.stderr.splitlines()
    assert svar.returncode == 1
    assert len(linjer) == 3
    assert linjer[0].startswith("PostgreSQL svarer ikke på 127.0.0.1:9: ")
    assert linjer[1].startswith("Redis svarer ikke: ")
    assert linjer[2] == "Chromium lar seg ikke starte fra /finnes/ikke. På Debian: apt-get install chromium"
    assert "hemmelig" not in svar.stderr
