"""Django's own list of what a server on the open net must have, asked of production's settings."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def kontroller(var, **mer):
    miljo = {navn: verdi for navn, verdi in os.environ.items() if navn in {"PATH", "HOME", "LANG"}} | {
        "SECRET_KEY": "bare-en-prove-av-produksjonens-oppsett-8Tq2VxLw5Rz9Kc",
        "ALLOWED_HOSTS": "slt.kommune.example",
        "EMAIL_URL": "smtp://smtp.kommune.example:587/?tls=True",
        "VAR": str(var),
        **mer,
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={navn: verdi for navn, verdi in miljo.items() if verdi is not None},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_produksjon_gir_ingen_advarsel(tmp_path):
    svar = kontroller(tmp_path)
    assert (svar.returncode, svar.stderr) == (0, "")


@pytest.mark.parametrize(
    ("mangel", "ord_i_svaret"),
    [
        ({"SSL_OMDIRIGERING": "0"}, "security.W008"),
        ({"SECRET_KEY": "kort"}, "security.W009"),
        ({"EMAIL_URL": None}, "EMAIL_URL"),
    ],
)
def test_en_mangel_i_oppsettet_blir_funnet(tmp_path, mangel, ord_i_svaret):
    svar = kontroller(tmp_path, **mangel)
    assert svar.returncode != 0
    assert ord_i_svaret in svar.stdout + svar.stderr
