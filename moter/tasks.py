from celery import shared_task

from felles.tid import naa
from moter.services import motevarsling, varsling
from varsling.services import dagens


@shared_task
def varsle_motehyppighet() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("moter.tasks.varsle_motehyppighet", naa(), varsling.varsle_motehyppighet)


@shared_task
def varsle_mote_holdt() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("moter.tasks.varsle_mote_holdt", naa(), motevarsling.varsle_mote_holdt)


@shared_task
def varsle_mote() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("moter.tasks.varsle_mote", naa(), motevarsling.varsle_mote)


@shared_task
def varsle_oppfolging() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("moter.tasks.varsle_oppfolging", naa(), motevarsling.varsle_oppfolging)
