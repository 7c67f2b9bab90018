from celery import shared_task

from felles.tid import naa
from tiltak.services import varsling
from varsling.services import dagens


@shared_task
def varsle_revisjon() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("tiltak.tasks.varsle_revisjon", naa(), varsling.varsle_revisjon)
