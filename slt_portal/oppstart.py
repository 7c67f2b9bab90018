"""Makes `.venv/` ready before anything is installed.

Runs by path under the machine's own Python, so it uses the standard library alone, in words an old Python can read.
"""

import errno
import fcntl
import hashlib
import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path

ROT = Path(__file__).resolve().parent.parent
VENV = ROT / ".venv"
KRAV = "requirements.txt"
KRAV_PROVE = "requirements-dev.txt"
MINST = (3, 11)
ALLE_ADRESSER = ("", "0.0.0.0", "::")  # HOST values that mean every address of the machine


class Stans(Exception):
    """Why nothing was started, as a Norwegian sentence."""


def sjekk_python() -> None:
    """Raises Stans when this Python is too old or cannot make an environment."""
    if sys.version_info[:2] < MINST:
        har = ".".join(map(str, sys.version_info[:2]))
        raise Stans(
            f"Portalen trenger Python 3.11 eller nyere, men {sys.executable} er {har}. Velg en annen med PYTHON=…"
        )
    for modul in ("venv", "ensurepip"):
        if importlib.util.find_spec(modul) is None:
            raise Stans(f"Python mangler modulen {modul}. På Debian og Ubuntu: apt-get install python3-venv")


def vert_og_port() -> tuple:  # type: ignore[type-arg]  # an old Python cannot read tuple[str, int]
    """HOST and PORT from the environment. Raises Stans when PORT is not a port."""
    vert = os.environ.get("HOST", "").strip().strip("[]") or "127.0.0.1"
    port = os.environ.get("PORT", "").strip() or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Stans(f"PORT må være et tall fra 1 til 65535, ikke «{port}».")
    return vert, int(port)


def sjekk_port() -> None:
    """Raises Stans when HOST and PORT cannot be listened on."""
    vert, port = vert_og_port()
    try:
        familie, _, _, _, adresse = socket.getaddrinfo(vert, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(familie, socket.SOCK_STREAM) as prove:
            prove.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            prove.bind(adresse)
            prove.listen(1)
    except socket.gaierror:
        raise Stans(f"HOST={vert} er ikke en adresse på denne maskinen.") from None
    except PermissionError:
        raise Stans(
            f"Port {port} krever flere rettigheter enn du har. Velg en over 1023, for eksempel PORT=8001."
        ) from None
    except OSError as feil:
        if feil.errno == errno.EADDRNOTAVAIL:
            raise Stans(f"HOST={vert} er ikke en adresse på denne maskinen.") from None
        raise Stans(
            f"Port {port} på {vert} er opptatt. Kjører portalen alt? "
            f"Stopp den, eller velg en annen port: make demo PORT={port % 65000 + 1}"
        ) from None


def avtrykk(krav: str) -> str:
    """What `.venv/` must hold: changes with the requirements."""
    innhold = (ROT / KRAV).read_bytes()
    if krav == KRAV_PROVE:
        innhold += (ROT / KRAV_PROVE).read_bytes()
    return hashlib.sha256(innhold).hexdigest()


def er_klart(krav: str) -> bool:
    """Whether `.venv/` holds what `krav` asks for, and its Python runs."""
    merke = VENV / krav.replace(".txt", ".avtrykk")
    if not merke.exists() or merke.read_text() != avtrykk(krav):
        return False
    return python_i_venv_svarer()


def python_i_venv_svarer() -> bool:
    """False for a missing environment, and for one that was moved or lost its Python."""
    sjekk = f"import sys; sys.exit(sys.prefix != {str(VENV)!r})"
    try:
        return subprocess.call([str(VENV / "bin/python"), "-c", sjekk]) == 0
    except OSError:
        return False


def gjor_klart(krav: str) -> None:
    """Makes `.venv/` hold what `krav` asks for. Two at once wait for each other."""
    laas = ROT / "var" / "oppstart.laas"
    laas.parent.mkdir(exist_ok=True)
    with laas.open("w") as fil:
        fcntl.flock(fil, fcntl.LOCK_EX)
        if er_klart(krav):
            return
        print("Gjør klart miljøet i .venv/ – første gang tar det et minutt …", flush=True)
        if not python_i_venv_svarer():
            kjor([sys.executable, "-m", "venv", "--clear", str(VENV)], "Fikk ikke laget miljøet i .venv/.")
        pip = [str(VENV / "bin/python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        kjor([*pip, "--requirement", str(ROT / krav)], "Fikk ikke installert pakkene. Er maskinen på nett?")
        for ferdig in {KRAV, krav}:
            (VENV / ferdig.replace(".txt", ".avtrykk")).write_text(avtrykk(ferdig))


def kjor(kommando: list, ellers: str) -> None:  # type: ignore[type-arg]
    """Runs a command. Raises Stans with the sentence `ellers` when it fails."""
    miljo = {navn: verdi for navn, verdi in os.environ.items() if navn != "PIP_ROOT_USER_ACTION"}
    if subprocess.call(kommando, env=dict(miljo, PIP_ROOT_USER_ACTION="ignore")) != 0:
        raise Stans(ellers)


def main() -> int:
    try:
        sjekk_python()
        if sys.argv[1:] == ["demo"]:
            sjekk_port()
            gjor_klart(KRAV)
        else:
            gjor_klart(KRAV_PROVE)
    except Stans as feil:
        print(feil, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
