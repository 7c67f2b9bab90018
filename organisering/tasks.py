from celery import shared_task

from felles.tid import naa
from organisering.services import arshjulvarsling
from varsling.services import dagens


@shared_task
def varsle_faste() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("organisering.tasks.varsle_faste", naa(), arshjulvarsling.varsle_faste)


@shared_task
def varsle_avtaler() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("organisering.tasks.varsle_avtaler", naa(), arshjulvarsling.varsle_avtaler)
