"""Starts workers quickly: for each line on stdin a process of its own, which does what the line says at its moment.

    lever 2026-09-02T09:00+02:00     empties the queue once
    alt 2026-09-02T09:00+02:00       what beat asks for in one sweep: all plans, the gathering, the queue

Answers with the number of each process when it starts, and a line when one has ended: «slutt NUMMER».
"""

import datetime as dt
import os
import sys
import threading

import django
from django.db import connection


def arbeid(hva: str, naa: dt.datetime) -> None:
    from django.conf import settings  # noqa: PLC0415 - after setup

    from slt_portal.varsling import PLANER  # noqa: PLC0415
    from varsling.services import dagens, lever, samle_nar_klart  # noqa: PLC0415

    if hva == "alt":
        for jobb in settings.PLANJOBBER:
            dagens(jobb, naa, PLANER[jobb])
        samle_nar_klart(settings.PLANJOBBER, naa)
    lever(naa)


def si(linje: str) -> None:
    os.write(1, f"{linje}\n".encode())


def vent_pa(nummer: int) -> None:
    os.waitpid(nummer, 0)
    si(f"slutt {nummer}")


def main() -> None:
    django.setup()
    si("klar")
    for linje in sys.stdin:
        hva, naa = linje.split()
        connection.close()
        nummer = os.fork()
        if nummer == 0:
            status = 1
            try:
                arbeid(hva, dt.datetime.fromisoformat(naa))
                status = 0
            finally:
                os._exit(status)
        si(f"start {nummer}")
        threading.Thread(target=vent_pa, args=(nummer,), daemon=True).start()


if __name__ == "__main__":
    main()
