"""Says which service the whole suite lacks, before pytest starts. Exit code 1 when one is missing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import dj_database_url
import psycopg2
import redis


def postgresql() -> str:
    """What is wrong with PostgreSQL, or an empty text."""
    valg = dj_database_url.parse(os.environ["DATABASE_URL"])
    if valg["ENGINE"] != "django.db.backends.postgresql":
        return "DATABASE_URL peker ikke på PostgreSQL."
    try:
        psycopg2.connect(
            host=valg["HOST"], port=valg["PORT"] or 5432, user=valg["USER"], password=valg["PASSWORD"],
            dbname="postgres", connect_timeout=5,
        ).close()  # fmt: skip
    except psycopg2.OperationalError as feil:
        return f"PostgreSQL svarer ikke på {valg['HOST']}:{valg['PORT'] or 5432}: {str(feil).strip().splitlines()[-1]}"
    return ""


def redis_tjener() -> str:
    """What is wrong with Redis, or an empty text."""
    try:
        redis.Redis.from_url(os.environ["REDIS_URL"], socket_connect_timeout=5).ping()
    except redis.RedisError as feil:
        return f"Redis svarer ikke: {feil}"
    return ""


def chromium() -> str:
    """What is wrong with Chromium, or an empty text."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    try:
        subprocess.run([program, "--version"], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return f"Chromium lar seg ikke starte fra {program}. På Debian: apt-get install chromium"
    return ""


SJEKKER: tuple[Callable[[], str], ...] = (postgresql, redis_tjener, chromium)

if __name__ == "__main__":
    feil = [melding for sjekk in SJEKKER if (melding := sjekk())]
    for melding in feil:
        print(melding, file=sys.stderr)
    sys.exit(bool(feil))
