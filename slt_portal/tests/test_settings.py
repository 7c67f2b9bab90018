import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROT = Path(__file__).resolve().parents[2]
DRIFT = {
    "SECRET_KEY": "en-lang-og-tilfeldig-tekst-" + "x4Kq9" * 8,
    "ALLOWED_HOSTS": "slt.kommune.example",
    "EMAIL_URL": "smtp://smtp.kommune.example:25",
}


def kjor(tmp_path: Path, *argumenter: str, **miljo: str) -> subprocess.CompletedProcess[str]:
    """manage.py in an environment of nothing but the given variables."""
    grunn = {"PATH": os.environ["PATH"], "VAR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "manage.py", *argumenter],
        cwd=ROT,
        env=grunn | miljo,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("mangler", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"])
def test_uten_det_som_ma_settes_starter_ikke_portalen(tmp_path, mangler):
    svar = kjor(tmp_path, "check", **{navn: verdi for navn, verdi in DRIFT.items() if navn != mangler})

    assert svar.returncode == 1
    assert svar.stderr.startswith(f"Kan ikke starte: {mangler} må settes")
    assert len(svar.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("navn", "verdi"),
    [
        ("DATABASE_URL", "mysql://slt:hemmelig@db/slt"),
        ("REDIS_URL", "memcached://:hemmelig@cache"),
        ("EMAIL_URL", "imap://slt:hemmelig@post"),
        ("ADRESSE", "slt:hemmelig@kommune.example"),
        ("DEBUG", "kanskje"),
    ],
)
def test_en_gal_verdi_gir_en_setning_uten_hemmeligheter(tmp_path, navn, verdi):
    svar = kjor(tmp_path, "check", **DRIFT | {navn: verdi})

    assert svar.returncode == 1
    assert svar.stderr.startswith(f"Kan ikke starte: {navn} ")
    assert "hemmelig" not in svar.stderr


@pytest.mark.parametrize("bryter", ["DEBUG", "SLT_DEMO"])
def test_demo_og_utvikling_trenger_ingen_variabler(tmp_path, bryter):
    svar = kjor(tmp_path, "check", **{bryter: "1"})

    assert svar.returncode == 0, svar.stderr
    assert (tmp_path / "hemmelig-nokkel").exists()


def test_portalens_adresse_folger_vert_og_port_i_demoen(tmp_path):
    vis = "from django.conf import settings as s; print(s.ADRESSE, s.ALLOWED_HOSTS)"

    svar = kjor(tmp_path, "shell", "--no-imports", "-c", vis, SLT_DEMO="1", HOST="10.0.0.7", PORT="8123")

    assert svar.stdout == "http://10.0.0.7:8123 ['10.0.0.7', 'localhost', '127.0.0.1', '[::1]']\n", svar.stderr


def test_hver_variabel_innstillingene_leser_star_i_driftsveiledningen():
    innstillinger = (ROT / "slt_portal/settings.py").read_text(encoding="utf-8")
    navn = set(re.findall(r'miljo\.\w+\(\s*"([A-Z_]+)"', innstillinger))
    veiledning = (ROT / "docs/drift.md").read_text(encoding="utf-8")

    assert navn
    assert {ett for ett in navn if f"| `{ett}` |" not in veiledning} == set()
